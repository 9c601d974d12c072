"""Requests that schemathesis draws from the schema, answered by a real server: each as the specifications say."""

from __future__ import annotations

import os
import random
from collections import Counter
from contextlib import closing
from typing import Any

import httpx
import pytest
import schemathesis
import small
from conforming import wrong
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_client_schema,
    get_introspection_query,
    parse,
    visit,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from served import serving

from api import keys
from graphmodel.identity import department_id, document_id, role_id
from graphmodel.store import open_store
from ontology.terms import BASE

WRITER = keys.new("writer", "write")

GENERATED = int(os.environ.get("ROLEGRAPH_GENERATED", "1000"))
"""How many requests are drawn: the same ones each time, and more of them in `make soak`."""

pytestmark = pytest.mark.timeout(max(300, GENERATED // 4))
LEAST_EXECUTED = 0.9
"""Of the valid ones; the others ask for more than a limit."""

LEAKS = ("Traceback", 'File "', ".py", "site-packages", "sqlite", "SELECT ", "Exception", "object at 0x")

ROLES = ["策划", "数据", "店员", "活动策划", "市场部", role_id("策划"), f"{BASE}role/{role_id('数据')[5:]}"]
SKILLS = ["市场分析", "Excel", "分析能力", "沟通能力", small.skill("SQL"), "skill:former"]
DEPARTMENTS = ["市场部", "财务部", department_id("技术部")]
IDS = [role_id("策划"), small.skill("SQL"), department_id("市场部"), document_id("b/数据.txt"), "skill:former"]
NAMES = {
    **dict.fromkeys(("a", "b", "role", "start", "target", "roles"), ROLES),
    **dict.fromkeys(("skill", "skills", "root"), SKILLS),
    **dict.fromkeys(("department", "departments"), DEPARTMENTS),
    **dict.fromkeys(("node", "nodes", "id", "ids", "decided"), IDS),
    "documents": ["a/*", "b/数据.txt"],
    "education": ["大专", "本科"],
    "text": ["分析", "shichang", "excl"],
}
"""What texts may be by the argument or field that they stand in: what means something to the server."""


class Answerable(Visitor):
    """Makes a drawn query one that is mostly executed: lists are asked for by one small size, numbers are small, and
    texts are names that the graph knows, most of the time. Every selection asks for its type.
    """

    def __init__(self, types: TypeInfo, chance: random.Random) -> None:
        super().__init__()
        self._types = types
        self._chance = chance
        self._place: list[str] = []

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode:
        self._place.append(node.name.value)
        definition = self._types.get_field_def()
        if definition is None or not {"first", "last"} <= definition.args.keys():
            return node
        left_out = {"first", "last"} if self._often() else set()
        left_out |= {"after", "before"} if self._often() else set()
        kept = tuple(one for one in node.arguments if one.name.value not in left_out)
        if "first" in left_out:
            size = IntValueNode(value=str(self._chance.randint(0, 3)))
            kept += (ArgumentNode(name=NameNode(value=self._chance.choice(("first", "last"))), value=size),)
        return FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=kept,
            directives=node.directives,
            selection_set=node.selection_set,
        )

    def leave_field(self, *_: Any) -> None:
        self._place.pop()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self._place.append(node.name.value)

    def leave_argument(self, *_: Any) -> None:
        self._place.pop()

    def enter_object_field(self, node: Any, *_: Any) -> None:
        self._place.append(node.name.value)

    def leave_object_field(self, *_: Any) -> None:
        self._place.pop()

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        names = next((NAMES[place] for place in reversed(self._place) if place in NAMES), ROLES)
        return StringValueNode(value=self._chance.choice(names)) if self._often() else node

    def enter_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return IntValueNode(value=str(self._chance.randint(1, 3))) if self._often() else node

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> FloatValueNode:
        return FloatValueNode(value=str(self._chance.choice((0.0, 0.5, 1.0)))) if self._often() else node

    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode:
        return SelectionSetNode(selections=(*node.selections, FieldNode(name=NameNode(value="__typename"))))

    def _often(self) -> bool:
        return self._chance.random() < 0.9


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('graph') / 'graph.db'}"
    with closing(open_store(url)) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())
    with serving(url, ROLEGRAPH_API_KEYS=WRITER.entry) as address:
        yield address


@pytest.fixture(scope="module")
def described(server):
    """The schema as the server tells it."""
    return httpx.post(server, json={"query": get_introspection_query()}).json()["data"]


def drawn(described: dict[str, Any], types: GraphQLSchema, mode: GenerationMode) -> st.SearchStrategy[str]:
    """Queries to each of the root fields."""
    schema = schemathesis.graphql.from_dict(described)

    @schema.hook
    def flatmap_body(context: Any, body: DocumentNode) -> st.SearchStrategy[DocumentNode]:
        if mode is GenerationMode.NEGATIVE:
            return st.just(body)
        return st.integers(0, 2**32).map(lambda seed: answerable(body, seed))

    def answerable(document: DocumentNode, seed: int) -> DocumentNode:
        info = TypeInfo(types)
        return visit(document, TypeInfoVisitor(info, Answerable(info, random.Random(seed))))

    operations = [found.ok() for found in schema.get_all_operations()]
    assert {one.label for one in operations} >= {"Query.sharedSkills", "Query.roles", "Mutation.loadDocuments"}
    return (
        st.sampled_from(operations).flatmap(lambda one: one.as_strategy(generation_mode=mode)).map(lambda one: one.body)
    )


@pytest.mark.parametrize(
    ("mode", "part", "least"),
    [(GenerationMode.POSITIVE, 0.8, LEAST_EXECUTED), (GenerationMode.NEGATIVE, 0.2, 0)],
    ids=["valid", "invalid"],
)
def test_what_schemathesis_asks_is_answered_as_the_schema_says(server, described, tmp_path_factory, mode, part, least):
    types = build_client_schema(described)
    told: Counter[str] = Counter()
    asked = int(GENERATED * part)
    leaks = (*LEAKS, str(tmp_path_factory.getbasetemp()))
    headers = {"accept": "application/graphql-response+json", "authorization": f"Bearer {WRITER.secret}"}
    with httpx.Client(headers=headers, timeout=30) as client:

        @settings(
            max_examples=asked, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(query=drawn(described, types, mode))
        def ask(query: str) -> None:
            response = client.post(server, json={"query": query})
            assert response.status_code < 500, response.text
            assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
            assert not [leak for leak in leaks if leak in response.text]
            answer = response.json()
            codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
            assert "INTERNAL" not in codes
            assert ("data" in answer) == (response.status_code == 200)
            if "data" in answer:
                assert wrong(types, parse(query), answer["data"]) == []
            else:
                assert codes
            told["executed" if "data" in answer else codes[0]] += 1

        ask()
    assert told["executed"] >= asked * least, told
