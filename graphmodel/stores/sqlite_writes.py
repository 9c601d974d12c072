"""SQLite: what a transaction writes, on a connection that holds the write lock.

A group of documents is written in this order: take away what the touched postings contribute, withdraw old versions,
insert, let go of what nothing mentions any more, name anew, give what the touched postings contribute now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_additions import Addition, in_force
from graphmodel.stores.sqlite_counts import give, rivals, take_away
from graphmodel.stores.sqlite_index import Spelled, index
from graphmodel.stores.sqlite_names import drop_labels, put_labels, rename, withdraw_names
from graphmodel.stores.sqlite_rows import IN, as_json, first_column

WORDS = ("relation", "target", "start", '"end"', "id", "evidence", "how", "confidence", "required", "level")
"""The columns of the table words but the item."""


class Words(NamedTuple):
    """What an item's words mention: rows of the table words without the item, in which nodes are places in `ids`."""

    said: list[rows.Row]
    ids: list[str]

    def rows(self, number: Callable[[str], int | None]) -> Iterator[rows.Row]:
        """The rows with the numbers of their targets."""
        return ((relation, number(self.ids[target]), *row) for relation, target, *row in self.said)


class _Known(NamedTuple):
    """What the store has already: numbers of nodes, items read by another maker, the next free number."""

    numbers: dict[str, int]
    older: dict[str, int]
    next: int


def write(db: sqlite3.Connection, additions: Sequence[Addition], old: Collection[int], maker: int) -> None:
    """Adds documents, all read by one maker, in the place of the old documents (their numbers)."""
    if aliases := _aliases_in_force(db, additions):
        additions = [in_force(addition, aliases) for addition in additions]
    says = _says(additions)
    known = _known(db, additions, maker)
    changed = _changed_items(db, says, known)
    touched = _postings_of(db, old) | postings_with(db, changed)
    new = {fingerprint for addition in additions for *_, fingerprint in addition.postings}
    fingerprints = fingerprints_of(db, touched) | new
    touched |= take_away(db, touched | rivals(db, fingerprints))
    suspects = withdraw(db, old) | _forget_words(db, changed)
    added, named = _insert(db, additions, says, known, changed, maker)
    let_go(db, suspects)
    rename(db, suspects | named)
    give(db, touched | added, fingerprints)


def forget(db: sqlite3.Connection, old: Collection[int]) -> None:
    """Takes away documents (their numbers) and what only they say."""
    touched = _postings_of(db, old)
    fingerprints = fingerprints_of(db, touched)
    take_away(db, touched | rivals(db, fingerprints))
    suspects = withdraw(db, old)
    let_go(db, suspects)
    rename(db, suspects)
    give(db, (), fingerprints)


def withdraw(db: sqlite3.Connection, old: Collection[int]) -> set[int]:
    """Takes away the documents and what they state; gives the nodes that may now be without mention."""
    if not old:
        return set()
    postings = _postings_of(db, old)
    suspects = first_column(db, f"SELECT DISTINCT target FROM stated WHERE posting {IN}", postings)
    suspects |= first_column(db, f"SELECT DISTINCT node FROM named WHERE document {IN}", old)
    withdraw_names(db, old)
    for table, key, gone in (
        ("stated", "posting", postings),
        ("posting", "n", postings),
        ("document", "n", old),
        ("body", "document", old),
        ("node", "n", {*old, *postings}),
    ):
        db.execute(f"DELETE FROM {table} WHERE {key} {IN}", [as_json(gone)])
    return suspects


def let_go(db: sqlite3.Connection, suspects: set[int]) -> None:
    """Deletes those of the nodes that nothing mentions, and the skills and departments of items that go."""
    dead = first_column(
        db,
        f"""SELECT n FROM node WHERE n {IN} AND kind IN ('duty', 'requirement')
        AND NOT EXISTS (SELECT 1 FROM stated s WHERE s.target = node.n)""",
        suspects,
    )
    suspects |= _forget_words(db, dead)
    dead |= first_column(
        db,
        f"""SELECT n FROM node WHERE n {IN} AND kind IN ('role', 'department', 'indicator', 'skill') AND NOT kept
        AND NOT EXISTS (SELECT 1 FROM words w WHERE w.target = node.n)
        AND (kind = 'skill' OR NOT EXISTS (SELECT 1 FROM named d WHERE d.node = node.n))""",
        suspects,
    )
    drop_labels(db, f"DELETE FROM label WHERE node {IN}", dead)
    for table, key in (("node", "n"), ("named", "node")):
        db.execute(f"DELETE FROM {table} WHERE {key} {IN}", [as_json(dead)])


def _says(additions: Iterable[Addition]) -> dict[str, Words]:
    """What the words of each stated item mention, by item; of documents that differ, the first."""
    says: dict[str, Words] = {}
    for addition in additions:
        for place, *_, words in addition.items:
            says.setdefault(addition.ids[place], Words(words, addition.ids))
    return says


def _known(db: sqlite3.Connection, additions: Iterable[Addition], maker: int) -> _Known:
    ids = {id for addition in additions for id in addition.ids}
    found = db.execute(f"SELECT id, n, maker FROM node WHERE id {IN}", [as_json(ids)]).fetchall()
    numbers = {id: n for id, n, _ in found}
    older = {id: n for id, n, made in found if made is not None and made != maker}
    return _Known(numbers, older, db.execute("SELECT coalesce(max(n), 0) + 1 FROM node").fetchone()[0])


