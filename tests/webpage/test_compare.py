"""The mission's question: which skills do roles share, and where does each sentence stand?"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from webpage.conftest import Serve, Visit

TRICKY = '数据<b>分析</b>&"师"'
"""A role's name as a document may have it; wherever it is shown, it is these signs and no markup."""

MANY = """
市场分析 竞争分析 活动策划 数据挖掘 报告撰写 用户行为分析 文案撰写 新媒体运营 预算管理 项目管理 客户服务 品牌推广
数据处理 统计分析 用户需求分析 方案策划 市场调研 成本控制 质量管理 供应商管理 库存管理 采购管理 合同管理 团队管理
绩效管理 招聘 培训 薪酬管理 财务分析 税务筹划 审计 短视频运营 选题策划 会议组织 风险管理 产品设计
Excel Python SQL Photoshop Java Linux MySQL Word 沟通能力 客户关系管理
"""

POSTINGS = {
    "one.txt": f"""岗位名称：{TRICKY}
岗位职责：
1. 负责市场分析与用户行为分析。
2. 负责数据挖掘和报告撰写。

岗位名称：运营策划
岗位职责：
1. 负责市场分析。
2. 负责活动策划与用户需求分析。
任职要求：
1. 有数据挖掘经验者优先。
""",
    "two.txt": """岗位名称：运营策划
岗位职责：
1. 负责活动策划。
2. 负责市场分析与竞争分析。

岗位名称：运营策划
岗位职责：
1. 负责文案撰写与新媒体运营。
""",
    "department.txt": """市场部部门职责
1. 负责活动策划与市场分析。
2. 负责品牌推广。
""",
    "many.txt": "岗位名称：全能\n岗位职责：\n"
    + "".join(f"{place}. 负责{skill}。\n" for place, skill in enumerate(MANY.split(), 1)),
}


