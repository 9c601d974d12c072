"""Fifty clients at once on a real server: no error, no growth, and never half of what another process loads.

`ROLEGRAPH_LOAD_SECONDS` is how long: 20 by default, 60 in CI, ten minutes in `make soak`.
`-k load_of` runs these alone.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import load_queries
import psutil
import pytest
from command import rolegraph
from load_queries import Query, mixed
from served import SAMPLES, Address, samples_in, serving

from benchmarks import wire
from graphmodel.identity import role_id
from graphmodel.store import open_store
from loaders import pipeline
from ontology import taxonomy

SECONDS = int(os.environ.get("ROLEGRAPH_LOAD_SECONDS", "20"))
CLIENTS = 50
GROWTH = 1.1

NAMES = [f"{city}城调度员" for city in "甲乙丙丁戊己庚辛壬癸"]
VERSIONS = {"负责市场分析": "市场分析", "负责用户分析": "用户分析"}
"""What a posting says at one time and another, and the skill that it then asks for."""

BOTH = """query Both($ids: [ID!]!) { nodes(ids: $ids) { ... on Role { name
    duties(first: 5) { edges { node { text } } } skills(first: 5) { edges { node { name } } } } } }"""

pytestmark = pytest.mark.timeout(300 + 3 * SECONDS)


def test_a_load_of_mixed_queries_meets_no_error_and_memory_is_flat(tmp_path: Path) -> None:
    url = samples_in(tmp_path)
    with served(url, tmp_path) as address:
        held = Memory(address.pid, SECONDS)
        answers = asked(address, mixed(roles_of(address)), held.over, lambda *_: held.sample())
    print(f"{sum(answers.values()) / SECONDS:.0f} answers a second, {held.mean(9) / 1e6:.0f} MB")
    assert set(answers) == {"Shared", "Nested", "Planned", "Browsed"}
    assert held.mean(9) < held.mean(1) * GROWTH


@pytest.mark.parametrize("workers", [1, 2])
def test_a_load_of_queries_sees_what_another_process_loads_whole_or_not_at_all(tmp_path: Path, workers: int) -> None:
    url, docs = f"sqlite:///{tmp_path / 'graph.db'}", tmp_path / "docs"
    docs.mkdir()
    write(docs, next(iter(VERSIONS)))
    assert rolegraph("load", SAMPLES, docs, "--store", url, cwd=tmp_path).returncode == 0
    seen: Counter[str] = Counter()
    both = Query(BOTH, {"ids": [role_id(name) for name in NAMES]})

    def check(query: Query, body: bytes) -> None:
        if query is both:
            seen[version(json.loads(body)["data"]["nodes"])] += 1

    with rewriting(url, docs) as loads, served(url, tmp_path, "--workers", str(workers)) as address:
        start = time.monotonic()
        roles = roles_of(address)
        asked(address, often(both, mixed(roles)), lambda: time.monotonic() > start + SECONDS / 8 and loads() > 3, check)
        print(f"{dict(seen)} in {loads()} loads")
    assert set(seen) == set(VERSIONS)


def asked(
    address: Address, queries: Iterator[Query], over: Callable[[], bool], seen: Callable[[Query, bytes], None]
) -> Counter[str]:
    """How many queries of each name were answered; `seen` is called with each. Any error fails."""
    sent: dict[bytes, Query] = {}

    def requests() -> Iterator[bytes]:
        for query in queries:
            if over():
                return
            request = load_queries.of(address, query)
            sent[request] = query
            yield request

    answers: Counter[str] = Counter()
    for request, reply in wire.stream(address, requests(), CLIENTS):
        good = reply.status == 200 and b'"errors":' not in reply.body
        assert good, (reply, sent[request], wrong(address))
        query = sent[request]
        seen(query, reply.body)
        answers[query.text.split("(")[0].removeprefix("query ")] += 1
    return answers


def served(url: str, folder: Path, *arguments: str) -> AbstractContextManager[Address]:
    return serving(url, *arguments, cwd=folder, ROLEGRAPH_CACHE=str(folder), ROLEGRAPH_API_KEYS=load_queries.KEY.entry)


def wrong(address: Address) -> list[str]:
    """What the server has logged that is not of a request."""
    return [line for line in address.log.read_text(encoding="utf-8").splitlines() if " info " not in line][-40:]


def often(one: Query, others: Iterator[Query]) -> Iterator[Query]:
    """Every third query is this one."""
    for other in others:
        yield from (one, other, other)


def roles_of(address: Address) -> list[str]:
    edges = wire.answer(address, "{ roles(first: 100) { edges { node { name } } } }", {})["roles"]["edges"]
    return [edge["node"]["name"] for edge in edges]


def version(nodes: list[dict]) -> str:
    """What all roles say; fails if one says something else than another, or its skill is not of its duty."""
    assert [node["name"] for node in nodes] == NAMES
    said = {
        (duty["node"]["text"], tuple(skill["node"]["name"] for skill in node["skills"]["edges"]))
        for node in nodes
        for duty in node["duties"]["edges"]
    }
    assert len(said) == 1, said
    ((text, skills),) = said
    assert skills == (VERSIONS[text],)
    return text


class Memory:
    """What a process and its children hold for themselves, sampled through a load.

    Not RSS: in it, pages of the SQLite file count once for each connection that has looked at them.
    """

    def __init__(self, pid: int, seconds: float) -> None:
        self._process = psutil.Process(pid)
        self._start, self._seconds, self._next = time.monotonic(), seconds, 0.0
        self._samples: list[tuple[float, int]] = []

    def over(self) -> bool:
        return self._share() > 1

    def sample(self) -> None:
        """Takes a sample where one is due: 100 in all."""
        if (share := self._share()) >= self._next:
            family = [self._process, *self._process.children(recursive=True)]
            self._samples.append((share, sum(one.memory_full_info().uss for one in family)))
            self._next = share + 0.01

    def mean(self, tenth: int) -> float:
        """Bytes, the mean over a tenth of the time: 0 is the first."""
        return statistics.mean(size for share, size in self._samples if tenth <= share * 10 < tenth + 1)

    def _share(self) -> float:
        return (time.monotonic() - self._start) / self._seconds


@contextmanager
def rewriting(url: str, docs: Path) -> Iterator[Callable[[], int]]:
    """Another process that loads the same documents again and again, each time with other words; ten roles at once.

    Gives a function that tells how often it has, and raises AssertionError if it has ended.
    """
    context = multiprocessing.get_context("spawn")
    times = context.Value("i", 0)
    process = context.Process(target=_rewrite, args=(url, docs, times), daemon=True)

    def loads() -> int:
        assert process.is_alive(), "The process that loads has ended."
        return times.value

    process.start()
    try:
        yield loads
    finally:
        process.kill()
        process.join()


def _rewrite(url: str, docs: Path, times: Any) -> None:
    known = taxonomy.load()
    with closing(open_store(url)) as store:
        for text in cycle(reversed(VERSIONS)):
            write(docs, text)
            summary = pipeline.load(store, [str(docs)], known)
            assert not summary.failed, summary
            times.value += 1


def write(docs: Path, text: str) -> None:
    """The documents of all roles, in one version."""
    for name in NAMES:
        Path(docs, f"{name}.txt").write_text(f"{name}\n\n岗位职责：\n1、{text}；\n", encoding="utf-8")
