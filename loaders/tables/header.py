"""The header of a grid: the row whose cells are most of all names of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from graphmodel.errors import BadInput
from loaders.tables import columns
from loaders.tables.columns import Columns

T = TypeVar("T")

HEAD = 20
"""Rows among which the header is looked for: titles and explanations may stand above it."""

Given = Mapping[str, Sequence[str]] | None


class Header(NamedTuple):
    """The header row at `place`, its names, and what they hold. `score` counts the fields that are known."""

    place: int
    names: tuple[str, ...]
    columns: Columns
    score: int


def peek(rows: Iterator[T], count: int | None) -> tuple[list[T], Iterator[T]]:
    """The first rows (None: all), and those after them; an error comes after what stands before it."""
    first: list[T] = []
    try:
        first.extend(islice(rows, count))
    except BadInput as error:
        return first, _raise(error)
    return first, rows


def best(rows: Sequence[Sequence[str]], given: Given) -> Header | None:
    """The header among the first rows, the first of equally good ones; None if no row names a text."""
    found: Header | None = None
    for place, row in enumerate(rows[:HEAD]):
        if place and sum(bool(cell.strip()) for cell in row) < 2:
            continue  # a heading in a text whose table is another
        names = _names(rows[place - 1] if place else (), row)
        known = columns.find(names, given)
        score = len(known.places) + known.sure
        if known.serve and (found is None or score > found.score):
            found = Header(place, names, known, score)
    return found


def _raise(error: BadInput) -> Iterator[Any]:
    raise error
    yield


def _names(above: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """The row's cells; one that is blank has its name in the row above, since header cells are merged downwards."""
    if not row:
        return ()
    width = max(len(row), len(above))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*row, *[""] * (width - len(row))]
    return tuple(b.strip() or a.strip() for a, b in zip(upper, lower, strict=True))
