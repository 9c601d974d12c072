"""GraphiQL, which browsers are shown at /graphql."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.pages import built

_HEADERS = {
    "Vary": "Accept",  # other clients get JSON at the same address
    # Styles may be inline, since the editor measures its lines and sets them so; scripts never. Images within CSS are
    # data: (the wavy line below an error).
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def showing(endpoint: str) -> ASGIApp:
    """An application that shows GraphiQL for the path that answers GraphQL, over HTTP and over WebSocket."""

    async def show(scope: Scope, receive: Receive, send: Send) -> None:
        below = scope.get("root_path", "").rstrip("/") + endpoint  # behind a proxy that serves us below a path
        values = {"endpoint": below, "subscriptions": below}
        await built.page(scope, "graphiql.html", values, _HEADERS)(scope, receive, send)

    return show
