"""The planners' page in a real browser, from a real server: one browser and one server with the samples for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, absent, browser
from playwright.sync_api import Browser, expect
from served import SAMPLES, Address, served_here, serving

from api.pages.built import BUILT
from graphmodel.store import open_store
from loaders import pipeline
from ontology import taxonomy

PATIENCE_MS = 20_000
"""For what a page shows: a first answer on a slow and busy machine, where lexicons are compiled for it."""


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not (BUILT / "index.html").exists():
        absent("the page is not built: make web", "ROLEGRAPH_REQUIRE_PAGE")
    with browser() as started:
        expect.set_options(timeout=PATIENCE_MS)
        yield started
        expect.set_options(timeout=None)


def _loaded(prepared: Path, folder: Path, documents: Path) -> str:
    """The URL of a store with these documents, in a folder."""
    file = folder / "graph.db"
    file.write_bytes(prepared.read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as store:
        assert pipeline.load(store, [str(documents)], taxonomy.load()).failed == 0
        return store.url


@pytest.fixture(scope="package")
def samples(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server on the samples; nobody may load there. Its address ends with /graphql."""
    with serving(_loaded(prepared, tmp_path_factory.mktemp("samples"), SAMPLES)) as address:
        yield address


Serve = Callable[[Mapping[str, str]], str]


@pytest.fixture(scope="package")
def serve(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve({"a.txt": "…"})`: a server on documents of a test's own, with the taxonomy."""
    with ExitStack() as stack:

        def served(documents: Mapping[str, str]) -> str:
            folder = tmp_path_factory.mktemp("documents")
            for name, text in documents.items():
                (folder / name).write_text(text, encoding="utf-8")
            return stack.enter_context(served_here(_loaded(prepared, tmp_path_factory.mktemp("store"), folder)))

        yield served


Visit = Callable[..., Watched]


@pytest.fixture
def visit(chromium: Browser, samples: Address) -> Iterator[Visit]:
    """`visit("/role/…")` opens an address of the page in a fresh profile, once its scripts have run.

    `server`: another than the one with the samples; `quiet=False`: the test itself looks at the complaints; all else
    goes to Playwright's new_context: locale="en-US", viewport={…}, reduced_motion="reduce".
    """
    with ExitStack() as stack:
        opened: list[Watched] = []

        def visited(path: str = "/", *, server: str = samples, quiet: bool = True, **settings: Any) -> Watched:
            watched = Watched(chromium, **settings)
            stack.callback(watched.page.context.close)
            if quiet:
                opened.append(watched)
            watched.page.goto(server.removesuffix("/graphql") + path)
            watched.page.locator("h1").wait_for()
            return watched

        yield visited
        for watched in opened:
            assert watched.complaints == []
            assert watched.hosts == {"127.0.0.1"}
