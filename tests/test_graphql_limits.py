"""What a query may ask for: attacks in the query language are refused before anything is read, and at little cost."""

from __future__ import annotations

import gc
import hashlib
import json
import time

import pytest
import small

from api.graphql.documents import trusted_documents
from api.graphql.engine import Engine, Request
from api.graphql.limits import LARGEST_PAGE, Limits
from graphmodel.errors import BadInput
from graphmodel.store import open_store

MOST_CPU = 0.05
"""Seconds of processor time that refusing one operation may cost."""


@pytest.fixture(scope="module")
def store():
    store = open_store("sqlite://")
    store.set_taxonomy(small.scheme())
    store.add_many(small.readings())
    return store


@pytest.fixture(scope="module")
def engine(store):
    engine = Engine(store)
    engine.answer(Request("{ roles(first: 1) { totalCount } }"))
    return engine


def refused(engine, query, **named):
    """The first error of what is refused: without a read of the store, and cheaply."""
    gc.disable()  # what other tests have left is not part of the price
    start = time.thread_time()
    answer = engine.answer(Request(query, **named))
    spent = time.thread_time() - start
    gc.enable()
    assert (answer.outcome, answer.reads) == ("refused", 0)
    assert spent < MOST_CPU
    told = json.loads(answer.body)
    assert "data" not in told
    assert answer.errors[0] == told["errors"][0]["extensions"]["code"]
    return told["errors"][0]


def limited(engine, query, name, asked):
    """What is refused for one limit, which the answer names with what was asked for."""
    error = refused(engine, query)
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["extensions"]["limit"] == {name: getattr(engine.limits, name)}
    assert error["extensions"]["asked"] == {name: asked}
    assert str(asked) in error["message"]


def nested(levels, inner="id"):
    return (
        "{ roles(first: 1) { edges { node { duties(first: 1) { edges { node " * levels
        + f"{{ {inner} }}"
        + "} } } } } }" * levels
    )


def test_a_depth_bomb(engine):
    limited(engine, '{ duty(id: "x") ' + nested(4) + " }", "depth", 26)
    refused(engine, '{ duty(id: "x") ' + nested(60) + " }")


def test_an_alias_bomb_through_fragments(engine):
    chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60))
    limited(engine, f"{{ ...f0 }} {chain} fragment f60 on Query {{ a: __typename }}", "fields", 2**60)
    aliases = " ".join(f"a{n}: roles(first: 1) {{ totalCount }}" for n in range(31))
    limited(engine, f"{{ {aliases} }}", "aliases", 31)
    limited(engine, "{ " + "...f " * 31 + "} fragment f on Query { a: roles(first: 1) { totalCount } }", "aliases", 31)


def test_cyclic_fragments(engine):
    assert "itself" in refused(engine, "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }")["message"]
    assert "itself" in refused(engine, "{ ...f } fragment f on Query { node(id: 1) { ...f } }")["message"]


def test_a_query_of_ten_megabytes(engine):
    limited(engine, "{ " + "a " * 5_000_000 + "}", "characters", 10_000_003)
    assert "tokens" in refused(engine, "{ " + "a " * 10_000 + "}")["message"]


def test_a_flood_of_directives(engine):
    limited(engine, "{ roles(first: 1) { totalCount " + "@skip(if: false) " * 200 + "} }", "directives", 200)
    assert "only be used once" in refused(engine, "{ __typename " + "@skip(if: false) " * 40 + "}")["message"]


def test_one_field_again_and_again(engine):
    """Each pair of fields under one key is compared in validation, which takes time by the square."""
    limited(engine, "{ " + "__typename " * 900 + "}", "repeats", 900)
    limited(engine, "{ " + "node(id: 1) { id } " * 200 + "}", "repeats", 200)
    limited(engine, "{ " + "... on Query { __typename } " * 21 + "}", "repeats", 21)
    limited(engine, "{ " + "...f " * 51 + "} fragment f on Query { __typename }", "spreads", 51)
    names = " ".join(f"...f{n}" for n in range(50))
    fragments = " ".join(f"fragment f{n} on Query {{ node(id: {n}) {{ id }} }}" for n in range(50))
    assert "conflict" in refused(engine, f"{{ {names} }} {fragments}")["message"]


def test_a_million_entries(engine):
    limited(engine, "{ roles(first: 1000000) { totalCount } }", "page", 1_000_000)
    limited(engine, "query ($n: Int = 1000000) { roles(first: $n) { totalCount } }", "page", 1_000_000)
    inner = "edges { node { duties(first: 1000) { edges { node { skills(first: 1000) { totalCount } } } } } }"
    error = refused(engine, f"{{ roles(first: 1000) {{ {inner} }} }}")
    assert error["extensions"]["asked"]["cost"] > 1_000_000
    assert LARGEST_PAGE == 1_000


def test_a_list_without_a_size(engine):
    error = refused(engine, "{ roles { totalCount } }")
    assert (error["extensions"]["code"], "`first` or `last`" in error["message"]) == ("BAD_INPUT", True)
    assert refused(engine, "{ roles(first: 1, last: 1) { totalCount } }")["extensions"]["code"] == "BAD_INPUT"


