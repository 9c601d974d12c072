"""Where a sentence begins and ends: its words without the marks around them, and the cuts between two."""

from __future__ import annotations

import re

from loaders.cues import PICTURES
from loaders.numbering import in_brackets

_HEAD = PICTURES | frozenset(" \t\u3000\n，,、；;。：:.．·~—-–*•)）】]》”＞>/|\\")
_TAIL = PICTURES | frozenset(" \t\u3000\n，,、；;。：:.．·~…—-–*•!！?？（(【[|\\")
_BREAK = re.compile(r"[。！？；\n!?; \u3000]")
_ENGLISH = re.compile(r"[\x00-\x7f‘’“”–]*[A-Za-z]{3}[\x00-\x7f‘’“”–]*")
_CHINESE = re.compile(r"\s*[\u4e00-\u9fff]")
_NEXT_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}：")
_CRUMB = 7
"""Sentences of at most so many characters, all but the first, are not sentences (Excel；PPT；Word)."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without blanks, closing marks and stray punctuation at both ends; the dot of .NET stays."""
    while start < end and text[start] in _HEAD and not (text[start] == "." and text[start + 1 : start + 2].isalpha()):
        start += 1
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """text[start:end] cut at 。；！？, line ends and before labels; not inside brackets, and not into crumbs."""
    cuts: list[tuple[int, int]] = []
    place = start
    for stop in _BREAK.finditer(text, start, end):
        at = stop.end()
        if _ends_sentence(text, place, stop.start(), at, end, stop[0]):
            cuts.append((place, at))
            place = at
    if place < end:
        cuts.append((place, end))
    if len(cuts) > 2 and all(b - a <= _CRUMB for a, b in cuts[1:]) and "\n" not in text[start:end].strip():
        return [(start, end)]
    return cuts


def _ends_sentence(text: str, place: int, at: int, after: int, end: int, mark: str) -> bool:
    before = text[at - 1]
    if mark == "。":
        return not (before.isdigit() and text[after : after + 1].isdigit())
    if mark == "\n":
        return before not in "、，,及和与"
    if mark in " \u3000":
        return _NEXT_LABEL.match(text, after, end) is not None
    if mark in "!?;" and after < end and not text[after].isspace():
        return False
    if mark in "；;" and _ENGLISH.fullmatch(text, place, at) and _CHINESE.match(text, after, end):
        return False  # the same once more, in Chinese
    return not (mark in "；;" and in_brackets(text, place, at, end))
