"""Forms that lost their table lines: 岗位名称茶艺师所属部门茶馆部直接上级店长工作职责1.泡茶…任职资格教育程度高中…"""

from __future__ import annotations

import re

from loaders.heading_evidence import Heading
from loaders.heading_words import SectionKind

_LABELS: tuple[tuple[SectionKind, str], ...] = (
    ("title", "岗位名称 职位名称 职务名称"),
    ("department", "所属部门 所在部门 隶属部门 归属部门 部门名称"),
    ("superior", "直接上级 直属上级 上级岗位 上级主管 直接主管 汇报对象 汇报上级"),
    ("place", "工作地点 所在城市 工作城市 所在地区"),
    (
        "field",
        """
    直接下级 直属下级 下级岗位 下属岗位 下属人数 管辖人数 岗位编号 职位编号 岗位编码 职位编码 岗位代码 岗位定员 定员人数
    编制人数 岗位编制 薪酬等级 薪资等级 工资等级 岗位等级 岗位级别 职位等级 岗位性质 岗位类别 编制日期 生效日期 编制人
    审核人 批准人 版本号 任职者签字 签字日期 编制审核批准 编制审核 岗位序列 职位序列""",
    ),
    ("overview", "岗位目的 岗位使命 岗位概述 岗位概要 职位概述 职位概要 工作概要 工作概述 设置目的 职位目的 职位使命"),
    ("duty", "岗位职责 工作职责 主要职责 职责描述 工作内容 职位职责 职责范围 主要工作内容 工作任务 主要工作职责"),
    (
        "requirement",
        """
    任职资格 任职要求 任职条件 岗位要求 资格要求 教育程度 教育背景 教育水平 学历要求 文化程度 最低学历 专业要求
    所学专业 专业背景 工作经验 经验要求 工作经历 知识技能 知识要求 专业知识 专业技能 技能要求 技能水平 能力素质 能力要求
    素质要求 个人素质 性格特征 年龄要求 性别要求 外语要求 外语水平 计算机水平 资格证书 证书要求 职业资格
    培训要求 身体条件 其他要求""",
    ),
    ("indicator", "关键绩效指标 关键业绩指标 绩效考核指标 考核指标 绩效指标 KPI指标 考核标准 衡量标准"),
    (
        "career",
        "职业发展方向 职业发展路径 职业发展通道 职业发展 晋升岗位 晋升方向 可晋升岗位 可晋升职位 晋升通道 发展方向",
    ),
    (
        "cut",
        """
    工作关系 内部关系 外部关系 内部沟通 外部沟通 内部联系 外部联系 内部协调关系 外部协调关系 内外部关系 工作权限
    岗位权限 轮岗岗位 可轮换岗位 可转换岗位 横向发展 工作环境 工作时间 工作条件 使用设备 使用工具 工作设备 职业病危害
    工作时间特征""",
    ),
)
_SHORT = (
    r"学历(?=初中|高中|中专|大专|专科|本科|硕士|研究生|博士|不限)|年龄(?=\d)|性别(?=男|女|不限)"
    r"|专业(?=[\u4e00-\u9fff]{2,10}(?:类|专业|等相关))"
)
"""Labels so short that what follows must tell that they are some."""
_KINDS: dict[str, SectionKind] = {word: kind for kind, words in _LABELS for word in words.split()}
_LABEL = re.compile("|".join(sorted(_KINDS, key=lambda word: (-len(word), word))) + "|" + _SHORT)
_HEAD = re.compile(
    "[岗职][位务](?:名称|编号|编码|定员|编制|等级|级别)|[所隶][属在]部门|直[接属][上下]级|汇报对象|薪[酬资]等级"
)
_IN_A_SENTENCE = frozenset("的照据合各和与及等、行确了应其")
"""What before a label makes it the object of a sentence: 根据岗位要求, 各岗位职责."""

_LEAST = 5
"""So many labels in one line, two of them of a form's head, are a form."""


def labels(text: str, start: int, end: int) -> list[Heading]:
    """The labels of a flattened form in text[start:end] as headings; a colon may stand behind one."""
    head = _HEAD.search(text, start, end)
    if head is None:
        return []
    line = text.rfind("\n", 0, head.start()) + 1
    stop = text.find("\n", head.end(), end)
    stop = end if stop < 0 else stop
    found = [match for match in _LABEL.finditer(text, max(start, line), stop) if _stands_alone(text, match, line)]
    heads = sum(_HEAD.fullmatch(match[0]) is not None for match in found) + (start > line)
    first = {match[0]: match for match in reversed(found)}
    glued = sum(text[match.end() : match.end() + 1] not in "：: \t|\n" for match in first.values())
    if len(first) < _LEAST or heads < 2 or glued * 2 < len(first):
        return []
    found = sorted(first.values(), key=lambda match: match.start())
    below = (m for m in _LABEL.finditer(text, stop, end) if text[m.start() - 1] in "\n。；" and m[0] not in first)
    return [_heading(text, match) for match in (*found, *below)]


def _stands_alone(text: str, match: re.Match[str], line: int) -> bool:
    place = match.start()
    return place == line or text[place - 1] not in _IN_A_SENTENCE


def _heading(text: str, match: re.Match[str]) -> Heading:
    end = match.end()
    while text[end : end + 1] in tuple("：: \t"):
        end += 1
    return Heading(match.start(), end, _KINDS.get(match[0], "requirement"), match[0])
