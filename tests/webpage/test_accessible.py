"""WCAG 2.2 AA on every view, in both languages, light and dark, wide and narrow; and what axe-core does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect
from served import served_here

from graphmodel.store import open_store
from webpage.axe import violations
from webpage.conftest import Visit

WIDE, NARROW, NARROWEST = 1440, 360, 320

FAULTS = ("its focus is not seen", "it is out of sight or covered", "comes before the stop before it")

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEVELS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(heading => Number(heading.tagName[1]))"

# Controls that a pointer does not reach, since something lies over them or they are out of the page.
COVERED = """() => [...document.querySelectorAll('a[href], button, input, select, summary')].filter(control => {
  if (!control.checkVisibility() || control.matches('.skip') || control.closest('svg')) return false
  control.scrollIntoView({ block: 'center', inline: 'center' })
  const { left, top, width, height } = control.getClientRects()[0]
  const met = document.elementFromPoint(left + width / 2, top + height / 2)
  return !met || !(control.contains(met) || met.contains(control))
}).map(control => control.outerHTML)"""

MOVING = """[...document.querySelectorAll('*')].filter(element => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
  return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth'
}).map(element => element.outerHTML.slice(0, 200))"""

# What has the focus: its text, whether one sees that it has it, and whether one sees it at all.
FOCUSED = """() => {
  const at = document.activeElement
  if (at === document.body) return null
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  const { left, top, width, height } = at.getClientRects()[0] ?? at.getBoundingClientRect()
  const met = document.elementFromPoint(left + width / 2, top + height / 2)
  const order = window.before ? window.before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING : 1
  window.before = at
  return [
    at.outerHTML.slice(0, 200),
    outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    !!met && (at.contains(met) || met.contains(at)),
    !!order,
  ]
}"""


def suggestions(page: Page) -> None:
    page.get_by_role("combobox").first.fill("yunying")
    page.get_by_role("option").first.wait_for()


def opened(page: Page) -> None:
    """Some of what opens is open, with words marked."""
    closed = page.locator("main button[aria-expanded=false]")
    closed.first.wait_for()
    for each in closed.element_handles()[:2]:  # which stay the same two while they open
        each.click()
    page.locator("main mark").first.wait_for()


def pictured(page: Page) -> None:
    """The same, with its picture there."""
    page.locator("main svg:visible").first.wait_for()
    opened(page)


def drawn(page: Page) -> None:
    page.locator("main canvas").first.wait_for()
    page.get_by_role("button", name="统计分析").first.click()


def listed(page: Page) -> None:
    # To measure the exports, the server would write each of them.
    sizes = {"revision": 1, "base": "http://localhost", "counting": False, "bytes": {"ttl": 5_600_000}}
    page.route("**/export/sizes", lambda route: route.fulfill(json=sizes))
    page.get_by_text("platform-roles.txt").first.wait_for()
    for each in page.locator("main details:not([open]) > summary").all()[:3]:
        each.click()


def problem(page: Page) -> None:
    page.locator("main .problem").wait_for()


class State(NamedTuple):
    """What a view shows: its address, and how one comes from there to what is looked at."""

    address: str
    reach: Callable[[Page], None]


STATES = {
    "compare, none": State("/", suggestions),
    "compare, two": State("/compare?role=运营策划&role=数据分析", pictured),
    "compare, three": State("/compare?role=运营策划&role=数据分析&role=内容运营", pictured),
    "compare, unknown": State("/compare?role=运营测划", problem),
    "move, none": State("/move", suggestions),
    "move": State("/move?from=新媒体运营专员&to=数据分析", pictured),
    "role, none": State("/role", suggestions),
    "role": State("/role?role=门店店长", opened),
    "department": State("/role/department:d14e95aacc05cc65", opened),
    "skill, none": State("/skill", suggestions),
    "skill": State("/skill?skill=市场分析", pictured),
    "graph, none": State("/graph", suggestions),
    "graph": State("/graph?role=数据分析", drawn),
    "data": State("/data", listed),
}


def wrong(page: Page, reach: Callable[[Page], None]) -> list[str]:
    """All that is wrong with what is shown: wide, light and in Chinese; and narrow, dark and in English."""
    found = []
    for language, lang, scheme, width in (("中文", "zh-CN", "light", WIDE), ("English", "en", "dark", NARROW)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_role("link", name=language, exact=True).click()
        reach(page)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        found += [f"{lang}, {scheme}, {width} px: {each}" for each in [*violations(page), *by_sight(page)]]
    return found


def by_sight(page: Page) -> list[str]:
    """What axe-core does not look at."""
    found = [f"moves, though less motion is asked for: {each}" for each in page.evaluate(MOVING)]
    levels = page.evaluate(LEVELS)
    if levels[0] != 1 or levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        found.append(f"headings of the levels {levels}")
    if page.evaluate(SIDEWAYS) > 0:
        found.append("scrolls sideways")
    return found


def wrong_by_tab(page: Page, stops: int) -> list[str]:
    """From where the focus is on: stops of the Tab key that are not seen, or come against the order of the page."""
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        if not (stop := page.evaluate(FOCUSED)):
            break
        name, *good = stop
        found += [f"{name}: {what}" for what, is_so in zip(FAULTS, good, strict=True) if not is_so]
    return found


def wrong_at_twice_the_size(page: Page) -> list[str]:
    """First as browsers zoom; then with the text alone at twice its size, as some people set it; then on 320 px."""
    found = []
    page.set_viewport_size({"width": WIDE // 2, "height": 450})
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        found += [f"zoomed, text of {size}: covered: {each}" for each in page.evaluate(COVERED)]
        found += [f"zoomed, text of {size}: scrolls sideways" for _ in range(page.evaluate(SIDEWAYS) > 0)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    return found + [f"{NARROWEST} px: scrolls sideways" for _ in range(page.evaluate(SIDEWAYS) > 0)]


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_everybody_can_use_each_view(visit: Visit, state: State) -> None:
    page = visit(state.address, reduced_motion="reduce").page
    assert wrong(page, state.reach) == []
    page.keyboard.press("Escape")  # suggestions lie over what comes after them
    assert wrong_at_twice_the_size(page) == []
    if state.reach is not suggestions:
        page.set_viewport_size({"width": WIDE, "height": 800})
        page.get_by_role("main").focus()
        assert wrong_by_tab(page, 20) == []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a store that holds nothing."""
    store = f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.db"
    open_store(store).close()
    with served_here(store) as address:
        yield address


