"""GraphQL as a front-end meets it: over HTTP, on a real store, from one small graph."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import closing, contextmanager

import httpx
import pytest
import small
from graphs import Item, Post, many, reading
from small import skill
from stores import PLACES

from api.app import create_app
from graphmodel.errors import StoreUnreachable
from graphmodel.identity import department_id, document_id, duty_id, role_id
from graphmodel.questions.needs import Scope
from graphmodel.questions.overlap import shared_skills, to_json
from graphmodel.store import open_store


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield store


def send(store, *requests, **options):
    """The responses to requests that are sent together: (method, path, json or query parameters)."""

    async def together():
        transport = httpx.ASGITransport(create_app(store, **options))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await asyncio.gather(
                *(
                    client.request(method, path, **{"json" if method == "POST" else "params": body})
                    for method, path, body in requests
                )
            )

    return asyncio.run(together())


def ask(store, query, options=None, **variables):
    """The data of an answer without errors."""
    [response] = send(store, ("POST", "/graphql", {"query": query, "variables": variables}), **(options or {}))
    answer = response.json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def refused(store, query, options=None, **variables):
    """The first error of an answer."""
    [response] = send(store, ("POST", "/graphql", {"query": query, "variables": variables}), **(options or {}))
    return response.json()["errors"][0]


def nodes(connection):
    return [edge["node"] for edge in connection["edges"]]


def test_from_a_role_through_duties_and_skills_to_departments(store):
    role = ask(
        store,
        """{ role(by: {name: "策划"}) { ... on Role { id name altNames
          duties(first: 9) { totalCount edges { mentions { line heading posting { title document { origin } } }
            node { text
              skills(first: 9) { edges { mentions { words start end method necessity level } node { id
                departments(first: 9) { edges { own involved node { name kind } } } } } }
              departments(first: 9) { edges { mentions { how words } node { name } } } } } }
          requirements(first: 9) { edges { mentions { necessity } node { text type } } }
          departments(first: 9) { edges { node { name } } }
          leadsTo(first: 9) { edges { mentions { words } node { name described } } }
          indicators(first: 9) { edges { mentions { goal } node { name } } }
          postings(first: 9) { totalCount } } } }""",
    )["role"]
    assert (role["id"], role["altNames"]) == (role_id("策划"), ["活动策划"])
    [rivals] = [edge for edge in role["duties"]["edges"] if edge["node"]["text"] == "与财务部一起做竞争分析"]
    assert rivals["mentions"] == [
        {"line": 6, "heading": "岗位职责", "posting": {"title": "策划", "document": {"origin": "a/策划1.txt"}}}
    ]
    assert rivals["node"]["departments"]["edges"] == [
        {"mentions": [{"how": "WITH", "words": "财务部"}], "node": {"name": "财务部"}}
    ]
    [need] = rivals["node"]["skills"]["edges"]
    assert need["node"]["id"] == skill("竞争分析")
    assert need["mentions"] == [
        {"words": "竞争分析", "start": 7, "end": 11, "method": "LABEL", "necessity": "REQUIRED", "level": None}
    ]
    applied = {edge["node"]["name"]: (edge["own"], edge["involved"]) for edge in need["node"]["departments"]["edges"]}
    assert applied == {"市场部": (1, 0), "财务部": (0, 1)}
    assert [edge["mentions"][0]["necessity"] for edge in role["requirements"]["edges"]] == ["PREFERRED", "REQUIRED"]
    assert nodes(role["departments"]) == [{"name": "市场部"}]
    assert nodes(role["leadsTo"]) == [{"name": "策划总监", "described": False}]
    assert role["indicators"]["edges"] == [{"mentions": [{"goal": "每月"}], "node": {"name": "活动转化率"}}]
    assert (role["duties"]["totalCount"], role["postings"]["totalCount"]) == (3, 2)


def test_from_a_skill_back_to_all_that_ask_for_it(store):
    found = ask(
        store,
        """{ skill(by: {name: "市场分析"}) { ... on Skill {
          roles(first: 9) { edges { postings share items necessity node { name }
            evidence(first: 1) { before words after line origin item { id text } posting { title } } } }
          owners(first: 9) { edges { node { name } } }
          duties(first: 9) { edges { node { text
            roles(first: 9) { edges { node { name } } } owners(first: 9) { edges { node { name } } } } } }
          requirements(first: 9) { totalCount }
          broader(first: 9) { edges { node { name } } } narrower(first: 9) { edges { node { name } } } } }
          sql: skill(by: {name: "SQL"}) { ... on Skill { related(first: 9) { edges { node { name } } } } } }""",
    )
    role, department = found["skill"]["roles"]["edges"][0], found["skill"]["owners"]["edges"][0]
    assert (role["node"]["name"], role["postings"], role["share"], role["items"]) == ("策划", 2, 1.0, 2)
    [place] = role["evidence"]
    assert place["before"] + place["words"] + place["after"] == place["item"]["text"]
    assert place["item"]["id"] == duty_id(place["item"]["text"])
    assert department["node"]["name"] == "市场部"
    by_text = {duty["text"]: duty for duty in nodes(found["skill"]["duties"])}
    assert {role["name"] for role in nodes(by_text["做好市场分析"]["roles"])} == {"策划", "数据"}
    assert nodes(by_text["本部门负责市场分析"]["owners"]) == [{"name": "市场部"}]
    assert nodes(found["skill"]["broader"]) == [{"name": "分析能力"}]
    assert nodes(found["skill"]["narrower"]) == [{"name": "竞争分析"}]
    assert nodes(found["sql"]["related"]) == [{"name": "Excel"}]


def test_from_a_department_to_its_roles_and_to_what_involves_it(store):
    found = ask(
        store,
        """{ market: department(by: {name: "市场部"}) { ... on Department {
            roles(first: 9) { edges { node { name } } } duties(first: 9) { edges { node { text } } }
            skills(first: 9) { edges { postings node { name } } }
            appliedSkills(first: 9) { edges { own node { name } } } } }
          finance: department(by: {name: "财务部"}) { ... on Department {
            involvedInDuties(first: 9) { edges { node { text } } }
            involvedInRequirements(first: 9) { totalCount } } } }""",
    )
    assert nodes(found["market"]["roles"]) == [{"name": "策划"}]
    assert nodes(found["market"]["duties"]) == [{"text": "本部门负责市场分析"}]
    assert found["market"]["skills"]["edges"] == [{"postings": 1, "node": {"name": "市场分析"}}]
    assert found["market"]["appliedSkills"]["edges"][0] == {"own": 2, "node": {"name": "市场分析"}}
    assert nodes(found["finance"]["involvedInDuties"]) == [{"text": "与财务部一起做竞争分析"}]


def test_candidates_are_listed_only_where_they_are_asked_for(store):
    query = """query ($all: Boolean!) { role(by: {name: "数据"}) {
      ... on Role { skills(first: 9, candidates: $all) { totalCount } } } }"""
    assert ask(store, query, all=False)["role"]["skills"]["totalCount"] == 3
    assert ask(store, query, all=True)["role"]["skills"]["totalCount"] == 4
    assert nodes(
        ask(store, "{ skills(first: 9, where: {status: CANDIDATE}) { edges { node { name status } } } }")["skills"]
    ) == [{"name": "数据魔方", "status": "CANDIDATE"}]


def test_the_shared_skills_are_those_of_the_command_line(store):
    query = """{ sharedSkills(a: "策划", b: "数据") { ... on SharedSkills { a { id name } b { id name }
      shared { skill { id } a { ...need } b { ...need } }
      onlyA { ...needed } onlyB { ...needed }
      related { skill { id } pairs { a { ...needed } b { ...needed } similarity } }
      measures { jaccard coverageA coverageB weightedJaccard weightedCoverageA weightedCoverageB } } } }
    fragment need on Need { postings share items necessity evidence { before words after origin line } }
    fragment needed on NeededSkill { skill { id } postings share items necessity
      evidence { before words after origin line } }"""
    answer, wanted = ask(store, query)["sharedSkills"], to_json(shared_skills(store, "策划", "数据"))

    def need(one):
        places = [
            {key: place[key] for key in ("before", "words", "after", "origin", "line")} for place in one["evidence"]
        ]
        counts = {key: one[key] for key in ("postings", "share", "items")}
        return {**counts, "necessity": one["necessity"].upper(), "evidence": places}

    def needed(one):
        return {"skill": {"id": one["skill"]["id"]}, **need(one)}

    assert answer == {
        "a": {"id": role_id("策划"), "name": "策划"},
        "b": {"id": role_id("数据"), "name": "数据"},
        "shared": [
            {"skill": {"id": one["skill"]["id"]}, "a": need(one["a"]), "b": need(one["b"])} for one in wanted["shared"]
        ],
        "onlyA": list(map(needed, wanted["only_a"])),
        "onlyB": list(map(needed, wanted["only_b"])),
        "related": [
            {
                "skill": {"id": one["skill"]["id"]},
                "pairs": [{**pair, "a": needed(pair["a"]), "b": needed(pair["b"])} for pair in one["pairs"]],
            }
            for one in wanted["related"]
        ],
        "measures": dict(
            zip(
                ("jaccard", "coverageA", "coverageB", "weightedJaccard", "weightedCoverageA", "weightedCoverageB"),
                wanted["measures"].values(),
                strict=True,
            )
        ),
    }


def test_every_store_gives_the_same_answer(store):
    query = """{ roles(first: 9, where: {named: true}) { totalCount edges { cursor node { name altNames described
        skills(first: 9, candidates: true) { edges { cursor share necessity node { name status }
          evidence { line words origin } } }
        duties(first: 9) { edges { cursor mentions { id spans { start end } } node { text
          skills(first: 9) { edges { mentions { id } } } } } }
        requirements(first: 9) { edges { node { text type } } }
        reportedToBy(first: 9) { totalCount } ledToBy(first: 9) { edges { node { name } } } } } }
      skills(last: 5, where: {status: null}) { edges { node { name duties(first: 9) { edges { node { text } } } } } }
      departments(first: 9) { edges { node { name
        involvedInDuties(first: 9) { edges { mentions { id words } } } } } } }"""
    with closing(open_store("sqlite://")) as other:
        other.set_taxonomy(small.scheme())
        other.add_many(small.readings())
        assert ask(store, query) == ask(other, query)
        answers = [to_json(shared_skills(each, "数据", "活动策划", Scope(candidates=True))) for each in (store, other)]
    assert json.dumps(answers[0]) == json.dumps(answers[1])


def test_an_unknown_or_ambiguous_name_is_data_and_not_an_error(store):
    query = """query ($a: String!) { role(by: {name: $a}) { __typename ... on NotFound { name nearest } }
      sharedSkills(a: $a, b: "数据") { __typename ... on NotFound { message nearest } } }"""
    answer = ask(store, query, a="活动策画")
    assert answer["role"] == {"__typename": "NotFound", "name": "活动策画", "nearest": ["活动策划"]}
    assert "活动策划" in answer["sharedSkills"]["message"]

    twins = open_store("sqlite://")
    twins.add_many([reading("a.txt", [Post(name, [Item("做好盘点")], alt=["店主"]) for name in ("甲店长", "乙店长")])])
    answer = ask(twins, '{ role(by: {name: "店主"}) { ... on Ambiguous { choices { id name } } } }')
    assert sorted(choice["name"] for choice in answer["role"]["choices"]) == ["乙店长", "甲店长"]
    assert [choice["id"] for choice in answer["role"]["choices"]] == sorted(map(role_id, ("甲店长", "乙店长")))


def test_ids_are_those_of_the_store_and_former_ids_still_lead_there(store):
    ids = [
        role_id("策划"),
        "role:0000000000000000",
        department_id("市场部"),
        "skill:former",
        document_id("b/数据.txt"),
        "?",
    ]
    answer = ask(store, "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids)["nodes"]
    assert [node and node["__typename"] for node in answer] == ["Role", None, "Department", "Skill", "Document", None]
    assert answer[3]["id"] == skill("市场分析")
    query = (
        "query ($id: ID!) { node(id: $id) { id } role(by: {id: $id}) { ... on Role { name } } duty(id: $id) { id } }"
    )
    assert ask(store, query, id=ids[0]) == {"node": {"id": ids[0]}, "role": {"name": "策划"}, "duty": None}


def test_the_postings_of_a_document_however_many(store):
    crowd = open_store("sqlite://")
    crowd.add_many([reading("many.txt", [Post(f"岗位{n}", [Item(f"做第{n}件事")]) for n in range(1, 41)])])
    query = (
        "query ($id: ID!) { node(id: $id) { ... on Document { postings(first: 50) { edges { node { number } } } } } }"
    )
    postings = ask(crowd, query, id=document_id("many.txt"))["node"]["postings"]
    assert [posting["number"] for posting in nodes(postings)] == list(range(1, 41))


PAGES = """query ($first: Int, $after: String, $last: Int, $before: String) {
  roles(first: $first, after: $after, last: $last, before: $before) { totalCount edges { cursor node { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def test_pages_forward_and_backward_give_every_role_once():
    crowd = open_store("sqlite://")
    crowd.add_many(many(7, roles=7, skills=5, items=2))
    everything = [node["name"] for node in nodes(ask(crowd, PAGES, first=50)["roles"])]
    assert len(everything) == 7
    assert everything == sorted(everything)

    forward, page = [], {"pageInfo": {"endCursor": None, "hasNextPage": True}}
    while page["pageInfo"]["hasNextPage"]:
        page = ask(crowd, PAGES, first=3, after=page["pageInfo"]["endCursor"])["roles"]
        forward += [node["name"] for node in nodes(page)]
    assert forward == everything
    assert page["pageInfo"]["hasPreviousPage"]

    backward, page = [], {"pageInfo": {"startCursor": None, "hasPreviousPage": True}}
    while page["pageInfo"]["hasPreviousPage"]:
        page = ask(crowd, PAGES, last=3, before=page["pageInfo"]["startCursor"])["roles"]
        backward = [node["name"] for node in nodes(page)] + backward
    assert backward == everything
    assert page["totalCount"] == 7


def test_a_nested_list_goes_on_after_its_cursor(store):
    query = """query ($after: String) { role(by: {name: "策划"}) { ... on Role {
      skills(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } } } }"""
    seen, after, more = [], None, True
    while more:
        page = ask(store, query, after=after)["role"]["skills"]
        seen += [node["id"] for node in nodes(page)]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == 5
    assert seen[0] == skill("市场分析")  # what most postings ask for comes first


def test_a_bad_cursor_or_page_is_answered_with_what_to_do(store):
    for arguments in (
        {"after": "nonsense"},
        {"after": "WzFd"},
        {"after": "WyJcdWQ4MDAiLCJyb2xlOjEiXQ"},  # half a character
        {},
        {"first": -1},
        {"first": 1, "last": 1},
    ):
        error = refused(store, PAGES, **arguments)
        assert error["extensions"]["code"] == "BAD_INPUT", arguments
        assert error["extensions"]["remedy"]
    assert "exactly one" in refused(store, '{ role(by: {name: "a", id: "b"}) { __typename } }')["message"].lower()


def test_chinese_stands_in_the_answer_as_it_is_and_get_asks_too(store):
    [response] = send(store, ("GET", "/graphql", {"query": '{ role(by: {name: "策划"}) { ... on Role { name } } }'}))
    assert response.content.decode("utf-8") == '{"data":{"role":{"name":"策划"}}}'
    assert response.headers["content-type"].startswith("application/json")


def test_requests_at_once_are_answered_each_by_itself(store):
    query = (
        "query ($name: String!) { role(by: {name: $name}) { ... on Role { name skills(first: 9) { totalCount } } } }"
    )
    names = ["策划", "数据", "店员"] * 5
    requests = [("POST", "/graphql", {"query": query, "variables": {"name": name}}) for name in names]
    assert [response.json()["data"]["role"]["name"] for response in send(store, *requests)] == names


class Broken:
    """A store whose views fail in a way that nobody foresaw, or that cannot be reached."""

    url = "neo4j://nowhere"

    def __init__(self, error):
        self.error = error

    @contextmanager
    def reading(self):
        if isinstance(self.error, StoreUnreachable):
            raise self.error
        yield self

    def revision(self):
        raise self.error

    def __getattr__(self, verb):
        raise self.error


def test_an_unforeseen_error_is_masked_and_logged_under_its_number(caplog):
    with caplog.at_level(logging.ERROR):
        error = refused(Broken(RuntimeError("the password is 123456")), "{ roles(first: 9) { totalCount } }")
    number = error["message"].removeprefix("Internal error ").removesuffix(".")
    assert error["extensions"] == {"code": "INTERNAL"}
    assert number in caplog.text
    assert "123456" in caplog.text
    assert "123456" not in str(error)


def test_a_store_that_is_away_is_told_and_where_it_is_only_to_operators(caplog):
    away = Broken(StoreUnreachable("Nothing answers at neo4j://nowhere.", "Start the server."))
    answer, alive, ready = send(
        away,
        ("POST", "/graphql", {"query": "{ roles(first: 9) { totalCount } }"}),
        ("GET", "/healthz", {}),
        ("GET", "/readyz", {}),
    )
    assert (answer.status_code, alive.status_code, ready.status_code) == (503, 200, 503)
    [error] = answer.json()["errors"]
    assert error["extensions"] == {"code": "STORE_UNREACHABLE", "remedy": "Ask again in a few seconds."}
    assert "nowhere" not in answer.text
    assert "Nothing answers at neo4j://nowhere." in caplog.text
    assert ready.json()["remedy"] == "Start the server."


def test_ready_says_at_which_revision(store):
    [ready] = send(store, ("GET", "/readyz", {}))
    assert ready.json() == {"status": "ready", "revision": store.revision()}
