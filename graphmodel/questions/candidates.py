"""The phrases that the taxonomy lacks, by how often they are asked for, with what a curator needs to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from graphmodel.identity import fold, kind_of
from graphmodel.nearest import LEAST, likeness
from graphmodel.nodes import Skill
from graphmodel.relations import Needs
from graphmodel.store import Evidence, View

EXAMPLES = 3
NEAREST = 3

_AT_ONCE = 100
"""Candidates whose places are read together."""

_SUBJECTS = 3
"""Roles and departments of a candidate whose places are looked at."""

_LIKE = 30
"""Labels that are compared closely, after a quick look at all."""


class Near(NamedTuple):
    """A curated skill with a label like the candidate's; `score` in (0, 1] as graphmodel.nearest.likeness."""

    skill: Skill
    label: str
    score: float


class Candidate(NamedTuple):
    """A phrase, in how many postings and by how many roles (departments not counted) it is asked for."""

    skill: Skill
    postings: int
    roles: int
    examples: tuple[Evidence, ...]
    nearest: tuple[Near, ...]


def candidates(
    view: View, least: int = 1, limit: int | None = None, decided: Collection[str] = frozenset()
) -> list[Candidate]:
    """The candidates in at least so many postings, most frequent first (postings, roles, name, id), at most `limit`.

    `decided` are ids to be left out. Examples are places in different items, and in different roles first.
    """
    found = {
        node.id: node
        for node in view.nodes("skill", where={"status": "candidate"})
        if isinstance(node, Skill) and node.id not in decided
    }
    needs: dict[str, list[Needs]] = defaultdict(list)
    for start in range(0, len(found), _AT_ONCE * 10):
        for edge in view.edges("NEEDS", targets=list(found)[start : start + _AT_ONCE * 10]):
            if isinstance(edge, Needs):
                needs[edge.target].append(edge)
    postings = {id: sum(edge.postings for edge in edges) for id, edges in needs.items()}
    roles = {id: sum(kind_of(edge.source) == "role" for edge in edges) for id, edges in needs.items()}
    chosen = [id for id in needs if postings[id] >= least]
    chosen.sort(key=lambda id: (-postings[id], -roles[id], found[id].name, id))
    chosen = chosen[:limit]
    places = _places(view, chosen, needs)
    curated = _Curated(node for node in view.nodes("skill", where={"status": "curated"}) if isinstance(node, Skill))
    return [
        Candidate(found[id], postings[id], roles[id], _examples(places[id]), curated.near(found[id])) for id in chosen
    ]


def to_json(found: Iterable[Candidate]) -> list[dict[str, Any]]:
    """The candidates in plain values."""
    return [
        {
            "skill": {"id": one.skill.id, "name": one.skill.name, "alt_names": list(one.skill.alt_names)},
            "type": one.skill.type,
            "postings": one.postings,
            "roles": one.roles,
            "examples": [
                {
                    "text": place.text,
                    "words": place.words,
                    "start": place.start,
                    "end": place.end,
                    "document": place.origin,
                    "line": place.line,
                    "subject": place.subject,
                }
                for place in one.examples
            ],
            "nearest": [
                {"id": near.skill.id, "name": near.skill.name, "label": near.label, "score": round(near.score, 2)}
                for near in one.nearest
            ],
        }
        for one in found
    ]


def _places(view: View, chosen: list[str], needs: dict[str, list[Needs]]) -> dict[str, list[Evidence]]:
    """Places of each candidate, in the roles and departments that ask for it most."""
    places: dict[str, list[Evidence]] = defaultdict(list)
    for start in range(0, len(chosen), _AT_ONCE):
        some = chosen[start : start + _AT_ONCE]
        pairs = {
            (edge.source, id)
            for id in some
            for edge in sorted(needs[id], key=lambda edge: (-edge.postings, edge.source))[:_SUBJECTS]
        }
        for place in view.evidence(sorted({subject for subject, _ in pairs}), some, EXAMPLES):
            if (place.subject, place.skill) in pairs:
                places[place.skill].append(place)
    return places


def _examples(places: list[Evidence]) -> tuple[Evidence, ...]:
    """The first of each role and then the others, no item twice."""
    ranked: list[tuple[int, Evidence]] = []
    seen: dict[str, int] = defaultdict(int)
    for place in {place.item: place for place in reversed(places)}.values():
        ranked.append((seen[place.subject], place))
        seen[place.subject] += 1
    ranked.sort(key=lambda one: (one[0], one[1].subject, one[1].origin, one[1].line))
    return tuple(place for _, place in ranked[:EXAMPLES])


class _Curated:
    """The labels of the curated skills, folded."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._labels: dict[str, tuple[str, Skill]] = {}
        for skill in skills:
            for label in _labels(skill):
                self._labels.setdefault(fold(label), (label, skill))
        self._folds = list(self._labels)

    def near(self, candidate: Skill) -> tuple[Near, ...]:
        best: dict[str, Near] = {}
        for label in (candidate.name, *candidate.alt_names):
            folded = fold(label)
            for other, *_ in process.extract(folded, self._folds, scorer=fuzz.ratio, limit=_LIKE, score_cutoff=30):
                score = likeness(folded, other)
                spelling, skill = self._labels[other]
                if score >= LEAST and (skill.id not in best or score > best[skill.id].score):
                    best[skill.id] = Near(skill, spelling, score)
        return tuple(sorted(best.values(), key=lambda near: (-near.score, near.skill.id))[:NEAREST])


def _labels(skill: Skill) -> Iterator[str]:
    yield skill.name
    if skill.name_en:
        yield skill.name_en
    yield from skill.alt_names
    yield from skill.alt_names_en
