"""schema.org/JobPosting: alone, in a page, in a graph, several in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from extracted import extracted, items

from graphmodel.errors import BadInput
from loaders.formats import read
from loaders.source import Source
from loaders.teams import canonical

POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "计调主管",
    "hiringOrganization": {"@type": "Organization", "name": "远山旅行社"},
    "employmentUnit": {"@type": "Organization", "name": "国内游部"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressRegion": "四川省", "addressLocality": "成都市"},
    },
    "educationRequirements": {"credentialCategory": "associate degree"},
    "experienceRequirements": {"monthsOfExperience": "36"},
    "description": "<p>岗位职责</p><ol><li>负责线路报价</li><li>采购酒店与车辆资源</li></ol><p>任职要求</p>"
    "<ul><li>熟悉川西线路</li><li>责任心强</li></ul>",
}
LINES = [
    "计调主管",
    "公司名称：远山旅行社",
    "工作地点：四川省成都市",
    "所属部门：国内游部",
    "学历要求：大专",
    "经验要求：3年以上工作经验",
    "岗位职责",
    "1、负责线路报价",
    "2、采购酒店与车辆资源",
    "任职要求",
    "• 熟悉川西线路",
    "• 责任心强",
]


def lines(value: Any, name: str = "a.json") -> list[str]:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return [line for line in read(Source(name, name, data)).text.split("\n") if line not in ("", "职位描述：")]


def script(*values: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(v, ensure_ascii=False)}</script>' for v in values)


def test_a_posting_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "job.jsonld").write_text(json.dumps(POSTING), encoding="utf-8")
    assert lines(POSTING) == LINES
    (posting,) = extracted(tmp_path / "job.jsonld")
    assert (posting["title"], posting["organization"], posting["place"]) == ("计调主管", "远山旅行社", "四川省成都市")
    assert [d["name"] for d in posting["departments"]] == [canonical("国内游部")]
    duties, requirements = items(posting)
    assert duties == ["负责线路报价", "采购酒店与车辆资源"]
    assert requirements[-2:] == ["熟悉川西线路", "责任心强"]
    assert [one["education"] for one in posting["requirements"] if one.get("education")] == ["大专"]
    assert [one["min_years"] for one in posting["requirements"] if one.get("min_years")] == [3]


@pytest.mark.parametrize(
    "value",
    [
        [POSTING],
        {"@graph": [{"@type": "WebSite", "name": "x"}, POSTING]},
        {**POSTING, "@type": ["Thing", "https://schema.org/JobPosting"]},
        {(key if key[0] == "@" else f"https://schema.org/{key}"): value for key, value in POSTING.items()},
        {"@graph": [{"@id": "#o", "name": "远山旅行社"}, {**POSTING, "hiringOrganization": {"@id": "#o"}}]},
        {**POSTING, "title": [{"@value": "Planner", "@language": "en"}, {"@value": "计调主管", "@language": "zh-CN"}]},
        {**POSTING, "description": POSTING["description"].replace("<", "&lt;").replace(">", "&gt;")},
        {**POSTING, "jobLocation": "四川省成都市", "employmentUnit": "国内游部", "hiringOrganization": "远山旅行社"},
        {**POSTING, "educationRequirements": "大专", "experienceRequirements": "3年以上"},
        [POSTING, POSTING],
    ],
)
def test_sites_write_the_same_in_many_ways(value: Any) -> None:
    assert lines(value) == LINES


def test_fields_of_their_own_become_blocks() -> None:
    value = {
        "@type": "JobPosting",
        "title": "前厅接待",
        "responsibilities": ["办理入住和退房手续", "处理宾客投诉"],
        "qualifications": "1、大专以上学历；2、英语流利",
        "skills": "Opera系统, 英语口语",
    }
    assert lines(value) == [
        "前厅接待",
        "岗位职责：",
        "1、办理入住和退房手续",
        "2、处理宾客投诉",
        "任职要求：",
        "1、大专以上学历；2、英语流利",
        "掌握Opera系统、英语口语",
    ]


def test_what_the_description_says_too_is_not_said_twice() -> None:
    value = {**POSTING, "responsibilities": "负责线路报价", "skills": "责任心强"}
    assert lines(value) == LINES


def test_several_postings_in_one_file_stay_several(tmp_path: Path) -> None:
    second = {
        "@type": "JobPosting",
        "title": "酒店运营",
        "description": "岗位职责：\n1、维护房价房态；\n2、分析竞争酒店。",
    }
    (tmp_path / "jobs.html").write_text(f"<html><head>{script(POSTING, second)}</head><body>x", encoding="utf-8")
    first, other = extracted(tmp_path / "jobs.html")
    assert (first["title"], other["title"]) == ("计调主管", "酒店运营")
    assert items(other)[0] == ["维护房价房态", "分析竞争酒店"]
    assert other["organization"] is None


def test_a_page_gives_its_structured_data_if_that_has_a_description() -> None:
    body = "<body><h1>计调主管</h1><p>岗位职责：负责报价</p></body>"
    assert lines(f"<html><head>{script(POSTING)}</head>{body}".encode(), "a.html") == LINES
    for teaser in ({**POSTING, "description": "计调主管招聘…"}, {"@type": "WebPage"}):
        assert lines(f"<html>{script(teaser)}{body}".encode(), "a.html") == ["计调主管", "岗位职责：负责报价"]
    broken = '<script type="application/ld+json">{"@type": "JobPosting", </script>'
    assert lines(f"<html>{broken}{body}".encode(), "a.html") == ["计调主管", "岗位职责：负责报价"]


def test_line_breaks_within_strings_and_wrappers_are_borne() -> None:
    text = json.dumps(
        {**POSTING, "description": "岗位职责：NL1、负责报价；NL2、采购资源，维护供应商。"}, ensure_ascii=False
    )
    wrapped = f'<script type="application/ld+json">\n//<![CDATA[\n{text}\n//]]>\n</script>'.replace("NL", "\n")
    assert lines(f"<html><body>{wrapped}".encode(), "a.html")[-2:] == ["1、负责报价；", "2、采购资源，维护供应商。"]


@pytest.mark.parametrize(
    "value", [{}, [], {"@type": "Person"}, b'{"@type": "JobPosting"', b"[" * 100_000, b'{"a": ' * 5000]
)
def test_json_without_a_posting_says_what_to_do(value: Any) -> None:
    with pytest.raises(BadInput, match=r"a\.json") as caught:
        lines(value)
    assert caught.value.remedy
