"""Batched reads: whatever the fields of one level ask for is one call to the store for each relation and kind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from strawberry.dataloader import DataLoader

from graphmodel.identity import kind_of, posting_id
from graphmodel.nodes import Node, Posting
from graphmodel.relations import Edge
from graphmodel.store import Evidence, View

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Way(NamedTuple):
    """A relation, and whether it is followed from source to target or back."""

    relation: str
    back: bool = False


class Batches:
    """The reads of one operation, each answer kept for its length. All of them are made on the caller's thread."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    def node(self, id: str) -> Awaitable[Node | None]:
        """The node of an id or a former id."""
        return self._load("node", self._nodes, id)

    def keep(self, nodes: Iterable[Node]) -> None:
        """Takes nodes that were read in another way, so that they are not read again."""
        self._loader("node", self._nodes).prime_many({node.id: node for node in nodes})

    async def many(self, ids: Iterable[str]) -> list[Node | None]:
        """The nodes of several ids, in their order."""
        return list(await asyncio.gather(*map(self.node, ids)))

    def edges(self, way: Way, id: str) -> Awaitable[list[Edge]]:
        """The mentions or edges of one end, ordered by the other end."""
        return self._load(way, lambda ids: self._edges(way, ids), id)

    def evidence(self, subject: str, skill: str, limit: int) -> Awaitable[list[Evidence]]:
        """The first places where a role or department asks for a skill."""
        return self._load(("evidence", limit), lambda keys: self._evidence(keys, limit), (subject, skill))

    def postings(self, origin: str) -> Awaitable[list[Posting]]:
        """The postings of the document of this origin, by number."""
        return self._load("postings", self._postings, origin)

    def _load(self, name: Hashable, read: Callable[[list[K]], list[V]], key: K) -> Awaitable[V]:
        return self._loader(name, read).load(key)

    def _loader(self, name: Hashable, read: Callable[[list[K]], list[V]]) -> DataLoader[K, V]:
        if name not in self._loaders:

            async def load(keys: list[K]) -> Sequence[V]:
                return read(keys)

            self._loaders[name] = DataLoader(load)
        return self._loaders[name]

    def _nodes(self, ids: list[str]) -> list[Node | None]:
        by_kind: dict[str, list[str]] = {}
        for id in ids:
            by_kind.setdefault(kind_of(id), []).append(id)
        found = {node.id: node for kind, some in by_kind.items() if kind for node in self._view.nodes(kind, some)}
        former = self._view.aliases([id for id in ids if id not in found]) if len(found) < len(ids) else {}
        return [found.get(former.get(id, id)) for id in ids]

    def _edges(self, way: Way, ids: list[str]) -> list[list[Edge]]:
        grouped: dict[str, list[Edge]] = {id: [] for id in ids}
        edges = self._view.edges(way.relation, **{"targets" if way.back else "sources": ids})
        for edge in edges:
            grouped[edge.target if way.back else edge.source].append(edge)
        return list(grouped.values())

    def _evidence(self, keys: list[tuple[str, str]], limit: int) -> list[list[Evidence]]:
        grouped: dict[tuple[str, str], list[Evidence]] = {key: [] for key in keys}
        subjects, skills = {subject for subject, _ in keys}, {skill for _, skill in keys}
        for place in self._view.evidence(subjects, skills, limit):
            if (key := (place.subject, place.skill)) in grouped:
                grouped[key].append(place)
        return list(grouped.values())

    def _postings(self, origins: list[str]) -> list[list[Posting]]:
        """A posting's id follows from its document's origin and its number, and numbers run from 1 without a gap."""
        found: dict[str, list[Posting]] = {origin: [] for origin in origins}
        open_, first, size = list(origins), 1, 16
        while open_:
            numbers = range(first, first + size)
            places = {posting_id(origin, number): origin for origin in open_ for number in numbers}
            for node in self._view.nodes("posting", places):
                if isinstance(node, Posting):
                    found[places[node.id]].append(node)
            first, size = first + size, size * 2
            open_ = [origin for origin in open_ if len(found[origin]) == first - 1]
        return [sorted(postings, key=lambda posting: posting.number) for postings in found.values()]
