"""The edges of the graph in GraphQL: what stands between two nodes, and the lists that nest one in the other.

The types here and in types.py are faces: the values behind them are the frozen values of graphmodel themselves.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import repeat
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import strawberry

from api.graphql.batches import Pair, Part, Way
from api.graphql.connections import After, Before, First, Last, Page, asked, cursor
from api.graphql.context import Context
from api.graphql.levels import level
from api.graphql.limits import page_size
from api.graphql.mentions import DepartmentMention, Evidence, FactMention, ItemMention, Necessity, SkillMention, renamed
from graphmodel.errors import BadInput
from graphmodel.identity import kind_of
from graphmodel.lists import SHAPES, Key, Listing, order, part
from graphmodel.relations import Edge

N = TypeVar("N")

Candidates = Annotated[
    bool, strawberry.argument(description="包括技能表中没有的说法 / Also phrases that the taxonomy lacks")
]
_new: Any = tuple.__new__  # without the signature of its class a row is made in half the time, and there are many

Places = Annotated[int, strawberry.argument(description="最多几处 / The most places given")]


class Row(NamedTuple):
    """One entry of a nested list: its ends, its place in the list, the relation that it is an entry of, and its edge
    if that is a derived one.
    """

    near: str
    far: str
    key: Key
    way: Way | None = None
    edge: Edge | None = None


def _fars(rows: list[Row], info: Context) -> None:
    info.context.batches.want_nodes(row.far for row in rows)


@level("所列之物 / What is listed", wants=_fars)
def _node(rows: list[Row], info: Context) -> Any:
    return info.context.batches.nodes([row.far for row in rows])


def _by_way(rows: list[Row]) -> dict[Way, list[Pair]]:
    found: dict[Way, list[Pair]] = {}
    for near, far, _, way, _ in rows:
        if way:
            found.setdefault(way, []).append((near, far))
    return found


def _want_mentions(rows: list[Row], info: Context, first: int = 10) -> None:
    for way, pairs in _by_way(rows).items():
        info.context.batches.want_mentions(way, pairs, first)


def _mentions(description: str) -> Any:
    @level(description, wants=_want_mentions)
    def resolve(rows: list[Row], info: Context, first: Places = 10) -> Any:
        size = page_size(first)
        found = {way: info.context.batches.mentions(way, pairs, size) for way, pairs in _by_way(rows).items()}
        return [found[row.way][row[:2]] if row.way else [] for row in rows]

    return resolve


def _figure(name: str, description: str) -> Any:
    return renamed(f"edge.{name}", description)


def _pair(row: Row) -> Pair:
    return (row.near, row.far) if kind_of(row.far) == "skill" else (row.far, row.near)


@level("依据 / The first places that say so")
def _evidence(rows: list[Row], info: Context, first: Places = 3) -> Any:
    pairs = [_pair(row) for row in rows]
    found = info.context.batches.evidence(pairs, page_size(first))
    return [found[pair] for pair in pairs]


@strawberry.type(name="Edge", description="列表的一条 / An entry of a list")
class PlainEdge(Generic[N]):
    node: N = _node
    cursor: str = strawberry.field(
        resolver=lambda self: cursor(self.key), description="在列表中的位置 / Its place in the list"
    )


@strawberry.type(description="招聘帖所述的事实 / What postings state")
class FactEdge(PlainEdge[N], Generic[N]):
    mentions: list[FactMention] = _mentions("出处 / Where it is stated")


@strawberry.type(description="岗位或部门与其条目 / What postings list as a duty or requirement")
class ItemEdge(PlainEdge[N], Generic[N]):
    mentions: list[ItemMention] = _mentions("出处 / Where it is listed")


@strawberry.type(description="条目与所需的技能 / What an item asks for")
class RequiresEdge(PlainEdge[N], Generic[N]):
    mentions: list[SkillMention] = _mentions("条目中的说法 / The words that say so")


@strawberry.type(description="条目与涉及的部门 / Whom an item involves")
class InvolvesEdge(PlainEdge[N], Generic[N]):
    mentions: list[DepartmentMention] = _mentions("条目中的说法 / The words that say so")


@strawberry.type(description="岗位或部门需要技能的统计 / How a role or department needs a skill, counted")
class NeedsEdge(PlainEdge[N], Generic[N]):
    postings: int = _figure("postings", "要求它的招聘帖数 / How many postings ask for it")
    share: float = _figure("share", "占招聘帖的比例，0 至 1 / Their share of the postings, from 0 to 1")
    items: int = _figure("items", "要求它的条目数 / How many of their items ask for it")
    necessity: Necessity = _figure("necessity", "必须或优先 / A must if any posting says so")
    evidence: list[Evidence] = _evidence


@strawberry.type(description="技能在部门的应用统计 / How a skill is applied in a department, counted")
class AppliedEdge(PlainEdge[N], Generic[N]):
    own: int = _figure("own", "部门自己的职责 / Duties of the department or of its roles")
    involved: int = _figure("involved", "涉及部门的职责 / Duties that involve the department")


def linked(description: str, to: str, way: Way) -> Any:
    """A field that lists the nodes of kind `to` at the far end of a relation."""

    @level(description, wants=lambda objects, info, **size: _want(objects, info, way, to, **size))
    def resolve(
        objects: list[Any],
        info: Context,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        return _pages(objects, info, _part(way, to, first, after, last, before))

    return resolve


def linked_skills(description: str, way: Way) -> Any:
    """A field that lists the skills at the far end of a relation; candidates only if they are asked for."""

    @level(description, wants=lambda objects, info, **size: _want(objects, info, way, "skill", **size))
    def resolve(
        objects: list[Any],
        info: Context,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        candidates: Candidates = False,
    ) -> Any:
        return _pages(objects, info, _part(way, "skill", first, after, last, before, candidates))

    return resolve


def linked_both_ways(description: str, to: str, relation: str) -> Any:
    """A field that lists the nodes of kind `to` that a relation joins to a node in either direction: few."""
    ways = (Way(relation), Way(relation, True))

    def want(objects: list[Any], info: Context, **_: Any) -> None:
        for way in ways:
            info.context.batches.want_edges(way, (one.id for one in objects))

    @level(description, wants=want)
    def resolve(
        objects: list[Any],
        info: Context,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        cut = asked(first, after, last, before, SHAPES["id"])
        ids = [one.id for one in objects]
        there, back = (info.context.batches.edges(way, ids) for way in ways)
        pages = []
        for id in ids:
            fars = {edge.target for edge in there[id]} | {edge.source for edge in back[id]}
            pages.append(_page(id, part(sorted((far,) for far in fars), cut), None))
        return pages

    return resolve


def _part(
    way: Way,
    to: str,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    candidates: bool = True,
) -> Part:
    return Part(way, to, asked(first, after, last, before, SHAPES[order(*way)]), candidates)


def _want(objects: list[Any], info: Context, way: Way, to: str, **arguments: Any) -> None:
    with suppress(BadInput):  # which the field itself will tell
        info.context.batches.want_lists(_part(way, to, **arguments), (one.id for one in objects))


def _pages(objects: list[Any], info: Context, of: Part) -> list[Page]:
    ids = [one.id for one in objects]
    found = info.context.batches.lists(of, ids)
    return [_page(id, found[id], of.way) for id in ids]


def _page(id: str, listing: Listing, way: Way | None) -> Page:
    edges = listing.edges or repeat(None)
    rows: list[Row] = [_new(Row, (id, key[-1], key, way, edge)) for key, edge in zip(listing.keys, edges, strict=False)]
    return Page(rows, listing.total, listing.more_before, listing.more_after)
