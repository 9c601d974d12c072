"""The GraphQL schema: what can be asked. `schema.graphql` is its printed form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, cast

import strawberry
from strawberry.extensions import AddValidationRules, MaxTokensLimiter

from api.graphql.answers import DepartmentResult, RoleResult, SharedSkillsResult, SkillResult, problem
from api.graphql.connections import Connection, Page, asked, connect
from api.graphql.context import Context
from api.graphql.edges import PlainEdge, Row
from api.graphql.limits import DEFAULT_LIMITS, Limits, limit_rule, page_size
from api.graphql.types import (
    Department,
    DepartmentKind,
    Document,
    Duty,
    Indicator,
    Node,
    Posting,
    Requirement,
    Role,
    Skill,
    SkillStatus,
    SkillType,
)
from graphmodel import errors
from graphmodel.identity import kind_of
from graphmodel.questions import names, needs, overlap

Place = tuple[str, str] | None
"""A name and an id, between which a page of a list by name begins or ends."""

_LIKE = ("", "")
_BEYOND = ("\U0010ffff", "")
"""A place that comes after every name."""

Name = Annotated[str | None, strawberry.argument(description="名称或别名 / A name or alternative name")]
Id = Annotated[strawberry.ID | None, strawberry.argument(description="标识 / An id, or a former id")]
First = Annotated[int | None, strawberry.argument(description="前几条，默认 50 / The first ones, 50 by default")]
After = Annotated[str | None, strawberry.argument(description="在此游标之后 / After this cursor")]
Last = Annotated[int | None, strawberry.argument(description="后几条 / The last ones")]
Before = Annotated[str | None, strawberry.argument(description="在此游标之前 / Before this cursor")]
SubjectName = Annotated[
    str, strawberry.argument(description="岗位或部门：名称、别名或标识 / A role or department: a name or an id")
]
Named = Annotated[bool, strawberry.argument(description="包括只被提到的岗位 / Also roles that are only named")]
OfType = Annotated[SkillType | None, strawberry.argument(description="只要此类型 / Only of this type")]
OfStatus = Annotated[SkillStatus | None, strawberry.argument(description="只要此状态 / Only of this status; null: any")]
OfKind = Annotated[DepartmentKind | None, strawberry.argument(description="只要此种 / Only of this kind")]
MinShare = Annotated[
    float, strawberry.argument(description="略去要求比例更低的技能 / Leave out skills with a lower share of postings")
]
Candidates = Annotated[
    bool, strawberry.argument(description="包括技能表中没有的说法 / Also phrases that the taxonomy lacks")
]
Places = Annotated[int, strawberry.argument(description="每个技能最多几条依据 / The most places given for a skill")]


def _named(kind: str) -> Callable[..., Any]:
    """A resolver for the one node of a kind that has a name or id."""

    def resolve(info: Context, name: Name = None, id: Id = None) -> Any:
        text = name or id
        if text is None or (name and id):
            raise errors.BadInput(f"A {kind} is asked for by its name or by its id.", "Give one of `name` and `id`.")
        try:
            return names.resolve(info.context.view, (kind,), text)
        except (errors.NotFound, errors.Ambiguous) as error:
            return problem(error)

    return resolve


def _by_id(kind: str) -> Callable[..., Any]:
    """A resolver for the node of a kind that has an id, or None."""

    async def resolve(info: Context, id: strawberry.ID) -> Any:
        return await info.context.batches.node(id) if kind_of(id) == kind else None

    return resolve


def _roles(
    info: Context,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    named: Named = False,
) -> Any:
    return _listed(info, "role", {} if named else {"described": True}, asked(first, after, last, before, _LIKE))


def _skills(
    info: Context,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    type: OfType = None,
    status: OfStatus = SkillStatus.CURATED,
) -> Any:
    where = {name: of.value for name, of in (("type", type), ("status", status)) if of is not None}
    return _listed(info, "skill", where, asked(first, after, last, before, _LIKE))


def _departments(
    info: Context,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    kind: OfKind = None,
) -> Any:
    where = {} if kind is None else {"kind": kind.value}
    return _listed(info, "department", where, asked(first, after, last, before, _LIKE))


def _listed(info: Context, kind: str, where: Mapping[str, Any], page: Page) -> Any:
    """A page of all nodes of a kind, by name and id."""
    view, after, before = info.context.view, cast(Place, page.after), cast(Place, page.before)
    if page.back:
        found = view.nodes(kind, where=where, order="name", before=before or _BEYOND, limit=page.size + 1)[::-1]
        chosen = info.context.some([node for node in found if not after or _place(node) > after], page.size)[::-1]
        more_before, more_after = len(found) > len(chosen), before is not None
    else:
        found = view.nodes(kind, where=where, order="name", after=after, limit=page.size + 1)
        chosen = info.context.some([node for node in found if not before or _place(node) < before], page.size)
        more_before, more_after = after is not None, len(found) > len(chosen)
    info.context.batches.keep(chosen)
    rows = [Row("", node.id, _place(node), ()) for node in chosen]
    return connect(rows, [row.key for row in rows], view.count(kind, where), more_before, more_after)


def _place(node: Any) -> tuple[str, str]:
    return node.name, node.id


def _shared_skills(
    info: Context,
    a: SubjectName,
    b: SubjectName,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    evidence: Places = 3,
) -> Any:
    view, places = info.context.view, page_size(evidence)
    try:
        return overlap.shared_skills(view, a, b, needs.Scope(min_share, candidates), evidence=places)
    except (errors.NotFound, errors.Ambiguous) as error:
        return problem(error)


async def _node(info: Context, id: strawberry.ID) -> Any:
    return await info.context.batches.node(id)


async def _nodes(info: Context, ids: list[strawberry.ID]) -> Any:
    page_size(len(ids))
    return await info.context.batches.many(ids)


def _asked(resolver: Callable[..., Any], description: str) -> Any:
    return strawberry.field(resolver=resolver, description=description)


@strawberry.type(description="岗位、职责、技能与部门的图 / The graph of roles, duties, skills and departments")
class Query:
    role: RoleResult = _asked(_named("role"), "一个岗位 / One role")
    roles: Connection[PlainEdge[Role]] = _asked(_roles, "岗位一览，按名称 / The roles, by name")
    skill: SkillResult = _asked(_named("skill"), "一个技能 / One skill")
    skills: Connection[PlainEdge[Skill]] = _asked(_skills, "技能一览，按名称 / The skills, by name")
    department: DepartmentResult = _asked(_named("department"), "一个部门 / One department")
    departments: Connection[PlainEdge[Department]] = _asked(_departments, "部门一览，按名称 / The departments, by name")
    duty: Duty | None = _asked(_by_id("duty"), "一条职责；没有则为空 / One duty; null if there is none")
    requirement: Requirement | None = _asked(
        _by_id("requirement"), "一条任职要求；没有则为空 / One requirement; null if there is none"
    )
    shared_skills: SharedSkillsResult = _asked(
        _shared_skills, "两个岗位共有、各有与相关的技能 / Which skills two roles share, and which they do not"
    )
    node: Node | None = _asked(_node, "任一节点；没有则为空 / Any node; null if there is none with this id")
    nodes: list[Node | None] = _asked(_nodes, "多个节点，依所给次序 / Several nodes, in the order of the ids")


class _Schema(strawberry.Schema):
    def process_errors(self, *_: Any) -> None:
        """Does nothing: errors are told and logged in one place, api/app.py."""


def make_schema(limits: Limits = DEFAULT_LIMITS) -> strawberry.Schema:
    """The schema, which refuses queries past the limits."""
    rule = limit_rule(limits)
    return _Schema(
        Query,
        types=[Role, Duty, Requirement, Skill, Department, Indicator, Posting, Document],
        extensions=[lambda: AddValidationRules([rule]), lambda: MaxTokensLimiter(limits.tokens)],
    )


def sdl() -> str:
    """The schema in GraphQL's schema definition language."""
    return make_schema().as_str() + "\n"
