"""What a dump or a store says as sorted lines of N-Triples, in the same words whatever it is read from.

A line is a triple in UTF-8, written as ontology.writers.ntriples does, with its end of line; in a named graph of TriG
it has the graph's IRI after a tab. Lines are sorted by byte, which is the order of code points, and none comes twice.
Memory does not grow with the graph: what is not sorted yet is sorted in temporary files.
"""

from __future__ import annotations

import heapq
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graphmodel.errors import BadInput
from graphmodel.store import View
from ontology import parsing
from ontology.export import pieces
from ontology.graphs import Graphs
from ontology.terms import DATA_KINDS, XSD
from ontology.writers.ntriples import NTriples, quoted
from ontology.writers.syntax import Pair

Lines = Iterator[bytes]

_WITH_GRAPHS = ("nquads", "trig")
_CHUNK = 200_000
_SUFFIXES = "Let it end in .nt, .ttl, .trig, .rdf, .jsonld, or in one of these and .gz."

_IRI = rb"<[^\x00-\x20<>\"{}|^`\\]+>"
_PLAIN = rb"[^\\\"\x00-\x1f\x7f]*"
_ESCAPE = rb"\\(?:[\\\"nrt]|u00(?:0[0-8BCEF]|1[0-9A-F]|7F))"
_LINE = re.compile(
    rb"%b %b (?:%b|\"%b(?:%b%b)*\"(?:@([A-Za-z0-9-]+)|\^\^(?!<%bstring>)%b)?) \.\n"
    % (_IRI, _IRI, _IRI, _PLAIN, _ESCAPE, _PLAIN, XSD.encode(), _IRI)
)
_THING = re.compile(rb"<([^>]*[/#])(?:%b)/[^/>]*>" % "|".join(DATA_KINDS).encode())


def base_of(line: bytes) -> str | None:
    """The base IRI of the thing that a line is about, if it is one of an export.

    >>> base_of(b"<https://example.org/id/role/1> <urn:p> <urn:o> .")
    'https://example.org/id/'
    """
    thing = _THING.match(line)
    return thing[1].decode() if thing else None


def format_of(path: Path) -> str:
    """The name of the format of a dump. Raises BadInput if its suffix does not tell."""
    try:
        return parsing.format_of(path.name)
    except BadInput as error:
        raise BadInput(error.problem, _SUFFIXES) from None


def has_graphs(path: Path) -> bool:
    """Whether a dump is of a format with named graphs."""
    return format_of(path) in _WITH_GRAPHS


@contextmanager
def of_view(view: View, base: str, graphs: bool = False) -> Iterator[Lines]:
    """The lines of an export; with `graphs`, of its triples in the graphs in which TriG has them."""
    if not graphs:
        yield (line for _, piece in pieces(view, "nt", base) for line in piece.splitlines(keepends=True))
        return
    writer = _InGraphs(base)
    with ExitStack() as stack:
        subjects = Graphs(view, writer).of()  # type: ignore[arg-type]
        yield _sorted((line for id, pairs in subjects for line in writer.lines(id, pairs)), stack)


class _InGraphs(NTriples):
    """What a graph's subjects say as lines; `enter` is that of TriG."""

    _ending = ""

    def enter(self, graph: str) -> None:
        self._ending = f"\t{self.thing(graph)}"

    def lines(self, subject: str, pairs: Sequence[Pair]) -> list[bytes]:
        begin = self.thing(subject)
        return [f"{begin} {predicate} {object}{self._ending} .\n".encode() for predicate, object in pairs]


@contextmanager
def of_dump(path: Path, graphs: bool = False) -> Iterator[Lines]:
    """The lines of a file; unless `graphs`, of its triples in whatever graph they stand.

    Raises BadInput for a file that cannot be read, that is no RDF (with the line), or that has blank nodes, and does
    so before the first line is given.
    """
    format = format_of(path)
    with ExitStack() as stack:
        if format == "nt" and _is_ours(path):
            yield iter(stack.enter_context(parsing.opened(path)))
        else:
            yield _sorted(_parsed(path, format, graphs), stack)


def _is_ours(path: Path) -> bool:
    """Whether a file is sorted, without doubles and written as ours, so that its lines can be taken as they are.

    What cannot be read is none of ours: who reads it next tells what is wrong.
    """
    before = b""
    try:
        with parsing.opened(path) as file:
            for line in file:
                written = _LINE.fullmatch(line)
                if not written or line <= before or (written[1] and _tag(written[1].decode()).encode() != written[1]):
                    return False
                line.decode()
                before = line
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        return False
    return True


def _parsed(path: Path, format: str, graphs: bool) -> Lines:
    """The lines of any RDF, in its own order."""
    for quad in _quads(path, format):
        graph = quad.graph_name if graphs and isinstance(quad.graph_name, NamedNode) else None
        for term in (quad.subject, quad.object):
            if isinstance(term, (BlankNode, Triple)):
                problem = f"{path} has a blank node or a triple as a term: {quad} ."
                raise BadInput(problem, "Only graphs whose things all have IRIs can be compared line by line.")
        ending = f"\t{graph}" if graph else ""
        yield f"{quad.subject} {quad.predicate} {_term(quad.object)}{ending} .\n".encode()


def _quads(path: Path, format: str) -> Iterator[Any]:
    """As ontology.parsing.quads; the format is told by the suffix, and by no option."""
    try:
        yield from parsing.quads(path, format)
    except BadInput as error:
        remedy = f"Correct the file. {_SUFFIXES}" if "--format" in error.remedy else error.remedy
        raise BadInput(error.problem, remedy) from error


def _term(term: Any) -> str:
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        direction: Any = getattr(term, "direction", None)
        return quoted(term.value, _tag(term.language) + (f"--{direction.value}" if direction else ""))
    text = quoted(term.value)
    return text if term.datatype.value == f"{XSD}string" else f"{text}^^{term.datatype}"


@lru_cache(maxsize=1024)
def _tag(tag: str) -> str:
    """A language tag in the letters that BCP 47 asks for (section 2.1.1), since parsers write them differently.

    >>> _tag("zh-hans"), _tag("ZH-cn"), _tag("zh-latn-pinyin")
    ('zh-Hans', 'zh-CN', 'zh-Latn-pinyin')
    """
    subtags = tag.lower().split("-")
    for i, subtag in enumerate(subtags[1:], 1):
        if len(subtags[i - 1]) == 1:
            break
        if len(subtag) in (2, 4) and subtag.isalpha():
            subtags[i] = subtag.upper() if len(subtag) == 2 else subtag.title()
    return "-".join(subtags)


def _sorted(lines: Iterable[bytes], stack: ExitStack) -> Lines:
    """Sorted in chunks, in files that go with the stack; a chunk that goes on where the last ended shares its file."""
    files: list[BinaryIO] = []
    rest = iter(lines)
    chunk = sorted(islice(rest, _CHUNK))
    last = b""
    while chunk:
        following = sorted(islice(rest, _CHUNK))
        if not files and not following:
            return _once(chunk)
        if not files or chunk[0] < last:
            files.append(cast(BinaryIO, stack.enter_context(tempfile.TemporaryFile())))  # noqa: SIM115
        files[-1].writelines(chunk)
        last, chunk = chunk[-1], following
    for file in files:
        file.seek(0)
    return _once(heapq.merge(*files))


def _once(lines: Iterable[bytes]) -> Lines:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line
