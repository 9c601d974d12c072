"""Commands for a curator of the skill taxonomy."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import Json, Store, TaxonomyPath, asked, dumps


def candidates(
    store: Store = None,
    least: Annotated[int, typer.Option("--min", min=1, help="Asked for in at least so many postings.")] = 2,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0: all.")] = 100,
    tsv: Annotated[
        bool, typer.Option("--tsv", help="Print rows that --taxonomy takes, to be edited first: see below.")
    ] = False,
    as_json: Json = False,
    taxonomy: TaxonomyPath = None,
) -> None:
    """List the phrases that the taxonomy lacks, most frequent first, with examples and skills like them. 候选技能。

    To take some up: write them into a file with --tsv, delete the rows of those that are no skills, correct the rest
    (slug and English label are worth writing; a row for a skill that is there gets its slug and the action extend), and
    read the store's documents again with it: rolegraph refresh --taxonomy mine.tsv. With --taxonomy mine.tsv this
    command lists what is not yet decided there.

    Example: rolegraph candidates --min 3 --tsv > mine.tsv
    """
    from api import console, curating
    from graphmodel.questions.candidates import candidates as found_in
    from graphmodel.questions.candidates import to_json
    from ontology import taxonomy as skills

    if tsv and as_json:
        raise typer.BadParameter("one of the two.", param_hint="--tsv, --json")
    decided: set[str] = set()
    if taxonomy:
        scheme = skills.load(taxonomy).scheme
        decided = {skill.id for skill in scheme.skills} | {old for old, _ in scheme.aliases}
    found = asked(store, lambda view: found_in(view, least, limit or None, decided))
    if as_json:
        console.data(dumps(to_json(found), indent=2) + "\n")
    elif tsv:
        console.data(curating.rows(found))
    else:
        people = console.out()
        people.print(curating.table(found, people))
