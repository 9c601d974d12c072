"""Commands that read documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Paths, Store, TaxonomyOnly, TaxonomyPath, dumps, opened, skills
from graphmodel.errors import NotFound


def load(
    paths: Paths,
    store: Store = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Then forget the documents of the store that stand under PATH no longer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before --prune forgets.")] = False,
    taxonomy: TaxonomyPath = None,
    taxonomy_only: TaxonomyOnly = False,
) -> None:
    """Read job documents into the store. 读入岗位文档。

    A document that did not change is skipped, an edited one takes the place of its old version.

    Example: rolegraph load ./documents --store sqlite:///jobs.db
    """
    from api import console, tables
    from loaders import pipeline

    if prune and not all(Path(path).is_dir() for path in paths):
        raise typer.BadParameter("it needs folders: only these say which documents are gone.", param_hint="--prune")
    known = skills(taxonomy, taxonomy_only)
    with opened(store) as graph:
        with console.progress("读入 loading") as progress:
            report = pipeline.load(graph, paths, known, progress)
        if prune:
            gone = pipeline.gone(graph, report)
            for origin in gone:
                console.out().print(f"不再有 gone: {origin}", markup=False)
            if gone and (yes or not sys.stdin.isatty() or typer.confirm(f"Forget these {len(gone)} documents?")):
                report = report._replace(forgotten=(*report.forgotten, *graph.forget(gone).forgotten))
    if report.due:
        console.err().print("The skill taxonomy changed: `rolegraph refresh` reads again what was not in this load.")
    console.out().print(tables.summary(report))
    raise typer.Exit(1 if report.failed else 0)


def forget(
    origins: Annotated[list[str], typer.Argument(metavar="ORIGIN...", help="Documents, as `load` named them.")],
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


def refresh(store: Store = None, taxonomy: TaxonomyPath = None, taxonomy_only: TaxonomyOnly = False) -> None:
    """Read all stored documents again, after a new version or taxonomy; no file is needed. 重新解读。

    Example: rolegraph refresh
    """
    from api import console, tables
    from loaders import pipeline

    known = skills(taxonomy, taxonomy_only)
    with opened(store) as graph, console.progress("重读 refreshing") as progress:
        report = pipeline.refresh(graph, known, progress)
    console.out().print(tables.summary(report))
    raise typer.Exit(1 if report.failed else 0)


def extract(paths: Paths, taxonomy: TaxonomyPath = None, taxonomy_only: TaxonomyOnly = False) -> None:
    """Print what documents say, without a store: JSON Lines, one posting each. 抽取为 JSON。

    Example: rolegraph extract ./documents > postings.jsonl
    """
    from api import console
    from loaders import pipeline
    from loaders.documents import Failure
    from loaders.records import records

    failed = False
    for reading in pipeline.readings(paths, skills(taxonomy, taxonomy_only)):
        if isinstance(reading, Failure):
            failed = True
            console.explain(reading.error)
        else:
            for record in records(reading.graph):
                console.data(dumps(record) + "\n")
    raise typer.Exit(1 if failed else 0)
