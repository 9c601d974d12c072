"""What all tests share: the golden flag, and the folders of texts that may not be part of the repository."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from stores import place, store  # noqa: F401 - fixtures of the contract of stores

from graphmodel.store import open_store
from ontology import taxonomy

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew; a missing file fails unless this is true."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two seed files, which belong to others and stand beside the repository."""
    return _beside("seeds")


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder of gold annotations and the scorer, beside the repository."""
    return _beside("eval")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without documents, to be copied. It has its taxonomy, which takes the longest of a first load."""
    file = tmp_path_factory.mktemp("prepared") / "graph.db"
    with closing(open_store(f"sqlite:///{file}")) as empty:
        empty.set_taxonomy(taxonomy.load().scheme)
    return file


@pytest.fixture(scope="session")
def kills() -> int:
    """How many times a loading process is killed: few in `make test`, twenty in `make soak`."""
    return int(os.environ.get("ROLEGRAPH_KILLS", "3"))


def _beside(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"../shared/{name} is not there: it belongs to others and is not part of the repository")
    return folder
