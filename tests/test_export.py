"""The export: the whole graph, the same bytes for the same graph, read back by two libraries that are not ours."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import neo4j_server
import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS
from whole import ESCO, ODD, OLDER, READINGS, SCHEME, InMemory, exported, reading, stored

from graphmodel.errors import BadInput
from graphmodel.identity import candidate_id, department_id, document_id, duty_id, posting_id, requirement_id, role_id
from graphmodel.relations import Applied, Needs
from graphmodel.store import open_store
from ontology import taxonomy
from ontology.mapping import application_id, need_id
from ontology.terms import BASE, ONTOLOGY
from ontology.writers.ntriples import quoted

RG = rdflib.Namespace(ONTOLOGY)
FORMATS = {"turtle": pyoxigraph.RdfFormat.TURTLE, "nt": pyoxigraph.RdfFormat.N_TRIPLES}
TESTS = Path(__file__).parent


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints that knows the helpers of these tests."""
    paths = f"import sys; sys.path[:0] = {[str(TESTS), str(TESTS.parent)]!r}; from whole import *\n"
    command = [sys.executable, "-c", paths + code]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True, text=True).stdout


@pytest.fixture(scope="module")
def turtle() -> bytes:
    return exported(InMemory(READINGS))[0]


@pytest.fixture(scope="module")
def graph(turtle) -> rdflib.Graph:
    return rdflib.Graph().parse(turtle, format="turtle")


def thing(id: str) -> rdflib.URIRef:
    return rdflib.URIRef(BASE + id.replace(":", "/", 1))


def test_both_formats_hold_the_same_triples_and_as_many_as_were_counted(turtle, graph):
    lines, count = exported(InMemory(READINGS), "nt")
    assert exported(InMemory(READINGS))[1] == count == lines.count(b"\n") == len(graph)
    assert set(rdflib.Graph().parse(lines, format="nt")) == set(graph)
    parsed = set(pyoxigraph.parse(turtle, FORMATS["turtle"]))
    assert parsed == set(pyoxigraph.parse(lines, FORMATS["nt"]))
    assert len(parsed) == count


def test_there_are_no_blank_nodes(graph):
    assert not [triple for triple in graph if any(isinstance(term, rdflib.BNode) for term in triple)]


def test_lines_and_subjects_are_sorted(turtle):
    lines = exported(InMemory(READINGS), "nt")[0].decode().splitlines()
    assert lines == sorted(lines)
    blocks = [block.split(" ", 1)[0].split("\n")[0] for block in turtle.decode().split("\n\n")[1:]]
    assert blocks == sorted(blocks)


@pytest.mark.parametrize("format", ["turtle", "nt"])
def test_the_store_and_the_order_of_loading_change_no_byte(format):
    expected = exported(InMemory(READINGS), format)
    for order in itertools.permutations(READINGS):
        with closing(stored(order)) as store, store.reading() as view:
            assert exported(view, format) == expected


def test_matches_of_other_vocabularies_are_iris(graph):
    excel, users = thing("skill:excel"), thing("skill:user-analysis")
    assert list(graph.objects(excel, SKOS.exactMatch)) == [rdflib.URIRef(ESCO + "x")]
    assert set(graph.objects(users, SKOS.closeMatch)) == {
        rdflib.URIRef("http://example.org/users"),
        rdflib.URIRef(ESCO + "u"),
    }


def test_neo4j_gives_the_same_bytes():
    with (
        neo4j_server.fresh() as server,
        closing(stored(READINGS, server.url)) as store,
        store.reading() as view,
    ):
        for format in ("turtle", "nt", "trig", "jsonld"):
            assert exported(view, format) == exported(InMemory(READINGS), format)


def test_nothing_of_what_the_store_went_through_is_written():
    with closing(stored(READINGS)) as store:
        before = exported(store)
        store.add_many([reading("d.txt", "出纳")])
        store.forget(["d.txt"])
        assert exported(store) == before


def test_ids_that_were_given_up_lead_to_those_in_force(graph):
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(OLDER)
        store.set_taxonomy(SCHEME)
        store.add_many(READINGS)
        later = rdflib.Graph().parse(exported(store)[0], format="turtle")
    old = thing("skill:spreadsheet")
    assert set(later) - set(graph) == {
        (old, DCTERMS.isReplacedBy, thing("skill:excel")),
        (old, OWL.deprecated, rdflib.Literal(True)),
    }
    assert (thing("skill:ms-excel"), DCTERMS.isReplacedBy, thing("skill:excel")) in graph


