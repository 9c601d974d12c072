"""The command: what it prints, in which encoding, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import PLANNER, ROLEGRAPH, rolegraph, write_documents


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a loaded rolegraph.db; tests only read it."""
    home = tmp_path_factory.mktemp("loaded")
    write_documents(home / "docs")
    done = rolegraph("load", "docs", cwd=home)
    assert done.returncode == 0, done.stderr
    return home


def counts(shown: str) -> dict[str, int]:
    """The summary of a load: {"loaded": 2, …}."""
    return {label: int(count) for label, count in re.findall(r"^\S+ ([a-z ]+?) +(\d+) *$", shown, re.MULTILINE)}


def test_help_names_every_command_quickly(tmp_path: Path) -> None:
    start = time.perf_counter()
    shown = rolegraph("--help", cwd=tmp_path).stdout
    seconds = time.perf_counter() - start
    for command in "load forget refresh extract shared roles stats export serve demo".split():  # noqa: SIM905
        assert re.search(rf"\b{command}\b", shown)
    assert seconds < 2, "imports of servers and RDF belong into the commands that use them"


def test_loading_twice_changes_nothing_and_an_edited_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    docs = write_documents(tmp_path / "docs")
    assert counts(rolegraph("load", "docs", cwd=tmp_path).stdout)["loaded"] == 2
    again = counts(rolegraph("load", "docs", cwd=tmp_path).stdout)
    assert (again["loaded"], again["unchanged"]) == (0, 2)
    (docs / "planner.txt").write_text(PLANNER.replace("运营策划", "活动策划"), encoding="utf-8")
    edited = counts(rolegraph("load", "docs", cwd=tmp_path).stdout)
    assert (edited["changed"], edited["unchanged"]) == (1, 1)
    names = [role["name"] for role in json.loads(rolegraph("roles", "--json", cwd=tmp_path).stdout)]
    assert names == ["数据分析", "活动策划"]


def test_shared_shows_the_words_the_document_and_the_line(loaded: Path) -> None:
    shown = rolegraph("shared", "运营策划", "数据分析", cwd=loaded).stdout
    assert re.search(r"市场分析 +运营策划 +负责【市场分析】.* planner\.txt:4", shown)
    assert re.search(r"数据分析 .*【市场分析】.* analyst\.txt:4", shown)
    assert "→ 用户分析" in shown


def test_shared_as_json(loaded: Path) -> None:
    done = rolegraph("shared", "运营策划", "数据分析", "--json", cwd=loaded)
    answer = json.loads(done.stdout)
    assert [one["skill"]["name"] for one in answer["shared"]] == ["市场分析"]
    assert "用户分析" in [meeting["skill"]["name"] for meeting in answer["related"]]
    assert {"only_a", "only_b", "measures"} < answer.keys()
    assert "市场分析" in done.stdout, "Chinese stands in JSON as itself"


def test_an_unknown_role_is_answered_with_the_nearest(loaded: Path) -> None:
    done = rolegraph("shared", "运营策化", "数据分析", cwd=loaded)
    assert done.returncode == 1
    assert "运营策划" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [["shared", "运营策划", "数据分析"], ["roles"], ["load", "--help"]])
def test_a_console_that_is_not_utf8(arguments: list[str], loaded: Path) -> None:
    done = rolegraph(*arguments, cwd=loaded, encoding="cp936")
    assert done.returncode == 0, done.stderr
    assert re.search("[\u4e00-\u9fff]", done.stdout)


def test_a_character_that_the_console_lacks_is_replaced(loaded: Path) -> None:
    assert "?" in rolegraph("shared", "运营策划", "数据分析", cwd=loaded, encoding="ascii").stdout
    done = rolegraph("shared", "无☃此岗", "数据分析", cwd=loaded, encoding="cp936")
    assert done.returncode == 1
    assert "无?此岗" in done.stderr


def test_data_is_utf8_whatever_the_console_is(loaded: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "cp936"}
    for arguments in (["roles", "--json"], ["extract", "docs"], ["export"]):
        done = subprocess.run([ROLEGRAPH, *arguments], cwd=loaded, env=env, capture_output=True, check=True)
        assert "运营策划" in done.stdout.decode("utf-8")
        assert b"\r" not in done.stdout


def test_extract_prints_a_posting_a_line(loaded: Path) -> None:
    done = rolegraph("extract", "docs/planner.txt", "docs/analyst.txt", cwd=loaded)
    planner, analyst = map(json.loads, done.stdout.splitlines())
    assert (planner["document"], planner["title"], planner["kind"]) == ("planner.txt", "运营策划", "role")
    assert planner["duties"][0]["skills"][0]["name"] == "市场分析"
    assert analyst["requirements"][0]["education"] == "本科"


def test_extract_reads_standard_input(loaded: Path) -> None:
    done = rolegraph("extract", "-", cwd=loaded, input=PLANNER.encode())
    assert json.loads(done.stdout)["document"] == "-"


def test_stats_count_nodes_and_edges(loaded: Path) -> None:
    stats = json.loads(rolegraph("stats", "--json", cwd=loaded).stdout)
    assert (stats["nodes"]["role"], stats["nodes"]["document"], stats["edges"]["HAS_DUTY"]) == (2, 2, 4)


