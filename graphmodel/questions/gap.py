"""What is missing to move from one role, or from one's own skills, to another role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from graphmodel.hierarchy import Hierarchy, hierarchy
from graphmodel.nodes import Department, Skill
from graphmodel.questions import plain
from graphmodel.questions.conditions import Held, Judged, combined, conditions, judge, judged_json
from graphmodel.questions.names import SUBJECTS, Named, resolve
from graphmodel.questions.needs import EVERYTHING, Need, Needed, Scope, by_share, profiles, weights
from graphmodel.questions.overlap import measure
from graphmodel.questions.own import Own, own_skills
from graphmodel.relations import Applied
from graphmodel.store import View


class Had(NamedTuple):
    """A skill that the target needs and that is there; `own` is how the role of departure needs it, if there is one."""

    skill: Skill
    need: Need
    own: Need | None


class Partly(NamedTuple):
    """A skill that the target needs and that is there in part: through `via`, with which it has `common` in common
    (a broader skill, or one of the two). `similarity` is Lin's (1998), in (0, 1).
    """

    skill: Skill
    need: Need
    via: Skill
    common: Skill
    similarity: float


class Place(NamedTuple):
    """A department in which a skill is applied; `statements` counts the duties that say so."""

    department: Department
    statements: int


class Lack(NamedTuple):
    """A skill that the target needs and that is not there; how many described roles need it, and where it is applied,
    most statements first, both in the whole store.
    """

    skill: Skill
    need: Need
    roles: int
    departments: tuple[Place, ...]


class Gap(NamedTuple):
    """The answer. Either `start` is the role of departure, or `own` says how a person's words were understood.

    `has` and `partly` come by falling share of the target's postings; `lacks` in learning order (see skill_gap).
    `coverage` is the share of the target's skills that is had, weighted by inverse role frequency, in [0, 1]; None if
    the target needs none: `postings` of it were read, and name no skill, which is "not stated" and not "nothing".
    `known` is how many skills the start has; if there are none, what is lacking is not known either.
    """

    start: Named | None
    own: Own | None
    target: Named
    postings: int
    known: int
    has: tuple[Had, ...]
    partly: tuple[Partly, ...]
    lacks: tuple[Lack, ...]
    coverage: float | None
    conditions: tuple[Judged, ...]


def skill_gap(
    view: View,
    start: str | Iterable[str],
    target: str,
    scope: Scope = EVERYTHING,
    *,
    held: Held | None = None,
    read: Callable[[str], Iterable[str]] | None = None,
    evidence: int = 3,
) -> Gap:
    """The skills of the target sorted into had, partly had and lacking.

    `start` is a role or department, or a list of one's own skills in one's own words (own.own_skills, with `read`).
    `held` is what else a person has; where it is silent, the least that the role of departure requires is taken to be
    had (Conditions.least).
    A skill is partly had if the best of the start's skills meets it (Hierarchy.best_partner) with Lin similarity of
    at least PARTLY. Learning order: required before preferred; what is broader before what is narrower; then what
    most postings of the target ask for, then what most roles need; ties by id.
    Raises NotFound and Ambiguous.
    """
    known = hierarchy(view)
    goal = resolve(view, SUBJECTS, target)
    role, own, mine = None, None, dict[str, Need | None]()
    if isinstance(start, str):
        role = resolve(view, SUBJECTS, start)
        skills, (before, after) = profiles(view, [role, goal], scope, evidence)
        mine = dict(before.needs)
    else:
        own = own_skills(view, start, read)
        skills, (after,) = profiles(view, [goal], scope, evidence)
        mine = {skill.id: None for skill in own.skills}
        skills |= {skill.id: skill for skill in own.skills}
    has = held or Held()
    if role:
        has = combined(has, conditions(view, role, scope.within).least)
    lacking, partly, meetings = [], [], known.meetings(mine)
    for id, need in after.needs.items():
        if id not in mine:
            part = _part(known, skills, id, need, meetings)
            if part:
                partly.append(part)
            else:
                lacking.append(Needed(skills[id], need))
    return Gap(
        role,
        own,
        goal,
        after.postings,
        len(mine),
        by_share(Had(skills[id], need, mine[id]) for id, need in after.needs.items() if id in mine),
        by_share(partly),
        _lacks(view, known, lacking),
        measure(mine, after.needs, weights(view, {*mine, *after.needs})).weighted_coverage_b,
        judge(conditions(view, goal, scope.within, evidence), has),
    )


PARTLY = 0.7
"""The least similarity by which one skill stands for a part of another."""


def _part(
    known: Hierarchy, skills: Mapping[str, Skill], id: str, need: Need, meetings: Mapping[str, str]
) -> Partly | None:
    best = known.best_partner(id, meetings)
    if best is None:
        return None
    common, via = best
    similarity = known.similarity(id, via, common)
    return Partly(skills[id], need, skills[via], known.skills[common], similarity) if similarity >= PARTLY else None


def _lacks(view: View, known: Hierarchy, lacking: Sequence[Needed]) -> tuple[Lack, ...]:
    ids = [one.skill.id for one in lacking]
    roles = view.role_counts(ids)
    applied: dict[str, list[Applied]] = {}
    for edge in view.edges("APPLIED_IN", ids) if ids else ():
        if isinstance(edge, Applied):
            applied.setdefault(edge.source, []).append(edge)
    places = view.nodes("department", {edge.target for edges in applied.values() for edge in edges})
    departments = {node.id: node for node in places if isinstance(node, Department)}

    def lack(one: Needed) -> Lack:
        places = [Place(departments[edge.target], edge.own + edge.involved) for edge in applied.get(one.skill.id, ())]
        places.sort(key=lambda place: (-place.statements, place.department.id))
        return Lack(one.skill, one.need, roles.get(one.skill.id, 0), tuple(places))

    return tuple(_learning_order(known, [lack(one) for one in lacking]))


def _learning_order(known: Hierarchy, lacks: Iterable[Lack]) -> Iterable[Lack]:
    left = {one.skill.id: one for one in sorted(
        lacks, key=lambda one: (one.need.necessity != "required", -one.need.share, -one.roles, one.skill.id)
    )}  # fmt: skip
    while left:
        first = next(iter(left))
        above = [id for id in known.broader.get(first, ()) if id in left and id != first]
        same = [id for id in above if left[id].need.necessity == left[first].need.necessity]
        yield left.pop(same[-1] if same else first)  # the last is the broadest


def to_json(gap: Gap) -> dict[str, Any]:
    """`start`, `own`, `unresolved`, `target`, `postings`, `known`, `has`, `partly`, `lacks`, `coverage`,
    `conditions`.
    """
    return {
        "start": plain.named(gap.start) if gap.start else None,
        **(plain.own(gap.own) if gap.own else {"own": None, "unresolved": []}),
        "target": plain.named(gap.target),
        "postings": gap.postings,
        "known": gap.known,
        "has": [
            {"skill": plain.named(one.skill), **plain.need(one.need), "own": plain.need(one.own) if one.own else None}
            for one in gap.has
        ],
        "partly": [
            {
                "skill": plain.named(one.skill),
                **plain.need(one.need),
                "via": plain.named(one.via),
                "common": plain.named(one.common),
                "similarity": one.similarity,
            }
            for one in gap.partly
        ],
        "lacks": [
            {
                "skill": plain.named(one.skill),
                **plain.need(one.need),
                "roles": one.roles,
                "departments": [
                    {**plain.named(place.department), "statements": place.statements} for place in one.departments
                ],
            }
            for one in gap.lacks
        ],
        "coverage": gap.coverage,
        "conditions": [judged_json(one) for one in gap.conditions],
    }
