"""The command `rolegraph`: one function a command, thin over pipeline, questions and export."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphmodel.errors import BadInput, NotFound, RolegraphError

if TYPE_CHECKING:
    from api.settings import Settings
    from graphmodel.store import GraphStore

app = typer.Typer(
    help="Chinese job documents as a graph of roles, duties, skills and departments. 岗位文档的知识图谱。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Store = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        show_default=False,
        help="sqlite:///file.db or neo4j://host:7687/database; else ROLEGRAPH_STORE, else sqlite:///rolegraph.db. "
        "User and password of a server: ROLEGRAPH_STORE_USER, ROLEGRAPH_STORE_PASSWORD.",
    ),
]
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, zips or glob patterns; - reads standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON (UTF-8) instead of a table.")]


def main() -> None:
    """The console script. Exit codes: 0 done, 1 not found or a document failed, 2 usage, 3 store not to be used."""
    from api import console

    console.prepare()
    try:
        app()
    except RolegraphError as error:
        console.explain(error)
        sys.exit(console.exit_code(error))


@app.command()
def load(
    paths: Paths,
    store: Store = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Then forget the documents of the store that stand under PATH no longer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before --prune forgets.")] = False,
) -> None:
    """Read job documents into the store. 读入岗位文档。

    A document that did not change is skipped, an edited one takes the place of its old version.

    Example: rolegraph load ./documents --store sqlite:///jobs.db
    """
    from api import console, tables
    from loaders import pipeline
    from ontology import taxonomy

    if prune and not all(Path(path).is_dir() for path in paths):
        raise typer.BadParameter("it needs folders: only these say which documents are gone.", param_hint="--prune")
    with _opened(store) as graph:
        with console.progress("读入 loading") as progress:
            report = pipeline.load(graph, paths, taxonomy.load(), progress)
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


@app.command()
def forget(
    origins: Annotated[list[str], typer.Argument(metavar="ORIGIN...", help="Documents, as `load` named them.")],
    store: Store = None,
) -> None:
    """Take documents, and what they alone say, out of the store. 移除文档。

    Example: rolegraph forget 2024/hotel.txt archive.zip!roles.txt
    """
    from api import console

    with _opened(store) as graph:
        known = graph.stamps(origins)
        changes = graph.forget(list(known))
    missing = [origin for origin in origins if origin not in known]
    console.out().print(f"移除 forgotten: {len(changes.forgotten)}")
    if missing:
        raise NotFound("document", "、".join(missing))


@app.command()
def refresh(store: Store = None) -> None:
    """Read all stored documents again, after a new version or taxonomy; no file is needed. 重新解读。

    Example: rolegraph refresh
    """
    from api import console, tables
    from loaders import pipeline
    from ontology import taxonomy

    with _opened(store) as graph, console.progress("重读 refreshing") as progress:
        report = pipeline.refresh(graph, taxonomy.load(), progress)
    console.out().print(tables.summary(report))
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def extract(paths: Paths) -> None:
    """Print what documents say, without a store: JSON Lines, one posting each. 抽取为 JSON。

    Example: rolegraph extract ./documents > postings.jsonl
    """
    from api import console
    from loaders import pipeline
    from loaders.documents import Failure
    from loaders.records import records
    from ontology import taxonomy

    failed = False
    for reading in pipeline.readings(paths, taxonomy.load()):
        if isinstance(reading, Failure):
            failed = True
            console.explain(reading.error)
        else:
            for record in records(reading.graph):
                console.data(_json(record) + "\n")
    raise typer.Exit(1 if failed else 0)


@app.command()
def shared(
    a: Annotated[str, typer.Argument(metavar="A", help="A role or department: name, other name or id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    store: Store = None,
    min_share: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out skills that fewer than this share of the postings ask for.")
    ] = 0.0,
    candidates: Annotated[bool, typer.Option("--candidates", help="Take in phrases that the taxonomy lacks.")] = False,
    evidence: Annotated[int, typer.Option(min=0, help="The most places shown for a skill.")] = 3,
    as_json: Json = False,
) -> None:
    """Which skills two roles share, and where each is asked for. 两个岗位的共有技能。

    Example: rolegraph shared 运营策划 数据分析
    """
    from api import console, tables
    from graphmodel.questions.overlap import shared_skills, to_json

    with _opened(store, read_only=True) as graph, graph.reading() as view:
        answer = shared_skills(view, a, b, min_share=min_share, candidates=candidates, evidence=evidence)
    if as_json:
        console.data(_json(to_json(answer), indent=2) + "\n")
    else:
        people = console.out()
        people.print(tables.overlap(answer, people))


@app.command()
def roles(
    store: Store = None,
    named: Annotated[
        bool, typer.Option("--named", help="Also roles that are only named: a superior, a career step.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the roles. 岗位一览。

    Example: rolegraph roles --json
    """
    from api import console, tables

    with _opened(store, read_only=True) as graph, graph.reading() as view:
        nodes = view.nodes("role", where=None if named else {"described": True}, order="name")
        postings = Counter(edge.target for edge in view.edges("DESCRIBES"))
        skills = Counter(edge.source for edge in view.edges("NEEDS"))
    rows: list[dict[str, Any]] = [
        {**node._asdict(), "postings": postings[node.id], "skills": skills[node.id]} for node in nodes
    ]
    if as_json:
        console.data(_json(rows, indent=2) + "\n")
    else:
        console.out().print(tables.roles(rows))


