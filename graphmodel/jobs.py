"""A load that was asked for, as a row beside the graph: any process that has the store can tell of it.

Rows are no part of the graph: they are in no revision, journal, export or copy.
"""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

JobState = Literal["queued", "running", "done", "failed", "interrupted"]

BEGUN: tuple[JobState, ...] = ("running", "done", "failed")
"""The states of a job that was begun for certain."""

SILENT_SECONDS = 15.0
"""A job that is not finished, and of which nothing was written for so long, has lost its process.

A beat may have to wait for a transaction of another process: a new skill taxonomy takes a store some seconds.
"""

BEAT_SECONDS = 2.0
"""How often a process writes the jobs that it has not finished."""

KEPT = 1_000
"""Finished jobs that are kept, the latest."""


class Failed(NamedTuple):
    """A document that could not be read, and why."""

    origin: str
    reason: str


class Job(NamedTuple):
    """A load: `asked_by` names the key, `total` counts the documents once all are known, `done` those dealt with.

    A row of a table and a member of an archive is a document of its own. `share` in [0, 1] is how much was passed of
    all bytes. The counts from `added` on are known at the end; `failures` and `without` (documents without a posting)
    name the first of theirs. `due` is true if the store got another skill taxonomy. `problem` says why all of it
    failed. The times are seconds since 1970 by the store's clock, which sets them when the row is written.
    """

    id: str
    state: JobState = "queued"
    asked_by: str = ""
    total: int | None = None
    done: int = 0
    share: float = 0.0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    empty: int = 0
    forgotten: int = 0
    failed: int = 0
    failures: tuple[Failed, ...] = ()
    without: tuple[str, ...] = ()
    due: bool = False
    problem: str = ""
    asked: float = 0.0
    started: float | None = None
    updated: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in ("queued", "running")


def packed(job: Job) -> str:
    """What a store keeps of a job beside its id, its state and the times."""
    told = {key: value for key, value in job._asdict().items() if key not in _COLUMNS}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(
    now: float, id: str, state: JobState, asked: float, started: float | None, updated: float, told: str
) -> Job:
    """The inverse of `packed`. A job that has been silent for too long at `now` is shown as interrupted."""
    parts = json.loads(told)
    parts["failures"] = tuple(Failed(*each) for each in parts["failures"])
    parts["without"] = tuple(parts["without"])
    job = Job(id, state, asked=asked, started=started, updated=updated, **parts)
    return job._replace(state="interrupted") if not job.finished and now - updated > SILENT_SECONDS else job


_COLUMNS = ("id", "state", "asked", "started", "updated")
