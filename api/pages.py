"""The page for planners, at / and the addresses of its views. It is built from web with npm (`make web`)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.graphiql_page import BUILT, GUARDS, Assets

VIEWS = ("compare", "move", "role", "skill", "graph", "data")

HEADERS: Mapping[str, str] = {
    **GUARDS,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
    # Pictures are drawn in the page, and saved from it: data: and blob:.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def show(request: Request) -> Response:
    """The page; behind a proxy that serves us below a path, with that path."""
    built = BUILT / "index.html"
    template = built.read_text(encoding="utf-8") if built.exists() else "make web"
    root = request.scope.get("root_path", "").rstrip("/")
    return Response(template.replace("{root}", escape(root)).encode(), headers=HEADERS)


def mount(app: Starlette) -> None:
    """Lets an application show the page at / and at the addresses of its views."""
    app.router.routes.append(Route("/", show))
    for view in VIEWS:
        app.router.routes += [Route(f"/{view}", show), Route(f"/{view}/{{rest:path}}", show)]
    app.mount("/assets", Assets(directory=BUILT / "assets", check_dir=False), name="assets")
