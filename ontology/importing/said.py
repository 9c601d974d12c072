"""The syntax in which an import compares: ids and short names stand for IRIs, so that no base is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from graphmodel.errors import BadInput
from ontology.mapping import ALL_CLASSES, ALL_PROPERTIES, PROPERTIES
from ontology.terms import CHINESE, DATA_KINDS, ENGLISH, NAMESPACES, PINYIN, RDF, TRADITIONAL, XSD, decimal, expanded
from ontology.writers.syntax import Pair

Said = dict[str, list[str]]
"""What is said of one subject: property -> objects, as `Plain` writes them."""


class Plain:
    """ontology.writers.syntax.Writer without a format: things are ids, terms names, texts begin with a quotation mark
    and end with the mark and the language.
    """

    def head(self) -> str:
        return ""

    tail = head

    def property(self, name: str) -> str:
        return name

    term = property
    thing = property

    def link(self, iri: str) -> str:
        return f"<{iri}>"

    def text(self, value: str, language: str | None = None) -> str:
        return f'"{value}"@{language}' if language else f'"{value}"'

    def integer(self, value: int) -> str:
        return str(value)

    def decimal(self, value: float) -> str:
        return decimal(value)

    def boolean(self, value: bool) -> str:
        return str(value).lower()

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        return ""


NAMES = {expanded(name): name for name in ALL_PROPERTIES}
"""The properties of an export: IRI -> name."""

_CLASSES = {expanded(name): name for name in ALL_CLASSES}
_RELATIONS = {expanded(name): name for name in PROPERTIES.values()}
_LANGUAGES = {tag.lower(): tag for tag in (CHINESE, TRADITIONAL, ENGLISH, PINYIN)}
_LINKS = {"skos:exactMatch", "skos:closeMatch"}
_STRINGS = {XSD + "string", RDF + "langString"}
_KINDS = frozenset(DATA_KINDS)


class Unknown(BadInput):
    """What no export says: a property, a class, a thing that is none of ours, a blank node."""


def split(iri: str) -> tuple[str, str] | None:
    """The base of one of our things, and its id; None for any other IRI.

    >>> split("https://example.org/id/skill/sql")
    ('https://example.org/id/', 'skill:sql')
    """
    start, _, key = iri.rpartition("/")
    cut = max(start.rfind("/"), start.rfind("#"))
    kind = start[cut + 1 :]
    if cut < 0 or kind not in _KINDS or not key:
        return None
    return start[: cut + 1], f"{kind}:{unquote(key)}"


def object_of(property: str, value: Any, base: str) -> str:
    """An object of pyoxigraph as `Plain` writes it; a literal of a form that no export has is marked with its datatype.

    Raises Unknown for a blank node, and for a class that is none of ours.
    """
    kind = type(value)
    if kind is ox.Literal:
        language = value.language
        if language is not None:
            return f'"{value.value}"@{_LANGUAGES.get(language, language)}'
        return _literal(value.value, value.datatype.value)
    if kind is not ox.NamedNode:
        raise Unknown("a blank node", "")
    iri: str = value.value
    if property == "rdf:type":
        if iri not in _CLASSES:
            raise Unknown(f"the class {prefixed(iri)}", "")
        return _CLASSES[iri]
    if property == "relation":
        return _RELATIONS.get(iri, f"<{iri}>")
    if iri.startswith(base) and property not in _LINKS:
        return unquote(iri[len(base) :]).replace("/", ":", 1)
    return f"<{iri}>"


def _literal(text: str, datatype: str) -> str:
    if datatype in _STRINGS:
        return f'"{text}"'
    try:
        if datatype == XSD + "integer":
            return str(int(text))
        if datatype in (XSD + "decimal", XSD + "double"):
            return decimal(float(text))
    except ValueError:
        return f'"{text}"^^{datatype}'
    if datatype == XSD + "boolean" and text in ("true", "false", "1", "0"):
        return {"1": "true", "0": "false"}.get(text, text)
    return f'"{text}"^^{datatype}'


def prefixed(iri: str) -> str:
    """An IRI as people read it."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
