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

_SECTIONS = (
    ("类", "Classes", {OWL.Class}),
    ("关系", "Relations", {OWL.ObjectProperty}),
    ("属性", "Attributes", {OWL.DatatypeProperty, OWL.AnnotationProperty}),
    ("形状", "Shapes", {URIRef("http://www.w3.org/ns/shacl#NodeShape")}),
)
_ROWS = (
    (RDFS.subClassOf, "上位类", "sub-class of"),
    (RDFS.subPropertyOf, "上位属性", "sub-property of"),
    (RDFS.domain, "主语", "domain"),
    (RDFS.range, "宾语", "range"),
    (OWL.inverseOf, "逆属性", "inverse of"),
    (URIRef("http://www.w3.org/ns/shacl#targetClass"), "适用的类", "target class"),
)
_SAID = (SKOS.definition, RDFS.comment, URIRef("http://www.w3.org/ns/shacl#message"))
_SHACL_NAME = URIRef("http://www.w3.org/ns/shacl#name")

_Facts = Mapping[Node, Sequence[Node]]


def page(title: str, path: str, triples: Sequence[Triple], labels: Mapping[str, tuple[str, str]]) -> str:
    """Each term has an anchor that is its name; `labels` are the names of terms in Chinese and in English."""
    said: dict[str, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples:
        if isinstance(subject, URIRef) and subject.startswith(ONTOLOGY):
            said[str(subject)][predicate].append(object)
    forms = [form for form in DESCRIBED if form.format]
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p><code>{escape(ONTOLOGY)}</code></p>",
        "<nav>" + " ".join(html.link(f"{path}.{form.suffix}", form.media_type) for form in forms) + "</nav>",
    ]
    for chinese, english, types in _SECTIONS:
        if terms := sorted(iri for iri, facts in said.items() if types & {*facts[RDF.type]}):
            body.append(f"<h2>{html.both(chinese, english)}</h2>")
            body += [_term(iri, said[iri], labels) for iri in terms]
    links = [f'<link rel="alternate" type="{form.media_type}" href="{escape(path)}.{form.suffix}">' for form in forms]
    return html.whole(title, body, links)


def _term(iri: str, facts: _Facts, labels: Mapping[str, tuple[str, str]]) -> str:
    name = iri.removeprefix(ONTOLOGY)
    label = html.both(*labels[name]) if name in labels else _literals(facts, (_SHACL_NAME,), "span")
    said = _literals(facts, _SAID, "p")
    rows = "".join(f"<dt>{title}</dt><dd>{', '.join(found)}</dd>" for title, found in _rows(facts))
    heading = f'<h3 id="{escape(name)}"><code>{_linked(iri)}</code> {label}</h3>'
    return f"<section>{heading}{said}<dl>{rows}</dl></section>"


def _literals(facts: _Facts, predicates: Sequence[Node], element: str) -> str:
    """Texts in all languages, each as an element that says its own."""
    return " ".join(
        f'<{element} lang="{escape(one.language or "")}">{escape(str(one))}</{element}>'
        for predicate in predicates
        for one in facts.get(predicate, ())
        if isinstance(one, Literal)
    )


def _rows(facts: _Facts) -> Iterator[tuple[str, list[str]]]:
    for predicate, chinese, english in _ROWS:
        if found := [_linked(str(one)) for one in facts.get(predicate, ()) if isinstance(one, URIRef)]:
            yield html.both(chinese, english), found


def _linked(iri: str) -> str:
    if iri.startswith(ONTOLOGY):
        name = iri.removeprefix(ONTOLOGY)
        return html.link(f"#{name}", f"rg:{name}")
    prefix = next((prefix for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)), None)
    return html.link(iri, iri if prefix is None else f"{prefix}:{iri.removeprefix(NAMESPACES[prefix])}")
