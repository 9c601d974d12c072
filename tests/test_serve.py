"""`rolegraph serve` as processes: how it starts, answers with several, and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from command import rolegraph
from served import Address, serving
from small import stored

QUERY = b'{"query": "{ __typename }"}'

SLOW = """
import sys, time
from api import cli, server
from api.graphql.engine import Engine

def slow(self, *arguments, answer=Engine.answer, **named):
    print("answering", file=sys.stderr, flush=True)
    time.sleep({seconds})
    return answer(self, *arguments, **named)

Engine.answer = slow
server.LEAVING_SECONDS = 0.5
cli.main()
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store with the small graph."""
    with stored("sqlite", tmp_path_factory.mktemp("graph")) as store:
        return store.url


def answered(address: str, timeout: float = 60) -> Any:
    request = urllib.request.Request(address, QUERY, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=timeout) as response:
        return json.load(response)


def metric(address: str, name: str) -> float:
    with urllib.request.urlopen(f"{address.removesuffix('/graphql')}/metrics", timeout=10) as response:
        text = response.read().decode()
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))


def until(true: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError("it does not come")


@posix
def test_a_server_told_to_stop_answers_what_it_was_asked(graph):
    with _slowly(graph, 1.5) as (process, address), ThreadPoolExecutor() as pool:
        running = pool.submit(answered, address)
        assert process.stderr.readline() == "answering\n"
        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        until(lambda: _refuses(address), 1.4)
        assert running.result() == {"data": {"__typename": "Query"}}
        assert process.wait(timeout=5) == 0
        assert time.monotonic() - told < 5


@posix
def test_a_server_told_to_stop_waits_no_longer_than_it_may(graph):
    with _slowly(graph, 600, ROLEGRAPH_SHUTDOWN_SECONDS="1") as (process, address), ThreadPoolExecutor() as pool:
        running = pool.submit(answered, address)
        assert process.stderr.readline() == "answering\n"
        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        process.wait(timeout=10)
        assert 0.9 < time.monotonic() - told < 6
        with pytest.raises(OSError, match=r"500|closed|reset"):
            running.result()


@posix
def test_ctrl_c_ends_it_without_a_traceback(graph):
    with serving(graph) as address:
        address.process.send_signal(signal.SIGINT)
        assert address.process.wait(timeout=10) == 0
        assert "Traceback" not in address.log.read_text()


def test_a_port_in_use_is_told(graph, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = rolegraph("serve", "--store", graph, "--port", str(port), cwd=tmp_path)
    assert done.returncode == 1
    assert f"port {port}: " in done.stderr
    assert "--port" in done.stderr


def test_a_store_that_is_not_there_is_told_before_anything_listens(tmp_path):
    done = rolegraph("serve", "--store", "sqlite:///gone.db", "--port", "0", "--workers", "2", cwd=tmp_path)
    assert done.returncode == 3
    assert "there is no such file" in done.stderr
    assert "GraphQL:" not in done.stderr


def test_a_setting_that_is_none_is_told(graph, tmp_path):
    for name, value, told in (
        ("ROLEGRAPH_LOG", "loud", "ROLEGRAPH_LOG"),
        ("ROLEGRAPH_LIMITS", '{"depth": 0}', "ROLEGRAPH_LIMITS: depth is 0"),
        ("ROLEGRAPH_CORS_ORIGINS", "https://app.example.org", "ROLEGRAPH_CORS_ORIGINS is not JSON"),
    ):
        done = rolegraph("serve", "--store", graph, "--port", "0", cwd=tmp_path, **{name: value})
        assert done.returncode == 1
        assert told in done.stderr
        assert "Traceback" not in done.stderr


@posix
def test_several_processes_answer_on_one_file_are_replaced_and_any_tells_of_all(graph, tmp_path):
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "__init__.py").write_text("raise SystemExit('the wrong api')")
    with serving(graph, "--workers", "2", cwd=tmp_path, ROLEGRAPH_LOG="json") as address:
        asked = 0

        def processes() -> set[int]:
            nonlocal asked
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda _: answered(address), range(16)))
            asked += len(answers)
            assert answers == [{"data": {"__typename": "Query"}}] * 16
            time.sleep(0.2)
            return {line["process"] for line in address.lines() if line.get("path") == "/graphql"}

        first = until(lambda: found if len(found := processes()) == 2 else None)
        assert address.pid not in first
        for _ in range(6):
            assert metric(address, 'rolegraph_requests_total{operation="",outcome="answered"') == asked
        assert metric(address, "process_resident_memory_bytes") > 5e7

        os.kill(min(first), signal.SIGKILL)
        second = until(lambda: found if len(found := processes() - {min(first)}) == 2 else None)
        assert max(first) in second
        assert metric(address, "rolegraph_requests_running") == 1, "nothing is left of what the dead one did"

        os.kill(address.pid, signal.SIGHUP)
        third = until(lambda: found if len(found := processes() - first - second) == 2 else None)
        until(lambda: not any(psutil.pid_exists(pid) for pid in second))
        folder = psutil.Process(address.pid).children()[0].environ()["PROMETHEUS_MULTIPROC_DIR"]
        address.process.terminate()
        assert address.process.wait(timeout=20) == 0
    assert not Path(folder).exists()
    assert not any(psutil.pid_exists(pid) for pid in third)


@posix
def test_processes_whose_supervisor_was_killed_end(graph):
    with serving(graph, "--workers", "2") as address:
        workers = until(lambda: [each for each in _children(address) if "spawn_main" in " ".join(each.cmdline())])
        answered(address)
        address.process.kill()
        _, alive = psutil.wait_procs(workers, timeout=20)
        for each in alive:
            each.kill()
        assert not alive


class _slowly:
    """A server whose answers take so many seconds: its process and address."""

    def __init__(self, graph: str, seconds: float, **env: str) -> None:
        command = [sys.executable, "-c", SLOW.format(seconds=seconds), "serve", "--store", graph, "--port", "0"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **env})

    def __enter__(self) -> tuple[Any, Address]:
        lines = [self._process.stderr.readline() for _ in ("Page", "GraphQL")]
        line = lines[-1]
        assert line.startswith("GraphQL: http"), "".join(lines) + self._process.stderr.read()
        return self._process, Address(line.removeprefix("GraphQL: ").strip())

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()


def _refuses(address: str) -> bool:
    host, _, port = address.removeprefix("http://").removesuffix("/graphql").partition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return False
    except OSError:
        return True


def _children(address: Address) -> list[psutil.Process]:
    return psutil.Process(address.pid).children()
