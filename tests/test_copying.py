"""A store copied into another: the same contents and the same export, whatever the engines and whenever killed."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import small
from graphs import Item, Post, many, reading, scheme
from planner import readings
from stores import PLACES, contents

from graphmodel import copying
from graphmodel.errors import BadInput, Outdated
from graphmodel.store import GraphStore, open_store
from ontology.export import export
from tests.command import rolegraph

TESTS = Path(__file__).resolve().parent
COPY = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from graphmodel import copying
from graphmodel.store import open_store
copying.DOCUMENTS_AT_ONCE = 20
source, target = open_store(sys.argv[1], read_only=True), open_store(sys.argv[2])
with source.reading() as view:
    copying.copy(view, target)
"""


def triples(store: GraphStore) -> bytes:
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    return out.getvalue()


def filled(store: GraphStore) -> None:
    """Documents that come, are spelled in several ways, change and go; a taxonomy that came in two steps."""
    store.set_taxonomy(small.scheme()._replace(digest="before", skills=small.scheme().skills, aliases=()))
    store.set_taxonomy(small.scheme())
    store.add_many(readings())
    store.add_many(
        [
            reading(
                "g/1.txt", [Post("策划（二）", [Item("懂數據魔方", candidates=["數據魔方"])])], taxonomy=small.DIGEST
            ),
            reading("g/2.txt", [Post("数据", [Item("管财务部", [], ["财务部"])])], taxonomy=small.DIGEST),
        ]
    )
    store.add_many([reading("g/2.txt", [Post("數據", [Item("写SQL", ["SQL"])])], taxonomy=small.DIGEST)])
    store.forget(["c/店员.txt"])


@pytest.mark.parametrize("between", PLACES)
def test_there_and_back_all_is_the_same(between, tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "DOCUMENTS_AT_ONCE", 4)
    with ExitStack() as stack:
        first, last = (stack.enter_context(closing(open_store("sqlite://"))) for _ in range(2))
        place = stack.enter_context(PLACES[between](tmp_path))
        middle = stack.enter_context(closing(place.open()))
        filled(first)
        seen: list[int] = []
        with first.reading() as view:
            done = copying.copy(view, middle, seen.append)
        assert (done.documents, done.unchanged, sum(seen)) == (10, 0, 10)
        with middle.reading() as view:
            assert copying.copy(view, last).documents == 10
        assert contents(middle) == contents(last) == contents(first)
        assert triples(middle) == triples(last) == triples(first)
        assert list(last.stamps().items()) == list(first.stamps().items())
        assert last.text(last.stamps()) == first.text(first.stamps())
        assert last.aliases() == first.aliases()
        before = [store.revision() for store in (middle, last)]
        for store in (middle, last):
            with first.reading() as view:
                assert copying.copy(view, store) == copying.Copied(10, 10, 0)
        assert [store.revision() for store in (middle, last)] == before
        for store in (first, middle, last):  # and they go on alike
            store.forget(["g/1.txt", "a/策划1.txt"])
        assert contents(middle) == contents(last) == contents(first)


def test_a_store_with_anything_else_in_it_is_refused_and_left_alone():
    def other(**changes: str) -> GraphStore:
        store = stack.enter_context(closing(open_store("sqlite://")))
        store.set_taxonomy(small.scheme())
        store.add_many(
            [*readings()[:2], reading(taxonomy=small.DIGEST, **{"origin": "e/助理.txt", "posts": [], **changes})]
        )
        return store

    with ExitStack() as stack, closing(open_store("sqlite://")) as source:
        source.set_taxonomy(small.scheme())
        source.add_many(readings())
        elsewhere = stack.enter_context(closing(open_store("sqlite://")))
        elsewhere.set_taxonomy(scheme(["Excel"], "another"))
        for target, match in (
            (other(), r"e/助理\.txt, in another version"),
            (other(origin="h.txt"), r"h\.txt, which the other has not"),
            (elsewhere, "another skill taxonomy"),
        ):
            before, revision = contents(target), target.revision()
            with source.reading() as view, pytest.raises(BadInput, match=match + r"(.|\n)*empty"):
                copying.copy(view, target)
            assert (contents(target), target.revision()) == (before, revision)


def test_documents_read_with_an_older_taxonomy_are_to_be_refreshed_first():
    with closing(open_store("sqlite://")) as source, closing(open_store("sqlite://")) as target:
        source.set_taxonomy(small.scheme())
        source.add_many(readings())
        source.set_taxonomy(small.scheme()._replace(digest="newer"))
        with source.reading() as view, pytest.raises(Outdated, match=r"older skill taxonomy(.|\n)*rolegraph refresh"):
            copying.copy(view, target)
        assert target.revision() == 0


def test_an_empty_store_is_copied():
    with closing(open_store("sqlite://")) as source, closing(open_store("sqlite://")) as target:
        with source.reading() as view:
            assert copying.copy(view, target) == copying.Copied(0, 0, 0)
        assert contents(target) == contents(source)


@pytest.mark.parametrize("engine", PLACES)
def test_a_copy_that_is_killed_is_completed_by_the_next(engine, tmp_path, kills):
    url = f"sqlite:///{(tmp_path / 'from.db').as_posix()}"
    moments, left = random.Random(3), []
    with closing(open_store(url)) as source:
        source.add_many(many(400, roles=9, skills=40))
        whole = contents(source)
        for kill in range(min(kills, 3)):
            folder = tmp_path / str(kill)
            folder.mkdir()
            with PLACES[engine](folder) as place, closing(place.open()) as target:
                process = subprocess.Popen([sys.executable, "-c", COPY, url, place.url], cwd=TESTS.parent)
                enough = moments.randrange(1, 300)
                while process.poll() is None and target.count("document") < enough:
                    time.sleep(0.01)
                process.kill()
                process.wait()
                left.append(target.count("document"))
                with source.reading() as view:
                    done = copying.copy(view, target)
                assert done.documents == 400
                assert contents(target) == whole
    assert any(0 < count < 400 for count in left), f"no kill fell into the writing: {left}"


def test_the_command_tells_what_it_copied(tmp_path):
    with closing(open_store(f"sqlite:///{(tmp_path / 'a.db').as_posix()}")) as store:
        filled(store)
    arguments = ["copy", "--from", "sqlite:///a.db", "--to", "sqlite:///b.db"]
    first, second = (rolegraph(*arguments, *more, cwd=tmp_path) for more in ([], ["--json"]))
    assert first.returncode == 0, first.stderr
    assert "复制 copied" in first.stdout
    assert json.loads(second.stdout) == {"documents": 10, "unchanged": 10, "rows": 0}
    exports = [rolegraph("export", "--store", f"sqlite:///{name}.db", cwd=tmp_path).stdout for name in "ab"]
    assert exports[0] == exports[1] != ""
    missing = rolegraph("copy", "--from", "sqlite:///none.db", "--to", "sqlite:///c.db", cwd=tmp_path)
    assert missing.returncode == 3
    assert not os.path.exists(tmp_path / "c.db")
    wrong = rolegraph("copy", "--from", "sqlite:///a.db", "--to", "b.db", cwd=tmp_path)
    assert (wrong.returncode, "--to" in wrong.stderr) == (2, True)
