"""What the resolvers of one operation share: one view of the store, its batched reads, and who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strawberry.types import Info

from api.graphql.batches import Batches
from api.graphql.breadth import Info as LevelInfo
from graphmodel.store import View
from ontology.terms import BASE

if TYPE_CHECKING:
    from api.graphql.engine import Caller


class Operation:
    """One GraphQL operation on one view. It lives on one thread.

    `caller` is who asks, `loads` the service that reads documents into the store (None where nothing may be written),
    `base_iri` what the IRIs of nodes begin with.
    """

    def __init__(self, view: View, caller: Caller, loads: Any = None, base_iri: str | None = None) -> None:
        self.view = view
        self.caller = caller
        self.loads = loads
        self.base_iri = base_iri or BASE
        self.batches = Batches(view)


Context = Info[Operation, None]
"""The `info` of a resolver."""


def wants(info: Any, name: str) -> bool:
    """Whether a field of this name is asked for anywhere below the field that is being resolved."""
    return info.field.mentions(name) if isinstance(info, LevelInfo) else True
