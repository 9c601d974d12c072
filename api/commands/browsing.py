"""Commands that count and browse."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import (
    Candidates,
    Departments,
    Documents,
    Json,
    MinShare,
    Organizations,
    Store,
    answered,
    scope,
)
from graphmodel.nodes import RequirementType
from graphmodel.questions.conditions import Topic


def stats(
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """Count what the store holds, and how roles and skills are spread over each other. 统计。

    Example: rolegraph stats
    """
    from api import browsing_tables as tables
    from graphmodel.questions.statistics import stats, stats_json

    counted = scope(min_share, candidates, organization, department, document)
    answered(store, as_json, lambda view: stats(view, counted), stats_json, tables.stats)


def facets(
    number: Annotated[int, typer.Option("-k", "--number", min=1, help="The most values of each.")] = 20,
    store: Store = None,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """By what postings may be chosen: organizations, departments, kinds. 分面。

    Example: rolegraph facets -k 5
    """
    from api import browsing_tables as tables
    from graphmodel.questions.statistics import facets, facets_json

    counted = scope(0, False, organization, department, document)
    answered(store, as_json, lambda view: facets(view, number, counted.within), facets_json, tables.facets)


def requirements(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Only of this role or department.")] = "",
    type: Annotated[RequirementType | None, typer.Option("--type", help="Only of this type.")] = None,
    education: Annotated[
        str | None, typer.Option(metavar="STEP", help="Only what somebody with this education meets: 大专, 本科 …")
    ] = None,
    least_years: Annotated[float | None, typer.Option(min=0, help="Only those that ask for as many years.")] = None,
    most_years: Annotated[float | None, typer.Option(min=0, help="Only those that ask for no more years.")] = None,
    preferred: Annotated[bool, typer.Option("--preferred", help="Only what is preferred and not required.")] = False,
    silent: Annotated[
        Topic | None, typer.Option("--not-stated", help="Instead, the roles that say nothing of this.")
    ] = None,
    number: Annotated[int, typer.Option("-k", "--number", min=1, help="The most answers.")] = 100,
    store: Store = None,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """The requirements that roles state, by what they ask for. 任职要求。

    Example: rolegraph requirements --education 大专 --most-years 1

    rolegraph requirements --not-stated education
    """
    from api import browsing_tables as tables
    from graphmodel.questions import plain
    from graphmodel.questions.requirements import Where, not_stated, requirements, stated_json

    counted = scope(0, False, organization, department, document)
    if silent is not None:
        if role or type or education or preferred or number != 100 or (least_years, most_years) != (None, None):
            raise typer.BadParameter(
                "it goes with --store, --json and a part of the postings.", param_hint="--not-stated"
            )
        answered(
            store,
            as_json,
            lambda view: not_stated(view, silent, counted.within),
            lambda roles: [plain.named(one) for one in roles],
            tables.silent,
        )
        return
    where = Where(type, education, least_years, most_years, preferred, role or None, counted.within)
    answered(
        store,
        as_json,
        lambda view: requirements(view, where, number),
        lambda found: [stated_json(one) for one in found],
        tables.requirements,
    )


def taxonomy(
    root: Annotated[str, typer.Argument(metavar="SKILL", help="Begin here: name, other name or id.")] = "",
    depth: Annotated[int, typer.Option(min=0, help="Levels below it.")] = 1,
    store: Store = None,
    min_share: MinShare = 0.0,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """The skills as a tree, with the number of roles that need them. 技能分类。

    Example: rolegraph taxonomy 数据分析 --depth 2
    """
    from api import browsing_tables as tables
    from graphmodel.questions.browse import branch_json, taxonomy

    counted = scope(min_share, False, organization, department, document)
    answered(
        store,
        as_json,
        lambda view: taxonomy(view, root or None, depth, counted),
        lambda branches: [branch_json(one) for one in branches],
        tables.taxonomy,
    )


def neighbours(
    node: Annotated[str, typer.Argument(metavar="NODE", help="A name, other name or id.")],
    depth: Annotated[int, typer.Option(min=1, help="How many edges away.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="The most nodes.")] = 100,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """What stands around a role, duty, skill or any other node. 邻居。

    Example: rolegraph neighbours 数据分析 --depth 2
    """
    from api import browsing_tables as tables
    from graphmodel.questions.browse import edges_json, neighbours

    answered(store, as_json, lambda view: neighbours(view, node, depth, limit), edges_json, tables.neighbours)
