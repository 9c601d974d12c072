"""Lists in running text: where an item begins, told by the number that is expected next.

`；2.5年以上` is item 2 and "5年以上" where item 1 has just ended, and a decimal elsewhere. Each style of number counts
by itself (1、 (1) 一、 ① A. •); a style that turns up inside another is one level deeper.
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


class _Mark(NamedTuple):
    """A number of a style at [start, end); `before` is the character that it follows, a new line at the very start."""

    start: int
    end: int
    style: str
    value: int
    before: str


_new = tuple.__new__
"""A value is made in half the time without the signature of its class."""

_GAP = 8
"""So many numbers may be missing from a list."""

_FEWEST_GLUED = 3
"""So many bare numbers that run on make a list."""

_BRACKETS = 400
"""A bracket closes within so many characters."""

_REACH = 2000
"""The next number of a list stands within so many characters."""

_HAN = "一二三四五六七八九十"
_HAN_NUMBERS = frozenset((*_HAN, *(f"{tens}十{ones}" for tens in ("", *_HAN[1:9]) for ones in ("", *_HAN[:9]))))
_START = re.compile(
    rf"[0-9(（{_HAN}第①-⑳⑴-⒇A-Ha-h•●◆■★❖▪➢◇※→✓√○►▶◎▲△☆□◦–—*·>lo-]"
    rf"(?:(?<=[0-9])(?=[0-9 、.．)）,，:：|])|(?<=[{_HAN}])(?=[{_HAN}、.．])|(?<=[A-Za-z])(?=[、．.)） ])"
    rf"|(?<![0-9A-Za-z{_HAN}]))"
)
"""Where a mark can begin: one class of characters, since alternatives are tried at every place of a text."""
_MARK = re.compile(
    r"(?<![0-9.A-Za-z])(?P<nested>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?!年|个月)(?=[.、．\s]{0,2}[\u4e00-\u9fff“A-Za-z（(])[.、．\s]{0,2}"
    r"|(?P<digit>\d{1,2}) ?(?:[、.．)）,，:：|](?:[ \t\u3000]*[、.．])?|(?= (?:[\u4e00-\u9fff]|\d{1,2}年)))"
    r"[ \t\u3000]*"
    rf"|[(（] ?(?P<round>\d{{1,2}}|[{_HAN}]{{1,3}}|[lI]) ?[)）][、.．:：]?[ \t]*"
    rf"|(?P<han>[{_HAN}]{{1,3}})[、.．][ \t]*"
    rf"|第(?P<ordinal>[{_HAN}]{{1,3}})[，,、：:]"
    r"|(?P<circled>[①-⑳⑴-⒇])[、.．]?[ \t]*"
    r"|(?<![A-Za-z])(?P<letter>[A-Ha-h])(?:[、．)）]|\.(?![A-Za-z0-9]))[ \t]*"
    r"|(?P<bullet>[•●◆■★❖▪➢◇※→✓√○►▶◎▲△☆□◦]+[ \t]*"
    r"|(?<=[\s；;。：:])(?:[-–—*·>]|(?<=\n)[lo](?= ))+[ \t]*(?=[\u4e00-\u9fffA-Za-z\d“《]))"
)
_BRACKET = re.compile(r"[（()）\n]")
_CONDITION = re.compile(r"(?:统招|全日制)?(?:本科|大专|专科|硕士|中专|高中|学历)|[\d一二三五]+年|\d{2}[-~岁]|年龄")
_UNIT = re.compile(r"[年个名天周月人万元岁次家项]|小时|以上|%|％|左右")
_YEARS = re.compile(r"\d{1,2}(?:[-~至]\d{1,2})?年")
_CONDITION_ENDS = re.compile(r"(?:优先|学历|专业|以上|毕业|能力|不限|[强佳者证好])\s*\Z")
_BARE = re.compile(r"(?:^|[\s：:。；;])\d{1,2} +\Z")
"""A number without a mark, as the end of what stands before an item."""
_COMMA = re.compile(r"\d[,，]\s*\Z")
_GLUED = re.compile(r"\s*1(?=[\u4e00-\u9fffA-Za-z])")
_WORD_BEFORE = re.compile(r"(?<![A-Za-z])(?!(?:HTML|CSS|Python|Vue|Web|PHP|iOS|Java|Office)\Z)[A-Za-z]{3,}\Z")
"""What a number is no version of."""
_GLUED_UNIT = re.compile(
    r"[年个名天周月人万元岁次家项台套份倍米层间张件批场种类篇级号楼线对分秒位款届条]|小时|以上|左右"
)
"""What behind a bare number is counted by it."""
_ANYWHERE = frozenset(("bullet", "nested"))
"""Marks that may stand within brackets."""
_BLANKS = frozenset(" \t\u3000")
_WITHIN_NUMBER = frozenset("0123456789.")
"""Before a digit they make it part of a longer number, unless a title ends there (岗位职责内容2|1.…)."""
_CERTAIN = frozenset("、.．)）")
"""What behind a number makes it one of an item, if it is due and a clause ends before it."""
_JOINING = frozenset("第约近超满达至到-~～—每前后共仅和及或与")
_CLOSING = frozenset('\n。；;！!？?：:…】])）》”"*')


def pieces(text: str, start: int, end: int, number: int | None = None) -> list[Piece]:
    """Splits text[start:end] at its marks; `number` is that of the heading above, the parent of 3.1, 3.2."""
    if glued := _glued(text, start, end):
        return glued
    result: list[Piece] = []
    counts: dict[str, int] = {}
    deepest, level, block, consumed = "", 0, 0, start
    begin, after, style, value = start, start, "", 0
    brackets = text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0
    for place in _START.finditer(text, start, end):
        match = _MARK.match(text, place.start(), end) if place.start() >= consumed else None
        if match is None:
            continue
        if match.lastgroup == "digit" and start < match.start() and text[match.start() - 1] in _WITHIN_NUMBER:
            continue
        consumed = match.end()
        if brackets and match.lastgroup not in _ANYWHERE:
            opened = max(after, match.start() - _BRACKETS)
            if in_brackets(text, opened, match.start(), len(text)):
                continue
        mark = _accepted(text, match, start, after, counts, number)
        if mark is None:
            continue
        if level or text[start : mark.start].strip():
            result.append(_new(Piece, (begin, after, mark.start, level, block, style, value)))
        begin, after, style, value, _ = mark
        if style != deepest or value == 1:  # else the list goes on, on its level
            styles = list(counts)
            above = styles.index(style) if style in counts else len(styles)
            if style == "nested" and value == 1:
                above = min(above, int("digit" in counts))
            elif value == 1 and above == len(styles) - 1:
                block += 1
            for deeper in styles[above:]:
                del counts[deeper]
            deepest, level = style, above + 1
        counts[style] = value
    if level or text[start:end].strip():
        result.append(Piece(begin, after, end, level, block, style, value))
    return result


def _glued(text: str, start: int, end: int) -> list[Piece]:
    """A list whose numbers have neither marks nor blanks (1收货2验货3上架), three and more; empty if it is none."""
    first = _GLUED.match(text, start, end)
    if first is None or _GLUED_UNIT.match(text, first.end(), end):
        return []
    places = [first.end() - 1]
    while True:
        value = str(len(places) + 1)
        place = text.find(value, places[-1] + 1, end)
        while place >= 0 and not _stands_bare(text, place, place + len(value), end):
            place = text.find(value, place + 1, end)
        if place < 0:
            break
        places.append(place)
    if len(places) < _FEWEST_GLUED:
        return []
    stops = [*places[1:], end]
    return [
        Piece(place, place + len(str(value)), stop, 1, 1, "digit", value)
        for value, (place, stop) in enumerate(zip(places, stops, strict=True), 1)
    ]


def _stands_bare(text: str, start: int, stop: int, end: int) -> bool:
    """Whether a number stands between words and counts nothing."""
    before = text[start - 1]
    return (
        not (before.isascii() and (before.isdigit() or before in ".-~+"))
        and (not (before.isascii() and before.isalpha()) or bool(_WORD_BEFORE.search(text, max(0, start - 12), start)))
        and before not in _JOINING
        and text[stop : stop + 1].isalpha()
        and not _GLUED_UNIT.match(text, stop, end)
    )


def _accepted(
    text: str, match: re.Match[str], start: int, after: int, counts: dict[str, int], number: int | None
) -> _Mark | None:
    """The mark that a match is, given what was counted so far and where the last mark ended; or None."""
    style = match.lastgroup or ""
    place, stop = match.span()
    before = text[place - 1] if place > after else "\n"
    if before in _BLANKS:
        before = _before(text, start, place, after)
    if style == "digit" and before in _CLOSING:
        value, behind = int(match["digit"]), match.end("digit")
        if value == counts.get(style, 0) + 1 and text[behind] in _CERTAIN:
            return _new(_Mark, (place, stop, style, value, before))
    if style == "bullet":
        return _Mark(place, stop, style, 0, before)
    if style == "nested":
        return _nested(text, match, before, counts, number)
    digits = match[style]
    if style == "round" and digits in _HAN_NUMBERS:
        style = "round han"
    mark = _Mark(place, stop, style, int(digits) if digits.isdecimal() else _value(digits), before)
    last = counts.get(style)
    due = mark.value == (last or 0) + 1 or (last is None and number is not None and mark.value == number + 1)
    if style == "digit":
        behind = place + len(digits)
        separator = text[behind : behind + 2].lstrip()[:1]
        return mark if _digit(text, mark, separator, last or 0, due, after) else None
    closed, line = before in _CLOSING, before == "\n"
    if style in ("han", "letter", "ordinal"):
        return mark if closed and (due or mark.value == 1 or line) else None
    if style.startswith("round"):
        return mark if due or (closed and (mark.value == 1 or line)) else None
    return mark if due or mark.value == 1 or closed else None


def _nested(text: str, match: re.Match[str], before: str, counts: dict[str, int], number: int | None) -> _Mark | None:
    """3.1 under item or heading 3; or, where item 3 is due, its number and a decimal or a number of years."""
    major, minor = (int(part) for part in match["nested"].split(".")[:2])
    closed = before in _CLOSING
    parent = counts.get("digit", number or 0)
    last = counts.get("nested")
    if not _UNIT.match(text, match.end()):
        under = (major == parent or last is not None) and minor in ((last or 0) + 1, 1)
        if under or (closed and minor == 1 and last is None):
            return _Mark(match.start(), match.end(), "nested", minor, before)
    if match["nested"].count(".") > 1 or major not in (1, parent + 1):
        return None
    mark = _Mark(match.start(), match.start() + len(str(major)) + 1, "digit", major, before)
    return mark if closed or (major > 1 and before not in _JOINING and _goes_on(text, mark)) else None


def _digit(text: str, mark: _Mark, separator: str, last: int, due: bool, after: int) -> bool:
    """Whether 2、 2. 2) 2， 2| or a bare 2 is the number of an item; the mark before it ended at `after`."""
    closed = mark.before in _CLOSING
    if closed and due and separator in _CERTAIN:
        return True
    digit_follows = text[mark.end : mark.end + 1].isdigit()
    if separator not in "、.．)）,，:：|" or not separator:
        bare_before = text[mark.start - 1].isspace() and _BARE.search(text, max(0, after - 4), after)
        return due and (closed or bool(bare_before)) and not _UNIT.match(text, mark.end)
    if separator in ",，:：|":
        if mark.before in ",，" and due and _COMMA.search(text, max(0, after - 4), after):  # 1,…,2,…
            return not digit_follows or _YEARS.match(text, mark.end) is not None
        years = digit_follows and due and _YEARS.match(text, mark.end) is not None
        return closed and (years or not digit_follows) and (due or mark.before == "\n")
    if closed:
        if digit_follows and separator == "." and not text[mark.end - 1].isspace():
            return False
        return mark.value == 1 or mark.before == "\n" or last <= mark.value <= last + 1 + _GAP
    if mark.before in _JOINING:
        return False
    if mark.before.isascii() and mark.before.isalpha():
        certain = separator == "、" or mark.value > 2  # Web2.标准 is a version
        item = certain and "\u4e00" <= text[mark.end : mark.end + 1] <= "\u9fff"
        return due and (item or _goes_on(text, mark))
    if mark.value == 1 and _CONDITION.match(text, mark.end):
        return True
    spaced = text[mark.start - 1].isspace()
    if not digit_follows or (spaced and (separator != "." or text[mark.end - 1].isspace())):
        return due
    return due and _goes_on(text, mark)


def _goes_on(text: str, mark: _Mark) -> bool:
    """Whether a number that nothing closes, before a digit, is an item's (…优先2.3年以上…经验3.…) and no decimal.

    It is if the next number comes before another one like it; the last of a list, before years.
    """
    next_ = rf"(?<![\d.])(?:(?P<same>{mark.value})|{mark.value + 1}) ?[.、．)）](?!\d(?!\d?年|\d\d|[-~至]))"
    following = re.compile(next_).search(text, mark.end, mark.end + _REACH)
    if following:
        return following["same"] is None
    years = _YEARS.match(text, mark.end)
    halves = text.startswith("5年", mark.end)  # the only fraction of a year that people write
    behind_condition = _CONDITION_ENDS.search(text, max(0, mark.start - 4), mark.start)
    return years is not None and (not halves or behind_condition is not None)


def _before(text: str, start: int, place: int, after: int) -> str:
    """The character that a number follows; right behind another mark, or at the start, a new line."""
    while place > start and text[place - 1] in _BLANKS:
        place -= 1
    return "\n" if place <= max(start, after) else text[place - 1]


def in_brackets(text: str, start: int, place: int, end: int) -> bool:
    """Whether `place` stands between a bracket of text[start:end] and the one that closes it.

    A bracket that nothing closes does not count: its closing one was forgotten.
    """
    opened = text.count("（", start, place) + text.count("(", start, place)
    if opened == 0 or opened <= text.count("）", start, place) + text.count(")", start, place):
        return False
    closing = _BRACKET.search(text, place, end)
    return closing is not None and closing[0] in "）)"


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in "lI":  # a 1 that was read by a machine
        return 1
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    if "⑴" <= number <= "⒇":
        return ord(number) - ord("⑴") + 1
    if number.isascii():
        return ord(number.lower()) - ord("a") + 1
    tens, ten, ones = number.rpartition("十")
    return (10 * (_HAN.find(tens) + 1) if ten else 0) + (_HAN.find(ones) + 1 if ones else 0)
