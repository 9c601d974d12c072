"""The pattern syntax of the taxonomy: how a skill is said with a verb and an object that need not touch.

    制定…营销策略            words in this order, at most GAP characters between them, in one clause
    分析~用户需求            either order: 分析…用户需求, or 用户需求…分析 (用户需求的分析, 对用户需求进行分析)
    {制定}…营销[策略/方案]   {name} is a class of words of words.tsv; [a/b] are alternatives; [/的] may be left out

A pattern without … or ~ is a phrase that must stand in the text as it is written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

GAP = 14
"""Characters that may stand between two words of a pattern, parentheses not counted."""

GAP_BACK = 8
"""The same between an object and a verb that follows it."""

_PART = re.compile(r"\{([^{}]+)\}|\[([^\[\]]*)\]|([^\[\]{}…~]+)")
_GAP = re.compile(r"([…~])")


class Pattern(NamedTuple):
    """Sets of words, sorted, that must follow each other with at most `gap` characters between."""

    slots: tuple[tuple[str, ...], ...]
    gap: int


def parse(pattern: str, words: Mapping[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    """The patterns, in one order each, that a pattern of the taxonomy stands for. Raises ValueError if malformed.

    >>> parse("{做}~[大/小]事", {"做": ("办", "干")})
    (Pattern(slots=(('办', '干'), ('大事', '小事')), gap=14), Pattern(slots=(('大事', '小事'), ('办', '干')), gap=8))
    """
    pieces = _GAP.split(pattern)
    slots = tuple(_expand(piece, pattern, words) for piece in pieces[::2])
    if "~" not in pieces:
        return (Pattern(slots, GAP),)
    if len(slots) != 2:
        raise ValueError(f"{pattern!r}: ~ joins two words and no more")
    return Pattern(slots, GAP), Pattern(slots[::-1], GAP_BACK)


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
