"""The nodes of the graph in GraphQL, each nested in the others; the values behind them are those of graphmodel."""

from __future__ import annotations

from typing import Any, TypeVar

import strawberry

from api.graphql.batches import Way
from api.graphql.connections import After, Before, Connection, First, Last, page
from api.graphql.context import Context
from api.graphql.edges import (
    AppliedEdge,
    FactEdge,
    InvolvesEdge,
    ItemEdge,
    NeedsEdge,
    PlainEdge,
    RequiresEdge,
    Row,
    linked,
    linked_both_ways,
    linked_skills,
)
from api.graphql.enums import DepartmentKind, PostingKind, RequirementType, SkillStatus, SkillType
from api.graphql.levels import level
from graphmodel import nodes

T = TypeVar("T")


def face(value: type, description: str) -> Any:
    """Makes a class the GraphQL type of a frozen value, whose attributes it shows."""

    def make(cls: type[T]) -> type[T]:
        cls.is_type_of = classmethod(lambda cls, obj, info: isinstance(obj, value))  # type: ignore[attr-defined]
        cls.face_of = value  # type: ignore[attr-defined]
        return strawberry.type(cls, description=description)

    return make


def shown(description: str) -> Any:
    """A field that shows the attribute of its name."""
    return strawberry.field(description=description)


_ID = "标识，与数据库和 IRI 相同 / The id, the same in the database and in the IRI"
_NAME = "名称：多数文档的写法 / The spelling in most documents"
_ALT_NAMES = "其他写法 / Other spellings"


@strawberry.interface(description="图中的一个节点 / A node of the graph")
class Node:
    id: strawberry.ID = shown(_ID)


@strawberry.interface(description="岗位或部门 / A role or department")
class Subject(Node):
    name: str = shown(_NAME)
    alt_names: list[str] = shown(_ALT_NAMES)
    duties: Connection[ItemEdge[Duty]] = linked("自己的职责 / Its own duties", "duty", Way("HAS_DUTY"))
    requirements: Connection[ItemEdge[Requirement]] = linked(
        "自己的任职要求 / Its own requirements", "requirement", Way("HAS_REQUIREMENT")
    )
    skills: Connection[NeedsEdge[Skill]] = linked_skills("所需技能 / The skills it needs", Way("NEEDS"))
    indicators: Connection[FactEdge[Indicator]] = linked(
        "考核指标 / What it is measured by", "indicator", Way("MEASURED_BY")
    )
    postings: Connection[FactEdge[Posting]] = linked(
        "描述它的招聘帖 / The postings that describe it", "posting", Way("DESCRIBES", True)
    )


@strawberry.interface(description="条目：职责或任职要求 / A duty or requirement")
class Item(Node):
    text: str = shown("规范化的原文，不含编号 / The text, normalised, without its number")
    skills: Connection[RequiresEdge[Skill]] = linked_skills("所需技能 / The skills it asks for", Way("REQUIRES"))
    departments: Connection[InvolvesEdge[Department]] = linked(
        "涉及的部门 / The departments it involves", "department", Way("INVOLVES")
    )


@face(nodes.Role, "岗位 / A role")
class Role(Subject):
    described: bool = shown("是否有文档描述；否则只被提到 / Whether a posting describes it, or it is only named")
    departments: Connection[FactEdge[Department]] = linked(
        "所属部门 / The departments it belongs to", "department", Way("BELONGS_TO")
    )
    reports_to: Connection[FactEdge[Role]] = linked("上级岗位 / The roles it reports to", "role", Way("REPORTS_TO"))
    reported_to_by: Connection[FactEdge[Role]] = linked(
        "下级岗位 / The roles that report to it", "role", Way("REPORTS_TO", True)
    )
    leads_to: Connection[FactEdge[Role]] = linked("晋升去向 / The roles it leads to", "role", Way("LEADS_TO"))
    led_to_by: Connection[FactEdge[Role]] = linked(
        "晋升来源 / The roles that lead to it", "role", Way("LEADS_TO", True)
    )


