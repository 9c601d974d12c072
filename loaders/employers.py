"""Who employs: the first line of a notice (青山县茶叶研究所2025年公开招聘…), or a line below a title."""

from __future__ import annotations

import re

from loaders.names import COMPANY, ROLE

_CALLS = re.compile(
    rf"(?<![\w（(])(?P<name>(?!本|我|该){COMPANY.pattern})(?:现|拟|面向|社会|公开|向|全国)*(?:招聘|选聘|诚聘|招募)(?!信息|网)"
)
"""The same in the first sentences of a notice."""
_NOTICE = 300
_LINE = 60
_NO_CALLER = re.compile("急|高薪|现|我|本|某?公司|岗位|职位|社会|公开|校园|直|关于|招|面向")
_LINES_BELOW = 4
"""The employer stands in so many lines below the title."""
_EMPLOYER = re.compile(
    rf"(?P<name>(?!本|我|该|加入|关于){COMPANY.pattern}|[\u4e00-\u9fff]{{2,16}}"
    r"(?:酒店|医院|大学|学院|银行|研究院|研究所|出版社|幼儿园|[中小]学))"
    r"(?:\s*[|·•,，/（(-].{0,30}|\s+\S{1,30})?\Z"
)
_CALLER = re.compile(
    r"(?:20\d\d年?)?(?P<name>[\u4e00-\u9fffA-Za-z（）()]{3,24}?)[-–—·| ]?(?:关于)?"
    r"(?:(?:20)?\d\d[年届]?(?:[上下]半年|第.批)?)?(?:度|面向|社会)*"
    r"(?:公开|校园|社会|春季|秋季|诚聘|直接|统一|考核)*(?:招聘|招募|校招|社招|选聘|引进)(?!专员|主管|经理|助理|顾问)[^，。；：]{0,30}?"
    r"(?:公告|简章|启事|通知|公示|招聘|校招|社招|招募|专场|名|人)\Z"
    r"|(?P<by>[\u4e00-\u9fffA-Za-z（）()]{4,24}?) ?(?:高薪)?(?:诚聘|诚招|招贤纳士|招聘)(?:英才|人才|精英)?\Z"
    r"|(?P<of>[\u4e00-\u9fffA-Za-z（）()]{3,24}?)(?:20)?\d\d届(?:校园|春季|秋季)*(?:招聘|校招)\Z"
)
"""Who wants people, in the title line of a notice: 青山县茶叶研究所2025年公开招聘工作人员公告."""


def employer(text: str, start: int, end: int) -> str | None:
    """The employer on a line of its own among the first below a title: 青山茶业有限公司 | 杭州."""
    for line in text[start:end].strip().split("\n")[:_LINES_BELOW]:
        company = _EMPLOYER.match(line.strip())
        if company:
            return company["name"]
    return None


def caller(text: str) -> str | None:
    """The employer that the first line of a notice names; None if the line is none, or names a role."""
    line = next((line.strip() for line in text.split("\n", 3)[:3] if line.strip()), "")
    called = _CALLER.match(line) if len(line) < _LINE else None
    name = (called["name"] or called["by"] or called["of"]) if called else None
    if name and not ROLE.search(name) and not _NO_CALLER.match(name):
        return name
    calls = _CALLS.search(text, 0, _NOTICE) if "公司" in text[:_NOTICE] else None
    return calls["name"] if calls else None
