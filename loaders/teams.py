"""Departments and teams in the text of an item: 与产品、技术等部门合作, 协助预订部门, 对接运力团队."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphmodel.relations import How
from loaders.cues import VERB, one_of

_SUFFIX = re.compile(
    r"(?P<others>等(?:其他|其它|相关|多个|各)*)?"
    r"(?P<suffix>部门|事业部|(?<![全内外总干本局支俱底顶南北东西中])部(?!分(?!析)|[署件位落队首下])|团队|中心|条线)"
    r"(?!(?:副?总?经理|总监|主管|主任|部长|领导|负责人)(?:及|和|或)?(?:上级|主管)?(?:领导|经理)?(?:交办|安排|布置|分配|指派|下达|交给))"
)
_FUNCTION = one_of("""
    产品 技术 研发 开发 设计 运营 市场营销 市场 营销 销售 业务 客服 财务 法务 人事 人力资源 人力 行政 采购 供应链 仓储
    仓配 物流 生产 工艺 质检 品质 品控 工程 品牌 公关 商务 售后 售前 投放 风控 厨房 餐饮 餐厅 客房 前厅 安保 商品
    调度 审计""")
_BESIDE = one_of("门店 车间 工厂 供应商 客户 总部 一线 现场 外部 用户 渠道 仓库 讲师 代理商 加盟商")
"""What may stand beside departments in a list and is none."""
_TOGETHER = one_of("""
    顺畅 紧密 密切 有效 充分 良好 及时 高效 保持 进行 共同 一起 沟通 协作 合作 配合 协同 对接 联调 落地 推进 推动 达成
    开展 完成 做好 解决 核对 跟进 交接 衔接 落实 处理 办理 实现 支持 侧 端 两边 双方 三方 两端 各方 等
    同学 同事 人员 伙伴 小伙伴 一道 一同
    的(?:沟通|协作|配合|资源|需求)""")
_BEGINS = (
    r"(?<![\u4e00-\u9fffA-Za-z、）].)|(?<=[能需并可会须要].)|(?<=(?:需要|负责|积极|主动|善于|能够|及时|定期|可以).)"
)
_BARE = re.compile(
    r"[协联配对推拉会督赋与和跟同](?:(?P<cue>(?<=协)[同调助]|(?<=联)[合动]|(?<=配)合|(?<=对)接|(?<=推)动|(?<=拉)通|(?<=会)同"
    rf"|(?<=督)促|(?<=赋)能)|(?P<beside>(?:(?<=[与和跟])|(?<=同)(?!时))(?:{_BEGINS})))"
    rf"(?:内部|各|相关)?(?P<list>(?:{_FUNCTION}|{_BESIDE})(?:(?:、|以及|[和与及/])(?:{_FUNCTION}|{_BESIDE}))*)"
    rf"(?:(?={_TOGETHER})|(?<=[\u4e00-\u9fff])(?(beside)(?!)|(?=[，。；,;]|\Z)))"
)
"""Departments without a word for it: 与产品、技术沟通."""
_MEMBER = re.compile(_FUNCTION)
_FOR = ("协助", "赋能")
_PARTY = re.compile(r"(?P<name>业务|技术|产品|运营|研发|开发|设计|市场|销售)方(?![案向面法式位针便可才能])")
_OFFICE = re.compile(
    r"(?:协助|配合|联系|上报|通知|报|交|会同|对接|协同|服从|[与和向])(?P<name>(?:总经理|总经|校长|院长|党委|行政)?办公室|总经办"
    r"|(?:总)?调度室|化验室|医务室|总工室|财务室|教务处|人事处|学生处|后勤处|总务处|财务处)(?![环内外卫设])"
)
"""Departments that are rooms or offices by their name, where one works with them."""
_BEFORE_RUN = re.compile(r".*[^\u4e00-\u9fffA-Za-z&、/]", re.DOTALL)
_RUN = 300
"""Characters before a suffix that a list of departments may take."""

_JOIN = re.compile(r"以及|[、/和与及跟同]")
_HOW: dict[str, How] = dict.fromkeys(("管理", "领导", "带领", "建立", "组建", "包括"), "manages")
_HOW |= dict.fromkeys(("负责", "制定", "统筹", "主持", "主导", "督导"), "manages")
_HOW |= dict.fromkeys(
    ("协助", "支持", "支撑", "辅助", "服务", "提供", "打印", "复印", "完成", "赋能", "为", "给"), "for"
)
_HOW |= dict.fromkeys(("配合", "对接", "协同", "协调", "联合", "推动", "沟通", "衔接", "联动", "组织", "督促"), "with")
_BY = ("根据", "按照", "依据")
"""Before a department they say whose plan it is; with what stands further behind they have nothing to do."""
_HOW |= dict.fromkeys((*_BY, "通知", "告知", "反馈给", "上报", "报送", "提交", "移交", "转交", "反馈"), "with")
_HOW |= dict.fromkeys(("跟进", "参与", "联系", "促进", "连接", "向", "由", "与", "和", "跟", "同"), "with")
_CUE = re.compile(rf"(?:.*(?:{'|'.join(sorted(_HOW, key=len, reverse=True))}))(?=..)")
_ANY_CUE = re.compile(
    "|".join(sorted((word for word in _HOW if len(word) > 1 and word not in _BY), key=len, reverse=True))
    + "|[为给向由]"
)
_LEAD = re.compile(r"(?:总公司|公司|集团|我司|其他|其它|内部|各个|各|相关|有关)+(?=..)")
_NAMES_NONE = re.compile(
    r"(?:各|其他|其它|不同|相关|有关|跨|多|该|本|所在|所属|公司|集团|内部|外部|上级|下级|上下游|用人|兄弟|主管|政府|"
    r"协作|协同|对接|平级|关联|每个|周边|同级|一线|横向|整个|核心|优秀|专业|年轻|高效|创业|精英|自己|所有|合作|外包|"
    r"利润|成本|工作|企业|小|大|我|其)+\Z"
)
_PERSON = re.compile("(?:师|员|经理|主管|总监|助理|顾问|老师|领导)\\Z")
_NO_TEAM = re.compile(r"(?:项目|购物|会议|商务|城市|体验|服务|活动|学习|客户|用户)\Z")
"""What is no department before 团队 or 中心: 会议中心 is a place."""
_AUTHORITY = re.compile(
    one_of("""
    市场监管 市场监督 消防 工商 公安 城管 海关 使领馆 使馆 领馆 大使馆 政府 街道 社区 派出所 民政 住建 环保 卫健 药监
    行业主管 行政主管 监管""")
    + r"\Z"
)
"""Who is outside every company: a list that names one lists others like it (物业、城管等部门)."""
_NOT_IN_NAME = re.compile(
    r"\A(?:上级|主管|地方|当地|保管|隶属|归属|从属)|[的了是在对将把从以并让到至或需可能就之有]|(?:各|其他|其它|相关|多个|不同)\Z|"
    r"负责|根据|结合|实际|制定|公司|通过|安排|进行|确保|提高|加强|处理|做好|定期|及时|工作|跨"
)
_CANONICAL = {"客服": "客户服务", "市场营销": "市场", "人事": "人力资源", "人力": "人力资源", "信息技术": "IT"}


_VERBS = re.compile(rf"(?:{VERB.pattern})+")


class Team(NamedTuple):
    """A department or team that an item names, in its canonical spelling, and the words in the item's text."""

    name: str
    spelling: str
    start: int
    end: int
    how: How


