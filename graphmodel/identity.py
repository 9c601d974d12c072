"""The one place where two spellings become one thing: fold(label), and label -> id.

Ids are `kind:key`. The key of a curated skill is its slug in the taxonomy; every other key is the first 16 hex
digits of SHA-256 over the kind and what the id is made from. An id is computed, never issued, so that any
process gives the same thing the same id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import opencc

KINDS = ("role", "duty", "requirement", "skill", "department", "indicator", "posting", "document")
"""The kinds of nodes, in the order in which they are listed and exported."""

_KINDS = frozenset((*KINDS, "mention"))
_SIMPLIFY = opencc.OpenCC("t2s")
_KEY = re.compile(r"[\w+#.&/]+")
_NO_KEY = re.compile(r"[^\w+#.&/\n]")
_WIDE = tuple(zip("，；：（）！？", ",;:()!?", strict=True))
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}|n)"
_ROLE_CLOSING = re.compile(rf"(?:\s*[(（【\[]\s*{_NUMBER}\s*[)）】\]]|\s*岗位(?:职责|人员)?)+\s*$", re.IGNORECASE)


def simplify(text: str) -> str:
    """Traditional characters to Simplified (OpenCC `t2s`); text without a CJK character is returned as it is."""
    return text if text.isascii() else _SIMPLIFY.convert(text)


@lru_cache(maxsize=4096)
def fold(label: str, kind: str = "") -> str:
    """What two spellings of one name have in common.

    NFKC, Traditional to Simplified, lower case, and neither white space nor punctuation except `+ # . & /`. For
    `kind="role"` a closing (一)…(n), 岗位, 岗位人员 or 岗位职责 is taken off too, unless nothing else is left.

    >>> fold("Ｃ＋＋ 開發")
    'c++开发'
    >>> fold("OTA运营经理(二)", "role")
    'ota运营经理'
    """
    text = _plain(label)
    if kind == "role":
        text = _ROLE_CLOSING.sub("", text) or text
    return "".join(_KEY.findall(text.lower())).replace("_", "")


def fold_all(labels: Sequence[str]) -> list[str]:
    """fold(label) of each, at once, which takes half the time."""
    folded = _NO_KEY.sub("", _plain("\n".join(labels)).lower()).replace("_", "").split("\n")
    return folded if len(folded) == len(labels) else [fold(label) for label in labels]


def _plain(text: str) -> str:
    """The text in NFKC and Simplified characters."""
    # these are in most texts, and without them NFKC has nothing to do, which it sees at once
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return simplify(unicodedata.normalize("NFKC", text))


def digest(*parts: str) -> str:
    """The first 16 hex digits of SHA-256 over the parts, joined by U+0000."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def role_id(name: str) -> str:
    return "role:" + digest("role", fold(name, "role"))


def department_id(name: str) -> str:
    return "department:" + digest("department", fold(name))


def indicator_id(name: str) -> str:
    return "indicator:" + digest("indicator", fold(name))


def duty_id(text: str) -> str:
    """The text is the normalised text of the item, and the only property of the node: hence not folded further."""
    return "duty:" + digest("duty", text)


def requirement_id(text: str) -> str:
    """As duty_id."""
    return "requirement:" + digest("requirement", text)


def skill_id(slug: str) -> str:
    """The id of a curated skill, from its slug in the taxonomy."""
    return "skill:" + slug


def candidate_id(label: str) -> str:
    """The id of a skill that the taxonomy lacks."""
    return "skill:" + digest("skill", fold(label))


def document_id(origin: str) -> str:
    return "document:" + digest("document", origin)


def posting_id(origin: str, number: int) -> str:
    """The posting of that number (from 1) in the document of that origin."""
    return "posting:" + digest("posting", origin, str(number))


def mention_id(relation: str, source: str, target: str, posting: str, place: str) -> str:
    """`posting` is empty for what an item says by itself (REQUIRES, INVOLVES)."""
    made_from = f"mention\0{relation}\0{source}\0{target}\0{posting}\0{place}"  # as digest() joins them, but in one go
    return "mention:" + hashlib.sha256(made_from.encode()).hexdigest()[:16]


def kind_of(id: str) -> str:
    """The part of an id before the colon, or an empty string.

    >>> kind_of("skill:market-analysis")
    'skill'
    """
    kind = id.partition(":")[0]
    return kind if kind in _KINDS and kind != id else ""
