"""A taxonomy in SKOS: read like the same skills in TSV, and what an export writes can be read back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from whole import exported, stored

from graphmodel.errors import BadTaxonomy
from graphmodel.identity import candidate_id
from graphmodel.store import open_store
from loaders.lexicon import Lexicon
from ontology.taxonomy import Taxonomy, load

HEAD = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rg: <https://w3id.org/rolegraph/ns#> .
@prefix my: <http://example.org/skills/> .
"""
BREWING = """
my:Brewing a skos:Concept ;
    skos:prefLabel "精酿"@zh, "brewing"@en, "Brauen"@de ;
    skos:altLabel "酿啤酒", "家酿"@zh-Hans, "home brewing"@en ;
    skos:hiddenLabel "酿制…啤酒" ;
    skos:definition "making beer"@en, "用麦芽和酒花做酒"@zh ;
    rg:skillType "knowledge" ;
    skos:narrower my:HopGrowing ;
    skos:closeMatch <http://data.europa.eu/esco/skill/x> .
my:HopGrowing a skos:Concept ; skos:prefLabel "酒花种植"@zh ; skos:related my:Brewing ; skos:broader <planning> .
"""


def mine(path: Path, text: str, only: bool = False) -> Taxonomy:
    file = path / "mine.ttl"
    file.write_text(HEAD + text, "utf-8")
    return load(file, only)


def test_concepts_are_skills(tmp_path: Path) -> None:
    taxonomy = mine(tmp_path, BREWING.replace(" ; skos:broader <planning>", ""), only=True)
    assert list(taxonomy.entries) == ["brewing", "hop-growing"]
    brewing, hops = taxonomy.entries.values()
    assert (brewing.zh, brewing.en, brewing.type) == ("精酿", "brewing", "knowledge")
    assert (brewing.alt_zh, brewing.alt_en) == (("家酿", "酿啤酒"), ("home brewing",))
    assert brewing.definition == "用麦芽和酒花做酒"
    assert (brewing.exact_match, brewing.close_match) == (
        ("http://example.org/skills/Brewing",), ("http://data.europa.eu/esco/skill/x",)
    )  # fmt: skip
    assert (hops.broader, hops.related, hops.en, hops.type) == (("brewing",), ("brewing",), "hop growing", "skill")
    assert [find.skill for find in Lexicon(taxonomy).find("酿制各种啤酒")] == ["skill:brewing"]


def test_concepts_extend_the_built_in_skills_which_are_relative_iris(tmp_path: Path) -> None:
    slug = "market-analysis"
    text = BREWING.replace("<planning>", f"<{slug}>")
    text += f'<{slug}> a skos:Concept ; skos:prefLabel "行情研判"@zh .\n<sql> a skos:Concept ; owl:deprecated true .\n'
    text += 'my:sense a skos:Concept ; skos:prefLabel "用户嗅觉"@zh ; dct:replaces <user-analysis> .\n'
    taxonomy = mine(tmp_path, text)
    assert taxonomy.entries["hop-growing"].broader == ("brewing", slug)
    assert (taxonomy.entries[slug].zh, taxonomy.entries[slug].exact_match) == ("行情研判", ())
    assert "sql" not in taxonomy.entries
    assert dict(taxonomy.scheme.aliases)["skill:user-analysis"] == "skill:sense"


def test_an_iri_that_is_no_name_gets_a_slug_from_the_label(tmp_path: Path) -> None:
    text = 'my:酿酒 a skos:Concept ; skos:prefLabel "酿酒工艺"@zh, "beer & wine making"@en .\n'
    text += 'my:酒花 a skos:Concept ; skos:prefLabel "酒花种植"@zh .\n'
    entries = mine(tmp_path, text, only=True).entries
    assert set(entries) == {"beer-and-wine-making", candidate_id("酒花种植").removeprefix("skill:")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("my:a a skos:Concept ; skos:prefLabel .", "mine.ttl:6: "),
        ("\nmy:a a skos:Concept .", "mine.ttl:7: http://example.org/skills/a has no skos:prefLabel"),
        (
            'my:a a skos:Concept ; skos:prefLabel "甲"@zh, "乙"@zh .',
            "mine.ttl:6: http://example.org/skills/a has several",
        ),
        ('my:a a skos:Concept ; skos:prefLabel "市场洞察"@zh .', "mine.ttl:6: the label '市场洞察' is claimed"),
        ('my:a a skos:Concept ; skos:prefLabel "甲乙"@zh ; skos:broader my:b .', "mine.ttl:6: 'a' names 'b'"),
        ('my:a a skos:Concept ; skos:prefLabel "甲乙"@zh ; rg:skillType "art" .', "mine.ttl:6: the type 'art'"),
    ],
)
def test_what_is_at_odds_is_told_with_its_line(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy) as caught:
        mine(tmp_path, text)
    assert problem in caught.value.problem


def test_an_export_is_a_taxonomy_without_roles_and_candidates(tmp_path: Path) -> None:
    built_in = load()
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(built_in.scheme)
        (tmp_path / "all.ttl").write_bytes(exported(store)[0])
    again = load(tmp_path / "all.ttl", only=True)
    assert set(again.entries) == set(built_in.entries)
    for field in ("skills", "broader", "related"):
        assert set(getattr(again.scheme, field)) == set(getattr(built_in.scheme, field))
    with closing(stored([])) as store:
        (tmp_path / "few.ttl").write_bytes(exported(store)[0])
    assert list(load(tmp_path / "few.ttl", only=True).entries) == [
        "analysis",
        "excel",
        "market-analysis",
        "user-analysis",
    ]
