"""The things of the graph, as frozen values.

A node's properties are a function of what its id is made from, but for names: the name shown is the spelling in
most documents (ties by code point), the other spellings are `alt_names`, sorted by code point.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Span = tuple[int, int]
"""Start and end, in Unicode code points of the document's decoded text; the end is not included."""

Kind = Literal["role", "duty", "requirement", "skill", "department", "indicator", "posting", "document"]
RequirementType = Literal["education", "experience", "skill", "trait", "language", "other"]
SkillType = Literal["knowledge", "skill", "tool", "trait"]
SkillStatus = Literal["curated", "candidate", "deprecated"]


class Role(NamedTuple):
    """岗位. `described` is false for a role that is only named: a career target, a superior."""

    id: str
    name: str
    alt_names: tuple[str, ...] = ()
    described: bool = True


class Duty(NamedTuple):
    """职责: one thing to do, its text normalised, without number and closing mark."""

    id: str
    text: str


class Requirement(NamedTuple):
    """任职要求: one condition. `education` is the least that suffices, `min_years` the least number of years."""

    id: str
    text: str
    type: RequirementType = "other"
    education: str | None = None
    min_years: float | None = None
    experience_field: str | None = None
    majors: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Skill(NamedTuple):
    """技能. A candidate is a phrase that the taxonomy lacks; its name is in Chinese or as the document writes it.

    The matches are IRIs of concepts of other vocabularies (ESCO) that mean the same, or nearly the same; sorted.
    """

    id: str
    name: str
    name_en: str | None = None
    alt_names: tuple[str, ...] = ()
    alt_names_en: tuple[str, ...] = ()
    type: SkillType = "skill"
    status: SkillStatus = "curated"
    definition: str | None = None
    exact_match: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()


class Department(NamedTuple):
    """部门, or a team. `kind` is a function of the name."""

    id: str
    name: str
    alt_names: tuple[str, ...] = ()
    kind: Literal["department", "team"] = "department"


class Indicator(NamedTuple):
    """指标: what the work is measured by (关键指标, 考核标准)."""

    id: str
    name: str
    alt_names: tuple[str, ...] = ()


class Posting(NamedTuple):
    """招聘帖: one description of one role or department in a document; `number` counts from 1.

    `fingerprint` is equal for postings that say the same; of these, only the one whose (origin, number) comes
    first is counted, and the others say in `repeats` (a posting id, found by the store) what they repeat.
    """

    id: str
    document: str
    number: int
    title: str
    kind: Literal["role", "department"] = "role"
    organization: str | None = None
    place: str | None = None
    start: int = 0
    end: int = 0
    fingerprint: str = ""
    repeats: str | None = None


class Note(NamedTuple):
    """Something that a reader of the document should know: a repair, a loss, a cut."""

    code: Literal["repaired", "lost", "truncated", "repeated", "section-cut", "masked", "charset"]
    start: int
    end: int
    message: str


class Document(NamedTuple):
    """文档. `content` is the SHA-256 of its bytes, in hex; `repeats` the document (id) whose content it has."""

    id: str
    origin: str
    content: str
    media_type: str = "text/plain"
    notes: tuple[Note, ...] = ()
    repeats: str | None = None


Node = Role | Duty | Requirement | Skill | Department | Indicator | Posting | Document

NODE_TYPES: dict[str, type[Node]] = {
    "role": Role,
    "duty": Duty,
    "requirement": Requirement,
    "skill": Skill,
    "department": Department,
    "indicator": Indicator,
    "posting": Posting,
    "document": Document,
}
"""The class of each kind of node, in the order of `identity.KINDS`."""
