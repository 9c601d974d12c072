"""The queries of docs/sparql.md, on the samples: with rdflib, with pyoxigraph and over /sparql, and what they find."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import closing

import pyoxigraph as ox
import pytest
import rdflib
from command import ROOT
from served import SAMPLES
from starlette.testclient import TestClient

from api.app import create_app
from api.sparql.results import plain
from graphmodel.questions import overlap
from graphmodel.questions.gap import skill_gap
from graphmodel.questions.profile import skill_profile
from graphmodel.store import open_store
from loaders import pipeline
from ontology import taxonomy
from ontology.export import export
from ontology.terms import BASE

TEXT = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
[PREFIXES] = [block for block in re.findall(r"```sparql\n(.*?)```", TEXT, re.DOTALL) if block.startswith("PREFIX")]
QUERIES = dict(re.findall(r"\n### ([^\n]+)\n(?:(?!\n#).)*?```sparql\n(.*?)```", TEXT, re.DOTALL))
A, B = "运营策划", "数据分析"
PAIRS = [(A, B), (B, A), ("内容运营", "用户服务"), ("数据分析师（电商方向）", B), ("景区票务专员", "景区票务主管")]
CANDIDATE = "药材加工员\n\n任职要求：\n1、熟悉金银花烘干工艺；\n2、熟悉金银花烘干工艺和党参切片工艺。\n"
Rows = list[dict[str, str]]
Asked = Callable[[str], Rows]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    with closing(open_store(f"sqlite:///{folder / 'graph.db'}")) as store:
        (folder / "candidate.txt").write_text(CANDIDATE, encoding="utf-8")
        pipeline.load(store, [str(SAMPLES), str(folder / "candidate.txt")], taxonomy.load())
        yield store


@pytest.fixture(scope="module")
def triples(store):
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    return out.getvalue()


def in_oxigraph(triples: bytes) -> Asked:
    graph = ox.Store()
    graph.bulk_load(triples, ox.RdfFormat.N_TRIPLES)

    def asked(query: str) -> Rows:
        found = graph.query(PREFIXES + query)
        names = [variable.value for variable in found.variables]
        return [{name: plain(row[name]) for name in names} for row in found]

    return asked


@pytest.fixture(scope="module")
def oxigraph(triples):
    return in_oxigraph(triples)


@pytest.fixture(scope="module")
def fewer(triples):
    """What an export says, but of skills only of those that documents speak of, and of broader ones: for rdflib."""
    skill = re.compile(rb"<[^>]*/id/skill/[^>]*>")
    lines = triples.splitlines(keepends=True)
    broader = dict(skill.findall(line)[:2] for line in lines if b"core#broader> " in line)
    kept = {each for line in lines if not skill.match(line) for each in skill.findall(line) if b"hasTop" not in line}
    for each in list(kept):
        while (each := broader.get(each)) and each not in kept:
            kept.add(each)
    return b"".join(line for line in lines if not skill.match(line) or kept.issuperset(skill.findall(line)))


@pytest.fixture(scope="module")
def fewer_in_oxigraph(fewer):
    return in_oxigraph(fewer)


@pytest.fixture(scope="module")
def fewer_in_rdflib(fewer):
    graph = rdflib.Graph().parse(fewer, format="nt")

    def asked(query: str) -> Rows:
        found = graph.query(PREFIXES + query)
        return [{str(name): "" if row[name] is None else str(row[name]) for name in found.vars} for row in found]

    return asked


@pytest.fixture(scope="module")
def served(store, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROLEGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        with TestClient(create_app(store)) as client:

            def asked(query: str) -> Rows:
                for _ in range(10):  # a busy machine may take longer than the server waits
                    answer = client.post("/sparql", data={"query": query}, headers={"accept": "text/csv"})
                    if answer.status_code != 503:
                        break
                assert answer.status_code == 200, answer.text
                return list(csv.DictReader(io.StringIO(answer.text, newline="")))

            yield asked


def query(number: int) -> str:
    """The query of a section by its number."""
    return next(text for title, text in QUERIES.items() if title.startswith(f"{number}. "))


def between(text: str, a: str, b: str) -> str:
    """The same about other roles."""
    return text.replace(f'"{A}"', '"\0"').replace(f'"{B}"', f'"{b}"').replace("\0", a)


def comparable(rows: Rows) -> list[dict[str, object]]:
    """Numbers as such, and the pieces of what was joined in no order."""

    def value(text: str) -> object:
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text)
        return sorted(text.split(" ")) if text.startswith("char=") else text

    return sorted(({name: value(text) for name, text in row.items()} for row in rows), key=repr)


def test_there_are_ten_queries_and_two_on_quality_each_in_two_languages():
    assert [title.partition(".")[0] for title in QUERIES][:10] == [str(n) for n in range(1, 11)]
    assert len(QUERIES) == 12
    for title in QUERIES:
        chinese, english = TEXT.split(f"\n### {title}\n")[1].strip().split("\n")[:2]
        assert re.search(r"[\u4e00-\u9fff].*[？。]$", chinese)
        assert re.search(r"^[A-Z][^\u4e00-\u9fff]*$", english)


@pytest.mark.parametrize("title", QUERIES)
def test_a_server_and_two_libraries_find_the_same(
    title: str, oxigraph: Asked, served: Asked, fewer_in_oxigraph: Asked, fewer_in_rdflib: Asked
):
    text = QUERIES[title]
    found = oxigraph(text)
    assert served(text) == found, "also in the same order"
    assert bool(found) != title.startswith("Skills without")
    assert comparable(fewer_in_rdflib(text)) == comparable(fewer_in_oxigraph(text))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_overlap_is_that_of_the_command(a: str, b: str, store, oxigraph: Asked):
    with store.reading() as view:
        said = json.loads(json.dumps(overlap.to_json(overlap.shared_skills(view, a, b))))
    parts = {part: sorted(each["skill"]["id"] for each in said[part]) for part in ("shared", "only_a", "only_b")}
    found = oxigraph(between(query(1), a, b))
    assert parts == {part: sorted(_id(row["skill"]) for row in found if row["part"] == part) for part in parts}
    names = {each["skill"]["id"]: each["skill"]["name"] for part in parts for each in said[part]}
    assert names == {_id(row["skill"]): row["name"] for row in found}


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_what_the_command_finds_related_is_among_what_meets(a: str, b: str, store, oxigraph: Asked):
    with store.reading() as view:
        related = overlap.shared_skills(view, a, b).related
    pairs = {(each.skill.id, pair.a.skill.id, pair.b.skill.id) for each in related for pair in each.pairs}
    found = {tuple(_id(row[name]) for name in ("common", "a", "b")) for row in oxigraph(between(query(2), a, b))}
    assert pairs <= found


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_gap_is_that_of_the_command(a: str, b: str, store, oxigraph: Asked):
    with store.reading() as view:
        gap = skill_gap(view, a, b)
    lacking = {each.skill.id for each in (*gap.partly, *gap.lacks)}
    assert {_id(row["skill"]) for row in oxigraph(between(query(3), a, b))} == lacking


def test_the_evidence_is_that_of_the_command(store, oxigraph: Asked):
    with store.reading() as view:
        profile = skill_profile(view, B, evidence=100)
    expected = {
        (needed.skill.id, place.words, place.text, place.origin, str(place.line))
        for needed in profile.skills
        for place in needed.need.evidence
    }
    found = oxigraph(query(4))
    said = {(_id(row["skill"]), *(row[name] for name in ("words", "text", "document", "line"))) for row in found}
    candidates = {needed.skill.id for needed in profile.skills if needed.skill.status == "candidate"}
    assert said == {each for each in expected if each[0] not in candidates}
    assert all(re.fullmatch(r"char=\d+,\d+( char=\d+,\d+)*", row["spans"]) for row in found)


def test_what_the_others_find(oxigraph: Asked):
    departments = oxigraph(query(5))
    assert all(int(row["own"]) + int(row["involved"]) > 0 for row in departments)
    steps = oxigraph(query(6))
    assert {"青岚酒店前厅经理"} <= {row["fromName"] for row in steps}
    assert all(row["words"] and row["document"] and int(row["line"]) > 0 for row in steps)
    esco = oxigraph(query(7))
    assert all(row["esco"].startswith("http://data.europa.eu/esco/") != (row["match"] == "none") for row in esco)
    assert {row["match"] for row in esco} & {"exact", "close"}
    mentions = [int(row["mentions"]) for row in oxigraph(query(8))]
    assert mentions == sorted(mentions, reverse=True)
    conditions = oxigraph(query(9))
    assert {"本科", "大专"} <= {row["education"] for row in conditions}
    assert [(row["zh"], row["en"]) for row in oxigraph(query(10))] == [("市场分析", "market analysis")] * 2


def test_an_alignment_that_is_in_the_list_is_not_told(oxigraph: Asked):
    outside = oxigraph(QUERIES["ESCO skills outside a list"])
    known = outside[0]["esco"]
    text = QUERIES["ESCO skills outside a list"]
    listed = re.sub(r"VALUES \?known \{ <[^>]*> \}", f"VALUES ?known {{ <{known}> }}", text)
    assert listed != text
    assert known not in {row["esco"] for row in oxigraph(listed)}


def _id(iri: str) -> str:
    return iri.removeprefix(BASE).replace("/", ":", 1)
