"""The mission's question, asked by somebody who has no mouse."""

from __future__ import annotations

from playwright.sync_api import expect

from webpage.conftest import Visit


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
    shared = page.get_by_role("region", name="共有")
    expect(shared.get_by_role("button", name="市场分析")).to_have_attribute("aria-expanded", "true")
    expect(shared.locator("mark")).to_have_text(["摸清市场形势", "市场洞察"])
    expect(shared.get_by_text("platform-roles.txt, 第 5 行")).to_be_visible()
