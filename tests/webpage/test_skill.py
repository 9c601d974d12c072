"""A skill's page and the ways to it, on the samples and on a small city of shops."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Download, Page, expect

from graphmodel.identity import candidate_id, role_id
from webpage.axe import violations
from webpage.conftest import Serve, Visit

MARKET = "/skill/skill:market-analysis"
SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, button: str) -> Download:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value


@pytest.fixture(scope="module")
def shops(serve: Serve) -> str:
    """23 roles of one posting each, and one of three, of which one asks for 市场分析."""
    post = "岗位名称：{}\n岗位职责：\n1、{}\n任职要求：\n1、{}\n".format
    names = [f"市场专员{n:02d}区" for n in range(23)]
    areas = {f"{name}.txt": post(name, f"负责{name[-3:]}的市场分析", "大专以上学历") for name in names}
    duties = ["负责市场分析", "排班", "盘点"]
    shops = {f"shop{n}.txt": post("店长<b>大</b>", duty, "掌握Excelize软件") for n, duty in enumerate(duties)}
    return serve(areas | shops)


def test_a_skill_tells_its_names_its_place_and_the_roles_that_need_it_with_their_sentences(visit: Visit) -> None:
    page = visit(f"/skill?skill={quote('市场洞察')}").page
    expect(page).to_have_url(re.compile(rf"{MARKET}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("市场分析")
    expect(page).to_have_title("市场分析 · 技能 · rolegraph")
    for told in (
        "market analysis",
        "从需求、供给和环境的变化判断市场的走向",
        "market insight, market trends, supply market analysis",
    ):
        expect(page.get_by_text(told, exact=True)).to_be_visible()
    expect(page.get_by_text("钢材行情")).to_have_count(0)
    page.get_by_role("button", name="另有 39 个").click()
    expect(page.get_by_text("钢材行情")).to_be_visible()
    outside = page.get_by_role("link", name="ESCO")
    expect(outside).to_have_attribute("rel", "noreferrer")
    expect(outside).to_have_attribute("target", "_blank")
    expect(page.get_by_role("link", name="加入我的技能")).to_have_attribute("href", "/move/skill:market-analysis")
    expect(page.get_by_role("link", name="在图谱中显示")).to_have_attribute("href", "/graph/skill:market-analysis")

    expect(page.get_by_role("navigation", name="上位技能").get_by_role("listitem")).to_have_text(
        ["分析能力", "市场分析"]
    )
    expect(page.get_by_role("button", name="下位技能")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listitem").filter(has_text="竞争分析 2 个岗位")).to_be_visible()
    siblings = page.get_by_role("button", name="“分析能力”下的其他技能")
    siblings.click()
    expect(page.get_by_role("link", name="用户分析", exact=True)).to_be_visible()

    roles = page.get_by_role("heading", name="需要它的岗位")
    expect(roles).to_have_text("需要它的岗位 6")
    page.get_by_role("checkbox", name="也计入只需要其下位技能的岗位").press("Space")
    expect(roles).to_have_text("需要它的岗位 3")
    expect(page.get_by_role("link", name="品牌推广")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="也计入只需要其下位技能的岗位")).to_be_focused()
    source = page.get_by_role("button", name="运营策划：出处")
    source.press("Enter")
    expect(source).to_have_attribute("aria-expanded", "true")
    line = page.get_by_role("listitem").filter(has=source)
    expect(line.locator("mark")).to_have_text("摸清市场形势")
    expect(line.get_by_text("platform-roles.txt, 第 5 行")).to_be_visible()
    for role in ("运营策划", "数据分析"):
        page.get_by_role("checkbox", name=f"选择 {role} 以便对比").press("Space")
    both = f"/compare/{role_id('运营策划')}/{role_id('数据分析')}"
    expect(page.get_by_role("link", name="对比所选的 2 个岗位")).to_have_attribute("href", both)

    again = visit(page.url.removeprefix(page.evaluate("location.origin"))).page
    expect(again.get_by_role("button", name="运营策划：出处")).to_have_attribute("aria-expanded", "true")
    expect(again.get_by_role("heading", name="需要它的岗位")).to_have_text("需要它的岗位 3")
    expect(again.get_by_role("link", name="对比所选的 2 个岗位")).to_be_visible()
    duties = again.locator("section").filter(has=again.get_by_role("heading", name="提到它的职责"))
    expect(duties.locator("mark")).to_have_text(["摸清市场形势", "市场行情", "市场洞察"])
    expect(duties.get_by_role("link", name="数据分析")).to_have_attribute("href", f"/role/{role_id('数据分析')}")
    assert violations(again) == []


def test_the_picture_and_the_roles_are_saved(visit: Visit) -> None:
    page = visit(f"{MARKET}?narrower=0").page
    picture = page.get_by_role("img", name="“市场分析”在技能表中的位置")
    expect(picture).to_have_accessible_name(re.compile("上位: 分析能力; 下位: 竞争分析、"))
    file = saved(page, "存为 SVG")
    assert file.suggested_filename == "市场分析的位置.svg"
    root = ElementTree.parse(file.path()).getroot()
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"分析能力", "市场分析", "6 个岗位", "竞争分析", "市场规模测算"} <= set(texts)
    assert all(text.get("font-size") for text in root.iter(f"{SVG}text"))
    assert not list(root.iter(f"{SVG}script"))
    assert len(list(root.iter(f"{SVG}path"))) == 7

    table = saved(page, "岗位存为 CSV")
    assert table.suggested_filename == "需要市场分析的岗位.csv"
    raw = Path(table.path()).read_text(encoding="utf-8")
    assert raw.startswith("\ufeff岗位,")
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert {
        row["岗位"]: (row["要求它的招聘帖"], row["全部招聘帖"], row["必须或优先"]) for row in rows
    } == dict.fromkeys(("运营策划", "数据分析", "青岚酒店前厅经理"), ("1", "1", "必须"))

    page.emulate_media(media="print")
    expect(picture).to_be_visible()
    expect(page.get_by_role("link", name="青岚酒店前厅经理").first).to_be_visible()
    for control in ("存为 SVG", "岗位存为 CSV", "运营策划：出处"):
        expect(page.get_by_role("button", name=control)).to_be_hidden()


def test_departments_that_need_or_apply_a_skill_are_told_apart(visit: Visit) -> None:
    page = visit("/skill/skill:data-analysis").page
    applied = page.get_by_role("region", name="职责中应用它的部门").get_by_role("row")
    expect(applied).to_have_text(["部门部门及其岗位的职责涉及该部门的职责", "产品部门01", "禾木商城客户体验中心10"])
    expect(page.get_by_role("heading", name="部门说明要求它的部门")).to_have_text("部门说明要求它的部门 1")
    page.get_by_role("button", name="禾木商城客户体验中心：出处").click()
    owner = page.locator(".skill-roles > li").filter(has_text="禾木商城客户体验中心")
    expect(owner.locator("mark")).to_have_text("数据分析")
    expect(owner.get_by_text("service-centre.txt, 第 8 行")).to_be_visible()
    expect(owner.get_by_role("link", name="禾木商城客户体验中心")).to_have_attribute(
        "href", re.compile("^/role/department:")
    )
    needs = page.locator("section").filter(has=page.get_by_role("heading", name="提到它的任职要求"))
    expect(needs.locator("mark").first).to_have_text("数据分析经验")


def test_skills_are_found_by_their_names_by_need_and_in_the_tree_without_a_mouse(visit: Visit) -> None:
    page = visit("/skill").page
    expect(page.get_by_role("combobox", name="查找技能")).to_be_focused()
    hubs = page.get_by_role("region", name="最多岗位需要的技能")
    expect(hubs.get_by_role("row")).to_have_count(21)
    page.get_by_role("button", name="再显示一些").click()
    expect(hubs.get_by_role("row")).to_have_count(41)
    page.get_by_label("类型").select_option("工具")
    expect(hubs.get_by_role("row").nth(1)).to_have_text("Excel工具321%")
    page.get_by_label("类型").select_option("全部")
    page.get_by_role("checkbox", name="需要下位技能的岗位也计入上位技能").press("Space")
    expect(hubs.get_by_role("row").nth(1)).to_have_text("数据分析技能857%")

    tree = page.locator(".skill-tree")
    top = tree.get_by_role("link", name="分析能力")
    top.focus()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("button", name="分析能力 的下位技能")).to_have_attribute("aria-expanded", "true")
    expect(tree.get_by_role("link", name="市场分析")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("link", name="数据分析")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("link", name="市场分析")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(top).to_be_focused()
    page.keyboard.press("End")
    expect(tree.get_by_role("link").last).to_be_focused()
    page.get_by_role("checkbox", name="只显示岗位需要的技能").press("Space")
    expect(tree.get_by_text("0 个岗位", exact=True)).to_have_count(0)
    expect(tree.get_by_role("link", name="工程技术能力")).to_have_count(0)
    assert violations(page) == []

    page.reload()
    expect(hubs.get_by_role("row").nth(1)).to_contain_text("数据分析")
    market = tree.get_by_role("link", name="市场分析")
    market.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="市场分析")).to_be_focused()
    page.go_back()
    expect(market).to_be_visible()
    page.get_by_role("combobox", name="查找技能").fill("shujufenxi")
    page.get_by_role("combobox", name="查找技能").press("Enter")
    expect(page.get_by_role("heading", level=1, name="数据分析")).to_be_focused()


def test_lists_come_in_pages_a_least_share_thins_them_and_names_stay_texts(visit: Visit, shops: str) -> None:
    page = visit(f"{MARKET}?k=x&minShare=7", server=shops).page
    roles = page.locator(".skill-roles > li")
    expect(roles).to_have_count(20)
    page.get_by_role("button", name="再显示 4 个").click()
    expect(roles).to_have_count(24)
    expect(roles.nth(20).get_by_role("link")).to_be_focused()
    expect(page).to_have_url(re.compile("k=40"))
    expect(roles.last).to_contain_text("店长<b>大</b>")
    expect(roles.last).to_contain_text("3 个招聘帖中有 1 个")
    duties = page.locator("section").filter(has=page.get_by_role("heading", name="提到它的职责")).locator("blockquote")
    expect(duties).to_have_count(20)
    page.get_by_role("button", name="再显示一些（还有 4 条）").press("Enter")
    expect(duties).to_have_count(24)
    expect(page.locator("ul:focus blockquote")).to_have_count(4)
    expect(duties.locator("mark")).to_contain_text(["市场分析"] * 24)
    slider = page.get_by_role("slider", name="至少占招聘帖的比例")
    for _ in range(8):
        slider.press("ArrowRight")
    expect(page.get_by_role("heading", name="需要它的岗位")).to_have_text("需要它的岗位 23")
    expect(page).to_have_url(re.compile(r"minShare=0\.4"))


def test_a_phrase_that_the_taxonomy_lacks_says_so_and_leads_to_skills_like_it(visit: Visit, shops: str) -> None:
    page = visit(f"/skill/{candidate_id('Excelize')}", server=shops).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Excelize")
    expect(page.get_by_text("技能表中还没有这个说法")).to_be_visible()
    expect(page.get_by_role("heading", name="在技能表中的位置")).to_have_count(0)
    page.get_by_role("button", name="店长<b>大</b>：出处").click()
    expect(page.locator(".opened mark")).to_have_text(["Excelize"] * 3)
    page.get_by_role("link", name="Excel", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Excel")).to_be_focused()
    expect(page.get_by_text("没有岗位需要它。")).to_be_visible()


def test_an_address_that_means_no_skill_leads_on(visit: Visit) -> None:
    page = visit(f"/skill?skill={quote('市场分西')}").page
    expect(page.get_by_role("alert")).to_contain_text("图中没有名为“市场分西”的技能。")
    page.get_by_role("link", name="市场分析", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("市场分析")
    page = visit(f"/skill/{role_id('运营策划')}").page
    expect(page.get_by_text("这是岗位“运营策划”的标识。")).to_be_visible()
    expect(page.get_by_role("link", name="查看", exact=True)).to_have_attribute("href", f"/role/{role_id('运营策划')}")
    page.get_by_role("link", name="浏览所有技能").click()
    expect(page.get_by_role("region", name="最多岗位需要的技能")).to_be_visible()


def test_a_phone_in_english_shows_all_without_scrolling_sideways(visit: Visit) -> None:
    page = visit("/skill/skill:motion-design", locale="en-US", viewport={"width": 360, "height": 740}).page
    expect(page.get_by_role("heading", level=1)).to_have_text("motion design")
    ways = page.get_by_role("navigation", name="Broader skills").get_by_role("list")
    expect(ways).to_have_count(3)
    expect(ways.last.get_by_role("link").last).to_have_text("video production")
    expect(page.get_by_role("img", name="The place of “motion design”")).to_be_visible()
    expect(page.get_by_text("No role needs it.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    page.get_by_role("link", name="Skill", exact=True).click()
    expect(page.get_by_role("region", name="Skills that most roles need").get_by_role("row")).to_have_count(21)
    expect(page.locator(".skill-tree").get_by_role("link", name="analytical skills")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