def canonical(spelling: str) -> str:
    """One spelling for the ways to write a department: 客服部, 客服部门 and 客户服务部 are 客户服务部门.

    >>> canonical("客服部"), canonical("呼叫中心"), canonical("人事部门")
    ('客户服务部门', '呼叫中心', '人力资源部门')
    """
    match = re.fullmatch(r"(.{2,}?)(?<!事业)部门?|(调度|财务|人事|后勤|总务)[室处]", spelling)
    function = (match[1] or match[2]) if match else ""
    return _CANONICAL.get(function, function) + "部门" if match else spelling


def find_teams(text: str) -> list[Team]:
    """The departments in a text, in order. A collective (各部门) is none; a 团队 or 中心 is one only as a partner."""
    departments, parties = "部" in text or "团队" in text or "中心" in text or "线" in text, "方" in text
    found: dict[str, Team] = {}
    if departments:
        for match in _SUFFIX.finditer(text):
            for team in _members(text, match):
                found.setdefault(team.name, team)
    if parties:
        for match in _PARTY.finditer(text):
            name = canonical(match["name"] + "部门")
            found.setdefault(name, Team(name, match.group(), match.start(), match.end(), "with"))
    if "办" in text or "室" in text or "处" in text:
        for match in _OFFICE.finditer(text):
            office: How = "for" if match[0].startswith("协助") else "with"
            name = canonical(match["name"])
            found.setdefault(name, Team(name, match["name"], *match.span("name"), office))
    for match in _BARE.finditer(text):
        how: How = "for" if text.startswith(_FOR, match.start()) else "with"
        for member in _MEMBER.finditer(text, *match.span("list")):
            name = canonical(member[0] + "部门")
            found.setdefault(name, Team(name, member[0], *member.span(), how))
    return sorted(found.values(), key=lambda team: team.start)


