"""docs/dumps.md: its commands exist, its code runs, its tables are what a manifest and a table of triples have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from test_docs import COMMANDS, calls
from typer.testing import CliRunner
from whole import READINGS, stored

from api.cli import app
from ontology.triples_table import COLUMNS

PAGE = (Path(__file__).parent.parent / "docs" / "dumps.md").read_text("utf-8")


def code(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def run(line: str) -> str:
    done = CliRunner().invoke(app, shlex.split(line, comments=True)[1:])
    assert (done.exit_code, done.exception) == (0, None), (line, done.output)
    return done.output


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the store and the dumps of which the page speaks; what was loaded on Monday is less."""
    pytest.importorskip("pyarrow", reason="the extra rolegraph[parquet] is not installed")
    monkeypatch.chdir(tmp_path)
    for name, readings in (("monday", READINGS[:2]), ("rolegraph", READINGS)):
        stored(readings, f"sqlite:///{name}.db").close()
    outputs = "--output monday.nt --output monday.nt.gz"
    run(f"rolegraph export --store sqlite:///monday.db {outputs}")
    run("rolegraph export --output graph.nt --output graph.ttl")
    return tmp_path


def test_what_the_page_shows_runs(folder, capsys):
    for block in code("sh"):
        for line in block.splitlines():
            run(line.replace("--base https://example.org/id/ ", "").replace("@12", "@1"))
    for block in code("python"):
        exec(compile(block, "docs/dumps.md", "exec"), {})
    names, size = capsys.readouterr().out.rsplit("\n", 2)[:2]
    assert "市场专员" in names
    assert int(size) == len((folder / "graph.nt").read_text("utf-8").splitlines())


def test_the_commands_and_options_of_the_page_exist():
    for command, rest in calls(PAGE):
        known = {option for parameter in COMMANDS[command].params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest)) <= known


def test_what_the_page_says_of_a_manifest_and_of_columns_is_there(folder):
    run("rolegraph export --output graph.nt.gz --manifest void.ttl")
    told = (folder / "void.ttl").read_text("utf-8")
    part = PAGE.split("## A table of triples")[0]
    named = set(re.findall(r"`((?:void|dcat|dct|owl|spdx):\w+)`", part)) - {"dct:issued"}
    assert len(named) > 15
    assert not [name for name in named if name not in told]
    for name in re.findall(r"`dataset/([\w-]+)`", part):
        assert f"dataset:{name}\n" in told
    cells = re.findall(r"^\| (`.+?`) \|", PAGE.split("| column | holds |")[1].split("\n\n")[0], re.MULTILINE)
    assert tuple(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == COLUMNS
