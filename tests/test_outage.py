"""The server of the store dies under load, hangs, and comes back: clear errors meanwhile, and then answers again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import neo4j_server
import pytest
from served import serving
from small import readings, scheme

from graphmodel.questions.overlap import shared_skills
from graphmodel.store import open_store

QUERY = 'query {{ sharedSkills(a: "策划", b: "数据") {{ __typename }} n{n}: __typename }}'
BACK_SECONDS = 10.0

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX"), pytest.mark.timeout(600)]


class Clients:
    """Some who ask without end, each time something else; what they got, by status and code."""

    def __init__(self, address: str, count: int) -> None:
        self._address = address
        self._ended = threading.Event()
        self.seen: Counter[tuple[int, str]] = Counter()
        self.longest = 0.0
        self._threads = [threading.Thread(target=self._ask, args=[n]) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def until_right(self) -> None:
        """Waits for a right answer to what was asked from now on."""
        self.seen.clear()
        end = time.monotonic() + 60
        while not self.seen[200, ""] and time.monotonic() < end:
            time.sleep(0.05)
        assert self.seen[200, ""], self.seen

    def _ask(self, n: int) -> None:
        while not self._ended.is_set():
            n += 100
            start = time.monotonic()
            status, answer = asked(self._address, QUERY.format(n=n))
            self.longest = max(self.longest, time.monotonic() - start)
            errors = answer.get("errors") or [{"extensions": {"code": ""}}]
            self.seen[status, errors[0]["extensions"]["code"]] += 1
            time.sleep(0.02)


def asked(url: str, query: str | None = None) -> tuple[int, dict[str, Any]]:
    """Status and body; a query is posted."""
    body = query and json.dumps({"query": query}).encode()
    request = urllib.request.Request(url, body or None, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.fixture
def database() -> Iterator[tuple[neo4j_server.Own, Path]]:
    """A server of its own with the small graph, and its folder."""
    home = Path(tempfile.mkdtemp(prefix="rolegraph-outage-"))
    own = neo4j_server.start_in(home)
    if isinstance(own, str):
        if os.environ.get("ROLEGRAPH_REQUIRE_NEO4J") == "1":
            pytest.fail(own)
        pytest.skip(own)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ROLEGRAPH_STORE_USER", own.server.user)
        environment.setenv("ROLEGRAPH_STORE_PASSWORD", own.server.password)
        with closing(open_store(own.server.url)) as store:
            store.set_taxonomy(scheme())
            store.add_many(readings())
        yield own, home
    own.kill()
    shutil.rmtree(home, ignore_errors=True)


def test_neo4j_may_die_hang_and_come_back_under_load(database):
    own, home = database
    secrets = {"ROLEGRAPH_STORE_USER": own.server.user, "ROLEGRAPH_STORE_PASSWORD": own.server.password}
    with serving(own.server.url, "--workers", "2", **secrets) as address:
        ready = address.replace("/graphql", "/readyz")
        assert asked(ready)[0] == 200
        assert asked(address, QUERY.format(n=0))[0] == 200
        clients = Clients(address, 4)
        try:
            clients.until_right()

            os.kill(own.process.pid, signal.SIGSTOP)
            time.sleep(1)
            start = time.monotonic()
            status, told = asked(ready)
            assert time.monotonic() - start < 2
            assert status == 503
            assert told["remedy"]
            os.kill(own.process.pid, signal.SIGCONT)
            assert _ready(ready, 200) < BACK_SECONDS

            clients.seen.clear()
            own.kill()
            assert _ready(ready, 503) < 3
            time.sleep(4)
            clients.seen.clear()
            clients.longest = 0
            time.sleep(2)
            assert set(clients.seen) == {(503, "STORE_UNREACHABLE")}
            assert clients.seen[503, "STORE_UNREACHABLE"] > 20, "they are told at once"
            assert clients.longest < 8  # one at a time tries whether it is back

            port = int(own.server.url.rpartition(":")[2])
            again = neo4j_server.start_in(home, port)
            assert isinstance(again, neo4j_server.Own), again
            with closing(open_store(own.server.url, read_only=True)) as store:
                shared_skills(store, "策划", "数据")  # by another road: it is back
            back = time.monotonic()
            try:
                assert _ready(ready, 200) < BACK_SECONDS
                clients.until_right()
                assert time.monotonic() - back < BACK_SECONDS
                clients.seen.clear()
                time.sleep(1)
                assert set(clients.seen) == {(200, "")}
            finally:
                clients.end()
                again.kill()
        finally:
            clients.end()
        assert address.process.poll() is None
        assert "Traceback" not in address.log.read_text(encoding="utf-8")


def _ready(url: str, status: int) -> float:
    """How long it takes until the probe has this status."""
    start = time.monotonic()
    while time.monotonic() - start < 30:
        if asked(url)[0] == status:
            return time.monotonic() - start
        time.sleep(0.2)
    raise AssertionError(asked(url))
