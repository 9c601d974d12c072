"""Which skills a sentence asks for, with which words, how well, and how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.context import Section
from loaders.lexicon import Lexicon, lexicon
from ontology.taxonomy import load


def found(text: str, section: Section = "duty") -> dict[str, str]:
    """Name of each skill -> the words that show it."""
    words = lexicon()
    return {words.skills[find.skill].name: text[find.start : find.end] for find in words.find(text, section)}


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("拟定下半年的营销策略", {"营销策略制定": "拟定下半年的营销策略"}),
        ("分析会员需求和竞争对手动态", {"用户需求分析": "分析会员需求", "竞争分析": "竞争对手动态"}),
        ("对门店的销售数据进行分析", {"销售数据分析": "销售数据进行分析"}),
        ("采集、整理和分析用户数据", {"数据收集与整理": "采集、整理", "用户数据分析": "分析用户数据"}),
        ("处理旅客的投诉", {"投诉处理": "处理旅客的投诉"}),
        ("與供應商談判", {}),
    ],
)
def test_verb_and_object_need_not_touch(text: str, skills: dict[str, str]) -> None:
    assert found(text) == skills


def test_words_of_two_clauses_make_no_skill() -> None:
    assert "用户需求分析" in found("分析用户需求")
    assert "用户需求分析" not in found("分析日报。用户需求由同事登记")


def test_a_list_gives_each_of_its_members() -> None:
    skills = found("有良好的沟通、协调、推进能力", "requirement")
    assert set(skills) == {"沟通能力", "协调能力", "执行力"}
    assert skills["沟通能力"] == "沟通、协调、推进能力"
    assert {"沟通能力", "协调能力"} <= set(found("具备沟通协调能力", "requirement"))


def test_the_greater_object_wins() -> None:
    assert found("分析用户数据") == {"用户数据分析": "分析用户数据"}
    assert found("熟悉酒店管理系统", "requirement") == {"酒店管理系统": "酒店管理系统"}


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("熟练使用R、Python或C++", {"R", "Python", "C++"}),
        ("精通 .NET 与 MySQL", {".NET", "MySQL"}),
        ("熟悉SQL/SAS/Power BI", {"SQL", "SAS", "Power BI"}),
        ("负责C端与B端产品", set()),
        ("有R&D经验", set()),
        ("了解RPA和CRMs", {"RPA流程自动化"}),
    ],
)
def test_names_in_latin_letters_stand_alone(text: str, tools: set[str]) -> None:
    words = lexicon()
    got = {words.skills[f.skill].name for f in words.find(text, "requirement") if words.skills[f.skill].type == "tool"}
    assert got == tools


@pytest.mark.parametrize(
    "text",
    [
        "需与后端Python工程师沟通",
        "底薪五千，另有数据分析津贴、月薪面议",
        "公司提供完善的员工培训",
        "向数据分析部门提交资料",
        "督促销售人员",
    ],
)
def test_words_that_ask_for_nothing(text: str) -> None:
    assert not {"Python", "数据分析", "薪酬管理", "员工培训", "促销"} & set(found(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("开展会计业务", "会展组织"),
        ("分区上报销售线索", "费用报销"),
    ],
)
def test_characters_of_two_other_words_are_no_label(text: str, name: str) -> None:
    assert name not in found(text)


def test_a_list_of_examples_asks_for_what_is_done_with_them() -> None:
    assert "叉车操作" not in found("叉车、堆高机等设备的年检")
    assert "叉车操作" in found("叉车、堆高机的驾驶")
    assert "保洁管理" not in found("监督绿植、保洁等外包商")
    assert "夜审" not in found("画出开房、夜审等流程")


@pytest.fixture
def farm(tmp_path: Path) -> Lexicon:
    """A taxonomy of a few skills of a farm, and no others."""
    rows = (
        "slug\tbroader\tzh\talt_zh\tpatterns",
        "planting\t\t种植\t\t种[水稻/玉米]",
        "rice\tplanting\t水稻种植\t种水稻\t",
        "harvest\t\t收割\t收稻\t",
        "barn\t\t粮仓管理\t\t收[割/仓]",
        "plans\t\t农事计划\t\t[制定/编写]…计划",
    )
    (tmp_path / "farm.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return Lexicon(load(tmp_path / "farm.tsv", only=True))


def names(lexicon: Lexicon, text: str) -> list[str]:
    return [lexicon.skills[find.skill].name for find in lexicon.find(text, "duty")]


def test_words_that_modify_the_object_of_a_verb_are_no_skill(farm: Lexicon) -> None:
    assert names(farm, "制定本季收割计划") == ["农事计划"]
    assert names(farm, "编写计划，组织收割") == ["农事计划", "收割"]


def test_of_a_skill_and_its_broader_one_over_the_same_words_the_narrower_is_meant(farm: Lexicon) -> None:
    assert names(farm, "种水稻") == ["水稻种植"]
    assert names(farm, "种水稻、果树种植") == ["水稻种植", "种植"]


def test_a_skill_that_is_called_by_the_words_comes_before_a_pattern_over_them(farm: Lexicon) -> None:
    assert names(farm, "收割") == ["收割"]
    assert names(farm, "收仓") == ["粮仓管理"]


def test_majors_in_a_list_with_commas() -> None:
    assert "统计学" in found("统计学，会计，法学等专业", "requirement")
    assert "统计学" not in found("统计学，会计，法学的教材", "requirement")


def test_words_before_员_and_工_are_people() -> None:
    assert "保洁管理" not in found("给保洁员排班")
    assert "员工培训" in found("培训员工")
    assert "导游服务" not in found("遇到暴雨，导游应安抚游客")


def test_what_work_is_good_for_is_not_the_work() -> None:
    assert set(found("受理投诉，以提升客户满意度，增强品牌影响力")) == {"投诉处理"}


def test_a_subject_of_study_needs_a_degree() -> None:
    text = "统计学、供应链管理等相关专业"
    assert set(found(text, "requirement")) == {"统计学", "供应链管理"}
    assert set(found("会计、统计学等相关专业", "requirement")) == {"会计学", "统计学"}
    assert "统计学" not in found("整理统计学资料")


def test_preferred_and_level_clause_by_clause() -> None:
    words = lexicon()
    text = "精通Excel，熟悉SQL（会用Tableau更佳），有电商经验者优先"
    said = {
        words.skills[f.skill].name: (f.clause.is_preferred(), f.clause.level(f.start))
        for f in words.find(text, "requirement")
    }
    assert said["Excel"] == (False, "精通")
    assert said["SQL"] == (False, "熟悉")
    assert said["Tableau"] == (True, "熟悉")
    assert said["电子商务"] == (True, None)


def test_one_find_a_skill_in_the_order_of_the_text() -> None:
    words = lexicon()
    finds = words.find("会Excel，用Excel制作报表", "requirement")
    assert [words.skills[f.skill].name for f in finds] == ["Excel", "报表制作"]


def test_a_pattern_is_found_at_the_end_of_a_clause_that_never_ends() -> None:
    assert found("整理客户资料" * 200 + "制定本年度的区域营销策略")["营销策略制定"] == "制定本年度的区域营销策略"
