"""The embedded store: one SQLite file, read by any number of processes while one writes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from graphmodel.errors import Outdated
from graphmodel.graph import Reading, SkillScheme
from graphmodel.jobs import Job
from graphmodel.lists import Cut, Listing
from graphmodel.nodes import Node
from graphmodel.relations import Edge, Mention
from graphmodel.store import (
    Change,
    Changes,
    Evidence,
    Match,
    Prepared,
    Stamp,
)
from graphmodel.stores import sqlite_jobs
from graphmodel.stores import sqlite_writes as writes
from graphmodel.stores.batches import batches, merged
from graphmodel.stores.sqlite_additions import Addition, prepare
from graphmodel.stores.sqlite_file import File
from graphmodel.stores.sqlite_reads import SqliteView
from graphmodel.stores.sqlite_rows import IN, as_json
from graphmodel.stores.sqlite_taxonomy import put

BUSY_SECONDS = 30.0
ROWS_PER_TRANSACTION = 20_000
"""Nodes and mentions that are added at once: twice what stores take by default costs a tenth less a row."""

DOCUMENTS_PER_TRANSACTION = 200
"""Documents are forgotten in transactions of this many."""


def open_store(url: str, *, read_only: bool = False, timeout: float = BUSY_SECONDS) -> SqliteStore:
    """As graphmodel.store.open_store. `timeout`: seconds to wait for another process that writes, then StoreBusy."""
    return SqliteStore(url, File(url, read_only, timeout))


class SqliteStore:
    """graphmodel.store.GraphStore over a file. May be used from several threads."""

    def __init__(self, url: str, file: File) -> None:
        self.url = url
        self._file = file
        self._counts: tuple[str, dict[str, int]] = ("", {})

    def check(self) -> None:
        self._file.check()

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def reading(self) -> Iterator[SqliteView]:
        with self._file.connection() as db:
            db.execute("BEGIN")
            first = SqliteView(db)
            state = first.state()  # the first read fixes the state that the others see
            known, counts = self._counts
            if known != state:
                self._counts = state, (counts := {})
            yield SqliteView(db, counts, first.met)

    prepare = staticmethod(prepare)

    def add(self, documents: Iterable[Reading | Prepared]) -> Iterator[Changes]:
        additions = (prepare(each) if isinstance(each, Reading) else cast(Addition, each) for each in documents)
        return map(self._add, batches(additions, ROWS_PER_TRANSACTION))

    def add_many(self, documents: Iterable[Reading | Prepared]) -> Changes:
        return merged(self.add(documents))

    def _add(self, group: list[Addition]) -> Changes:
        """Adds one group in one transaction; no transaction is begun if all of it is there already."""
        with self.reading() as view:
            if not _news(view, group):
                return Changes(unchanged=_origins(group))
        with self._file.writing() as db:
            view = SqliteView(db)
            news = _news(view, group)  # once more, now that nobody else writes
            taxonomy = view.taxonomy()
            for addition in news:
                if addition.taxonomy != taxonomy:
                    raise Outdated(
                        f"{addition.origin} was read with another skill taxonomy than that of {self.url}.",
                        "Read it with the taxonomy of the store, or bring the store up to date: rolegraph refresh.",
                    )
            if not news:
                return Changes(unchanged=_origins(group))
            origins = _origins(news)
            old = _documents(db, origins)
            writes.write(db, news, list(old.values()), _maker(db, news[0]))
            _note(db, [(origin, "changed" if origin in old else "added") for origin in origins])
        return Changes(
            added=tuple(origin for origin in origins if origin not in old),
            changed=tuple(origin for origin in origins if origin in old),
            unchanged=tuple(sorted(set(_origins(group)) - set(origins))),
            rows=sum(addition.rows for addition in news),
        )

    def forget(self, origins: Collection[str]) -> Changes:
        done: list[Changes] = []
        ordered = sorted(set(origins))
        for start in range(0, len(ordered), DOCUMENTS_PER_TRANSACTION):
            with self._file.writing() as db:
                old = _documents(db, ordered[start : start + DOCUMENTS_PER_TRANSACTION])
                if old:
                    writes.forget(db, list(old.values()))
                    _note(db, [(origin, "forgotten") for origin in old])
            done.append(Changes(forgotten=tuple(sorted(old))))
        return merged(done)

    def set_taxonomy(self, scheme: SkillScheme) -> Changes:
        with self._file.writing() as db:
            if SqliteView(db).taxonomy() == scheme.digest:
                return Changes()
            put(db, scheme)
            db.execute("UPDATE meta SET value = ? WHERE key = 'taxonomy'", [scheme.digest])
            _note(db, [("", "taxonomy")])
        return Changes(rows=len(scheme.skills) + len(scheme.broader) + len(scheme.related))

    def put_jobs(self, jobs: Collection[Job]) -> None:
        with self._file.writing() as db:
            sqlite_jobs.put(db, jobs, time.time())

    def jobs(self, ids: Collection[str] | None = None, limit: int | None = None) -> list[Job]:
        with self._file.connection() as db:
            return sqlite_jobs.get(db, ids, limit, time.time())

    def revision(self) -> int:
        with self.reading() as view:
            return view.revision()

    def state(self) -> str:
        with self.reading() as view:
            return view.state()

    def taxonomy(self) -> str:
        with self.reading() as view:
            return view.taxonomy()

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
        with self.reading() as view:
            return view.nodes(kind, ids, where, order, after, before, limit)

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        with self.reading() as view:
            return view.count(kind, where)

    def edges(
        self,
        relation: str,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Edge]:
        with self.reading() as view:
            yield from view.edges(relation, sources, targets, limit)

    def pairs(self, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
        with self.reading() as view:
            yield from view.pairs(relation, sources)

    def mentions(self, ids: Collection[str] | None = None) -> Iterator[Mention]:
        with self.reading() as view:
            yield from view.mentions(ids)

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
        with self.reading() as view:
            return view.lists(relation, ids, cut, back=back, kind=kind, candidates=candidates)

    def evidence(
        self, subjects: Collection[str], skills: Collection[str] | None = None, limit: int | None = None
    ) -> Iterator[Evidence]:
        with self.reading() as view:
            yield from view.evidence(subjects, skills, limit)

    def role_counts(self, skills: Collection[str] | None = None) -> dict[str, int]:
        with self.reading() as view:
            return view.role_counts(skills)

    def find(self, text: str, kinds: Collection[str] | None = None, limit: int = 10, more: bool = False) -> list[Match]:
        with self.reading() as view:
            return view.find(text, kinds, limit, more)

    def text(self, origins: Collection[str]) -> dict[str, str]:
        with self.reading() as view:
            return view.text(origins)

    def readings(self, origins: Collection[str] | None = None) -> Iterator[Reading]:
        with self.reading() as view:
            yield from view.readings(origins)

    def scheme(self) -> SkillScheme:
        with self.reading() as view:
            return view.scheme()

    def stamps(self, origins: Collection[str] | None = None) -> dict[str, Stamp]:
        with self.reading() as view:
            return view.stamps(origins)

    def changes(self, since: int = 0) -> list[Change]:
        with self.reading() as view:
            return view.changes(since)

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        with self.reading() as view:
            return view.aliases(ids)


def _origins(group: Iterable[Addition]) -> tuple[str, ...]:
    return tuple(sorted(addition.origin for addition in group))


def _news(view: SqliteView, group: list[Addition]) -> list[Addition]:
    stamps = view.stamps(_origins(group))
    return [addition for addition in group if stamps.get(addition.origin) != addition.stamp]


def _documents(db: sqlite3.Connection, origins: Collection[str]) -> dict[str, int]:
    """The numbers of those documents that are there."""
    sql = f"SELECT origin, n FROM document WHERE origin {IN}"
    return dict(db.execute(sql, [as_json(origins)]))


def _maker(db: sqlite3.Connection, addition: Addition) -> int:
    """The number of the reader and taxonomy that made a reading."""
    made = [addition.reader, addition.taxonomy]
    db.execute("INSERT OR IGNORE INTO maker(reader, taxonomy) VALUES(?, ?)", made)
    n: int = db.execute("SELECT n FROM maker WHERE reader = ? AND taxonomy = ?", made).fetchone()[0]
    return n


def _note(db: sqlite3.Connection, actions: Iterable[tuple[str, str]]) -> None:
    """Raises the revision, names the new state, and writes what was done to which origin into the journal."""
    db.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
    db.execute("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'state'")
    revision = SqliteView(db).revision()
    db.executemany("INSERT INTO journal VALUES(?, ?, ?)", [(revision, *action) for action in actions])
