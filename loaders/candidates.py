"""Skills that the taxonomy lacks: noun phrases after a cue (熟悉, 掌握, 精通, 具备…能力), for people to look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from graphmodel.nodes import SkillType, Span

_HAS = r"(?=[^，,。；;]{2,24}(?:能力|经验|技能|知识))"
_CUE = re.compile(
    rf"(?:熟悉|熟知|掌握|精通|通晓|擅长|熟练(?:使用|掌握|运用|操作|应用)?|了解|会使用|具备{_HAS}|具有{_HAS}|有{_HAS})"
    r"(?:并|和|且|过|使用|运用|掌握|熟悉|了解|操作|至少|以下|一种|一门|或|以上|多种|常用|主流|各类|各种|相关|基本|良好|较强|一定|丰富|优秀|扎实|出色|的)*"
)
_END = re.compile(r"[，,。；;：:！!？?（(）)\n]|者|优先|等")
_SPLIT = re.compile(r"[、/]|以及|和|与|及|或")
_TAIL = re.compile(
    r"(?:等)?(?:相关|方面|领域)?的?(?:工作)?(?:基本|基础|专业)?(?:能力|经验|技能|知识|方法|原理|流程|操作|使用|应用|技巧|者|优先|等|工作|软件|工具|技术|语言|理论)*\Z"
)
_ASCII = re.compile(r"[A-Za-z][A-Za-z0-9+#.\- ]{0,22}\Z")
_NOT_A_NAME = re.compile(
    r"^[有无]|[的了并为是在对将从以把被能会可就都我你他她们及其至所]|\d年|以上|自己|公司|优先|相关|本职|良好|较强|一定|使用|熟练"
)
_LONGEST = 10
_TOO_LONG = 100
"""Characters of a part of which no cut leaves a name."""


class Candidate(NamedTuple):
    """A phrase and its place in the item's text; `confidence` is 0.7 for a name in Latin letters, else 0.5."""

    label: str
    start: int
    end: int
    type: SkillType
    confidence: float


def find_candidates(text: str, taken: Sequence[Span]) -> list[Candidate]:
    """The candidates in a text that touch no taken span (the places of curated finds, ordered)."""
    found: dict[str, Candidate] = {}
    starts: list[int] = []
    ends: list[int] = []
    stop = 0
    for cue in _CUE.finditer(text):
        place = cue.end()
        seen = place < stop
        if not seen:
            if len(starts) < len(taken):
                starts = [start for start, _ in taken]
                ends = list(accumulate([end for _, end in taken], max))
            end_mark = _END.search(text, place)
            stop = end_mark.start() if end_mark else len(text)
        # after a cue within what another led in only the part that it begins is new
        if seen:
            furthest = min(stop, place + _TOO_LONG + 2)
            separator = _SPLIT.search(text, place, furthest)
            parts = [text[place : separator.start() if separator else furthest]]
        else:
            parts = _SPLIT.split(text[place:stop])
        for part in parts:
            start = text.index(part, place)
            place = start + len(part)
            label = part.strip()
            start += len(part) - len(part.lstrip())
            # what has less than two characters is no name, however the label is cut
            if len(part) > _TOO_LONG or _touches(start, start + 2, starts, ends):
                continue
            is_ascii = bool(_ASCII.match(label))
            if not is_ascii:
                label = _TAIL.sub("", label)
            end = start + len(label)
            if not _is_name(label, is_ascii) or _touches(start, end, starts, ends):
                continue
            kind: SkillType = "tool" if is_ascii else "skill"
            found.setdefault(label.lower(), Candidate(label, start, end, kind, 0.7 if is_ascii else 0.5))
    return list(found.values())


def _touches(start: int, end: int, starts: list[int], ends: list[int]) -> bool:
    """Whether one of some spans shares a character; their starts ascend, the ends are the furthest so far."""
    before = bisect_left(starts, end)
    return before > 0 and ends[before - 1] > start


def _is_name(label: str, is_ascii: bool) -> bool:
    if is_ascii:
        return len(label) > 1
    return 2 <= len(label) <= _LONGEST and not _NOT_A_NAME.search(label)
