"""A file that holds a table of postings -> its rows, each a document of its own, read one at a time.

One file a kind of table: csv.py, jsonl.py, xlsx.py give rows of cells; header.py and columns.py say what they hold.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Literal

from graphmodel.errors import BadInput
from loaders.charset import decode
from loaders.origins import Origins
from loaders.tables import csv, jsonl
from loaders.tables.columns import unknown
from loaders.tables.header import HEAD, Given, Header, best, peek
from loaders.tables.row import Failure, Row

Kind = Literal["csv", "json", "xlsx"]

MEDIA_TYPES: dict[Kind, str] = {
    "csv": "text/csv",
    "json": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUFFIXES = (".csv", ".tsv", ".tab")
SNIFFED = 8_192
"""Bytes from which the kind is found."""


def kind(name: str, head: bytes, given: Given) -> Kind | None:
    """The kind of table that a file begins as; None for a document. XLSX, an archive, is told apart elsewhere."""
    suffix = PurePosixPath(name).suffix.lower()
    text = decode(head[:SNIFFED]).text
    start = text[:200].lstrip()[:1]
    if start in "{[" and start and jsonl.sniff(text, suffix):
        return "json"
    if suffix in SUFFIXES and start != "<" and "\0" not in text:
        return "csv"
    return "csv" if csv.sniff(text, given) else None


def rows(
    origin: str, name: str, kind: Kind, stream: IO[bytes], met: Origins, given: Given, limit: int
) -> Iterator[Row | Failure]:
    """The rows of a table in order; one without title or text has no fields. `met` counts the origins of the load.

    A row's key is its id or address, and one that says the same again is passed over; else the key is made from its
    content, with a counter for equal rows, so that their order does not matter. `limit`: the most characters of a row.
    """
    try:
        if kind == "xlsx":
            yield from _of_workbook(origin, stream, met, given, limit)
            return
        suffix = PurePosixPath(name).suffix.lower()
        grid = csv.grid(stream, given, limit) if kind == "csv" else jsonl.grid(stream, suffix, limit)
        first, rest = peek(grid, HEAD)
        top = best(_cells(first), given)
        if top is None or _lacking(top, given):
            next(rest, None)  # raises what cut the first rows short
            if not any(map(any, _cells(first))):
                raise BadInput(f"{origin} is empty.", "Take it out of the folder, or fetch the document again.")
            raise unknown(origin, _shown(_cells(first)), given)
        above = top.place + (kind == "csv")  # the keys of JSON are no row of the file
        yield from _rows(origin, MEDIA_TYPES[kind], chain(first[top.place + 1 :], rest), top, above, met)
    except BadInput as error:
        told = error if error.problem.startswith(origin) else BadInput(f"{origin}: {error.problem}", error.remedy)
        yield Failure(origin, told)
    except (OSError, zipfile.BadZipFile, zlib.error):
        raise
    except Exception as error:
        problem = f"{origin}: {type(error).__name__}: {error}."
        yield Failure(origin, BadInput(problem, "This is a fault of rolegraph: please report it with the table."))


def _of_workbook(origin: str, stream: IO[bytes], met: Origins, given: Given, limit: int) -> Iterator[Row | Failure]:
    from loaders.tables import xlsx

    shown: Sequence[str] = ()
    served = False
    for sheet in xlsx.sheets(stream, limit):
        first, rest = peek(sheet.rows, HEAD)
        top = best(first, given)
        if top is None or _lacking(top, given):
            shown = shown or _shown(first)
            continue
        served = True
        found = chain(first[top.place + 1 :], rest)
        yield from _rows(origin, MEDIA_TYPES["xlsx"], found, top, top.place + 1, met)
    if not served:
        raise unknown(origin, shown, given)


def _rows(
    origin: str,
    media_type: str,
    grid: Iterable[list[str] | BadInput],
    top: Header,
    above: int,
    met: Origins,
) -> Iterator[Row | Failure]:
    """`above`: how many rows stand above the first of the grid."""
    columns = top.columns
    titled = "title" in columns.places
    for number, cells in enumerate(grid, above + 1):
        if isinstance(cells, BadInput):
            yield Failure(f"{origin}#{number}", BadInput(f"{origin}: {cells.problem}", cells.remedy))
            continue
        fields = columns.fields(cells)
        if not fields:
            continue
        whole = ("title" in fields or not titled) and not fields.keys().isdisjoint(_BLOCKS)
        row = Row("", media_type, tuple(fields.items()))
        key = columns.key(cells)
        mine = f"{origin}#{key or row.digest()[:16]}"
        times = met.meet(mine)
        if key and met.meet(f"{mine}\0{row.digest()}") > 1:
            continue  # the same row again
        if times > 1 and key:
            problem = f"Row {number} of {origin} has the id {key}, as an earlier row; the first was taken."
            yield Failure(
                mine, BadInput(problem, "Give each row an id of its own, or name another column: --columns id=…")
            )
            continue
        if times > 1:
            mine = f"{mine}-{times}"
            met.meet(mine)
        name = "" if key else f"{origin}, row {number}"
        yield row._replace(origin=mine, fields=row.fields if whole else (), name=name)


_BLOCKS = ("duties", "requirements", "text")


def _cells(grid: Iterable[list[str] | BadInput]) -> list[list[str]]:
    return [row if isinstance(row, list) else [] for row in grid]


def _shown(grid: Sequence[Sequence[str]]) -> Sequence[str]:
    """What is most likely the header: the first of the widest rows."""
    return max(grid, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())


def _lacking(top: Header, given: Given) -> bool:
    """Whether a field that the user gave has no column."""
    return any(field not in top.columns.places for field in given or ())
