"""axe-core in a page: what of WCAG 2.2 A and AA it does not keep, as far as a program can tell."""

from __future__ import annotations

from functools import cache
from typing import Any

from browser import absent
from command import ROOT
from playwright.sync_api import Page

SCRIPT = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """async tags => {
  const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(node => [id, node.html, node.failureSummary].join(' | ')))
}"""


@cache
def _script() -> str:
    if not SCRIPT.exists():
        absent("axe-core is not there: npm ci in web", "ROLEGRAPH_REQUIRE_PAGE")
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the element that breaks it. The page's policy does not bind the debugger."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found: Any = page.evaluate(RUN, TAGS)
    return list(found)
