"""The projection in memory and in files: whatever stands in the folder, whoever asks, and while the store changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest
import small
from graphs import Item, Post, many, reading

from graphmodel import cache, hierarchy
from graphmodel import projection as projections
from graphmodel.cache import held_projection, projection
from graphmodel.kept import Kept
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.questions.needs import Scope, matrix, profiles
from graphmodel.store import open_store


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "LEAST_SAVED", 1)
    cache._held.clear()
    return tmp_path / "cache"


@pytest.fixture
def store(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/graph.db")) as store:
        store.add_many(many(50, skills=40))
        yield store


def test_a_saved_projection_is_the_projection(store, folder):
    built = projection(store)
    cache._held.clear()
    held = held_projection(store)
    assert held is not built
    assert held.skills == built.skills
    for name in ("keys", "totals", "first", "skills_of", "postings", "items", "required", "by_skill", "weights"):
        assert (getattr(held, name) == getattr(built, name)).all()


@pytest.mark.parametrize("junk", [b"", b"junk", "half", "an array", "another archive", "folder"])
def test_a_file_that_is_none_of_ours_is_as_none(store, folder, junk):
    projection(store)
    [file] = folder.iterdir()
    whole = file.read_bytes()
    file.unlink()
    match junk:
        case "half":
            file.write_bytes(whole[:-100])
        case "an array":
            np.save(file.with_suffix(".npy"), np.zeros(3))
            file.with_suffix(".npy").rename(file)
        case "another archive":
            np.savez(file, format=np.array(1))
        case "folder":
            file.mkdir()
        case _:
            file.write_bytes(junk)
    cache._held.clear()
    assert held_projection(store) is None
    assert len(projection(store).keys) == 50
    assert not list(folder.glob("*.part"))


def test_files_of_others_stay(store, folder):
    folder.mkdir()
    others = [folder / f"model{number}.npz" for number in range(20)]
    for file in others:
        np.savez(file, a=np.zeros(1))
    projection(store)
    assert all(file.exists() for file in others)


def test_the_oldest_of_ours_go(store, folder):
    for number in range(12):
        store.add_many(many(1, skills=40, first=100 + number))
        projection(store)
    assert len(list(folder.iterdir())) == cache._KEPT_FILES


def test_without_a_folder_to_write_to_nothing_is_kept_and_nothing_is_lost(store, folder):
    folder.write_text("a file stands where the folder would")
    assert len(projection(store).keys) == 50
    cache._held.clear()
    assert held_projection(store) is None


def test_what_is_built_while_the_store_changes_is_not_kept(store, folder, monkeypatch):
    build = projections.build

    def and_meanwhile(needs, *others):
        made = build(list(needs), *others)
        store.add_many(many(1, skills=40, first=700))
        return made

    monkeypatch.setattr(projections, "build", and_meanwhile)
    projection(store)
    monkeypatch.undo()
    assert held_projection(store) is None
    assert sum(projection(store).totals.tolist()) == 51


def test_threads_that_ask_at_once_have_one_projection_built(store, folder, monkeypatch):
    built = []
    build = projections.build
    monkeypatch.setattr(projections, "build", lambda *given: built.append(1) or build(*given))
    shares = [number / 20 for number in range(20)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda share: len(matrix(store, Scope(share)).skills_of), shares * 5))
    assert len(built) == 1
    assert found == [len(matrix(store, Scope(share)).skills_of) for share in shares] * 5


def test_what_is_kept_is_bounded_and_made_once():
    kept, made = Kept(2), []
    with ThreadPoolExecutor(8) as threads:
        for number in range(50):
            list(threads.map(lambda key: kept.get(key, lambda: made.append(key) or -key), [number] * 8))
    assert made == list(range(50))
    assert [kept.peek(key) for key in (47, 48, 49)] == [None, -48, -49]


@pytest.mark.parametrize(("asking", "of", "share"), [(7, 100, 0.07), (3, 30, 0.1), (29, 100, 0.29), (1, 3, 1 / 3)])
def test_a_skill_of_exactly_the_least_share_stays(asking, of, share):
    """0.07 * 100 is 7.000000000000001: in floats, seven of a hundred would be too few."""
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(
            reading(f"{n}.txt", [Post("甲", [Item(f"第{n}份")] + [Item("写SQL", ["SQL"])] * (n < asking))],
                    taxonomy=small.DIGEST) for n in range(of)
        )  # fmt: skip
        role = resolve(store, SUBJECTS, "甲")
        for least, there in ((share, True), (share + 1e-9, False)):
            _, [from_store] = profiles(store, [role], Scope(least))
            table = matrix(store, Scope(least))
            assert bool(from_store.needs) == there
            assert bool(len(table.columns(table.row_of(role.id)))) == there
        cache._held.clear()


def test_stores_without_a_taxonomy_do_not_share_one():
    found = []
    for name in ("甲", "乙"):
        with closing(open_store("sqlite://")) as store:
            store.add_many([reading(f"{name}.txt", [Post(name, [Item(f"写{name}", [name])])])])
            found.append({skill.name for skill in hierarchy.hierarchy(store).skills.values()})
    assert found == [{"甲"}, {"乙"}]
