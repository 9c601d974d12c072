"""The command on Neo4j: the same answers as on SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j_server
import pytest

from tests.command import ROOT, rolegraph

SAMPLES = ROOT / "loaders" / "samples"


@pytest.fixture
def url() -> Iterator[str]:
    with neo4j_server.fresh() as server:
        yield server.url


def test_the_answers_are_those_of_sqlite(url: str, tmp_path: Path) -> None:
    account = {name: os.environ[name] for name in ("ROLEGRAPH_STORE_USER", "ROLEGRAPH_STORE_PASSWORD")}
    for store in (url, "sqlite:///samples.db"):
        done = rolegraph("load", SAMPLES, "--store", store, cwd=tmp_path, **account)
        assert done.returncode == 0, done.stderr
    for arguments in (
        ["shared", "运营策划", "数据分析", "--json"],
        ["roles", "--json"],
        ["stats", "--json"],
        ["candidates", "--min", "1", "--json"],
        ["export"],
    ):
        neo4j, sqlite = (
            rolegraph(*arguments, "--store", store, cwd=tmp_path, **account).stdout
            for store in (url, "sqlite:///samples.db")
        )
        assert neo4j == sqlite
        assert "市场分析" in sqlite or arguments[0] != "shared"


def test_a_wrong_password_is_told_with_what_to_do(url: str, tmp_path: Path) -> None:
    done = rolegraph("roles", "--store", url, cwd=tmp_path, ROLEGRAPH_STORE_PASSWORD="wrong")
    assert done.returncode == 3
    assert "ROLEGRAPH_STORE_PASSWORD" in done.stderr
