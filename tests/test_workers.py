"""Several processes: the same result as one, byte for byte, and a clean end whatever happens."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks.postings import posting
from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.store import open_store
from loaders import pipeline, workers
from loaders.lexicon import Lexicon, lexicon
from loaders.tables.row import Failure
from ontology import taxonomy
from ontology.export import export
from tests.command import ROLEGRAPH, rolegraph

COUNT = 2 * workers.FEW


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Postings, among them what fails and what has no posting, and a table of some more."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(COUNT):
        (folder / f"{number:04}.txt").write_text(posting(number), encoding="utf-8")
    (folder / "0100.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "0200.txt").write_text("本店今日休息。\n", encoding="utf-8")
    rows = [{"id": n, "title": f"第{n}店店长", "duties": f"管理第{n}门店的日常营业"} for n in range(100)]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder


def dump(docs: Path, jobs: int) -> bytes:
    out = io.BytesIO()
    with closing(open_store("sqlite://")) as store:
        report = pipeline.load(store, [str(docs)], taxonomy.load(), jobs=jobs)
        assert (report.loaded, report.failed, report.empty) == (COUNT + 98, 1, 1)
        with store.reading() as view:
            export(view, out, "nt")
    return out.getvalue()


def test_two_processes_store_what_one_does(docs: Path) -> None:
    assert dump(docs, 2) == dump(docs, 1)


def test_two_processes_print_what_one_does_whatever_the_hashes_are(docs: Path) -> None:
    printed = [
        rolegraph("extract", str(docs), "--jobs", jobs, cwd=docs, PYTHONHASHSEED=seed)
        for jobs, seed in (("1", "0"), ("2", "1"), ("2", "2"))
    ]
    assert len({each.stdout for each in printed}) == 1
    assert len({each.stderr for each in printed}) == 1
    assert len(printed[0].stdout.splitlines()) >= COUNT + 98


def test_readings_and_failures_cross_as_they_are(docs: Path) -> None:
    one, two = (list(pipeline.readings([str(docs)], taxonomy.load(), jobs)) for jobs in (1, 2))
    assert [_plain(each) for each in one] == [_plain(each) for each in two]


def _plain(each: Reading | Failure) -> tuple[Any, ...]:
    if isinstance(each, Failure):
        return each.origin, each.error.problem, each.error.remedy
    return (*each, [type(node) for node in each.graph.nodes.values()])


def _numbers(items: list[Any], _: Lexicon) -> list[int]:
    return [-item if item == 70 else item for item in items]


def _dies(items: list[Any], _: Lexicon) -> list[int]:
    if 300 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return items


def run(work: Any, items: Iterator[int], jobs: int) -> list[int]:
    return list(workers.spread(work, items, taxonomy.load(), lexicon(), jobs))


def test_results_come_in_order_and_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for n in range(5000):
            taken = n
            yield n

    results = workers.spread(_numbers, items(), taxonomy.load(), lexicon(), 2)
    assert next(results) == 0
    assert taken < 1000
    assert list(results) == [*range(1, 70), -70, *range(71, 5000)]


def test_few_documents_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_in_processes", lambda *_: pytest.fail("processes were started"))
    assert run(_numbers, iter(range(workers.FEW // 2)), 2)[:3] == [0, 1, 2]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal")
def test_a_process_that_is_killed_ends_the_load_with_a_clear_error() -> None:
    with pytest.raises(BadInput, match="ended from outside") as caught:
        run(_dies, iter(range(1000)), 2)
    assert "--jobs 1" in caught.value.remedy
    assert run(_numbers, iter(range(1000)), 2)[:3] == [0, 1, 2]


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes, once they work."""
    parent = psutil.Process(process.pid)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = parent.children(recursive=True)
        if len(found) >= 2:
            return found
        time.sleep(0.02)
    raise AssertionError("no worker was started")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_no_process_outlives_a_load_that_is_stopped(sign: int, code: int, docs: Path, tmp_path: Path) -> None:
    command = [ROLEGRAPH, "load", str(docs), "--jobs", "2", "--store", "sqlite:///a.db"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    )
    working = children(process)
    process.send_signal(sign)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in told) == (code, False), told.decode()
    _, alive = psutil.wait_procs(working, timeout=20)
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []
    with closing(open_store(f"sqlite:///{(tmp_path / 'a.db').as_posix()}")) as store:
        assert store.count("document") < COUNT + 98