def test_export_to_a_file_and_to_standard_output_are_the_same(loaded: Path, tmp_path: Path) -> None:
    for format in ("turtle", "nt"):
        file = tmp_path / f"graph.{format}"
        told = rolegraph("export", "--format", format, "--output", file, cwd=loaded).stderr
        assert "triples" in told
        assert file.read_text(encoding="utf-8") == rolegraph("export", "--format", format, cwd=loaded).stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.nt", "graph.turtle"]


def test_an_export_that_cannot_be_written_says_so(loaded: Path) -> None:
    done = rolegraph("export", "--output", "no/such/folder.ttl", cwd=loaded)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    done = rolegraph("export", "--format", "xml", cwd=loaded)
    assert done.returncode == 1
    assert "turtle" in done.stderr


def test_bad_documents_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    docs = write_documents(tmp_path / "docs")
    (docs / "empty.txt").write_bytes(b"")
    (docs / "junk.txt").write_bytes(bytes(range(256)) * 8)
    (docs / "poem.txt").write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    (docs / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    (docs / "gone.txt").symlink_to(docs / "nowhere.txt")
    done = rolegraph("load", "docs", cwd=tmp_path)
    assert done.returncode == 1
    assert counts(done.stdout) == {
        "loaded": 2,
        "changed": 0,
        "unchanged": 0,
        "without a posting": 1,
        "failed": 4,
        "forgotten": 0,
    }
    for name in ("empty.txt", "junk.txt", "poem.txt", "paper.pdf", "gone.txt"):
        assert name in done.stdout


def test_a_text_without_a_posting_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    assert rolegraph("load", "poem.txt", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["load", "empty"], 1, "holds no document"),
        (["load", "nowhere"], 1, "does not exist"),
        (["load"], 2, "PATH"),
        (["load", "file.txt", "--prune"], 2, "needs folders"),
        (["roles", "--store", "mysql://host/db"], 2, "sqlite:///file.db"),
        (["roles", "--store", "sqlite:///file.txt"], 3, "Give the path"),
        (["roles", "--store", "sqlite:///missing.db"], 3, "rolegraph load"),
        (["load", "file.txt", "--store", "sqlite:///no/such/folder/x.db"], 3, "folder"),
        (["demo", "--store", "sqlite:///file.txt"], 3, "not a store"),
        (["dance"], 2, "dance"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(arguments: list[str], code: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text(PLANNER, encoding="utf-8")
    done = rolegraph(*arguments, cwd=tmp_path, COLUMNS="400")
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr
    assert (tmp_path / "file.txt").read_text(encoding="utf-8") == PLANNER


def test_forget_and_prune_take_documents_out(tmp_path: Path) -> None:
    docs = write_documents(tmp_path / "docs")
    rolegraph("load", "docs", cwd=tmp_path)
    assert rolegraph("forget", "analyst.txt", cwd=tmp_path).returncode == 0
    missing = rolegraph("forget", "analyst.txt", cwd=tmp_path)
    assert (missing.returncode, "analyst.txt" in missing.stderr) == (1, True)
    (docs / "planner.txt").unlink()
    assert counts(rolegraph("load", "docs", cwd=tmp_path).stdout)["loaded"] == 1
    pruned = rolegraph("load", "docs", "--prune", cwd=tmp_path).stdout
    assert "gone: planner.txt" in pruned
    assert counts(pruned)["forgotten"] == 1
    assert [role["name"] for role in json.loads(rolegraph("roles", "--json", cwd=tmp_path).stdout)] == ["数据分析"]


def test_the_store_comes_from_the_environment_where_no_option_is_given(loaded: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{(loaded / 'rolegraph.db').as_posix()}"
    assert "运营策划" in rolegraph("roles", cwd=tmp_path, ROLEGRAPH_STORE=url).stdout


def test_the_demo_replaces_its_own_store(tmp_path: Path) -> None:
    docs = write_documents(tmp_path / "docs")
    for _ in range(2):
        done = rolegraph("demo", docs, "--output", "out.ttl", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert counts(done.stdout)["loaded"] == 2
        assert "【市场分析】" in done.stdout
        assert "运营策划" in (tmp_path / "out.ttl").read_text(encoding="utf-8")


@pytest.fixture
def served(loaded: Path) -> Iterator[str]:
    """The address of a server on a free port."""
    process = subprocess.Popen([ROLEGRAPH, "serve", "--port", "0"], cwd=loaded, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        told = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert address, told
        yield address[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_serve_answers_graphql(served: str) -> None:
    query = json.dumps({"query": '{ sharedSkills(a: "运营策划", b: "数据分析") { __typename } }'}).encode()
    request = urllib.request.Request(f"{served}/graphql", query, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as response:
        assert "errors" not in json.load(response)
    with urllib.request.urlopen(f"{served}/readyz", timeout=20) as response:
        assert response.status == 200


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_terminal_gets_colour_and_the_progress_bar_does_not_stay(tmp_path: Path) -> None:
    import pty

    write_documents(tmp_path / "docs")
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    env.pop("NO_COLOR", None)
    with subprocess.Popen([ROLEGRAPH, "load", "docs"], cwd=tmp_path, env=env, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:
            pass
    os.close(ours)
    assert process.returncode == 0
    assert b"\x1b[1m" in shown
    assert "读入 loading".encode() in shown
