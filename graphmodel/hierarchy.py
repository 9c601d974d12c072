"""The skill taxonomy as a structure: what is broader than what, and how much each skill says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log
from typing import NamedTuple

from graphmodel.kept import Kept
from graphmodel.nodes import Skill
from graphmodel.store import View


class Hierarchy(NamedTuple):
    """The curated skills of one taxonomy.

    `broader` maps each skill to itself and all that is broader, highest information content first; `narrower` to
    itself and all that is narrower, lowest first (ties by id). `tops` have nothing broader. `content` is the intrinsic
    information content in [0, 1] (Seco, Veale and Hayes 2004): 1 − ln(narrower + 1) / ln(all).
    """

    skills: dict[str, Skill]
    broader: dict[str, tuple[str, ...]]
    narrower: dict[str, tuple[str, ...]]
    tops: frozenset[str]
    content: dict[str, float]

    def similarity(self, a: str, b: str, common: str) -> float:
        """How alike two skills are, in [0, 1], by what is common to them (Lin 1998)."""
        return 2 * self.content[common] / (self.content[a] + self.content[b])

    def meetings(self, others: Iterable[str]) -> dict[str, str]:
        """Where one may meet the others: each skill that is broader than one of them or one itself, never a top
        concept, and the one of them that is most similar to it: the one of lowest content, ties by id.
        """
        found: dict[str, str] = {}
        for other in sorted(others, key=lambda id: (self.content.get(id, 0.0), id)):
            for common in self.broader.get(other, ()):
                if common not in self.tops:
                    found.setdefault(common, other)
        return found

    def best_partner(self, skill: str, meetings: Mapping[str, str]) -> tuple[str, str] | None:
        """The skill in which this one best meets one of the others (see meetings), and that other one; None if it meets
        none. Best is the common broader-or-self skill of highest information content, ties by id.
        """
        for common in self.broader.get(skill, ()):
            other = meetings.get(common)
            if other is not None:
                return common, other
        return None


def build(skills: Iterable[Skill], links: Iterable[tuple[str, str]]) -> Hierarchy:
    """The hierarchy of (skill, broader skill) links. Links must make no cycle, as the taxonomy's reader sees to."""
    by_id = {skill.id: skill for skill in skills}
    parents: dict[str, list[str]] = {id: [] for id in by_id}
    for narrow, broad in links:
        parents[narrow].append(broad)
    broader: dict[str, frozenset[str]] = {}

    def climb(id: str) -> frozenset[str]:
        if id not in broader:
            broader[id] = frozenset((id,)).union(*map(climb, parents[id]))
        return broader[id]

    narrower: dict[str, set[str]] = {id: set() for id in by_id}
    for id in by_id:
        for above in climb(id):
            narrower[above].add(id)
    scale = log(len(by_id)) if len(by_id) > 1 else 1.0
    content = {id: 1 - log(len(below)) / scale for id, below in narrower.items()}
    return Hierarchy(
        by_id,
        {id: tuple(sorted(above, key=lambda one: (-content[one], one))) for id, above in broader.items()},
        {id: tuple(sorted(below, key=lambda one: (content[one], one))) for id, below in narrower.items()},
        frozenset(id for id, above in parents.items() if not above),
        content,
    )


_by_digest: Kept[str, Hierarchy] = Kept(8)


def hierarchy(view: View) -> Hierarchy:
    """The hierarchy of a store's taxonomy, built once for each digest and kept."""
    digest = view.taxonomy()
    known = _by_digest.peek(digest)
    if known is None:
        skills = [node for node in view.nodes("skill", where={"status": "curated"}) if isinstance(node, Skill)]
        known = build(skills, ((link.source, link.target) for link in view.edges("BROADER")))
        if digest and view.taxonomy() == digest:  # without one, stores differ; and it may be put while it is read
            _by_digest.put(digest, known)
    return known
