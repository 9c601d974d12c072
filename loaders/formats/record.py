"""A record of named fields -> one text, as a person would write the posting."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LINES = {
    "organization": "公司名称",
    "place": "工作地点",
    "department": "所属部门",
    "education": "学历要求",
    "experience": "经验要求",
}
_BLOCKS = {"duties": "岗位职责", "requirements": "任职要求"}

_NONE = re.compile(r"(?:(?:学历|经验|经历|工作经验|教育)?(?:不限|无要求|不要求|无|未填写?))?[-/—]*")
_YEARS = re.compile(
    r"[\d一二两三四五六七八九十]+(?:\s*[-~—–至到]+\s*[\d一二两三四五六七八九十]+)?年(?:以上|以下|及以上|以内)?"
)

FIELDS = ("title", *_LINES, *_BLOCKS, "text")


def compose(fields: Mapping[str, str]) -> str:
    r"""The text of a posting: title, labelled lines, 岗位职责, 任职要求, and the text that is not divided.

    Keys are FIELDS; one that is absent or blank leaves no line. A block that begins with its own heading gets no
    second one.

    >>> print(compose({"title": "店长", "place": "杭州", "duties": "1、管理门店\n2、带教新人"}))
    店长
    工作地点：杭州
    岗位职责：
    1、管理门店
    2、带教新人
    """
    given = {key: value.strip() for key, value in fields.items() if value.strip()}
    parts = [_flat(given["title"])] if "title" in given else []
    lines = {key: _line(key, given[key]) for key in _LINES if key in given}
    parts += [f"{_LINES[key]}：{value}" for key, value in lines.items() if value]
    for key, label in _BLOCKS.items():
        if key in given:
            parts.append(given[key] if _headed(given[key], label) else f"{label}：\n{given[key]}")
    if "text" in given:
        if len(parts) > 1:
            parts.append("职位描述：")  # else the text would belong to the label or block before it
        parts.append(given["text"])
    return "\n".join(parts)


def _line(key: str, value: str) -> str:
    """The value as it stands in a sentence; a form's 不限 asks for nothing."""
    value = _flat(value)
    if key in ("education", "experience") and _NONE.fullmatch(value):
        return ""
    if key == "place":
        return value.replace("-", "·")  # 杭州-西湖区: the parser takes what stands before a dash for a title's place
    return f"{value}工作经验" if key == "experience" and _YEARS.fullmatch(value) else value


def _flat(value: str) -> str:
    return " ".join(value.split())


def _headed(block: str, label: str) -> bool:
    return block.lstrip("【[ ").startswith(label)
