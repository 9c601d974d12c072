"""Commands that ask a store."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import (
    Candidates,
    Departments,
    Documents,
    Json,
    MinShare,
    Organizations,
    Places,
    Store,
    asked,
    dumps,
    scope,
)

if TYPE_CHECKING:
    from graphmodel.nodes import Node
    from graphmodel.store import View


def shared(
    a: Annotated[str, typer.Argument(metavar="A", help="A role or department: name, other name or id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    store: Store = None,
    min_share: MinShare = 0.0,
    candidates: Candidates = False,
    organization: Organizations = None,
    department: Departments = None,
    document: Documents = None,
    evidence: Places = 3,
    as_json: Json = False,
) -> None:
    """Which skills two roles share, and where each is asked for. 两个岗位的共有技能。

    Example: rolegraph shared 运营策划 数据分析
    """
    from api import console, tables
    from graphmodel.questions.overlap import shared_skills, to_json

    counted = scope(min_share, candidates, organization, department, document)
    answer = asked(store, lambda view: shared_skills(view, a, b, counted, evidence=evidence))
    if as_json:
        console.data(dumps(to_json(answer), indent=2) + "\n")
    else:
        people = console.out()
        people.print(tables.overlap(answer, people))


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

    def read(view: View) -> tuple[list[Node], Counter[str], Counter[str]]:
        return (
            view.nodes("role", where=None if named else {"described": True}, order="name"),
            Counter(edge.target for edge in view.edges("DESCRIBES")),
            Counter(edge.source for edge in view.edges("NEEDS")),
        )

    nodes, postings, skills = asked(store, read)
    rows: list[dict[str, Any]] = [
        {**node._asdict(), "postings": postings[node.id], "skills": skills[node.id]} for node in nodes
    ]
    if as_json:
        console.data(dumps(rows, indent=2) + "\n")
    else:
        console.out().print(tables.roles(rows))
