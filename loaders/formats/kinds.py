"""What a file is by its content, and only where that leaves it open by its suffix."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from loaders import charset
from loaders.formats import fragment, markdown

Kind = Literal["text", "markdown", "html", "mhtml", "jsonld", "docx", "pdf"]


class Foreign(NamedTuple):
    """A file that is not read: what it is, and what to do about it."""

    what: str
    remedy: str


_AS_DOCX = "Open it in Word or WPS and save it as .docx."
_AS_XLSX = "Open it in Excel or WPS and save it as .xlsx."
_AS_TEXT = "Read the text off it, by hand or by a program for that, and save it as a .txt file."
_UNPACK = "Unpack it, or pack the documents as .zip."
_SIGNATURES = (
    (b"{\\rtf", Foreign("an RTF file", _AS_DOCX)),
    (b"\x89PNG\r\n", Foreign("a picture (PNG)", _AS_TEXT)),
    (b"\xff\xd8\xff", Foreign("a picture (JPEG)", _AS_TEXT)),
    (b"GIF8", Foreign("a picture (GIF)", _AS_TEXT)),
    (b"II*\0", Foreign("a picture (TIFF)", _AS_TEXT)),
    (b"MM\0*", Foreign("a picture (TIFF)", _AS_TEXT)),
    (b"\x1f\x8b", Foreign("a compressed file (gzip)", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Foreign("a compressed file (7z)", _UNPACK)),
    (b"Rar!", Foreign("a compressed file (RAR)", _UNPACK)),
    (b"BZh", Foreign("a compressed file (bzip2)", _UNPACK)),
    (b"\xfd7zXZ\0", Foreign("a compressed file (xz)", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("a compressed file (zstd)", _UNPACK)),
    (b"SQLite format 3\0", Foreign("a database (SQLite)", "Export its table of postings as CSV.")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", Foreign("an Office file under a password", "Open it and save it without a password.")),
    ("WordDocument", Foreign("an old Word file (.doc, .wps)", _AS_DOCX)),
    ("Workbook", Foreign("an old Excel file (.xls, .et)", _AS_XLSX)),
    ("PowerPoint Document", Foreign("an old PowerPoint file (.ppt)", _AS_TEXT)),
)
_OLD_OFFICE = Foreign("an old Office file (.doc, .xls)", "Open it in Word, Excel or WPS and save it as .docx or .xlsx.")
_PACKED = (
    ("xl/", Foreign("an Excel workbook", "Name it .xlsx, so that its rows are read.")),
    ("ppt/", Foreign("a PowerPoint file", _AS_TEXT)),
    ("content.xml", Foreign("an OpenDocument file", _AS_DOCX)),
    ("META-INF/container.xml", Foreign("an e-book (EPUB)", _AS_TEXT)),
)
_ARCHIVE = Foreign(
    "an archive, or an Office file of an unknown kind", "Name it .zip if it is one, or save it as .docx."
)
_WORD_XML = Foreign("a Word file in one piece of XML", _AS_DOCX)
_XML = Foreign("an XML file", "Save its text as a .txt file.")

_TEXT_SUFFIXES = ("", ".txt", ".text", ".md", ".markdown", ".log", ".doc", ".wps", ".rtf", ".pdf", ".docx")
"""Text under the name of another format is read as what it is."""

_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".jsp", ".php")
_HEAD = 4096
_PDF_WITHIN = 1024
_MARKUP = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*(?:<!doctype\s+html|<html|<head|<body|<meta\s|<script)", re.I | re.S
)
_FEW_TAGS = 3
_BLOCK_TAG = re.compile(r"</(?:p|div|li|ul|ol|table|tr|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE)
_ASCII_LINES = re.compile(b"[\n\r ,.:;/0-9]\0|\0[\n\r ,.:;/0-9]")


def find(name: str, data: bytes) -> Kind | Foreign:
    """The kind of a file that is called `name`."""
    head = data[:_HEAD]
    suffix = PurePosixPath(name).suffix.lower()
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if b"%PDF-" in head[:_PDF_WITHIN] and (start.startswith(b"%PDF-") or suffix == ".pdf"):
        return "pdf"
    for signature, foreign in _SIGNATURES:
        if head.startswith(signature):
            return foreign
    if head.startswith(b"PK\x03\x04"):
        return _packed(data)
    if head.startswith(_OLE):
        return next((what for stream, what in _OLE_STREAMS if stream.encode("utf-16-le") in data), _OLD_OFFICE)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Foreign("a picture (WebP)", _AS_TEXT)
    if head.startswith(b"BM") and b"\0\0\0\0" in head[:10]:
        return Foreign("a picture (BMP)", _AS_TEXT)
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        return Foreign("a picture (HEIC)", _AS_TEXT)
    if _MHTML.match(head.lstrip()):
        return "mhtml"
    return _textual(data, suffix)


def _packed(data: bytes) -> Kind | Foreign:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return Foreign("a damaged Office file or archive", "Open it in its program, save it again, or fetch it again.")
    if any(name.lower().startswith("word/") for name in names):
        return "docx"
    return next((foreign for part, foreign in _PACKED if any(name.startswith(part) for name in names)), _ARCHIVE)


def _textual(data: bytes, suffix: str) -> Kind | Foreign:
    text = charset.decode(data[:_HEAD]).text.lstrip()
    if text.startswith("<?xml") and "<?mso-application" in text[:500]:
        return _WORD_XML
    if _MARKUP.match(text) or (suffix in _HTML_SUFFIXES and fragment.looks_marked(text)):
        return "html"
    if text.startswith("<?xml"):
        return _XML
    named_json = suffix in (".json", ".jsonld")
    if text[:1] in ("{", "[") and (named_json or "schema.org" in text or "JobPosting" in text):
        return "jsonld"
    tags = len(_BLOCK_TAG.findall(text))
    if tags >= (1 if text.startswith("<") else _FEW_TAGS):
        return "html"
    if suffix in (".md", ".markdown") or markdown.looks_marked(text):
        return "markdown"
    if suffix in (*_TEXT_SUFFIXES, *_HTML_SUFFIXES):
        return "text"
    return Foreign(f"a file of the kind {suffix}", "Save its text as a .txt file.")


def with_mark(data: bytes) -> bytes:
    """UTF-16 without its byte order mark gets it, where only that makes the bytes a text; other bytes stay."""
    if len(data) % 2 or b"\0" not in data[:_HEAD] or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    if not _ASCII_LINES.search(data[:_HEAD]):
        return data
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and sum(c > "\x7f" for c in text[:_HEAD]) >= 8 and charset.commonness(text) > 0.5:
            return mark + data
    return data
