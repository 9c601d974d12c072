"""Documents dealt with in several processes, in order: the result is that of one process, byte for byte."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Any, TypeVar

from graphmodel.errors import BadInput
from loaders.lexicon import Lexicon
from loaders.source import Source
from ontology.taxonomy import Taxonomy

S = TypeVar("S")
T = TypeVar("T")


Work = Callable[[list[Any], Lexicon], list[T]]
"""What is done with some documents: a function of a module, or a partial of one, so that a process can be told of it.
"""

FEW = 200
"""Documents that one process deals with: to start others takes longer."""

CHUNK, CHUNK_BYTES = 32, 262_144
"""Documents that a process is given at once, and the size at which fewer will do."""

AHEAD = 3
"""Chunks for each process that wait or are done, so that memory is bounded and no process is idle."""

_lexicon: Lexicon | None = None


def cores() -> int:
    """How many processes --jobs means if it is not given: a core each, at most eight."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 8)


def spread(work: Work[T], items: Iterable[Any], taxonomy: Taxonomy, lexicon: Lexicon, jobs: int) -> Iterator[T]:
    """What the work makes of the items, in their order; items are read as they are needed.

    `lexicon` is the taxonomy's. Raises BadInput if a process ends before its work: killed, or short of memory.
    """
    parts = chunks(items)
    first = list(itertools.islice(parts, -(-FEW // CHUNK))) if jobs > 1 else []
    every = itertools.chain(first, parts)
    if sum(map(len, first)) >= FEW:
        for results in _in_processes(work, every, taxonomy, lexicon, jobs):
            yield from results
    else:
        for chunk in every:
            yield from work(chunk, lexicon)


def chunks(items: Iterable[S], most: int = CHUNK) -> Iterator[list[S]]:
    """The items in lists of at most so many, and of not many more than CHUNK_BYTES."""
    chunk: list[S] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Source) else 0
        if len(chunk) >= most or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _in_processes(
    work: Work[T], parts: Iterable[list[Any]], taxonomy: Taxonomy, lexicon: Lexicon, jobs: int
) -> Iterator[list[T]]:
    global _lexicon
    _lexicon = lexicon  # a forked process has it already; a spawned one builds it
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, _start, (taxonomy,))
    waiting: deque[Future[list[T]]] = deque()
    try:
        for chunk in parts:
            waiting.append(pool.submit(_done, work, chunk))
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise BadInput(
            "A process that read documents was ended from outside, or by a lack of memory.",
            "Run the command again: what was stored stays. With --jobs 1 one process does it all.",
        ) from error
    finally:
        _lexicon = None
        pool.shutdown(cancel_futures=True)


def _start(taxonomy: Taxonomy) -> None:
    """Makes a process ready: the parent alone answers Ctrl-C, and no process outlives it."""
    global _lexicon
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    if _lexicon is None:
        _lexicon = Lexicon(taxonomy)
    gc.freeze()


def end_with_parent(last: Callable[[], None] = lambda: None) -> threading.Thread:
    """Ends this process as soon as the one that started it has ended, killed or not; `last` is what is done then.

    The thread that waits for it is given back: one who knows that the end is there joins it, so that `last` is done.
    """

    def follow() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            connection.wait([parent.sentinel])
            last()
            os._exit(1)

    following = threading.Thread(target=follow, daemon=True)
    following.start()
    return following


def _done(work: Work[T], chunk: list[Any]) -> list[T]:
    assert _lexicon is not None
    return work(chunk, _lexicon)
