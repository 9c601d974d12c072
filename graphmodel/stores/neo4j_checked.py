"""A read of a Neo4j store, and what it compares to see one state.

Neo4j reads what is committed at the moment of each read. Hence every read compares the store's revision before and
after, and is done once more if it moved; a view over several reads keeps to the revision it began with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, TypeVar

from neo4j import Transaction

from graphmodel.errors import StoreBusy
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_scheme import Scheme
from graphmodel.stores.neo4j_session import Session

T = TypeVar("T")


class State(NamedTuple):
    """The store's revision, the revision that put its taxonomy, and the name of the state."""

    revision: int
    scheme: int
    name: str


class Checked:
    """`pinned` is the state that all reads must meet; None: any one."""

    def __init__(self, session: Session, pinned: State | None = None) -> None:
        self._session = session
        self._labels = session.labels
        self._pinned = pinned

    def revision(self) -> int:
        return self._now().revision

    def state(self) -> str:
        return self._now().name

    def _now(self) -> State:
        return self._pinned or self._session.read(self._state)

    def _checked(self, read: Callable[[Transaction], T]) -> T:
        """One read, in one transaction; done once more if the store changed under it."""

        def compared(tx: Transaction) -> tuple[bool, T]:
            before = self._pinned or self._state(tx)
            found = read(tx)
            return before == self._state(tx), found

        for _ in range(1 if self._pinned else 2):
            same, found = self._session.read(compared)
            if same:
                return found
        raise StoreBusy("The store changed while it was read.", "Ask again, or wait until loading has ended.")

    def _state(self, tx: Transaction) -> State:
        query = f"MATCH (s:`{self._labels.own('Store')}`) RETURN s.revision, s.scheme, s.state"
        ((revision, scheme, name),) = tx.run(query).values()
        return State(int(revision), int(scheme), str(name))

    def _scheme(self, tx: Transaction) -> Scheme:
        """The labels and aliases of the taxonomy."""
        return self._session.schemes.read(tx, (self._pinned or self._state(tx)).scheme)

    def _resolve(self, tx: Transaction, ids: Collection[str]) -> dict[str, str]:
        """Each id with the id in force."""
        aliases = self._scheme(tx).aliases if any(id.startswith("skill:") for id in ids) else {}
        return {id: aliases.get(id, id) for id in ids}

    def _resolved(
        self, tx: Transaction, sources: Collection[str] | None, targets: Collection[str] | None
    ) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        """Ids in force by kind, sorted; None stays None."""
        if sources is None and targets is None:
            return None, None
        known = self._resolve(tx, [*(sources or ()), *(targets or ())])
        return tuple(  # type: ignore[return-value]
            None if ids is None else rows.by_kind({known[id] for id in ids}) for ids in (sources, targets)
        )
