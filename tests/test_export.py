"""The export: the whole graph, the same bytes for the same graph, read back by two libraries that are not ours."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from graphmodel.errors import BadInput
from graphmodel.graph import Graph, Reading, SkillScheme, applied_edges, counted_postings, derive, needs_edges, union
from graphmodel.identity import (
    candidate_id,
    department_id,
    document_id,
    duty_id,
    indicator_id,
    kind_of,
    posting_id,
    requirement_id,
    role_id,
)
from graphmodel.nodes import (
    Department,
    Document,
    Duty,
    Indicator,
    Note,
    Posting,
    Requirement,
    Role,
    Skill,
)
from graphmodel.relations import Applied, Link, Needs, department_mention, fact_mention, item_mention, skill_mention
from graphmodel.store import open_store
from ontology import taxonomy
from ontology.export import export
from ontology.mapping import application_id, need_id
from ontology.terms import BASE, ONTOLOGY
from tests import neo4j_server

RG = rdflib.Namespace(ONTOLOGY)
SCHEME = SkillScheme(
    "taxonomy-1",
    (
        Skill("skill:analysis", "分析", "analysis", definition="弄清楚事物的构成。"),
        Skill("skill:market-analysis", "市场分析", "market analysis", ("市场洞察", "市場洞察"), ("market insight",)),
        Skill("skill:user-analysis", "用户分析", "user analysis"),
        Skill("skill:excel", "Excel", "Excel", ("电子表格",), ("Excel",), type="tool"),
    ),
    (("skill:market-analysis", "skill:analysis"), ("skill:user-analysis", "skill:analysis")),
    (("skill:market-analysis", "skill:user-analysis"),),
    (
        ("skill:ms-excel", "skill:excel"),
        (candidate_id("市场洞察"), "skill:market-analysis"),
        (candidate_id("电子表格"), "skill:excel"),
    ),
)
OLDER = SkillScheme(
    "taxonomy-0",
    (Skill("skill:excel", "Excel", alt_names=("写表格",)), Skill("skill:abacus", "珠算", "abacus")),
    (),
    (),
    (("skill:spreadsheet", "skill:excel"), (candidate_id("写表格"), "skill:excel")),
)
ODD = '用"引号"、反斜线\\与\t制表符\n换行'


def reading(origin: str, role: str, *, odd: bool = False) -> Reading:
    """A document with one posting that states something in every relation."""
    document, posting = document_id(origin), posting_id(origin, 1)
    duty = Duty(duty_id("与财务部一起分析市场"), "与财务部一起分析市场")
    own = Duty(duty_id(f"{role}写周报"), f"{role}写周报")
    need = Requirement(
        requirement_id("本科,3年以上经验,熟悉Excel优先"), "本科,3年以上经验,熟悉Excel优先",
        "education", "本科", 3.0, "市场", ("统计学", "数学"), ("CPA",), ("英语",),
    )  # fmt: skip
    ours = Department(department_id("市场部"), "市场部")
    finance, company = Department(department_id("财务部"), "财务部"), Department(department_id("总部"), "总部")
    target, boss = Role(role_id("市场总监"), "市场总监", (), False), Role(role_id("经理"), "经理", (), False)
    indicator = Indicator(indicator_id("接通率"), "接通率")
    candidate = Skill(candidate_id("写周报"), "写周报", status="candidate")
    subject = Role(role_id(role), role, ("市場專員",) if odd else ())
    notes = (Note("masked", 30, 41, "a mobile number"), Note("repaired", 2, 3, ODD)) if odd else ()
    nodes = (
        Document(document, origin, hashlib.sha256(origin.encode()).hexdigest(), notes=notes),
        Posting(posting, document, 1, role, organization="栖鹿旅行", place="宁远", end=90, fingerprint=origin),
        subject, duty, own, need, ours, finance, company, target, boss, indicator, candidate,
        *SCHEME.skills,
    )  # fmt: skip
    place = ((4, 9), (12, 20))
    mentions = (
        fact_mention("DESCRIBES", posting, subject.id, posting, role, 1, ((0, 3),)),
        fact_mention("BELONGS_TO", subject.id, ours.id, posting, "市场部", 2, ((4, 7),)),
        fact_mention("REPORTS_TO", subject.id, boss.id, posting, "经理", 2, ((8, 10),)),
        fact_mention("LEADS_TO", subject.id, target.id, posting, "市场总监", 9, ((70, 74),)),
        fact_mention("PART_OF", ours.id, company.id, posting, "总部市场部", 2, ((4, 9),)),
        fact_mention("MEASURED_BY", subject.id, indicator.id, posting, "接通率", 8, ((60, 63),), "接起的占比", "90%"),
        item_mention("HAS_DUTY", subject.id, duty.id, posting, "职责", 3, place),
        item_mention("HAS_DUTY", subject.id, own.id, posting, ODD if odd else None, 4, ((21, 25),)),
        item_mention("HAS_REQUIREMENT", subject.id, need.id, posting, "要求", 6, ((40, 50),), "preferred"),
        skill_mention(duty.id, "skill:market-analysis", "分析市场", 6, 10, "pattern", 0.9),
        skill_mention(own.id, candidate.id, "写周报", len(role), len(role) + 3, "candidate", 1 / 3),
        skill_mention(need.id, "skill:excel", "Excel", 11, 16, "label", 1.0, "preferred", "熟悉"),
        department_mention(duty.id, finance.id, "财务部", 1, 4),
    )
    graph = Graph({node.id: node for node in nodes}, {mention.id: mention for mention in mentions})
    return Reading(graph.nodes[document], "正文" * 50, graph, "reader-1", SCHEME.digest)


READINGS = [reading("a.txt", "市场专员", odd=True), reading("b/二.txt", "数据分析"), reading("c.txt", "市场专员")]


class InMemory:
    """The reads that an export needs, straight from the graph as a value: another road than the stores'."""

    def __init__(self, readings):
        graph = union(reading.graph for reading in readings)
        self._nodes = graph.nodes | {skill.id: skill for skill in SCHEME.skills}
        origins = {node.id: node.origin for node in graph.nodes.values() if isinstance(node, Document)}
        postings = [node for node in graph.nodes.values() if isinstance(node, Posting)]
        derived = derive(graph.mentions.values(), counted_postings(postings, origins))
        links = [Link("BROADER", *pair) for pair in SCHEME.broader] + [
            Link("RELATED", *pair) for pair in SCHEME.related
        ]
        self._edges = [*graph.mentions.values(), *links, *needs_edges(derived), *applied_edges(derived)]

    def nodes(self, kind, ids=None, where=None, order="id", after=None, before=None, limit=None):
        last = after[0] if after else ""
        return [self._nodes[id] for id in sorted(self._nodes) if kind_of(id) == kind and id > last][:limit]

    def edges(self, relation, sources=None, targets=None):
        chosen = [e for e in self._edges if e.relation == relation and (sources is None or e.source in sources)]
        return iter(sorted(chosen, key=lambda edge: (edge.source, edge.target, getattr(edge, "id", ""))))


