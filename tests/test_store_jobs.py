"""The contract of every store, the rows of jobs: beside the graph, told by any process, and never a part of it."""

from __future__ import annotations

import io
from contextlib import closing

import pytest
import small
from stores import contents

from graphmodel import jobs
from graphmodel.copying import copy
from graphmodel.errors import StoreReadOnly
from graphmodel.jobs import Failed, Job
from graphmodel.store import open_store
from ontology.export import export

TIMES = ("asked", "started", "updated")
WHOLE = Job(
    "load:1",
    "done",
    "采编",
    total=7,
    done=7,
    share=1.0,
    added=1,
    changed=1,
    unchanged=1,
    empty=1,
    forgotten=1,
    failed=2,
    failures=(Failed("甲.docx", "不是文档。\n另存一份。"), Failed("b.pdf", "broken")),
    without=("空.txt",),
    due=True,
)


def plain(job):
    return job._replace(**dict.fromkeys(TIMES, 0.0))


def ids(found):
    return [job.id for job in found]


def test_a_job_is_told_as_it_was_written_by_whoever_has_the_store(place, store):
    assert store.jobs() == []
    store.put_jobs([WHOLE, Job("load:2")])
    with closing(place.open()) as other:
        found = {job.id: job for job in other.jobs()}
        assert plain(found["load:1"]) == plain(WHOLE)
        assert plain(found["load:2"]) == plain(Job("load:2"))
        other.put_jobs([Job("load:2", "failed", problem="磁盘已满")])
    assert store.jobs(["load:2", "none"])[0][:2] == ("load:2", "failed")
    assert store.jobs(["load:2"])[0].problem == "磁盘已满"
    assert store.jobs([]) == []


def test_the_store_gives_the_times(store):
    store.put_jobs([Job("load:1", asked=1.0, started=2.0, updated=3.0)])
    (queued,) = store.jobs()
    assert queued.asked == queued.updated > 1_700_000_000
    assert queued.started is None
    store.put_jobs([Job("load:1", "running")])
    (running,) = store.jobs()
    store.put_jobs([Job("load:1", "done")])
    (done,) = store.jobs()
    assert queued.asked == running.asked == done.asked <= running.started == done.started <= done.updated


def test_a_job_that_never_began_has_no_beginning(store):
    store.put_jobs([Job("load:1")])
    store.put_jobs([Job("load:1", "interrupted")])
    assert [(job.state, job.started) for job in store.jobs()] == [("interrupted", None)]


def test_the_latest_come_first(store):
    for number in (2, 3, 1):
        store.put_jobs([Job(f"load:{number}")])
    store.put_jobs([Job("load:2", "running")])
    by_time = sorted(store.jobs(), key=lambda job: (job.asked, job.id), reverse=True)
    assert store.jobs() == by_time
    assert store.jobs(limit=2) == by_time[:2]
    assert ids(store.jobs(["load:1", "load:3"])) == [id for id in ids(by_time) if id != "load:2"]


def test_a_job_of_which_nothing_is_heard_is_shown_as_interrupted(place, store, monkeypatch):
    store.put_jobs([Job("load:1", "running", done=3), Job("load:2"), Job("load:3", "done")])
    monkeypatch.setattr(jobs, "SILENT_SECONDS", -1.0)
    with closing(place.open()) as other:
        assert {job.id: job.state for job in other.jobs()} == {
            "load:1": "interrupted",
            "load:2": "interrupted",
            "load:3": "done",
        }
        assert other.jobs(["load:1"])[0].done == 3
    monkeypatch.undo()
    assert [job.state for job in store.jobs(["load:1"])] == ["running"]


def test_old_jobs_are_let_go_and_running_ones_never(store, monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 3)
    store.put_jobs([Job("load:running", "running")])
    for number in range(5):
        store.put_jobs([Job(f"load:{number}", "failed")])
    assert set(ids(store.jobs())) == {"load:running", "load:2", "load:3", "load:4"}
    monkeypatch.setattr(jobs, "SILENT_SECONDS", -1.0)
    store.put_jobs([Job("load:5", "done")])
    assert set(ids(store.jobs())) == {"load:3", "load:4", "load:5"}  # the silent one is the oldest


def test_jobs_are_no_part_of_the_graph(store):
    store.set_taxonomy(small.scheme())
    store.add_many(small.readings())
    before = contents(store), store.revision(), store.state(), store.changes(), exported(store)
    store.put_jobs([WHOLE, Job("load:2", "running")])
    assert (contents(store), store.revision(), store.state(), store.changes(), exported(store)) == before
    with closing(open_store("sqlite://")) as target:
        copy(store, target)
        assert target.jobs() == []
        assert exported(target) == before[-1]


def exported(store):
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    return out.getvalue()


def test_a_view_is_not_moved_by_a_job(place, store):
    store.set_taxonomy(small.scheme())
    with store.reading() as view:
        count = view.count("skill")
        with closing(place.open()) as other:
            other.put_jobs([Job("load:1", "running")])
        assert (view.count("skill"), len(view.nodes("skill"))) == (count, count)


def test_a_store_opened_for_reading_tells_jobs_and_takes_none(place, store):
    store.set_taxonomy(small.scheme())
    with closing(open_store(place.url, read_only=True)) as reader:
        assert reader.jobs() == []
        store.put_jobs([WHOLE])
        assert ids(reader.jobs()) == ["load:1"]
        with pytest.raises(StoreReadOnly):
            reader.put_jobs([Job("load:2")])
