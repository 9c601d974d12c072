"""What the resolvers of one operation share: one view of the store, its batched reads, and what may still be given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from strawberry.types import Info

from api.graphql.batches import Batches
from api.graphql.limits import Limits, page_size
from graphmodel.errors import BadInput
from graphmodel.hierarchy import hierarchy
from graphmodel.nodes import Skill
from graphmodel.store import View

E = TypeVar("E")


class Operation:
    """One GraphQL operation on one view. It lives on one thread."""

    def __init__(self, view: View, limits: Limits) -> None:
        self.view = view
        self.batches = Batches(view)
        self._limit = limits.entries
        self._given = 0

    @cached_property
    def curated(self) -> dict[str, Skill]:
        """The skills of the taxonomy."""
        return hierarchy(self.view).skills

    def some(self, entries: Sequence[E], first: int) -> Sequence[E]:
        """The first entries of a list, counted towards the limit. Raises BadInput past it."""
        chosen = entries[: page_size(first)]
        self._given += len(chosen)
        if self._given > self._limit:
            raise BadInput(
                f"The answer has more than {self._limit} entries in its lists.",
                "Ask for fewer with `first`, and for the next ones with `after`.",
            )
        return chosen


Context = Info[Operation, None]
"""The `info` of a resolver."""
