"""The shapes of shapes.ttl as quick tests, which tell the subjects that conform; what fails is for pyshacl to judge.

The shapes are local to a subject, and use a part of SHACL Core: `compiled` refuses what it does not know, so that no
constraint is passed over. pyshacl validates some ten thousand triples a second, these tests half a million.
"""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from importlib.resources import files

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from ontology.quality.findings import tag, text
from ontology.quality.vocabulary import Said, Thing

Good = Callable[[str], bool]
"""Whether a term, as N-Triples writes it, is what a constraint asks for."""

_LEXICAL = {
    str(XSD.integer): r"[+-]?\d+",
    str(XSD.decimal): r"[+-]?(?:\d+\.?\d*|\.\d+)",
    str(XSD.boolean): "true|false|0|1",
}
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    str(SH.minInclusive): operator.ge,
    str(SH.maxInclusive): operator.le,
    str(SH.minExclusive): operator.gt,
    str(SH.maxExclusive): operator.lt,
}
_ELSEWHERE = frozenset(
    (
        SH.name, SH.message, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.path, RDF.type, SH.property, SH.xone,
        SH.ignoredProperties, SH.closed, SH.minCount, SH.maxCount, SH.uniqueLang,
    )
)  # fmt: skip
"""What says nothing of a single value."""

_SEEN = 10_000
"""Values of a property that were found good and are remembered: most properties have few."""


class Property:
    """The constraints on the objects of one predicate."""

    def __init__(self, graph: rdflib.Graph, node: Node) -> None:
        self.path = _n3(graph.value(node, SH.path))
        self.least = int(graph.value(node, SH.minCount, default=0))  # type: ignore[call-overload]
        self._most = int(graph.value(node, SH.maxCount, default=1 << 60))  # type: ignore[call-overload]
        self._unique = graph.value(node, SH.uniqueLang) is not None
        self._good = _goods(graph, node)
        self._seen: set[str] = set()

    def conforms(self, values: list[str]) -> bool:
        """Those of a predicate that has any."""
        if not self.least <= len(values) <= self._most:
            return False
        for value in values:
            if value not in self._seen:
                if not all(good(value) for good in self._good):
                    return False
                if len(self._seen) < _SEEN:
                    self._seen.add(value)
        return not self._unique or _unique_language(values)


class NodeShape:
    """One shape. `classes` and `subjects_of` say which subjects it is for."""

    def __init__(self, graph: rdflib.Graph, node: Node) -> None:
        self.iri = str(node)
        self.classes = frozenset(_n3(each) for each in graph.objects(node, SH.targetClass))
        self.subjects_of = frozenset(_n3(each) for each in graph.objects(node, SH.targetSubjectsOf))
        found = [Property(graph, each) for each in graph.objects(node, SH.property)]
        self._properties = {each.path: each for each in found}
        self._needed = {each.path for each in found if each.least}
        self._closed = graph.value(node, SH.closed) is not None
        self._ignored = {_n3(each) for each in _list(graph, node, SH.ignoredProperties)}
        self._good = _goods(graph, node)
        self._forms = [NodeShape(graph, each) for each in _list(graph, node, SH.xone)]
        if len(found) > len(self._properties):
            raise ValueError(f"{self.iri} has several shapes for one property.")

    def conforms(self, subject: str, said: Said) -> bool:
        if not self._needed <= said.keys():
            return False
        for predicate, values in said.items():
            property = self._properties.get(predicate)
            if property is None:
                if self._closed and predicate not in self._ignored:
                    return False
            elif not property.conforms(values):
                return False
        if not all(good(subject) for good in self._good):
            return False
        return not self._forms or sum(form.conforms(subject, said) for form in self._forms) == 1


class Screen:
    """All shapes that have a target."""

    def __init__(self, graph: rdflib.Graph) -> None:
        found = [NodeShape(graph, node) for node in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)]
        self._shapes = [shape for shape in found if shape.classes or shape.subjects_of]
        self._of: dict[tuple[str, ...], list[NodeShape]] = {}
        self._by_subject = [shape for shape in self._shapes if shape.subjects_of]

    def failing(self, thing: Thing) -> list[str]:
        """The IRIs of the shapes to which a subject does not conform."""
        types = tuple(thing.types)
        shapes = self._of.get(types)
        if shapes is None:
            shapes = self._of[types] = [each for each in self._shapes if not each.classes.isdisjoint(types)]
        failed = [each.iri for each in shapes if not each.conforms(*thing)]
        for shape in self._by_subject:
            if not shape.subjects_of.isdisjoint(thing.said) and not shape.conforms(*thing):
                failed.append(shape.iri)
        return failed


@cache
def shapes() -> rdflib.Graph:
    """The published shapes."""
    return rdflib.Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")


def _goods(graph: rdflib.Graph, node: Node) -> list[Good]:
    """The constraints that each value, or the subject itself, is held against."""
    found = sorted(graph.predicate_objects(node), key=str)
    return [_good(graph, predicate, value) for predicate, value in found if predicate not in _ELSEWHERE]


def _good(graph: rdflib.Graph, predicate: Node, value: Node) -> Good:
    if predicate == SH.nodeKind and value == SH.IRI:
        return lambda term: term[0] == "<"
    if predicate == SH.pattern:
        search = re.compile(str(value)).search
        return lambda term: term[0] != "_" and bool(search(text(term)))
    if predicate == SH["in"]:
        choice = frozenset(_n3(each) for each in Collection(graph, value))
        return lambda term: term in choice
    if predicate == SH.datatype:
        if value == RDF.langString:
            return lambda term: bool(tag(term))
        if value == XSD.string:
            return lambda term: term[0] == '"' and term[-1] == '"'
        return _regular(rf'"(?:{_LEXICAL[str(value)]})"\^\^{re.escape(_n3(value))}')
    if predicate == SH.languageIn:
        ranges = tuple(str(each).lower() for each in Collection(graph, value))
        return lambda term: any(tag(term) == one or tag(term).startswith(one + "-") for one in ranges)
    if predicate == SH.minLength:
        least = int(str(value))
        return lambda term: term[0] != "_" and len(text(term)) >= least
    if holds := _COMPARED.get(str(predicate)):
        bound = Decimal(str(value))
        return lambda term: (number := _number(term)) is not None and holds(number, bound)
    raise ValueError(f"{predicate} is no constraint that ontology.quality.screen knows.")


def _list(graph: rdflib.Graph, node: Node, predicate: Node) -> list[Node]:
    head = graph.value(node, predicate)
    return list(Collection(graph, head)) if head is not None else []


def _regular(pattern: str) -> Good:
    match = re.compile(pattern).fullmatch
    return lambda term: bool(match(term))


def _unique_language(values: list[str]) -> bool:
    tags = Counter(filter(None, map(tag, values)))
    return not tags or max(tags.values()) == 1


def _number(term: str) -> Decimal | None:
    if term[0] != '"' or "^^" not in term:
        return None
    try:
        return Decimal(text(term))
    except ArithmeticError:
        return None


def _n3(term: Node | None) -> str:
    """As N-Triples writes it; rdflib leaves out the datatype of a boolean."""
    if isinstance(term, rdflib.Literal) and term.datatype == XSD.boolean:
        return f'"{term}"^^<{XSD.boolean}>'
    return term.n3() if isinstance(term, rdflib.term.Identifier) else ""
