"""What the two READMEs show is what the program says: the demo's table, a GraphQL answer, a Turtle excerpt."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.command import rolegraph

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")
SENTENCE = "先摸清市场形势"


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> dict[str, str]:
    """The language of a fenced block -> what should stand in it. The query is the README's own."""
    folder = tmp_path_factory.mktemp("demo")
    done = rolegraph("demo", cwd=folder)
    assert done.returncode == 0, done.stderr
    table = done.stdout[done.stdout.index("共有 shared") : done.stdout.index("只有 only")]
    return {
        "text": "\n".join(line.rstrip() for line in table.strip().splitlines()) + "\n",
        "json": answer(READMES[0], folder),
        "turtle": excerpt((folder / "demo.ttl").read_text("utf-8")),
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
