"""From files to the store: how fast texts are read, and what loading 10,000 postings costs.

python -m benchmarks.load [postings]. The postings are made up (benchmarks.postings), about 1 kB of UTF-8 each.
Loading runs in a process of its own, whose peak of memory is its own too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.postings import posting
from benchmarks.table import row
from loaders.documents import Source
from loaders.lexicon import Lexicon
from loaders.pipeline import read
from ontology import taxonomy

COUNT = 10_000
TITLE = "运营专员"


def main(count: int = COUNT) -> None:
    """Reading alone on one core; loading `count` postings; the same of one title, first against last thousand."""
    reading(count // 5)
    loading(count)
    one_title(count)


def reading(count: int) -> None:
    sources = [Source(f"{n}.txt", f"{n}.txt", posting(n).encode()) for n in range(count)]
    lexicon = Lexicon(taxonomy.load())
    start = time.process_time()
    for source in sources:
        read(source, lexicon)
    seconds = time.process_time() - start
    speed = sum(len(source.data) for source in sources) / seconds / 1e6
    row("reading and extracting UTF-8 on one core", f"{speed:.2f} MB/s", "bar: 1 MB/s")


def loading(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "docs"), range(count))
        first = load(folder, "docs")
        again = load(folder, "docs")
        size = Path(folder, "bench.db").stat().st_size
    row(f"loading {count:,} postings into SQLite", f"{first.seconds:.1f} s ({first.cpu:.1f} s CPU)", "bar: 60 s")
    row("  peak of memory", f"{first.megabytes:.0f} MB", "bar: 500 MB")
    row("  size of the file", f"{size / 1e6:.0f} MB")
    row("  loading them again, nothing changed", f"{again.seconds:.1f} s")


def one_title(count: int) -> None:
    """All postings under one title, a thousand a load into the same store."""
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, count, 1000):
            write(Path(folder, f"docs{start}"), range(start, start + 1000), TITLE)
            runs.append(load(folder, f"docs{start}"))
    row(f"one title, {count:,} postings: the first thousand", f"{runs[0].seconds:.2f} s ({runs[0].cpu:.2f} s CPU)")
    row("  the last thousand", f"{runs[-1].seconds:.2f} s ({runs[-1].cpu:.2f} s CPU)", "bar: as the first")


def write(folder: Path, numbers: range, name: str | None = None) -> None:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number:06}.txt").write_text(posting(number, name), encoding="utf-8")


class Run(NamedTuple):
    """How long a command took, how much of it a processor worked for it, and the most memory that it held."""

    seconds: float
    cpu: float
    megabytes: float


def load(folder: str, docs: str) -> Run:
    command = Path(sys.executable).with_name("rolegraph")
    start = time.perf_counter()
    process = psutil.Popen([command, "load", docs, "--store", "sqlite:///bench.db"], cwd=folder, stdout=-3)
    peak, cpu = 0, 0.0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
            cpu = sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    if process.wait():
        raise SystemExit(f"rolegraph load ended with {process.returncode}")
    return Run(time.perf_counter() - start, cpu, peak / 1e6)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
