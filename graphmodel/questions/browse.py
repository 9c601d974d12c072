"""Browsing: the tree of the skills, and what stands around one thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from graphmodel.errors import BadInput, NotFound
from graphmodel.hierarchy import hierarchy
from graphmodel.identity import KINDS, kind_of
from graphmodel.nearest import LABELLED
from graphmodel.nodes import Department, Duty, Indicator, Node, Posting, Requirement, Role, Skill
from graphmodel.questions import plain
from graphmodel.questions.names import nodes_of, resolve
from graphmodel.questions.needs import EVERYTHING, Scope, matrix
from graphmodel.relations import RELATIONS
from graphmodel.store import View


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


def taxonomy(view: View, root: str | None = None, depth: int = 1, scope: Scope = EVERYTHING) -> tuple[Branch, ...]:
    """The skills below a skill (by name or id; None: the top concepts), `depth` levels of them, ordered by id.

    Raises NotFound and Ambiguous, BadInput for a negative depth.
    """
    if depth < 0:
        raise BadInput(f"The depth is {depth}.", "Give 0 or more.")
    known, table = hierarchy(view), matrix(view, scope)
    columns = {id: column for column, id in enumerate(table.skills)}
    narrower: dict[str, list[str]] = {id: [] for id in known.skills}
    for edge in view.edges("BROADER"):
        narrower[edge.target].append(edge.source)

    def branch(id: str, left: int) -> Branch:
        below = tuple(branch(one, left - 1) for one in sorted(narrower[id])) if left else ()
        needing = table.count_roles([columns[one] for one in known.narrower[id] if one in columns])
        return Branch(known.skills[id], needing, below)

    if root is None:
        return tuple(branch(id, depth) for id in sorted(known.tops))
    top = resolve(view, ("skill",), root)
    if top.id not in known.skills:
        raise NotFound("skill in the taxonomy", root)
    return (branch(top.id, depth),)


def neighbours(view: View, node: str, depth: int = 1, limit: int = 100) -> Edges:
    """What stands around a node (by id or name) within `depth` edges of any relation, `limit` nodes at most.

    Nearer nodes are let in first, and of equally near ones those of smaller id. Raises NotFound and Ambiguous,
    BadInput for a depth or limit below 1.
    """
    if depth < 1 or limit < 1:
        raise BadInput(f"Asked for {limit} nodes within {depth} edges.", "Ask for one of each at least.")
    start = _start(view, node)
    reached, border, more = {start}, [start], False
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
    nodes = nodes_of(view, sorted(reached)).values()
    edges = sorted({
        (relation, edge.source, edge.target)
        for relation in RELATIONS
        for edge in view.edges(relation, reached, reached)
    })  # fmt: skip
    return Edges(tuple(sorted(nodes, key=lambda node: node.id)), tuple(edges), more)


def _start(view: View, node: str) -> str:
    """The id in force of a node by id, or of one that has a name."""
    kind = kind_of(node)
    if kind not in KINDS:
        return resolve(view, LABELLED, node).id
    found = view.nodes(kind, [node])
    if not found:
        raise NotFound(kind, node)
    return found[0].id


def _around(ids: Iterable[str]) -> list[str]:
    """The relations that nodes of these kinds may have."""
    kinds = {kind_of(id) for id in ids}
    return [name for name, relation in RELATIONS.items() if kinds & {*relation.sources, *relation.targets}]


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
