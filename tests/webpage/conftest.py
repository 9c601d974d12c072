"""The planners' page in a real browser, from a real server: one browser and one server with the samples for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from browser import Watched, absent, browser
from playwright.sync_api import Browser
from served import Address, samples_in, serving

from api.pages.built import BUILT


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not (BUILT / "index.html").exists():
        absent("the page is not built: make web", "ROLEGRAPH_REQUIRE_PAGE")
    with browser() as started:
        yield started


@pytest.fixture(scope="package")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server on the samples; nobody may load there. Its address ends with /graphql."""
    with serving(samples_in(tmp_path_factory.mktemp("samples"))) as address:
        yield address


Visit = Callable[..., Watched]


@pytest.fixture
def visit(chromium: Browser, samples: Address) -> Iterator[Visit]:
    """`visit("/role/…")` opens an address of the page in a fresh profile, once its scripts have run.

    `server`: another than the one with the samples; `quiet=False`: the test itself looks at the complaints; all else
    goes to Playwright's new_context: locale="en-US", viewport={…}, reduced_motion="reduce".
    """
    with ExitStack() as stack:
        opened: list[Watched] = []

        def visited(path: str = "/", *, server: Address = samples, quiet: bool = True, **settings: Any) -> Watched:
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
