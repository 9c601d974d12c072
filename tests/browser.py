"""A real browser: the Chromium of this machine, driven by Playwright, which downloads none of its own.

Where there is none, tests are skipped with the reason; with `ROLEGRAPH_REQUIRE_BROWSER=1` they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@contextmanager
def browser() -> Iterator[Browser]:
    """Skips or fails where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        absent("no Chromium is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found)
        try:
            yield started
        finally:
            started.close()


def absent(reason: str, required: str = "ROLEGRAPH_REQUIRE_BROWSER") -> NoReturn:
    """Skips a test for which a part of this machine is missing; fails where a variable says that it must be there."""
    if os.environ.get(required) == "1":
        pytest.fail(f"{required}=1, and {reason}")
    pytest.skip(reason)


class Watched:
    """A page of a fresh profile; what it asks for, complains of and is refused by its policy is noted.

    `settings` are those of Playwright's new_context.
    """

    def __init__(self, browser: Browser, **settings: Any) -> None:
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN", **settings})
        self.page: Page = context.new_page()
        self.hosts: set[str | None] = set()
        self.complaints: list[str] = []
        context.on("request", lambda request: self._asked(request.url))
        self.page.on("websocket", lambda socket: self.hosts.add(urlsplit(socket.url).hostname))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )

    def _asked(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("blob", "data"):  # what the page itself has made, of which no request leaves it
            self.hosts.add(asked.hostname)
