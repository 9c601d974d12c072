"""`rolegraph serve`: the app on a port, handed to the server as an object and never as a name to import."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, cast

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from api import console, keys
from api.app import create_app
from api.graphql.documents import trusted_documents
from api.graphql.limits import Limits
from api.loads import Bounds as LoadBounds
from api.loads import Loads
from api.operations import logs, tracing
from api.operations.metrics import FOLDER
from api.operations.requests import Application, Message, Receive, Scope, Send
from api.settings import Settings
from api.sparql.answers import Bounds as SparqlBounds
from api.transport.endpoint import Bounds
from api.transport.protocol import BoundedProtocol, BoundedSocket
from graphmodel.errors import BadInput, RolegraphError, StoreUnreachable
from graphmodel.store import GraphStore

COLLECTED_EVERY = 10_000
"""New objects between two rounds of the garbage collector. An answer makes some ten thousand and keeps none of them: at
Python's own 700, every twelfth answer paid 100 ms for a round over all that the process holds.
"""

LEAVING_SECONDS = 5.0
"""For what is still running after the time to finish: then the process ends all the same."""

HUNG_SECONDS = 15
"""A worker that does not say a word for so long is killed, and another takes its place."""

BACKLOG = 2048


class Serving(NamedTuple):
    """What makes the application, in this process or, pickled, in several others."""

    url: str
    settings: Settings

    def __call__(self) -> Application:
        """The application, which sets up the log of its process too. In a worker, errors of the store end it: with
        STARTUP_FAILURE, or with 1 where another try may succeed.
        """
        lines = logs.setup(self.settings.log)
        if parent := multiprocessing.parent_process():
            threading.Thread(target=_follow, args=[parent], name="rolegraph-parent", daemon=True).start()
        try:
            traces = tracing.exporting() if tracing.wanted(self.settings.otel) else None
            app = create_app(
                self.url,
                limits=_limits(self.settings.limits),
                bounds=_bounds(self.settings),
                keys=keys.parse(self.settings.api_keys),
                loads_of=partial(_loads, settings=self.settings),
                origins=self.settings.cors_origins,
                page=self.settings.page,
                graphiql=self.settings.graphiql,
                introspection=self.settings.introspection,
                base_iri=self.settings.base_iri,
                trusted=trusted_documents(listed) if (listed := self.settings.trusted_documents) else None,
                hosts=self.settings.hosts,
                metrics=self.settings.metrics,
                tracing=traces,
                sparql=_sparql(self.settings),
                linked_data=self.settings.linked_data,
            )
        except RolegraphError as error:
            lines.close()
            if parent is None:
                raise
            console.explain(error)
            sys.exit(1 if isinstance(error, StoreUnreachable) else STARTUP_FAILURE)

        gc.collect()
        gc.freeze()  # what is here now stays
        gc.set_threshold(COLLECTED_EVERY, 10, 10)

        def close() -> None:
            if traces:
                traces.close()
            lines.close()

        return _leaving(app, close)


def _leaving(app: Application, close: Callable[[], None]) -> Application:
    """The application; when it is told to stop, its process does so soon, whatever hangs in it."""

    async def leaving(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            return await app(scope, receive, send)

        async def noticing() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                timer = threading.Timer(LEAVING_SECONDS, os._exit, [1])
                timer.daemon = True
                timer.start()
            return message

        try:
            await app(scope, noticing, send)
        finally:
            close()

    return leaving


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    """Ends this process, in good order, when the one that started it is gone."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class _Server(uvicorn.Server):
    """Calls back as soon as it answers."""

    listening: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self.listening()


class _Workers(Multiprocess):
    """uvicorn's supervisor; what a worker that ended said of itself is no longer summed up."""

    def keep_subprocess_alive(self) -> None:
        before = list(self.processes)
        super().keep_subprocess_alive()
        self._forget_since(before)

    def restart_all(self) -> None:
        before = list(self.processes)
        super().restart_all()
        self._forget_since(before)

    def _forget_since(self, before: list[Process]) -> None:
        for process in before:
            if process not in self.processes and process.pid is not None:
                _forget(process.pid)


def _forget(pid: int) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


def serve(
    url: str, settings: Settings, host: str, port: int, *, browser: bool, workers: int = 1, proxy: bool = False
) -> None:
    """Answers until interrupted, then lets the requests that are running finish. Port 0 takes a free one.

    With `proxy`, the client's address is the one that a proxy on this machine tells (X-Forwarded-For). Raises BadInput
    for a limit of an unknown name and for a port that is taken, and what open_store raises.
    """
    _limits(settings.limits)
    listener = listen(host, port)
    config = uvicorn.Config(
        cast(Callable[[], Any], Serving(url, settings)),
        factory=True,
        interface="asgi3",
        loop="asyncio",
        http=BoundedProtocol,
        ws=BoundedSocket,
        ws_max_size=settings.max_request_bytes,
        workers=workers,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxy,
        backlog=BACKLOG,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_worker_healthcheck=HUNG_SECONDS,
    )

    def listening() -> None:
        name = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
        root = f"http://{name}:{listener.getsockname()[1]}/"
        if settings.page:
            console.err().print(f"Page: {root}", markup=False)
        console.err().print(f"GraphQL: {root}graphql", markup=False)
        if browser:
            webbrowser.open(root if settings.page else f"{root}graphql")

    # uvicorn raises a signal again when it is done: not to leave at once, but by the end of this function.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, frame: None)
    with listener:
        if workers == 1:
            server = _Server(config)
            server.listening = listening
            server.run(sockets=[listener])
            return
        with tempfile.TemporaryDirectory(prefix="rolegraph-metrics-", ignore_cleanup_errors=True) as folder:
            os.environ[FOLDER] = folder
            supervisor = _Workers(config, [listener])
            listening()
            supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(STARTUP_FAILURE)


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections. Raises BadInput if it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        listener = socket.socket(family, kind, protocol)
        try:
            # Windows lets two programs share a port unless the first forbids it; others forbid it by themselves.
            exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
            listener.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        raise BadInput(
            f"{host}, port {port}: {error.strerror}.",
            "Name another with --host and --port (0 takes a free one), or end the program that has it.",
        ) from error
    return listener


def _bounds(settings: Settings) -> Bounds:
    return Bounds(
        request_bytes=settings.max_request_bytes,
        upload_bytes=settings.max_bytes,
        body_seconds=settings.body_seconds,
        threads=settings.threads,
    )


def _sparql(settings: Settings) -> SparqlBounds | None:
    if not settings.sparql:
        return None
    return SparqlBounds(
        seconds=settings.sparql_seconds,
        rows=settings.sparql_rows,
        memory=settings.sparql_memory,
        processes=settings.sparql_processes,
    )


def _loads(store: GraphStore, settings: Settings) -> Loads:
    most = LoadBounds(document_bytes=settings.max_bytes, load_bytes=settings.max_bytes)
    return Loads(store, taxonomy=settings.taxonomy, taxonomy_only=settings.taxonomy_only, bounds=most)


def _limits(given: dict[str, int]) -> Limits:
    if unknown := sorted(given.keys() - set(Limits._fields)):
        problem = f"ROLEGRAPH_LIMITS names {', '.join(unknown)}."
        raise BadInput(problem, f"Limits are {', '.join(Limits._fields)}.")
    return Limits()._replace(**given)
