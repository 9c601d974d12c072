"""How much an export says, counted while it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from graphmodel.store import View
from ontology.entries import ESCO
from ontology.mapping import ALL_CLASSES, ALL_PROPERTIES
from ontology.subjects import Subjects
from ontology.terms import BASE, DATA_KINDS
from ontology.writers.ntriples import NTriples
from ontology.writers.syntax import Pair, Writer

_MATCHES = ("skos:closeMatch", "skos:exactMatch")

_LONG = 40
"""A subject that says more than this is counted pair by pair, since hardly another says the same."""

_SHAPES = 50_000


class Part(NamedTuple):
    """The triples with a property, or of the things of a class, and how many subjects they have."""

    triples: int
    subjects: int


class _Shape:
    """The subjects with the same predicates: where their classes and matches stand, and how many are of which."""

    __slots__ = ("matches", "of", "types")

    def __init__(self, types: slice, matches: list[tuple[str, slice]]) -> None:
        self.types = types
        self.matches = matches
        self.of: dict[tuple[str, ...], int] = {}


class Counts:
    """What `add` was shown; it can be the `counted` of ontology.export.export. Each subject is to be shown once, which
    TriG does not do: of_view counts for it.

    Properties and classes are told by their names in ontology.mapping, in order of these. Memory does not grow with
    the graph.
    """

    def __init__(self, writer: Writer) -> None:
        self._property = {writer.property(name): name for name in ALL_PROPERTIES}
        self._class = {writer.term(name): name for name in ALL_CLASSES}
        self._type = writer.property("rdf:type")
        self._match = {writer.property(name): name for name in _MATCHES}
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._triples: Counter[str] = Counter()
        self._subjects: Counter[str] = Counter()
        self._long: dict[tuple[str, ...], Part] = {}
        self._esco: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def add(self, id: str, pairs: Sequence[Pair]) -> None:
        """Count what is said of an id; the pairs are sorted."""
        if len(pairs) > _LONG or len(self._shapes) > _SHAPES:
            self._add_long(id, pairs)
            return
        predicates, objects = zip(*pairs)  # noqa: B905, strict costs a quarter more
        shape = self._shapes.get(predicates)
        if shape is None:
            shape = self._shapes[predicates] = self._shape(predicates)
        types = objects[shape.types]
        if types not in shape.of:
            shape.of[types] = 0
            self._show(id, types)
        shape.of[types] += 1
        if shape.matches:
            for name, place in shape.matches:
                self._esco[name] += _of_esco(objects[place])

    def _add_long(self, id: str, pairs: Sequence[Pair]) -> None:
        predicates = [predicate for predicate, _ in pairs]
        self._triples.update(predicates)
        self._subjects.update({*predicates})
        types = tuple(object for predicate, object in pairs if predicate == self._type)
        self._show(id, types)
        triples, subjects = self._long.get(types, (0, 0))
        self._long[types] = Part(triples + len(pairs), subjects + 1)
        for predicate, name in self._match.items():
            self._esco[name] += _of_esco([object for said, object in pairs if said == predicate])

    def _shape(self, predicates: tuple[str, ...]) -> _Shape:
        def place(predicate: str) -> slice:
            if predicate not in predicates:
                return slice(0, 0)
            first = predicates.index(predicate)
            return slice(first, first + predicates.count(predicate))

        matches = [(name, place(predicate)) for predicate, name in self._match.items() if predicate in predicates]
        return _Shape(place(self._type), matches)

    def _show(self, id: str, types: tuple[str, ...]) -> None:
        if types:
            self._examples.setdefault(id.partition(":")[0], id)

    @property
    def subjects(self) -> int:
        return sum(sum(shape.of.values()) for shape in self._shapes.values()) + sum(
            part.subjects for part in self._long.values()
        )

    @property
    def triples(self) -> int:
        return sum(part.triples for part in self.properties.values())

    @property
    def properties(self) -> dict[str, Part]:
        """By the name of a property."""
        triples, subjects = self._triples.copy(), self._subjects.copy()
        for predicates, shape in self._shapes.items():
            times = sum(shape.of.values())
            for predicate in predicates:
                triples[predicate] += times
            for predicate in {*predicates}:
                subjects[predicate] += times
        parts = ((self._property[predicate], Part(n, subjects[predicate])) for predicate, n in triples.items())
        return dict(sorted(parts))

    @property
    def classes(self) -> dict[str, Part]:
        """By the name of a class; a thing of two classes is counted in both."""
        parts: dict[str, Part] = {}

        def more(types: tuple[str, ...], triples: int, subjects: int) -> None:
            for name in (self._class[type] for type in types):
                before = parts.get(name, Part(0, 0))
                parts[name] = Part(before.triples + triples, before.subjects + subjects)

        for predicates, shape in self._shapes.items():
            for types, times in shape.of.items():
                more(types, times * len(predicates), times)
        for types, part in self._long.items():
            more(types, *part)
        return dict(sorted(parts.items()))

    @property
    def examples(self) -> dict[str, str]:
        """By kind the first thing of it, but for ids that were given up."""
        return dict(sorted(self._examples.items()))

    @property
    def esco(self) -> dict[str, int]:
        """By property how many of the matches are concepts of ESCO; without those of which there are none."""
        return {name: count for name, count in sorted(self._esco.items()) if count}


def of_view(view: View, *, kinds: Collection[str] = DATA_KINDS, quotes: str = "full") -> Counts:
    """What an export of a view would say, without writing it: the same in every format and with every base."""
    writer = NTriples(BASE)
    counts = Counts(writer)
    for id, pairs in Subjects(view, writer, quotes).of(kinds):
        counts.add(id, pairs)
    return counts


def _of_esco(objects: Sequence[str]) -> int:
    return sum(ESCO in object for object in objects)
