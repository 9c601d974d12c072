"""From a phrase that the taxonomy lacks to a curated skill, the way a curator goes, on every store."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from graphs import Item, Post, reading, scheme
from stores import Place, contents

from api import curating
from graphmodel.identity import candidate_id, role_id
from graphmodel.questions.candidates import candidates, to_json
from loaders import pipeline
from ontology import taxonomy
from tests.command import rolegraph

MAPPING = "蝶翅拓印"


def write(folder: Path) -> Path:
    for name, title, items in (
        ("a.txt", "观察员", (f"熟悉{MAPPING}", "了解BrewMaster")),
        ("b.txt", "巡护员", (f"精通{MAPPING}和Excel", "熟悉孔雀鱼繁育")),
        ("c.txt", "巡护员", (f"掌握{MAPPING}与野外急救法", "熟悉BrewMaster")),
    ):
        lines = "".join(f"{number}、{item}；\n" for number, item in enumerate(items, 1))
        (folder / name).write_text(f"{title}\n\n任职要求：\n{lines}", encoding="utf-8")
    return folder


def test_candidates_come_by_frequency_with_examples_and_skills_like_them(store):
    store.set_taxonomy(scheme(["分析", "灰度"], "1"))
    posts = {
        "a.txt": [Post("店长", [Item("熟悉灰度投放", candidates=["灰度投放"]), Item("会养猫", candidates=["养猫"])])],
        "b.txt": [Post("店长", [Item("了解灰度投放", candidates=["灰度投放"])])],
        "c.txt": [Post("策划", [Item("精通灰度投放", candidates=["灰度投放"], wanted=True)])],
    }
    store.add_many([reading(origin, some, taxonomy="1") for origin, some in posts.items()])
    with store.reading() as view:
        first, second = candidates(view)
        assert [one.skill.name for one in candidates(view, least=2)] == ["灰度投放"]
        assert [one.skill.name for one in candidates(view, limit=1)] == ["灰度投放"]
        assert [one.skill.name for one in candidates(view, decided={first.skill.id})] == ["养猫"]
    assert (first.skill.name, first.postings, first.roles) == ("灰度投放", 3, 2)
    assert [place.text[place.start : place.end] for place in first.examples] == ["灰度投放"] * 3
    assert {place.subject for place in first.examples[:2]} == {role_id("店长"), role_id("策划")}
    assert [near.skill.name for near in first.nearest] == ["灰度"]
    assert (second.skill.name, second.postings, second.nearest) == ("养猫", 1, ())
    shown = to_json([first])[0]
    assert (shown["skill"]["id"], shown["nearest"][0]["name"]) == (candidate_id("灰度投放"), "灰度")
    assert {place["document"] for place in shown["examples"]} == set(posts)


def test_a_candidate_that_a_curator_takes_up_leaves_an_alias_and_doubles_nothing(place: Place, tmp_path: Path):
    docs = write(tmp_path / "docs") if (tmp_path / "docs").mkdir() is None else tmp_path
    with closing(place.open()) as store:
        pipeline.load(store, [str(docs)], taxonomy.load())
        with store.reading() as view:
            found = candidates(view, least=2)
        assert {one.skill.name for one in found} == {MAPPING, "BrewMaster"}
        before = contents(store)
        mine = tmp_path / "mine.tsv"
        mine.write_text(curating.rows(found), encoding="utf-8")
        edit(mine, MAPPING, slug="butterfly-mapping", alt_zh="蝶翅拓片")
        pipeline.refresh(store, taxonomy.load(mine))
        old, new = candidate_id(MAPPING), "skill:butterfly-mapping"
        assert store.aliases([old, candidate_id("蝶翅拓片")]) == {old: new, candidate_id("蝶翅拓片"): new}
        assert [(skill.id, skill.status) for skill in store.nodes("skill", ids=[old])] == [(new, "curated")]
        needs = {edge.source: (edge.postings, edge.items) for edge in store.edges("NEEDS", targets=[old])}
        assert needs == {role_id("观察员"): (1, 1), role_id("巡护员"): (2, 2)}
        assert {edge.method for edge in store.edges("REQUIRES", targets=[new])} == {"label"}
        assert store.count("REQUIRES") == len(before["REQUIRES"])
        assert store.count("NEEDS") == len(before["NEEDS"])
        assert not store.nodes("skill", where={"name": MAPPING, "status": "candidate"})
        with store.reading() as view:
            assert candidates(view, least=2) == []
        after = contents(store)
        assert not pipeline.refresh(store, taxonomy.load(mine)).changed
        assert contents(store) == after


def test_rows_can_be_taken_as_they_are(store, tmp_path: Path) -> None:
    names = ("A B tools", "A.B tools", "My-SQL", "SQL", "R&D ops", "灰度|投放", "C++ plus")
    items = [Item(f"熟悉{name}", candidates=[name]) for name in names]
    store.set_taxonomy(taxonomy.load().scheme._replace(digest="1"))
    store.add_many([reading("a.txt", [Post("店长", items)], taxonomy="1")])
    with store.reading() as view:
        rows = curating.rows(candidates(view))
    (tmp_path / "mine.tsv").write_text(rows, "utf-8")
    own = taxonomy.load(tmp_path / "mine.tsv").entries
    assert "SQL" not in rows.split(), "it is a skill"
    assert {"a-b-tools", "a-b-tools-2", "r-and-d-ops", "c-plus-plus-plus"} <= set(own)
    assert sum(entry.zh == "灰度|投放" for entry in own.values()) == 1


def edit(file: Path, name: str, **changes: str) -> None:
    """As a curator does it in a spreadsheet."""
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8")), delimiter="\t"))
    next(row for row in rows if row["zh"] == name).update(changes)
    lines = [rows[0].keys(), *(row.values() for row in rows)]
    file.write_text("\n".join("\t".join(line) for line in lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("loaded")
    (home / "docs").mkdir()
    write(home / "docs")
    assert rolegraph("load", "docs", cwd=home).returncode == 0
    return home


def test_the_command_lists_them(loaded: Path) -> None:
    shown = rolegraph("candidates", cwd=loaded).stdout
    assert MAPPING in shown
    assert "孔雀鱼繁育" not in shown, "it stands in one posting"
    assert f"【{MAPPING}】" in shown
    assert "a.txt:4" in shown
    assert "孔雀鱼繁育" in rolegraph("candidates", "--min", "1", cwd=loaded).stdout
    assert len(json.loads(rolegraph("candidates", "--limit", "1", "--json", cwd=loaded).stdout)) == 1


def test_from_the_command_to_a_skill(loaded: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'own.db').as_posix()}"
    rolegraph("load", loaded / "docs", "--store", url, cwd=tmp_path)
    rows = rolegraph("candidates", "--tsv", "--store", url, cwd=tmp_path).stdout
    (tmp_path / "mine.tsv").write_text(rows, encoding="utf-8")
    left = rolegraph("candidates", "--taxonomy", "mine.tsv", "--store", url, "--json", cwd=tmp_path)
    assert json.loads(left.stdout) == []
    done = rolegraph("refresh", "--store", url, cwd=tmp_path, ROLEGRAPH_TAXONOMY="mine.tsv")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    asked = rolegraph("shared", "观察员", "巡护员", "--json", "--store", url, cwd=tmp_path)
    assert {one["skill"]["name"] for one in json.loads(asked.stdout)["shared"]} == {MAPPING, "BrewMaster"}
    forgotten = rolegraph("load", loaded / "docs", "--store", url, cwd=tmp_path)
    assert re.search(rf"2 skills that this taxonomy lacks: .*{MAPPING}.*\n?.*ROLEGRAPH_TAXONOMY", forgotten.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["extract", "-", "--taxonomy", "none.tsv"], 1, "There is no none.tsv"),
        (["extract", "-", "--taxonomy", "bad.tsv"], 1, "bad.tsv:2: the label 'SQL' is claimed also by 'sql'"),
        (["extract", "-", "--taxonomy-only"], 2, "--taxonomy PATH"),
        (["candidates", "--tsv", "--json"], 2, "one of the two"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(arguments: list[str], code: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("slug\tzh\nmy-sql\tSQL\n", "utf-8")
    done = rolegraph(*arguments, cwd=tmp_path, COLUMNS="400")
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr


def test_a_taxonomy_of_ones_own_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(f"zh\n{MAPPING}\n", "utf-8")
    text = f"观察员\n任职要求：\n1、熟悉{MAPPING}，熟练使用Excel。\n".encode()
    done = rolegraph("extract", "-", "--taxonomy", "mine.tsv", "--taxonomy-only", cwd=tmp_path, input=text)
    (item,) = json.loads(done.stdout)["requirements"]
    methods = {skill["name"]: skill["method"] for skill in item["skills"]}
    assert methods == {MAPPING: "label", "Excel": "candidate"}
