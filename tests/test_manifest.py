"""The manifest of an export: numbers that two other readers of RDF count too, digests that fit, terms told apart."""

from __future__ import annotations

import hashlib
import io
from contextlib import closing
from datetime import UTC, datetime

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VOID
from test_export import run
from whole import READINGS, InMemory, stored

from graphmodel.errors import BadInput
from graphmodel.store import open_store
from ontology import counts, formats
from ontology.counts import Counts, Part
from ontology.entries import ESCO
from ontology.export import export
from ontology.manifest import Dump, dump_of, manifest, source_date
from ontology.mapping import CLASSES
from ontology.terms import BASE, NAMESPACES, XSD, expanded, iri

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
PLACE = "https://example.org/dumps/void.ttl"
ISSUED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def counted(format: str, base: str = BASE, **options) -> Counts:
    found = Counts(formats.named(format).writer(base))
    export(InMemory(READINGS), io.BytesIO(), format, base, counted=found.add, **options)
    return found


def read(text: str) -> rdflib.Graph:
    quads = list(pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE, base_iri=PLACE))
    graph = rdflib.Graph().parse(data=text, format="turtle", publicID=PLACE)
    assert len(graph) == len(quads)
    return graph


def thing(name: str, base: str = BASE) -> rdflib.URIRef:
    return rdflib.URIRef(iri(f"dataset:{name}", base))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    out = io.BytesIO()
    export(InMemory(READINGS), out, "nt")
    return rdflib.Graph().parse(out.getvalue(), format="nt")


@pytest.fixture(scope="module")
def told() -> rdflib.Graph:
    files = [Dump("图谱.ttl.gz", "turtle", 12, "ab" * 32, compressed=True), Dump("graph.nt", "nt", 34, "cd" * 32)]
    return read(manifest(counted("nt"), files, version="0.1.0", issued=ISSUED))


@pytest.mark.parametrize("format", [name for name in formats.FORMATS if name != "trig"])
def test_what_is_counted_is_what_is_there_in_every_format(graph, format):
    found = counted(format)
    assert (found.triples, found.subjects) == (len(graph), len(set(graph.subjects())))
    for name, part in found.properties.items():
        said = list(graph.subject_objects(rdflib.URIRef(expanded(name))))
        assert part == Part(len(said), len({subject for subject, _ in said})), name
    assert {expanded(name) for name in found.properties} == {str(predicate) for predicate in graph.predicates()}
    for name, part in found.classes.items():
        things = set(graph.subjects(RDF.type, rdflib.URIRef(expanded(name))))
        assert part == Part(sum(len(list(graph.predicate_objects(each))) for each in things), len(things)), name
    assert {expanded(name) for name in found.classes} == {str(each) for each in graph.objects(None, RDF.type)}
    assert {*found.classes} >= {name for names in CLASSES.values() for name in names}
    for name in ("skos:exactMatch", "skos:closeMatch"):
        matches = graph.objects(None, rdflib.URIRef(expanded(name)))
        assert found.esco[name] == sum(str(match).startswith(ESCO) for match in matches)


def test_a_view_is_counted_without_writing_it():
    written = counted("turtle", quotes="none", kinds=["skill", "duty"])
    found = counts.of_view(InMemory(READINGS), quotes="none", kinds=["skill", "duty"])
    assert manifest(found, version="1") == manifest(written, version="1")


def test_a_thing_that_says_much_is_counted_like_the_others():
    writer = formats.named("nt").writer(BASE)
    kind, link, label = (writer.property(name) for name in ("rdf:type", "skos:exactMatch", "skos:altLabel"))
    found = Counts(writer)
    for id, labels in (("skill:a", 60), ("skill:b", 1)):
        pairs = [(label, f'"{n:02}"@zh-Hans') for n in range(labels)]
        found.add(id, sorted([*pairs, (kind, writer.term("Skill")), (link, writer.link(ESCO + "x"))]))
    assert found.properties == {
        "rdf:type": Part(2, 2), "skos:altLabel": Part(61, 2), "skos:exactMatch": Part(2, 2)
    }  # fmt: skip
    assert found.classes == {"Skill": Part(65, 2)}
    assert (found.subjects, found.triples) == (2, 65)
    assert found.esco == {"skos:exactMatch": 2}
    assert found.examples == {"skill": "skill:a"}


