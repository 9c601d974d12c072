"""Whom a duty is done with: 联合品控、仓储部门, 与算法、后端同学配合, 协调车间落实.

Working with them is a skill of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphmodel.identity import skill_id
from graphmodel.nodes import Span
from loaders.cues import one_of
from loaders.teams import Team

COLLABORATION = skill_id("cross-department")
"""The skill that partners ask for, in a taxonomy that has it."""

_WITH = (
    r"(?:会同|配合|协同|联动|联合|协调|对接|衔接|组织|推动|协助|督促|同步给|反馈给|与(?<!参与)"
    r"|跟(?<![\u4e00-\u9fff]跟)|和(?<![\u4e00-\u9fff]和)|同(?<![\u4e00-\u9fff]同)(?!时))"
)
"""Each alternative begins with a character: it is looked for faster so."""

_FUNCTION = one_of("""
    财务 人事 人力资源 行政 法务 采购 仓库 仓储 仓配 物流 生产 车间 品质 品控 质量 质检 工程 工艺 技术 研发 开发 前端
    后端 算法 测试 运维 产品 设计 运营 内容 市场 品牌 营销 销售 商务 业务 客服 售后 售前 公关 门店 厨房 餐厅 餐饮 客房
    前厅 前台 预订 供应链 计划 数据 IT""")
_MEMBER = rf"{_FUNCTION}(?:服务|运营|管理|规划|支持)?(?:部门?|团队|中心|小组|组|方(?![案向面法式位针便]))?"
_UNITS = r"(?:(?<=[部组方])|(?<=团队|中心|部门)|等?(?:其他|相关|多个|各)?(?:部门|团队|人员|同学|同事|岗位))"
_PEOPLE_OF_ONE = r"(?!经理|主管|总监|领导|负责人|内部|例会|预算|的?(?:招聘|培训|考核|管理|日常))"
_THEN = one_of("""
    完成 做好 开展 落地 推进 推动 进行 处理 解决 落实 实现 制定 跟进 执行 消化 改善 优化 实施 及时 共同 一起
    的(?:沟通|配合|协作)""")
_PARTNERS = re.compile(
    rf"{_WITH}(?:内部|各|相关)?{_MEMBER}(?:(?:、|以及|[和与及/]){_MEMBER}){{0,30}}(?:{_UNITS}{_PEOPLE_OF_ONE}|(?={_THEN}))"
)
_CUE = re.compile(_WITH)
_MARK = re.compile(r"[，。；：,;:]")
_TOGETHER = re.compile(
    r"等?(?:的|进行|保持|做好|紧密|密切|良好|充分|有效|及时|积极)*(?:沟通|协作|协调|配合|合作|协同|交接|联系|核对|衔接)"
    r"(?:与?(?:沟通|协作|协调|配合|合作))?"
)


def partners(text: str, teams: Sequence[Team]) -> Span | None:
    """Where the words stand that say with which departments something is done; None if none say it.

    They are departments by their suffix (find_teams), or a list of functions that ends in one or in 同学, 人员, or is
    followed by what is done with them. A department that one works for or reports to is no partner.
    """
    match = _PARTNERS.search(text)
    if match:
        start, end = match.span()
    else:
        beside = [team for team in teams if team.how == "with"]
        cues = list(_CUE.finditer(text, max(0, beside[0].start - 8), beside[0].start)) if beside else []
        if not cues or _MARK.search(text, cues[-1].start(), beside[-1].end):
            return None
        start, end = cues[-1].start(), beside[-1].end
    after = _TOGETHER.match(text, end)
    return start, after.end() if after else end
