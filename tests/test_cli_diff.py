"""The command `rolegraph diff`: what it tells people and machines, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from api.commands import diffing
from graphmodel.errors import BadInput
from ontology.terms import BASE
from tests.command import rolegraph
from tests.dumps import holding, patched, read, write_dumps, written


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dumps(tmp_path_factory.mktemp("dumps"))


def told(*sides: str | Path, **options: Any) -> int:
    """The exit code of the command, in this process."""
    with pytest.raises(typer.Exit) as done:
        diffing.diff(*map(str, sides), **options)
    return done.value.exit_code


def test_the_command_tells_people_and_machines(dumps, capsys):
    shown = rolegraph("diff", "old.nt", "sqlite:///new.db", cwd=dumps)
    assert shown.returncode == 0
    for words in ("新增 added", "出纳写周报", "d.txt", "a.txt", "市场专员"):
        assert words in shown.stdout
    assert told(dumps / "old.trig", dumps / "new.jsonld", as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert [thing["name"] for thing in found["classes"]["rg:Role"]["added"]["first"]] == ["出纳"]
    assert told(f"sqlite:///{dumps}/new.db", dumps / "new.rdf", exit_code=True) == 0
    assert "the same" in capsys.readouterr().out


def test_a_dump_that_is_broken_is_told_without_an_option_of_other_commands(tmp_path):
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> .")
    with pytest.raises(BadInput) as broken:
        told(tmp_path / "a.ttl", tmp_path / "a.ttl")
    assert "a.ttl:1" in broken.value.problem
    assert "--format" not in broken.value.remedy


def test_the_command_writes_a_patch_for_another_tool(dumps, tmp_path):
    options = ("--format", "update", "--output", tmp_path / "now.ru", "--exit-code")
    done = rolegraph("diff", "old.nt", "sqlite:///new.db", *options, cwd=dumps)
    assert (done.returncode, done.stdout) == (1, "")
    store = holding(dumps / "old.nt")
    store.update((tmp_path / "now.ru").read_text("utf-8"))
    assert {*store} == {*holding(dumps / "new.nt")}
    assert [file.name for file in tmp_path.iterdir()] == ["now.ru"]
    printed = rolegraph("diff", "old.ttl", "new.ttl", "--format", "patch", cwd=dumps).stdout
    assert b"".join(patched(read(dumps / "old.nt"), printed.encode())) == (dumps / "new.nt").read_bytes()


def test_a_store_is_read_with_the_base_of_the_dump(dumps, tmp_path, capsys):
    other = "https://example.org/jobs/"
    dump = written(tmp_path, "other.nt", (dumps / "new.nt").read_bytes().replace(BASE.encode(), other.encode()))
    assert told(dump, f"sqlite:///{dumps}/new.db", exit_code=True) == 0
    assert "the same" in capsys.readouterr().out
    with pytest.raises(BadInput, match=f"{BASE}.*{other}") as refused:
        diffing.diff(str(dumps / "new.ttl"), str(dump))
    assert "--base" in refused.value.remedy


def test_the_past_of_a_store_is_told_and_what_it_lacks_has_a_remedy(dumps, capsys):
    store = f"sqlite:///{dumps}/new.db"
    assert told(f"{store}@1", store, as_json=True, exit_code=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["since"], found["added"]) == (1, ["b/二.txt", "c.txt", "d.txt"])
    assert told(f"{store}@0", store) == 0
    assert f"0 → {found['until']}" in capsys.readouterr().out
    with pytest.raises(BadInput, match="rolegraph export"):
        diffing.diff(f"{store}@1", store, format="patch")
    with pytest.raises(BadInput, match="one store"):
        diffing.diff(f"{store}@1", f"sqlite:///{dumps}/old.db")


def test_a_patch_names_graphs_or_there_is_none(dumps):
    with pytest.raises(BadInput, match=r"old\.trig has named graphs"):
        diffing.diff(str(dumps / "old.trig"), str(dumps / "new.ttl"), format="patch")
