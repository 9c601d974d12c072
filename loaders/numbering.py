"""Lists in running text: where an item begins, told by the number that is expected next.

`；2.5年以上` is item 2 and "5年以上" where item 1 has just ended, and a decimal elsewhere. Each style of number (1、 (1) 一、 ① A. •) counts
by itself; a style that turns up inside another is one level deeper.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Piece(NamedTuple):
    """text[start:end] after its mark at `mark`; level 0 stands before any mark. `block` grows when numbers restart."""

    mark: int
    start: int
    end: int
    level: int
    block: int
    style: str
    value: int


_START = re.compile(r"[0-9(（一二三四五六七八九十第①-⑳⑴-⒇A-Ha-h•●◆■★❖▪➢◇※→✓√○►▶–—*·>lo-]")
"""Where a mark can begin: one class of characters, since alternatives are tried at every place of a text."""
_MARK = re.compile(
    r"(?<![0-9.A-Za-z])(?P<nested>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?=[.、．\s]{0,2}[\u4e00-\u9fff“A-Za-z（(])(?P<nested_sep>[.、．\s]{0,2})"
    r"|(?<![0-9.])(?P<digit>\d{1,2}) ?(?P<sep>[、.．)）,，:：](?:[ \t\u3000]*[、.．])?|(?= [\u4e00-\u9fff]))[ \t\u3000]*"
    r"|[(（] ?(?P<round>\d{1,2}|[一二三四五六七八九十]{1,3}) ?[)）][、.．:：]?[ \t]*"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[、.．][ \t]*"
    r"|第(?P<ordinal>[一二三四五六七八九十]{1,3})[，,、：:]"
    r"|(?P<circled>[①-⑳⑴-⒇])[、.．]?[ \t]*"
    r"|(?<![A-Za-z])(?P<letter>[A-Ha-h])(?:[、．)）]|\.(?![A-Za-z0-9]))[ \t]*"
    r"|(?P<bullet>[•●◆■★❖▪➢◇※→✓√○►▶]+[ \t]*|(?<=[\s；;。：:])(?:[-–—*·>]|(?<=\n)[lo](?= )|·)+[ \t]*(?=[\u4e00-\u9fffA-Za-z\d“《]))"
)
_CONDITION = re.compile(r"(?:统招|全日制)?(?:本科|大专|专科|硕士|中专|高中|学历)|[\d一二三五]+年|\d{2}[-~岁]|年龄")
_HAN = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_UNIT = re.compile(r"[年个名天周月人万元岁次家项]|小时|以上|%|％|左右")
_JOINING = frozenset("第约近超满达至到-~～—第每满前后共仅和及或与")
_CLOSING = frozenset('\n。；;！!？?：:…】])）》”"*')


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    if number[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(number) - ord("①") + 1
    if "⑴" <= number[0] <= "⒇":
        return ord(number) - ord("⑴") + 1
    if number.isascii():
        return ord(number.lower()) - ord("a") + 1
    if "十" in number:
        tens, _, ones = number.partition("十")
        return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
    return _HAN[number[0]]


def pieces(text: str, start: int, end: int, number: int | None = None) -> list[Piece]:
    """Splits text[start:end] at its marks; `number` is that of the heading above, the parent of 3.1, 3.2."""
    marks: list[tuple[int, int, int, int, str, int]] = []
    stack: list[list[int | str]] = []
    parent, block, last_end = number or 0, 0, start
    consumed = start
    for first in _START.finditer(text, start, end):
        if first.start() < consumed:
            continue
        m = _MARK.match(text, first.start(), end)
        if m is None:
            continue
        consumed = m.end()
        style = m.lastgroup or ""
        if style in ("sep", "nested_sep"):
            style = "digit" if style == "sep" else "nested"
        place, after, sure = m.start(), m.end(), False
        before = _before(text, start, place, last_end)
        closed = before in _CLOSING
        if style == "bullet":
            value, sure = 0, True
        elif style == "nested":
            major, second = (int(n) for n in m["nested"].split(".")[:2])
            expected = next((int(n) + 1 for s, n in stack if s == "nested"), 1)
            fresh = not any(s == "nested" for s, _ in stack)
            if _UNIT.match(text, after):
                nested = False
            else:
                nested = (major == parent and second in (expected, 1)) or (closed and second == 1 and fresh)
            if nested:
                value, parent, sure = second, major, True
                if second == 1:
                    stack = [entry for entry in stack if entry[0] == "digit"]
            elif closed and m["nested"].count(".") == 1:
                style, value, after = "digit", major, m.start("nested") + len(str(major)) + 1
                if value != next((int(n) + 1 for s, n in stack if s == "digit"), (number or 0) + 1) and value != 1:
                    continue
                sure = True
            else:
                continue
        else:
            value = _value(m[style])
            if not closed and _open_bracket(text, last_end, place):
                continue
        index = next((i for i, entry in enumerate(stack) if entry[0] == style), -1)
        last = stack[index][1] if index >= 0 else None
        if not sure and not _accepted(text, m, style, value, last, before, closed, after, number):
            continue
        if index >= 0:
            if (
                value == 1
                and style != "bullet"
                and int(stack[index][1]) >= 1
                and style == stack[-1][0]
                and style != "nested"
            ):
                block += 1
            del stack[index + 1 :]
            stack[index][1] = value
        else:
            stack.append([style, value])
        if style == "digit":
            parent = value
        marks.append((place, after, len(stack), block, style, value))
        last_end = after
    result = []
    first_mark = marks[0][0] if marks else end
    if text[start:first_mark].strip():
        result.append(Piece(start, start, first_mark, 0, 0, "", 0))
    for i, (place, after, level, blk, style, value) in enumerate(marks):
        result.append(Piece(place, after, marks[i + 1][0] if i + 1 < len(marks) else end, level, blk, style, value))
    return result


def _before(text: str, start: int, place: int, last_end: int) -> str:
    """The character that the number follows; a line's start and the start of the text count as a new line."""
    i = place
    while i > start and text[i - 1] in " \t\u3000":
        i -= 1
    return "\n" if i <= start or i <= last_end else text[i - 1]


