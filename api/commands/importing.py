"""The command that brings a dump back into a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Json, Store, dumps, opened, settings


def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A whole dump, .gz too; - reads standard input, with --format.")
    ],
    store: Store = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="turtle|nt|trig|nquads|rdfxml|jsonld", show_default=False, help="Else as the file's suffix says."
        ),
    ] = None,
    rebase: Annotated[
        bool, typer.Option("--rebase", help="Take a dump whose IRIs begin with another base than yours.")
    ] = False,
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help="Leave out what no export says, in place of refusing the dump.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read a dump of rolegraph into an empty store: the same graph, and exported again the same bytes. 导入 RDF。

    An import that was broken off is completed by the same command. A dump has no text of documents: load their files
    to read them again.

    Example: rolegraph import graph.ttl.gz --store sqlite:///copy.db
    """
    from api import console, outside_tables
    from ontology import parsing
    from ontology.importer import import_graph
    from ontology.terms import BASE

    if file == "-" and format is None:
        raise typer.BadParameter("standard input has no suffix: name the format.", param_hint="--format")
    parsing.format_of(file, format)
    with opened(store) as graph, console.progress("导入 importing") as progress:
        done = import_graph(
            graph,
            sys.stdin.buffer if file == "-" else Path(file),
            format,
            settings().base_iri or BASE,
            rebase=rebase,
            ignore_unknown=ignore_unknown,
            progress=progress,
        )
    if as_json:
        console.data(dumps(done._asdict(), indent=2) + "\n")
    else:
        console.out().print(outside_tables.imported(done))
