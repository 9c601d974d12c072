"""The answers of questions in GraphQL, and what is answered where a name means nothing or too much."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from api.graphql.mentions import Evidence, Necessity
from api.graphql.types import Department, Role, Skill, Subject, face, shown
from graphmodel import errors
from graphmodel.questions import needs, overlap

_POSTINGS = "要求它的招聘帖数 / How many postings ask for it"
_SHARE = "占招聘帖的比例，0 至 1 / Their share of the postings, from 0 to 1"
_ITEMS = "要求它的条目数 / How many of their items ask for it"
_NECESSITY = "必须或优先 / A must if any posting says so"
_EVIDENCE = "依据 / The first places that say so"


@strawberry.interface(description="无法回答的原因 / Why there is no answer")
class Problem:
    message: str = shown("说明与建议 / What is the matter, and what to do about it")
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
        return NotFound(message=str(error), name=error.name, nearest=list(error.nearest))
    choices = [Choice(id=strawberry.ID(id), name=name) for id, name in error.choices]
    return Ambiguous(message=str(error), name=error.name, choices=choices)


@face(needs.Need, "岗位或部门如何需要一个技能 / How a role or department needs a skill")
class Need:
    postings: int = shown(_POSTINGS)
    share: float = shown(_SHARE)
    items: int = shown(_ITEMS)
    necessity: Necessity = shown(_NECESSITY)
    evidence: list[Evidence] = shown(_EVIDENCE)


@face(overlap.Shared, "共有的技能 / A skill that both need")
class SharedSkill:
    skill: Skill = shown("技能 / The skill")
    a: Need = shown("A 如何需要它 / How A needs it")
    b: Need = shown("B 如何需要它 / How B needs it")


def _of_need(name: str, description: str) -> Any:
    return strawberry.field(resolver=lambda self: getattr(self.need, name), description=description)


@face(needs.Needed, "一方需要的技能 / A skill as one of the two needs it")
class NeededSkill:
    skill: Skill = shown("技能 / The skill")
    postings: int = _of_need("postings", _POSTINGS)
    share: float = _of_need("share", _SHARE)
    items: int = _of_need("items", _ITEMS)
    necessity: Necessity = _of_need("necessity", _NECESSITY)
    evidence: list[Evidence] = _of_need("evidence", _EVIDENCE)


@face(overlap.Pair, "相关的一对技能 / A skill of A and a skill of B that meet in a broader one")
class RelatedPair:
    a: NeededSkill = shown("A 的技能 / The skill of A")
    b: NeededSkill = shown("B 的技能 / The skill of B")
    similarity: float = shown("相似度，0 至 1（Lin 1998）/ How alike they are, from 0 to 1 (Lin 1998)")


@face(overlap.Meeting, "在同一上位技能中相关 / Skills that meet in one broader skill")
class RelatedSkills:
    skill: Skill = shown("共同的上位技能 / The skill in which they meet")
    pairs: list[RelatedPair] = shown("各对技能 / The pairs that meet in it")


@face(overlap.Measures, "重合度，0 至 1；无从计算时为空 / Measures from 0 to 1; null if there is nothing to divide by")
class Measures:
    jaccard: float | None = shown("共有占全部 / Shared over all")
    coverage_a: float | None = shown("共有占 A / Shared over those of A")
    coverage_b: float | None = shown("共有占 B / Shared over those of B")
    weighted_jaccard: float | None = shown("加权的共有占全部 / As jaccard, weighted by inverse role frequency")
    weighted_coverage_a: float | None = shown("加权的共有占 A / As coverageA, weighted")
    weighted_coverage_b: float | None = shown("加权的共有占 B / As coverageB, weighted")


@face(overlap.Overlap, "两个岗位的共有技能 / Which skills two roles share")
class SharedSkills:
    a: Subject = shown("A")
    b: Subject = shown("B")
    shared: list[SharedSkill] = shown("共有 / What both need, the most asked for first")
    only_a: list[NeededSkill] = shown("只有 A 需要 / What only A needs")
    only_b: list[NeededSkill] = shown("只有 B 需要 / What only B needs")
    related: list[RelatedSkills] = shown("不同但相关 / Different, but with a broader skill in common")
    measures: Measures = shown("重合度 / How much is shared")


_ANSWER = "或无法回答的原因 / Or why there is no answer"

RoleResult = Annotated[Role | NotFound | Ambiguous, strawberry.union("RoleResult", description=f"岗位，{_ANSWER}")]
SkillResult = Annotated[Skill | NotFound | Ambiguous, strawberry.union("SkillResult", description=f"技能，{_ANSWER}")]
DepartmentResult = Annotated[
    Department | NotFound | Ambiguous, strawberry.union("DepartmentResult", description=f"部门，{_ANSWER}")
]
SharedSkillsResult = Annotated[
    SharedSkills | NotFound | Ambiguous, strawberry.union("SharedSkillsResult", description=f"共有技能，{_ANSWER}")
]
