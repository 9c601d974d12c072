"""A user's own skills: they extend the built-in ones or take their place, and what is at odds is told with a remedy."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import BadTaxonomy
from graphmodel.identity import candidate_id
from loaders.lexicon import Lexicon
from ontology.taxonomy import Taxonomy, load


def mine(path: Path, *lines: str, only: bool = False, name: str = "mine.tsv") -> Taxonomy:
    file = path / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return load(file, only)


def found(taxonomy: Taxonomy, text: str) -> list[str]:
    return [find.skill for find in Lexicon(taxonomy).find(text)]


def test_a_column_of_names_is_enough(tmp_path: Path) -> None:
    taxonomy = mine(tmp_path, "zh", "蝴蝶标本制作", "BrewMaster")
    butterfly, tool = candidate_id("蝴蝶标本制作"), "skill:brewmaster"
    assert found(taxonomy, "熟悉蝴蝶标本制作和BrewMaster") == [butterfly, tool]
    assert len(taxonomy.entries) == len(load().entries) + 2
    assert dict(taxonomy.scheme.aliases)[candidate_id("Brewmaster")] == tool
    assert butterfly not in dict(taxonomy.scheme.aliases), "it keeps the id that it had as a candidate"
    (skill,) = (skill for skill in taxonomy.scheme.skills if skill.id == butterfly)
    assert (skill.name, skill.name_en, skill.type, skill.status, skill.definition) == (
        "蝴蝶标本制作", None, "skill", "curated", None
    )  # fmt: skip


def test_what_is_left_out_comes_from_the_rest(tmp_path: Path) -> None:
    lines = (
        "# my skills",
        "slug\tzh\talt_zh\ttype\t#seen",
        "",
        "hop-growing\t啤酒花种植\t种酒花|酒花栽培\tKnowledge\t7",
        "\t精酿",
    )
    entries = mine(tmp_path, *lines).entries
    hops = entries["hop-growing"]
    assert (hops.en, hops.type, hops.alt_zh, hops.broader) == ("hop growing", "knowledge", ("种酒花", "酒花栽培"), ())
    assert hops.place.endswith("mine.tsv:4")


def test_a_file_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_bytes('slug\tzh\r\nhops\t"酒花, 麦芽"\r\n'.encode("utf-16"))
    assert load(tmp_path / "mine.tsv").entries["hops"].zh == "酒花, 麦芽"


def test_a_slug_that_is_there_is_replaced_whole(tmp_path: Path) -> None:
    before = load().entries["market-analysis"]
    after = mine(tmp_path, "slug\tzh\ten", "market-analysis\t行情研判\tmarket reading")
    assert (after.entries["market-analysis"].alt_zh, after.entries["market-analysis"].broader) == ((), ())
    assert after.scheme.digest != load().scheme.digest
    assert "market-analysis" in after.entries["competitive-analysis"].broader
    assert "skill:market-analysis" not in found(after, "负责市场洞察")
    assert "市场洞察" in before.alt_zh


def test_labels_are_added_to_a_skill_and_a_skill_is_taken_out(tmp_path: Path) -> None:
    lines = "slug\tzh\tbroader\taction", "market-analysis\t行情研判\t\textend", "user-analysis\t\t\tdeprecate"
    taxonomy = mine(tmp_path, *lines)
    assert found(taxonomy, "负责行情研判和市场洞察") == ["skill:market-analysis"]
    assert "user-analysis" not in taxonomy.entries
    above = load().entries["user-analysis"].broader
    assert set(above) <= set(taxonomy.entries["user-needs-analysis"].broader)


def test_a_skill_takes_the_place_of_others(tmp_path: Path) -> None:
    lines = "slug\tzh\ten\talt_zh\treplaces", "market-sense\t商海嗅觉\tmarket sense\t市场洞察\tmarket-analysis"
    taxonomy = mine(tmp_path, *lines)
    assert "market-analysis" not in taxonomy.entries
    assert dict(taxonomy.scheme.aliases)["skill:market-analysis"] == "skill:market-sense"
    assert "market-sense" in taxonomy.entries["competitive-analysis"].broader
    assert found(taxonomy, "负责市场洞察") == ["skill:market-sense"]


def test_the_built_in_skills_can_be_left_out(tmp_path: Path) -> None:
    taxonomy = mine(tmp_path, "zh", "蝴蝶标本制作", only=True)
    assert [skill.name for skill in taxonomy.scheme.skills] == ["蝴蝶标本制作"]


def test_a_folder_may_bring_classes_of_words_renamed_slugs_and_matches(tmp_path: Path) -> None:
    uuid = "0" * 8 + "-0000-0000-0000-" + "0" * 12
    (tmp_path / "words.tsv").write_text("name\twords\n酿\t酿造|酿制\n!\t[精酿]师\n", "utf-8")
    (tmp_path / "renamed.tsv").write_text("old\tnew\nbrew\tbrewing\n", "utf-8")
    (tmp_path / "esco.tsv").write_text(f"slug\tuuid\tmatch\nbrewing\t{uuid}\texact\nsql\t{uuid}\tclose\n", "utf-8")
    (tmp_path / "beer.tsv").write_text("slug\tzh\tpatterns\nbrewing\t精酿\t{酿}…啤酒\n", "utf-8")
    taxonomy = load(tmp_path)
    assert found(taxonomy, "酿制各式啤酒") == ["skill:brewing"]
    assert found(taxonomy, "熟悉精酿师的工作") == []
    assert dict(taxonomy.scheme.aliases)["skill:brew"] == "skill:brewing"
    assert taxonomy.entries["brewing"].exact_match[0].endswith(uuid)
    assert taxonomy.entries["sql"].close_match[-1].endswith(uuid) or uuid in "".join(
        taxonomy.entries["sql"].close_match
    )
    assert len(taxonomy.decoys) == len(load().decoys) + 1


@pytest.mark.parametrize(
    ("lines", "problem", "remedy"),
    [
        (("zh", "市场洞察"), "mine.tsv:2: the label '市场洞察' is claimed also by 'market-analysis'", "replaces"),
        (("zh\ten", "行情\tMarket Analysis"), "mine.tsv:2: the slug 'market-analysis', ", "action extend"),
        (("slug\tzh", "hops\t酒花\textra"), "mine.tsv:2: 3 cells", "Correct"),
        (("slug\tzh", "hops\t酒花", "hops\t麦芽"), "mine.tsv:3: 'hops' stands also at", "Correct"),
        (("slug,zh", "hops,酒花"), "mine.tsv:1: the columns are slug,zh", "a tab stands between"),
        (("slug\tname", "hops\t酒花"), "mine.tsv:1: the columns", "zh, and may be"),
        (("slug\tzh", "hops\t"), "mine.tsv:2: a label", "Write it"),
        (("slug\tzh\tbroader", "hops\t酒花\tplants-of-beer"), "mine.tsv:2: 'hops' names", "Correct"),
        (("slug\tzh\ttype", "hops\t酒花\tplant"), "mine.tsv:2: the type 'plant'", "Types are"),
        (("slug\tzh\taction", "hops\t酒花\tdelete"), "mine.tsv:2: the action 'delete'", "deprecate"),
        (("slug\tzh\taction", "hops\t\tdeprecate"), "mine.tsv:2: there is no skill 'hops'", "slug"),
        (("slug\tzh\treplaces", "hops\t酒花\tmalt"), "mine.tsv:2: 'malt' is no skill", "another"),
        (("slug\tzh", "Hops!\t酒花"), "mine.tsv:2: 'Hops!' is no slug", "hyphens"),
    ],
)
def test_what_is_at_odds_is_told_with_line_and_remedy(
    lines: tuple[str, ...], problem: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(BadTaxonomy) as caught:
        mine(tmp_path, *lines)
    assert problem.rstrip(", ") in caught.value.problem
    assert remedy in caught.value.remedy


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match="There is no"):
        load(tmp_path / "none.tsv")
    with pytest.raises(BadTaxonomy, match="holds no skills"):
        load(tmp_path)
    (tmp_path / "gbk.tsv").write_bytes("zh\n酒花\n".encode("gb18030"))
    with pytest.raises(BadTaxonomy, match=r"gbk\.tsv.*\nSave it as text in UTF-8"):
        load(tmp_path / "gbk.tsv")


def test_the_examples_of_the_guide_are_read(tmp_path: Path) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "taxonomy.md").read_text("utf-8")
    blocks = re.findall(r"```(tsv|turtle)\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) == 3
    for kind, text in blocks:
        file = tmp_path / f"mine.{'ttl' if kind == 'turtle' else kind}"
        file.write_text(text, "utf-8")
        assert any(entry.zh == "蝴蝶测绘" for entry in load(file).entries.values())


WORDS = (
    "slug",
    "zh",
    "en",
    "broader",
    "action",
    "replaces",
    "extend",
    "sql",
    "hops",
    "酒花",
    "|",
    "\t",
    "\n",
    "# ",
    '"',
)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join), st.binary(max_size=20), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_it_is_read_or_refused(text: str, junk: bytes, skos: bool) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "mine.ttl" if skos else "mine.tsv")
        file.write_bytes((b"" if skos else b"slug\tzh\taction\n") + text.encode() + junk)
        with suppress(BadTaxonomy):
            assert load(file, only=True).entries
