"""The edges of the graph in GraphQL: what stands between two nodes, and the lists that nest one in the other.

The types here and in types.py are faces: the values behind them are the frozen values of graphmodel themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Generic, NamedTuple, TypeVar

import strawberry

from api.graphql.batches import Way
from api.graphql.connections import DEFAULT_PAGE, Connection, Key, asked, connect, cursor
from api.graphql.context import Context
from api.graphql.limits import page_size
from api.graphql.mentions import DepartmentMention, Evidence, FactMention, ItemMention, Necessity, SkillMention
from graphmodel import nodes, relations
from graphmodel.identity import kind_of

N = TypeVar("N")


class Row(NamedTuple):
    """One entry of a nested list: its ends, its place in the list, and the mentions (or the one derived edge)."""

    near: str
    far: str
    key: Key
    edges: tuple[relations.Edge, ...]


async def _node(self: Any, info: Context) -> Any:
    return await info.context.batches.node(self.far)


def _mentions(description: str) -> Any:
    def resolve(self: Any, info: Context, first: int = 10) -> Any:
        return info.context.some(self.edges, first)

    return strawberry.field(resolver=resolve, description=description)


def _figure(name: str, description: str) -> Any:
    return strawberry.field(resolver=lambda self: getattr(self.edges[0], name), description=description)


async def _evidence(self: Any, info: Context, first: int = 3) -> Any:
    ends = (self.near, self.far) if kind_of(self.far) == "skill" else (self.far, self.near)
    return info.context.some(await info.context.batches.evidence(*ends, page_size(first)), first)


@strawberry.type(description="列表的一条 / An entry of a list")
class PlainEdge(Generic[N]):
    node: N = strawberry.field(resolver=_node, description="所列之物 / What is listed")
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
    evidence: list[Evidence] = strawberry.field(resolver=_evidence, description="依据 / The first places that say so")


@strawberry.type(description="技能在部门的应用统计 / How a skill is applied in a department, counted")
class AppliedEdge(PlainEdge[N], Generic[N]):
    own: int = _figure("own", "部门自己的职责 / Duties of the department or of its roles")
    involved: int = _figure("involved", "涉及部门的职责 / Duties that involve the department")


def linked(description: str, to: str, *ways: Way) -> Any:
    """A field that lists the nodes of kind `to` at the far end of a relation."""

    async def resolve(self: Any, info: Context, first: int = DEFAULT_PAGE, after: str | None = None) -> Any:
        return paged(info, await _rows(self.id, info, to, ways), first, after)

    return strawberry.field(resolver=resolve, description=description)


def linked_skills(description: str, way: Way) -> Any:
    """A field that lists the skills at the far end of a relation; candidates only if they are asked for."""

    async def resolve(
        self: Any, info: Context, first: int = DEFAULT_PAGE, after: str | None = None, candidates: bool = False
    ) -> Any:
        rows = await _rows(self.id, info, "skill", (way,))
        if not candidates:
            others = [row.far for row in rows if row.far not in info.context.curated]
            left_out = {
                skill.id
                for skill in await info.context.batches.many(others)
                if isinstance(skill, nodes.Skill) and skill.status == "candidate"
            }
            rows = [row for row in rows if row.far not in left_out]
        return paged(info, rows, first, after)

    return strawberry.field(resolver=resolve, description=description)


async def _rows(id: str, info: Context, to: str, ways: Iterable[Way]) -> list[Row]:
    """The entries of a list in their order."""
    rows: list[Row] = []
    for way in ways:
        mentions: dict[str, list[relations.Edge]] = {}
        for edge in await info.context.batches.edges(way, id):
            far = edge.source if way.back else edge.target
            if kind_of(far) == to:
                mentions.setdefault(far, []).append(edge)
        rows += [Row(id, far, _key(far, way, edges), tuple(edges)) for far, edges in mentions.items()]
    return sorted(rows, key=lambda row: row.key)


def _key(far: str, way: Way, edges: list[Any]) -> Key:
    """What a list is ordered by: the most counted first; what one posting or item says in reading order; else ids."""
    match edges[0]:
        case relations.Needs(postings=postings):
            return (-postings, far)
        case relations.Applied(own=own, involved=involved):
            return (-own - involved, far)
        case relations.ItemMention() if not way.back:
            return (*min((edge.posting, edge.line) for edge in edges), far)
        case relations.SkillMention() | relations.DepartmentMention() if not way.back:
            return (min(edge.start for edge in edges), far)
        case _:
            return (far,)


def paged(info: Context, rows: list[Row], first: int, after: str | None) -> Connection[Row]:
    """A page of a list that is known whole."""
    page = asked(first, after, None, None, rows[0].key if rows else None)
    start = bisect_right(rows, page.after, key=lambda row: row.key) if page.after else 0
    chosen = info.context.some(rows[start:], page.size)
    return connect(chosen, [row.key for row in chosen], len(rows), start > 0, start + len(chosen) < len(rows))
