"""What the built-in taxonomy holds: the trades, a hierarchy that can be read, one name for each skill."""

from __future__ import annotations

from functools import lru_cache

import pytest

from loaders.finds import Section
from loaders.lexicon import lexicon
from ontology.taxonomy import load

TOPS = {
    "学科专业",
    "分析能力",
    "商务与渠道能力",
    "沟通协作能力",
    "专业知识",
    "外语能力",
    "通用能力",
    "医疗健康能力",
    "酒店旅行服务能力",
    "管理能力",
    "市场营销能力",
    "传媒能力",
    "运营能力",
    "产品能力",
    "客户服务能力",
    "门店与餐饮技能",
    "战略与策划能力",
    "工具与技术",
    "职业素养",
}


def found(text: str, section: Section) -> set[str]:
    words = lexicon()
    return {words.skills[find.skill].name for find in words.find(text, section)}


def test_about_1500_skills_each_with_both_labels_and_words_to_find_it() -> None:
    entries = load().entries.values()
    assert len(entries) >= 1500
    assert all(any("一" <= c <= "鿿" for c in entry.definition) for entry in entries)
    bare = [entry.slug for entry in entries if not (entry.alt_zh or entry.alt_en or entry.patterns)]
    assert {slug for slug in bare if load().entries[slug].type != "tool"} <= {"academic-subject", "tools"}


def test_only_the_great_fields_have_no_broader_skill() -> None:
    assert {entry.zh for entry in load().entries.values() if not entry.broader} == TOPS


def test_no_skill_lies_deeper_than_six_levels() -> None:
    entries = load().entries

    @lru_cache(None)
    def depth(slug: str) -> int:
        return 1 + max(map(depth, entries[slug].broader), default=0)

    assert max(map(depth, entries)) <= 6


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("办理散客退房手续并核对房态", {"入住离店办理", "房态管理"}),
        ("复核前一天的夜审", {"夜审"}),
        ("清点布草并登记客人的遗留物品", {"布草洗涤管理", "遗留物品处理"}),
        ("完成国际票的出票和改签", {"出票", "退改签处理"}),
        ("与航司核对BSP账单", {"BSP结算"}),
        ("航班取消时为旅客办理签转", {"不正常航班处理"}),
        ("核对舱单，做好载重平衡", {"航班配载"}),
        ("收齐资料后送签", {"签证办理"}),
        ("向地接询价，核算单团成本", {"地接业务", "单团核算"}),
        ("餐前摆台，按桌号传菜", {"摆台", "传菜"}),
        ("受理12315转来的投诉", {"升级投诉处理"}),
        ("用千川给直播间投流，每场做直播复盘", {"千川投放", "直播复盘"}),
        ("给抖店的新品写详情页", {"抖音电商运营", "商品详情页优化"}),
        ("统一指标口径，搭建数据看板", {"数据口径管理", "数据看板搭建"}),
        ("会同财务部清理呆滞料", {"跨部门协调", "呆滞料处理"}),
        ("月末计提费用并关账", {"月末结账"}),
    ],
)
def test_duties_of_the_trades(text: str, skills: set[str]) -> None:
    assert skills <= found(text, "duty")


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("会用Opera或西软", {"Opera系统", "西软系统"}),
        ("懂eTerm黑屏和Amadeus", {"eTerm", "全球分销系统"}),
        ("用过金蝶、用友和影刀", {"金蝶", "用友", "RPA流程自动化"}),
        ("熟悉Spring Cloud、Kubernetes和Redis", {"Spring Cloud", "Kubernetes", "Redis"}),
        ("会泰语或越南语者优先", {"泰语", "越南语"}),
        ("有大局观，懂得换位思考", {"大局观", "同理心"}),
    ],
)
def test_requirements_of_the_trades(text: str, skills: set[str]) -> None:
    assert skills <= found(text, "requirement")


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("有很大的升值机会", "值机"),
        ("烘焙师会操作面包机", "包机切位"),
        ("拜访重要客户", "贵宾室服务"),
        ("为客人安排房间", "排房"),
        ("通过电话、微信等方式联系客户", "微信公众号运营"),
        ("有分布式事务实战经验", "踏实勤奋"),
        ("检查员工仪容仪表", "仪表自控"),
        ("大促期间能加班", "促销"),
    ],
)
def test_words_that_only_look_like_a_skill(text: str, skill: str) -> None:
    assert skill not in found(text, "duty") | found(text, "requirement")
