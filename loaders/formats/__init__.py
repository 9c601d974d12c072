"""Bytes -> raw text, one file a format; which format a file has is found by its content."""

from __future__ import annotations

from typing import NamedTuple

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.formats import html, jsonld, kinds, markdown, mhtml, plain
from loaders.source import LIMIT, Source

_MEDIA_TYPES = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "mhtml": "multipart/related",
    "jsonld": "application/ld+json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class RawText(NamedTuple):
    """What a format's reader gives: the text to whose code points all spans refer, and what was met on the way."""

    text: str
    media_type: str
    notes: tuple[Note, ...] = ()


def read(source: Source, limit: int = LIMIT) -> RawText:
    """The text of a source; `limit`: the most bytes that it may unpack to.

    Raises BadInput, which names the source, for what holds no text, is not supported, or is made to do harm.
    """
    origin, data = source.origin, source.data
    if not data.strip():
        raise BadInput(f"{origin} is empty.", "Take it out of the folder, or fetch the document again.")
    data = kinds.with_mark(data)
    kind = kinds.find(source.name, data)
    if isinstance(kind, kinds.Foreign):
        raise BadInput(f"{origin} is {kind.what}, which is not supported.", kind.remedy)
    if kind == "html":
        text, notes = html.read(origin, data)
    elif kind == "mhtml":
        page = mhtml.page(data)
        if page is None:
            raise BadInput(f"{origin} is a web archive without a page.", "Save the page again, as HTML.")
        text, notes = html.read(origin, page)
    elif kind == "jsonld":
        text, notes = jsonld.read(origin, data)
    elif kind == "docx":
        from loaders.formats import docx  # late, as pdf below: their libraries take a quarter of a second to import

        text, notes = docx.read(origin, data, limit)
    elif kind == "pdf":
        from loaders.formats import pdf

        text, notes = pdf.read(origin, data, limit)
    else:
        text, notes = plain.read(origin, data)
        if kind == "markdown":
            text = markdown.plain(text)
            notes = tuple(note._replace(start=at, end=at + 1) for note in notes if (at := text.find("\ufffd")) >= 0)
    return RawText(text, _MEDIA_TYPES[kind], notes)
