"""Queries to the present state of a store: its index, built when it is first asked, and the processes that ask it."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from api.sparql.index import Index, build, index_of
from api.sparql.worker import Answered, Ask, Failed, Worker
from graphmodel.errors import RolegraphError, StoreBusy
from graphmodel.store import GraphStore, open_store
from ontology.terms import BASE

_log = logging.getLogger("rolegraph.sparql")

MEMORY = "sqlite://"
"""A store that no other process can have."""

_STOPPED = Failed("stopped", "The server is being stopped.", "Ask again when it is back.")

_LOOKED = 0.02
"""Seconds between two looks at whether an index is there."""

_MOVED = 3
"""A store that changes while it is asked is asked again so often."""


class Bounds(NamedTuple):
    """What one query may take; None: no end. `waits`: seconds for its index to be built; `processes` are for all."""

    seconds: float | None = 30.0
    rows: int = 100_000
    size: int = 100_000_000
    memory: int | None = 2_000_000_000
    waits: float | None = 20.0
    processes: int = 2


DEFAULT_BOUNDS = Bounds()


class NotReady(RolegraphError):
    """The index is still being built; `triples` are in it so far."""

    def __init__(self, triples: int) -> None:
        super().__init__(
            f"The present state of the graph is being made ready for SPARQL: {triples:,} triples so far.",
            "Ask again in some seconds.",
        )
        self.triples = triples


class Told(NamedTuple):
    """An answer, and the state of the store that it is of."""

    answer: Answered | Failed
    state: str


class Sparql:
    """Asks a store. Its methods may be called on any thread; as many at once as there are processes."""

    def __init__(self, store: GraphStore, base: str | None = None, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self.base = base or BASE
        self.bounds = bounds
        self._store = store
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._building: _Building | None = None

    def state(self) -> str:
        """The name of the store's present state."""
        return self._store.state()

    def ask(
        self,
        query: str,
        solutions: str | None,
        triples: str | None,
        gzip: bool = False,
        given_up: threading.Event | None = None,
    ) -> Told:
        """The answer in one of the formats named (api.sparql.results; None: the client takes none), from the state
        that the store has when it is asked. It ends soon after `given_up` is set.

        Raises NotReady, and what the store raises.
        """
        bounds, given_up = self.bounds, given_up or threading.Event()
        for _ in range(_MOVED):
            index = self._ready(given_up)
            ask = Ask(query, index, self.base, solutions, triples, bounds.rows, bounds.size, gzip)
            answer = self._asked(ask, given_up)
            if not (isinstance(answer, Failed) and answer.why == "missing"):
                break
        return Told(answer, index.state)

    def _asked(self, ask: Ask, given_up: threading.Event) -> Answered | Failed:
        with self._lock:
            if self._closed:
                return _STOPPED
            while self._idle and not self._idle[-1].alive():
                self._idle.pop().close()
            worker = self._idle.pop() if self._idle else Worker(self.bounds.memory)
            self._busy.add(worker)
        kept = False
        try:
            answer = worker.ask(ask, self.bounds.seconds, given_up)
            kept = not (isinstance(answer, Failed) and answer.why in ("time", "memory", "given-up"))
        finally:
            with self._lock:
                self._busy.discard(worker)
                kept = kept and not self._closed
                if kept:
                    self._idle.append(worker)
            if not kept:
                worker.close()
        return _STOPPED if self._closed and isinstance(answer, Failed) else answer

    def _ready(self, given_up: threading.Event) -> Index:
        """The index of the present state, for which it waits a while. Raises NotReady."""
        waits = self.bounds.waits
        ends = time.monotonic() + waits if waits is not None else float("inf")
        while True:
            index = index_of(self._store.url, self.base, self.state())
            if index.there():
                return index
            building = self._begun(index)
            if building.ended(min(_LOOKED, max(ends - time.monotonic(), 0.0))):
                with self._lock:
                    if self._building is building:
                        self._building = None
                if building.problem and not index.there():
                    raise building.problem
            elif given_up.is_set() or time.monotonic() >= ends:
                raise NotReady(_so_far(index))

    def _begun(self, index: Index) -> _Building:
        """What builds the index, or another one: one after the other."""
        with self._lock:
            if self._building is None:
                while self._idle:  # they keep the index before this one from being taken away
                    self._idle.pop().close()
                self._building = _Building(self._store, index, self.base)
            return self._building

    def close(self) -> None:
        """Ends what is running."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.stop()
            building = self._building
        for worker in idle:
            worker.close()
        if building:
            building.close()


class _Building:
    """An index that is being built: in a process of its own, or on a thread where no process can have the store."""

    def __init__(self, store: GraphStore, index: Index, base: str) -> None:
        self.problem: RolegraphError | None = None
        self._done = threading.Event()
        self._process: multiprocessing.process.BaseProcess | None = None
        arguments: tuple[GraphStore | str, Index, str] = (store if store.url == MEMORY else store.url, index, base)
        threading.Thread(target=self._run, args=arguments, name="rolegraph-sparql-index", daemon=True).start()

    def _run(self, store: GraphStore | str, index: Index, base: str) -> None:
        try:
            self.problem = _built(store, index, base) if not isinstance(store, str) else self._apart(store, index, base)
        except Exception as error:
            _log.exception("An index for SPARQL cannot be built")
            self.problem = RolegraphError(f"The graph cannot be made ready for SPARQL: {error}.", "Look into the log.")
        finally:
            self._done.set()

    def _apart(self, url: str, index: Index, base: str) -> RolegraphError | None:
        """As _built, in another process."""
        context = multiprocessing.get_context("spawn")
        ears, mouth = context.Pipe(duplex=False)
        process = context.Process(target=_build, args=(mouth, url, index, base), name="rolegraph-index", daemon=True)
        process.start()
        self._process = process
        mouth.close()
        with ears:
            try:
                told: tuple[str, str] | None = ears.recv()
            except (EOFError, OSError):
                told = ("The graph was not made ready for SPARQL: the process was ended from outside.", "Ask again.")
        process.join()
        return told and RolegraphError(*told)

    def ended(self, seconds: float) -> bool:
        return self._done.wait(seconds)

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._done.wait(1)


def _build(mouth: Connection, url: str, index: Index, base: str) -> None:
    from loaders.workers import end_with_parent

    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    end_with_parent()
    try:
        with closing(open_store(url, read_only=True)) as store:
            problem = _built(store, index, base)
    except RolegraphError as error:
        problem = error
    with suppress(BrokenPipeError):
        mouth.send(problem and (problem.problem, problem.remedy))


def _built(store: GraphStore, index: Index, base: str) -> RolegraphError | None:
    """Builds the index, unless the store moves on meanwhile: whoever asks next says which state is wanted then."""
    try:
        with store.reading() as view:
            if view.state() == index.state:
                build(view, index, base)
    except StoreBusy:
        return None
    except RolegraphError as error:
        return error
    return None


def _so_far(index: Index) -> int:
    try:
        return int(index.progress.read_text() or 0)
    except (OSError, ValueError):
        return 0
