"""The graph view: what stands around a thing, as a picture and as text, opened further, sent as a link, saved."""

from __future__ import annotations

import csv
import io
import re
import time
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from webpage.axe import violations
from webpage.conftest import Serve, Visit

CANVAS = "div.__________cytoscape_container"

# What Cytoscape has drawn: names, kinds, places and marks of all boxes.
DRAWN = """element => element._cyreg.cy.nodes('[kind]').map(node => ({
  name: node.data('name'), kind: node.data('kind'), at: node.position(), chosen: node.hasClass('chosen'),
  width: node.data('width'), height: node.data('height'), lines: node.data('text').split('\\n').length,
}))"""
TAP = "(element, name) => void element._cyreg.cy.nodes('[kind]').filter(node => node.data('name') === name).emit('tap')"
SHOWN_AT_ZOOM = "element => element._cyreg.cy.zoom() * 13"


@pytest.fixture(scope="module")
def many(serve: Serve) -> str:
    """A server whose only document has 350 duties; the name of its role is written like HTML."""
    duties = (
        f"{index}、负责{area}{place}的{act}工作;"
        for index, (area, place, act) in enumerate(product("东南西北中", "甲乙丙丁戊己庚", "查盘布理验修换洗装运"), 1)
    )
    return serve({"many.txt": "\n".join(["岗位名称：<b>店长</b>", "岗位职责：", *duties]) + "\n"})


def until(page: Page, condition: str) -> None:
    """Waits for what a script says. Asked anew from here: the page's policy lets no script wait that is a text."""
    end = time.monotonic() + 20
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def drawn(page: Page) -> list[dict[str, Any]]:
    """What is in the picture, once it shows as many nodes as the page says."""
    page.locator(f"{CANVAS} canvas").first.wait_for()
    until(
        page,
        f"parseInt(document.querySelector('.graph-counts').textContent)"
        f" === document.querySelector('{CANVAS}')._cyreg.cy.nodes('[kind]').length",
    )
    found: list[dict[str, Any]] = page.locator(CANVAS).evaluate(DRAWN)
    return found


def chosen(page: Page) -> str:
    """The name of what is chosen, once the picture marks the same as the text."""
    until(
        page,
        f"""() => {{
          const marked = document.querySelector('{CANVAS}')._cyreg.cy.$('.chosen').map(node => node.data('name'))
          return marked.join() === document.querySelector('.graph-listed [aria-current] span')?.textContent
        }}""",
    )
    return listed(page).locator("[aria-current] span").inner_text()


def listed(page: Page) -> Locator:
    return page.get_by_role("region", name="文字版")


def about(page: Page) -> Locator:
    return page.get_by_role("region", name="所选节点")


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_a_role_stands_among_what_it_is_joined_with_in_the_picture_and_as_text(visit: Visit) -> None:
    page = visit("/graph?role=运营策划").page
    expect(page.get_by_role("heading", level=1)).to_have_text("图谱：运营策划")
    boxes = drawn(page)
    expect(page).to_have_url(re.compile(r"/graph/role:\w+$"))
    names = listed(page).get_by_role("button").all_text_contents()
    assert sorted(names) == sorted(box["name"] for box in boxes)
    assert {"市场分析", "先摸清市场形势"} <= set(names)
    assert {box["kind"] for box in boxes} == {"ROLE", "DUTY", "SKILL", "POSTING"}

    listed(page).get_by_role("button", name="市场分析").click()  # as text: the picture follows
    expect(about(page).get_by_role("heading", level=2)).to_have_text("市场分析")
    assert chosen(page) == "市场分析"
    page.wait_for_url(lambda url: "select=skill:market-analysis" in unquote(url))
    expect(about(page).get_by_role("heading", name="… → 用到 → 市场分析")).to_be_visible()
    expect(about(page).get_by_role("link", name="查看此技能")).to_have_attribute("href", "/skill/skill:market-analysis")
    page.locator(CANVAS).evaluate(TAP, "先摸清市场形势")  # in the picture: the text follows
    expect(listed(page).locator("[aria-current]")).to_have_text("先摸清市场形势")
    about(page).get_by_role("button", name="运营策划").click()  # along a relation
    expect(about(page).get_by_role("heading", level=2)).to_be_focused()
    for name, view in (("查看此岗位", "role"), ("与其他岗位对比", "compare"), ("从这里转岗", "move")):
        expect(about(page).get_by_role("link", name=name)).to_have_attribute("href", page_path(page, view))

    rows = list(csv.reader(io.StringIO(saved(page, "存为 CSV").decode("utf-8-sig"))))
    assert ["运营策划", "负责", "先摸清市场形势"] in [row[:3] for row in rows]
    said = page.locator(".graph-counts").text_content() or ""
    assert f"{len(boxes)} 个节点，{len(rows) - 1} 条关系" in said
    assert saved(page, "存为 PNG").startswith(b"\x89PNG")


def page_path(page: Page, view: str) -> str:
    """The address of a view of the role at which the graph begins."""
    return f"/{view}/" + page.url.partition("/graph/")[2].partition("?")[0]


