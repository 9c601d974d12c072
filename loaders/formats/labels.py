"""Labels of fields that a page's design tells apart from their values, put as people write them: 工作地点：上海."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.heading_evidence import FIELDS
from loaders.heading_words import WORDS

VALUE_LENGTH = 30
"""A longer line is no field's value."""

_BULLET = "• "


def joined(lines: Sequence[str]) -> list[str]:
    """A field's label that stands in a block of its own joined to its value in the next, and no bullet before one."""
    result: list[str] = []
    waiting = False
    for line in lines:
        if line.startswith(_BULLET) and WORDS.get(line.removeprefix(_BULLET).partition("：")[0].strip()) in FIELDS:
            line = line.removeprefix(_BULLET)
        bare = line.rstrip("：: ")
        if waiting and len(line) <= VALUE_LENGTH and "：" not in line and bare.lower() not in WORDS:
            result[-1] = f"{result[-1].rstrip('：: ')}：{line}"
            waiting = False
            continue
        waiting = len(bare) >= 4 and WORDS.get(bare) in FIELDS
        result.append(line)
    return result
