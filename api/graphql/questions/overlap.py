"""Roles side by side: what two of them share, what one needs, and several compared."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.context import Context, wants
from api.graphql.mentions import Evidence, Necessity, renamed
from api.graphql.questions.arguments import (
    Candidates,
    MinShare,
    Places,
    SubjectText,
    Within,
    answered,
    asked,
    few,
    places,
    scope,
    text,
)
from api.graphql.types import Skill, Subject, face, shown
from graphmodel.questions import needs, overlap, profile

_POSTINGS = "要求它的招聘帖数 / How many postings ask for it"
_SHARE = "占招聘帖的比例，0 至 1 / Their share of the postings, from 0 to 1"
_ITEMS = "要求它的条目数 / How many of their items ask for it"
_NECESSITY = "必须或优先 / A must if any posting says so"
_EVIDENCE = "依据，条数由问题的 evidence 参数决定 / The first places that say so, as many as the question was asked for"
COUNTED = "计入的招聘帖数 / How many postings were counted"


@face(needs.Need, "岗位或部门如何需要一个技能 / How a role or department needs a skill")
class Need:
    postings: int = shown(_POSTINGS)
    share: float = shown(_SHARE)
    items: int = shown(_ITEMS)
    necessity: Necessity = shown(_NECESSITY)
    evidence: list[Evidence] = shown(_EVIDENCE)


@strawberry.interface(description="一个技能以及如何需要它 / A skill, and how it is needed")
class SkillWithNeed:
    skill: Skill = shown("技能 / The skill")
    postings: int = renamed("need.postings", _POSTINGS)
    share: float = renamed("need.share", _SHARE)
    items: int = renamed("need.items", _ITEMS)
    necessity: Necessity = renamed("need.necessity", _NECESSITY)
    evidence: list[Evidence] = renamed("need.evidence", _EVIDENCE)


@face(needs.Needed, "所需的技能 / A skill that is needed")
class NeededSkill(SkillWithNeed):
    pass


@face(overlap.Shared, "共有的技能 / A skill that both need")
class SharedSkill:
    skill: Skill = shown("技能 / The skill")
    a: Need = shown("甲如何需要它 / How A needs it")
    b: Need = shown("乙如何需要它 / How B needs it")


@face(overlap.Pair, "相关的一对技能 / A skill of A and a skill of B that meet in a broader one")
class RelatedPair:
    a: NeededSkill = shown("甲的技能 / The skill of A")
    b: NeededSkill = shown("乙的技能 / The skill of B")
    similarity: float = shown("相似度，0 至 1（Lin 1998）/ How alike they are, from 0 to 1 (Lin 1998)")


@face(overlap.Meeting, "在同一上位技能中相关 / Skills that meet in one broader skill")
class RelatedSkills:
    skill: Skill = shown("共同的上位技能 / The skill in which they meet")
    pairs: list[RelatedPair] = shown("各对技能 / The pairs that meet in it")


@face(overlap.Measures, "重合度，0 至 1；无从计算时为空 / Measures from 0 to 1; null if there is nothing to divide by")
class Measures:
    jaccard: float | None = shown("共有占全部 / Shared over all")
    coverage_a: float | None = shown("共有占甲 / Shared over those of A")
    coverage_b: float | None = shown("共有占乙 / Shared over those of B")
    weighted_jaccard: float | None = shown("加权的共有占全部 / As jaccard, weighted by inverse role frequency")
    weighted_coverage_a: float | None = shown("加权的共有占甲 / As coverageA, weighted")
    weighted_coverage_b: float | None = shown("加权的共有占乙 / As coverageB, weighted")


@face(overlap.Overlap, "两个岗位的共有技能 / Which skills two roles share")
class SharedSkills:
    a: Subject = shown("甲 / Role or department A")
    b: Subject = shown("乙 / Role or department B")
    shared: list[SharedSkill] = shown("共有 / What both need, the most asked for first")
    only_a: list[NeededSkill] = shown("只有甲需要 / What only A needs")
    only_b: list[NeededSkill] = shown("只有乙需要 / What only B needs")
    related: list[RelatedSkills] = shown("不同但相关 / Different, but with a broader skill in common")
    measures: Measures = shown("重合度 / How much is shared")


@face(profile.SkillProfile, "岗位或部门需要的技能 / The skills that a role or department needs")
class SkillProfile:
    subject: Subject = shown("岗位或部门 / The role or department")
    postings: int = shown(COUNTED)
    skills: list[NeededSkill] = shown(
        "技能，要求最多者在前；空表示没有说明 / The most asked for first; none means not stated"
    )


@strawberry.type(description="参与对比的一方 / One of those that are compared")
class ComparedSubject:
    subject: Subject = shown("岗位或部门 / The role or department")
    postings: int = shown(COUNTED)


@face(profile.Row, "对比中的一个技能 / A skill, and how each of those compared needs it")
class ComparedSkill:
    skill: Skill = shown("技能 / The skill")
    needs: list[Need | None] = shown(
        "各方如何需要它，次序同 subjects；不需要则为空 / How each of `subjects` needs it, in their order; null: not"
    )


@strawberry.type(description="其中两方的重合度 / How much two of them share")
class ComparedPair:
    a: Subject = shown("甲 / One of the two")
    b: Subject = shown("乙 / The other")
    measures: Measures = shown("重合度 / How much they share")


def _subjects(self: Any) -> Any:
    return [ComparedSubject(subject=one, postings=of) for one, of in zip(self.subjects, self.postings, strict=True)]


def _pairs(self: Any) -> Any:
    return [ComparedPair(a=self.subjects[a], b=self.subjects[b], measures=measures) for a, b, measures in self.pairs]


@face(profile.Comparison, "多个岗位的对比 / Several roles or departments side by side")
class Comparison:
    subjects: list[ComparedSubject] = strawberry.field(
        resolver=_subjects, description="各方 / Those compared, as named"
    )
    skills: list[ComparedSkill] = strawberry.field(
        resolver=lambda self: self.rows,
        description="技能，多方需要者在前 / The skills; those that more of them need come first",
    )
    pairs: list[ComparedPair] = strawberry.field(resolver=_pairs, description="两两重合度 / Each pair of them, once")


SharedSkillsResult = Annotated[
    SharedSkills | NotFound | Ambiguous, strawberry.union("SharedSkillsResult", description=f"共有技能，{ANSWER}")
]
SkillProfileResult = Annotated[
    SkillProfile | NotFound | Ambiguous, strawberry.union("SkillProfileResult", description=f"所需技能，{ANSWER}")
]
ComparisonResult = Annotated[
    Comparison | NotFound | Ambiguous, strawberry.union("ComparisonResult", description=f"对比，{ANSWER}")
]
SubjectTexts = Annotated[
    list[str],
    strawberry.argument(
        description="2 至 50 个岗位或部门：名称、别名、标识或 IRI / 2 to 50 roles or departments: names, ids or IRIs"
    ),
]


WEIGHTED = ("weightedJaccard", "weightedCoverageA", "weightedCoverageB")


def _shared_skills(
    self: Any,
    info: Context,
    a: SubjectText,
    b: SubjectText,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 3,
) -> Any:
    most = places(info, evidence)
    return answered(
        lambda: overlap.shared_skills(
            info.context.view,
            text(info, a),
            text(info, b),
            scope(info, within, min_share, candidates),
            evidence=most,
            related=wants(info, "related"),
            weighted=any(wants(info, name) for name in WEIGHTED),
        )
    )


def _skill_profile(
    self: Any,
    info: Context,
    role: SubjectText,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 3,
) -> Any:
    most = places(info, evidence)
    return answered(
        lambda: profile.skill_profile(
            info.context.view, text(info, role), scope(info, within, min_share, candidates), evidence=most
        )
    )


def _compare(
    self: Any,
    info: Context,
    roles: SubjectTexts,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 1,
) -> Any:
    most = places(info, evidence)
    return answered(
        lambda: profile.compare(
            info.context.view,
            [text(info, role) for role in few("roles", roles)],
            scope(info, within, min_share, candidates),
            evidence=most,
        )
    )


@strawberry.type
class Overlaps:
    shared_skills: SharedSkillsResult = asked(
        _shared_skills, "两个岗位共有、各有与相关的技能 / Which skills two roles share, and which they do not"
    )
    skill_profile: SkillProfileResult = asked(_skill_profile, "一个岗位需要的技能 / Which skills a role needs")
    compare: ComparisonResult = asked(_compare, "多个岗位逐项对比 / Several roles side by side, skill by skill")
