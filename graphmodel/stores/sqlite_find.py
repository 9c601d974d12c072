"""SQLite: names like a text, through the index of names, and items that hold it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from graphmodel.nearest import (
    ALIKE,
    CANDIDATES,
    LABELLED,
    Asked,
    holds,
    likeness,
    runs,
    search,
    words,
)
from graphmodel.store import Match
from graphmodel.stores.sqlite_index import KIND, LENGTH, LONGEST, number
from graphmodel.stores.sqlite_rows import IN, as_json

_EQUAL = f"""SELECT n.id, n.kind, min(l.label) FROM label l JOIN node n ON n.n = l.node
WHERE l.fold = ? AND n.kind {IN} GROUP BY n.id"""

_BY_LENGTH = f"""SELECT rowid FROM spelled WHERE spelled MATCH ? AND (rowid >> {KIND} & 3) {IN}
ORDER BY rowid LIMIT ?"""

_BY_PIECES = f"""SELECT rowid FROM spelled WHERE spelled MATCH ? AND rowid BETWEEN ? AND ?
AND (rowid >> {KIND} & 3) {IN} ORDER BY bm25(spelled), rowid LIMIT ?"""

_INNER = f"""SELECT DISTINCT node.kind, l.fold FROM label l CROSS JOIN node ON node.n = l.node
WHERE l.fold {IN} AND node.kind {IN}"""

_LABELS = f"""SELECT s.n, node.id, node.kind, min(l.label) FROM spelling s
CROSS JOIN label l ON l.fold = s.fold CROSS JOIN node ON node.n = l.node AND node.kind = s.kind
WHERE s.n {IN} GROUP BY s.n, node.id"""

_AT_ONCE = 20
_ORDERED = 2000


def equal(db: sqlite3.Connection, asked: Asked, kinds: Iterable[str]) -> list[Match]:
    """The nodes with a label of this fold."""
    found = db.execute(_EQUAL, [asked.fold, as_json(kinds)])
    return [Match(id, kind, label, 1.0) for id, kind, label in found]


def like(db: sqlite3.Connection, asked: Asked, kinds: Collection[str], limit: int) -> list[Match]:
    """At least the best `limit` nodes with labels like the text, if there are so many."""
    scores = _scores(db, asked, kinds, max(CANDIDATES, limit))
    ordered = sorted((n for n, score in scores.items() if score), key=lambda n: (-scores[n], n))
    found: list[Match] = []
    taken: list[int] = []
    for score, same in groupby(ordered, key=scores.__getitem__):
        taken.extend(same)
        if len(taken) >= _AT_ONCE or score == scores[ordered[-1]]:
            found += [Match(id, kind, label, scores[n]) for n, id, kind, label in db.execute(_LABELS, [as_json(taken)])]
            taken.clear()
            if len({match.id for match in found}) >= limit:
                break
    return found


def _scores(db: sqlite3.Connection, asked: Asked, kinds: Iterable[str], most: int) -> dict[int, float]:
    """By number, how like the text are names that hold it, sound like it, or have rare pieces in common with it."""
    numbers = as_json([LABELLED.index(kind) for kind in kinds])
    phrase = f'"{" ".join(asked.part)}"' if asked.part else f'"{asked.fold}"*'
    heard = {n for (n,) in db.execute(_BY_LENGTH, [f'"{asked.sound}"*', numbers, most])} if asked.sound else set()
    found = {n for (n,) in db.execute(_BY_LENGTH, [phrase, numbers, most])} | heard
    inner = db.execute(_INNER, [as_json(asked.inner), as_json(kinds)]) if asked.inner else ()
    found.update(number(kind, fold) for kind, fold in inner)
    if pieces := " OR ".join(f'"{piece}"' for piece in _rarest(db, asked.alike)):
        least, greatest = (min(length, LONGEST) for length in asked.lengths)
        between = (least << LENGTH, (greatest + 1 << LENGTH) - 1)
        found.update(n for (n,) in db.execute(_BY_PIECES, [pieces, *between, numbers, ALIKE]))
    folds = db.execute(f"SELECT n, fold FROM spelling WHERE n {IN}", [as_json(found)])
    return {n: likeness(asked.fold, fold, n in heard) for n, fold in folds}


def _rarest(db: sqlite3.Connection, pieces: Collection[str]) -> list[str]:
    """The rarest of the pieces, up to so many names as can be ordered in a millisecond or two."""
    counts = db.execute(f"SELECT doc, term FROM spelled_token WHERE term {IN}", [as_json(pieces)])
    names = 0
    chosen: list[str] = []
    for count, piece in sorted(counts):
        names += count
        if chosen and names > _ORDERED:
            break
        chosen.append(piece)
    return chosen


def contents(db: sqlite3.Connection, text: str, kinds: Collection[str], limit: int) -> Iterator[Match]:
    """Items that hold all words of the text, the shortest first, at most `limit`.

    This walks over the items: an index of their words would make loading slower by more than a twentieth.
    """
    wanted = words(text)
    if not wanted or not kinds:
        return
    patterns = ["%" + "%".join(runs(word)) + "%" for word in wanted]
    condition = " AND ".join("text LIKE ?" for _ in patterns)
    sql = f"SELECT id, kind, text FROM node WHERE kind {IN} AND {condition} ORDER BY length(text), id"
    for id, kind, item in db.execute(sql, [as_json(kinds), *patterns]):
        if limit <= 0:
            return
        if score := holds(item, wanted):
            limit -= 1
            yield Match(id, kind, item, score)


def find(db: sqlite3.Connection, text: str, kinds: Collection[str], limit: int, more: bool) -> list[Match]:
    """As graphmodel.store.View.find."""
    return search(
        text, kinds, limit, more,
        lambda asked, chosen: equal(db, asked, chosen),
        lambda asked, chosen: like(db, asked, chosen, limit),
        lambda chosen, most: contents(db, text, chosen, most),
    )  # fmt: skip
