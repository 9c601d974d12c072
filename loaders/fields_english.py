"""What a requirement in English states: education, years, majors, languages; English stands beside Chinese too."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEVELS = {
    "高中": r"high school|secondary school",
    "中专": r"vocational school|technical secondary",
    "大专": r"college|associate'?s?|junior college|diploma",
    "本科": r"bachelor'?s?|undergraduate|university|b\.?(?:sc|a)\.?(?= degree|/| in\b)",
    "硕士": r"master(?:'?s)?(?=[ /]|'|$)(?! data| plan| schedul)|postgraduate|mba(?= degree)",
    "博士": r"ph\.?d\.?|doctorate|doctoral",
}
_LEVEL = re.compile("|".join(rf"(?P<{name}>\b(?:{words}))" for name, words in _LEVELS.items()), re.IGNORECASE)
_DEGREE = re.compile(r"degree|diploma|graduate|or above|or higher|education|major|ph\.?d|doctorate", re.IGNORECASE)
_PREFERRED = re.compile(r"prefer|a plus|\bplus\b|nice to have|bonus|desirable|an? advantage|ideally", re.IGNORECASE)
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_YEARS = re.compile(
    rf"(?<![\d.])(?P<low>\d{{1,2}}|{'|'.join(_NUMBERS)})\s*\+?\s*(?:(?:[-–~]|to)\s*\d{{1,2}})?\s*\+?\s*(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(r"experience|\bexp\b|work|background", re.IGNORECASE)
_MAJORS = re.compile(
    r"(?:major(?:ed|ing|s)? in|degree in|background in)\s+(?P<list>[A-Za-z][A-Za-z ,/&]+?)"
    r"(?=\s*(?:,? (?:or|and) (?:other |any )?(?:related|relevant|similar|equivalent)"
    r"|[;.。；，(]|$| is | with | preferred))",
    re.IGNORECASE,
)
_SPLIT = re.compile(r",? (?:or|and) |[,/]")
_LANGUAGES = {
    "英语": r"English",
    "普通话": r"Mandarin|Putonghua",
    "粤语": "Cantonese",
    "日语": "Japanese",
    "韩语": "Korean",
}
_LANGUAGES |= {"法语": "French", "德语": "German", "俄语": "Russian", "西班牙语": "Spanish"}
_LANGUAGE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _LANGUAGES.items()))
_SENTENCE = re.compile(r"[^;；。\n]+?(?=[;；。\n]|\. |\.?$|, (?=\S+ prefer))")
_ORDER = tuple(_LEVELS)

HINT = re.compile(
    r"years?\b|Years?\b|yrs\b|Yrs\b|degree|bachelor|Bachelor|master|Master|diploma|Diploma|PhD|major|Major"
    "|English|Mandarin|Cantonese|Japanese|Korean"
)
"""Without one of these a text states nothing in English; all begin with a letter, and are looked for faster so."""


class English(NamedTuple):
    """`education` is one of fields.EDUCATION."""

    education: str | None = None
    min_years: float | None = None
    majors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def read_english(text: str) -> English:
    """What is required; of alternatives the least, of several conditions the one that asks for most years."""
    required = [clause for clause in _SENTENCE.findall(text) if not _PREFERRED.search(clause)]
    levels = [str(m.lastgroup) for c in required if _DEGREE.search(c) or "'s" in c for m in _LEVEL.finditer(c)]
    years = [_number(m["low"]) for c in required if _EXPERIENCE.search(c) for m in _YEARS.finditer(c)]
    majors = [
        name.strip()
        for match in _MAJORS.finditer(text)
        for name in _SPLIT.split(match["list"])
        if 2 <= len(name.strip()) <= 40
    ]
    languages = dict.fromkeys(str(match.lastgroup) for match in _LANGUAGE.finditer(text))
    return English(
        min(levels, key=_ORDER.index) if levels else None,
        float(max(years)) if years else None,
        tuple(dict.fromkeys(majors)),
        tuple(languages),
    )


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]
