"""`rolegraph serve`: the app on a port, handed to the server as an object and never as a name to import."""

from __future__ import annotations

import socket
import webbrowser

import uvicorn

from api import console
from api.app import create_app
from api.graphql.limits import Limits
from graphmodel.errors import BadInput
from graphmodel.store import GraphStore


class _Server(uvicorn.Server):
    """Says where it listens as soon as it does, and opens the page if asked to."""

    browser = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if not self.started:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/graphql"
        console.err().print(f"GraphQL: {url}", markup=False)
        if self.browser:
            webbrowser.open(url)


def serve(store: GraphStore, limits: dict[str, int], host: str, port: int, browser: bool) -> None:
    """Answers until interrupted. Port 0 takes a free one. Raises BadInput for a limit of an unknown name."""
    if unknown := sorted(limits.keys() - set(Limits._fields)):
        problem = f"ROLEGRAPH_LIMITS names {', '.join(unknown)}."
        raise BadInput(problem, f"Limits are {', '.join(Limits._fields)}.")
    app = create_app(store, limits=Limits()._replace(**limits))
    server = _Server(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False))
    server.browser = browser
    server.run()
