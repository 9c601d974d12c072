"""How much there is, and how it is spread."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from graphmodel.graph import choose_name
from graphmodel.identity import KINDS, fold
from graphmodel.nodes import Department, Posting
from graphmodel.questions.needs import EVERYTHING, Scope, matrix
from graphmodel.questions.within import ANYWHERE, Within, choose
from graphmodel.relations import RELATIONS, FactMention
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection


MOST_PAIRED = 100_000
"""Roles of which each is held against all others: the time grows with their square, and comes to seconds here."""


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
    pairs of roles with skills that share none; None where there are more than MOST_PAIRED roles. `revision` is that of
    the store, from which a part of it can be exported later.
    """

    nodes: dict[str, int]
    edges: dict[str, int]
    skills_of_roles: Degrees
    roles_of_skills: Degrees
    silent_roles: int
    lone_skills: int
    apart: int | None
    revision: int


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
    """What the store holds, and in the scope, how roles and skills are spread over each other."""
    import numpy as np

    table = matrix(view, scope)
    lengths = np.diff(table.first)[table.departments :]
    roles = np.array([table.count_roles([column]) for column in range(len(table.skills))])
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
        view.revision(),
    )


def facets(view: View, most: int = 50, scope_within: Within = ANYWHERE) -> Facets:
    """How the counted postings are spread over organizations, departments and kinds; `most` values of each.

    A posting is of a department if it describes it or says that its role belongs to it, and of an organization in any
    spelling of the name (the most frequent is shown): as many as the same value in `within` would leave.
    """
    ids = None if scope_within == ANYWHERE else choose(view, scope_within).counted
    nodes = view.nodes("posting", ids, None if ids is not None else {"repeats": None})
    postings = [node for node in nodes if isinstance(node, Posting)]
    counted = {posting.id for posting in postings}
    described = [posting.id for posting in postings if posting.kind == "department"]
    of = {(edge.posting, edge.target) for edge in (*view.edges("BELONGS_TO"), *view.edges("DESCRIBES", described))
          if isinstance(edge, FactMention) and edge.posting in counted}  # fmt: skip
    names = {node.id: node.name for node in view.nodes("department", {target for _, target in of})
             if isinstance(node, Department)}  # fmt: skip
    spellings: dict[str, Counter[str]] = {}
    for posting in postings:
        if posting.organization:
            spellings.setdefault(fold(posting.organization), Counter())[posting.organization] += 1
    return Facets(
        _most(Counter({choose_name(votes)[0]: votes.total() for votes in spellings.values()}), most),
        _most(Counter(names[target] for _, target in of), most),
        _most(Counter(posting.kind for posting in postings), most),
    )


def _degrees(counts: list[int]) -> Degrees:
    some = [count for count in counts if count]
    return Degrees(len(some), sum(some) / len(some) if some else 0.0, max(some, default=0))


def _apart(table: Projection) -> int | None:
    """The pairs of roles, each with a skill, that share none: from each role, those that none of its skills reaches."""
    import numpy as np

    roles = len(table.keys) - table.departments
    if roles > MOST_PAIRED:
        return None
    of = [table.rows(column)[table.rows(column) >= table.departments] - table.departments
          for column in range(len(table.skills))]  # fmt: skip
    bits = {}  # what many roles need is gone through bit by bit, and not role by role
    for column, rows in enumerate(of):
        if len(rows) * _OFTEN > roles:
            there = np.zeros(roles, dtype=bool)
            there[rows] = True
            bits[column] = np.packbits(there)
    filled = np.flatnonzero(np.diff(table.first)[table.departments :]).tolist()
    reached = 0
    for role in filled:
        columns = table.columns(role + table.departments).tolist()
        often = [bits[column] for column in columns if column in bits]
        met = np.unpackbits(np.bitwise_or.reduce(often), count=roles) if often else np.zeros(roles, dtype=np.uint8)
        met[np.concatenate([of[column] for column in columns if column not in bits] or [np.zeros(0, dtype=int)])] = 1
        reached += int(np.count_nonzero(met))
    return (len(filled) ** 2 - reached) // 2


_OFTEN = 64


def _most(counts: Counter[str], most: int) -> tuple[Facet, ...]:
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
