"""From files to the store: how fast texts are read, what loading 10,000 postings costs, and what two processes gain.

python -m benchmarks.load [postings]. The postings are made up (benchmarks.postings), about 1 kB of UTF-8 each; the
samples of the project are read too, which are written as such documents are. Reading is all from bytes to Graph.
Loading runs in a process of its own, whose peak of memory is its own too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

import loaders
from benchmarks.postings import posting
from benchmarks.table import row
from graphmodel.identity import fold
from loaders.documents import find
from loaders.extraction import read_item
from loaders.lexicon import Lexicon
from loaders.pipeline import read
from loaders.source import Source
from ontology import taxonomy

COUNT = 10_000
TITLE = "运营专员"
SAMPLES = Path(loaders.__file__).with_name("samples")


def main(count: int = COUNT) -> None:
    """Reading alone on one core; loading `count` postings; the same of one title, first against last thousand."""
    reading(count // 5)
    loading(count)
    processes(count)
    table(count)
    one_title(count)


def reading(count: int) -> None:
    lexicon = Lexicon(taxonomy.load())
    made_up = [Source(f"{n}.txt", f"{n}.txt", posting(n).encode()) for n in range(count)]
    samples = [source for source in find([str(SAMPLES)]) if isinstance(source, Source)]
    rounds(made_up, lexicon, 1)  # what is built once a process: pairs of words, tables of the formats
    for name, sources, times in (("postings", made_up, 3), ("samples", samples, 30)):
        speed, cpu = rounds(sources, lexicon, times)
        row(f"reading {name} on one core", f"{speed:.2f} MB/s ({cpu:.2f} MB/s of CPU)", "bar: 2 MB/s")
        known = read_item.cache_info()
        row("  items that stood in an earlier one too", f"{known.hits / (known.hits + known.misses):.0%}")


def rounds(sources: list[Source], lexicon: Lexicon, times: int) -> tuple[float, float]:
    """MB a second by the clock and by the processor's seconds, each the best of some rounds: the machine is shared.

    What earlier rounds have left is forgotten, so that no round finds its items read already.
    """
    size = sum(len(source.data) for source in sources) / 1e6
    best = cpu = 0.0
    for _ in range(times):
        read_item.cache_clear()
        fold.cache_clear()
        start, worked = time.perf_counter(), time.process_time()
        for source in sources:
            read(source, lexicon)
        best = max(best, size / (time.perf_counter() - start))
        cpu = max(cpu, size / (time.process_time() - worked))
    return best, cpu


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


def processes(count: int, times: int = 3) -> None:
    """One process against two, in turns, the best of each: reading alone, and the whole load."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "docs"), range(count))
        for what in ("extract", "load"):
            best = {jobs: float("inf") for jobs in (1, 2)}
            for _ in range(times):
                for jobs in best:
                    for file in Path(folder).glob("bench.db*"):
                        file.unlink()
                    best[jobs] = min(best[jobs], load(folder, "docs", what, jobs).seconds)
            ratio = best[1] / best[2]
            row(f"{what} with two processes", f"{best[2]:.1f} s, {ratio:.2f} times as fast as one", "bar: 1.7 times")


def table(count: int) -> None:
    """A table of short rows, and one five times as long: memory, and loading it again with one row changed."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.csv")
        for rows in (count, 5 * count):
            lines = [f"{n},第{n}店店长,管理第{n}店的日常营业，带教新员工" for n in range(rows)]
            file.write_text("\n".join(["编号,职位名称,岗位职责", *lines]), encoding="utf-8")
            Path(folder, "bench.db").unlink(missing_ok=True)
            peaks.append(load(folder, file.name).megabytes)
        lines[count] += "，安排班次"
        file.write_text("\n".join(["编号,职位名称,岗位职责", *lines]), encoding="utf-8")
        again = load(folder, file.name)
    row(f"a table of {5 * count:,} rows: peak of memory", f"{peaks[1]:.0f} MB", f"{count:,} rows: {peaks[0]:.0f} MB")
    row("  loading it again, one row changed", f"{again.seconds:.1f} s")


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
    """How long a command took, how much of it a processor worked for it, and the most memory that it held.

    Memory is that of the main process, without files that the system shows it as memory (SQLite's mmap).
    """

    seconds: float
    cpu: float
    megabytes: float


def load(folder: str, docs: str, what: str = "load", jobs: int = 1) -> Run:
    """The run of one command; of `extract` the output is thrown away."""
    command = [Path(sys.executable).with_name("rolegraph"), what, docs, "--jobs", str(jobs)]
    store = ["--store", "sqlite:///bench.db"] if what == "load" else []
    start = time.perf_counter()
    process = psutil.Popen([*command, *store], cwd=folder, stdout=-3)
    peak, cpu = 0, 0.0
    while process.poll() is None:
        try:
            memory = process.memory_info()
            peak = max(peak, memory.rss - getattr(memory, "shared", 0))
            cpu = sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    if process.wait():
        raise SystemExit(f"rolegraph {what} ended with {process.returncode}")
    return Run(time.perf_counter() - start, cpu, peak / 1e6)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
