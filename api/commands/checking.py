"""The command that holds RDF against the shapes of an export and the rules of SKOS."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import Store, dumps, opened, settings
from graphmodel.errors import BadInput

if TYPE_CHECKING:
    from ontology.checks import Report
    from ontology.quality.sources import Source

_FEW = 5
"""Findings of a check that a table shows."""


class _Format(StrEnum):
    table = "table"
    json = "json"
    shacl = "shacl"


class _Severity(StrEnum):
    violation = "violation"
    warning = "warning"
    info = "info"


def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help="RDF in .ttl, .nt, .trig, .nq, .rdf, .xml, .jsonld, each also as .gz; without it the store's export.",
        ),
    ] = None,
    store: Store = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Make only this check (or a SKOS rule: S13); may be given several times."),
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave this check out; may be given several times.")
    ] = None,
    no_shacl: Annotated[bool, typer.Option("--no-shacl", help="Leave the shapes out, as --skip Shapes.")] = False,
    severity: Annotated[
        _Severity, typer.Option(help="What ends the command with exit code 1: findings as bad as this, or worse.")
    ] = _Severity.violation,
    format: Annotated[
        _Format, typer.Option(help="A table; JSON; or a validation report of SHACL in Turtle.")
    ] = _Format.table,
    as_json: Annotated[bool, typer.Option("--json", help="As --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="Else standard output.")
    ] = None,
    esco: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="A list of ESCO's concepts, by uuid or IRI, such as its CSV: no alignment may lead elsewhere.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, show_default=False, help=f"Show at most so many findings of a check; 0: all. A table shows {_FEW}."
        ),
    ] = None,
) -> None:
    """Check a dump, or the store's export, against shapes (SHACL) and SKOS; exit code 1 if it fails. 检查 RDF。

    docs/checks.md tells what each check means. Other people's SKOS may be checked too.

    Example: rolegraph check dump.ttl --severity warning --format json --output report.json
    """
    from api import console
    from api.asking import ask
    from ontology import checks
    from ontology.quality.sources import Dumped, Stored
    from ontology.terms import BASE

    if as_json:
        format = _Format.json
    try:
        names = checks.chosen(only or (), (*(skip or ()), *(("Shapes",) if no_shacl else ())))
    except BadInput as error:
        raise typer.BadParameter(f"{error.problem} {error.remedy}", param_hint="--only, --skip") from error
    known = checks.esco_ids(esco) if esco else None
    most = limit if limit is not None else _FEW if format is _Format.table else 0
    if file is not None and store is not None:
        raise typer.BadParameter("name a FILE or a store, not both.", param_hint="--store")

    def made(source: Source) -> Report:
        return checks.check(source, names, known, most)

    with console.progress("检查 checking") as show:
        if file is not None:
            report = made(Dumped(file, show))
        else:
            with opened(store, read_only=True) as graph:
                base = settings().base_iri or BASE
                report = ask(graph, lambda view: made(Stored(view, base, graph.url, show)))
    _write(report, format, severity.value, output, console.data)
    if not report.passes(severity.value):
        raise typer.Exit(1)


def _write(report: Report, format: _Format, severity: str, output: Path | None, data: Callable[[str], None]) -> None:
    from api import checking_tables, console
    from api.outputs import replacing, writable
    from ontology.quality.report import to_json, to_shacl

    if format is _Format.json:
        written = dumps(to_json(report, severity), indent=2) + "\n"  # type: ignore[arg-type]
    elif format is _Format.shacl:
        written = "".join(to_shacl(report))
    elif output is None:
        console.out().print(checking_tables.checked(report))
        return
    else:
        people = console.out()
        with people.capture() as captured:
            people.print(checking_tables.checked(report))
        written = captured.get()
    if output is None:
        data(written)
        return
    with replacing(output) as part, writable(output):
        part.write_text(written, encoding="utf-8", newline="\n")
