"""Pages of all nodes of a kind, or of some of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

from api.graphql.connections import Page, asked, page
from api.graphql.context import Context
from api.graphql.edges import Row
from graphmodel.lists import Key

Size = tuple[int | None, str | None, int | None, str | None]
"""The arguments first, after, last, before."""

Place = tuple[str, str] | None
"""A name and an id, between which a page of a list by name begins or ends."""

_LIKE = ("", "")
_BEYOND = ("\U0010ffff", "\U0010ffff")
"""A place that comes after every name and id."""


def listed(
    info: Context,
    kind: str,
    ids: Collection[str] | None,
    where: Mapping[str, Any],
    size: Size,
    by: str = "name",
    counts: Callable[[Sequence[str]], Mapping[str, int]] | None = None,
) -> Page:
    """A page of nodes of a kind: of these ids (None: all), in order of a property and the id, or, where there are
    `counts`, by falling count and id.
    """
    view = info.context.view
    if counts is not None:
        nodes = view.nodes(kind, ids, where)
        info.context.batches.keep(nodes)
        found = counts([node.id for node in nodes])
        rows = sorted((Row("", node.id, (-found.get(node.id, 0), node.id)) for node in nodes), key=_key)
        return page(rows, *size)
    if ids is not None:
        nodes = view.nodes(kind, ids, where)
        info.context.batches.keep(nodes)
        return page(sorted((_row(node, by) for node in nodes), key=_key), *size)
    of = asked(*size, _LIKE)
    after, before = cast(Place, of.after), cast(Place, of.before)
    if of.back:
        nodes = view.nodes(kind, where=where, order=by, before=before or _BEYOND, limit=of.size + 1)[::-1]
        some = [node for node in nodes if not after or _place(node, by) > after][: of.size][::-1]
        more_before, more_after = len(nodes) > len(some), before is not None
    else:
        nodes = view.nodes(kind, where=where, order=by, after=after, limit=of.size + 1)
        some = [node for node in nodes if not before or _place(node, by) < before][: of.size]
        more_before, more_after = after is not None, len(nodes) > len(some)
    info.context.batches.keep(some)
    return Page([_row(node, by) for node in some], view.count(kind, where), more_before, more_after)


def _row(node: Any, by: str) -> Row:
    return Row("", node.id, _place(node, by))


def _place(node: Any, by: str) -> tuple[str, str]:
    return getattr(node, by), node.id


def _key(row: Row) -> Key:
    return row.key
