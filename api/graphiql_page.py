"""GraphiQL, the page at /graphql. It is built from web with npm (`make web`)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.transport.negotiation import takes_gzip

BUILT = Path(__file__).with_name("static")
"""What the build writes: index.html, graphiql.html, LICENSES.txt, and the folder assets."""

GUARDS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

HEADERS: Mapping[str, str] = {
    **GUARDS,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
    "Vary": "Accept",  # other clients get JSON at the same address
    # Styles may be inline, since the editor measures its lines and sets them so; scripts never. Images within CSS are
    # data: (the wavy line below an error).
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What `page` is to be sent with."""

_ASSET_HEADERS = {
    **GUARDS,
    # A name holds the hash of what is in it.
    "Cache-Control": "public, max-age=31536000, immutable",
    # A worker is held to the policy that it comes with, and needs nothing.
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}

_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".ttf": "font/ttf"}

_NOT_BUILT = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>rolegraph GraphQL</title>
<body style="font: 1rem/1.6 sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem">
<h1>GraphiQL 尚未构建 / GraphiQL is not built yet</h1>
<p>GraphQL 接口在 <code>{endpoint}</code> 正常工作，只是此页的脚本还没有构建。需要 Node.js 20.19 以上和 npm。<br>
GraphQL answers at <code>{endpoint}</code>; only the scripts of this page are missing. Node.js 20.19 or newer and npm
are needed.</p>
<p>在源码目录中 / In a checkout:</p>
<pre>make web</pre>
<p>没有 make 时 / Without make:</p>
<pre>npm --prefix web ci
npm --prefix web run build</pre>
<p>若由 pip 安装：装好 npm 后重新安装，安装包就会包含此页。<br>
Installed with pip: install it again where npm is, and the package will hold the page.</p>
"""


def page(endpoint: str, subscriptions: str | None) -> bytes:
    """The page as HTML, to be sent with HEADERS; how to build it, where it is not built.

    `endpoint` is the path that answers GraphQL, and `subscriptions` that of its WebSocket, None if there is none. The
    scripts are asked for beside the page: at /assets, where the page is at /graphql.
    """
    built = BUILT / "graphiql.html"
    template = built.read_text(encoding="utf-8") if built.exists() else _NOT_BUILT
    filled = template.replace("{endpoint}", escape(endpoint)).replace("{subscriptions}", escape(subscriptions or ""))
    return filled.encode()


def showing(endpoint: str, subscriptions: str | None) -> ASGIApp:
    """An application that answers with the page; behind a proxy that serves us below a path, with its paths."""

    async def show(scope: Scope, receive: Receive, send: Send) -> None:
        below = scope.get("root_path", "")
        shown = page(below + endpoint, below + subscriptions if subscriptions else None)
        await Response(shown, headers=HEADERS)(scope, receive, send)

    return show


class Assets(StaticFiles):
    async def check_config(self) -> None:
        """Does nothing: where nothing is built yet, nothing is found."""

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
        # Windows may take .js for plain text, which a browser then refuses to run.
        if kind := _KINDS.get(Path(path).suffix):
            response.headers["Content-Type"] = kind
        response.headers.update(_ASSET_HEADERS)
        return response
