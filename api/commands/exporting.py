"""The command that writes the graph as RDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Store, asked, dumps, opened, settings


def export(
    store: Store = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="turtle|nt|trig|rdfxml|jsonld|parquet", show_default=False, help="Else as --output ends; turtle."
        ),
    ] = None,
    outputs: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Else standard output. May be given again; a name in .gz is compressed.",
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="IRI", show_default=False, help="What the IRIs begin with; else ROLEGRAPH_BASE_IRI."),
    ] = None,
    roles: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="NAME", help="Only this role and what is known of it; may be given again."),
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(metavar="REVISION", show_default=False, help="Only what documents state that changed since."),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Only what is said of things of this kind: role, skill, mention …"),
    ] = None,
    quotes: Annotated[
        str, typer.Option(metavar="none|spans|full", help="Of what others wrote: names only, where it stands, or all.")
    ] = "full",
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Tell in VoID and DCAT what the files hold."),
    ] = None,
    framed: Annotated[bool, typer.Option("--framed", help="One role as a tree in JSON-LD, for web clients.")] = False,
) -> None:
    """Write the graph, or a part of it, as RDF, the same bytes for the same content. 导出 RDF。

    Example: rolegraph export --base https://example.org/id/ --output graph.ttl --output graph.nt.gz --manifest void.ttl

    Example: rolegraph export --role 数据分析 --framed
    """
    from api import console, dump
    from ontology.terms import BASE, DATA_KINDS

    iris = base or settings().base_iri or BASE
    if framed:
        others = outputs or manifest or kinds or since is not None or format not in (None, "jsonld")
        if len(roles or ()) != 1 or others:
            problem = "it takes one --role, --base and --quotes, and writes JSON-LD to standard output."
            raise typer.BadParameter(problem, param_hint="--framed")
        tree = asked(store, lambda view: dump.framed(view, roles[0], iris, quotes))  # type: ignore[index]
        console.data(dumps(tree, indent=2) + "\n")
        return
    wanted = dump.Wanted(iris, tuple(roles or ()), since, kinds or DATA_KINDS, quotes)
    with opened(store, read_only=True) as graph, console.progress("导出 exporting") as progress:
        written = dump.export(graph, dump.files(outputs or (), format), wanted, progress, manifest)
    for file, count in written:
        console.err().print(f"{file}: {count:,} triples", markup=False)
    if dump.is_local(iris):
        console.err().print(
            f"IRIs begin with {iris}, which is this machine. Before others get them, set --base IRI or "
            "ROLEGRAPH_BASE_IRI.",
            style="yellow",
            markup=False,
        )
