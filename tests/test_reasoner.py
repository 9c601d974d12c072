"""The ontology and an export before reasoners: no contradiction is in them, one that is planted is found, and the words
of other vocabularies answer."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import owlready2
import owlrl
import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import ORG, OWL, PROV, RDF, SKOS
from whole import READINGS, InMemory, exported

import ontology
from graphmodel.identity import candidate_id, document_id, duty_id, role_id
from ontology.terms import BASE, ONTOLOGY

HERE = Path(__file__).parent
FILES = (Path(ontology.__file__).parent / "rolegraph.ttl", HERE / "vocabularies.ttl")
"""Ours, and what the vocabularies that it is aligned with say."""

RG = rdflib.Namespace(ONTOLOGY)
ESCO = rdflib.Namespace("http://data.europa.eu/esco/model#")
DUTY, ROLE, CANDIDATE = duty_id("与财务部一起分析市场"), role_id("市场专员"), candidate_id("写周报")


def thing(id: str) -> rdflib.URIRef:
    return rdflib.URIRef(BASE + id.replace(":", "/", 1))


CONTRADICTIONS = {
    "a duty that is also a role": (thing(DUTY), RDF.type, RG.Role),
    "a candidate that ESCO would take for a skill": (thing(ROLE), RG.essentialSkill, thing(CANDIDATE)),
    "a document of two origins": (thing(document_id("a.txt")), RG.origin, rdflib.Literal("b/二.txt")),
}


@pytest.fixture(scope="module")
def lines() -> bytes:
    return exported(InMemory(READINGS), "nt")[0]


def ntriples(file: Path) -> bytes:
    triples = pyoxigraph.parse(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE)
    return pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)


def read(*lines: bytes) -> owlready2.World:
    """A world of its own that holds the ontologies and some N-Triples; owlready2 reads no Turtle."""
    world = owlready2.World()
    for n, each in enumerate([*map(ntriples, FILES), *lines]):
        world.get_ontology(f"http://example.org/file/{n}#").load(fileobj=io.BytesIO(each))
    return world


def reasoned(world: owlready2.World) -> owlready2.World:
    """The same after HermiT. Raises OwlReadyInconsistentOntologyError."""
    if shutil.which("java") is None:
        absent = "no java to run HermiT with"
        if os.environ.get("ROLEGRAPH_REQUIRE_NEO4J"):
            pytest.fail(absent)
        pytest.skip(absent)
    owlready2.sync_reasoner_hermit(world, debug=0)
    return world


@pytest.mark.parametrize("format", ["nt", "rdfxml"])
def test_owlready2_reads_the_ontology_and_an_export(format):
    world = read(exported(InMemory(READINGS), format)[0])
    ours = world.get_namespace(ONTOLOGY)
    assert ours.hasDuty.domain == [ours.Role | ours.Department]
    assert ours.hasDuty.range == [ours.Duty]
    role = world[thing(ROLE)]
    assert isinstance(role, ours.Role)
    assert world[thing(DUTY)] in role.hasDuty
    assert role.prefLabel == [owlready2.locstr("市场专员", "zh-Hans")]


def test_hermit_finds_no_contradiction_and_no_class_that_nothing_can_be_of(lines):
    world = reasoned(read(lines))
    assert list(world.inconsistent_classes()) == []
    role = world[thing(ROLE)]
    assert {world[ESCO.Occupation], world["https://schema.org/Occupation"], world[ORG.Role]} <= set(role.INDIRECT_is_a)
    assert world[thing(DUTY)] in role.hasDuty


@pytest.mark.parametrize("planted", CONTRADICTIONS)
def test_hermit_finds_what_is_planted(lines, planted):
    subject, predicate, object = CONTRADICTIONS[planted]
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reasoned(read(lines, f"{subject.n3()} {predicate.n3()} {object.n3()} .\n".encode()))


def test_all_of_it_is_owl_2_dl(lines, tmp_path):
    if shutil.which("javac") is None:
        pytest.skip("no Java compiler to run the check of OWL profiles with")
    every = tmp_path / "every.ttl"
    others = [line for line in ntriples(FILES[1]).splitlines(keepends=True) if b"owl#Ontology>" not in line]
    every.write_bytes(ntriples(FILES[0]) + b"".join(others) + lines)
    hermit = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    command = ["java", "-cp", hermit, HERE / "OwlProfile.java", FILES[0], every]
    told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout.splitlines()
    assert [line for line in told if not line.endswith(" axioms")] == []
    ours, both = (int(line.split()[0]) for line in told)
    assert both > ours > 500


@pytest.fixture(scope="module")
def inferred(lines) -> rdflib.Graph:
    """Ours and the data, without what others say, and all that follows by the rules of OWL 2 RL."""
    graph = rdflib.Graph().parse(FILES[0], format="turtle").parse(lines, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def asked(graph: rdflib.Graph, pattern: str) -> set[tuple[rdflib.term.Node, ...]]:
    """The rows that a pattern finds, their values in the order of the names of its variables."""
    names = {"esco": ESCO, "org": ORG, "prov": PROV, "rg": RG, "schema": "https://schema.org/", "skos": SKOS}
    found = graph.query(f"SELECT DISTINCT * WHERE {{ {pattern} }}", initNs=names)
    return {tuple(row[name] for name in sorted(found.vars)) for row in found}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("?r esco:relatedEssentialSkill ?s", "?r rg:essentialSkill ?s"),
        ("?s esco:isEssentialSkillFor ?r", "?r rg:essentialSkill ?s"),
        ("?r esco:relatedOptionalSkill ?s", "?r rg:optionalSkill ?s"),
        ("?r a esco:Occupation, schema:Occupation, org:Role, skos:Concept", "?r a rg:Role"),
        ("?s a esco:Skill, schema:DefinedTerm, skos:Concept", "?s a rg:Skill"),
        ("?d a org:OrganizationalUnit", "?d a rg:Department"),
        ("?d org:subOrganizationOf ?e", "?d rg:partOf ?e"),
        ("?p a schema:JobPosting, prov:Entity", "?p a rg:Posting"),
        ("?p prov:wasDerivedFrom ?d", "?p rg:document ?d"),
        ("?n a rg:Statement ; rg:postings ?p", "?n a rg:Need ; rg:postings ?p"),
        ("?m a rg:Statement, prov:Entity", "?m a rg:Mention"),
    ],
)
def test_the_words_of_others_answer(inferred, theirs, ours):
    found = asked(inferred, ours)
    assert found
    assert asked(inferred, theirs) == found


def test_every_mention_is_quoted_from_something_that_has_provenance(inferred):
    mentions = set(inferred.subjects(RDF.type, RG.Mention))
    quoted = asked(inferred, "?m a rg:Mention ; prov:wasQuotedFrom ?quoted . ?quoted a prov:Entity")
    assert {mention for mention, _ in quoted} == mentions
    assert {from_ for _, from_ in quoted} == set(inferred.objects(None, PROV.wasQuotedFrom))
    places = asked(inferred, "?m rg:relation rg:hasDuty ; prov:wasQuotedFrom ?d . ?d a rg:Document ; rg:origin ?o")
    assert {str(origin) for _, _, origin in places} == {"a.txt", "b/二.txt", "c.txt"}


def test_nothing_follows_of_a_candidate_but_that_it_is_a_concept(inferred):
    above = {cls for cls in inferred.objects(thing(CANDIDATE), RDF.type) if isinstance(cls, rdflib.URIRef)}
    assert above - {OWL.Thing} == {RG.CandidateSkill, SKOS.Concept}
    assert (thing(ROLE), RG.needs, thing(CANDIDATE)) in inferred
