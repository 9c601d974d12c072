"""What a role asks for besides skills: education, years, certificates, languages; and whether somebody meets it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
Key = tuple[Topic, str | float, str | None]
"""Topic, what is wanted, and of years the field."""


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


class Held(NamedTuple):
    """What somebody has: a step of EDUCATION; years by field ("" for work of any kind); names. None: not said."""

    education: str | None = None
    years: tuple[tuple[str, float], ...] | None = None
    certificates: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None


class Conditions(NamedTuple):
    """By topic in the order of TOPICS, what most postings ask for first. `silent` holds the topics that no posting
    mentions, `cut` whether a document breaks off, so that what is not mentioned may only not have been read.

    `least` is what somebody surely has who does this work: of each topic the least that a posting requires that
    mentions it. So certificates and languages are those that all such postings require; years are the least by field,
    and where there are several fields, which may be the same years, the most of them for work of any kind.
    """

    stated: tuple[Condition, ...]
    silent: tuple[Topic, ...]
    cut: bool
    least: Held


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
    items = sorted(chosen.items(("HAS_REQUIREMENT",)), key=lambda one: (chosen.origins[one.posting], one.line, one.id))
    texts = {node.id: node for node in view.nodes("requirement", {item.target for item in items})
             if isinstance(node, Requirement)}  # fmt: skip
    said: dict[Key, list[ItemMention]] = {}
    for item in items:
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
    stated.sort(key=lambda one: (TOPICS.index(one.topic), -one.postings, _order(one.wanted), one.field or ""))
    documents = view.nodes("document", {document_id(chosen.origins[posting]) for posting in chosen.counted})
    cut = any(note.code in _CUT for node in documents if isinstance(node, Document) for note in node.notes)
    met = {one.topic for one in stated}
    return Conditions(tuple(stated), tuple(topic for topic in TOPICS if topic not in met), cut, _least(said))


def combined(one: Held, other: Held) -> Held:
    """What is held by the first, and of the topics of which it says nothing, by the second."""
    return other._replace(**{topic: had for topic, had in one._asdict().items() if had is not None})


def _order(wanted: str | float) -> tuple[float, str]:
    """Steps of education and numbers of years from below; names by code point."""
    return (STEP.get(wanted, 0), wanted) if isinstance(wanted, str) else (wanted, "")


def _least(said: Mapping[Key, Sequence[ItemMention]]) -> Held:
    required = {key: {item.posting for item in of if item.necessity == "required"} for key, of in said.items()}
    steps = [str(wanted) for (topic, wanted, _), of in required.items() if topic == "education" and of]
    years: dict[str, float] = {}
    for (topic, wanted, field), of in required.items():
        if topic == "years" and of:
            years[field or ""] = min(years.get(field or "", float(wanted)), float(wanted))
    if len(years) > 1:
        years[""] = max(years.values())

    def names(topic: Topic) -> tuple[str, ...] | None:
        by_name = {str(wanted): of for (about, wanted, _), of in required.items() if about == topic and of}
        mentioning = set().union(*by_name.values())
        return tuple(sorted(name for name, of in by_name.items() if of == mentioning)) or None

    return Held(
        min(steps, key=STEP.__getitem__, default=None),
        tuple(sorted(years.items())) or None,
        names("certificate"),
        names("language"),
    )


def judge(target: Conditions, held: Held) -> tuple[Judged, ...]:
    """Every condition of the target, and every topic that it is silent on, in the order of TOPICS."""
    found = [Judged(one.topic, one, _status(one, held)) for one in target.stated]
    silent: Status = "not read" if target.cut else "not stated"
    found += [Judged(topic, None, silent) for topic in target.silent]
    return tuple(sorted(found, key=lambda one: TOPICS.index(one.topic)))


def _stated(node: Requirement) -> Iterable[Key]:
    if node.education in STEP:
        yield "education", node.education, None
    if node.min_years is not None:
        yield "years", node.min_years, node.experience_field
    for name in node.certificates:
        yield "certificate", name, None
    for name in node.languages:
        yield "language", name, None


def _status(one: Condition, held: Held) -> Status:
    wanted = str(one.wanted)
    if one.topic == "education":
        if held.education is None:
            return "not stated"
        met = STEP[held.education] >= STEP[wanted]
    elif one.topic == "years":
        years = _years(held, one)
        if years is None:
            return "not stated"
        met = years >= float(one.wanted)
    elif one.topic == "certificate":
        if held.certificates is None:
            return "not stated"
        met = _certificate(wanted) in map(_certificate, held.certificates)
    else:
        if held.languages is None:
            return "not stated"
        met = any(fold(wanted) in fold(name) for name in held.languages)  # 英语 in 英语六级
    return "met" if met else "not met"


def _years(held: Held, one: Condition) -> float | None:
    """The years held that count for a condition; None if that is not known."""
    if held.years is None:
        return None
    unnamed = max((years for name, years in held.years if not name), default=None)
    if one.field is None:  # years of work of any kind are all of them, years by field add up
        every = [years for _, years in held.years]
        return sum(every) if unnamed is None else max(every)
    same = [years for name, years in held.years if _same_field(name, one.field)]
    if same:
        return max(same)
    if unnamed is None:
        return 0.0
    return unnamed if unnamed < float(one.wanted) else None  # enough of them may be years of this


def _same_field(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return bool(a) and (a in b or b in a)


_CERTIFICATE = re.compile("(?<=.)(?:(?:职业|从业|执业)?资格)?证书?$")


def _certificate(name: str) -> str:
    """What is certified.

    >>> _certificate("PMP证书"), _certificate("教师资格证"), _certificate("教师证")
    ('pmp', '教师', '教师')
    """
    return _CERTIFICATE.sub("", fold(name))


def judged_json(one: Judged) -> dict[str, Any]:
    """`topic`, `status`, and of a stated condition `wanted`, `field`, `postings`, `share`, `preferred`, `sources`."""
    plain: dict[str, Any] = {"topic": one.topic, "status": one.status}
    if one.condition is None:
        return plain | {"wanted": None, "field": None, "postings": 0, "share": 0.0, "preferred": False, "sources": []}
    return plain | one.condition._asdict() | {"sources": [source._asdict() for source in one.condition.sources]}
