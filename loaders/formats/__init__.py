"""Bytes -> raw text, one file a format; which format a file has is found by its content."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.documents import Source
from loaders.formats import plain

TEXT_SUFFIXES = ("", ".txt", ".text", ".md")

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "an Office file or another archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")


class RawText(NamedTuple):
    """What a format's reader gives: the text to whose code points all spans refer, and what was met on the way."""

    text: str
    media_type: str
    notes: tuple[Note, ...] = ()


def read(source: Source) -> RawText:
    """The text of a source. Raises BadInput, which names the source, for what is no text or not supported yet."""
    if not source.data.strip():
        raise BadInput(f"{source.origin} is empty.", "Take it out of the folder, or fetch the document again.")
    kind = _foreign(source.data[:512])
    suffix = PurePosixPath(source.name).suffix.lower()
    if kind is None and suffix not in TEXT_SUFFIXES:
        kind = f"a file of the kind {suffix}"
    if kind is not None:
        raise BadInput(f"{source.origin} is {kind}, which is not supported yet.", "Save its text as a .txt file.")
    text, notes = plain.read(source.origin, source.data)
    return RawText(text, "text/markdown" if suffix == ".md" else "text/plain", notes)


def _foreign(head: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        return "an HTML or XML file"
    return None
