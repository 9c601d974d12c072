"""Which answers are kept, for whom and until when; and the parts of a request that choose among operations."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from typing import Any

import httpx
import pytest
import small
from graphs import Item, Post, reading
from small import skill

from api import keys
from api.app import create_app
from api.graphql.engine import NOBODY, Caller, Engine, Request
from graphmodel.graph import SkillScheme
from graphmodel.identity import role_id
from graphmodel.jobs import Job
from graphmodel.nodes import Skill
from graphmodel.store import open_store
from ontology.terms import BASE

WRITER = Caller("采编", frozenset({"read", "write"}))
NEEDS = """{
  role(by: {name: "策划"}) { ... on Role { skills(first: 9) { totalCount edges { postings node { name } } } } }
  skills(first: 20) { totalCount } documents(first: 9) { totalCount }
  stats { ... on Stats { nodes { kind count } } } }"""


@pytest.fixture
def store(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())
        yield store


def data(engine: Engine, query: str, operation: str | None = None, **variables: Any) -> Any:
    answer = engine.answer(Request(query, operation, variables))
    assert answer.errors == (), answer.body
    return json.loads(answer.body)["data"]


def test_documents_are_found_by_their_origins_and_by_patterns_of_them(store):
    engine = Engine(store)
    query = """query($origins: [String!]!) { documents(where: {origins: $origins}, first: 1) {
      totalCount pageInfo { hasNextPage } edges { node { origin } } } }"""
    origins = sorted(document.origin for document in store.nodes("document"))

    def found(*asked: str) -> tuple[int, list[str]]:
        page = data(engine, query, origins=asked)["documents"]
        assert page["pageInfo"]["hasNextPage"] == (page["totalCount"] > 1)
        return page["totalCount"], [edge["node"]["origin"] for edge in page["edges"]]

    assert len(origins) > 1
    assert found(origins[1], "none.txt") == (1, [origins[1]])
    assert found("*") == found("*", *origins) == (len(origins), origins[:1])
    assert found(f"{origins[0][:-1]}*", "none*") == (1, origins[:1])
    assert found(f"*{origins[0][1:]}", *(f"*{number}" for number in range(19))) == (1, origins[:1])
    assert found() == found("") == (0, [])
    for many in (["a"] * 1001, [f"*{number}" for number in range(21)]):
        answer = engine.answer(Request(query, variables={"origins": many}), NOBODY)
        assert b"BAD_INPUT" in answer.body


def renamed() -> SkillScheme:
    """The taxonomy, with a skill that is called otherwise and one more."""
    of = small.scheme()
    other = tuple(one._replace(name="市场研究") if one.id == skill("市场分析") else one for one in of.skills)
    return of._replace(digest="another", skills=(*other, Skill("skill:more", "更多")))


def written(origin):
    return reading(origin, [Post("策划", [Item("会SQL", ["SQL"])])], taxonomy=small.DIGEST)


WRITES = {
    "load": lambda store: store.add_many([written("e/新.txt")]),
    "load again": lambda store: store.add_many([written("a/策划1.txt")]),
    "forget": lambda store: store.forget(["a/策划2.txt"]),
    "taxonomy": lambda store: store.set_taxonomy(renamed()),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("from_elsewhere", [False, True], ids=["here", "elsewhere"])
def test_after_a_write_nobody_gets_the_old_answer(store, write, from_elsewhere):
    engine = Engine(store)
    old = engine.answer(Request(NEEDS))
    assert engine.answer(Request(NEEDS)).cached
    assert engine.answer(Request(NEEDS), unless=frozenset({old.tag})).outcome == "unchanged"
    if from_elsewhere:
        with closing(open_store(store.url)) as other:
            WRITES[write](other)
    else:
        WRITES[write](store)
    new = engine.answer(Request(NEEDS), unless=frozenset({old.tag}))
    assert (new.outcome, new.cached) == ("answered", False)
    assert new.tag != old.tag
    assert new.body != old.body
    assert new.body == Engine(store).answer(Request(NEEDS)).body


def test_a_write_that_changes_nothing_leaves_the_answers(store):
    engine = Engine(store)
    old = engine.answer(Request(NEEDS))
    store.add_many(small.readings())
    store.set_taxonomy(small.scheme())
    store.forget(["no/such.txt"])
    assert engine.answer(Request(NEEDS), unless=frozenset({old.tag})).outcome == "unchanged"


class FakeLoads:
    """Stands for the service of loads, of which there is one job."""

    def jobs(self, ids=None, limit=20):
        return [Job(id="job:1", asked_by="采编", asked=0.0, updated=0.0, state="done")]


@pytest.mark.parametrize(
    "query",
    [
        "{ loads { id } }",
        "{ all: loads { id } }",
        "query { ...Some } fragment Some on Query { skills(first: 1) { totalCount } x: loads { id } }",
        "{ ... on Query { ... { loads { id } } } }",
        "query ($yes: Boolean! = true) { loads @include(if: $yes) { id } stats { __typename } }",
    ],
)
def test_what_only_some_may_see_is_kept_for_nobody(store, query):
    engine = Engine(store, loads=FakeLoads())
    for _ in range(2):
        seen = engine.answer(Request(query), WRITER)
        assert b"job:1" in seen.body
        assert (seen.tag, seen.cached) == (None, False)
        unseen = engine.answer(Request(query), NOBODY, unless=frozenset({"*"}))
        assert unseen.errors == ("FORBIDDEN",)
        assert b"job:1" not in unseen.body
        assert engine.kept(Request(query)) is None


def test_without_a_key_that_reads_no_kept_answer_is_given(store):
    reader = keys.new("reader", "read")
    query = {"query": "{ stats { __typename } }"}
    key = {"authorization": f"Bearer {reader.secret}"}
    app = create_app(store, keys=keys.parse(reader.entry))
    wrong_key = {"authorization": "Bearer other"}

    async def sent():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return [await client.get("/graphql", params=query, headers=one) for one in (key, key, {}, wrong_key)]

    first, again, without, wrong = asyncio.run(sent())
    assert first.json() == again.json() == {"data": {"stats": {"__typename": "Stats"}}}
    assert [one.status_code for one in (without, wrong)] == [401, 401]
    assert "data" not in without.text + wrong.text
    assert "private" in first.headers["cache-control"]


def test_tags_differ_by_all_that_an_answer_depends_on(store, monkeypatch):
    query = "query A($n: Int = 1) { skills(first: $n) { edges { node { name } } } } query B { stats { __typename } }"
    asked = [(query, "A", {}), (query, "A", {"n": 2}), (query, "B", {}), (query + " ", "B", {})]
    tags = [Engine(store).answer(Request(*one)).tag for one in asked]
    tags.append(Engine(store, base_iri="https://other.example/id/").answer(Request(*asked[0])).tag)
    monkeypatch.setattr("api.graphql.engine.version", lambda name: "99.0.0")
    tags.append(Engine(store).answer(Request(*asked[0])).tag)
    assert None not in tags
    assert len(set(tags)) == len(tags)


TWO = """query First($n: Int! = 2, $where: SkillWhere = {type: SKILL}) {
  skills(first: $n, where: $where) { __typename totalCount edges { __typename } } }
