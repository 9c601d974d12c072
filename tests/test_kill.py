"""kill -9 in the middle of a load: whole documents only, and the next load completes it."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from stores import contents

from benchmarks.postings import posting
from graphmodel.graph import Reading
from graphmodel.store import open_store
from loaders import pipeline
from ontology import taxonomy
from tests.command import ROLEGRAPH, rolegraph

DOCUMENTS = 450


def content_of(readings: Iterable[Reading]) -> dict[str, list]:
    """What a fresh store holds of these documents alone."""
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(taxonomy.load().scheme)
        store.add_many(readings)
        return contents(store)


def load_and_kill(folder: Path, url: str, moments: random.Random) -> None:
    """Kills a load a little after it has brought some number of documents into the store."""
    enough, pause = moments.randrange(DOCUMENTS * 3 // 4), moments.uniform(0, 0.3)
    command = [ROLEGRAPH, "load", "docs", "--jobs", "2", "--store", url]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    with closing(open_store(url)) as store:
        while process.poll() is None and store.count("document") < enough:
            time.sleep(0.02)
    time.sleep(pause)
    process.kill()
    process.wait()


@pytest.mark.timeout(1800)  # make soak kills twenty times
def test_a_load_that_is_killed_leaves_whole_documents_and_is_completed_by_the_next(tmp_path: Path, kills: int) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(DOCUMENTS):
        (docs / f"{number:04}.txt").write_text(posting(number), encoding="utf-8")
    readings = [one for one in pipeline.readings([str(docs)], taxonomy.load()) if isinstance(one, Reading)]
    whole = content_of(readings)
    moments = random.Random(20)
    left = []
    for kill in range(kills):
        url = f"sqlite:///{(tmp_path / f'{kill}.db').as_posix()}"
        load_and_kill(tmp_path, url, moments)
        with closing(open_store(url)) as store:
            origins = set(store.stamps())
            left.append(len(origins))
            if store.taxonomy():
                assert contents(store) == content_of(one for one in readings if one.document.origin in origins)
        done = rolegraph("load", "docs", "--store", url, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with closing(open_store(url)) as store:
            assert contents(store) == whole
    assert any(0 < count < DOCUMENTS for count in left), f"no kill fell into the writing: {left}"
