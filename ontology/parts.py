"""A part of a graph that stands by itself, as a view: some roles with all that is known of them, or what changed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.identity import kind_of
from graphmodel.nodes import NODE_TYPES, Node, Posting
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.relations import RELATIONS, STATED, Edge, Mention
from graphmodel.store import View
from graphmodel.stores.sorting import by_id

_PAGE = 1_000


def chosen(view: View, roles: Sequence[str] = (), revision: int | None = None) -> View:
    """The part of some roles or departments (names or ids), or of what changed since a revision; the view, if neither.

    Raises NotFound and Ambiguous for a role, BadInput for a revision, and where both are given.
    """
    if roles and revision is not None:
        raise BadInput("A part is of some roles, or of what changed.", "Give --role or --since, not both.")
    if roles:
        return of_roles(view, sorted({resolve(view, SUBJECTS, name).id for name in roles}))
    return view if revision is None else since(view, revision)


def of_roles(view: View, roles: Collection[str]) -> View:
    """The roles (ids; departments do, too) with what postings state of them: duties and requirements with the skills
    and departments of these, indicators, superiors, next steps, the postings and their documents.
    """
    part = _Part(view)
    part.take(roles)
    for relation in STATED:
        back = relation == "DESCRIBES"
        if "role" in RELATIONS[relation].sources or back:
            part.state(view.edges(relation, targets=roles) if back else view.edges(relation, sources=roles))
    return part.whole()


def since(view: View, revision: int) -> View:
    """What the documents state that were added or changed after a revision of the store.

    Raises BadInput for a revision that the store has not reached.
    """
    if not 0 <= revision <= view.revision():
        raise BadInput(f"The store has no revision {revision}.", f"It is at revision {view.revision()}.")
    origins = {change.origin for change in view.changes(revision)}
    part = _Part(view)
    for reading in view.readings(sorted(view.stamps(origins))):
        part.read(reading)
    return part.whole()


class _Part:
    """Nodes that were chosen, and the view of them. Ids take memory, and nothing else of a part does."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._only_named: set[str] = set()

    def take(self, ids: Iterable[str]) -> None:
        for id in ids:
            self._ids[kind_of(id)].add(id)

    def state(self, edges: Iterable[Edge]) -> None:
        """Takes the ends of mentions, and the postings that state them."""
        for edge in edges:
            if edge.target not in self._ids[kind_of(edge.target)]:
                self._only_named.add(edge.target)
            self._only_named.discard(edge.source)
            self.take((edge.source, edge.target))
            if posting := getattr(edge, "posting", ""):
                self._ids["posting"].add(posting)

    def read(self, reading: Reading) -> None:
        """Takes what a document states."""
        self.take([reading.document.id])
        self.state(reading.graph.mentions.values())

    def whole(self) -> View:
        """With what the chosen things lean on: words of items, documents of postings, broader skills."""
        for kind in ("duty", "requirement"):
            for page in self._pages(kind):
                for relation in ("REQUIRES", "INVOLVES"):
                    self.take(target for _, target in self._view.pairs(relation, page))
        for page in self._pages("posting"):
            found = self._view.nodes("posting", page)
            self.take(node.document for node in found if isinstance(node, Posting))
        last: set[str] = set()
        while more := self._ids["skill"] - last:
            last = set(self._ids["skill"])
            self.take(target for _, target in self._view.pairs("BROADER", sorted(more)))
        silent = {id for id in self._only_named if kind_of(id) in ("role", "department")}
        return cast(View, PartView(self._view, {kind: sorted(ids) for kind, ids in self._ids.items()}, silent))

    def _pages(self, kind: str) -> Iterator[list[str]]:
        ids = sorted(self._ids[kind])
        return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


class PartView:
    """The reads of a view that an export needs, of chosen nodes and of the edges between them.

    No edges leave the `silent` ones: roles and departments that the chosen ones only name.
    """

    def __init__(self, view: View, ids: Mapping[str, list[str]], silent: Collection[str]) -> None:
        self._view = view
        self._ids = {kind: ids.get(kind, []) for kind in NODE_TYPES}
        self._chosen = {id for kind in self._ids for id in self._ids[kind]}
        self._sources = self._chosen - {*silent}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def nodes(
        self,
        kind: str,
        ids: Collection[str] | None = None,
        where: Mapping[str, Any] | None = None,
        order: str = "id",
        after: tuple[str, str] | None = None,
        before: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> list[Node]:
        """As View.nodes."""
        if ids is None and order == "id" and not where and before is None:
            first = bisect_right(self._ids[kind], after[1]) if after else 0
            chosen = self._ids[kind][first : None if limit is None else first + limit]
            return self._view.nodes(kind, chosen) if chosen else []
        inside = self._ids[kind] if ids is None else sorted(self._chosen.intersection(ids))
        return self._view.nodes(kind, inside, where, order, after, before, limit)

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        """As View.count."""
        return len(self._ids[kind]) if kind in self._ids and not where else self._view.count(kind, where)

    def edges(
        self,
        relation: str,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Edge]:
        """As View.edges."""
        kinds = sorted(RELATIONS[relation].sources)
        wanted = [id for kind in kinds for id in self._ids[kind]] if sources is None else sources
        inside = sorted(self._sources.intersection(wanted))
        for start in range(0, len(inside), _PAGE):
            for edge in self._view.edges(relation, inside[start : start + _PAGE], targets, limit):
                posting = getattr(edge, "posting", None)
                if edge.target in self._chosen and (posting is None or posting in self._chosen):
                    yield edge

    def pairs(self, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
        """As View.pairs."""
        inside = sorted(self._sources.intersection(sources))
        return (pair for pair in self._view.pairs(relation, inside) if pair[1] in self._chosen)

    def mentions(self, ids: Collection[str] | None = None) -> Iterator[Mention]:
        """As View.mentions."""
        stated = (cast(Mention, edge) for relation in STATED for edge in self.edges(relation))
        return by_id(mention for mention in stated if ids is None or mention.id in ids)

    def readings(self, origins: Collection[str] | None = None) -> Iterator[Reading]:
        """As View.readings, with the mentions that are between chosen nodes."""
        for reading in self._view.readings(origins):
            inside = {
                mention.id: mention
                for mention in reading.graph.mentions.values()
                if mention.source in self._sources
                and {mention.target, getattr(mention, "posting", mention.target)} <= self._chosen
            }
            yield reading._replace(graph=reading.graph._replace(mentions=inside))

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """As View.aliases."""
        return {old: new for old, new in self._view.aliases(ids).items() if new in self._chosen}
