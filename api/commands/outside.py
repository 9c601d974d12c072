"""Commands that hand the graph on: as RDF, to another store, over GraphQL, as a demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Json, Store, dumps, opened, settings


def export(
    store: Store = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="turtle|nt|trig|rdfxml|jsonld", show_default=False, help="Else as --output ends; turtle."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Else standard output. With .gz it is compressed."),
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
) -> None:
    """Write the graph, or a part of it, as RDF, the same bytes for the same content. 导出 RDF。

    Example: rolegraph export --base https://example.org/id/ --output graph.ttl.gz
    """
    from api import console, dump
    from ontology.terms import BASE, DATA_KINDS

    wanted = dump.Wanted(
        format or dump.format_of(output),
        base or settings().base_iri or BASE,
        roles or (),
        since,
        kinds or DATA_KINDS,
        quotes,
    )
    with opened(store, read_only=True) as graph, console.progress("导出 exporting") as progress:
        count = dump.export(graph, output, wanted, progress if output else None)
    if output:
        console.err().print(f"{output}: {count:,} triples", markup=False)
    if dump.is_local(wanted.base):
        console.err().print(
            f"IRIs begin with {wanted.base}, which is this machine. Set --base IRI or ROLEGRAPH_BASE_IRI before others "
            "get them.",
            style="yellow",
            markup=False,
        )


def copy(
    source: Annotated[str, typer.Option("--from", metavar="URL", help="The store to read.")],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="An empty store, or one that is not there yet.")],
    as_json: Json = False,
) -> None:
    """Copy a whole store into another, of the same kind or not. 复制图谱。

    A copy that was broken off is completed by the same command; what is there already is not written again.
    ROLEGRAPH_STORE_USER and _PASSWORD are those of both stores.

    Example: rolegraph copy --from sqlite:///jobs.db --to neo4j://localhost:7687/neo4j
    """
    from api import console, outside_tables
    from graphmodel import copying

    with (
        opened(source, read_only=True, option="--from") as here,
        opened(target, option="--to") as there,
        here.reading() as view,
    ):
        total, done = view.count("document"), 0
        with console.progress("复制 copying") as progress:

            def show(more: int) -> None:
                nonlocal done
                done += more
                progress(done, done / total)

            copied = copying.copy(view, there, show)
    if as_json:
        console.data(dumps(copied._asdict(), indent=2) + "\n")
    else:
        console.out().print(outside_tables.copied(copied))


def serve(
    store: Store = None,
    host: Annotated[str, typer.Option(help="0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that answer.")] = 1,
    proxy_headers: Annotated[
        bool, typer.Option("--proxy-headers", help="Believe a proxy on this machine who the client is.")
    ] = False,
) -> None:
    """Answer GraphQL at /graphql. 启动服务。

    Documents can be loaded over it where ROLEGRAPH_API_KEYS has a key that may write: see rolegraph key.

    Example: rolegraph serve --store sqlite:///demo.db --open
    """
    from api import keys, server

    named = settings()
    with opened(store, read_only=not keys.can_write(keys.parse(named.api_keys))) as graph:
        url = graph.url
    server.serve(url, named, host, port, browser=browser, workers=workers, proxy=proxy_headers)


def demo(
    docs: Annotated[
        list[str] | None, typer.Argument(metavar="DOCS", help="Documents; else the samples of rolegraph.")
    ] = None,
    a: Annotated[str, typer.Option(help="A role.")] = "运营策划",
    b: Annotated[str, typer.Option(help="Another.")] = "数据分析",
    output: Annotated[Path, typer.Option(help="The RDF to write.")] = Path("demo.ttl"),
    store: Annotated[
        str, typer.Option(metavar="URL", help="A SQLite file; a store that is there is replaced.")
    ] = "sqlite:///demo.db",
) -> None:
    """Load documents into a fresh store, show what two roles share, write the graph as RDF. 演示。

    Example: rolegraph demo ./documents --a 运营策划 --b 数据分析
    """
    from api import demo as demonstration

    raise typer.Exit(demonstration.run(docs, a, b, output, store))
