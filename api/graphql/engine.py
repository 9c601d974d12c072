"""One GraphQL request, from its text to the bytes of its answer. Nothing here knows of HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Literal, NamedTuple

from graphql import GraphQLError, OperationType, get_operation_ast, parse

from api.asking import ask
from api.graphql.context import Operation
from api.graphql.limits import DEFAULT_LIMITS, Limits
from api.graphql.schema import make_schema
from graphmodel.errors import RolegraphError, StoreBusy, StoreUnreachable
from graphmodel.store import GraphStore, View

_log = logging.getLogger("rolegraph.api")


class Request(NamedTuple):
    """What a client asks, as GraphQL over HTTP names it. Their types have been checked."""

    query: str | None
    operation: str | None = None
    variables: Mapping[str, Any] | None = None
    extensions: Mapping[str, Any] | None = None


class Caller(NamedTuple):
    """Who asks: the name of the key ("" without one), and what it may do."""

    name: str = ""
    scopes: frozenset[Literal["read", "write"]] = frozenset({"read"})


NOBODY = Caller()

Outcome = Literal["answered", "refused", "not-a-query", "unchanged", "unavailable"]


class Answer(NamedTuple):
    """`body` is the JSON of the GraphQL response, UTF-8; empty where it is "unchanged".

    answered: the operation was executed, `data` is there (perhaps null, perhaps with errors beside it); refused: it
    was not, for a fault of the request, and there is no `data`; not-a-query: a mutation where only queries are
    allowed; unchanged: the client has this answer (its `tag`); unavailable: the store cannot be reached or is busy.
    `tag` names the answer: equal tags, equal answers; None where there is none to keep. `errors` are the codes of the
    errors, `reads` counts the reads of the store, `cached` tells that none was needed.
    """

    outcome: Outcome
    body: bytes
    tag: str | None = None
    operation: str = ""
    errors: tuple[str, ...] = ()
    cost: int = 0
    reads: int = 0
    cached: bool = False


class Engine:
    """Answers requests on a store. One for an application; its methods may be called on any thread."""

    def __init__(self, store: GraphStore, limits: Limits = DEFAULT_LIMITS) -> None:
        self._store = store
        self._limits = limits
        self.schema = make_schema(limits)

    def answer(
        self,
        request: Request,
        caller: Caller = NOBODY,
        *,
        only_queries: bool = False,
        unless: frozenset[str] = frozenset(),
    ) -> Answer:
        """The answer. It blocks while the store is read: call it on a worker thread.

        `only_queries` is for GET; `unless` are the tags that the client has already.
        """
        try:
            operation = get_operation_ast(parse(request.query or ""), request.operation)
            if only_queries and operation and operation.operation is not OperationType.QUERY:
                return Answer("not-a-query", _body(errors=[{"message": "Only queries are answered to GET."}]))
        except GraphQLError as error:
            return Answer("refused", _body(errors=[error.formatted]))
        try:
            tag = hashlib.sha256(f"{self._state()} {request!r}".encode()).hexdigest()[:32]
            if tag in unless:
                return Answer("unchanged", b"", tag)
            return ask(self._store, lambda view: self._execute(request, view))._replace(tag=tag)
        except (StoreBusy, StoreUnreachable) as error:
            return Answer(
                "unavailable", _body(errors=[_told(GraphQLError(error.problem, original_error=error)).formatted])
            )

    def _state(self) -> str:
        with self._store.reading() as view:
            return view.state()

    def _execute(self, request: Request, view: View) -> Answer:
        result = asyncio.run(
            self.schema.execute(
                request.query,
                variable_values=dict(request.variables or {}),
                operation_name=request.operation,
                context_value=Operation(view, self._limits),
            )
        )
        for error in result.errors or ():
            if isinstance(error.original_error, StoreBusy):
                raise error.original_error
        errors = [_told(error).formatted for error in result.errors or ()]
        if result.data is None and not any("path" in error for error in errors):
            return Answer("refused", _body(errors=errors))
        return Answer("answered", _body(data=result.data, **({"errors": errors} if errors else {})))


def _body(**answer: Any) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _told(error: GraphQLError) -> GraphQLError:
    """The error as the client may see it: what is not ours to explain is logged, and told by its number in the log."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return error
    if isinstance(cause, RolegraphError):
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(cause).__name__).upper()
        message, extensions = str(cause), {"code": code, "remedy": cause.remedy}
    else:
        number = token_hex(4)
        _log.error("Error %s at %s", number, error.path, exc_info=cause)
        message, extensions = f"Internal error {number}.", {"code": "INTERNAL"}
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, extensions=extensions)
