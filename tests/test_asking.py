"""A question whose store changed meanwhile is asked again, by the command and over GraphQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from graphs import Item, Post, reading, scheme

from api.app import create_app
from api.asking import TRIES, ask
from graphmodel.errors import StoreBusy
from graphmodel.store import GraphStore, View, open_store


class Moving:
    """A store that a writer changes under the first views, as Neo4j tells it; the rest is another store's."""

    def __init__(self, store: GraphStore, moves: int) -> None:
        self._store = store
        self._moves = moves

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def reading(self) -> Iterator[View]:
        self._moves -= 1
        with self._store.reading() as view:
            yield _Moved(view) if self._moves >= 0 else view


class _Moved:
    def __init__(self, view: View) -> None:
        self._view = view

    def __getattr__(self, name: str) -> Any:
        if name == "count":
            raise StoreBusy("The store changed while it was read.", "Ask again.")
        return getattr(self._view, name)


@pytest.fixture
def store() -> Iterator[GraphStore]:
    with closing(open_store("sqlite://")) as opened:
        opened.set_taxonomy(scheme(["分析"], "1"))
        opened.add_many([reading("a.txt", [Post("店长", [Item("做分析", ["分析"])])], taxonomy="1")])
        yield opened


@pytest.mark.parametrize("moves", range(TRIES))
def test_the_answer_is_that_of_the_view_that_stayed(store: GraphStore, moves: int) -> None:
    assert ask(Moving(store, moves), lambda view: view.count("role")) == 1


def test_a_store_that_never_rests_is_busy(store: GraphStore) -> None:
    with pytest.raises(StoreBusy):
        ask(Moving(store, TRIES), lambda view: view.count("role"))


def test_over_graphql(store: GraphStore) -> None:
    query = {"query": "{ roles(first: 9) { totalCount edges { node { name } } } }"}
    with TestClient(create_app(Moving(store, 1))) as client:
        answer = client.post("/graphql", json=query)
        assert (answer.status_code, answer.json()["data"]["roles"]["totalCount"]) == (200, 1)
    with TestClient(create_app(Moving(store, 99))) as client:
        answer = client.post("/graphql", json=query)
        assert (answer.status_code, "data" in answer.json()) == (503, False)
        assert answer.json()["errors"][0]["extensions"] == {
            "code": "STORE_BUSY",
            "remedy": "Ask again in a few seconds.",
        }
