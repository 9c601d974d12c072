"""What every store does with the documents that it is given: whole ones, about so many rows a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.store import ROWS_PER_DOCUMENT, ROWS_PER_TRANSACTION, Changes


def rows(reading: Reading) -> int:
    """The nodes and mentions of a reading."""
    return len(reading.graph.nodes) + len(reading.graph.mentions)


def batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Whole documents, about ROWS_PER_TRANSACTION together; one batch holds one reader and no origin twice.

    Raises BadInput for a document of more than ROWS_PER_DOCUMENT, after the batch before it.
    """
    batch: list[Reading] = []
    origins: set[str] = set()
    size = 0
    for reading in readings:
        more = rows(reading)
        other = bool(batch) and (reading.reader != batch[0].reader or reading.document.origin in origins)
        if batch and (other or size + more > ROWS_PER_TRANSACTION or more > ROWS_PER_DOCUMENT):
            yield batch
            batch, origins, size = [], set(), 0
        if more > ROWS_PER_DOCUMENT:
            raise BadInput(
                f"{reading.document.origin} has {more} nodes and mentions, more than {ROWS_PER_DOCUMENT}.",
                "Split it into several documents.",
            )
        batch.append(reading)
        origins.add(reading.document.origin)
        size += more
    if batch:
        yield batch


def merged(done: Iterable[Changes]) -> Changes:
    """What several transactions changed, as one."""
    changes = list(done)

    def union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted(set(chain.from_iterable(lists))))

    return Changes(
        union(each.added for each in changes),
        union(each.changed for each in changes),
        union(each.unchanged for each in changes),
        union(each.forgotten for each in changes),
        sum(each.rows for each in changes),
    )
