"""Tables -> lines: forms with labels beside their values, lists with a head, and rows of anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.formats.words import word_set
from loaders.heading_evidence import FIELDS
from loaders.heading_words import WORDS


class Cell(NamedTuple):
    """The lines of a cell, and how many columns and rows it covers."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    head: bool = False

    @property
    def text(self) -> str:
        return "".join(self.lines).strip()


Row = Sequence[Cell]

_LABEL_LENGTH = 12
_WIDEST = 40
"""A row of more cells is no form."""
_SPACES = re.compile(r"[\s\u3000]+")
_MORE_LABELS = word_set(
    "姓名 性别 年龄 身高 学历 专业 经验 学历要求 专业要求 经验要求 工作经验 教育程度 文化程度 最低学历 "
    "所学专业 外语水平 计算机水平 外语要求 年龄要求 性别要求 职称 资格证书 证书 培训经历 知识 技能 能力 素质 "
    "知识要求 技能要求 能力要求 素质要求 其他 其它 其他要求 任职条件 部门 岗位 职务 职位 职系 职级 薪级 定编 "
    "工作时间 工作地点 工作环境 直接上级 直接下级 岗位目的 岗位概要 工作概要 职责 权限 考核指标 备注 日期 类别 "
    "项目 内容"
)
_ORDER = word_set("序号 编号 No NO No. NO. 序 #")
_NUMBERED = re.compile(r"\d{1,3}[.、．]?|[一二三四五六七八九十]{1,3}[、.．]?|[(（]?\d{1,2}[)）]")
_INDICATORS = word_set("指标 指标名称 考核项目 考核内容 KPI KPI指标 考核要素 关键绩效指标")
_ITEM = re.compile(r"\d{1,2}\s?[.、．)）]|[一二三四五六七八九十]{1,2}、|[(（][\d一二三四五六七八九十]|[•●①]")
_GENERIC = word_set("项目 内容 类别 说明 名称 事项 要求 描述 详情 信息 序号 明细 具体内容 要素 栏目")
"""Heads of columns that say nothing of what is below."""
_COLUMN_HEADS = (
    "title",
    "duty",
    "requirement",
    "either",
    "department",
    "superior",
    "organization",
    "place",
    "indicator",
)


def lines(rows: Sequence[Row]) -> list[str]:
    """The lines of a table, in reading order; empty cells leave nothing.

    - a cell alone in its row: its lines
    - label and value, once or several times in a row: `label：value`, one line each; a value of several lines below it
    - a label that covers several rows: a line of its own above what stands beside it
    - a head of known columns (岗位名称, 岗位职责, …) above rows: each row as such labelled lines
    - else: the cells of a row in one line, its number in front (序号)
    """
    kept = [row for row in rows if any(cell.text for cell in row)]
    if len(kept) > 1 and len(kept[0]) > 1 and all(_label(cell) in _GENERIC for cell in kept[0]):
        return lines(kept[1:])
    if len(kept) > 1 and len(kept[0]) > 2 and _names_indicators(kept[0]):
        return _indicators(kept)
    head = _head(kept)
    if head is None:
        return _rows(rows)
    names = [_label(cell) for cell in kept[head]]
    return _rows(kept[:head]) + [line for row in kept[head + 1 :] for line in _record(names, row)]


def _names_indicators(row: Row) -> bool:
    """Whether a row is the head of a list of indicators: 考核指标, 权重, 目标值 …"""
    names = [_label(cell) for cell in row if _label(cell) not in _ORDER]
    first = names[0] if names else ""
    return (first in _INDICATORS or WORDS.get(first) == "indicator") and all(0 < len(name) <= 8 for name in names)


def _indicators(rows: Sequence[Row]) -> list[str]:
    """Each row as `1、indicator：权重40%，目标…`, below the head's first word."""
    names = [_label(cell) for cell in rows[0]]
    first = next(at for at, name in enumerate(names) if name not in _ORDER)
    result = [f"{names[first]}："]
    for row in rows[1:]:
        cells = [(name, cell.text) for name, cell in zip(names, row, strict=False)][first:]
        said = "，".join(f"{name}{value}" for name, value in cells[1:] if value)
        line = f"{cells[0][1]}：{said}" if cells and cells[0][1] and said else "".join(value for _, value in cells)
        if line:
            result.append(f"{len(result)}、{line}")
    return result


def _head(rows: Sequence[Row]) -> int | None:
    """The number of the row that names the columns: known labels only, above rows of values as wide."""
    for number, row in enumerate(rows[:3]):
        names = [_label(cell) for cell in row]
        known = sum(WORDS.get(name) in _COLUMN_HEADS for name in names)
        wide = [len(below) == len(row) for below in rows[number + 1 :]]
        if len(row) < 2 or not wide or not all(names) or any(cell.rows > 1 for cell in row):
            continue
        if known >= max(2, len(row) / 2) and not any(_is_label(cell) for below in rows[number + 1 :] for cell in below):
            return number if all(wide) else None
    return None


