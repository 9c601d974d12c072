"""A stream of bytes -> pieces of text and lines, the charset found on the way: nothing is read twice."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import IO

from graphmodel.errors import BadInput
from loaders.charset import decode

PIECE = 65_536

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_END = re.compile(r"\r\n|\r|\n")


def texts(stream: IO[bytes]) -> Iterator[str]:
    """The text in pieces. What no charset gives stands as U+FFFD.

    Strict UTF-8 is left at the first byte that is none: for the charset that reads this piece best if all before was
    ASCII, else for UTF-8 with replacements.
    """
    piece = stream.read(PIECE)
    charset = next((name for mark, name in _MARKS if piece.startswith(mark)), None)
    if charset is None and b"\0" in piece:
        charset = "utf-16-le" if piece[1::2].count(0) > piece[::2].count(0) else "utf-16-be"
    elif charset is not None:
        piece = piece[len(next(mark for mark, name in _MARKS if name == charset)) :]
    decoder = codecs.getincrementaldecoder(charset or "utf-8")("replace" if charset else "strict")
    ascii = True
    while piece:
        before = decoder.getstate()[0]
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError:
            charset = decode(before + piece).charset if ascii else "utf-8"
            decoder = codecs.getincrementaldecoder(charset)("replace")
            text = decoder.decode(before + piece)
        ascii = ascii and text.isascii()
        yield text
        piece = stream.read(PIECE)
    try:
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        yield "\ufffd"


def lines(texts: Iterable[str], longest: int) -> Iterator[str]:
    """The lines of a text in pieces, with their ends: line feed, carriage return or both.

    Raises BadInput for one longer than `longest` characters.
    """
    begun: list[str] = []
    size = 0
    held = ""  # a carriage return at the end of a piece: the next may begin with its line feed
    for text in texts:
        text = held + text
        held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix(held)
        end = 0
        for mark in _END.finditer(text):
            yield "".join((*begun, text[end : mark.end()]))
            begun, size, end = [], 0, mark.end()
        if text[end:]:
            begun.append(text[end:])
            size += len(text) - end
        if size > longest:
            raise BadInput(f"A line of it is longer than {longest:,} characters.", "Raise ROLEGRAPH_MAX_BYTES.")
    if begun or held:
        yield "".join((*begun, held))
