"""Finding: what a text may mean, and the phrases that the taxonomy lacks."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry

from api.graphql.context import Context
from api.graphql.enums import SkillStatus
from api.graphql.mentions import Evidence, node_of
from api.graphql.questions.arguments import MOST_ANSWERS, Number, asked, between, few, short, value
from api.graphql.questions.browsing import NodeKind
from api.graphql.types import Node, Skill, face, shown
from graphmodel.questions import candidates, find


@strawberry.enum(description="可以查找的种类 / What can be found")
class FindKind(Enum):
    ROLE = strawberry.enum_value("role", description="岗位 / Roles")
    SKILL = strawberry.enum_value("skill", description="技能 / Skills")
    DEPARTMENT = strawberry.enum_value("department", description="部门 / Departments")
    INDICATOR = strawberry.enum_value("indicator", description="指标 / Indicators")
    DUTY = strawberry.enum_value("duty", description="职责，按原文 / Duties, by their texts")
    REQUIREMENT = strawberry.enum_value("requirement", description="任职要求，按原文 / Requirements, by their texts")


@face(find.Found, "找到的节点 / A node that was found")
class Found:
    id: strawberry.ID = shown("标识 / Its id")
    kind: NodeKind = shown("种类 / Its kind")
    label: str | None = shown("最符合的名称；条目则为空 / The name that fits best; null of an item")
    name: str | None = shown("名称；条目则为空 / What it is called; null of an item")
    content: str | None = shown("条目的原文；其他则为空 / The text of an item; null of all else")
    status: SkillStatus | None = shown("技能的状态；其他则为空 / Of a skill, where it comes from; null of all else")
    score: float = shown("符合程度，0 至 1；1 为同一名称 / How well it fits, from 0 to 1; 1: the same name")
    node: Node = node_of("id", "节点 / The node")


@face(candidates.Near, "名称相近的技能 / A skill of the taxonomy with a name like the phrase")
class NearSkill:
    skill: Skill = shown("技能 / The skill")
    label: str = shown("相近的名称 / The name that is like it")
    score: float = shown("相近程度，0 至 1 / How alike they are, from 0 to 1")


@face(candidates.Candidate, "技能表中没有的说法 / A phrase that the taxonomy lacks")
class Candidate:
    skill: Skill = shown("作为技能 / The phrase as a skill")
    postings: int = shown("要求它的招聘帖数 / How many postings ask for it")
    roles: int = shown("要求它的岗位数 / How many roles ask for it")
    examples: list[Evidence] = shown("例子，至多 3 个 / Places that ask for it, at most 3")
    nearest: list[NearSkill] = shown("相近的技能，至多 3 个 / Skills with names like it, at most 3")


Text = Annotated[
    str,
    strawberry.argument(
        description="名称或其一部分、拼音、首字母、或几个词 / A name or a part of it, pinyin, initials, or words"
    ),
]
Kinds = Annotated[
    list[FindKind] | None, strawberry.argument(description="只要这些种类；空则全部 / Only these kinds; null: all")
]
Least = Annotated[int, strawberry.argument(description="至少几个招聘帖要求 / In at least so many postings")]
Decided = Annotated[
    list[strawberry.ID],
    strawberry.argument(description="略去这些标识，至多 100 个 / Leave out these ids, at most 100"),
]


def _find(self: Any, info: Context, text: Text, kinds: Kinds = None, k: Number = 20) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    return find.find(
        info.context.view, short("text", text), None if kinds is None else [value(one) for one in kinds], k
    )


def _candidates(self: Any, info: Context, min_postings: Least = 1, k: Number = 50, decided: Decided = ()) -> Any:  # type: ignore[assignment]
    between("k", k, 1, MOST_ANSWERS)
    return candidates.candidates(info.context.view, min_postings, k, frozenset(few("decided", decided)))


@strawberry.type
class Finding:
    find: list[Found] = asked(
        _find,
        "查找，拼音与笔误亦可 / Names like a text, in any spelling, by pinyin or mistyped; then items with its words",
    )
    candidates: list[Candidate] = asked(
        _candidates, "技能表中没有的说法，常见者在前 / The phrases that the taxonomy lacks, the most frequent first"
    )
