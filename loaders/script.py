"""Traditional characters -> Simplified, character for character."""

from __future__ import annotations

import re

from graphmodel.identity import simplify

_IDEOGRAPHS = "".join(map(chr, range(0x3400, 0xA000)))
_OWN = {"衞": "卫", "妳": "你", "祂": "他", "牠": "它"}
"""What OpenCC's t2s leaves as it is."""

_TRADITIONAL = re.compile(
    "["
    + "".join(c for c, new in zip(_IDEOGRAPHS, simplify(_IDEOGRAPHS), strict=True) if c != new)
    + "".join(_OWN)
    + "]"
)
_OWN_MARK = re.compile("[" + "".join(_OWN) + "]|乙个|著")
_ZHU_BEFORE = frozenset("名显原专编论卓巨土昭译合软遗拙")
_ZHU_AFTER = frozenset("名作者述称书录")


def to_simplified(text: str) -> str:
    """As long as before. A text without a Traditional character is left alone, so that its 著 and 乙 stay."""
    if not _TRADITIONAL.search(text):
        return text
    made = simplify(text)
    if len(made) != len(text):
        made = "".join(new if len(new := simplify(c)) == 1 else c for c in text)
    return _OWN_MARK.sub(_own, made)


def _own(match: re.Match[str]) -> str:
    found = match[0]
    if found == "乙个":
        return "一个"
    if found != "著":
        return _OWN[found]
    text, start = match.string, match.start()
    is_noun = text[start - 1 : start] in _ZHU_BEFORE or text[start + 1 : start + 2] in _ZHU_AFTER
    return "著" if is_noun else "着"
