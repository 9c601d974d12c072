"""Browsing and counting: the tree of the skills, what stands around a node, how much there is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any

import strawberry

from api.graphql.answers import ANSWER, Ambiguous, NotFound
from api.graphql.context import Context
from api.graphql.mentions import made
from api.graphql.questions.arguments import (
    MOST_ANSWERS,
    Candidates,
    MinShare,
    Within,
    answered,
    asked,
    between,
    few,
    part,
    scope,
    text,
)
from api.graphql.types import Node, Skill, face, shown
from graphmodel.identity import KINDS, kind_of
from graphmodel.questions import browse, statistics
from graphmodel.relations import RELATIONS

MOST_LEVELS = 12
MOST_FAR = 4


@strawberry.enum(description="节点的种类 / The kind of a node")
class NodeKind(Enum):
    ROLE = strawberry.enum_value("role", description="岗位 / Role")
    DUTY = strawberry.enum_value("duty", description="职责 / Duty")
    REQUIREMENT = strawberry.enum_value("requirement", description="任职要求 / Requirement")
    SKILL = strawberry.enum_value("skill", description="技能 / Skill")
    DEPARTMENT = strawberry.enum_value("department", description="部门 / Department")
    INDICATOR = strawberry.enum_value("indicator", description="指标 / Indicator")
    POSTING = strawberry.enum_value("posting", description="招聘帖 / Posting")
    DOCUMENT = strawberry.enum_value("document", description="文档 / Document")


@strawberry.enum(description="边的种类，与数据库中的名称相同 / The relation of an edge, as the database names it")
class Relation(Enum):
    DESCRIBES = strawberry.enum_value(
        "DESCRIBES", description="招聘帖描述岗位或部门 / A posting describes a role or department"
    )
    HAS_DUTY = strawberry.enum_value("HAS_DUTY", description="岗位或部门的职责 / A role or department has a duty")
    HAS_REQUIREMENT = strawberry.enum_value("HAS_REQUIREMENT", description="岗位的任职要求 / A role has a requirement")
    REQUIRES = strawberry.enum_value("REQUIRES", description="条目要求技能 / A duty or requirement asks for a skill")
    INVOLVES = strawberry.enum_value(
        "INVOLVES", description="条目涉及部门 / A duty or requirement involves a department"
    )
    BELONGS_TO = strawberry.enum_value("BELONGS_TO", description="岗位属于部门 / A role belongs to a department")
    REPORTS_TO = strawberry.enum_value("REPORTS_TO", description="岗位的上级 / A role reports to a role")
    PART_OF = strawberry.enum_value("PART_OF", description="部门的上级 / A department is part of a department")
    LEADS_TO = strawberry.enum_value("LEADS_TO", description="晋升 / A role leads to a role")
    MEASURED_BY = strawberry.enum_value("MEASURED_BY", description="考核指标 / Work is measured by an indicator")
    BROADER = strawberry.enum_value("BROADER", description="上位技能 / A skill has a broader one")
    RELATED = strawberry.enum_value("RELATED", description="相关技能 / A skill is related to one")
    NEEDS = strawberry.enum_value("NEEDS", description="岗位或部门需要技能 / A role or department needs a skill")
    APPLIED_IN = strawberry.enum_value("APPLIED_IN", description="技能在部门应用 / A skill is applied in a department")


@face(browse.Branch, "技能表的一枝 / A skill of the taxonomy, and what is below it")
class TaxonomyBranch:
    skill: Skill = shown("技能 / The skill")
    roles: int = shown("需要它或其下位的岗位数 / How many described roles need it or one below it")
    narrower: list[TaxonomyBranch] = shown(
        "下位技能，按标识；至所问层数为止 / Those below it, by id, down to the depth asked"
    )


@strawberry.type(description="技能表，或其一部分 / The taxonomy of skills, or a part of it")
class Taxonomy:
    branches: list[TaxonomyBranch] = shown("各枝，按标识 / The branches, by id")


@strawberry.type(description="周围的一个节点 / A node that stands around")
class Neighbour:
    node: Node = made(lambda self: self, "节点 / The node")
    id: strawberry.ID = shown("标识 / Its id")
    kind: NodeKind = made(lambda self: kind_of(self.id), "种类 / Its kind")
    label: str = made(
        lambda self: browse.node_json(self)["label"], "名称、原文、标题或来源 / Its name, text, title or origin"
    )


@strawberry.type(description="两个节点之间的边 / An edge between two of the nodes")
class NeighbourEdge:
    relation: Relation = made(lambda self: self[0], "种类 / The relation")
    source: strawberry.ID = made(lambda self: self[1], "起点的标识 / The id of the node it goes from")
    target: strawberry.ID = made(lambda self: self[2], "终点的标识 / The id of the node it goes to")


@strawberry.type(description="一种节点的数目 / How many nodes of a kind there are")
class KindCount:
    kind: NodeKind = shown("种类 / The kind")
    count: int = shown("数目 / How many")


@face(browse.Edges, "一个节点的周围 / What stands around a node")
class Neighbourhood:
    start: strawberry.ID = shown("所问节点的标识 / The id of the node asked for")
    nodes: list[Neighbour] = shown("节点，包括所问的，按标识 / The nodes, the one asked for among them, by id")
    edges: list[NeighbourEdge] = shown("它们之间的边 / The edges between them")
    more: bool = shown("是否还有未列出的节点 / Whether there are more nodes around than the limit let in")
    left: list[KindCount] = made(
        lambda self: _counted(self.left),
        "周围未列出的节点数，含未选的种类 / How many nodes around are not listed, by kind, those not asked for too",
    )


@strawberry.type(description="一种边的数目 / How many edges of a relation there are")
class RelationCount:
    relation: Relation = shown("种类 / The relation")
    count: int = shown("数目，两端相同者计一次 / How many, by distinct ends")


@face(statistics.Degrees, "一端各有多少另一端 / How many other ends the nodes at one end have")
class Degrees:
    nodes: int = shown("有这种边的节点数 / How many nodes have any")
    mean: float = shown("平均数 / The mean number of other ends, over those")
    most: int = shown("最大数 / The greatest number")


@face(statistics.Stats, "图的统计 / How much there is, and how it is spread")
class Stats:
    nodes: list[KindCount] = made(
        lambda self: _counted(self.nodes),
        "各种节点的数目 / The nodes, by kind",
    )
    edges: list[RelationCount] = made(
        lambda self: [RelationCount(relation=relation, count=count) for relation, count in self.edges.items()],
        "各种边的数目 / The edges, by relation",
    )
    skills_of_roles: Degrees = shown("每个岗位的技能数 / How many skills roles need")
    roles_of_skills: Degrees = shown("每个技能的岗位数 / How many roles need a skill")
    silent_roles: int = shown("有描述但无任职要求的岗位数 / Roles that are described and have no requirement")
    lone_skills: int = shown("只有一个岗位需要的技能数 / Skills that only one role needs")
    apart: int | None = shown(
        "没有共同技能的岗位对数；岗位过多则为空 / Pairs of roles that share no skill; null if there are too many roles"
    )
    revision: int = shown("库的修订号，每次写入都增大 / The revision of the store, which grows with every change")


@face(statistics.Facet, "一个取值 / A value, and how many postings have it")
class Facet:
    value: str = shown("取值 / The value")
    postings: int = shown("招聘帖数 / How many postings have it")


@face(statistics.Facets, "可用于筛选的取值 / By what postings may be chosen, the most frequent values first")
class Facets:
    organizations: list[Facet] = shown("单位 / Organizations")
    departments: list[Facet] = shown("部门 / Departments")
    kinds: list[Facet] = shown("描述岗位或部门：role 或 department / What they describe: role or department")


TaxonomyResult = Annotated[
    Taxonomy | NotFound | Ambiguous, strawberry.union("TaxonomyResult", description=f"技能表，{ANSWER}")
]
NeighbourhoodResult = Annotated[
    Neighbourhood | NotFound | Ambiguous, strawberry.union("NeighbourhoodResult", description=f"周围，{ANSWER}")
]
StatsResult = Annotated[Stats | NotFound | Ambiguous, strawberry.union("StatsResult", description=f"统计，{ANSWER}")]
FacetsResult = Annotated[Facets | NotFound | Ambiguous, strawberry.union("FacetsResult", description=f"取值，{ANSWER}")]

Root = Annotated[
    str | None,
    strawberry.argument(
        name="root",  # Strawberry keeps a parameter `root` for itself
        description="从此技能开始；空则从最上层 / Begin at this skill: name, id or IRI; null: at the top",
    ),
]
Levels = Annotated[int, strawberry.argument(description="以下几层，0 至 12 / So many levels below it, from 0 to 12")]
Around = Annotated[
    str, strawberry.argument(description="节点：名称、别名、标识或 IRI / A node: name, alternative name, id or IRI")
]
Far = Annotated[int, strawberry.argument(description="几条边以内，1 至 4 / Within so many edges, from 1 to 4")]
Opened = Annotated[
    list[strawberry.ID],
    strawberry.argument(
        description="还要展开的节点的标识，依次，至多 100 / Ids of nodes to open as well, in this order, at most 100"
    ),
]
OfKinds = Annotated[
    list[NodeKind] | None,
    strawberry.argument(description="只要这些种类；空则全部 / Only nodes of these kinds; null: all"),
]
OfRelations = Annotated[
    list[Relation] | None, strawberry.argument(description="只经这些边；空则全部 / Only by these relations; null: all")
]
Limit = Annotated[int, strawberry.argument(description="最多几个节点，1 至 1000 / The most nodes, from 1 to 1000")]
Most = Annotated[
    int, strawberry.argument(description="每项最多几个取值，1 至 1000 / The most values of each, from 1 to 1000")
]


def _counted(counts: Mapping[str, int]) -> list[KindCount]:
    return [KindCount(kind=kind, count=count) for kind, count in counts.items()]  # type: ignore[arg-type]


def _taxonomy(
    self: Any,
    info: Context,
    start: Root = None,
    depth: Levels = 1,
    within: Within = None,
    min_share: MinShare = 0.0,
) -> Any:
    between("depth", depth, 0, MOST_LEVELS)

    def branches() -> Taxonomy:
        top = None if start is None else text(info, start, "skill")
        found: Any = browse.taxonomy(info.context.view, top, depth, scope(info, within, min_share, False))
        return Taxonomy(branches=found)

    return answered(branches)


def _neighbours(
    self: Any,
    info: Context,
    node: Around,
    depth: Far = 1,
    k: Limit = 100,
    opened: Opened = (),  # type: ignore[assignment]
    kinds: OfKinds = None,
    relations: OfRelations = None,
) -> Any:
    between("depth", depth, 1, MOST_FAR)
    between("k", k, 1, MOST_ANSWERS)
    few("opened", opened)
    of = KINDS if kinds is None else [str(kind.value) for kind in kinds]
    by = tuple(RELATIONS) if relations is None else [str(relation.value) for relation in relations]
    return answered(lambda: browse.neighbours(info.context.view, text(info, node), depth, k, opened, of, by))


def _stats(
    self: Any, info: Context, within: Within = None, min_share: MinShare = 0.0, candidates: Candidates = False
) -> Any:
    return answered(lambda: statistics.stats(info.context.view, scope(info, within, min_share, candidates)))


def _facets(self: Any, info: Context, k: Most = 50, within: Within = None) -> Any:
    between("k", k, 1, MOST_ANSWERS)
    return answered(lambda: statistics.facets(info.context.view, k, part(info, within)))


@strawberry.type
class Browsing:
    taxonomy: TaxonomyResult = asked(
        _taxonomy, "技能表，以及需要各技能的岗位数 / The skills as a tree, with how many roles need them"
    )
    neighbours: NeighbourhoodResult = asked(_neighbours, "一个节点的周围 / What stands around a node")
    stats: StatsResult = asked(_stats, "图的统计 / How much there is, and how it is spread")
    facets: FacetsResult = asked(
        _facets, "可用于筛选的单位、部门与种类 / By which organizations, departments and kinds one may choose"
    )
