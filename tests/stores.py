"""The stores that the contract is tested on, and what each must hold, worked out without any store."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import neo4j_server
import pytest

from graphmodel.graph import Reading, applied_edges, counted_postings, derive, needs_edges, union
from graphmodel.nodes import NODE_TYPES, Document, Posting
from graphmodel.relations import DERIVED, RELATIONS
from graphmodel.store import GraphStore, View, open_store


class Place(NamedTuple):
    """Where a test keeps a graph. `open` may be called again: each call gives a store over the same graph.

    `statements` gives a list that fills with the statements that a store sends: the rows of one insert are one.
    `view_repeats`: the engine has no view of one state; it repeats a read whose revision moved.
    """

    name: str
    url: str
    open: Callable[[], GraphStore]
    statements: Callable[[GraphStore], AbstractContextManager[list[str]]]
    view_repeats: bool = False


@contextmanager
def sqlite_place(tmp_path: Path) -> Iterator[Place]:
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    yield Place("sqlite", url, lambda: open_store(url), _sqlite_statements)


@contextmanager
def _sqlite_statements(store: GraphStore) -> Iterator[list[str]]:
    raw: list[str] = []
    seen: list[str] = []
    connections: list[sqlite3.Connection] = store._file._idle
    assert len(connections) == 1, "one connection does all the work of one thread"
    connections[0].set_trace_callback(raw.append)
    yield seen
    connections[0].set_trace_callback(None)
    heads = (statement.strip()[:24] if statement.startswith("INSERT") else statement for statement in raw)
    for head, group in itertools.groupby(heads):
        seen.extend([head] if head.startswith("INSERT") else group)


@contextmanager
def neo4j_place(tmp_path: Path) -> Iterator[Place]:
    with neo4j_server.fresh() as server:
        yield Place("neo4j", server.url, lambda: open_store(server.url), neo4j_server.statements, view_repeats=True)


PLACES: dict[str, Callable[[Path], AbstractContextManager[Place]]] = {"sqlite": sqlite_place, "neo4j": neo4j_place}
"""One entry a kind of store: from a fresh folder to a place with an empty graph."""


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with PLACES[request.param](tmp_path) as made:
        yield made


@pytest.fixture
def store(place: Place) -> Iterator[GraphStore]:
    with closing(place.open()) as opened:
        yield opened


def contents(view: View) -> dict[str, list]:
    """All nodes and edges of a store, by kind and relation."""
    kinds = {kind: view.nodes(kind) for kind in NODE_TYPES}
    return kinds | {relation: list(view.edges(relation)) for relation in RELATIONS}


def expected(readings: Iterable[Reading]) -> dict[str, list]:
    """What `contents` gives for these documents: their union, what repeats what, and what is counted from it."""
    readings = list(readings)
    graph = union(reading.graph for reading in readings)
    origins = {reading.document.id: reading.document.origin for reading in readings}
    postings = [node for node in graph.nodes.values() if isinstance(node, Posting)]
    counted = counted_postings(postings, origins)
    derived = derive(graph.mentions.values(), counted)
    first = {posting.fingerprint: posting.id for posting in postings if posting.id in counted}
    for posting in postings:
        if posting.id not in counted:
            graph.nodes[posting.id] = posting._replace(repeats=first[posting.fingerprint])
    by_content: dict[str, Document] = {}
    for document in sorted((reading.document for reading in readings), key=lambda document: document.origin):
        original = by_content.setdefault(document.content, document)
        if original is not document:
            graph.nodes[document.id] = document._replace(repeats=original.id)
    found: dict[str, list] = {kind: [] for kind in (*NODE_TYPES, *RELATIONS)}
    for node in sorted(graph.nodes.values(), key=lambda node: node.id):
        found[node.id.partition(":")[0]].append(node)
    for mention in sorted(graph.mentions.values(), key=lambda mention: (mention.source, mention.target, mention.id)):
        found[mention.relation].append(mention)
    assert DERIVED == ("NEEDS", "APPLIED_IN")
    return found | {"NEEDS": needs_edges(derived), "APPLIED_IN": applied_edges(derived)}
