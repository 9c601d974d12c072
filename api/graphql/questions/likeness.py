"""Which roles are like a role or like what a person can do, which need a skill, and which skills many need."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry

from api import words
from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.context import Context
from api.graphql.enums import SkillType
from api.graphql.mentions import renamed
from api.graphql.questions.arguments import (
    MOST_ANSWERS,
    Candidates,
    MinShare,
    Number,
    Places,
    SkillText,
    SubjectText,
    Within,
    answered,
    asked,
    between,
    few,
    places,
    scope,
    text,
    value,
)
from api.graphql.questions.overlap import NeededSkill
from api.graphql.questions.planning import UnresolvedWords
from api.graphql.types import Role, Skill, Subject, face, shown
from graphmodel.questions import similar


@strawberry.enum(description="相似度的算法；w 为技能的稀有度 / How likeness is measured; w is how rare a skill is")
class Measure(Enum):
    COSINE = strawberry.enum_value("cosine", description="加权余弦 / Cosine of the weights w")
    JACCARD = strawberry.enum_value("jaccard", description="共有占全部 / Shared over all")
    WEIGHTED_JACCARD = strawberry.enum_value(
        "weighted-jaccard", description="加权的共有占全部 / As JACCARD, weighted by w"
    )
    COVERAGE = strawberry.enum_value(
        "coverage", description="对方所需中已具备的 / What of the other's is had, weighted by w"
    )


@face(similar.Similar, "相似的岗位 / A role, and how alike it is")
class SimilarRole:
    role: Role = shown("岗位 / The role")
    score: float = shown("相似度，0 至 1 / How alike it is, from 0 to 1")
    in_common: int = shown("共有技能数 / How many skills both need")
    shared: list[Skill] = shown("其中最稀有的，至多 10 个 / The rarest of these, at most 10")


@face(similar.Alike, "最相似的岗位 / The roles most like one")
class SimilarRoles:
    subject: Subject = shown("与之相比的岗位或部门 / The role or department they are like")
    measure: Measure = shown("算法 / How likeness was measured")
    roles: list[SimilarRole] = shown("岗位，最相似者在前 / The roles, the most alike first")


@face(similar.Matches, "与自己的技能最匹配的岗位 / The roles most like what a person can do")
class RoleMatches:
    own: list[Skill] = renamed("own.skills", "理解到的自己的技能 / The own skills as understood, by id")
    unresolved: list[UnresolvedWords] = renamed("own.unresolved", "没有理解的说法 / The words that were not understood")
    measure: Measure = shown("算法 / How likeness was measured")
    roles: list[SimilarRole] = shown("岗位，最相似者在前 / The roles, the most alike first")


@face(similar.Requiring, "需要技能的岗位 / A role that needs a skill")
class RequiringRole:
    role: Role = shown("岗位 / The role")
    needs: list[NeededSkill] = shown("所问技能及其下位中它需要的 / Which of the skills asked for it needs")


@face(similar.RolesRequiring, "需要一个技能的岗位 / The roles that need a skill")
class RolesRequiring:
    skill: Skill = shown("所问的技能 / The skill")
    count: int = renamed("count_of_roles", "需要它的岗位总数 / How many roles need it, all together")
    roles: list[RequiringRole] = shown("前若干个岗位，要求最多者在前 / The first of them, by falling share")


@face(similar.Hub, "多个岗位需要的技能 / A skill, and how many roles need it")
class HubSkill:
    skill: Skill = shown("技能 / The skill")
    roles: int = shown("需要它的岗位数 / How many described roles need it")
    share: float = shown("占有描述的岗位的比例，0 至 1 / Their share of the described roles, from 0 to 1")


@strawberry.type(description="最多岗位需要的技能 / The skills that most roles need")
class HubSkills:
    skills: list[HubSkill] = shown("技能，多者在前 / The skills, those that most roles need first")


SimilarRolesResult = Annotated[
    SimilarRoles | NotFound | Ambiguous, strawberry.union("SimilarRolesResult", description=f"相似岗位，{ANSWER}")
]
RoleMatchesResult = Annotated[
    RoleMatches | NotFound | Ambiguous, strawberry.union("RoleMatchesResult", description=f"匹配岗位，{ANSWER}")
]
RolesRequiringResult = Annotated[
    RolesRequiring | NotFound | Ambiguous,
    strawberry.union("RolesRequiringResult", description=f"需要技能的岗位，{ANSWER}"),
]
HubSkillsResult = Annotated[
    HubSkills | NotFound | Ambiguous, strawberry.union("HubSkillsResult", description=f"通用技能，{ANSWER}")
]
MeasureName = Annotated[Measure, strawberry.argument(description="相似度的算法 / How likeness is measured")]
OwnWords = Annotated[
    list[str],
    strawberry.argument(description="自己的技能，用自己的话，至多 100 条 / Own skills in own words, at most 100"),
]
Narrower = Annotated[bool, strawberry.argument(description="包括下位技能 / Also the skills below it")]
OfType = Annotated[SkillType | None, strawberry.argument(description="只要此类型 / Only skills of this type")]
Rollup = Annotated[
    bool, strawberry.argument(description="也计入更宽的上位技能 / Count a role for all that is broader, too")
]


def _similar_roles(
    self: Any,
    info: Context,
    role: SubjectText,
    k: Number = 10,
    measure: MeasureName = Measure.COSINE,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    return answered(
        lambda: similar.similar_roles(
            info.context.view, text(info, role), k, value(measure), scope(info, within, min_share, candidates)
        )
    )


def _match_roles(
    self: Any,
    info: Context,
    skills: OwnWords,
    k: Number = 10,
    measure: MeasureName = Measure.COSINE,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    few("skills", skills)
    return answered(
        lambda: similar.match_roles(
            info.context.view, skills, k, value(measure), scope(info, within, min_share, candidates), words.read
        )
    )


def _roles_requiring(
    self: Any,
    info: Context,
    skill: SkillText,
    k: Number = 100,
    narrower: Narrower = True,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 1,
) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    most = places(info, evidence)
    return answered(
        lambda: similar.roles_requiring(
            info.context.view,
            text(info, skill, "skill"),
            narrower=narrower,
            k=k,
            scope=scope(info, within, min_share, candidates),
            evidence=most,
        )
    )


def _hub_skills(
    self: Any,
    info: Context,
    k: Number = 20,
    type: OfType = None,
    rollup: Rollup = False,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    of = value(type)

    def hubs() -> HubSkills:
        counted = scope(info, within, min_share, candidates)
        found: Any = similar.hub_skills(info.context.view, k, of, rollup=rollup, scope=counted)
        return HubSkills(skills=found)

    return answered(hubs)


@strawberry.type
class Likeness:
    similar_roles: SimilarRolesResult = asked(_similar_roles, "最相似的岗位 / The roles most like a role or department")
    match_roles: RoleMatchesResult = asked(
        _match_roles, "与自己的技能匹配的岗位 / The roles that fit what a person can do"
    )
    roles_requiring: RolesRequiringResult = asked(
        _roles_requiring, "需要一个技能或其下位技能的岗位 / The roles that need a skill, or one below it"
    )
    hub_skills: HubSkillsResult = asked(_hub_skills, "最多岗位需要的技能 / The skills that most roles need")
