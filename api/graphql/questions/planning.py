"""What is missing to move to a role, and the ways there."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry

from api import words
from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.context import Context
from api.graphql.mentions import made
from api.graphql.questions.arguments import (
    MOST_ANSWERS,
    Candidates,
    MinShare,
    Number,
    Places,
    RoleText,
    SubjectText,
    Within,
    answered,
    asked,
    between,
    few,
    places,
    scope,
    text,
)
from api.graphql.questions.conditions import HeldInput, JudgedCondition, held_of
from api.graphql.questions.overlap import Need, SkillWithNeed
from api.graphql.types import Department, Role, Skill, Subject, face, shown
from graphmodel.questions import gap, own, paths

MOST_STEPS = 8


@face(own.Unresolved, "没有理解的说法 / Words that name no skill")
class UnresolvedWords:
    words: str = shown("所给的说法 / The words, as they were given")
    nearest: list[str] = shown("最接近的技能名称 / The nearest names of skills, best first")


@face(gap.Had, "已具备的技能 / A skill that the target needs and that is there")
class HadSkill(SkillWithNeed):
    own: Need | None = shown("出发岗位如何需要它 / How the role of departure needs it; null without one")


@face(gap.Partly, "部分具备的技能 / A skill that is there in part")
class PartlyHadSkill(SkillWithNeed):
    via: Skill = shown("通过哪个技能 / Through which skill")
    common: Skill = shown(
        "两者共同的上位技能，或其中之一 / What both have in common: a broader skill, or one of the two"
    )
    similarity: float = shown("相似度，0 至 1（Lin 1998）/ How alike they are, from 0 to 1 (Lin 1998)")


@face(gap.Place, "应用技能的部门 / A department in which a skill is applied")
class SkillPlace:
    department: Department = shown("部门 / The department")
    statements: int = shown("说明这一点的职责数 / How many duties say so")


@face(gap.Lack, "缺少的技能 / A skill that the target needs and that is not there")
class LackingSkill(SkillWithNeed):
    roles: int = shown("需要它的岗位数，整个图中 / How many described roles need it, in the whole graph")
    departments: list[SkillPlace] = shown("应用它的部门，多者在前 / Where it is applied, most statements first")


@face(gap.Gap, "转岗差距 / What is missing to move to a role")
class SkillGap:
    start: Subject | None = shown("出发岗位；以自己的技能出发则为空 / The role of departure; null for own skills")
    own: list[Skill] | None = made(
        lambda self: self.own and self.own.skills,
        "理解到的自己的技能；从岗位出发则为空 / The own skills as understood; null for a role of departure",
    )
    unresolved: list[UnresolvedWords] = made(
        lambda self: self.own.unresolved if self.own else (), "没有理解的说法 / The words that were not understood"
    )
    target: Subject = shown("目标岗位 / The target")
    postings: int = shown("目标岗位计入的招聘帖数 / How many postings of the target were counted")
    known: int = shown(
        "出发时的技能数；0 则差距无从得知 / How many skills the start has; if 0, the gap is not known either"
    )
    has: list[HadSkill] = shown("已具备 / What is there, the most asked for first")
    partly: list[PartlyHadSkill] = shown("部分具备 / What is there in part, the most asked for first")
    lacks: list[LackingSkill] = shown("缺少，按学习次序 / What is not there, in an order to learn it")
    coverage: float | None = shown(
        "已具备的加权比例，0 至 1；目标没有说明技能则为空 / The weighted share that is there; null if not stated"
    )
    conditions: list[JudgedCondition] = shown("学历、年限、证书与语言 / Education, years, certificates, languages")


@face(paths.Statement, "文档陈述晋升之处 / Where a document states a career step")
class StepStatement:
    words: str = shown("原话 / The words")
    origin: str = shown("文档来源 / The origin of the document")
    line: int = shown("行号，从 1 起 / The line in the document, from 1")


@strawberry.enum(description="一步的根据 / What a step is founded on")
class StepBasis(Enum):
    STATED = strawberry.enum_value("stated", description="文档有此说明 / A document states it")
    INFERRED = strawberry.enum_value("inferred", description="由技能推断 / Inferred from the skills alone")


@face(paths.Step, "职业路径的一步 / From one role to the next")
class CareerStep:
    source: Role = strawberry.field(name="from", description="起点 / The role it leads from")
    target: Role = strawberry.field(name="to", description="终点 / The role it leads to")
    cost: float = shown(
        "代价：所缺技能的加权比例，有文档说明则减半 / The weighted share of skills lacking; half if stated"
    )
    basis: StepBasis = made(lambda self: "stated" if self.stated else "inferred", "根据 / What it is founded on")
    stated: list[StepStatement] = shown("文档的说明 / Where documents state it")
    lacking: int = shown("所缺技能数 / How many skills of the next role are lacking")
    lacks: list[Skill] = shown("其中最稀有的，至多 10 个 / The rarest of these, at most 10")


@face(paths.Path, "一条职业路径 / One way from role to role")
class CareerPath:
    cost: float = shown("各步代价之和 / The sum of the costs of its steps")
    steps: list[CareerStep] = shown("各步 / Its steps, one after the other")


@face(paths.Paths, "从一个岗位到另一个的路径 / The ways from one role to another")
class CareerPaths:
    start: Role = shown("起点 / The role to begin with")
    target: Role = shown("终点 / The role to come to")
    paths: list[CareerPath] = shown("路径，代价小者在前；空表示没有 / The cheapest first; none if nothing leads there")


@strawberry.type(description="文档陈述的下一步 / A step that documents state")
class NextStep:
    target: Role = strawberry.field(name="to", description="终点 / The role it leads to")
    stated: list[StepStatement] = shown("文档的说明 / Where documents state it")


@face(paths.NextSteps, "文档陈述的下一步 / The steps from a role that documents state")
class NextSteps:
    role: Role = shown("岗位 / The role")
    steps: list[NextStep] = made(
        lambda self: [NextStep(target=role, stated=stated) for role, stated in self.steps],
        "各个去向，按标识 / Where they lead, by id",
    )


@strawberry.input(one_of=True, description="出发点：岗位或自己的技能之一 / Where to move from: a role, or own skills")
class StartInput:
    role: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="岗位或部门：名称、别名、标识或 IRI / A role or department: name, alternative name, id or IRI",
    )
    skills: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="自己的技能，用自己的话，至多 100 条 / Own skills in own words, at most 100",
    )


SkillGapResult = Annotated[
    SkillGap | NotFound | Ambiguous, strawberry.union("SkillGapResult", description=f"转岗差距，{ANSWER}")
]
CareerPathsResult = Annotated[
    CareerPaths | NotFound | Ambiguous, strawberry.union("CareerPathsResult", description=f"职业路径，{ANSWER}")
]
NextStepsResult = Annotated[
    NextSteps | NotFound | Ambiguous, strawberry.union("NextStepsResult", description=f"下一步，{ANSWER}")
]
Start = Annotated[StartInput, strawberry.argument(description="从哪里出发 / Where to move from")]
Held = Annotated[HeldInput | None, strawberry.argument(description="此人具备的条件 / What else the person has")]
MostSteps = Annotated[int, strawberry.argument(description="最多几步，1 至 8 / The most steps of a path, from 1 to 8")]


def _skill_gap(
    self: Any,
    info: Context,
    start: Start,
    target: SubjectText,
    held: Held = None,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 3,
) -> Any:
    most, had = places(info, evidence, "evidence", "sources"), held_of(held)
    return answered(
        lambda: gap.skill_gap(
            info.context.view,
            text(info, start.role) if isinstance(start.role, str) else few("skills", start.skills or ()),
            text(info, target),
            scope(info, within, min_share, candidates),
            held=had,
            read=words.read,
            evidence=most,
        )
    )


def _career_paths(
    self: Any,
    info: Context,
    start: RoleText,
    target: RoleText,
    k: Number = 3,
    max_steps: MostSteps = 4,
    within: Within = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    between("maxSteps", max_steps, 1, MOST_STEPS)
    return answered(
        lambda: paths.career_paths(
            info.context.view,
            text(info, start),
            text(info, target),
            k,
            scope(info, within, min_share, candidates),
            most_steps=max_steps,
        )
    )


def _next_steps(self: Any, info: Context, role: RoleText, within: Within = None) -> Any:
    return answered(lambda: paths.next_steps(info.context.view, text(info, role), scope(info, within, 0.0, False)))


@strawberry.type
class Planning:
    skill_gap: SkillGapResult = asked(
        _skill_gap,
        "从岗位或自己的技能到目标岗位还缺什么 / What is missing to move to a role, from a role or own skills",
    )
    career_paths: CareerPathsResult = asked(
        _career_paths, "经由其他岗位的职业路径 / Ways from one role to another over others"
    )
    next_steps: NextStepsResult = asked(_next_steps, "文档陈述的下一步 / The steps from a role that documents state")
