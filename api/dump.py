"""An export as a file that is whole or not there, or as bytes on standard output."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from api.asking import ask
from graphmodel.errors import BadInput
from graphmodel.questions.names import resolve
from graphmodel.relations import RELATIONS
from graphmodel.store import GraphStore, View
from ontology import export as rdf
from ontology import formats, parts
from ontology.terms import BASE, DATA_KINDS

Progress = Callable[[int, float | None], None]

_EACH = 1_000


class Wanted(NamedTuple):
    """What is to be exported: of all roles or of some (names or ids), of all documents or of those changed since a
    revision, all kinds of things or some, and how much of other people's words.
    """

    format: str = "turtle"
    base: str = BASE
    roles: Sequence[str] = ()
    since: int | None = None
    kinds: Collection[str] = DATA_KINDS
    quotes: str = "full"

    def part(self, view: View) -> View:
        """What is wanted of a view. Raises NotFound and Ambiguous for a role, BadInput for a revision."""
        if self.roles and self.since is not None:
            raise BadInput("A part is of some roles, or of what changed.", "Give --role or --since, not both.")
        if self.roles:
            return parts.of_roles(view, sorted({resolve(view, ("role", "department"), name).id for name in self.roles}))
        return view if self.since is None else parts.since(view, self.since)


def is_local(base: str) -> bool:
    """Whether IRIs with this base mean something on this machine only."""
    return urlsplit(base).hostname in ("localhost", "127.0.0.1", "::1")


def format_of(output: Path | None) -> str:
    """The format that a file's name says, else Turtle."""
    named = output.name.removesuffix(".gz").rpartition(".")[2] if output else ""
    return next((format.name for format in formats.FORMATS.values() if format.suffix == named), "turtle")


def export(store: GraphStore, output: Path | None, wanted: Wanted, progress: Progress | None = None) -> int:
    """Writes the graph and returns the number of triples; a file is written beside its place and then renamed. One
    whose name ends in .gz is compressed.

    Raises BadInput for an unknown format, kind or revision, a base that is no IRI, or a place where nothing can be
    written, and NotFound and Ambiguous for a role.
    """
    if output is None:  # what is written cannot be taken back, so the store is read only once
        sys.stdout.flush()
        with store.reading() as view:
            return _write(view, sys.stdout.buffer, wanted, progress)
    part = output.with_name(f".{output.name}.{os.getpid()}.part")

    def write(view: View) -> int:
        with _file(part, compressed=output.suffix == ".gz") as file:
            return _write(view, file, wanted, progress)

    try:
        count = ask(store, write)
        os.replace(part, output)
    except OSError as error:
        problem = f"{output} cannot be written: {error.strerror}."
        raise BadInput(problem, "Name a file in a folder that is there and yours.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(view: View, file: BinaryIO, wanted: Wanted, progress: Progress | None) -> int:
    part = wanted.part(view)
    seen = None
    if progress:
        seen = _Seen(progress, _subjects(part, wanted.kinds)).add
    return rdf.export(part, file, wanted.format, wanted.base, kinds=wanted.kinds, quotes=wanted.quotes, counted=seen)


class _Seen:
    """Tells how many triples were written, and about how many of the subjects."""

    def __init__(self, progress: Progress, subjects: int) -> None:
        self._progress = progress
        self._total = subjects
        self._subjects = self._triples = 0

    def add(self, id: str, pairs: Sequence[tuple[str, str]]) -> None:
        self._subjects += 1
        self._triples += len(pairs)
        if self._subjects % _EACH == 0:
            self._progress(self._triples, min(1.0, self._subjects / self._total) if self._total else None)


def _subjects(view: View, kinds: Collection[str]) -> int:
    """About how many subjects there are: an edge has at least one mention."""
    of = {"need": ["NEEDS"], "application": ["APPLIED_IN"], "note": [], "scheme": []}
    of["mention"] = [
        relation for relation in RELATIONS if relation not in ("NEEDS", "APPLIED_IN", "BROADER", "RELATED")
    ]
    return sum(view.count(name) for kind in kinds for name in of.get(kind, [kind]))


@contextmanager
def _file(path: Path, compressed: bool) -> Iterator[BinaryIO]:
    """A new file; compressed without a name or a time in it, so that equal contents are equal bytes."""
    with path.open("wb") as file:
        if not compressed:
            yield file
            return
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            yield cast(BinaryIO, packed)
