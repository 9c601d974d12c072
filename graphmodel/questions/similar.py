"""Which roles are like one role, or like what a person can do; which need a skill; which skills many need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from graphmodel.errors import BadInput
from graphmodel.hierarchy import hierarchy
from graphmodel.nodes import Skill, SkillType
from graphmodel.questions import plain
from graphmodel.questions.cheapest import DIGITS
from graphmodel.questions.names import SUBJECTS, Named, named_of, resolve
from graphmodel.questions.needs import (
    EVERYTHING,
    Needed,
    Scope,
    by_share,
    check_number,
    matrix,
    profiles,
    skills_of,
    weights,
)
from graphmodel.questions.own import Own, own_skills
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Floats, Projection

Measure = Literal["cosine", "jaccard", "weighted-jaccard", "coverage"]
"""How alike the skills A and B of two roles are, in [0, 1]; w is the inverse role frequency of a skill (needs.weights).

cosine: Σ w² over A∩B / (√Σ w² over A · √Σ w² over B) (Salton and McGill 1983); jaccard: |A∩B| / |A∪B| (Jaccard 1901);
weighted-jaccard: Σ w over A∩B / Σ w over A∪B; coverage: Σ w over A∩B / Σ w over B, what of B is had already.
"""

MEASURES: tuple[Measure, ...] = get_args(Measure)
SHOWN = 10
"""The most shared skills named beside a similar role."""


class Similar(NamedTuple):
    """A role, how alike it is, how many skills both need, and the rarest of these (SHOWN at most)."""

    role: Named
    score: float
    in_common: int
    shared: tuple[Skill, ...]


class Alike(NamedTuple):
    """The roles most like a role or department; the most alike first, ties by id."""

    subject: Named
    measure: Measure
    roles: tuple[Similar, ...]


class Matches(NamedTuple):
    """The roles most like what a person can do; `own` says how their words were understood."""

    own: Own
    measure: Measure
    roles: tuple[Similar, ...]


class Requiring(NamedTuple):
    """A role, and which of the skills asked for it needs, by falling share."""

    role: Named
    needs: tuple[Needed, ...]


class RolesRequiring(NamedTuple):
    """How many roles need a skill, and the first of them: by falling greatest share, ties by id."""

    skill: Skill
    count_of_roles: int
    roles: tuple[Requiring, ...]


class Hub(NamedTuple):
    """A skill, and how many roles need it (or one of the skills below it, where they are rolled up); `share` is that
    over all described roles, in [0, 1].
    """

    skill: Skill
    roles: int
    share: float


def similar_roles(view: View, role: str, k: int = 10, measure: Measure = "cosine", scope: Scope = EVERYTHING) -> Alike:
    """The k roles most like a role or department; those that share no skill are left out.

    Raises NotFound and Ambiguous, and BadInput for a `k` below 1 or an unknown measure.
    """
    _check(k, measure)
    subject = resolve(view, SUBJECTS, role)
    table = matrix(view, scope)
    row = table.row_of(subject.id)
    columns = [] if row is None else table.columns(row).tolist()
    return Alike(subject, measure, _most_alike(view, table, columns, k, measure, row))


def match_roles(
    view: View,
    skills: Iterable[str],
    k: int = 10,
    measure: Measure = "cosine",
    scope: Scope = EVERYTHING,
    read: Callable[[str], Iterable[str]] | None = None,
) -> Matches:
    """The k roles most like one's own skills, in one's own words (own.own_skills). Raises BadInput as similar_roles."""
    _check(k, measure)
    own = own_skills(view, skills, read)
    table = matrix(view, scope)
    had = [skill.id for skill in own.skills if scope.candidates or skill.status != "candidate"]
    columns = table.columns_of(had)
    beyond = weights(view, set(had) - {table.skills[column] for column in columns})
    return Matches(own, measure, _most_alike(view, table, columns, k, measure, beyond=beyond.values()))


def roles_requiring(
    view: View, skill: str, *, narrower: bool = True, k: int = 100, scope: Scope = EVERYTHING, evidence: int = 1
) -> RolesRequiring:
    """The first k roles that need a skill, with the places that say so. `narrower` takes in the skills below it.

    Raises NotFound and Ambiguous, BadInput for a `k` below 1.
    """
    import numpy as np

    _check(k)
    asked = resolve(view, ("skill",), skill)
    assert isinstance(asked, Skill)
    known = hierarchy(view)
    ids = known.narrower.get(asked.id, (asked.id,)) if narrower else (asked.id,)
    counted = scope._replace(candidates=scope.candidates or asked.status == "candidate")
    table = matrix(view, counted)
    rows, shares = table.greatest_shares(table.columns_of(ids))
    rows, shares = rows[rows >= table.departments], shares[rows >= table.departments]
    chosen = rows[np.lexsort((rows, -shares))][:k].tolist()
    roles = _in_order(view, [table.id_of(row) for row in chosen])
    skills, found = profiles(view, roles, counted, evidence, only=set(ids))
    return RolesRequiring(asked, len(rows), tuple(
        Requiring(profile.subject, by_share(Needed(skills[id], need) for id, need in profile.needs.items()))
        for profile in found
    ))  # fmt: skip


def hub_skills(
    view: View, k: int = 20, type: SkillType | None = None, *, rollup: bool = False, scope: Scope = EVERYTHING
) -> tuple[Hub, ...]:
    """The k skills that most roles need, ties by id; `type` leaves out skills of other types.

    `rollup` counts a role for all that is broader than what it needs, too; the top concepts are then left out.
    Raises BadInput for a `k` below 1.
    """
    _check(k)
    table, known = matrix(view, scope), hierarchy(view)
    members = {id: [column] for column, id in enumerate(table.skills)}
    if rollup:
        members = {}
        for column, id in enumerate(table.skills):
            for above in known.broader.get(id, (id,)):
                if above not in known.tops:
                    members.setdefault(above, []).append(column)
    counts = {id: table.count_roles(columns) for id, columns in members.items()}
    skills = skills_of(view, [id for id, count in counts.items() if count])
    chosen = sorted((id for id in skills if type in (None, skills[id].type)), key=lambda id: (-counts[id], id))[:k]
    return tuple(Hub(skills[id], counts[id], counts[id] / table.roles) for id in chosen)


def scores(table: Projection, columns: Sequence[int], measure: Measure, beyond: Iterable[float] = ()) -> Floats:
    """(R,) how alike each row is to a set of columns; 0 where there is nothing to divide by.

    `beyond` are the weights of what belongs to the set and has no column: skills that nothing needs.
    """
    import numpy as np

    weights = {column: float(table.weights[column]) for column in columns}
    every = [*weights.values(), *sorted(beyond)]
    if measure == "cosine":
        both = table.sums({column: weight**2 for column, weight in weights.items()})
        whole = table.lengths * sum(weight**2 for weight in every) ** 0.5
    elif measure == "jaccard":
        both = table.sums(dict.fromkeys(weights, 1.0))
        whole = np.diff(table.first) + len(every) - both
    elif measure == "weighted-jaccard":
        both = table.sums(weights)
        whole = table.masses + sum(every) - both
    else:
        both, whole = table.sums(weights), table.masses
    found: Floats = np.divide(both, whole, out=np.zeros(len(both)), where=both > 0)
    return np.round(found, DIGITS)


def best(values: Floats, k: int) -> list[int]:
    """The places of the k greatest positive values, greatest first, ties by place."""
    import numpy as np

    places = np.flatnonzero(values > 0)
    if len(places) > k:
        least = np.partition(values[places], len(places) - k)[len(places) - k]
        places = places[values[places] >= least]
    order = np.lexsort((places, -values[places]))
    return [int(place) for place in places[order][:k]]


def _most_alike(
    view: View,
    table: Projection,
    columns: Sequence[int],
    k: int,
    measure: Measure,
    itself: int | None = None,
    beyond: Iterable[float] = (),
) -> tuple[Similar, ...]:
    found = scores(table, columns, measure, beyond)
    found[: table.departments] = 0
    if itself is not None:
        found[itself] = 0
    rows = best(found, k)
    wanted = set(columns)
    both = [sorted(wanted.intersection(table.columns(row).tolist()), key=lambda one: (-table.weights[one], one))
            for row in rows]  # fmt: skip
    skills = skills_of(view, {table.skills[column] for shared in both for column in shared[:SHOWN]})
    return tuple(
        Similar(role, float(found[row]), len(shared), tuple(skills[table.skills[column]] for column in shared[:SHOWN]))
        for role, row, shared in zip(_in_order(view, [table.id_of(row) for row in rows]), rows, both, strict=True)
    )


def _in_order(view: View, ids: Sequence[str]) -> list[Named]:
    found = named_of(view, ids)
    return [found[id] for id in ids]


def _check(k: int, measure: str = "cosine") -> None:
    check_number(k)
    if measure not in MEASURES:
        raise BadInput(f"There is no measure {measure!r}.", "Known are: " + ", ".join(MEASURES) + ".")


def alike_json(answer: Alike) -> dict[str, Any]:
    """`subject`, `measure`, `roles`."""
    return {
        "subject": plain.named(answer.subject),
        "measure": answer.measure,
        "roles": [_similar_json(one) for one in answer.roles],
    }


def matches_json(answer: Matches) -> dict[str, Any]:
    """`own`, `unresolved`, `measure`, `roles`."""
    return {
        **plain.own(answer.own),
        "measure": answer.measure,
        "roles": [_similar_json(one) for one in answer.roles],
    }


def requiring_json(answer: RolesRequiring) -> dict[str, Any]:
    """`skill`, `count`, `roles` with the skills that they need."""
    return {
        "skill": plain.named(answer.skill),
        "count": answer.count_of_roles,
        "roles": [
            {"role": plain.named(one.role), "needs": [plain.needed(need) for need in one.needs]} for one in answer.roles
        ],
    }


def hubs_json(hubs: Iterable[Hub]) -> list[dict[str, Any]]:
    """`skill`, `roles`, `share`."""
    return [{"skill": plain.named(hub.skill), "roles": hub.roles, "share": hub.share} for hub in hubs]


def _similar_json(one: Similar) -> dict[str, Any]:
    return {
        "role": plain.named(one.role),
        "score": one.score,
        "in_common": one.in_common,
        "shared": [plain.named(skill) for skill in one.shared],
    }
