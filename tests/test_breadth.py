"""The level-by-level executor gives what graphql-core's own executor gives: data and errors, on any query."""

from __future__ import annotations

from typing import Any, NamedTuple

import graphql
import pytest
import small
from graphql import (
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    execute_sync,
    get_introspection_query,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    parse,
    validate,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.breadth import TypeOf, execute
from api.graphql.context import Operation as Context
from api.graphql.documents import Valid
from api.graphql.engine import NOBODY
from api.graphql.plan import converter
from api.graphql.schema import make_schema, types_by_class
from graphmodel.store import open_store

SCHEMA = make_schema()


@pytest.fixture(scope="module")
def view():
    store = open_store("sqlite://")
    store.set_taxonomy(small.scheme())
    store.add_many(small.readings())
    with store.reading() as view:
        yield view


def both(schema, convert, types, text, variables, context):
    """The results of the two executors, as plain values."""
    document = parse(text)
    assert not validate(schema, document)
    ready = Valid(document, schema, convert).ready(None, variables)
    ours = execute(ready.operation, ready.variables, context(), types)
    theirs = execute_sync(schema, document, context_value=context(), variable_values=variables)
    return tuple((result.data, [told(error) for error in result.errors or ()]) for result in (ours, theirs))


def told(error):
    return error.formatted.get("path"), error.message, error.formatted.get("locations")


# Queries over the real schema --------------------------------------------------------------------------------------

ARGUMENTS = {
    "first": st.integers(0, 3),
    "by": st.sampled_from(
        [
            '{name: "策划"}',
            '{name: "数据"}',
            '{name: "市场部"}',
            '{name: "市场分析"}',
            '{name: "没有"}',
            '{id: "role:x"}',
        ]
    ),
    "a": st.sampled_from(['"策划"', '"数据"', '"店员"', '"无此岗位"']),
    "id": st.sampled_from(['"skill:former"', '"document:x"', '"?"']),
    "ids": st.just('["skill:former", "role:0000000000000000"]'),
    "candidates": st.sampled_from(["true", "false", "$yes"]),
}
ARGUMENTS["b"] = ARGUMENTS["a"]
ROOTS = ("role", "roles", "skill", "skills", "department", "departments", "node", "nodes", "sharedSkills")


@st.composite
def selections(draw, type_, depth, names):
    """A selection set of a type, with aliases, fragments and directives."""
    fields = SCHEMA._schema.query_type.fields if type_.name == "Query" else getattr(type_, "fields", {})
    known = [name for name in sorted(fields) if type_.name != "Query" or name in ROOTS]
    if depth == 0:
        known = [name for name in known if not is_composite_type(get_named_type(fields[name].type))]
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("field", "field", "field", "typename", "inline", "fragment")))
        if kind == "field" and known:
            name = draw(st.sampled_from(known))
            field = fields[name]
            given = {key: draw(ARGUMENTS[key]) for key in field.args if key in ARGUMENTS and key != "candidates"}
            if "candidates" in field.args and draw(st.booleans()):
                given["candidates"] = draw(ARGUMENTS["candidates"])
            if any(graphql.is_required_argument(arg) and key not in given for key, arg in field.args.items()):
                continue
            arguments = f"({', '.join(f'{key}: {value}' for key, value in given.items())})" if given else ""
            named = get_named_type(field.type)
            below = f" {{ {draw(selections(named, depth - 1, names))} }}" if is_composite_type(named) else ""
            names.append(name)
            directive = draw(
                st.sampled_from(("", "", "", " @skip(if: $yes)", " @include(if: $yes)", " @skip(if: $no)"))
            )
            parts.append(f"f{len(names)}: {name}{arguments}{directive}{below}")
        elif kind == "inline" and depth and is_abstract_type(type_):
            one = draw(st.sampled_from(sorted(SCHEMA._schema.get_possible_types(type_), key=str)))
            parts.append(f"... on {one.name} {{ {draw(selections(one, depth - 1, names))} }}")
        elif kind == "fragment" and depth:
            parts.append(f"... @include(if: $yes) {{ {draw(selections(type_, depth - 1, names))} }}")
        else:
            parts.append("__typename")
    return " ".join(parts) or "__typename"


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_query_has_the_result_that_graphql_core_gives(view, data):
    text = data.draw(selections(SCHEMA._schema.query_type, 6, []))
    query = f'query ($yes: Boolean! = true, $no: Boolean! = false) {{ used: node(id: "x") @include(if: $no) {{ id }} \
        also: node(id: "y") @skip(if: $yes) {{ id }} {text} }}'
    if validate(SCHEMA._schema, parse(query)):
        return  # two sizes of one list under one key, which may not be merged
    context = lambda: Context(view, NOBODY)  # noqa: E731
    ours, theirs = both(SCHEMA._schema, converter(SCHEMA), TypeOf(types_by_class(SCHEMA)), query, {}, context)
    assert ours == theirs


