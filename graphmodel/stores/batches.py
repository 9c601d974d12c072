"""What every store does with the documents that it is given: whole ones, about so many rows a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.store import ROWS_PER_DOCUMENT, ROWS_PER_TRANSACTION, Changes, Prepared

P = TypeVar("P", bound=Prepared)


def size(reading: Reading) -> int:
    """The nodes and mentions of a reading."""
    return len(reading.graph.nodes) + len(reading.graph.mentions)


def batches(additions: Iterable[P], most: int = ROWS_PER_TRANSACTION) -> Iterator[list[P]]:
    """Whole documents, about `most` rows together; one batch holds one reader and no origin twice.

    Raises BadInput for a document of more than ROWS_PER_DOCUMENT, after the batch before it.
    """
    batch: list[P] = []
    origins: set[str] = set()
    held = 0
    for addition in additions:
        more = addition.rows
        other = bool(batch) and (addition.reader != batch[0].reader or addition.origin in origins)
        if batch and (other or held + more > most or more > ROWS_PER_DOCUMENT):
            yield batch
            batch, origins, held = [], set(), 0
        if more > ROWS_PER_DOCUMENT:
            raise BadInput(
                f"{addition.origin} has {more} nodes and mentions, more than {ROWS_PER_DOCUMENT}.",
                "Split it into several documents.",
            )
        batch.append(addition)
        origins.add(addition.origin)
        held += more
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