def exported(view, format="turtle", base=BASE) -> tuple[bytes, int]:
    out = io.BytesIO()
    count = export(view, out, format, base)
    return out.getvalue(), count


def stored(readings, url="sqlite://"):
    store = open_store(url)
    store.set_taxonomy(SCHEME)
    store.add_many(readings)
    return store


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
    parsed = [set(pyoxigraph.parse(data, format)) for data, format in (
        (turtle, pyoxigraph.RdfFormat.TURTLE), (lines, pyoxigraph.RdfFormat.N_TRIPLES))]  # fmt: skip
    assert parsed[0] == parsed[1]
    assert len(parsed[0]) == count


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


@pytest.mark.parametrize("format", ["turtle", "nt"])
def test_neo4j_gives_the_same_bytes(format, monkeypatch):
    with closing(stored(READINGS, neo4j_server.fresh(monkeypatch).url)) as store, store.reading() as view:
        assert exported(view, format) == exported(InMemory(READINGS), format)


def test_nothing_of_what_the_store_went_through_is_written():
    with closing(stored(READINGS)) as store:
        before = exported(store)
        store.add_many([reading("d.txt", "出纳")])
        store.forget(["d.txt"])
        assert exported(store) == before
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(OLDER)
        store.set_taxonomy(SCHEME)
        store.add_many(READINGS)
        assert exported(store) == before


def test_hash_seeds_change_no_byte():
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; from tests.test_export import *;"
        "print(hashlib.sha256(exported(InMemory(READINGS))[0]).hexdigest())"
    )
    root = Path(__file__).parent.parent
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(root)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(printed) == 1


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
    assert f"\n{role_id('市场专员')}\n    a skos:Concept, rg:Role ;\n" in text
    assert "rg:hasDuty\n" in text
    assert "skill:market-analysis" in text


def test_another_base_changes_things_and_not_terms(graph):
    data, count = exported(InMemory(READINGS), base="https://example.org/jobs/")
    assert count == len(graph)
    assert b"@prefix role: <https://example.org/jobs/role/> ." in data
    assert f"@prefix rg: <{ONTOLOGY}> .".encode() in data


@pytest.mark.parametrize(
    ("format", "base", "remedy"),
    [("n3", BASE, "turtle, nt"), ("nt", "example.org/", "absolute IRI"), ("nt", "https://example.org", "slash"),
     ("nt", "https://exa mple.org/", "absolute IRI")],
)  # fmt: skip
def test_an_unknown_format_and_a_base_that_is_no_iri_are_refused(format, base, remedy):
    with pytest.raises(BadInput, match=remedy):
        exported(InMemory([]), format, base)


def test_an_empty_store_is_a_valid_export():
    with closing(open_store("sqlite://")) as store:
        data, count = exported(store)
    assert len(rdflib.Graph().parse(data, format="turtle")) == count


class Many(InMemory):
    """As many duties of one role as asked for, made while they are read."""

    def __init__(self, duties: int):
        self._duties, self._role = duties, Role("role:" + "0" * 16, "店长")

    def nodes(self, kind, ids=None, where=None, order="id", after=None, before=None, limit=None):
        if kind == "duty":
            first = int(after[0].partition(":")[2], 16) + 1 if after else 0
            ids = (f"duty:{i:016x}" for i in range(first, min(first + limit, self._duties)))
            return [Duty(id, f"{id}的计划与执行") for id in ids]
        return [self._role] if kind == "role" and not after else []

    def edges(self, relation, sources=None, targets=None):
        if relation == "HAS_DUTY" and sources is None:
            for i in range(self._duties):
                yield item_mention(relation, self._role.id, f"duty:{i:016x}", "posting:1", "职责", i, ((i, i + 9),))


def test_a_million_triples_are_written_in_bounded_memory():
    """Ten triples a duty and its mention; as a list of triples these alone would take more than 300 MB."""
    pytest.importorskip("resource", reason="peak memory is asked of the operating system, not on Windows")
    code = (
        "import sys, resource; sys.path[:0] = [sys.argv[1]]; from tests.test_export import *;"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; before = peak();"
        "print(export(Many(100_000), open(os.devnull, 'wb'), 'nt'), peak() - before)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent.parent)], capture_output=True, check=True, text=True
    )
    triples, grown = map(int, printed.stdout.split())
    assert triples > 1_000_000
    assert grown < 100 * (1024 if sys.platform == "linux" else 1 << 20)
