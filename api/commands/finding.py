"""The command that finds what a text may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import Json, Store, answered

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from graphmodel.questions.find import Found

_KINDS = {
    "role": "岗位 role",
    "skill": "技能 skill",
    "department": "部门 department",
    "indicator": "指标 indicator",
    "duty": "职责 duty",
    "requirement": "要求 requirement",
}


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name or a part of it, pinyin, initials, or words.")],
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help=f"Only this: {', '.join(_KINDS)}. May be given several times."),
    ] = None,
    number: Annotated[int, typer.Option("-k", "--number", min=1, help="The most answers.")] = 20,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Names like a text, also by pinyin (sjfx) and with a typing error; then duties and requirements. 查找。

    Example: rolegraph find sjfx
    """
    from graphmodel.questions.find import find as found
    from graphmodel.questions.find import to_json

    answered(store, as_json, lambda view: found(view, text, kind, number), to_json, _table)


def _table(answer: tuple[Found, ...], console: Console) -> Table:
    """Kind, what was found, what it is called, how well it fits, and its id."""
    from api.tables import plain_table

    table = plain_table("类别 kind", "找到 found", "名称 name", "相似 score", "id")
    table.columns[3].justify = "right"
    for one in answer:
        name = "" if one.name is None or one.name == one.label else one.name
        if one.status == "candidate":
            name = f"{name} (候选 candidate)".strip()
        label = one.label if one.label is not None else one.content or ""
        table.add_row(_KINDS[one.kind], label, name, f"{one.score:.2f}", one.id)
    if not answer:
        table.add_row("—")
    return table
