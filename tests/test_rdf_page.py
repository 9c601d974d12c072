"""docs/rdf.md: its tables are what the ontology and an export say, and its code runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS
from test_docs import COMMANDS, calls
from whole import READINGS, InMemory, exported, stored

import ontology
from ontology.export import pieces
from ontology.formats import FORMATS
from ontology.mapping import FIELDS, PROPERTIES
from ontology.terms import ONTOLOGY

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")
FILE = Path(ontology.__file__).parent / "rolegraph.ttl"


def table(*head: str) -> list[list[str]]:
    """The rows of the table whose first cells these are."""
    lines = PAGE.split(f"| {' | '.join(head)} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def code(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def ticked(cell: str) -> list[str]:
    return re.findall(r"`(.+?)`", cell)


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    graph = rdflib.Graph().parse(FILE, format="turtle")
    graph.bind("schema", "https://schema.org/", replace=True)
    return graph


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    return rdflib.Graph().parse(exported(InMemory(READINGS))[0], format="turtle")


def short(terms: rdflib.Graph, found) -> list[str]:
    return sorted(terms.namespace_manager.qname(iri) for iri in found)


def ours(terms: rdflib.Graph, kind: rdflib.URIRef) -> set[rdflib.term.Node]:
    return {subject for subject in terms.subjects(RDF.type, kind) if str(subject).startswith(ONTOLOGY)}


def test_the_classes_are_those_of_the_ontology_with_what_stands_above_them(terms):
    told = {ticked(name)[0]: (chinese, ticked(above)) for name, chinese, _, above in table("class", "中文")}
    assert told == {
        name: (
            str(next(label for label in terms.objects(cls, RDFS.label) if label.language == "zh-Hans")),
            short(terms, terms.objects(cls, RDFS.subClassOf)),
        )
        for cls in ours(terms, OWL.Class)
        for name in short(terms, [cls])
    }


def test_the_relations_are_those_of_the_ontology_with_their_ends(terms):
    names = {name for name in PROPERTIES.values() if ":" not in name} | {"essentialSkill", "optionalSkill"}
    rows = table("relation", "from", "to")
    assert {ticked(row[0])[0] for row in rows} == {f"rg:{name}" for name in names}
    for name, *ends, above, _ in rows:
        property = rdflib.URIRef(ONTOLOGY + ticked(name)[0].removeprefix("rg:"))
        for told, end in zip(ends, (RDFS.domain, RDFS.range), strict=True):
            one = terms.value(property, end)
            union = terms.value(one, OWL.unionOf)
            found = terms.items(union) if union else [one]
            assert {f"rg:{each.strip()}" for each in told.split(",")} == set(short(terms, found)), (name, end)
        assert ticked(above) == short(terms, terms.objects(property, RDFS.subPropertyOf))


def test_the_formats_are_those_of_the_export():
    told = {tuple(ticked(cell)[0] for cell in row) for row in table("format", "file")}
    assert told == {(format.name, f".{format.suffix}", format.media_type) for format in FORMATS.values()}


def test_what_quotes_leave_out(terms, data):
    told = {ticked(mode)[0]: set(ticked(left_out)) for mode, left_out in table("`--quotes`")}
    told["none"] |= told["spans"]
    with closing(stored(READINGS)) as store:
        for mode in ("spans", "none"):
            with store.reading() as view:
                text = b"".join(piece for _, piece in pieces(view, quotes=mode))
            out = rdflib.Graph().parse(text, format="turtle")
            gone = set(data) - set(out)
            assert set(out) < set(data)
            assert set(short(terms, {predicate for _, predicate, _ in gone})) == told[mode]
            labels = [subject for subject, predicate, _ in gone if predicate == rdflib.SKOS.prefLabel]
            assert {str(subject).rsplit("/", 2)[1] for subject in labels} == {"duty", "requirement"}


def test_texts_have_the_tags_that_are_told(terms, data):
    told: dict[str, set[str]] = {}
    for properties, _, tags in table("property", "of", "tags"):
        told.setdefault(ticked(properties)[0], set()).update(ticked(tags))
    found: dict[str, set[str]] = {}
    for predicate, object in data.predicate_objects():
        if isinstance(object, rdflib.Literal) and object.language:
            found.setdefault(terms.namespace_manager.qname(predicate), set()).add(object.language)
    assert found.keys() == {name for name, tags in told.items() if tags}
    for name, tags in found.items():
        assert tags <= told[name], name
    assert told["skos:notation"] == set()


def test_every_term_of_the_page_is_in_the_ontology(terms):
    names = set(re.findall(r"\brg:([A-Za-z]+)", PAGE))
    assert names <= {str(subject).removeprefix(ONTOLOGY) for subject in set(terms.subjects())}
    assert {FIELDS[field][0] for field in ("evidence", "spans", "line", "posting", "share")} <= names


def test_the_commands_of_the_page_exist_with_their_options():
    assert "export" in {command for command, _ in calls(PAGE)} <= set(COMMANDS)
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<=[\s`])--[a-z][a-z-]*", PAGE)) <= known


def test_the_queries_of_the_page_answer(data, terms):
    evidence, given_up, words_of_others, *_ = (query for query in code("sparql"))
    rows = [tuple(map(str, row)) for row in data.query(evidence)]
    assert rows == [("分析市场", "与财务部一起分析市场", "b/二.txt", "3")]
    assert [(str(old).rsplit("/", 1)[1], str(new).rsplit("/", 1)[1]) for old, new in data.query(given_up)] == [
        ("ms-excel", "excel")
    ]
    assert {tuple(map(str, row)) for row in (data + terms).query(words_of_others)} == {
        ("市场专员", "market analysis"),
        ("数据分析", "market analysis"),
    }


def test_the_programs_of_the_page_run(tmp_path):
    (tmp_path / "rolegraph.ttl").write_bytes(FILE.read_bytes())
    (tmp_path / "graph.ttl").write_bytes(exported(InMemory(READINGS))[0])
    (tmp_path / "graph.nt").write_bytes(exported(InMemory(READINGS), "nt")[0])
    closure, hermit = code("python")[:2]
    assert run(closure, tmp_path) == "['市场部', '总部', '财务部']\n"
    if shutil.which("java"):
        assert run(hermit, tmp_path) == "[]\n"


def run(program: str, folder: Path) -> str:
    command = [sys.executable, "-X", "utf8", "-c", program]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_files_of_the_page_exist():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
