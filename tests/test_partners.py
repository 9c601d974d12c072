"""The departments that a duty is done with ask for working across departments."""

from __future__ import annotations

import pytest

from loaders.partners import partners
from loaders.teams import find_teams


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("联合品控部、仓储部清点退货", "联合品控部、仓储部"),
        ("与算法、前端同学密切配合，每周发版", "与算法、前端同学密切配合"),
        ("配合仓库完成调拨", "配合仓库"),
        ("样衣问题反馈给工艺、采购部门", "反馈给工艺、采购部门"),
        ("协调车间与工艺部的检修时间", "协调车间与工艺部"),
    ],
)
def test_partners(text: str, words: str) -> None:
    place = partners(text, find_teams(text))
    assert place is not None
    assert text[slice(*place)] == words


@pytest.mark.parametrize(
    "text",
    [
        "向财务部汇报本周开支",
        "负责财务部的排班",
        "协助工程部经理安排检修",
        "参与产品部门的例会",
        "亲和市场",
        "配合财务审计",
        "为运营决策和技术改造供数",
    ],
)
def test_no_partners(text: str) -> None:
    assert partners(text, find_teams(text)) is None
