"""What the READMEs promise exists: commands and their options, make targets, files, and the settings they name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

from api.cli import app
from api.graphql.limits import Limits
from api.settings import Settings
from ontology.terms import BASE

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
STORE_VARIABLES = {"ROLEGRAPH_STORE_USER", "ROLEGRAPH_STORE_PASSWORD", "ROLEGRAPH_STORE_CA", "ROLEGRAPH_CACHE"}
TEST_VARIABLES = {
    "ROLEGRAPH_TEST_NEO4J",
    "ROLEGRAPH_REQUIRE_NEO4J",
    "ROLEGRAPH_REQUIRE_BROWSER",
    "ROLEGRAPH_REQUIRE_PAGE",
    "ROLEGRAPH_KILLS",
}


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (ROOT / request.param).read_text(encoding="utf-8")


def calls(text: str) -> list[tuple[str, str]]:
    """(command, what follows it) of every `rolegraph …` in code."""
    code = "\n".join([*re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)])
    return re.findall(r"(?:^|[\s/\\])rolegraph +([a-z]+)\b([^\n|]*)", code, re.MULTILINE)


def test_the_commands_of_the_readme_exist_with_their_options(readme: str) -> None:
    found = calls(readme)
    assert {"demo", "load", "shared"} <= {command for command, _ in found}
    for command, rest in found:
        assert command in COMMANDS, f"rolegraph {command}"
        known = {option for parameter in COMMANDS[command].params for option in parameter.opts}
        used = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest))
        assert used <= known | {"--help"}, f"rolegraph {command}{rest}"


def test_the_make_targets_of_the_readme_exist(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`+[^`]+`+", readme))))
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_files_of_the_readme_exist(readme: str) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)\)", readme)
    code = re.findall(r"`((?:graphmodel|ontology|loaders|api|docs|tests|benchmarks)/[\w./-]+)`", readme)
    missing = [name for name in (*links, *code) if not (ROOT / name).exists()]
    assert not missing


def test_the_settings_of_the_readme_exist(readme: str) -> None:
    known = {f"ROLEGRAPH_{name.upper()}" for name in Settings.model_fields} | STORE_VARIABLES | TEST_VARIABLES
    assert set(re.findall(r"\bROLEGRAPH_[A-Z_0-9]*[A-Z0-9]", readme)) <= known


def test_the_examples_of_the_help_are_commands() -> None:
    for name, command in COMMANDS.items():
        example = re.search(r"Example: rolegraph (\w+)(.*)", command.help or "")
        assert example, name
        assert example[1] == name
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--[a-z-]+", example[2])) <= known


def rows(page: str, heading: str) -> dict[str, str]:
    """First and second cell of each row of the table below a heading."""
    part = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| (`.+?`) \| (.+?) \|", part, re.MULTILINE))


def test_the_settings_of_the_server_stand_on_its_page_with_their_defaults() -> None:
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    told = {name.strip("`"): default.strip("`") for name, default in rows(page, "Settings").items()}
    fields = {f"ROLEGRAPH_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    loading = {"ROLEGRAPH_TAXONOMY", "ROLEGRAPH_TAXONOMY_ONLY"}
    assert set(told) == set(fields) - loading
    for name, default in fields.items():
        if isinstance(default, (str, int, list, dict)) and default != "" and name not in loading:
            assert told[name] == (default if isinstance(default, str) else json.dumps(default)), name
    assert told["ROLEGRAPH_BASE_IRI"] == BASE


def test_the_limits_stand_on_the_page_of_the_server() -> None:
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    told: dict[str, int] = {}
    for names, values in rows(page, "Limits").items():
        told |= dict(zip(re.findall(r"\w+", names), map(int, values.split(", ")), strict=True))
    assert told == Limits()._asdict()
