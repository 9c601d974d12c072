"""Where what is checked comes from: a store, or a file of RDF; each subject with all that is said of it."""

from __future__ import annotations

import gzip
import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Protocol, cast

import pyoxigraph as ox

from graphmodel.errors import BadInput
from graphmodel.store import View
from ontology.subjects import Subjects
from ontology.terms import BASE
from ontology.writers.ntriples import NTriples
from ontology.writers.syntax import Pair

Subject = tuple[str, list[Pair]]
"""A subject, and its predicates and objects, sorted and without doubles; all terms as N-Triples writes them."""

_CHUNK = 500_000


class Unsorted(Exception):
    """A subject comes after one that is greater; `sorted` gives them in order."""


class Source(Protocol):
    """Can be read more than once."""

    name: str

    def subjects(self) -> Iterator[Subject]:
        """In the order in which they come. Raises Unsorted, and BadInput for what cannot be read."""

    def sorted(self) -> Iterator[Subject]:
        """The same in order of subjects."""


Show = Callable[[int, float | None], None]
"""Is called now and then with the number of triples that were read, and the share of the whole, if that is known."""

_SHOWN = 10_000


def _silent(done: int, share: float | None) -> None:
    pass


class Stored:
    """The export of a view, without the detour over bytes."""

    def __init__(self, view: View, base: str = BASE, name: str = "", show: Show = _silent) -> None:
        self.name = name
        self._view, self._base, self._show = view, base, show

    def subjects(self) -> Iterator[Subject]:
        writer, count, shown = NTriples(self._base), 0, 0
        for id, pairs in Subjects(self._view, writer).of():
            yield writer.thing(id), pairs
            count += len(pairs)
            if count > shown:
                self._show(count, None)
                shown = count + _SHOWN

    sorted = subjects


class Dumped:
    """A file in any format that pyoxigraph knows by its suffix, packed with gzip or not; named graphs become one."""

    def __init__(self, path: Path, show: Show = _silent) -> None:
        self.name = str(path)
        self._path, self._show = path, show
        suffixes = [suffix.lower() for suffix in path.suffixes]
        self._packed = suffixes[-1:] == [".gz"]
        suffix = "".join(suffixes[:-1][-1:] if self._packed else suffixes[-1:])
        self._format = ox.RdfFormat.from_extension(
            {".xml": "rdf", ".owl": "rdf", ".json": "jsonld"}.get(suffix, suffix[1:])
        )

    def _triples(self) -> Iterator[tuple[str, str, str]]:
        if self._format is None:
            problem = f"{self.name}: no RDF format is known by this suffix."
            raise BadInput(problem, "Name it .ttl, .nt, .trig, .nq, .rdf or .jsonld, with .gz behind if it is packed.")
        try:
            with self._path.open("rb") as file:
                size = self._path.stat().st_size or 1
                read: IO[bytes] = cast(IO[bytes], gzip.GzipFile(fileobj=file)) if self._packed else file
                quads = ox.parse(read, self._format, base_iri=f"{BASE}skill/")
                for count, (subject, predicate, object, _) in enumerate(quads):
                    if not count % _SHOWN:
                        self._show(count, file.tell() / size)
                    yield str(subject), str(predicate), str(object)
        except SyntaxError as error:
            place = f"{self.name}:{error.lineno}" if error.lineno else self.name
            raise BadInput(f"{place}: {error.msg}.", "Correct the syntax of the file.") from error
        except (OSError, EOFError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise BadInput(f"{self.name} cannot be read: {reason}.", "Name a whole file that is there.") from error

    def subjects(self) -> Iterator[Subject]:
        before = ""
        for subject, pairs in _grouped(self._triples()):
            if subject <= before:
                raise Unsorted
            before = subject
            yield subject, pairs

    def sorted(self) -> Iterator[Subject]:
        with tempfile.TemporaryDirectory() as folder:
            yield from _grouped(line[:-1].split(" ", 2) for line in _merged(self._triples(), Path(folder)))


def _grouped(triples: Iterable[Sequence[str]]) -> Iterator[Subject]:
    before, pairs = "", list[Pair]()
    for subject, predicate, object in triples:
        if subject != before:
            if pairs:
                yield before, list(dict.fromkeys(sorted(pairs)))
            before, pairs = subject, []
        pairs.append((predicate, object))
    if pairs:
        yield before, list(dict.fromkeys(sorted(pairs)))


def _merged(triples: Iterable[tuple[str, str, str]], folder: Path) -> Iterator[str]:
    """Lines in order; chunks that memory holds are sorted there, and merged from files if there are several."""
    triples = iter(triples)
    chunk = sorted(f"{s} {p} {o}\n" for s, p, o in islice(triples, _CHUNK))
    if len(chunk) < _CHUNK:
        yield from chunk
        return
    files: list[Path] = []
    while chunk:
        files.append(folder / str(len(files)))
        with files[-1].open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(chunk)
        chunk = sorted(f"{s} {p} {o}\n" for s, p, o in islice(triples, _CHUNK))
    opened = [file.open(encoding="utf-8", newline="\n") for file in files]
    try:
        yield from heapq.merge(*opened)
    finally:
        for each in opened:
            each.close()
