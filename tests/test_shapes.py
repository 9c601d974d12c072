"""The published shapes say what the mapping writes, and the quick tests judge as pyshacl does."""

from __future__ import annotations

from typing import Literal, get_args, get_origin, get_type_hints

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from whole import OLDER, READINGS, SCHEME, InMemory, stored

from graphmodel.questions.conditions import EDUCATION
from graphmodel.relations import RELATIONS
from graphmodel.store import open_store
from ontology.mapping import CLASSES, FIELDS, PROPERTIES
from ontology.quality.screen import Screen, shapes
from ontology.quality.sources import Stored
from ontology.quality.vocabulary import thing
from ontology.terms import RDF as RDF_IRI
from ontology.terms import expanded

GIVEN_UP = "dct:isReplacedBy"
ABOUT_SKILLS = (
    "skos:hiddenLabel", "skos:notation", "skos:inScheme", "skos:topConceptOf", "skos:narrower", "owl:deprecated",
)  # fmt: skip
BESIDES = {
    "Role": {"skos:inScheme", "skos:topConceptOf", "essentialSkill", "optionalSkill"},
    "Skill": {*ABOUT_SKILLS},
    "CandidateSkill": {*ABOUT_SKILLS} - {"skos:notation", "skos:narrower", "owl:deprecated"},
    "Document": {"note"},
    "Mention": {"prov:wasQuotedFrom"},
}
"""What an export says of a class besides the fields and relations of its values."""

FORMS = {
    "boolean": XSD.boolean, "chinese": RDF.langString, "decimal": XSD.decimal, "english": RDF.langString,
    "integer": XSD.integer, "name": RDF.langString, "span": XSD.string, "text": XSD.string,
}  # fmt: skip
ODD = (
    '""', '"x"@zh-Hans', '"x"@fr', '""@en', '"char=1,2"', '"required"',
    *(f'"{value}"^^<{XSD}{name}>' for value, name in (
        ("-1", "integer"), ("abc", "integer"), ("7.0", "decimal"), ("true", "boolean"),
    )),
    "<http://localhost:8000/id/skill/excel>",
)  # fmt: skip
"""Values that some properties may have, and others may not."""


def node_shapes() -> dict[str, rdflib.term.Node]:
    """By the class that each is for."""
    graph = shapes()
    return {str(name): node for node, name in graph.subject_objects(SH.targetClass) if graph.value(node, SH.closed)}


def properties(node: rdflib.term.Node) -> dict[str, rdflib.term.Node]:
    graph = shapes()
    return {str(graph.value(each, SH.path)): each for each in graph.objects(node, SH.property)}


def written() -> dict[str, dict[str, tuple[str, object]]]:
    """What the mapping writes of each class: property -> form and type of the field."""
    found: dict[str, dict[str, tuple[str, object]]] = {}
    for cls, (name, *_) in CLASSES.items():
        names = ("Skill", "CandidateSkill") if name == "skos:Concept" else (name,)
        hints = get_type_hints(cls)
        for field in cls._fields:
            if field in ("id", "notes"):
                continue
            full = f"{cls.__name__}.{field}"
            property, form = FIELDS.get(full) or FIELDS[field]
            for each in names:
                found.setdefault(each, {})[property] = (form, hints[field])
    return found


def test_every_class_of_an_export_has_a_shape_of_its_own():
    assert set(node_shapes()) == {expanded(name) for name in [*written(), "skos:ConceptScheme"]}


@pytest.mark.parametrize("name", list(written()))
def test_a_shape_has_what_the_mapping_writes_and_nothing_else(name):
    kinds = {"Skill": "skill", "CandidateSkill": "skill"}.get(name, name.lower())
    relations = {PROPERTIES[one] for one, joins in RELATIONS.items() if kinds in joins.sources}
    if name == "CandidateSkill":  # the taxonomy says nothing of what it lacks
        relations -= {"skos:broader", "skos:related"}
    expected = {*written()[name], *relations, *BESIDES.get(name, ())}
    optional = {"skos:exactMatch", "skos:closeMatch"} if name == "CandidateSkill" else set()
    assert {expanded(each) for each in expected - optional} == set(properties(node_shapes()[expanded(name)]))


@pytest.mark.parametrize("name", list(written()))
def test_a_shape_asks_for_the_form_in_which_the_mapping_writes(name):
    graph, found = shapes(), properties(node_shapes()[expanded(name)])
    for property, (form, hint) in written()[name].items():
        if expanded(property) not in found:
            continue
        shape = found[expanded(property)]
        listed = graph.value(shape, SH["in"])
        values = {str(value) for value in Collection(graph, listed)} if listed else set()
        if form in ("thing", "iri"):
            assert graph.value(shape, SH.nodeKind) == SH.IRI
        elif form == "relation":
            assert values <= {expanded(each) for each in PROPERTIES.values()}
        elif listed:
            assert form == "text"
        else:
            assert graph.value(shape, SH.datatype) == FORMS[form], property
        choices = [each for each in (hint, *get_args(hint)) if get_origin(each) is Literal]
        if choices and property != "status":
            assert values == set(get_args(choices[0])), property