query Second { __typename ...Names } fragment Names on Query { roles(first: 1) { totalCount } }"""


def test_an_operation_is_chosen_by_its_name_and_variables_have_defaults(store):
    engine = Engine(store)
    assert data(engine, TWO, "Second") == {"__typename": "Query", "roles": {"totalCount": 3}}
    first = data(engine, TWO, "First")["skills"]
    assert (first["__typename"], len(first["edges"]), first["edges"][0]) == (
        "SkillConnection", 2, {"__typename": "SkillEdge"},
    )  # fmt: skip
    assert data(engine, TWO, "First", n=1, where=None)["skills"]["totalCount"] == first["totalCount"]
    for name, variables in ((None, {}), ("Third", {}), ("", {}), ("First", {"n": None})):
        answer = engine.answer(Request(TWO, name, variables))
        assert (answer.outcome, set(answer.errors)) == ("refused", {"BAD_REQUEST"}), answer.body


def test_nodes_are_found_by_ids_former_ids_and_iris_in_the_order_that_was_asked(store):
    ids = [role_id("策划"), "skill:former", f"{BASE}skill/former", f"{BASE}skill/sql", "role:0", "", "https://a.b/c"]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Subject { name } ...Named } }
      fragment Named on Skill { label: name }"""
    market = {"__typename": "Skill", "id": skill("市场分析"), "label": "市场分析"}
    sql = {"__typename": "Skill", "id": "skill:sql", "label": "SQL"}
    role = {"__typename": "Role", "id": role_id("策划"), "name": "策划"}
    found = data(Engine(store), query, ids=ids)["nodes"]
    assert found == [role, market, market, sql, None, None, None]
    assert data(Engine(store), query, ids=[]) == {"nodes": []}
    one = query.replace("$ids: [ID!]!", "$id: ID!").replace("nodes(ids: $ids)", "node(id: $id)")
    assert [data(Engine(store), one, id=id)["node"] for id in ids] == found


def test_empty_lists_and_pages_of_nothing(store):
    page = "totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    query = f"{{ roles(first: 0) {{ {page} }} skills(first: 5, where: {{status: DEPRECATED}}) {{ {page} }} }}"
    nothing = {"startCursor": None, "endCursor": None, "hasPreviousPage": False}
    assert data(Engine(store), query) == {
        "roles": {"totalCount": 3, "edges": [], "pageInfo": {"hasNextPage": True, **nothing}},
        "skills": {"totalCount": 0, "edges": [], "pageInfo": {"hasNextPage": False, **nothing}},
    }