def _record(names: list[str], row: Row) -> list[str]:
    return [line for name, cell in zip(names, row, strict=True) if name not in _ORDER for line in _pair(name, cell)]


def _rows(rows: Sequence[Row]) -> list[str]:
    result: list[str] = []
    number = 0
    while number < len(rows):
        row = rows[number]
        first = row[0] if 1 < len(row) <= _WIDEST else Cell(())
        if first.rows > 1 and 0 < len(first.text) <= _LABEL_LENGTH:
            beside = [cell for cell in row[1:] if cell.text]
            below = rows[number + 1 : number + first.rows]
            if len(beside) == 1 and len(beside[0].text) <= _LABEL_LENGTH and not _is_label(beside[0]):
                result += [f"{_label(first)}：{beside[0].text}", *_rows(below)]  # 职责一：客房清洁
            else:
                inner = _rows([row[1:], *below])
                result += _pair(_label(first), Cell(tuple(inner))) if inner else [first.text]
            number += first.rows
            continue
        result += _row([cell for cell in row if cell.text])
        number += 1
    return result


def _row(row: list[Cell]) -> list[str]:
    if len(row) < 2:
        return [line for cell in row for line in cell.lines]
    if len(row) == 2 and _NUMBERED.fullmatch(row[0].text):
        return _numbered(row[0], row[1:])
    if len(row) == 2 and (_may_label(row[0]) or row[0].head):
        return _pair(_label(row[0]), row[1])
    pairs = _pairs(row)
    if pairs:
        return [line for label, value in pairs for line in _pair(_label(label), value)]
    if len(row) > 2 and _is_label(row[0]) and _may_label(row[1]) and len(row) == 3:
        return _pair(_label(row[0]), Cell(tuple(_pair(_label(row[1]), row[2]))))
    if _NUMBERED.fullmatch(row[0].text):
        return _numbered(row[0], row[1:])
    if any(len(cell.lines) > 1 for cell in row):
        return [line for cell in row for line in cell.lines]
    return [" ".join(cell.text for cell in row)]


def _pairs(row: list[Cell]) -> list[tuple[Cell, Cell]]:
    """Label, value, label, value …; a label whose value is empty stands beside the next label.

    Of labels in every other cell some may be unknown words.
    """
    labels, values = row[::2], row[1::2]
    known = sum(map(_is_label, labels))
    alternate = len(labels) == len(values) and all(map(_may_label, labels)) and not any(map(_is_label, values))
    if alternate and 2 * known >= len(labels):
        return list(zip(labels, values, strict=True))
    found: list[tuple[Cell, Cell]] = []
    place = 0
    while place < len(row):
        if not _is_label(row[place]):
            return []
        if place + 1 < len(row) and not _is_label(row[place + 1]):
            found.append((row[place], row[place + 1]))
            place += 2
        else:
            place += 1
    return found


def _numbered(first: Cell, rest: Sequence[Cell]) -> list[str]:
    number = first.text if not first.text[-1].isalnum() or len(first.text) > 3 else f"{first.text}、"
    body = [line for cell in rest for line in cell.lines]
    if all(len(cell.lines) == 1 for cell in rest):
        named = len(rest) == 2 and _may_label(rest[0]) and len(rest[1].text) > len(rest[0].text)
        body = [("：" if named else " ").join(cell.text for cell in rest)]  # 1、渠道管理：维护招聘渠道
    return [number + body[0], *body[1:]]


def _pair(label: str, value: Cell) -> list[str]:
    if not value.text:
        return []
    if len(value.lines) == 1 and (WORDS.get(label) in FIELDS or not _ITEM.match(value.lines[0])):
        return [f"{label}：{value.lines[0].lstrip('：: ')}"]
    return [f"{label}：", *value.lines]


def _label(cell: Cell) -> str:
    return _SPACES.sub("", cell.text).rstrip("：:")


def _is_label(cell: Cell) -> bool:
    """Whether a cell is surely a label: a known word, or short before a colon."""
    name = _label(cell)
    if not name or len(name) > _LABEL_LENGTH:
        return False
    return name.lower() in WORDS or name in _MORE_LABELS or cell.text.endswith(("：", ":"))


def _may_label(cell: Cell) -> bool:
    return _is_label(cell) or (
        len(cell.lines) == 1 and 2 <= len(_label(cell)) <= 8 and not cell.text.endswith(("。", "；", ";"))
    )
