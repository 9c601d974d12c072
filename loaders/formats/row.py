"""A row of a table -> raw text: its fields composed, the markup in its cells turned into text."""

from __future__ import annotations

import re

from graphmodel.nodes import Note
from loaders.formats import RawText
from loaders.formats.record import compose
from loaders.tables.row import Row

TITLE = 60
"""The most characters that the title line of a row has."""

_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_SPACE = re.compile(r"\s+")
_BLOCKS = frozenset(
    ["p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dd", "dt"]
)


def read(row: Row) -> RawText:
    """The text of a row; a note tells of characters that were lost when its table was decoded."""
    text = compose({field: _plain(value) for field, value in row.fields})
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


def _plain(value: str) -> str:
    """The text of a cell with markup in it, a line a block; line breaks of its own stay."""
    if not _MARKUP.search(value):
        return value
    from selectolax.lexbor import LexborHTMLParser

    parts: list[str] = []
    body = LexborHTMLParser(value.replace("\n", "<br>") if "<br" not in value and "<p" not in value else value).body
    if body is None:
        return value
    for node in body.traverse(include_text=True):
        if node.tag == "-text":
            if node.parent is None or node.parent.tag not in ("script", "style"):
                parts.append(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag == "br" or node.tag in _BLOCKS:
            parts.append("\n")
    return re.sub(r" *\n[ \n]*", "\n", "".join(parts)).strip()
