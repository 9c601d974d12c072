"""The planners' page in Chromium: python -m benchmarks.page [FILE], a store that an earlier run was given.

How much script it asks for, how soon a slow computer can begin to type, how soon a comparison is there. Times are the
browser's own: from what somebody does to the frame that shows what it led to. The graph is that of benchmarks.planner,
of 20,000 roles, and no comparison is asked for twice.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from api.pages.built import BUILT
from benchmarks import planner
from benchmarks.graphql_servers import ours
from benchmarks.table import row
from graphmodel.identity import role_id, skill_id
from graphmodel.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser import NAMES, browser
from graphs import skill_slug

SLOWER = 4
"""How many times a processor is slowed down for the first view."""

STARTS, PAIRS, VISITS = 7, 20, 5

# When the search box has the focus, in ms since the page was asked for: by then its script has run.
USABLE = """addEventListener('focusin', ({ target }) => {
  if (target.role === 'combobox' && !window.usable) requestAnimationFrame(() => (window.usable = performance.now()))
})"""

# ms from the key Enter to the frame after the columns.
COMPARED = """window.compared = new Promise(done => addEventListener('keydown', event => {
  const look = new MutationObserver(() => {
    if (!document.querySelector('.columns li')) return
    look.disconnect()
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp)))
  })
  look.observe(document.body, { childList: true, subtree: true })
}, { once: true, capture: true }))"""

# Counts what is asked, for SHOWN.
ASKING = """window.asking = window.asked = 0
const fetched = window.fetch
window.fetch = (...asked) => {
  window.asking++
  window.asked++
  return fetched(...asked).finally(() => setTimeout(() => window.asking--))
}"""

GONE_TO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }"

# ms until the first of ten frames in which nothing is asked, something was, and the last part is there.
SHOWN = f"""([to, last]) => new Promise(done => {{
  const start = performance.now()
  const before = window.asked
  let calm = 0
  let since = 0
  const look = now => {{
    const there = !window.asking && window.asked > before && document.querySelector('main ' + last)
    calm = there ? calm + 1 : 0
    if (calm === 1) since = now
    if (calm < 10) requestAnimationFrame(look)
    else done(since - start)
  }}
  ({GONE_TO})(to)
  requestAnimationFrame(look)
}})"""


def main(file: str = "") -> None:
    if not (BUILT / "index.html").exists():
        print("not measured: the page is not built (make web)")
        return
    if not any(map(shutil.which, NAMES)):
        print("not measured: there is no Chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{file or folder + '/planner.db'}"
        graph(url)
        with ours(url) as server, browser() as chromium:
            origin = f"http://{urlsplit(server.url).netloc}"
            scripts(chromium, origin)
            first_view(chromium, origin)
            compare(chromium, origin)
            views(chromium, origin)


def graph(url: str) -> None:
    """The graph in a store; what is there already stays."""
    with closing(open_store(url, read_only=Path(url.removeprefix("sqlite:///")).exists())) as store:
        if not store.count("role"):
            store.set_taxonomy(planner.scheme())
            store.add_many(planner.documents())


def scripts(chromium: Browser, origin: str) -> None:
    """What is sent of script, compressed as it is."""
    page = chromium.new_page()
    sent: dict[str, int] = {}

    def note(response: Response) -> None:
        if response.request.resource_type == "script":
            assert response.headers.get("content-encoding") == "gzip", response.url
            size = response.request.sizes()["responseBodySize"]
            sent[response.url] = max(size, sent.get(response.url, 0))  # again, it comes from the cache

    page.on("response", note)
    totals = []
    for addresses in (["/"], ["/move", "/role", "/skill", "/data"], [f"/graph/{role_id(planner.name(0))}"]):
        for address in addresses:
            page.goto(origin + address, wait_until="networkidle")
        totals.append(f"{sum(sent.values()) / 1000:.1f} kB")
    row("script of the first view, gzip", totals[0])
    row("  of all views but the graph", totals[1], "bar: 250 kB")
    row("  with the graph", totals[2])
    page.close()


def first_view(chromium: Browser, origin: str) -> None:
    for slower, bar in ((1, ""), (SLOWER, "bar: 1 s")):
        found = []
        for _ in range(STARTS):
            context = chromium.new_context(locale="zh-CN")  # with a cache of its own, in which there is nothing
            page = context.new_page()
            page.add_init_script(USABLE)
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            page.goto(origin)
            found.append(page.wait_for_function("window.usable").json_value())
            page.keyboard.type("岗位")
            page.get_by_role("option").first.wait_for()
            context.close()
        what = f"  with the processor {slower} times slower" if slower > 1 else "first view, until one can type"
        row(what, spread(found), bar)


def compare(chromium: Browser, origin: str) -> None:
    """The second role is chosen of suggestions."""
    page = chromium.new_page(locale="zh-CN")
    page.goto(origin)
    found = []
    for a, b in ((planner.name(3 * n), planner.name(3 * n + 1)) for n in range(PAIRS)):
        page.evaluate(GONE_TO, f"/compare/{role_id(a)}")
        page.get_by_role("link", name=f"移除 {a}").wait_for()
        page.get_by_role("combobox").fill(b)
        page.get_by_role("option").first.wait_for()
        page.evaluate(f"() => {{ {COMPARED} }}")
        page.keyboard.press("Enter")
        found.append(page.evaluate("window.compared"))
        assert page.get_by_role("heading", name=f"{a} 与 {b}").is_visible()
    row("compare: from the choice to the columns", spread(found), "bar: 100 ms")
    page.close()


def views(chromium: Browser, origin: str) -> None:
    page = chromium.new_page(locale="zh-CN")
    page.add_init_script(ASKING)
    roles = [role_id(planner.name(7 * n + 5_000)) for n in range(VISITS + 2)]
    skills = [skill_id(skill_slug(f"技能{n:05}")) for n in range(VISITS + 1)]
    for name, addresses in {
        "move": [f"/move/{a}/{b}" for a, b in pairwise(roles)],
        "role": [f"/role/{id}" for id in roles[1:]],
        "role, the list": ["/role"] * (VISITS + 1),
        "skill": [f"/skill/{id}" for id in skills],
        "graph": [f"/graph/{id}" for id in roles[1:]],
        "data": ["/data"] * (VISITS + 1),
    }.items():
        found = []
        page.goto(origin)
        for address in addresses:
            page.evaluate(GONE_TO, "/compare")
            found.append(page.evaluate(SHOWN, [address, "canvas" if name == "graph" else "h2"]))
        row(f"{name}: shown", spread(found[1:]), f"{found[0]:.0f} ms the first time")
    page.close()


def spread(milliseconds: Sequence[float]) -> str:
    """The median, and below what 19 of 20 stay: the highest, of fewer than 20."""
    ranked = sorted(milliseconds)
    most = ranked[max(0, -(-len(ranked) * 19 // 20) - 1)]
    return f"{statistics.median(ranked):.0f} ms, p95 {most:.0f}"


if __name__ == "__main__":
    main(*sys.argv[1:2])
