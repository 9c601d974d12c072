"""Raw text -> Text: a normal form with an offset map back to the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from graphmodel.nodes import Note, Span


class Text(NamedTuple):
    """`offsets[i]` is the place in `raw` of the i-th character of `normal`; it never falls.

    `raw` is the decoded text with personal data masked (as long as before); places are Unicode code points.
    """

    raw: str
    normal: str
    offsets: Sequence[int]
    notes: tuple[Note, ...] = ()

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where normal[start:end] stands in the raw text: one span for each run without a gap."""
        found: list[Span] = []
        for place in self.offsets[start:end]:
            if found and place <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], place + 1))
            else:
                found.append((place, place + 1))
        return tuple(found)

    def forward(self, spans: Sequence[Span]) -> str:
        """The normal form of raw spans: the inverse of `spans`."""
        starts = [start for start, _ in spans]

        def inside(place: int) -> bool:
            i = bisect_right(starts, place) - 1
            return i >= 0 and place < spans[i][1]

        return "".join(c for c, place in zip(self.normal, self.offsets, strict=True) if inside(place))

    def line(self, start: int) -> int:
        """The line of the raw text, from 1, in which the character normal[start] stands."""
        return self.raw.count("\n", 0, self.offsets[start]) + 1


def normalise(raw: str) -> Text:
    """First cut: the raw text as it is."""
    return Text(raw, raw, range(len(raw)))
