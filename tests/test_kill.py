"""kill -9 in the middle of a load: whole documents only, and the next load completes it."""

from __future__ import annotations

import io
import random
import subprocess
import time
from contextlib import closing
from pathlib import Path

from benchmarks.postings import posting
from graphmodel.store import GraphStore, open_store
from loaders import pipeline
from ontology import taxonomy
from ontology.export import export
from tests.command import ROLEGRAPH, rolegraph

DOCUMENTS = 500


def dump(store: GraphStore) -> bytes:
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    return out.getvalue()


def dump_of(files: list[Path], folder: Path) -> bytes:
    """The export of a fresh store that holds these documents and no others."""
    folder.mkdir()
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(taxonomy.load().scheme)
        if files:
            pipeline.load(store, [str(folder)], taxonomy.load())
        return dump(store)


def test_a_load_that_is_killed_leaves_whole_documents_and_is_completed_by_the_next(tmp_path: Path, kills: int) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(DOCUMENTS):
        (docs / f"{number:04}.txt").write_text(posting(number), encoding="utf-8")
    files = sorted(docs.iterdir())
    whole = dump_of(files, tmp_path / "whole")
    start = time.monotonic()
    rolegraph("load", "docs", "--store", "sqlite:///timed.db", cwd=tmp_path)
    duration = time.monotonic() - start
    moments = random.Random(20)
    left = []
    for kill in range(kills):
        file = tmp_path / f"killed{kill}.db"
        process = subprocess.Popen([ROLEGRAPH, "load", "docs", "--store", f"sqlite:///{file.name}"], cwd=tmp_path)
        time.sleep(duration * moments.uniform(0.2, 0.95))
        process.kill()
        process.wait()
        if file.exists():
            with closing(open_store(f"sqlite:///{file.as_posix()}")) as store:
                origins = set(store.stamps())
                if store.taxonomy():
                    assert dump(store) == dump_of([one for one in files if one.name in origins], tmp_path / str(kill))
            left.append(len(origins))
        done = rolegraph("load", "docs", "--store", f"sqlite:///{file.name}", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with closing(open_store(f"sqlite:///{file.as_posix()}")) as store:
            assert dump(store) == whole
    assert any(0 < count < DOCUMENTS for count in left), f"no kill fell into the writing: {left}"
