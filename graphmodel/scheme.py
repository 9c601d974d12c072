"""What a skill scheme must hold before a store takes it, and the aliases that are in force with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graphmodel.errors import BadTaxonomy
from graphmodel.graph import SkillScheme
from graphmodel.nodes import Skill
from graphmodel.store import View

_CANDIDATE = re.compile("skill:[0-9a-f]{16}")


def is_candidate(id: str) -> bool:
    """Whether an id is that of a candidate, made from its label."""
    return _CANDIDATE.fullmatch(id) is not None


def check_scheme(scheme: SkillScheme) -> None:
    """Raise BadTaxonomy for a link or an alias that leads to no skill of the scheme."""
    skills = {skill.id for skill in scheme.skills}
    for relation, pairs in (("BROADER", scheme.broader), ("RELATED", scheme.related)):
        for pair in pairs:
            for end in pair:
                if end not in skills:
                    raise BadTaxonomy(f"{relation} {pair[0]} {pair[1]}: {end} is not a skill.", "Name skills only.")
    renamed = dict(scheme.aliases)
    for old, new in scheme.aliases:
        if new not in skills and new not in renamed:
            raise BadTaxonomy(f"The alias {old} leads to {new}, which is not a skill.", "Let it lead to a skill.")


def aliases_in_force(stored: Mapping[str, str], scheme: SkillScheme) -> dict[str, str]:
    """All aliases ever, each to its last target, sorted.

    No alias any more is an id that the scheme takes up again, nor that of a candidate whose skill left the taxonomy:
    the next document that is read may speak of the candidate again.

    >>> scheme = SkillScheme("", (), (), aliases=(("skill:b", "skill:c"),))
    >>> aliases_in_force({"skill:a": "skill:b", "skill:0123456789abcdef": "skill:gone"}, scheme)
    {'skill:a': 'skill:c', 'skill:b': 'skill:c'}
    """
    skills = {skill.id for skill in scheme.skills}
    steps = {old: new for old, new in {**stored, **dict(scheme.aliases)}.items() if old not in skills}
    ends: dict[str, str] = {}
    for old in sorted(steps):
        seen = [old]
        while seen[-1] in steps and len(seen) <= len(steps):
            seen.append(steps[seen[-1]])
        if seen[-1] in skills or not is_candidate(old):
            ends[old] = seen[-1]
    return ends


def scheme_in(view: View) -> SkillScheme:
    """The scheme of a store, as View.scheme gives it; an empty one before the first set_taxonomy."""
    digest = view.taxonomy()
    if not digest:
        return SkillScheme("", (), ())
    skills = tuple(node for node in view.nodes("skill", where={"status": "curated"}) if isinstance(node, Skill))
    known = {skill.id for skill in skills}
    broader, related = (
        tuple((link.source, link.target) for link in view.edges(relation)) for relation in ("BROADER", "RELATED")
    )
    aliases = tuple((old, new) for old, new in sorted(view.aliases().items()) if new in known)
    return SkillScheme(digest, skills, broader, related, aliases)
