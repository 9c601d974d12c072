"""Parts of a graph stand by themselves, and say nothing that the whole does not."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from contextlib import closing

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS
from served import rolegraph
from whole import READINGS, exported, reading, stored

from graphmodel.errors import BadInput
from graphmodel.identity import document_id, duty_id, role_id
from graphmodel.store import open_store
from ontology import parts
from ontology.export import export
from ontology.terms import BASE, ONTOLOGY

RG = rdflib.Namespace(ONTOLOGY)


@pytest.fixture(scope="module")
def store():
    with closing(stored(READINGS)) as store:
        yield store


@pytest.fixture(scope="module")
def whole(store):
    return parsed(store)


def thing(id):
    return rdflib.URIRef(BASE + id.replace(":", "/", 1))


def parsed(view, **options):
    out = io.BytesIO()
    count = export(view, out, "nt", **options)
    graph = rdflib.Graph().parse(out.getvalue(), format="nt")
    assert len(graph) == count
    return graph


def stands_alone(graph):
    """Nothing of ours is named of which nothing is said."""
    ours = {node for triple in graph for node in triple if isinstance(node, rdflib.URIRef) and node.startswith(BASE)}
    assert ours == set(graph.subjects())


def test_the_part_of_a_role_is_all_that_is_known_of_it_and_no_more(store, whole):
    role = thing(role_id("数据分析"))
    part = parsed(parts.of_roles(store, [role_id("数据分析")]))
    assert set(part) < set(whole)
    stands_alone(part)
    for property in (RG.source, RG.target):
        assert set(part.subjects(property, role)) == set(whole.subjects(property, role))
    assert set(part.triples((role, None, None))) == set(whole.triples((role, None, None)))
    assert {str(origin) for origin in part.objects(None, RG.origin)} == {"b/二.txt"}
    assert (thing(duty_id("市场专员写周报")), RDF.type, RG.Duty) not in part
    assert (thing("skill:market-analysis"), SKOS.broader, thing("skill:analysis")) in part
    boss = thing(role_id("经理"))
    assert (boss, RDF.type, RG.Role) in part
    assert not list(part.objects(boss, RG.needs))


def test_the_part_since_a_revision_is_what_changed_documents_state(store, whole):
    with closing(stored(READINGS)) as store:
        before = store.revision()
        assert set(parsed(parts.since(store, 0))) <= set(whole)
        assert not list(parsed(parts.since(store, before)).subjects(RG.origin))
        store.add_many([reading("d.txt", "出纳")])
        store.forget(["a.txt"])
        part = parsed(parts.since(store, before))
        stands_alone(part)
        assert set(part) < set(parsed(store))
        assert list(part.subjects(RDF.type, RG.Document)) == [thing(document_id("d.txt"))]
        assert (thing(role_id("出纳")), RG.hasDuty, thing(duty_id("出纳写周报"))) in part
        assert (thing(role_id("数据分析")), RDF.type, RG.Role) not in part
        with pytest.raises(BadInput, match="revision"):
            parts.since(store, store.revision() + 1)


def test_kinds_are_those_asked_for(store, whole):
    part = parsed(store, kinds=["role", "mention"])
    of_kinds = (BASE + "role/", BASE + "mention/")
    assert set(part) == {triple for triple in whole if str(triple[0]).startswith(of_kinds)}
    with pytest.raises(BadInput, match="mention"):
        parsed(store, kinds=["roles"])


def test_other_peoples_words_are_left_out_where_they_are_not_to_be_passed_on(store, whole):
    words = {
        "与财务部一起分析市场",
        "市场专员写周报",
        "本科,3年以上经验,熟悉Excel优先",
        "分析市场",
        "接起的占比",
        "90%",
    }
    places = {RG.start, RG.end, RG.line, RG.span}
    said = {quotes: parsed(store, quotes=quotes) for quotes in ("none", "spans", "full")}
    assert set(said["none"]) < set(said["spans"]) < set(said["full"]) == set(whole)
    literals = {quotes: {str(text) for text in graph.objects()} for quotes, graph in said.items()}
    assert words <= literals["full"]
    assert not words & literals["spans"]
    assert places & set(said["spans"].predicates()) == places
    assert not places & set(said["none"].predicates())
    definition = list(whole.triples((None, SKOS.definition, None)))
    assert definition
    assert all(triple in said["none"] for triple in definition)
    with pytest.raises(BadInput, match="spans"):
        parsed(store, quotes="some")


def test_the_command_writes_parts_and_compresses(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/rolegraph.db")) as store:
        store.add_many(reading._replace(taxonomy="") for reading in READINGS)
        whole = exported(store, "nt")[0]
        part = exported(parts.of_roles(store, [role_id("数据分析")]), "nt")[0]
    for name in ("whole.nt.gz", "again.nt.gz"):
        done = rolegraph("export", "--output", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "this machine" in done.stderr
        assert gzip.decompress((tmp_path / name).read_bytes()) == whole
    assert (tmp_path / "whole.nt.gz").read_bytes() == (tmp_path / "again.nt.gz").read_bytes()
    done = rolegraph("export", "--role", "数据分析", "--format", "nt", cwd=tmp_path)
    assert done.stdout.encode() == part
    done = rolegraph("export", "--role", "数据分析", "--base", "https://example.org/id/", cwd=tmp_path)
    assert "this machine" not in done.stderr
    assert "@prefix role: <https://example.org/id/role/> ." in done.stdout
    done = rolegraph("export", "--role", "数据分折", cwd=tmp_path)
    assert done.returncode == 1
    assert "数据分析" in done.stderr


def test_several_files_hold_the_same_and_a_manifest_tells_their_digests(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/rolegraph.db")) as store:
        store.add_many(reading._replace(taxonomy="") for reading in READINGS)
    (tmp_path / "files").mkdir()
    outputs = ["--output", "files/a.ttl", "--output", "files/b.nt.gz", "--output", "c.rdf"]
    done = rolegraph("export", *outputs, "--manifest", "void.ttl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    packed = (tmp_path / "files" / "b.nt.gz").read_bytes()
    graphs = [
        rdflib.Graph().parse(tmp_path / "files" / "a.ttl"),
        rdflib.Graph().parse(data=gzip.decompress(packed), format="nt"),
        rdflib.Graph().parse(tmp_path / "c.rdf"),
    ]
    assert set(graphs[0]) == set(graphs[1]) == set(graphs[2])
    told = (tmp_path / "void.ttl").read_text("utf-8")
    assert all(f"<{name}>" in told for name in ("files/a.ttl", "files/b.nt.gz", "c.rdf"))
    assert hashlib.sha256(packed).hexdigest() in told
    assert f"void:triples {len(graphs[0])}" in told
    rolegraph("export", "--output", "d.trig", "--manifest", "trig.ttl", cwd=tmp_path)
    assert f"void:triples {len(graphs[0])}" in (tmp_path / "trig.ttl").read_text("utf-8")
    before = (tmp_path / "c.rdf").read_bytes()
    done = rolegraph("export", "--output", "c.rdf", "--output", "none/d.ttl", cwd=tmp_path)
    assert done.returncode == 1
    assert "none/d.ttl cannot be written" in done.stderr
    assert (tmp_path / "c.rdf").read_bytes() == before
    assert sorted(file.name for file in (tmp_path / "files").iterdir()) == ["a.ttl", "b.nt.gz"]


def test_a_name_in_parquet_is_written_as_a_table(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="it is written by pyarrow")
    with closing(open_store(f"sqlite:///{tmp_path}/rolegraph.db")) as store:
        store.add_many(reading._replace(taxonomy="") for reading in READINGS)
        triples = exported(store)[1]
    done = rolegraph("export", "--output", "graph.parquet", "--manifest", "void.ttl", cwd=tmp_path)
    assert f"graph.parquet: {triples:,} triples" in done.stderr
    assert parquet.read_table(tmp_path / "graph.parquet").num_rows == triples
    assert "application/vnd.apache.parquet" in (tmp_path / "void.ttl").read_text("utf-8")


def test_a_role_is_a_tree_for_web_clients(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/rolegraph.db")) as store:
        store.add_many(reading._replace(taxonomy="") for reading in READINGS)
    tree = json.loads(rolegraph("export", "--role", "数据分析", "--framed", cwd=tmp_path).stdout)
    assert tree["name"] == {"zh-Hans": "数据分析"}
    assert {skill["id"] for duty in tree["hasDuty"] for skill in duty.get("requires", [])} >= {"skill:market-analysis"}
    assert rolegraph("export", "--framed", cwd=tmp_path).returncode == 2
