"""What the two READMEs show is what the program says: the demo's table, a GraphQL answer, a Turtle excerpt; and so are
the answers of the guide to GraphQL.
"""

from __future__ import annotations

import json
import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from graphql import build_schema
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.graphql.limits import Limits
from api.graphql.schema import Query, sdl
from tests.command import rolegraph

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
GUIDE = ROOT / "docs" / "graphql.md"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")
SENTENCE = "先摸清市场形势"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A folder with the store and the dump of the demo, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = rolegraph("demo", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.txt").write_text(done.stdout, "utf-8")
    return folder


@pytest.fixture(scope="module")
def shown(demo: Path) -> dict[str, str]:
    """The language of a fenced block -> what should stand in it. The query is the README's own."""
    printed = (demo / "printed.txt").read_text("utf-8")
    table = printed[printed.index("共有 shared") : printed.index("只有 only")]
    return {
        "text": "\n".join(line.rstrip() for line in table.strip().splitlines()) + "\n",
        "json": answer(READMES[0], demo),
        "turtle": excerpt((demo / "demo.ttl").read_text("utf-8")),
    }


def answer(readme: Path, folder: Path) -> str:
    query = dict(FENCED.findall(readme.read_text("utf-8")))["graphql"]
    with TestClient(create_app(f"sqlite:///{folder / 'demo.db'}")) as client:
        data = client.post("/graphql", json={"query": query}).json()
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def excerpt(turtle: str) -> str:
    """A duty, where it is stated, and where it asks for a skill."""
    blocks = turtle.split("\n\n")
    (duty,) = (block for block in blocks if block.startswith("duty:") and SENTENCE in block)
    id = duty.split("\n")[0]
    said = [b for b in blocks if b.startswith("mention:") and (f"target {id} " in b or f"source {id} " in b)]
    return "\n\n".join([duty, *sorted(said, key=lambda block: "rg:hasDuty" not in block)]).strip() + "\n"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_what_a_readme_shows_is_what_the_program_says(readme, shown, rewrite_golden):
    if rewrite_golden:
        text = readme.read_text("utf-8")
        text = FENCED.sub(lambda found: f"```{found[1]}\n{shown.get(found[1], found[2])}```", text)
        readme.write_text(text, "utf-8", newline="\n")
    blocks = dict(FENCED.findall(readme.read_text("utf-8")))
    assert {language: blocks[language] for language in shown} == shown


def test_the_answers_of_the_graphql_guide_are_the_program_s(demo, rewrite_golden):
    text = GUIDE.read_text("utf-8")
    with TestClient(create_app(f"sqlite:///{demo / 'demo.db'}", limits=Limits(seconds=60))) as client:

        def asked(found: re.Match[str]) -> str:
            data = client.post("/graphql", json={"query": found[1]}).json()
            assert "errors" not in data, data["errors"]
            return f"```graphql\n{found[1]}```\n\n```json\n{brief(data['data'])}\n```"

        right, pairs = re.subn(r"```graphql\n(.*?)```\n\n```json\n.*?```", asked, text, flags=re.DOTALL)
    assert pairs == text.count("```graphql") == text.count("```json")
    if rewrite_golden:
        GUIDE.write_text(right, "utf-8", newline="\n")
    assert GUIDE.read_text("utf-8") == right


def brief(value: object, indent: str = "") -> str:
    """JSON, each value on one line if that is short enough to be read."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= 100 or not isinstance(value, dict | list):
        return line
    inner = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + brief(one, inner) for one in value) + f"\n{indent}]"
    parts = (f"{inner}{json.dumps(key)}: {brief(one, inner)}" for key, one in value.items())
    return "{\n" + ",\n".join(parts) + f"\n{indent}}}"


def test_the_graphql_guide_names_every_question_with_arguments_that_it_has():
    text = GUIDE.read_text("utf-8")
    table = text[text.index("## All questions") : text.index("## Errors")]
    told = dict(re.findall(r"`(\w+)(?:\(([^)]*)\))?`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))))
    fields = build_schema(sdl()).query_type.fields
    families = [one for one in Query.__mro__ if one.__module__.startswith("api.graphql.questions.")]
    names = {field.name for family in families for field in family.__strawberry_definition__.fields}
    assert told.keys() == {re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in names}
    for name, arguments in told.items():
        assert set(filter(None, arguments.split(", "))) <= fields[name].args.keys(), name


def questions(readme: Path) -> list[list[str]]:
    """The commands of the part on questions, without their comments."""
    part = next(part for part in readme.read_text("utf-8").split("\n### ") if part.startswith(("Questions", "提问")))
    return [shlex.split(line, comments=True)[1:] for line in dict(FENCED.findall(part))["sh"].splitlines()]


def test_every_question_of_a_readme_is_answered(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = questions(READMES[0])
    assert asked == questions(READMES[1])
    for arguments in asked:
        if "--output" in arguments and not find_spec("pyarrow"):
            continue
        done = CliRunner().invoke(app, [*arguments, "--store", f"sqlite:///{demo}/demo.db"])
        assert (done.exit_code, done.exception) == (0, None), arguments
    shown = {command.name or command.callback.__name__ for command in app.registered_commands}
    others = {"load", "forget", "refresh", "extract", "roles", "candidates", "copy", "serve", "key", "demo"}
    others |= {"export", "import", "diff", "check", "sparql"}
    assert {arguments[0] for arguments in asked} == shown - others


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_file_that_a_readme_links_to_is_there(readme):
    paths = [path for path in LINK.findall(readme.read_text("utf-8")) if "://" not in path]
    assert paths
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_both_readmes_ask_the_same_query_and_have_the_same_parts():
    english, chinese = (readme.read_text("utf-8") for readme in READMES)
    assert dict(FENCED.findall(english))["graphql"] == dict(FENCED.findall(chinese))["graphql"]
    assert english.count("\n## ") == chinese.count("\n## ")
    assert english.count("\n### ") == chinese.count("\n### ")
