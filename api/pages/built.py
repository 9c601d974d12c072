"""What is built from web with npm: pages, which are filled in as they are sent, and the files that they ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from api.transport.negotiation import takes_gzip
from api.transport.tags import ANY, known_tags

BUILT = Path(__file__).resolve().parent.parent / "static"
"""What the build writes: index.html, graphiql.html, documents.json (the queries of the planners' page), LICENSES.txt,
and the folder assets, whose files have the hash of their content in their names and a .gz beside them.
"""

ROUTE = "page"
"""How metrics call all of it: addresses of views hold ids, and anybody may invent more."""

GUARDS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

_PAGE_HEADERS = {
    **GUARDS,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

_ASSET_HEADERS = {
    **GUARDS,
    "Cache-Control": "public, max-age=31536000, immutable",
    # A worker is held to the policy that it comes with, and needs nothing.
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}

# Windows may take .js for plain text, which a browser then refuses to run.
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}

_NOT_BUILT = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>rolegraph</title>
<h1>此页尚未构建 / This page is not built yet</h1>
<p>GraphQL 接口在 <code>{endpoint}</code> 正常工作，只是网页还没有构建。<br>
<span lang="en">GraphQL answers at <code>{endpoint}</code>; only the pages are missing.</span></p>
<p>在源码目录中 / <span lang="en">In a checkout:</span></p>
<pre>make web</pre>
<p>没有 make 时，需要 Node.js 20.19 以上 / <span lang="en">Without make, with Node.js 20.19 or newer:</span></p>
<pre>npm --prefix web ci
npm --prefix web run build</pre>
<p>若由 pip 安装：联网重新安装，安装包就会包含此页。<br>
<span lang="en">Installed with pip: install it again while online, and the package will hold the page.</span></p>
"""


def page(scope: Scope, name: str, values: Mapping[str, str], headers: Mapping[str, str]) -> Response:
    """A page of the build with its {places} filled in, which is how to build it where it is not built; 304 where the
    client has it.
    """
    scope["rolegraph.route"] = ROUTE
    built = BUILT / name
    text = built.read_text(encoding="utf-8") if built.exists() else _NOT_BUILT
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", escape(value))
    tag = hashlib.sha256(text.encode()).hexdigest()[:32]
    told = {**_PAGE_HEADERS, **headers, "ETag": f'"{tag}"'}
    if known_tags(Headers(scope=scope).get("if-none-match")) & {tag, ANY}:
        del told["Content-Type"]
        return Response(status_code=304, headers=told)
    return Response(text, headers=told)


def mount(app: Starlette) -> None:
    """Lets an application serve the files that the pages ask for, whether they are built yet or not."""
    app.mount("/assets", _Assets(directory=BUILT / "assets", check_dir=False), name="assets")
    app.router.routes.append(Route("/LICENSES.txt", _licences))


async def _licences(request: Request) -> Response:
    """The licences of all that is in the assets."""
    request.scope["rolegraph.route"] = ROUTE
    response = await _Files(directory=BUILT, check_dir=False).get_response("LICENSES.txt", request.scope)
    response.headers.update({**GUARDS, "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'"})
    return response


class _Files(StaticFiles):
    async def check_config(self) -> None:
        """Does nothing: where nothing is built yet, nothing is found."""


class _Assets(_Files):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolegraph.route"] = ROUTE
        await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file as it was compressed when it was built, for those who take that; Starlette's own response else."""
        if takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            try:
                response = await super().get_response(f"{path}.gz", scope)
                response.headers["Content-Encoding"] = "gzip"
            except HTTPException:
                response = await super().get_response(path, scope)
        else:
            response = await super().get_response(path, scope)
        if kind := _KINDS.get(Path(path).suffix):
            response.headers["Content-Type"] = kind
        response.headers.update(_ASSET_HEADERS)
        return response
