"""Which skills two roles share, which only one of them needs, and which meet in a broader skill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import log
from typing import Any, NamedTuple

from graphmodel.hierarchy import Hierarchy, hierarchy
from graphmodel.nodes import Skill
from graphmodel.questions.names import SUBJECTS, Named, resolve
from graphmodel.relations import Necessity, Needs
from graphmodel.store import Evidence, View


class Need(NamedTuple):
    """How one role or department needs a skill: what NEEDS counts, and the first places that say so."""

    postings: int
    share: float
    items: int
    necessity: Necessity
    evidence: tuple[Evidence, ...]


class Needed(NamedTuple):
    """A skill as one of the two needs it."""

    skill: Skill
    need: Need


class Shared(NamedTuple):
    """A skill that both need."""

    skill: Skill
    a: Need
    b: Need


class Pair(NamedTuple):
    """A skill of A and one of B that have a broader (or the same) skill in common; `similarity` is Lin's, in [0, 1]."""

    a: Needed
    b: Needed
    similarity: float


class Meeting(NamedTuple):
    """The pairs that meet in one skill."""

    skill: Skill
    pairs: tuple[Pair, ...]


class Measures(NamedTuple):
    """How much of the skills is shared, each in [0, 1]; None where there is nothing to divide by.

    The weighted ones count a skill as ln((1 + N) / (1 + n)) + 1, N being the described roles and n those of them
    that need the skill, so that what every role asks for does not make all roles look alike.
    """

    jaccard: float | None
    coverage_a: float | None
    coverage_b: float | None
    weighted_jaccard: float | None
    weighted_coverage_a: float | None
    weighted_coverage_b: float | None


class Overlap(NamedTuple):
    """The answer. Skills come by falling share of the postings that ask for them (of `shared`, the lesser of the
    two), `related` by falling information content of the common skill; ties by id.
    """

    a: Named
    b: Named
    shared: tuple[Shared, ...]
    only_a: tuple[Needed, ...]
    only_b: tuple[Needed, ...]
    related: tuple[Meeting, ...]
    measures: Measures


def shared_skills(
    view: View, a: str, b: str, *, min_share: float = 0.0, candidates: bool = False, evidence: int = 3
) -> Overlap:
    """The skills of A and B side by side. A and B are roles or departments, by name or id.

    `min_share` in [0, 1] leaves out skills that fewer than that share of the postings ask for, `candidates` takes
    in phrases that the taxonomy lacks, `evidence` is the most places given for each skill of each side. Raises
    NotFound and Ambiguous.
    """
    left, right = resolve(view, SUBJECTS, a), resolve(view, SUBJECTS, b)
    known = hierarchy(view)
    needs = [edge for edge in view.edges("NEEDS", {left.id, right.id}) if isinstance(edge, Needs)]
    skills = _skills(view, known, {edge.target for edge in needs})
    asked = [
        edge for edge in needs if edge.share >= min_share and (candidates or skills[edge.target].status != "candidate")
    ]
    places: dict[tuple[str, str], list[Evidence]] = {}
    if evidence:
        chosen = None if len(asked) == len(needs) else {edge.target for edge in asked}
        for place in view.evidence({left.id, right.id}, chosen, evidence):
            places.setdefault((place.subject, place.skill), []).append(place)
    of_a, of_b = (_needs_of(subject.id, asked, places) for subject in (left, right))
    ids_a, ids_b = sorted(of_a.keys() - of_b.keys()), sorted(of_b.keys() - of_a.keys())
    shared = [Shared(skills[id], of_a[id], of_b[id]) for id in sorted(of_a.keys() & of_b.keys())]
    return Overlap(
        left,
        right,
        tuple(sorted(shared, key=lambda one: -min(one.a.share, one.b.share))),
        tuple(sorted((Needed(skills[id], of_a[id]) for id in ids_a), key=lambda one: -one.need.share)),
        tuple(sorted((Needed(skills[id], of_b[id]) for id in ids_b), key=lambda one: -one.need.share)),
        _related(known, skills, of_a, of_b),
        measure(of_a.keys(), of_b.keys(), _weights(view, of_a.keys() | of_b.keys())),
    )


