"""The ASGI application at /sparql: the SPARQL 1.1 Protocol, for queries."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import threading
from collections.abc import Sequence
from secrets import token_hex
from typing import NamedTuple

from starlette.datastructures import URL, Headers
from starlette.types import Receive, Scope, Send

from api.keys import Key
from api.rdf.negotiation import preferred
from api.sparql import description
from api.sparql.answers import DEFAULT_BOUNDS, Bounds, NotReady, Sparql
from api.sparql.protocol import FORM, QUERY, UPDATE, Wanted, no_update, not_acceptable, parameters, wanted
from api.sparql.results import TRIPLES
from api.sparql.worker import Failed, Why
from api.transport import bodies
from api.transport.callers import callers
from api.transport.endpoint import DEFAULT_BOUNDS as DEFAULT_TRANSPORT
from api.transport.endpoint import Bounds as Transport
from api.transport.negotiation import takes_gzip
from api.transport.refusals import Gone, Refused
from api.transport.requests import plain
from api.transport.tags import ANY, known_tags
from api.transport.workers import RETRY_AFTER, Workers
from graphmodel.errors import RolegraphError, StoreBusy, StoreUnreachable
from graphmodel.store import GraphStore

_log = logging.getLogger("rolegraph.api")

WAITING = 32
"""Queries that may wait for a process."""

MOST_UNTAKEN = 200_000_000
"""Bytes of answers that clients are taking, of all together; more are not given out, unless they are small."""

_PIECE = 256_000

_ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
_VARY = (b"vary", b"Accept, Accept-Encoding, Authorization")
_NEVER_STORED = (b"cache-control", b"no-store")
_HTML = "text/html"
_AGAIN = (b"retry-after", b"5")

_EACH_TIME = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
"""What is different each time that it is asked."""

_STATUS: dict[Why, tuple[int, str]] = {
    "syntax": (400, "MALFORMED_QUERY"),
    "not-allowed": (403, "QUERY_REFUSED"),
    "rows": (400, "TOO_MANY_ROWS"),
    "bytes": (400, "TOO_MANY_BYTES"),
    "time": (503, "TIME_LIMIT"),
    "memory": (503, "MEMORY_LIMIT"),
    "missing": (503, "NOT_READY"),
    "stopped": (503, "STOPPED"),
    "given-up": (503, "GIVEN_UP"),
    "failed": (500, "NOT_ANSWERED"),
}


class _Reply(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""
    lingers: bool = False


class SparqlEndpoint:
    """Answers queries to a store, in processes of its own. The scope is left with what the log tells, as by the other
    endpoint.
    """

    def __init__(
        self,
        store: GraphStore,
        *,
        base_iri: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        transport: Transport = DEFAULT_TRANSPORT,
        keys: Sequence[Key] = (),
    ) -> None:
        self._sparql = Sparql(store, base_iri, bounds)
        self._transport = transport
        self._caller_of = callers(keys)
        self._workers = Workers(bounds.processes, WAITING)
        self._untaken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming = bodies.Incoming(receive)
        try:
            reply = await self._reply(scope, incoming)
        except Refused as refused:
            scope["rolegraph.refused"] = refused.code
            reply = _refusal(refused)
        except Gone:
            return
        headers = [*reply.headers, _VARY]
        if reply.status not in (204, 304):
            headers.append((b"content-length", str(len(reply.body)).encode()))
        body = b"" if scope["method"] == "HEAD" else reply.body
        self._untaken += len(body)
        try:
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            for start in range(0, len(body), _PIECE):  # each when the client has taken the one before
                await send({"type": "http.response.body", "body": body[start : start + _PIECE], "more_body": True})
        finally:
            self._untaken -= len(body)
        if reply.lingers:
            await bodies.linger(incoming)
        await send({"type": "http.response.body", "body": b""})

    async def _reply(self, scope: Scope, receive: bodies.Incoming) -> _Reply:
        method, headers = scope["method"], Headers(scope=scope)
        if method == "OPTIONS":
            return _Reply(204, [_ALLOW])
        if method not in ("GET", "HEAD", "POST"):
            problem = f"{method[:20]} is not answered here."
            raise Refused(405, "METHOD_NOT_ALLOWED", problem, "Send GET or POST.", headers=(_ALLOW,))
        caller = self._caller_of(headers.get("authorization"))
        scope["rolegraph.key"] = caller.name
        accept = ", ".join(headers.getlist("accept"))
        fields = parameters(scope["query_string"])
        if method == "POST":
            fields = await self._posted(receive, headers, fields)
        asked = wanted(fields, accept)
        if asked is None:
            if method == "POST":
                raise Refused(400, "BAD_REQUEST", "There is no query.", "Send it as the parameter query.")
            return self._described(scope, accept)
        scope["rolegraph.document"] = hashlib.sha256(asked.query.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        unless = frozenset() if method == "POST" else known_tags(headers.get("if-none-match"))
        gzip = takes_gzip(headers.get("accept-encoding", ""))
        reply = await self._waited(receive, asked, unless, gzip)
        if len(reply.body) > _PIECE and self._untaken + len(reply.body) > MOST_UNTAKEN:
            problem = "Other large answers are being taken."
            raise Refused(503, "BUSY", problem, "Ask again when some are, or for less.", headers=(_AGAIN,))
        kept = (b"cache-control", b"private, no-cache" if headers.get("authorization") else b"no-cache")
        if method == "POST":
            return reply._replace(headers=[*(each for each in reply.headers if each[0] != b"etag"), _NEVER_STORED])
        return reply._replace(headers=[*reply.headers, kept])

    async def _waited(self, receive: Receive, asked: Wanted, unless: frozenset[str], gzip: bool) -> _Reply:
        """The reply. Raises Gone when the client leaves; then its query ends, and others need not wait for it."""
        given_up = threading.Event()

        async def watch() -> None:
            await bodies.left(receive)
            given_up.set()

        watching = asyncio.ensure_future(watch())
        try:
            return await self._workers.run(self._answer, asked, unless, gzip, given_up)
        except Refused:
            if given_up.is_set():
                raise Gone from None
            raise
        finally:
            watching.cancel()

    async def _posted(
        self, receive: bodies.Incoming, headers: Headers, fields: list[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        plain(headers.get("content-encoding"))
        kind = (headers.get("content-type") or "").partition(";")[0].strip().lower()
        if kind == UPDATE:
            raise no_update()
        if kind not in (FORM, QUERY):
            problem = f"The Content-Type {kind[:60] or 'is missing, or'} is not taken here."
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", problem, f"Send {QUERY} or {FORM}.", close=True)
        limit, seconds = self._transport.request_bytes, self._transport.body_seconds
        body = await bodies.whole(receive, headers.get("content-length"), limit, seconds)
        if kind == FORM:
            return parameters(body)
        try:
            return [*((name, value) for name, value in fields if name != "query"), ("query", body.decode())]
        except UnicodeDecodeError:
            raise Refused(400, "BAD_REQUEST", "The query is not UTF-8.", "Send it as UTF-8.") from None

    def _described(self, scope: Scope, accept: str) -> _Reply:
        kinds = {format.media_type: name for name, format in TRIPLES.items()}
        chosen = preferred(accept, (*kinds, _HTML))
        if chosen is None:
            raise not_acceptable()
        if chosen == _HTML:
            guards = [(b"content-security-policy", description.POLICY), (b"x-frame-options", b"DENY")]
            body = description.page(self._sparql.base)
            return _Reply(200, [(b"content-type", b"text/html; charset=utf-8"), _NEVER_STORED, *guards], body)
        url = str(URL(scope=scope).replace(query="", fragment=""))
        return _Reply(200, [(b"content-type", chosen.encode()), _NEVER_STORED], description.service(url, kinds[chosen]))

    def _answer(self, asked: Wanted, unless: frozenset[str], gzip: bool, given_up: threading.Event) -> _Reply:
        """The reply, or what is refused. Runs on a worker thread."""
        if given_up.is_set():
            raise Gone
        tagged = not _EACH_TIME.search(asked.query)
        try:
            if tagged and unless and (ANY in unless or self._tag(asked, self._sparql.state()) in unless):
                return _Reply(304, [_etag(self._tag(asked, self._sparql.state()))])
            told = self._sparql.ask(asked.query, asked.solutions, asked.triples, gzip, given_up)
        except NotReady as error:
            raise Refused(503, "NOT_READY", error.problem, error.remedy, headers=(_AGAIN,)) from None
        except (StoreBusy, StoreUnreachable) as error:
            raise Refused(503, "STORE_UNREACHABLE", error.problem, error.remedy, headers=(RETRY_AFTER,)) from None
        except RolegraphError as error:
            raise Refused(503, "NOT_READY", error.problem, error.remedy) from None
        except Exception as error:
            number = token_hex(4)
            _log.error("Error %s in a query", number, exc_info=error)
            raise Refused(500, "INTERNAL", f"Internal error {number}.") from None
        answer = told.answer
        if isinstance(answer, Failed):
            raise _refused(answer)
        headers = [(b"content-type", asked.content_type(answer.media_type).encode())]
        if answer.packed:
            headers.append((b"content-encoding", b"gzip"))
        if tagged:
            headers.append(_etag(self._tag(asked, told.state)))
        return _Reply(200, headers, answer.body)

    def _tag(self, asked: Wanted, state: str) -> str:
        """Names an answer: the state and all that is asked of it."""
        said = "\n".join([state, self._sparql.base, repr(asked)])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def close(self) -> None:
        """Ends the queries that are running."""
        self._sparql.close()
        self._workers.close()


def _etag(tag: str) -> tuple[bytes, bytes]:
    return (b"etag", b'W/"%s"' % tag.encode())


def _refused(failed: Failed) -> Refused:
    if failed.why == "form":
        return not_acceptable(failed.problem)
    status, code = _STATUS[failed.why]
    headers = (RETRY_AFTER,) if failed.why in ("missing", "stopped") else ()
    if failed.why == "failed":
        _log.error("A query cannot be answered: %s", failed.problem)
    return Refused(status, code, failed.problem, failed.remedy, headers=headers)


def _refusal(refused: Refused) -> _Reply:
    """As text, which clients of SPARQL show as it is."""
    body = "".join(f"{line}\n" for line in (refused.problem, refused.remedy) if line).encode("utf-8", "replace")
    headers = [(b"content-type", b"text/plain; charset=utf-8"), _NEVER_STORED, *refused.headers]
    return _Reply(refused.status, headers, body, refused.close and refused.status != 408)
