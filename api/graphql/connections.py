"""Lists in pages, after the Relay Cursor Connections specification. A cursor is the place of an entry in a total
order, not a count of entries: an entry that comes or goes moves no other one.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import orjson
import strawberry

from api.graphql.limits import page_size
from graphmodel.errors import BadInput
from graphmodel.lists import Cut, Key

E = TypeVar("E")

First = Annotated[int | None, strawberry.argument(description="前几条 / The first so many")]
After = Annotated[str | None, strawberry.argument(description="在此游标之后 / After this cursor")]
Last = Annotated[int | None, strawberry.argument(description="后几条 / The last so many")]
Before = Annotated[str | None, strawberry.argument(description="在此游标之前 / Before this cursor")]


class Page(NamedTuple):
    """A page of a list: its entries, each with a `key`; how many the whole list has; and whether more stand around."""

    edges: Sequence[Any]
    total_count: int
    has_previous_page: bool
    has_next_page: bool


def _end(place: int, description: str) -> Any:
    return strawberry.field(
        resolver=lambda self: cursor(self.edges[place].key) if self.edges else None, description=description
    )


@strawberry.type(description="一页在列表中的位置 / Where a page stands in its list")
class PageInfo:
    has_next_page: bool = strawberry.field(description="之后还有 / Whether more follow")
    has_previous_page: bool = strawberry.field(description="之前还有 / Whether more come before")
    start_cursor: str | None = _end(0, "本页第一条 / Cursor of the first entry")
    end_cursor: str | None = _end(-1, "本页最后一条 / Cursor of the last entry")


@strawberry.type(description="分页列表 / A list in pages")
class Connection(Generic[E]):
    edges: list[E] = strawberry.field(description="本页各条 / The entries of this page")
    page_info: PageInfo = strawberry.field(
        resolver=lambda self: self, description="分页 / The place of this page in the list"
    )
    total_count: int = strawberry.field(description="总数 / How many entries the whole list has")


def cursor(key: Key) -> str:
    """The opaque form of a key.

    >>> cursor(("店长", "role:1"))
    'WyLlupfplb8iLCJyb2xlOjEiXQ'
    """
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(cursor: str, like: Key | None) -> Key:
    """The key of a cursor, of the same types as `like`. Raises BadInput for anything that we did not write."""
    try:
        key = tuple(orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))))
    except (ValueError, TypeError):
        key = ()
    if not key or (like and [type(part) for part in key] != [type(part) for part in like]):
        problem = f"{cursor[:100]!r} is not a cursor of this list."
        raise BadInput(problem, "Give a cursor that an earlier page has given.")
    return key


def asked(first: int | None, after: str | None, last: int | None, before: str | None, like: Key | None) -> Cut:
    """The page that arguments ask for; `like` is a key of the list, None if it is empty. Raises BadInput."""
    if (first is None) == (last is None):
        raise BadInput("A list is asked for its `first` or its `last` entries.", "Give one of the two.")
    size = last if first is None else first
    return Cut(
        page_size(size or 0),
        last is not None,
        None if after is None else key_of(after, like),
        None if before is None else key_of(before, like),
    )


def page(rows: Sequence[Any], first: int | None, after: str | None, last: int | None, before: str | None) -> Page:
    """A page of a list that is known whole, in the order of its rows' keys. Raises BadInput."""
    of = asked(first, after, last, before, rows[0].key if rows else None)
    low = bisect_right(rows, of.after, key=_key) if of.after else 0
    high = max(low, bisect_left(rows, of.before, key=_key)) if of.before else len(rows)
    start, stop = (max(low, high - of.size), high) if of.back else (low, min(high, low + of.size))
    return Page(rows[start:stop], len(rows), start > 0, stop < len(rows))


def _key(row: Any) -> Key:
    key: Key = row.key
    return key
