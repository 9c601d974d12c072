"""What was handed on, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from api.tables import plain_table

if TYPE_CHECKING:
    from graphmodel.copying import Copied
    from ontology.importer import Imported


def copied(done: Copied) -> Table:
    """How many documents there are, how many of them were copied now, and what was written for them."""
    table = plain_table("文档 documents", "")
    table.columns[1].justify = "right"
    for label, count in (
        ("复制 copied", done.documents - done.unchanged),
        ("未变 there already", done.unchanged),
        ("写入节点与提及 nodes and mentions written", done.rows),
    ):
        table.add_row(label, f"{count:,}", style="" if count else "dim")
    return table


def imported(done: Imported) -> Table:
    """How much a dump held, and how many of its documents were imported now."""
    table = plain_table("文档 documents", "")
    table.columns[1].justify = "right"
    for label, count in (
        ("导入 imported", done.documents - done.unchanged),
        ("未变 there already", done.unchanged),
        ("三元组 triples", done.triples),
        ("略去 statements left out", done.left_out),
    ):
        table.add_row(label, f"{count:,}", style="" if count else "dim")
    return table
