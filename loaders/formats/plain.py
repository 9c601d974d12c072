"""Plain text: what remains is to find its charset, and whether it is text at all."""

from __future__ import annotations

import re

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.charset import decode

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_JUNK, _FEW = 0.02, 2
"""A text with more control or undecodable characters than this share, and than so many, is none."""


def read(origin: str, data: bytes) -> tuple[str, tuple[Note, ...]]:
    """The decoded text and a note (code "charset") if some bytes could not be decoded. Raises BadInput for junk."""
    text, charset, damaged = decode(data)
    if not text.strip():
        raise BadInput(f"{origin} is empty.", "Take it out of the folder, or fetch the document again.")
    if "\0" in text or len(_CONTROL.findall(text)) + damaged > max(_JUNK * len(text), _FEW):
        raise BadInput(
            f"{origin} is not text: it holds binary data.",
            "Save the document as UTF-8 text; UTF-16 is read only with a byte order mark.",
        )
    return text, damage(text, charset) if damaged else ()


def damage(text: str, charset: str) -> tuple[Note, ...]:
    """A note (code "charset") on the U+FFFD in a text, at the first of them."""
    first = text.find("\ufffd")
    if first < 0:
        return ()
    message = f"{text.count(chr(0xFFFD))} characters could not be read as {charset} and stand as U+FFFD"
    return (Note("charset", first, first + 1, message),)
