"""JSON Lines, a JSON array, or objects one after another -> rows of cells under a header of all keys."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from graphmodel.errors import BadInput
from loaders.formats import jsonld
from loaders.tables import columns, decoding
from loaders.tables.header import peek

SAMPLE = 100
"""Objects whose keys make the header."""
DEEPEST = 4
"""Objects around a list of rows, as the interface of a site answers."""

_LINKED = re.compile(r'"@(?:context|graph|type)"\s*:')
_SPACE = re.compile(r"[\s,\x1e]*")
_decoder = json.JSONDecoder()


def sniff(text: str, suffix: str) -> bool:
    """Whether a text, from its beginning, is JSON of rows: no JSON-LD, which is a document, unless one a line."""
    start = text.lstrip()[:1]
    if start == "[":
        return bool(re.match(r"\s*\[\s*(?:\{|\Z)", text)) and not _LINKED.search(text)
    if start != "{" or text.lstrip().startswith("{\\rtf"):
        return False
    return _one_a_line(text, suffix) or not _LINKED.search(text)


def grid(stream: IO[bytes], suffix: str, longest: int) -> Iterator[list[str] | BadInput]:
    """The keys of the first objects, then a row for each object; BadInput for a line that is none.

    Raises BadInput for a damaged array, of which nothing after the damage can be read.
    """
    objects = (row for each in _objects(stream, suffix, longest) for row in _unwrapped(each))
    first, rest = peek(objects, SAMPLE)
    header = list(dict.fromkeys(key for each in first if isinstance(each, dict) for key in each))
    yield header
    for each in itertools.chain(first, rest):
        yield each if isinstance(each, BadInput) else [_cell(each.get(key)) for key in header]


def _one_a_line(text: str, suffix: str) -> bool:
    if suffix in (".jsonl", ".ndjson", ".jsonlines"):
        return True
    line, end, rest = text.lstrip().partition("\n")
    return bool(end) and rest.lstrip()[:1] == "{" and isinstance(_value(line), dict)


def _objects(stream: IO[bytes], suffix: str, longest: int) -> Iterator[dict[str, Any] | BadInput]:
    pieces = decoding.texts(stream)
    head = next(pieces, "")
    stream_of = itertools.chain([head], pieces)
    if head.lstrip()[:1] == "{" and _one_a_line(head, suffix):
        return _of_lines(decoding.lines(stream_of, longest))
    return _of_array(stream_of, longest)


def _of_lines(lines: Iterator[str]) -> Iterator[dict[str, Any] | BadInput]:
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t\r\n\x1e"):
            continue
        value = _value(line)
        if isinstance(value, dict):
            yield value
        else:
            yield BadInput(f"Line {number} is no JSON object.", "Write one posting a line, as an object of its fields.")


def _of_array(pieces: Iterable[str], longest: int) -> Iterator[dict[str, Any] | BadInput]:
    """Objects as they become whole; an unfinished one is tried again only when the text has doubled."""
    buffer, number, opened = "", 0, False
    held: list[str] = []
    size = 0
    for piece in itertools.chain(pieces, [""]):
        held.append(piece)
        size += len(piece)
        if piece and size < 2 * len(buffer):
            continue
        buffer += "".join(held)
        held, size, place = [], 0, 0
        while True:
            start = _SPACE.match(buffer, place).end()  # type: ignore[union-attr]
            if not opened and buffer[start : start + 1] == "[":
                opened, place = True, start + 1
                continue
            try:
                value, place = _decoder.raw_decode(buffer, start)
            except (json.JSONDecodeError, RecursionError):
                break
            number += 1
            if isinstance(value, dict):
                yield value
            else:
                yield BadInput(f"Value {number} is no JSON object.", "Write each posting as an object of its fields.")
        buffer = buffer[start:]
        if len(buffer) > longest:
            break
    if buffer.strip(" \t\r\n]"):
        raise BadInput(f"Its JSON is damaged after {number:,} objects.", "Write it anew, best with one object a line.")


def _unwrapped(each: dict[str, Any] | BadInput) -> Iterator[dict[str, Any] | BadInput]:
    """The object as a row, or the rows that it is wrapped around: {"code": 0, "data": {"list": [...]}}."""
    if isinstance(each, BadInput):
        yield each
        return
    layer: list[Any] = [] if jsonld.is_posting(each) or columns.find([*each]).serve else [each]
    for _ in range(DEEPEST):
        layer = [value for outer in layer if isinstance(outer, dict) for value in outer.values()]
        for rows in layer:
            listed = isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)
            if listed and columns.find([*rows[0]]).sure:
                yield from map(_as_row, rows)
                return
    yield _as_row(each)


def _as_row(each: dict[str, Any]) -> dict[str, Any]:
    """A schema.org JobPosting as its fields and its address, by which it is known again; others as they are."""
    if not jsonld.is_posting(each):
        return each
    address = each.get("url") or each.get("@id") or each.get("identifier")
    return {**jsonld.fields(each), "id": address}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _cell(value: Any) -> str:
    r"""A value as text: a list a line each, of an object its name or else its values.

    >>> _cell({"@type": "Organization", "name": "青禾餐饮"}), _cell(["会计证", None, 2])
    ('青禾餐饮', '会计证\n2')
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(filter(None, map(_cell, value)))
    if isinstance(value, dict):
        for key in ("name", "addressLocality", "address", "value", "label"):
            if key in value:
                return _cell(value[key])
        return "\n".join(filter(None, (_cell(each) for key, each in value.items() if not key.startswith("@"))))
    return str(value)