def test_the_lists_that_no_type_holds_are_those_of_the_code():
    graph, found = shapes(), node_shapes()

    def listed(cls: str, property: str) -> list[str]:
        shape = properties(found[expanded(cls)])[expanded(property)]
        return [str(value) for value in Collection(graph, graph.value(shape, SH["in"]))]

    assert listed("Requirement", "education") == list(EDUCATION)
    stated = [one for one, joins in RELATIONS.items() if CLASSES.get(joins.edge) == ("Mention",)]
    assert set(listed("Mention", "relation")) == {expanded(PROPERTIES[one]) for one in stated}
    assert listed("Need", "relation") == [expanded("needs")]
    assert listed("Application", "relation") == [expanded("appliedIn")]
    assert sorted(listed("Skill", "status") + listed("CandidateSkill", "status")) == [
        "candidate",
        "curated",
        "deprecated",
    ]


def test_every_shape_of_a_property_has_a_name_a_message_and_a_severity():
    graph = shapes()
    for node in node_shapes().values():
        for each in (node, *graph.objects(node, SH.property)):
            assert graph.value(each, SH.severity) == SH.Violation
            for about in (SH.name, SH.message):
                assert sorted(text.language for text in graph.objects(each, about)) == ["en", "zh-Hans"]


def subjects() -> list[tuple[str, list[tuple[str, str]]]]:
    view = stored(READINGS)
    view.set_taxonomy(OLDER)
    view.set_taxonomy(SCHEME)
    return list(Stored(view).subjects())


def graph_of(things: list[tuple[str, list[tuple[str, str]]]]) -> rdflib.Graph:
    lines = "".join(f"{s} {p} {o} .\n" for s, pairs in things for p, o in pairs)
    return rdflib.Graph().parse(data=lines, format="nt")


def failing(things: list[tuple[str, list[tuple[str, str]]]]) -> set[str]:
    screen = Screen(shapes())
    return {subject for subject, pairs in things if screen.failing(thing(subject, pairs))}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """rdflib tells every literal that is not what its datatype says."""
    caplog.set_level("ERROR", "rdflib.term")


def judged(things: list[tuple[str, list[tuple[str, str]]]]) -> set[str]:
    _, report, _ = pyshacl.validate(graph_of(things), shacl_graph=shapes())
    return {node.n3() for node in report.objects(None, SH.focusNode)}


def test_our_export_conforms():
    for things in (
        subjects(),
        list(Stored(InMemory(READINGS)).subjects()),
        list(Stored(open_store("sqlite://")).subjects()),
    ):
        assert failing(things) == judged(things) == set()


def test_the_quick_tests_judge_as_pyshacl_does():
    """Of a subject of each kind, and of each form of mention, all is left out, doubled, and replaced by what is odd."""
    kinds: dict[object, tuple[str, list[tuple[str, str]]]] = {}
    for subject, pairs in sorted(subjects(), key=lambda each: len(each[1])):
        kinds[subject.split("/")[-2], *(o for p, o in pairs if p.endswith(("#type>", "#relation>")))] = subject, pairs
    things: list[tuple[str, list[tuple[str, str]]]] = []

    def plant(subject: str, pairs: list[tuple[str, str]]) -> None:
        things.append((subject.replace("8000/id", f"8000/{len(things)}"), sorted(set(pairs))))

    for subject, pairs in kinds.values():
        for predicate in sorted({predicate for predicate, _ in pairs} - {f"<{RDF_IRI}type>"}):
            others = [pair for pair in pairs if pair[0] != predicate]
            plant(subject, others)
            for odd in ODD[len(things) % 4 :: 4]:
                plant(subject, [*others, (predicate, odd)])
            plant(subject, [*pairs, (predicate, ODD[len(things) % len(ODD)])])
        plant(subject, [*pairs, ("<urn:p>", '"x"')])
        plant(subject.replace("/id/", "/id/x"), pairs)
    found = failing(things)
    assert found == judged(things)
    assert len(things) / 2 < len(found) < len(things)


def test_a_constraint_that_the_quick_tests_do_not_know_is_refused():
    shape = "[] a sh:NodeShape ; sh:targetClass rdf:Bag ; sh:property [ sh:path rdf:value ; sh:maxLength 3 ] ."
    prefixes = f"@prefix sh: <{SH}> . @prefix rdf: <{RDF}> .\n"
    with pytest.raises(ValueError, match="maxLength"):
        Screen(rdflib.Graph().parse(data=prefixes + shape, format="turtle"))
