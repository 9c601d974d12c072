"""A read of a Neo4j store, and what it compares to see one state.

Neo4j reads what is committed at the moment of each read. Hence every read compares the store's revision before and
after, and is done once more if it moved; a view over several reads keeps to the revision it began with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from neo4j import Transaction

from graphmodel.errors import StoreBusy
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_scheme import Scheme
from graphmodel.stores.neo4j_session import Session, State

T = TypeVar("T")

FEW = 1_000
"""So many rows may be collected on the server before they are sent."""

_MOVED = ("The store changed while it was read.", "Ask again, or wait until loading has ended.")


class Collecting(NamedTuple):
    """Runs statements of few rows as `Checked._rows` does, where a read takes a transaction."""

    rows: Callable[[str, Mapping[str, Any]], list[list[Any]]]

    def run(self, query: str, **parameters: Any) -> list[list[Any]]:
        return self.rows(query, parameters)


class Checked:
    """`pinned` is the state that all reads must meet; None: any one.

    A view may be given a `guess` instead, the state that was met last: if its first read meets it, that is its state,
    and nobody had to ask for it.
    """

    def __init__(self, session: Session, pinned: State | None = None, guess: State | None = None) -> None:
        self._session = session
        self._labels = session.labels
        self._pinned = pinned
        self._guess = guess

    def revision(self) -> int:
        return self._now().revision

    def state(self) -> str:
        return self._now().name

    def taxonomy(self) -> str:
        return self._now().taxonomy

    @property
    def _is_view(self) -> bool:
        return bool(self._pinned or self._guess)

    def _now(self) -> State:
        if self._pinned:
            return self._pinned
        state = self._session.read(self._state)
        if self._guess:
            self._pinned = state
        return state

    def _checked(self, read: Callable[[Transaction], T]) -> T:
        """One read; done once more if the store changed under it."""
        if self._is_view:
            self._now()

        def compared(tx: Transaction) -> tuple[bool, T]:
            before = self._pinned or self._state(tx)
            found = read(tx)
            return before == self._state(tx), found

        for _ in range(1 if self._pinned else 2):
            same, found = self._session.read(compared)
            if same:
                return found
        raise StoreBusy(*_MOVED)

    def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """What one statement returns, in any order, as a read of few rows of a view: one way to the server and back.

        All rows are collected before the state is looked up, in the same statement.
        """
        met = self._pinned or self._guess
        assert met
        whole = collected(query, self._labels.own("Store"))
        ((found, state),) = self._session.read(lambda tx: tx.run(whole, dict(parameters)).values())
        if state == met.name:
            self._pinned = met
            return list(found)
        if self._pinned:
            raise StoreBusy(*_MOVED)
        self._now()
        return self._rows(query, parameters)

    def _state(self, tx: Transaction) -> State:
        query = f"MATCH (s:`{self._labels.own('Store')}`) RETURN s.revision, s.scheme, s.state, s.taxonomy"
        ((revision, scheme, name, taxonomy),) = tx.run(query).values()
        self._session.latest = state = State(int(revision), int(scheme), str(name), str(taxonomy))
        return state

    def _scheme(self, tx: Transaction) -> Scheme:
        """The labels and aliases of the taxonomy."""
        state = self._now() if self._is_view else self._state(tx)
        return self._session.schemes.read(tx, state.scheme)

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


@lru_cache
def collected(query: str, store: str) -> str:
    """A query that returns one row: the rows of another query, whose RETURN is its last word, and then the state.

    >>> collected("MATCH (n) RETURN n.id, [n.x, 1] AS x", "S").partition(" WITH ")[0]
    'CALL () { MATCH (n) RETURN n.id AS column0, [n.x, 1] AS x }'
    """
    head, _, tail = query.rpartition("RETURN ")
    wanted, order, rest = tail.partition(" ORDER BY ")
    names, parts = [], []
    for i, part in enumerate(_PART.findall(wanted)):
        name = _NAMED.search(part)
        names.append(name[1] if name else f"column{i}")
        parts.append(part.strip() if name else f"{part.strip()} AS {names[-1]}")
    inside = f"{head}RETURN {', '.join(parts)}{order}{rest}"
    return f"CALL () {{ {inside} }} WITH collect([{', '.join(names)}]) AS rows MATCH (s:`{store}`) RETURN rows, s.state"


_PART = re.compile(r"(?:[^,(\[{]|\([^)]*\)|\[[^\]]*\]|\{[^}]*\})+")
_NAMED = re.compile(r"(?:^| AS )\s*(\w+)\s*$")
