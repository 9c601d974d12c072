"""What becomes of the documents of a load: readings go to the store a transaction at a time, the others are counted."""

from __future__ import annotations

from typing import NamedTuple

from graphmodel.graph import Reading
from graphmodel.store import ROWS_PER_TRANSACTION, GraphStore
from graphmodel.stores.batches import rows
from loaders.tables.row import Failure

NAMED = 1000
"""Documents that a summary names, of those that failed, and of those without a posting; all are counted."""


class Summary(NamedTuple):
    """How many documents became what.

    `empty` have no posting in them and are not stored (of a refresh: stay, with their text); `without` names the
    first of them, `failures` the first that failed. `due` is true if the store had another taxonomy until now, so
    that all its documents are due to be read again.
    """

    loaded: int = 0
    changed: int = 0
    unchanged: int = 0
    empty: int = 0
    failed: int = 0
    forgotten: int = 0
    without: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    due: bool = False


class Tally:
    """Counts, and holds the readings of the next transaction: memory does not grow with the number of documents."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._batch: list[Reading] = []
        self._rows = 0
        self._kept: set[str] = set()
        self._left_out: list[str] = []
        self.met = 0
        self.unchanged = 0
        self._loaded = self._changed = self._empty = self._failed = self._forgotten = 0
        self._without: list[str] = []
        self._failures: list[Failure] = []

    def count(self) -> int:
        """One more document was met; gives how many were met before it."""
        self.met += 1
        return self.met - 1

    def fail(self, failure: Failure) -> None:
        self._failed += 1
        if len(self._failures) < NAMED:
            self._failures.append(failure)

    def add(self, reading: Reading) -> None:
        """A reading for the store; the transaction before it is written when it is full."""
        more = rows(reading)
        if self._batch and self._rows + more > ROWS_PER_TRANSACTION:
            self.write()
        self._batch.append(reading)
        self._rows += more

    def keep(self, reading: Reading) -> None:
        """A document without a posting that stays in the store."""
        self._without_posting(reading.document.origin)
        self.add(reading)
        self._kept.add(reading.document.origin)

    def leave_out(self, origin: str) -> None:
        """A document without a posting; what the store has of it goes."""
        self._without_posting(origin)
        self._left_out.append(origin)
        if len(self._left_out) >= NAMED:
            self.write()

    def write(self) -> None:
        """Writes what is held."""
        changes = self._store.add_many(self._batch)
        self._loaded += len(changes.added)
        self._changed += len(set(changes.changed) - self._kept)
        self.unchanged += len(changes.unchanged)
        stored = self._store.stamps(self._left_out) if self._left_out else {}
        if stored:
            self._forgotten += len(self._store.forget(list(stored)).forgotten)
        self._batch, self._rows, self._kept, self._left_out = [], 0, set(), []

    def summary(self, due: bool) -> Summary:
        return Summary(
            self._loaded,
            self._changed,
            self.unchanged,
            self._empty,
            self._failed,
            self._forgotten,
            tuple(self._without),
            tuple(self._failures),
            due,
        )

    def _without_posting(self, origin: str) -> None:
        self._empty += 1
        if len(self._without) < NAMED:
            self._without.append(origin)
