"""GraphQL beside @neo4j/graphql 7: python -m benchmarks.graphql [FILE], a store that an earlier run was given.

One `rolegraph serve` on SQLite, and a Node server with @neo4j/graphql (benchmarks/neo4j_graphql) on the same graph in a
real Neo4j, started for it (tests/neo4j_server.py); the graph is that of benchmarks.planner. Both answer at once on one
machine, are asked in turn by the same client, and every request differs from all before where it does not say "again".
The floor is graphmodel behind a bare route. GraphQL Yoga carries theirs: Apollo Server was not faster.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import floor, graphql_queries, planner, wire
from benchmarks.graphql_servers import Running, missing, ours, theirs
from benchmarks.graphql_servers import floor as bare
from benchmarks.table import row
from graphmodel.copying import copy
from graphmodel.errors import BadInput
from graphmodel.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import neo4j_server

ROUNDS = 5
WARM = 1_500
"""Requests before the first round: a server on the JVM is slow at first."""

PAIRS = 20
"""Of roles, whose answers are compared."""

Numbered = Callable[[int], bytes]
"""The request of a number: equal numbers, equal requests."""


class Asked(NamedTuple):
    server: Running
    request: Numbered


class Figures(NamedTuple):
    """The median of one request alone, in ms; requests a second with eight under way, the median of the rounds; ms of
    processor a request, those of the database too.
    """

    ms: float
    rate: float
    cpu: float


def main(file: str = "") -> None:
    if lacking := missing():
        print(f"not measured: there is no {' and no '.join(lacking)}")
        return
    server = neo4j_server.start()
    if isinstance(server, str):
        print(f"not measured: {server}")
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ |= {"ROLEGRAPH_STORE_USER": server.user, "ROLEGRAPH_STORE_PASSWORD": server.password}
        url = f"sqlite:///{file or folder + '/planner.db'}"
        graph(url, server)
        mine = stack.enter_context(ours(url))
        other = stack.enter_context(theirs(*server))
        below = stack.enter_context(bare(url))
        places = list(islice(cursors(mine.url), 1_500))
        same(mine.url, other.url, places)
        row("", "ours", "theirs", "ours / theirs", "bar")
        pairs(mine, other, below)
        pages(mine, other, below, places)
        again(mine, other, places)
        memory(mine, other)
        in_process(url)


def graph(url: str, server: neo4j_server.Server) -> None:
    """The graph in both stores; what is there already stays."""
    with closing(open_store(url)) as source, closing(open_store(server.url)) as target:
        if not source.count("role"):
            source.set_taxonomy(planner.scheme())
            source.add_many(planner.documents())
        with source.reading() as view:
            try:
                copy(view, target)
            except BadInput:  # another graph
                server.empty()
                copy(view, target)


def cursors(url: str) -> Iterator[tuple[str, str]]:
    """The cursor and name of each role, by name."""
    after = None
    while edges := wire.answer(url, graphql_queries.CURSORS, {"after": after})["roles"]["edges"]:
        yield from ((edge["cursor"], edge["node"]["name"]) for edge in edges)
        after = edges[-1]["cursor"]


def same(mine: str, other: str, places: Sequence[tuple[str, str]]) -> None:
    """Raises AssertionError if the two do not give the same answers."""
    q = graphql_queries

    def compare(ask: str, them: str, asked: dict[str, str], instead: dict[str, str] | None = None) -> None:
        left, right = wire.answer(mine, ask, asked), wire.answer(other, them, instead or asked)
        assert q.canonical(left) == q.canonical(right), asked

    for number in range(PAIRS):
        asked = pair(number)
        compare(q.SHARED, q.SHARED, asked)
        compare(q.EVIDENCE, q.THEIR_EVIDENCE, asked)
        cursor, name = places[number]
        compare(q.NESTED, q.THEIR_NESTED, {"after": cursor}, {"after": name})
        compare(q.NESTED, q.THEIR_CONNECTIONS, {"after": cursor}, {"after": name})
    answer = wire.answer(mine, q.NESTED, {"after": places[0][0]})
    row(f"same answers: {PAIRS} pairs, {PAIRS} pages", f"{q.names(answer):,} names a page")


def pairs(mine: Running, other: Running, below: Running) -> None:
    q = graphql_queries
    route = f"{below.url}/shared"
    found = measured(
        [
            Asked(mine, lambda n: wire.post(mine.url, q.SHARED, pair(n))),
            Asked(other, lambda n: wire.post(other.url, q.SHARED, pair(n))),
            Asked(below._replace(url=route), lambda n: wire.post(route, "", pair(n))),
        ],
        alone=200,
        together=400,
    )
    told("sharedSkills", found, "at most 0.33", "at least 2.5")
    found = measured(
        [
            Asked(mine, lambda n: wire.post(mine.url, q.EVIDENCE, pair(n))),
            Asked(other, lambda n: wire.post(other.url, q.THEIR_EVIDENCE, pair(n))),
        ],
        alone=200,
        together=400,
    )
    told("sharedSkills with evidence", found)


def pages(mine: Running, other: Running, below: Running, places: Sequence[tuple[str, str]]) -> None:
    q = graphql_queries
    route = f"{below.url}/nested"
    found = measured(
        [
            Asked(mine, lambda n: wire.post(mine.url, q.NESTED, {"after": places[n][0]})),
            Asked(other, lambda n: wire.post(other.url, q.THEIR_NESTED, {"after": places[n][1]})),
            Asked(other, lambda n: wire.post(other.url, q.THEIR_CONNECTIONS, {"after": places[n][1]})),
            Asked(below._replace(url=route), lambda n: wire.post(route, "", {"after": places[n][1]})),
        ],
        alone=20,
        together=40,
        warm=100,
    )
    told("50 roles x duties x skills", [found[0], found[1], found[3]], "ours 65 ms, aim below 1")
    told("  theirs as connections too", [found[0], found[2]])


def again(mine: Running, other: Running, places: Sequence[tuple[str, str]]) -> None:
    """The same request again and again, and once the client has its answer already."""
    q = graphql_queries
    for what, ask, them, ours_at, theirs_at in (
        ("sharedSkills again", q.SHARED, q.SHARED, pair(0), pair(0)),
        ("50 roles again", q.NESTED, q.THEIR_NESTED, {"after": places[0][0]}, {"after": places[0][1]}),
    ):
        found = measured(
            [
                Asked(mine, lambda n, ask=ask, at=ours_at: wire.post(mine.url, ask, at)),  # type: ignore[misc]
                Asked(other, lambda n, ask=them, at=theirs_at: wire.post(other.url, ask, at)),  # type: ignore[misc]
            ],
            alone=100,
            together=100,
            warm=50,
        )
        told(what, found, "ours at most 1 ms")
        line = wire.Line(mine.url)
        tag = line.ask(wire.get(mine.url, ask, ours_at)).headers.get("etag")
        line.close()
        if tag:
            unchanged = wire.get(mine.url, ask, ours_at, {"If-None-Match": tag})
            took = [seconds for _ in range(ROUNDS) for seconds in wire.alone(mine.url, [unchanged] * 100, 304)]
            row("  304, as the client has it", f"{statistics.median(took) * 1000:.2f} ms")
        else:
            row("  304, as the client has it", "no ETag")


def memory(mine: Running, other: Running) -> None:
    ours_at, theirs_at = mine.memory(), other.memory()
    row("memory, theirs with Neo4j", f"{ours_at[0] / 1e6:.0f} MB", f"{theirs_at[0] / 1e6:.0f} MB")
    row("  RSS: with pages of the SQLite file", f"{ours_at[1] / 1e6:.0f} MB", f"{theirs_at[1] / 1e6:.0f} MB")


def in_process(url: str) -> None:
    """What the floor asks, without any server."""
    with closing(open_store(url, read_only=True)) as store:
        asked = [tuple(pair(number).values()) for number in range(200)]
        row("graphmodel: sharedSkills", planner.ms(lambda a, b: floor.shared(store, a, b), asked))
        row("graphmodel: 50 roles", planner.ms(lambda a, _: floor.nested(store, a), asked[:40]))


def measured(servers: Sequence[Asked], alone: int, together: int, warm: int = WARM) -> list[Figures]:
    """The figures of each, asked in turn; so many requests a round, one after another and then eight at a time."""
    numbers = [count() for _ in servers]  # the same requests to each, and none twice

    def some(place: int, size: int) -> list[bytes]:
        return [servers[place].request(number) for number in islice(numbers[place], size)]

    took: list[list[float]] = [[] for _ in servers]
    rates: list[list[float]] = [[] for _ in servers]
    used = [0.0] * len(servers)
    for place, (server, _) in enumerate(servers):
        wire.together(server.url, some(place, warm))
    for _ in range(ROUNDS):
        for place, (server, _) in enumerate(servers):
            before = server.cpu()
            took[place] += wire.alone(server.url, some(place, alone))
            rates[place].append(wire.together(server.url, some(place, together)))
            used[place] += server.cpu() - before
    each = 1000 / (ROUNDS * (alone + together))
    return [
        Figures(statistics.median(seconds) * 1000, statistics.median(rate), cpu * each)
        for seconds, rate, cpu in zip(took, rates, used, strict=True)
    ]


def told(what: str, figures: Iterable[Figures], bar: str = "", rate: str = "") -> None:
    mine, other, *below = figures
    row(what, f"{mine.ms:.2f} ms", f"{other.ms:.2f} ms", f"{mine.ms / other.ms:.2f}", bar)
    row("  eight at a time", f"{mine.rate:.0f}/s", f"{other.rate:.0f}/s", f"{mine.rate / other.rate:.2f}", rate)
    row("  processor, theirs with Neo4j", f"{mine.cpu:.2f} ms", f"{other.cpu:.2f} ms", f"{mine.cpu / other.cpu:.2f}")
    for one in below:
        row("  floor", f"{one.ms:.2f} ms, {one.rate:.0f}/s")


def pair(number: int) -> dict[str, str]:
    """Two roles; no other number gives the same."""
    return {"a": planner.name(number), "b": planner.name(number + 1 + number // planner.ROLES)}


if __name__ == "__main__":
    main(*sys.argv[1:2])
