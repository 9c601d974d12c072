"""The reads of a Neo4j store: nodes, names and documents; edges are in neo4j_edges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from neo4j import Transaction

from graphmodel.errors import BadInput
from graphmodel.graph import Reading, SkillScheme
from graphmodel.identity import KINDS
from graphmodel.nearest import CONTENTS, LABELLED
from graphmodel.nodes import NODE_TYPES, Node
from graphmodel.relations import RELATIONS
from graphmodel.scheme import scheme_in
from graphmodel.store import Change, Match, Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.copies import DOCUMENTS_PER_READ
from graphmodel.stores.neo4j_checked import FEW, Collecting
from graphmodel.stores.neo4j_copies import readings
from graphmodel.stores.neo4j_edges import Edges
from graphmodel.stores.neo4j_find import find
from graphmodel.stores.neo4j_lists import Lists

ORDERED = {"name": LABELLED, "origin": ("document",)}
"""The kinds that have an order besides that of ids."""


class Neo4jView(Edges, Lists):
    """The View protocol of graphmodel.store."""

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

        if limit is not None:
            parameters["limit"] = limit
        if self._is_view and ids is not None and len(ids) <= FEW:
            parameters["ids"] = self._session.read(lambda tx: self._in_force(tx, ids))
            stored = [rows.node(kind, n) for (n,) in self._rows(query, parameters)]
            return sorted(stored, key=lambda node: (getattr(node, order), node.id))

        def read(tx: Transaction) -> list[Node]:
            parameters["ids"] = self._in_force(tx, ids)
            found = [rows.node(kind, n) for (n,) in tx.run(query, parameters).values()]
            return found[::-1] if backward else found

        return self._checked(read)

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        conditions, parameters = ([], {}) if kind in RELATIONS else _conditions(kind, where)
        known, _ = self._counts()
        key = f"{kind} {parameters} {conditions}"
        if key not in known:
            known[key] = self._checked(lambda tx: self._counted(tx, kind, conditions, parameters))
        return known[key]

    def _counted(self, tx: Transaction, kind: str, conditions: Sequence[str], parameters: Mapping[str, Any]) -> int:
        if kind in RELATIONS:
            queries = [
                f"MATCH (s:`{self._labels.of(source)}`)-[:`{kind}`]->(t:`{self._labels.of(target)}`) "
                "WITH DISTINCT s, t RETURN count(*) AS n"
                for source, target in rows.ends(kind)
            ]
        else:
            queries = [f"MATCH (n:`{self._labels.of(kind)}`){_where(conditions)} RETURN count(n) AS n"]
        return sum(int(tx.run(query, dict(parameters)).single(strict=True)["n"]) for query in queries)

    def role_counts(self, skills: Collection[str] | None = None) -> dict[str, int]:
        label = self._labels.of
        match = f"MATCH (k:`{label('skill')}`)"
        if skills is not None:
            match = f"UNWIND $skills AS id {match[:-1]} {{id: id}})"
        query = f"{match} RETURN k.id AS id, COUNT {{ (k)<-[:NEEDS]-(:`{label('role')}`) }} AS n"
        if not self._is_view or skills is None or len(skills) > FEW:
            found = self._checked(lambda tx: dict(tx.run(query, skills=self._in_force(tx, skills)).values()))
            return {id: found[id] for id in sorted(found) if found[id]}
        _, known = self._counts()
        chosen = self._session.read(lambda tx: self._in_force(tx, skills)) or []
        asked = [id for id in chosen if id not in known]
        if asked:
            known.update({**dict.fromkeys(asked, 0), **dict(self._rows(query, {"skills": asked}))})
        return {id: known[id] for id in chosen if known[id]}

    def _in_force(self, tx: Transaction, ids: Collection[str] | None) -> list[str] | None:
        return None if ids is None else sorted(set(self._resolve(tx, ids).values()))

    def _counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """What was counted before in the state that the view keeps to."""
        return self._session.counts.of(self._now().name) if self._is_view else ({}, {})

    def find(self, text: str, kinds: Collection[str] | None = None, limit: int = 10, more: bool = False) -> list[Match]:
        chosen = LABELLED if kinds is None else kinds
        if self._is_view and limit <= FEW and not set(chosen).intersection(CONTENTS):
            once = cast(Transaction, Collecting(self._rows))
            return find(once, self._labels, text, chosen, limit, more)
        return self._checked(lambda tx: find(tx, self._labels, text, chosen, limit, more))

    def text(self, origins: Collection[str]) -> dict[str, str]:
        query = f"UNWIND $origins AS origin MATCH (d:`{self._labels.own('Reading')}` {{origin: origin}}) "
        query += "RETURN d.origin, d.text ORDER BY d.origin"
        chosen = sorted(set(origins))
        return self._checked(lambda tx: {o: rows.unpack_text(t) for o, t in tx.run(query, origins=chosen).values()})

    def readings(self, origins: Collection[str] | None = None) -> Iterator[Reading]:
        return Neo4jView(self._session, self._now())._readings(None if origins is None else sorted(set(origins)))

    def _readings(self, origins: list[str] | None) -> Iterator[Reading]:
        for chunk in self._origins() if origins is None else _parts(origins):
            yield from self._checked(partial(readings, labels=self._labels, origins=chunk))

    def _origins(self) -> Iterator[list[str]]:
        """The origins of all documents, in order, DOCUMENTS_PER_READ at a time."""
        chunk = [""]
        while chunk := self._checked(partial(self._origins_after, last=chunk[-1])):
            yield chunk

    def _origins_after(self, tx: Transaction, last: str) -> list[str]:
        query = f"MATCH (d:`{self._labels.own('Reading')}`) WHERE d.origin > $after "
        query += "RETURN d.origin AS origin ORDER BY origin LIMIT $size"
        return [origin for (origin,) in tx.run(query, after=last, size=DOCUMENTS_PER_READ).values()]

    def scheme(self) -> SkillScheme:
        return scheme_in(self)

    def stamps(self, origins: Collection[str] | None = None) -> dict[str, Stamp]:
        chosen = None if origins is None else sorted(set(origins))
        match = f"MATCH (d:`{self._labels.own('Reading')}`)"
        if chosen is not None:
            match = f"UNWIND $origins AS origin {match[:-1]} {{origin: origin}})"
        query = f"{match} RETURN d.origin, d.content, d.reader, d.taxonomy ORDER BY d.origin"
        return self._checked(
            lambda tx: {origin: Stamp(*stamp) for origin, *stamp in tx.run(query, origins=chosen).values()}
        )

    def changes(self, since: int = 0) -> list[Change]:
        query = f"MATCH (c:`{self._labels.own('Change')}`) WHERE c.revision > $since "
        query += "RETURN c.revision, c.origin, c.action ORDER BY c.revision, c.origin"
        return self._checked(lambda tx: [Change(*change) for change in tx.run(query, since=since).values()])

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        known = self._checked(self._scheme).aliases
        return {old: known[old] for old in sorted(known if ids is None else set(ids)) if old in known}


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


def _parts(origins: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(origins), DOCUMENTS_PER_READ):
        yield origins[start : start + DOCUMENTS_PER_READ]
