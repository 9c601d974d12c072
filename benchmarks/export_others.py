"""What benchmarks.export compares with, each in a process of its own:

    python -m benchmarks.export_others oxigraph DATABASE FORMAT FILE
    python -m benchmarks.export_others rdflib LINES FORMAT FILE

`oxigraph`: the same rows of the store in the same order, as terms of pyoxigraph, written by its serializer. `rdflib`:
a graph is filled from lines of N-Triples, and then written; only the writing is compared. Each prints its figures as
JSON: the triples, and the seconds that count.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from graphmodel.store import open_store
from ontology.subjects import Subjects
from ontology.terms import BASE, XSD, decimal, expanded, iri, prefixes

FORMATS = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


class Piece(str):
    """A term of pyoxigraph, which sorts as the text of N-Triples does."""

    term: ox.NamedNode | ox.Literal

    def __new__(cls, term: ox.NamedNode | ox.Literal) -> Piece:
        piece = super().__new__(cls, term.value)
        piece.term = term
        return piece


class Terms:
    """A writer (ontology.writers.syntax) whose pieces are terms."""

    def __init__(self) -> None:
        self._names: dict[str, Piece] = {}

    def property(self, name: str) -> Piece:
        if name not in self._names:
            self._names[name] = Piece(ox.NamedNode(expanded(name)))
        return self._names[name]

    term = property

    def thing(self, id: str) -> Piece:
        return Piece(ox.NamedNode(iri(id)))

    def link(self, iri: str) -> Piece:
        return Piece(ox.NamedNode(iri))

    def text(self, value: str, language: str | None = None) -> Piece:
        return Piece(ox.Literal(value, language=language))

    def integer(self, value: int) -> Piece:
        return Piece(ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer")))

    def decimal(self, value: float) -> Piece:
        return Piece(ox.Literal(decimal(value), datatype=ox.NamedNode(f"{XSD}decimal")))

    def boolean(self, value: bool) -> Piece:
        return Piece(ox.Literal(str(value).lower(), datatype=ox.NamedNode(f"{XSD}boolean")))


def oxigraph(database: str, format: str, file: str) -> dict[str, float]:
    triples = 0

    def rows() -> Iterator[ox.Triple]:
        nonlocal triples
        for id, pairs in Subjects(view, Terms()).of():  # type: ignore[arg-type]
            subject = ox.NamedNode(iri(id))
            for predicate, object in pairs:
                yield ox.Triple(subject, predicate.term, object.term)  # type: ignore[attr-defined]
            triples += len(pairs)

    start = time.perf_counter()
    with closing(open_store(f"sqlite:///{database}", read_only=True)) as store, store.reading() as view:
        ox.serialize(rows(), file, FORMATS[format], prefixes=prefixes(BASE))
    return {"triples": triples, "seconds": time.perf_counter() - start}


def rdflib(lines: str, format: str, file: str) -> dict[str, float]:
    import rdflib

    start = time.perf_counter()
    graph = rdflib.Graph().parse(lines, format="nt")
    for prefix, namespace in prefixes(BASE).items():
        graph.bind(prefix, namespace)
    filled = time.perf_counter()
    graph.serialize(file, format=format, encoding="utf-8")
    return {"triples": len(graph), "seconds": time.perf_counter() - filled, "filling": filled - start}


def part(lines: Path, file: Path, every: int) -> None:
    """Writes what is said of one subject in so many."""
    with lines.open("rb") as source, file.open("wb") as target:
        number, before = -1, b""
        for line in source:
            subject = line.partition(b" ")[0]
            if subject != before:
                number, before = number + 1, subject
            if number % every == 0:
                target.write(line)


if __name__ == "__main__":
    made = {"oxigraph": oxigraph, "rdflib": rdflib}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(made))
