"""Names like a text: typing errors, part of a name, another script, or pinyin; used by every store's `find`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from graphmodel.identity import fold
from graphmodel.store import Match

LABELLED = ("role", "skill", "department", "indicator")
"""The kinds of nodes that have names."""

LEAST = 0.5
"""What scores less is not like the text at all."""


def nearest(text: str, labels: Iterable[tuple[str, str, str]], limit: int) -> list[Match]:
    """The nodes whose labels are most like the text; `labels` holds (id, kind, label).

    The score of a label is the greatest of: the Indel similarity of the folds; 0.5 to 0.9 where one fold holds the
    other, by their lengths; 0.95 times the Indel similarity of the pinyin, if that is at least 0.75. A node has the
    score of its best label; best first, ties by id.
    """
    best: dict[str, Match] = {}
    for id, kind, label in labels:
        score = likeness(fold(text, kind), fold(label, kind))
        before = best.get(id)
        if score >= LEAST and (before is None or (-score, label) < (-before.score, before.label)):
            best[id] = Match(id, kind, label, score)
    return sorted(best.values(), key=lambda match: (-match.score, match.id))[:limit]


def likeness(one: str, other: str) -> float:
    """How alike two folds are, in [0, 1].

    >>> likeness("数据分析", "数据分析"), likeness("shujufenxi", "数据分析"), likeness("数据分析", "收银")
    (1.0, 0.95, 0.0)
    >>> round(likeness("运营", "用户运营经理"), 2)
    0.63
    """
    if not one or not other:
        return 0.0
    score = fuzz.ratio(one, other) / 100
    if one in other or other in one:
        score = max(score, 0.5 + 0.4 * min(len(one), len(other)) / max(len(one), len(other)))
    if score < 0.95:  # any two pinyin texts have some letters in common: what is less than 0.75 says nothing
        score = max(score, 0.95 * fuzz.ratio(_pinyin(one), _pinyin(other), score_cutoff=75) / 100)
    return score


@lru_cache(maxsize=65536)
def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin  # a quarter of a second to import, and most commands never need it

    return "".join(lazy_pinyin(text))
