"""SQLite: pages of the lists that relations make.

The engine groups, joins and sorts, and the rows are cut here: to let window functions cut them takes twice the time
for lists of the usual length.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import lru_cache

from graphmodel.lists import Cut, Key, Listing, Order, check, far_kinds, order, part
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_rows import as_json
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS


def lists(
    db: sqlite3.Connection, relation: str, ids: Collection[str], cut: Cut, back: bool, kind: str | None, all_: bool
) -> dict[str, Listing]:
    """As graphmodel.store.View.lists."""
    by = order(relation, back)
    check(cut, by)
    if kind not in (None, *far_kinds(relation, back)):
        return dict.fromkeys(ids, Listing())
    found: list[list[Key]] = [[] for _ in ids]
    sql = _statement(relation, back, kind, all_)
    if by == "stated":
        for place, rank, *rest in db.execute(sql, [as_json(ids)]):
            found[place].append((rows.posting_of(rank), *rest))
    else:
        for row in db.execute(sql, [as_json(ids)]):
            found[row[0]].append(row[1:])
    return {id: part(keys, cut) for id, keys in zip(ids, found, strict=True)}


_NEAR = """near(place, n) AS (
  SELECT j.key, n.n FROM json_each(?) j LEFT JOIN alias a ON a.old = j.value
  CROSS JOIN node n ON n.id = coalesce(a.new, j.value))"""

_KEYS: dict[Order, str] = {"counted": "place, first, b.id", "stated": "place, first, line, b.id",
                           "said": "place, first, b.id", "id": "place, b.id"}  # fmt: skip


@lru_cache
def _statement(relation: str, back: bool, kind: str | None, all_: bool) -> str:
    """From the places of near ends in a list of ids to the keys of their far ends, each with its place before it."""
    kinds = far_kinds(relation, back)
    conditions = []
    if kind is not None and kinds != (kind,):
        conditions.append(f"b.kind = '{kind}'")
    if not all_ and "skill" in kinds:
        status = rows.expression("skill", "status").replace("n.", "b.")
        conditions.append(f"(b.kept OR {status} <> 'candidate')")
    keys = _KEYS[order(relation, back)]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"""WITH {_NEAR}, far AS ({_far(relation, back)})
        SELECT {keys} FROM far f CROSS JOIN node b ON b.n = f.n {where} ORDER BY {keys}"""


def _far(relation: str, back: bool) -> str:
    """The far ends, once for each place, with what they are ordered by."""
    number = RELATION_NUMBERS[relation]
    if relation == "NEEDS":
        near, far = ("skill", "subject") if back else ("subject", "skill")
        return f"SELECT place, m.{far} AS n, -m.postings AS first FROM near CROSS JOIN need m ON m.{near} = near.n"
    if relation == "APPLIED_IN":
        near, far = ("department", "skill") if back else ("skill", "department")
        return f"""SELECT place, m.{far} AS n, -m.own - m.involved AS first
            FROM near CROSS JOIN applied m ON m.{near} = near.n"""
    table, source = rows.TABLES.get(relation, ("stated", "source"))
    near, far = ("target", source) if back else (source, "target")
    of = f"near CROSS JOIN {table} m ON m.{near} = near.n AND m.relation = {number}"
    by = order(relation, back)
    if by == "said":
        return f"SELECT place, m.{far} AS n, min(m.start) AS first FROM {of} GROUP BY place, m.{far}"
    if by == "stated":
        return f"""SELECT place, n, first, (SELECT min(s.line) FROM stated s
              WHERE s.posting = g.posting AND s.relation = {number} AND s.source = g.near AND s.target = g.n) AS line
            FROM (SELECT place, near.n AS near, m.{far} AS n, m.posting, min(p.rank) AS first
              FROM {of} CROSS JOIN posting p ON p.n = m.posting GROUP BY place, m.{far}) g"""
    return f"SELECT DISTINCT place, m.{far} AS n FROM {of}"
