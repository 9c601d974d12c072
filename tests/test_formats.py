"""Every format of an export holds the same triples, the same bytes each time, and any text or a refusal."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from test_export import run
from whole import READINGS, InMemory, exported, reading, stored

from graphmodel.errors import BadInput
from graphmodel.identity import candidate_id, department_id, document_id, duty_id, posting_id, role_id
from graphmodel.nodes import Posting
from graphmodel.store import open_store
from ontology import parts
from ontology.context import forms
from ontology.export import pieces
from ontology.formats import FORMATS
from ontology.terms import BASE, ONTOLOGY, SKOS
from ontology.writers.rdfxml import RdfXml

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PARSERS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB = {"rdfxml": "xml", "jsonld": "json-ld"}
ODD_BASE = "https://example.org/a&b'c/?x=1#"
XML_CANNOT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def by_pyoxigraph(data: bytes, format: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, PARSERS[format])}


def by_rdflib(data: bytes, format: str) -> set:
    graph = rdflib.Dataset(default_union=True) if format == "trig" else rdflib.Graph()
    graph.parse(data, format=RDFLIB.get(format, format))
    return set(graph.triples((None, None, None)))


def written(view, format: str, base: str = BASE, **options) -> bytes:
    return b"".join(piece for _, piece in pieces(view, format, base, **options))


def test_there_is_a_parser_of_others_for_each_format():
    assert PARSERS.keys() == FORMATS.keys()
    assert {PARSERS[name].media_type for name in FORMATS} == {each.media_type for each in FORMATS.values()}
    assert {ox.RdfFormat.from_extension(FORMATS[name].suffix) for name in FORMATS} == set(PARSERS.values())


@pytest.mark.parametrize("base", [BASE, ODD_BASE])
@pytest.mark.parametrize("format", FORMATS)
def test_each_format_holds_the_triples_of_the_others(format, base):
    data, count = exported(InMemory(READINGS), format, base)
    lines, triples = exported(InMemory(READINGS), "nt", base)
    assert by_pyoxigraph(data, format) == by_pyoxigraph(lines, "nt")
    assert by_rdflib(data, format) == by_rdflib(lines, "nt")
    assert count == len(list(ox.parse(data, PARSERS[format])))
    assert count == triples or format == "trig"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("options", [{"kinds": ["role", "mention", "note"]}, {"quotes": "none"}, {"kinds": []}])
def test_parts_are_the_same_in_each_format(format, options):
    data, lines = (written(InMemory(READINGS), name, **options) for name in (format, "nt"))
    assert by_pyoxigraph(data, format) == by_pyoxigraph(lines, "nt")


@pytest.mark.parametrize("format", ["rdfxml", "jsonld", "trig"])
def test_the_store_and_the_order_of_loading_change_no_byte(format):
    expected = exported(InMemory(READINGS), format)
    for order in (READINGS, READINGS[::-1], [READINGS[1], READINGS[0], READINGS[2]]):
        with closing(stored(order)) as store, store.reading() as view:
            assert exported(view, format) == expected


def test_hash_seeds_change_no_byte():
    code = """
for format in ("rdfxml", "jsonld", "trig"):
    print(hashlib.sha256(exported(InMemory(READINGS), format)[0]).hexdigest())
