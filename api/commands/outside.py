"""Commands that hand the graph on: to another store, over GraphQL, as a demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Json, Store, dumps, opened, settings


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
    """Show the page for planners at /, and answer GraphQL at /graphql. 启动服务。

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
