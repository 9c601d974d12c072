"""SQLite: the reads of one view. Each is a fixed number of statements, whatever the number of ids."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from graphmodel.errors import BadInput
from graphmodel.graph import Reading, SkillScheme
from graphmodel.lists import Cut, Listing
from graphmodel.nearest import LABELLED
from graphmodel.nodes import NODE_TYPES, Node
from graphmodel.relations import DERIVED, RELATIONS, Edge, Mention
from graphmodel.scheme import scheme_in
from graphmodel.store import Change, Evidence, Match, Stamp
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_copies import readings
from graphmodel.stores.sqlite_edges import NODES_IN, TODAY, edges, mentions, pairs
from graphmodel.stores.sqlite_find import find
from graphmodel.stores.sqlite_lists import lists
from graphmodel.stores.sqlite_rows import IN, as_json
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS

_KEPT_COUNTS = 1000


class SqliteView:
    """The reads of graphmodel.store.View over one connection with an open read transaction.

    `counts` keeps what `count` found, for as long as the store stays in the state that this view sees; `met` are
    values of the table meta that were read already.
    """

    def __init__(
        self, db: sqlite3.Connection, counts: dict[str, int] | None = None, met: dict[str, Any] | None = None
    ) -> None:
        self._db = db
        self._counts = {} if counts is None else counts
        self.met = {} if met is None else met

    def revision(self) -> int:
        return int(self._meta("revision"))

    def state(self) -> str:
        return str(self._meta("state"))

    def taxonomy(self) -> str:
        return str(self._meta("taxonomy"))

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
        conditions, values = _conditions(kind, where, by_name=ids is None)
        by = rows.expression(kind, order)
        if order not in ("id", "name", "origin"):
            raise BadInput(f"A {kind} is not ordered by {order!r}.", "Order by id, name (or origin, of documents).")
        if ids is not None:
            conditions.append(f"n.id {TODAY}")
            values.append(as_json(ids))
        for place, sign in ((after, ">"), (before, "<")):
            if place is not None:
                conditions.append(f"n.id {sign} ?" if order == "id" else f"({by}, n.id) {sign} (?, ?)")
                values.extend(place[1:] if order == "id" else place)
        backward = before is not None and limit is not None
        turn = " DESC" if backward else ""
        text = rows.expression(kind, rows.text_field(kind)) if rows.text_field(kind) else "NULL"
        sql = f"""SELECT n.id, {text}, n.props, {rows.repeats(kind)} FROM node n WHERE {" AND ".join(conditions)}
            ORDER BY {f"n.id{turn}" if order == "id" else f"{by}{turn}, n.id{turn}"} LIMIT ?"""
        rows_found = self._db.execute(sql, [*values, -1 if limit is None else limit])
        found = list(map(rows.node_maker(kind), rows_found))
        return found[::-1] if backward else found

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        values: list[Any] = []
        if kind not in RELATIONS:
            conditions, values = _conditions(kind, where)
            sql = f"SELECT count(*) FROM node n WHERE {' AND '.join(conditions)}"
        elif where:
            raise BadInput(f"Edges of {kind} are counted all together.", "Leave out `where`.")
        elif kind in DERIVED:
            sql = f"SELECT count(*) FROM {'need' if kind == 'NEEDS' else 'applied'}"
        else:
            table, source = rows.TABLES.get(kind, ("stated", "source"))
            sql = f"SELECT count(*) FROM (SELECT DISTINCT {source}, target FROM {table} WHERE relation = ?)"
            values = [RELATION_NUMBERS[kind]]
        key = f"{sql} {values}"
        if key not in self._counts:
            if len(self._counts) >= _KEPT_COUNTS:
                self._counts.clear()
            self._counts[key] = self._db.execute(sql, values).fetchone()[0]
        return self._counts[key]

    def edges(
        self,
        relation: str,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Edge]:
        return edges(self._db, relation, sources, targets, limit)

    def pairs(self, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
        return pairs(self._db, relation, sources)

    def mentions(self, ids: Collection[str] | None = None) -> Iterator[Mention]:
        return mentions(self._db, ids)

    def lists(
        self,
        relation: str,
        ids: Collection[str],
        cut: Cut,
        *,
        back: bool = False,
        kind: str | None = None,
        candidates: bool = True,
    ) -> dict[str, Listing]:
        return lists(self._db, relation, ids, cut, back, kind, candidates)

    def evidence(
        self, subjects: Collection[str], skills: Collection[str] | None = None, limit: int | None = None
    ) -> Iterator[Evidence]:
        wanted = "" if skills is None else f"AND m.skill {NODES_IN}"
        first = "" if limit is None else _FIRST
        values: list[Any] = [] if limit is None else [limit]
        values.extend(as_json(ids) for ids in (subjects, skills) if ids is not None)
        found = self._db.execute(_EVIDENCE.format(wanted=wanted, first=first), values).fetchall()
        found.sort()
        postings = {n: names for n, *names in self._db.execute(_POSTINGS, [as_json({row[6] for row in found})])}
        for _, group in groupby(found, key=_subject_and_skill):
            for row in islice(group, limit):
                subject, skill, _, item, start, _, n, text, words, end, heading, line, spans, how, required, level = row
                posting, origin = postings[n]
                yield Evidence(
                    subject, skill, item, text, words, start, end, posting, origin, heading, line,
                    rows.spans_of(spans), how, "required" if required else "preferred", level,
                )  # fmt: skip

    def role_counts(self, skills: Collection[str] | None = None) -> dict[str, int]:
        sql = "SELECT n.id, m.roles FROM wanted m JOIN node n ON n.n = m.skill WHERE m.roles > 0"
        if skills is not None:
            sql += f" AND n.id {TODAY}"
        found = self._db.execute(f"{sql} ORDER BY n.id", [] if skills is None else [as_json(skills)])
        return dict(found.fetchall())

    def find(self, text: str, kinds: Collection[str] | None = None, limit: int = 10, more: bool = False) -> list[Match]:
        return find(self._db, text, LABELLED if kinds is None else kinds, limit, more)

    def text(self, origins: Collection[str]) -> dict[str, str]:
        sql = f"SELECT d.origin, b.text FROM document d JOIN body b ON b.document = d.n WHERE d.origin {IN}"
        found = self._db.execute(f"{sql} ORDER BY d.origin", [as_json(origins)])
        return {origin: zlib.decompress(body).decode() for origin, body in found}

    def readings(self, origins: Collection[str] | None = None) -> Iterator[Reading]:
        return readings(self._db, origins)

    def scheme(self) -> SkillScheme:
        return scheme_in(self)

    def stamps(self, origins: Collection[str] | None = None) -> dict[str, Stamp]:
        sql = "SELECT d.origin, d.content, m.reader, m.taxonomy FROM document d JOIN maker m ON m.n = d.maker"
        if origins is not None:
            sql += f" WHERE d.origin {IN}"
        found = self._db.execute(f"{sql} ORDER BY d.origin", [] if origins is None else [as_json(origins)])
        return {origin: Stamp(*stamp) for origin, *stamp in found}

    def changes(self, since: int = 0) -> list[Change]:
        sql = "SELECT revision, origin, action FROM journal WHERE revision > ? ORDER BY revision, origin, action"
        return [Change(*row) for row in self._db.execute(sql, [since])]

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        sql = "SELECT old, new FROM alias" + ("" if ids is None else f" WHERE old {IN}")
        return dict(self._db.execute(f"{sql} ORDER BY old", [] if ids is None else [as_json(ids)]))

    def _meta(self, key: str) -> Any:
        if key not in self.met:
            self.met.update(self._db.execute("SELECT key, value FROM meta").fetchall())
        return self.met[key]


def _conditions(kind: str, where: Mapping[str, Any] | None, by_name: bool = True) -> tuple[list[str], list[Any]]:
    """A kind is a range of ids; the kinds with names have an index by kind and name besides.

    `by_name` offers that index, which for a few ids would be a long way round.
    """
    if kind not in NODE_TYPES:
        raise BadInput(f"There is no kind of node {kind!r}.", "Known are: " + ", ".join(NODE_TYPES) + ".")
    conditions = [f"n.id > '{kind}:'", f"n.id < '{kind};'"]
    if by_name and rows.text_field(kind) in ("name", "origin"):
        conditions.extend((f"n.kind = '{kind}'", "n.name IS NOT NULL"))
    values = []
    for field, value in (where or {}).items():
        conditions.append(f"{rows.expression(kind, field)} IS ?")
        values.append(rows.as_parameter(value))
    return conditions, values


_subject_and_skill = itemgetter(0, 1)

_FIRST = """AND e.rank IN (
    SELECT f.rank FROM evidence f WHERE f.subject = m.subject AND f.skill = m.skill ORDER BY f.rank LIMIT ?)"""

# From the few pairs of subject and skill to their first rows, and by the primary keys of what these name.
_EVIDENCE = f"""
SELECT a.id, b.id, e.rank, i.id, w.start, s.id, e.posting, i.text, w.evidence, w."end", s.said, s.line, s.spans,
  w.how, s.required AND w.required, w.level
FROM need m
  CROSS JOIN node a ON a.n = m.subject
  CROSS JOIN node b ON b.n = m.skill
  CROSS JOIN evidence e ON e.subject = m.subject AND e.skill = m.skill {{first}}
  CROSS JOIN stated s INDEXED BY sqlite_autoindex_stated_1
    ON s.posting = e.posting AND s.relation = e.relation AND s.source = e.subject AND s.target = e.item
  CROSS JOIN words w INDEXED BY sqlite_autoindex_words_1
    ON w.item = e.item AND w.relation = {RELATION_NUMBERS["REQUIRES"]} AND w.target = e.skill
  CROSS JOIN node i ON i.n = e.item
WHERE m.subject {NODES_IN} {{wanted}}"""

_POSTINGS = f"""
SELECT p.n, n.id, d.origin FROM posting p JOIN node n ON n.n = p.n JOIN document d ON d.n = p.document WHERE p.n {IN}"""
