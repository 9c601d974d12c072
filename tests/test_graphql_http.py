"""The audits of graphql-http: whether a server behaves as the specification GraphQL over HTTP says.

They run in Node.js, with the packages that tests/graphql_http/package-lock.json names. Where Node.js is missing they
are skipped; with `ROLEGRAPH_REQUIRE_NODE=1` they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import small
from served import serving

AUDITS = Path(__file__).resolve().parent / "graphql_http"
COUNT = 61
"""So that a suite that lost its audits does not pass."""


def node(*command: str | Path) -> str:
    """What a command of Node.js prints. It is found by its whole path, since npm is a script on Windows."""
    found = shutil.which(command[0])
    if found is None:
        if os.environ.get("ROLEGRAPH_REQUIRE_NODE") == "1":
            pytest.fail(f"{command[0]} is not there, and ROLEGRAPH_REQUIRE_NODE=1")
        pytest.skip(f"{command[0]} is not there")
    done = subprocess.run([found, *command[1:]], cwd=AUDITS, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def audits() -> Path:
    """The script, with its packages beside it."""
    if not (AUDITS / "node_modules" / "graphql-http").is_dir():
        node("npm", "ci", "--no-progress", "--ignore-scripts")
    return AUDITS / "audit.mjs"


def test_every_audit_is_ok_without_a_warning(audits, tmp_path):
    with small.stored("sqlite", tmp_path) as store, serving(store.url) as address:
        results = json.loads(node("node", audits, address))
    assert len(results) == COUNT
    assert [result for result in results if result["status"] != "ok"] == []
