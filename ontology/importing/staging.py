"""A dump as a file of subjects: whatever the order of its triples, each subject is found by its id or by its owner.

The owner of a posting is its document, of a mention its posting, or the item whose words it is. Memory does not grow
with the dump: a subject is written as soon as another one begins, and put together with its other parts in the end.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graphmodel.errors import BadInput
from ontology.importing.said import NAMES, Said, Unknown, object_of, prefixed, split
from ontology.terms import check_base

_ROWS = 10_000
_OWNERS = {"document", "posting"}

Row = tuple[str, str | None, bytes]
"""An id, its owner if a triple told it, and the pairs of property and object."""


class Staging:
    """The subjects of a dump, in a SQLite file that is thrown away."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768", "temp_store = FILE"):
            self._db.execute(f"PRAGMA {setting}")
        self._db.execute("CREATE TABLE part(id TEXT, owner TEXT, pairs BLOB)")
        self.base = ""
        self.triples = 0
        self.left_out = 0

    def close(self) -> None:
        self._db.close()

    def take(self, quads: Iterable[Any], base: str, rebase: bool, ignore_unknown: bool) -> None:
        """Takes in the triples of a dump, whose things are under `base`, or with `rebase` under any one base.

        Raises Unknown and BadInput, with the IRI of the subject in `subject` and the property in `property`.
        """
        self.base = base if not rebase else ""
        self._db.execute("BEGIN")
        rows = self._rows(quads, rebase, ignore_unknown)
        while chunk := list(islice(rows, _ROWS)):
            self._db.executemany("INSERT INTO part VALUES(?, ?, ?)", chunk)
        self._db.execute("CREATE INDEX part_id ON part(id)")
        repeated = self._db.execute("SELECT 1 FROM part GROUP BY id HAVING count(*) > 1 LIMIT 1").fetchone()
        if repeated is None:
            self._db.execute("ALTER TABLE part RENAME TO subject")
        else:
            self._merge()
        self._db.execute("CREATE INDEX subject_owner ON subject(owner) WHERE owner IS NOT NULL")
        self._db.execute("COMMIT")

    def _rows(self, quads: Iterable[Any], rebase: bool, ignore_unknown: bool) -> Iterator[Row]:
        names: dict[str, str] = dict(NAMES)
        before, id, owner = "", "", None
        pairs: list[tuple[str, str]] = []
        for subject, predicate, value, _ in quads:
            iri = subject.value if type(subject) is ox.NamedNode else str(subject)
            if iri != before:
                if pairs:
                    yield id, owner, marshal.dumps(pairs)
                pairs, owner = [], None
                try:
                    id = self._id(subject, rebase)
                except Unknown as error:
                    if not ignore_unknown:
                        raise _at(error, iri) from None
                    id = ""
                before = iri
            if not id:
                self.left_out += 1
                continue
            property = names.get(predicate.value)
            try:
                if property is None:
                    raise Unknown(f"the property {prefixed(predicate.value)}", "")
                said = object_of(property, value, self.base)
            except Unknown as error:
                if not ignore_unknown:
                    raise _at(error, iri, property or predicate.value) from None
                self.left_out += 1
                continue
            pairs.append((property, said))
            self.triples += 1
            if property in _OWNERS or (property == "source" and said.startswith(("duty:", "requirement:"))):
                owner = said
        if pairs:
            yield id, owner, marshal.dumps(pairs)

    def _id(self, subject: Any, rebase: bool) -> str:
        if type(subject) is not ox.NamedNode:
            raise Unknown("a blank node", "")
        iri = subject.value
        found = split(iri)
        if found is None:
            raise Unknown("a thing that is none of ours", "")
        base, id = found
        if not self.base:
            check_base(base)
            self.base = base
        if base != self.base:
            remedy = f"Take it as it is: --rebase. Or say that {base} is yours: ROLEGRAPH_BASE_IRI={base}"
            if self.triples or rebase:
                remedy = "Import a dump that was written with one base."
            raise _at(BadInput(f"the base of this thing is not {self.base} but {base}", remedy), iri)
        return id

    def _merge(self) -> None:
        self._db.execute("CREATE TABLE subject(id TEXT, owner TEXT, pairs BLOB)")
        parts = self._db.execute("SELECT id, owner, pairs FROM part ORDER BY id")
        merged = (_whole(id, list(rows)) for id, rows in groupby(parts, itemgetter(0)))
        while chunk := list(islice(merged, _ROWS)):
            self._db.executemany("INSERT INTO subject VALUES(?, ?, ?)", chunk)
        self._db.execute("DROP TABLE part")
        self._db.execute("CREATE INDEX part_id ON subject(id)")

    def count(self) -> int:
        found: int = self._db.execute("SELECT count(*) FROM subject").fetchone()[0]
        return found

    def ids(self, kind: str) -> Iterator[str]:
        """The ids of a kind, in order."""
        found = self._db.execute(
            "SELECT id FROM subject WHERE id >= ? AND id < ? ORDER BY id", [f"{kind}:", f"{kind};"]
        )
        return (id for (id,) in found)

    def all_ids(self) -> Iterator[str]:
        """All ids, in order."""
        return (id for (id,) in self._db.execute("SELECT id FROM subject ORDER BY id"))

    def of_kind(self, kind: str) -> Iterator[tuple[str, Said]]:
        """The subjects of a kind, in order."""
        sql = "SELECT id, pairs FROM subject WHERE id >= ? AND id < ? ORDER BY id"
        return ((id, _said(pairs)) for id, pairs in self._db.execute(sql, [f"{kind}:", f"{kind};"]))

    def of(self, ids: Collection[str]) -> dict[str, Said]:
        """The subjects with these ids; one that is not there is left out."""
        sql = "SELECT id, pairs FROM subject WHERE id IN (SELECT value FROM json_each(?))"
        return {id: _said(pairs) for id, pairs in self._db.execute(sql, [json.dumps(sorted(ids))])}

    def owned(self, owners: Collection[str]) -> Iterator[tuple[str, str, Said]]:
        """The owner, the id and what is said, of all that these own."""
        sql = "SELECT owner, id, pairs FROM subject WHERE owner IN (SELECT value FROM json_each(?)) ORDER BY owner, id"
        found = self._db.execute(sql, [json.dumps(sorted(owners))])
        return ((owner, id, _said(pairs)) for owner, id, pairs in found)

    def put_origins(self, origins: Iterable[tuple[str, str]]) -> None:
        """Keeps the (origin, id) of documents, for `documents`. Raises BadInput if two have one origin."""
        self._db.execute("CREATE TABLE document(origin TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO document VALUES(?, ?)", origins)
        self._db.execute("COMMIT")

    def documents(self, after: str, limit: int) -> list[tuple[str, str]]:
        """The next documents in order of origin, as (origin, id)."""
        sql = "SELECT origin, id FROM document WHERE origin > ? ORDER BY origin LIMIT ?"
        return self._db.execute(sql, [after, limit]).fetchall()


def _at(error: BadInput, subject: str, property: str = "") -> BadInput:
    error.subject, error.property = subject, property  # type: ignore[attr-defined]
    return error


def _said(pairs: bytes) -> Said:
    said: Said = {}
    for property, value in marshal.loads(pairs):
        said.setdefault(property, []).append(value)
    return {property: list(dict.fromkeys(values)) for property, values in said.items()}


def _whole(id: str, rows: list[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    pairs = {pair: None for _, _, some in rows for pair in marshal.loads(some)}
    return id, next((owner for _, owner, _ in rows if owner), None), marshal.dumps(list(pairs))
