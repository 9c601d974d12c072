"""SQLite: pages of the lists that relations make.

The engine groups, joins and sorts, and the rows are cut here: to let window functions cut them takes twice the time
for lists of the usual length.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import lru_cache

from graphmodel.lists import Cut, Key, Listing, Order, bounds, check, far_kinds, order, part
from graphmodel.relations import Applied
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_rows import as_json
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS


def lists(
    db: sqlite3.Connection,
    relation: str,
    ids: Collection[str],
    cut: Cut,
    back: bool,
    kind: str | None,
    candidates: bool,
) -> dict[str, Listing]:
    """As graphmodel.store.View.lists."""
    by = order(relation, back)
    check(cut, by)
    if kind not in (None, *far_kinds(relation, back)):
        return dict.fromkeys(ids, Listing())
    if by == "stated" and len(ids) == 1:
        return {id: _long(db, relation, id, cut) for id in ids}
    sql = _statement(relation, back, kind, candidates)
    if by == "counted":
        return _counted(db, sql, relation, ids, cut, back)
    found: list[list[Key]] = [[] for _ in ids]
    if by == "stated":
        for place, rank, *rest in db.execute(sql, {"ids": as_json(ids)}):
            found[place].append((rows.posting_of(rank), *rest))
    else:
        for row in db.execute(sql, {"ids": as_json(ids)}):
            found[row[0]].append(row[1:])
    return {id: part(keys, cut) for id, keys in zip(ids, found, strict=True)}


def _counted(
    db: sqlite3.Connection, sql: str, relation: str, ids: Collection[str], cut: Cut, back: bool
) -> dict[str, Listing]:
    """The parts, and the edges in them."""
    found: list[list[rows.Row]] = [[] for _ in ids]
    for row in db.execute(sql, {"ids": as_json(ids)}):
        found[row[0]].append(row)
    parts: dict[str, Listing] = {}
    for id, entries in zip(ids, found, strict=True):
        keys: list[Key] = [entry[1:3] for entry in entries]
        start, stop = bounds(keys, cut)
        edges = []
        for _, _, far, near, *figures in entries[start:stop]:
            ends = (far, near) if back else (near, far)
            edges.append(rows.needs((*ends, *figures)) if relation == "NEEDS" else Applied(*ends, *figures))
        parts[id] = Listing(tuple(keys[start:stop]), len(keys), start > 0, stop < len(keys), tuple(edges))
    return parts


def _long(db: sqlite3.Connection, relation: str, id: str, cut: Cut) -> Listing:
    """A part of one list of items, which may be as long as the postings of its role are many.

    Only what stands in the postings around the part is looked up and sorted: of 100,000 items in a quarter of the time.
    """
    empty = cut.after is not None and cut.before is not None and cut.after >= cut.before
    back = cut.back and not empty  # then it stands where the place to begin is
    place = cut.before if back else cut.after
    rank = rows.number(str(place[0])) if place else rows.LARGEST if back else rows.SMALLEST
    asked = {"ids": as_json([id]), "rank": rank, "others": max(cut.size - 1, 0)}
    (total, before, _), *around = db.execute(_around(relation, back), asked).fetchall()
    listing = part(sorted((rows.posting_of(first), *rest) for first, *rest in around), cut)
    return Listing(
        listing.keys,
        total,
        listing.more_before or before > 0,
        listing.more_after or before + len(around) < total,
    )


@lru_cache
def _around(relation: str, back: bool) -> str:
    """How many items there are, and before the part; and the keys of those in the postings of the part."""
    sign, turn, end = ("<", "DESC", rows.SMALLEST) if back else (">", "ASC", rows.LARGEST)
    farthest = f"""coalesce((SELECT first FROM far WHERE first {sign} :rank ORDER BY first {turn}
        LIMIT 1 OFFSET :others), {end})"""
    low, high = (farthest, ":rank") if back else (":rank", farthest)
    return f"""WITH {_NEAR}, far AS MATERIALIZED ({_first(relation)}),
        around AS MATERIALIZED (SELECT {low} AS low, {high} AS high)
      SELECT count(*), coalesce(sum(first < low), 0), NULL FROM far, around
      UNION ALL
      SELECT first, {_line(relation, "f")}, b.id
      FROM around CROSS JOIN far f CROSS JOIN node b ON b.n = f.n WHERE f.first BETWEEN low AND high"""


def _first(relation: str) -> str:
    """The items of roles and departments, each with the first posting that states it."""
    return f"""SELECT place, near.n AS near, m.target AS n, m.posting, min(p.rank) AS first
        FROM near CROSS JOIN stated m ON m.source = near.n AND m.relation = {RELATION_NUMBERS[relation]}
        CROSS JOIN posting p ON p.n = m.posting GROUP BY place, m.target"""


def _line(relation: str, item: str) -> str:
    """The first line on which that posting states it."""
    return f"""(SELECT min(s.line) FROM stated s WHERE s.posting = {item}.posting
        AND s.relation = {RELATION_NUMBERS[relation]} AND s.source = {item}.near AND s.target = {item}.n)"""


_NEAR = """near(place, n, id) AS (
  SELECT j.key, n.n, n.id FROM json_each(:ids) j LEFT JOIN alias a ON a.old = j.value
  CROSS JOIN node n ON n.id = coalesce(a.new, j.value))"""

_KEYS: dict[Order, str] = {"counted": "place, first, b.id", "stated": "place, first, line, b.id",
                           "said": "place, first, b.id", "id": "place, b.id"}  # fmt: skip

_FIGURES = {"NEEDS": ", near, postings, share, items, required", "APPLIED_IN": ", near, own, involved"}


@lru_cache
def _statement(relation: str, back: bool, kind: str | None, candidates: bool) -> str:
    """From the places of near ends in a list of ids to the keys of their far ends, each with its place before it."""
    kinds = far_kinds(relation, back)
    conditions = []
    if kind is not None and kinds != (kind,):
        conditions.append(f"b.kind = '{kind}'")
    if not candidates and "skill" in kinds:
        status = rows.expression("skill", "status").replace("n.", "b.")
        conditions.append(f"(b.kept OR {status} <> 'candidate')")
    keys = _KEYS[order(relation, back)]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    figures = _FIGURES.get(relation, "")
    return f"""WITH {_NEAR}, far AS ({_far(relation, back)})
        SELECT {keys}{figures} FROM far f CROSS JOIN node b ON b.n = f.n {where} ORDER BY {keys}"""


def _far(relation: str, back: bool) -> str:
    """The far ends, once for each place, with what they are ordered by."""
    number = RELATION_NUMBERS[relation]
    if relation == "NEEDS":
        near, far = ("skill", "subject") if back else ("subject", "skill")
        return f"""SELECT place, near.id AS near, m.{far} AS n, -m.postings AS first, m.postings,
              CAST(m.postings AS REAL) / coalesce(c.postings, m.postings) AS share, m.items, m.required
            FROM near CROSS JOIN need m ON m.{near} = near.n LEFT JOIN subject c ON c.n = m.subject"""
    if relation == "APPLIED_IN":
        near, far = ("department", "skill") if back else ("skill", "department")
        return f"""SELECT place, near.id AS near, m.{far} AS n, -m.own - m.involved AS first, m.own, m.involved
            FROM near CROSS JOIN applied m ON m.{near} = near.n"""
    table, source = rows.TABLES.get(relation, ("stated", "source"))
    near, far = ("target", source) if back else (source, "target")
    of = f"near CROSS JOIN {table} m ON m.{near} = near.n AND m.relation = {number}"
    by = order(relation, back)
    if by == "said":
        return f"SELECT place, m.{far} AS n, min(m.start) AS first FROM {of} GROUP BY place, m.{far}"
    if by == "stated":
        return f"SELECT place, n, first, {_line(relation, 'g')} AS line FROM ({_first(relation)}) g"
    return f"SELECT DISTINCT place, m.{far} AS n FROM {of}"
