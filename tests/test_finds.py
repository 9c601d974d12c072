"""Which of the skills whose words stand in each other an item asks for."""

from __future__ import annotations

from loaders.context import Section
from loaders.lexicon import lexicon


def found(text: str, section: Section = "duty") -> set[str]:
    words = lexicon()
    return {words.skills[find.skill].name for find in words.find(text, section)}


def test_what_only_modifies_the_object_of_another_skill_is_none() -> None:
    assert "采购管理" not in found("评估采购环节的法律风险")
    assert "采购管理" in found("评估法律风险，负责采购")


def test_a_list_that_closes_with_an_ability_holds_skills() -> None:
    assert {"数据分析", "沟通能力"} <= found("具备沟通和数据分析等能力", "requirement")


def test_of_two_skills_over_the_same_words_the_one_whose_name_they_say_is_meant() -> None:
    assert found("梳理仓内作业的业务流程") == {"业务流程梳理"}
    assert {"定性分析", "定量分析"} <= found("做定性和定量分析")


def test_staff_of_a_place_is_not_what_the_place_does() -> None:
    assert "礼宾服务" not in found("抽查礼宾员工的站姿")
    assert "员工培训" in found("培训员工")


def test_for_whom_something_is_given_is_no_work() -> None:
    assert found("为产品优化提供数据支持") == {"数据支持"}
    assert "产品优化" in found("提供数据支持，推动产品优化")


def test_knowledge_counts_in_a_duty_but_not_the_trade_of_the_goods() -> None:
    assert "JVM" in found("完成JVM调优")
    assert "服装行业知识" not in found("整理女装货架")


def test_an_ability_of_two_verbs_is_both() -> None:
    assert {"组织能力", "协调能力"} <= found("具备出色的组织协调能力", "requirement")


def test_the_last_of_a_list_says_that_all_are_people() -> None:
    assert "礼宾服务" not in found("走访礼宾、客房员工")
    assert "招聘" in found("招聘、培训员工")
    assert "售前支持" not in found("请教售前顾问")


def test_words_that_sound_like_another_trade() -> None:
    assert "活动主持" not in found("主持早会")
    assert "活动主持" in found("主持公司年会晚会")
    assert "摆台" not in found("关注翻台率")


def test_members_of_a_list_share_the_noun_that_closes_it() -> None:
    assert {"功能测试", "接口测试", "兼容性测试"} <= found("完成功能、接口、兼容性测试")
    assert {"客户开发", "渠道拓展"} <= found("客户、渠道开发")
    assert {"餐饮行业知识", "酒店行业知识", "旅游行业知识"} <= found("熟悉餐饮、零售、酒店、旅游行业", "requirement")


def test_training_that_one_is_given_is_none_that_one_gives() -> None:
    assert "员工培训" not in found("服从站长派单，参加站内培训")
    assert "员工培训" not in found("入职提供免费培训", "requirement")
    assert "员工培训" in found("负责新员工入职培训")


def test_colleagues_are_not_what_they_do() -> None:
    assert "编导" not in found("给编导和剪辑说明需求")
    assert "视频剪辑" not in found("和剪辑沟通字幕样式")
    assert "视频剪辑" in found("拍摄和剪辑探店视频")


def test_a_platform_on_which_other_work_is_done_is_not_run() -> None:
    assert "天猫运营" not in found("完成天猫、京东店铺的首页设计")
    assert "天猫运营" in found("负责天猫、京东店铺的日常运营")


def test_subjects_in_a_list_of_majors() -> None:
    assert {"会计学", "金融学"} <= found("会计,金融,审计等相关专业", "requirement")
    assert "账务处理" not in found("会计，金融，审计等相关专业", "requirement")
    assert "账务处理" in found("熟悉会计", "requirement")
    assert "统计学" in found("Bachelor degree in Statistics, Mathematics or related field", "requirement")
    assert "土木建筑专业" in found("农田水利、工程测量等专业大专以上学历", "requirement")
    assert "工程测量" in found("熟悉工程测量", "requirement")
    assert "资产评估" in found("资产评估、法学等相关专业", "requirement")


def test_traits_that_are_asked_for_among_duties() -> None:
    assert "性格开朗" in found("我们需要：性格外向，善于沟通")
    assert "耐心" not in found("耐心解答来电")


def test_names_joined_by_a_plus_are_two() -> None:
    assert {"Python", "Selenium"} <= found("用Python+Selenium写脚本", "requirement")
    assert "C语言" not in found("会用C++", "requirement")
