"""SQLite: edges, the ends of edges, and mentions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from graphmodel.errors import BadInput
from graphmodel.relations import DERIVED, FACT_RELATIONS, ITEM_RELATIONS, RELATIONS, Applied, Edge, Link, Mention
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_rows import IN, as_json
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS

_PAIRS = 1000
"""So many pairs of a source and a target are looked up one by one; of more, the edges of the fewer ends are gone
through.
"""

TODAY = "IN (SELECT coalesce(a.new, j.value) FROM json_each(?) j LEFT JOIN alias a ON a.old = j.value)"
"""As IN, of ids; what is an alias stands for the id of today."""

NODES_IN = f"IN (SELECT n FROM node WHERE id {TODAY})"

_MENTION = re.compile("mention:[0-9a-f]{16}")


def edges(
    db: sqlite3.Connection,
    relation: str,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    limit: int | None,
) -> Iterator[Edge]:
    """As View.edges."""
    if relation not in RELATIONS:
        raise BadInput(f"There is no relation {relation!r}.", "Known are: " + ", ".join(RELATIONS) + ".")
    if limit == 0:
        return
    select, source, target = _EDGES[relation]
    conditions = ""
    values: list[Any] = []
    many = len(sources or ()) * len(targets or ()) > _PAIRS
    by_target = many and len(targets or ()) < len(sources or ())  # one of the two, since one is enough
    for name, ids, beside in ((source, sources, by_target), (target, targets, many and not by_target)):
        if ids is not None:
            conditions += f" AND {'+' * beside}{name} {NODES_IN}"
            values.append(as_json(ids))
    mentions = relation not in DERIVED and RELATIONS[relation].edge is not Link
    first = limit is not None and relation in (*ITEM_RELATIONS, *FACT_RELATIONS)
    if first:
        conditions = f" AND {_FIRST_STATED.format(relation=RELATION_NUMBERS[relation], conditions=conditions)}"
        values.append(limit)
    found: Iterable[rows.Row]
    found = db.execute(f"{select}{conditions} ORDER BY a.id, b.id{', m.id' if mentions else ''}", values)
    if mentions and limit is not None and not first:
        found = (row for _, pair in groupby(found, itemgetter(1, 2)) for row in islice(pair, limit))
    yield from map(_maker(relation), found)


def pairs(db: sqlite3.Connection, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    """As View.pairs."""
    select, source, _ = _EDGES[relation]
    joined = select[select.index("FROM") :]
    sql = f"SELECT DISTINCT a.id, b.id {joined} AND {source} {NODES_IN} ORDER BY a.id, b.id"
    yield from db.execute(sql, [as_json(sources)])


def mentions(db: sqlite3.Connection, ids: Collection[str] | None) -> Iterator[Mention]:
    """As View.mentions."""
    makers = {number: rows.mention_maker(relation) for relation, number in RELATION_NUMBERS.items()}
    chosen = "" if ids is None else f"WHERE m.id {IN}"
    values = [] if ids is None else [as_json([rows.number(id) for id in ids if _MENTION.fullmatch(id)])]
    found = (db.execute(sql.format(chosen), values) for sql in _MENTIONS)
    for row in merge(*found, key=itemgetter(0)):
        yield makers[row[-1]](row[:-1])


def _edge_sql(relation: str) -> tuple[str, str, str]:
    """The statement for a relation, up to its conditions, and the columns of source and target."""
    number = RELATION_NUMBERS[relation]
    ends = "JOIN node a ON a.n = m.{0} JOIN node b ON b.n = m.{1}"
    if relation == "NEEDS":
        share = "CAST(m.postings AS REAL) / coalesce(c.postings, m.postings)"
        return (
            f"""SELECT a.id, b.id, m.postings, {share}, m.items, m.required FROM need m
            LEFT JOIN subject c ON c.n = m.subject {ends.format("subject", "skill")} WHERE 1""",
            "m.subject",
            "m.skill",
        )
    if relation == "APPLIED_IN":
        sql = f"SELECT a.id, b.id, m.own, m.involved FROM applied m {ends.format('skill', 'department')} WHERE 1"
        return sql, "m.skill", "m.department"
    table, source = rows.TABLES.get(relation, ("stated", "source"))
    columns = {"link": "a.id, b.id", "words": rows.WORDS, "stated": rows.STATED}[table]
    posting = " JOIN node p ON p.n = m.posting" if table == "stated" else ""
    sql = f"SELECT {columns} FROM {table} m {ends.format(source, 'target')}{posting} WHERE m.relation = {number}"
    return sql, f"m.{source}", "m.target"


def _maker(relation: str) -> Callable[[Any], Edge]:
    """What makes the edges of a relation from rows."""
    if relation == "NEEDS":
        return rows.needs
    if relation == "APPLIED_IN":
        return lambda row: Applied(*row)
    if RELATIONS[relation].edge is Link:
        return lambda row: Link(relation, *row)
    return rows.mention_maker(relation)


_MENTIONS = (
    f"""SELECT {rows.STATED}, m.relation FROM stated m CROSS JOIN node a ON a.n = m.source
    CROSS JOIN node b ON b.n = m.target CROSS JOIN node p ON p.n = m.posting {{}} ORDER BY m.id""",
    f"""SELECT {rows.WORDS}, m.relation FROM words m CROSS JOIN node a ON a.n = m.item
    CROSS JOIN node b ON b.n = m.target {{}} ORDER BY m.id""",
)

_EDGES = {relation: _edge_sql(relation) for relation in RELATIONS}

# The first mentions of each pair, found without the rows that hold them: a pair may have one for each posting.
_FIRST_STATED = """(m.posting, m.relation, m.source, m.target, m.id) IN (
    SELECT posting, relation, source, target, id FROM (
      SELECT m.posting, m.relation, m.source, m.target, m.id,
        row_number() OVER (PARTITION BY m.source, m.target ORDER BY m.id) AS place
      FROM stated m WHERE m.relation = {relation}{conditions}) WHERE place <= ?)"""
