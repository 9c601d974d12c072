"""The far ends of a relation as lists: their order, and pages of them.

A list holds what one node is joined to by a relation, each node once. Its order is total and does not depend on what
else the graph holds, so that a place in it stays one when entries come and go.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.relations import DERIVED, ITEM_RELATIONS, RELATIONS, Edge

Key = tuple[str | int, ...]
"""The place of an entry: what its list is ordered by; the last part is the id of the entry."""

Order = Literal["counted", "stated", "said", "id"]
"""What a list is ordered by.

counted: the most postings first, of APPLIED_IN the most statements, own and involved; key (-count, id).
stated: as postings state it; key (posting id, line, id) of the first mention.
said: as the words of the item say it; key (start, id) of the first mention.
id: key (id,).
"""

SHAPES: dict[Order, Key] = {"counted": (0, ""), "stated": ("", 0, ""), "said": (0, ""), "id": ("",)}
"""A key of each order, to show its types."""


class Cut(NamedTuple):
    """A part of a list: of the entries between two places, the first `size`, or (`back`) the last."""

    size: int
    back: bool = False
    after: Key | None = None
    before: Key | None = None


class Listing(NamedTuple):
    """A part of a list: the keys of its entries; how many the whole list has; and whether more stand around.

    Of a derived relation `edges` are the entries' edges, one each; of others there are none.
    """

    keys: tuple[Key, ...] = ()
    total: int = 0
    more_before: bool = False
    more_after: bool = False
    edges: tuple[Edge, ...] = ()


def order(relation: str, back: bool = False) -> Order:
    """The order of the lists of a relation, followed from source to target or back. Raises BadInput."""
    if relation not in RELATIONS:
        raise BadInput(f"There is no relation {relation!r}.", "Known are: " + ", ".join(RELATIONS) + ".")
    if relation in DERIVED:
        return "counted"
    if relation in ITEM_RELATIONS and not back:
        return "stated"
    return "said" if relation in ("REQUIRES", "INVOLVES") and not back else "id"


def check(cut: Cut, by: Order) -> None:
    """Raises BadInput for keys that are none of an order."""
    for key in (cut.after, cut.before):
        if key is not None and not _fits(key, SHAPES[by]):
            raise BadInput(f"{key!r} is no place in this list.", "Give the key of an entry of this list.")


def _fits(key: Key, shape: Key) -> bool:
    if [type(value) for value in key] != [type(value) for value in shape]:
        return False
    try:
        "".join(value for value in key if isinstance(value, str)).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    if len(shape) == len(SHAPES["stated"]) and not _POSTING.fullmatch(str(key[0])):
        return False
    return all(-(2**63) <= value < 2**63 for value in key if isinstance(value, int))


_POSTING = re.compile("posting:[0-9a-f]{16}")


def far_kinds(relation: str, back: bool = False) -> tuple[str, ...]:
    """The kinds of nodes that lists of a relation may hold."""
    return RELATIONS[relation].sources if back else RELATIONS[relation].targets


def near_kinds(relation: str, back: bool = False) -> tuple[str, ...]:
    """The kinds of nodes that have lists of a relation."""
    return far_kinds(relation, not back)


def bounds(keys: Sequence[Key], cut: Cut) -> tuple[int, int]:
    """Where a part begins and ends in a list whose keys are all known, in order."""
    low = 0 if cut.after is None else bisect_right(keys, cut.after)
    high = len(keys) if cut.before is None else max(low, bisect_left(keys, cut.before))
    return (max(low, high - cut.size), high) if cut.back else (low, min(high, low + cut.size))


def part(keys: Sequence[Key], cut: Cut) -> Listing:
    """A part of a list whose keys are all known, in order; without edges."""
    if len(keys) <= cut.size and cut.after is None and cut.before is None:  # most lists
        return Listing(tuple(keys), len(keys))
    start, stop = bounds(keys, cut)
    return Listing(tuple(keys[start:stop]), len(keys), start > 0, stop < len(keys))
