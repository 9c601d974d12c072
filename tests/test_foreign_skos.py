"""Vocabularies as other tools write them: what becomes a skill, and what is left out and told."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path

import pytest
from whole import OLDER, SCHEME, exported

from graphmodel.errors import BadTaxonomy
from graphmodel.store import open_store
from loaders.lexicon import Lexicon
from ontology.taxonomy import Taxonomy, load
from tests.command import rolegraph, write_documents

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix isothes: <http://purl.org/iso25964/skos-thes#> .
@prefix v: <https://vocab.example/ponds/> .
"""

VOCBENCH = """
v:ponds a skos:ConceptScheme ; skosxl:prefLabel v:xl_zh_0 .
v:c_a1b2 a skos:Concept ; skos:inScheme v:ponds ; skos:topConceptOf v:ponds ;
    skosxl:prefLabel v:xl_zh_1, v:xl_en_1 ; skosxl:altLabel v:xl_zh_2 ; skosxl:hiddenLabel v:xl_zh_3 ;
    skos:definition v:def_1 .
v:c_c3d4 a skos:Concept ; skos:broader v:c_a1b2 ;
    skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm "锦鲤分级"@zh ] .
v:xl_zh_0 a skosxl:Label ; skosxl:literalForm "塘"@zh .
v:xl_zh_1 a skosxl:Label ; skosxl:literalForm "池塘养护"@zh .
v:xl_en_1 a skosxl:Label ; skosxl:literalForm "pond care"@en .
v:xl_zh_2 a skosxl:Label ; skosxl:literalForm "鱼塘养护"@zh .
v:xl_zh_3 a skosxl:Label ; skosxl:literalForm "养护…池塘"@zh .
v:def_1 rdf:value "让池塘\\n清澈。"@zh ; dct:created "2020-01-01" .
"""

SKOSMOS = """
v:one a skos:ConceptScheme . v:two a skos:ConceptScheme .
v:PondCare a skos:Concept ; skos:inScheme v:one ; skos:notation "P1" ;
    skos:prefLabel "池塘養護"@zh-Hant, "池塘养护"@zh-Hans, "pond care"@en, "pond upkeep"@en-US, "Teichpflege"@de ;
    skos:altLabel "chí táng yǎng hù"@zh-Latn-pinyin, "池沼养护"@zh-cn, "鱼塘养护"@zh-CN, "  养\\u00a0塘 " ;
    skos:hiddenLabel "Teichplege"@de .
v:KoiGrading a skos:Concept ; skos:inScheme v:two ; skos:prefLabel "锦鲤分级"@zh-CN ; skos:broader v:PondCare .
v:byLife a skos:Collection ; skos:prefLabel "按阶段"@zh ; skos:member v:KoiGrading .
v:byPlace a isothes:ThesaurusArray ; skos:prefLabel "<按地点>"@zh ; skos:member v:PondCare .
"""

POOLPARTY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
  xmlns:dct="http://purl.org/dc/terms/">
<skos:ConceptScheme rdf:about="https://vocab.example/ponds/s">
  <skos:hasTopConcept>
    <skos:Concept rdf:about="https://vocab.example/ponds/5a1f2c3d-0000-4000-8000-00000000000a">
      <skos:prefLabel xml:lang="zh">池塘养护</skos:prefLabel>
      <skos:prefLabel xml:lang="en">pond care</skos:prefLabel>
      <dct:created>2020-01-01</dct:created>
      <skos:narrower>
        <skos:Concept rdf:about="https://vocab.example/ponds/5a1f2c3d-0000-4000-8000-00000000000b">
          <skos:prefLabel xml:lang="zh">锦鲤分级</skos:prefLabel>
          <skos:broadMatch rdf:resource="https://vocab.example/else/1"/>
        </skos:Concept>
      </skos:narrower>
    </skos:Concept>
  </skos:hasTopConcept>
</skos:ConceptScheme>
<rdf:Description rdf:about="https://vocab.example/ponds/5a1f2c3d-0000-4000-8000-00000000000c">
  <rdf:type rdf:resource="&skos;Concept"/><skos:prefLabel xml:lang="de">Teich</skos:prefLabel>