def test_the_numbers_stand_in_void(graph, told):
    whole = thing("graph")
    subjects = len(set(graph.subjects()))
    assert [told.value(whole, p).toPython() for p in (VOID.distinctSubjects, VOID.entities)] == [subjects, subjects]
    assert told.value(whole, VOID.triples).toPython() == len(graph)
    roles = told.value(None, VOID["class"], rdflib.URIRef(expanded("Role")))
    assert (whole, VOID.classPartition, roles) in told
    assert told.value(roles, VOID.entities).toPython() == 4
    labels = told.value(None, VOID.property, SKOS.prefLabel)
    assert (whole, VOID.propertyPartition, labels) in told
    assert told.value(labels, VOID.triples).toPython() == len(list(graph.subject_objects(SKOS.prefLabel)))
    examples = list(told.objects(whole, VOID.exampleResource))
    assert len(examples) > 10
    assert all((example, RDF.type, None) in graph for example in examples)
    assert told.value(whole, VOID.uriSpace).toPython() == BASE
    assert all(str(subject).startswith(BASE) for subject in graph.subjects())
    used = {str(predicate) for predicate in graph.predicates()} | {str(cls) for cls in graph.objects(None, RDF.type)}
    vocabularies = {str(vocabulary) for vocabulary in told.objects(whole, VOID.vocabulary)}
    assert all(any(term.startswith(each) for each in vocabularies) for term in used)
    assert vocabularies <= {*NAMESPACES.values()}
    assert (rdflib.URIRef(PLACE), FOAF.primaryTopic, whole) in told


def test_there_are_no_blank_nodes(told):
    assert not [term for triple in told for term in triple if isinstance(term, rdflib.BNode)]


def test_each_file_is_a_distribution_beside_the_manifest(told):
    files = {str(told.value(file, DCAT.downloadURL)): file for file in told.objects(thing("graph"), DCAT.distribution)}
    packed, plain = "https://example.org/dumps/%E5%9B%BE%E8%B0%B1.ttl.gz", "https://example.org/dumps/graph.nt"
    assert {*files} == {packed, plain} == {str(each) for each in told.objects(thing("graph"), VOID.dataDump)}
    media = "https://www.iana.org/assignments/media-types/"
    assert str(told.value(files[packed], DCAT.mediaType)) == media + "text/turtle"
    assert str(told.value(files[packed], DCAT.compressFormat)) == media + "application/gzip"
    assert told.value(files[plain], DCAT.compressFormat) is None
    assert told.value(files[plain], DCAT.byteSize) == rdflib.Literal("34", datatype=XSD + "nonNegativeInteger")
    checksum = told.value(files[plain], SPDX.checksum)
    assert told.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    assert str(told.value(checksum, SPDX.checksumValue)) == "cd" * 32


def test_a_file_that_is_there_is_told_with_its_size_and_digest(tmp_path):
    file = tmp_path / "graph.ttl.gz"
    file.write_bytes(b"packed")
    assert dump_of(file, "turtle") == Dump(
        "graph.ttl.gz", "turtle", 6, hashlib.sha256(b"packed").hexdigest(), compressed=True
    )


def test_a_file_elsewhere_may_have_an_address_and_no_size():
    found = read(manifest(counted("nt"), [Dump("https://data.example.org/export.nt?quotes=none", "nt")], version="1"))
    (file,) = found.objects(thing("graph"), DCAT.distribution)
    assert str(found.value(file, DCAT.downloadURL)) == "https://data.example.org/export.nt?quotes=none"
    assert found.value(file, DCAT.byteSize) is None
    assert found.value(thing("graph"), DCAT.version) is None


