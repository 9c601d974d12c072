"""Executes an operation level by level: each field is resolved once for all objects of its level.

So a store is read once for a relation and level whatever the number of objects, and little is done for each object.
What comes out is what the GraphQL specification says (September 2025, section 6): the same data and errors as
graphql-core's own executor gives, with which the tests compare it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import islice
from math import isfinite
from typing import Any, cast

from graphql import (
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import is_iterable

from api.graphql.failures import Settled, settle
from api.graphql.plan import Failed, Field, Operation

Aborting = tuple[type[Exception], ...]


class Info:
    """What a resolver is told: the context of the operation, the schema, and the field with its selection."""

    __slots__ = ("context", "field", "schema")

    def __init__(self, context: Any, schema: Any, field: Field) -> None:
        self.context = context
        self.schema = schema
        self.field = field


def execute(
    operation: Operation,
    variables: VariableValues,
    context: Any,
    types: TypeOf,
    *,
    aborting: Aborting = (),
    check: Callable[[], None] = lambda: None,
) -> Settled:
    """The result of a query or mutation. Root fields of a mutation run one after another, each to its end.

    `aborting` are the exceptions that are raised and not told as errors of a field; `check` is called before each
    field of a level, and ends the execution by raising one of them.
    """
    run = _Run(operation, variables, context, types, aborting, check)
    data: dict[str, Any] = {}
    mutation = operation.node.operation.value == "mutation"
    run.made.append((operation.fields, [data]))
    for fields in [[field] for field in operation.fields] if mutation else [operation.fields]:
        run.levels(fields, [None], [data])
    return settle(data, run.made) if run.failed else Settled(data, [])


class TypeOf:
    """The GraphQL type of a value, by its class: where a field may give several types."""

    def __init__(self, by_class: Mapping[type, GraphQLObjectType]) -> None:
        self._by_class = by_class

    def __call__(self, value: Any) -> GraphQLObjectType | None:
        return self._by_class.get(type(value))


class _Run:
    """One execution. `made` tells which fields were asked of which results, `failed` whether anything was."""

    def __init__(
        self,
        operation: Operation,
        variables: VariableValues,
        context: Any,
        types: TypeOf,
        aborting: Aborting,
        check: Callable[[], None],
    ) -> None:
        self.operation = operation
        self.variables = variables
        self.context = context
        self.types = types
        self.aborting = aborting
        self.check = check
        self.failed = False
        self.made: list[tuple[list[Field], list[dict[str, Any]]]] = []
        self._next: list[tuple[list[Field], list[Any], list[dict[str, Any]]]] = []

    def levels(self, fields: list[Field], objects: list[Any], results: list[dict[str, Any]]) -> None:
        """All fields of objects and of what is below them, into the results."""
        level = [(fields, objects, results)]
        while level:
            for fields, objects, _ in level:
                for field in fields:
                    if field.wants:
                        with suppress(Exception):  # which the field itself will tell
                            arguments = field.arguments(self.variables)
                            field.wants(objects, Info(self.context, self.operation.schema, field), **arguments)
            for fields, objects, results in level:
                for field in fields:
                    self.check()
                    key = field.key
                    if field.name == "__typename":
                        for result in results:
                            result[key] = field.parent.name
                        continue
                    values = self._complete(field, field.definition.type, self._resolved(field, objects))
                    for result, value in zip(results, values, strict=True):
                        result[key] = value
            level, self._next = self._next, []

    def _resolved(self, field: Field, objects: list[Any]) -> list[Any]:
        try:
            arguments = field.arguments(self.variables)
        except GraphQLError as error:
            error.extensions = {"code": "BAD_INPUT"}
            return [error] * len(objects)
        try:
            values = field.resolve(objects, Info(self.context, self.operation.schema, field), arguments)
        except self.aborting:
            raise
        except Exception as error:
            values = [error] * len(objects)
        return values

    def _complete(self, field: Field, type_: GraphQLOutputType, values: list[Any]) -> list[Any]:
        """The values as they stand in the result; objects are filled on the next level."""
        if isinstance(type_, GraphQLNonNull):
            done = self._complete(field, type_.of_type, values)
            if None in done:
                null = Failed(TypeError(f"Cannot return null for non-nullable field {field.parent.name}.{field.name}."))
                self.failed = True
                done = [null if value is None else value for value in done]
            return done
        if is_leaf_type(type_):
            if plain(type_, values):
                return values
            return [self._leaf(type_, value) for value in values]
        if isinstance(type_, GraphQLList):
            return self._lists(field, type_.of_type, values)
        if is_abstract_type(type_):
            return self._of_several(field, type_, values)
        return self._objects(field, cast(GraphQLObjectType, type_), values)

    def _failure(self, value: Any) -> Failed | None:
        """The failure that a value is."""
        if isinstance(value, Failed):
            return value
        if isinstance(value, Exception):
            if isinstance(value, self.aborting):
                raise value
            self.failed = True
            return Failed(value)
        return None

    def _leaf(self, type_: GraphQLLeafType, value: Any) -> Any:
        if value is None or (failure := self._failure(value)):
            return None if value is None else failure
        try:
            return type_.coerce_output_value(value)
        except Exception as error:
            return self._failure(error)

    def _lists(self, field: Field, inner: GraphQLOutputType, values: list[Any]) -> list[Any]:
        lists: list[Any] = []
        for value in values:
            if value is None or isinstance(value, (list, tuple)):
                lists.append(value)
            elif failure := self._failure(value):
                lists.append(failure)
            elif is_iterable(value):
                lists.append(list(value))
            else:
                wrong = f"Expected Iterable, but did not find one for field '{field.parent.name}.{field.name}'."
                lists.append(self._failure(GraphQLError(wrong)))
        flat = [one for each in lists if isinstance(each, (list, tuple)) for one in each]
        done = iter(self._complete(field, inner, flat))
        return [list(islice(done, len(each))) if isinstance(each, (list, tuple)) else each for each in lists]

    def _objects(self, field: Field, type_: GraphQLObjectType, values: list[Any]) -> list[Any]:
        kinds = set(map(type, values))
        if type(None) not in kinds and not any(issubclass(kind, (Exception, Failed)) for kind in kinds):
            done: list[Any] = [{} for _ in values]
            objects = values
        else:
            done = [None if value is None else self._failure(value) or {} for value in values]
            objects = [value for value, one in zip(values, done, strict=True) if type(one) is dict]
        if objects:
            results = done if objects is values else [one for one in done if type(one) is dict]
            fields = field.below(type_)
            self.made.append((fields, results))
            self._next.append((fields, objects, results))
        return done

    def _of_several(self, field: Field, type_: Any, values: list[Any]) -> list[Any]:
        """Values of an interface or union, each by the fields of its own type."""
        done: list[Any] = [None] * len(values)
        places: dict[str, list[int]] = {}
        known: dict[str, GraphQLObjectType] = {}
        for place, value in enumerate(values):
            if value is None:
                continue
            if failure := self._failure(value):
                done[place] = failure
                continue
            of = self.types(value)
            if of is None or not self.operation.schema.is_sub_type(type_, of):
                wrong = f"A value of {type(value).__name__} is no {type_.name}."
                done[place] = self._failure(TypeError(wrong))
                continue
            known[of.name] = of
            places.setdefault(of.name, []).append(place)
        for name, some in places.items():
            for place, result in zip(
                some, self._objects(field, known[name], [values[place] for place in some]), strict=True
            ):
                done[place] = result
        return done


_PLAIN: dict[str, frozenset[type]] = {
    "String": frozenset((str, type(None))),
    "ID": frozenset((str, type(None))),
    "Boolean": frozenset((bool, type(None))),
}


def plain(type_: GraphQLLeafType, values: list[Any]) -> bool:
    """Whether values stand in the result as they are; true only where their serialisation would change nothing."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN.get(type_.name, frozenset()):
        return True
    if type_.name == "Int" and kinds == {int}:
        return all(-(2**31) <= value < 2**31 for value in values)
    if type_.name == "Float" and kinds == {float}:
        return all(map(isfinite, values))
    return False
