"""How much one operation may ask for, checked before anything is read."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    ValidationContext,
    ValidationRule,
)

from graphmodel.errors import BadInput


class Limits(NamedTuple):
    """Levels of fields, aliases and tokens of a query; entries of all lists of an answer together."""

    depth: int = 16
    aliases: int = 30
    tokens: int = 2_000
    entries: int = 10_000


DEFAULT_LIMITS = Limits()

LARGEST_PAGE = 500
"""Entries of one list that can be had at a time."""


def page_size(size: int) -> int:
    """The size, if a page may have it; to be asked before anything is read. Raises BadInput."""
    if not 0 <= size <= LARGEST_PAGE:
        raise BadInput(f"{size} entries cannot be had.", f"Ask for 0 to {LARGEST_PAGE} at a time.")
    return size


class Size(NamedTuple):
    """The levels of fields under a node of the query, and the aliases among them, with fragments written out."""

    depth: int
    aliases: int


def limit_rule(limits: Limits) -> type[ValidationRule]:
    """A validation rule that refuses operations past the limits of depth and aliases.

    Each fragment is measured once, however often it is spread: fragments that spread each other twice would else
    take a time that doubles with each of them (as in the limiters of strawberry 0.341).
    """

    class LimitRule(ValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            definitions = context.document.definitions
            self.fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
            self.measured: dict[str, Size] = {}

        def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
            size = self.measure(node)
            if size.depth > limits.depth:
                self.report_error(
                    GraphQLError(f"The query is {size.depth} levels deep, more than {limits.depth}.", node)
                )
            if size.aliases > limits.aliases:
                self.report_error(
                    GraphQLError(f"The query has {size.aliases} aliases, more than {limits.aliases}.", node)
                )

        def measure(self, node: Any) -> Size:
            if isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in self.measured:
                    self.measured[name] = Size(0, 0)  # for a cycle, which another rule refuses
                    if name in self.fragments:
                        self.measured[name] = self.measure(self.fragments[name])
                return self.measured[name]
            below = [self.measure(one) for one in node.selection_set.selections] if node.selection_set else []
            is_field = isinstance(node, FieldNode)
            return Size(
                max((size.depth for size in below), default=0) + is_field,
                sum(size.aliases for size in below) + (is_field and node.alias is not None),
            )

    return LimitRule
