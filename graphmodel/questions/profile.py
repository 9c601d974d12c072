"""What one role needs, and several roles side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.nodes import Skill
from graphmodel.questions import plain
from graphmodel.questions.names import SUBJECTS, Named, resolve
from graphmodel.questions.needs import EVERYTHING, Need, Needed, Scope, by_share, profiles, weights
from graphmodel.questions.overlap import Measures, measure
from graphmodel.store import View

MOST_COMPARED = 50
"""So many roles still make a table that can be read, and 1,225 pairs."""


class SkillProfile(NamedTuple):
    """The skills of a role or department by falling share of its `postings`; none if no posting names any, which is
    "not stated".
    """

    subject: Named
    postings: int
    skills: tuple[Needed, ...]


class Row(NamedTuple):
    """A skill and how each of the subjects needs it; None where it does not."""

    skill: Skill
    needs: tuple[Need | None, ...]


class Pairwise(NamedTuple):
    """Two of the subjects, by their places in the comparison, and how much they share."""

    a: int
    b: int
    measures: Measures


class Comparison(NamedTuple):
    """Roles or departments side by side. Skills that more of them need come first, then by falling sum of shares, ties
    by id; `pairs` holds each pair once, in order.
    """

    subjects: tuple[Named, ...]
    postings: tuple[int, ...]
    rows: tuple[Row, ...]
    pairs: tuple[Pairwise, ...]


def skill_profile(view: View, role: str, scope: Scope = EVERYTHING, *, evidence: int = 3) -> SkillProfile:
    """What a role or department needs. Raises NotFound and Ambiguous."""
    skills, (found,) = profiles(view, [resolve(view, SUBJECTS, role)], scope, evidence)
    return SkillProfile(
        found.subject, found.postings, by_share(Needed(skills[id], need) for id, need in found.needs.items())
    )


def compare(view: View, roles: Sequence[str], scope: Scope = EVERYTHING, *, evidence: int = 1) -> Comparison:
    """Two to MOST_COMPARED roles or departments side by side, in the order given.

    Raises NotFound and Ambiguous, BadInput for another number of them or the same one twice.
    """
    subjects = [resolve(view, SUBJECTS, role) for role in roles]
    if not 2 <= len(subjects) <= MOST_COMPARED:
        raise BadInput(f"{len(subjects)} roles are to be compared.", f"Name from 2 to {MOST_COMPARED}.")
    twice = [one.name for place, one in enumerate(subjects) if one in subjects[:place]]
    if twice:
        raise BadInput(f"{twice[0]!r} is named twice.", "Name each role once.")
    skills, found = profiles(view, subjects, scope, evidence)
    rows = [Row(skill, tuple(one.needs.get(id) for one in found)) for id, skill in skills.items()
            if any(id in one.needs for one in found)]  # fmt: skip
    rows.sort(key=_place)
    rarity = weights(view, skills)
    pairs = [
        Pairwise(a, b, measure(found[a].needs, found[b].needs, rarity))
        for a in range(len(found))
        for b in range(a + 1, len(found))
    ]
    return Comparison(tuple(subjects), tuple(one.postings for one in found), tuple(rows), tuple(pairs))


def _place(row: Row) -> tuple[int, float, str]:
    shares = [need.share for need in row.needs if need]
    return -len(shares), -sum(shares), row.skill.id


def profile_json(profile: SkillProfile) -> dict[str, Any]:
    """`subject`, `postings`, `skills`."""
    return {
        "subject": plain.named(profile.subject),
        "postings": profile.postings,
        "skills": [plain.needed(one) for one in profile.skills],
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """`subjects` with their postings, `skills` with the `needs` of each subject in their order, `pairs`."""
    subjects = zip(comparison.subjects, comparison.postings, strict=True)
    return {
        "subjects": [{**plain.named(subject), "postings": postings} for subject, postings in subjects],
        "skills": [
            {"skill": plain.named(row.skill), "needs": [need and plain.need(need) for need in row.needs]}
            for row in comparison.rows
        ],
        "pairs": [
            {
                "a": comparison.subjects[pair.a].id,
                "b": comparison.subjects[pair.b].id,
                "measures": pair.measures._asdict(),
            }
            for pair in comparison.pairs
        ],
    }
