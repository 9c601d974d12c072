"""Failures in the data of an answer, as the client is told them: as errors with their paths, and as nulls that go up to
where they may stand (GraphQL specification, section 6.4.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from graphql import GraphQLError, GraphQLList, GraphQLNonNull, GraphQLOutputType

from api.graphql.plan import Failed, Field


class Settled(NamedTuple):
    """The data, None if a null went up to the root; `errors` have their paths, locations and original errors."""

    data: dict[str, Any] | None
    errors: list[GraphQLError]


class _Nulled(Exception):
    """A null where there may be none: what holds it becomes null."""


def settle(data: dict[str, Any], made: Sequence[tuple[list[Field], list[dict[str, Any]]]]) -> Settled:
    """What becomes of data in which failures stand. `made` tells which fields were asked of which objects in it, those
    of the root first.
    """
    asked = {id(result): fields for fields, results in made for result in results}
    errors: list[GraphQLError] = []

    def settled(field: Field, type_: GraphQLOutputType, value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(type_, GraphQLNonNull):
            done = settled(field, type_.of_type, value, path)
            if done is None:
                raise _Nulled
            return done
        if isinstance(value, Failed):
            errors.append(_located(value.error, field, path))
            return None
        try:
            if isinstance(value, dict) and id(value) in asked:
                return filled(asked[id(value)], value, path)
            if isinstance(value, list) and isinstance(type_, GraphQLList):
                return [settled(field, type_.of_type, one, (*path, place)) for place, one in enumerate(value)]
        except _Nulled:
            return None
        return value

    def filled(fields: Iterable[Field], result: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        for field in fields:
            result[field.key] = settled(field, field.definition.type, result[field.key], (*path, field.key))
        return result

    try:
        return Settled(filled(made[0][0], data, ()), errors)
    except _Nulled:
        return Settled(None, errors)


def _located(error: Exception, field: Field, path: tuple[str | int, ...]) -> GraphQLError:
    cause = error.original_error if isinstance(error, GraphQLError) else error
    extensions = error.extensions if isinstance(error, GraphQLError) else None
    return GraphQLError(
        str(error) if not isinstance(error, GraphQLError) else error.message,
        field.nodes,
        path=list(path),
        original_error=cause,
        extensions=extensions,
    )
