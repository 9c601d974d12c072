"""The kinds of edges, what each may join, and what one document says of an edge: a mention.

An edge is (relation, source, target) and exists while a mention of it does. What the taxonomy says (Link) and what
is counted from mentions (Needs, Applied) has no mention of its own.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from graphmodel.identity import mention_id
from graphmodel.nodes import Span

Necessity = Literal["required", "preferred"]
Method = Literal["label", "pattern", "candidate", "curated"]
Level = Literal["了解", "熟悉", "掌握", "精通"]
How = Literal["with", "for", "manages"]

_new = tuple.__new__
"""A mention is made in half the time without the signature of its class, and there are many."""


class ItemMention(NamedTuple):
    """HAS_DUTY, HAS_REQUIREMENT: a posting says that its role or department has this item.

    `section` is the side it stands on, `heading` the heading it stands under, `line` counts from 1.
    """

    id: str
    relation: str
    source: str
    target: str
    posting: str
    section: Literal["duty", "requirement"]
    heading: str | None
    line: int
    spans: tuple[Span, ...]
    necessity: Necessity = "required"


class SkillMention(NamedTuple):
    """REQUIRES: the words of an item that ask for a skill; a function of the item's text and the reader's version.

    `start` and `end` are code points in the item's text, and `evidence` is what stands between them.
    """

    id: str
    source: str
    target: str
    evidence: str
    start: int
    end: int
    method: Method
    confidence: float = 1.0
    necessity: Necessity = "required"
    level: Level | None = None
    relation: str = "REQUIRES"


class DepartmentMention(NamedTuple):
    """INVOLVES: the words of an item that name a department; as SkillMention."""

    id: str
    source: str
    target: str
    evidence: str
    start: int
    end: int
    how: How = "with"
    relation: str = "INVOLVES"


class FactMention(NamedTuple):
    """DESCRIBES, BELONGS_TO, REPORTS_TO, PART_OF, LEADS_TO, MEASURED_BY: what a posting states of its subject.

    `definition` and `goal` (the target as stated) belong to MEASURED_BY.
    """

    id: str
    relation: str
    source: str
    target: str
    posting: str
    evidence: str
    line: int
    spans: tuple[Span, ...]
    definition: str | None = None
    goal: str | None = None


Mention = ItemMention | SkillMention | DepartmentMention | FactMention


class Link(NamedTuple):
    """BROADER, RELATED: what the taxonomy says of two skills."""

    relation: str
    source: str
    target: str


class Needs(NamedTuple):
    """NEEDS: derived. In how many postings, and in how many of their items, a role or department needs a skill.

    `share` is postings over all counted postings of the source, in (0, 1]. A posting that repeats another is not
    counted. `items` adds up over the postings: a sentence that two postings share counts twice. The necessity is
    required if any counted mention is.
    """

    source: str
    target: str
    postings: int
    share: float
    items: int
    necessity: Necessity
    relation: str = "NEEDS"


class Applied(NamedTuple):
    """APPLIED_IN: derived. In how many statements a skill is asked for in a department.

    `own`: duties of the department's own postings, or of postings that state that their role BELONGS_TO it.
    `involved`: duties that INVOLVE it. Both add up over counted postings.
    """

    source: str
    target: str
    own: int
    involved: int
    relation: str = "APPLIED_IN"


Edge = Mention | Link | Needs | Applied


class Relation(NamedTuple):
    """`sources` and `targets` are the kinds that the relation may join; `edge` is the class of its edges."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    edge: type[Edge]


_SUBJECTS = ("role", "department")
_ITEMS = ("duty", "requirement")

RELATIONS: dict[str, Relation] = {
    "DESCRIBES": Relation(("posting",), _SUBJECTS, FactMention),
    "HAS_DUTY": Relation(_SUBJECTS, ("duty",), ItemMention),
    "HAS_REQUIREMENT": Relation(_SUBJECTS, ("requirement",), ItemMention),
    "REQUIRES": Relation(_ITEMS, ("skill",), SkillMention),
    "INVOLVES": Relation(_ITEMS, ("department",), DepartmentMention),
    "BELONGS_TO": Relation(("role",), ("department",), FactMention),
    "REPORTS_TO": Relation(("role",), ("role",), FactMention),
    "PART_OF": Relation(("department",), ("department",), FactMention),
    "LEADS_TO": Relation(("role",), ("role",), FactMention),
    "MEASURED_BY": Relation(_SUBJECTS, ("indicator",), FactMention),
    "BROADER": Relation(("skill",), ("skill",), Link),
    "RELATED": Relation(("skill",), ("skill",), Link),
    "NEEDS": Relation(_SUBJECTS, ("skill",), Needs),
    "APPLIED_IN": Relation(("skill",), ("department",), Applied),
}

ITEM_RELATIONS = ("HAS_DUTY", "HAS_REQUIREMENT")
FACT_RELATIONS = ("DESCRIBES", "BELONGS_TO", "REPORTS_TO", "PART_OF", "LEADS_TO", "MEASURED_BY")
STATED = (*ITEM_RELATIONS, "REQUIRES", "INVOLVES", *FACT_RELATIONS)
DERIVED = ("NEEDS", "APPLIED_IN")


def item_mention(
    relation: str,
    source: str,
    target: str,
    posting: str,
    heading: str | None,
    line: int,
    spans: tuple[Span, ...],
    necessity: Necessity = "required",
) -> ItemMention:
    """An ItemMention with its id; the place is the start of its first span."""
    id = mention_id(relation, source, target, posting, str(spans[0][0] if spans else 0))
    section: Literal["duty", "requirement"] = "duty" if relation == "HAS_DUTY" else "requirement"
    mention = (id, relation, source, target, posting, section, heading, line, spans, necessity)
    return _new(ItemMention, mention)


def skill_mention(
    source: str,
    target: str,
    evidence: str,
    start: int,
    end: int,
    method: Method,
    confidence: float = 1.0,
    necessity: Necessity = "required",
    level: Level | None = None,
) -> SkillMention:
    """A SkillMention with its id; the place is start and end in the item's text."""
    id = mention_id("REQUIRES", source, target, "", f"{start}-{end}")
    mention = (id, source, target, evidence, start, end, method, confidence, necessity, level, "REQUIRES")
    return _new(SkillMention, mention)


def department_mention(
    source: str, target: str, evidence: str, start: int, end: int, how: How = "with"
) -> DepartmentMention:
    """A DepartmentMention with its id; the place is start and end in the item's text."""
    id = mention_id("INVOLVES", source, target, "", f"{start}-{end}")
    return DepartmentMention(id, source, target, evidence, start, end, how)


def fact_mention(
    relation: str,
    source: str,
    target: str,
    posting: str,
    evidence: str,
    line: int,
    spans: tuple[Span, ...],
    definition: str | None = None,
    goal: str | None = None,
) -> FactMention:
    """A FactMention with its id; the place is the start of its first span."""
    id = mention_id(relation, source, target, posting, str(spans[0][0] if spans else 0))
    return FactMention(id, relation, source, target, posting, evidence, line, spans, definition, goal)
