"""XLSX -> the rows of each visible sheet as cells; its texts are kept on disk while it is read."""

from __future__ import annotations

import re
import sqlite3
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from functools import lru_cache
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from graphmodel.errors import BadInput
from loaders.archives import check
from loaders.formats.strict import transitional

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MERGES = 100_000
"""Merged ranges of a sheet that are filled; those beyond keep their value in the first cell."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError, NotImplementedError, struct.error,
)  # fmt: skip
"""SyntaxError is the parent of what XML parsers raise."""

_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Sheet(NamedTuple):
    """A visible sheet: its name and its rows."""

    name: str
    rows: Iterator[list[str]]


def sheets(stream: IO[bytes], limit: int) -> Iterator[Sheet]:
    """The visible sheets that hold cells, in order; each is read before the next is asked for. Raises BadInput."""
    with _told(), zipfile.ZipFile(stream) as archive:
        check(archive, limit)
    with _told(), warnings.catch_warnings(), closing(_Texts()) as texts:
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that hold no cells
        reader = _Reader(transitional(stream), texts)
        reader.read()
        with closing(reader.wb):
            for sheet in reader.wb.worksheets:
                if sheet.sheet_state == "visible" and hasattr(sheet, "reset_dimensions"):
                    sheet.reset_dimensions()  # some writers state a size that is not true
                    with reader.archive.open(sheet._worksheet_path) as xml:
                        merged = _merged(xml)
                    yield Sheet(sheet.title, _rows(sheet, merged))


@contextmanager
def _told() -> Iterator[None]:
    """What openpyxl, zipfile and the XML parsers raise of a damaged workbook, as BadInput."""
    try:
        yield
    except _DAMAGE as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        remedy = "Open it in a spreadsheet program and save it anew."
        raise BadInput(f"It cannot be read as XLSX: {reason}.", remedy) from error


def _rows(sheet: Any, merged: dict[int, list[tuple[int, int]]]) -> Iterator[list[str]]:
    """The cells as text. A cell merged over rows gives its value in each of them: a department of several posts."""
    held: dict[int, tuple[int, str]] = {}
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    while True:
        with _told():
            number, row = next(rows, (0, ()))
        if not number:
            return
        cells = [_text(value) for value in row]
        for column, last in merged.get(number, ()):
            held[column] = (last, cells[column - 1] if column <= len(cells) else "")
        if held:
            for column, (last, value) in list(held.items()):
                if number > last:
                    del held[column]
                elif value:
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = cells[column - 1] or value
        yield cells


def _merged(xml: IO[bytes]) -> dict[int, list[tuple[int, int]]]:
    """The ranges merged over several rows, by their first row: (column, last row). They stand behind the cells."""
    found: dict[int, list[tuple[int, int]]] = {}
    count = 0
    rest = b""
    inside = False
    while piece := xml.read(1 << 18):
        text = rest + piece
        inside = inside or b"<mergeCells" in text
        end = 0
        if inside:
            for each in _MERGED.finditer(text):
                end = each.end()
                column, first, last_column, last = range_boundaries(each[1].decode())
                if last > first and column == last_column and count < MERGES:
                    found.setdefault(first, []).append((column, last))
                    count += 1
        rest = text[max(end, len(text) - 200) :]
    return found


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl keeps all texts of a workbook in memory, and they may be most of it."""

    def __init__(self, stream: IO[bytes], texts: _Texts) -> None:
        super().__init__(stream, read_only=True, data_only=True, keep_links=False)
        self.shared_strings = texts

    def read_strings(self) -> None:
        name = next((name for name in self.valid_files if name.lower().endswith("/sharedstrings.xml")), None)
        if name is not None:
            with self.archive.open(name) as xml:
                self.shared_strings.fill(xml)


class _Texts:
    """The shared texts of a workbook, by number, in a temporary file."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE shared(n INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        self._get = lru_cache(maxsize=4096)(self._read)

    def fill(self, xml: IO[bytes]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO shared VALUES(?, ?)", enumerate(_strings(xml)))
        self._db.execute("COMMIT")

    def __getitem__(self, n: int) -> str:
        return self._get(n)

    def _read(self, n: int) -> str:
        row = self._db.execute("SELECT text FROM shared WHERE n = ?", [n]).fetchone()
        if row is None:
            raise ValueError(f"text {n} is missing")
        text: str = row[0]
        return text

    def close(self) -> None:
        self._db.close()


def _strings(xml: IO[bytes]) -> Iterator[str]:
    """The texts of a sharedStrings part, without the readings (rPh) that may stand beside them."""
    root = None
    for event, node in iterparse(xml, events=("start", "end")):
        if root is None:
            root = node
        if event == "end" and node.tag == MAIN + "si":
            runs = [node, *node.findall(MAIN + "r")]
            text = "".join(each.text or "" for run in runs for each in run.findall(MAIN + "t"))
            yield _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
            root.clear()
