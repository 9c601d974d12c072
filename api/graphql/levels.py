"""How a field is declared that is resolved for all objects of a level at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import strawberry

from api.graphql.plan import LEVEL, WANTS

Level = Callable[..., list[Any]]


def level(description: str, *, wants: Callable[..., None] | None = None) -> Callable[[Level], Any]:
    """Makes a field of a function (objects, info, **arguments) -> values, one for each object.

    `wants` (objects, info, **arguments) says beforehand what the level will read: fields of one depth share their
    reads. An executor that goes object by object calls it with one object.
    """

    def declare(of: Level) -> Any:
        @wraps(of)
        def resolve(self: Any, info: Any, **arguments: Any) -> Any:
            [value] = of([self], info, **arguments)
            if isinstance(value, Exception):
                raise value
            return value

        signature = inspect.signature(of)
        objects, *others = signature.parameters.values()
        resolve.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[objects.replace(name="self", annotation=inspect.Parameter.empty), *others]
        )
        resolve.__annotations__ = {
            name: of.__annotations__[name] for name in of.__annotations__ if name != objects.name
        }
        return strawberry.field(
            resolver=resolve, description=description, metadata={LEVEL: of, WANTS: wants} if wants else {LEVEL: of}
        )

    return declare
