"""The schema of the API: its printed form stands in the repository, and what clients build on stays."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
)

from api.graphql.schema import sdl

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "api" / "schema.graphql"
RELEASED = ROOT / "docs" / "schema-released.graphql"
"""The schema of the last release; its first line tells of which. docs/decisions.md says how a release moves it."""

SCHEMA = build_schema(sdl())


def test_the_printed_schema_is_the_golden_one(rewrite_golden):
    if rewrite_golden:
        GOLDEN.write_text(sdl(), "utf-8")
    assert GOLDEN.read_text("utf-8") == sdl(), "the schema changed: review it, then pytest --rewrite-golden"


def version(text: str) -> tuple[int, int]:
    """The major and minor number of a version."""
    major, minor, _ = text.split(".", 2)
    return int(major), int(minor)


def changes(released: str, schema: str) -> list[str]:
    """What of a released schema a client may trip over in another."""
    old, new = build_schema(released), build_schema(schema)
    found = [*find_breaking_changes(old, new), *find_dangerous_changes(old, new)]
    return [f"{one.type.name}: {one.description}" for one in found]


def test_nothing_that_clients_build_on_has_changed_since_the_last_release():
    released = RELEASED.read_text("utf-8")
    told = re.match(r"# rolegraph (\d+\.\d+\.\d+)\n", released)
    assert told, "the first line says which release this is the schema of"
    now = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version(now) >= version(told[1])
    if version(now) == version(told[1]):
        assert changes(released, sdl()) == [], f"raise the minor version of {now}, or take the change back"


@pytest.mark.parametrize(
    ("was", "is_now", "change"),
    [
        ("  experienceField: String\n", "  experience: String\n", "FIELD_REMOVED: Field Requirement.experienceField"),
        ("  minYears: Float\n", "  minYears: Float!\n", None),
        ("  described: Boolean!\n", "  described: Boolean\n", "FIELD_CHANGED_KIND: Field Role.described"),
        ("  MANAGES\n", "  MANAGES\n  OWNS\n", "VALUE_ADDED_TO_ENUM"),
        ("  role(\n", "  role(\n    year: Int!\n", "REQUIRED_ARG_ADDED"),
        ("union RoleResult = Role |", "union RoleResult = Role | Skill |", "TYPE_ADDED_TO_UNION: "),
    ],
)
def test_a_change_that_a_client_may_trip_over_is_told(was, is_now, change):
    changed = sdl().replace(was, is_now)
    assert changed != sdl()
    found = changes(sdl(), changed)
    assert any(one.startswith(change) for one in found) if change else not found, found


def test_lists_hold_no_nulls_but_where_the_place_of_an_entry_tells_what_it_is():
    with_nulls = {
        f"{type_}.{name}"
        for type_ in SCHEMA.type_map.values()
        if not type_.name.startswith("__")
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType))
        for name, field in type_.fields.items()
        if isinstance(inner := _nullable(field.type), GraphQLList) and not isinstance(inner.of_type, GraphQLNonNull)
    }
    assert with_nulls == {"Query.nodes", "ComparedSkill.needs"}


def test_lists_in_pages_are_asked_for_alike_and_are_what_relay_takes():
    paged = [
        (f"{type_}.{name}", field)
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType))
        for name, field in type_.fields.items()
        if "first" in field.args and "last" in field.args
    ]
    assert len(paged) > 40
    for where, field in paged:
        sizes = {name: str(field.args[name].type) for name in ("first", "after", "last", "before")}
        assert sizes == {"first": "Int", "after": "String", "last": "Int", "before": "String"}, where
        connection = _nullable(field.type)
        assert connection.name.endswith("Connection"), where
        assert str(connection.fields["pageInfo"].type) == "PageInfo!"
        edge = _nullable(_nullable(_nullable(connection.fields["edges"].type).of_type))
        assert edge.name == connection.name.removesuffix("Connection") + "Edge"
        assert {"node", "cursor"} <= edge.fields.keys()


def test_names_are_spelled_as_everywhere_in_graphql():
    for type_ in SCHEMA.type_map.values():
        if type_.name.startswith("__"):
            continue
        assert re.fullmatch(r"[A-Z][A-Za-z]*", type_.name)
        if isinstance(type_, GraphQLEnumType):
            assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", name) for name in type_.values), type_.name
        for name, field in getattr(type_, "fields", {}).items():
            arguments = getattr(field, "args", {})
            assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", one) for one in (name, *arguments)), f"{type_}.{name}"
            if name == "id" or name.endswith("Id"):
                assert str(_nullable(field.type)) == "ID", f"{type_}.{name}"


def _nullable(type_):
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_
