"""Where what is checked comes from: a store, or a file of RDF; each subject with all that is said of it."""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from graphmodel.errors import BadInput
from graphmodel.store import View
from ontology import parsing
from ontology.subjects import Subjects
from ontology.terms import BASE
from ontology.writers.ntriples import NTriples
from ontology.writers.syntax import Pair

Subject = tuple[str, list[Pair]]
"""A subject, and its predicates and objects, sorted and without doubles; all terms as N-Triples writes them."""

_CHUNK = 500_000
_BY_CHANCE = re.compile(r"_:[a-f][0-9a-f]{20,31}")


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
    """A file in a format that its suffix tells, packed with gzip or not; named graphs become one."""

    def __init__(self, path: Path, show: Show = _silent) -> None:
        self.name = str(path)
        self._path, self._show = path, show

    def _triples(self) -> Iterator[tuple[str, str, str]]:
        passed = 0

        def pass_on(size: int) -> None:
            nonlocal passed
            passed += size

        try:
            format = parsing.format_of(self.name)
            size = None if self.name.endswith(".gz") else self._path.stat().st_size or 1
            quads = parsing.quads(self._path, format, f"{BASE}skill/", passed=pass_on)
            named = _Named()
            for count, (subject, predicate, object, _) in enumerate(quads):
                if not count % _SHOWN:
                    self._show(count, passed / size if size else None)
                yield named(subject), str(predicate), named(object)
        except OSError as error:
            raise BadInput(f"{self.name} cannot be read: {error.strerror}.", "Name a file that is there.") from error
        except BadInput as error:
            remedy = (
                "Correct the file; the end of its name should tell its format: .ttl, .nt, .trig, .nq, .rdf, .jsonld."
            )
            raise BadInput(error.problem, remedy if "--format" in error.remedy else error.remedy) from error

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


class _Named:
    """A term as N-Triples has it. A blank node to which the parser gave a name by chance has one by its turn, so that
    the same file has the same report.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def __call__(self, term: Any) -> str:
        text = str(term)
        if type(term) is ox.BlankNode and _BY_CHANCE.fullmatch(text):
            return self._names.setdefault(text, f"_:anonymous-{len(self._names) + 1}")
        return text


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
