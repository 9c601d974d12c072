"""SQLite: the rows of jobs. Their table is made with the first one, so that a file without jobs is as it always was."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from graphmodel import jobs
from graphmodel.jobs import Job
from graphmodel.stores.sqlite_rows import IN, as_json

_TABLE = """CREATE TABLE IF NOT EXISTS job(
  id TEXT PRIMARY KEY, state TEXT NOT NULL, asked REAL NOT NULL, started REAL, updated REAL NOT NULL,
  told TEXT NOT NULL) WITHOUT ROWID"""

_PUT = """INSERT INTO job VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state,
  started = coalesce(started, excluded.started), updated = excluded.updated, told = excluded.told"""

_PRUNE = """DELETE FROM job WHERE id IN (
  SELECT id FROM job WHERE state NOT IN ('queued', 'running') OR updated < ? ORDER BY asked DESC, id DESC
  LIMIT -1 OFFSET ?)"""


def put(db: sqlite3.Connection, changed: Collection[Job], now: float) -> None:
    """Writes jobs as they are at `now`, and lets go of old ones."""
    db.execute(_TABLE)
    db.executemany(
        _PUT,
        [(job.id, job.state, now, now if job.state in jobs.BEGUN else None, now, jobs.packed(job)) for job in changed],
    )
    if any(job.finished for job in changed):
        db.execute(_PRUNE, [now - jobs.SILENT_SECONDS, jobs.KEPT])


def get(db: sqlite3.Connection, ids: Collection[str] | None, limit: int | None, now: float) -> list[Job]:
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'job'").fetchone():
        return []
    sql = "SELECT id, state, asked, started, updated, told FROM job"
    chosen = [] if ids is None else [as_json(ids)]
    rows = db.execute(
        f"{sql}{'' if ids is None else f' WHERE id {IN}'} ORDER BY asked DESC, id DESC LIMIT ?",
        [*chosen, -1 if limit is None else limit],
    )
    return [jobs.unpacked(now, *row) for row in rows]
