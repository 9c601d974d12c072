"""The command that asks the graph in SPARQL."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import Store, opened, settings

if TYPE_CHECKING:
    from rich.table import Table

    from api.sparql.worker import Answered


class Form(StrEnum):
    """How an answer is printed. Rows in the one chosen, or as JSON; graphs in the one chosen, or as Turtle."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xml = "xml"
    turtle = "turtle"
    nt = "nt"
    rdfxml = "rdfxml"
    jsonld = "jsonld"


def sparql(
    query: Annotated[str, typer.Argument(metavar="QUERY|FILE", help="SPARQL, a file of it, or - for standard input.")],
    store: Store = None,
    format: Annotated[Form, typer.Option(help="Of rows: the first five; of graphs: the others.")] = Form.table,
    base: Annotated[
        str | None,
        typer.Option(metavar="IRI", show_default=False, help="What the IRIs begin with; else ROLEGRAPH_BASE_IRI."),
    ] = None,
) -> None:
    """Ask the graph in SPARQL, as an export has it; nothing can be changed. SPARQL 查询。

    Prefixes such as rg:, skos: and skill: need not be declared. The first query of a large graph takes a while.

    Example: rolegraph sparql "SELECT ?name { ?role a rg:Role ; skos:prefLabel ?name }"
    """
    from api import console
    from api.sparql.answers import Bounds, Sparql
    from api.sparql.results import SOLUTIONS, TRIPLES
    from api.sparql.worker import Failed
    from graphmodel.errors import BadInput
    from ontology.terms import BASE, check_base

    base = base or settings().base_iri or BASE
    check_base(base)
    rows = format.value if format.value in SOLUTIONS else "json"
    graph = format.value if format.value in TRIPLES else "turtle"
    endless = Bounds(seconds=None, rows=sys.maxsize - 1, size=sys.maxsize, memory=None, waits=None)
    with opened(store, read_only=True) as held:
        asking = Sparql(held, base, endless)
        try:
            answer = asking.ask(_text(query), rows, graph).answer
        finally:
            asking.close()
    if isinstance(answer, Failed):
        raise BadInput(answer.problem, answer.remedy)
    if format is Form.table and answer.media_type == SOLUTIONS["json"].media_type:
        console.out().print(_table(answer, base))
    else:
        console.data(answer.body.decode())


def _text(query: str) -> str:
    """The query itself, or what stands in the file that it names."""
    from graphmodel.errors import BadInput

    if query == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if "{" in query or "\n" in query:  # no query is without a brace, save a DESCRIBE of an IRI
        return query
    path = Path(query)
    try:
        if path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadInput(f"{query} cannot be read: {error}.", "Name a file of UTF-8.") from error
    if path.suffix in (".rq", ".sparql"):
        raise BadInput(f"There is no file {query}.", "Name one that is there, or write the query itself.")
    return query


def _table(answer: Answered, base: str) -> Table | str:
    """Rows for people: IRIs by their prefixes."""
    import orjson
    from rich.table import Table

    from ontology.terms import prefixes

    said = orjson.loads(answer.body)
    if "boolean" in said:
        return "yes 是" if said["boolean"] else "no 否"
    known = sorted(prefixes(base).items(), key=lambda each: -len(each[1]))
    names = said["head"]["vars"]
    table = Table(*names, box=None)

    def shown(term: dict[str, str] | None) -> str:
        if term is None:
            return ""
        if term["type"] != "uri":
            return str(term["value"])
        iri = term["value"]
        return next((f"{name}:{iri.removeprefix(start)}" for name, start in known if iri.startswith(start)), iri)

    for row in said["results"]["bindings"]:
        table.add_row(*(shown(row.get(name)) for name in names))
    return table