@face(nodes.Duty, "职责 / A duty")
class Duty(Item):
    roles: Connection[ItemEdge[Role]] = linked("有此职责的岗位 / The roles that have it", "role", Way("HAS_DUTY", True))
    owners: Connection[ItemEdge[Department]] = linked(
        "有此职责的部门 / The departments that have it", "department", Way("HAS_DUTY", True)
    )


@face(nodes.Requirement, "任职要求 / A requirement")
class Requirement(Item):
    type: RequirementType = shown("类型 / What it is about")
    education: str | None = shown("最低学历：初中至博士 / The least education that suffices")
    min_years: float | None = shown("最低年限 / The least years of experience")
    experience_field: str | None = shown("何种经验 / Experience in what")
    majors: list[str] = shown("专业 / Majors")
    certificates: list[str] = shown("证书 / Certificates")
    languages: list[str] = shown("语言 / Languages")
    roles: Connection[ItemEdge[Role]] = linked(
        "有此要求的岗位 / The roles that have it", "role", Way("HAS_REQUIREMENT", True)
    )
    owners: Connection[ItemEdge[Department]] = linked(
        "有此要求的部门 / The departments that have it", "department", Way("HAS_REQUIREMENT", True)
    )


@face(nodes.Skill, "技能 / A skill")
class Skill(Node):
    name: str = shown("中文名称 / The name in Chinese, or as the documents write it")
    name_en: str | None = shown("英文名称 / The name in English")
    alt_names: list[str] = shown("中文别名 / Other names in Chinese")
    alt_names_en: list[str] = shown("英文别名 / Other names in English")
    type: SkillType = shown("类型 / What kind of skill it is")
    status: SkillStatus = shown("状态 / Whether the taxonomy has it")
    definition: str | None = shown("定义 / The definition")
    exact_match: list[str] = shown(
        "其他词表中的同一概念（ESCO）的 IRI / IRIs of the same concept in other vocabularies (ESCO)"
    )
    close_match: list[str] = shown(
        "其他词表（ESCO）中相近概念的 IRI / IRIs of nearly the same concepts elsewhere (ESCO)"
    )
    broader: Connection[PlainEdge[Skill]] = linked("上位技能 / The next broader skills", "skill", Way("BROADER"))
    narrower: Connection[PlainEdge[Skill]] = linked(
        "下位技能 / The next narrower skills", "skill", Way("BROADER", True)
    )
    related: Connection[PlainEdge[Skill]] = linked_both_ways("相关技能 / Related skills", "skill", "RELATED")
    roles: Connection[NeedsEdge[Role]] = linked("需要它的岗位 / The roles that need it", "role", Way("NEEDS", True))
    owners: Connection[NeedsEdge[Department]] = linked(
        "需要它的部门 / The departments whose own descriptions need it", "department", Way("NEEDS", True)
    )
    duties: Connection[RequiresEdge[Duty]] = linked(
        "要求它的职责 / The duties that ask for it", "duty", Way("REQUIRES", True)
    )
    requirements: Connection[RequiresEdge[Requirement]] = linked(
        "要求它的任职要求 / The requirements that ask for it", "requirement", Way("REQUIRES", True)
    )
    departments: Connection[AppliedEdge[Department]] = linked(
        "应用它的部门 / The departments where it is applied", "department", Way("APPLIED_IN")
    )


@face(nodes.Department, "部门 / A department or team")
class Department(Subject):
    kind: DepartmentKind = shown("部门或团队 / Department or team")
    roles: Connection[FactEdge[Role]] = linked(
        "所属岗位 / The roles that belong to it", "role", Way("BELONGS_TO", True)
    )
    applied_skills: Connection[AppliedEdge[Skill]] = linked_skills(
        "在此应用的技能 / The skills that are applied in it", Way("APPLIED_IN", True)
    )
    involved_in_duties: Connection[InvolvesEdge[Duty]] = linked(
        "涉及它的职责 / The duties that involve it", "duty", Way("INVOLVES", True)
    )
    involved_in_requirements: Connection[InvolvesEdge[Requirement]] = linked(
        "涉及它的任职要求 / The requirements that involve it", "requirement", Way("INVOLVES", True)
    )
    part_of: Connection[FactEdge[Department]] = linked(
        "上级部门 / The departments it is part of", "department", Way("PART_OF")
    )
    parts: Connection[FactEdge[Department]] = linked(
        "下级部门 / The departments that are part of it", "department", Way("PART_OF", True)
    )