def measure(a: Collection[str], b: Collection[str], weights: Mapping[str, float]) -> Measures:
    """The measures of two sets of skills; every skill has a weight.

    >>> measure({"x", "y"}, {"y"}, {"x": 3.0, "y": 1.0})[:4]
    (0.5, 0.5, 1.0, 0.25)
    """
    in_a, in_b = set(a), set(b)

    def ratio(of: set[str], weigh: Mapping[str, float] | None = None) -> float | None:
        if not of:
            return None
        part, whole = sorted(in_a & in_b), sorted(of)  # the order of a sum decides its last digit
        if weigh is None:
            return len(part) / len(whole)
        return sum(weigh[id] for id in part) / sum(weigh[id] for id in whole)

    whole = in_a | in_b
    return Measures(
        ratio(whole), ratio(in_a), ratio(in_b), ratio(whole, weights), ratio(in_a, weights), ratio(in_b, weights)
    )


def _skills(view: View, known: Hierarchy, ids: Collection[str]) -> dict[str, Skill]:
    others = [id for id in ids if id not in known.skills]
    found = {id: known.skills[id] for id in ids if id in known.skills}
    if others:
        found.update({node.id: node for node in view.nodes("skill", others) if isinstance(node, Skill)})
    return found


def _needs_of(
    subject: str, needs: Iterable[Needs], places: Mapping[tuple[str, str], list[Evidence]]
) -> dict[str, Need]:
    return {
        edge.target: Need(
            edge.postings, edge.share, edge.items, edge.necessity, tuple(places.get((subject, edge.target), ()))
        )
        for edge in needs
        if edge.source == subject
    }


def _weights(view: View, skills: Collection[str]) -> dict[str, float]:
    roles, counts = view.count("role", {"described": True}), view.role_counts(skills)
    return {id: log((1 + roles) / (1 + counts.get(id, 0))) + 1 for id in skills}


def _related(
    known: Hierarchy, skills: Mapping[str, Skill], of_a: Mapping[str, Need], of_b: Mapping[str, Need]
) -> tuple[Meeting, ...]:
    pairs: dict[str, set[tuple[str, str]]] = {}
    for id in of_a.keys() - of_b.keys():
        if best := known.best_partner(id, of_b):
            pairs.setdefault(best[0], set()).add((id, best[1]))
    for id in of_b.keys() - of_a.keys():
        if best := known.best_partner(id, of_a):
            pairs.setdefault(best[0], set()).add((best[1], id))
    return tuple(
        Meeting(
            known.skills[common],
            tuple(
                Pair(Needed(skills[a], of_a[a]), Needed(skills[b], of_b[b]), known.similarity(a, b, common))
                for a, b in sorted(pairs[common])
            ),
        )
        for common in sorted(pairs, key=lambda id: (-known.content[id], id))
    )


def to_json(overlap: Overlap) -> dict[str, Any]:
    """The answer in plain values, the one shape of it in JSON: `a`, `b`, `shared`, `only_a`, `only_b`, `related`,
    `measures`.
    """
    return {
        "a": _named_json(overlap.a),
        "b": _named_json(overlap.b),
        "shared": [
            {"skill": _skill_json(one.skill), "a": _need_json(one.a), "b": _need_json(one.b)} for one in overlap.shared
        ],
        "only_a": [_needed_json(one) for one in overlap.only_a],
        "only_b": [_needed_json(one) for one in overlap.only_b],
        "related": [
            {
                "skill": _skill_json(meeting.skill),
                "pairs": [
                    {"a": _needed_json(pair.a), "b": _needed_json(pair.b), "similarity": pair.similarity}
                    for pair in meeting.pairs
                ],
            }
            for meeting in overlap.related
        ],
        "measures": overlap.measures._asdict(),
    }


def _named_json(node: Named) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "alt_names": list(node.alt_names)}


def _skill_json(skill: Skill) -> dict[str, Any]:
    return {**_named_json(skill), "name_en": skill.name_en, "type": skill.type, "status": skill.status}


def _needed_json(needed: Needed) -> dict[str, Any]:
    return {"skill": _skill_json(needed.skill), **_need_json(needed.need)}


def _need_json(need: Need) -> dict[str, Any]:
    return {**need._asdict(), "evidence": [evidence_json(place) for place in need.evidence]}


def evidence_json(place: Evidence) -> dict[str, Any]:
    """A place in plain values: the words with what stands before and after them in the item, and where it stands."""
    return {
        "item": place.item,
        "text": place.text,
        "before": place.text[: place.start],
        "words": place.words,
        "after": place.text[place.end :],
        "start": place.start,
        "end": place.end,
        "origin": place.origin,
        "posting": place.posting,
        "heading": place.heading,
        "line": place.line,
        "spans": [list(span) for span in place.spans],
        "method": place.method,
        "necessity": place.necessity,
        "level": place.level,
    }
