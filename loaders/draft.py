"""A text under way to its normal form, with the place of each character in the raw text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from graphmodel.nodes import Span

Edit = tuple[int, int, str]
"""Start and end in the text as it is, and what stands there instead."""


class Draft(NamedTuple):
    """`offsets[i]` is the place in the raw text of the i-th character of `normal`; it never falls."""

    normal: str
    offsets: Sequence[int]

    def replaced(self, normal: str) -> Draft:
        """With another text, character for character."""
        if len(normal) != len(self.offsets):
            raise ValueError("A step that keeps the offsets must keep the length.")
        return Draft(normal, self.offsets)

    def cut(self, end: int) -> Draft:
        """Without what stands behind `end`."""
        return Draft(self.normal[:end], self.offsets[:end]) if end < len(self.normal) else self

    def edited(self, edits: Iterable[Edit]) -> Draft:
        """With the edits made, which must be in ascending order and not overlap.

        A replacement stands at the places of the characters that it replaces, one by one; those that it has more
        share the place of the last.
        """
        edits = list(edits)
        if not edits:
            return self
        old = self.offsets if isinstance(self.offsets, array) else array("I", self.offsets)
        offsets = array("I")
        parts: list[str] = []
        at = 0
        for start, end, new in edits:
            parts += (self.normal[at:start], new)
            offsets += old[at : min(end, start + len(new))]
            if len(new) > end - start:
                offsets.extend([old[end - 1]] * (len(new) - (end - start)))
            at = end
        parts.append(self.normal[at:])
        offsets += old[at:]
        return Draft("".join(parts), offsets)

    def substituted(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Draft:
        """With each match replaced by what `new` makes of it."""
        return self.edited([(*match.span(), new(match)) for match in pattern.finditer(self.normal)])

    def without(self, pattern: re.Pattern[str]) -> Draft:
        """Without the matches."""
        return self.edited([(*match.span(), "") for match in pattern.finditer(self.normal)])


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
