"""SQLite: the index of names, kept in the transaction that changes them.

Each fold of a kind that a label has is one row of `spelling`, and of the full-text table `spelled`, which keeps the
tokens of graphmodel.nearest and no text. FTS5 gives its rows by number, so that the number of a row says in which
order names are wanted: the shortest first.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable

from graphmodel.nearest import LABELLED, TOKENS, tokens

TABLES = """
-- Each fold of a kind that a label has, and where to find it by a part of it. n: from length, kind and digest.
CREATE TABLE spelling(n INTEGER PRIMARY KEY, kind TEXT NOT NULL, fold TEXT NOT NULL);
CREATE VIRTUAL TABLE spelled USING fts5(tokens, content='', tokenize="ascii tokenchars '_<>+#.&/'");
CREATE VIRTUAL TABLE spelled_token USING fts5vocab(spelled, row);
"""

LENGTH, KIND = 52, 50
"""Where length and kind stand in the number of a row, in bits from the right."""

LONGEST = 1023
"""The greatest length that the number of a row can say."""

_DIGEST = (1 << KIND) - 1

Spelled = tuple[str, str]
"""A kind, and the fold of a label."""


def number(kind: str, fold: str) -> int:
    """The number of a fold's row; two of one kind and length have the same one in 10^15 cases."""
    digest = int.from_bytes(hashlib.sha256(fold.encode()).digest()[:8]) & _DIGEST
    return min(len(fold), LONGEST) << LENGTH | LABELLED.index(kind) << KIND | digest


def index(db: sqlite3.Connection, spelled: Iterable[Spelled]) -> None:
    """Takes in folds of which labels may be new."""
    _renew(db)
    rows = {number(kind, fold): (kind, fold) for kind, fold in spelled}
    sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT n FROM spelling)"
    _put(db, [(n, *rows[n]) for (n,) in db.execute(sql, [json.dumps(list(rows))])])


def unindex(db: sqlite3.Connection, spelled: Iterable[Spelled]) -> None:
    """Lets go of those of the folds that no label has any more."""
    _renew(db)
    numbers = [number(kind, fold) for kind, fold in spelled]
    if not numbers:
        return
    gone = db.execute(
        """SELECT s.n, s.fold FROM spelling s WHERE s.n IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM label l JOIN node ON node.n = l.node WHERE l.fold = s.fold AND node.kind = s.kind)
        ORDER BY s.n""",
        [json.dumps(numbers)],
    ).fetchall()
    sql = "INSERT INTO spelled(spelled, rowid, tokens) VALUES('delete', ?, ?)"
    db.executemany(sql, [(n, tokens(fold)) for n, fold in gone])
    db.executemany("DELETE FROM spelling WHERE n = ?", [(n,) for n, _ in gone])


def rebuild(db: sqlite3.Connection) -> None:
    """Makes the index from the labels."""
    db.execute("DELETE FROM spelling")
    db.execute("INSERT INTO spelled(spelled) VALUES('delete-all')")
    labels = db.execute(
        "SELECT DISTINCT node.kind, l.fold FROM label l JOIN node ON node.n = l.node WHERE l.fold <> ''"
    )
    rows = {number(kind, fold): (kind, fold) for kind, fold in labels}
    _put(db, [(n, *row) for n, row in rows.items()])
    db.execute("INSERT OR REPLACE INTO meta VALUES('tokens', ?)", [TOKENS])


def _renew(db: sqlite3.Connection) -> None:
    """What another version of `tokens` made must not be mixed with today's: rows could not be deleted."""
    made = db.execute("SELECT value FROM meta WHERE key = 'tokens'").fetchone()
    if made != (TOKENS,):
        rebuild(db)


def _put(db: sqlite3.Connection, rows: list[tuple[int, str, str]]) -> None:
    rows.sort()  # FTS5 writes out what it has at each row that does not come in order
    db.executemany("INSERT INTO spelling VALUES(?, ?, ?)", rows)
    db.executemany("INSERT INTO spelled(rowid, tokens) VALUES(?, ?)", [(n, tokens(fold)) for n, _, fold in rows])
