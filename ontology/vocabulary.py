"""A SKOS file, by whatever tool it was written -> what it says of each subject in plain SKOS.

Read are the ways of VocBench, Skosmos, PoolParty and TemaTres to write the same: labels that are resources of their own
(SKOS-XL), definitions with rdf:value, narrower in the place of broader, properties that are declared to be kinds of
broader or related (broaderGeneric of ISO 25964), and broaderTransitive where nothing says the next step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from graphmodel.errors import BadInput, BadTaxonomy
from ontology import parsing
from ontology.importing.said import split
from ontology.terms import BASE, RDF, SKOS

Object = ox.NamedNode | ox.BlankNode | ox.Literal

Said = dict[str, list[Object]]
"""What is said of one subject, by predicate."""

XL = "http://www.w3.org/2008/05/skos-xl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
ISO_THES = "http://purl.org/iso25964/skos-thes#"

_HERE = f"{BASE}skill/"
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_LINKS = {"broader": "narrower", "narrower": "broader", "related": "related"}
_KINDS_OF = {
    f"{ISO_THES}{link}{kind}": SKOS + link
    for link in ("broader", "narrower")
    for kind in ("Generic", "Partitive", "Instantial")
}
_OF_OUR_DUMPS = {"application", "mention", "need", "note", "posting"}
"""Kinds of things in a dump of ours that are many, and no concepts."""


def subjects(file: Path) -> tuple[dict[str, Said], int]:
    """All subjects by IRI, and the number of concepts that have none.

    Raises BadTaxonomy naming the file, and the line where it can be told.
    """
    said: dict[str, Said] = defaultdict(lambda: defaultdict(list))
    blank: dict[str, Said] = defaultdict(lambda: defaultdict(list))
    left_out = ""
    try:
        for subject, predicate, value, _ in parsing.quads(file, parsing.format_of(file.name), _HERE):
            if isinstance(subject, ox.NamedNode):
                iri = subject.value
                if iri == left_out:
                    continue
                if iri not in said and (ours := split(iri)) and ours[1].partition(":")[0] in _OF_OUR_DUMPS:
                    left_out = iri
                    continue
                said[iri][predicate.value].append(value)
            else:
                blank[subject.value][predicate.value].append(value)
    except BadInput as error:
        raise BadTaxonomy(error.problem, error.remedy) from error
    _put_links(said)
    for one in said.values():
        _put_texts(one, said, blank)
    _put_transitive(said)
    return dict(said), sum(SKOS + "Concept" in _iris(one, RDF + "type") for one in blank.values())


def _resource(value: Object, said: Mapping[str, Said], blank: Mapping[str, Said]) -> Said:
    of: Mapping[str, Said] = blank if isinstance(value, ox.BlankNode) else said
    return {} if isinstance(value, ox.Literal) else of.get(value.value, {})


def _put_texts(one: Said, said: Mapping[str, Said], blank: Mapping[str, Said]) -> None:
    """Labels and definitions that are resources, as literals."""
    for label in _LABELS:
        forms = [_resource(value, said, blank).get(XL + "literalForm", []) for value in one.get(XL + label, ())]
        _add(one, SKOS + label, [form for some in forms for form in some])
    notes = [_resource(value, said, blank).get(RDF + "value", []) for value in one.get(SKOS + "definition", ())]
    _add(one, SKOS + "definition", [note for some in notes for note in some])


def _put_links(said: dict[str, Said]) -> None:
    """Links by kinds of broader, narrower and related as these; and both directions of each."""
    kinds = dict(_KINDS_OF)
    for iri, one in said.items():
        for above in _iris(one, RDFS + "subPropertyOf"):
            if above in {SKOS + link for link in _LINKS}:
                kinds[iri] = above
    for one in list(said.values()):
        for predicate in [predicate for predicate in one if predicate in kinds]:
            _add(one, kinds[predicate], one[predicate])
    for iri, one in list(said.items()):
        for link, back in _LINKS.items():
            for other in _iris(one, SKOS + link):
                if other in said and other != iri:
                    _add(said[other], SKOS + back, [ox.NamedNode(iri)])


def _put_transitive(said: dict[str, Said]) -> None:
    """The next steps of broaderTransitive, for concepts of which no broader one is said."""
    above = {iri: _transitive(iri, one) for iri, one in said.items() if _transitive(iri, one)}
    for iri, one in said.items():
        for narrow in _iris(one, SKOS + "narrowerTransitive"):
            above.setdefault(narrow, set()).add(iri)
    for iri, far in above.items():
        if iri in said and not said[iri].get(SKOS + "broader"):
            beyond = {farther for other in far for farther in above.get(other, ())}
            _add(said[iri], SKOS + "broader", [ox.NamedNode(near) for near in sorted(far - beyond - {iri})])


def _transitive(iri: str, one: Said) -> set[str]:
    return {*_iris(one, SKOS + "broaderTransitive")} - {iri}


def _add(one: Said, predicate: str, values: Iterable[Object]) -> None:
    known = one.setdefault(predicate, [])
    known.extend(value for value in dict.fromkeys(values) if value not in known)


def _iris(one: Said, predicate: str) -> Iterator[str]:
    return (value.value for value in one.get(predicate, ()) if isinstance(value, ox.NamedNode))
