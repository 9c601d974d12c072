"""Commands of a career planner: gaps, paths, and roles and skills side by side."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    reader,
    scope,
)

if TYPE_CHECKING:
    from graphmodel.questions.conditions import Held

Subject = Annotated[str, typer.Argument(metavar="ROLE", help="A role or department: name, other name or id.")]
Plot = Annotated[
    Path | None,
    typer.Option(
        "--plot", metavar="FILE", show_default=False, help="Also draw it, as the name ends: .svg, .png or .pdf."
    ),
]


def profile(
    role: Subject,
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    evidence: Places = 3,
    as_json: Json = False,
) -> None:
    """The skills that a role needs, and where each is asked for. 岗位的技能。

    Example: rolegraph profile 数据分析 --min-share 0.2
    """
    from api import planning_tables as tables
    from graphmodel.questions.profile import profile_json, skill_profile

    counted = scope(min_share, candidates, organization, department, document)
    answered(
        store, as_json, lambda view: skill_profile(view, role, counted, evidence=evidence), profile_json, tables.profile
    )


def gap(
    roles: Annotated[
        list[str],
        typer.Argument(metavar="[FROM] TO", help="The role to move from and the one to move to; or only that."),
    ],
    skill: Annotated[
        list[str] | None,
        typer.Option("--skill", metavar="WORDS", help="A skill of your own, in your own words; as often as you like."),
    ] = None,
    education: Annotated[str | None, typer.Option(metavar="STEP", help="Yours: 大专, 本科, 硕士 …")] = None,
    years: Annotated[
        list[str] | None, typer.Option(metavar="[FIELD:]YEARS", help="Your years of work: 5 in all, or 数据分析:3.")
    ] = None,
    certificate: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A certificate of yours.")] = None,
    language: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A language of yours.")] = None,
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    evidence: Places = 3,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """What is missing to move to a role, from a role or from your own skills. 转岗差距。

    Example: rolegraph gap 运营策划 数据分析

    rolegraph gap 数据分析 --skill Excel --skill 写周报 --education 本科 --years 3
    """
    from api import planning_tables as tables
    from graphmodel.questions.gap import skill_gap, to_json

    if len(roles) > 2 or (len(roles) == 1) != bool(skill):
        raise typer.BadParameter("give two roles, or one and your own skills with --skill.", param_hint="[FROM] TO")
    counted = scope(min_share, candidates, organization, department, document)
    own = _held(education, years, certificate, language)
    start: str | list[str] = roles[0] if len(roles) == 2 else list(skill or ())
    answered(
        store,
        as_json,
        lambda view: skill_gap(view, start, roles[-1], counted, held=own, read=reader(), evidence=evidence),
        to_json,
        tables.gap,
        plot,
    )


def paths(
    start: Annotated[str, typer.Argument(metavar="FROM", help="The role to begin with: name, other name or id.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The role to come to; else the steps stated.")] = "",
    number: Number = 3,
    steps: Annotated[int, typer.Option(min=1, help="The most steps of a path.")] = 4,
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    as_json: Json = False,
) -> None:
    """Ways from one role to another over others; what a document states is told from what is inferred. 职业路径。

    Example: rolegraph paths 运营专员 运营总监; without the second role, the steps that documents state.
    """
    from api import planning_tables as tables
    from graphmodel.questions.paths import career_paths, next_json, next_steps, to_json

    counted = scope(min_share, candidates, organization, department, document)
    if not target:
        answered(store, as_json, lambda view: next_steps(view, start, counted), next_json, tables.next_steps)
        return
    answered(
        store,
        as_json,
        lambda view: career_paths(view, start, target, number, counted, most_steps=steps),
        to_json,
        tables.paths,
    )


def compare(
    roles: Annotated[list[str], typer.Argument(metavar="ROLE", help="Two or more roles or departments.")],
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    evidence: Places = 1,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Several roles side by side, skill by skill. 岗位对比。

    Example: rolegraph compare 运营策划 数据分析 市场推广 --plot overlap.svg
    """
    from api import planning_tables as tables
    from graphmodel.questions.profile import compare, comparison_json

    counted = scope(min_share, candidates, organization, department, document)
    answered(
        store,
        as_json,
        lambda view: compare(view, roles, counted, evidence=evidence),
        comparison_json,
        tables.comparison,
        plot,
    )


def _held(
    education: str | None, years: list[str] | None, certificates: list[str] | None, languages: list[str] | None
) -> Held | None:
    """What the options say of a person; None if they say nothing."""
    from graphmodel.questions.conditions import EDUCATION, Held

    if education is not None and education not in EDUCATION:
        raise typer.BadParameter("one of " + ", ".join(EDUCATION) + ".", param_hint="--education")
    if not (education or years or certificates or languages):
        return None
    spent = []
    for each in years or ():
        field, _, number = each.replace("：", ":").rpartition(":")
        if not re.fullmatch(r"\s*\d+(\.\d+)?\s*年?", number):
            raise typer.BadParameter(f"{each!r} is no number of years: 5, or 数据分析:3.", param_hint="--years")
        spent.append((field.strip(), float(number.rstrip("年"))))
    return Held(
        education,
        tuple(sorted(spent)) or None,
        tuple(certificates) if certificates else None,
        tuple(languages) if languages else None,
    )
