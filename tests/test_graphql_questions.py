"""Every question of the library in GraphQL: over HTTP, on every store, the library's own answer."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from functools import cache

import httpx
import planner
import pytest
import small
from graphql import (
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
)
from graphs import Item, Post, reading
from stores import PLACES

from api.app import create_app
from api.graphql.schema import sdl
from api.words import read
from graphmodel.questions import browse, candidates, find, gap, overlap, paths, profile, requirements, similar
from graphmodel.questions import conditions as asking
from graphmodel.questions import statistics as counting
from graphmodel.questions.conditions import Held
from graphmodel.questions.names import resolve
from graphmodel.questions.needs import Scope
from graphmodel.questions.within import Within

SCHEMA = build_schema(sdl())
ROOT = SCHEMA.query_type.fields


def readings():
    """Those of `planner`, two employers, a text beyond the basic plane, and two roles with one other name."""
    more = {
        "g/甲.txt": Post(
            "专员", [Item("𠮷祥物文案与SQL", ["SQL"])], organization="甲公司", department="市场部", alt=["办事员"]
        ),
        "g/乙.txt": Post(
            "助理",
            [Item("做报表用Excel与数据魔方", ["Excel"], candidates=["数据魔方"])],
            organization="乙公司",
            alt=["办事员"],
        ),
    }
    return [*planner.readings(), *(reading(name, [post], taxonomy=small.DIGEST) for name, post in more.items())]


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("graph")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(readings())
        yield store


@cache
def app(store):
    return create_app(store)


def post(store, query, **variables):
    """The body of the response to a query."""

    async def send():
        transport = httpx.ASGITransport(app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.post("/graphql", json={"query": query, "variables": variables})

    return asyncio.run(send()).json()


def ask(store, field):
    """The answer of one root field, written with its arguments; all that can be asked of it is selected."""
    name = re.match(r"\w+", field)[0]
    body = post(store, f"{{ {field} {everything(ROOT[name].type)} }}")
    assert "errors" not in body, body["errors"]
    return body["data"][name]


def is_node(type_):
    return type_.name == "Node" or any(one.name == "Node" for one in getattr(type_, "interfaces", ()))


def everything(type_, levels=3):
    """A selection of all fields of a type: of nodes their own properties, of a tree so many levels."""
    type_ = get_named_type(type_)
    if isinstance(type_, GraphQLUnionType):
        answer = type_.types[0]
        return f"{{ __typename ... on {answer.name} {everything(answer)} ... on Problem {{ kind name message }} }}"
    if type_.name.endswith("Connection"):
        edge = get_named_type(type_.fields["edges"].type)
        return f"(first: 100) {{ edges {{ node {everything(edge.fields['node'].type)} }} }}"
    fields = []
    for name, field in type_.fields.items():
        below = get_named_type(field.type)
        if is_leaf_type(below):
            fields.append(name)
        elif not is_node(type_) and (below is not type_ or levels):
            fields.append(f"{name} {everything(below, levels - 1 if below is type_ else levels)}")
    return "{ " + " ".join(fields) + " }"


def camel(name):
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


RENAMED = {"document": "origin"}
"""Keys of JSON that have another name in GraphQL."""


def same(answer, wanted, at=""):
    """Asserts that an answer is what the library prints as JSON.

    Names are in camelCase and enums in upper case. An id may stand for its node, a pair for a span, an object by name
    for a list of names and counts; what JSON has in one object may be one level lower.
    """
    if isinstance(wanted, dict) and isinstance(answer, list):
        assert {key.lower(): count for key, count in (one.values() for one in answer)} == {
            key.lower(): count for key, count in wanted.items()
        }, at
    elif isinstance(wanted, dict):
        lower = [one for one in answer.values() if isinstance(one, dict)]
        for key, value in wanted.items():
            name = camel(RENAMED.get(key, key))
            if key == "wanted" and isinstance(value, float):
                name = "years"
            holder = answer if name in answer else next((one for one in lower if name in one), None)
            assert holder is not None, f"{at}.{key} is not in {sorted(answer)}"
            same(holder[name], value, f"{at}.{key}")
    elif isinstance(wanted, list | tuple):
        values = list(answer.values()) if isinstance(answer, dict) else answer
        assert len(values) == len(wanted), at
        for place, (one, other) in enumerate(zip(values, wanted, strict=True)):
            same(one, other, f"{at}[{place}]")
    elif isinstance(wanted, float):
        assert answer == pytest.approx(wanted, abs=1e-9) or (RENAMED and round(answer, 2) == wanted), at
    elif isinstance(answer, dict):
        assert answer["id"] == wanted, at
    else:
        assert answer == wanted or answer == wanted.upper().replace(" ", "_").replace("-", "_"), at


PART = Within(organizations=("甲公司",))
NORTH = 'within: {organizations: ["甲公司"]}'

CASES = {
    'sharedSkills(a: "策划", b: "数据")': lambda view: overlap.to_json(overlap.shared_skills(view, "策划", "数据")),
    'sharedSkills(a: "市场部", b: "数据", candidates: true, evidence: 1, minShare: 0.6)': lambda view: overlap.to_json(
        overlap.shared_skills(view, "市场部", "数据", Scope(0.6, True), evidence=1)
    ),
    f'sharedSkills(a: "专员", b: "策划", {NORTH})': lambda view: overlap.to_json(
        overlap.shared_skills(view, "专员", "策划", Scope(within=PART))
    ),
    'skillProfile(role: "策划")': lambda view: profile.profile_json(profile.skill_profile(view, "策划")),
    'compare(roles: ["策划", "数据", "市场部"])': lambda view: profile.comparison_json(
        profile.compare(view, ["策划", "数据", "市场部"])
    ),
    'skillGap(start: {role: "专员"}, target: "主管")': lambda view: gap.to_json(gap.skill_gap(view, "专员", "主管")),
    'skillGap(start: {role: "数据"}, target: "策划", evidence: 1)': lambda view: gap.to_json(
        gap.skill_gap(view, "数据", "策划", evidence=1)
    ),
    """skillGap(start: {skills: ["SQL", "熟悉市场分析", "煮咖啡"]}, target: "主管", held: {education: "本科",
        years: [{years: 6}, {field: "数据分析", years: 2}], certificates: ["PMP"]})""": lambda view: gap.to_json(
        gap.skill_gap(
            view,
            ["SQL", "熟悉市场分析", "煮咖啡"],
            "主管",
            held=Held("本科", (("", 6.0), ("数据分析", 2.0)), ("PMP",)),
            read=read,
        )
    ),
    'skillGap(start: {role: "助理"}, target: "讲师")': lambda view: gap.to_json(gap.skill_gap(view, "助理", "讲师")),
    'careerPaths(start: "助理", target: "主管")': lambda view: paths.to_json(paths.career_paths(view, "助理", "主管")),
    'careerPaths(start: "助理", target: "策划", k: 1, mostSteps: 2)': lambda view: paths.to_json(
        paths.career_paths(view, "助理", "策划", 1, most_steps=2)
    ),
    'nextSteps(role: "助理")': lambda view: paths.next_json(paths.next_steps(view, "助理")),
    'nextSteps(role: "助理", within: {documents: ["a/*"]})': lambda view: paths.next_json(
        paths.next_steps(view, "助理", Scope(within=Within(documents=("a/*",))))
    ),
    'similarRoles(role: "数据")': lambda view: similar.alike_json(similar.similar_roles(view, "数据")),
    'similarRoles(role: "数据", k: 2, measure: WEIGHTED_JACCARD)': lambda view: similar.alike_json(
        similar.similar_roles(view, "数据", 2, "weighted-jaccard")
    ),
    'matchRoles(skills: ["Excel", "SQL", "煮咖啡"], measure: COVERAGE)': lambda view: similar.matches_json(
        similar.match_roles(view, ["Excel", "SQL", "煮咖啡"], measure="coverage", read=read)
    ),
    'rolesRequiring(skill: "分析能力", evidence: 3)': lambda view: similar.requiring_json(
        similar.roles_requiring(view, "分析能力", evidence=3)
    ),
    'rolesRequiring(skill: "市场分析", narrower: false, k: 1)': lambda view: similar.requiring_json(
        similar.roles_requiring(view, "市场分析", narrower=False, k=1)
    ),
    "hubSkills(k: 3)": lambda view: {"skills": similar.hubs_json(similar.hub_skills(view, 3))},
    'hubSkills(rollup: true, type: SKILL, within: {departments: ["市场部"]})': lambda view: {
        "skills": similar.hubs_json(
            similar.hub_skills(view, type="skill", rollup=True, scope=Scope(within=Within(departments=("市场部",))))
        )
    },
    "statedRequirements": lambda view: {
        "requirements": [requirements.stated_json(one) for one in requirements.requirements(view)]
    },
    'statedRequirements(where: {education: "硕士", role: "专员"})': lambda view: {
        "requirements": [
            requirements.stated_json(one)
            for one in requirements.requirements(view, requirements.Where(education="硕士", role="专员"))
        ]
    },
    "statedRequirements(where: {type: SKILL, preferred: true}, k: 1)": lambda view: {
        "requirements": [
            requirements.stated_json(one)
            for one in requirements.requirements(view, requirements.Where(type="skill", preferred=True), 1)
        ]
    },
    "notStated(topic: YEARS)": lambda view: {
        "topic": "years",
        "roles": {"edges": [{"node": role._asdict()} for role in requirements.not_stated(view, "years")]},
    },
    "taxonomy": lambda view: {"branches": [browse.branch_json(one) for one in browse.taxonomy(view)]},
    f'taxonomy(root: "分析能力", depth: 2, {NORTH})': lambda view: {
        "branches": [browse.branch_json(one) for one in browse.taxonomy(view, "分析能力", 2, Scope(within=PART))]
    },
    'neighbours(node: "策划")': lambda view: browse.edges_json(browse.neighbours(view, "策划")),
    'neighbours(node: "SQL", depth: 2, limit: 9)': lambda view: browse.edges_json(browse.neighbours(view, "SQL", 2, 9)),
    "stats": lambda view: counting.stats_json(counting.stats(view)),
    f"stats(candidates: true, {NORTH})": lambda view: counting.stats_json(
        counting.stats(view, Scope(candidates=True, within=PART))
    ),
    "facets": lambda view: counting.facets_json(counting.facets(view)),
    f"facets(most: 1, {NORTH})": lambda view: counting.facets_json(counting.facets(view, 1, PART)),
    'find(text: "scfx")': lambda view: find.to_json(find.find(view, "scfx")),
    'find(text: "报表", kinds: [DUTY, ROLE], k: 2)': lambda view: find.to_json(
        find.find(view, "报表", ["duty", "role"], 2)
    ),
    "candidates": lambda view: candidates.to_json(candidates.candidates(view)),
    "candidates(least: 2)": lambda view: candidates.to_json(candidates.candidates(view, 2)),
    'conditions(role: "主管")': lambda view: conditions_json(asking.conditions(view, resolve(view, ["role"], "主管"))),
    'conditions(role: "讲师", evidence: 0)': lambda view: conditions_json(
        asking.conditions(view, resolve(view, ["role"], "讲师"), sources=0)
    ),
}


def conditions_json(found):
    """The library prints conditions only where they are judged."""
    return {
        "stated": [one._asdict() | {"sources": [place._asdict() for place in one.sources]} for one in found.stated],
        "silent": found.silent,
        "cut": found.cut,
        "least": found.least._asdict(),
    }


@pytest.mark.parametrize("field", CASES)
def test_the_answer_is_the_library_s_own(store, field):
    answer = ask(store, field)
    with store.reading() as view:
        wanted = CASES[field](view)
    assert wanted, "asked only where the answer is empty"
    same(answer, wanted, field)