@app.command()
def stats(store: Store = None, as_json: Json = False) -> None:
    """Count what the store holds, by kind and relation. 统计。

    Example: rolegraph stats
    """
    from api import console, tables
    from graphmodel.identity import KINDS
    from graphmodel.relations import RELATIONS

    with _opened(store, read_only=True) as graph, graph.reading() as view:
        counts = {
            "nodes": {kind: view.count(kind) for kind in KINDS},
            "edges": {relation: view.count(relation) for relation in RELATIONS},
        }
    if as_json:
        console.data(_json(counts, indent=2) + "\n")
    else:
        console.out().print(tables.stats(counts))


@app.command()
def export(
    store: Store = None,
    format: Annotated[str, typer.Option(metavar="turtle|nt", help="Turtle or N-Triples.")] = "turtle",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="Else standard output.")
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="IRI", show_default=False, help="What the IRIs begin with; else ROLEGRAPH_BASE_IRI."),
    ] = None,
) -> None:
    """Write the whole graph as RDF, the same bytes for the same content. 导出 RDF。

    Example: rolegraph export --format nt --output graph.nt
    """
    from api import console, dump

    with _opened(store, read_only=True) as graph:
        count = dump.export(graph, format, output, base or _settings().base_iri)
    if output:
        console.err().print(f"{output}: {count:,} triples", markup=False)


@app.command()
def serve(
    store: Store = None,
    host: Annotated[str, typer.Option(help="0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Answer GraphQL at /graphql. 启动服务。

    Example: rolegraph serve --store sqlite:///demo.db --open
    """
    from api import server

    with _opened(store, read_only=True) as graph:
        server.serve(graph, _settings().limits, host, port, browser)


@app.command()
def demo(
    docs: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCS]...", help="Documents; else the samples of rolegraph.")
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


def _settings() -> Settings:
    from api.settings import Settings

    return Settings()


@contextmanager
def _opened(store: str | None, read_only: bool = False) -> Iterator[GraphStore]:
    """The store, closed in the end. A URL of no known kind is a mistake of usage."""
    from graphmodel.store import open_store

    try:
        graph = open_store(store or _settings().store, read_only=read_only)
    except BadInput as error:
        raise typer.BadParameter(f"{error.problem} {error.remedy}", param_hint="--store") from error
    with closing(graph):
        yield graph


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