def test_whose_what_is_is_told_apart(told):
    whole, apache = thing("graph"), rdflib.URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert set(told.objects(whole, VOID.subset)) == {
        thing(part) for part in ("documents", "taxonomy", "esco-exactMatch", "esco-closeMatch")
    }
    assert told.value(whole, DCTERMS.license) is None
    assert told.value(thing("documents"), DCTERMS.license) is None
    assert told.value(thing("taxonomy"), DCTERMS.license) == apache
    assert told.value(rdflib.URIRef("https://w3id.org/rolegraph/ns"), DCTERMS.license) == apache
    links = thing("esco-exactMatch")
    assert told.value(links, VOID.linkPredicate) == SKOS.exactMatch
    assert told.value(links, VOID.triples).toPython() == 1
    esco = told.value(links, VOID.objectsTarget)
    assert "creativecommons.org/licenses/by/4.0" in str(told.value(esco, DCTERMS.license))
    for part, words in (
        ("graph", ("子数据集", "subset")),
        ("documents", ("不为 rolegraph 所知", "not known to rolegraph")),
        ("taxonomy", ("Apache", "Apache")),
        ("esco", ("欧盟委员会的 ESCO 分类", "uses the ESCO classification of the European Commission")),
        ("esco-closeMatch", ("2011/833/EU", "Modified")),
    ):
        rights = told.value(thing(part), DCTERMS.rights)
        assert (rights, RDF.type, DCTERMS.RightsStatement) in told
        said = {label.language: str(label) for label in told.objects(rights, RDFS.label)}
        assert words[0] in said["zh-Hans"]
        assert words[1] in said["en"]


@pytest.mark.parametrize(("quotes", "words"), [("none", "no sentences"), ("spans", "only where"), ("full", "It has")])
def test_how_much_of_the_documents_is_in_it_is_told(quotes, words):
    found = read(manifest(counted("nt", quotes=quotes), version="1", quotes=quotes))
    rights = found.value(thing("documents"), DCTERMS.rights)
    assert any(words in str(label) for label in found.objects(rights, RDFS.label))


def test_the_only_dates_and_versions_are_those_given(told):
    whole = thing("graph")
    assert told.value(whole, DCTERMS.issued).toPython() == ISSUED
    assert str(told.value(whole, OWL.versionInfo)) == "rolegraph 0.1.0"
    assert str(told.value(whole, DCAT.version)) == "sha256-" + "ab" * 32
    assert told.value(whole, VOID.sparqlEndpoint) is None
    bare = read(manifest(counted("nt"), version="1", revision="12", sparql="https://example.org/sparql"))
    assert not list(bare.subject_objects(DCTERMS.issued))
    assert str(bare.value(whole, DCAT.version)) == "12"
    assert bare.value(whole, VOID.sparqlEndpoint) == rdflib.URIRef("https://example.org/sparql")


def test_the_date_is_that_of_the_environment():
    assert source_date({"SOURCE_DATE_EPOCH": "1772600767"}) == ISSUED
    assert source_date({}) is source_date({"SOURCE_DATE_EPOCH": ""}) is None
    for wrong in ("yesterday", "9" * 30):
        with pytest.raises(BadInput, match="seconds since 1970"):
            source_date({"SOURCE_DATE_EPOCH": wrong})


def test_the_same_graph_has_the_same_manifest_in_any_store_and_order():
    expected = manifest(counted("nt"), version="1")
    with closing(stored(READINGS[::-1])) as store, store.reading() as view:
        assert manifest(counts.of_view(view), version="1") == expected
    code = """
from ontology import counts
from ontology.manifest import manifest
print(hashlib.sha256(manifest(counts.of_view(InMemory(READINGS)), version="1").encode()).hexdigest())
"""
    assert {run(code, PYTHONHASHSEED=seed).strip() for seed in ("0", "42")} == {
        hashlib.sha256(expected.encode()).hexdigest()
    }


def test_another_base_is_that_of_the_manifest_too():
    base = "https://example.org/x#"
    found = read(manifest(counted("turtle", base), base=base, version="1"))
    assert str(found.value(thing("graph", base), VOID.uriSpace)) == base
    with pytest.raises(BadInput, match="absolute IRI"):
        manifest(counted("nt"), base="example.org", version="1")


def test_an_empty_store_has_a_valid_manifest():
    with closing(open_store("sqlite://")) as store, store.reading() as view:
        found = read(manifest(counts.of_view(view), version="1"))
    assert not list(found.subjects(RDF.type, VOID.Linkset))
