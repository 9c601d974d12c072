"""Lists in pages, after the Relay Cursor Connections specification. A cursor is the place of an entry in a total
order, not a count of entries: an entry that comes or goes moves no other one.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

import strawberry

from api.graphql.limits import page_size
from graphmodel.errors import BadInput

E = TypeVar("E")

Key = tuple[str | int, ...]
"""The place of an entry: what its list is ordered by, the id last."""

DEFAULT_PAGE = 50


class Page(NamedTuple):
    """What a list is asked for: the first `size` entries after `after`, or (`back`) the last before `before`."""

    size: int
    back: bool
    after: Key | None
    before: Key | None


@strawberry.type(description="一页在列表中的位置 / Where a page stands in its list")
class PageInfo:
    has_next_page: bool = strawberry.field(description="之后还有 / Whether more follow")
    has_previous_page: bool = strawberry.field(description="之前还有 / Whether more come before")
    start_cursor: str | None = strawberry.field(description="本页第一条 / Cursor of the first entry")
    end_cursor: str | None = strawberry.field(description="本页最后一条 / Cursor of the last entry")


@strawberry.type(description="分页列表 / A list in pages")
class Connection(Generic[E]):
    edges: list[E] = strawberry.field(description="本页各条 / The entries of this page")
    page_info: PageInfo = strawberry.field(description="分页 / The place of this page")
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
        key = tuple(json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))))
    except (ValueError, TypeError):
        key = ()
    if not key or (like and [type(part) for part in key] != [type(part) for part in like]):
        raise BadInput(f"{cursor!r} is not a cursor of this list.", "Give a cursor that an earlier page has given.")
    return key


def asked(first: int | None, after: str | None, last: int | None, before: str | None, like: Key | None) -> Page:
    """The page that arguments ask for; the first DEFAULT_PAGE entries by default. `like` is a key of the list, None
    if it is empty. Raises BadInput.
    """
    if first is not None and last is not None:
        raise BadInput("Both `first` and `last` are given.", "Give one of them.")
    size = DEFAULT_PAGE if first is None and last is None else last if first is None else first
    return Page(
        page_size(size or 0),
        last is not None,
        None if after is None else key_of(after, like),
        None if before is None else key_of(before, like),
    )


def connect(edges: Sequence[E], keys: Sequence[Key], total: int, more_before: bool, more_after: bool) -> Connection[E]:
    """A page of edges with their keys, of a list of `total` entries."""
    return Connection(
        edges=list(edges),
        page_info=PageInfo(
            has_next_page=more_after,
            has_previous_page=more_before,
            start_cursor=cursor(keys[0]) if keys else None,
            end_cursor=cursor(keys[-1]) if keys else None,
        ),
        total_count=total,
    )
