"""The ontology: every term that an export uses is declared, explained in two languages, and aligned."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from whole import READINGS, InMemory, exported

import ontology
from graphmodel.nodes import NODE_TYPES, Note
from graphmodel.relations import RELATIONS
from ontology.mapping import CLASSES, FIELDS, PROPERTIES
from ontology.terms import NAMESPACES, ONTOLOGY, expanded

FILE = Path(ontology.__file__).parent / "rolegraph.ttl"
RG = rdflib.Namespace(ONTOLOGY)
ESCO = rdflib.Namespace("http://data.europa.eu/esco/model#")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")
OURS = rdflib.URIRef("https://w3id.org/rolegraph/ns")


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(FILE, format="turtle")


def kinds(terms: rdflib.Graph) -> dict[rdflib.term.Node, rdflib.term.Node]:
    """Each term that is declared, our own and those of others -> the kind of term that it is."""
    return {
        subject: kind
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for subject in terms.subjects(RDF.type, kind)
        if isinstance(subject, rdflib.URIRef)
    }


def declared(terms: rdflib.Graph) -> dict[rdflib.term.Node, rdflib.term.Node]:
    """The same of our own."""
    return {subject: kind for subject, kind in kinds(terms).items() if subject.startswith(ONTOLOGY)}


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    return rdflib.Graph().parse(exported(InMemory(READINGS))[0], format="turtle")


def test_two_libraries_read_it_alike(terms):
    assert len(list(pyoxigraph.parse(FILE.read_bytes(), pyoxigraph.RdfFormat.TURTLE))) == len(terms)


def test_every_term_has_a_label_and_a_definition_in_chinese_and_in_english(terms):
    assert len(declared(terms)) > 60
    for subject in declared(terms):
        for property in (RDFS.label, SKOS.definition):
            texts = list(terms.objects(subject, property))
            assert sorted(text.language for text in texts) == ["en", "zh-Hans"], (subject, property)
            assert all(texts)
        said = {str(text) for text in terms.objects(subject, SKOS.definition)}
        assert not said & {str(text) for text in terms.objects(subject, RDFS.comment)}, subject
        assert list(terms.objects(subject, RDFS.isDefinedBy)) == [OURS]


def test_labels_and_definitions_are_unique_in_each_language(terms):
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for property in (RDFS.label, SKOS.definition):
            texts = [text for subject in terms.subjects(RDF.type, kind) for text in terms.objects(subject, property)]
            assert len(texts) == len(set(texts))


def test_the_ontology_says_of_itself_what_a_catalogue_asks(terms):
    version = terms.value(OURS, OWL.versionInfo)
    assert list(terms.subjects(RDF.type, OWL.Ontology)) == [OURS]
    assert terms.value(OURS, OWL.versionIRI) == rdflib.URIRef(f"{OURS}/{version}")
    assert str(terms.value(OURS, VANN.preferredNamespaceUri)) == ONTOLOGY == f"{OURS}#"
    assert NAMESPACES[str(terms.value(OURS, VANN.preferredNamespacePrefix))] == ONTOLOGY
    assert terms.value(OURS, DCTERMS.license) == rdflib.URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert terms.value(OURS, DCTERMS.created).datatype == rdflib.XSD.date
    for property in (DCTERMS.title, DCTERMS.description):
        assert sorted(text.language for text in terms.objects(OURS, property)) == ["en", "zh-Hans"]


def test_nothing_is_imported_that_would_have_to_be_fetched(terms):
    assert not list(terms.objects(None, OWL.imports))


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
    assert {str(subject) for subject in declared(terms)} - written == {expanded("Statement")}


def test_the_words_of_other_vocabularies_stand_above_ours(terms):
    aligned = {
        (RG.Role, RDFS.subClassOf, ESCO.Occupation),
        (RG.Role, RDFS.subClassOf, SCHEMA.Occupation),
        (RG.Role, RDFS.subClassOf, ORG.Role),
        (RG.Role, RDFS.subClassOf, SKOS.Concept),
        (RG.CandidateSkill, RDFS.subClassOf, SKOS.Concept),
        (RG.Skill, RDFS.subClassOf, SKOS.Concept),
        (RG.Skill, RDFS.subClassOf, ESCO.Skill),
        (RG.Skill, RDFS.subClassOf, SCHEMA.DefinedTerm),
        (RG.Department, RDFS.subClassOf, ORG.OrganizationalUnit),
        (RG.Posting, RDFS.subClassOf, SCHEMA.JobPosting),
        (RG.Document, RDFS.subClassOf, PROV.Entity),
        (RG.Duty, RDFS.subClassOf, PROV.Entity),
        (RG.Mention, RDFS.subClassOf, PROV.Entity),
        (RG.Requirement, RDFS.subClassOf, PROV.Entity),
        (RG.essentialSkill, RDFS.subPropertyOf, ESCO.relatedEssentialSkill),
        (RG.optionalSkill, RDFS.subPropertyOf, ESCO.relatedOptionalSkill),
        (RG.partOf, RDFS.subPropertyOf, ORG.subOrganizationOf),
        (RG.posting, RDFS.subPropertyOf, PROV.wasQuotedFrom),
    }
    assert aligned <= set(terms)


def test_a_candidate_is_no_skill_of_esco(terms):
    assert ESCO.Skill not in set(terms.transitive_objects(RG.CandidateSkill, RDFS.subClassOf))
    for property in (RG.essentialSkill, RG.optionalSkill):
        assert list(terms.objects(property, RDFS.range)) == [RG.Skill]


def test_an_export_writes_no_term_that_is_not_declared(terms, data):
    """OWL 2 DL asks this of the terms of others too; what RDF and OWL themselves define needs it not."""
    known = kinds(terms).keys() | {RDF.type, OWL.deprecated}
    assert set(data.predicates()) <= known
    assert set(data.objects(None, RDF.type)) <= known
    assert set(terms.objects(None, RDFS.subClassOf)) <= known
    assert set(terms.objects(None, RDFS.subPropertyOf)) <= known


def test_no_term_is_two_kinds_of_property_or_a_property_and_a_class(terms):
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    every = [subject for kind in (OWL.Class, *properties) for subject in set(terms.subjects(RDF.type, kind))]
    assert len(every) == len(set(every))


def test_every_property_of_ours_has_its_ends(terms):
    for property, kind in declared(terms).items():
        if kind != OWL.Class:
            assert len(list(terms.objects(property, RDFS.domain))) == 1, property
            assert len(list(terms.objects(property, RDFS.range))) == 1, property


def test_an_export_keeps_to_domains_and_ranges(terms, data):
    """Every triple of our own properties joins what the ontology says it joins."""
    known = declared(terms)
    unknown = {p for p in data.predicates() if p.startswith(ONTOLOGY)} - set(known)
    assert not unknown
    for subject, predicate, object in data:
        if predicate in known:
            assert _ends(terms, predicate, RDFS.domain) & _classes(terms, data, subject), (subject, predicate)
            range = _ends(terms, predicate, RDFS.range)
            if isinstance(object, rdflib.Literal):
                assert _datatypes(object) & range, (predicate, object)
            elif predicate == RG.relation:
                assert known[object] == OWL.ObjectProperty
                assert range == {RDF.Property}
            else:
                assert range & _classes(terms, data, object), (predicate, object)
            assert isinstance(object, rdflib.Literal) == (known[predicate] == OWL.DatatypeProperty), predicate


def _ends(terms, predicate, end):
    """The classes or datatypes of a domain or range."""
    one = terms.value(predicate, end)
    union = terms.value(one, OWL.unionOf)
    return set(terms.items(union)) if union else {one}


def _classes(terms, data, subject):
    """The classes of a thing, and those above them."""
    return {
        above for said in data.objects(subject, RDF.type) for above in terms.transitive_objects(said, RDFS.subClassOf)
    }


def _datatypes(literal):
    """rdf:PlainLiteral is OWL's name of texts with and without a language."""
    return {RDF.PlainLiteral} if literal.language else {literal.datatype or rdflib.XSD.string, RDF.PlainLiteral}


def test_what_is_functional_has_one_value_and_is_never_another(terms, data):
    """These are what an id is made from."""
    functional = set(terms.subjects(RDF.type, OWL.FunctionalProperty))
    names = ("document", "number", "origin", "posting", "source", "target")
    assert functional == {RG[name] for name in names}
    for property in functional:
        subjects = list(data.subjects(property))
        assert len(subjects) == len(set(subjects)), property


def test_a_thing_is_of_one_class_of_ours(terms, data):
    (disjoint,) = terms.subjects(RDF.type, OWL.AllDisjointClasses)
    classes = set(terms.items(terms.value(disjoint, OWL.members)))
    assert classes == {subject for subject, kind in declared(terms).items() if kind == OWL.Class} - {RG.Statement}
    for subject in set(data.subjects()):
        assert len(classes & _classes(terms, data, subject)) <= 1, subject


def test_skos_is_used_and_not_redefined(terms):
    assert not [subject for subject in declared(terms) if str(subject).startswith(str(SKOS))]
