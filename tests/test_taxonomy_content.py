"""What the built-in taxonomy holds: the trades, a hierarchy that can be read, one name for each skill."""

from __future__ import annotations

from functools import lru_cache

import pytest

from graphmodel.identity import skill_id
from loaders.context import Section
from loaders.lexicon import lexicon
from ontology.taxonomy import load

TOPS = {
    "academic-subject",
    "analytical-ability",
    "business-ability",
    "collaboration-ability",
    "domain-knowledge",
    "engineering-ability",
    "foreign-languages",
    "general-ability",
    "health-care",
    "hotel-travel-service",
    "management-ability",
    "marketing-ability",
    "media-ability",
    "operations-ability",
    "product-ability",
    "service-ability",
    "store-skills",
    "strategic-ability",
    "tools",
    "work-ethic",
}


def found(text: str, section: Section) -> set[str]:
    return {find.skill for find in lexicon().find(text, section)}


def today(slugs: set[str]) -> set[str]:
    """The ids of slugs, some of which may be renamed by now."""
    aliases = lexicon().aliases
    return {aliases.get(skill_id(slug), skill_id(slug)) for slug in slugs}


def test_about_1500_skills_each_with_both_labels_and_words_to_find_it() -> None:
    entries = load().entries.values()
    assert len(entries) >= 1500
    assert all(any("一" <= c <= "鿿" for c in entry.definition) for entry in entries)
    bare = [entry.slug for entry in entries if not (entry.alt_zh or entry.alt_en or entry.patterns)]
    assert {slug for slug in bare if load().entries[slug].type != "tool"} <= {"academic-subject", "tools"}


def test_only_the_great_fields_have_no_broader_skill() -> None:
    assert {slug for slug, entry in load().entries.items() if not entry.broader} == TOPS


def test_no_skill_lies_deeper_than_six_levels() -> None:
    entries = load().entries

    @lru_cache(None)
    def depth(slug: str) -> int:
        return 1 + max(map(depth, entries[slug].broader), default=0)

    assert max(map(depth, entries)) <= 6


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("办理散客退房手续并核对房态", {"check-in-out", "room-status"}),
        ("复核前一天的夜审", {"night-audit"}),
        ("清点布草并登记客人的遗留物品", {"linen-laundry", "lost-and-found"}),
        ("完成国际票的出票和改签", {"ticket-issuing", "ticket-changes"}),
        ("与航司核对BSP账单", {"bsp-settlement"}),
        ("航班取消时为旅客办理签转", {"irregular-flights"}),
        ("核对舱单，做好载重平衡", {"load-control"}),
        ("收齐资料后送签", {"visa-handling"}),
        ("向地接询价，核算单团成本", {"land-operations", "tour-costing"}),
        ("餐前摆台，按桌号传菜", {"table-setting", "food-running"}),
        ("受理12315转来的投诉", {"escalated-complaints"}),
        ("用千川给直播间投流，每场做直播复盘", {"paid-livestream-traffic", "live-review"}),
        ("给抖店的新品写详情页", {"listing-optimisation"}),
        ("统一指标口径，搭建数据看板", {"metric-definitions", "dashboards"}),
        ("会同财务部清理呆滞料", {"cross-department", "slow-moving-stock"}),
        ("月末计提费用并关账", {"month-end-closing"}),
        ("更换床品，为早到的住客寄存行李", {"housekeeping", "luggage-service"}),
        ("回复客人的网评，更新贵宾的客史档案", {"online-review-reply", "guest-history"}),
        ("邀请参展商并排好展位图", {"booth-sales", "exhibitor-service"}),
        ("为轮椅旅客申请特殊服务", {"special-passengers"}),
        ("下架临期商品，向总仓报货", {"shelf-life-management", "store-ordering"}),
        ("召开业主大会，组织业主收房", {"owners-committee", "property-handover"}),
    ],
)
def test_duties_of_the_trades(text: str, skills: set[str]) -> None:
    assert today(skills) <= found(text, "duty")


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("会用Opera或西软", {"opera-pms", "foxhis"}),
        ("懂eTerm黑屏和Amadeus", {"eterm", "amadeus"}),
        ("用过金蝶、用友和影刀", {"kingdee", "yonyou", "rpa"}),
        ("熟悉Spring Cloud、Kubernetes和Redis", {"spring-cloud", "kubernetes", "redis"}),
        ("会泰语或越南语者优先", {"thai", "vietnamese"}),
        ("有大局观，懂得换位思考", {"big-picture", "empathy"}),
    ],
)
def test_requirements_of_the_trades(text: str, skills: set[str]) -> None:
    assert today(skills) <= found(text, "requirement")


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("有很大的升值机会", "passenger-check-in"),
        ("烘焙师会操作面包机", "charter-flights"),
        ("拜访重要客户", "airport-lounge"),
        ("通过电话、微信等方式联系客户", "wechat-operations"),
        ("有分布式事务实战经验", "diligence"),
        ("检查员工仪容仪表", "instrumentation"),
        ("大促期间能加班", "sales-promotion"),
    ],
)
def test_words_that_only_look_like_a_skill(text: str, skill: str) -> None:
    assert not today({skill}) & (found(text, "duty") | found(text, "requirement"))
