"""The reads of a Neo4j store.

Neo4j reads what is committed at the moment of each read. Hence every read here compares the store's revision
before and after, and is done once more if it moved; a view over several reads keeps to the revision it began with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from neo4j import Transaction

from graphmodel.errors import BadInput, StoreBusy
from graphmodel.identity import KINDS, fold
from graphmodel.nearest import LABELLED, nearest
from graphmodel.nodes import NODE_TYPES, Node
from graphmodel.relations import DERIVED, RELATIONS, Applied, Edge, Link, Necessity, Needs
from graphmodel.store import Change, Evidence, Match, Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_session import Session

T = TypeVar("T")

SOURCES_PER_READ = {"role": 100, "department": 100}
"""How many sources an iterator over edges reads at once; the others have few edges each."""

OTHER_SOURCES_PER_READ = 2_000

EVERYTHING = 2**31 - 1
"""The longest list of Neo4j."""

ORDERED = {"name": LABELLED, "origin": ("document",)}
"""The kinds that have an order besides that of ids."""

_SUBJECTS = ("department", "role")


class Neo4jView:
    """The View protocol of graphmodel.store. `pinned` is the revision that all reads must meet; None: any one."""

    def __init__(self, session: Session, pinned: int | None = None) -> None:
        self._session = session
        self._labels = session.labels
        self._pinned = pinned

    def revision(self) -> int:
        return self._pinned if self._pinned is not None else self._session.read(self._revision)

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
        conditions, parameters = _conditions(kind, where)
        if order != "id" and kind not in ORDERED.get(order, ()):
            raise BadInput(f"{kind} cannot be ordered by {order!r}.", "Order by id, name or origin.")
        for name, place, sign in (("after", after, ">"), ("before", before, "<")):
            if place is not None:
                conditions.append(
                    f"n.`{order}` {sign}= ${name}[0] AND (n.`{order}` {sign} ${name}[0] OR n.id {sign} ${name}[1])"
                )
                parameters[name] = list(place)
        backward = before is not None and limit is not None
        down = " DESC" if backward else ""
        match = f"MATCH (n:`{self._labels.of(kind)}`)"
        if ids is not None:
            match = f"UNWIND $ids AS id {match[:-1]} {{id: id}})"
        query = f"{match}{_where(conditions)} RETURN properties(n) AS n ORDER BY n.`{order}`{down}, n.id{down}" + (
            " LIMIT $limit" if limit is not None else ""
        )

        def read(tx: Transaction) -> list[Node]:
            chosen = None if ids is None else sorted(set(self._resolve(tx, ids).values()))
            found = [rows.node(kind, n) for (n,) in tx.run(query, parameters, ids=chosen, limit=limit).values()]
            return found[::-1] if backward else found

        return self._checked(read)

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        if kind in RELATIONS:
            between = [
                f"MATCH (s:`{self._labels.of(source)}`)-[:`{kind}`]->(t:`{self._labels.of(target)}`) "
                "WITH DISTINCT s, t RETURN count(*) AS n"
                for source, target in rows.ends(kind)
            ]
            return self._checked(lambda tx: sum(int(tx.run(query).single(strict=True)["n"]) for query in between))
        conditions, parameters = _conditions(kind, where)
        query = f"MATCH (n:`{self._labels.of(kind)}`){_where(conditions)} RETURN count(n) AS n"
        return self._checked(lambda tx: int(tx.run(query, parameters).single(strict=True)["n"]))

    def edges(
        self, relation: str, sources: Collection[str] | None = None, targets: Collection[str] | None = None
    ) -> Iterator[Edge]:
        if relation not in RELATIONS:
            raise BadInput(f"{relation!r} is no relation.", "Known are: " + ", ".join(RELATIONS))
        return self._at_one_revision()._edges(relation, sources, targets)

    def _edges(self, relation: str, sources: Collection[str] | None, targets: Collection[str] | None) -> Iterator[Edge]:
        wanted_sources, wanted_targets = self._checked(lambda tx: self._resolved(tx, sources, targets))
        for kind in sorted(RELATIONS[relation].sources):
            size = SOURCES_PER_READ.get(kind, OTHER_SOURCES_PER_READ)
            if wanted_sources is not None:
                known = wanted_sources.get(kind, [])
                for start in range(0, len(known), size):
                    yield from self._edges_of(relation, kind, known[start : start + size], wanted_targets)
            elif wanted_targets is not None:
                yield from self._edges_of(relation, kind, None, wanted_targets)
            else:
                last = ""
                while chunk := self._sources(relation, kind, last, size):
                    yield from self._edges_of(relation, kind, chunk, None)
                    last = chunk[-1]

    def _sources(self, relation: str, kind: str, after: str, size: int) -> list[str]:
        query = (
            f"MATCH (s:`{self._labels.of(kind)}`) WHERE s.id > $after AND EXISTS {{ (s)-[:`{relation}`]->() }} "
            "RETURN s.id AS id ORDER BY id LIMIT $size"
        )
        return self._checked(lambda tx: [id for (id,) in tx.run(query, after=after, size=size).values()])

    def _edges_of(
        self, relation: str, kind: str, sources: list[str] | None, targets: dict[str, list[str]] | None
    ) -> list[Edge]:
        """The edges from nodes of one kind, in order."""
        queries = []
        for target in sorted(RELATIONS[relation].targets):
            if targets is not None and target not in targets:
                continue
            path = f"(s:`{self._labels.of(kind)}`)-[r:`{relation}`]->(t:`{self._labels.of(target)}`)"
            if sources is not None:
                match = f"UNWIND $sources AS id MATCH {path} WHERE s.id = id"
                match += "" if targets is None else " AND t.id IN $targets"
            else:
                match = f"UNWIND $targets AS id MATCH {path} WHERE t.id = id"
            query = f"{match} RETURN s.id AS source, t.id AS target, r.id AS mention, properties(r) AS r, "
            query += "s.postings AS postings ORDER BY source, target, mention"
            queries.append((query, (targets or {}).get(target)))

        def read(tx: Transaction) -> list[Edge]:
            return [
                _edge(relation, source, target, stored, postings)
                for query, chosen in queries
                for source, target, _, stored, postings in tx.run(query, sources=sources, targets=chosen).values()
            ]

        found = self._checked(read)
        return found if len(queries) == 1 else sorted(found, key=lambda e: (e.source, e.target, getattr(e, "id", "")))

    def evidence(
        self, subjects: Collection[str], skills: Collection[str] | None = None, limit: int | None = None
    ) -> Iterator[Evidence]:
        label = self._labels.of
        query = (
            "UNWIND $subjects AS subject MATCH (s:`{subject}` {{id: subject}})"
            f"-[h:HAS_DUTY|HAS_REQUIREMENT]->(i)-[q:REQUIRES]->(k:`{label('skill')}`) "
            + ("" if skills is None else "WHERE k.id IN $skills ")
            + f"MATCH (p:`{label('posting')}` {{{{id: h.posting}}}}) WHERE p.repeats IS NULL "
            f"MATCH (d:`{label('document')}` {{{{id: p.document}}}}) "
            "WITH s.id AS subject, k.id AS skill, i, h, q, d ORDER BY subject, skill, h.posting, i.id, q.start "
            "WITH subject, skill, collect([i.id, i.text, q.evidence, q.start, q.end, h.posting, d.origin, h.heading, "
            "h.line, h.spans, q.method, h.necessity, q.necessity, q.level])[..$limit] AS places "
            "UNWIND places AS place RETURN subject, skill, place"
        )

        def read(tx: Transaction) -> list[Evidence]:
            wanted, chosen = self._resolved(tx, subjects, skills)
            asked = {
                "skills": None if chosen is None else chosen.get("skill", []),
                "limit": EVERYTHING if limit is None else limit,
            }
            return [
                _evidence(subject, skill, *place)
                for kind in _SUBJECTS
                if (known := (wanted or {}).get(kind))
                for subject, skill, place in tx.run(query.format(subject=label(kind)), asked, subjects=known).values()
            ]

        return iter(self._checked(read))

    def role_counts(self, skills: Collection[str] | None = None) -> dict[str, int]:
        label = self._labels.of
        match = f"MATCH (k:`{label('skill')}`)"
        if skills is not None:
            match = f"UNWIND $skills AS id {match[:-1]} {{id: id}})"
        query = f"{match} RETURN k.id AS id, COUNT {{ (k)<-[:NEEDS]-(:`{label('role')}`) }} AS n ORDER BY id"

        def read(tx: Transaction) -> dict[str, int]:
            chosen = None if skills is None else sorted(set(self._resolve(tx, skills).values()))
            return {id: n for id, n in tx.run(query, skills=chosen).values() if n}

        return self._checked(read)

    def find(self, text: str, kinds: Collection[str] | None = None, limit: int = 10) -> list[Match]:
        chosen = [kind for kind in LABELLED if kinds is None or kind in kinds]
        folds = {kind: fold(text, kind) for kind in chosen}
        label = self._labels.own("Label")
        exact = f"UNWIND $folds AS fold MATCH (l:`{label}` {{fold: fold}}) RETURN l.node, l.kind, l.label"
        every = f"MATCH (l:`{label}`) WHERE l.kind IN $kinds RETURN l.node, l.kind, l.label"

        def read(tx: Transaction) -> list[Match]:
            found = tx.run(exact, folds=sorted(set(folds.values()) - {""})).values()
            equal = [(id, kind, name) for id, kind, name in found if fold(name, kind) == folds.get(kind)]
            labels = equal or [(id, kind, name) for id, kind, name in tx.run(every, kinds=chosen).values()]
            return nearest(text, labels, limit)

        return self._checked(read)

    def text(self, origins: Collection[str]) -> dict[str, str]:
        query = f"UNWIND $origins AS origin MATCH (d:`{self._labels.own('Reading')}` {{origin: origin}}) "
        query += "RETURN d.origin, d.text ORDER BY d.origin"
        chosen = sorted(set(origins))
        return self._checked(lambda tx: {o: rows.unpack_text(t) for o, t in tx.run(query, origins=chosen).values()})

    def stamps(self, origins: Collection[str] | None = None) -> dict[str, Stamp]:
        chosen = None if origins is None else sorted(set(origins))
        match = f"MATCH (d:`{self._labels.own('Reading')}`)"
        if chosen is not None:
            match = f"UNWIND $origins AS origin {match[:-1]} {{origin: origin}})"
        query = f"{match} RETURN d.origin, d.content, d.reader, d.taxonomy ORDER BY d.origin"
        return self._checked(
            lambda tx: {origin: Stamp(*stamp) for origin, *stamp in tx.run(query, origins=chosen).values()}
        )

    def taxonomy(self) -> str:
        query = f"MATCH (s:`{self._labels.own('Store')}`) RETURN s.taxonomy AS digest"
        return self._checked(lambda tx: str(tx.run(query).single(strict=True)["digest"]))

    def changes(self, since: int = 0) -> list[Change]:
        query = f"MATCH (c:`{self._labels.own('Change')}`) WHERE c.revision > $since "
        query += "RETURN c.revision, c.origin, c.action ORDER BY c.revision, c.origin"
        return self._checked(lambda tx: [Change(*change) for change in tx.run(query, since=since).values()])

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        match = f"MATCH (a:`{self._labels.own('Alias')}`)"
        if ids is not None:
            match = f"UNWIND $ids AS id {match[:-1]} {{old: id}})"
        query = f"{match} RETURN a.old, a.new ORDER BY a.old"
        chosen = None if ids is None else sorted(set(ids))
        return self._checked(lambda tx: dict(tx.run(query, ids=chosen).values()))

    def _checked(self, read: Callable[[Transaction], T]) -> T:
        """One read, in one transaction; done once more if the store changed under it."""

        def compared(tx: Transaction) -> tuple[bool, T]:
            before = self._pinned if self._pinned is not None else self._revision(tx)
            found = read(tx)
            return before == self._revision(tx), found

        for _ in range(1 if self._pinned is not None else 2):
            same, found = self._session.read(compared)
            if same:
                return found
        raise StoreBusy("The store changed while it was read.", "Ask again, or wait until loading has ended.")

    def _at_one_revision(self) -> Neo4jView:
        return self if self._pinned is not None else Neo4jView(self._session, self.revision())

    def _revision(self, tx: Transaction) -> int:
        query = f"MATCH (s:`{self._labels.own('Store')}`) RETURN s.revision AS revision"
        return int(tx.run(query).single(strict=True)["revision"])

    def _resolve(self, tx: Transaction, ids: Collection[str]) -> dict[str, str]:
        """Each id with the id in force."""
        query = f"UNWIND $ids AS id MATCH (a:`{self._labels.own('Alias')}` {{old: id}}) RETURN a.old, a.new"
        aliases = dict(tx.run(query, ids=list(ids)).values())
        return {id: aliases.get(id, id) for id in ids}

    def _resolved(
        self, tx: Transaction, sources: Collection[str] | None, targets: Collection[str] | None
    ) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        """Ids in force by kind, sorted; None stays None."""
        if sources is None and targets is None:
            return None, None
        known = self._resolve(tx, [*(sources or ()), *(targets or ())])
        return tuple(  # type: ignore[return-value]
            None if ids is None else rows.by_kind({known[id] for id in ids}) for ids in (sources, targets)
        )


def _conditions(kind: str, where: Mapping[str, Any] | None) -> tuple[list[str], dict[str, Any]]:
    """`where` as Cypher; None and an empty tuple are not stored."""
    if kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of node.", "Known are: " + ", ".join(KINDS))
    known = NODE_TYPES[kind]._fields
    conditions, parameters = [], {}
    for field, value in sorted((where or {}).items()):
        if field not in known:
            raise BadInput(f"{kind} has no property {field!r}.", f"It has: {', '.join(known)}.")
        if value is None or value == ():
            conditions.append(f"n.`{field}` IS NULL")
        else:
            conditions.append(f"n.`{field}` = $where_{field}")
            parameters[f"where_{field}"] = list(value) if isinstance(value, tuple) else value
    return conditions, parameters


def _where(conditions: Sequence[str]) -> str:
    return " WHERE " + " AND ".join(conditions) if conditions else ""


def _edge(relation: str, source: str, target: str, stored: Mapping[str, Any], postings: int | None) -> Edge:
    if relation == "NEEDS":
        share = stored["postings"] / (postings or stored["postings"])
        necessity: Necessity = "required" if stored["required"] else "preferred"
        return Needs(source, target, stored["postings"], share, stored["items"], necessity)
    if relation in DERIVED:
        return Applied(source, target, stored["own"], stored["involved"])
    if RELATIONS[relation].edge is Link:
        return Link(relation, source, target)
    return rows.mention(relation, source, target, stored)


def _evidence(
    subject: str,
    skill: str,
    item: str,
    text: str,
    words: str,
    start: int,
    end: int,
    posting: str,
    origin: str,
    heading: str | None,
    line: int,
    spans: list[int],
    method: Any,
    section: str,
    said: str,
    level: Any,
) -> Evidence:
    necessity: Necessity = "required" if section == said == "required" else "preferred"
    places = rows.spans(spans or ())
    return Evidence(
        subject, skill, item, text, words, start, end, posting, origin, heading, line, places, method, necessity, level
    )
