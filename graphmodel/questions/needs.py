"""What roles and departments need: the ground that every question of skills stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from graphmodel.cache import held_projection, projection
from graphmodel.errors import BadInput
from graphmodel.hierarchy import hierarchy
from graphmodel.nodes import Posting, Skill
from graphmodel.questions import within
from graphmodel.questions.names import Named
from graphmodel.questions.within import ANYWHERE, Within
from graphmodel.relations import FactMention, Necessity, Needs
from graphmodel.store import Evidence, View

if TYPE_CHECKING:
    from graphmodel.projection import Projection


class Scope(NamedTuple):
    """What a question counts.

    `min_share` in [0, 1] leaves out skills that fewer than that share of a subject's postings ask for, `candidates`
    takes in phrases that the taxonomy lacks, `within` leaves out postings.
    """

    min_share: float = 0.0
    candidates: bool = False
    within: Within = ANYWHERE


EVERYTHING = Scope()
"""All that the taxonomy knows, in all postings."""


class Need(NamedTuple):
    """How one role or department needs a skill: what NEEDS counts, and the first places that say so."""

    postings: int
    share: float
    items: int
    necessity: Necessity
    evidence: tuple[Evidence, ...] = ()


class Needed(NamedTuple):
    """A skill, and how it is needed."""

    skill: Skill
    need: Need


class Profile(NamedTuple):
    """What a role or department needs: by skill id, in that order, in so many counted postings."""

    subject: Named
    postings: int
    needs: dict[str, Need]


def profiles(
    view: View,
    subjects: Sequence[Named],
    scope: Scope = EVERYTHING,
    evidence: int = 0,
    only: Collection[str] | None = None,
) -> tuple[dict[str, Skill], list[Profile]]:
    """The skills by id, and the profile of each subject; `evidence` is the most places given for each skill, `only`
    leaves out other skills.

    A subject twice gets its profile twice. Raises NotFound for a place of `scope.within` that nothing is said of,
    BadInput for a least share outside of [0, 1] and fewer than no places.
    """
    _check(scope)
    if evidence < 0:
        raise BadInput(f"The most places are {evidence}.", "Give 0 or more.")
    ids = sorted({subject.id for subject in subjects})
    said = None if scope.within == ANYWHERE else within.said(within.choose(view, scope.within, ids))
    edges = _edges(view, ids) if said is None else within.needs(said)
    asked = [edge for edge in edges if edge.share >= scope.min_share and (only is None or edge.target in only)]
    skills = skills_of(view, {edge.target for edge in asked})
    if not scope.candidates:
        asked = [edge for edge in asked if skills[edge.target].status != "candidate"]
    places: dict[tuple[str, str], list[Evidence]] = {}
    if evidence and asked:
        targets = {edge.target for edge in asked}
        found = (
            view.evidence(ids, None if len(asked) == len(edges) else targets, evidence)
            if said is None
            else within.evidence(said, targets, evidence)
        )
        for place in found:
            places.setdefault((place.subject, place.skill), []).append(place)
    needs: dict[str, dict[str, Need]] = {id: {} for id in ids}
    for edge in asked:
        needs[edge.source][edge.target] = Need(
            edge.postings, edge.share, edge.items, edge.necessity, tuple(places.get((edge.source, edge.target), ()))
        )
    postings = {edge.source: round(edge.postings / edge.share) for edge in edges}
    for id in ids:
        if id not in postings:  # it asks for nothing
            postings[id] = _postings(view, id) if said is None else said.chosen.postings_of(id)
    return skills, [Profile(subject, postings[subject.id], needs[subject.id]) for subject in subjects]


def matrix(view: View, scope: Scope = EVERYTHING) -> Projection:
    """What all subjects need, in the scope. `roles` counts the described roles in it; the weights of skills are those
    of the whole store (see weights). Raises as profiles.
    """
    _check(scope)
    if scope.within == ANYWHERE:
        return projection(view).restricted(scope.min_share, scope.candidates)
    from dataclasses import replace

    import numpy as np

    from graphmodel.projection import build

    chosen = within.choose(view, scope.within)
    edges = within.needs(within.said(chosen))
    candidates = [node.id for node in skills_of(view, {edge.target for edge in edges}).values()
                  if node.status == "candidate"]  # fmt: skip
    part = build(edges, candidates, chosen.roles())
    rarity = weights(view, part.skills)
    part = replace(part, weights=np.array([rarity[id] for id in part.skills], dtype=np.float64))
    return part.restricted(scope.min_share, scope.candidates)


def _check(scope: Scope) -> None:
    if not 0 <= scope.min_share <= 1:
        raise BadInput(f"The least share is {scope.min_share}.", "Give one from 0 to 1.")


def check_number(k: int) -> None:
    """Raises BadInput where fewer than one answer is asked for."""
    if k < 1:
        raise BadInput(f"The number of answers is {k}.", "Ask for one at least.")


def skills_of(view: View, ids: Collection[str]) -> dict[str, Skill]:
    """The skills of these ids, by id."""
    known = hierarchy(view)
    found = {id: known.skills[id] for id in ids if id in known.skills}
    others = [id for id in ids if id not in found]
    if others:
        found.update({node.id: node for node in view.nodes("skill", others) if isinstance(node, Skill)})
    return found


def weights(view: View, skills: Collection[str]) -> dict[str, float]:
    """The inverse role frequency of each skill: ln((1 + N) / (1 + n)) + 1, N being the described roles and n those
    of them that need the skill, so that what every role asks for does not make all roles look alike.

    Always of the whole store: how rare a skill is does not hang on the part of it that is asked about.
    """
    held = held_projection(view)
    if held is not None:
        return {id: held.weight(id) for id in skills}
    roles, counts = view.count("role", {"described": True}), view.role_counts(skills)
    return {id: log((1 + roles) / (1 + counts.get(id, 0))) + 1 for id in skills}


class _Asked(Protocol):
    @property
    def skill(self) -> Skill: ...
    @property
    def need(self) -> Need: ...


A = TypeVar("A", bound=_Asked)


def by_share(needed: Iterable[A]) -> tuple[A, ...]:
    """What has a skill and a need of it, by falling share of the postings that ask for it, ties by id."""
    return tuple(sorted(needed, key=lambda one: (-one.need.share, one.skill.id)))


def _edges(view: View, ids: Sequence[str]) -> list[Needs]:
    held = held_projection(view)
    if held is None:
        return [edge for edge in view.edges("NEEDS", ids) if isinstance(edge, Needs)]
    rows = [row for id in ids if (row := held.row_of(id)) is not None]
    return [edge for row in rows for edge in held.needs(row)]


def _postings(view: View, id: str) -> int:
    """The counted postings of a subject."""
    described = [edge.posting for edge in view.edges("DESCRIBES", targets=[id]) if isinstance(edge, FactMention)]
    return sum(isinstance(node, Posting) and node.repeats is None for node in view.nodes("posting", described))