</rdf:Description>
</rdf:RDF>
"""

TEMATRES = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://vocab.example/tematres/?tema=1">
    <skos:prefLabel xml:lang="zh-CN">池塘养护</skos:prefLabel>
    <skos:altLabel xml:lang="zh-CN">鱼塘养护</skos:altLabel>
    <skos:scopeNote xml:lang="zh-CN">用于户外。</skos:scopeNote>
    <skos:narrower rdf:resource="https://vocab.example/tematres/?tema=2"/>
  </skos:Concept>
  <skos:Concept rdf:about="https://vocab.example/tematres/?tema=2">
    <skos:prefLabel xml:lang="zh-CN">锦鲤分级</skos:prefLabel>
    <skos:altLabel xml:lang="zh-CN">鱼塘养护</skos:altLabel>
    <skos:broader rdf:resource="https://vocab.example/tematres/?tema=1"/>
  </skos:Concept>
</rdf:RDF>
"""


def taxonomy(folder: Path, text: str, name: str = "ponds.ttl") -> Taxonomy:
    (folder / name).write_text(text if name != "ponds.ttl" else PREFIXES + text, "utf-8")
    return load(folder / name, only=True)


def names(found: Taxonomy) -> dict[str, tuple[str, ...]]:
    """The name of each skill with the names of those above it."""
    return {entry.zh: tuple(found.entries[slug].zh for slug in entry.broader) for entry in found.entries.values()}


TREE = {"池塘养护": (), "锦鲤分级": ("池塘养护",)}


def test_labels_and_definitions_that_are_resources(tmp_path):
    found = taxonomy(tmp_path, VOCBENCH)
    assert names(found) == TREE
    pond = found.entries["c-a1b2"]
    assert (pond.en, pond.alt_zh, pond.definition) == ("pond care", ("鱼塘养护",), "让池塘 清澈。")
    assert pond.exact_match == ("https://vocab.example/ponds/c_a1b2",)
    assert {find.skill for find in Lexicon(found).find("养护各处池塘")} == {"skill:c-a1b2"}


def test_chinese_in_several_scripts_groups_and_other_languages(tmp_path):
    found = taxonomy(tmp_path, SKOSMOS)
    assert names(found) == TREE
    pond = found.entries["pond-care"]
    assert (pond.zh, pond.en) == ("池塘养护", "pond care")
    assert pond.alt_zh == ("养 塘", "池塘養護", "池沼养护", "鱼塘养护")
    assert (pond.alt_en, pond.patterns) == (("pond upkeep",), ())
    assert dict(found.left_out) == {"collections and guide terms": 2, "labels in other languages": 2}


def test_nested_rdf_xml(tmp_path):
    found = taxonomy(tmp_path, POOLPARTY, "ponds.rdf")
    assert names(found) == TREE
    assert dict(found.left_out) == {
        "concepts without a label in Chinese or English": 1,
        "links to other vocabularies that are neither exact nor close": 1,
    }


def test_iris_that_tell_nothing_and_a_label_of_two_concepts(tmp_path):
    found = taxonomy(tmp_path, TEMATRES, "ponds.xml")
    assert names(found) == TREE
    assert sorted(entry.alt_zh for entry in found.entries.values()) == [(), ("鱼塘养护",)]
    assert dict(found.left_out) == {"alternative labels that another concept of the file has": 1}


@pytest.mark.parametrize("packed", [False, True])
def test_json_ld_and_gzip(packed, tmp_path):
    skos = "http://www.w3.org/2004/02/skos/core#"
    graph = [
        {"@id": "v:1a", "@type": "Concept", "prefLabel": {"@value": "池塘养护", "@language": "zh"}},
        {
            "@id": "v:2b",
            "@type": "Concept",
            "prefLabel": {"@value": "锦鲤分级", "@language": "zh"},
            "broader": {"@id": "v:1a"},
        },
    ]
    data = json.dumps({"@context": {"@vocab": skos, "v": "https://vocab.example/"}, "@graph": graph}).encode()
    file = tmp_path / ("ponds.jsonld.gz" if packed else "ponds.jsonld")
    file.write_bytes(gzip.compress(data) if packed else data)
    assert names(load(file, only=True)) == TREE


LINKS = {
    "iso": "v:b isothes:broaderGeneric v:a .",
    "declared": "v:kindOf rdfs:subPropertyOf skos:broader . v:b v:kindOf v:a .",
    "narrower": "v:a skos:narrower v:b .",
    "transitive": "v:b skos:broaderTransitive v:a .",
    "narrower transitive": "v:a skos:narrowerTransitive v:b .",
}
TWO = 'v:a a skos:Concept ; skos:prefLabel "池塘养护"@zh . v:b a skos:Concept ; skos:prefLabel "锦鲤分级"@zh .\n'