def test_it_is_opened_by_keys_and_a_link_shows_the_same_picture_byte_for_byte(visit: Visit) -> None:
    page = visit("/graph?role=运营策划").page
    before = drawn(page)
    page.get_by_role("application", name="图谱：运营策划").focus()
    page.keyboard.press("ArrowDown")  # what it begins with is chosen first
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    skill = chosen(page)
    assert skill in {box["name"] for box in before if box["kind"] == "SKILL"}
    page.keyboard.press("Enter")
    expect(about(page).get_by_role("button", name="收起")).to_be_visible()
    expect(page.locator(".graph")).to_have_attribute("aria-busy", "false")
    assert len(drawn(page)) > len(before)
    page.wait_for_url(lambda url: "open=skill" in unquote(url))
    page.get_by_role("checkbox", name="职责").click()
    page.get_by_role("checkbox", name="归入").click()
    expect(page.get_by_role("button", name="先摸清市场形势")).to_have_count(0)
    page.get_by_role("combobox", name="远近").select_option("2 层")
    expect(page.locator(".graph")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".graph.stale")).to_have_count(0)
    boxes, picture = drawn(page), saved(page, "存为 SVG")
    assert {box["kind"] for box in boxes} >= {"ROLE", "SKILL"}
    assert not any(box["kind"] == "DUTY" for box in boxes)
    assert {"hide=BROADER,DUTY", "depth=2"} <= set(unquote(page.url).partition("?")[2].split("&"))

    sent = visit(unquote(page.url).partition("/graph")[2].join(["/graph", ""])).page
    assert drawn(sent) == boxes
    assert chosen(sent) == skill
    assert saved(sent, "存为 SVG") == picture
    assert texts(picture) >= {box["name"] for box in boxes}
    sent.get_by_role("application").focus()
    sent.keyboard.press("Enter")  # closed again
    expect(about(sent).get_by_role("button", name="展开周围")).to_be_visible()
    assert "open=" not in sent.url
    sent.go_back()
    expect(about(sent).get_by_role("button", name="收起")).to_be_visible()


def texts(picture: bytes) -> set[str]:
    """The titles of the parts of an SVG document, which may be shortened where they are drawn."""
    return {title.text or "" for title in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}title")}


def test_the_boxes_of_a_larger_picture_are_readable_and_apart(visit: Visit) -> None:
    page = visit("/graph?role=采购主管", color_scheme="dark").page
    boxes = drawn(page)
    assert len(boxes) > 40
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            wide = abs(one["at"]["x"] - other["at"]["x"]) >= (one["width"] + other["width"]) / 2
            high = abs(one["at"]["y"] - other["at"]["y"]) >= (one["height"] + other["height"]) / 2
            assert wide or high, (one["name"], other["name"])
    assert page.locator(CANVAS).evaluate(SHOWN_AT_ZOOM) >= 9  # pixels, of type
    assert all(box["lines"] <= 3 for box in boxes)
    assert violations(page) == []


def test_at_most_300_nodes_are_shown_and_a_name_like_html_is_a_name(visit: Visit, many: str) -> None:
    page = visit("/graph", server=many).page
    page.get_by_role("combobox", name="从哪里开始").fill("东甲的盘")  # a duty, by its words
    expect(page.get_by_role("option").filter(has_text="负责东甲的盘工作 职责")).to_be_visible()
    page.get_by_role("link", name="<b>店长</b>").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("图谱：<b>店长</b>")
    assert len(drawn(page)) == 300
    status = page.locator(".graph-counts")
    expect(status).to_contain_text("放不下")
    duties = page.get_by_role("checkbox", name="职责")
    expect(page.get_by_text("职责").filter(has=duties)).to_contain_text("/ 350")
    picture = saved(page, "存为 SVG")
    assert "<b>店长</b>" in texts(picture)
    assert page.locator("main b").count() == 0
    duties.click()
    expect(status).not_to_contain_text("放不下")
    assert len(drawn(page)) < 50


def test_a_narrow_page_in_english_without_motion(visit: Visit) -> None:
    settings = {"viewport": {"width": 360, "height": 740}, "locale": "en-US", "reduced_motion": "reduce"}
    page = visit("/graph?skill=市场分析&select=skill:market-research", **settings).page
    drawn(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Graph: market analysis")
    panel, picture = page.get_by_role("region", name="Chosen node"), page.get_by_role("application")
    below, above = panel.bounding_box(), picture.bounding_box()
    assert below is not None
    assert above is not None
    assert below["y"] >= above["y"] + above["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(panel.get_by_role("heading", level=2)).to_have_text("market research")
    panel.get_by_role("button", name="Open what is around it").click()
    expect(panel.get_by_role("button", name="Close")).to_be_visible()
    for name in ("Zoom in", "Zoom out", "Show all"):
        page.get_by_role("button", name=name).click()
    panel.get_by_role("link", name="Centre here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Graph: market research")
    expect(page.get_by_role("region", name="The same as text").locator("[lang=zh-CN]").first).to_be_attached()


def test_what_is_not_there_is_said_with_names_like_it(visit: Visit) -> None:
    page = visit("/graph?role=运营策化").page
    page.get_by_role("alert").get_by_role("link", name="运营策划").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("图谱：运营策划")
    page.goto(page.url.partition("/graph")[0] + "/graph/duty:0000000000000000")
    expect(page.get_by_role("alert")).to_contain_text("duty:0000000000000000")
    page.goto(page.url.partition("/graph")[0] + "/graph?node=数据分析")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(["数据分析岗位", "数据分析技能"])
