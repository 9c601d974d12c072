"""The planner's commands: tables for people, JSON for programs, files for pictures and pairs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import rolegraph, write_documents

LEADER = """数据主管

岗位职责：
1、带领团队完成数据分析和市场分析；
2、向数据总监方向发展。
任职要求：
1、硕士学历，五年以上数据分析经验；
2、精通SQL，持有PMP证书优先。
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("planning")
    docs = write_documents(home / "docs")
    (docs / "leader.txt").write_text(LEADER, encoding="utf-8")
    assert rolegraph("load", "docs", cwd=home).returncode == 0
    return home


def asked(home: Path, *arguments: str):
    done = rolegraph(*arguments, "--json", cwd=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_gap_names_what_is_missing_and_the_conditions(loaded: Path) -> None:
    answer = asked(loaded, "gap", "运营策划", "数据分析")
    assert "市场分析" in {one["skill"]["name"] for one in answer["has"]}
    assert {"SQL", "Excel"} <= {one["skill"]["name"] for one in answer["lacks"]}
    education = next(one for one in answer["conditions"] if one["topic"] == "education")
    assert (education["wanted"], education["status"], education["sources"][0]["origin"]) == (
        "本科",
        "not met",
        "analyst.txt",
    )
    shown = rolegraph("gap", "运营策划", "数据分析", cwd=loaded).stdout
    assert re.search(r"SQL +必须 required 1 / 1", shown)
    assert "不符 not met" in shown


def test_a_gap_from_one_s_own_words(loaded: Path) -> None:
    own = [part for words in ("excel", "写过SQL取数脚本", "嗑瓜子") for part in ("--skill", words)]
    answer = asked(loaded, "gap", "数据分析", *own, "--education", "本科")
    assert {"SQL", "Excel"} <= {one["skill"]["name"] for one in answer["has"]}
    assert [one["words"] for one in answer["unresolved"]] == ["嗑瓜子"]
    assert next(one["status"] for one in answer["conditions"] if one["topic"] == "education") == "met"
    assert "未识别 not understood: 嗑瓜子" in rolegraph("gap", "数据分析", "--skill", "嗑瓜子", cwd=loaded).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gap", "数据分析"], "your own skills"),
        (["gap", "a", "b", "c"], "two roles"),
        (["gap", "数据分析", "--skill", "SQL", "--years", "多年"], "no number of years"),
        (["gap", "数据分析", "--skill", "SQL", "--years", "数据分析:-3"], "no number of years"),
        (["gap", "数据分析", "--skill", "SQL", "--years", "nan"], "no number of years"),
        (["gap", "数据分析", "--skill", "SQL", "--education", "幼儿园"], "本科"),
        (["similar", "数据分析", "--measure", "euclid"], "weighted-jaccard"),
        (["similar"], "name a role"),
        (["requirements", "数据分析", "--not-stated", "years"], "--not-stated"),
        (["similar", "--all"], "pairs.parquet"),
        (["hubs", "-k", "0"], "--number"),
    ],
)
def test_mistakes_of_usage_say_what_is_wanted(loaded: Path, arguments: list[str], said: str) -> None:
    done = rolegraph(*arguments, cwd=loaded)
    assert done.returncode == 2
    assert said in done.stderr


def test_unknown_roles_and_the_same_role_twice_are_told(loaded: Path) -> None:
    unknown = rolegraph("similar", "数据分折", cwd=loaded)
    assert (unknown.returncode, "数据分析" in unknown.stderr) == (1, True)
    twice = rolegraph("compare", "数据分析", "数据分析", cwd=loaded)
    assert (twice.returncode, "named twice" in twice.stderr) == (1, True)
    assert rolegraph("paths", "数据分析", "数据分析", cwd=loaded).returncode == 1


