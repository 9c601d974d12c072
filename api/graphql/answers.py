"""What a lookup or a question answers where a name means nothing or too much."""

from __future__ import annotations

from typing import Annotated

import strawberry

from api.graphql.types import Department, Role, Skill, shown
from graphmodel import errors


@strawberry.interface(description="无法回答的原因 / Why there is no answer")
class Problem:
    message: str = shown("说明与建议 / What is the matter, and what to do about it")
    kind: str = shown("所问之物的种类 / The kind of thing that was asked for: role, skill, organization, document …")
    name: str = shown("所问的名称 / The name that was asked for")


@strawberry.type(description="没有这个名称 / Nothing has this name")
class NotFound(Problem):
    nearest: list[str] = shown("最接近的名称 / The nearest names, best first")


@strawberry.type(description="可选之一 / One of several")
class Choice:
    id: strawberry.ID = shown("标识 / The id")
    name: str = shown("名称 / The name")


@strawberry.type(description="名称不止一个含义 / Several things have this name")
class Ambiguous(Problem):
    choices: list[Choice] = shown("各个含义，按标识 / What it may mean, by id")


def problem(error: errors.NotFound | errors.Ambiguous) -> NotFound | Ambiguous:
    """An expected failure as data."""
    if isinstance(error, errors.NotFound):
        return NotFound(message=str(error), kind=error.kind, name=error.name, nearest=list(error.nearest))
    choices = [Choice(id=strawberry.ID(id), name=name) for id, name in error.choices]
    return Ambiguous(message=str(error), kind=error.kind, name=error.name, choices=choices)


ANSWER = "或无法回答的原因 / Or why there is no answer"
"""How the description of a union with these ends."""

RoleResult = Annotated[Role | NotFound | Ambiguous, strawberry.union("RoleResult", description=f"岗位，{ANSWER}")]
SkillResult = Annotated[Skill | NotFound | Ambiguous, strawberry.union("SkillResult", description=f"技能，{ANSWER}")]
DepartmentResult = Annotated[
    Department | NotFound | Ambiguous, strawberry.union("DepartmentResult", description=f"部门，{ANSWER}")
]