def test_hash_seeds_change_no_byte():
    code = "print(hashlib.sha256(exported(InMemory(READINGS))[0]).hexdigest())"
    assert len({run(code, PYTHONHASHSEED=seed) for seed in ("0", "1", "42")}) == 1


def test_a_stated_edge_is_a_triple_and_each_mention_of_it_a_thing(graph):
    role, duty = thing(role_id("市场专员")), thing(duty_id("与财务部一起分析市场"))
    assert (role, RG.hasDuty, duty) in graph
    found = list(
        graph.query(
            """SELECT ?origin ?heading ?line (GROUP_CONCAT(?span; separator=" ") AS ?spans) WHERE {
                 ?m rg:relation rg:hasDuty; rg:source ?role; rg:target ?duty; rg:line ?line; rg:span ?span;
                    rg:heading ?heading; rg:posting/rg:document/rg:origin ?origin
               } GROUP BY ?origin ?heading ?line ORDER BY ?origin""",
            initNs={"rg": RG},
            initBindings={"role": role, "duty": duty},
        )
    )
    assert [(str(o), str(h), int(n), set(str(s).split())) for o, h, n, s in found] == [
        ("a.txt", "职责", 3, {"char=4,9", "char=12,20"}),
        ("c.txt", "职责", 3, {"char=4,9", "char=12,20"}),
    ]


def test_a_derived_edge_has_its_counts(graph):
    role, skill = role_id("市场专员"), "skill:market-analysis"
    need = thing(need_id(Needs(role, skill, 0, 0.0, 0, "required")))
    assert (thing(role), RG.needs, thing(skill)) in graph
    assert (thing(role), RG.essentialSkill, thing(skill)) in graph
    assert (thing(role), RG.optionalSkill, thing("skill:excel")) in graph
    assert {p: graph.value(need, p).toPython() for p in (RG.postings, RG.items, RG.necessity)} == {
        RG.postings: 2, RG.items: 2, RG.necessity: "required",
    }  # fmt: skip
    ours = thing(application_id(Applied(skill, department_id("市场部"), 0, 0)))
    theirs = thing(application_id(Applied(skill, department_id("财务部"), 0, 0)))
    assert (thing(skill), RG.appliedIn, thing(department_id("财务部"))) in graph
    assert [int(graph.value(ours, p)) for p in (RG.own, RG.involved)] == [3, 0]
    assert [int(graph.value(theirs, p)) for p in (RG.own, RG.involved)] == [0, 3]


def test_every_field_is_read_back(graph):
    need = thing(requirement_id("本科,3年以上经验,熟悉Excel优先"))
    assert graph.value(need, RG.minYears).toPython() == 3
    assert {str(major) for major in graph.objects(need, RG.major)} == {"统计学", "数学"}
    (mention,) = set(graph.subjects(RG.source, need)) & set(graph.subjects(RG.evidence))
    assert [str(graph.value(mention, p)) for p in (RG.evidence, RG.level, RG.method)] == ["Excel", "熟悉", "label"]
    posting = thing(posting_id("a.txt", 1))
    assert [str(graph.value(posting, p)) for p in (RG.organization, RG.place, RG.title)] == [
        "栖鹿旅行",
        "宁远",
        "市场专员",
    ]
    (definition,) = set(graph.objects(None, RG.definition))
    assert str(definition) == "接起的占比"
    assert {str(code) for code in graph.objects(thing(document_id("a.txt")), RG.note / RG.code)} == {
        "masked",
        "repaired",
    }


def test_quotes_and_control_characters_survive(graph):
    assert ODD in {str(heading) for heading in graph.objects(None, RG.heading)}
    assert ODD in {str(message) for message in graph.objects(None, RG.message)}


@given(st.text(), st.sampled_from([None, "zh-Hans"]))
@example("\x00\x0b\x1f\x7f\x85\u2028\ufeff\uffff", None)
def test_any_text_survives_in_both_libraries(value, language):
    line = f"<urn:s> <urn:p> {quoted(value, language)} .\n"
    for format in ("nt", "turtle"):
        (label,) = rdflib.Graph().parse(data=line, format=format).objects()
        assert (str(label), label.language) == (value, language)
        assert next(pyoxigraph.parse(line.encode(), FORMATS[format])).object.value == value


