"""Whether an answer is one that the schema allows to a query, worked out from the two alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    is_abstract_type,
    is_leaf_type,
)

LEAVES = {
    "Int": lambda value: type(value) is int and -(2**31) <= value < 2**31,
    "Float": lambda value: type(value) in (int, float) and isfinite(value),
    "String": lambda value: isinstance(value, str),
    "ID": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
}


def wrong(schema: GraphQLSchema, document: DocumentNode, data: Any) -> list[str]:
    """What is wrong with the data of an answer to a document of one operation without @skip and @include; where it
    asks for an interface or union it must ask for __typename, too.
    """
    [operation] = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}

    def value(type_: Any, selected: list[FieldNode], given: Any, path: str) -> Iterator[str]:
        if isinstance(type_, GraphQLNonNull):
            if given is None:
                yield f"{path} is null"
                return
            type_ = type_.of_type
        if given is None:
            return
        if isinstance(type_, GraphQLList):
            if not isinstance(given, list):
                yield f"{path} is no list"
                return
            for place, one in enumerate(given):
                yield from value(type_.of_type, selected, one, f"{path}[{place}]")
        elif isinstance(type_, GraphQLEnumType):
            if given not in type_.values:
                yield f"{path} is {given!r}, which {type_} lacks"
        elif is_leaf_type(type_):
            if not LEAVES[type_.name](given):
                yield f"{path} is {given!r} and not of {type_}"
        else:
            yield from filled(type_, [one for field in selected for one in below(field)], given, path)

    def filled(type_: GraphQLNamedType, selections: Sequence[SelectionNode], given: Any, path: str) -> Iterator[str]:
        if not isinstance(given, dict):
            yield f"{path} is no object"
            return
        actual: Any = type_
        if is_abstract_type(type_):
            actual = schema.type_map.get(given.get("__typename"))
            if actual is None or not schema.is_sub_type(type_, actual):
                yield f"{path} is a {given.get('__typename')} and no {type_}"
                return
        asked: dict[str, list[FieldNode]] = {}
        for field in fields(actual, selections):
            asked.setdefault((field.alias or field.name).value, []).append(field)
        if list(asked) != list(given):
            yield f"{path} has {list(given)} and not {list(asked)}"
            return
        for key, nodes in asked.items():
            name = nodes[0].name.value
            if name == "__typename":
                if given[key] != actual.name:
                    yield f"{path} says that it is a {given[key]}"
            else:
                yield from value(actual.fields[name].type, nodes, given[key], f"{path}.{key}")

    def fields(type_: Any, selections: Sequence[SelectionNode]) -> Iterator[FieldNode]:
        for one in selections:
            if isinstance(one, FieldNode):
                yield one
                continue
            fragment = fragments[one.name.value] if isinstance(one, FragmentSpreadNode) else one
            condition = fragment.type_condition and schema.type_map[fragment.type_condition.name.value]
            if condition in (None, type_) or (is_abstract_type(condition) and schema.is_sub_type(condition, type_)):
                yield from fields(type_, fragment.selection_set.selections)

    def below(field: FieldNode) -> Sequence[SelectionNode]:
        return field.selection_set.selections if field.selection_set else ()

    if data is None:
        return []
    root = schema.get_root_type(operation.operation)
    return list(filled(root, operation.selection_set.selections, data, operation.operation.value))
