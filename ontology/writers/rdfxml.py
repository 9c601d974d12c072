"""RDF/XML: one rdf:Description a subject, an element a triple.

All IRIs are written out: relative ones would need a base that ends in a slash, and entities a DTD, which readers
with good reason refuse. XML 1.0 holds no control characters and no U+FFFE and U+FFFF, escaped or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphmodel.errors import BadInput
from ontology.terms import NAMESPACES, XSD, decimal, expanded, iri
from ontology.writers.syntax import Pair

_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_ATTRIBUTE = {**_ESCAPES, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}


class RdfXml:
    """A pair is the name of an element, and what follows it: attributes, then text up to the end tag, or nothing."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._impossible: dict[str, str] = {}

    def head(self) -> str:
        names = "".join(f'\n    xmlns:{prefix}="{namespace}"' for prefix, namespace in sorted(NAMESPACES.items()))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'

    def tail(self) -> str:
        return "</rdf:RDF>\n"

    def property(self, name: str) -> str:
        return name if ":" in name else f"rg:{name}"

    def term(self, name: str) -> str:
        return self.link(expanded(name))

    def thing(self, id: str) -> str:
        return self.link(iri(id, self._base))

    def link(self, iri: str) -> str:
        return f' rdf:resource="{self._attribute(iri)}"/>'

    def text(self, value: str, language: str | None = None) -> str:
        special = _SPECIAL.search(value)
        inside = value.translate(_ESCAPES) if special else value
        said = f' xml:lang="{language}">{inside}</' if language else f">{inside}</"
        if special and _IMPOSSIBLE.search(value):
            self._impossible[said] = value
        return said

    def integer(self, value: int) -> str:
        return f' rdf:datatype="{XSD}integer">{value}</'

    def decimal(self, value: float) -> str:
        return f' rdf:datatype="{XSD}decimal">{decimal(value)}</'

    def boolean(self, value: bool) -> str:
        return f' rdf:datatype="{XSD}boolean">{str(value).lower()}</'

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        """Raises BadInput for a text that XML cannot hold."""
        if self._impossible:
            self._refuse(subject, pairs)
        lines = [
            f"    <{predicate}{object}{predicate}>\n" if object[-1] == "/" else f"    <{predicate}{object}\n"
            for predicate, object in pairs
        ]
        about = self._attribute(iri(subject, self._base))
        return f'  <rdf:Description rdf:about="{about}">\n{"".join(lines)}  </rdf:Description>\n'

    def _attribute(self, iri: str) -> str:
        return iri.translate(_IN_ATTRIBUTE) if "&" in iri or '"' in iri or "<" in iri else iri

    def _refuse(self, subject: str, pairs: Sequence[Pair]) -> None:
        for predicate, object in pairs:
            if object in self._impossible:
                raise BadInput(
                    f"The {predicate} of {subject} holds a character that XML cannot: {self._impossible[object]!r}.",
                    "Export Turtle, N-Triples, TriG or JSON-LD, which hold any character.",
                )
