"""Lists of a page: the number or bullet that a browser draws before each item."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from loaders.formats import ordinals

_TYPES: dict[str, Callable[[int], str]] = {
    "a": ordinals.letter,
    "A": lambda number: ordinals.letter(number).upper(),
    "i": lambda number: ordinals.roman(number).lower(),
    "I": ordinals.roman,
}
_STYLES: dict[str, Callable[[int], str]] = {
    "lower-alpha": ordinals.letter,
    "lower-latin": ordinals.letter,
    "upper-alpha": _TYPES["A"],
    "upper-latin": _TYPES["A"],
    "lower-roman": _TYPES["i"],
    "upper-roman": ordinals.roman,
    "cjk-ideographic": ordinals.chinese,
    "simp-chinese-informal": ordinals.chinese,
    "trad-chinese-informal": ordinals.chinese,
    "cjk-heavenly-stem": ordinals.stem,
    "cjk-earthly-branch": ordinals.branch,
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)")


class List:
    """A list that is being written: its kind of numbers and the next of them."""

    def __init__(self, node: LexborNode, depth: int) -> None:
        attributes = node.attributes
        style = _STYLE.search((attributes.get("style") or "").lower())
        words = style[1].split() if style else []
        self.ordered = node.tag == "ol"
        self.step = -1 if "reversed" in attributes else 1
        self.depth = depth
        self.plain = "none" in words and not self.ordered
        self.form = next((_STYLES[word] for word in words if word in _STYLES), _TYPES.get(attributes.get("type") or ""))
        start = integer(attributes.get("start"))
        self.next = start if start is not None else _items(node) if self.step < 0 else 1

    def mark(self, item: LexborNode) -> str:
        if not self.ordered:
            return "" if self.plain else "• "
        value = integer(item.attributes.get("value"))
        number = self.next if value is None else value
        self.next = number + self.step
        written = (self.form or str)(number)
        return f"{written}、" if self.depth == 0 or self.form else f"（{written}）"


def _items(node: LexborNode) -> int:
    return sum(child.tag == "li" for child in node.iter())


def integer(value: str | None) -> int | None:
    """The whole number that a value begins with.

    >>> integer(" 12px"), integer("x")
    (12, None)
    """
    found = re.match(r"\s*([+-]?\d{1,6})", value or "", re.ASCII)
    return int(found[1]) if found else None
