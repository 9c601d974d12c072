"""Which skills two roles share, which only one of them needs, and which meet in a broader skill."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from graphmodel.hierarchy import Hierarchy, hierarchy
from graphmodel.nodes import Skill
from graphmodel.questions import plain
from graphmodel.questions.names import SUBJECTS, Named, resolve
from graphmodel.questions.needs import EVERYTHING, Need, Needed, Scope, by_share, profiles, weights
from graphmodel.store import View


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

    The weighted ones count a skill by its inverse role frequency (needs.weights).
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
    view: View,
    a: str,
    b: str,
    scope: Scope = EVERYTHING,
    *,
    evidence: int = 3,
    related: bool = True,
    weighted: bool = True,
) -> Overlap:
    """The skills of A and B side by side. A and B are roles or departments, by name or id.

    `evidence` is the most places given for each skill of each side; without `related`, no meetings are looked for, and
    none are given; without `weighted`, the weighted measures are None. Raises NotFound and Ambiguous.
    """
    subjects = [resolve(view, SUBJECTS, a), resolve(view, SUBJECTS, b)]
    skills, (left, right) = profiles(view, subjects, scope, evidence)
    of_a, of_b = left.needs, right.needs
    shared = [Shared(skills[id], of_a[id], of_b[id]) for id in of_a if id in of_b]
    return Overlap(
        left.subject,
        right.subject,
        tuple(sorted(shared, key=lambda one: (-min(one.a.share, one.b.share), one.skill.id))),
        by_share(Needed(skills[id], need) for id, need in of_a.items() if id not in of_b),
        by_share(Needed(skills[id], need) for id, need in of_b.items() if id not in of_a),
        _related(hierarchy(view), skills, of_a, of_b) if related else (),
        measure(of_a.keys(), of_b.keys(), weights(view, of_a.keys() | of_b.keys()) if weighted else None),
    )


def measure(a: Collection[str], b: Collection[str], weights: Mapping[str, float] | None) -> Measures:
    """The measures of two sets of skills; every skill has a weight, or none has: then the weighted ones are None.

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

    wholes = (in_a | in_b, in_a, in_b)
    weighted = [ratio(of, weights) for of in wholes] if weights is not None else [None] * 3
    return Measures(*map(ratio, wholes), *weighted)


def _related(
    known: Hierarchy, skills: Mapping[str, Skill], of_a: Mapping[str, Need], of_b: Mapping[str, Need]
) -> tuple[Meeting, ...]:
    pairs: dict[str, set[tuple[str, str]]] = {}
    in_a, in_b = known.meetings(of_a), known.meetings(of_b)
    for id in of_a.keys() - of_b.keys():
        if best := known.best_partner(id, in_b):
            pairs.setdefault(best[0], set()).add((id, best[1]))
    for id in of_b.keys() - of_a.keys():
        if best := known.best_partner(id, in_a):
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
        "a": plain.named(overlap.a),
        "b": plain.named(overlap.b),
        "shared": [
            {"skill": plain.named(one.skill), "a": plain.need(one.a), "b": plain.need(one.b)} for one in overlap.shared
        ],
        "only_a": [plain.needed(one) for one in overlap.only_a],
        "only_b": [plain.needed(one) for one in overlap.only_b],
        "related": [
            {
                "skill": plain.named(meeting.skill),
                "pairs": [
                    {"a": plain.needed(pair.a), "b": plain.needed(pair.b), "similarity": pair.similarity}
                    for pair in meeting.pairs
                ],
            }
            for meeting in overlap.related
        ],
        "measures": overlap.measures._asdict(),
    }