@face(nodes.Indicator, "考核指标 / What work is measured by")
class Indicator(Node):
    name: str = shown(_NAME)
    alt_names: list[str] = shown(_ALT_NAMES)
    roles: Connection[FactEdge[Role]] = linked(
        "以它考核的岗位 / The roles that are measured by it", "role", Way("MEASURED_BY", True)
    )
    departments: Connection[FactEdge[Department]] = linked(
        "以它考核的部门 / The departments that are measured by it", "department", Way("MEASURED_BY", True)
    )


@level(
    "所在文档 / The document it stands in",
    wants=lambda postings, info: info.context.batches.want_nodes(one.document for one in postings),
)
def _document(postings: list[nodes.Posting], info: Context) -> Any:
    return info.context.batches.nodes([one.document for one in postings])


@level("其中的招聘帖，按序号 / The postings in it, by number")
def _postings(
    documents: list[nodes.Document],
    info: Context,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    found = info.context.batches.postings([one.origin for one in documents])
    for postings in found.values():
        info.context.batches.keep(postings)
    lists = [
        [Row(one.id, posting.id, (posting.number, posting.id)) for posting in found[one.origin]] for one in documents
    ]
    return [page(rows, first, after, last, before) for rows in lists]


def _repeated(description: str) -> Any:
    @level(description)
    def resolve(values: list[Any], info: Context) -> Any:
        found = iter(info.context.batches.nodes([one.repeats for one in values if one.repeats is not None]))
        return [None if one.repeats is None else next(found) for one in values]

    return resolve


@face(nodes.Posting, "招聘帖：文档中对一个岗位或部门的描述 / A description of one role or department in a document")
class Posting(Node):
    document: Document = _document
    number: int = shown("在文档中的序号，从 1 起 / Its number in the document, from 1")
    title: str = shown("标题 / The title")
    kind: PostingKind = shown("描述岗位或部门 / What it describes")
    organization: str | None = shown("单位 / The employer")
    place: str | None = shown("地点 / The place")
    start: int = shown("在文档中的起点，按码点 / Where it starts in the document, in code points")
    end: int = shown("在文档中的终点，不含 / Where it ends, not included")
    repeats: Posting | None = _repeated(
        "与之重复、不重复计数的招聘帖 / The posting whose text it repeats; not counted twice"
    )
    roles: Connection[FactEdge[Role]] = linked("所描述的岗位 / The roles it describes", "role", Way("DESCRIBES"))
    departments: Connection[FactEdge[Department]] = linked(
        "所描述的部门 / The departments it describes", "department", Way("DESCRIBES")
    )


@strawberry.type(description="读文档时的发现 / What was noticed when the document was read")
class Note:
    code: str = shown("种类 / The kind: repaired, lost, truncated, repeated, section-cut, masked, charset")
    start: int = shown("起点 / Start, in code points")
    end: int = shown("终点，不含 / End, not included")
    message: str = shown("说明 / What was noticed")


@face(nodes.Document, "文档 / A document")
class Document(Node):
    origin: str = shown("来源：相对路径 / Where it comes from, relative to what was loaded")
    content: str = strawberry.field(name="sha256", description="内容的 SHA-256 / The SHA-256 of its bytes")
    media_type: str = shown("媒体类型 / The media type")
    notes: list[Note] = shown("发现 / What was noticed when it was read")
    postings: Connection[PlainEdge[Posting]] = _postings
    repeats: Document | None = _repeated("内容相同的文档 / The document whose content it has")
