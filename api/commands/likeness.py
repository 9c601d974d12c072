"""Commands that go over all roles: the most alike, those that fit or need a skill, and what most need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import (
    Candidates,
    Departments,
    Documents,
    Json,
    MinShare,
    Number,
    Organizations,
    Places,
    Store,
    answered,
    asked,
    reader,
    scope,
)
from graphmodel.nodes import SkillType
from graphmodel.questions.similar import Measure

MeasureName = Annotated[Measure, typer.Option("--measure", help="How likeness is measured.")]


def similar(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role or department: name, other name or id.")] = "",
    number: Number = 10,
    measure: MeasureName = "cosine",
    everything: Annotated[bool, typer.Option("--all", help="Of every role, into the file of --output.")] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="With --all: a .parquet file of all pairs.")
    ] = None,
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """The roles most like one role, by the skills that they need. 相似岗位。

    Example: rolegraph similar 数据分析 -k 5

    rolegraph similar --all --output pairs.parquet
    """
    from api import planning_tables as tables
    from graphmodel.questions.similar import alike_json, similar_roles

    counted = scope(min_share, candidates, organization, department, document)
    if everything:
        if role or output is None or measure != "cosine":
            raise typer.BadParameter(
                "give no role, no --measure, and a file: --output pairs.parquet.", param_hint="--all"
            )
        from api import console
        from graphmodel.questions.pairs import write_pairs

        count = asked(store, lambda view: write_pairs(view, output, number, counted))
        console.err().print(f"{count:,} pairs in {output}", markup=False)
        return
    if not role:
        raise typer.BadParameter("name a role, or give --all.", param_hint="[ROLE]")
    answered(
        store, as_json, lambda view: similar_roles(view, role, number, measure, counted), alike_json, tables.similar
    )


def match(
    skills: Annotated[list[str], typer.Argument(metavar="WORDS", help="Your skills, each in your own words.")],
    number: Number = 10,
    measure: MeasureName = "cosine",
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """The roles that fit what you can do. 匹配岗位。

    Example: rolegraph match Excel SQL 数据分析 "和客户打交道"
    """
    from api import planning_tables as tables
    from graphmodel.questions.similar import match_roles, matches_json

    counted = scope(min_share, candidates, organization, department, document)
    answered(
        store,
        as_json,
        lambda view: match_roles(view, skills, number, measure, counted, reader()),
        matches_json,
        tables.matches,
    )


def requiring(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="A skill: name, other name or id.")],
    number: Number = 100,
    exactly: Annotated[bool, typer.Option("--exactly", help="Only the skill itself, none that is narrower.")] = False,
    store: Store = None,
    min_share: MinShare = 0.0,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    evidence: Places = 1,
    as_json: Json = False,
) -> None:
    """The roles that need a skill, or one that is narrower. 需要某技能的岗位。

    Example: rolegraph requiring SQL
    """
    from api import planning_tables as tables
    from graphmodel.questions.similar import requiring_json, roles_requiring

    counted = scope(min_share, False, organization, department, document)
    answered(
        store,
        as_json,
        lambda view: roles_requiring(view, skill, narrower=not exactly, k=number, scope=counted, evidence=evidence),
        requiring_json,
        tables.requiring,
    )


def hubs(
    number: Number = 20,
    type: Annotated[SkillType | None, typer.Option("--type", help="Only skills of this type.")] = None,
    rollup: Annotated[bool, typer.Option("--rollup", help="Count a role for what is broader, too.")] = False,
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """The skills that most roles need. 通用技能。

    Example: rolegraph hubs --type tool
    """
    from api import planning_tables as tables
    from graphmodel.questions.similar import hub_skills, hubs_json

    counted = scope(min_share, candidates, organization, department, document)
    answered(
        store,
        as_json,
        lambda view: hub_skills(view, number, type, rollup=rollup, scope=counted),
        hubs_json,
        tables.hubs,
    )
