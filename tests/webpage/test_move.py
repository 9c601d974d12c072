"""From a role or from one's own skills to a role: what is missing, and the way there."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from webpage.conftest import Serve, Visit

DOCUMENTS = {
    "shop.txt": """店长

岗位职责：
1、制定销售计划，管理门店团队；
2、与财务部核对账款，做数据分析。
任职要求：
1、大专及以上学历，三年以上零售经验；
2、熟练使用Excel，具有良好的沟通能力；
3、持有健康证。
职业发展方向：店长→区域经理
""",
    "area.txt": """区域经理

岗位职责：
1、制定区域营销策略，管理门店团队；
2、做市场分析和数据分析，编制预算。
任职要求：
1、本科及以上学历，五年以上零售经验，英语流利者优先；
2、熟练使用Excel，熟悉SQL。
职业发展方向：区域经理→大区总监
""",
    "area-2.txt": """区域经理

岗位职责：
1、管理门店团队，做竞品分析；
任职要求：
1、本科及以上学历；
2、熟练使用Excel，精通Python。
""",
    "market.txt": """市场专员

岗位职责：
1、做市场调研和数据分析；
2、策划促销活动。
任职要求：
1、熟练使用Excel和SQL。
""",
}


@pytest.fixture(scope="module")
def shops(serve: Serve) -> str:
    """A server on four postings, two of which state the next step of a career."""
    return serve(DOCUMENTS)


BOTH = re.compile("/move/role:[0-9a-f]{16}/role:[0-9a-f]{16}")

GAP = """query ($start: StartInput!, $target: String!) {
  skillGap(start: $start, target: $target) {
    ... on SkillGap {
      start { id } target { id } own { id } postings
      has { skill { name } } partly { skill { name } via { name } } lacks { skill { name } postings }
      conditions { topic status }
    }
  }
}"""


def gap_of(page: Page, server: str, start: dict[str, Any], target: str) -> Any:
    """What GraphQL says of a move; None if that took too long."""
    asked = {"query": GAP, "variables": {"start": start, "target": target}}
    answer: dict[str, Any] = page.request.post(server, data=asked).json()
    return (answer.get("data") or {}).get("skillGap")


def names(part: list[dict[str, Any]]) -> list[str]:
    return [each["skill"]["name"] for each in part]


def skills(part: Locator) -> Locator:
    return part.locator(".skill > button")


def saved(page: Page, button: Locator) -> str:
    with page.expect_download() as download:
        button.click()
    return download.value.path().read_text(encoding="utf-8-sig")


def led_to(page: Page, end: str) -> None:
    """Waits for an address that ends so."""
    page.wait_for_url(lambda url: unquote(url).endswith(end))


def path_of(page: Page) -> str:
    return unquote(page.url.split("/", 3)[3])


def test_a_move_by_keyboard_shows_what_graphql_says(visit: Visit, samples: str) -> None:
    page = visit("/move").page
    page.keyboard.type("采购主管")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="目标岗位")).to_be_focused()
    expect(page.get_by_role("heading", name="从 采购主管 可以去哪里")).to_be_visible()
    page.keyboard.type("门店店长")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="从 采购主管 到 门店店长")).to_be_focused()

    gap = gap_of(page, samples, {"role": "采购主管"}, "门店店长")
    led_to(page, f"/move/{gap['start']['id']}/{gap['target']['id']}")
    has, partly, lacks = (page.get_by_role("region", name=name, exact=True) for name in ("已具备", "部分具备", "缺少"))
    expect(skills(has)).to_have_text(names(gap["has"]))
    expect(skills(partly)).to_have_text(names(gap["partly"]))
    expect(skills(lacks)).to_have_text(names(gap["lacks"]))  # in learning order
    assert min(len(gap[part]) for part in ("has", "partly", "lacks")) > 0
    known, every = len(gap["has"]), sum(len(gap[part]) for part in ("has", "partly", "lacks"))
    sentence = f"门店店长 所需的 {every} 个技能中，已具备 {known} 个：{round(100 * known / every)}%"
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(partly.get_by_role("listitem").first).to_contain_text(f"通过 {gap['partly'][0]['via']['name']}，相似度")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(skills(has).first).to_have_attribute("aria-expanded", "true")
    expect(has.get_by_role("heading", name="门店店长")).to_be_visible()
    expect(has.get_by_role("heading", name="采购主管")).to_be_visible()
    expect(has.locator("mark").first).to_be_visible()
    expect(has.get_by_text("purchasing-manager.txt, 第")).to_be_visible()
    assert "?skill=skill:" in path_of(page)


def test_a_link_shows_the_same_in_english_and_its_table_can_be_saved(visit: Visit, samples: str) -> None:
    page = visit("/move?from=采购主管&to=门店店长&lang=en&skill=skill:complaint-handling", locale="en-US").page
    expect(page.get_by_role("heading", name="From 采购主管 to 门店店长")).to_be_visible()
    expect(page).to_have_url(BOTH)
    compared = page.get_by_role("link", name="Compare the two")
    expect(compared).to_have_attribute("href", re.compile(r"/role:\w+\?lang=en$"))
    lacking = page.get_by_role("region", name="Lacking", exact=True)
    expect(lacking.get_by_role("button", expanded=True)).to_have_text("complaint handling")
    expect(lacking.locator("mark").first).to_have_text("妥善处理顾客投诉")
    expect(page.get_by_text("of 26 skills that 门店店长 needs are there")).to_be_visible()
    expect(page.get_by_role("row", name="Education")).to_contain_text("✓ met")

    gap = gap_of(page, samples, {"role": "采购主管"}, "门店店长")
    text = saved(page, page.get_by_role("button", name="Save CSV").first)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["part"] for row in rows] == (
        ["There"] * len(gap["has"]) + ["There in part"] * len(gap["partly"]) + ["Lacking"] * len(gap["lacks"])
    )
    assert [row["learning order"] for row in rows][-2:] == [str(len(gap["lacks"]) - 1), str(len(gap["lacks"]))]
    handling = next(row for row in rows if row["id"] == "skill:complaint-handling")
    assert (handling["postings"], handling["of"], handling["necessity"]) == ("1", "1", "required")
    assert "客户服务部门" in handling["departments"]


def test_own_skills_in_own_words(visit: Visit, samples: str) -> None:
    page = visit("/move?by=skills").page
    expect(page.get_by_role("combobox", name="添加技能")).to_be_focused()
    while (gap := gap_of(page, samples, {"skills": ["excel", "写过SQL取数脚本"]}, "数据分析师（电商方向）")) is None:
        pass  # a busy machine may take longer to compile the lexicon than a question may take
    page.goto(samples.removesuffix("/graphql") + "/move?skills=excel，写过SQL取数脚本&to=数据分析师（电商方向）")
    own = page.get_by_role("group", name="我的技能")
    expect(own.get_by_role("listitem")).to_have_count(4)
    ids = ",".join(skill["id"] for skill in gap["own"])
    led_to(page, f"/move/{ids}/{gap['target']['id']}")
    expect(page.get_by_role("heading", name="从 我的 4 个技能 到 数据分析师（电商方向）")).to_be_visible()
    expect(skills(page.get_by_role("region", name="已具备", exact=True))).to_have_text(names(gap["has"]))
    expect(page.get_by_text("没有经由其他岗位的路径")).to_be_visible()
    begin = page.get_by_role("link", name="从 采购主管 出发")
    expect(begin).to_have_attribute("href", f"/move/role:34d5f611f67c230b/{gap['target']['id']}")

    own.get_by_role("textbox", name="或用自己的话写").fill("沟通， 嗑瓜子，Tableu")
    own.get_by_role("button", name="添加").click()
    hints = own.get_by_role("status", name="没有理解的说法")
    expect(hints).to_contain_text("没有理解“嗑瓜子”。没有相近的技能")
    expect(own.get_by_text("沟通能力")).to_be_visible()
    led_to(page, "?skills=嗑瓜子&skills=Tableu")
    hints.get_by_role("link", name="Tableau", exact=True).click()
    expect(own.get_by_role("link", name="移除 Tableau")).to_be_visible()
    expect(skills(page.get_by_role("region", name="已具备", exact=True)).filter(has_text="Tableau")).to_be_visible()
    own.get_by_role("link", name="移除 嗑瓜子").click()
    expect(hints).to_be_empty()
    expect(page.get_by_role("combobox", name="添加技能")).to_be_focused()
    page.get_by_role("link", name="移除 数据分析师（电商方向）").click()
    expect(page.get_by_role("heading", name="这些技能可以去哪里")).to_be_visible()
    page.get_by_role("radio", name="从一个岗位").check()
    expect(page.get_by_role("combobox", name="出发岗位")).to_be_visible()
    led_to(page, "/move")


def test_a_stated_step_is_told_from_an_inferred_one(visit: Visit, shops: str) -> None:
    page = visit("/move?from=市场专员&to=大区总监", server=shops).page
    ways = page.get_by_role("group", name="选择路径")
    expect(ways.get_by_role("radio")).to_have_count(2)
    expect(ways.get_by_text("市场专员 → 区域经理 → 大区总监")).to_be_visible()
    ways.get_by_role("radio", name="市场专员 → 店长 → 区域经理 → 大区总监").check()
    led_to(page, "?path=2")
    steps = page.get_by_role("list", name="各步").locator(":scope > li")
    expect(steps).to_have_count(3)
    expect(steps.nth(0)).to_contain_text("由技能推断")
    expect(steps.nth(0)).to_contain_text("没有文档说明这一步")
    expect(steps.nth(1)).to_contain_text("文档说明")
    expect(steps.nth(1)).to_contain_text("shop.txt, 第 10 行")
    expect(steps.nth(2)).to_contain_text("没有招聘帖描述此岗位，所需技能未知")
    expect(page.get_by_text("没有招聘帖说明 大区总监 需要哪些技能")).to_be_visible()

    page.reload()
    expect(steps).to_have_count(3)
    picture = ElementTree.fromstring(saved(page, page.get_by_role("button", name="存为 SVG")))
    svg = "{http://www.w3.org/2000/svg}"
    assert [line.get("stroke-dasharray") for line in picture.iter(f"{svg}line")] == ["5px, 5px", "none", "none"]
    texts = [text.text for text in picture.iter(f"{svg}text")]
    assert [text for text in texts if text in ("文档说明", "由技能推断")] == ["由技能推断", "文档说明", "文档说明"]
    assert texts[-4:] == ["市场专员", "店长", "区域经理", "大区总监"]
    assert "“区域经理” shop.txt, 第 10 行" in texts
    assert "class=" not in ElementTree.tostring(picture, "unicode")

    steps.nth(1).get_by_role("link", name="看 店长 到 区域经理 的差距").click()
    expect(page.get_by_role("heading", name="从 店长 到 区域经理")).to_be_focused()
    lacks = page.get_by_role("region", name="缺少", exact=True)
    expect(lacks.get_by_role("listitem").filter(has_text="英语")).to_contain_text("2 个招聘帖中有 1 个优先")
    page.get_by_role("slider", name="至少占招聘帖的比例").fill("0.9")
    expect(lacks.get_by_role("listitem").filter(has_text="英语")).to_have_count(0)
    led_to(page, "minShare=0.9")


def test_conditions_are_judged_by_what_is_stated(visit: Visit, shops: str) -> None:
    page = visit("/move?skills=Excel&to=区域经理", server=shops).page
    education, years, certificate, language = (
        page.get_by_role("row", name=re.compile(f"^{name}")) for name in ("学历", "工作年限", "证书", "语言")
    )
    expect(education).to_contain_text("没有说明 不知本人是否具备")
    expect(education).to_contain_text("本科及以上")
    expect(education).to_contain_text("area-2.txt, 第 6 行")
    expect(certificate).to_contain_text("没有说明 招聘帖没有提到")
    page.get_by_text("填写本人的学历").click()
    page.get_by_role("combobox", name="学历").select_option("硕士")
    expect(education).to_contain_text("✓ 符合")
    page.get_by_role("spinbutton", name="工作年限").fill("2")
    page.get_by_role("spinbutton", name="工作年限").press("Tab")
    page.keyboard.type("零售")
    page.keyboard.press("Tab")
    expect(years).to_contain_text("✗ 不符合")
    expect(years).to_contain_text("零售 5 年以上")
    expect(years).to_contain_text("2 个招聘帖中有 1 个")
    page.get_by_role("textbox", name="语言").fill("英语, 日语")
    page.get_by_role("textbox", name="语言").press("Enter")
    expect(language).to_contain_text("✓ 符合")
    led_to(page, "?education=硕士&years=2:零售&languages=英语,日语")
    page.reload()
    expect(years).to_contain_text("✗ 不符合")
    expect(page.get_by_role("combobox", name="学历")).to_have_value("硕士")
    rows = list(csv.reader(io.StringIO(saved(page, page.get_by_role("button", name="存为 CSV").nth(1)))))
    assert [row[:3] for row in rows[1:]] == [
        ["学历", "本科及以上", "符合"],
        ["工作年限", "零售 5 年以上", "不符合"],
        ["证书", "", "没有说明"],
        ["语言", "英语", "符合"],
    ]


def test_what_is_not_a_move_says_so(visit: Visit, shops: str) -> None:
    page = visit("/move?from=店长&to=区域经<b>里", server=shops).page
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("图中没有名为“区域经<b>里”的岗位或部门")
    alert.get_by_role("link", name="区域经理").click()
    expect(page.get_by_role("heading", name="从 店长 到 区域经理")).to_be_visible()
    expect(page).to_have_url(BOTH)
    both = path_of(page).split("/")
    page.get_by_role("link", name="交换方向").click()
    expect(page.get_by_role("heading", name="从 区域经理 到 店长")).to_be_visible()
    led_to(page, f"/move/{both[2]}/{both[1]}")

    page.goto(f"{shops.removesuffix('/graphql')}/move/{both[1]}/{both[1]}")
    expect(page.get_by_text("出发岗位就是目标岗位")).to_be_visible()
    stated = page.get_by_role("region", name="文档说明的去向")
    expect(stated.get_by_role("link", name="区域经理")).to_have_attribute("href", "/" + "/".join(both))
    expect(stated).to_contain_text("shop.txt, 第 10 行")

    page.goto(f"{shops.removesuffix('/graphql')}/move?from=店长&to=财务部")
    expect(page.get_by_text("路径只在岗位之间，部门没有")).to_be_visible()
