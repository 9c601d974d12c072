"""The planners' page, at / and at the addresses of its views."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.graphql.documents import trusted_documents
from api.pages import built

VIEWS = ("compare", "move", "role", "skill", "graph", "data")

_HEADERS = {
    # Pictures are drawn in the page, and saved from it: data: and blob:. No text may become HTML or a script, in the
    # browsers that know trusted types.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
}


async def _show(request: Request) -> Response:
    below = request.scope.get("root_path", "").rstrip("/")
    return built.page(request.scope, "index.html", {"root": below, "endpoint": f"{below}/graphql"}, _HEADERS)


def mount(app: Starlette) -> None:
    """Lets an application show the page."""
    paths = ["/", *(path for view in VIEWS for path in (f"/{view}", f"/{view}/{{rest:path}}"))]
    app.router.routes += [Route(path, _show) for path in paths]


def documents() -> dict[str, str]:
    """What the page asks the server, by its SHA-256; nothing where it is not built."""
    file = built.BUILT / "documents.json"
    return trusted_documents(file) if file.exists() else {}
