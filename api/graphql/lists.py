"""The nodes of the graph as they are first met: one by its id, name or IRI, and lists of a kind, chosen and ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import strawberry

from api.graphql.answers import DepartmentResult, RoleResult, SkillResult, problem
from api.graphql.connections import After, Before, Connection, First, Last
from api.graphql.context import Context
from api.graphql.edges import PlainEdge
from api.graphql.limits import page_size
from api.graphql.listing import listed
from api.graphql.lookups import Lookup, id_of, text_of
from api.graphql.types import (
    Department,
    Document,
    Duty,
    Indicator,
    Node,
    Posting,
    Requirement,
    Role,
    Skill,
)
from api.graphql.wheres import DepartmentWhere, DocumentWhere, DutyWhere, Order, RequirementWhere, RoleWhere, SkillWhere
from graphmodel import errors, nodes
from graphmodel.identity import document_id, kind_of
from graphmodel.questions import names, within
from graphmodel.questions.conditions import EDUCATION
from graphmodel.relations import ItemMention
from graphmodel.store import View

FOUND = 2_000
"""At most so many nodes are chosen by the text in their names or words."""

MOST_ORIGINS = 1_000
"""So many origins of documents can be asked for at once."""

MOST_PATTERNS = 20
"""So many of them may have a `*` before their end: every document is held against each."""

By = Annotated[Lookup, strawberry.argument(description="标识、名称或 IRI 之一 / One of id, name and IRI")]
Id = Annotated[strawberry.ID, strawberry.argument(description="标识，旧标识亦可 / The id, or a former id")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="标识，旧标识亦可 / Ids, or former ids")]
OrderBy = Annotated[Order, strawberry.argument(description="排序 / The order")]
Roles = Annotated[RoleWhere | None, strawberry.argument(description="选哪些 / Which ones")]
Skills = Annotated[SkillWhere | None, strawberry.argument(description="选哪些 / Which ones")]
Departments = Annotated[DepartmentWhere | None, strawberry.argument(description="选哪些 / Which ones")]
Requirements = Annotated[RequirementWhere | None, strawberry.argument(description="选哪些 / Which ones")]
Documents = Annotated[DocumentWhere | None, strawberry.argument(description="选哪些 / Which ones")]
Duties = Annotated[DutyWhere | None, strawberry.argument(description="选哪些 / Which ones")]


def _found(kind: str) -> Callable[..., Any]:
    """A resolver for the one node of a kind that has an id, name or IRI."""

    def resolve(info: Context, by: By) -> Any:
        try:
            return names.resolve(info.context.view, (kind,), text_of(by, info.context.base_iri, kind))
        except (errors.NotFound, errors.Ambiguous) as error:
            return problem(error)

    return resolve


def _by_id(kind: str) -> Callable[..., Any]:
    """A resolver for the node of a kind that has an id, or None."""

    def resolve(info: Context, id: Id) -> Any:
        return info.context.batches.nodes([id])[0] if kind_of(id) == kind else None

    return resolve


def _node(info: Context, id: Id) -> Any:
    return info.context.batches.nodes([_plain(info, id)])[0]


def _nodes(info: Context, ids: Ids) -> Any:
    page_size(len(ids))
    return info.context.batches.nodes([_plain(info, id) for id in ids])


def _plain(info: Context, id: str) -> str:
    """The id that an id or IRI means; one that is neither is no node's."""
    try:
        return id_of(id, info.context.base_iri) if "://" in id else id
    except errors.NotFound:
        return ""


