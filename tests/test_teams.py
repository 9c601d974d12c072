"""Departments in the sentences of items: which words name one, and how the role has to do with it."""

from __future__ import annotations

import pytest

from loaders.teams import find_teams


@pytest.mark.parametrize(
    ("text", "teams"),
    [
        ("与茶艺、采购沟通新茶上市", {}),
        ("能与采购、设计顺畅沟通", {"采购部门": "with", "设计部门": "with"}),
        ("协同产品、运营落地新茶单", {"产品部门": "with", "运营部门": "with"}),
        ("推动采购和财务两边达成一致", {"采购部门": "with", "财务部门": "with"}),
        ("协助人事办理入职", {"人力资源部门": "for"}),
        ("联动品牌、门店开展茶会", {"品牌部门": "with"}),
        ("协调厨房、茶点制作与工程部", {"厨房部门": "with", "茶点制作部门": "with", "工程部门": "with"}),
        ("理解采购与供应链条线的目标", {"采购部门": "with", "供应链部门": "with"}),
        ("给投放团队预算建议", {"投放团队": "for"}),
        ("对接测试部和商务部", {"测试部门": "with", "商务部门": "with"}),
        ("全面负责茶馆部的经营", {"茶馆部门": "manages"}),
        ("与产品、运营同学配合", {"产品部门": "with", "运营部门": "with"}),
        ("及时通知销售部门", {"销售部门": "with"}),
        ("根据厨房部的订单备货、核算团队成本", {"厨房部门": "with"}),
        ("把茶客人数上报调度室", {"调度部门": "with"}),
        ("协助办公室管理档案", {"办公室": "for"}),
        ("配合茶艺师、采购部备茶", {"采购部门": "with"}),
    ],
)
def test_departments_without_their_word(text: str, teams: dict[str, str]) -> None:
    assert {team.name: team.how for team in find_teams(text)} == teams


@pytest.mark.parametrize(
    "text",
    [
        "编制部门预算",
        "主持部门例会",
        "完成茶馆部经理交办的其他工作",
        "配合销售设计方案",
        "负责开发和运营公众号",
        "了解产品和技术",
        "与客户、供应商沟通",
        "管理会议中心",
        "对接物业、消防等部门",
        "与使领馆、签证中心沟通",
        "打扫办公室",
        "主导事业部岗位招聘",
        "参与设计并推进落地",
    ],
)
def test_words_that_name_no_department(text: str) -> None:
    assert find_teams(text) == []