@pytest.mark.parametrize("way", LINKS)
def test_the_ways_to_say_broader(way, tmp_path):
    assert names(taxonomy(tmp_path, TWO + LINKS[way])) == TREE


def test_of_broader_transitive_the_next_step_counts(tmp_path):
    text = TWO + 'v:c a skos:Concept ; skos:prefLabel "锦鲤选美"@zh ; skos:broaderTransitive v:a, v:b .\n'
    assert names(taxonomy(tmp_path, text + "v:b skos:broaderTransitive v:a .")) == TREE | {"锦鲤选美": ("锦鲤分级",)}


def test_what_is_left_out_lets_its_narrower_ones_move_up(tmp_path):
    text = TWO + "v:b skos:broader v:g . v:g a skos:Concept ; skos:prefLabel 'Fische'@de ; skos:broader v:a .\n"
    text += "v:g skos:broader v:a . v:b skos:related v:g . [] a skos:Concept ; skos:prefLabel '无名'@zh .\n"
    found = taxonomy(tmp_path, text)
    assert names(found) == TREE
    assert dict(found.left_out) == {
        "concepts without a label in Chinese or English": 1,
        "concepts without an IRI": 1,
        "links to what is left out": 2,
    }


def test_what_was_deprecated_elsewhere_leads_on(tmp_path):
    text = (
        TWO + "v:OldName a skos:Concept ; owl:deprecated true ; skos:prefLabel '老池塘'@zh ; dct:isReplacedBy v:a .\n"
    )
    text += "v:Gone a skos:Concept ; owl:deprecated true ; skos:prefLabel '没了'@zh .\n"
    text += "v:Given dct:isReplacedBy v:b ; owl:deprecated true . v:Lost dct:isReplacedBy v:nowhere .\n"
    found = taxonomy(tmp_path, text)
    assert list(names(found)) == list(TREE)
    aliases = dict(found.scheme.aliases)
    assert (aliases["skill:old-name"], aliases["skill:given"]) == ("skill:a", "skill:b")
    assert dict(found.left_out) == {
        "deprecated concepts": 2,
        "ids that were given up for what is not in the file": 1,
    }


def test_two_iris_that_end_alike_have_two_slugs(tmp_path):
    text = '<https://a.example/1> a skos:Concept ; skos:prefLabel "池塘养护"@zh, "pond care"@en .\n'
    text += '<https://b.example/1> a skos:Concept ; skos:prefLabel "锦鲤分级"@zh, "koi grading"@en .\n'
    assert sorted(taxonomy(tmp_path, text).entries) == ["1", "koi-grading"]


def test_our_own_dump_is_a_taxonomy_with_what_was_given_up(tmp_path):
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(OLDER)
        store.set_taxonomy(SCHEME)
        (tmp_path / "ours.nt").write_bytes(exported(store, "nt")[0])
    found = load(tmp_path / "ours.nt", only=True)
    assert set(found.entries) == {skill.id.partition(":")[2] for skill in SCHEME.skills}
    aliases = dict(found.scheme.aliases)
    assert {aliases["skill:ms-excel"], aliases["skill:spreadsheet"]} == {"skill:excel"}
    assert (found.entries["market-analysis"].patterns, found.left_out) == ((), ())


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.rdf", "<rdf:RDF>", "a.rdf: "),
        ("a.rdf", POOLPARTY.partition("<rdf:Description")[0], "a.rdf ends before </rdf:RDF>"),
        ("a.jsonld", '{"@context": "https://example.org/c.jsonld", "@id": "a:b"}', "nothing is fetched"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r/>', "XML entities"),
        (
            "a.rdf",
            "\n".join(one for one in POOLPARTY.split("\n") if "锦鲤" not in one),
            "a.rdf:12: https://vocab.example/ponds/5a1f2c3d-0000-4000-8000-00000000000b has no skos:prefLabel",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(name, text, told, tmp_path):
    with pytest.raises(BadTaxonomy) as caught:
        taxonomy(tmp_path, text, name)
    assert told in str(caught.value)


def test_a_load_tells_what_was_left_out(tmp_path):
    (tmp_path / "ponds.ttl").write_text(PREFIXES + SKOSMOS, "utf-8")
    write_documents(tmp_path / "documents")
    done = rolegraph("load", "documents", "--taxonomy", "ponds.ttl", "--taxonomy-only", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "ponds.ttl: left out 略去: 2 collections and guide terms; 2 labels in other languages." in done.stderr
