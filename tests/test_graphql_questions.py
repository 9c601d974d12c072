"""Every question of the library in GraphQL: over HTTP, on every store, the library's own answer."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import re
from contextlib import closing, contextmanager
from functools import cache

import httpx
import planner
import pytest
import small
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_specified_scalar_type,
)
from graphs import Item, Post, reading
from stores import PLACES

from api.app import create_app
from api.graphql.engine import Engine, Request
from api.graphql.limits import Limits
from api.graphql.schema import sdl
from api.words import read
from graphmodel import questions
from graphmodel.identity import role_id, skill_id
from graphmodel.questions import browse, candidates, find, gap, overlap, paths, profile, requirements, similar
from graphmodel.questions import conditions as asking
from graphmodel.questions import statistics as counting
from graphmodel.questions.conditions import Held
from graphmodel.questions.names import resolve
from graphmodel.questions.needs import Scope
from graphmodel.questions.within import Within
from ontology.terms import BASE

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
    return create_app(store, limits=Limits(seconds=60))  # a server that has just been started is slow


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
    'skillGap(start: {skills: []}, target: "策划")': lambda view: gap.to_json(gap.skill_gap(view, [], "策划")),
    'skillGap(start: {role: "助理"}, target: "讲师")': lambda view: gap.to_json(gap.skill_gap(view, "助理", "讲师")),
    'careerPaths(start: "助理", target: "主管")': lambda view: paths.to_json(paths.career_paths(view, "助理", "主管")),
    'careerPaths(start: "助理", target: "策划", k: 1, maxSteps: 2)': lambda view: paths.to_json(
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
    'neighbours(node: "SQL", depth: 2, k: 9)': lambda view: browse.edges_json(browse.neighbours(view, "SQL", 2, 9)),
    'neighbours(node: "SQL", opened: ["skill:excel"], k: 4, kinds: [SKILL, ROLE], relations: [NEEDS, BROADER])': (
        lambda view: browse.edges_json(
            browse.neighbours(view, "SQL", 1, 4, ["skill:excel"], {"skill", "role"}, ("NEEDS", "BROADER"))
        )
    ),
    "stats": lambda view: counting.stats_json(counting.stats(view)),
    f"stats(candidates: true, {NORTH})": lambda view: counting.stats_json(
        counting.stats(view, Scope(candidates=True, within=PART))
    ),
    "facets": lambda view: counting.facets_json(counting.facets(view)),
    f"facets(k: 1, {NORTH})": lambda view: counting.facets_json(counting.facets(view, 1, PART)),
    'find(text: "scfx")': lambda view: find.to_json(find.find(view, "scfx")),
    'find(text: "报表", kinds: [DUTY, ROLE], k: 2)': lambda view: find.to_json(
        find.find(view, "报表", ["duty", "role"], 2)
    ),
    "candidates": lambda view: candidates.to_json(candidates.candidates(view)),
    "candidates(minPostings: 2)": lambda view: candidates.to_json(candidates.candidates(view, 2)),
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


def test_a_part_of_the_postings_is_what_counts(store):
    query = """query ($within: WithinInput) { skillProfile(role: "专员", within: $within) {
      ... on SkillProfile { postings skills { skill { name } share } } } }"""
    counts = []
    for within in (None, {"organizations": ["甲公司"]}, {"departments": ["市场部"]}, {"documents": ["e/*"]}):
        answer = post(store, query, within=within)["data"]["skillProfile"]
        counts.append((answer["postings"], [(one["skill"]["name"], one["share"]) for one in answer["skills"]]))
    here = (1, [("SQL", 1.0)])
    assert counts == [(2, [("SQL", 1.0), ("Excel", 0.5)]), here, here, (1, [("Excel", 1.0), ("SQL", 1.0)])]


OF_ROLES = (
    'sharedSkills(a: "$", b: "数据")',
    'sharedSkills(a: "数据", b: "$")',
    'skillProfile(role: "$")',
    'compare(roles: ["数据", "$"])',
    'skillGap(start: {role: "$"}, target: "数据")',
    'skillGap(start: {skills: ["SQL"]}, target: "$")',
    'conditions(role: "$")',
    'careerPaths(start: "$", target: "数据")',
    'careerPaths(start: "数据", target: "$")',
    'nextSteps(role: "$")',
    'similarRoles(role: "$")',
    'statedRequirements(where: {role: "$"})',
    'neighbours(node: "$")',
    'neighbours(node: "$")',
)
OF_SKILLS = ('rolesRequiring(skill: "$")', 'taxonomy(root: "$")')
OF_PARTS = (
    *(field.replace("$", "数据").replace(")", ", within: $)").replace('"数据", b: "数据"', '"数据", b: "策划"')
      for field in OF_ROLES
      if not field.startswith(("neighbours", "picture", "careerPaths", "compare", "statedRequirements"))),
    'careerPaths(start: "数据", target: "策划", within: $)',
    'compare(roles: ["数据", "策划"], within: $)',
    "statedRequirements(where: {within: $})",
    'rolesRequiring(skill: "SQL", within: $)',
    'matchRoles(skills: ["SQL"], within: $)',
    "hubSkills(within: $)",
    "notStated(topic: YEARS, within: $)",
    "taxonomy(within: $)",
    "stats(within: $)",
    "facets(within: $)",
)  # fmt: skip
PROBLEM = """{ __typename ... on Problem { kind name message }
  ... on NotFound { nearest } ... on Ambiguous { choices { id name } } }"""


def problems(store, fields, name):
    """What the fields answer, asked for at once, with the name in the place of $."""
    aliased = "\n".join(f"f{number}: {field.replace('$', name)} {PROBLEM}" for number, field in enumerate(fields))
    body = post(store, f"{{ {aliased} }}")
    assert "errors" not in body, body["errors"]
    return [body["data"][f"f{number}"] for number in range(len(fields))]


def test_every_question_that_can_fail_for_a_name_is_tested():
    tested = {re.match(r"\w+", field)[0] for field in (*OF_ROLES, *OF_SKILLS, *OF_PARTS)}
    unions = {name for name, field in ROOT.items() if isinstance(get_named_type(field.type), GraphQLUnionType)}
    assert tested == unions - {"role", "skill", "department"}


def test_an_unknown_name_is_answered_with_the_nearest(store):
    for field, found in zip(OF_ROLES, problems(store, OF_ROLES, "活动策画"), strict=True):
        assert (found["__typename"], found["name"]) == ("NotFound", "活动策画"), field
        assert "role" in found["kind"], field
        assert found["nearest"][0] == "活动策划", field
        assert "活动策划" in found["message"], field
    for field, found in zip(OF_SKILLS, problems(store, OF_SKILLS, "市场分晰"), strict=True):
        assert (found["__typename"], found["kind"], found["nearest"]) == ("NotFound", "skill", ["市场分析"]), field


def test_an_ambiguous_name_is_answered_with_the_choices(store):
    choices = sorted((role_id(name), name) for name in ("专员", "助理"))
    for field, found in zip(OF_ROLES, problems(store, OF_ROLES, "办事员"), strict=True):
        assert (found["__typename"], found["kind"], found["name"]) == ("Ambiguous", "role", "办事员"), field
        assert found["choices"] == [{"id": id, "name": name} for id, name in choices], field


@pytest.mark.parametrize(
    ("within", "kind", "nearest"),
    [
        ('{organizations: ["甲公"]}', "organization", "甲公司"),
        ('{departments: ["市场"]}', "department", "市场部"),
        ('{documents: ["a/策划.txt"]}', "document", "a/策划1.txt"),
    ],
)
def test_a_part_that_is_unknown_is_answered_with_the_nearest(store, within, kind, nearest):
    for field, found in zip(OF_PARTS, problems(store, OF_PARTS, within), strict=True):
        assert (found["__typename"], found["kind"]) == ("NotFound", kind), field
        assert nearest in found["nearest"], field


def test_a_name_may_be_an_id_or_an_iri_and_a_foreign_iri_is_not_found(store):
    key = role_id("策划").removeprefix("role:")
    skill = skill_id("sql")
    for name in (f"role:{key}", f"{BASE}role/{key}", f"{BASE}r%6Fle/{key}", "活动策划", "活動策劃"):
        answer = ask(store, f'skillProfile(role: "{name}")')
        assert answer["subject"]["name"] == "策划", name
    assert ask(store, f'rolesRequiring(skill: "{BASE}skill/sql")')["skill"]["id"] == skill
    for name in (f"https://example.org/id/role/{key}", f"{BASE}nothing/{key}", f"{BASE}role", "role:0000000000000000"):
        answer = ask(store, f'skillProfile(role: "{name}")')
        assert (answer["__typename"], answer["name"]) == ("NotFound", name)
    assert ask(store, f'skillProfile(role: "{skill}")')["__typename"] == "NotFound"


@pytest.mark.parametrize(
    "field",
    [
        'sharedSkills(a: "策划", b: "数据", minShare: 1.5)',
        'sharedSkills(a: "策划", b: "数据", evidence: 21)',
        'sharedSkills(a: "策划", b: "数据", evidence: -1)',
        'compare(roles: ["策划"])',
        'compare(roles: ["策划", "活动策划"])',
        'skillGap(start: {skills: ["SQL"]}, target: "策划", held: {education: "大学"})',
        'skillGap(start: {skills: ["SQL"]}, target: "策划", held: {years: [{years: -1}]})',
        'careerPaths(start: "策划", target: "策划")',
        'careerPaths(start: "策划", target: "数据", k: 0)',
        'careerPaths(start: "策划", target: "数据", maxSteps: 9)',
        'similarRoles(role: "策划", k: 0)',
        'matchRoles(skills: ["SQL"], k: 0)',
        "matchRoles(skills: [" + '"SQL" ' * 101 + "])",
        'rolesRequiring(skill: "SQL", k: 0)',
        "hubSkills(k: -1)",
        'statedRequirements(where: {education: "大学"})',
        "statedRequirements(k: 0)",
        "taxonomy(depth: 13)",
        'neighbours(node: "策划", depth: 5)',
        'neighbours(node: "策划", k: 0)',
        'neighbours(node: "策划", opened: [' + '"skill:sql" ' * 101 + "])",
        "facets(k: 0)",
        f'find(text: "{"报" * 1001}")',
        f'skillProfile(role: "{"报" * 1001}")',
        f'hubSkills(within: {{organizations: ["{"报" * 1001}"]}})',
        f'skillGap(start: {{skills: ["SQL"]}}, target: "策划", held: {{languages: ["{"报" * 1001}"]}})',
        f'skillGap(start: {{skills: []}}, target: "策划", held: {{years: [{{years: 1, field: "{"报" * 1001}"}}]}})',
        "hubSkills(within: {documents: [" + '"a" ' * 101 + "]})",
    ],
    ids=lambda field: field[:60],
)
def test_what_cannot_be_asked_is_told_with_a_remedy(store, field):
    [error] = post(store, f"{{ {field} {{ __typename }} }}")["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["extensions"]["remedy"] in error["message"]


@pytest.mark.parametrize("start", ["{}", '{role: "数据", skills: ["SQL"]}', "{role: null}"])
def test_a_gap_begins_at_a_role_or_at_own_skills_and_not_at_both(store, start):
    assert post(store, f'{{ skillGap(start: {start}, target: "策划") {{ __typename }} }}')["errors"]


def test_what_a_person_does_not_say_is_not_stated_and_an_empty_list_is_none(store):
    query = """query ($held: HeldInput) { skillGap(start: {skills: ["SQL"]}, target: "主管", held: $held) {
      ... on SkillGap { conditions { topic status } } } }"""

    def certificate(held):
        conditions = post(store, query, held=held)["data"]["skillGap"]["conditions"]
        return next(one["status"] for one in conditions if one["topic"] == "CERTIFICATE")

    held = (None, {}, {"certificates": []}, {"certificates": ["PMP证书"]})
    assert list(map(certificate, held)) == ["NOT_STATED", "NOT_STATED", "NOT_MET", "MET"]


def test_places_are_told_as_javascript_counts_too(store):
    query = """{ skillProfile(role: "专员", within: {organizations: ["甲公司"]}) { ... on SkillProfile {
      skills { evidence { text words before after start end startUtf16 endUtf16
        item { skills(first: 1) { edges { mentions { words start startUtf16 endUtf16 } } } } } } } } }"""
    [skill] = post(store, query)["data"]["skillProfile"]["skills"]
    [place] = skill["evidence"]
    assert (place["start"], place["end"], place["startUtf16"], place["endUtf16"]) == (6, 9, 7, 10)
    units = place["text"].encode("utf-16-le")
    assert units[2 * place["startUtf16"] : 2 * place["endUtf16"]].decode("utf-16-le") == place["words"] == "SQL"
    assert place["before"] + place["words"] + place["after"] == place["text"]
    [edge] = place["item"]["skills"]["edges"]
    assert edge["mentions"] == [{"words": "SQL", "start": 6, "startUtf16": 7, "endUtf16": 10}]


def test_roles_that_do_not_say_come_in_pages(store):
    query = """query ($after: String) { notStated(topic: YEARS) { ... on NotStated {
      roles(first: 2, after: $after) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } } } }"""
    seen, after, more = [], None, True
    while more:
        page = post(store, query, after=after)["data"]["notStated"]["roles"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == sorted(map(role_id, ("策划", "数据", "店员", "助理", "讲师")))
    assert page["totalCount"] == len(seen)


class Watched:
    """A store that notes how often evidence is read."""

    def __init__(self, store):
        self._store, self.reads = store, 0

    def __getattr__(self, name):
        return getattr(self._store, name)

    @contextmanager
    def reading(self):
        with self._store.reading() as view:
            yield _View(view, self)


class _View:
    def __init__(self, view, watched):
        self._view, self._watched = view, watched

    def __getattr__(self, name):
        if name == "evidence":
            self._watched.reads += 1
        return getattr(self._view, name)


def test_evidence_that_nobody_asks_for_is_not_read(store):
    watched = Watched(store)
    query = '{ skillProfile(role: "策划") { ...f } } fragment f on SkillProfile { skills { postings %s } }'
    for asked, reads in (("", 0), ("evidence { line }", 1)):
        watched.reads = 0
        assert "errors" not in post(watched, query % asked)
        assert watched.reads == reads


REACHED = {
    "browse.neighbours": "neighbours",
    "browse.taxonomy": "taxonomy",
    "candidates.candidates": "candidates",
    "conditions.conditions": "conditions",
    "find.find": "find",
    "gap.skill_gap": "skillGap",
    "names.resolve": "role",
    "names.named_of": "nodes",
    "names.nodes_of": "nodes",
    "overlap.shared_skills": "sharedSkills",
    "own.own_skills": "matchRoles",
    "paths.career_paths": "careerPaths",
    "paths.next_steps": "nextSteps",
    "profile.compare": "compare",
    "profile.skill_profile": "skillProfile",
    "requirements.not_stated": "notStated",
    "requirements.requirements": "statedRequirements",
    "similar.hub_skills": "hubSkills",
    "similar.match_roles": "matchRoles",
    "similar.roles_requiring": "rolesRequiring",
    "similar.similar_roles": "similarRoles",
    "statistics.facets": "facets",
    "statistics.stats": "stats",
}
"""By which root field a question of the library can be asked."""

GROUND = {"needs.matrix", "needs.profiles", "needs.skills_of", "needs.weights", "within.choose", "pairs.write_pairs"}
"""What questions stand on, and a file of all pairs for data teams: these are not asked over the wire."""


def test_every_question_of_the_library_can_be_asked():
    public = set()
    for module in pkgutil.iter_modules(questions.__path__):
        for name, function in inspect.getmembers(
            importlib.import_module(f"graphmodel.questions.{module.name}"), inspect.isfunction
        ):
            takes = list(inspect.signature(function).parameters)
            if function.__module__.endswith(f".{module.name}") and not name.startswith("_") and takes[:1] == ["view"]:
                public.add(f"{module.name}.{name}")
    assert public == REACHED.keys() | GROUND
    assert set(REACHED.values()) <= ROOT.keys()
    asked = {re.match(r"\w+", field)[0] for field in CASES}
    assert set(REACHED.values()) - {"role", "nodes"} <= asked


def described():
    """(where, description) of all that the schema declares."""
    for type_ in SCHEMA.type_map.values():
        if type_.name.startswith("__") or is_specified_scalar_type(type_):
            continue
        yield type_.name, type_.description
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{type_.name}.{name}", one.description) for name, one in type_.values.items())
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in type_.fields.items():
                yield f"{type_.name}.{name}", field.description
                for argument, one in getattr(field, "args", {}).items():
                    yield f"{type_.name}.{name}({argument})", one.description


def test_everything_in_the_schema_is_described_in_chinese_and_english():
    missing = [
        where
        for where, text in described()
        if not re.search(r"[\u4e00-\u9fff].*/.*[a-z]{2}", text or "", re.DOTALL | re.IGNORECASE)
    ]
    assert not missing


@pytest.mark.parametrize(
    "field", ["find(text: $a) { id }", "node(id: $a) { id }", "role(by: {name: $a}) { __typename }"]
)
def test_half_a_character_is_told_as_such(store, field):
    declared = "ID!" if field.startswith("node") else "String!"
    request = Request(f"query ($a: {declared}) {{ {field} }}", variables={"a": "\ud83d"})
    answer = Engine(store).answer(request)
    assert (answer.outcome, answer.errors) == ("refused", ("BAD_INPUT",))


def test_all_documents_are_no_part_of_them(store):
    query = """query ($within: WithinInput) { hubSkills(within: $within) {
      ... on HubSkills { skills { skill { name } roles share } } } }"""
    some, whole, every = (
        post(store, query, within={"documents": documents})["data"] for documents in (["a/*"], [], ["a/*", "*"])
    )
    assert some != whole == every
