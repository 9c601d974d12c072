"""Commands of a career planner: gaps, paths, and roles and skills side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import (
    Candidates,
    Departments,
    Documents,
    Json,
    MinShare,
    Organizations,
    Places,
    Store,
    answered,
    scope,
)
from graphmodel.nodes import SkillType
from graphmodel.questions.similar import Measure

if TYPE_CHECKING:
    from graphmodel.questions.conditions import Held

Subject = Annotated[str, typer.Argument(metavar="ROLE", help="A role or department: name, other name or id.")]
Number = Annotated[int, typer.Option("-k", "--number", min=1, help="The most answers.")]
MeasureName = Annotated[Measure, typer.Option("--measure", help="How likeness is measured.")]
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
        list[str] | None, typer.Option(metavar="[FIELD:]YEARS", help="Your years of work: 5, or 数据分析:3.")
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

    Examples: rolegraph gap 运营策划 数据分析

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
    target: Annotated[str, typer.Argument(metavar="[TO]", help="The role to come to; else the steps stated.")] = "",
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
        answered(store, as_json, lambda view: next_steps(view, start), next_json, tables.next_steps)
        return
    answered(
        store,
        as_json,
        lambda view: career_paths(view, start, target, number, counted, most_steps=steps),
        to_json,
        tables.paths,
    )


def similar(
    role: Annotated[str, typer.Argument(metavar="[ROLE]", help="A role or department: name, other name or id.")] = "",
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

    Examples: rolegraph similar 数据分析 -k 5

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
        from api.commands.options import asked
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


def reader() -> Callable[[str], Iterable[str]]:
    """The ids of the skills in words that are no name, found as in a document's requirement."""
    from functools import cache

    @cache
    def words() -> Any:
        from api.commands.options import skills
        from loaders.lexicon import Lexicon

        return Lexicon(skills(None, False))

    return lambda text: sorted({find.skill for find in words().find(text, "requirement")})


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
        try:
            spent.append((field.strip(), float(number)))
        except ValueError:
            raise typer.BadParameter(
                f"{each!r} is no number of years: 5, or 数据分析:3.", param_hint="--years"
            ) from None
    return Held(
        education,
        tuple(sorted(spent)) or None,
        tuple(certificates) if certificates else None,
        tuple(languages) if languages else None,
    )
