"""Section headings of job documents: which words they are, and what must stand around them to be believed.

The words were counted on 7,280 public postings; a heading word alone proves nothing (按照岗位要求 is no heading), so each
needs evidence on its right (colon, closing bracket, number one, end of line) and on its left (a closed clause).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.heading_words import WORDS, SectionKind

FIELDS = ("title", "department", "superior", "organization", "place", "field")
_MAIN = ("duty", "requirement", "preferred", "either")


class Heading(NamedTuple):
    """A heading and its mark stand at [start, end) of the normal text; `number` is the number before it."""

    start: int
    end: int
    kind: SectionKind
    label: str
    number: int | None = None
    han: int | None = None


LONGEST = max(map(len, WORDS))
_LAST = frozenset(word[-1] for word in WORDS)
_RIGHT_AFTER = _LAST | frozenset(")）下括于面有为是点等容示项含")

_RIGHT = re.compile(r"[：:】\]〕」』\n \t\u3000(（①⑴•●◆■▪◇★❖➢一0-9*–-]")
_MARKS = frozenset("：:】]〕」』\n")
_BLANKS = frozenset(" \t\u3000")
_ONE = re.compile(
    r"1[ ]?[、.．)）,，]|[（(][1一][)）]|[①⑴•●◆■▪◇★❖➢]|一[、.．]|\d{1,2}\.1[ \t.、]|[-–*]\s?[\u4e00-\u9fff]"
)
_LABEL_LIKE = ("process", "indicator", "standard", "career", "overview")
_PAY = re.compile(r"薪|资|福利|待遇|时间|地点|地址|电话|联系|邮箱|社保|奖金|提成|假|类别|关键|收入")
_LIST = re.compile(r"[\s：:]*(?:\d{1,2}\.\d|[（(]?[1一][)）、.．]|[①⑴•●◆■▪◇★❖➢\n–-])")
_AFTER = re.compile(r"[\s：:】\]〕」』]*")
_PARENTHESIS = re.compile(r"[（(][^（()）\n]{1,40}[)）]\Z")
_FILLER = re.compile(
    r"(?:具体|主要|详细)?(?:如下|包括|包含|有|为|是)?(?:但不限于|以下)*(?:几个方面|几点|几项|内容|方面)?(?:如下)?(?:所示|等)?\Z"
)
_NUMBER = re.compile(
    r"(?:^|(?<=[^\w.]))[（(【]?(?:(\d{1,2})|([一二三四五六七八九十]{1,3}))[)）】]?[ \t]*[、.．:：,，]?[ \t]*\Z"
)
_BEFORE_VERB = re.compile(
    r"(?:按照?|根据|依据|符合|达到|满足|履行|明确|遵守|落实|了解|熟悉|完成|制定|编制|对照|结合|超出|完善|及|和|与|的|等|各)\Z"
)
_TAIL_OF_ITEM = re.compile(r"(?:相关|有关|其他|其它|各项|日常|类似|同类|临时|等|的|项|类|性)\Z")
_CLOSED = frozenset("\n。；;！!？?：:】])）》」』…|•\t \u3000.,，、/-—–~*#>")
_OPENING = "【[〔「『（(《<"
_STARTERS = re.compile(r"为了?|本[文制规岗职章公]|根据|随着|作为|以下|该岗|我们|在\w{1,8}[中下]|\d")


def find(text: str, start: int, end: int, subjects: tuple[str, ...] = ()) -> list[Heading]:
    """The headings in text[start:end], in order; `subjects` are names after which a glued heading is believed."""
    found: list[Heading] = []
    floor = start
    for right in _RIGHT.finditer(text, start, end):
        place, mark = right.start(), right[0]
        word = text[place - 1 : place]
        if place < floor + 2 or (word not in _RIGHT_AFTER and mark not in _MARKS):
            continue
        if mark not in _MARKS and mark not in _BLANKS and not _ONE.match(text, place, end):
            continue
        heading = _before(text, start, floor, place, mark)
        if heading is not None:
            found.append(heading)
            floor = heading.end
    last = _before(text, start, floor, end, "\n")
    if last is not None:
        found.append(last)
    if subjects:
        found = _merged(found, _leading(text, start, end, subjects))
    return _with_siblings(text, found, end)


def _with_siblings(text: str, found: list[Heading], end: int) -> list[Heading]:
    """Adds unknown headings that go on counting where known ones stopped (三、任职要求 … 四、权限范围): cut."""
    if not any(heading.han for heading in found):
        return found
    result: list[Heading] = []
    stops = [*(heading.start for heading in found[1:]), end]
    for heading, stop in zip(found, stops, strict=True):
        result.append(heading)
        han = heading.han
        while han:
            mark = (
                re.compile(
                    rf"(?<=[\s。；;]){_HAN[han]}、\s*(?P<label>[^\s，,。；;：:、]{{2,14}})(?=[\s：:]|\d[、.．])"
                ).search(text, result[-1].end, stop)
                if han < 10
                else None
            )
            han = han + 1 if mark else None
            if mark:
                result.append(Heading(mark.start(), mark.end(), "cut", mark["label"], None, han))
    return result


_HAN = "一二三四五六七八九十"


def _before(text: str, start: int, floor: int, right: int, mark: str) -> Heading | None:
    """The heading that ends at `right`, if the words there are one and the left side agrees."""
    stop = right
    while stop > floor and text[stop - 1] in " \t\u3000":
        stop -= 1
    if stop - floor < 2:
        return None
    place, filled = _lookup(text, floor, stop), False
    if place < 0 and text[stop - 1] in ")）":
        inside = _PARENTHESIS.search(text, max(floor, stop - 42), stop)
        if inside:
            place = _lookup(text, floor, stop := inside.start())
    if place < 0 and text[stop - 1] in "下括于面有为是点等容示项含":
        filler = _FILLER.search(text, max(floor, stop - 16), stop)
        if filler and filler.start() < stop:
            place, filled = _lookup(text, floor, stop := filler.start()), True
    if place < 0:
        return None
    word = text[place:stop]
    kind = WORDS[word.lower()]
    number = _NUMBER.search(text, max(floor, place - 8), place)
    left = number.start() if number else place
    before = text[left - 1] if left > start else "\n"
    if before in _OPENING and left > start:
        if mark not in "】]〕」』)）:：\n":
            return None
        left, before = left - 1, "\n"
    elif mark in "】]〕」』":
        return None
    glued = before not in _CLOSED
    if glued and filled and before == "的" and mark in "：:" and kind in _MAIN:
        clause = max(text.rfind(c, floor, place) for c in "\n。；") + 1
        return Heading(max(clause, floor), right + 1, kind, word) if place - max(clause, floor) <= 20 else None
    if glued and word.startswith("工作") and _TAIL_OF_ITEM.search(text, max(floor, place - 2), place):
        rest = word[2:]
        if rest not in WORDS or mark not in "：:":
            return None
        return Heading(place + 2, right + 1, WORDS[rest], rest)
    if not _believed(text, floor, place, right, mark, word, kind, glued, before, number):
        return None
    after = _AFTER.match(text, right) if mark in "：:】]〕」』\n" else None
    close = after.end() if after else right
    value = int(number[1]) if number and number[1] else None
    return Heading(left, close, kind, word, value, _han(number))


def _han(number: re.Match[str] | None) -> int | None:
    """The value of a heading's Chinese numeral, up to ten."""
    return _HAN.find(number[2]) + 1 or None if number and number[2] and len(number[2]) == 1 else None


