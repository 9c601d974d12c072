"""A graph that fits on a page, from Turtle to other formats: the same bytes each time, tags as they were written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

Triple = tuple[Node, Node, Node]

_LOCAL = re.compile(r"[A-Za-z_][\w.-]*\Z")


class _Read(Graph):
    """Remembers the triples in the order in which they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[Triple] = []
        self._blank: dict[Node, BNode] = {}

    def add(self, triple: Triple) -> _Read:
        subject, predicate, object = triple
        self.read.append((self._named(subject), predicate, self._named(object)))
        return self

    def _named(self, term: Node) -> Node:
        return self._blank.setdefault(term, BNode(f"b{len(self._blank)}")) if isinstance(term, BNode) else term


def triples_of(turtle: bytes, base: str | None = None) -> list[Triple]:
    """The triples, in one order; blank nodes are numbered as they come. IRIs may be relative to a base."""
    graph = _Read()
    graph.parse(data=turtle, format="turtle", publicID=base)
    return sorted({*graph.read}, key=lambda triple: [term.n3() for term in triple])


def serialised(triples: list[Triple], format: str) -> bytes:
    """The triples in nt, rdfxml or jsonld."""
    return {"nt": _ntriples, "rdfxml": _rdfxml, "jsonld": _jsonld}[format](triples).encode()


def _ntriples(triples: list[Triple]) -> str:
    graph = Graph()
    graph += triples
    return "".join(
        sorted(f"{line}\n" for line in graph.serialize(format="nt", encoding="utf-8").decode().split("\n") if line)
    )


def _by_subject(triples: list[Triple]) -> dict[Node, list[tuple[Node, Node]]]:
    by_subject: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    for subject, predicate, object in triples:
        by_subject[subject].append((predicate, object))
    return by_subject


def _rdfxml(triples: list[Triple]) -> str:
    """Flat: an element for each subject and in it one for each triple, which declares its own prefix."""
    pieces = [f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="{RDF}">\n']
    for subject, said in _by_subject(triples).items():
        named = "nodeID" if isinstance(subject, BNode) else "about"
        pieces.append(f"<rdf:Description rdf:{named}={quoteattr(str(subject))}>\n")
        for predicate, object in said:
            namespace, local = _split(str(predicate))
            begin = f"<p:{local} xmlns:p={quoteattr(namespace)}"
            if isinstance(object, Literal):
                kind = f" rdf:datatype={quoteattr(str(object.datatype))}" if object.datatype else ""
                kind = f" xml:lang={quoteattr(object.language)}" if object.language else kind
                pieces.append(f"  {begin}{kind}>{escape(str(object))}</p:{local}>\n")
            else:
                to = "nodeID" if isinstance(object, BNode) else "resource"
                pieces.append(f"  {begin} rdf:{to}={quoteattr(str(object))}/>\n")
        pieces.append("</rdf:Description>\n")
    return "".join([*pieces, "</rdf:RDF>\n"])


def _split(iri: str) -> tuple[str, str]:
    """A namespace and a name that XML takes."""
    end = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1
    assert _LOCAL.match(iri[end:]), iri
    return iri[:end], iri[end:]


def _jsonld(triples: list[Triple]) -> str:
    """Expanded, so that no context is needed."""
    graph = []
    for subject, said in _by_subject(triples).items():
        node: dict[str, Any] = {"@id": _id(subject)}
        for predicate, object in said:
            if predicate == RDF.type:
                node.setdefault("@type", []).append(_id(object))
            else:
                node.setdefault(str(predicate), []).append(_value(object))
        graph.append(node)
    return json.dumps(graph, ensure_ascii=False, indent=1) + "\n"


def _id(term: Node) -> str:
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _value(term: Node) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": str(term), "@language": term.language}
    return {"@value": str(term), **({"@type": str(term.datatype)} if isinstance(term.datatype, URIRef) else {})}
