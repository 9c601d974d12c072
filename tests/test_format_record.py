"""A record's fields are composed to a text of which the parser reads every one back."""

from __future__ import annotations

import pytest

from loaders.formats.record import compose
from loaders.posting import JobPosting, parse
from loaders.text import normalise

FULL = {
    "title": "门店店长",
    "organization": "青禾餐饮管理有限公司",
    "department": "营运部",
    "place": "杭州",
    "education": "大专及以上",
    "experience": "3-5年",
    "duties": "1、管理门店日常营业；\n2、带教新员工。",
    "requirements": "1、有餐饮行业经验；\n2、能承受压力。",
}


def posting(fields: dict[str, str]) -> JobPosting:
    (found,) = parse(normalise(compose(fields))).postings
    return found


def items(fields: dict[str, str]) -> list[tuple[str, str]]:
    return [(item.section, item.text) for item in posting(fields).items]


def test_every_field_is_read_back() -> None:
    found = posting(FULL)
    assert (found.title, found.organization, found.place) == ("门店店长", "青禾餐饮管理有限公司", "杭州")
    assert [(fact.relation, fact.name) for fact in found.facts] == [("BELONGS_TO", "营运部")]
    assert items(FULL) == [
        ("requirement", "大专及以上"),
        ("requirement", "3-5年工作经验"),
        ("duty", "管理门店日常营业"),
        ("duty", "带教新员工"),
        ("requirement", "有餐饮行业经验"),
        ("requirement", "能承受压力"),
    ]


def test_a_text_that_is_not_divided_is_divided_by_its_own_headings() -> None:
    text = "岗位职责：\n1、管理门店日常营业；\n2、带教新员工。\n任职要求：\n1、能承受压力。"
    fields = {key: value for key, value in FULL.items() if key not in ("duties", "requirements")} | {"text": text}
    assert [section for section, _ in items(fields)] == ["requirement"] * 2 + ["duty"] * 2 + ["requirement"]


def test_a_text_without_headings_does_not_belong_to_the_label_before_it() -> None:
    fields = {"title": "门店店长", "education": "大专", "text": "1.管理门店日常营业；2.带教新员工"}
    assert items(fields) == [("requirement", "大专"), ("duty", "管理门店日常营业"), ("duty", "带教新员工")]


@pytest.mark.parametrize("value", ["不限", "经验不限", "-", "无"])
def test_what_asks_for_nothing_leaves_no_line(value: str) -> None:
    assert compose({"title": "会计", "experience": value, "duties": "做账"}) == "会计\n岗位职责：\n做账"


def test_a_block_that_has_its_heading_gets_no_second_one() -> None:
    assert compose({"title": "会计", "duties": "【岗位职责】\n做账"}) == "会计\n【岗位职责】\n做账"


def test_absent_and_blank_fields_leave_no_line() -> None:
    assert compose({"title": " 会\n计 ", "place": " ", "text": "做账"}) == "会 计\n做账"


@pytest.mark.parametrize(
    ("given", "read"), [("杭州-西湖区", "杭州·西湖区"), ("杭州、上海", "杭州、上海"), ("Shanghai", "Shanghai")]
)
def test_places_as_forms_give_them(given: str, read: str) -> None:
    assert posting(FULL | {"place": given}).place == read
