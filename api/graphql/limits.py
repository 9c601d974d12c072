"""How much one operation may ask for. All of it is known, and refused, before anything is read from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
)

from graphmodel.errors import BadInput

LARGEST_PAGE = 1_000
"""Entries of one list that can be had at a time."""


class Limits(NamedTuple):
    """`depth`: levels of fields; `fields`, `aliases`, `directives`, `spreads` (of fragments): how many of an operation,
    with fragments written out; `repeats`: fields under one key of one selection, each pair of which is compared;
    `tokens`, `characters`: of the text, these with comments and all; `page`: entries of one list; `cost`: objects that
    an answer may hold (cost.py); `seconds`: the time of one answer.
    """

    depth: int = 20
    fields: int = 1_000
    aliases: int = 30
    directives: int = 50
    spreads: int = 50
    repeats: int = 20
    tokens: int = 2_000
    page: int = LARGEST_PAGE
    characters: int = 50_000
    cost: int = 50_000
    seconds: int = 10


DEFAULT_LIMITS = Limits()


def page_size(size: int) -> int:
    """The size, if a page may have it; to be asked before anything is read. Raises BadInput."""
    if not 0 <= size <= LARGEST_PAGE:
        raise BadInput(f"{size} entries cannot be had.", f"Ask for 0 to {LARGEST_PAGE} at a time.")
    return size


class Size(NamedTuple):
    """What a part of a document asks for, with fragments written out."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    spreads: int = 0
    repeats: int = 0


def check_size(document: DocumentNode, limits: Limits) -> None:
    """Raises GraphQLError for the first operation that is past a limit, with code, limit and what was asked for.

    To be called before validation, some rules of which take a time that grows with the square of the fields. Each
    fragment is measured once, however often it is spread: fragments that spread each other twice would else take a
    time that doubles with each of them.
    """
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    measured: dict[str, Size] = {}
    for definition in document.definitions:
        size = _measure(definition, fragments, measured)
        for name, asked in size._asdict().items():
            refuse(name, asked, limits, definition)


def refuse(name: str, asked: int, limits: Limits, node: Any = None) -> None:
    """Raises GraphQLError where more is asked for than a limit, which the error names with what was asked for."""
    limit = getattr(limits, name)
    if asked > limit:
        kind = {"depth": "levels of fields", "cost": "objects at most", "page": "entries of a list"}.get(name, name)
        raise GraphQLError(
            f"The operation asks for {asked} {kind}, more than {limit}.",
            node,
            extensions={"code": "LIMIT_EXCEEDED", "limit": {name: limit}, "asked": {name: asked}},
        )


def _measure(node: Any, fragments: Mapping[str, FragmentDefinitionNode], measured: dict[str, Size]) -> Size:
    directives = len(node.directives or ())
    if isinstance(node, FragmentSpreadNode):
        name = node.name.value
        if name not in measured:
            measured[name] = Size()  # for a cycle, which validation refuses
            if name in fragments:
                measured[name] = _measure(fragments[name], fragments, measured)
        of = measured[name]
        return of._replace(directives=of.directives + directives, spreads=of.spreads + 1)
    selections = getattr(node, "selection_set", None)
    below = [_measure(one, fragments, measured) for one in selections.selections] if selections else []
    field = isinstance(node, FieldNode)
    return Size(
        max((size.depth for size in below), default=0) + field,
        sum(size.fields for size in below) + field,
        sum(size.aliases for size in below) + (field and node.alias is not None),
        sum(size.directives for size in below) + directives,
        sum(size.spreads for size in below),
        max((*(size.repeats for size in below), *Counter(_keys(selections)).values()), default=0),
    )


def _keys(selections: Any) -> Iterator[str]:
    """The response keys of a selection set and the inline fragments in it."""
    for one in selections.selections if selections else ():
        if isinstance(one, FieldNode):
            yield (one.alias or one.name).value
        elif isinstance(one, InlineFragmentNode):
            yield from _keys(one.selection_set)


def operation_named(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of a name, or the only one. Raises GraphQLError."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        raise GraphQLError("Must provide operation name if query contains multiple operations.")
    for one in operations:
        if one.name and one.name.value == name:
            return one
    raise GraphQLError(f"Unknown operation named '{name}'.")
