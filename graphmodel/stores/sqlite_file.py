"""SQLite: the file, the connections to it, and its errors in our words."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graphmodel.errors import BadInput, RolegraphError, StoreBusy, StoreReadOnly, StoreRefused, StoreUnreachable
from graphmodel.stores.sqlite_schema import prepare

_SETTINGS = """
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = OFF;
PRAGMA cache_size = -32768;
PRAGMA mmap_size = 33554432;
PRAGMA wal_autocheckpoint = 16384;
PRAGMA journal_size_limit = 67108864;
"""


class _Connection(sqlite3.Connection):
    file: tuple[int, int] | None = None
    """Which file it is to: device and number."""


class File:
    """A pool of connections to one file; a connection serves one view or one transaction at a time.

    `sqlite://` is a private file in the folder for temporary files, gone with close(): unlike a database in memory
    it lets a view stay as it is while the same process writes.

    A file that was deleted or replaced since is noticed: connections would go on reading what nobody else sees.
    """

    def __init__(self, url: str, read_only: bool, timeout: float) -> None:
        self.url = url
        self.timeout = timeout
        self._folder = (
            None if url != "sqlite://" else tempfile.TemporaryDirectory(prefix="rolegraph-", ignore_cleanup_errors=True)
        )
        self._path = _path(url) if self._folder is None else Path(self._folder.name, "memory.db")
        self._idle: list[_Connection] = []
        self._met: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._read_only = read_only
        if not self._path.parent.is_dir():
            raise StoreUnreachable(
                f"{url}: there is no folder {self._path.parent}.", "Make the folder, or name another."
            )
        if not _can_write(self._path):
            self._read_only = True
        if self._read_only and not self._path.exists():
            if read_only:
                raise StoreUnreachable(
                    f"{url}: there is no such file.", "Load documents first: rolegraph load PATH --store URL."
                )
            raise StoreReadOnly(f"{url}: nothing may be written in {self._path.parent}.", "Name a folder of your own.")
        with translated(url):
            db = self._open(make=True)
            self._met = db.file
            self._give(db)

    def check(self) -> None:
        """Raises what opening the file now would."""
        with self.connection() as db:
            prepare(db, self.url, self._path, read_only=True)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one user; its open transaction, if any, is rolled back at the end."""
        with translated(self.url):
            db = self._take()
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.rollback()
                self._give(db)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that holds the write lock; commits at the end, unless there was an error."""
        if self._read_only:
            raise StoreReadOnly(
                f"{self.url} can be read and not written.",
                "Give yourself the right to write the file and its folder, or copy it to a folder of your own.",
            )
        with self.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            if db.in_transaction:
                db.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()
        if self._folder is not None:
            self._folder.cleanup()

    def _take(self) -> _Connection:
        with self._lock:
            if self._closed:
                raise RolegraphError(f"{self.url} is closed.", "Open it again with open_store.")
            there = _identity(self._path)
            if there is None:
                raise StoreUnreachable(
                    f"{self.url}: the file is not there any more.", "Put it back, or load the documents into a new one."
                )
            if there != self._met:
                self._met = there
                while self._idle:
                    self._idle.pop().close()
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give(self, db: _Connection) -> None:
        with self._lock:
            if not self._closed and db.file == self._met:
                self._idle.append(db)
                return
        db.close()

    def _open(self, make: bool = False) -> _Connection:
        before = _identity(self._path)
        db = self._connect("mode=" + ("ro" if self._read_only else "rwc" if make else "rw"))
        try:
            try:
                db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            except sqlite3.OperationalError:
                if not self._read_only:
                    raise
                if _pending(self._path):
                    raise StoreReadOnly(
                        f"{self.url} holds transactions that are not finished, in a folder that cannot be written.",
                        "Finish them: copy the file and those beside it (-wal) to a folder of your own.",
                    ) from None
                db.close()
                db = self._connect("mode=ro&immutable=1")  # WAL needs files beside this one, and they cannot be made
            _patiently(self.timeout, lambda: prepare(db, self.url, self._path, self._read_only))
            db.executescript(_SETTINGS)
            if self._folder is not None:
                db.execute("PRAGMA synchronous = OFF")
        except BaseException:
            db.close()
            raise
        db.file = before or _identity(self._path)
        return db

    def _connect(self, query: str) -> _Connection:
        return sqlite3.connect(
            f"{self._path.absolute().as_uri()}?{query}",
            uri=True,
            timeout=self.timeout,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            factory=_Connection,
        )


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Errors of SQLite as ours, sorted by what can be done about them."""
    try:
        yield
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        problem = f"{url}: {error}."
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(
                f"{url}: another process is writing and does not come to an end.", "Try again when it is done."
            ) from error
        if code == sqlite3.SQLITE_NOTADB:
            raise StoreRefused(f"{url} is not a SQLite file.", "Give the path of a new file, or of a store.") from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise StoreRefused(
                problem, "The file is damaged: put a copy in its place, or load the documents into a new file."
            ) from error
        if code == sqlite3.SQLITE_READONLY:
            raise StoreReadOnly(problem, "Give yourself the right to write the file and its folder.") from error
        if code == sqlite3.SQLITE_FULL:
            raise StoreReadOnly(problem, "Make room on the disk; what was not finished is not in the store.") from error
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
            raise StoreUnreachable(problem, "Look whether the file and its folder can be read and written.") from error
        raise


def _path(url: str) -> Path:
    name = url.removeprefix("sqlite://").partition("?")[0]
    if not name.startswith("/") or name == "/":
        raise BadInput(
            f"{url!r} names no file.", "Write sqlite:///file.db, sqlite:////absolute/file.db, or sqlite:// (in memory)."
        )
    return Path(name[1:])


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path, as long as there is one."""
    try:
        met = os.stat(path)
    except OSError:
        return None
    return met.st_dev, met.st_ino


def _can_write(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _pending(path: Path) -> bool:
    """Whether transactions stand in the log beside the file, which a reader of the file alone would miss."""
    log = path.with_name(path.name + "-wal")
    with suppress(OSError):
        return log.stat().st_size > 0
    return False


def _patiently(timeout: float, act: Callable[[], None]) -> None:
    """Tries again while the file is locked: the change to WAL does not wait by itself."""
    end = time.monotonic() + timeout
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)
