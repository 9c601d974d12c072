"""What an operation may cost: how many objects its answer can hold, counted before anything is read.

A field that gives an object costs 1, and what is below it is counted once for each object. A list holds as many as
its size argument says (`first`, `last`, `k`), or that of the field which gives what the list stands in: the `k` of
`similarRoles` bounds its `roles`. One without such an argument is taken to hold LISTED. Where a field may give several
types, the dearest counts. Fields that leaf values are cost nothing.
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
from api.graphql.plan import Field, Operation
from graphmodel.errors import BadInput

LISTED = 10
"""How many entries a list is taken to hold whose size nothing in the operation tells."""

SIZES = ("first", "last", "k")

DEAR = {"stats": 500, "facets": 500, "statedRequirements": 500, "notStated": 500, "careerPaths": 200, "candidates": 200}
"""Fields that read much of the store, whatever they give; they cost this much besides."""


def check_cost(operation: Operation, variables: VariableValues, limits: Limits) -> int:
    """The cost of an operation. Raises GraphQLError past a limit, and for a page of a list that has no size."""
    sizes = tuple((name, _number(value)) for name, value in variables.coerced.items())
    found = operation.costs.get(sizes)
    if found is None:
        found = sum(_of(field, operation, variables, limits) for field in operation.fields)
        if len(operation.costs) < _KEPT:
            operation.costs[sizes] = found
    refuse("cost", found, limits)
    return found


def _number(value: object) -> int | None:
    """All that a value of a variable can mean for the cost."""
    return value if isinstance(value, int) else len(value) if isinstance(value, list) else None


_KEPT = 100
"""Costs of an operation that are kept, by the sizes in its variables."""


def _of(field: Field, operation: Operation, variables: VariableValues, limits: Limits, told: int | None = None) -> int:
    """The cost of a field and what is below it; `told`: how many it holds by the arguments of the field above it."""
    named = get_named_type(field.definition.type)
    if field.name.startswith("__") or not is_composite_type(named):
        return 0
    own = _size(field, variables, limits)
    types: Any = operation.schema.get_possible_types(named) if is_abstract_type(named) else [named]
    listed = is_list_type(get_nullable_type(field.definition.type))
    hold = None if listed else own
    below = max(sum(_of(one, operation, variables, limits, hold) for one in field.below(type_)) for type_ in types)
    if listed:
        size = told if own is None else own
        return (LISTED if size is None else size) * (1 + below)
    return DEAR.get(field.name, 0) + 1 + below


def _size(field: Field, variables: VariableValues, limits: Limits) -> int | None:
    """How many entries a field's arguments allow at most; None if they do not say."""
    try:
        arguments = field.arguments(variables)
    except GraphQLError:
        return None  # told where the field is resolved
    sizes = [max(0, value) for name in SIZES if isinstance(value := arguments.get(name), int)]
    if _paged(field) and len(sizes) != 1:
        wrong = BadInput(
            f"`{field.name}` is asked for without a size.", "Give `first` or `last`, and only one of them."
        )
        raise GraphQLError(str(wrong), field.nodes, extensions={"code": "BAD_INPUT", "remedy": wrong.remedy})
    for one in sizes:
        refuse("page", one, limits, field.nodes)
    if sizes:
        return sizes[0]
    ids, compared = arguments.get("ids"), arguments.get("roles")
    if isinstance(compared, list):  # each pair of them is in the answer
        return max(LISTED, len(compared) * (len(compared) - 1) // 2)
    return len(ids) if isinstance(ids, list) else None


def _paged(field: Field) -> bool:
    return "first" in field.definition.args and "last" in field.definition.args
