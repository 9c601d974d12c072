"""The tags in an If-None-Match header (RFC 9110, 13.1.2)."""

from __future__ import annotations

import re

ANY = "*"
"""Stands for any answer."""

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_MOST = 4_096


def known_tags(if_none_match: str | None) -> frozenset[str]:
    """The tags that the client has, compared weakly: with or without W/, they name the same answer."""
    if not if_none_match:
        return frozenset()
    if if_none_match.strip() == ANY:
        return frozenset((ANY,))
    return frozenset(_TAG.findall(if_none_match[:_MOST]))
