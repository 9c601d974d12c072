"""A question to a store, asked again if the store changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graphmodel.errors import StoreBusy
from graphmodel.store import GraphStore, View

T = TypeVar("T")

TRIES = 3
"""A store that cannot keep a view of one state (Neo4j) raises StoreBusy where another process wrote meanwhile."""


def ask(store: GraphStore, question: Callable[[View], T]) -> T:
    """The answer, all of it from one state of the store. Raises StoreBusy if that moved at every try."""
    for _ in range(TRIES - 1):
        try:
            with store.reading() as view:
                return question(view)
        except StoreBusy:
            continue
    with store.reading() as view:
        return question(view)
