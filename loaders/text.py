"""Raw text -> Text: a normal form with an offset map back to the raw text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from graphmodel.nodes import Note, Span
from loaders import boilerplate, characters, masking, pinyin, punctuation, straddle, wrapping
from loaders.draft import Draft
from loaders.script import to_simplified

LOSSES = 50
"""Notes of lost characters kept one by one; the rest is counted in the last."""

_LOST = re.compile("\ufffd+|\\?")
_NEWLINE = re.compile("\r\n?|\n")


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
        if start >= end:
            return ()
        offsets = self.offsets
        first, stop = offsets[start], offsets[end - 1] + 1
        if isinstance(offsets, range):
            return ((first, stop),)
        places = offsets[start:end]
        if stop - first == end - start and array("I", range(first, stop)) == places:
            return ((first, stop),)
        gaps = [i for i, (place, after) in enumerate(pairwise(places), 1) if after > place + 1]
        return tuple((places[a], places[b - 1] + 1) for a, b in pairwise((0, *gaps, len(places))))

    def forward(self, spans: Sequence[Span]) -> str:
        """The normal form of raw spans: the inverse of `spans`, for a range that does not cut a character in two."""
        parts: list[str] = []
        for start, end in spans:
            first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
            parts.append(self.normal[first:last])
        return "".join(parts)

    def line(self, start: int) -> int:
        """The line of the raw text, from 1, in which the character normal[start] stands."""
        return bisect_right(line_starts(self.raw), self.offsets[start])


def normalise(raw: str) -> Text:
    """The normal form of a decoded text. Never fails; normalising a text's own `raw` again gives the same `normal`.

    The steps, in this order, each of which keeps the map back to the raw text:

    1. mask: personal data becomes `*`, in `raw` too
    2. characters: line breaks to U+000A, unseen characters out, compatibility forms by NFKC, bullets to `•`
    3. straddle: characters that pinyin notes tore, where they can be inferred
    4. pinyin: verified notes out, a bare `(de)` to 的
    5. script: Traditional to Simplified
    6. punctuation: `, ; : ! ? ( )` beside Chinese full width
    7. boilerplate: what a site put around the document out
    8. blanks: runs folded, none at the ends of a line or beside a mark
    9. wrapping: lines cut at a fixed width joined

    So `normal` has lines ended by U+000A, never more than one empty line in a row, full-width marks beside Chinese and
    half-width letters and digits. Notes: "masked" and "repaired" once with their count, "section-cut" for what was
    left out, "lost" for each character that the document lost.
    """
    masked, hidden = masking.mask(raw)
    draft = characters.unify(Draft(masked, range(len(masked))))
    draft, torn = straddle.mend(draft)
    draft, annotated = pinyin.strip(draft)
    draft = draft.replaced(to_simplified(draft.normal))
    draft = draft.replaced(punctuation.widen(draft.normal))
    lost = _lost(draft)
    draft, foreign = boilerplate.cut(draft)
    draft = wrapping.join(punctuation.fold_blanks(draft))
    notes = [
        *_counted("masked", hidden, "pieces of personal data were masked"),
        *torn,
        *_counted("repaired", annotated, "pinyin notes were taken out"),
        *_counted("section-cut", foreign, "pieces of a site's own text were left out"),
        *lost,
    ]
    return Text(masked, draft.normal, draft.offsets, tuple(notes))


def _counted(code: Literal["masked", "repaired", "section-cut"], spans: list[Span], what: str) -> list[Note]:
    """One note, at the first place."""
    return [Note(code, *spans[0], f"{len(spans)} {what}")] if spans else []


def _lost(draft: Draft) -> list[Note]:
    """A note for each run of U+FFFD, and for each `?` that stands for a character."""
    if "\ufffd" not in draft.normal and "?" not in draft.normal:
        return []
    text = draft.normal
    spans = [
        (draft.offsets[match.start()], draft.offsets[match.end() - 1] + 1)
        for match in _LOST.finditer(text)
        if match[0] != "?" or punctuation.is_lost(text, match.start())
    ]
    notes = [Note("lost", start, end, "a character was lost in the document") for start, end in spans[:LOSSES]]
    if len(spans) > LOSSES:
        notes[-1] = notes[-1]._replace(message=f"here and at {len(spans) - LOSSES} later places characters were lost")
    return notes


@lru_cache(maxsize=2)
def line_starts(raw: str) -> list[int]:
    """Where the lines of a raw text begin."""
    if "\r" in raw:
        return [0, *[match.end() for match in _NEWLINE.finditer(raw)]]
    starts = [0]
    for line in raw.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts
