"""The formats of an export: their names, and what a file or an answer of each is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.store import View
from ontology.graphs import Graphs
from ontology.subjects import Subjects
from ontology.writers.jsonld import JsonLd
from ontology.writers.ntriples import NTriples
from ontology.writers.rdfxml import RdfXml
from ontology.writers.syntax import Writer
from ontology.writers.trig import TriG
from ontology.writers.turtle import Turtle


class Format(NamedTuple):
    """`suffix` has no dot; `writer` takes the base IRI; `subjects` are what is written, in the order of the format."""

    name: str
    suffix: str
    media_type: str
    writer: Callable[[str], Writer]
    subjects: Callable[[View, Any, str], Subjects] = Subjects


FORMATS = {
    format.name: format
    for format in (
        Format("turtle", "ttl", "text/turtle", Turtle),
        Format("nt", "nt", "application/n-triples", NTriples),
        Format("rdfxml", "rdf", "application/rdf+xml", RdfXml),
        Format("trig", "trig", "application/trig", TriG, Graphs),
        Format("jsonld", "jsonld", "application/ld+json", JsonLd),
    )
}
"""By name, the first the usual one."""


def named(name: str) -> Format:
    """Raises BadInput for an unknown format."""
    if name not in FORMATS:
        raise BadInput(f"{name!r} is not a format of the export.", f"Choose one of: {', '.join(FORMATS)}.")
    return FORMATS[name]
