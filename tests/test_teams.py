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
        "与产品、运营同学配合",
        "参与设计并推进落地",
    ],
)
def test_words_that_name_no_department(text: str) -> None:
    assert find_teams(text) == []