def test_the_schema_tells_of_itself_what_graphql_core_tells(view):
    query = get_introspection_query(descriptions=True, specified_by_url=True, input_value_deprecation=True)
    context = lambda: Context(view, NOBODY)  # noqa: E731
    ours, theirs = both(SCHEMA._schema, converter(SCHEMA), TypeOf(types_by_class(SCHEMA)), query, {}, context)
    assert ours == theirs
    assert ours[0]["__schema"]["queryType"]["name"] == "Query"


# Failures and nulls, on a schema made for them ---------------------------------------------------------------------


class Leaf(NamedTuple):
    number: Any
    text: Any


class Branch(NamedTuple):
    one: Any
    many: Any
    sure: Any
    grid: Any
    number: Any


def resolved(value, info):
    found = getattr(value, info.field_name if hasattr(info, "field_name") else info.field.name)
    if isinstance(found, Exception):
        raise found
    return found


def field(type_):
    return GraphQLField(type_, resolve=resolved)


Thing = GraphQLInterfaceType("Thing", {"number": GraphQLField(GraphQLInt)}, resolve_type=lambda v, *_: type(v).__name__)
LeafType = GraphQLObjectType(
    "Leaf", {"number": field(GraphQLInt), "text": field(GraphQLNonNull(GraphQLString))}, interfaces=[Thing]
)
BranchType = GraphQLObjectType(
    "Branch",
    lambda: {
        "one": field(Thing),
        "many": field(GraphQLList(GraphQLNonNull(Thing))),
        "sure": field(GraphQLNonNull(GraphQLList(Either))),
        "grid": field(GraphQLList(GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLFloat))))),
        "number": field(GraphQLInt),
    },
    interfaces=[Thing],
)
Either = GraphQLUnionType("Either", [LeafType, BranchType], resolve_type=lambda v, *_: type(v).__name__)
TOY = GraphQLSchema(
    GraphQLObjectType("Query", {"top": GraphQLField(BranchType, resolve=lambda value, info: info.context)}),
    types=[LeafType, BranchType],
)
QUERY = """{ top { ...branch } }
fragment branch on Branch { n: number one { number ...leaf ... on Branch { grid sure { __typename ...leaf } } }
  many { number ...leaf ... on Branch { again: number grid one { ...leaf } sure { ...leaf ... on Branch { number } } } }
  sure { ... on Leaf { text } ... on Branch { number many { number ...leaf } } } grid }
fragment leaf on Leaf { number text }"""

failures = st.sampled_from([None, ValueError("no"), RuntimeError("否")])
numbers = st.one_of(st.integers(-5, 5), st.just(2**40), st.just("x"), failures)
leaves = st.builds(Leaf, numbers, st.one_of(st.text(max_size=3), st.just(3), failures))
grids = st.one_of(
    failures, st.lists(st.one_of(failures, st.lists(st.one_of(st.floats(), failures), max_size=2)), max_size=2)
)


def branches(below):
    some = st.one_of(below, failures)
    lists = st.one_of(failures, st.just("no list"), st.lists(some, max_size=3))
    return st.builds(Branch, some, lists, lists, grids, numbers)


@settings(max_examples=200, deadline=None)
@given(top=branches(st.recursive(leaves, branches, max_leaves=6)))
def test_failures_and_nulls_go_up_as_graphql_core_lets_them(top):
    types = TypeOf({Leaf: LeafType, Branch: BranchType})
    ours, theirs = both(TOY, lambda values, _: values, types, QUERY, {}, lambda: top)
    assert ours[0] == theirs[0] or repr(ours[0]) == repr(theirs[0])  # NaN is not equal to itself
    assert [path for path, *_ in ours[1]] == [path for path, *_ in theirs[1]]
