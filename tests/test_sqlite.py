"""What is special to SQLite: the file, other programs' files, several processes, and rights."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from graphs import many
from stores import contents, expected

from graphmodel.errors import BadInput, StoreBusy, StoreReadOnly, StoreRefused, StoreUnreachable
from graphmodel.store import open_store
from graphmodel.stores import sqlite
from graphmodel.stores.sqlite_schema import VERSION

TESTS = Path(__file__).resolve().parent
VERSION_1 = TESTS / "sqlite" / "version1.sql"

LOAD = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from graphs import many
from graphmodel.store import open_store
url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = open_store(url)
documents = list(many(count, roles=8, skills=40, first=first))
print("ready", flush=True)
for start in range(0, count, 10):
    store.add_many(documents[start : start + 10])
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.db"


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def filled(path: Path, documents: int = 20) -> None:
    with closing(open_store(url_of(path))) as store:
        store.add_many(many(documents, roles=3))


def load(url: str, first: int, count: int) -> subprocess.Popen[str]:
    """A process that adds documents, ten in a transaction."""
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, url, str(first), str(count)], stdout=subprocess.PIPE, text=True
    )


def test_four_processes_load_overlapping_documents_while_a_fifth_reads(path: Path):
    open_store(url_of(path)).close()
    processes = [load(url_of(path), first, 80) for first in (0, 40, 80, 120)]
    with closing(open_store(url_of(path), read_only=True)) as reader:
        seen = 0
        while any(process.poll() is None for process in processes):
            with reader.reading() as view:
                documents = view.nodes("document")
                assert len(documents) >= seen
                assert list(view.stamps()) == sorted(document.origin for document in documents)
                assert view.count("posting") == view.count("DESCRIBES") == len(documents)
                seen = len(documents)
            time.sleep(0.02)
        assert [process.wait() for process in processes] == [0, 0, 0, 0]
        for process in processes:
            process.stdout.close()
        assert contents(reader) == expected(many(200, roles=8, skills=40))


def test_a_process_that_is_killed_leaves_whole_documents_and_loading_again_completes(path: Path, kills: int):
    readings = list(many(300, roles=8, skills=40))
    by_origin = {reading.document.origin: reading for reading in readings}
    moments = random.Random(7)
    counts = []
    for kill in range(kills):
        file = path.with_name(f"killed{kill}.db")
        process = load(url_of(file), 0, 300)
        assert process.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.02, 0.3))
        process.kill()
        process.wait()
        process.stdout.close()
        with closing(open_store(url_of(file))) as store:
            there = store.stamps()
            assert contents(store) == expected(by_origin[origin] for origin in there)
            counts.append(len(there))
            store.add_many(readings)
            assert contents(store) == expected(readings)
    assert any(0 < count < 300 for count in counts), f"no kill fell into the writing: {counts}"


def test_readers_are_not_held_up_by_a_writer(path: Path):
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer, closing(open_store(url_of(path))) as store:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM node")
        start = time.monotonic()
        assert store.count("document") == 20
        assert time.monotonic() - start < 5
        writer.execute("ROLLBACK")


def test_a_count_is_of_the_state_that_its_view_sees_whoever_wrote(path: Path):
    filled(path, 20)
    with closing(open_store(url_of(path))) as store, store.reading() as earlier:
        assert earlier.count("posting") == 20
        filled(path, 30)
        with store.reading() as later:
            assert later.count("posting") == 30
        assert earlier.count("posting") == 20


def test_a_locked_file_is_waited_for_and_then_reported(path: Path):
    filled(path)
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        closing(sqlite.open_store(url_of(path), timeout=0.3)) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match=r"another process is writing.*\nTry again"):
            store.add_many(many(1, first=50))
        other.execute("ROLLBACK")
        store.add_many(many(1, first=50))
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.5, lambda: other.execute("ROLLBACK")).start()
        with closing(open_store(url_of(path))) as store:
            assert store.add_many(many(1, first=60)).added == ("load/000060.txt",)


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path):
    path.write_text("岗位职责：负责门店日常运营。" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match=r"not a SQLite file.*\n.*new file"):
        open_store(url_of(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("application_id", [0, 252006673])
def test_a_file_of_another_program_is_refused_and_left_alone(path: Path, application_id: int):
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {application_id}")
        db.execute("CREATE TABLE album(title)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match=r"another program.*\n.*not there yet"):
        open_store(url_of(path))
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_file_of_a_newer_version_is_refused(path: Path):
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreRefused, match=rf"newer rolegraph \(version {VERSION + 1}.*\nInstall that version"):
        open_store(url_of(path))


def test_a_file_of_version_1_is_upgraded_after_a_copy(path: Path):
    with closing(sqlite3.connect(path)) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    readings = list(many(3, roles=2, skills=5))
    with pytest.raises(StoreRefused, match=r"older rolegraph \(version 1.*\n.*rolegraph load"):
        open_store(url_of(path), read_only=True)
    with closing(open_store(url_of(path))) as store:
        assert contents(store) == expected(readings)
        store.add_many(many(1, roles=2, skills=5, first=3))
        assert contents(store) == expected(many(4, roles=2, skills=5))
    copy = path.with_name("graph.db.v1.bak")
    with closing(sqlite3.connect(copy)) as db, closing(sqlite3.connect(path)) as now:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM document").fetchone() == (3,)
        assert now.execute("PRAGMA user_version").fetchone() == (VERSION,)
        fresh = path.with_name("fresh.db")
        filled(fresh, 0)
        with closing(sqlite3.connect(fresh)) as new:
            schema = "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name"
            assert now.execute(schema).fetchall() == new.execute(schema).fetchall()


def test_other_programs_see_ids_in_the_views(path: Path):
    filled(path)
    with closing(sqlite3.connect(path)) as db, closing(open_store(url_of(path))) as store:
        mentions = db.execute(
            "SELECT id, source, target, posting FROM v_mention WHERE relation = 'HAS_DUTY'"
        ).fetchall()
        assert sorted(mentions) == sorted((m.id, m.source, m.target, m.posting) for m in store.edges("HAS_DUTY"))
        needs = db.execute("SELECT * FROM v_needs ORDER BY source, target").fetchall()
        assert needs == [tuple(edge)[:6] for edge in store.edges("NEEDS")]
        applied = db.execute("SELECT * FROM v_applied_in ORDER BY source, target").fetchall()
        assert applied == [tuple(edge)[:4] for edge in store.edges("APPLIED_IN")]


def test_a_missing_folder_a_missing_file_and_a_url_without_file_are_named(tmp_path: Path):
    with pytest.raises(StoreUnreachable, match=r"no folder .*none\.\nMake the folder"):
        open_store(f"sqlite:///{tmp_path}/none/graph.db")
    with pytest.raises(StoreUnreachable, match=r"no such file.*\n.*rolegraph load"):
        open_store(f"sqlite:///{tmp_path}/graph.db", read_only=True)
    assert os.listdir(tmp_path) == []
    with pytest.raises(BadInput, match=r"names no file.*\n.*sqlite:///file.db"):
        open_store("sqlite://graph.db")
    with pytest.raises(StoreUnreachable):
        open_store(f"sqlite:///{tmp_path}")


def test_a_relative_path_starts_at_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///图谱 100%.db").close()
    assert (tmp_path / "图谱 100%.db").exists()


def test_a_store_opened_read_only_is_read_and_not_written(path: Path):
    filled(path)
    with closing(open_store(url_of(path), read_only=True)) as store:
        assert contents(store) == expected(many(20, roles=3))
        for write in (lambda: store.add_many(many(1, first=99)), lambda: store.forget(["load/000000.txt"])):
            with pytest.raises(StoreReadOnly, match=r"read and not written.*\nGive yourself the right"):
                write()


READ = f"""
import os, sys
sys.path.insert(0, {str(TESTS)!r})
from graphs import many
from graphmodel.errors import RolegraphError
from graphmodel.stores.sqlite import open_store
if hasattr(os, "getuid") and os.getuid() == 0:  # root may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = open_store(sys.argv[1])
    print(store.count("document"))
    store.add_many(many(1, first=99))
