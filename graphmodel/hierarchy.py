"""The skill taxonomy as a structure: what is broader than what, and how much each skill says."""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from graphmodel.nodes import Skill
from graphmodel.store import View


class Hierarchy(NamedTuple):
    """The curated skills of one taxonomy.

    `broader` maps each skill to itself and all that is broader; `tops` have nothing broader. `content` is the
    intrinsic information content in [0, 1] (Seco, Veale and Hayes 2004): 1 − ln(narrower + 1) / ln(all).
    """

    skills: dict[str, Skill]
    broader: dict[str, frozenset[str]]
    tops: frozenset[str]
    content: dict[str, float]

    def meeting_points(self, skill: str) -> list[str]:
        """The skill and what is broader, but no top concept: highest information content first, ties by id."""
        return sorted(self.broader.get(skill, frozenset()) - self.tops, key=lambda id: (-self.content[id], id))

    def under(self, skills: Iterable[str]) -> dict[str, list[str]]:
        """Those of the skills that are under each skill of the taxonomy, or are it, in their order."""
        found: dict[str, list[str]] = {}
        for skill in skills:
            for above in self.broader.get(skill, ()):
                found.setdefault(above, []).append(skill)
        return found

    def similarity(self, a: str, b: str, common: str) -> float:
        """How alike two skills are, in [0, 1], by what is common to them (Lin 1998)."""
        return 2 * self.content[common] / (self.content[a] + self.content[b])


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

    narrower = dict.fromkeys(by_id, 0)
    for id in by_id:
        for above in climb(id) - {id}:
            narrower[above] += 1
    scale = log(len(by_id)) if len(by_id) > 1 else 1.0
    return Hierarchy(
        by_id,
        broader,
        frozenset(id for id, above in parents.items() if not above),
        {id: 1 - log(below + 1) / scale for id, below in narrower.items()},
    )


_KEPT = 8
_by_digest: dict[str, Hierarchy] = {}


def hierarchy(view: View) -> Hierarchy:
    """The hierarchy of a store's taxonomy, built once for each digest and kept."""
    digest = view.taxonomy()
    known = _by_digest.get(digest)
    if known is None:
        skills = [node for node in view.nodes("skill", where={"status": "curated"}) if isinstance(node, Skill)]
        known = build(skills, ((link.source, link.target) for link in view.edges("BROADER")))
        while len(_by_digest) >= _KEPT:
            _by_digest.pop(next(iter(_by_digest)), None)
        _by_digest[digest] = known
    return known