def _open_bracket(text: str, start: int, place: int) -> bool:
    inside = text[start:place]
    return inside.count("（") + inside.count("(") > inside.count("）") + inside.count(")")


def _accepted(
    text: str,
    m: re.Match[str],
    style: str,
    value: int,
    last: int | str | None,
    before: str,
    closed: bool,
    after: int,
    number: int | None,
) -> bool:
    expected = (int(last) + 1) if last is not None else 1
    due = value == expected or (last is None and number is not None and value == number + 1)
    line = before == "\n"
    if style == "digit":
        separator = m["sep"][:1]
        digit = after < len(text) and text[after].isdigit()
        if not separator:
            return due and closed and not _UNIT.match(text, after)
        if separator in ",，:：":
            return closed and not digit and (due or (line and value > 0))
        if before in _JOINING and not closed:
            return False
        if (
            before.isascii()
            and before.isalpha()
            and (not due or separator != "、" or not "\u4e00" <= text[after : after + 1] <= "\u9fff")
        ):
            return False
        if value == 1 and not closed and _CONDITION.match(text, after):
            return True
        if digit and separator == "." and not text[after - 1].isspace() and not (closed and due):
            return False
        if digit and not closed and text[m.start() - 1] not in " \t\u3000":
            return False
        if due:
            return closed or not digit or text[m.start() - 1] in " \t\u3000"
        return closed and (value == 1 or line or expected - 1 <= value <= expected + 8)
    if style in ("han", "letter", "ordinal"):
        return closed and (due or value == 1 or line)
    if style == "round":
        return due or (closed and (value == 1 or line))
    return due or value == 1 or closed