def _changed_items(db: sqlite3.Connection, says: Mapping[str, Words], known: _Known) -> set[int]:
    """Items (their numbers) that another maker read, and of which this one says something else."""
    if not known.older:
        return set()
    stored: dict[int, set[rows.Row]] = {n: set() for n in known.older.values()}
    sql = f"SELECT {', '.join(('item', *WORDS))} FROM words WHERE item {IN}"
    for item, *row in db.execute(sql, [as_json(stored)]):
        stored[item].add(tuple(row))
    return {
        n for id, n in known.older.items() if stored[n] != set(says[id].rows(known.numbers.get) if id in says else ())
    }


def _insert(
    db: sqlite3.Connection,
    additions: Iterable[Addition],
    says: Mapping[str, Words],
    known: _Known,
    changed: Collection[int],
    maker: int,
) -> tuple[set[int], set[int]]:
    """Writes what the documents say; gives the numbers of their postings and of the nodes that they name."""
    numbers = _Numbers(known)
    into: dict[str, list[rows.Row]] = {table: [] for table in INSERT}
    meant = {words.ids[row[1]] for words in says.values() for row in words.said}
    added: set[int] = set()
    named: set[int] = set()
    spelled: set[Spelled] = set()
    for addition in additions:
        ids = addition.ids
        document, notes, body = addition.document
        mine = numbers.issue(document)
        into["node"].append((mine, document, "document", addition.origin, None, notes, None))
        into["document"].append((mine, addition.origin, addition.content, maker))
        into["body"].append((mine, body))
        for place, props, *row in addition.postings:
            n = numbers.issue(ids[place])
            added.add(n)
            into["node"].append((n, ids[place], "posting", None, None, props, None))
            into["posting"].append((n, mine, *row))
        for place, kind, text, props, _ in addition.items:
            if (id := ids[place]) not in numbers or id in known.older:
                into["node"].append((numbers[id], id, kind, None, text, props, maker))
        for place, kind, name, props, labels in addition.named:
            if kind == "skill" and ids[place] not in meant:
                continue
            if (id := ids[place]) not in numbers:
                into["node"].append((numbers[id], id, kind, name, None, props, None))
            n = numbers[id]
            named.add(n)
            into["named"].extend((mine, n, label, votes, described) for label, _, votes, described in labels)
            into["label"].extend((n, *label) for label in labels)
            spelled.update((kind, folded) for _, folded, *_ in labels)
        for place, name, props, folds in addition.curated:
            if (id := ids[place]) in meant and id not in numbers:
                into["node"].append((numbers[id], id, "skill", name, None, props, None))
                spelled |= put_labels(db, numbers[id], folds)
        into["stated"].extend(
            (numbers[ids[posting]], relation, numbers[ids[source]], numbers[ids[target]], *row)
            for posting, relation, source, target, *row in addition.stated
        )
    for item, words in says.items():
        n = numbers[item]
        if n >= known.next or n in changed:
            into["words"].extend((n, *row) for row in words.rows(numbers.__getitem__))
    for table, sql in INSERT.items():
        db.executemany(sql, into[table])
    index(db, spelled)
    return added, named


class _Numbers(dict[str, int]):
    """The number of each node by id, issued where it is missing."""

    def __init__(self, known: _Known) -> None:
        super().__init__(known.numbers)
        self._next = known.next

    def __missing__(self, id: str) -> int:
        return self.issue(id)

    def issue(self, id: str) -> int:
        """A new number, whatever the node was before."""
        number = self[id] = self._next
        self._next += 1
        return number


INSERT = {
    "node": """INSERT INTO node(n, id, kind, name, text, props, maker) VALUES(?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(n) DO UPDATE SET text = excluded.text, props = excluded.props, maker = excluded.maker""",
    "document": "INSERT INTO document(n, origin, content, maker) VALUES(?, ?, ?, ?)",
    "body": "INSERT INTO body(document, text) VALUES(?, ?)",
    "posting": "INSERT INTO posting(n, document, rank, number, fingerprint) VALUES(?, ?, ?, ?, ?)",
    "named": "INSERT INTO named(document, node, label, preferred, described) VALUES(?, ?, ?, ?, ?)",
    "label": """INSERT INTO label(node, label, fold, votes, documents, described) VALUES(?, ?, ?, ?, 1, ?)
        ON CONFLICT(node, label) DO UPDATE SET votes = votes + excluded.votes, documents = documents + 1,
          described = described + excluded.described""",
    "stated": "INSERT INTO stated VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "words": "INSERT OR IGNORE INTO words VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
}


def _forget_words(db: sqlite3.Connection, items: Collection[int]) -> set[int]:
    """Deletes what the words of items mention; gives the skills and departments that may now be without mention."""
    if not items:
        return set()
    targets = first_column(db, f"SELECT DISTINCT target FROM words WHERE item {IN}", items)
    db.execute(f"DELETE FROM words WHERE item {IN}", [as_json(items)])
    return targets


def _aliases_in_force(db: sqlite3.Connection, additions: Iterable[Addition]) -> dict[str, str]:
    skills = {id for addition in additions for id in addition.ids if id.startswith("skill:")}
    sql = f"SELECT old, new FROM alias JOIN node ON id = new WHERE kept AND old {IN}"
    return dict(db.execute(sql, [as_json(skills)]))


def _postings_of(db: sqlite3.Connection, documents: Collection[int]) -> set[int]:
    return first_column(db, f"SELECT n FROM posting WHERE document {IN}", documents)


def postings_with(db: sqlite3.Connection, items: Collection[int]) -> set[int]:
    """The postings that state one of the items."""
    return first_column(db, f"SELECT DISTINCT posting FROM stated WHERE target {IN}", items)


def fingerprints_of(db: sqlite3.Connection, postings: Collection[int]) -> set[str]:
    return first_column(db, f"SELECT fingerprint FROM posting WHERE n {IN}", postings)
