"""The IRIs and literals of an export, as N-Triples writes them.

The terms live in a namespace of their own that never changes (`ONTOLOGY`); things live under a base IRI that the
owner of the data chooses (`BASE` is the default): base + kind + "/" + key of the id.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from graphmodel.errors import BadInput
from graphmodel.identity import KINDS, simplify

ONTOLOGY = "https://w3id.org/rolegraph/ontology#"
BASE = "https://w3id.org/rolegraph/id/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
_NAMESPACES = {"owl": OWL, "rdf": RDF, "rg": ONTOLOGY, "skos": SKOS, "xsd": XSD}

Pair = tuple[str, str]
"""A predicate and an object, in N-Triples syntax."""

DATA_KINDS = (*KINDS, "mention", "need", "application", "note", "scheme")
"""The kinds of things that an export holds: the nodes, and what is said of edges and documents."""

CHINESE, TRADITIONAL, ENGLISH = "zh-Hans", "zh-Hant", "en"

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]\Z")
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F)} | {
    ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t",
}  # fmt: skip


def check_base(base: str) -> None:
    """Raise BadInput unless the base is an absolute IRI that ends in / or #."""
    if not _BASE_IRI.match(base):
        raise BadInput(f"{base!r} is not a base IRI.", f"Write an absolute IRI that ends in a slash, such as {BASE}")


def iri(id: str, base: str = BASE) -> str:
    """The IRI of an id, in angle brackets.

    >>> iri("skill:market-analysis", "https://example.org/id/")
    '<https://example.org/id/skill/market-analysis>'
    """
    kind, _, key = id.partition(":")
    return f"<{base}{kind}/{key if key.isalnum() and key.isascii() else quote(key, safe='-._~+')}>"


@lru_cache(maxsize=1024)
def term(name: str) -> str:
    """The IRI of a prefixed name, in angle brackets; a name without prefix is one of the ontology's own.

    >>> term("skos:prefLabel")
    '<http://www.w3.org/2004/02/skos/core#prefLabel>'
    """
    prefix, colon, local = name.rpartition(":")
    return f"<{_NAMESPACES[prefix] if colon else ONTOLOGY}{local}>"


def text(value: str, language: str | None = None) -> str:
    """A string literal."""
    quoted = f'"{value.translate(_ESCAPES) if _SPECIAL.search(value) else value}"'
    return f"{quoted}@{language}" if language else quoted


def name(value: str) -> str:
    """A name as a document or the taxonomy writes it, tagged zh-Hant if it has Traditional characters.

    >>> name("門店"), name("Excel")
    ('"門店"@zh-Hant', '"Excel"@zh-Hans')
    """
    return text(value, CHINESE if simplify(value) == value else TRADITIONAL)


def integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float) -> str:
    """At most six places, so that the lexical form needs no exponent and hides the noise of a division.

    >>> decimal(1 / 3), decimal(2)
    ('"0.333333"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"2.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    digits = f"{value:.6f}".rstrip("0")
    return f'"{digits}0"^^<{XSD}decimal>' if digits.endswith(".") else f'"{digits}"^^<{XSD}decimal>'


def boolean(value: bool) -> str:
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def prefixes(base: str) -> dict[str, str]:
    """Prefix to namespace, sorted. With these, the prefixed name of a thing in Turtle is its id in the store."""
    return dict(sorted({**_NAMESPACES, **{kind: f"{base}{kind}/" for kind in DATA_KINDS}}.items()))
