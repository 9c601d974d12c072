"""Loads over the API: each a job in the store and a process of its own, whoever is asked about it."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from stores import PLACES

from api import loads as service
from api.loads import BadDocument, Bounds, Document, Loads, QueueFull, TooLarge
from graphmodel.errors import BadInput, StoreReadOnly
from graphmodel.store import GraphStore, open_store
from tests.command import ANALYST, PLANNER

PATIENCE = 60.0


def document(name: str, text: str = PLANNER) -> Document:
    return Document(name, text.encode())


def awaited(loads: Loads, id: str, *states: str):
    """The job, once it is in one of the states."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        (job,) = loads.jobs([id])
        if job.state in states or (not states and job.finished):
            return job
        time.sleep(0.05)
    raise AssertionError(f"{job} is none of {states}")


def child() -> psutil.Process:
    """The process of the load that runs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for each in psutil.Process().children():
            if "spawn_main" in " ".join(each.cmdline()):
                return each
        time.sleep(0.02)
    raise AssertionError("no process was started")


@pytest.fixture
def store(prepared: Path, tmp_path: Path):
    file = tmp_path / "graph.db"
    file.write_bytes(prepared.read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as opened:
        yield opened


@pytest.fixture
def loads(store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    opened = Loads(store, bounds=Bounds(document_bytes=100_000, load_bytes=150_000, documents=5, waiting=1))
    with closing(opened):
        yield opened
    assert os.listdir(tmp_path / "temporary") == []


def test_documents_of_any_kind_are_loaded_in_a_process_of_their_own(loads, store):
    table = "岗位,职责\n店长,负责门店的日常经营管理\n收银员,为顾客办理结账\n"
    asked = loads.load(
        [
            document("2024/策划.txt"),
            document("jobs.csv", table),
            document("坏.pdf", "%PDF-1.7 nothing"),
            document("空.txt", "今天休息。"),
        ],
        "采编",
    )
    assert (asked.state, asked.asked_by) == ("queued", "采编")
    job = awaited(loads, asked.id)
    assert (job.state, job.total, job.done, job.share) == ("done", 5, 5, 1.0)
    assert (job.added, job.failed, job.empty) == (3, 1, 1)
    assert [failure.origin for failure in job.failures] == ["坏.pdf"]
    assert job.without == ("空.txt",)
    assert job.asked <= job.started <= job.updated
    origins = list(store.stamps())
    assert origins[0] == "2024/策划.txt"
    assert [origin.partition("#")[0] for origin in origins[1:]] == ["jobs.csv", "jobs.csv"]
    assert {role.name for role in store.nodes("role")} >= {"运营策划", "店长", "收银员"}


def test_the_same_name_replaces_and_another_form_of_unicode_is_the_same_name(loads, store):
    awaited(loads, loads.load([document("café.txt"), document("b.txt")], "ci").id)
    again = loads.load([document("cafe\u0301.txt", ANALYST), document("b.txt")], "ci")
    job = awaited(loads, again.id)
    assert (job.added, job.changed, job.unchanged) == (0, 1, 1)
    assert list(store.stamps()) == ["b.txt", "café.txt"]
    assert loads.forget(["cafe\u0301.txt", "none.txt"]) == (("café.txt",), ("none.txt",))
    assert list(store.stamps()) == ["b.txt"]


@pytest.mark.parametrize(
    "name", ["", " ", "/etc/passwd", "../a.txt", "a/../b.txt", "a//b", "a/", "./a", "a\\b", "a\0b", "a\nb", "\ud800"]
)
def test_a_name_that_leads_elsewhere_is_refused(loads, store, name):
    with pytest.raises(BadDocument) as caught:
        loads.load([document("good.txt"), document(name)], "ci")
    assert caught.value.name == name
    assert caught.value.remedy
    str(caught.value).encode()
    with pytest.raises(BadDocument):
        loads.forget([name])
    assert store.jobs() == []


def test_two_documents_of_one_name_and_too_much_are_refused(loads, store):
    with pytest.raises(BadDocument, match=r"named a\.txt"):
        loads.load([document("a.txt"), document("a.txt")], "ci")
    with pytest.raises(BadDocument):
        loads.load([], "ci")
    with pytest.raises(BadDocument):
        loads.load([document("长" * 501)], "ci")
    with pytest.raises(TooLarge, match=r"Bytes of b\.txt: 100,001, where 100,000"):
        loads.load([document("a.txt"), document("b.txt", "x" * 100_001)], "ci")
    with pytest.raises(TooLarge, match="all documents"):
        loads.load([document("a.txt", "x" * 80_000), document("b.txt", "x" * 80_000)], "ci")
    with pytest.raises(TooLarge) as caught:
        loads.load([document(f"{number}.txt") for number in range(6)], "ci")
    assert (caught.value.size, caught.value.limit) == (6, 5)
    assert store.jobs() == []


def test_a_store_in_memory_is_not_loaded_into():
    with (
        closing(open_store("sqlite://")) as store,
        closing(Loads(store)) as loads,
        pytest.raises(BadInput, match=r"memory.*\n.*sqlite:///file\.db"),
    ):
        loads.load([document("a.txt")], "ci")


def test_one_runs_others_wait_and_more_are_refused(loads, store):
    first = loads.load([document("a.txt")], "ci")
    awaited(loads, first.id, "running")
    second = loads.load([document("b.txt")], "ci")
    assert second.state == "queued"
    with pytest.raises(QueueFull, match="1 loads wait"):
        loads.load([document("c.txt")], "ci")
    done = awaited(loads, second.id)
    assert (done.state, loads.jobs([first.id])[0].state) == ("done", "done")
    assert done.started >= loads.jobs([first.id])[0].updated
    assert [job.id for job in loads.jobs(limit=1)] == [second.id]
    assert loads.load([document("c.txt")], "ci").state in ("queued", "running")  # it may be taken up at once


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_load_whose_process_is_killed_is_interrupted_at_once_and_the_next_goes_on(loads, store):
    killed = loads.load([document("a.txt")], "ci")
    following = loads.load([document("b.txt")], "ci")
    child().send_signal(signal.SIGKILL)
    start = time.monotonic()
    job = awaited(loads, killed.id)
    assert job.state == "interrupted"
    assert "ended from outside" in job.problem
    assert time.monotonic() - start < 5
    assert awaited(loads, following.id).state == "done"


def test_a_load_that_cannot_be_done_tells_why(store, loads, tmp_path):
    with closing(Loads(store, taxonomy=tmp_path / "none.tsv")) as wrong:
        job = awaited(wrong, wrong.load([document("a.txt")], "ci").id)
    assert job.state == "failed"
    assert "none.tsv" in job.problem
    assert store.stamps() == {}


def test_a_fault_of_ours_fails_one_load_and_is_logged_by_its_number(loads, store, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(service, "Apart", lambda order: 1 / 0)
        job = awaited(loads, loads.load([document("a.txt")], "ci").id)
    assert (job.state, job.problem) == ("failed", f"Internal error {caplog.records[-1].args[0]}.")
    assert awaited(loads, loads.load([document("a.txt")], "ci").id).state == "done"


@pytest.mark.parametrize("kind", PLACES)
def test_a_load_goes_into_any_store_with_the_taxonomy_of_the_settings(kind, tmp_path):
    skills = tmp_path / "mine.tsv"
    skills.write_text("slug\tzh\nmeeting-guests\t接待客人\n", encoding="utf-8")
    with (
        PLACES[kind](tmp_path) as place,
        closing(place.open()) as store,
        closing(Loads(store, taxonomy=skills, taxonomy_only=True)) as loads,
    ):
        asked = loads.load([document("a.txt", "岗位职责：\n1、接待客人，登记入住；\n2、接听电话。")], "ci")
        assert awaited(loads, asked.id).added == 1
        assert store.count("skill", {"status": "curated"}) == 1
        (edge,) = store.edges("REQUIRES", targets=["skill:meeting-guests"])
        assert edge.evidence == "接待客人"


def test_a_row_is_written_while_nothing_is_heard_of_the_load(loads, store, monkeypatch):
    monkeypatch.setattr(service, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(service, "PROGRESS_SECONDS", 0.1)
    asked = loads.load([document("a.txt")], "ci")
    waits = loads.load([document("b.txt")], "ci")
    seen = set()
    while not (job := loads.jobs([asked.id])[0]).finished:
        seen.add(job.updated)
        if job.state == "running" and len(seen) > 3:
            assert loads.jobs([waits.id])[0].updated > waits.updated
        time.sleep(0.02)
    assert len(seen) > 3


def test_a_server_that_stops_lets_the_load_come_to_its_end_if_it_is_soon(loads, store):
    asked = loads.load([document("a.txt")], "ci")
    left = loads.load([document("b.txt")], "ci")
    awaited(loads, asked.id, "running")
    loads.close(patience=PATIENCE)
    assert loads.jobs([asked.id])[0].state == "done"
    assert (loads.jobs([left.id])[0].state, loads.jobs([left.id])[0].started) == ("interrupted", None)
    with pytest.raises(StoreReadOnly):
        loads.load([document("c.txt")], "ci")


def test_a_server_that_must_stop_ends_the_load(loads, store):
    asked = loads.load([document("a.txt")], "ci")
    awaited(loads, asked.id, "running")
    working = child()
    loads.close()
    job = loads.jobs([asked.id])[0]
    assert job.state == "interrupted"
    assert "server was stopped" in job.problem
    assert not working.is_running()
