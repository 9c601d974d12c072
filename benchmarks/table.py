"""One row of figures, and how rows are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.console import Console
from rich.table import Table


class Row(NamedTuple):
    """What was measured, the figure with its unit, and the figure that was asked for."""

    what: str
    figure: str
    bar: str = ""


def show(rows: Iterable[Row]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("measured", no_wrap=True)
    table.add_column("figure", justify="right", no_wrap=True)
    table.add_column("asked for", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console(width=140, highlight=False).print(table)
