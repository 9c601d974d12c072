"""What must stand around a heading word for it to be believed.

A heading word alone proves nothing (按照岗位要求 is no heading), so each needs evidence on its right (colon, closing
bracket, number one, end of line) and on its left (a closed clause).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.cues import PICTURES, one_of
from loaders.heading_words import WORDS, SectionKind

FIELDS = ("title", "department", "superior", "organization", "place", "field")
"""The kinds of labelled fields, which end with their value."""
MAIN = ("duty", "requirement", "preferred", "either")
_CELLS = ("overview", "cut", "indicator", "career")
"""Kinds whose words are labels also where only a blank divides them from the next cell of the line."""
_ALSO_LABELS = ("process", "indicator", "standard", "career", "overview")
"""Kinds whose words also label single items (3、工作流程：优化…)."""


class Heading(NamedTuple):
    """A heading and its mark stand at text[start:end]; `number` or `han` (一 to 十) is the number before it."""

    start: int
    end: int
    kind: SectionKind
    label: str
    number: int | None = None
    han: int | None = None


class _Candidate(NamedTuple):
    """A heading word at text[start:end] with what stands around it.

    `left` is where its number begins, `before` the character before that; `right` the place of the mark behind it.
    """

    left: int
    start: int
    end: int
    right: int
    mark: str
    before: str
    number: re.Match[str] | None

    @property
    def glued(self) -> bool:
        return self.before not in _CLOSED


FILLED = frozenset("下括于面有为是点等容示项含")
COLONS = frozenset("：:】]〕」』")
BLANKS = frozenset(" \t\u3000")
ORNAMENTS = PICTURES | BLANKS | frozenset("~～!！")
"""What may stand beside a heading on its line."""
_OPENING = frozenset("【[〔「『（(《<")
_CLOSED = frozenset("\n。；;！!？?：:】])）》」』…|•\t \u3000.,，、/-—–~*#>")
_HALF_CLOSED = frozenset("，,、/-—–~.*#>")
_LIST = re.compile(r"[\s：:]*(?:\d{1,2}\.\d|[（(]?[1一][)）、.．]|[①⑴•●◆■▪◇★❖➢\n–-])")
_AFTER = re.compile(r"[\s：:】\]〕」』]*")
_PARENTHESIS = re.compile(r"[（(][^（()）\n]{1,40}[)）]\Z")
_FILLER = re.compile(
    r"(?:具体|主要|详细)?(?:如下|包括|包含|有|为|是)?(?:但不限于|以下)*"
    r"(?:几个方面|几点|几项|内容|方面)?(?:如下)?(?:所示|等)?\Z"
)
HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(?:^|(?<=[^\w.]))(?P<major>(?:^|(?<=\n))\d{{1,2}}[.．](?=\d))?[（(【]?"
    rf"(?:(?P<digits>\d{{1,2}})|(?P<han>[{HAN}]{{1,3}}))[)）】]?[ \t]*[、.．:：,，]?[ \t]*\Z"
)
_BEHIND_NUMBER = frozenset(f"{HAN})）】 \t、.．:：,，")
_OBJECT_OF = re.compile(
    one_of("""
    按照? 根据 依据 符合 达到 满足 履行 明确 遵守 落实 了解 熟悉 完成 制定 编制 对照 结合 超出 完善 及 和 与 的 等
    各""")
    + r"\Z"
)
"""What makes a heading word the object of a sentence."""
_TAIL_OF_ITEM = re.compile(one_of("相关 有关 其他 其它 各项 日常 类似 同类 临时 等 的 项 类 性") + r"\Z")
_CONDITION_ENDS = re.compile("(?:优先|加分|以上|更佳|者佳|不限|均可|亦可)\\Z")
"""The end of the last requirement, to which a crawler glued what stood below: …者优先薪资：…"""
_PLAIN_WORDS = frozenset(("主要工作", "具体工作", "核心工作"))
"""Words of any sentence (他的主要工作包括), headings only by themselves."""
_PAY = re.compile(one_of("薪 资 福利 待遇 时间 地点 地址 电话 联系 邮箱 社保 奖金 提成 假 类别 关键 收入"))


def _lengths(index: int) -> dict[str, list[int]]:
    """How long the heading words of two characters and more are by their character at `index`, longest first."""
    found: dict[str, list[int]] = {}
    for word in sorted(WORDS, key=len, reverse=True):
        lengths = found.setdefault(word[index], [])
        if len(word) > 1 and len(word) not in lengths:
            lengths.append(len(word))
    return found


LENGTHS_BY_FIRST, _LENGTHS_BY_LAST = _lengths(0), _lengths(-1)


def ending_at(text: str, start: int, floor: int, right: int, mark: str) -> Heading | None:
    """The heading that ends at `right`, if the words there are one and what stands around them agrees."""
    place, stop, filled = _word(text, floor, right)
    if place < 0:
        return None
    word = text[place:stop]
    if text[place - 1] in "/|" and place > floor:  # 岗位职责/Responsibilities
        twin = _lookup(text, floor, text.rfind(text[place - 1], floor, place))
        place = twin if twin >= 0 else place
    elif place > floor + 2:  # Requirements任职要求
        other = place - (text[place - 1] == " ")
        if text[place].isascii() != text[other - 1].isascii():
            twin = _lookup(text, floor, other)
            place = twin if twin >= 0 else place
    number = (
        _NUMBER.search(text, max(floor, place - 8), place)
        if text[place - 1] in _BEHIND_NUMBER or text[place - 1].isdecimal()
        else None
    )
    left = number.start() if number else place
    line = left
    while line > floor and text[line - 1] in ORNAMENTS:
        line -= 1
    left = line if line == start or text[line - 1] == "\n" else left
    before = text[left - 1] if left > start else "\n"
    if before in _OPENING:
        if mark not in COLONS and mark not in ")）\n":
            return None
        left, before = left - 1, "\n"
    elif mark in COLONS and mark not in "：:":
        return None
    found = _Candidate(left, place, stop, right, mark, before, number)
    kind = WORDS[word.lower()]
    if found.glued and word in _PLAIN_WORDS:
        return None
    if found.glued and mark in "：:":
        if filled and before == "的" and kind in MAIN:
            return _announced(text, floor, found)
        if word.startswith("工作") and _TAIL_OF_ITEM.search(text, max(floor, place - 2), place):
            rest = word[2:]
            return Heading(place + 2, right + 1, WORDS[rest], rest) if rest in WORDS else None
    if not _believed(text, floor, found, kind):
        return None
    after = _AFTER.match(text, right) if mark in COLONS or mark == "\n" else None
    return Heading(left, after.end() if after else right, kind, word, *numbers(number))


def _word(text: str, floor: int, right: int) -> tuple[int, int, bool]:
    """The longest heading word before `right` as (start, end), or (-1, …).

    Blanks, a bracket (JD) and fillers (如下) may stand behind it; the last value tells of a filler.
    """
    stop = right
    while stop > floor and text[stop - 1] in ORNAMENTS:
        stop -= 1
    if stop - floor < 2:
        return -1, stop, False
    place = _lookup(text, floor, stop)
    if place < 0 and text[stop - 1] in ")）":
        inside = _PARENTHESIS.search(text, max(floor, stop - 42), stop)
        stop = inside.start() if inside else stop
        place = _lookup(text, floor, stop) if inside else -1
    elif place < 0 and text[stop - 1] in FILLED:
        filler = _FILLER.search(text, max(floor, stop - 16), stop)
        if filler and floor + 1 < filler.start() < stop:
            return _lookup(text, floor, filler.start()), filler.start(), True
    return place, stop, False


def _lookup(text: str, floor: int, stop: int) -> int:
    """Where the longest heading word that ends at `stop` begins, or -1; an English one is a whole word."""
    if stop - floor < 2:
        return -1
    for length in _LENGTHS_BY_LAST.get(text[stop - 1].lower(), ()):
        place = stop - length
        if place >= floor and text[place:stop].lower() in WORDS:
            joint = text[max(place - 1, 0) : place + 1]
            if not (joint.isascii() and joint.isalpha() and len(joint) == 2):
                return place
    return -1


def _announced(text: str, floor: int, found: _Candidate) -> Heading | None:
    """A clause that announces a list: 该岗位的主要职责包括：."""
    clause = max(floor, *(text.rfind(mark, floor, found.start) + 1 for mark in "\n。；"))
    if found.start - clause > 20:
        return None
    word = text[found.start : found.end]
    return Heading(clause, found.right + 1, WORDS[word.lower()], word)


def _believed(text: str, floor: int, found: _Candidate, kind: SectionKind) -> bool:
    """Whether what stands around a heading word makes it one."""
    length = found.end - found.start
    if text.startswith("工作", found.start) and length == 2 and found.mark != "：":
        return False
    main = kind in MAIN
    colon = found.mark in COLONS
    if found.glued:
        if kind == "cut" and length < 4 and colon:
            return bool(_CONDITION_ENDS.search(text, max(floor, found.start - 2), found.start))
        if length < 4 or not (main or kind == "cut"):
            return False
        if _OBJECT_OF.search(text, max(floor, found.start - 2), found.start):
            return False
        first = found.mark != "\n" and found.mark not in BLANKS and bool(_LIST.match(text, found.right))
        return colon or (main and first)
    if colon:
        label_like = kind in _ALSO_LABELS or (kind == "cut" and not _PAY.search(text, found.start, found.end))
        if found.number and found.number["digits"] and label_like:
            return bool(_LIST.match(text, found.right + 1))
        return found.number is not None or found.before not in "、/-—–"
    if found.before in _HALF_CLOSED and not found.number:
        return False
    if text[found.start : found.end].isascii() and found.before != "\n" and not found.number:
        return False  # … is a plus
    if found.mark == "\n":
        own_line = found.before == "\n" and found.right < len(text)
        return own_line or (main and length >= 4 and bool(_LIST.match(text, found.right)))
    if found.mark in BLANKS:
        return length >= 4 and (main or (kind in _CELLS and found.before == "\n"))
    return kind not in FIELDS and (length >= 4 or found.number is not None or found.before == "\n")


def numbers(number: re.Match[str] | None) -> tuple[int | None, int | None]:
    """The value of a heading's number: in digits, or in Chinese up to ten."""
    if number is None:
        return None, None
    if number.re is _NUMBER and number["major"]:
        return None, None
    if number["digits"]:
        return int(number["digits"]), None
    return None, HAN.find(number["han"]) + 1 or None