def _members(text: str, match: re.Match[str]) -> list[Team]:
    """The members of a list that ends in a suffix, from right to left up to the word that governs the list."""
    end = match.start()
    earliest = max(0, end - _RUN)
    before = _BEFORE_RUN.match(text, earliest, end)
    run = before.end() if before else earliest
    names: list[tuple[int, int]] = []
    how: How | None = None
    while end > run and how is None:
        joins = list(_JOIN.finditer(text, run, end))
        start = joins[-1].end() if joins else run
        cue = _CUE.match(text, start, end)
        if cue:
            start = cue.end()
            how = next(how for word, how in _HOW.items() if cue.group().endswith(word))
        elif names:
            start = _function(text, start, end)
        if lead := _LEAD.match(text, start, end):
            start = lead.end()
        if not _is_name(text[start:end], match["others"] or match["suffix"]):
            break
        if names and _PERSON.search(text, start, end):
            break
        names.append((start, end))
        if not joins:
            break
        join = joins[-1]
        if join.group() in "和与跟同" and (join.start() == run or text.endswith("需要", run, join.start())):
            how = "with"
        elif not (match["others"] or join.group() == "、" or _listed(text, run, join.start())):
            break
        end = join.start()
    if any(_AUTHORITY.search(text, *name) for name in names):
        return []
    if how is None and names:
        cues = _ANY_CUE.findall(text, run, names[-1][0])
        how = _HOW[cues[-1]] if cues else None
    suffix = match["suffix"]
    if suffix in ("团队", "中心") and how not in ("with", "for"):
        return []
    suffix = "部门" if suffix.endswith("线") else suffix
    teams = []
    for start, end in names:
        name = canonical(text[start:end] + suffix)
        end = match.end() if end == match.start() else end
        teams.append(Team(name, text[start:end], start, end, how or "with"))
    return teams


def _function(text: str, start: int, end: int) -> int:
    """Where the name of a function that ends at `end` begins (理解|研发); `start` if none ends there."""
    return next((end - n for n in (4, 3, 2) if end - n >= start and _MEMBER.fullmatch(text, end - n, end)), start)


def _listed(text: str, run: int, end: int) -> bool:
    """Whether what ends before 与 is a list, or a department by the name of what it does."""
    return text.find("、", run, end) >= 0 or _function(text, run, end) > run


def _is_name(name: str, suffix: str) -> bool:
    ends_as_department = name.endswith(("部", "部门", "团队", "中心"))
    return (
        2 <= len(name) <= 10
        and not ends_as_department
        and not _NAMES_NONE.match(name)
        and not (suffix in ("团队", "中心") and _NO_TEAM.search(name))
        and not (
            suffix in ("部门", "条线", "事业部", "团队", "中心")
            and _VERBS.fullmatch(name)
            and not _MEMBER.fullmatch(name)
        )
        and not _NOT_IN_NAME.search(name)
    )
