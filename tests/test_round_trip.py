"""There and back: what was exported is imported as the same nodes and edges, and exported again as the same bytes.

On the graph that has something of everything, on the seeds, and on generated postings: ROLEGRAPH_ROUND_TRIP says how
many, 300 if it does not, 30 of them by way of Neo4j (`make soak`: 10,000, with the whole taxonomy, all by way of Neo4j,
and each format in rdflib).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import neo4j_server
import pytest
import rdflib
from fewer import fewer
from stores import contents
from whole import OLDER, READINGS, SCHEME, exported

from graphmodel.store import GraphStore, View, open_store
from loaders import pipeline
from ontology import taxonomy
from ontology.formats import FORMATS
from ontology.importer import import_graph

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.postings import posting

POSTINGS = int(os.environ.get("ROLEGRAPH_ROUND_TRIP", "300"))
SOAK = POSTINGS > 1_000
BY_NEO4J = POSTINGS if SOAK else POSTINGS // 10
SECONDS = 7_200 if SOAK else 300


@pytest.fixture(scope="module")
def everything() -> Iterator[GraphStore]:
    """Without other labels that are the same as the first, which an export does not say twice."""
    skills = [skill._replace(alt_names_en=tuple({*skill.alt_names_en} - {skill.name_en})) for skill in SCHEME.skills]
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(OLDER)  # so that there are ids that were given up
        store.set_taxonomy(SCHEME._replace(skills=tuple(skills)))
        store.add_many(READINGS)
        yield store


@pytest.fixture(scope="module")
def seeded(seeds: Path) -> Iterator[GraphStore]:
    with closing(open_store("sqlite://")) as store:
        pipeline.load(store, [str(seeds)], fewer(taxonomy.load(), 1 if SOAK else 20))
        yield store


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    folder = tmp_path_factory.mktemp("generated")
    write(folder / "documents", POSTINGS)
    with closing(open_store(f"sqlite:///{folder}/generated.db")) as store:
        pipeline.load(store, [str(folder / "documents")], fewer(taxonomy.load(), 1 if SOAK else 20))
        yield store


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_comes_back(everything: GraphStore, format: str, tmp_path: Path):
    there_and_back(everything, format, tmp_path)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_the_same_graph_in_rdflib(everything: GraphStore, format: str):
    assert triples(everything, format) == triples(everything, "nt")


def test_the_seeds_come_back(seeded: GraphStore, tmp_path: Path):
    there_and_back(seeded, "turtle", tmp_path)


@pytest.mark.timeout(SECONDS)
def test_the_seeds_are_the_same_graph_in_rdflib(seeded: GraphStore):
    expected = triples(seeded, "nt")
    assert [format for format in FORMATS if triples(seeded, format) != expected] == []


@pytest.mark.timeout(SECONDS)
def test_generated_postings_come_back(generated: GraphStore, tmp_path: Path):
    assert generated.count("document") == POSTINGS
    there_and_back(generated, "turtle", tmp_path)


@pytest.mark.timeout(SECONDS)
def test_generated_postings_come_back_by_way_of_neo4j(tmp_path: Path):
    write(tmp_path / "documents", BY_NEO4J)
    with closing(open_store(f"sqlite:///{tmp_path}/first.db")) as first:
        pipeline.load(first, [str(tmp_path / "documents")], fewer(taxonomy.load(), 1 if SOAK else 100))
        data, said = exported(first)[0], contents(first)
    (tmp_path / "first.ttl").write_bytes(data)
    with neo4j_server.fresh() as server, closing(open_store(server.url)) as store:
        import_graph(store, tmp_path / "first.ttl")
        with store.reading() as view:
            assert contents(view) == said
            assert exported(view)[0] == data
            there_and_back(view, "nt", tmp_path)


@pytest.mark.skipif(not SOAK, reason="rdflib takes minutes for so many triples: make soak")
@pytest.mark.timeout(SECONDS)
def test_generated_postings_are_the_same_graph_in_rdflib(generated: GraphStore):
    expected = triples(generated, "nt")
    assert [format for format in FORMATS if triples(generated, format) != expected] == []


def write(folder: Path, postings: int) -> None:
    folder.mkdir()
    for number in range(postings):
        (folder / f"{number:06}.txt").write_text(posting(number), encoding="utf-8")


def there_and_back(view: View, format: str, folder: Path) -> None:
    """Exported, imported into a new SQLite file, and exported again."""
    file = folder / f"back.{FORMATS[format].suffix}"
    file.write_bytes(exported(view, format)[0])
    with closing(open_store(f"sqlite:///{folder}/back.db")) as store:
        import_graph(store, file)
        assert contents(store) == contents(view)
        assert exported(store, format)[0] == file.read_bytes()


def triples(view: View, format: str) -> set[tuple[rdflib.term.Node, ...]]:
    """As rdflib reads them, of all graphs; there are no blank nodes, so equal sets are isomorphic graphs."""
    data, count = exported(view, format)
    parser = {"rdfxml": "xml", "jsonld": "json-ld"}.get(format, format)
    graph = rdflib.Dataset() if format == "trig" else rdflib.Graph()
    found = list(graph.parse(data, format=parser).quads() if format == "trig" else graph.parse(data, format=parser))
    assert len(found) == count
    told = {tuple(quad[:3]) for quad in found}
    assert not any(isinstance(term, rdflib.BNode) for triple in told for term in triple)
    return told
