"""Word lists as people write them."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words between the blanks.

    >>> sorted(word_set("学历 专业"))
    ['专业', '学历']
    """
    return frozenset(words.split())
