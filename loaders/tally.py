"""What becomes of the documents of a load: what was read goes to the store, the others are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphmodel.graph import Reading
from graphmodel.store import GraphStore, Prepared
from loaders.tables.row import Failure

NAMED = 1000
"""Documents that a summary names, of those that failed, and of those without a posting; all are counted."""


class Empty(NamedTuple):
    """A document without a posting, and what people call it; `kept` is what the store keeps of it, if anything."""

    origin: str
    name: str
    kept: Reading | Prepared | None = None


Outcome = Reading | Prepared | Empty | Failure


class Summary(NamedTuple):
    """How many documents became what.

    `empty` have no posting in them and are not stored (of a refresh: stay, with their text); `without` names the
    first of them, `failures` the first that failed. `due` is true if the store had another taxonomy until now, so
    that all its documents are due to be read again. Of the unchanged, a refresh left `imported` alone: they came with
    a dump, which has no text to read again.
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
    imported: int = 0


class Tally:
    """Counts what becomes of documents on their way to the store: memory does not grow with their number."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._kept: set[str] = set()
        self._left_out: list[str] = []
        self._stored: list[str] = []
        self.met = 0
        self.unchanged = self.imported = 0
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

    def leave_out(self, empty: Empty) -> None:
        """What the store has of the document goes, after the next transaction."""
        self._without_posting(empty)
        self._left_out.append(empty.origin)
        if len(self._left_out) >= NAMED:
            self._look_up()

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Hands what was read to the store, which takes it a transaction at a time."""
        for changes in self._store.add(self._to_add(outcomes)):
            self._loaded += len(changes.added)
            self._changed += len(set(changes.changed) - self._kept)
            self.unchanged += len(changes.unchanged)
            self._kept -= {*changes.added, *changes.changed, *changes.unchanged}
            self._forget()
        self._forget()

    def _to_add(self, outcomes: Iterable[Outcome]) -> Iterator[Reading | Prepared]:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self.fail(outcome)
            elif not isinstance(outcome, Empty):
                yield outcome
            elif outcome.kept is None:
                self.leave_out(outcome)
            else:
                self._without_posting(outcome)
                self._kept.add(outcome.origin)
                yield outcome.kept

    def _look_up(self) -> None:
        if self._left_out:
            self._stored += self._store.stamps(self._left_out)
            self._left_out = []

    def _forget(self) -> None:
        self._look_up()
        if self._stored:
            self._forgotten += len(self._store.forget(self._stored).forgotten)
            self._stored = []

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
            self.imported,
        )

    def _without_posting(self, empty: Empty) -> None:
        self._empty += 1
        if len(self._without) < NAMED:
            self._without.append(empty.name)
