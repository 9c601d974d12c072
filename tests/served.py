"""A real server in a process of its own: `rolegraph serve` on a free port, as a user starts it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from command import ROLEGRAPH, ROOT, rolegraph

from api.app import create_app

SAMPLES = ROOT / "loaders" / "samples"


def samples_in(folder: Path) -> str:
    """The URL of a fresh store in a folder, with the samples of the project in it."""
    url = f"sqlite:///{folder / 'samples.db'}"
    done = rolegraph("load", SAMPLES, "--store", url, cwd=folder)
    assert done.returncode == 0, done.stderr
    return url


class Address(str):
    """The address of GraphQL on a server; `pid` is its process, `log` the file of its standard error."""

    pid: int
    log: Path
    process: subprocess.Popen[bytes]

    def lines(self) -> list[dict[str, Any]]:
        """What the server has logged, if it logs JSON. The line that it is writing is left out."""
        whole = self.log.read_text("utf-8").split("\n")[:-1]
        return [json.loads(line) for line in whole if line.startswith("{")]


@contextmanager
def serving(store: str, *arguments: str, cwd: Path | None = None, **env: str) -> Iterator[Address]:
    """A server, which is stopped at the end."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ROLEGRAPH_")}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        said = Path(folder, "stderr")
        command = [ROLEGRAPH, "serve", "--store", store, "--port", "0", *arguments]
        with said.open("wb") as stderr:
            process = subprocess.Popen(command, cwd=cwd, env={**clean, **env}, stderr=stderr, stdout=subprocess.DEVNULL)
        try:
            address = Address(_address(process, said))
            address.pid, address.log, address.process = process.pid, said, process
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    ends = time.monotonic() + 30
    while time.monotonic() < ends and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+/graphql\b", said.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(said.read_text(encoding="utf-8") or "The server does not start.")


@contextmanager
def served_here(store: str, **settings: Any) -> Iterator[str]:
    """The same application in a thread of this process, which starts at once. Its address ends with /graphql, too.

    `settings` are those of create_app. For small stores, where a test looks at what is answered and not at the process.
    """
    server = uvicorn.Server(uvicorn.Config(create_app(store, **settings), log_config=None, timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:  # who asks before the thread answers waits
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