def test_an_empty_store_a_server_that_is_gone_and_one_that_wants_a_key_break_no_rule(visit: Visit, empty: str) -> None:
    page = visit("/", server=empty, reduced_motion="reduce", quiet=False).page
    expect(page.get_by_role("heading", name="图中还没有岗位")).to_be_visible()
    page.route("**/{graphql,healthz}", lambda route: route.abort())
    page.get_by_role("button", name="载入后再看").click()
    expect(page.get_by_role("status").filter(has_text="没有应答")).to_be_visible()
    assert wrong(page, lambda page: None) == []
    refused = {"errors": [{"message": "No key.", "extensions": {"code": "UNAUTHENTICATED"}}]}
    page.route("**/graphql", lambda route: route.fulfill(json=refused))
    page.goto(page.url + "?role=运营策划")
    expect(page.locator("input[type=password]")).to_be_visible()
    assert wrong(page, lambda page: None) == []


def test_the_skip_link_leads_to_the_content_of_a_view(visit: Visit) -> None:
    page = visit("/data").page
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="跳到内容")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    link.focus()
    assert wrong_by_tab(page, 12) == [], "the head of the page"


def test_another_view_takes_the_focus_and_has_a_title_of_its_own(visit: Visit) -> None:
    page = visit("/").page
    titles = [page.title()]
    for name in ("转岗", "岗位", "技能", "图谱", "数据"):
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("main")).to_be_focused()
        expect(page).not_to_have_title(titles[-1])
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    assert all(title.endswith(" · rolegraph") for title in titles)


def test_colours_that_somebody_forces_leave_borders_marks_and_the_view_of_now(visit: Visit) -> None:
    page = visit(STATES["compare, two"].address, forced_colors="active").page
    opened(page)
    looks = """selector => {
      const { borderTopStyle, borderBottomStyle, borderBottomColor, backgroundColor } =
        getComputedStyle(document.querySelector(selector))
      return { borderTopStyle, borderBottomStyle, borderBottomColor, backgroundColor }
    }"""
    assert page.evaluate(looks, ".columns > section")["borderTopStyle"] == "solid"
    assert page.evaluate(looks, "nav [aria-current=page]")["borderBottomStyle"] == "solid"
    assert page.evaluate(looks, "mark")["backgroundColor"] != page.evaluate(looks, "blockquote")["backgroundColor"]
    page.get_by_role("combobox").focus()
    assert page.evaluate(FOCUSED)[1]
