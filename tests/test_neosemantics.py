"""neosemantics on the real Neo4j imports the Turtle with the statements of docs/neosemantics.md, and loses nothing."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import neo4j_server
import pytest
import rdflib
from rdflib.namespace import RDF, SKOS
from whole import READINGS, SCHEME, exported

from graphmodel.store import open_store
from ontology import taxonomy
from ontology.terms import NAMESPACES

PAGE = (Path(__file__).parent.parent / "docs" / "neosemantics.md").read_text(encoding="utf-8")
CONSTRAINT, SETTINGS, PREFIXES, IMPORT, ROLES, DUTIES, AGAIN = re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def turtle() -> bytes:
    """What has something of everything, and a tenth of the built-in taxonomy."""
    ours = {skill.id for skill in SCHEME.skills}
    more = [skill for skill in taxonomy.load().scheme.skills[::10] if skill.id not in ours]
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(SCHEME._replace(skills=(*SCHEME.skills, *more)))
        store.add_many(READINGS)
        return exported(store)[0]


@pytest.fixture(scope="module")
def graph(turtle: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(turtle, format="turtle")


@pytest.fixture(scope="module")
def server(turtle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    """Neo4j with the file imported."""
    if os.environ.get("ROLEGRAPH_TEST_NEO4J"):
        pytest.skip("a server that was named has neosemantics, and reads our files, by chance")
    file = tmp_path_factory.mktemp("neosemantics") / "graph.ttl"
    file.write_bytes(turtle)
    with neo4j_server.fresh() as server:
        try:
            for statement in (CONSTRAINT, SETTINGS, PREFIXES):
                server.run(statement)
            [told] = server.run(IMPORT.replace("file:///path/to/graph.ttl", file.as_uri()))
            assert told["terminationStatus"] == "OK", told["extraInfo"]
            yield server
            server.run(AGAIN)
            assert server.run("MATCH (r:Resource) RETURN count(r) AS n") == [{"n": 0}]
        finally:
            server.run("DROP CONSTRAINT n10s_unique_uri IF EXISTS")
            server.empty()


@pytest.fixture(scope="module")
def names(server: neo4j_server.Server) -> dict[str, str]:
    """The namespace of each prefix that neosemantics gave."""
    return {str(row["prefix"]): str(row["namespace"]) for row in server.run("CALL n10s.nsprefixes.list()")}


def test_every_label_is_there_with_its_tag(server, graph):
    for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        expected = {(str(thing), f"{text}@{text.language}") for thing, text in graph.subject_objects(label)}
        name = "skos__" + label.fragment
        rows = server.run(f"MATCH (r:Resource) UNWIND r.{name} AS text RETURN r.uri AS uri, text")
        assert len(expected) > 100
        assert {(row["uri"], row["text"]) for row in rows} == expected
        assert len(rows) == len(expected)


def test_every_other_value_is_there(server, graph, names):
    expected = {
        (str(thing), str(property), _as_kept(value))
        for thing, property, value in graph
        if isinstance(value, rdflib.Literal)
    }
    found = {
        (row["uri"], _full(name, names), value)
        for row in server.run("MATCH (r:Resource) RETURN r.uri AS uri, properties(r) AS values")
        for name, values in row["values"].items()
        if name != "uri"
        for value in (values if isinstance(values, list) else [values])
    }
    assert found == expected


def test_every_relation_and_every_type_is_there(server, graph, names):
    links = "MATCH (a:Resource)-[l]->(b:Resource) RETURN a.uri AS a, type(l) AS name, b.uri AS b"
    relations = [(row["a"], _full(row["name"], names), row["b"]) for row in server.run(links)]
    types = "MATCH (r:Resource) UNWIND labels(r) AS name WITH r, name WHERE name <> 'Resource' RETURN r.uri AS a, name"
    classes = [(row["a"], str(RDF.type), _full(row["name"], names)) for row in server.run(types)]
    expected = {tuple(map(str, triple)) for triple in graph if isinstance(triple[2], rdflib.URIRef)}
    assert {*relations, *classes} == expected
    assert len(relations) + len(classes) == len(expected)
    assert Counter(name for *_, name in classes) == Counter(str(name) for name in graph.objects(None, RDF.type))


def test_the_questions_of_the_page_have_answers(server):
    analysis = {"skill": "市场分析", "english": "market analysis"}
    assert server.run(ROLES) == [{"role": role, **analysis} for role in ("市场专员", "数据分析")]
    assert {row["document"] for row in server.run(DUTIES)} == {"a.txt", "b/二.txt", "c.txt"}


def _full(name: str, names: dict[str, str]) -> str:
    prefix, _, local = name.partition("__")
    return {**names, "rdf": NAMESPACES["rdf"]}[prefix] + local


def _as_kept(value: rdflib.Literal) -> object:
    """Text with its tag; numbers and truth values as such."""
    if value.language:
        return f"{value}@{value.language}"
    kept = value.toPython()
    return kept if isinstance(kept, bool | int | str) else float(kept)
