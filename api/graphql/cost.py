"""What an operation may cost: how many objects its answer can hold, counted before anything is read.

A field that gives an object costs 1, and what is below it is counted once for each object. A list holds as many as
its size argument says (`first`, `last`, `k`; of evidence, `evidence` of the question); one without such an argument is
taken to hold LISTED. Where a field may give several types, the dearest counts. Numbers and words cost nothing.
What reads much of the store whatever it gives costs more besides: DEAR.
"""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLError,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
)
from graphql.execution.values import VariableValues

from api.graphql.limits import Limits, refuse
from api.graphql.plan import Arguments, Field, Operation
from api.graphql.wheres import Order

LISTED = 10
"""How many entries a list is taken to hold whose size nothing in the operation tells."""

SIZES = ("first", "last", "k")

DEAR = {
    "__schema": 5_000,
    "__type": 1_000,
    "candidates": 2_000,
    "careerPaths": 2_000,
    "facets": 5_000,
    "hubSkills": 1_000,
    "matchRoles": 1_000,
    "notStated": 5_000,
    "similarRoles": 1_000,
    "statedRequirements": 5_000,
    "stats": 5_000,
}
"""Fields that give or read much: for each 1,000 a tenth of a second on 20,000 roles, or less."""

MOST = 5_000
"""What the order by counts costs, for which all nodes of a kind are counted."""

BY_ORIGIN = 1_000
"""What it costs to choose documents by their origins, of which each may be looked at."""


def check_cost(operation: Operation, variables: VariableValues, limits: Limits) -> int:
    """The cost of an operation. Raises GraphQLError past a limit, and for a page of a list that has no size."""
    sizes = tuple((name, _number(value)) for name, value in variables.coerced.items())
    found = operation.costs.get(sizes)
    if found is None:
        count = _Count(operation, variables, limits)
        found = sum(count.of(field) for field in operation.fields)
        if len(operation.costs) < _KEPT:
            operation.costs[sizes] = found
    refuse("cost", found, limits)
    return found


def _number(value: object) -> int | None:
    """All that a value of a variable can mean for the cost."""
    return value if isinstance(value, int) else len(value) if isinstance(value, list) else None


_KEPT = 100
"""Costs of an operation that are kept, by the sizes in its variables."""


class _Count:
    def __init__(self, operation: Operation, variables: VariableValues, limits: Limits) -> None:
        self._schema = operation.schema
        self._variables = variables
        self._limits = limits

    def of(self, field: Field, told: int | None = None, places: int | None = None) -> int:
        """The cost of a field and what is below it. `told`: how many it holds by the arguments of the field above it;
        `places`: how many places each skill has by those of its question.
        """
        named = get_named_type(field.definition.type)
        if field.name.startswith("__"):
            return DEAR.get(field.name, 0)  # what is below is bounded by depth and repeats
        if not is_composite_type(named):
            return 0
        arguments = self._arguments(field)
        own = self._size(field, arguments)
        places = arguments.get("evidence", places)
        types: Any = self._schema.get_possible_types(named) if is_abstract_type(named) else [named]
        listed = is_list_type(get_nullable_type(field.definition.type))
        hold = None if listed else own
        below = max(sum(self.of(one, hold, places) for one in field.below(type_)) for type_ in types)
        if not listed:
            dear = DEAR.get(field.name, 0)
            dear += MOST if arguments.get("order_by") is Order.MOST else 0
            dear += BY_ORIGIN if field.name == "documents" and arguments.get("where") else 0
            return dear + 1 + below
        sizes = (own, told, _held(field.name, places), LISTED)
        return next(size for size in sizes if size is not None) * (1 + below)

    def _arguments(self, field: Field) -> Arguments:
        try:
            return field.arguments(self._variables)
        except GraphQLError:
            return {}  # told where the field is resolved

    def _size(self, field: Field, arguments: Arguments) -> int | None:
        """How many entries a field's arguments allow at most; None if they do not say."""
        sizes = [max(0, value) for name in SIZES if isinstance(value := arguments.get(name), int)]
        if arguments and _paged(field) and len(sizes) != 1:
            remedy = "Give `first` or `last`, and only one of them."
            problem = f"`{field.name}` is asked for without a size.\n{remedy}"
            raise GraphQLError(problem, field.nodes, extensions={"code": "BAD_INPUT", "remedy": remedy})
        for one in sizes:
            refuse("page", one, self._limits, field.nodes)
        if sizes:
            return sizes[0]
        ids, compared = arguments.get("ids"), arguments.get("roles")
        if isinstance(compared, list):  # each pair of them is in the answer
            return max(LISTED, len(compared) * (len(compared) - 1) // 2)
        return len(ids) if isinstance(ids, list) else None


def _held(name: str, places: int | None) -> int | None:
    """How many entries a list holds of whose size its own arguments say nothing."""
    return places if name == "evidence" else 1 if name == "spans" else None


def _paged(field: Field) -> bool:
    return "first" in field.definition.args and "last" in field.definition.args
