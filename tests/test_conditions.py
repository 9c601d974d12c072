"""Conditions of several postings of a role: what its holder has at least, and whether another role's are met."""

from __future__ import annotations

from contextlib import closing, contextmanager

import pytest
import small
from graphs import Item, Post, reading
from planner import stating
from stores import PLACES

from graphmodel.questions.conditions import Held, conditions
from graphmodel.questions.gap import skill_gap
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.store import open_store

FACTS = {
    "本科": {"education": "本科"},
    "大专": {"education": "大专"},
    "中专": {"education": "中专"},
    "高中": {"education": "高中"},
    "硕士优先": {"education": "硕士"},
    "三年数据": {"min_years": 3.0, "experience_field": "数据分析"},
    "两年管理": {"min_years": 2.0, "experience_field": "管理"},
    "十年": {"min_years": 10.0},
    "三年": {"min_years": 3.0},
    "五年": {"min_years": 5.0},
    "有PMP证书": {"certificates": ("PMP证书",)},
    "有PMP和CPA": {"certificates": ("PMP", "CPA")},
    "有教师资格证": {"certificates": ("教师资格证",)},
    "会英语": {"languages": ("英语",)},
}


def postings(role, *said):
    """A posting of the role for each of the lists of requirements; what ends in 优先 is preferred."""
    for number, texts in enumerate(said):
        items = [Item(text, wanted=True, preferred=text.endswith("优先")) for text in texts]
        yield stating(reading(f"{role}{number}.txt", [Post(role, items)], taxonomy=small.DIGEST), FACTS)


@contextmanager
def asked(*readings, kind, folder):
    with PLACES[kind](folder) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(readings)
        yield store


@pytest.mark.parametrize("kind", PLACES)
def test_the_least_of_a_role_is_what_all_its_postings_leave(kind, tmp_path):
    many = postings(
        "会计",
        ["本科", "三年数据", "两年管理", "有PMP和CPA"],
        ["大专", "硕士优先", "有PMP证书", "有PMP和CPA"],
        ["站得住"],
    )
    with asked(*many, kind=kind, folder=tmp_path) as store:
        found = conditions(store, resolve(store, SUBJECTS, "会计"))
    assert found.least == Held(
        "大专",  # 硕士 is only preferred, 本科 in one posting only
        (("", 3.0), ("数据分析", 3.0), ("管理", 2.0)),  # they may be the same years: three of any work, not five
        ("CPA", "PMP"),
        None,
    )
    assert {(one.topic, one.wanted): (one.postings, one.preferred) for one in found.stated} == {
        ("education", "大专"): (1, False),
        ("education", "本科"): (1, False),
        ("education", "硕士"): (1, True),
        ("years", 3.0): (1, False),
        ("years", 2.0): (1, False),
        ("certificate", "PMP"): (2, False),
        ("certificate", "CPA"): (2, False),
        ("certificate", "PMP证书"): (1, False),
    }
    assert found.stated[0].share == pytest.approx(1 / 3)


def test_a_certificate_that_some_postings_require_is_not_surely_had(memory):
    store = memory(*postings("会计", ["有PMP证书"], ["有教师资格证"]), *postings("主管", ["有PMP证书"]))
    assert conditions(store, resolve(store, SUBJECTS, "会计")).least.certificates is None
    assert statuses(skill_gap(store, "会计", "主管"))["certificate", "PMP证书"] == "not stated"


def statuses(gap):
    return {(one.topic, one.condition and one.condition.wanted): one.status for one in gap.conditions}


def test_equal_steps_years_in_order_and_names_of_certificates(memory):
    store = memory(*postings("文员", ["中专", "十年", "三年", "有PMP证书", "有教师资格证", "会英语"]))
    gap = skill_gap(
        store, [], "文员", held=Held("高中", (("销售", 2.0), ("数据", 1.0)), ("pmp", "教师证"), ("英语六级",))
    )
    assert statuses(gap) == {
        ("education", "中专"): "met",  # both are upper secondary
        ("years", 3.0): "met",  # two and one
        ("years", 10.0): "not met",
        ("certificate", "PMP证书"): "met",
        ("certificate", "教师资格证"): "met",
        ("language", "英语"): "met",
    }
    assert [one.condition.wanted for one in gap.conditions if one.topic == "years"] == [3.0, 10.0]
    assert statuses(skill_gap(store, [], "文员", held=Held("初中")))["education", "中专"] == "not met"


def test_years_of_any_work_hold_the_years_by_field(memory):
    store = memory(*postings("文员", ["五年"]))
    for years, status in (((("", 4.0), ("数据", 3.0)), "not met"), ((("数据", 3.0), ("销售", 2.0)), "met")):
        assert statuses(skill_gap(store, [], "文员", held=Held(years=years)))["years", 5.0] == status


@pytest.mark.parametrize(
    ("years", "status"),
    [
        (None, "not stated"),
        ((("", 2.0),), "not met"),  # two in all, of which three cannot be in one field
        ((("", 4.0),), "not stated"),  # four in all: three may be in this one
        ((("销售", 4.0),), "not met"),
        ((("", 4.0), ("销售", 4.0)), "not stated"),
        ((("数据", 3.0),), "met"),  # 数据 is part of 数据分析
        ((("", 9.0), ("数据分析", 2.0)), "not met"),
    ],
)
def test_years_in_a_field(memory, years, status):
    store = memory(*postings("文员", ["三年数据"]))
    assert statuses(skill_gap(store, [], "文员", held=Held(years=years)))["years", 3.0] == status


def test_what_somebody_says_goes_before_what_their_role_requires(memory):
    store = memory(*postings("助理", ["大专", "三年"]), *postings("文员", ["本科", "三年"]))
    assert statuses(skill_gap(store, "助理", "文员")) == {
        ("education", "本科"): "not met", ("years", 3.0): "met", ("certificate", None): "not stated",
        ("language", None): "not stated",
    }  # fmt: skip
    both = statuses(skill_gap(store, "助理", "文员", held=Held("本科")))
    assert (both["education", "本科"], both["years", 3.0]) == ("met", "met")


@pytest.fixture
def memory():
    opened = []

    def stored(*readings):
        opened.append(open_store("sqlite://"))
        opened[-1].set_taxonomy(small.scheme())
        opened[-1].add_many(readings)
        return opened[-1]

    yield stored
    for store in opened:
        store.close()
