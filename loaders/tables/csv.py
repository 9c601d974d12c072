"""CSV and TSV -> rows of cells; the delimiter is the one that gives the best header."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from typing import IO

from graphmodel.errors import BadInput
from loaders.tables import decoding
from loaders.tables.header import HEAD, Given, best, peek

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 65_536
"""Characters from which the delimiter is found."""

_LARGEST = 2**31 - 1


def grid(stream: IO[bytes], given: Given, limit: int) -> Iterator[list[str]]:
    """The rows in order. Raises BadInput for a row longer than `limit` characters, such as a quote never closed."""
    csv.field_size_limit(min(limit, _LARGEST))
    lines = decoding.lines(decoding.texts(stream), limit)
    head, cut = peek(_sample(lines), None)
    if head and head[0].strip().lower().startswith("sep=") and len(head[0].strip()) == 5:
        delimiter = head.pop(0).strip()[4]
    else:
        delimiter = max(DELIMITERS, key=lambda each: _score(head, each, given))
    try:
        yield from csv.reader(itertools.chain(head, cut, lines), delimiter=delimiter)
    except csv.Error as error:
        problem = f"It is no table that can be read from here on: {error}."
        raise BadInput(problem, "Look for a quotation mark that is not closed; save the table as XLSX.") from error


def sniff(text: str, given: Given) -> bool:
    """Whether a text, from its beginning, is surely a table: a header with title and text, and a row below it."""
    head = text.splitlines(keepends=True)[:HEAD]
    if not any(delimiter in line for line in head[:5] for delimiter in DELIMITERS):
        return False
    for delimiter in DELIMITERS:
        rows = _rows(head, delimiter)
        found = best(rows, given)
        if found and found.columns.sure and len(rows) > found.place + 1:
            return len(rows[found.place + 1]) == len(rows[found.place])
    return False


def _sample(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    for line in itertools.islice(lines, 10 * HEAD):
        yield line
        size += len(line)
        if size > SAMPLE:
            return


def _rows(head: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in itertools.islice(csv.reader(head, delimiter=delimiter), HEAD) if any(row)]
    except csv.Error:
        return []


def _score(head: Sequence[str], delimiter: str, given: Given) -> tuple[int, int]:
    """Columns that are known, then how many cells the first rows have."""
    rows = _rows(head, delimiter)
    found = best(rows, given)
    return found.score if found else 0, max(map(len, rows), default=0)
