"""Lists in GraphQL against what brute force makes of the same graph: pages from any place, filters in any mixture."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from contextlib import closing
from typing import Any

import pytest
import small
from graphs import Item, Post, reading
from hypothesis import given, settings
from hypothesis import strategies as st
from small import skill
from stores import contents

from api.graphql.engine import Engine, Request
from api.graphql.limits import Limits
from graphmodel.identity import department_id, requirement_id
from graphmodel.nodes import Requirement
from graphmodel.store import open_store
from ontology.terms import BASE

TALKS, EXCEL = Item("有沟通能力", ["沟通能力"], wanted=True), Item("熟练使用Excel", ["Excel"], wanted=True)
MORE = {
    "e/甲.txt": Post("专员", [TALKS], organization="甲公司", department="市场部"),
    "e/乙.txt": Post("专员", [EXCEL], organization="乙公司", department="财务部"),
    "e/丙.txt": Post("数据", [TALKS], organization="甲公司", department="技术部"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with closing(open_store(f"sqlite:///{tmp_path_factory.mktemp('graph') / 'graph.db'}")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())
        store.add_many([reading(origin, [post], taxonomy=small.DIGEST) for origin, post in MORE.items()])
        learned = reading("f/本科.txt", [Post("数据", [Item("本科以上学历", wanted=True)])], taxonomy=small.DIGEST)
        id = requirement_id("本科以上学历")
        learned.graph.nodes[id] = Requirement(id, "本科以上学历", "education", education="本科")
        store.add_many([learned])
        yield store


@pytest.fixture(scope="module")
def engine(store):
    return Engine(store, Limits(aliases=1_000, fields=10_000, cost=10_000_000, tokens=100_000))


def ask(engine: Engine, query: str, **variables: Any) -> Any:
    answer = engine.answer(Request(query, variables=variables))
    assert answer.errors == (), answer.body
    return json.loads(answer.body)["data"]


PAGE = "totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ROOTS = [
    "roles",
    "roles(where: {named: true}",
    "roles(orderBy: MOST",
    'roles(where: {skill: {name: "市场分析"}}',
    "skills",
    "skills(where: {status: null}, orderBy: MOST",
    'skills(where: {text: "分析"}',
    "departments",
    "duties",
    "requirements",
    "indicators",
    "documents",
]


@pytest.fixture(scope="module")
def lists(engine, store):
    """Every list of the graph that is not empty: how to ask for it, and all its entries."""
    types = {kind: engine.schema._schema.type_map[kind.capitalize()] for kind, nodes in contents_of(store).items()}
    asked = [(f"list: {root}{', ' if '(' in root else '('}", "") for root in ROOTS]
    for kind, nodes in contents_of(store).items():
        for name, field in types[kind].fields.items():
            if {"first", "last"} <= field.args.keys():
                of = f"... on {types[kind]} {{ list: {name}("
                asked += [(f'node(id: "{node.id}") {{ {of}', "} }") for node in nodes]
    found = []
    for head, tail in asked:
        entries = page_of(ask(engine, query(head, tail, "first: 1000")))["edges"]
        if entries:
            found.append((head, tail, entries))
    return found


def contents_of(store):
    with store.reading() as view:
        return {kind: nodes for kind, nodes in contents(view).items() if kind.islower()}


def query(head: str, tail: str, size: str) -> str:
    return f"{{ {head}{size}) {{ {PAGE} }} {tail} }}"


def page_of(data: Any) -> Any:
    return data["node"]["list"] if "node" in data else data["list"]


def key_of(cursor: str) -> list[Any]:
    return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


def cursor_of(key: list[Any]) -> str:
    return urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode().rstrip("=")


def test_lists_are_in_the_order_of_their_cursors_and_name_nothing_twice(lists):
    assert len(lists) > 100
    for head, _, entries in lists:
        keys = [key_of(entry["cursor"]) for entry in entries]
        assert keys == sorted(keys), head
        assert len({entry["node"]["id"] for entry in entries}) == len(entries), head


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_a_page_is_the_part_of_its_list_that_was_asked_for(engine, lists, data):
    head, tail, entries = data.draw(st.sampled_from(lists))
    keys = [key_of(entry["cursor"]) for entry in entries]
    # The place of an entry that is gone: right after or before one that is there.
    gone = [[*key[:-1], key[-1] + "~"] for key in keys] + [[*key[:-1], key[-1][:-1]] for key in keys]
    places = st.sampled_from([None, *keys, *gone])
    after, before = data.draw(places), data.draw(places)
    size, back = data.draw(st.integers(0, 4)), data.draw(st.booleans())
    arguments = [f"{'last' if back else 'first'}: {size}"]
    arguments += [f'after: "{cursor_of(after)}"'] if after else []
    arguments += [f'before: "{cursor_of(before)}"'] if before else []
    page = page_of(ask(engine, query(head, tail, ", ".join(arguments))))
    within = [place for place, key in enumerate(keys) if (not after or key > after) and (not before or key < before)]
    expected = within[len(within) - min(size, len(within)) :] if back else within[:size]
    assert page["edges"] == [entries[place] for place in expected]
    assert page["totalCount"] == len(entries)
    info = page["pageInfo"]
    cursors = [entries[place]["cursor"] for place in expected] or [None]
    assert (info["startCursor"], info["endCursor"]) == (cursors[0], cursors[-1])
    if expected:
        if expected[-1] + 1 < len(keys):
            assert info["hasNextPage"]
        elif not before:
            assert not info["hasNextPage"]
        if expected[0]:
            assert info["hasPreviousPage"]
        elif not after:
            assert not info["hasPreviousPage"]


def walked(engine, head, tail, size, back):
    """All entries of a list, page by page."""
    found, end = [], ""
    for _ in range(50):
        page = page_of(ask(engine, query(head, tail, f"{'last' if back else 'first'}: {size}{end}")))
        found = [*page["edges"], *found] if back else [*found, *page["edges"]]
        info = page["pageInfo"]
        if not info["hasPreviousPage" if back else "hasNextPage"]:
            return found
        end = f', before: "{info["startCursor"]}"' if back else f', after: "{info["endCursor"]}"'
    raise AssertionError("The pages do not end.")


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("size", [1, 2])
def test_page_by_page_a_list_is_whole(engine, lists, size, back):
    for head, tail, entries in lists[:: 3 if size == 1 else 7]:
        assert walked(engine, head, tail, size, back) == entries, head


def lookups(kind: str, *names: str) -> st.SearchStrategy[dict[str, str]]:
    """A thing by its id, name or IRI."""
    ids = {name: {"department": department_id, "skill": skill}[kind](name) for name in names}
    every = [{"name": name} for name in names] + [{"id": id} for id in ids.values()]
    return st.sampled_from(every + [{"iri": f"{BASE}{id.replace(':', '/', 1)}"} for id in ids.values()])


def meant(kind: str, by: dict[str, str]) -> str:
    """The id of what a lookup means."""
    if "name" in by:
        return {"department": department_id, "skill": skill}[kind](by["name"])
    return by.get("id") or by["iri"].removeprefix(BASE).replace("/", ":", 1)


DEPARTMENTS = lookups("department", "市场部", "财务部", "技术部")
ROLE_WHERE = st.fixed_dictionaries(
    {},
    optional={
        "department": st.one_of(st.none(), DEPARTMENTS),
        "organization": st.sampled_from([None, "甲公司", "乙公司"]),
        "skill": st.one_of(st.none(), lookups("skill", "市场分析", "沟通能力", "Excel", "竞争分析")),
        "education": st.sampled_from([None, "本科", "大专"]),
        "named": st.booleans(),
    },
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(where=ROLE_WHERE, order=st.sampled_from(["NAME", "MOST"]))
def test_roles_are_those_that_meet_every_condition(engine, store, where, order):
    with store.reading() as view:
        held = contents(view)
    by_id = {node.id: node for nodes in held.values() for node in nodes if hasattr(node, "id")}
    chosen = {role.id for role in held["role"] if where.get("named") or role.described}
    if of := where.get("department"):
        chosen &= {edge.source for edge in held["BELONGS_TO"] if edge.target == meant("department", of)}
    if of := where.get("skill"):
        chosen &= {edge.source for edge in held["NEEDS"] if edge.target == meant("skill", of)}
    if (of := where.get("organization")) is not None:
        chosen &= {edge.target for edge in held["DESCRIBES"] if by_id[edge.source].organization == of}
    if (of := where.get("education")) is not None:
        chosen &= {edge.source for edge in held["HAS_REQUIREMENT"] if by_id[edge.target].education == of}
    postings = Counter(target for _, target in {(edge.source, edge.target) for edge in held["DESCRIBES"]})
    orders = {"NAME": lambda id: (by_id[id].name, id), "MOST": lambda id: (-postings[id], id)}
    asked = "query ($where: RoleWhere, $order: Order!) { roles(first: 100, where: $where, orderBy: $order) {"
    found = ask(engine, f"{asked} totalCount edges {{ node {{ id }} }} }} }}", where=where, order=order)["roles"]
    assert [edge["node"]["id"] for edge in found["edges"]] == sorted(chosen, key=orders[order])
    assert found["totalCount"] == len(chosen)


SKILL_WHERE = st.fixed_dictionaries(
    {},
    optional={
        "department": st.one_of(st.none(), DEPARTMENTS),
        "status": st.sampled_from([None, "CURATED", "CANDIDATE", "DEPRECATED"]),
        "type": st.sampled_from([None, "SKILL", "TOOL"]),
    },
)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(where=SKILL_WHERE, order=st.sampled_from(["NAME", "MOST"]))
def test_skills_are_those_that_meet_every_condition(engine, store, where, order):
    with store.reading() as view:
        held = contents(view)
    by_id = {node.id: node for node in held["skill"]}
    status = where.get("status", "CURATED")
    chosen = {node.id for node in held["skill"] if status is None or node.status == status.lower()}
    if (of := where.get("type")) is not None:
        chosen = {id for id in chosen if by_id[id].type == of.lower()}
    if of := where.get("department"):
        chosen &= {edge.source for edge in held["APPLIED_IN"] if edge.target == meant("department", of)}
    roles = Counter(edge.target for edge in held["NEEDS"] if edge.source.startswith("role:"))
    orders = {"NAME": lambda id: (by_id[id].name, id), "MOST": lambda id: (-roles[id], id)}
    asked = "query ($where: SkillWhere, $order: Order!) { skills(first: 100, where: $where, orderBy: $order) {"
    found = ask(engine, f"{asked} totalCount edges {{ node {{ id }} }} }} }}", where=where, order=order)["skills"]
    assert [edge["node"]["id"] for edge in found["edges"]] == sorted(chosen, key=orders[order])
    assert found["totalCount"] == len(chosen)


@pytest.mark.parametrize("field", ["roles", "requirements"])
def test_a_word_that_is_no_education_is_told_so(engine, field):
    answer = engine.answer(Request(f'{{ {field}(first: 1, where: {{education: "大学"}}) {{ totalCount }} }}'))
    assert answer.errors == ("BAD_INPUT",)
    assert "本科" in answer.body.decode()
