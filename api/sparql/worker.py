"""A process that asks one query after another. pyoxigraph cannot be interrupted; a process can be ended, and its memory
bounded.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import zlib
from contextlib import ExitStack, suppress
from multiprocessing import connection
from multiprocessing.connection import Connection
from textwrap import shorten
from typing import Literal, NamedTuple

import pyoxigraph as ox

from api.sparql import guard, results
from api.sparql.index import Index, Missing, reading
from ontology.terms import prefixes

STARTING_SECONDS = 60
GZIP_LEVEL = 1
_SHOWN = 400
SMALLEST_PACKED = 1_400

Why = Literal[
    "syntax", "not-allowed", "rows", "bytes", "form", "missing", "failed", "time", "memory", "stopped", "given-up"
]
"""missing: the index was taken away meanwhile; form: in none of the formats; stopped: the server is; given-up: nobody
waits for the answer any more.
"""


class Ask(NamedTuple):
    """A query, and the formats for rows and for graphs, by name (api.sparql.results); None: the client takes none.

    `rows` and `size` bound the answer, `base` is that of the IRIs, for the prefixes that need not be declared.
    """

    query: str
    place: Index
    base: str
    solutions: str | None
    triples: str | None
    rows: int
    size: int
    gzip: bool = False


class Answered(NamedTuple):
    """An answer as bytes, perhaps packed with gzip."""

    media_type: str
    body: bytes
    packed: bool = False


class Failed(NamedTuple):
    """Why there is no answer."""

    why: Why
    problem: str
    remedy: str = ""


_NO_MEMORY = Failed(
    "memory",
    "The query needs more memory than a query may have here, or is nested too deep.",
    "Ask for less at a time.",
)
GIVEN_UP = Failed("given-up", "Nobody waits for the answer any more.")

_LOOKED = 0.1
"""Seconds between two looks at whether anybody still waits."""


class Worker:
    """A process that asks, for one thread at a time. Ends with that of its parent."""

    def __init__(self, memory: int | None) -> None:
        """Starts it; `memory` is the most that it may take, in bytes. Raises OSError where none can be started."""
        context = multiprocessing.get_context("spawn")
        self._line, end = context.Pipe()
        self._started = False
        self._process = context.Process(target=_work, args=(end, memory), name="rolegraph-sparql", daemon=True)
        try:
            self._process.start()
        except BaseException:
            self._line.close()
            raise
        finally:
            end.close()

    def ask(self, ask: Ask, seconds: float | None, given_up: threading.Event) -> Answered | Failed:
        """The answer. One that does not come in time, or for which there is no memory, or that nobody waits for any
        more, leaves a process that must be closed.

        The time begins when the process has started.
        """
        try:
            if not self._started:
                if not self._line.poll(STARTING_SECONDS):
                    return Failed("time", f"No process was ready within {STARTING_SECONDS} seconds.", "Ask again.")
                self._started = self._line.recv()
            self._line.send(ask)
            ends = time.monotonic() + seconds if seconds is not None else float("inf")
            while not self._line.poll(min(_LOOKED, max(ends - time.monotonic(), 0.0))):
                if given_up.is_set():
                    return GIVEN_UP
                if time.monotonic() >= ends:
                    problem = f"The query was not answered within {seconds:g} seconds."
                    return Failed("time", problem, "Ask for less of it.")
            answer: Answered | Failed = self._line.recv()
        except (EOFError, OSError):
            return _NO_MEMORY
        return answer

    def stop(self) -> None:
        """Ends it from another thread than the one that asks, which is then told that there is no answer."""
        with suppress(ValueError):  # it was closed
            self._process.terminate()

    def alive(self) -> bool:
        return self._process.is_alive()

    def close(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._line.close()


def _work(line: Connection, memory: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # sent to a whole group; the parent decides
    os.environ["RUST_BACKTRACE"] = "0"  # to write one takes ten seconds
    _offline()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _bound(memory)
    with ExitStack() as stack, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        held = _Held(stack)
        line.send(True)
        while True:
            line.send(_answer(held, line.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _offline() -> None:
    """A second wall around SERVICE: where Linux lets us, this process has no network. It must have one thread yet."""
    if sys.platform == "linux":
        import ctypes

        new_user, new_network = 0x10000000, 0x40000000
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(new_user | new_network)


def _bound(memory: int | None) -> None:
    """Bounds the memory, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


class _Held:
    """The index that was asked last, open."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._index: Index | None = None
        self._store: ox.Store | None = None

    def store(self, index: Index) -> ox.Store:
        if self._store is None or index != self._index or not index.there():
            self._store = None
            self._stack.close()
            self._store, self._index = self._stack.enter_context(reading(index)), index
        return self._store


def _answer(held: _Held, ask: Ask) -> Answered | Failed:
    """All that can go wrong with a query is told, and does not end the process."""
    try:
        guard.check(ask.query)
        known = prefixes(ask.base)
        found = held.store(ask.place).query(ask.query, prefixes=known)
        if isinstance(found, ox.QueryTriples):
            if ask.triples is None:
                return _other_form("a graph", [each.media_type for each in results.TRIPLES.values()])
            graph = results.TRIPLES[ask.triples]
            return _packed(ask, graph.media_type, results.graph(found, graph, known, ask.rows))
        if ask.solutions is None:
            return _other_form("rows, or yes or no,", [each.media_type for each in results.SOLUTIONS.values()])
        format = results.SOLUTIONS[ask.solutions]
        body = (
            format.boolean(bool(found))
            if isinstance(found, ox.QueryBoolean)
            else results.solutions(found, format, ask.rows)
        )
        return _packed(ask, format.media_type, body)
    except guard.NotAllowed as error:
        return Failed("not-allowed", error.problem, error.remedy)
    except results.TooMany:
        return Failed("rows", f"The answer has more than {ask.rows:,} rows.", "Ask for less of it: LIMIT and OFFSET.")
    except Missing as error:
        return Failed("missing", error.problem)
    except SyntaxError as error:
        return Failed("syntax", f"The query cannot be read: {shorten(str(error.msg), _SHOWN)}")
    except MemoryError:
        return _NO_MEMORY
    except Exception as error:
        return Failed("failed", f"The query cannot be answered: {error}")


def _other_form(found: str, media_types: list[str]) -> Failed:
    return Failed("form", f"The query finds {found} in none of the media types in Accept.", ", ".join(media_types))


def _packed(ask: Ask, media_type: str, body: bytes) -> Answered | Failed:
    if len(body) > ask.size:
        return Failed("bytes", f"The answer has more than {ask.size:,} bytes.", "Ask for less of it.")
    if not ask.gzip or len(body) < SMALLEST_PACKED:
        return Answered(media_type, body)
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return Answered(media_type, packer.compress(body) + packer.flush(), True)
