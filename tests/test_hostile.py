"""Every argument of every question, with the worst that may stand in it: answered or refused, and soon."""

from __future__ import annotations

import gc
import json
import os
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
import small
from conforming import wrong
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
    parse,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.engine import Caller, Engine, Request
from api.graphql.limits import Limits
from api.graphql.schema import make_schema
from api.words import read
from graphmodel.identity import role_id
from ontology.terms import BASE

EXAMPLES = int(os.environ.get("ROLEGRAPH_HOSTILE", "25"))
pytestmark = pytest.mark.timeout(max(300, EXAMPLES))
MOST_SECONDS = 1.0
"""Of processor time, on a graph of a handful of postings."""

TEXTS = [
    "",
    " \u3000\t",
    "策划",
    "市场分析",
    "shichang",
    role_id("策划"),
    small.skill("SQL"),
    "skill:former",
    "role:",
    ":",
    "skill:市场分析",
    "mention:0000000000000000",
    "no-kind:0000000000000000",
    f"{BASE}role/{role_id('数据')[5:]}",
    f"{BASE}role/",
    f"{BASE}role/%ff%00",
    "https://elsewhere.example/id/role/1",
    "://",
    "\x00",
    "策划\x00数据",
    "\ud800",
    "数\udfff据",
    "\x1b[2J\u202e\ufeff\U0010ffff",
    "*",
    "*" * 60,
    "*?[]{}()^$|\\.+",
    "a*" * 40 + "b",
    "' OR 1=1 --",
    "'}) DETACH DELETE n //",
    '" OR * NEAR(a b) NOT {x}: -',
    "%_%",
    "../../etc/passwd",
    "分" * 199,
    "分析 " * 40,
    "策" * 100_000,
    "a" * 100_000,
    "a b " * 25_000,
]
INTEGERS = [-(2**31), -1, 0, 1, 2, 20, 21, 1000, 1001, 2**31 - 1]
FLOATS = [-1e308, -1.0, -0.0, 0.0, 5e-324, 0.5, 1.0, 1.0000001, 1e308]

texts = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=8),
    st.text(st.characters(categories=["Cs", "Cc", "Cn", "Co"]), max_size=4),
)
leaves = {
    "String": texts,
    "ID": texts,
    "Int": st.sampled_from(INTEGERS),
    "Float": st.one_of(st.sampled_from(FLOATS), st.floats(allow_nan=False, allow_infinity=False)),
    "Boolean": st.booleans(),
}


