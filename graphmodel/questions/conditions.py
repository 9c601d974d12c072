"""What a role asks for besides skills: education, years, certificates, languages; and whether somebody meets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from graphmodel.identity import document_id, fold
from graphmodel.nodes import Document, Requirement
from graphmodel.questions import within
from graphmodel.questions.names import Named
from graphmodel.questions.within import Within
from graphmodel.relations import ItemMention
from graphmodel.store import View

EDUCATION = ("初中", "高中", "中专", "大专", "本科", "硕士", "博士")
"""The steps of education, from below; 高中 and 中专 are one step, both upper secondary education."""

STEP = {"初中": 1, "高中": 2, "中专": 2, "大专": 3, "本科": 4, "硕士": 5, "博士": 6}
_CUT = ("section-cut", "truncated")

Topic = Literal["education", "years", "certificate", "language"]
Status = Literal["met", "not met", "not stated", "not read"]
TOPICS: tuple[Topic, ...] = ("education", "years", "certificate", "language")


class Source(NamedTuple):
    """The requirement that states a condition, and where it stands."""

    item: str
    text: str
    origin: str
    line: int


class Condition(NamedTuple):
    """Something that postings of a role ask for. `wanted` is a step of EDUCATION, a number of years, or a name;
    `field` is that in which the years are asked for. `postings` counts the postings that say so, `share` is that over
    all counted postings, in (0, 1]; `preferred` if all of them only prefer it.
    """

    topic: Topic
    wanted: str | float
    field: str | None
    postings: int
    share: float
    preferred: bool
    sources: tuple[Source, ...]


class Conditions(NamedTuple):
    """By topic in the order of TOPICS, what most postings ask for first. `silent` holds the topics that no posting
    mentions, `cut` whether a document breaks off, so that what is not mentioned may only not have been read.
    """

    stated: tuple[Condition, ...]
    silent: tuple[Topic, ...]
    cut: bool


class Held(NamedTuple):
    """What somebody has: a step of EDUCATION; years by field ("" for work of any kind); names. None: not said."""

    education: str | None = None
    years: tuple[tuple[str, float], ...] | None = None
    certificates: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None


class Judged(NamedTuple):
    """A condition and whether it is met. Of a topic that the target is silent on, `condition` is None.

    not stated: nothing is known of the one who would move, or the target does not mention the topic; not read: it
    does not, and a document of it breaks off.
    """

    topic: Topic
    condition: Condition | None
    status: Status


def conditions(view: View, subject: Named, scope_within: Within = within.ANYWHERE, sources: int = 3) -> Conditions:
    """What the counted postings of a role or department ask for; `sources` is the most places given for each."""
    chosen = within.choose(view, scope_within, [subject.id])
    items = [
        edge
        for edge in chosen.mentions
        if isinstance(edge, ItemMention) and edge.section == "requirement" and edge.posting in chosen.counted
    ]
    texts = {node.id: node for node in view.nodes("requirement", {item.target for item in items})
             if isinstance(node, Requirement)}  # fmt: skip
    said: dict[tuple[Topic, str | float, str | None], list[ItemMention]] = {}
    for item in sorted(items, key=lambda one: (chosen.origins[one.posting], one.line, one.id)):
        for key in _stated(texts[item.target]):
            said.setdefault(key, []).append(item)
    total = chosen.postings_of(subject.id)
    stated = [
        Condition(
            topic, wanted, field, len({item.posting for item in of}), len({item.posting for item in of}) / total,
            all(item.necessity == "preferred" for item in of),
            tuple(Source(item.target, texts[item.target].text, chosen.origins[item.posting], item.line)
                  for item in of[:sources]),
        )
        for (topic, wanted, field), of in said.items()
    ]  # fmt: skip
    stated.sort(key=lambda one: (TOPICS.index(one.topic), -one.postings, str(one.wanted), one.field or ""))
    documents = view.nodes("document", {document_id(chosen.origins[posting]) for posting in chosen.counted})
    cut = any(note.code in _CUT for node in documents if isinstance(node, Document) for note in node.notes)
    met = {one.topic for one in stated}
    return Conditions(tuple(stated), tuple(topic for topic in TOPICS if topic not in met), cut)


def held_in(known: Conditions) -> Held:
    """What somebody surely has who does work of which this is asked: the least that one of its postings requires.

    Years are counted in their field; what is only preferred is not counted as had.
    """
    required = [one for one in known.stated if not one.preferred]
    steps = [str(one.wanted) for one in required if one.topic == "education"]
    years: dict[str, float] = {}
    for one in required:
        if one.topic == "years":
            field = one.field or ""
            years[field] = min(years.get(field, float(one.wanted)), float(one.wanted))
    return Held(
        min(steps, key=STEP.__getitem__) if steps else None,
        tuple(sorted(years.items())) or None,
        tuple(sorted(str(one.wanted) for one in required if one.topic == "certificate")) or None,
        tuple(sorted(str(one.wanted) for one in required if one.topic == "language")) or None,
    )


def judge(target: Conditions, held: Held) -> tuple[Judged, ...]:
    """Every condition of the target, and every topic that it is silent on, in the order of TOPICS."""
    found = [Judged(one.topic, one, _status(one, held)) for one in target.stated]
    silent: Status = "not read" if target.cut else "not stated"
    found += [Judged(topic, None, silent) for topic in target.silent]
    return tuple(sorted(found, key=lambda one: TOPICS.index(one.topic)))


def _stated(node: Requirement) -> Iterable[tuple[Topic, str | float, str | None]]:
    if node.education in STEP:
        yield "education", node.education, None
    if node.min_years is not None:
        yield "years", node.min_years, node.experience_field
    for name in node.certificates:
        yield "certificate", name, None
    for name in node.languages:
        yield "language", name, None


def _status(one: Condition, held: Held) -> Status:
    if one.topic == "education":
        if held.education is None:
            return "not stated"
        return "met" if STEP[held.education] >= STEP[str(one.wanted)] else "not met"
    if one.topic == "years":
        if held.years is None:
            return "not stated"
        least = float(one.wanted)
        if one.field is None:
            return "met" if sum(years for _, years in held.years) >= least else "not met"
        same = [years for field, years in held.years if _same_field(field, one.field)]
        if not same:  # years of other work, or of work that is not named, may be years of this
            return "not stated" if any(not field for field, _ in held.years) else "not met"
        return "met" if max(same) >= least else "not met"
    names = held.certificates if one.topic == "certificate" else held.languages
    if names is None:
        return "not stated"
    return "met" if fold(str(one.wanted)) in {fold(name) for name in names} else "not met"


def _same_field(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return bool(a) and (a in b or b in a)


def judged_json(one: Judged) -> dict[str, Any]:
    """`topic`, `status`, and of a stated condition `wanted`, `field`, `postings`, `share`, `preferred`, `sources`."""
    plain: dict[str, Any] = {"topic": one.topic, "status": one.status}
    if one.condition is None:
        return plain | {"wanted": None, "field": None, "postings": 0, "share": 0.0, "preferred": False, "sources": []}
    stated = one.condition._asdict() | {"sources": [source._asdict() for source in one.condition.sources]}
    return stated | plain
