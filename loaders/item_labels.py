"""The label that an item or one of its sentences begins with (产品策划：…; 学历, and below it 大专)."""

from __future__ import annotations

import re

from loaders.cues import VERB, one_of, side_of
from loaders.numbering import Piece
from loaders.sentences import sentences, trim

_LABEL = re.compile(
    r"(?P<label>[^\s，,。；;：:（()）、|]{2,12})(?P<mark>[：:]\s*|\s+\|\s*"
    r"|(?<=学历|专业|经验|技能|年龄|性别|证书|语言|外语|能力|素质|知识|其他)[ \t]+|[，,](?=(?:主要)?负责))(?=\S)"
)
_CELL_LABEL = re.compile(
    r"(?:最低)?学历|教育程度|文化程度|专业|(?:工作|相关)?经验|(?:工作)?经历|技能(?:技巧)?|知识|能力|素质|年龄|性别|证书"
    r"|语言|外语|身体|态度|其他"
)
"""The label of a cell, where a form came down to lines: 学历, and below it 大专及以上."""
_INTRODUCES = re.compile(r"以下|如下|包括")
_CLOSED = re.compile(r"[。；;，,：:\n]")
_TAKEN_UP = re.compile(r"(?:岗位|团队|人员)?" + one_of("负责 需 应 通过 根据 能够 从 将 可以 主要 是 的"))
SENTENCE = 12
"""A sentence of at least so many characters can be what a label names."""


def own_label(text: str, piece: Piece, subjects: tuple[str, ...], in_lines: bool) -> tuple[int, int, str | None]:
    """The item of a piece, and the label before it (产品策划：…), if it has one."""
    start, end = trim(text, piece.start, piece.end)
    if not piece.level:
        return start, end, None
    stop = text.find("\n", start, end)
    if in_lines and 0 <= stop - start <= 24 and not _CLOSED.search(text, start, stop):
        return stop + 1, end, text[start:stop].strip()
    label = _LABEL.match(text, start, end)
    if label and not _INTRODUCES.search(label["label"]) and not (label["mark"] in "，," and _acts(label["label"])):
        rest = end - label.end()
        if rest >= (10 if label["mark"] in "，," else max(4, len(label["label"]))):
            return label.end(), end, label["label"]
        return start, end, None
    glued = _glued_label(text, start, end, subjects) if piece.style in ("nested", "digit", "han") else start
    return glued, end, text[start:glued] or None


def _acts(words: str) -> bool:
    """Whether words say what is done, rather than name it (建立考勤制度, but 培训管理)."""
    verb = VERB.match(words)
    return verb is not None and len(words) > 6 and VERB.match(words, verb.end()) is None


def _glued_label(text: str, start: int, end: int, subjects: tuple[str, ...]) -> int:
    """Where a label ends that runs into a sentence on a subject (用户分析|该中心负责…); `start` if none does."""
    for subject in subjects:
        place = text.find(subject, start + 3, min(end, start + 28))
        if place < 0 or _CLOSED.search(text, start, place):
            continue
        after = place + len(subject)
        nominal = not VERB.match(text, start, place) or re.search(r"[。；]", text[after:end])
        return place if nominal and _TAKEN_UP.match(text, after, end) else start
    return start


def labelled_sentences(
    text: str, start: int, end: int, piece: Piece, headed: bool, whole: bool, named: bool
) -> list[tuple[int, int, str | None]]:
    """The sentences of an item, each with the label that it begins with (unnumbered ones) or stands under.

    `named`: the item began with a label, so that its sentences may too (学历：中专；专业：茶学).
    `whole`: two halves of a numbered item on either side of a semicolon are one (会SQL；Python或R会一种).
    """
    found = sentences(text, start, end)
    if len(found) < 2:
        return [(a, b, None) for a, b in found]
    if (
        whole
        and piece.level
        and len(found) == 2
        and text[found[0][1] - 1] in "；;"
        and not _LABEL.match(text, *found[1])
    ):
        return [(start, end, None)]
    if piece.level:
        a, b = trim(text, *found[0])
        names = b - a <= 8 and text[b : b + 1] == "。" and side_of(text, a, b) is None
        if names and found[1][1] - found[1][0] >= SENTENCE:
            return [(c, d, text[a:b]) for c, d in found[1:]]
        return [_cell(text, c, d) if i and named else (c, d, None) for i, (c, d) in enumerate(found)]
    if whole and any(_CELL_LABEL.fullmatch(text, *trim(text, a, b)) for a, b in found):
        return _cells(text, found)
    labels = [_LABEL.match(text, *trim(text, a, b)) for a, b in found] if headed else []
    if sum(label is not None for label in labels) < 2:
        return [(a, b, None) for a, b in found]
    return [
        (label.end(), b, label["label"]) if label and _outweighs(label, b) else (a, b, None)
        for (a, b), label in zip(found, labels, strict=True)
    ]


def _cells(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int, str | None]]:
    """Lines without those that are only labels, each with the label above it."""
    result: list[tuple[int, int, str | None]] = []
    label = None
    for a, b in found:
        start, end = trim(text, a, b)
        if _CELL_LABEL.fullmatch(text, start, end):
            label = text[start:end]
        else:
            result.append((a, b, label))
    return result


def _cell(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """A sentence without the label that it begins with, and the label."""
    a, b = trim(text, start, end)
    label = _LABEL.match(text, a, b)
    return (label.end(), end, label["label"]) if label and label.end() < b else (start, end, None)


def _outweighs(label: re.Match[str], end: int) -> bool:
    """Whether what follows a label is long enough to be an item; in the cells of a form a word is."""
    return label["mark"].isspace() or end - label.end() >= len(label["label"]) + 3
