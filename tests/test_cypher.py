"""docs/cypher.md: every statement of it runs on a real server and gives the library's own answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import neo4j_server
import planner
import pytest
import small
from graphs import Item, Post, reading

from graphmodel.identity import KINDS
from graphmodel.questions.browse import neighbours as around
from graphmodel.questions.browse import node_json, taxonomy
from graphmodel.questions.gap import skill_gap
from graphmodel.questions.names import resolve
from graphmodel.questions.overlap import shared_skills
from graphmodel.questions.paths import career_paths, next_steps
from graphmodel.questions.profile import skill_profile
from graphmodel.questions.requirements import Where, not_stated, requirements
from graphmodel.questions.similar import hub_skills, match_roles, roles_requiring, similar_roles
from graphmodel.store import GraphStore, View, open_store

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "cypher.md").read_text(encoding="utf-8")
STATEMENTS = {
    heading.splitlines()[0].rpartition(" ")[0]: re.findall(r"```cypher\n(.*?)```", heading, re.DOTALL)
    for heading in PAGE.split("\n## ")[1:]
}
"""The statements under each heading, by its English part."""

PARAMETERS = re.findall(r"^:param (\w+) =>", PAGE, re.MULTILINE)

Parameters = dict[str, Any]
Rows = list[tuple[Any, ...]]


def more() -> list[Any]:
    """A role in two postings and a repeat of one, so that counting mentions would not be counting postings."""
    items = [Item("写SQL", ["SQL"]), Item("做好竞争分析", ["竞争分析"]), Item("懂数据魔方", candidates=["数据魔方"])]
    posts = {
        "h/1.txt": Post("专员", [*items[:2], Item("大专学历", wanted=True)], leads_to=["主管"], fingerprint="same"),
        "h/2.txt": Post("专员", [*items[:2], Item("大专学历", wanted=True)], leads_to=["主管"], fingerprint="same"),
        "h/3.txt": Post("策划", items, department="市场部", leads_to=["专员", "策划总监"]),
    }
    return [reading(origin, [post], taxonomy=small.DIGEST) for origin, post in posts.items()]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[neo4j_server.Server, GraphStore]]:
    with neo4j_server.fresh() as found, closing(open_store(found.url)) as store:
        store.set_taxonomy(small.scheme())
        store.add_many([*planner.readings(), *more()])
        yield found, store


def shared(view: View, p: Parameters) -> Rows:
    return [(one.skill.name, one.a.share, one.b.share) for one in shared_skills(view, p["a"], p["b"]).shared]


def only(view: View, p: Parameters) -> Rows:
    answer = shared_skills(view, p["a"], p["b"])
    sides = (("a", answer.only_a), ("b", answer.only_b))
    return [(side, one.skill.name, one.need.share) for side, needed in sides for one in needed]


def related(view: View, p: Parameters) -> Rows:
    return sorted(
        (
            (meeting.skill.name, pair.a.skill.name, pair.b.skill.name, pair.similarity)
            for meeting in shared_skills(view, p["a"], p["b"]).related
            for pair in meeting.pairs
        ),
        key=lambda row: (-round(row[3], 9), *row[1:3]),
    )


def measures(view: View, p: Parameters) -> Rows:
    return [tuple(shared_skills(view, p["a"], p["b"]).measures)]


def profile(view: View, p: Parameters) -> Rows:
    answer = skill_profile(view, p["a"])
    return [
        (one.skill.name, one.need.postings, answer.postings, one.need.items, one.need.necessity)
        for one in answer.skills
    ]


def places(view: View, p: Parameters) -> Rows:
    ids = [resolve(view, [kind], name).id for kind, name in (("role", p["a"]), ("skill", p["skill"]))]
    found = view.evidence(ids[:1], ids[1:])
    return [(one.text, one.words, one.start, one.origin, one.line, one.necessity) for one in found]


def gap(view: View, p: Parameters) -> Rows:
    lacks = [
        (
            one.skill.name,
            one.need.necessity == "required",
            one.need.share,
            one.roles,
            [{"name": place.department.name, "statements": place.statements} for place in one.departments],
        )
        for one in sorted(skill_gap(view, p["a"], p["b"]).lacks, key=lambda one: one.skill.id)
    ]
    return sorted(lacks, key=lambda row: (-row[1], -row[2], -row[3]))


def requiring(view: View, p: Parameters) -> Rows:
    return [
        (one.role.name, one.needs[0].need.share, [need.skill.name for need in one.needs])
        for one in roles_requiring(view, p["skill"]).roles
    ]


def similar(view: View, p: Parameters) -> Rows:
    return [(one.role.name, one.in_common, one.score) for one in similar_roles(view, p["a"], measure="jaccard").roles]


def matching(view: View, p: Parameters) -> Rows:
    found = match_roles(view, p["mine"], measure="coverage").roles
    return [(one.role.name, one.in_common, one.score) for one in found]


def hubs(view: View, p: Parameters) -> Rows:
    return [(one.skill.name, one.roles, one.share) for one in hub_skills(view)]


def paths(view: View, p: Parameters) -> Rows:
    """Those of the library's paths that have stated steps only."""
    found = [path.steps for path in career_paths(view, p["a"], p["b"], 1000).paths]
    stated = [steps for steps in found if all(step.stated for step in steps)]
    names = [[steps[0].source.name, *(step.target.name for step in steps)] for steps in stated]
    return [(roles,) for roles in sorted(names, key=lambda roles: (len(roles), roles))]


