"""How much there is, and how it is spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from graphmodel.identity import KINDS
from graphmodel.nodes import Department, Posting
from graphmodel.questions.needs import EVERYTHING, Scope, matrix
from graphmodel.relations import RELATIONS, FactMention
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection


class Degrees(NamedTuple):
    """Of the nodes that one end of a relation may have, how many have any such edge; and the mean and the greatest
    number of other ends, over those.
    """

    nodes: int
    mean: float
    most: int


class Stats(NamedTuple):
    """`nodes` by kind; `edges` by relation (distinct ends); `degrees` of NEEDS: skills of a role, roles of a skill.

    `silent_roles` are described and have no requirement, `lone_skills` are needed by one role only, `apart` counts the
    pairs of roles with skills that share none.
    """

    nodes: dict[str, int]
    edges: dict[str, int]
    skills_of_roles: Degrees
    roles_of_skills: Degrees
    silent_roles: int
    lone_skills: int
    apart: int


class Facet(NamedTuple):
    """A value and how many postings have it."""

    value: str
    postings: int


class Facets(NamedTuple):
    """By what postings may be chosen: the most frequent values first, ties by value."""

    organizations: tuple[Facet, ...]
    departments: tuple[Facet, ...]
    kinds: tuple[Facet, ...]


def stats(view: View, scope: Scope = EVERYTHING) -> Stats:
    """What the store holds, and how roles and skills are spread over each other."""
    import numpy as np

    table = matrix(view, scope)
    lengths = np.diff(table.first)[table.departments :]
    roles = np.array([int((table.rows(column) >= table.departments).sum()) for column in range(len(table.skills))])
    described = {node.id for node in view.nodes("role", where={"described": True})}
    required = {edge.source for edge in view.edges("HAS_REQUIREMENT")}
    return Stats(
        {kind: view.count(kind) for kind in KINDS},
        {relation: view.count(relation) for relation in RELATIONS},
        _degrees(lengths.tolist()),
        _degrees(roles.tolist()),
        len(described - required),
        int((roles == 1).sum()),
        _apart(table),
    )


def facets(view: View, most: int = 50) -> Facets:
    """How the counted postings are spread over organizations, departments and kinds; `most` values of each."""
    postings = {node.id: node for node in view.nodes("posting", where={"repeats": None}) if isinstance(node, Posting)}
    belongs = {(edge.posting, edge.target) for edge in view.edges("BELONGS_TO")
               if isinstance(edge, FactMention) and edge.posting in postings}  # fmt: skip
    names = {node.id: node.name for node in view.nodes("department", {target for _, target in belongs})
             if isinstance(node, Department)}  # fmt: skip
    return Facets(
        _most((posting.organization for posting in postings.values() if posting.organization), most),
        _most((names[target] for _, target in belongs), most),
        _most((posting.kind for posting in postings.values()), most),
    )


def _degrees(counts: list[int]) -> Degrees:
    some = [count for count in counts if count]
    return Degrees(len(some), sum(some) / len(some) if some else 0.0, max(some, default=0))


def _apart(table: Projection) -> int:
    """The pairs of roles, each with a skill, that share none: all pairs but those that meet in the product of the
    matrix with itself.
    """
    import numpy as np
    from scipy.sparse import csr_array

    roles = len(table.keys) - table.departments
    first = table.first[table.departments :] - table.first[table.departments]
    columns = table.skills_of[table.first[table.departments] :]
    filled = int((np.diff(first) > 0).sum())
    ones = csr_array((np.ones(len(columns), dtype=np.int32), columns, first), shape=(roles, len(table.skills)))
    meeting = 0
    for start in range(0, roles, _ROWS_AT_ONCE):
        meeting += (ones[start : start + _ROWS_AT_ONCE] @ ones.T).nnz
    return (filled * (filled - 1) - (meeting - filled)) // 2


_ROWS_AT_ONCE = 500


def _most(values: Iterable[str], most: int) -> tuple[Facet, ...]:
    counts = Counter(values)
    return tuple(Facet(value, counts[value]) for value in sorted(counts, key=lambda one: (-counts[one], one))[:most])


def stats_json(answer: Stats) -> dict[str, Any]:
    """The fields of Stats."""
    degrees = {
        "skills_of_roles": answer.skills_of_roles._asdict(),
        "roles_of_skills": answer.roles_of_skills._asdict(),
    }
    return answer._asdict() | degrees


def facets_json(answer: Facets) -> dict[str, Any]:
    """`organizations`, `departments`, `kinds`: each value with its postings."""
    return {name: [facet._asdict() for facet in some] for name, some in answer._asdict().items()}
