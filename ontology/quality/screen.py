"""The shapes of shapes.ttl as quick tests, which tell the subjects that conform; what fails is for pyshacl to judge.

The shapes are local to a subject, and use a part of SHACL Core: `compiled` refuses what it does not know, so that no
constraint is passed over. pyshacl validates some ten thousand triples a second, these tests half a million.
"""

from __future__ import annotations

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

Test = Callable[[Said, list[str]], bool]
"""Whether a subject with this said of it conforms, given the objects of the predicate."""

_LEXICAL = {
    XSD.integer: r"[+-]?\d+",
    XSD.decimal: r"[+-]?(?:\d+\.?\d*|\.\d+)",
    XSD.boolean: "true|false|0|1",
}
_ABOUT = frozenset((SH.name, SH.message, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.path, RDF.type))


class NodeShape:
    """One shape. `classes` and `subjects_of` say which subjects it is for."""

    def __init__(self, graph: rdflib.Graph, node: Node) -> None:
        self.iri = str(node)
        self.classes = frozenset(each.n3() for each in graph.objects(node, SH.targetClass))
        self.subjects_of = frozenset(each.n3() for each in graph.objects(node, SH.targetSubjectsOf))
        self._own = _tests(graph, node, closed=True)
        self._properties = [
            (graph.value(each, SH.path).n3(), _tests(graph, each)) for each in graph.objects(node, SH.property)
        ]
        self._forms = [NodeShape(graph, each) for each in _list(graph, node, SH.xone)]

    def is_for(self, thing: Thing) -> bool:
        return not self.classes.isdisjoint(thing.types) or not self.subjects_of.isdisjoint(thing.said)

    def conforms(self, subject: str, said: Said) -> bool:
        return (
            all(test(said, [subject]) for test in self._own)
            and all(test(said, said.get(path, [])) for path, tests in self._properties for test in tests)
            and (not self._forms or sum(form.conforms(subject, said) for form in self._forms) == 1)
        )


class Screen:
    """All shapes that have a target."""

    def __init__(self, graph: rdflib.Graph) -> None:
        found = [NodeShape(graph, node) for node in sorted(graph.subjects(RDF.type, SH.NodeShape))]
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
        return failed + [each.iri for each in self._by_subject if each.is_for(thing) and not each.conforms(*thing)]


@cache
def shapes() -> rdflib.Graph:
    """The published shapes."""
    return rdflib.Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")


def _tests(graph: rdflib.Graph, node: Node, closed: bool = False) -> list[Test]:
    """The constraints of a property, or of the node itself."""
    tests: list[Test] = []
    of_each: list[Callable[[str], bool]] = []
    for predicate, value in sorted(graph.predicate_objects(node)):
        if predicate in _ABOUT or predicate in (SH.property, SH.xone, SH.ignoredProperties):
            continue
        if predicate == SH.closed:
            tests.append(_closed(graph, node))
        elif predicate == SH.minCount:
            tests.append(lambda said, values, least=int(value): len(values) >= least)
        elif predicate == SH.maxCount:
            tests.append(lambda said, values, most=int(value): len(values) <= most)
        elif predicate == SH.uniqueLang:
            tests.append(_unique_language)
        elif predicate == SH.lessThanOrEquals:
            tests.append(_at_most(value.n3()))
        else:
            of_each.append(_of_each(graph, predicate, value))
    tests += [lambda said, values, good=good: all(map(good, values)) for good in of_each]
    return tests


def _of_each(graph: rdflib.Graph, predicate: Node, value: Node) -> Callable[[str], bool]:
    """A constraint that every value is held against by itself."""
    if predicate == SH.nodeKind and value == SH.IRI:
        return lambda term: term[0] == "<"
    if predicate == SH.pattern:
        search = re.compile(str(value)).search
        return lambda term: term[0] != "_" and bool(search(text(term)))
    if predicate == SH["in"]:
        choice = frozenset(each.n3() for each in Collection(graph, value))
        return lambda term: _typed(term) in choice
    if predicate == SH.datatype:
        if value == RDF.langString:
            return lambda term: bool(tag(term))
        if value == XSD.string:
            return lambda term: term[0] == '"' and term[-1] == '"'
        return _regular(rf'"(?:{_LEXICAL[value]})"\^\^{re.escape(value.n3())}')
    if predicate == SH.languageIn:
        ranges = tuple(str(each).lower() for each in Collection(graph, value))
        return lambda term: any(tag(term) == one or tag(term).startswith(one + "-") for one in ranges)
    if predicate == SH.minLength:
        return lambda term, least=int(value): term[0] != "_" and len(text(term)) >= least
    compare = {
        SH.minInclusive: lambda found, bound: found >= bound,
        SH.maxInclusive: lambda found, bound: found <= bound,
        SH.minExclusive: lambda found, bound: found > bound,
        SH.maxExclusive: lambda found, bound: found < bound,
    }
    if predicate in compare:
        holds, bound = compare[predicate], Decimal(str(value))
        return lambda term: (number := _number(term)) is not None and holds(number, bound)
    raise ValueError(f"{predicate} is no constraint that ontology.quality.screen knows.")


def _closed(graph: rdflib.Graph, node: Node) -> Test:
    known = {graph.value(each, SH.path).n3() for each in graph.objects(node, SH.property)}
    known |= {each.n3() for each in _list(graph, node, SH.ignoredProperties)}
    return lambda said, values: said.keys() <= known


def _list(graph: rdflib.Graph, node: Node, predicate: Node) -> list[Node]:
    head = graph.value(node, predicate)
    return list(Collection(graph, head)) if head is not None else []


def _regular(pattern: str) -> Callable[[str], bool]:
    match = re.compile(pattern).fullmatch
    return lambda term: bool(match(term))


def _unique_language(said: Said, values: list[str]) -> bool:
    tags = Counter(filter(None, map(tag, values)))
    return not tags or max(tags.values()) == 1


def _at_most(other: str) -> Test:
    def test(said: Said, values: list[str]) -> bool:
        pairs = [(_number(value), _number(more)) for value in values for more in said.get(other, ())]
        return all(a is not None and b is not None and a <= b for a, b in pairs)

    return test


def _number(term: str) -> Decimal | None:
    if term[0] != '"' or "^^" not in term:
        return None
    try:
        return Decimal(text(term))
    except ArithmeticError:
        return None


def _typed(term: str) -> str:
    """As rdflib writes it: short strings, and the two booleans without their datatype."""
    if term.endswith(f"^^<{XSD.boolean}>"):
        return rdflib.Literal(text(term), datatype=XSD.boolean).n3()
    return term