except RolegraphError as error:
    print(type(error).__name__, "|", error.remedy)
"""


def as_nobody(url: str) -> list[str]:
    """What a user without rights sees."""
    run = subprocess.run([sys.executable, "-c", READ, url], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.fixture
def locked(tmp_path_factory: pytest.TempPathFactory):
    """A folder that nobody can read, through all folders above it, and not write."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="rolegraph-locked-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="rights of folders work otherwise on Windows")
def test_a_folder_that_may_not_be_written_is_read(locked: Path):
    filled(locked / "graph.db")
    assert os.listdir(locked) == ["graph.db"]
    (locked / "graph.db").chmod(0o444)
    locked.chmod(0o555)
    lines = as_nobody(url_of(locked / "graph.db"))
    assert lines[0] == "20"
    assert lines[1].startswith("StoreReadOnly | Give yourself the right")
    assert as_nobody(url_of(locked / "none.db")) == ["StoreReadOnly | Name a folder of your own."]


@pytest.mark.skipif(os.name == "nt", reason="rights of folders work otherwise on Windows")
def test_a_folder_that_may_not_be_written_with_unfinished_business_is_not_read_half(locked: Path):
    with closing(open_store(url_of(locked / "work.db"))) as store:
        store.add_many(many(20, roles=3))
        for end in ("", "-wal"):
            shutil.copy(locked / f"work.db{end}", locked / f"graph.db{end}")
            (locked / f"graph.db{end}").chmod(0o444)
    locked.chmod(0o555)
    (line,) = as_nobody(url_of(locked / "graph.db"))
    assert line.startswith("StoreReadOnly | ")
    assert "copy" in line


def test_a_full_disk_is_reported_and_nothing_of_the_transaction_is_kept(path: Path):
    filled(path)
    with closing(open_store(url_of(path))) as store:
        (connection,) = store._file._idle
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreReadOnly, match=r"full.*\nMake room on the disk"):
            store.add_many(many(100, roles=3, first=20))
        assert contents(store) == expected(many(20, roles=3))


def test_a_store_in_memory_is_private_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(open_store("sqlite://")) as one, closing(open_store("sqlite://")) as other:
        one.add_many(many(3))
        assert (one.count("document"), other.count("document")) == (3, 0)
    assert os.listdir(tmp_path) == []


def test_the_same_documents_in_any_process_give_the_same_answers_for_any_hash_seed(path: Path):
    show = LOAD.replace("store.close()", "from stores import contents; print(contents(store))")
    outputs = set()
    for seed in ("0", "7"):
        file = path.with_name(f"{seed}.db")
        run = subprocess.run(
            [sys.executable, "-c", show, url_of(file), "0", "30"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        outputs.add(run.stdout)
        assert run.returncode == 0, run.stderr
    assert len(outputs) == 1
