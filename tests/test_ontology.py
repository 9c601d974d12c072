"""The ontology: every term that an export uses is declared, labelled in two languages, and aligned."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from whole import READINGS, InMemory, exported

import ontology
from graphmodel.nodes import NODE_TYPES, Note
from graphmodel.relations import RELATIONS
from ontology.mapping import CLASSES, FIELDS, PROPERTIES
from ontology.terms import ONTOLOGY, expanded

FILE = Path(ontology.__file__).parent / "rolegraph.ttl"
RG = rdflib.Namespace(ONTOLOGY)
ESCO = rdflib.Namespace("http://data.europa.eu/esco/model#")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(FILE, format="turtle")


def declared(terms: rdflib.Graph) -> dict[rdflib.term.Node, rdflib.term.Node]:
    return {
        subject: kind
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        for subject in terms.subjects(RDF.type, kind)
        if isinstance(subject, rdflib.URIRef)
    }


def test_two_libraries_read_it_alike(terms):
    assert len(list(pyoxigraph.parse(FILE.read_bytes(), pyoxigraph.RdfFormat.TURTLE))) == len(terms)


def test_every_term_has_labels_and_comments_in_chinese_and_english(terms):
    assert len(declared(terms)) > 60
    for subject in declared(terms):
        for property in (RDFS.label, RDFS.comment):
            texts = list(terms.objects(subject, property))
            assert sorted(text.language for text in texts) == ["en", "zh-Hans"], (subject, property)
            assert all(texts)


def test_labels_are_unique_in_each_language(terms):
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [label for subject in terms.subjects(RDF.type, kind) for label in terms.objects(subject, RDFS.label)]
        assert len(labels) == len(set(labels))


def test_every_relation_and_every_field_has_a_declared_property(terms):
    assert set(PROPERTIES) == set(RELATIONS)
    fields = {
        (cls, field)
        for cls in (*NODE_TYPES.values(), Note, *(relation.edge for relation in RELATIONS.values()))
        for field in cls._fields
        if field not in ("id", "notes")
    }
    known = declared(terms)
    used = {PROPERTIES[relation] for relation in RELATIONS}
    used |= {(FIELDS.get(f"{cls.__name__}.{field}") or FIELDS[field])[0] for cls, field in fields}
    used |= {name for names in CLASSES.values() for name in names}
    for name in used:
        assert name.startswith("skos:") or rdflib.URIRef(expanded(name)) in known, name


def test_no_term_is_declared_that_an_export_cannot_write(terms):
    written = {expanded(name) for name in PROPERTIES.values()} | {expanded(name) for name, _ in FIELDS.values()}
    written |= {expanded(name) for names in CLASSES.values() for name in names}
    written |= {expanded(name) for name in ("note", "essentialSkill", "optionalSkill", "Skill", "CandidateSkill")}
    assert {str(subject) for subject in declared(terms)} <= written


def test_the_words_of_other_vocabularies_stand_above_ours(terms):
    aligned = {
        (RG.Role, RDFS.subClassOf, ESCO.Occupation),
        (RG.Role, RDFS.subClassOf, SCHEMA.Occupation),
        (RG.Skill, RDFS.subClassOf, ESCO.Skill),
        (RG.Skill, RDFS.subClassOf, SCHEMA.DefinedTerm),
        (RG.Department, RDFS.subClassOf, ORG.OrganizationalUnit),
        (RG.Posting, RDFS.subClassOf, SCHEMA.JobPosting),
        (RG.Document, RDFS.subClassOf, PROV.Entity),
        (RG.essentialSkill, RDFS.subPropertyOf, ESCO.relatedEssentialSkill),
        (RG.optionalSkill, RDFS.subPropertyOf, ESCO.relatedOptionalSkill),
        (RG.partOf, RDFS.subPropertyOf, ORG.subOrganizationOf),
        (RG.posting, RDFS.subPropertyOf, PROV.wasQuotedFrom),
    }
    assert aligned <= set(terms)


def test_an_export_keeps_to_domains_and_ranges(terms):
    """Every triple of our own properties joins what the ontology says it joins."""
    data = rdflib.Graph().parse(exported(InMemory(READINGS))[0], format="turtle")
    known = declared(terms)
    unknown = {p for p in data.predicates() if p.startswith(ONTOLOGY)} - set(known)
    assert not unknown
    for subject, predicate, object in data:
        if predicate in known:
            for kinds in _kinds(terms, predicate, RDFS.domain):
                assert kinds & set(data.objects(subject, RDF.type)), (subject, predicate)
            for kinds in _kinds(terms, predicate, RDFS.range):
                if isinstance(object, rdflib.Literal):
                    datatype = RDF.langString if object.language else object.datatype or rdflib.XSD.string
                    assert datatype in kinds, (predicate, object)
                else:
                    assert kinds & set(data.objects(object, RDF.type)), (predicate, object)
            assert isinstance(object, rdflib.Literal) == (known[predicate] == OWL.DatatypeProperty), predicate


def _kinds(terms, predicate, property):
    for one in terms.objects(predicate, property):
        union = terms.value(one, OWL.unionOf)
        yield set(terms.items(union)) if union else {one}


def test_skos_is_used_and_not_redefined(terms):
    assert not [subject for subject in declared(terms) if str(subject).startswith(str(SKOS))]
