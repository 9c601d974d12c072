"""Loads that are asked for over the API: one after another, each in a process of its own, each a job in the store.

Reading is heavy work in Python and would hold up the answers of the process that serves them. The process of a load
only reads and tells how far it is; the job's row is written here, by the process that was asked, and by it alone.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import BadInput, RolegraphError, StoreReadOnly
from graphmodel.jobs import BEAT_SECONDS, Failed, Job
from graphmodel.store import GraphStore
from loaders.apart import Apart, Broken, Order, Progress
from loaders.source import LIMIT
from loaders.tally import Summary
from loaders.uploads import origin_of

_log = logging.getLogger("rolegraph.loads")

PROGRESS_SECONDS = 0.5
"""How often at most a row is written because its load got on, and how soon a running load hears that it must end."""

NAMED = 100
"""Documents that a job names, of those that failed, and of those without a posting; all are counted."""

_AGAIN = "What is in the store stays; load the documents again for the rest."
_KILLED = f"The process of the load was ended from outside, or by a lack of memory.\n{_AGAIN}"
_STOPPED = f"The server was stopped before the load came to its end.\n{_AGAIN}"


class Document(NamedTuple):
    """A document that a client sends. It is stored under its name."""

    name: str
    content: bytes


class Bounds(NamedTuple):
    """The most that may be asked: bytes of a document, bytes and documents of a load, and loads that wait."""

    document_bytes: int = LIMIT
    load_bytes: int = LIMIT
    documents: int = 1_000
    waiting: int = 8


DEFAULT_BOUNDS = Bounds()


class BadDocument(BadInput):
    """A document whose name or content cannot be taken. `name` is as the client wrote it."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.name = name


