"""Commands that read documents."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import (
    Json,
    Paths,
    Store,
    TaxonomyOnly,
    TaxonomyPath,
    dumps,
    opened,
    settings,
    skills,
    warn_of_lost_skills,
)
from graphmodel.errors import BadInput, NotFound

if TYPE_CHECKING:
    from loaders.documents import Documents
    from loaders.tables.row import Failure
    from loaders.tally import Summary


Columns = Annotated[
    str,
    typer.Option(
        metavar="FIELD=NAME,…",
        show_default=False,
        help="Which columns of a table hold what, where their names do not tell, such as title=职位名称,text=职位描述 "
        "(title, organization, department, place, education, experience, duties, requirements, text, id).",
    ),
]
Jobs = Annotated[
    int, typer.Option(min=0, metavar="N", show_default=False, help="Processes; else one a core, at most 8.")
]


def load(
    paths: Paths,
    store: Store = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Then forget the documents of the store that stand under PATH no longer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before --prune forgets.")] = False,
    columns: Columns = "",
    jobs: Jobs = 0,
    taxonomy: TaxonomyPath = None,
    taxonomy_only: TaxonomyOnly = False,
    as_json: Json = False,
) -> None:
    """Read job documents, and tables of them, into the store. 读入岗位文档。

    A document that did not change is skipped, an edited one takes the place of its old version.
    Each row of a table (CSV, XLSX, JSON Lines) is a document of its own.

    Example: rolegraph load ./documents jobs.xlsx --store sqlite:///jobs.db
    """
    from api import console
    from loaders import pipeline

    found = _documents(paths, columns)
    known = skills(taxonomy, taxonomy_only)
    if prune and not found.tell_what_is_gone():
        problem = "it needs folders, zips or tables: only these say which documents are gone."
        raise typer.BadParameter(problem, param_hint="--prune")
    with opened(store) as graph:
        warn_of_lost_skills(graph, known)
        with console.progress("读入 loading") as progress:
            report = pipeline.load(graph, found, known, progress, _processes(jobs))
        if prune:
            gone = list(pipeline.gone(graph, found))
            told = console.err() if as_json else console.out()
            for origin in gone:
                told.print(f"不再有 gone: {origin}", markup=False)
            if gone and (yes or not sys.stdin.isatty() or typer.confirm(f"Forget these {len(gone)} documents?")):
                report = report._replace(forgotten=report.forgotten + len(graph.forget(gone).forgotten))
    if report.due:
        console.err().print("The skill taxonomy changed: `rolegraph refresh` reads again what was not in this load.")
    _tell(report, as_json)


def forget(
    origins: Annotated[list[str], typer.Argument(metavar="ORIGIN", help="Documents, as `load` named them.")],
    store: Store = None,
) -> None:
    """Take documents, and what they alone say, out of the store. 移除文档。

    Example: rolegraph forget 2024/hotel.txt archive.zip!roles.txt
    """
    from api import console

    with opened(store) as graph:
        known = graph.stamps(origins)
        changes = graph.forget(list(known))
    missing = [origin for origin in origins if origin not in known]
    console.out().print(f"移除 forgotten: {len(changes.forgotten)}")
    if missing:
        raise NotFound("document", "、".join(missing))


def refresh(
    store: Store = None,
    jobs: Jobs = 0,
    taxonomy: TaxonomyPath = None,
    taxonomy_only: TaxonomyOnly = False,
    as_json: Json = False,
) -> None:
    """Read all stored documents again, after a new version or taxonomy; no file is needed. 重新解读。

    Example: rolegraph refresh
    """
    from api import console
    from loaders import pipeline

    known = skills(taxonomy, taxonomy_only)
    with opened(store) as graph:
        warn_of_lost_skills(graph, known)
        with console.progress("重读 refreshing") as progress:
            report = pipeline.refresh(graph, known, progress, _processes(jobs))
    _tell(report, as_json)


def extract(
    paths: Paths,
    columns: Columns = "",
    jobs: Jobs = 0,
    taxonomy: TaxonomyPath = None,
    taxonomy_only: TaxonomyOnly = False,
) -> None:
    """Print what documents say, without a store: JSON Lines, one posting each. 抽取为 JSON。

    Example: rolegraph extract ./documents > postings.jsonl
    """
    from api import console
    from loaders import pipeline
    from loaders.tables.row import Failure

    failed = False
    found = _documents(paths, columns)
    for lines in pipeline.lines(found, skills(taxonomy, taxonomy_only), _processes(jobs)):
        if isinstance(lines, Failure):
            failed = True
            console.explain(lines.error)
        else:
            console.data(lines)
    raise typer.Exit(1 if failed else 0)


def _documents(paths: list[str], columns: str) -> Documents:
    from loaders import documents
    from loaders.tables.columns import parse

    try:
        given = parse(columns)
    except BadInput as error:
        raise typer.BadParameter(f"{error.problem} {error.remedy}", param_hint="--columns") from error
    return documents.find(paths, settings().max_bytes, given)


def _processes(jobs: int) -> int:
    """How many processes; and the collector of garbage, which this work gives little to do, is told to look less."""
    from loaders import workers

    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    return jobs or workers.cores()


def _tell(report: Summary, as_json: bool) -> None:
    from api import console, tables

    if as_json:
        failures = [{"document": each.origin, **_error(each)} for each in report.failures]
        console.data(dumps({**report._asdict(), "failures": failures}, indent=2) + "\n")
    else:
        console.out().print(tables.summary(report))
    raise typer.Exit(1 if report.failed else 0)


def _error(failure: Failure) -> dict[str, Any]:
    return {"problem": failure.error.problem, "remedy": failure.error.remedy}
