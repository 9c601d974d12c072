"""Batched reads: whatever the fields of one level ask for is one call to the store for each relation and kind.

Fields of one depth that read the same first say what they want (`want_…`), and the first that reads takes all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from graphmodel.hierarchy import hierarchy
from graphmodel.identity import kind_of, posting_id
from graphmodel.lists import Cut, Listing
from graphmodel.nodes import Node, Posting, Skill
from graphmodel.relations import Edge
from graphmodel.store import Evidence, View

NodeId = str
Pair = tuple[str, str]
"""The near end and the far end of an entry of a list; of evidence a role or department, and a skill."""


class Way(NamedTuple):
    """A relation, and whether it is followed from source to target or back."""

    relation: str
    back: bool = False


class Part(NamedTuple):
    """A part of each of the lists that a relation makes: of nodes of a kind, and of skills with candidates or without.

    Fields that ask for an equal part share one read.
    """

    way: Way
    kind: str
    cut: Cut
    candidates: bool = True


class Batches:
    """The reads of one operation, each answer kept for its length."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._nodes: dict[NodeId, Node | None] = {}
        self._wanted_nodes: set[NodeId] = set()
        self._edges: dict[Way, dict[NodeId, list[Edge]]] = {}
        self._wanted_edges: dict[Way, set[NodeId]] = {}
        self._lists: dict[Part, dict[NodeId, Listing]] = {}
        self._wanted_lists: dict[Part, set[NodeId]] = {}
        self._mentions: dict[tuple[Way, int], dict[Pair, list[Edge]]] = {}
        self._wanted_mentions: dict[tuple[Way, int], set[Pair]] = {}
        self._evidence: dict[int, dict[Pair, list[Evidence]]] = {}
        self._wanted_evidence: dict[int, set[Pair]] = {}
        self._postings: dict[str, list[Posting]] = {}

    @cached_property
    def curated(self) -> Mapping[NodeId, Skill]:
        """The skills of the taxonomy, which are kept while the store is in one state."""
        return hierarchy(self._view).skills

    def want_nodes(self, ids: Iterable[NodeId]) -> None:
        self._wanted_nodes.update(ids)

    def want_edges(self, way: Way, ids: Iterable[NodeId]) -> None:
        self._wanted_edges.setdefault(way, set()).update(ids)

    def want_lists(self, part: Part, ids: Iterable[NodeId]) -> None:
        self._wanted_lists.setdefault(part, set()).update(ids)

    def want_mentions(self, way: Way, pairs: Iterable[Pair], limit: int) -> None:
        self._wanted_mentions.setdefault((way, limit), set()).update(pairs)

    def want_evidence(self, pairs: Iterable[Pair], limit: int) -> None:
        self._wanted_evidence.setdefault(limit, set()).update(pairs)

    def keep(self, nodes: Iterable[Node]) -> None:
        """Takes nodes that were read in another way, so that they are not read again."""
        self._nodes.update((node.id, node) for node in nodes)

    def nodes(self, ids: Sequence[NodeId]) -> list[Node | None]:
        """The nodes of ids or former ids, in their order; None for an id of none."""
        known = self._nodes
        if any(id not in known for id in ids):
            open_ = sorted({*ids, *self._wanted_nodes} - known.keys())
            self._wanted_nodes.clear()
            known.update(self._read(open_))
            if missing := [id for id in open_ if id not in known]:
                former = self._view.aliases(missing)
                known.update((id, known.get(former.get(id, id))) for id in missing)
        return [known[id] for id in ids]

    def _read(self, ids: Sequence[NodeId]) -> dict[NodeId, Node | None]:
        by_kind: dict[str, list[str]] = {}
        found: dict[NodeId, Node | None] = {}
        curated = self.curated if any(id.startswith("skill:") for id in ids) else {}
        for id in ids:
            if skill := curated.get(id):
                found[id] = skill
            else:
                by_kind.setdefault(kind_of(id), []).append(id)
        for kind, some in by_kind.items():
            for node in self._view.nodes(kind, some) if kind else ():
                found[node.id] = node
        return found

    def edges(self, way: Way, ids: Collection[NodeId]) -> dict[NodeId, list[Edge]]:
        """The mentions or edges at one end, by it, ordered by the other end."""
        known = self._edges.setdefault(way, {})
        if any(id not in known for id in ids):
            open_ = {*ids, *self._wanted_edges.pop(way, ())} - known.keys()
            grouped: dict[NodeId, list[Edge]] = {id: [] for id in sorted(open_)}
            sources, targets = (None, list(grouped)) if way.back else (list(grouped), None)
            for edge in self._view.edges(way.relation, sources, targets):
                grouped[edge.target if way.back else edge.source].append(edge)
            known |= grouped
        return known

    def lists(self, part: Part, ids: Collection[NodeId]) -> dict[NodeId, Listing]:
        """A part of the list of each node, by its id."""
        known = self._lists.setdefault(part, {})
        if any(id not in known for id in ids):
            open_ = sorted({*ids, *self._wanted_lists.pop(part, ())} - known.keys())
            (relation, back), kind, cut, candidates = part
            known |= self._view.lists(relation, open_, cut, back=back, kind=kind, candidates=candidates)
        return known

    def mentions(self, way: Way, pairs: Collection[Pair], limit: int) -> dict[Pair, list[Edge]]:
        """The first mentions between a near end and a far end, by both; ordered by id."""
        known = self._mentions.setdefault((way, limit), {})
        if any(pair not in known for pair in pairs):
            open_ = {*pairs, *self._wanted_mentions.pop((way, limit), ())} - known.keys()
            grouped: dict[Pair, list[Edge]] = {pair: [] for pair in open_}
            near, far = ({pair[end] for pair in open_} for end in (0, 1))
            sources, targets = (far, near) if way.back else (near, far)
            for edge in self._view.edges(way.relation, sorted(sources), sorted(targets), limit):
                pair = (edge.target, edge.source) if way.back else (edge.source, edge.target)
                if pair in grouped:
                    grouped[pair].append(edge)
            known |= grouped
        return known

    def evidence(self, pairs: Collection[Pair], limit: int) -> dict[Pair, list[Evidence]]:
        """The first places where a role or department asks for a skill, by both."""
        known = self._evidence.setdefault(limit, {})
        if any(pair not in known for pair in pairs):
            open_ = {*pairs, *self._wanted_evidence.pop(limit, ())} - known.keys()
            grouped: dict[Pair, list[Evidence]] = {pair: [] for pair in open_}
            subjects, skills = ({pair[end] for pair in open_} for end in (0, 1))
            for place in self._view.evidence(subjects, skills, limit):
                if (pair := (place.subject, place.skill)) in grouped:
                    grouped[pair].append(place)
            known |= grouped
        return known

    def postings(self, origins: Collection[str]) -> dict[str, list[Posting]]:
        """The postings of documents, by the origin of the document and then by number.

        A posting's id follows from its document's origin and its number, and numbers run from 1 without a gap.
        """
        known = self._postings
        open_ = sorted(set(origins) - known.keys())
        found: dict[str, list[Posting]] = {origin: [] for origin in open_}
        first, size = 1, 16
        while open_:
            places = {posting_id(origin, number): origin for origin in open_ for number in range(first, first + size)}
            for node in self._view.nodes("posting", places):
                if isinstance(node, Posting):
                    found[places[node.id]].append(node)
            first, size = first + size, size * 2
            open_ = [origin for origin in open_ if len(found[origin]) == first - 1]
        known |= {origin: sorted(postings, key=lambda one: one.number) for origin, postings in found.items()}
        return known
