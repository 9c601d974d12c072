"""The command that tells what changed between two dumps, two stores, or since a revision of one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, cast

import typer

from api.commands.options import Json, dumps, opened, settings
from graphmodel.errors import BadInput

if TYPE_CHECKING:
    from api.commands.sides import Side

_SPOOLED = 1 << 24
_COMPARING = "比较 comparing"


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A dump (.nt .ttl .trig .rdf .jsonld, .gz too), or the URL of a store; URL@N: revision N.",
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another.")],
    format: Annotated[
        Literal["summary", "patch", "update"],
        typer.Option(help="Numbers and names; RDF Patch; or SPARQL Update: each makes NEW of OLD."),
    ] = "summary",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="Else standard output.")
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="IRI", show_default=False, help="That of stores; else the dump's, else ROLEGRAPH_BASE_IRI."
        ),
    ] = None,
    names: Annotated[int, typer.Option(min=0, metavar="N", help="The most names of a kind in a summary.")] = 20,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if there is a difference.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what NEW says that OLD does not, and what it says no more. 比较两份图谱。

    A store keeps no old states: of URL@N only the documents are told that changed since. Keep a dump to compare with.

    Example: rolegraph diff monday.nt.gz sqlite:///jobs.db
    """
    from api.commands.sides import side

    both = side(old), side(new)
    if format != "summary" and as_json:
        raise typer.BadParameter("a patch is no JSON; leave one of them out.", param_hint="--json")
    if format == "summary" and output:
        raise typer.BadParameter("a summary is printed; > FILE keeps it.", param_hint="--output")
    if any(each.revision is not None for each in both):
        differs = _since(*both, format, as_json)
    elif format == "summary":
        differs = _summary(*both, base, names, as_json)
    else:
        differs = _patch(*both, format, base, output)
    raise typer.Exit(1 if differs and exit_code else 0)


def _summary(old: Side, new: Side, base: str | None, names: int, as_json: bool) -> bool:
    from api import console, diffing_tables
    from api.commands import sides
    from ontology import diff as graphs
    from ontology.lines import Lines

    with console.progress(_COMPARING) as progress:

        def summed(before: Lines, after: Lines) -> graphs.Summary:
            return graphs.summary(graphs.changes(before, after, lambda done: progress(done, None)), names)

        found = sides.compared(old, new, base, _usual_base(), summed)
    if as_json:
        console.data(dumps(diffing_tables.plain(found, old.name, new.name), indent=2) + "\n")
    else:
        console.out().print(diffing_tables.summary(found))
    return bool(found.classes)


def _patch(old: Side, new: Side, format: str, base: str | None, output: Path | None) -> bool:
    from api import console
    from api.commands import sides
    from api.outputs import replacing, writable
    from ontology import patches
    from ontology.diff import Triples, changes
    from ontology.lines import Lines

    sides.check_patch(old, new)
    write = patches.patch if format == "patch" else patches.update
    with tempfile.SpooledTemporaryFile(_SPOOLED) as spool:
        file = cast(BinaryIO, spool)

        with console.progress(_COMPARING) as progress:

            def written(before: Lines, after: Lines) -> Triples:
                file.seek(0)
                file.truncate()
                return write(changes(before, after, lambda done: progress(done, None)), file)

            triples = sides.compared(old, new, base, _usual_base(), written)
        file.seek(0)
        if output:
            with replacing(output) as part, writable(output), part.open("wb") as out:
                shutil.copyfileobj(file, out)
            console.err().print(f"{output}: +{triples.added:,} -{triples.removed:,} triples", markup=False)
        else:
            sys.stdout.flush()
            shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    return any(triples)


def _usual_base() -> str:
    from ontology.terms import BASE

    return settings().base_iri or BASE


def _since(old: Side, new: Side, format: str, as_json: bool) -> bool:
    """What the journal of a store tells of the time between two of its revisions."""
    from api import console, diffing_tables
    from api.asking import ask
    from graphmodel import revisions

    if old.revision is None or old.url != new.url:
        problem = "Revisions are those of one store, the first of them on the left."
        raise BadInput(problem, f"Write {old.url or 'sqlite:///jobs.db'}@1 {old.url or 'sqlite:///jobs.db'}, say.")
    since = old.revision
    if format != "summary":
        raise BadInput(
            f"The store has its present state and no other, so there is no {format} from revision {since}.",
            "Keep a dump of each state that you want to compare: rolegraph export --format nt --output monday.nt.gz",
        )
    with opened(old.url, read_only=True, option=old.name) as store:
        found = ask(store, lambda view: revisions.documents(view, since, new.revision))
    if as_json:
        console.data(dumps({"old": old.name, "new": new.name, **found._asdict()}, indent=2) + "\n")
    else:
        console.out().print(diffing_tables.documents(found))
    return found.differ