def _roles(
    info: Context,
    where: Roles = None,
    order_by: OrderBy = Order.NAME,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    where, view = where or RoleWhere(), info.context.view
    chosen = _Chosen()
    if where.department:
        of = [_id(info, "department", where.department)]
        chosen.only(edge.source for edge in view.edges("BELONGS_TO", targets=of))
    if where.skill:
        chosen.only(edge.source for edge in view.edges("NEEDS", targets=[_id(info, "skill", where.skill)]))
    if where.organization is not None:
        chosen.only(within.choose(view, within.Within(organizations=(where.organization,))).described)
    if where.education is not None:
        fitting = [one.id for one in view.nodes("requirement", where={"education": _education(where.education)})]
        edges = view.edges("HAS_REQUIREMENT", targets=fitting) if fitting else ()
        chosen.only(edge.source for edge in edges if isinstance(edge, ItemMention))
    if where.text is not None:
        chosen.only(_like(view, "role", where.text))
    properties = {} if where.named else {"described": True}
    ids = chosen.of("role")

    def counts(some: Sequence[str]) -> dict[str, int]:
        found: dict[str, set[str]] = {}
        for edge in view.edges("DESCRIBES", targets=some):
            found.setdefault(edge.target, set()).add(edge.source)
        return {id: len(postings) for id, postings in found.items()}

    return listed(
        info, "role", ids, properties, (first, after, last, before), counts=counts if order_by is Order.MOST else None
    )


def _skills(
    info: Context,
    where: Skills = None,
    order_by: OrderBy = Order.NAME,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    where, view = where or SkillWhere(), info.context.view
    chosen = _Chosen()
    if where.department:
        of = [_id(info, "department", where.department)]
        chosen.only(edge.source for edge in view.edges("APPLIED_IN", targets=of))
    if where.text is not None:
        chosen.only(_like(view, "skill", where.text))
    properties = {name: of.value for name in ("type", "status") if (of := getattr(where, name)) is not None}
    counts = view.role_counts if order_by is Order.MOST else None
    return listed(info, "skill", chosen.of("skill"), properties, (first, after, last, before), counts=counts)


def _departments(
    info: Context,
    where: Departments = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    where = where or DepartmentWhere()
    chosen = _Chosen()
    if where.text is not None:
        chosen.only(_like(info.context.view, "department", where.text))
    properties = {} if where.kind is None else {"kind": where.kind.value}
    return listed(info, "department", chosen.of("department"), properties, (first, after, last, before))


def _duties(
    info: Context,
    where: Duties = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    chosen = _Chosen()
    if where and where.text is not None:
        chosen.only(_like(info.context.view, "duty", where.text))
    return listed(info, "duty", chosen.of("duty"), {}, (first, after, last, before), "id")


def _requirements(
    info: Context,
    where: Requirements = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    where = where or RequirementWhere()
    chosen = _Chosen()
    if where.text is not None:
        chosen.only(_like(info.context.view, "requirement", where.text))
    properties: dict[str, Any] = {} if where.type is None else {"type": where.type.value}
    if where.education is not None:
        properties["education"] = _education(where.education)
    return listed(info, "requirement", chosen.of("requirement"), properties, (first, after, last, before), "id")


def _indicators(
    info: Context, first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Any:
    return listed(info, "indicator", None, {}, (first, after, last, before))


def _documents(
    info: Context,
    where: Documents = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    origins = where.origins if where else None
    ids = None if origins is None else _of_origins(info.context.view, origins)
    return listed(info, "document", ids, {}, (first, after, last, before), "origin")


def _of_origins(view: View, origins: Sequence[str]) -> list[str]:
    """The ids of the documents that have one of the origins, in which `*` stands for anything."""
    if len(origins) > MOST_ORIGINS:
        problem = f"{len(origins):,} origins are asked for, where {MOST_ORIGINS:,} are the most."
        raise errors.BadInput(problem, "Ask for fewer at a time.")
    chosen = {document_id(origin) for origin in origins if "*" not in origin}
    patterns = {origin for origin in origins if "*" in origin[:-1]}
    if len(patterns) > MOST_PATTERNS:
        problem = f"{len(patterns)} origins have a * before their end, where {MOST_PATTERNS} are the most."
        raise errors.BadInput(problem, "Ask for fewer at a time.")
    beginnings = tuple(origin[:-1] for origin in {*origins} - patterns if origin.endswith("*"))
    fits = [within.pattern(origin).fullmatch for origin in patterns]
    if beginnings or fits:
        for node in view.nodes("document"):
            if isinstance(node, nodes.Document) and (
                node.origin.startswith(beginnings) or any(fit(node.origin) for fit in fits)
            ):
                chosen.add(node.id)
    return sorted(chosen)


class _Chosen:
    """What all conditions leave: ids, or all."""

    def __init__(self) -> None:
        self._ids: set[str] | None = None

    def only(self, ids: Any) -> None:
        self._ids = set(ids) if self._ids is None else self._ids & set(ids)

    def of(self, kind: str) -> list[str] | None:
        return None if self._ids is None else sorted(id for id in self._ids if kind_of(id) == kind)


def _id(info: Context, kind: str, by: Lookup) -> str:
    return names.resolve(info.context.view, (kind,), text_of(by, info.context.base_iri, kind)).id


def _education(given: str) -> str:
    """A step of education. Raises BadInput for another word, which would else find nothing without a reason."""
    if given not in EDUCATION:
        raise errors.BadInput(f"There is no education {given[:100]!r}.", f"Known are: {', '.join(EDUCATION)}.")
    return given


def _like(view: View, kind: str, text: str) -> list[str]:
    return [match.id for match in view.find(text, (kind,), FOUND, more=True)]


def _field(resolver: Callable[..., Any], description: str) -> Any:
    return strawberry.field(resolver=resolver, description=description)


@strawberry.type
class Nodes:
    node: Node | None = _field(_node, "任一节点；没有则为空 / Any node, by id or IRI; null if there is none")
    nodes: list[Node | None] = _field(_nodes, "多个节点，依所给次序 / Several nodes, in the order of the ids")
    role: RoleResult = _field(_found("role"), "一个岗位 / One role")
    roles: Connection[PlainEdge[Role]] = _field(_roles, "岗位一览 / The roles")
    skill: SkillResult = _field(_found("skill"), "一个技能 / One skill")
    skills: Connection[PlainEdge[Skill]] = _field(_skills, "技能一览 / The skills")
    department: DepartmentResult = _field(_found("department"), "一个部门 / One department")
    departments: Connection[PlainEdge[Department]] = _field(_departments, "部门一览，按名称 / The departments, by name")
    duty: Duty | None = _field(_by_id("duty"), "一条职责；没有则为空 / One duty; null if there is none")
    duties: Connection[PlainEdge[Duty]] = _field(_duties, "职责一览，按标识 / The duties, by id")
    requirement: Requirement | None = _field(
        _by_id("requirement"), "一条任职要求；没有则为空 / One requirement; null if there is none"
    )
    requirements: Connection[PlainEdge[Requirement]] = _field(
        _requirements, "任职要求一览，按标识 / The requirements, by id"
    )
    indicator: Indicator | None = _field(
        _by_id("indicator"), "一项考核指标；没有则为空 / One indicator; null if there is none"
    )
    indicators: Connection[PlainEdge[Indicator]] = _field(_indicators, "考核指标一览，按名称 / The indicators, by name")
    posting: Posting | None = _field(_by_id("posting"), "一条招聘帖；没有则为空 / One posting; null if there is none")
    document: Document | None = _field(_by_id("document"), "一份文档；没有则为空 / One document; null if there is none")
    documents: Connection[PlainEdge[Document]] = _field(_documents, "文档一览，按来源 / The documents, by origin")