def steps(view: View, p: Parameters) -> Rows:
    return [(role.name, *place) for role, stated in next_steps(view, p["a"]).steps for place in stated]


def by_education(view: View, p: Parameters) -> Rows:
    found = requirements(view, Where(education=p["education"]))
    return [(one.role.name, one.requirement.text, one.requirement.education, one.postings) for one in found]


def without_education(view: View, p: Parameters) -> Rows:
    return [(role.name,) for role in not_stated(view, "education")]


def departments(view: View, p: Parameters) -> Rows:
    edges = list(view.edges("APPLIED_IN", [resolve(view, ["skill"], p["skill"]).id]))
    names = {node.id: node.name for node in view.nodes("department", [edge.target for edge in edges])}
    edges.sort(key=lambda edge: (-edge.own - edge.involved, edge.target))
    return [(names[edge.target], edge.own, edge.involved) for edge in edges]


def chain(view: View, p: Parameters) -> Rows:
    duties = {edge.target for edge in view.edges("HAS_DUTY", [resolve(view, ["role"], p["a"]).id])}
    asks = list(view.edges("REQUIRES", duties))
    applied = list(view.edges("APPLIED_IN", {edge.target for edge in asks}))
    text = {node.id: node.text for node in view.nodes("duty", duties)}
    skills = {node.id: node for node in view.nodes("skill")}
    names = {node.id: node.name for node in view.nodes("department")}
    return sorted(
        {
            (text[ask.source], skills[ask.target].name, names[edge.target])
            for ask in asks
            for edge in applied
            if edge.source == ask.target and skills[ask.target].status != "candidate"
        }
    )


def neighbours(view: View, p: Parameters) -> Rows:
    answer = around(view, resolve(view, ["role"], p["a"]).id)
    (start,) = (node.id for node in answer.nodes if getattr(node, "name", None) == p["a"])
    nodes = {node.id: node_json(node) for node in answer.nodes}
    rows = []
    for relation, source, target in answer.edges:
        if start in (source, target):
            other = nodes[target if source == start else source]
            rows.append((relation, source == start, other["kind"].capitalize(), other["id"], other["label"]))
    return sorted(rows, key=lambda row: (row[0], row[3]))


def below(view: View, p: Parameters) -> Rows:
    def branches(branch):
        yield branch.skill.id, branch.skill.name, branch.roles
        for one in branch.narrower:
            yield from branches(one)

    return [row[1:] for row in sorted({row for top in taxonomy(view, p["skill"], 9) for row in branches(top)})]


def counts(view: View, p: Parameters) -> Rows:
    return sorted((kind, count) for kind in KINDS if (count := view.count(kind)))


ANSWERS: dict[str, Callable[[View, Parameters], Rows]] = {
    "Shared skills": shared,
    "Skills of only one of the two": only,
    "Skills related through a broader one": related,
    "Measures of the overlap": measures,
    "What a role needs": profile,
    "Where a role asks for a skill": places,
    "What is lacking to move from A to B": gap,
    "Roles that require a skill": requiring,
    "Similar roles": similar,
    "Roles for one's own skills": matching,
    "Skills that most roles need": hubs,
    "Career paths that documents state": paths,
    "Where the next steps of a role are stated": steps,
    "Requirements by education": by_education,
    "Roles that state no education": without_education,
    "Departments in which a skill is applied": departments,
    "From a role to departments": chain,
    "What stands around a node": neighbours,
    "Skills below a skill": below,
    "How much there is": counts,
}

CASES = [
    {"a": "策划", "b": "数据", "skill": "市场分析", "mine": ["Excel", "SQL"], "education": "本科"},
    {"a": "数据", "b": "策划", "skill": "分析能力", "mine": ["市场分析"], "education": "高中"},
    {"a": "策划", "b": "主管", "skill": "办公软件", "mine": ["沟通能力", "竞争分析"], "education": "博士"},
    {"a": "助理", "b": "主管", "skill": "用户行为", "mine": ["用户需求"], "education": "硕士"},
    {"a": "店员", "b": "数据", "skill": "沟通能力", "mine": [], "education": "大专"},
]


def test_every_statement_of_the_page_is_tested():
    assert STATEMENTS.keys() == ANSWERS.keys()
    assert all(len(found) == 1 for found in STATEMENTS.values())
    used = {name for (statement,) in STATEMENTS.values() for name in re.findall(r"\$(\w+)", statement)}
    assert used == set(PARAMETERS) == CASES[0].keys()


@pytest.mark.parametrize("title", ANSWERS)
def test_the_statement_gives_the_library_s_answer(title, server):
    found, store = server
    answers = []
    for case in CASES:
        rows = [tuple(row.values()) for row in found.run(*STATEMENTS[title], **case)]
        with store.reading() as view:
            answers.append(ANSWERS[title](view, case))
        assert rows == [
            tuple(pytest.approx(value) if isinstance(value, float) else value for value in row) for row in answers[-1]
        ], case
    assert any(answers), "asked only where the answer is empty"
