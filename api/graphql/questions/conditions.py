"""What a role asks for besides skills, and what somebody has of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from math import isfinite
from typing import Annotated, Any

import strawberry

from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.context import Context
from api.graphql.mentions import LazyItem, made, node_of
from api.graphql.questions.arguments import Places, SubjectText, Within, answered, asked, few, part, places, short, text
from api.graphql.types import face, shown
from graphmodel.errors import BadInput
from graphmodel.questions import conditions
from graphmodel.questions.names import SUBJECTS, resolve


@strawberry.enum(name="ConditionTopic", description="条件的方面 / What a condition is about")
class Topic(Enum):
    EDUCATION = strawberry.enum_value("education", description="学历 / Education")
    YEARS = strawberry.enum_value("years", description="工作年限 / Years of work")
    CERTIFICATE = strawberry.enum_value("certificate", description="证书 / Certificates")
    LANGUAGE = strawberry.enum_value("language", description="语言 / Languages")


@strawberry.enum(description="是否符合条件 / Whether a condition is met")
class ConditionStatus(Enum):
    MET = strawberry.enum_value("met", description="符合 / Met")
    NOT_MET = strawberry.enum_value("not met", description="不符合 / Not met")
    NOT_STATED = strawberry.enum_value(
        "not stated", description="没有说明：对此人一无所知，或目标没有提到 / Not known of the person, or not asked for"
    )
    NOT_READ = strawberry.enum_value(
        "not read", description="没有读到：目标的文档中断 / Not asked for, but a document of the target breaks off"
    )


@face(conditions.Source, "陈述条件的条目 / A requirement that states a condition")
class ConditionSource:
    item: LazyItem = node_of("item", "条目 / The requirement")
    text: str = shown("条目全文 / Its text")
    origin: str = shown("文档来源 / The origin of the document")
    line: int = shown("行号，从 1 起 / The line in the document, from 1")


def _wanted(one: conditions.Condition) -> str | None:
    return one.wanted if isinstance(one.wanted, str) else None


def _years(one: conditions.Condition) -> float | None:
    return None if isinstance(one.wanted, str) else one.wanted


_TOPIC = "方面 / What it is about"
_WANTED = "学历、证书或语言；年限则为空 / A step of education, a certificate or a language; null of years"
_YEARS = "年限；其他则为空 / How many years; null of all else"
_FIELD = "何种经验；任何工作则为空 / Years of work in what; null: of any kind"
_POSTINGS = "提出它的招聘帖数 / How many postings say so"
_SHARE = "占招聘帖的比例，0 至 1 / Their share of the postings, from 0 to 1"
_PREFERRED = "是否都只是优先 / Whether all of them only prefer it"
_SOURCES = "出处，条数由 evidence 参数决定 / Where they say so, as many places as `evidence` asks for"


@face(conditions.Condition, "岗位提出的一个条件 / Something that postings of a role ask for")
class Condition:
    topic: Topic = shown(_TOPIC)
    wanted: str | None = made(_wanted, _WANTED)
    years: float | None = made(_years, _YEARS)
    field: str | None = shown(_FIELD)
    postings: int = shown(_POSTINGS)
    share: float = shown(_SHARE)
    preferred: bool = shown(_PREFERRED)
    sources: list[ConditionSource] = shown(_SOURCES)


def _stated(of: Callable[[Any], Any], silent: Any, description: str) -> Any:
    """A field of a judged condition; `silent` where the target says nothing of the topic."""
    return made(lambda self: silent if self.condition is None else of(self.condition), description)


@face(conditions.Judged, "一个条件以及是否符合；目标没有提到的方面也各有一条 / A condition, and whether it is met")
class JudgedCondition:
    topic: Topic = shown(_TOPIC)
    status: ConditionStatus = shown("是否符合 / Whether it is met")
    wanted: str | None = _stated(_wanted, None, _WANTED)
    years: float | None = _stated(_years, None, _YEARS)
    field: str | None = _stated(lambda one: one.field, None, _FIELD)
    postings: int = _stated(lambda one: one.postings, 0, _POSTINGS)
    share: float = _stated(lambda one: one.share, 0.0, _SHARE)
    preferred: bool = _stated(lambda one: one.preferred, False, _PREFERRED)
    sources: list[ConditionSource] = _stated(lambda one: one.sources, (), _SOURCES)


@strawberry.type(description="某种工作的年限 / Years of work of a kind")
class Years:
    field: str = shown("何种工作；空则不限 / Of what kind; empty: of any")
    years: float = shown("年数 / How many")


@face(
    conditions.Held, "做此工作的人必定具备的 / What somebody surely has who does this work; null where nothing is known"
)
class LeastHeld:
    education: str | None = shown("学历 / Education")
    years: list[Years] | None = made(
        lambda self: self.years and [Years(field=field, years=years) for field, years in self.years],
        "各类工作的年限 / Years of work, by kind",
    )
    certificates: list[str] | None = shown("证书 / Certificates")
    languages: list[str] | None = shown("语言 / Languages")


@face(conditions.Conditions, "岗位提出的条件 / What a role asks for besides skills")
class Conditions:
    stated: list[Condition] = shown("提出的条件，按方面，多者在前 / By topic, what most postings ask for first")
    silent: list[Topic] = shown("没有提到的方面 / Topics that no posting mentions")
    cut: bool = shown(
        "是否有文档中断，未提到的可能只是没有读到 / Whether a document breaks off, so that some may not be read"
    )
    least: LeastHeld = shown("做此工作的人必定具备的 / What somebody surely has who does this work")


@strawberry.input(description="某种工作的年限 / Years of work of a kind")
class YearsInput:
    field: str = strawberry.field(default="", description="何种工作；空则不限 / Of what kind; empty: of any")
    years: float = strawberry.field(description="年数 / How many")


@strawberry.input(
    description="一个人具备的条件；空为没有说明，空列表为没有 / What a person has; null: not said; an empty list: none"
)
class HeldInput:
    education: str | None = strawberry.field(
        default=None,
        description="学历：初中、高中、中专、大专、本科、硕士、博士 / Education, as one of these seven steps",
    )
    years: list[YearsInput] | None = strawberry.field(default=None, description="工作年限 / Years of work")
    certificates: list[str] | None = strawberry.field(default=None, description="证书 / Certificates")
    languages: list[str] | None = strawberry.field(default=None, description="语言 / Languages")


def held_of(given: HeldInput | None) -> conditions.Held | None:
    """What a person has. Raises BadInput for an unknown education and for years that are none."""
    if given is None:
        return None
    known = conditions.EDUCATION
    if given.education is not None and given.education not in known:
        raise BadInput(f"There is no education {given.education!r}.", "Known are: " + ", ".join(known) + ".")
    years = None if given.years is None else [(one.field.strip(), one.years) for one in few("years", given.years)]
    for field, number in years or ():
        short("field", field)
        if not (isfinite(number) and number >= 0):
            raise BadInput(f"{number} are no years.", "Give 0 or more.")
    names = (
        None if some is None else tuple(few(topic, some))
        for topic, some in (("certificates", given.certificates), ("languages", given.languages))
    )
    return conditions.Held(given.education, None if years is None else tuple(sorted(years)), *names)


ConditionsResult = Annotated[
    Conditions | NotFound | Ambiguous, strawberry.union("ConditionsResult", description=f"条件，{ANSWER}")
]


def _conditions(self: Any, info: Context, role: SubjectText, within: Within = None, evidence: Places = 3) -> Any:
    most = places(info, evidence, "sources")
    view = info.context.view
    return answered(
        lambda: conditions.conditions(view, resolve(view, SUBJECTS, text(info, role)), part(info, within), most)
    )


@strawberry.type
class Asking:
    conditions: ConditionsResult = asked(
        _conditions,
        "岗位提出的学历、年限、证书与语言 / Which education, years, certificates and languages a role asks for",
    )