"""
    assert len({run(code, PYTHONHASHSEED=seed) for seed in ("0", "1", "42")}) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_store_is_a_valid_export(format):
    with closing(open_store("sqlite://")) as store:
        data, count = exported(store, format)
    assert len(by_rdflib(data, format)) == len(by_pyoxigraph(data, format)) == count


@given(st.text(), st.sampled_from([None, "zh-Hans"]))
@example(" ", None)
@example("\n 年\t\r\n\r", "zh-Hans")
@example("]]>&amp;<!--\x7f\x85\u2028\ufeff", None)
@example("\x00\x0b\x1f\uffff", None)
def test_any_text_survives_or_is_refused(value, language):
    name = "skos:altLabel" if language else "heading"
    for format in ("rdfxml", "jsonld", "trig"):
        writer = FORMATS[format].writer(BASE)
        pairs = [(writer.property(name), writer.text(value, language))]
        if format == "rdfxml" and XML_CANNOT.search(value):
            with pytest.raises(BadInput, match=f"{name} of role:1"):
                writer.block("role:1", pairs)
            continue
        data = (writer.head() + writer.block("role:1", pairs) + writer.tail()).encode()
        (one,) = by_pyoxigraph(data, format)
        assert one.object.value == value
        ((_, _, label),) = by_rdflib(data, format)
        assert (str(label), label.language) == (value, language)


def test_what_xml_cannot_hold_is_refused_by_name_and_held_by_other_formats():
    origin = "a\x0c.txt"
    view = InMemory([reading(origin, "市场专员")])
    with pytest.raises(BadInput) as refused:
        exported(view, "rdfxml")
    assert f"rg:origin of {document_id(origin)}" in refused.value.problem
    assert "'a\\x0c.txt'" in refused.value.problem
    assert "JSON-LD" in refused.value.remedy
    for format in ("jsonld", "trig", "turtle"):
        assert origin in {each.object.value for each in by_pyoxigraph(exported(view, format)[0], format)}


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_each_such_character_is_refused_where_it_is_said_and_nowhere_else(character):
    writer = RdfXml(BASE)
    good, bad = [("rg:text", writer.text("好"))], [("rg:text", writer.text(character, "zh-Hans"))]
    assert "好" in writer.block("duty:1", good)
    with pytest.raises(BadInput, match="rg:text of duty:2"):
        writer.block("duty:2", bad)
    assert "好" in writer.block("duty:3", good)


def test_properties_are_names_of_elements():
    writer = RdfXml(BASE)
    for name in forms():
        assert re.fullmatch(r"[a-z]+:[A-Za-z]+", writer.property(name))


def test_subjects_are_sorted_in_each_format():
    view = InMemory(READINGS)
    abouts = re.findall(r'rdf:about="([^"]+)"', exported(view, "rdfxml")[0].decode())
    assert abouts == sorted(set(abouts))
    ids = [node["id"] for node in json.loads(exported(view, "jsonld")[0])["@graph"]]
    assert [BASE + id.replace(":", "/", 1) for id in ids] == abouts


class Named:
    """The graphs of a TriG file: triples by the id of the document, and by None those of the default graph."""

    def __init__(self, view):
        self.triples: dict[str | None, set[ox.Triple]] = {}
        for quad in ox.parse(written(view, "trig"), ox.RdfFormat.TRIG):
            name = None if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            self.triples.setdefault(name and name.removeprefix(BASE).replace("/", ":"), set()).add(quad.triple)

    def holding(self, source: str, property: str, target: str) -> list[str | None]:
        ends = [ox.NamedNode(BASE + id.replace(":", "/", 1)) for id in (source, target)]
        triple = ox.Triple(ends[0], ox.NamedNode(ONTOLOGY + property), ends[1])
        return sorted((name for name, triples in self.triples.items() if triple in triples), key=str)


def test_a_named_graph_holds_what_its_document_states():
    named = Named(InMemory(READINGS))
    a, b, c = (document_id(each.document.origin) for each in READINGS)
    assert list(named.triples) == [None, *sorted([a, b, c])]
    role, shared = role_id("市场专员"), duty_id("与财务部一起分析市场")
    assert named.holding(role, "hasDuty", shared) == sorted([a, c])
    assert named.holding(role, "belongsTo", department_id("市场部")) == sorted([a, c])
    assert named.holding(department_id("市场部"), "partOf", department_id("总部")) == sorted([a, b, c])
    assert named.holding(shared, "requires", "skill:market-analysis") == sorted([a, b, c])
    assert named.holding(duty_id("数据分析写周报"), "requires", candidate_id("写周报")) == [b]
    assert named.holding(role, "needs", "skill:excel") == [None]
    mentions = {
        name: {t.subject.value for t in triples if "/mention/" in t.subject.value}
        for name, triples in named.triples.items()
    }
    assert mentions[None] == set()
    assert len(mentions[a]) == len(mentions[b]) == 13
    assert len(mentions[a] & mentions[c]) == 4, "the words of the items that both have"


def test_the_default_graph_holds_what_no_single_document_states():
    named = Named(InMemory(READINGS))
    kinds = {triple.subject.value.removeprefix(BASE).split("/")[0] for triple in named.triples[None]}
    assert kinds == {
        "application", "department", "duty", "indicator", "need", "requirement", "role", "scheme", "skill",
    }  # fmt: skip
    label = ox.NamedNode(SKOS + "prefLabel")
    assert all(label not in {t.predicate for t in triples} for name, triples in named.triples.items() if name)


def test_what_a_document_repeats_stands_in_its_graph_though_no_reading_knows_it():
    first, copy = READINGS[0], reading("z.txt", "市场专员")
    document = copy.document._replace(content=first.document.content)
    (posting,) = (node for node in copy.graph.nodes.values() if isinstance(node, Posting))
    nodes = {**copy.graph.nodes, document.id: document, posting.id: posting._replace(fingerprint="a.txt")}
    copy = copy._replace(document=document, graph=copy.graph._replace(nodes=nodes))
    with closing(stored([*READINGS, copy])) as store, store.reading() as view:
        assert by_pyoxigraph(written(view, "trig"), "trig") == by_pyoxigraph(written(view, "nt"), "nt")
        named = Named(view)
    assert named.holding(document.id, "repeats", first.document.id) == [document.id]
    assert named.holding(posting.id, "repeats", posting_id("a.txt", 1)) == [document.id]


def test_a_part_is_the_same_in_each_format():
    with closing(stored(READINGS)) as store, store.reading() as view:
        first = view.revision()
        some = parts.of_roles(view, [role_id("数据分析")])
        for format in ("rdfxml", "jsonld", "trig"):
            assert by_pyoxigraph(written(some, format), format) == by_pyoxigraph(written(some, "nt"), "nt")
        assert len(Named(some).triples) == 2
        assert b"document:" not in written(parts.since(view, first), "trig").split(b"\n\n", 1)[1]


def test_memory_does_not_grow_with_what_is_written():
    pytest.importorskip("resource", reason="peak memory is asked of the operating system, not on Windows")
    code = """
import os, resource
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
class Documents(Many):
    def nodes(self, kind, ids=None, where=None, order="id", after=None, before=None, limit=None):
        if kind == "document":
            first = int(after[0].partition(":")[2], 16) + 1 if after else 0
            return [Document(f"document:{i:016x}", f"{i}", "0") for i in range(first, min(first + limit, self._duties))]
        return [Posting(id, f"document:{id[8:]}", 1, "店长") for id in ids or ()]
    def readings(self, origins=None):
        for origin in origins:
            key = f"{int(origin):016x}"
            ends = ("HAS_DUTY", self._role.id, f"duty:{key}", f"posting:{key}")
            said = [item_mention(*ends, "职责", i, ((i, i + 9),)) for i in range(9)]
            document, posting = Document(f"document:{key}", origin, "0"), f"posting:{key}"
            yield Reading(document, "", Graph({posting: None}, {each.id: each for each in said}), "", "")
null = open(os.devnull, "wb")
for size in (1, 8):
    for format, view in (("rdfxml", Many), ("jsonld", Many), ("trig", Documents)):
        export(view(size * 2_500), null, format)
    print(peak())
"""
    small, large = map(int, run(code).split())
    assert large - small < 8 * (1024 if sys.platform == "linux" else 1 << 20)
