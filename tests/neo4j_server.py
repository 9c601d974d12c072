"""A real Neo4j server for the tests: started once a run, when the first test asks for it, and stopped at its end.

`ROLEGRAPH_TEST_NEO4J` (a bolt or neo4j URL, with `_USER` and `_PASSWORD` beside it) names a server to use instead.
Its database must be empty, since the tests delete what they find in it. Where neither that nor Java 17 and Maven
is there, tests are skipped with the reason; with `ROLEGRAPH_REQUIRE_NEO4J=1` they fail. The server has the plugin
neosemantics, which does nothing unless it is called.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import maven
import neo4j
import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable

PASSWORD = "only-for-tests"
START_SECONDS = 120
TRANSACTION_MEMORY = "256m"
"""Enough for the built-in taxonomy in one transaction, and so small that a test can meet it."""

OPENED = ("java.base/java.nio", "java.base/java.lang", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
db.memory.transaction.max={memory}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
"""
NEOSEMANTICS = {"dbms.security.procedures.unrestricted": "n10s.*"}
"""The settings that the plugin needs to import and to export by Cypher."""


class Server(NamedTuple):
    url: str
    user: str
    password: str

    def driver(self) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(self.url, auth=(self.user, self.password))

    def run(self, query: str, **parameters: object) -> list[dict[str, object]]:
        """The rows of a query, by another road than the store's."""
        with self.driver() as driver, driver.session() as session:
            return session.run(query, parameters).data()

    def empty(self) -> None:
        self.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS")
        self.run("MATCH (n) WHERE NOT n:RolegraphTests CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS")


def server() -> Server:
    """The server, running; skips or fails the test where there is none."""
    found = start()
    if isinstance(found, Server):
        return found
    if os.environ.get("ROLEGRAPH_REQUIRE_NEO4J") == "1":
        pytest.fail(f"ROLEGRAPH_REQUIRE_NEO4J=1, and {found}")
    pytest.skip(found)


@contextmanager
def fresh() -> Iterator[Server]:
    """The server with an empty database, and its user and password in the environment for `open_store`."""
    found = server()
    found.empty()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ROLEGRAPH_STORE_USER", found.user)
        environment.setenv("ROLEGRAPH_STORE_PASSWORD", found.password)
        yield found


@contextmanager
def statements(store: object) -> Iterator[list[str]]:
    """A list that fills with the statements that this process sends."""
    sent: list[str] = []

    def noting(run: Callable[..., neo4j.Result]) -> Callable[..., neo4j.Result]:
        def noted(self: object, query: str, *args: Any, **kwargs: Any) -> neo4j.Result:
            sent.append(query)
            return run(self, query, *args, **kwargs)

        return noted

    with pytest.MonkeyPatch.context() as patch:
        for runner in (neo4j.Transaction, neo4j.Session):
            patch.setattr(runner, "run", noting(runner.run))
        yield sent


@functools.cache
def start() -> Server | str:
    """A server, or why there is none."""
    if url := os.environ.get("ROLEGRAPH_TEST_NEO4J"):
        user = os.environ.get("ROLEGRAPH_TEST_NEO4J_USER", "neo4j")
        named = Server(url, user, os.environ.get("ROLEGRAPH_TEST_NEO4J_PASSWORD", ""))
        _claim(named)
        return named
    home = Path(tempfile.mkdtemp(prefix="rolegraph-neo4j-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    own = start_in(home, settings=NEOSEMANTICS, plugins=("neosemantics",))
    if isinstance(own, str):
        return own
    atexit.register(_stop, own.process)
    return own.server


class Own(NamedTuple):
    """A server that may be killed, and started again in its folder and on its port."""

    server: Server
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        _stop(self.process)


def start_in(
    home: Path, port: int | None = None, *, settings: Mapping[str, str] | None = None, plugins: tuple[str, ...] = ()
) -> Own | str:
    """A server in a folder, new or with what it holds since it was started there before; or why there is none.

    `settings` are put in the place of, or beside, SETTINGS; a plugin is the name of a folder of tests/ with a pom.xml.
    """
    try:
        classpath = maven.classpath("neo4j")
        jars = [Path(jar) for plugin in plugins for jar in maven.classpath(plugin).split(os.pathsep)]
    except maven.NotThere as missing:
        return str(missing)
    new = port is None
    if port is None:
        port = free_port()
    for folder in ("conf", "plugins"):
        (home / folder).mkdir(exist_ok=True)
    for jar in jars:
        shutil.copy(jar, home / "plugins")
    given = dict(line.split("=", 1) for line in SETTINGS.format(port=port, memory=TRANSACTION_MEMORY).splitlines())
    lines = [f"{name}={value}\n" for name, value in {**given, **(settings or {})}.items()]
    (home / "conf" / "neo4j.conf").write_text("".join(lines))
    command = ["java", "-Xms512m", "-Xmx1g", *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED)]
    command += ["-cp", os.pathsep.join([classpath, *map(str, jars)]), "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    if shutil.which("setpriv"):  # a killed test run must not leave a server behind
        command = ["setpriv", "--pdeathsig", "TERM", *command]
    with (home / "output.log").open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    started = Server(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
    if not _answers(started, process, new):
        _stop(process)
        return f"Neo4j did not start: {(home / 'output.log').read_text()[-4000:]}"
    return Own(started, process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(started: Server, process: subprocess.Popen[bytes], new: bool) -> bool:
    """Waits until the server answers, and gives a new one its password."""
    change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if new:
                with (
                    neo4j.GraphDatabase.driver(started.url, auth=("neo4j", "neo4j")) as driver,
                    driver.session(database="system") as session,
                ):
                    session.run(change, password=started.password).consume()
                new = False
            started.run("RETURN 1")
            return True
        except (ServiceUnavailable, Neo4jError):
            time.sleep(0.3)
    return False


def _claim(named: Server) -> None:
    """Marks an empty database as one for tests; refuses one with anything else in it."""
    marked = named.run("MATCH (n:RolegraphTests) RETURN count(n) AS n")[0]["n"]
    if not marked and named.run("MATCH (n) RETURN count(n) AS n")[0]["n"]:
        raise RuntimeError(f"{named.url} holds data, and the tests would delete it: name an empty database")
    named.run("MERGE (:RolegraphTests {note: 'tests delete everything in this database'})")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()  # what it holds is for this run only
    process.wait()
