"""What the commands share: the options, and the store that they name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from graphmodel.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from api.settings import Settings
    from graphmodel.questions.needs import Scope
    from graphmodel.store import GraphStore, View
    from ontology.taxonomy import Taxonomy

T = TypeVar("T")

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
    list[str], typer.Argument(metavar="PATH", help="Files, folders, zips or glob patterns; - reads standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON (UTF-8) instead of a table.")]
MinShare = Annotated[
    float, typer.Option(min=0, max=1, help="Leave out skills that fewer than this share of the postings ask for.")
]
Candidates = Annotated[bool, typer.Option("--candidates", help="Take in phrases that the taxonomy lacks.")]
Number = Annotated[int, typer.Option("-k", "--number", min=1, help="The most answers.")]
Places = Annotated[int, typer.Option("--evidence", min=0, help="The most places shown for a skill.")]
Organizations = Annotated[
    list[str] | None, typer.Option("--organization", metavar="NAME", help="Count only postings of this organization.")
]
Departments = Annotated[
    list[str] | None, typer.Option("--department", metavar="NAME", help="Count only postings of this department.")
]
Documents = Annotated[
    list[str] | None, typer.Option("--document", metavar="ORIGIN", help="Count only this document; * stands for any.")
]
TaxonomyPath = Annotated[
    Path | None,
    typer.Option(
        "--taxonomy",
        metavar="PATH",
        show_default=False,
        help="Your own skills: a TSV file (a column zh is enough), SKOS (.ttl), or a folder of these. They extend the "
        "built-in ones. Else ROLEGRAPH_TAXONOMY; set it, so that every load and refresh of a store uses the same.",
    ),
]
TaxonomyOnly = Annotated[
    bool, typer.Option("--taxonomy-only", help="Those of --taxonomy take the place of the built-in ones.")
]


def scope(
    min_share: float,
    candidates: bool,
    organizations: list[str] | None,
    departments: list[str] | None,
    documents: list[str] | None,
) -> Scope:
    """What the options of these names count. In a store, a document's name has `/` on Windows too."""
    from graphmodel.questions.needs import Scope
    from graphmodel.questions.within import Within

    origins = tuple(document.replace(os.sep, "/") for document in documents or ())
    within = Within(tuple(organizations or ()), tuple(departments or ()), origins)
    return Scope(min_share, candidates, within)


def skills(path: Path | None, only: bool) -> Taxonomy:
    """The taxonomy that options and settings name; the option --taxonomy goes before both settings."""
    from ontology import taxonomy

    named = settings()
    if path is None:
        path, only = named.taxonomy, only or named.taxonomy_only
    if only and path is None:
        raise typer.BadParameter("it needs --taxonomy PATH.", param_hint="--taxonomy-only")
    found = taxonomy.load(path, only)
    if found.left_out:
        from api import console

        told = "; ".join(f"{count:,} {reason}" for reason, count in found.left_out)
        console.err().print(f"{path}: left out 略去: {told}.", style="yellow", markup=False)
    return found


def reader() -> Callable[[str], Iterable[str]]:
    """The ids of the skills in words that are no name, found as in a document's requirement."""
    from functools import cache

    @cache
    def words() -> Any:
        from loaders.lexicon import Lexicon

        return Lexicon(skills(None, False))

    return lambda text: sorted({find.skill for find in words().find(text, "requirement")})


def warn_of_lost_skills(graph: GraphStore, taxonomy: Taxonomy) -> None:
    """Says which skills of the store a taxonomy lacks that is about to take the place of the store's own."""
    from api import console

    if graph.taxonomy() in ("", taxonomy.scheme.digest):
        return
    kept = {skill.id for skill in taxonomy.scheme.skills} | {old for old, _ in taxonomy.scheme.aliases}
    lost = [skill for skill in graph.nodes("skill", where={"status": "curated"}) if skill.id not in kept]
    if lost:
        names = "、".join(getattr(skill, "name", skill.id) for skill in lost[:5]) + ("…" if len(lost) > 5 else "")
        console.err().print(
            f"The store has {len(lost)} skills that this taxonomy lacks: {names}. If they are your own, "
            "`rolegraph refresh --taxonomy PATH` brings them back; ROLEGRAPH_TAXONOMY keeps them.",
            style="yellow",
            markup=False,
        )


def settings() -> Settings:
    """The settings of the environment. Raises BadInput for one that cannot be what it says."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from api.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field, *below = map(str, first["loc"])
        name = ": ".join([f"ROLEGRAPH_{field.upper()}", *below])
        raise BadInput(f"{name} is {first['input']!r}: {first['msg']}.", "Set it anew, or unset it.") from None
    except SettingsError as error:
        named = re.search(r'"(\w+)"', str(error))
        problem = f"ROLEGRAPH_{named[1].upper() if named else '…'} is not JSON: {error.__cause__}."
        raise BadInput(problem, 'Write a list as ["a", "b"], a map as {"a": 1}.') from None


@contextmanager
def opened(store: str | None, read_only: bool = False, option: str = "--store") -> Iterator[GraphStore]:
    """The store, closed in the end. A URL of no known kind is a mistake of usage of the option that names it."""
    from graphmodel.store import open_store

    try:
        graph = open_store(store or settings().store, read_only=read_only)
    except BadInput as error:
        raise typer.BadParameter(f"{error.problem} {error.remedy}", param_hint=option) from error
    with closing(graph):
        yield graph


def asked(store: str | None, question: Callable[[View], T]) -> T:
    """The answer of the store, all of it from one state."""
    from api.asking import ask

    with opened(store, read_only=True) as graph:
        return ask(graph, question)


def answered(
    store: str | None,
    as_json: bool,
    question: Callable[[View], T],
    plain: Callable[[T], object],
    table: Callable[[T, Console], RenderableType],
    plot: Path | None = None,
) -> None:
    """Asks the store and shows the answer: as JSON, or as a table; and drawn, where a file for it is named."""
    from api import console

    answer = asked(store, question)
    if plot is not None:
        from api.plots import draw

        draw(answer, plot)
    if as_json:
        console.data(dumps(plain(answer), indent=2) + "\n")
    else:
        people = console.out()
        people.print(table(answer, people))


def dumps(value: object, indent: int | None = None) -> str:
    """JSON in which Chinese stands as itself."""
    return json.dumps(value, ensure_ascii=False, indent=indent)
