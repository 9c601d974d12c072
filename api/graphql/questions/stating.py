"""The requirements that roles state, by what they ask for; and the roles that do not say."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import strawberry

from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.connections import After, Before, Connection, First, Last, page
from api.graphql.context import Context
from api.graphql.edges import PlainEdge, Row
from api.graphql.enums import RequirementType
from api.graphql.levels import level
from api.graphql.questions.arguments import (
    MOST_ANSWERS,
    Number,
    Within,
    WithinInput,
    answered,
    asked,
    between,
    part,
    text,
    value,
)
from api.graphql.questions.conditions import Topic
from api.graphql.types import Requirement, Role, Subject, face, shown
from graphmodel import nodes
from graphmodel.questions import requirements


@face(requirements.Stated, "岗位提出的一条要求 / A requirement, and a role that states it")
class StatedRequirement:
    requirement: Requirement = shown("任职要求 / The requirement")
    role: Subject = shown("提出它的岗位或部门 / The role or department that states it")
    postings: int = shown("提出它的招聘帖数 / How many of its postings do")
    preferred: bool = shown("是否都只是优先 / Whether all of them only prefer it")


@strawberry.type(description="岗位提出的要求 / The requirements that roles state")
class StatedRequirements:
    requirements: list[StatedRequirement] = shown("要求，多者在前 / What most postings state first")


class Silent(NamedTuple):
    """The roles that do not say anything of a topic."""

    topic: str
    roles: tuple[nodes.Role, ...]


@level("岗位，按标识 / The roles, by id")
def _roles(
    answers: list[Silent],
    info: Context,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    for one in answers:
        info.context.batches.keep(one.roles)
    return [page([Row("", role.id, (role.id,)) for role in one.roles], first, after, last, before) for one in answers]


@face(Silent, "没有提到某方面的岗位 / The roles that do not say anything of a topic")
class NotStated:
    topic: Topic = shown("方面 / The topic")
    roles: Connection[PlainEdge[Role]] = _roles


@strawberry.input(description="何种要求；空则不限 / Which requirements; what is null leaves none out")
class StatedWhere:
    type: RequirementType | None = strawberry.field(default=None, description="类型 / Of this type")
    education: str | None = strawberry.field(
        default=None, description="有此学历即可应聘 / Which somebody with this education meets: 大专, 本科 …"
    )
    min_years: float | None = strawberry.field(default=None, description="至少要求这些年 / Asking for as many years")
    max_years: float | None = strawberry.field(default=None, description="至多要求这些年 / Asking for no more years")
    preferred: bool = strawberry.field(default=False, description="只要优先条件 / Only what is preferred")
    role: str | None = strawberry.field(
        default=None, description="只要此岗位或部门的 / Only of this role or department: name, id or IRI"
    )
    within: WithinInput | None = strawberry.field(
        default=None, description="只统计这些招聘帖 / Count only these postings"
    )


StatedRequirementsResult = Annotated[
    StatedRequirements | NotFound | Ambiguous,
    strawberry.union("StatedRequirementsResult", description=f"提出的要求，{ANSWER}"),
]
NotStatedResult = Annotated[
    NotStated | NotFound | Ambiguous, strawberry.union("NotStatedResult", description=f"没有提到的岗位，{ANSWER}")
]
Where = Annotated[StatedWhere | None, strawberry.argument(description="何种要求 / Which requirements")]
OfTopic = Annotated[Topic, strawberry.argument(description="没有提到的方面 / What they do not say anything of")]


def _stated_requirements(self: Any, info: Context, where: Where = None, k: Number = 100) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    of = where or StatedWhere()

    def stated() -> StatedRequirements:
        chosen = requirements.Where(
            value(of.type),
            of.education,
            of.min_years,
            of.max_years,
            of.preferred,
            None if of.role is None else text(info, of.role),
            part(info, of.within),
        )
        found: Any = requirements.requirements(info.context.view, chosen, k)
        return StatedRequirements(requirements=found)

    return answered(stated)


def _not_stated(self: Any, info: Context, topic: OfTopic, within: Within = None) -> Any:
    of = value(topic)
    return answered(lambda: Silent(of, requirements.not_stated(info.context.view, of, part(info, within))))


@strawberry.type
class Stating:
    stated_requirements: StatedRequirementsResult = asked(
        _stated_requirements, "岗位提出的任职要求，按内容挑选 / The requirements that roles state, by what they ask for"
    )
    not_stated: NotStatedResult = asked(
        _not_stated, "没有提到某方面的岗位 / The roles that do not say anything of a topic"
    )
