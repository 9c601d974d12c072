"""The GraphQL schema: what can be asked. `schema.graphql` is its printed form."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import GraphQLObjectType
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter

from api.graphql.lists import Nodes
from api.graphql.loading import SCALARS, Loading, Mutation, Subscription
from api.graphql.questions.browsing import Browsing
from api.graphql.questions.conditions import Asking
from api.graphql.questions.finding import Finding
from api.graphql.questions.likeness import Likeness
from api.graphql.questions.overlap import Overlaps
from api.graphql.questions.planning import Planning
from api.graphql.questions.stating import Stating
from api.graphql.types import Department, Document, Duty, Indicator, Posting, Requirement, Role, Skill


@strawberry.type(description="岗位、职责、技能与部门的图 / The graph of roles, duties, skills and departments")
class Query(Nodes, Overlaps, Planning, Asking, Likeness, Stating, Browsing, Finding, Loading):
    pass


class _Names(NameConverter):
    def from_generic(self, generic_type: Any, types: Any) -> str:
        """RoleEdge and RoleConnection, SkillNeedsEdge and SkillNeedsConnection."""
        name = super().from_generic(generic_type, types)
        return name.replace("EdgeConnection", "Connection")


class _Schema(strawberry.Schema):
    def process_errors(self, *_: Any) -> None:
        """Does nothing: errors are told and logged in one place, telling.py."""


def make_schema() -> strawberry.Schema:
    """The schema."""
    nodes = [Role, Duty, Requirement, Skill, Department, Indicator, Posting, Document]
    config = StrawberryConfig(name_converter=_Names(), scalar_map=SCALARS)
    return _Schema(Query, Mutation, Subscription, types=nodes, config=config)


def types_by_class(schema: strawberry.Schema) -> dict[type, GraphQLObjectType]:
    """The GraphQL type of each class of values: that of a face is the value's, that of another type its own."""
    found = {}
    for type_ in schema._schema.type_map.values():
        definition = type_.extensions.get("strawberry-definition")
        if isinstance(type_, GraphQLObjectType) and definition is not None:
            found[getattr(definition.origin, "face_of", definition.origin)] = type_
    return found


def sdl() -> str:
    """The schema in GraphQL's schema definition language."""
    return make_schema().as_str() + "\n"
