"""The built-in taxonomy holds together, and a folder that does not is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphmodel.errors import BadTaxonomy
from graphmodel.identity import candidate_id
from ontology.taxonomy import Taxonomy, load

HEADER = "slug\tbroader\tzh\ten\talt_zh\talt_en\tpatterns\ttype\tdefinition"
SEWING = "sewing\t\t缝纫\tsewing\t裁缝\ttailoring\t缝制~衣服\tskill\t用针线做衣物"
HEMMING = "hemming\tsewing\t锁边\themming\t\t\t\tskill\t把衣边缝好"


def folder(path: Path, *lines: str, **files: str) -> Taxonomy:
    (path / "craft.tsv").write_text("\n".join((HEADER, *lines)) + "\n", "utf-8")
    for name, text in files.items():
        (path / f"{name}.tsv").write_text(text, "utf-8")
    return load(path, only=True)


def test_the_built_in_taxonomy_is_broad_and_defined() -> None:
    taxonomy = load()
    assert len(taxonomy.entries) >= 400
    assert {entry.type for entry in taxonomy.entries.values()} == {"knowledge", "skill", "tool", "trait"}
    assert all(entry.en and entry.definition for entry in taxonomy.entries.values())
    assert len(taxonomy.scheme.broader) > 400


def test_broader_skills_of_the_two_role_question() -> None:
    entries = load().entries
    assert {"市场形势", "市场洞察"} <= set(entries["market-analysis"].alt_zh)
    assert "user-analysis" in entries["user-needs-analysis"].broader
    assert "user-analysis" in entries["user-behaviour-analysis"].broader
    assert "market-analysis" in entries["competitive-analysis"].broader


def test_candidate_ids_of_all_labels_lead_to_the_skill() -> None:
    aliases = dict(load().scheme.aliases)
    assert aliases[candidate_id("市场洞察")] == "skill:market-analysis"
    assert aliases[candidate_id("Power  BI")] == "skill:power-bi"


def test_a_folder_of_a_user(tmp_path: Path) -> None:
    taxonomy = folder(tmp_path, SEWING, HEMMING, renamed="old\tnew\nneedlework\tsewing\n")
    assert taxonomy.scheme.broader == (("skill:hemming", "skill:sewing"),)
    assert dict(taxonomy.scheme.aliases)["skill:needlework"] == "skill:sewing"
    assert taxonomy.scheme.skills[1].alt_names == ("裁缝",)


def test_the_digest_follows_the_content_and_not_the_files(tmp_path: Path) -> None:
    one, two, three = tmp_path / "one", tmp_path / "two", tmp_path / "three"
    for path in (one, two, three):
        path.mkdir()
    first = folder(one, SEWING, HEMMING).scheme.digest
    assert folder(two, HEMMING, SEWING).scheme.digest == first
    assert folder(three, SEWING.replace("缝制~", "缝制…"), HEMMING).scheme.digest != first


@pytest.mark.parametrize(
    ("lines", "place", "reason"),
    [
        ((SEWING, SEWING), "craft.tsv:3", "stands also at"),
        ((SEWING, HEMMING.replace("锁边", " 裁 缝")), "craft.tsv:3", "claimed also by 'sewing'"),
        ((HEMMING,), "craft.tsv:2", "'sewing'"),
        ((SEWING.replace("sewing\t\t", "sewing\themming\t"), HEMMING), "a cycle", "hemming"),
        ((SEWING.replace("\tskill\t", "\tcraft\t"),), "craft.tsv:2", "Types are"),
        ((SEWING + "\tmore",), "craft.tsv:2", "10 cells"),
        ((SEWING.replace("sewing\t\t", "Sewing!\t\t"),), "craft.tsv:2", "no slug"),
        ((SEWING.replace("缝纫", ""),), "craft.tsv:2", "empty"),
        ((SEWING.replace("裁缝", "裁缝|"),), "craft.tsv:2", "empty"),
        ((SEWING.replace("裁缝", "——"),), "craft.tsv:2", "no letter"),
        ((SEWING.replace("缝制~衣服", "{缝}~衣服"),), "craft.tsv:2", "no class '缝'"),
        ((SEWING.replace("缝制~衣服", "缝制~[衣服"),), "craft.tsv:2", "does not close"),
    ],
)
def test_a_taxonomy_that_contradicts_itself_is_refused(
    tmp_path: Path, lines: tuple[str, ...], place: str, reason: str
) -> None:
    with pytest.raises(BadTaxonomy) as caught:
        folder(tmp_path, *lines)
    assert place in str(caught.value)
    assert reason in str(caught.value)
    assert "craft.tsv:" in caught.value.problem


def test_a_guard_says_what_it_guards(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("name\twords\n!\t裁[缝纫]机|缝纫机\n", encoding="utf-8")
    with pytest.raises(BadTaxonomy, match=r"words.tsv:2: the guard '缝纫机'"):
        folder(tmp_path, SEWING)


UUIDS = [f"{i}0000000-aaaa-bbbb-cccc-0123456789ab" for i in range(3)]
ESCO = "http://data.europa.eu/esco/skill/"


def test_matches_reach_the_skill_as_iris(tmp_path: Path) -> None:
    lines = (f"hemming\t{UUIDS[2]}\tclose", f"hemming\t{UUIDS[1]}\tclose", f"sewing\t{UUIDS[0]}\texact")
    plain = folder(tmp_path, SEWING, HEMMING).scheme
    hemming, sewing = (
        scheme := folder(tmp_path, SEWING, HEMMING, esco="\n".join(("slug\tuuid\tmatch", *lines))).scheme
    ).skills
    assert (sewing.exact_match, sewing.close_match) == ((ESCO + UUIDS[0],), ())
    assert (hemming.exact_match, hemming.close_match) == ((), (ESCO + UUIDS[1], ESCO + UUIDS[2]))
    assert scheme.digest != plain.digest


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((f"weaving\t{UUIDS[0]}\texact",), "esco.tsv:2: no line defines 'weaving'"),
        (("sewing\tABC\texact",), "esco.tsv:2: 'ABC' is no uuid"),
        ((f"sewing\t{UUIDS[0]}\tnear",), "esco.tsv:2: the match 'near'"),
        ((f"sewing\t{UUIDS[0]}\texact", f"hemming\t{UUIDS[0]}\texact"), "esco.tsv:3: this uuid is exact also"),
        ((f"sewing\t{UUIDS[0]}\texact", f"sewing\t{UUIDS[1]}\texact"), "esco.tsv:3: 'sewing' has two"),
        ((f"sewing\t{UUIDS[0]}\texact", f"sewing\t{UUIDS[0]}\tclose"), "esco.tsv:3: 'sewing' and this uuid"),
    ],
)
def test_matches_that_cannot_be_are_refused(tmp_path: Path, lines: tuple[str, ...], reason: str) -> None:
    with pytest.raises(BadTaxonomy) as caught:
        folder(tmp_path, SEWING, HEMMING, esco="\n".join(("slug\tuuid\tmatch", *lines)))
    assert reason in caught.value.problem


def test_an_empty_folder_and_a_wrong_header_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match="holds no skills"):
        load(tmp_path, only=True)
    (tmp_path / "craft.tsv").write_text("slug\tname\n", "utf-8")
    with pytest.raises(BadTaxonomy, match=r"craft\.tsv:1"):
        load(str(tmp_path), only=True)