def values(type_: Any) -> st.SearchStrategy[Any]:
    """Values that a client may give for a variable of a type."""
    if isinstance(type_, GraphQLNonNull):
        return values(type_.of_type).filter(lambda value: value is not None)
    if isinstance(type_, GraphQLList):
        one = values(type_.of_type)
        some = st.one_of(st.lists(one, max_size=4), st.tuples(one, st.sampled_from([100, 101, 2000])).map(_repeated))
        return st.one_of(st.none(), some, some, some)
    if isinstance(type_, GraphQLEnumType):
        return st.sampled_from(sorted(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return st.one_of(st.none(), *[_object(type_)] * 5)
    return st.one_of(st.none(), *[leaves[type_.name]] * 9)


def _repeated(one: tuple[Any, int]) -> list[Any]:
    value, times = one
    return [value] * min(times, 1_000_000 // len(repr(value)))  # a request of a megabyte, no more is taken


def _object(type_: GraphQLInputObjectType) -> st.SearchStrategy[Any]:
    fields = type_.fields
    if type_.is_one_of:
        return st.one_of(
            *(st.fixed_dictionaries({name: values(GraphQLNonNull(one.type))}) for name, one in fields.items())
        )
    required = {name: values(one.type) for name, one in fields.items() if is_required_input_field(one)}
    return st.fixed_dictionaries(
        required, optional={name: values(one.type) for name, one in fields.items() if name not in required}
    )


def given_arguments(arguments: dict[str, GraphQLArgument]) -> st.SearchStrategy[dict[str, Any]]:
    """Variables for the arguments of a root field. Most pages have one size that can be had."""
    paged = {"first", "last"} <= arguments.keys()
    required = {name: values(one.type) for name, one in arguments.items() if is_required_argument(one)}
    optional = {name: values(one.type) for name, one in arguments.items() if name not in required}
    if not paged:
        return st.fixed_dictionaries(required, optional=optional)
    first, last = optional.pop("first"), optional.pop("last")
    sizes = st.one_of(
        *[st.builds(dict, first=st.integers(0, 20)), st.builds(dict, last=st.integers(0, 20))] * 3,
        st.fixed_dictionaries({}, optional={"first": first, "last": last}),
    )
    return st.builds(lambda one, two: one | two, st.fixed_dictionaries(required, optional=optional), sizes)


def selection(schema: Any, type_: Any, levels: int) -> str:
    """All fields of a type, and so many levels of what is below; under names of their own, so that none clash."""
    if isinstance(type_, (GraphQLUnionType, GraphQLInterfaceType)):
        every = [f"... on {one} {{ {selection(schema, one, levels)} }}" for one in schema.get_possible_types(type_)]
        return " ".join(["__typename", *every])
    assert isinstance(type_, GraphQLObjectType)
    chosen = ["__typename"]
    for name, field in type_.fields.items():
        named = get_named_type(field.type)
        size = "(first: 2)" if "first" in field.args else ""
        if is_leaf_type(named):
            chosen.append(f"{type_.name}_{name}: {name}")
        elif levels:
            chosen.append(f"{type_.name}_{name}: {name}{size} {{ {selection(schema, named, levels - 1)} }}")
    return " ".join(chosen)


@pytest.fixture(scope="module", params=["sqlite"])
def engine(request, tmp_path_factory):
    many = 1_000_000
    limits = Limits(aliases=many, fields=many, tokens=many, characters=100 * many, cost=100 * many, depth=50)
    read("")  # the words of the taxonomy are compiled once for a process
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield Engine(store, limits)


def asked(engine: Engine, name: str, variables: dict[str, Any], levels: int) -> None:
    """Asks one question, and looks at what comes back."""
    schema = engine.schema._schema
    field = schema.query_type.fields[name]
    declared = ", ".join(f"${one}: {field.args[one].type}" for one in variables)
    passed = ", ".join(f"{one}: ${one}" for one in variables)
    named = get_named_type(field.type)
    below = "" if isinstance(named, GraphQLScalarType) else f"{{ {selection(schema, named, levels)} }}"
    query = f"query {f'({declared})' if declared else ''} {{ {name}{f'({passed})' if passed else ''} {below} }}"
    gc.disable()  # what other tests have left is not part of the price
    begun = time.thread_time()
    answer = engine.answer(Request(query, variables=variables), Caller("reader"))
    spent = time.thread_time() - begun
    gc.enable()
    assert answer.outcome in ("answered", "refused"), answer
    assert "INTERNAL" not in answer.errors, answer.body
    assert spent < MOST_SECONDS, spent
    assert answer.errors or answer.outcome == "answered"
    if answer.outcome == "answered":
        assert wrong(schema, parse(query), json.loads(answer.body)["data"]) == []


ROOT = sorted(make_schema()._schema.query_type.fields)


@pytest.mark.parametrize("name", ROOT)
def test_whatever_stands_in_an_argument_is_answered_or_refused_soon(engine, name):
    arguments = engine.schema._schema.query_type.fields[name].args

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(variables=given_arguments(arguments))
    def ask(variables: dict[str, Any]) -> None:
        asked(engine, name, variables, 1)

    ask()


CURSORS = [
    '["\\ud800", "a"]',
    '["\\u0000", ""]',
    '["a"]',
    "[1, 2]",
    "[true, null]",
    '{"a": 1}',
    '"策划"',
    "null",
    "[" * 5000,
]


@pytest.mark.parametrize("key", CURSORS)
@pytest.mark.parametrize("size", ["first", "last"])
@pytest.mark.parametrize("end", ["after", "before"])
def test_a_cursor_that_nobody_gave_is_refused_or_a_place_like_any(engine, key, size, end):
    cursor = urlsafe_b64encode(key.encode()).decode()
    for field in ("roles(", "skills(orderBy: MOST,", "duties(", "documents("):
        answer = engine.answer(Request(f'{{ {field} {size}: 2, {end}: "{cursor}") {{ totalCount }} }}'))
        assert answer.errors in ((), ("BAD_INPUT",)), answer.body
