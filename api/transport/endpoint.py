"""The ASGI application at /graphql: one HTTP request in, one response out."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from secrets import token_hex
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from api.graphql.engine import Answer, Caller, Engine, Request
from api.keys import Key
from api.transport import bodies, negotiation, requests, responses
from api.transport.callers import callers
from api.transport.compression import Compressor
from api.transport.multipart import from_parts
from api.transport.refusals import Gone, Refused
from api.transport.responses import Reply
from api.transport.tags import ANY, known_tags
from api.transport.workers import Workers

_log = logging.getLogger("rolegraph.api")

_QUERY = re.compile(rb"(?:^|&)(?:query|documentId|extensions)=")

PREFLIGHTED = ("graphql-require-preflight", "apollo-require-preflight", "x-requested-with")
"""Headers that a page of another site can send only where the server has allowed it to: a form cannot."""


class Bounds(NamedTuple):
    """What one request may take: bytes of its body, bytes with files, seconds for each; and threads for all.

    `waiting` is how many requests may wait for a thread; the ones after that are refused at once.
    """

    request_bytes: int = 1_000_000
    upload_bytes: int = 50_000_000
    body_seconds: float = 10.0
    upload_seconds: float = 120.0
    threads: int = 8
    waiting: int = 256


DEFAULT_BOUNDS = Bounds()


class Endpoint:
    """Answers requests with an engine.

    `keys` tell who asks. `page` answers browsers that ask for no query, if there is one. The scope is left with what
    the log tells: `rolegraph.answer` or, if there is none, `rolegraph.refused` (a code), `rolegraph.key` (a name) and
    `rolegraph.document` (the hash of the query).
    """

    def __init__(
        self,
        engine: Engine,
        bounds: Bounds = DEFAULT_BOUNDS,
        *,
        keys: Sequence[Key] = (),
        page: ASGIApp | None = None,
    ) -> None:
        self._engine = engine
        self._bounds = bounds
        self._caller_of = callers(keys)
        self._page = page
        self._compressor = Compressor()
        self.workers = Workers(bounds.threads, bounds.waiting, turns=engine.is_file)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, incoming = _headers(scope), bodies.Incoming(receive)
        get = scope["method"] in ("GET", "HEAD")
        page = self._page if get else None
        media_type = negotiation.media_type(headers.get("accept"), html=page is not None)
        if media_type == negotiation.HTML:
            if page and not _QUERY.search(scope["query_string"]):
                await page(scope, receive, send)
                return
            media_type = negotiation.media_type(headers.get("accept"))
        try:
            reply = await self._reply(scope, incoming, headers, media_type, get)
        except Refused as refused:
            reply = responses.refusal(refused, media_type or negotiation.JSON)
        except Gone:
            return
        if reply.answer:
            scope["rolegraph.answer"] = reply.answer
        elif reply.refused:
            scope["rolegraph.refused"] = reply.refused
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        if reply.lingers:
            await send({"type": "http.response.body", "body": reply.body, "more_body": True})
            await bodies.linger(incoming)
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.body", "body": reply.body})

    async def _reply(
        self, scope: Scope, receive: Receive, headers: dict[str, str], media_type: str | None, get: bool
    ) -> Reply:
        if not get and scope["method"] != "POST":
            if scope["method"] == "OPTIONS":
                return Reply(204, [responses.ALLOW], b"")
            problem = f"{scope['method'][:20]} is not answered here."
            raise Refused(405, "METHOD_NOT_ALLOWED", problem, "Send GET or POST.", headers=(responses.ALLOW,))
        if media_type is None:
            problem = "None of the media types in Accept is served."
            raise Refused(406, "NOT_ACCEPTABLE", problem, f"Accept {negotiation.GRAPHQL} or {negotiation.JSON}.")
        authorization = headers.get("authorization")
        caller = self._caller_of(authorization)
        scope["rolegraph.key"] = caller.name
        request = requests.from_url(scope["query_string"]) if get else await self._posted(receive, headers, caller)
        scope["rolegraph.document"] = _digest(request.query, request.document)
        unless = known_tags(headers.get("if-none-match")) if get else frozenset()
        gzip = negotiation.takes_gzip(headers.get("accept-encoding", ""))
        kept = self._engine.kept(request, unless=unless)
        if kept and (not gzip or self._compressor.has(kept)):  # to change threads would take as long again
            answer, packed = kept, self._compressor.gzip(kept) if gzip else None
        else:
            answer, packed = await self.workers.run(self._answer, request, caller, get, unless, gzip)
        if ANY in unless and answer.tag and not answer.errors:
            answer = answer._replace(outcome="unchanged", body=b"")
        return responses.reply(
            answer,
            media_type,
            body=answer.body if packed is None else packed,
            encoding=None if packed is None else b"gzip",
            get=get,
            known=authorization is not None,
        )

    async def _posted(self, receive: Receive, headers: dict[str, str], caller: Caller) -> Request:
        kind = requests.content_type(headers.get("content-type"))
        requests.plain(headers.get("content-encoding"))
        bounds, size = self._bounds, headers.get("content-length")
        if kind != requests.MULTIPART:
            return requests.from_json(await bodies.whole(receive, size, bounds.request_bytes, bounds.body_seconds))
        if not any(headers.get(name) for name in PREFLIGHTED):
            raise Refused(
                403,
                "CROSS_SITE",
                "A form with files could come from a page of another site.",
                "Send the header GraphQL-Require-Preflight: 1 with it.",
                close=True,
            )
        if "write" not in caller.scopes:
            raise Refused(403, "FORBIDDEN", "Files are taken only with a key that may write.", "Send one.", close=True)
        stream = bodies.chunks(receive, size, bounds.upload_bytes, bounds.upload_seconds)
        return await from_parts(headers["content-type"], stream, bounds.request_bytes)

    def _answer(
        self, request: Request, caller: Caller, get: bool, unless: frozenset[str], gzip: bool
    ) -> tuple[Answer, bytes | None]:
        """The answer, and its bytes compressed where that is wanted and gains something. Runs on a worker thread."""
        try:
            answer = self._engine.answer(request, caller, only_queries=get, unless=unless)
        except Exception as error:
            number = token_hex(4)
            _log.error("Error %s in a request", number, exc_info=error)
            raise Refused(500, "INTERNAL", f"Internal error {number}.") from None
        return answer, self._compressor.gzip(answer) if gzip else None

    def close(self) -> None:
        """Waits for the requests that are being answered."""
        self.workers.close()


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by their names in lower case; of several with one name, a list, as RFC 9110 (5.3) reads them."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _digest(query: str | None, document: str | None) -> str:
    """The hash of the query as it came: what a client says it is counts only where there is no query."""
    digest = document or "" if query is None else hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:16]
