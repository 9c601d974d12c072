"""Subscriptions: a document like any other, and then one answer after another. Nothing here knows of WebSocket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from inspect import isawaitable
from typing import Any, NamedTuple

from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, parse, subscribe

from api.graphql.cost import check_cost
from api.graphql.documents import Refused
from api.graphql.engine import Answer, Caller, Engine, Request
from api.graphql.telling import told
from api.loads import Loads

Told = dict[str, Any]
"""An answer as GraphQL writes it, with `data` and `errors`."""


class Subscriber(NamedTuple):
    """The context of a subscription's resolvers."""

    caller: Caller
    loads: Loads | None


class Planned(NamedTuple):
    """A subscription that may be begun."""

    document: DocumentNode
    request: Request
    caller: Caller


class Subscriptions:
    """Answers requests of any kind, as they come over one connection: by `asked`; a subscription then by `events`."""

    def __init__(self, engine: Engine, loads: Loads | None) -> None:
        self._engine = engine
        self._loads = loads

    def asked(self, request: Request, caller: Caller) -> Answer | Planned:
        """The answer; or a subscription, held to the same limits. Blocks, as Engine.answer. Raises Refused."""
        engine = self._engine
        text = engine.documents.text(request.query, request.document)
        valid = engine.documents.valid(text)
        if valid.operation(request.operation).operation is not OperationType.SUBSCRIPTION:
            return engine.answer(request, caller)
        ready = valid.ready(request.operation, request.variables or {})
        try:
            check_cost(ready.operation, ready.variables, engine.limits)
        except GraphQLError as error:
            raise Refused(error) from None
        return Planned(parse(text), request, caller)

    async def events(self, planned: Planned) -> AsyncIterator[Told]:
        """One answer after another. Raises Refused where there is none, or no more although the end has not come."""
        document, request, caller = planned
        stream = subscribe(
            self._engine.schema._schema,
            document,
            context_value=Subscriber(caller, self._loads),
            variable_values=dict(request.variables or {}),
            operation_name=request.operation,
        )
        if isawaitable(stream):
            stream = await stream
        if isinstance(stream, ExecutionResult):
            raise Refused(*(stream.errors or ()))
        try:
            async for result in stream:
                errors = {"errors": [told(error).formatted for error in result.errors]} if result.errors else {}
                yield {**errors, "data": result.data}
        except GraphQLError as error:
            raise Refused(error) from None
        except Exception as error:
            raise Refused(GraphQLError(str(error), original_error=error)) from None
