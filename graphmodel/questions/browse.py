"""Browsing: the tree of the skills, and what stands around one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest
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
    """A part of the graph: nodes by id, and (relation, source, target) between them, ordered. `start` is the id of the
    node that was asked for. `more` tells that there are more nodes around than the limit let in; `left` has, by kind,
    how many were seen and are not among the nodes, those of kinds that were not asked for too.
    """

    start: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, str], ...]
    more: bool
    left: dict[str, int]


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


def neighbours(
    view: View,
    node: str,
    depth: int = 1,
    limit: int = 100,
    opened: Sequence[str] = (),
    kinds: Collection[str] = KINDS,
    relations: Collection[str] = tuple(RELATIONS),
) -> Edges:
    """What stands around a node (by id or name) within `depth` edges, `limit` nodes at most; then, in their order, what
    stands next to the `opened` (ids) that were reached. Only nodes of `kinds` are let in, only by `relations`.

    Nearer nodes are let in first; of equally near ones the kinds take turns, each by id. Raises NotFound and Ambiguous,
    BadInput for a depth or limit below 1.
    """
    if depth < 1 or limit < 1:
        raise BadInput(f"Asked for {limit} nodes within {depth} edges.", "Ask for one of each at least.")
    start = _start(view, node)
    reached: set[str] = {start}
    seen: set[str] = set()
    looked: set[str] = set()

    def let_in(border: Collection[str]) -> list[str]:
        looked.update(border)
        around = _next_to(view, border, relations)
        seen.update(around)
        room = limit - len(reached)
        chosen = _in_turns(id for id in around - reached if kind_of(id) in kinds)[:room]
        reached.update(chosen)
        return chosen

    border = [start]
    for _ in range(depth):
        if border:
            border = let_in(border)
    today = view.aliases(opened) if opened else {}
    for id in opened:
        if (now := today.get(id, id)) in reached and now not in looked:
            let_in([now])
    left = Counter(map(kind_of, seen - reached))
    nodes = nodes_of(view, sorted(reached)).values()
    return Edges(
        start,
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(_between(view, reached, relations))),
        any(kind in kinds for kind in left),
        {kind: left[kind] for kind in KINDS if left[kind]},
    )


def _next_to(view: View, ids: Collection[str], relations: Collection[str]) -> set[str]:
    """The other ends of the edges of nodes."""
    around: set[str] = set()
    for relation in relations:
        ends = RELATIONS[relation]
        if sources := _of(ids, ends.sources):
            around.update(edge.target for edge in view.edges(relation, sources=sources))
        if targets := _of(ids, ends.targets):
            around.update(edge.source for edge in view.edges(relation, targets=targets))
    return around


def _between(view: View, ids: set[str], relations: Collection[str]) -> set[tuple[str, str, str]]:
    """The edges that have both ends among nodes. They are looked for from their sources, of which each has few: the
    skill that an item asks for may be asked for by all others.
    """
    return {
        (relation, edge.source, edge.target)
        for relation in relations
        if (sources := _of(ids, RELATIONS[relation].sources))
        for edge in view.edges(relation, sources=sources)
        if edge.target in ids
    }


def _of(ids: Iterable[str], kinds: Collection[str]) -> list[str]:
    return [id for id in ids if kind_of(id) in kinds]


def _in_turns(ids: Iterable[str]) -> list[str]:
    """One of each kind, then the next of each."""
    rows: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for id in sorted(ids):
        rows[kind_of(id)].append(id)
    return [id for id in chain.from_iterable(zip_longest(*rows.values())) if id is not None]


def _start(view: View, node: str) -> str:
    """The id in force of a node by id, or of one that has a name."""
    kind = kind_of(node)
    if kind not in KINDS:
        return resolve(view, LABELLED, node).id
    found = view.nodes(kind, [node])
    if not found:
        raise NotFound(kind, node)
    return found[0].id


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
    """`start`, `nodes`, `edges`, `more`, `left`."""
    return {
        "start": found.start,
        "nodes": [node_json(node) for node in found.nodes],
        "edges": [
            {"relation": relation, "source": source, "target": target} for relation, source, target in found.edges
        ],
        "more": found.more,
        "left": found.left,
    }
