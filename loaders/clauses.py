"""The clauses of an item, and what a clause says of the skills in it: preferred, how well, or no skill at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from operator import itemgetter

from graphmodel.relations import Level

LEVELS: dict[str, Level] = {
    "了解": "了解",
    "熟悉": "熟悉",
    "熟知": "熟悉",
    "掌握": "掌握",
    "熟练": "掌握",
    "精通": "精通",
    "通晓": "精通",
}

PREFERRED = ("优先", "加分", "更佳", "为佳", "尤佳", "更好", "最好", "最佳", "优先录用", "优先考虑")
NOT_PREFERRED = ("优先级", "优先处理", "优先保障", "优先顺序")

PURPOSES = tuple(
    "以" + verb
    for verb in ("确保", "实现", "推动", "促进", "提高", "提升", "达到", "达成", "保证", "保障", "满足", "增强", "增加")
)
"""What follows in the clause is what the work is good for, and not the work."""

_PURPOSE_GOES_ON = ("提升", "提高", "推动", "促进", "增强", "并提高", "并提升", "并促进", "保证", "扩大")

BENEFITS = (
    "底薪",
    "月薪",
    "年薪",
    "薪资待遇",
    "薪酬待遇",
    "待遇优厚",
    "待遇丰厚",
    "年终奖",
    "带薪",
    "双休",
    "包吃",
    "包住",
    "节日福利",
    "晋升空间",
    "晋升机会",
    "晋升通道",
    "培训机会",
    "公司提供",
    "公司将提供",
    "我们提供",
    "为员工提供",
    "为你提供",
    "为您提供",
    "享受",
)


SIGNS: dict[str, Collection[str]] = {
    "(": "（(「《【[",
    ")": "）)」》】]",
    ",": "，,。；;：:！!？?\n",
    "level": LEVELS,
    "preferred": PREFERRED,
    "not preferred": NOT_PREFERRED,
    "benefit": BENEFITS,
    "purpose": PURPOSES,
}
"""The words and marks that make clauses, or say something of theirs, by what they do."""


_END = itemgetter(0)


class Clause:
    """From one break to the next; what stands in parentheses is a clause inside another.

    `barred` tells that a skill in it may be a benefit, or what the work is good for.
    """

    __slots__ = ("barred", "benefit", "end", "levels", "outer", "preferred", "previous", "purpose", "start")

    def __init__(self, start: int, previous: Clause | None = None, outer: Clause | None = None) -> None:
        self.start = start
        self.end = -1
        self.previous = previous
        self.outer = outer
        self.preferred = False
        self.benefit = False
        self.purpose: int | None = None
        self.barred = False
        self.levels: list[tuple[int, Level]] = []

    def next(self, start: int, end: int, text: str) -> Clause:
        """The clause after the mark at (start, end), which ends this one."""
        self.end = start
        if text.startswith(" ", end):
            end += 1
        clause = Clause(end, self if text[start] in "，," else None, self.outer)
        if clause.previous and self.purpose is not None and text.startswith(_PURPOSE_GOES_ON, end):
            clause.purpose = end
            clause.barred = True
        return clause

    def mark(self, sign: str, start: int, end: int, text: str) -> None:
        """Takes note of a sign at (start, end)."""
        match sign:
            case "level":
                self.levels.append((end, LEVELS[text[start:end]]))
            case "preferred":
                self.preferred = True
            case "not preferred":
                self.preferred = False
            case "benefit":
                self.benefit = self.barred = True
            case "purpose":
                self.purpose = start
                self.barred = True

    def is_preferred(self) -> bool:
        clause: Clause | None = self
        while clause is not None:
            if clause.preferred:
                return True
            clause = clause.outer
        return False

    def level(self, place: int) -> Level | None:
        """The level word that governs a place: the nearest before it, in a plain list also of the clause before."""
        clause = self
        while True:
            if before := bisect_right(clause.levels, place, key=_END):
                return clause.levels[before - 1][1]
            if clause.outer is not None:
                clause = clause.outer
            elif clause.previous is not None and place == clause.start:
                clause = clause.previous
                if clause.levels:
                    return clause.levels[-1][1]
                place = clause.start
            else:
                return None
