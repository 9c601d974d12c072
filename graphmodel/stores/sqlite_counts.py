"""SQLite: what counted postings contribute to NEEDS and APPLIED_IN, taken away before a change and given back after.

Each change names the postings that it touches, calls `take_away` for them, changes what they say, and calls `give`
for what is there then. The contributions are the same as those of `graphmodel.graph.derive`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from graphmodel.stores.sqlite_rows import IN, as_json, first_column
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS as R

_WORDS = f"CROSS JOIN words w ON w.item = s.target AND w.relation = {R['REQUIRES']}"
_ITEMS = f"""json_each(:postings) p
    CROSS JOIN stated s ON s.posting = p.value AND s.relation IN ({R["HAS_DUTY"]}, {R["HAS_REQUIREMENT"]})
    {_WORDS}"""
_DUTIES = f"json_each(:postings) p CROSS JOIN stated s ON s.posting = p.value AND s.relation = {R['HAS_DUTY']}"

_SUBJECT = f"""
INSERT INTO subject(n, postings)
SELECT s.target, :sign * count(*) FROM json_each(:postings) p
  CROSS JOIN stated s ON s.posting = p.value AND s.relation = {R["DESCRIBES"]}
GROUP BY s.target
ON CONFLICT(n) DO UPDATE SET postings = postings + excluded.postings"""

_NEED = f"""
INSERT INTO need(subject, skill, postings, items, required)
SELECT subject, skill, :sign * count(*), :sign * sum(items), :sign * sum(required)
FROM (SELECT s.posting, s.source AS subject, w.target AS skill, count(DISTINCT s.id) AS items,
    max(s.required AND w.required) AS required
  FROM {_ITEMS} GROUP BY s.source, w.target, s.posting)
GROUP BY subject, skill
ON CONFLICT(subject, skill) DO UPDATE SET postings = postings + excluded.postings, items = items + excluded.items,
  required = required + excluded.required"""

_APPLIED = f"""
INSERT INTO applied(skill, department, own, involved)
SELECT skill, department, :sign * sum(own), :sign * sum(involved)
FROM (
  SELECT w.target AS skill, b.target AS department, count(DISTINCT s.id) AS own, 0 AS involved
  FROM {_DUTIES}
    CROSS JOIN stated b ON b.posting = s.posting AND b.relation = {R["BELONGS_TO"]} AND b.source = s.source
    {_WORDS}
  GROUP BY w.target, b.target
  UNION ALL
  SELECT w.target, s.source, count(DISTINCT s.id), 0
  FROM {_DUTIES} CROSS JOIN node n ON n.n = s.source AND n.kind = 'department' {_WORDS}
  GROUP BY w.target, s.source
  UNION ALL
  SELECT w.target, v.target, 0, count(DISTINCT s.id)
  FROM {_DUTIES} CROSS JOIN words v ON v.item = s.target AND v.relation = {R["INVOLVES"]} {_WORDS}
  GROUP BY w.target, v.target)
GROUP BY skill, department
ON CONFLICT(skill, department) DO UPDATE SET own = own + excluded.own, involved = involved + excluded.involved"""

_EVIDENCE = f"""SELECT s.source, w.target, q.rank, s.posting, s.relation, s.target
FROM {_ITEMS} JOIN posting q ON q.n = s.posting"""


def take_away(db: sqlite3.Connection, postings: Collection[int]) -> set[int]:
    """Withdraws what the counted ones of the postings contribute, and gives them back; none of them counts now."""
    counted = first_column(db, f"SELECT n FROM posting WHERE counted AND n {IN}", postings)
    if counted:
        _add(db, counted, -1)
        db.execute(
            f"DELETE FROM evidence WHERE (subject, skill, rank, posting, relation, item) IN ({_EVIDENCE})",
            {"postings": as_json(counted)},
        )
        db.execute(f"UPDATE posting SET counted = 0 WHERE n {IN}", [as_json(counted)])
        db.execute("DELETE FROM subject WHERE postings = 0")
        db.execute("DELETE FROM need WHERE postings = 0")
        db.execute("DELETE FROM applied WHERE own = 0 AND involved = 0")
    return counted


def rivals(db: sqlite3.Connection, fingerprints: Collection[str]) -> set[int]:
    """The counted posting of each fingerprint."""
    sql = f"SELECT n FROM posting WHERE fingerprint {IN} AND fingerprint <> '' AND counted = 1"
    return first_column(db, sql, fingerprints)


def give(db: sqlite3.Connection, postings: Collection[int], fingerprints: Collection[str]) -> None:
    """Counts those of the postings that have no fingerprint, and the first posting of each fingerprint.

    The postings that counted for these fingerprints so far must have been taken away, or still be the first.
    """
    chosen = db.execute(
        """SELECT n FROM posting
        WHERE fingerprint = '' AND NOT counted AND n IN (SELECT value FROM json_each(:postings))
        UNION ALL
        SELECT p.n FROM (SELECT (
            SELECT q.n FROM posting q JOIN document d ON d.n = q.document
            WHERE q.fingerprint = f.value AND q.fingerprint <> ''
            ORDER BY d.origin, q.number LIMIT 1) AS n FROM json_each(:fingerprints) f) g
          JOIN posting p ON p.n = g.n WHERE NOT p.counted""",
        {"postings": as_json(postings), "fingerprints": as_json(set(fingerprints) - {""})},
    )
    first = [n for (n,) in chosen]
    if first:
        db.execute(f"UPDATE posting SET counted = 1 WHERE n {IN}", [as_json(first)])
        _add(db, first, 1)
        db.execute(f"INSERT OR IGNORE INTO evidence {_EVIDENCE}", {"postings": as_json(first)})


def _add(db: sqlite3.Connection, postings: Collection[int], sign: int) -> None:
    parameters = {"postings": as_json(postings), "sign": sign}
    for sql in (_SUBJECT, _NEED, _APPLIED):
        db.execute(sql, parameters)