class TooLarge(BadInput):
    """More than may be sent: `size` and `limit` are bytes, or the number of documents."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(f"{what}: {size:,}, where {limit:,} is the most.", "Send less at a time.")
        self.size = size
        self.limit = limit


class Forgotten(NamedTuple):
    """The origins that are no longer in the store, and those that were not there."""

    origins: tuple[str, ...]
    unknown: tuple[str, ...]


class QueueFull(RolegraphError):
    """As many loads wait as may."""


class _Load(NamedTuple):
    """A load that waits."""

    job: Job
    order: Order


class Loads:
    """Takes loads and does them, one at a time. One for a process; its methods may be called on any thread.

    `taxonomy` and `taxonomy_only` are the settings of these names, by which `rolegraph load` goes too.
    """

    def __init__(
        self,
        store: GraphStore,
        *,
        taxonomy: Path | None = None,
        taxonomy_only: bool = False,
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> None:
        self.bounds = bounds
        self._store = store
        self._taxonomy = taxonomy
        self._taxonomy_only = taxonomy_only
        self._change = threading.Condition()
        self._waiting: deque[_Load] = deque()
        self._taken = 0
        self._thread: threading.Thread | None = None
        self._folder: Path | None = None
        self._end: float | None = None

    def load(self, documents: Sequence[Document], asked_by: str) -> Job:
        """Takes the documents to be loaded, and gives the job that tells of it.

        Raises BadDocument, TooLarge, QueueFull; BadInput for a store in memory, which no other process can have; and
        what GraphStore.put_jobs raises.
        """
        if self._store.url == "sqlite://":
            raise BadInput(
                "A store in memory cannot be loaded into over the API.", "Serve a file: --store sqlite:///file.db."
            )
        origins = self._checked(documents)
        with self._change:
            self._check_open()
            if self._taken > self.bounds.waiting:  # one runs, the others wait
                raise QueueFull(f"{self.bounds.waiting} loads wait already.", "Try again when one of them is done.")
            self._taken += 1
        try:
            load = self._ready(documents, origins, asked_by)
            with self._change:
                self._check_open()
                self._waiting.append(load)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="rolegraph-loads", daemon=True)
                    self._thread.start()
                self._change.notify()
        except BaseException:
            with self._change:
                self._taken -= 1
            raise
        return self._store.jobs([load.job.id])[0]

    def jobs(self, ids: Collection[str] | None = None, limit: int | None = None) -> list[Job]:
        """The jobs of the store, whichever process was asked for them, the latest first."""
        return self._store.jobs(ids, limit)

    def forget(self, names: Collection[str]) -> Forgotten:
        """Takes documents out of the store, at once. Raises BadDocument for what no document can be called, TooLarge,
        and what GraphStore.forget raises.
        """
        if len(names) > self.bounds.documents:
            raise TooLarge("Documents in one request", len(names), self.bounds.documents)
        asked = {_origin(name) for name in names}
        gone = self._store.forget(asked).forgotten
        return Forgotten(gone, tuple(sorted(asked.difference(gone))))

    def close(self, patience: float = 0.0) -> None:
        """Takes no more. The load that runs has some seconds to come to its end; then it is ended, and interrupted."""
        with self._change:
            self._end = time.monotonic() + patience
            left = list(self._waiting)
            self._waiting.clear()
            self._change.notify()
        self._write(*(load.job._replace(state="interrupted", problem=_STOPPED) for load in left))
        if self._thread is not None:
            self._thread.join()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _check_open(self) -> None:
        if self._end is not None:
            raise StoreReadOnly("The server is being stopped.", "Try again when it is back.")

    def _checked(self, documents: Sequence[Document]) -> list[str]:
        bounds = self.bounds
        if not documents:
            raise BadDocument("", "There is no document to load.", "Send at least one.")
        if len(documents) > bounds.documents:
            raise TooLarge("Documents in one request", len(documents), bounds.documents)
        origins: dict[str, str] = {}
        for document in documents:
            origin = _origin(document.name)
            if origin in origins:
                problem = f"Two documents are named {origin}."
                raise BadDocument(document.name, problem, "Give each a name of its own: the latter would replace it.")
            origins[origin] = document.name
            if len(document.content) > bounds.document_bytes:
                raise TooLarge(f"Bytes of {origin}", len(document.content), bounds.document_bytes)
        total = sum(len(document.content) for document in documents)
        if total > bounds.load_bytes:
            raise TooLarge("Bytes of all documents", total, bounds.load_bytes)
        return list(origins)

    def _ready(self, documents: Sequence[Document], origins: Sequence[str], asked_by: str) -> _Load:
        """Puts the documents where their process will find them, and the job into the store."""
        id = secrets.token_hex(8)
        with self._change:
            if self._folder is None or not self._folder.exists():
                self._folder = Path(tempfile.mkdtemp(prefix="rolegraph-loads-"))
        mine = self._folder / id
        mine.mkdir(mode=0o700)
        try:
            files = tuple((origin, mine / str(number)) for number, origin in enumerate(origins))
            for (_, file), document in zip(files, documents, strict=True):
                file.write_bytes(document.content)
            job = Job(f"load:{id}", asked_by=asked_by)
            self._store.put_jobs([job])
        except BaseException:
            shutil.rmtree(mine, ignore_errors=True)
            raise
        limit = self.bounds.document_bytes
        return _Load(job, Order(self._store.url, files, self._folder, limit, self._taxonomy, self._taxonomy_only))

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._waiting and self._end is None:
                    self._change.wait()
                if self._end is not None:
                    return
                load = self._waiting.popleft()
            try:
                self._done(load)
            except Exception:
                number = secrets.token_hex(4)
                _log.exception("Error %s in a load", number)
                self._write(load.job._replace(state="failed", problem=f"Internal error {number}."))
            finally:
                shutil.rmtree(load.order.files[0][1].parent, ignore_errors=True)
                with self._change:
                    self._taken -= 1

    def _done(self, load: _Load) -> None:
        """Runs one load to its end, and writes its row meanwhile, as well as those of the loads that wait."""
        job = load.job._replace(state="running")
        self._write(job)
        try:
            process = Apart(load.order)
        except OSError as error:
            self._write(job._replace(state="failed", problem=f"No process can be started: {error}."))
            return
        written = time.monotonic()
        with closing(process):
            while not job.finished:
                before, job = job, self._heard(job, process)
                since = time.monotonic() - written
                if not job.finished and since >= (BEAT_SECONDS if job == before else PROGRESS_SECONDS):
                    with self._change:
                        waiting = [each.job for each in self._waiting]
                    self._write(job, *waiting)
                    written = time.monotonic()
        while not self._write(job) and self._end is None:
            time.sleep(PROGRESS_SECONDS)

    def _heard(self, job: Job, process: Apart) -> Job:
        """The job, after its process has said something, or nothing for a while."""
        if self._end is not None and time.monotonic() >= self._end:
            process.kill()
        try:
            told = process.told(PROGRESS_SECONDS)
        except EOFError:
            return job._replace(state="interrupted", problem=_KILLED if self._end is None else _STOPPED)
        if isinstance(told, Progress):
            return job._replace(done=told.done, share=told.share)
        if isinstance(told, Broken):
            return job._replace(state="failed", problem=told.problem)
        return job if told is None else _summed(job, told)

    def _write(self, *jobs: Job) -> bool:
        """Whether the rows were written; if not, a line in the log says why."""
        try:
            if jobs:
                self._store.put_jobs(jobs)
        except RolegraphError as error:
            _log.warning("The state of %s is not written: %s", ", ".join(job.id for job in jobs), error.problem)
            return False
        return True


def _origin(name: str) -> str:
    try:
        return origin_of(name)
    except BadInput as error:
        raise BadDocument(name, error.problem, error.remedy) from None


def _summed(job: Job, summary: Summary) -> Job:
    """The job at its end."""
    total = summary.loaded + summary.changed + summary.unchanged + summary.empty + summary.failed
    return job._replace(
        state="done",
        total=total,
        done=total,
        share=1.0,
        added=summary.loaded,
        changed=summary.changed,
        unchanged=summary.unchanged,
        empty=summary.empty,
        forgotten=summary.forgotten,
        failed=summary.failed,
        failures=tuple(Failed(each.origin, str(each.error)) for each in summary.failures[:NAMED]),
        without=summary.without[:NAMED],
        due=summary.due,
    )
