"""How fast a store takes documents in and shows evidence: python -m benchmarks.store [URL] [documents].

Counted are nodes, stated edges (one a mention) and derived edges, each once. Besides the time on the clock stands that
of the processor, which says more where other programs run.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import row
from graphmodel.nodes import NODE_TYPES
from graphmodel.relations import DERIVED, STATED
from graphmodel.store import GraphStore, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from graphs import many

ITEMS = 13
"""Items a document: with these, 20,000 documents make 1.1 million nodes and edges."""


def main(url: str = "", documents: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = url or f"sqlite:///{folder}/bench.db"
        readings = list(many(documents, items=ITEMS))
        gc.freeze()  # the prepared list is not to be walked again and again
        memory = peak()
        store = open_store(target)
        seconds, processor = timed(lambda: store.add_many(readings))
        things = count(store)
        row("documents; nodes, stated and derived edges", f"{documents:,}", f"{things:,}")
        row("add_many, clock", f"{seconds:.1f} s", f"{things / seconds:,.0f} a second")
        row("add_many, processor", f"{processor:.1f} s", f"{things / processor:,.0f} a second")
        row("memory beyond the readings", f"{peak() - memory:.0f} MB")
        if not url:
            row("size of the file", f"{os.path.getsize(f'{folder}/bench.db') / 1e6:.0f} MB")
        row("add_many again", f"{timed(lambda: store.add_many(readings))[0]:.2f} s")
        evidence(store)
        thousand = [reading.document.origin for reading in readings[:1000]]
        row("forget a thousand", f"{timed(lambda: store.forget(thousand))[0]:.2f} s")
        store.close()
    if not url:
        one_title()


def evidence(store: GraphStore) -> None:
    """The evidence of two roles at a time, as the question of their shared skills asks for it."""
    roles = [role.id for role in store.nodes("role", limit=100)]
    shared, everything = [], []
    for pair in zip(roles[::2], roles[1::2], strict=True):
        with store.reading() as view:
            needs = [{edge.target for edge in view.edges("NEEDS", [role])} for role in pair]
            both = needs[0] & needs[1]
            shared.append((len(both), timed(lambda: list(view.evidence(pair, both, limit=3)))[0]))  # noqa: B023
            seconds = timed(lambda: list(view.evidence(pair, limit=3)))[0]  # noqa: B023
            everything.append((len(needs[0] | needs[1]), seconds))
    for name, values in (("shared", shared), ("all", everything)):
        skills = statistics.median(value[0] for value in values)
        milliseconds = statistics.median(value[1] for value in values) * 1000
        row(f"evidence(2 roles, {name} skills, limit=3)", f"{milliseconds:.2f} ms", f"{skills:.0f} skills, median")


def one_title(documents: int = 10_000) -> None:
    """Whether adding to a role costs the same whatever its size."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/one.db")
        readings = list(many(documents, roles=1))
        parts = [timed(lambda: store.add_many(readings[i : i + 1000])) for i in range(0, documents, 1000)]  # noqa: B023
        for name, i in (("clock", 0), ("processor", 1)):
            row(f"one title: first, last thousand, {name}", f"{parts[0][i]:.2f} s", f"{parts[-1][i]:.2f} s")
        store.close()


def count(store: GraphStore) -> int:
    with store.reading() as view:
        nodes = sum(view.count(kind) for kind in NODE_TYPES)
        stated = sum(sum(1 for _ in view.edges(relation)) for relation in STATED)
        return nodes + stated + sum(view.count(relation) for relation in DERIVED)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - processor


def peak() -> float:
    """The most memory that the process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:2], *(int(value) for value in sys.argv[2:3]))
