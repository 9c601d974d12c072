"""Counting and browsing: what there is, how it is spread, and what stands around one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from graphmodel.errors import BadInput, NotFound
from graphmodel.hierarchy import hierarchy
from graphmodel.identity import KINDS, kind_of
from graphmodel.nodes import Department, Duty, Indicator, Node, Posting, Requirement, Role, Skill
from graphmodel.questions import plain
from graphmodel.questions.names import resolve
from graphmodel.questions.needs import EVERYTHING, Scope, matrix
from graphmodel.relations import RELATIONS, FactMention
from graphmodel.store import View


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


class Branch(NamedTuple):
    """A skill of the taxonomy, how many described roles need it or one below it, and the branches below it."""

    skill: Skill
    roles: int
    narrower: tuple[Branch, ...]


class Edges(NamedTuple):
    """A part of the graph: nodes by id, and (relation, source, target) between them, ordered. `more` tells that there
    are more nodes around than the limit let in.
    """

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, str], ...]
    more: bool


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


def taxonomy(view: View, root: str | None = None, depth: int = 1) -> tuple[Branch, ...]:
    """The skills below a skill (by name or id; None: the top concepts), `depth` levels of them, ordered by id.

    Raises NotFound and Ambiguous, BadInput for a negative depth.
    """
    if depth < 0:
        raise BadInput(f"The depth is {depth}.", "Give 0 or more.")
    known, table = hierarchy(view), matrix(view)
    columns = {id: column for column, id in enumerate(table.skills)}
    narrower: dict[str, list[str]] = {id: [] for id in known.skills}
    for edge in view.edges("BROADER"):
        narrower[edge.target].append(edge.source)

    def needing(id: str) -> int:
        rows: set[int] = set()
        for below in known.narrower[id]:
            if below in columns:
                rows.update(row for row in table.rows(columns[below]).tolist() if row >= table.departments)
        return len(rows)

    def branch(id: str, left: int) -> Branch:
        below = tuple(branch(one, left - 1) for one in sorted(narrower[id])) if left else ()
        return Branch(known.skills[id], needing(id), below)

    if root is None:
        return tuple(branch(id, depth) for id in sorted(known.tops))
    top = resolve(view, ("skill",), root)
    if top.id not in known.skills:
        raise NotFound("skill in the taxonomy", root)
    return (branch(top.id, depth),)


def neighbours(view: View, id: str, depth: int = 1, limit: int = 100) -> Edges:
    """What stands around a node within `depth` edges of any relation, nearest first, `limit` nodes at most.

    Of equally near nodes, those of smaller id are let in. Raises NotFound for an unknown id, BadInput for a depth or
    limit below 1.
    """
    if depth < 1 or limit < 1:
        raise BadInput(f"Asked for {limit} nodes within {depth} edges.", "Ask for one of each at least.")
    kind = kind_of(id)
    start = view.nodes(kind, [id]) if kind in KINDS else []
    if not start:
        raise NotFound(kind or "node", id)
    reached, border, more = {start[0].id}, [start[0].id], False
    for _ in range(depth):
        around: set[str] = set()
        for relation in _around(border):
            for edge in view.edges(relation, sources=border):
                around.add(edge.target)
            for edge in view.edges(relation, targets=border):
                around.add(edge.source)
        border = sorted(around - reached)
        more = more or len(reached) + len(border) > limit
        border = border[: limit - len(reached)]
        reached.update(border)
        if not border:
            break
    by_kind: dict[str, list[str]] = {}
    for one in sorted(reached):
        by_kind.setdefault(kind_of(one), []).append(one)
    nodes = [node for kind, ids in by_kind.items() for node in view.nodes(kind, ids)]
    edges = sorted({
        (relation, edge.source, edge.target)
        for relation in RELATIONS
        for edge in view.edges(relation, reached, reached)
    })  # fmt: skip
    return Edges(tuple(sorted(nodes, key=lambda node: node.id)), tuple(edges), more)


def _around(ids: Iterable[str]) -> list[str]:
    """The relations that nodes of these kinds may have."""
    kinds = {kind_of(id) for id in ids}
    return [name for name, relation in RELATIONS.items() if kinds & {*relation.sources, *relation.targets}]


def _degrees(counts: list[int]) -> Degrees:
    some = [count for count in counts if count]
    return Degrees(len(some), sum(some) / len(some) if some else 0.0, max(some, default=0))


def _apart(table: Any) -> int:
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


def branch_json(branch: Branch) -> dict[str, Any]:
    """`skill`, `roles`, `narrower`."""
    return {
        "skill": plain.named(branch.skill),
        "roles": branch.roles,
        "narrower": [branch_json(one) for one in branch.narrower],
    }


def node_json(node: Node) -> dict[str, Any]:
    """`id`, `kind`, and a `label`: name, text, title or origin."""
    label = (
        node.name if isinstance(node, (Role, Skill, Department, Indicator))
        else node.text if isinstance(node, (Duty, Requirement))
        else node.title if isinstance(node, Posting)
        else node.origin
    )  # fmt: skip
    return {"id": node.id, "kind": kind_of(node.id), "label": label}


def edges_json(found: Edges) -> dict[str, Any]:
    """`nodes`, `edges`, `more`."""
    return {
        "nodes": [node_json(node) for node in found.nodes],
        "edges": [
            {"relation": relation, "source": source, "target": target} for relation, source, target in found.edges
        ],
        "more": found.more,
    }
