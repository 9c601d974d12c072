"""The whole graph as RDF, streamed, byte-identical for equal graphs.

Subjects are sorted by IRI, their predicates and objects too; each triple is written once. What an export says
depends on the documents, the taxonomy, the ids that were given up for others, and the base IRI, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import BinaryIO

from graphmodel.store import View
from ontology import formats
from ontology.terms import BASE, DATA_KINDS, check_base
from ontology.writers.syntax import Pair

_LARGE = 1 << 18

Counted = Callable[[str, Sequence[Pair]], None]
"""What is called with each subject and its pairs, in the syntax of the format's writer."""


def export(
    view: View,
    out: BinaryIO,
    format: str = "turtle",
    base: str = BASE,
    *,
    kinds: Collection[str] = DATA_KINDS,
    quotes: str = "full",
    counted: Counted | None = None,
) -> int:
    """Write the graph, or what it says of things of some kinds, and return the number of triples.

    `view` should be one consistent view (`store.reading()`). Memory grows with the number of skills and roles, not
    with documents, items and mentions. `quotes` is one of ontology.mapping.Quotes. Raises BadInput for an unknown
    format, kind or way to quote, or a base that is no IRI.
    """
    check_base(base)
    triples = 0
    for so_far, piece in pieces(view, format, base, kinds=kinds, quotes=quotes, counted=counted):
        out.write(piece)
        triples = so_far
    return triples


def pieces(
    view: View,
    format: str = "turtle",
    base: str = BASE,
    *,
    kinds: Collection[str] = DATA_KINDS,
    quotes: str = "full",
    counted: Counted | None = None,
) -> Iterator[tuple[int, bytes]]:
    """The same piece by piece, each with the number of triples up to its end; `counted` is shown each subject."""
    chosen = formats.named(format)
    writer = chosen.writer(base)
    block = writer.block
    text, size, count = [writer.head()], 0, 0
    for id, pairs in chosen.subjects(view, writer, quotes).of(kinds):
        count += len(pairs)
        if counted:
            counted(id, pairs)
        said = block(id, pairs)
        text.append(said)
        size += len(said)
        if size > _LARGE:
            yield count, "".join(text).encode()
            text, size = [], 0
    yield count, "".join([*text, writer.tail()]).encode()
