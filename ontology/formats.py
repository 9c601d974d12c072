"""The formats of an export: their names, and what a file or an answer of each is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from graphmodel.errors import BadInput
from ontology.writers.jsonld import JsonLd
from ontology.writers.ntriples import NTriples
from ontology.writers.rdfxml import RdfXml
from ontology.writers.syntax import Writer
from ontology.writers.turtle import Turtle


class Format(NamedTuple):
    """`suffix` has no dot; `writer` takes the base IRI."""

    name: str
    suffix: str
    media_type: str
    writer: Callable[[str], Writer]


FORMATS = {
    format.name: format
    for format in (
        Format("turtle", "ttl", "text/turtle", Turtle),
        Format("nt", "nt", "application/n-triples", NTriples),
        Format("rdfxml", "rdf", "application/rdf+xml", RdfXml),
        Format("jsonld", "jsonld", "application/ld+json", JsonLd),
    )
}
"""By name, the first the usual one."""


def named(name: str) -> Format:
    """Raises BadInput for an unknown format."""
    if name not in FORMATS:
        raise BadInput(f"{name!r} is not a format of the export.", f"Choose one of: {', '.join(FORMATS)}.")
    return FORMATS[name]
