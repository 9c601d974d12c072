"""What a job site shows beside the title without a label (南京 | 1-3年 | 大专) -> fields, as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"[\s|｜/]+")
_EDUCATION = re.compile(
    r"(?:统招|全日制)?(?:初中|中专|中技|高中|大专|专科|本科|硕士|研究生|博士)(?:/(?:中专|中技))?(?:学历)?(?:及?以上)?(?:学历)?"
)
_YEARS = re.compile(r"(?:工作)?(?:经验)?(\d{1,2}(?:\s*[-~—–至]\s*\d{1,2})?年(?:及?以[上内下])?)(?:工作)?(?:经验)?")


def labelled(lines: Sequence[str]) -> list[str]:
    """The lines, and below them education and experience as fields: what follows a label would belong to it.

    >>> labelled(["活动执行专员", "南京 | 1-3年 | 大专", "全职"])
    ['活动执行专员', '南京', '全职', '经验要求：1-3年工作经验', '学历要求：大专']
    """
    result: list[str] = []
    fields: dict[str, None] = {}
    for line in lines:
        parts = [part for part in _PARTS.split(line) if part]
        rest = [part for part in parts if not _field(part)]
        if len(rest) == len(parts):
            result.append(line)
            continue
        fields.update(dict.fromkeys(filter(None, map(_field, parts))))
        if rest:
            result.append(" ".join(rest))
    return [*result, *fields]


def _field(part: str) -> str:
    if _EDUCATION.fullmatch(part):
        return f"学历要求：{part}"
    years = _YEARS.fullmatch(part)
    return f"经验要求：{years[1]}工作经验" if years else ""
