"""The two sides of a comparison: dumps and stores, each as sorted lines, with one base; or the past of one store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from api.asking import TRIES
from api.commands.options import opened
from graphmodel.errors import BadInput, StoreBusy
from ontology import lines
from ontology.lines import Lines
from ontology.terms import check_base

T = TypeVar("T")

_AT = re.compile(r"(.*)@([0-9]+)")


class Side(NamedTuple):
    """A dump, or a store with perhaps one of its revisions; `name` is as the user wrote it."""

    name: str
    url: str | None = None
    revision: int | None = None

    @property
    def path(self) -> Path:
        return Path(self.name)


def side(name: str) -> Side:
    """What an argument names: a store if it has the form of a URL.

    >>> side("sqlite:///jobs.db@12")
    Side(name='sqlite:///jobs.db@12', url='sqlite:///jobs.db', revision=12)
    """
    if "://" not in name:
        return Side(name)
    at = _AT.fullmatch(name)
    return Side(name, at[1], int(at[2])) if at else Side(name, name)


def compared(old: Side, new: Side, base: str | None, usual: str, question: Callable[[Lines, Lines], T]) -> T:
    """What `question` makes of the lines of both, each from one state of its store.

    A store is read with `base`, else with that of the dump it is compared with, else with the usual one. Raises
    BadInput for a dump that cannot be read or is of another base, and StoreBusy where a store moved at every try.
    """
    if base is not None:
        check_base(base)
    graphs = _with_graphs(old, new)
    for _ in range(TRIES - 1):
        try:
            return _once(old, new, base, usual, graphs, question)
        except StoreBusy:
            continue
    return _once(old, new, base, usual, graphs, question)


def check_patch(old: Side, new: Side) -> None:
    """Raises BadInput where a patch could not say in which graph a triple stands."""
    having = [each.name for each in (old, new) if each.url is None and lines.has_graphs(each.path)]
    if having and not _with_graphs(old, new):
        problem = f"{having[0]} has named graphs, and what it is compared with has none."
        raise BadInput(problem, "Compare TriG with TriG, or with a store; a summary needs no graphs.")


def _with_graphs(old: Side, new: Side) -> bool:
    """Whether named graphs are compared too: where each dump has them."""
    dumps = [side for side in (old, new) if side.url is None]
    having = [lines.has_graphs(side.path) for side in dumps]
    return bool(having) and all(having)


def _once(old: Side, new: Side, base: str | None, usual: str, graphs: bool, question: Callable[[Lines, Lines], T]) -> T:
    with ExitStack() as stack:
        dumps = [None if each.url else stack.enter_context(_dump(each, graphs)) for each in (old, new)]
        bases = {each.name: dump.base for each, dump in zip((old, new), dumps, strict=True) if dump and dump.base}
        if base is not None:
            bases["--base"] = base
        if len({*bases.values()}) > 1:
            raise BadInput(
                f"The bases are not the same: {', '.join(f'{name} has {found}' for name, found in bases.items())}.",
                "Everything would differ. Export one of them again with the base of the other: rolegraph export "
                "--base IRI; if its store is gone, rolegraph import --rebase makes one of the dump.",
            )
        chosen = next(iter(bases.values()), usual)
        both = [
            dump.lines if dump else stack.enter_context(_store(each, chosen, graphs))
            for each, dump in zip((old, new), dumps, strict=True)
        ]
        return question(*both)


class _Dump(NamedTuple):
    """The base is that of its first thing; None for RDF that is no export."""

    base: str | None
    lines: Lines


@contextmanager
def _dump(side: Side, graphs: bool) -> Iterator[_Dump]:
    with lines.of_dump(side.path, graphs) as said:
        first = next(said, b"")
        yield _Dump(lines.base_of(first), chain([first] if first else [], said))


@contextmanager
def _store(side: Side, base: str, graphs: bool) -> Iterator[Lines]:
    with (
        opened(side.url, read_only=True, option=side.name) as store,
        store.reading() as view,
        lines.of_view(view, base, graphs) as said,
    ):
        yield said
