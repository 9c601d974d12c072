"""The view of a role or department, and the list of all of them."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from webpage.conftest import Serve, Visit

NAME = "<b>培训</b>专员"

TRAINER = f"""岗位名称：{NAME}
所属部门：人力资源部
工作地点：宁远市
岗位职责：
1、制定培训计划，组织员工培训；
2、负责数据分析；
任职要求：
1、本科及以上学历；
2、有培训工作经验者优先；
3、熟练使用Excel，会用SQL者优先；
职业发展：培训专员→培训经理
"""
ROOMS = "".join(f"{n}、负责第{n}号培训教室的设备登记与保管；\n" for n in range(2, 26))


KEEPERS = "岗位名称,公司,岗位职责\n" + "".join(
    f"{n:02}号仓管员,{'甲' if n % 2 else '乙'}公司,1、负责{n}号仓库的库存管理；2、核对账目\n" for n in range(65)
)


@pytest.fixture(scope="module")
def busy(serve: Serve) -> str:
    """A server on 66 roles: one with HTML in its name, two postings and 27 duties, and 65 of two organizations."""
    other = f"岗位名称：{NAME}\n岗位职责：\n1、组织员工培训；\n{ROOMS}"
    return serve({"a.txt": TRAINER, "b.txt": other, "many.csv": KEEPERS})


def part(page: Page, name: str) -> Locator:
    """A part of the view; its heading may say how many there are."""
    return page.locator("section").filter(has=page.get_by_role("heading", level=2, name=re.compile(rf"^{name}( |$)")))


def saved(page: Page, button: str) -> tuple[str, list[list[str]]]:
    """The name of a saved file, and its rows."""
    with page.expect_download() as waited:
        page.get_by_role("button", name=button).click()
    text = Path(waited.value.path()).read_text("utf-8")
    assert text.startswith("\ufeff")
    return waited.value.suggested_filename, list(csv.reader(StringIO(text[1:], newline="")))


def test_a_role_shows_all_that_documents_say_of_it_and_where(visit: Visit) -> None:
    page = visit("/role?role=采购主管").page
    expect(page.get_by_role("heading", level=1, name="采购主管")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/role/role:34d5f611f67c230b$"))
    expect(page).to_have_title("采购主管 · rolegraph")

    duties = part(page, "职责")
    expect(duties.get_by_role("heading", level=3)).to_have_text("岗位职责")
    overlapping = duties.get_by_role("listitem").filter(has_text="跟踪订单交付")
    expect(overlapping.locator("mark")).to_have_text(["跟踪订单交付", "协调仓储部", "解决到货延误", "和质量问题"])
    expect(overlapping).to_contain_text("purchasing-manager.txt, 第 11 行")
    expect(overlapping.get_by_role("link")).to_have_text(["订单交付", "跨部门协作", "不合格品处理", "仓储部门"])

    requirements = part(page, "任职要求")
    types = ["条件概览", "学历与专业", "经验", "知识与技能", "素质"]
    expect(requirements.get_by_role("heading", level=3)).to_have_text(types)
    expect(requirements.get_by_role("region", name="条件概览")).to_contain_text("5 年以上采购经验")
    expect(requirements.get_by_text("没有提到：证书、语言")).to_be_visible()

    tools = part(page, "技能").get_by_role("region", name="工具")
    expect(tools.get_by_role("button")).to_have_text(["ERP系统", "Excel", "SQL"])
    tools.get_by_role("button", name="SQL").click()
    expect(tools.locator("blockquote mark")).to_have_text("会用SQL")
    expect(tools.get_by_text("第 17 行")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/role/role:34d5f611f67c230b\?skill=skill%3Asql$"))

    career = part(page, "部门与发展")
    expect(career.get_by_role("region", name="所属部门").get_by_role("link")).to_have_text("供应链管理部门")
    expect(career.get_by_role("region", name="直接上级").get_by_role("link")).to_have_text("供应链总监")
    expect(career.get_by_role("region", name="可以发展到").get_by_role("link")).to_have_text("采购经理")
    expect(part(page, "考核指标").locator("dt")).to_have_text(["供应商合格率", "到货及时率", "采购成本降低率"])
    expect(part(page, "招聘帖与文档").get_by_role("row").nth(1)).to_contain_text("宁远市")

    page.get_by_role("navigation", name="本页内容").get_by_role("link", name="相似岗位").click()
    expect(page.get_by_role("heading", level=2, name="相似岗位")).to_be_in_viewport()
    page.get_by_role("link", name="与 景区票务主管 对比").click()
    expect(page).to_have_url(re.compile(r"/compare/role:34d5f611f67c230b/role:3eb034c6bb7e9b1f$"))


def test_a_link_to_opened_evidence_shows_it_in_english_too(visit: Visit) -> None:
    page = visit("/role/role:34d5f611f67c230b?skill=skill:sql&lang=en").page
    tools = part(page, "Skills").get_by_role("region", name="Tools")
    expect(tools.get_by_role("button", expanded=True)).to_have_text("Structured Query Language")
    expect(tools.get_by_text("line 17")).to_be_visible()
    expect(part(page, "Requirements").get_by_text("5 years or more in 采购")).to_be_visible()
    expect(page.get_by_role("link", name="Show in the graph")).to_have_attribute(
        "href", "/graph/role:34d5f611f67c230b?lang=en"
    )
    # A career step leads to a role that no posting describes.
    page.get_by_role("link", name="采购经理").click()
    expect(page.get_by_role("heading", level=1, name="采购经理")).to_be_focused()
    expect(page.get_by_text("Documents only name this role.")).to_be_visible()
    expect(page.get_by_role("region", name="Reached from").get_by_role("link")).to_have_text("采购主管")


def test_a_department_is_shown_as_a_role_is(visit: Visit) -> None:
    page = visit("/role?role=禾木商城客户体验中心").page
    expect(page).to_have_url(re.compile(r"/role/department:d14e95aacc05cc65$"))
    expect(part(page, "职责").get_by_role("heading", level=3)).to_have_text("部门职责")
    structure = part(page, "岗位与部门")
    expect(structure.get_by_role("region", name="在此应用的技能")).to_contain_text("投诉处理 自己的职责 1 条")
    expect(part(page, "考核指标")).to_contain_text("二十秒内接起的来电占全部来电的比例")
    structure.get_by_role("region", name="上级部门").get_by_role("link", name="运营事业部").click()
    expect(page.get_by_role("heading", level=1, name="运营事业部")).to_be_focused()
    expect(part(page, "岗位与部门").get_by_role("region", name="下级部门")).to_contain_text("禾木商城客户体验中心")


def test_roles_are_listed_filtered_and_read_on_page_after_page(visit: Visit, busy: str) -> None:
    page = visit("/role", server=busy).page
    roles = page.get_by_role("region", name="全部岗位")
    expect(roles.get_by_text("66 个岗位")).to_be_visible()
    expect(roles.get_by_role("listitem")).to_have_count(60)
    roles.get_by_role("button", name="更多").click()
    expect(roles.get_by_role("listitem")).to_have_count(66)
    expect(roles.get_by_text("已显示 66 / 66")).to_be_focused()
    page.reload()
    expect(roles.get_by_role("listitem")).to_have_count(66)

    roles.get_by_label("排序").select_option("招聘帖多者在前")
    expect(roles.get_by_role("link").first).to_have_text(NAME)
    roles.get_by_label("单位").select_option(label="乙公司 (33)")
    expect(roles.get_by_text("33 个岗位")).to_be_visible()
    roles.get_by_label("名称").fill("07号")
    expect(roles.get_by_role("listitem")).to_have_count(0)
    roles.get_by_label("名称").fill("08号")
    expect(roles.get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/role\?order=most&organization=.+&text=.+$"))
    roles.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="08号仓管员")).to_be_focused()
    page.go_back()
    expect(roles.get_by_label("名称")).to_have_value("08号")

    page.goto(busy.removesuffix("/graphql") + "/role?department=没有的部门")
    expect(roles.get_by_text("没有符合条件的岗位。")).to_be_visible()
    page.goto(busy.removesuffix("/graphql") + "/role?education=本科")
    expect(roles.get_by_role("listitem")).to_have_count(1)


def test_html_in_a_name_is_a_name_and_tables_are_saved_whole(visit: Visit, busy: str) -> None:
    page = visit("/role?role=%3Cb%3E培训%3C/b%3E专员", server=busy).page
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.get_by_text("2 个招聘帖", exact=True)).to_be_visible()
    items = part(page, "职责").get_by_role("listitem")
    expect(items).to_have_count(20)
    page.get_by_role("button", name="更多: 职责").click()
    expect(items).to_have_count(27)
    expect(part(page, "职责").get_by_text("已显示 27 / 27")).to_be_visible()

    requirements = part(page, "任职要求").get_by_role("listitem")
    expect(requirements.filter(has_text="有培训工作经验者").locator(".tag")).to_have_text("优先")
    skill = page.get_by_role("region", name="工具").get_by_role("listitem").filter(has_text="SQL")
    expect(skill).to_contain_text("2 个招聘帖中有 1 个优先")

    name, rows = saved(page, "职责存为 CSV")
    assert name == "-b-培训-b-专员 - 职责.csv"
    assert rows[0] == ["标题", "职责", "技能", "文档", "行", "招聘帖"]
    assert len({row[1] for row in rows[1:]}) == 27
    assert ["a.txt", "5", NAME] in [row[3:] for row in rows]
    _, rows = saved(page, "技能存为 CSV")
    assert ["工具", "SQL", "skill:sql", "1", "2", "1", "优先"] in rows


def test_a_name_that_is_unknown_leads_on(visit: Visit) -> None:
    page = visit("/role?role=采购主任").page
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("图中没有名为“采购主任”的岗位或部门")
    problem.get_by_role("link", name="采购主管").click()
    expect(page.get_by_role("heading", level=1, name="采购主管")).to_be_visible()
    page.get_by_role("link", name="查找其他岗位").click()
    page.get_by_role("combobox", name="查找岗位或部门").fill("sjfx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="数据分析")).to_be_focused()


def test_a_printed_role_is_one_sheet_without_controls(visit: Visit) -> None:
    page = visit("/role?role=采购主管").page
    expect(part(page, "相似岗位").get_by_role("listitem").first).to_be_visible()
    page.emulate_media(media="print")
    button = page.get_by_role("button", name="职责存为 CSV")
    for control in (page.get_by_role("navigation"), button, page.locator("meter")):
        expect(control.first).to_be_hidden()
    expect(page.get_by_text("开发和评估供应商")).to_be_visible()
    expect(part(page, "技能").get_by_text("供应商评估")).to_be_visible()
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_on_a_telephone_nothing_stands_beside_the_page(visit: Visit) -> None:
    page = visit("/role?role=采购主管&skill=skill:sql", viewport={"width": 320, "height": 640}).page
    expect(page.locator(".opened mark")).to_be_visible()
    expect(part(page, "相似岗位").get_by_role("listitem").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
