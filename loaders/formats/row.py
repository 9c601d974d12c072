"""A row of a table -> raw text: its fields composed, the markup in its cells turned into text."""

from __future__ import annotations

import re

from graphmodel.nodes import Note
from loaders.formats import RawText
from loaders.formats.fragment import looks_marked, text_of
from loaders.formats.record import compose
from loaders.tables.row import Row

TITLE = 60
"""The most characters that the title line of a row has."""

_BLOCK = re.compile(r"<(?:br|p|div|li|tr|h[1-6])\b", re.IGNORECASE)


def read(row: Row) -> RawText:
    """The text of a row; a note tells of characters that were lost when its table was decoded."""
    text = compose({field: _plain(value, row.origin) for field, value in row.fields})
    lost = text.find("\ufffd")
    notes: tuple[Note, ...] = ()
    if lost >= 0:
        message = f"{text.count(chr(0xFFFD))} characters could not be read and stand as U+FFFD"
        notes = (Note("charset", lost, lost + 1, message),)
    return RawText(text, row.media_type, notes)


def title(text: str) -> str:
    """The title that the text of a row begins with, should the text that follows it not tell; empty if none."""
    line = text.partition("\n")[0]
    return line if len(line) <= TITLE else ""


def _plain(value: str, origin: str) -> str:
    """The text of a cell that may hold HTML; where that has no blocks, the cell's own line breaks stay."""
    if not looks_marked(value):
        return value
    return text_of(value if _BLOCK.search(value) else value.replace("\n", "<br>"), origin)
