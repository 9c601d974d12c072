"""GraphQL over WebSocket: the subprotocol graphql-transport-ws, by which subscriptions are asked for.

Strawberry knows the protocol; what is asked is answered by our own engine, on the threads of all requests. The key is
sent in `connection_init`, since pages cannot send headers here: {"authorization": "Bearer KEY"}. A page of another site
is let in only if its origin is listed: browsers let any page open a WebSocket.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from typing import Any, NamedTuple, cast

import orjson
from graphql import GraphQLError
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation

from api.graphql.documents import Refused as NotExecuted
from api.graphql.engine import NOBODY, Answer, Caller, Engine, Request
from api.graphql.subscribing import Subscriptions
from api.graphql.telling import codes, told
from api.loads import Loads
from api.transport.callers import CallerOf
from api.transport.refusals import Refused
from api.transport.requests import deeper
from api.transport.workers import Workers

_log = logging.getLogger("rolegraph.requests")

_LEFT = (WebSocketDisconnect, WebSocketDisconnected)
"""What sending raises when nobody is there any more to be answered."""


class Bounds(NamedTuple):
    """The most of one process and of one connection, and the seconds to send `connection_init`."""

    connections: int = 1_000
    operations: int = 20
    init_seconds: float = 10.0


DEFAULT_BOUNDS = Bounds()


class Peer:
    """Who is at the other end: known once the connection is acknowledged. Strawberry sets `connection_params`."""

    def __init__(self, authorization: str | None) -> None:
        self.connection_params: dict[str, Any] | None = None
        self.authorization = authorization
        self.caller: Caller = NOBODY


class Handler(BaseGraphQLTransportWSHandler[Peer, None]):
    """One connection. Its queries are answered one after another, so that no more than one answer waits to be taken."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._turn = asyncio.Lock()

    async def handle_message(self, message: Any) -> None:
        if _is_message(message):
            await super().handle_message(message)
        else:
            await self.handle_invalid_message("Not a message of graphql-transport-ws")

    async def run_operation(self, operation: Operation[Peer, None]) -> None:
        with suppress(*_LEFT):
            await self._run(operation)

    async def _run(self, operation: Operation[Peer, None]) -> None:
        socket = cast("Socket", self.view)
        request = Request(operation.query, operation.operation_name, operation.variables)
        try:
            async with self._turn:
                asked = await socket.workers.run(socket.subscriptions.asked, request, self.context.caller)
                if isinstance(asked, Answer):
                    await self._answer(operation, asked)
                    return
            self._log(logging.INFO, operation=request.operation or "", outcome="subscribed")
            async with aclosing(cast(Any, socket.subscriptions.events(asked))) as events:
                async for event in events:
                    async with self._turn:
                        await self._next(operation, orjson.dumps(event))
        except _LEFT:
            raise
        except NotExecuted as refused:
            await self._refuse(operation, *map(told, refused.errors))
        except Refused as refused:
            error = GraphQLError(refused.problem, extensions={"code": refused.code, "remedy": refused.remedy})
            await self._refuse(operation, error)
        except Exception as error:
            await self._refuse(operation, told(GraphQLError("", original_error=error)))
        else:
            await operation.send_operation_message({"type": "complete", "id": operation.id})

    async def _answer(self, operation: Operation[Peer, None], answer: Answer) -> None:
        """A query or mutation: one answer, or the errors for which it is not executed."""
        level = logging.INFO if answer.outcome == "answered" else logging.WARNING
        facts = {name: getattr(answer, name) for name in ("outcome", "operation", "cost", "reads", "cached")}
        self._log(level, **facts, **({"errors": ",".join(answer.errors)} if answer.errors else {}))
        if answer.outcome == "answered":
            await self._next(operation, answer.body)
            await operation.send_operation_message({"type": "complete", "id": operation.id})
        else:
            errors = orjson.loads(answer.body)["errors"]
            await operation.send_operation_message({"type": "error", "id": operation.id, "payload": errors})

    async def _next(self, operation: Operation[Peer, None], body: bytes) -> None:
        """A message around an answer that is JSON already."""
        message = b'{"type":"next","id":%b,"payload":%b}' % (orjson.dumps(operation.id), body)
        await cast(Any, self.websocket).ws.send_text(message.decode())

    async def _refuse(self, operation: Operation[Peer, None], *errors: GraphQLError) -> None:
        self._log(logging.WARNING, refused=",".join(codes(errors)))
        await operation.send_initial_errors(list(errors))

    def _log(self, level: int, **facts: object) -> None:
        """A line for each operation, as there is for each HTTP request."""
        known = {"key": self.context.caller.name} if self.context.caller.name else {}
        _log.log(level, "websocket", extra={"facts": {**facts, **known}})


class Socket(GraphQL[Peer, None]):
    """The ASGI application of one endpoint, for WebSocket alone. `origins` are the sites whose pages may connect."""

    graphql_transport_ws_handler_class = Handler

    def __init__(
        self,
        engine: Engine,
        loads: Loads | None,
        workers: Workers,
        caller_of: CallerOf,
        origins: Sequence[str] = (),
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> None:
        super().__init__(
            engine.schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=bounds.init_seconds),
            max_subscriptions_per_connection=bounds.operations,
            allowed_origins=origins,
        )
        self.workers = workers
        self.subscriptions = Subscriptions(engine, loads)
        self._caller_of = caller_of
        self._most = bounds.connections
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._open >= self._most:
            await self.reject_websocket(WebSocket(scope, receive, send))
            return
        self._open += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._open -= 1

    async def get_context(self, request: Any, response: Any) -> Peer:
        return Peer(request.headers.get("authorization"))

    async def on_ws_connect(self, context: Peer) -> Any:
        """Tells who it is; a key that is not known ends the connection with 4403."""
        said = (context.connection_params or {}).get("authorization", context.authorization)
        try:
            context.caller = self._caller_of(said if said is None else str(said))
        except Refused as refused:
            _log.warning("websocket", extra={"facts": {"refused": refused.code}})
            raise ConnectionRejectionError from None
        return await super().on_ws_connect(context)

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        return orjson.dumps(data).decode()


def _is_message(message: Any) -> bool:
    """Whether it has the form of a message, so that the handler can rely on it."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] not in ("subscribe", "complete"):
        return True
    payload = message.get("payload")
    return isinstance(message.get("id"), str) and (
        message["type"] == "complete"
        or (
            isinstance(payload, dict)
            and isinstance(payload.get("query"), str)
            and isinstance(payload.get("operationName", ""), str | None)
            and isinstance(payload.get("variables", {}), dict | None)
            and not deeper(payload.get("variables") or {})
        )
    )
