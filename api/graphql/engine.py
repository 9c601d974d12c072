"""One GraphQL request, from its text to the bytes of its answer. Nothing here knows of HTTP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from math import inf
from typing import Any, Literal, NamedTuple

import orjson
from graphql import GraphQLError, OperationType

from api.asking import ask
from api.graphql.breadth import TypeOf, execute
from api.graphql.context import Operation
from api.graphql.cost import check_cost
from api.graphql.documents import Documents, Ready, Refused
from api.graphql.limits import DEFAULT_LIMITS, Limits
from api.graphql.loading import UNCACHED
from api.graphql.recent import Recent
from api.graphql.schema import make_schema, types_by_class
from api.graphql.telling import codes, told
from api.graphql.uploads import Upload
from api.graphql.watching import TimeIsUp, Watch
from graphmodel.errors import RolegraphError, StoreBusy, StoreRefused, StoreUnreachable
from graphmodel.store import GraphStore, View

KEPT_BYTES = 64_000_000
"""The answers used last are kept up to this size together."""

_ENTRY = 1_000
"""What a kept answer takes besides its bytes."""


class Request(NamedTuple):
    """What a client asks, as GraphQL over HTTP names it. Their types have been checked.

    `document` is the SHA-256 of a trusted document, in hex, which stands for the query.
    """

    query: str | None
    operation: str | None = None
    variables: Mapping[str, Any] | None = None
    extensions: Mapping[str, Any] | None = None
    document: str | None = None


class Caller(NamedTuple):
    """Who asks: the name of the key ("" without one), and what it may do."""

    name: str = ""
    scopes: frozenset[Literal["read", "write"]] = frozenset({"read"})


NOBODY = Caller()

Outcome = Literal["answered", "refused", "not-a-query", "unchanged", "unavailable", "timeout"]


class Answer(NamedTuple):
    """`body` is the JSON of the GraphQL response, UTF-8; empty where it is "unchanged".

    answered: the operation was executed, `data` is there (perhaps null, perhaps with errors beside it); refused: it
    was not, for a fault of the request, and there is no `data`; not-a-query: a mutation where only queries are
    allowed; unchanged: the client has this answer (its `tag`); unavailable: the store cannot be reached, is busy or not
    to be used; timeout: it took longer than allowed.
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
    """Answers requests on a store. One for an application; its methods may be called on any thread.

    `loads` is the service that reads documents into the store, `base_iri` what the IRIs of nodes begin with.
    """

    def __init__(
        self,
        store: GraphStore,
        limits: Limits = DEFAULT_LIMITS,
        *,
        loads: Any = None,
        base_iri: str | None = None,
        introspection: bool = True,
        trusted: Mapping[str, str] | None = None,
    ) -> None:
        self.schema = make_schema()
        self.documents = Documents(self.schema, limits, introspection=introspection, trusted=trusted)
        self.limits = limits
        self._store = store
        self.is_file = getattr(store, "url", "").startswith("sqlite:")  # read by this process, and no server waited for
        self._loads = loads
        self._base_iri = base_iri
        self._edition = (version("rolegraph"), base_iri)  # another one may answer otherwise, and clients keep tags
        self._types = TypeOf(types_by_class(self.schema))
        self._answers: Recent[str, Answer] = Recent(KEPT_BYTES)

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
        ready, asked = None, 0
        try:
            text = self.documents.text(request.query, request.document)
            valid = self.documents.valid(text)
            kind = valid.operation(request.operation).operation
            if kind is OperationType.SUBSCRIPTION:
                raise Refused(
                    GraphQLError("Subscriptions are asked over WebSocket.", extensions={"code": "BAD_REQUEST"})
                )
            if only_queries and kind is not OperationType.QUERY:
                return _refusal("not-a-query", GraphQLError("Only queries are answered to GET."))
            ready = valid.ready(request.operation, request.variables or {})
            asked = check_cost(ready.operation, ready.variables, self.limits)
        except Refused as refused:
            return _refusal("refused", *refused.errors)._replace(operation=_name(ready), cost=asked)
        except GraphQLError as error:
            return _refusal("refused", error)._replace(operation=_name(ready))
        kept = kind is OperationType.QUERY and UNCACHED.isdisjoint(field.name for field in ready.operation.fields)
        changes = kind is OperationType.MUTATION  # once and to its end, for it is not undone
        watch = Watch(inf if changes else self.limits.seconds)
        try:
            if changes:
                with self._store.reading() as view:
                    answer = self._executed(ready, view, caller, watch)
            elif kept:
                answer = self._asked(request, text, ready, asked, caller, watch, unless)
            else:
                answer = ask(self._store, lambda view: self._executed(ready, view, caller, watch))
        except (StoreBusy, StoreRefused, StoreUnreachable) as error:
            answer = _refusal("unavailable", GraphQLError(str(error), original_error=error))
        except TimeIsUp as error:
            answer = _refusal("timeout", GraphQLError(str(error), original_error=error))
        return answer._replace(operation=_name(ready), cost=asked, reads=watch.reads)

    def kept(self, request: Request, *, unless: frozenset[str] = frozenset()) -> Answer | None:
        """The answer to a query, if it is kept and the store is a file: so without waiting for anybody, on any thread.

        What is kept was answered before, whoever asked; all else, and whatever is wrong, is for `answer`.
        """
        if not self.is_file or len(request.query or "") > self.limits.characters:
            return None
        try:
            text = self.documents.text(request.query, request.document)
            with self._store.reading() as view:
                tag = _tag(view.state(), self._edition, text, request.operation, request.variables)
        except (Refused, RolegraphError):
            return None
        found = self._answers.get(tag)
        if found is None:
            return None
        if tag in unless:
            found = found._replace(outcome="unchanged", body=b"")
        return found._replace(reads=0, cached=True)

    def _asked(
        self,
        request: Request,
        text: str,
        ready: Ready,
        asked: int,
        caller: Caller,
        watch: Watch,
        unless: frozenset[str],
    ) -> Answer:
        """The answer to a query: kept, or found and then kept."""

        def question(view: View) -> Answer:
            tag = _tag(view.state(), self._edition, text, request.operation, request.variables)
            if tag in unless:
                return Answer("unchanged", b"", tag, cached=True)
            found = self._answers.get(tag)
            if found is None:
                found = self._executed(ready, view, caller, watch)
                found = found._replace(tag=tag, operation=_name(ready), cost=asked)
                if not found.errors:
                    self._answers.put(tag, found, len(found.body) + _ENTRY)
                return found
            return found._replace(cached=True)

        return ask(self._store, question)

    def _executed(self, ready: Ready, view: View, caller: Caller, watch: Watch) -> Answer:
        context = Operation(watch.over(view), caller, self._loads, self._base_iri)
        aborting = (StoreBusy, StoreUnreachable, TimeIsUp)
        data, errors = execute(
            ready.operation, ready.variables, context, self._types, aborting=aborting, check=watch.check
        )
        shown = [told(error) for error in errors]
        body: dict[str, Any] = {"data": data}
        if shown:
            body = {"errors": [error.formatted for error in shown], **body}
        return Answer("answered", _json(body), errors=codes(shown))


def _tag(state: str, *request: Any) -> str:
    asked = json.dumps([state, *request], sort_keys=True, default=_digest)
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def _digest(file: Upload) -> str:
    return hashlib.sha256(file.content).hexdigest()


def _name(ready: Ready | None) -> str:
    return ready.operation.node.name.value if ready and ready.operation.node.name else ""


def _refusal(outcome: Outcome, *errors: GraphQLError) -> Answer:
    shown = [told(error) for error in errors]
    return Answer(outcome, _json({"errors": [error.formatted for error in shown]}), errors=codes(shown))


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair, which UTF-8 cannot hold
        return json.dumps(value).encode()
