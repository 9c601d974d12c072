"""The origins that a load has met, kept on disk: memory stays the same however many there are."""

from __future__ import annotations

import sqlite3

CACHE_KIB = 16_384
"""Memory that is used before a temporary file is."""


class Origins:
    """A set that counts. Its file is temporary, without a name, and goes with the process."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("CREATE TABLE met(name TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def meet(self, name: str | bytes) -> int:
        """How often the name was met, this time included."""
        sql = "INSERT INTO met VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET times = times + 1 RETURNING times"
        times: int = self._db.execute(sql, [name]).fetchone()[0]
        return times

    def __contains__(self, name: object) -> bool:
        return self._db.execute("SELECT 1 FROM met WHERE name = ?", [name]).fetchone() is not None

    def close(self) -> None:
        self._db.close()