def _lookup(text: str, floor: int, stop: int) -> int:
    """Where the longest heading word that ends at `stop` begins, or -1."""
    if text[stop - 1].lower() not in _LAST:
        return -1
    for place in range(max(floor, stop - LONGEST), stop - 1):
        if text[place:stop].lower() in WORDS and not (
            text[place].isascii() and text[place - 1 : place].isascii() and text[place - 1 : place].isalpha()
        ):
            return place
    return -1


def _believed(
    text: str,
    floor: int,
    place: int,
    right: int,
    mark: str,
    word: str,
    kind: SectionKind,
    glued: bool,
    before: str,
    number: re.Match[str] | None,
) -> bool:
    colon = mark in "：:】]〕」』"
    if glued:
        if len(word) < 4 or kind not in (*_MAIN, "cut") or _BEFORE_VERB.search(text, max(floor, place - 2), place):
            return False
        return colon or (kind in _MAIN and mark not in " \t\u3000\n" and bool(_LIST.match(text, right)))
    if before in "，,、/-—–~.*#>" and not number and not colon:
        return False
    if mark == "\n" or right == len(text):
        own_line = before == "\n"
        return own_line and right < len(text) or (kind in _MAIN and len(word) >= 4 and bool(_LIST.match(text, right)))
    if colon:
        if number and number[1] and (kind in _LABEL_LIKE or (kind == "cut" and not _PAY.search(word))):
            return bool(_LIST.match(text, right + 1))
        return before not in "、/-—–" or bool(number)
    if mark in " \t\u3000":
        return kind in _MAIN and len(word) >= 4 and before not in ",，、"
    return (
        kind not in FIELDS
        and (len(word) >= 4 or bool(number) or before == "\n")
        or before == "\n"
        and kind not in FIELDS
    )


_LINE = re.compile(r"(?:^|\n)[ \t]*|(?<=[\u4e00-\u9fff。；：:])(?=\d{1,2}[.、．][ \t]*[\u4e00-\u9fff])", re.MULTILINE)
_LEAD_NUMBER = re.compile(r"(?:(\d{1,2})|([一二三四五六七八九十]{1,3}))[、.．][ \t]*")


def _leading(text: str, start: int, end: int, subjects: tuple[str, ...]) -> list[Heading]:
    """Headings at the start of a line or after a number, glued to a sentence that begins with a subject."""
    found: list[Heading] = []
    places = {start, *(m.end() for m in _LINE.finditer(text, start, end))}
    for line in sorted(places):
        number = _LEAD_NUMBER.match(text, line, end)
        place = number.end() if number else line
        for subject in subjects:
            if text.startswith(subject + "的", place):
                place += len(subject) + 1
                break
        for stop in range(min(end, place + LONGEST), place + 1, -1):
            kind = WORDS.get(text[place:stop])
            if kind is None or kind in FIELDS or (kind == "cut" and stop - place < 4):
                continue
            if text.startswith(subjects, stop) or ((number or stop - place >= 4) and _STARTERS.match(text, stop, end)):
                value = int(number[1]) if number and number[1] else None
                found.append(Heading(line, stop, kind, text[place:stop], value, _han(number)))
                break
    return found


def _merged(first: list[Heading], second: list[Heading]) -> list[Heading]:
    """Both in order; of two that overlap the one that begins first, or is longer."""
    result: list[Heading] = []
    for heading in sorted([*first, *second], key=lambda h: (h.start, -h.end)):
        if not result or heading.start >= result[-1].end:
            result.append(heading)
    return result
