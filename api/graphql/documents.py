"""GraphQL documents, parsed and validated once and then kept; and those that are trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    get_variable_values,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues

from api.graphql.limits import Limits, check_size, operation_named, refuse
from api.graphql.plan import Operation, converter, deciding
from api.graphql.recent import Recent
from graphmodel.errors import BadInput

KEPT_CHARACTERS = 400_000
"""The documents used last are kept up to this length together; one takes some 250 bytes a character."""

_KEPT_PLANS = 16
"""Of one document: one for each choice of the variables that @skip and @include hang on."""


class Refused(Exception):
    """A request that is not executed, with the errors that say why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(*errors)
        self.errors = errors


class Ready(NamedTuple):
    """A valid operation with its variables."""

    operation: Operation
    variables: VariableValues


class Valid:
    """A valid document, and its operations as they were planned."""

    def __init__(self, document: DocumentNode, schema: GraphQLSchema, convert: Any) -> None:
        self._document = document
        self._schema = schema
        self._convert = convert
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._deciding: dict[str | None, frozenset[str]] = {}
        self._planned: Recent[Hashable, Operation] = Recent(_KEPT_PLANS)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        try:
            return operation_named(self._document, name)
        except GraphQLError as error:
            raise Refused(error) from None

    def ready(self, name: str | None, variables: Mapping[str, Any]) -> Ready:
        """The operation of a name, for these variables. Raises Refused, for text that is not Unicode, too."""
        node = self.operation(name)
        try:
            json.dumps(variables, ensure_ascii=False, default=_no_text).encode()
        except UnicodeEncodeError:
            raise Refused(GraphQLError("A variable holds half of a surrogate pair.", extensions=_BAD_INPUT)) from None
        values = get_variable_values(self._schema, node.variable_definitions or (), dict(variables), max_errors=20)
        if isinstance(values, list):
            raise Refused(*values)
        if name not in self._deciding:
            self._deciding[name] = deciding(node, list(self._fragments.values()))
        key = (name, tuple(values.coerced.get(one) for one in sorted(self._deciding[name])))
        planned = self._planned.get(key)
        if planned is None:
            planned = Operation(self._schema, self._convert, node, self._fragments, values)
            self._planned.put(key, planned)
        return Ready(planned, values)


class Documents:
    """The documents of a schema. `trusted` are texts by their SHA-256 in hex; where there are any, no other is taken.

    `introspection` false: the schema is not told.
    """

    def __init__(
        self, schema: Any, limits: Limits, *, introspection: bool = True, trusted: Mapping[str, str] | None = None
    ) -> None:
        self._schema: GraphQLSchema = schema._schema
        self._convert = converter(schema)
        self._limits = limits
        self._trusted = trusted
        self._rules = (*specified_rules, *(() if introspection else (NoSchemaIntrospectionCustomRule,)))
        self._kept: Recent[str, Valid] = Recent(KEPT_CHARACTERS)

    def text(self, query: str | None, digest: str | None) -> str:
        """The text that is asked for, itself or by its digest. Raises Refused."""
        if query is None and digest is None:
            raise Refused(GraphQLError("The request has no query.", extensions={"code": "BAD_REQUEST"}))
        if self._trusted is None and query is not None:
            return query
        known = (self._trusted or {}).get(digest or hashlib.sha256((query or "").encode()).hexdigest())
        if known is None or query not in (None, known):
            raise Refused(GraphQLError("The query is none of the trusted documents.", extensions=_UNTRUSTED))
        return known

    def valid(self, text: str) -> Valid:
        """The document of a text. Raises Refused."""
        kept = self._kept.get(text)
        if kept is None:
            try:
                # A comment is no token, but a megabyte of it takes longer to read than most answers.
                refuse("characters", len(text), self._limits)
                document = parse(text, max_tokens=self._limits.tokens)
                check_size(document, self._limits)
            except GraphQLError as error:
                raise Refused(error) from None
            errors = validate(self._schema, document, self._rules, max_errors=20)
            if errors:
                raise Refused(*errors)
            kept = Valid(document, self._schema, self._convert)
            self._kept.put(text, kept, len(text))
        return kept


def _no_text(value: object) -> None:
    """What JSON has no word for, such as a file, holds no text of a question."""


_BAD_INPUT = {"code": "BAD_INPUT", "remedy": "Give Unicode text."}
_UNTRUSTED = {"code": "PERSISTED_QUERY_NOT_FOUND"}


def trusted_documents(file: Path) -> dict[str, str]:
    """The trusted documents of a JSON file that maps SHA-256 digests (hex, perhaps after `sha256:`) to texts, as
    graphql-codegen and Relay write it. Raises BadInput for a file that is none, or a digest that is not its text's.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
        texts = {str(digest).removeprefix("sha256:"): text for digest, text in found.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise BadInput(
            f"{file} holds no trusted documents: {error}", 'Give a JSON object {"sha256": "query"}.'
        ) from None
    for digest, text in texts.items():
        if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != digest:
            raise BadInput(f"{file}: {digest!r} is not the SHA-256 of its text.", "Have the file written anew.")
    return texts
