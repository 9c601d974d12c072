"""The pattern syntax of the taxonomy: how a skill is said with a verb and an object that need not touch.

    制定…营销策略            in this order, in one clause, at most FAR characters between
    用户·增长                an object and its verb, at most NEAR characters between (用户的快速增长)
    分析~用户需求            either order: 分析…用户需求, or 用户需求…分析 (用户需求的分析, 对用户需求进行分析)
    {制定}…营销[策略/方案]   {name} is a class of words of words.tsv; [a/b] are alternatives; [/的] may be left out

A pattern without a gap is a phrase that must stand in the text as it is written. The head of a pattern, the object
that the verb is about, is its last word; but the first of 用户需求…分析, of 用户·增长, and the one before 能力, which
closes a list (沟通…能力; so do 经验 and 专业).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

FAR, BACK, NEAR = 12, 7, 3
"""Characters that may stand between two words, parentheses not counted; BACK: an object and the verb after it."""

CLOSING = frozenset(("能力", "经验", "专业"))
"""Nouns that close a list and belong to each of its members."""

_PART = re.compile(r"\{([^{}]+)\}|\[([^\[\]]*)\]|([^\[\]{}…·~]+)")
_GAP = re.compile(r"([…·~])")


class Pattern(NamedTuple):
    """Sets of words, sorted, that must follow each other with at most `gap` characters between; `head` is an index."""

    slots: tuple[tuple[str, ...], ...]
    gap: int
    head: int


def parse(pattern: str, words: Mapping[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    """The patterns, in one order each, that a pattern of the taxonomy stands for. Raises ValueError if malformed.

    >>> for found in parse("{做}~[大/小]事", {"做": ("办", "干")}): print(found)
    Pattern(slots=(('办', '干'), ('大事', '小事')), gap=12, head=1)
    Pattern(slots=(('大事', '小事'), ('办', '干')), gap=7, head=0)
    """
    pieces = _GAP.split(pattern)
    slots = tuple(_expand(piece, pattern, words) for piece in pieces[::2])
    if "~" not in pieces:
        closes_a_list = len(slots) > 1 and not CLOSING.isdisjoint(slots[-1])
        head = 0 if "·" in pieces else len(slots) - 1 - closes_a_list
        return (Pattern(slots, NEAR if "·" in pieces else FAR, head),)
    if len(slots) != 2:
        raise ValueError(f"{pattern!r}: ~ joins two words and no more")
    return Pattern(slots, FAR, 1), Pattern(slots[::-1], BACK, 0)


def _expand(piece: str, pattern: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    choices: list[tuple[str, ...]] = []
    end = 0
    for part in _PART.finditer(piece):
        if part.start() != end:
            break
        end = part.end()
        name, alternatives, plain = part.groups()
        if name is not None:
            if name not in words:
                raise ValueError(f"{pattern!r}: words.tsv has no class {name!r}")
            choices.append(words[name])
        else:
            choices.append((plain,) if plain is not None else tuple(alternatives.split("/")))
    expanded = {"".join(choice).lower() for choice in itertools.product(*choices)}
    if end != len(piece) or not choices or "" in expanded:
        raise ValueError(f"{pattern!r}: a word is missing, or a bracket does not close")
    return tuple(sorted(expanded))
