"""Around every request: its id, the headers that all answers have, its line in the log, its part in the metrics."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING, Any

from api.operations.logs import REQUESTS, request_id

if TYPE_CHECKING:
    from api.operations.metrics import Metrics
    from api.operations.tracing import Tracing

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked again and again by machines: only a failure is worth a line."""

PATH_LENGTH = 200

_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_HEADERS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
_log = logging.getLogger(REQUESTS)
_errors = logging.getLogger("rolegraph.api")


class Observed:
    """The outermost ASGI middleware.

    From the scope it takes, once the answer was sent: `rolegraph.answer` (api.graphql.engine.Answer), `rolegraph.key`
    (the name of the caller's key), `rolegraph.refused` (why a request did not reach the engine) and
    `rolegraph.document` (the hash of the query's text). An exception that nobody caught is logged, and told the client
    by its number in the log.
    """

    def __init__(self, app: Application, metrics: Metrics | None = None, tracing: Tracing | None = None) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        id = _request_id(scope)
        token = request_id.set(id)
        try:
            if scope["type"] == "websocket":
                return await self._app(scope, receive, send)
            request = _Request(scope, send, id)
            if self._metrics:
                self._metrics.begin()
            try:
                if self._tracing:
                    with self._tracing.request(scope) as span:
                        await request.run(self._app, receive)
                        span.end(scope, request.status)
                else:
                    await request.run(self._app, receive)
            finally:
                seconds = perf_counter() - request.start
                if self._metrics:
                    self._metrics.end(scope, request.status, seconds, request.sent)
                request.log(seconds)
        finally:
            request_id.reset(token)


class _Request:
    """One request on its way."""

    __slots__ = ("_id", "_scope", "_send", "sent", "start", "status")

    def __init__(self, scope: Scope, send: Send, id: str) -> None:
        self.start = perf_counter()
        self.status = 0
        self.sent = 0
        self._scope = scope
        self._send = send
        self._id = id.encode()

    async def run(self, app: Application, receive: Receive) -> None:
        try:
            await app(self._scope, receive, self._observe)
        except Exception:
            number = token_hex(4)
            _errors.exception("Error %s", number)
            self._scope["rolegraph.refused"] = "INTERNAL"
            if self.status:
                raise  # the answer has begun: the server breaks the connection off
            await self._tell(number)

    async def _observe(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self.sent += len(message.get("body", b""))
        elif message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            names = {name for name, _ in headers}
            headers += [header for header in _HEADERS if header[0] not in names]
            headers.append((b"x-request-id", self._id))
            message = {**message, "headers": headers}
        await self._send(message)

    async def _tell(self, number: str) -> None:
        error = {"message": f"Internal error {number}.", "extensions": {"code": "INTERNAL"}}
        body = json.dumps({"errors": [error]}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await self._observe({"type": "http.response.start", "status": 500, "headers": headers})
        await self._observe({"type": "http.response.body", "body": body})

    def log(self, seconds: float) -> None:
        scope, status = self._scope, self.status
        level = logging.INFO if 0 < status < 400 else logging.WARNING if status < 500 else logging.ERROR
        if not _log.isEnabledFor(level) or (level == logging.INFO and scope["path"] in QUIET):
            return
        facts: dict[str, Any] = {
            "method": scope["method"],
            "path": scope["path"][:PATH_LENGTH],
            "status": status,
            "ms": round(seconds * 1000, 2),
            "bytes": self.sent,
        }
        if answer := scope.get("rolegraph.answer"):
            facts["outcome"] = answer.outcome
            facts["operation"] = answer.operation
            facts["cost"] = answer.cost
            facts["reads"] = answer.reads
            facts["cached"] = answer.cached
            if answer.errors:
                facts["errors"] = ",".join(answer.errors)
        for name in ("document", "refused", "key"):
            if known := scope.get(f"rolegraph.{name}"):
                facts[name] = known
        if client := scope.get("client"):
            facts["client"] = client[0]
        _log.log(level, "request" if status else "client gone", extra={"facts": facts})


def _request_id(scope: Scope) -> str:
    """The client's own id of the request if it can stand in a log, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return value.decode() if _SANE.fullmatch(value) else token_hex(8)
    return token_hex(8)
