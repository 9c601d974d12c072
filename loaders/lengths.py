"""An item that is longer than any item can be, such as a file without a mark or a line break, is cut."""

from __future__ import annotations

import re
from bisect import bisect_left

from graphmodel.nodes import Note
from loaders.posting import Item, Parsed
from loaders.text import Text

LONGEST = 5_000
"""Code points of an item: a page of a book has fewer than a thousand, and reading on costs as much for each more."""

_CLAUSE = re.compile(r".*(?=[，,；;、。\s])", re.DOTALL)


def shorten(text: Text, parsed: Parsed) -> Parsed:
    """The same, with a note for what was left out of an item."""
    if all(len(item.text) <= LONGEST for posting in parsed.postings for item in posting.items):
        return parsed
    notes = list(parsed.notes)
    postings = [
        posting._replace(items=tuple(_shortened(text, item, notes) for item in posting.items))
        for posting in parsed.postings
    ]
    return Parsed(tuple(postings), tuple(notes))


def _shortened(text: Text, item: Item, notes: list[Note]) -> Item:
    if len(item.text) <= LONGEST:
        return item
    start = bisect_left(text.offsets, item.spans[0][0])
    clause = _CLAUSE.match(text.normal, start, start + LONGEST)
    end = clause.end() if clause and clause.end() > start else start + LONGEST
    words = text.normal[start:end].replace("\n", "")
    spans = text.spans(start, end)
    message = f"left out: all but the first {len(words):,} of the {len(item.text):,} characters of an item"
    notes.append(Note("section-cut", spans[-1][1], item.spans[-1][1], message))
    return item._replace(text=words, spans=spans)
