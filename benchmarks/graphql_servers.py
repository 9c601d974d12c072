"""The servers that benchmarks.graphql compares, each a process on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psutil

START_SECONDS = 60
THEIRS = Path(__file__).parent / "neo4j_graphql"


class Running(NamedTuple):
    """A server that answers."""

    url: str
    processes: tuple[psutil.Process, ...]
    """The server, and the database that it asks."""

    def memory(self) -> tuple[int, int]:
        """The bytes that they hold alone, and RSS: also pages of the SQLite file, once a connection."""
        held = [process.memory_full_info() for process in self.processes]
        return sum(one.uss for one in held), sum(one.rss for one in held)

    def cpu(self) -> float:
        """The seconds of processor that they have used."""
        used = [process.cpu_times() for process in self.processes]
        return sum(one.user + one.system for one in used)


@contextmanager
def ours(store: str) -> Iterator[Running]:
    """`rolegraph serve` with one worker. It writes no log, as theirs does not."""
    command = [str(Path(sys.executable).with_name("rolegraph")), "serve", "--store", store, "--port", "0"]
    with _running(command, {"ROLEGRAPH_LOG": "off"}) as running:
        yield running


@contextmanager
def floor(store: str) -> Iterator[Running]:
    """benchmarks.floor; the routes stand beside the url."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.floor:app", "--no-access-log"]
    with _running([*command, "--port", str(port)], {"ROLEGRAPH_STORE": store}) as running:
        yield running


@contextmanager
def theirs(url: str, user: str, password: str) -> Iterator[Running]:
    """@neo4j/graphql on a Neo4j. Installed by npm before its first use."""
    if not (THEIRS / "node_modules").exists():
        print(f"Installing @neo4j/graphql in {THEIRS}: npm ci (once) ...", flush=True)
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--loglevel=error"], cwd=THEIRS, check=True)
    database = {"NEO4J_URL": url, "NEO4J_USER": user, "NEO4J_PASSWORD": password, "NODE_ENV": "production"}
    with _running(["node", str(THEIRS / "server.mjs")], database) as running:
        yield running._replace(processes=(*running.processes, *_listening(urlsplit(url).port)))


def missing() -> list[str]:
    """The programs that theirs needs and this machine lacks."""
    return [program for program in ("node", "npm") if not shutil.which(program)]


@contextmanager
def _running(command: list[str], more: Mapping[str, str]) -> Iterator[Running]:
    """The process, from when it has said where it listens. Raises RuntimeError with its words if it does not."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "output")
        with told.open("w") as output:
            process = subprocess.Popen(command, env={**os.environ, **more}, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Running(_url(process, told), (psutil.Process(process.pid),))
        finally:
            process.terminate()
            process.wait()


def _listening(port: int | None) -> Iterator[psutil.Process]:
    """The process of this machine that listens on a port."""
    for one in psutil.net_connections("tcp"):
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port and one.pid:
            yield psutil.Process(one.pid)


def _url(process: subprocess.Popen[bytes], told: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://[\d.]+:\d+[\w/]*(?=\s)", told.read_text()):
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(f"{process.args} did not start: {told.read_text()[-2000:]}")
