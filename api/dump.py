"""An export as files that are whole or not there, or as bytes on standard output."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from api.asking import ask
from api.outputs import replacing, writable
from graphmodel.errors import BadInput
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.relations import STATED
from graphmodel.store import GraphStore, View
from ontology import export as rdf
from ontology import formats, manifest, parsing, parts
from ontology import triples_table as table
from ontology.counts import Counts, of_view
from ontology.framed import framed as frame
from ontology.subjects import check_kinds
from ontology.terms import BASE, DATA_KINDS
from ontology.writers.syntax import Pair, Writer

Progress = Callable[[int, float | None], None]

_EACH = 1_000
_TABLE = "parquet"
_USUAL = next(iter(formats.FORMATS))


class File(NamedTuple):
    """Where an export goes, and in which format; `path` None: standard output."""

    path: Path | None
    format: str

    @property
    def compressed(self) -> bool:
        return self.path is not None and self.path.suffix.lower() == ".gz"


class Wanted(NamedTuple):
    """What is to be exported: of all roles or of some (names or ids), of all documents or of those changed since a
    revision, all kinds of things or some, and how much of other people's words.
    """

    base: str = BASE
    roles: Sequence[str] = ()
    since: int | None = None
    kinds: Collection[str] = DATA_KINDS
    quotes: str = "full"

    def part(self, view: View) -> View:
        """What is wanted of a view. Raises NotFound and Ambiguous for a role, BadInput for a revision."""
        return parts.chosen(view, self.roles, self.since)


def is_local(base: str) -> bool:
    """Whether IRIs with this base mean something on this machine only."""
    return urlsplit(base).hostname in ("localhost", "127.0.0.1", "::1")


def files(outputs: Sequence[Path], format: str | None = None) -> list[File]:
    """The files of an export, in the format named or else that of their names; none: standard output.

    Raises BadInput for a format that is none, and for a file that is named twice.
    """
    if len({os.path.abspath(path) for path in outputs}) < len(outputs):
        raise BadInput("One file is to be written twice.", "Give each --output a name of its own.")
    made = [File(path, format or _format(path)) for path in outputs] or [File(None, format or _USUAL)]
    known = (*formats.FORMATS, _TABLE)
    for file in made:
        if file.format not in known:
            raise BadInput(f"{file.format!r} is not a format of the export.", f"Choose one of: {', '.join(known)}.")
    return made


def _format(path: Path) -> str:
    """What the name of a file says, as an import understands it; else the usual format."""
    name = path.name.lower()
    if name.removesuffix(".gz").endswith(f".{table.SUFFIX}"):
        return _TABLE
    try:
        return parsing.format_of(name)
    except BadInput:
        return _USUAL


def framed(view: View, role: str, base: str, quotes: str) -> dict[str, Any]:
    """A role (name or id) as a tree in JSON-LD. Raises NotFound and Ambiguous."""
    return frame(view, resolve(view, SUBJECTS, role).id, base, quotes=quotes)


def export(
    store: GraphStore,
    into: Sequence[File],
    wanted: Wanted,
    progress: Progress | None = None,
    told: Path | None = None,
) -> list[tuple[Path, int]]:
    """Writes the graph, the same state of it into each file, and what the files hold into `told`; returns the number
    of triples of each file.

    A file is written beside its place and renamed when all are whole; one whose name ends in .gz is compressed. Raises
    BadInput for an unknown kind or revision, a base that is no IRI, or a place where nothing can be written, and
    NotFound and Ambiguous for a role.
    """
    if told and into[0].path is None:
        raise BadInput("A manifest tells of files.", "Name at least one with --output.")
    if told and any(os.path.abspath(told) == os.path.abspath(file.path) for file in into if file.path):
        raise BadInput(f"{told} cannot be an export and its manifest.", "Give the manifest a name of its own.")
    check_kinds(wanted.kinds)
    issued = manifest.source_date(os.environ) if told else None
    if into[0].path is None:  # what is written cannot be taken back, so the store is read only once
        sys.stdout.flush()
        with store.reading() as view:
            _write(wanted.part(view), sys.stdout.buffer, into[0].format, wanted, progress)
        sys.stdout.buffer.flush()
        return []
    once = next((file for file in into if file.format != "trig"), None) if told else None

    def write(view: View) -> tuple[list[int], Counts | None]:
        chosen = wanted.part(view)
        counts = Counts(_writer(once.format, wanted.base)) if once else None
        triples = [
            _file(file, part, chosen, wanted, progress, counts if file == once else None) for file, part in places
        ]
        if told and not counts:  # in TriG a thing is a subject in many graphs
            counts = of_view(chosen, kinds=wanted.kinds, quotes=wanted.quotes)
        return triples, counts

    with ExitStack() as stack:
        places = [(file, stack.enter_context(replacing(file.path))) for file in into if file.path]
        tells = stack.enter_context(replacing(told)) if told else None
        triples, counts = ask(store, write)
        if told and tells and counts:
            _tell(told, tells, places, counts, wanted, issued)
    return [(file.path, count) for file, count in zip(into, triples, strict=True) if file.path]


def _file(file: File, part: Path, view: View, wanted: Wanted, progress: Progress | None, counts: Counts | None) -> int:
    """Writes one file, compressed without a name or a time in it, so that equal contents are equal bytes."""
    with writable(file.path or part), part.open("wb") as opened:
        if not file.compressed:
            return _write(view, opened, file.format, wanted, progress, counts)
        with gzip.GzipFile("", "wb", 6, opened, mtime=0) as packed:
            return _write(view, cast(BinaryIO, packed), file.format, wanted, progress, counts)


def _tell(
    path: Path, part: Path, places: Sequence[tuple[File, Path]], counts: Counts, wanted: Wanted, issued: datetime | None
) -> None:
    """Writes the manifest of files that are to have the names of their places, seen from where it will stand."""
    dumps = []
    for file, written in places:
        name = os.path.relpath(cast(Path, file.path), path.parent).replace(os.sep, "/")
        dumps.append(manifest.dump_of(written, file.format)._replace(name=name, compressed=file.compressed))
    text = manifest.manifest(
        counts,
        dumps,
        wanted.base,
        version=version("rolegraph"),
        quotes=wanted.quotes,
        issued=issued,
    )
    with writable(path):
        part.write_text(text, "utf-8", newline="\n")


def _write(
    view: View, out: BinaryIO, format: str, wanted: Wanted, progress: Progress | None, counts: Counts | None = None
) -> int:
    shown = _Seen(progress, _subjects(view, wanted.kinds)).add if progress else None

    def both(id: str, pairs: Sequence[Pair]) -> None:
        if shown:
            shown(id, pairs)
        if counts:
            counts.add(id, pairs)

    write = table.write if format == _TABLE else partial(rdf.export, format=format)
    return write(
        view,
        out,
        base=wanted.base,
        kinds=wanted.kinds,
        quotes=wanted.quotes,
        counted=both if shown or counts else None,
    )


def _writer(format: str, base: str) -> Writer:
    return table.Columns(base) if format == _TABLE else formats.named(format).writer(base)


class _Seen:
    """Tells how many triples were written, and about how many of the subjects."""

    def __init__(self, progress: Progress, subjects: int) -> None:
        self._progress = progress
        self._total = subjects
        self._subjects = self._triples = 0

    def add(self, id: str, pairs: Sequence[Pair]) -> None:
        self._subjects += 1
        self._triples += len(pairs)
        if self._subjects % _EACH == 0:
            self._progress(self._triples, min(1.0, self._subjects / self._total) if self._total else None)


def _subjects(view: View, kinds: Collection[str]) -> int:
    """About how many subjects there are: an edge has at least one mention."""
    of = {"need": ["NEEDS"], "application": ["APPLIED_IN"], "note": [], "scheme": [], "mention": STATED}
    return sum(view.count(name) for kind in kinds for name in of.get(kind, [kind]))