def test_candidates_and_roles_only_named_are_marked(graph):
    candidate = thing(candidate_id("写周报"))
    assert str(graph.value(candidate, RG.status)) == "candidate"
    assert graph.value(candidate, SKOS.inScheme) != graph.value(thing("skill:excel"), SKOS.inScheme)
    assert graph.value(thing(role_id("市场总监")), RG.described).toPython() is False
    assert graph.value(thing(role_id("数据分析")), RG.described).toPython() is True


def test_traditional_characters_are_tagged_as_such(graph):
    assert rdflib.Literal("市場專員", lang="zh-Hant") in set(graph.objects(thing(role_id("市场专员")), SKOS.altLabel))
    assert rdflib.Literal("用户分析", lang="zh-Hans") in set(
        graph.objects(thing("skill:user-analysis"), SKOS.prefLabel)
    )


def test_the_rules_of_skos_hold(graph):
    check_skos(graph)
    assert (thing("skill:market-analysis"), SKOS.related, thing("skill:user-analysis")) in graph
    assert (thing("skill:analysis"), SKOS.narrower, thing("skill:market-analysis")) in graph


def test_the_rules_of_skos_hold_for_the_built_in_taxonomy():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(taxonomy.load().scheme)
        check_skos(rdflib.Graph().parse(exported(store)[0], format="turtle"))


def check_skos(graph: rdflib.Graph) -> None:
    """S13, S14 and S27, links in both directions, and every concept in a scheme that has top concepts."""
    for concept in set(graph.subjects(SKOS.prefLabel)):
        preferred, others = list(graph.objects(concept, SKOS.prefLabel)), set(graph.objects(concept, SKOS.altLabel))
        assert len({label.language for label in preferred}) == len(preferred)
        assert not others & set(preferred)
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        broader = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert not broader & set(graph.objects(concept, SKOS.related))
        assert concept not in {
            up for b in graph.objects(concept, SKOS.broader) for up in graph.transitive_objects(b, SKOS.broader)
        }
        assert any(graph.objects(concept, SKOS.inScheme))
    inverses = ((SKOS.broader, SKOS.narrower), (SKOS.related, SKOS.related), (SKOS.topConceptOf, SKOS.hasTopConcept))
    for there, back in inverses:
        assert set(graph.subject_objects(there)) == {(s, o) for o, s in graph.subject_objects(back)}


def test_the_ids_of_things_are_their_names_in_turtle(turtle):
    text = turtle.decode()
    assert f"\n{role_id('市场专员')}\n    a rg:Role,\n        skos:Concept ;\n" in text
    assert "rg:hasDuty duty:" in text
    assert "skill:market-analysis" in text


def test_another_base_changes_things_and_not_terms(graph):
    data, count = exported(InMemory(READINGS), base="https://example.org/jobs/")
    assert count == len(graph)
    assert b"@prefix role: <https://example.org/jobs/role/> ." in data
    assert f"@prefix rg: <{ONTOLOGY}> .".encode() in data


@pytest.mark.parametrize(
    ("format", "base", "remedy"),
    [("n3", BASE, "turtle, nt"), ("nt", "example.org/", "absolute IRI"), ("nt", "https://example.org", "slash"),
     *(("nt", base, "absolute IRI") for base in ("https://exa mple.org/", "https://a/#b#", "http://[a/", "http://a/%z/"))],
)  # fmt: skip
def test_an_unknown_format_and_a_base_that_is_no_iri_are_refused(format, base, remedy):
    with pytest.raises(BadInput, match=remedy):
        exported(InMemory([]), format, base)


def test_an_empty_store_is_a_valid_export():
    with closing(open_store("sqlite://")) as store:
        data, count = exported(store)
    assert len(rdflib.Graph().parse(data, format="turtle")) == count


def test_a_million_triples_are_written_in_bounded_memory():
    """Ten triples a duty and its mention; as a list of triples these alone would take more than 300 MB."""
    pytest.importorskip("resource", reason="peak memory is asked of the operating system, not on Windows")
    code = """
import os, resource
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
print(export(Many(100_000), open(os.devnull, "wb"), "nt"), peak() - before)
"""
    triples, grown = map(int, run(code).split())
    assert triples > 1_000_000
    assert grown < 100 * (1024 if sys.platform == "linux" else 1 << 20)
