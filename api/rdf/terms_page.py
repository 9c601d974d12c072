"""The terms of the ontology, or the shapes of what is written with them, as a page for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from api.rdf import html
from api.rdf.forms import DESCRIBED
from api.rdf.small_graphs import Triple
from ontology.terms import NAMESPACES, ONTOLOGY

_SHACL = "http://www.w3.org/ns/shacl#"
_SH_NAME, _SH_MESSAGE, _SH_PATH, _SH_PROPERTY, _SH_SHAPE, _SH_TARGET = (
    URIRef(_SHACL + name) for name in ("name", "message", "path", "property", "NodeShape", "targetClass")
)
_SECTIONS = (
    ("类", "Classes", {OWL.Class}),
    ("关系", "Relations", {OWL.ObjectProperty}),
    ("属性", "Attributes", {OWL.DatatypeProperty, OWL.AnnotationProperty}),
    ("形状", "Shapes", {_SH_SHAPE}),
)
_ROWS = (
    (RDFS.subClassOf, "上位类", "sub-class of"),
    (RDFS.subPropertyOf, "上位属性", "sub-property of"),
    (RDFS.domain, "主语", "domain"),
    (RDFS.range, "宾语", "range"),
    (OWL.inverseOf, "逆属性", "inverse of"),
    (_SH_TARGET, "适用的类", "target class"),
)
_SAID = (SKOS.definition, RDFS.comment, _SH_MESSAGE)

_Facts = Mapping[Node, Sequence[Node]]


def page(title: str, path: str, triples: Sequence[Triple], labels: Mapping[str, tuple[str, str]]) -> str:
    """Each term has an anchor that is its name; `labels` are the names of terms in Chinese and in English.

    The terms are those below the IRI of the ontology that the triples say they are.
    """
    return _Page(path, triples, labels).whole(title)


class _Page:
    def __init__(self, path: str, triples: Sequence[Triple], labels: Mapping[str, tuple[str, str]]) -> None:
        self._path = path
        self._labels = labels
        self._said: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object in triples:
            self._said[subject][predicate].append(object)
        own = next(subject for subject, facts in self._said.items() if OWL.Ontology in facts[RDF.type])
        self._namespace = f"{own}#"

    def whole(self, title: str) -> str:
        forms = [form for form in DESCRIBED if form.format]
        body = [
            f"<h1>{escape(title)}</h1>",
            f"<p><code>{escape(self._namespace)}</code></p>",
            "<nav>" + " ".join(html.link(f"{self._path}.{form.suffix}", form.media_type) for form in forms) + "</nav>",
        ]
        own = [(str(term), facts) for term, facts in self._said.items() if str(term).startswith(self._namespace)]
        for chinese, english, types in _SECTIONS:
            if terms := sorted(iri for iri, facts in own if types & {*facts[RDF.type]}):
                body.append(f"<h2>{html.both(chinese, english)}</h2>")
                body += [self._term(iri) for iri in terms]
        links = [
            f'<link rel="alternate" type="{form.media_type}" href="{escape(self._path)}.{form.suffix}">'
            for form in forms
        ]
        return html.whole(title, body, links)

    def _term(self, iri: str) -> str:
        name, facts = iri.removeprefix(self._namespace), self._said[URIRef(iri)]
        named = self._labels.get(name) if self._namespace == ONTOLOGY else None
        label = html.both(*named) if named else _literals(facts, (_SH_NAME,), "span")
        said = _literals(facts, _SAID, "p")
        rows = "".join(f"<dt>{title}</dt><dd>{value}</dd>" for title, value in self._rows(facts))
        heading = f'<h3 id="{escape(name)}"><code>{self._linked(iri)}</code> {label}</h3>'
        return f"<section>{heading}{said}<dl>{rows}</dl></section>"

    def _rows(self, facts: _Facts) -> Iterator[tuple[str, str]]:
        for predicate, chinese, english in _ROWS:
            if found := [self._class(one) for one in facts.get(predicate, ())]:
                yield html.both(chinese, english), ", ".join(found)
        properties = [self._said[one] for one in facts.get(_SH_PROPERTY, ())]
        for property in sorted(properties, key=lambda one: one[_SH_PATH]):
            for path in property[_SH_PATH]:
                yield self._linked(str(path)), _literals(property, (_SH_MESSAGE,), "span")

    def _class(self, term: Node) -> str:
        """A class that has a name, or a union of such."""
        if isinstance(term, URIRef):
            return self._linked(str(term))
        members = []
        for rest in self._said[term][OWL.unionOf]:
            while rest != RDF.nil:
                members += [self._class(one) for one in self._said[rest][RDF.first]]
                rest = self._said[rest][RDF.rest][0]
        return " 或 ".join(members)

    def _linked(self, iri: str) -> str:
        if iri.startswith(ONTOLOGY):
            name = iri.removeprefix(ONTOLOGY)
            page = "" if self._namespace == ONTOLOGY else f"{self._path.rpartition('/')[0]}/ontology.html"
            return html.link(f"{page}#{name}", f"rg:{name}")
        if iri.startswith(self._namespace):
            name = iri.removeprefix(self._namespace)
            return html.link(f"#{name}", name)
        prefix = next((prefix for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)), None)
        return html.link(iri, iri if prefix is None else f"{prefix}:{iri.removeprefix(NAMESPACES[prefix])}")


def _literals(facts: _Facts, predicates: Sequence[Node], element: str) -> str:
    """Texts in all languages, each as an element that says its own."""
    return " ".join(
        f'<{element} lang="{escape(one.language or "")}">{escape(str(one))}</{element}>'
        for predicate in predicates
        for one in facts.get(predicate, ())
        if isinstance(one, Literal)
    )
