"""The edges of the graph in GraphQL: what stands between two nodes, and the lists that nest one in the other.

The types here and in types.py are faces: the values behind them are the frozen values of graphmodel themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import strawberry

from api.graphql.batches import Pair, Way
from api.graphql.connections import After, Before, First, Key, Last, cursor, page
from api.graphql.context import Context
from api.graphql.levels import level
from api.graphql.limits import page_size
from api.graphql.mentions import DepartmentMention, Evidence, FactMention, ItemMention, Necessity, SkillMention
from graphmodel import nodes, relations
from graphmodel.identity import kind_of
from graphmodel.relations import ITEM_RELATIONS, RELATIONS

N = TypeVar("N")

Candidates = Annotated[
    bool, strawberry.argument(description="包括技能表中没有的说法 / Also phrases that the taxonomy lacks")
]
Places = Annotated[int, strawberry.argument(description="最多几处 / The most places given")]


class Row(NamedTuple):
    """One entry of a nested list: its ends, its place in the list, and the mentions (or the one derived edge)."""

    near: str
    far: str
    key: Key
    edges: tuple[relations.Edge, ...] = ()


def _fars(rows: list[Row], info: Context) -> None:
    info.context.batches.want_nodes(row.far for row in rows)


@level("所列之物 / What is listed", wants=_fars)
def _node(rows: list[Row], info: Context) -> Any:
    return info.context.batches.nodes([row.far for row in rows])


def _mentions(description: str) -> Any:
    def resolve(self: Any, first: Places = 10) -> Any:
        return self.edges[: page_size(first)]

    return strawberry.field(resolver=resolve, description=description)


def _figure(name: str, description: str) -> Any:
    return strawberry.field(resolver=lambda self: getattr(self.edges[0], name), description=description)


def _pair(row: Row) -> Pair:
    return (row.near, row.far) if kind_of(row.far) == "skill" else (row.far, row.near)


@level("依据 / The first places that say so")
def _evidence(rows: list[Row], info: Context, first: Places = 3) -> Any:
    pairs = [_pair(row) for row in rows]
    found = info.context.batches.evidence(pairs, page_size(first))
    return [found[pair] for pair in pairs]


@strawberry.type(description="列表的一条 / An entry of a list")
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


def linked(description: str, to: str, *ways: Way) -> Any:
    """A field that lists the nodes of kind `to` at the far end of a relation."""

    @level(description, wants=lambda objects, info: _want(info, ways, objects))
    def resolve(
        objects: list[Any],
        info: Context,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        return [page(rows, first, after, last, before) for rows in _rows(objects, info, to, ways)]

    return resolve


def linked_skills(description: str, way: Way) -> Any:
    """A field that lists the skills at the far end of a relation; candidates only if they are asked for."""

    @level(description, wants=lambda objects, info: _want(info, (way,), objects))
    def resolve(
        objects: list[Any],
        info: Context,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        candidates: Candidates = False,
    ) -> Any:
        lists = _rows(objects, info, "skill", (way,))
        if not candidates:
            left_out = _candidates(info, lists)
            lists = [[row for row in rows if row.far not in left_out] for rows in lists]
        return [page(rows, first, after, last, before) for rows in lists]

    return resolve


def _candidates(info: Context, lists: list[list[Row]]) -> set[str]:
    others = sorted({row.far for rows in lists for row in rows} - info.context.batches.curated.keys())
    found = info.context.batches.nodes(others)
    return {skill.id for skill in found if isinstance(skill, nodes.Skill) and skill.status == "candidate"}


def _want(info: Any, ways: Sequence[Way], objects: list[Any]) -> None:
    for way in ways:
        info.context.batches.want_edges(way, (one.id for one in objects))


def _rows(objects: list[Any], info: Context, to: str, ways: Sequence[Way]) -> list[list[Row]]:
    """The entries of the list of each object, in their order."""
    ids = [one.id for one in objects]
    lists: list[list[Row]] = [[] for _ in ids]
    for way in ways:
        found = info.context.batches.edges(way, ids)
        far_end, key = attrgetter("source" if way.back else "target"), _order(way)
        of = RELATIONS[way.relation]
        mixed = len(of.sources if way.back else of.targets) > 1
        for id, rows in zip(ids, lists, strict=True):
            for far, edges in groupby(found[id], far_end):
                if not mixed or kind_of(far) == to:
                    of_one = tuple(edges)
                    rows.append(Row(id, far, key(far, of_one), of_one))
    for rows in lists:
        rows.sort(key=_row_key)
    return lists


def _row_key(row: Row) -> Key:
    return row.key


def _order(way: Way) -> Callable[[str, Sequence[Any]], Key]:
    """What a list is ordered by: the most counted first; what one posting or item says in reading order; else ids."""
    if way.relation == "NEEDS":
        return lambda far, edges: (-edges[0].postings, far)
    if way.relation == "APPLIED_IN":
        return lambda far, edges: (-edges[0].own - edges[0].involved, far)
    if way.relation in ITEM_RELATIONS and not way.back:
        return lambda far, edges: (*min([(edge.posting, edge.line) for edge in edges]), far)
    if way.relation in ("REQUIRES", "INVOLVES") and not way.back:
        return lambda far, edges: (min([edge.start for edge in edges]), far)
    return lambda far, edges: (far,)
