"""The sample corpus on its way through the stages: a golden folder a document, a file a stage.

What must *not* be there is said too: no personal data, no boilerplate of a site, nothing twice.
"""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import pytest

import loaders
from graphmodel.graph import check
from loaders import documents, formats, pipeline
from loaders.lexicon import Lexicon
from loaders.posting import parse
from loaders.records import records
from loaders.text import normalise
from ontology import taxonomy

SAMPLES = Path(loaders.__file__).parent / "samples"
GOLDEN = Path(__file__).parent / "golden" / "samples"
SOURCES = {source.origin: source for source in documents.find([str(SAMPLES)])}


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(taxonomy.load())


def stages(source, lexicon) -> dict[str, str]:
    """The name of a golden file -> what the stage made: normal text, postings, records of `rolegraph extract`."""
    text = normalise(formats.read(source).text)
    parsed = parse(text, PurePosixPath(source.origin).stem)
    postings = [
        {**posting._asdict(), **{key: [one._asdict() for one in getattr(posting, key)] for key in ("items", "facts")}}
        for posting in parsed.postings
    ]
    reading = pipeline.read(source, lexicon)
    check(reading.graph)
    return {
        "1-text.txt": text.normal.rstrip("\n") + "\n",
        "2-postings.json": pretty(postings),
        "3-records.json": pretty([without_other_names(record) for record in records(reading.graph)]),
    }


def without_other_names(value):
    """The alternative names of skills are the taxonomy's, and grow with it."""
    if isinstance(value, dict):
        return {key: without_other_names(one) for key, one in value.items() if key != "alt_names"}
    return [without_other_names(one) for one in value] if isinstance(value, list) else value


def pretty(value) -> str:
    """JSON of one line a value, with places kept on the line of what they place."""
    lines = json.dumps(value, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", lines) + "\n"


@pytest.mark.parametrize("origin", sorted(SOURCES))
def test_every_stage_makes_what_its_golden_file_says(origin, lexicon, rewrite_golden):
    folder = GOLDEN / PurePosixPath(origin).stem
    for name, made in stages(SOURCES[origin], lexicon).items():
        if rewrite_golden:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(made, "utf-8", newline="\n")
        assert made == (folder / name).read_text("utf-8"), f"{folder / name}: see pytest --rewrite-golden"


def test_no_golden_folder_is_left_over():
    assert {folder.name for folder in GOLDEN.iterdir()} == {PurePosixPath(origin).stem for origin in SOURCES}


def said(origin: str, lexicon) -> list[dict]:
    return list(records(pipeline.read(SOURCES[origin], lexicon).graph))


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("platform-roles.txt", ["运营策划", "数据分析", "内容运营", "渠道合作", "用户服务", "品牌推广"]),
        ("hotel-front-office.txt", ["青岚酒店前厅经理"]),
        ("new-media-five.txt", ["新媒体运营专员"]),
        ("service-centre.txt", ["禾木商城客户体验中心"]),
        ("purchasing-manager.txt", ["采购主管"]),
        ("data-analyst-posting.txt", ["数据分析师（电商方向）"]),
        ("scenic-ticketing.txt", ["景区票务专员", "票务专员-云栖谷景区", "景区票务主管"]),
        ("store-manager-copy.txt", ["门店店长"]),
    ],
)
def test_each_sample_describes_the_roles_that_a_reader_finds_in_it(origin, expected, lexicon):
    assert list(dict.fromkeys(record["title"] for record in said(origin, lexicon))) == expected


def test_personal_data_and_boilerplate_are_nowhere(lexicon):
    made = "".join(stages(SOURCES["store-manager-copy.txt"], lexicon).values())
    for leak in ("13900001234", "hr@hemu.example", "hemu_hr_01", "110101199003074514", "继续免费阅读", "第1页"):
        assert leak not in made


def test_benefits_and_working_time_are_no_items(lexicon):
    (record,) = said("data-analyst-posting.txt", lexicon)
    items = [item["text"] for item in (*record["duties"], *record["requirements"])]
    assert not [text for text in items if "五险一金" in text or "双休" in text or "弹性工作" in text]


def test_a_repeated_block_is_folded_and_noted(lexicon):
    found = said("scenic-ticketing.txt", lexicon)
    texts = [item["text"] for record in found for item in (*record["duties"], *record["requirements"])]
    assert len(texts) == len(set(texts))
    assert "repeated" in {note["code"] for record in found for note in record["notes"]}
    assert not [text for text in texts if re.search("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text)]


def test_a_department_has_its_indicators(lexicon):
    (centre,) = said("service-centre.txt", lexicon)
    assert centre["kind"] == "department"
    assert [indicator["name"] for indicator in centre["indicators"]] == ["接通率", "首次解决率", "客户满意度"]
    assert not [item["text"] for item in centre["duties"] if "坐席" in item["text"]]
