"""What a question costs on a store of 20,000 documents: python -m benchmarks.questions [URL] [documents]."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import httpx

from api.app import create_app
from benchmarks.table import row
from graphmodel.graph import SkillScheme
from graphmodel.identity import skill_id
from graphmodel.nodes import Role, Skill
from graphmodel.questions.overlap import shared_skills, to_json
from graphmodel.store import GraphStore, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from graphs import many, skill_name, skill_slug

SKILLS = 300
PAIRS = 200
DIGEST = "benchmark of questions"
OVERLAP = """query ($a: String!, $b: String!) { sharedSkills(a: $a, b: $b, evidence: 1) { ... on SharedSkills {
  shared { skill { name } a { evidence { words origin line } } }
  onlyA { skill { name } } onlyB { skill { name } } } } }"""
ROLE = """query ($a: String!) { role(name: $a) { ... on Role {
  duties(first: 20) { edges { node { text skills { edges { node { name departments { totalCount } } } } } } } } } }"""


def main(url: str = "", documents: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(url or f"sqlite:///{folder}/bench.db")
        store.set_taxonomy(scheme())
        store.add_many(many(documents, skills=SKILLS, taxonomy=DIGEST))
        roles = [node.name for node in store.nodes("role", order="name", limit=PAIRS + 1) if isinstance(node, Role)]
        pairs = list(pairwise(roles))
        overlap(store, pairs)
        graphql(store, pairs)
        store.close()


def scheme() -> SkillScheme:
    """Each skill but the first six is narrower than one other, and none has more than six narrower ones below it."""
    ids = [skill_id(skill_slug(skill_name(number))) for number in range(SKILLS)]
    skills = tuple(Skill(id, skill_name(number)) for number, id in enumerate(ids))
    return SkillScheme(DIGEST, skills, tuple((ids[n], ids[(n - 6) // 6]) for n in range(6, SKILLS)))


def overlap(store: GraphStore, pairs: list[tuple[str, str]]) -> None:
    def ask(a: str, b: str, evidence: int) -> int:
        with store.reading() as view:
            answer = shared_skills(view, a, b, evidence=evidence)
        return len(answer.shared) + len(answer.only_a) + len(answer.only_b)

    skills = statistics.median(ask(a, b, 0) for a, b in pairs)  # and the first reads the taxonomy
    for evidence in (3, 1, 0):
        milliseconds = median(lambda a, b, places=evidence: ask(a, b, places), pairs)
        explained = "bar: 5 ms" if evidence == 3 else ""
        row(f"shared_skills, {evidence} places a skill, {skills:.0f} skills", f"{milliseconds:.2f} ms", explained)
    with store.reading() as view:
        answer = shared_skills(view, *pairs[0])
    row("  and its JSON", f"{median(lambda *_: to_json(answer), pairs):.2f} ms")


def graphql(store: GraphStore, pairs: list[tuple[str, str]]) -> None:
    async def all_of(query: str) -> float:
        transport = httpx.ASGITransport(create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            seconds = []
            for a, b in pairs:
                start = time.perf_counter()
                answer = await client.post("/graphql", json={"query": query, "variables": {"a": a, "b": b}})
                seconds.append(time.perf_counter() - start)
                assert "errors" not in answer.json(), answer.text
        return statistics.median(seconds) * 1000

    row("GraphQL: sharedSkills, one place a skill", f"{asyncio.run(all_of(OVERLAP)):.2f} ms")
    row("GraphQL: 20 duties, their skills, departments counted", f"{asyncio.run(all_of(ROLE)):.2f} ms")


def median(question: Callable[[str, str], object], pairs: list[tuple[str, str]]) -> float:
    """Milliseconds."""
    seconds = []
    for a, b in pairs:
        start = time.perf_counter()
        question(a, b)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