@pytest.fixture(scope="module")
def tricky(serve: Serve) -> str:
    """A server with a role of three postings, one with a name that looks like markup, and one of many skills."""
    return serve(POSTINGS)


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def saved(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_question_is_answered_up_to_the_evidence_in_four_actions_of_the_keyboard(visit: Visit) -> None:
    page = visit().page
    page.keyboard.type("运营策划")
    page.keyboard.press("Enter")  # 1
    expect(page.get_by_role("combobox", name="第二个岗位")).to_be_focused()
    page.keyboard.type("数据分析")
    page.keyboard.press("Enter")  # 2
    expect(page.get_by_role("heading", name="运营策划 与 数据分析")).to_be_focused()
    page.keyboard.press("Tab")  # 3
    page.keyboard.press("Enter")  # 4
    shared = column(page, "共有")
    expect(shared.get_by_role("button", name="市场分析")).to_have_attribute("aria-expanded", "true")
    expect(shared.locator("mark")).to_have_text(["摸清市场形势", "市场洞察"])
    expect(shared.get_by_text("platform-roles.txt, 第 5 行")).to_be_visible()

    # What is shown can be sent: the address has it, and another browser shows the same.
    link = page.url
    again = visit(link[link.index("/compare") :]).page
    expect(column(again, "共有").locator("mark")).to_have_text(["摸清市场形势", "市场洞察"])
    page.go_back()
    expect(page.get_by_role("heading", name="或与相近的岗位对比")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("combobox", name="第一个岗位")).to_be_focused()


def test_the_search_box_takes_pinyin_slips_and_several_names_and_leaves_composing_alone(visit: Visit) -> None:
    page = visit().page
    # Who knows no name begins with a role that many postings describe.
    first = page.get_by_role("region", name="或从招聘帖最多的岗位开始").get_by_role("link").first
    expect(first).to_have_text("新媒体运营专员")
    expect(first).to_have_attribute("href", "/compare/role:0429d498db2d5731")
    first = page.get_by_role("combobox", name="第一个岗位")
    for typed in ("shujufenxi", "sjfx", "数居分析"):
        first.fill(typed)
        expect(page.get_by_role("option").first).to_contain_text("数据分析")
    expect(page.get_by_role("status").filter(has_text="上下键选择")).to_have_count(1)
    first.press("ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    first.press("Escape")
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    expect(first).to_have_value("数居分析")
    first.press("Escape")
    expect(first).to_have_value("")

    first.fill("没有这样的岗位名称")
    expect(page.get_by_text("没有名称近似“没有这样的岗位名称”的内容")).to_be_visible()
    # Enter that ends an input method's composing chooses nothing.
    first.fill("运营策划")
    first.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("option").first).to_contain_text("运营策划")
    expect(first).to_have_value("运营策划")

    first.fill("运营策划 和 shujufenxi")
    expect(page.get_by_role("option").first).to_contain_text("运营策划 + 数据分析")
    first.press("Enter")
    expect(page.get_by_role("heading", name="运营策划 与 数据分析")).to_be_focused()
    # The same once more is told, and changes nothing.
    page.get_by_role("combobox", name="再加一个岗位").fill("运营策划")
    page.get_by_role("option").first.click()
    expect(page.get_by_text("运营策划 已在对比中。")).to_be_visible()


def test_three_and_four_are_compared_and_taken_out_again(visit: Visit) -> None:
    page = visit("/compare?role=运营策划&role=数据分析&role=品牌推广").page
    expect(page).to_have_url(re.compile(r"/compare/role:\w+/role:\w+/role:\w+$"))
    expect(column(page, "部分共有").get_by_role("button", name="市场分析")).to_be_visible()
    expect(column(page, "仅 品牌推广").get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_role("img", name="运营策划 与 数据分析 与 品牌推广：技能的重合")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("combobox", name="再加一个岗位").fill("内容运营")
    page.get_by_role("combobox", name="再加一个岗位").press("Enter")
    expect(column(page, "仅 内容运营")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(1)  # four are the most: what is left is the choice of two
    page.get_by_label("哪两个").select_option(index=1)
    expect(page.get_by_text("不同但相近").or_(column(page, "经由上位技能相关").get_by_text("没有"))).to_be_visible()
    page.get_by_role("link", name="移除 数据分析").click()
    expect(page.get_by_role("heading", name="运营策划 与 品牌推广 与 内容运营")).to_be_visible()
    expect(page.get_by_role("combobox", name="再加一个岗位")).to_be_focused()


def test_an_address_that_names_what_is_not_there_or_too_much_leads_on(visit: Visit, tricky: str) -> None:
    page = visit("/compare?role=运营策化&role=数据分析&role=role:0000000000000000").page
    expect(page.get_by_text("图中没有名为“运营策化”的岗位或部门。")).to_be_visible()
    expect(page.get_by_text("这个链接中的 role:0000000000000000 已不在图中")).to_be_visible()
    page.get_by_role("link", name="移除 未知").click()
    page.get_by_role("link", name="运营策划", exact=True).click()
    expect(column(page, "共有").get_by_role("button", name="市场分析")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)

    both = re.findall(r"role:\w+", page.url)
    page = visit(f"/compare/{both[0]}/{both[1]}/{both[0]}?role=运营策划&role=品牌推广").page
    expect(page.get_by_text("运营策划 已在对比中。")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/compare/{both[0]}/{both[1]}/role:\w+$"))
    names = "&".join(f"role={name}" for name in ("运营策划", "数据分析", "品牌推广", "内容运营", "新媒体运营专员"))
    page = visit(f"/compare?{names}").page
    expect(page.get_by_text("最多对比 4 个，其余没有列入。")).to_be_visible()
    expect(column(page, "仅 内容运营")).to_be_visible()

    page = visit("/compare?role=运营策划", server=tricky).page
    page.get_by_role("combobox", name="第二个岗位").fill("市场部")
    expect(page.get_by_role("option").first).to_contain_text("部门")
    page.get_by_role("combobox", name="第二个岗位").press("Enter")
    expect(column(page, "共有").get_by_role("button")).to_have_text(["活动策划", "市场分析"])
    expect(page).to_have_url(re.compile(r"/compare/role:\w+/department:\w+$"))


def test_a_name_that_looks_like_markup_is_text_in_the_page_and_in_every_file(visit: Visit, tricky: str) -> None:
    page = visit("/compare?role=运营策划", server=tricky).page
    expect(page.get_by_role("heading", name="或与相近的岗位对比")).to_be_visible()
    page.keyboard.type(TRICKY)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"运营策划 与 {TRICKY}")).to_be_visible()
    expect(page.locator("main b, main script")).to_have_count(0)
    shared = column(page, "共有")
    expect(shared.get_by_text("3 个招聘帖中有 2 个")).to_be_visible()
    expect(shared.get_by_role("listitem").filter(has_text="数据挖掘").get_by_text("优先")).to_be_visible()

    name, svg = saved(page, "存为 SVG")
    assert name.endswith(".svg")
    assert not set(name) & set('<>"/')
    picture = ElementTree.fromstring(svg)
    texts = {"".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"市场分析", "数据挖掘", "活动策划", "共有 2", "共 7 个技能"} <= texts
    assert any(text.startswith("数据<b>分析</b>") for text in texts)
    assert not list(picture.iter("{http://www.w3.org/2000/svg}script"))
    assert b"<script" not in svg
    assert not re.search(rb"https?://(?!www\.w3\.org/)", svg)

    name, png = saved(page, "存为 PNG")
    assert name.endswith(".png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1760, 1000)

    name, table = saved(page, "存为 CSV")
    assert name.endswith(".csv")
    assert table.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in table
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    both = [row for row in rows if row["技能"] == "数据挖掘"]
    assert [row["岗位"] for row in both] == ["运营策划", TRICKY]
    assert (both[0]["招聘帖数"], both[0]["全部招聘帖数"], both[0]["要求"]) == ("1", "3", "优先")
    assert (both[0]["原话"], both[0]["文档"], both[0]["行"]) == ("数据挖掘经验", "one.txt", "11")

    # A pair that is related opens the sentences of both.
    related = column(page, "经由上位技能相关")
    related.get_by_role("button", name=re.compile("用户需求分析 ↔ 用户行为分析")).click()
    expect(related.locator("mark")).to_have_text(["用户需求分析", "用户行为分析"])
    expect(related.get_by_role("heading", name=f"{TRICKY}：用户行为分析")).to_be_visible()


def test_the_slider_answers_anew_and_leaves_focus_and_what_is_open(visit: Visit, tricky: str) -> None:
    page = visit("/compare?role=运营策划&role=全能&skill=skill:market-analysis", server=tricky).page
    shared = column(page, "共有")
    expect(shared.locator("mark")).to_have_count(3)
    expect(shared.get_by_role("button", name="竞争分析")).to_be_visible()
    slider = page.get_by_role("slider", name="至少占招聘帖的比例")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("PageUp")
    for _ in range(6):
        slider.press("ArrowRight")
    expect(shared.get_by_role("button", name="竞争分析")).to_have_count(0)
    expect(shared.locator("mark")).to_have_count(3)
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile(r"minShare=0\.\d+"))
    expect(page.get_by_text(re.compile(r"只计至少 \d+% 的招聘帖要求的技能")).first).to_be_visible()
    # A move is looked at with the same share.
    move = page.get_by_role("link", name="从 运营策划 转到 全能")
    expect(move).to_have_attribute("href", re.compile(r"^/move/.*minShare=0\.\d+$"))
    slider.press("Home")
    expect(shared.get_by_role("button", name="竞争分析")).to_be_visible()
    expect(page).not_to_have_url(re.compile("minShare"))

    # A long column shows its first thirty until all are asked for; on paper all stand.
    only = column(page, "仅 全能")
    lines = only.locator("li.skill")
    total = lines.count()
    assert total > 30
    expect(lines.locator("visible=true")).to_have_count(30)
    page.emulate_media(media="print")
    expect(lines.locator("visible=true")).to_have_count(total)
    expect(page.get_by_role("combobox")).to_have_count(0)
    for hidden in (slider, page.get_by_role("button", name="存为 SVG"), page.get_by_role("button", name="复制链接")):
        expect(hidden).to_be_hidden()
    expect(page.get_by_role("img", name="运营策划 与 全能：技能的重合")).to_be_visible()
    page.emulate_media(media="screen")
    only.get_by_role("button", name=f"显示全部 {total} 个").click()
    expect(lines.locator("visible=true")).to_have_count(total)


def test_in_english_and_on_a_telephone_with_the_link_copied(visit: Visit) -> None:
    page = visit(
        "/compare?role=运营策划&role=数据分析", locale="en-US", viewport={"width": 360, "height": 740},
        permissions=["clipboard-read", "clipboard-write"],
    ).page  # fmt: skip
    expect(page.get_by_role("heading", name="Which skills do roles share?")).to_be_visible()
    shared = column(page, "Shared")
    shared.get_by_role("button", name="market analysis").click()
    expect(shared.get_by_text("platform-roles.txt, line 5")).to_be_visible()
    expect(shared.get_by_text("in 1 of 1 posting").first).to_be_visible()
    expect(column(page, "Related through a broader skill").get_by_role("button")).to_have_count(2)
    expect(page.get_by_text("Of the 5 skills of 运营策划, 1 (20%) are needed by 数据分析 too.")).to_be_visible()
    picture = page.get_by_role("img", name="运营策划 and 数据分析: how their skills overlap")
    expect(picture).to_contain_text("user behaviour analysis")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link is copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    expect(page.get_by_role("link", name="Move from 运营策划 to 数据分析")).to_be_visible()
