"""How a benchmark tells its figures: a row for each, told as soon as it is measured."""

from __future__ import annotations


def row(what: str, *values: str) -> None:
    """What was measured, the figure with its unit, and what was asked for or explains it."""
    print(f"{what:<52}" + "".join(f"{value:>26}" for value in values), flush=True)
