"""The two seed files, which stand beside the repository: from the files to the answer, and the figures asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphmodel.identity import fold
from graphmodel.nodes import Document, Posting
from graphmodel.questions.gap import skill_gap
from graphmodel.questions.names import resolve
from graphmodel.questions.overlap import shared_skills
from graphmodel.questions.paths import career_paths, next_steps
from graphmodel.questions.similar import similar_roles
from graphmodel.store import GraphStore, open_store
from loaders import pipeline
from ontology import taxonomy
from tests.command import rolegraph

AT_LEAST = {
    "roles": 0.95,
    "items": 0.93,
    "placed": 0.98,
    "sections": 0.98,
    "skills": 0.78,
    "named": 0.60,
    "same": 0.55,
    "overlap": 0.85,
    "nearest": 0.70,
    "departments": 0.65,
    "fields": 0.9,
}


@pytest.fixture(scope="module")
def store(seeds: Path) -> Iterator[GraphStore]:
    store = open_store("sqlite://")
    pipeline.load(store, [str(seeds)], taxonomy.load())
    yield store
    store.close()


@pytest.fixture(scope="module")
def names(evaluation: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((evaluation / "seeds.names.json").read_text(encoding="utf-8"))
    return found


def test_the_figures_of_the_extraction(seeds: Path, evaluation: Path, tmp_path: Path) -> None:
    done = rolegraph("extract", *sorted(seeds.glob("*.txt")), cwd=tmp_path)
    (tmp_path / "seeds.jsonl").write_text(done.stdout, encoding="utf-8")
    command = [sys.executable, evaluation / "score.py", evaluation / "seeds.gold.jsonl", "seeds.jsonl"]
    command += ["--names", evaluation / "seeds.names.json"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    figures = {words[0]: float(words[1]) for words in map(str.split, shown.splitlines())}
    assert {name: figures[name] for name, bar in AT_LEAST.items() if figures[name] < bar} == {}
    assert figures["leaks"] == 0


def test_the_roles_that_are_described_and_no_others(store: GraphStore, names: dict[str, list[str]]) -> None:
    wanted = {resolve(store, ["role"], name).id: name for name in names["roles"]}
    described = {role.id: role for role in store.nodes("role", where={"described": True})}
    assert [name for id, name in wanted.items() if id not in described] == []
    assert [role for id, role in described.items() if id not in wanted] == []


def test_two_departments_are_described(store: GraphStore, names: dict[str, list[str]]) -> None:
    found = {node.title for node in store.nodes("posting") if isinstance(node, Posting) and node.kind == "department"}
    assert found == set(names["departments"][:2])


def test_two_blocks_are_noted_as_repeated(store: GraphStore) -> None:
    notes = Counter(note.code for node in store.nodes("document") if isinstance(node, Document) for note in node.notes)
    assert notes["repeated"] == 2


def test_what_two_roles_share_and_where_they_meet(store: GraphStore) -> None:
    answer = shared_skills(store, "运营策划", "数据分析")
    assert [one.skill.name for one in answer.shared] == ["市场分析"]
    (shared,) = answer.shared
    assert all("市场形势" in place.words for place in shared.a.evidence)
    assert all("市场洞察" in place.words for place in shared.b.evidence)
    meetings = {
        meeting.skill.name: {(pair.a.skill.name, pair.b.skill.name) for pair in meeting.pairs}
        for meeting in answer.related
    }
    assert ("用户需求分析", "用户行为分析") in meetings["用户分析"]
    assert "竞争分析" in {a for a, _ in meetings["市场分析"]}
    assert answer.only_a
    assert answer.only_b


def test_the_gap_between_two_roles_splits_as_the_annotation_implies(
    store: GraphStore, evaluation: Path, names: dict[str, Any]
) -> None:
    """Annotated skills of the target that the start has not, by name or another label: F1 of at least 0.8."""
    labels: dict[str, set[str]] = {}
    for entry in names["skills"]:
        for label in (entry["name"], *entry["alt"]):
            labels.setdefault(fold(label), set()).add(entry["name"])
    needed: dict[str, set[str]] = {}
    for line in (evaluation / "seeds.gold.jsonl").read_text(encoding="utf-8").splitlines():
        for posting in json.loads(line)["postings"]:
            skills = {skill["name"] for item in posting["items"] for skill in item["skills"]}
            needed.setdefault(posting["title"], set()).update(skills)
    wanted = needed["酒店运营管理"] - needed["酒店管理运营专员"]
    gap = skill_gap(store, "酒店管理运营专员", "酒店运营管理")
    lacks = [
        {name for label in (one.skill.name, *one.skill.alt_names) for name in labels.get(fold(label), ())}
        for one in gap.lacks
    ]
    precision = sum(bool(names & wanted) for names in lacks) / len(lacks)
    recall = sum(any(name in names for names in lacks) for name in wanted) / len(wanted)
    assert 2 * precision * recall / (precision + recall) >= 0.8


def test_the_stated_step_towards_senior_hotel_management_is_marked_stated(store: GraphStore) -> None:
    answer = next_steps(store, "酒店管理运营专员")
    assert any("高级管理" in role.name for role, _ in answer.steps)
    for role, _ in answer.steps:
        [path] = career_paths(store, "酒店管理运营专员", role.id, 1).paths
        assert all(place.line for place in path.steps[-1].stated)


def test_the_role_most_like_international_tickets_is_revenue_of_tickets(store: GraphStore) -> None:
    first = similar_roles(store, "OTA国际机票运营管理").roles[0].role
    assert first.name.startswith("机票收益&运营管理专员")


def test_the_chain_from_a_role_to_a_department_is_closed(store: GraphStore) -> None:
    """(Role)-[HAS_DUTY]->(Duty)-[REQUIRES]->(Skill)-[APPLIED_IN]->(Department)"""
    duties = {edge.target for edge in store.edges("HAS_DUTY")}
    skills = {edge.target for edge in store.edges("REQUIRES", sources=duties)}
    assert list(store.edges("APPLIED_IN", sources=skills))


def test_loading_the_seeds_again_writes_nothing(store: GraphStore, seeds: Path) -> None:
    revision = store.revision()
    report = pipeline.load(store, [str(seeds)], taxonomy.load())
    assert report.unchanged == 2
    assert store.revision() == revision
