"""Lines that were cut at a fixed width, joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import rjieba

from loaders.draft import Draft

_CLOSING = "。！？；：.!?;:"
_CLOSED = tuple(_CLOSING)
_BEGINS = re.compile(
    r"[•\-–*#【]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）.、．，,:：]"
    r"|[①-⑳]|\d{1,2} |第.{1,3}[篇章节条部]|附[件录：]"
)
_HEADING = re.compile(
    r".{0,8}(?:职责|要求|资格|描述|条件|概述|概况|内容|总结|引言|前言|背景|简介|待遇|目标|能力|说明|标准)：?"
)
_OPEN = re.compile(rf"\n(?<=[^{_CLOSING}\n]\n)(?!\n|\Z|{_BEGINS.pattern}|{_HEADING.pattern}(?:\n|\Z))")
"""The break of a line without a closing mark, before one that begins no item and is no heading."""

_OPEN_END = re.compile(r"[、的和与及或（“《]$")

_NARROWEST = 36
_WIDEST = 130
_SLACK = 5
"""Columns: the widths that a page may have, and how far its lines differ, by an indent or a mark that must not begin
a line. An ideograph has two columns."""


class Break(NamedTuple):
    """The end of a line without a closing mark, and how far it may have filled its line, in columns."""

    line: int
    fills: tuple[int, ...]


def join(draft: Draft) -> Draft:
    """Joins a line to the next if it has no closing mark, the next begins no item or heading, and it is full.

    Full is measured by its neighbours: at least three such lines in a row as long as one another, one of which ends
    within a word or phrase; or two that both do. So neither titles nor the items of a list without marks are joined.
    Where a crawler broke the text after each 。 the length counts from the last break that is not such.
    """
    if len(_OPEN.findall(draft.normal)) < 2:
        return draft
    lines = draft.normal.split("\n")
    joined = set(_full(list(_breaks(lines)), lines))
    edits = []
    at = -1
    for number, line in enumerate(lines):
        at += len(line) + 1
        if number in joined:
            spaced = line[-1].isascii() and lines[number + 1][0].isascii()
            edits.append((at, at + 1, " " if spaced else ""))
    return draft.edited(edits)


def _breaks(lines: list[str]) -> Iterator[Break]:
    before: list[int] = []
    for number in range(len(lines) - 1):
        line, after = lines[number], lines[number + 1]
        if not line:
            before = []
            continue
        width = 2 * len(line) - len(line.encode("ascii", "ignore"))
        if _BEGINS.match(line):
            before = []
        if line.endswith(_CLOSED):
            before.append(width)
            continue
        fills = [width]
        for more in reversed(before):
            fills.append(fills[-1] + more)
        before = []
        if after and not _BEGINS.match(after) and not _HEADING.fullmatch(line) and not _HEADING.fullmatch(after):
            yield Break(number, (width, *(fill for fill in fills[1:] if fill <= _WIDEST)))


def _full(breaks: list[Break], lines: list[str]) -> Iterator[int]:
    """The numbers of the lines to join: those in a run of breaks whose lines are equally full."""
    first = 0
    while first < len(breaks):
        runs = [_run(breaks, first, width) for width in breaks[first].fills if width >= _NARROWEST]
        run, longer, after = max(runs, key=lambda made: len(made[0]), default=([], [], first + 1))
        cuts = sum(_cuts(lines[number], lines[number + 1]) for number in run)
        if (len(run) > 2 and cuts >= max(1, len(run) / 5)) or len(run) == cuts == 2:
            yield from (*run, *longer)
        first = after if len(run) > 2 else first + 1


def _run(breaks: list[Break], first: int, width: int) -> tuple[list[int], list[int], int]:
    """From the first break on the lines that fill this width, the longer ones among them, and the break after them.

    Shorter lines without a mark end the run, but for headings, which are narrower than any page.
    """
    run: list[int] = []
    longer: list[int] = []
    after = first
    for number in range(first, len(breaks)):
        line, fills = breaks[number]
        if any(abs(fill - width) <= _SLACK for fill in fills):
            run.append(line)
            after = number + 1
        elif fills[0] > width:
            longer.append(line)
        elif fills[0] >= _NARROWEST:
            break
    last = run[-1]
    return run, [line for line in longer if line < last], after


def _cuts(line: str, after: str) -> bool:
    """Whether the break stands within a word, or after a word that asks for another."""
    if _OPEN_END.search(line):
        return True
    tail = line[-8:]
    at = 0
    for word in rjieba.cut(tail + after[:8]):
        at += len(word)
        if at >= len(tail):
            return at > len(tail)
    return False
