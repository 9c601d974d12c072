"""How fast the whole graph is written as RDF: python -m benchmarks.export [ROLES] [TIMES].

The seeded graph of benchmarks.planner (20,000 roles, 200,000 duties, 20,000 skills, 600,000 REQUIRES; with evidence,
needs and labels 16.7 million triples) in SQLite, as Turtle and N-Triples to a file: by `rolegraph export`, its start
included; and by neosemantics over HTTP, from a Neo4j that holds a copy. Neosemantics leaves out what our relationships
carry and says each relation of two things once, so that both are compared by triples a second. So are, on less,
pyoxigraph's serializer, fed with the rows of a quarter of the roles in the order of the export, and rdflib, which
writes a graph of 230,000 triples that it has in memory; filling it is not counted. All in turn, TIMES times over; a
figure is the median. Memory is the most that a process was seen to hold: RSS, in which pages of the SQLite file count
too, and what it held alone (ru_maxrss also counts what the process that starts it holds). Last, a quarter of the roles
beside all.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks import planner
from benchmarks.export_neosemantics import Endpoint, serving
from benchmarks.export_others import part
from benchmarks.table import row
from graphmodel.store import open_store

NAMES = {"turtle": "Turtle", "nt": "N-Triples"}
OF_RDFLIB = 230_000
"""Triples. It holds them in memory, and takes longer a triple the more there are."""


class Run(NamedTuple):
    """One writing; `rss` and `alone` are the most bytes that its process held, 0 where it was not asked for."""

    triples: int
    seconds: float
    rss: int = 0
    alone: int = 0


def main(roles: int = planner.ROLES, times: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, count in (("whole", roles), ("quarter", roles // 4)):
            build(place / f"{name}.db", count)
        lines = place / "graph.nt"
        part(lines, place / "part.nt", max(10, ours(place, "whole", "nt", lines).triples // OF_RDFLIB))
        with closing(open_store(f"sqlite:///{place}/whole.db", read_only=True)) as store, serving(store) as endpoint:
            if isinstance(endpoint, str):
                print(f"neosemantics is not measured: {endpoint}")
            runs = in_turn(place, None if isinstance(endpoint, str) else endpoint, times)
        told(runs)


def build(file: Path, roles: int) -> None:
    with closing(open_store(f"sqlite:///{file}")) as store:
        store.set_taxonomy(planner.scheme())
        store.add_many(islice(planner.documents(), roles))
        row(file.stem, f"{roles:,} roles", f"{store.count('duty'):,} duties", f"{store.count('REQUIRES'):,} REQUIRES")


def in_turn(place: Path, endpoint: Endpoint | None, times: int) -> dict[tuple[str, str], Run]:
    """By what writes and the format, the run of the median time."""
    runs: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for _ in range(times):
        for format in NAMES:
            for what, write in writers(place, endpoint):
                runs[what, format].append(write(format))
    return {key: sorted(found, key=lambda run: run.seconds)[len(found) // 2] for key, found in runs.items()}


def writers(place: Path, endpoint: Endpoint | None) -> Iterator[tuple[str, Callable[[str], Run]]]:
    out = place / "out"
    yield "rolegraph", lambda format: ours(place, "whole", format, out)
    yield "quarter", lambda format: ours(place, "quarter", format, out)
    others = [sys.executable, "-m", "benchmarks.export_others"]
    yield "pyoxigraph", lambda format: child([*others, "oxigraph", str(place / "quarter.db"), format, str(out)])
    yield "rdflib", lambda format: child([*others, "rdflib", str(place / "part.nt"), format, str(out)])
    if endpoint:
        yield "neosemantics", lambda format: over_http(endpoint, format, out)


def ours(place: Path, name: str, format: str, file: Path) -> Run:
    """The command that people run, from its start to its end."""
    command = [str(Path(sys.executable).with_name("rolegraph")), "export", "--store", f"sqlite:///{place}/{name}.db"]
    command += ["--base", "https://example.org/id/", "--format", format, "--output", str(file)]
    start = time.perf_counter()
    peak, _, told = watched(command)
    seconds = time.perf_counter() - start
    return Run(int(told.split(" triples")[0].rpartition(" ")[2].replace(",", "")), seconds, *peak)


def child(command: list[str]) -> Run:
    """What a process prints of itself, and the memory that it held."""
    peak, printed, _ = watched(command)
    told = json.loads(printed)
    return Run(told["triples"], told["seconds"], *peak)


def over_http(endpoint: Endpoint, format: str, file: Path) -> Run:
    """Triples are counted as lines of N-Triples, of which Turtle has the same."""
    seconds = endpoint.export(format, file)
    lines = file if format == "nt" else file.with_name("neosemantics.nt")
    if not lines.exists():
        endpoint.export("nt", lines)
    with lines.open("rb") as written:
        return Run(sum(1 for _ in written), seconds)


def watched(command: list[str]) -> tuple[tuple[int, int], str, str]:
    """The most bytes that a process held (RSS, alone), and what it printed and said. Raises SystemExit if it fails."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = psutil.Popen(command, stdout=output, stderr=errors)
        rss = alone = 0
        while process.poll() is None:
            with contextlib.suppress(psutil.Error):  # it ends
                held = process.memory_full_info()
                rss, alone = max(rss, held.rss), max(alone, held.uss)
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(0.05)
        output.seek(0)
        errors.seek(0)
        printed, said = output.read(), errors.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}")
    return (rss, alone), printed, said


def told(runs: dict[tuple[str, str], Run]) -> None:
    for format, name in NAMES.items():
        run, few = runs["rolegraph", format], runs["quarter", format]
        row(f"{name}, rolegraph export", f"{run.triples:,} triples", f"{run.seconds:.2f} s", "goal: 500,000 triples/s")
        row("  triples a second", f"{pace(run):,.0f}", memory(run), "bar: 200 MB")
        for what, of, bar in (
            ("rdflib", "turtle", "bar: 12 times"),
            ("rdflib", "nt", ""),
            ("neosemantics", format, "bar: 1.2 times"),
            ("pyoxigraph", format, ""),
        ):
            if other := runs.get((what, of)):
                figures = (f"{pace(other):,.0f}", f"ours {pace(run) / pace(other):.2f} times", bar or memory(other))
                row(f"  {what}, {NAMES[of]}, {other.triples:,} triples", *figures)
        larger, longer = run.triples / few.triples, run.seconds / few.seconds
        row(
            f"  {larger:.2f} times the triples of a quarter of the roles",
            f"{few.seconds:.2f} s -> {run.seconds:.2f} s",
            f"{longer:.2f} times the time",
            f"bar: {larger * 1.1:.2f} times",
        )


def memory(run: Run) -> str:
    return f"{run.rss / 1e6:.0f} MB, alone {run.alone / 1e6:.0f}"


def pace(run: Run) -> float:
    return run.triples / run.seconds


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