def test_similar_roles_and_roles_that_fit(loaded: Path) -> None:
    assert asked(loaded, "similar", "数据分析", "-k", "1")["roles"][0]["role"]["name"] == "数据主管"
    assert asked(loaded, "match", "SQL", "excel")["roles"][0]["role"]["name"] == "数据分析"
    assert "数据主管" in rolegraph("match", "SQL", cwd=loaded).stdout
    assert {one["role"]["name"] for one in asked(loaded, "requiring", "SQL")["roles"]} == {"数据分析", "数据主管"}
    assert asked(loaded, "hubs", "-k", "1")[0]["roles"] == 3


def test_all_pairs_become_a_parquet_file(loaded: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    done = rolegraph("similar", "--all", "--output", tmp_path / "pairs.parquet", "-k", "5", cwd=loaded)
    assert done.returncode == 0, done.stderr
    table = parquet.read_table(tmp_path / "pairs.parquet").to_pylist()
    one = next(row for row in table if row["source_name"] == "数据分析")
    first = asked(loaded, "similar", "数据分析")["roles"][0]
    assert (one["target_name"], one["score"]) == (first["role"]["name"], pytest.approx(first["score"]))
    assert list(tmp_path.iterdir()) == [tmp_path / "pairs.parquet"]
    refused = rolegraph("similar", "--all", "--output", tmp_path / "no" / "pairs.parquet", cwd=loaded)
    assert (refused.returncode, "cannot be written" in refused.stderr) == (1, True)


def test_paths_tell_stated_from_inferred(loaded: Path) -> None:
    steps = asked(loaded, "paths", "数据主管")["steps"]
    shown = rolegraph("paths", "运营策划", "数据主管", cwd=loaded).stdout
    assert "推断 inferred" in shown
    for step in steps:
        assert "写明 stated" in rolegraph("paths", "数据主管", step["to"]["id"], cwd=loaded).stdout


def test_profiles_comparisons_and_browsing_print_what_they_hold(loaded: Path) -> None:
    assert asked(loaded, "profile", "数据分析")["postings"] == 1
    assert [one["name"] for one in asked(loaded, "compare", "数据分析", "运营策划")["subjects"]] == [
        "数据分析",
        "运营策划",
    ]
    assert re.search(r"市场分析 +● +●", rolegraph("compare", "数据分析", "运营策划", cwd=loaded).stdout)
    assert asked(loaded, "requirements", "--education", "大专")[0]["role"]["name"] == "运营策划"
    assert asked(loaded, "requirements", "--not-stated", "certificate")
    assert "数据分析" in rolegraph("taxonomy", "数据分析", cwd=loaded).stdout
    assert asked(loaded, "neighbours", "运营策划", "--limit", "3")["more"]
    assert asked(loaded, "facets")["kinds"] == [{"value": "role", "postings": 3}]
    assert "skills of a role" in rolegraph("stats", cwd=loaded).stdout


def test_within_a_document(loaded: Path) -> None:
    answer = asked(loaded, "hubs", "--document", "analyst.txt")
    assert {one["roles"] for one in answer} == {1}
    lost = rolegraph("hubs", "--document", "x.txt", cwd=loaded)
    assert (lost.returncode, "analyst.txt" in lost.stderr) == (1, True)


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_pictures_are_the_same_each_time(loaded: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib import font_manager

    from api.plots import FONTS

    drawn = []
    for number in "12":
        file = tmp_path / number / name
        file.parent.mkdir()
        done = rolegraph("compare", "数据分析", "运营策划", "--plot", file, cwd=loaded)
        if not {font.name for font in font_manager.fontManager.ttflist} & set(FONTS):
            assert (done.returncode, "font with Chinese" in done.stderr) == (1, True)
            return
        assert done.returncode == 0, done.stderr
        drawn.append(file.read_bytes())
    assert drawn[0] == drawn[1]
    assert rolegraph("gap", "运营策划", "数据分析", "--plot", tmp_path / name, cwd=loaded).returncode == 0
    assert (tmp_path / name).stat().st_size > 5_000
    refused = rolegraph("gap", "运营策划", "数据分析", "--plot", tmp_path / "a.doc", cwd=loaded)
    assert (refused.returncode, ".svg" in refused.stderr) == (1, True)
