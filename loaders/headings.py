"""Section headings of job documents: known words, unknown ones beside them, and the parts of a list of duties."""

from __future__ import annotations

import re

from loaders import forms
from loaders.heading_evidence import (
    BLANKS,
    COLONS,
    FIELDS,
    FILLED,
    HAN,
    LENGTHS_BY_FIRST,
    MAIN,
    ORNAMENTS,
    Heading,
    ending_at,
    numbers,
)
from loaders.heading_phrases import phrases
from loaders.heading_words import WORDS, SectionKind

_BEFORE_RIGHT = frozenset(word[-1] for word in WORDS) | FILLED | frozenset(")）")
_FIRST = re.compile(
    r"1[ ]?[、.．)）,，]|[（(][1一][)）]|[①⑴•●◆■▪◇★❖➢]|一[、.．]|\d{1,2}\.1[ \t.、]|[-–*]\s?[\u4e00-\u9fff]"
)
"""The mark of the first item of a list."""


def _listed(characters: frozenset[str]) -> str:
    return re.escape("".join(sorted(characters)))


_ANY_CASE = frozenset(c for letter in _BEFORE_RIGHT for c in (letter, letter.upper())) | {"\u212a"}  # the Kelvin sign
_SIGNS = frozenset(c for c in ORNAMENTS if c < "\U00010000")
_PICTURES = "\U00010000-\U0010ffff"
"""More than ORNAMENTS has, but in a list each of so high characters is tried by itself."""
_RIGHT = re.compile(
    rf"[：:】\]〕」』\n \t\u3000(（①⑴•●◆■▪◇★❖➢一0-9*–-]"
    rf"(?:(?<=[{_listed(_ANY_CASE | _SIGNS)}{_PICTURES}][{_listed(COLONS)}\n])|(?<=[{_listed(_BEFORE_RIGHT)}].))"
)
"""A mark that may stand behind a heading, where the character before it may be the last of one."""
_LEADING_NUMBER = re.compile(rf"(?:(?P<digits>\d{{1,2}})|(?P<han>[{HAN}]{{1,3}}))[、.．][ \t]*")
_STARTERS = re.compile(r"为了?|本[文制规岗职章公]|根据|随着|作为|以下|该岗|我们|在\w{1,8}[中下]|\d")
_LINE_ABOVE_LIST = re.compile(r"\n[ \t]*([\u4e00-\u9fff]{2,8})[ \t]*\n\s*(?=[•●◆■·*-][ \t]*\S|[（(]?[1一][)）、.．]|①)")
_PART = re.compile(
    rf"\n(?P<heading>[ \t]*(?:工作|岗位|主要)?职责(?:[{HAN}]|\d)[ \t]*：[ \t]*(?P<label>[^\n，。；：]{{2,16}}))"
    r"(?=\n\s*(?:\d|[（(•①]))"
)
"""职责一：培训实施, above the items of that part."""
_LINE = re.compile(r"[\n\d](?:(?<=\n)[ \t]*|(?<=[\u4e00-\u9fff。；：:]\d)(?=\d?[.、．][ \t]*[\u4e00-\u9fff]))")
"""The end of a line, or the number of an item that runs on."""


def find(text: str, start: int, end: int, subjects: tuple[str, ...] = ()) -> list[Heading]:
    """The headings in text[start:end], in order; `subjects` are names after which a glued heading is believed."""
    found: list[Heading] = []
    floor = start
    for right in _RIGHT.finditer(text, start, end):
        place, mark = right.start(), right[0]
        if place < floor + 2:
            continue
        if mark in COLONS or mark == "\n" or mark in BLANKS or _FIRST.match(text, place, end):
            heading = ending_at(text, start, floor, place, mark)
            if heading is not None:
                found.append(heading)
                floor = heading.end
    last = ending_at(text, start, floor, end, "\n")
    found += [last] if last else []
    parts = [
        Heading(*part.span("heading"), "duty", part["label"]) for part in _PART.finditer(text, max(0, start - 1), end)
    ]
    parts += phrases(text, start, end)
    form = forms.labels(text, start, end)
    if form:
        found = [heading for heading in found if not form[0].start <= heading.start < form[-1].end] + form
    if parts or form:
        found = _merged([*found, *parts])
    if subjects:
        found = _merged([*found, *_glued_to_subjects(text, start, end, subjects)])
    return _with_unknown(text, _with_siblings(text, found, end), end)


def _glued_to_subjects(text: str, start: int, end: int, subjects: tuple[str, ...]) -> list[Heading]:
    """Headings at the start of a line or after a number, glued to a sentence that begins with a subject."""
    found: list[Heading] = []
    lines = [m.end() if text[m.start()] == "\n" else m.start() for m in _LINE.finditer(text, start, end)]
    for line in [start, *lines]:
        number = _LEADING_NUMBER.match(text, line, end)
        place = number.end() if number else line
        owner = next((subject for subject in subjects if text.startswith(subject + "的", place)), None)
        place += len(owner) + 1 if owner else 0
        for length in LENGTHS_BY_FIRST.get(text[place : place + 1], ()):
            stop = place + length
            kind = WORDS.get(text[place:stop])
            if kind is None or stop > end or kind in FIELDS or (kind == "cut" and length < 4):
                continue
            started = (number or length >= 4) and _STARTERS.match(text, stop, end)
            if started or text.startswith(subjects, stop):
                found.append(Heading(line, stop, kind, text[place:stop], *numbers(number)))
                break
    return found


def _merged(found: list[Heading]) -> list[Heading]:
    """In order; of two that overlap, the one that begins first or is longer."""
    result: list[Heading] = []
    for heading in sorted(found, key=lambda heading: (heading.start, -heading.end)):
        if not result or heading.start >= result[-1].end:
            result.append(heading)
    return result


def _with_siblings(text: str, found: list[Heading], end: int) -> list[Heading]:
    """Adds unknown headings that go on counting where known ones stopped (三、任职要求 … 四、安全守则): left out."""
    if not any(heading.han for heading in found):
        return found
    result: list[Heading] = []
    han = None
    for heading, stop in zip(found, [*(heading.start for heading in found[1:]), end], strict=True):
        result.append(heading)
        han = heading.han or han
        while sibling := _sibling(text, result[-1].end, stop, han):
            result.append(sibling)
            han = sibling.han
    return result


def _with_unknown(text: str, found: list[Heading], end: int) -> list[Heading]:
    """Adds short lines right above a list, among duties or requirements: headings that are no known words."""
    result: list[Heading] = []
    for i, heading in enumerate(found):
        result.append(heading)
        if heading.kind in MAIN:
            kind: SectionKind = "either" if heading.kind == "duty" else heading.kind
            stop = found[i + 1].start if i + 1 < len(found) else end
            lines = _LINE_ABOVE_LIST.finditer(text, heading.end - 1, stop)
            result += [Heading(line.start(1), line.end(), kind, line[1]) for line in lines]
    return result


def _sibling(text: str, start: int, stop: int, han: int | None) -> Heading | None:
    """The heading in text[start:stop] with the number after `han`; not an item of a list that begins there with 一."""
    if not han or han >= len(HAN):
        return None
    next_ = rf"(?<=[\s。；;]){HAN[han]}、\s*(?P<label>[^\s，,。；;：:、]{{2,14}})(?=[\s：:]|\d[、.．])"
    mark = re.compile(next_).search(text, start, stop)
    if mark and text.find("一、", start, mark.start()) >= 0:
        return None
    return Heading(mark.start(), mark.end(), "cut", mark["label"], None, han + 1) if mark else None
