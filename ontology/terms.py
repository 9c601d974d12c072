"""The names that an export uses, and the forms of its values; the writers give each the syntax of their format.

The terms live in a namespace of their own that never changes (`ONTOLOGY`); things live under a base IRI that the
owner of the data chooses (`BASE` is the default): base + kind + "/" + key of the id.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from graphmodel.errors import BadInput
from graphmodel.identity import KINDS, simplify

ONTOLOGY = "https://w3id.org/rolegraph/ns#"
BASE = "http://localhost:8000/id/"

DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMESPACES = {"dct": DCT, "owl": OWL, "prov": PROV, "rdf": RDF, "rg": ONTOLOGY, "skos": SKOS, "xsd": XSD}
"""The namespace of each prefix."""

DATA_KINDS = (*KINDS, "mention", "need", "application", "note", "scheme")
"""The kinds of things that an export holds: the nodes, and what is said of edges and documents."""

CHINESE, TRADITIONAL, ENGLISH, PINYIN = "zh-Hans", "zh-Hant", "en", "zh-Latn-pinyin"

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]\Z")


def check_base(base: str) -> None:
    """Raise BadInput unless the base is an absolute IRI (RFC 3987) that ends in / or #."""
    import pyoxigraph

    try:
        pyoxigraph.NamedNode(base)
        valid = bool(_BASE_IRI.match(base))
    except ValueError:
        valid = False
    if not valid:
        raise BadInput(f"{base!r} is not a base IRI.", f"Write an absolute IRI that ends in a slash, such as {BASE}")


def iri(id: str, base: str = BASE) -> str:
    """The IRI of an id.

    >>> iri("skill:market-analysis", "https://example.org/id/")
    'https://example.org/id/skill/market-analysis'
    """
    kind, _, key = id.partition(":")
    return f"{base}{kind}/{key if is_plain(key) else quote(key, safe='-._~+')}"


def is_plain(key: str) -> bool:
    """Whether a key is of letters, digits and hyphens alone, as nearly all are."""
    return key.replace("-", "").isalnum() and key.isascii()


@lru_cache(maxsize=1024)
def expanded(name: str) -> str:
    """The IRI of a prefixed name; a name without prefix is one of the ontology's own.

    >>> expanded("skos:prefLabel"), expanded("hasDuty")
    ('http://www.w3.org/2004/02/skos/core#prefLabel', 'https://w3id.org/rolegraph/ns#hasDuty')
    """
    prefix, colon, local = name.rpartition(":")
    return NAMESPACES[prefix if colon else "rg"] + local


def language(name: str) -> str:
    """The tag of a name as a document or the taxonomy writes it: zh-Hant if it has Traditional characters.

    >>> language("門店"), language("Excel")
    ('zh-Hant', 'zh-Hans')
    """
    return CHINESE if simplify(name) == name else TRADITIONAL


@lru_cache(maxsize=4096)
def decimal(value: float) -> str:
    """At most six places, so that the lexical form needs no exponent and hides the noise of a division.

    >>> decimal(1 / 3), decimal(2)
    ('0.333333', '2.0')
    """
    digits = f"{value:.6f}".rstrip("0")
    return f"{digits}0" if digits.endswith(".") else digits


def prefixes(base: str) -> dict[str, str]:
    """Prefix to namespace, sorted. With these, the prefixed name of a thing in Turtle is its id in the store."""
    return dict(sorted({**NAMESPACES, **{kind: f"{base}{kind}/" for kind in DATA_KINDS}}.items()))