def test_introspection_where_it_is_off(store):
    closed = Engine(store, introspection=False)
    assert "introspection" in refused(closed, "{ __schema { types { name } } }")["message"].lower()
    assert closed.answer(Request("{ __typename }")).body == b'{"data":{"__typename":"Query"}}'


def test_introspection_of_itself_over_and_over(engine):
    below = "fields { type { " * 6 + "name" + " } }" * 6
    refused(engine, f"{{ __schema {{ types {{ {below} }} }} }}")


@pytest.mark.parametrize(
    "question",
    [
        'similarRoles(role: "策划", k: 1000) { ... on SimilarRoles { roles { role { ...Much } } } }',
        'neighbours(node: "策划", k: 1000) { ... on Neighbourhood { nodes { node { ...Much } } } }',
        'find(text: "策划", k: 1000) { node { ...Much } }',
        f"compare(roles: {json.dumps(['策划'] * 50)}) {{ ... on Comparison {{ pairs {{ a {{ ...Much }} }} }} }}",
    ],
)
def test_a_question_that_gives_many_multiplies_what_is_below_it(engine, question):
    much = "fragment Much on Role { skills(first: 1000) { edges { node { id } } } }"
    answer = engine.answer(Request(f"{{ {question} }} {much}"))
    assert (answer.outcome, answer.errors) == ("refused", ("LIMIT_EXCEEDED",))
    assert json.loads(answer.body)["errors"][0]["extensions"]["asked"]["cost"] > 1_000_000


def test_costs_are_counted_by_objects(engine):
    """1 for each object: a connection and its page, its entries and their nodes; the words of a skill at most 3."""
    ask = lambda query: engine.answer(Request(query)).cost  # noqa: E731
    assert ask('{ node(id: "role:1") { id } }') == 1
    assert ask("{ roles(first: 7) { totalCount } }") == 1
    assert ask("{ roles(first: 7) { edges { cursor } pageInfo { endCursor } } }") == 1 + 7 + 1
    assert ask("{ roles(last: 7) { edges { node { name } } } }") == 1 + 7 * 2
    assert ask("{ roles(first: 7) { edges { node { duties(first: 2) { edges { node { text } } } } } } }") == (
        1 + 7 * (2 + 1 + 2 * 2)
    )
    assert ask('{ nodes(ids: ["a", "b", "c"]) { id } }') == 3
    assert ask("{ roles(first: 7, orderBy: MOST) { totalCount } }") == 5_000 + 1
    assert ask("{ stats { __typename } }") == 5_000 + 1
    assert ask("{ __schema { types { name } } }") == 5_000
    evidence = "... on SharedSkills { shared { a { evidence { line } } } }"
    shared = f'{{ sharedSkills(a: "策划", b: "数据", evidence: %d) {{ {evidence} }} }}'
    assert [ask(shared % n) for n in (0, 3)] == [1 + 10 * 2, 1 + 10 * (2 + 3)]
    both = "query ($n: Int!) { roles(first: $n) { edges { node { name } } } }"
    assert [engine.answer(Request(both, None, {"n": n})).cost for n in (1, 5)] == [3, 11]


def test_what_takes_too_long_is_ended(store):
    hurried = Engine(store, Limits(seconds=0))
    answer = hurried.answer(Request("{ roles(first: 3) { edges { node { name } } } }"))
    assert (answer.outcome, answer.errors) == ("timeout", ("TIME_IS_UP",))
    assert "0 seconds" in json.loads(answer.body)["errors"][0]["message"]


def test_only_trusted_documents_where_they_are_listed(store, tmp_path):
    query = "{ roles(first: 1) { totalCount } }"
    digest = hashlib.sha256(query.encode()).hexdigest()
    listed = tmp_path / "trusted.json"
    listed.write_text(json.dumps({f"sha256:{digest}": query}), "utf-8")
    engine = Engine(store, trusted=trusted_documents(listed))
    assert engine.answer(Request(None, document=digest)).outcome == "answered"
    assert engine.answer(Request(query)).outcome == "answered"
    assert refused(engine, "{ roles(first: 2) { totalCount } }")["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert refused(engine, None, document="0" * 64)["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    listed.write_text(json.dumps({digest: query + " "}), "utf-8")
    with pytest.raises(BadInput, match="SHA-256"):
        trusted_documents(listed)


def test_an_answer_is_kept_until_the_graph_changes():
    store = open_store("sqlite://")
    store.set_taxonomy(small.scheme())
    store.add_many(small.readings()[:1])
    engine = Engine(store)
    request = Request("query ($n: Int!) { roles(first: $n) { totalCount } }", None, {"n": 1})
    first, again = engine.answer(request), engine.answer(request)
    assert (first.cached, again.cached, first.body) == (False, True, again.body)
    assert again.reads == 0
    assert engine.answer(request, unless=frozenset((first.tag,))).outcome == "unchanged"
    assert engine.answer(request._replace(variables={"n": 2})).tag != first.tag
    store.add_many(small.readings()[1:])
    after = engine.answer(request, unless=frozenset((first.tag,)))
    assert (after.outcome, after.cached) == ("answered", False)
    assert after.body != first.body
