"""The published JSON-LD context, and a role as a tree, read by PyLD and pyoxigraph."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld
from whole import READINGS, InMemory, Many, exported, stored

import ontology
from graphmodel.errors import BadInput, NotFound
from graphmodel.identity import department_id, document_id, duty_id, posting_id, role_id
from ontology import parsing
from ontology.context import KEYS, context, document, forms, key
from ontology.export import pieces
from ontology.framed import framed
from ontology.terms import BASE, DATA_KINDS, NAMESPACES, ONTOLOGY, XSD
from ontology.writers.jsonld import JsonLd

ROLE = role_id("市场专员")
PAGE = (Path(__file__).parent.parent / "docs" / "jsonld.md").read_text(encoding="utf-8")
OTHER_BASE = "https://example.org/jobs/"


def no_network(url, options):
    raise AssertionError(f"{url} was asked for")


def expanded(tree: dict) -> set[ox.Triple]:
    """The triples that PyLD finds; it writes language tags in lower case, as pyoxigraph does."""
    lines = jsonld.to_rdf(tree, {"format": "application/n-quads", "documentLoader": no_network})
    return {quad.triple for quad in ox.parse(lines.encode(), ox.RdfFormat.N_QUADS)}


def triples(view, base: str = BASE) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(exported(view, "nt", base)[0], ox.RdfFormat.N_TRIPLES)}


@pytest.fixture(scope="module")
def dump() -> dict:
    return json.loads(exported(InMemory(READINGS), "jsonld")[0])


@pytest.fixture(scope="module")
def view():
    with closing(stored(READINGS)) as store, store.reading() as view:
        yield view


@pytest.fixture(scope="module")
def tree(view) -> dict:
    return framed(view, ROLE)


def test_the_published_context_is_that_of_the_mapping():
    published = Path(ontology.__path__[0], "context.jsonld").read_text("utf-8")
    assert published == document(), "write it anew: python -m ontology.context > ontology/context.jsonld"


def test_a_dump_has_the_published_context_in_it(dump):
    assert {"@context": dump["@context"]} == json.loads(document())


def test_keys_are_unique_and_no_prefixes():
    keys = [key(name) for name in forms()]
    assert len({*keys}) == len(keys)
    assert not {*keys} & {*DATA_KINDS, *NAMESPACES}
    assert {*KEYS} - {*forms()} == {"rdf:type"}


def test_each_key_of_a_dump_is_in_the_context_and_each_term_in_the_ontology(dump):
    assert {name for node in dump["@graph"] for name in node} <= dump["@context"].keys()
    ours = {name for name in forms() if ":" not in name}
    declared = Path(ontology.__path__[0], "rolegraph.ttl").read_text("utf-8")
    assert {name for name in ours if not re.search(rf"^rg:{name} a ", declared, re.MULTILINE)} == set()


def test_another_processor_reads_a_dump_without_a_network(dump):
    assert expanded(dump) == triples(InMemory(READINGS))


def test_the_context_of_a_server_serves_for_nodes_without_one(dump):
    node = next(node for node in dump["@graph"] if node["id"] == ROLE)
    assert expanded({**node, **json.loads(document())}) < triples(InMemory(READINGS))
    other = JsonLd(OTHER_BASE)
    assert context(OTHER_BASE)["role"]["@id"] == "https://example.org/jobs/role/"
    assert json.loads(other.head() + other.tail()) == {"@context": context(OTHER_BASE), "@graph": []}


def test_nodes_are_as_people_of_the_web_expect(dump):
    nodes = {node["id"]: node for node in dump["@graph"]}
    skill = nodes["skill:market-analysis"]
    assert skill["name"] == {"en": "market analysis", "zh-Hans": "市场分析"}
    assert skill["altNames"] == {"en": ["market insight"], "zh-Hans": ["市场洞察"], "zh-Hant": ["市場洞察"]}
    assert skill["broader"] == ["skill:analysis"]
    assert skill["type"] == ["Concept", "Skill"]
    assert nodes["skill:ms-excel"] == {"id": "skill:ms-excel", "deprecated": True, "replacedBy": "skill:excel"}
    assert nodes[ROLE]["hasDuty"] == sorted([duty_id("与财务部一起分析市场"), duty_id("市场专员写周报")])
    need = next(node for id, node in nodes.items() if id.startswith("need:") and node["source"] == ROLE)
    assert (need["relation"], need["items"], need["share"]) == ("needs", 2, "1.0")


def test_lines_are_nodes():
    lines = exported(InMemory(READINGS), "jsonld")[0].decode().split('"@graph": [\n')[1].splitlines()
    assert lines.pop() == "]}"
    assert [json.loads(line.removesuffix(","))["id"] for line in lines]


def test_readers_that_hold_nothing_back_can_read_a_dump():
    data = exported(InMemory(READINGS), "jsonld")[0]
    assert {quad.triple for quad in ox.parse(data, ox.RdfFormat.STREAMING_JSON_LD)} == triples(InMemory(READINGS))


def test_a_dump_is_read_back_while_it_is_read(tmp_path):
    """A reader that needs the whole file first takes twenty times its size in memory."""
    file = tmp_path / "graph.jsonld"
    file.write_bytes(exported(Many(5_000), "jsonld")[0])
    seen: list[int] = []
    found = parsing.quads(file, "jsonld", passed=seen.append)
    next(found)
    assert sum(seen) < file.stat().st_size / 10
    assert sum(1 for _ in found) + 1 == exported(Many(5_000), "nt")[1]


def test_decimals_keep_their_type():
    found = {each.object for each in triples(InMemory(READINGS)) if each.predicate.value == f"{ONTOLOGY}confidence"}
    data = exported(InMemory(READINGS), "jsonld")[0]
    read = {q.object for q in ox.parse(data, ox.RdfFormat.JSON_LD) if q.predicate.value == f"{ONTOLOGY}confidence"}
    assert read == found == {ox.Literal(n, datatype=ox.NamedNode(f"{XSD}decimal")) for n in ("0.333333", "0.9", "1.0")}


def test_ids_with_other_characters_are_the_same_iris():
    writer = JsonLd(BASE)
    for id in ("skill:c++", "skill:café/bar#1", "skill:a:b", "skill://x"):
        node = {**json.loads(writer.node(id, [(writer.property("heading"), writer.text("x"))])), "@context": context()}
        (said,) = expanded(node)
        assert said.subject.value == f"{BASE}skill/" + {
            "skill:c++": "c++", "skill:café/bar#1": "caf%C3%A9%2Fbar%231", "skill:a:b": "a%3Ab", "skill://x": "%2F%2Fx",
        }[id]  # fmt: skip


def test_a_link_that_json_ld_would_read_as_a_name_is_refused():
    assert JsonLd(BASE).link("https://example.org/a") == '"https://example.org/a"'
    with pytest.raises(BadInput, match="another format"):
        JsonLd(BASE).link("skos:broader")


def test_a_tree_says_nothing_that_the_dump_does_not(view, tree):
    everything = triples(view)
    for id in (ROLE, role_id("数据分析"), department_id("市场部")):
        one = framed(view, id)
        read = {quad.triple for quad in ox.parse(json.dumps(one).encode(), ox.RdfFormat.JSON_LD)}
        assert read == expanded(one)
        assert read < everything
    assert len(expanded(tree)) > 300


def test_a_tree_leads_from_the_role_to_the_words_and_their_place(tree):
    duty = next(duty for duty in tree["hasDuty"] if duty["name"] == {"zh-Hans": "与财务部一起分析市场"})
    (skill,) = duty["requires"]
    assert skill["name"]["zh-Hans"] == "市场分析"
    (words,) = skill["via"]
    assert (words["evidence"], words["start"], words["end"], words["source"]) == ("分析市场", 6, 10, duty["id"])
    assert [department["name"]["zh-Hans"] for department in duty["involves"]] == ["财务部"]
    places = {place["inPosting"]: (place["heading"], place["line"]) for place in duty["via"]}
    assert places == {posting_id("a.txt", 1): ("职责", 3), posting_id("c.txt", 1): ("职责", 3)}
    assert [posting["inDocument"]["origin"] for posting in tree["describedBy"]] == [
        origin for _, origin in sorted((posting_id(origin, 1), origin) for origin in ("a.txt", "c.txt"))
    ]
    assert [each["name"]["zh-Hans"] for each in tree["belongsTo"]] == ["市场部"]
    needs = {skill["id"]: skill["via"][0] for skill in tree["needs"]}
    assert (needs["skill:excel"]["postings"], needs["skill:excel"]["necessity"]) == (2, "preferred")


def test_a_tree_is_what_a_processor_makes_of_it(tree):
    """Compacting its triples with the context gives the same keys, lists and values."""
    compacted = jsonld.compact(tree, {"@context": tree["@context"]}, {"documentLoader": no_network})
    assert in_order(compacted) == in_order(tree)


def in_order(value):
    """With lists sorted, since they are sets, and keys in lower case, as PyLD has languages."""
    if isinstance(value, dict):
        return {name.lower(): in_order(each) for name, each in value.items() if name != "@context"}
    if isinstance(value, list):
        return sorted(map(in_order, value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def test_a_tree_is_the_same_each_time(view, tree):
    assert json.dumps(framed(view, ROLE)) == json.dumps(tree)
    with closing(stored(READINGS[::-1])) as store:
        assert json.dumps(framed(store, ROLE)) == json.dumps(tree)


def test_what_a_tree_holds_can_be_less(view):
    few = framed(view, ROLE, limit=1)
    assert {len(duty["via"]) for duty in few["hasDuty"]} == {1}
    silent = framed(view, ROLE, quotes="none")
    del silent["@context"]
    assert not [each for each in ("分析市场", '"start"') if each in json.dumps(silent, ensure_ascii=False)]


def test_a_tree_of_nothing_is_refused(view):
    for id in ("role:0000000000000000", "skill:excel", document_id("a.txt"), ""):
        with pytest.raises(NotFound):
            framed(view, id)
    with pytest.raises(BadInput, match="absolute IRI"):
        framed(view, ROLE, "example.org")


def test_the_base_of_a_tree_is_that_of_the_dump(view):
    assert expanded(framed(view, ROLE, OTHER_BASE)) < triples(view, OTHER_BASE)
    assert b"localhost" not in b"".join(piece for _, piece in pieces(view, "jsonld", OTHER_BASE))


def test_the_page_names_each_key_and_what_stands_under_it():
    renamed, values = (
        dict(re.findall(r"^\| (.+?) \| (.+) \|$", part.split("\n\n")[0], re.MULTILINE))
        for part in PAGE.split("\n|---|---|\n")[1:]
    )
    assert {ticked(short): ticked(name).removeprefix("rg:") for short, name in renamed.items()} == {
        short: name for name, short in KEYS.items()
    }
    named = {each: value for value, keys in values.items() for each in re.findall(r"`(\w+)`", keys)}
    assert named.keys() == {key(name) for name in forms()}
    assert len({(named[key(name)], form) for name, form in forms().items()}) == len(values)


def ticked(cell: str) -> str:
    return cell.strip("`")


def test_the_code_of_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    stored(READINGS, "sqlite:///demo.db").close()
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, names := {})
    names["store"].close()
    assert "与财务部一起分析市场 市场分析 ['分析市场']" in capsys.readouterr().out
    (node,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert expanded({**json.loads(node), "@context": context()}) < triples(InMemory(READINGS))
