"""Tables of postings: each row is a document, whatever program wrote the table."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx_files import strict

from graphmodel.errors import BadInput
from loaders import documents, formats, tables
from loaders.documents import Failure
from loaders.formats import record
from loaders.formats.row import read as read_row
from loaders.tables import columns, decoding
from loaders.tables.row import Row
from tests.command import rolegraph

HEADER = ["序号", "职位名称", "公司名称", "工作城市", "所属部门", "学历要求", "岗位职责", "任职要求", "职位链接"]
ROWS = [
    [
        "1",
        "门店店长",
        "青禾餐饮管理有限公司",
        "杭州",
        "营运中心",
        "大专",
        "1、管理门店日常营业；\n2、带教新员工。",
        '会"收银"软件，能承受压力',
        "https://jobs.example/7",
    ],
    [
        "2",
        "前厅领班",
        "青禾餐饮管理有限公司",
        "宁波",
        "营运中心",
        "不限",
        "1、安排前厅班次；\n2、处理客人投诉。",
        "有餐饮行业经验",
        "https://jobs.example/9",
    ],
]


def as_csv(rows: list[list[str]], header: list[str] = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def found(path: Path, **options: Any) -> list[Any]:
    return list(documents.find([str(path)], **options))


def written(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def fields(path: Path, **options: Any) -> list[dict[str, str]]:
    return [dict(row.fields) for row in found(path, **options)]


def origins(path: Path, **options: Any) -> list[str]:
    return [row.origin for row in found(path, **options)]


KEYED = ["t#https://jobs.example/7", "t#https://jobs.example/9"]
FIELDS = {
    "title": "门店店长",
    "duties": "1、管理门店日常营业；\n2、带教新员工。",
    "requirements": '会"收银"软件，能承受压力',
    "organization": "青禾餐饮管理有限公司",
    "place": "杭州",
    "department": "营运中心",
    "education": "大专",
}


def test_the_fields_of_a_row_are_those_of_a_record() -> None:
    assert set(columns.FIELDS) == set(record.FIELDS)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_any_dialect_and_charset(charset: str, delimiter: str, tmp_path: Path) -> None:
    data = as_csv(ROWS, delimiter=delimiter).encode(charset)
    assert fields(written(tmp_path / "a.csv", data))[0] == FIELDS
    assert [each.removeprefix("a.txt") for each in origins(written(tmp_path / "a.txt", data))] == [
        each.removeprefix("t") for each in KEYED
    ]


def test_a_title_row_an_explanation_and_what_excel_says_of_the_delimiter_stand_above_the_header(tmp_path: Path) -> None:
    table = as_csv(ROWS, delimiter=";").replace("\r\n", "\n")
    above = "2024年招聘岗位汇总;;;;;;;;\n人力资源部整理\n\n"
    assert fields(written(tmp_path / "a.csv", above + table))[0] == FIELDS
    assert fields(written(tmp_path / "b.csv", "sep=;\n" + table))[0] == FIELDS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_any_system(end: str, tmp_path: Path) -> None:
    plain = [[cell.replace("\n", " ") for cell in row] for row in ROWS]
    data = as_csv(plain).replace("\r\n", end)
    assert len(fields(written(tmp_path / "a.csv", data))) == 2


def test_columns_are_found_by_their_english_names(tmp_path: Path) -> None:
    data = as_csv([["9", "店长", "青禾", "带教新员工"]], ["job_id", "Job Title", "company_name", "jobDescription"])
    (row,) = found(written(tmp_path / "a.csv", data))
    assert row.origin == "a.csv#9"
    assert dict(row.fields) == {"title": "店长", "text": "带教新员工", "organization": "青禾"}


def test_columns_that_nobody_could_know_are_given(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", as_csv([["甲", "店长", "带教新员工", "有耐心"]], ["a", "b", "c", "d"]))
    (failure,) = found(path)
    assert isinstance(failure, Failure)
    assert "a、b、c、d" in failure.error.problem
    assert "--columns title=a,text=b" in failure.error.remedy
    (row,) = found(path, columns=columns.parse("title=b,duties=c,duties=d,id=a"))
    assert row == Row("a.csv#甲", "text/csv", (("title", "店长"), ("duties", "带教新员工\n有耐心")))
    (failure,) = found(path, columns=columns.parse("title=b,text=z"))
    assert "no column z" in failure.error.problem


def test_a_field_that_is_none_is_a_mistake() -> None:
    with pytest.raises(BadInput, match="name=x"):
        columns.parse("name=x")


def test_a_row_without_id_is_known_by_its_content(tmp_path: Path) -> None:
    header, one, two = HEADER[1:-1], ROWS[0][1:-1], ROWS[1][1:-1]
    first = origins(written(tmp_path / "t", as_csv([one, two, one], header)))
    again = origins(written(tmp_path / "t", as_csv([two, one, one], header)))
    assert sorted(first) == sorted(again)
    assert first[2] == first[0] + "-2"
    other = origins(written(tmp_path / "t", as_csv([[*one, "x"], [*two, "y"]], [*header, "备注"])))
    assert other == first[:2]


def test_two_rows_with_one_id_fail_and_rows_without_title_or_text_have_no_posting(tmp_path: Path) -> None:
    blank = ["", "", "", "", "", "", "", "", ""]
    untitled = ["3", "", "青禾", "", "", "", "1、收银", "", "https://jobs.example/10"]
    textless = ["4", "收银员", "青禾", "", "", "", "", "", "https://jobs.example/11"]
    other = [*ROWS[0][:2], *ROWS[1][2:-1], ROWS[0][-1]]
    items = found(written(tmp_path / "t", as_csv([ROWS[0], blank, untitled, textless, ROWS[0], other])))
    assert [item.origin for item in items[:3]] == [KEYED[0], "t#https://jobs.example/10", "t#https://jobs.example/11"]
    assert [bool(item.fields) for item in items[:3]] == [True, False, False]
    (failure,) = items[3:]  # a row that a crawler met twice comes once
    assert isinstance(failure, Failure)
    assert "Row 7" in failure.error.problem


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("职位名称,职位描述\n店长,管理门店\n会计," + "负责记账" * 60, "longer than 200"),
    ],
)
def test_a_table_says_what_is_wrong_with_it(content: str, told: str, tmp_path: Path) -> None:
    *rows, failure = documents.find([str(written(tmp_path / "a.csv", content))], 200)
    assert told in failure.error.problem
    assert len(rows) == content.count("管理门店")


def test_rows_are_found_in_what_the_interface_of_a_site_answers(tmp_path: Path) -> None:
    answer = {"code": 0, "tags": [{"id": 1}], "data": {"total": 2, "list": objects()}}
    plain = found(written(tmp_path / "a.json", json.dumps(objects())))
    assert found(written(tmp_path / "a.json", json.dumps(answer, indent=1))) == plain
    *rows, failure = found(written(tmp_path / "a.jsonl", json.dumps(answer) + "\n{"))
    assert [row.fields for row in rows] == [row.fields for row in plain]
    assert failure.origin == "a.jsonl#3"


def test_a_quotation_mark_that_is_never_closed_does_not_eat_memory(tmp_path: Path) -> None:
    data = as_csv(ROWS) + '"3,' + "x" * 5000 + "\n" * 5000
    *rows, failure = found(written(tmp_path / "a.csv", data), limit=4000)
    assert len(rows) == 2
    assert isinstance(failure, Failure)
    assert "quotation mark" in failure.error.remedy


@pytest.mark.parametrize(
    "cell",
    [
        "<p>1、管理门店</p><p>2、带教新员工</p>",
        "<ol><li>管理门店</li><li>带教新员工</li></ol>",
        "1、<b>管理门店</b>\n2、带教新员工",
        "1、管理门店<br/>2、带教新员工",
    ],
)
def test_markup_in_a_cell_is_turned_into_text(cell: str) -> None:
    row = Row("a.csv#1", "text/csv", (("title", "门店店长"), ("duties", cell)))
    assert read_row(row).text == "门店店长\n岗位职责：\n1、管理门店\n2、带教新员工"


def objects() -> list[dict[str, Any]]:
    return [
        {"id": 7, "title": "门店店长", "company": {"name": "青禾"}, "responsibilities": ["管理门店", "带教新员工"]},
        {"id": 9, "title": "前厅领班", "company": None, "responsibilities": "安排班次", "salary": 4000},
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_json_is_read_as_lines_as_an_array_and_one_object_after_another(indent: int | None, tmp_path: Path) -> None:
    texts = [json.dumps(each, ensure_ascii=False, indent=indent) for each in objects()]
    for data in ("\n".join(texts), f"[{','.join(texts)}]", f" [\n{', '.join(texts)}\n]\n"):
        for name in ("a.json", "a.jsonl") if indent is None else ("a.json",):
            first, second = found(written(tmp_path / name, data))
            assert first.origin == f"{name}#7"
            assert dict(first.fields) == {"title": "门店店长", "duties": "管理门店\n带教新员工", "organization": "青禾"}
            assert dict(second.fields) == {"title": "前厅领班", "duties": "安排班次"}


def test_a_damaged_line_fails_alone_and_a_damaged_array_ends(tmp_path: Path) -> None:
    lines = [json.dumps(each, ensure_ascii=False) for each in objects()]
    items = found(written(tmp_path / "a.jsonl", "\n".join([lines[0], "{", "", "[1]", lines[1]])))
    assert [isinstance(item, Failure) for item in items] == [False, True, True, False]
    assert "Line 2" in items[1].error.problem
    (one, failure) = found(written(tmp_path / "a.json", f"[{lines[0]}, {lines[1][:-9]}"))
    assert isinstance(one, Row)
    assert "damaged after 1 objects" in failure.error.problem


def test_json_ld_is_a_document_and_no_table(tmp_path: Path) -> None:
    linked = {"@context": "https://schema.org", "@type": "JobPosting", "title": "店长", "description": "带教新员工"}
    (source,) = found(written(tmp_path / "a.json", json.dumps([linked])))
    assert isinstance(source, documents.Source)
    assert len(found(written(tmp_path / "a.jsonl", json.dumps(linked) + "\n" + json.dumps(linked)))) == 2


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    cover = book.active
    cover.append(["本表由人力资源部整理"])
    sheet = book.create_sheet("岗位")
    sheet.append(["招聘岗位汇总"])
    sheet.merge_cells("A1:F1")
    sheet.append(["部门", "岗位", "职责与要求", None, "编号", "更新"])
    sheet.append([None, None, "岗位职责", "任职要求", None, None])
    for merged in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(merged)
    sheet.append(["营运中心", "店长", "1、管理门店\n2、带教新员工", "有餐饮行业经验", 7, None])
    sheet.append([None, "领班", "安排班次", "有耐心", 9.0, None])
    sheet.merge_cells("A4:A5")
    hidden = book.create_sheet("旧")
    hidden.append(["岗位", "岗位职责"])
    hidden.append(["店员", "收银"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_posting_of_schema_org_in_a_line_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    value = {
        "@type": "JobPosting",
        "title": "仓库主管",
        "url": "https://jobs.example/12",
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "associate degree",
        },
        "description": "岗位职责：<br>1、管理收货与发货；<br>2、组织月末盘点。",
    }
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n"))
    (row,) = found(path)
    assert row.origin == "feed.jsonl#https://jobs.example/12"
    text = read_row(row).text
    assert all(words in text for words in ("仓库主管", "学历要求：大专", "2、组织月末盘点"))
    assert "<br>" not in text


def test_rich_text_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "letter.rtf"
    path.write_bytes(rb"{\rtf1\ansi\deff0 {\fonttbl}\pard text\par}")
    (source,) = found(path)
    with pytest.raises(BadInput, match="RTF"):
        formats.read(source)


def test_a_workbook_gives_the_rows_of_its_data_sheets(tmp_path: Path) -> None:
    first, second = found(workbook(tmp_path / "a.xlsx"))
    assert [first.origin, second.origin] == ["a.xlsx#7", "a.xlsx#9"]
    assert dict(first.fields) == {
        "title": "店长",
        "duties": "1、管理门店\n2、带教新员工",
        "requirements": "有餐饮行业经验",
        "department": "营运中心",
    }
    assert dict(second.fields)["department"] == "营运中心"


def test_a_strict_workbook_is_read_as_a_usual_one(tmp_path: Path) -> None:
    usual = workbook(tmp_path / "a.xlsx")
    expected = found(usual)
    usual.write_bytes(strict(usual.read_bytes()))
    assert found(usual) == expected


def test_a_workbook_without_postings_says_what_it_holds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "a.xlsx")
    (failure,) = found(tmp_path / "a.xlsx")
    assert "姓名、电话" in failure.error.problem


def test_a_damaged_workbook_fails(tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx").read_bytes()
    place = data.index(b"xl/worksheets/sheet2.xml") + 60
    (failure,) = found(written(tmp_path / "b.xlsx", data[:place] + b"\0" * 40 + data[place + 40 :]))
    assert isinstance(failure, Failure)
    assert failure.error.remedy


def test_no_damage_of_a_workbook_crashes_the_reader(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    members = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    chance = random.Random(5)
    for turn in range(60):
        name = chance.choice([name for name in members if name.endswith(".xml")])
        data = bytearray(members[name])
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
            for each, content in members.items():
                damaged = bytes(data if turn % 3 else data[: chance.randrange(len(data))])
                archive.writestr(each, damaged if each == name else content)
        for item in found(tmp_path / "b.xlsx"):
            assert not isinstance(item, Failure) or "fault of rolegraph" not in item.error.remedy, item


def test_text_that_is_ascii_for_long_is_still_read_in_its_charset() -> None:
    text = "x" * 200_000 + "负责门店运营"
    stream = io.BytesIO(text.encode("gb18030"))
    assert "".join(decoding.texts(stream)) == text


def test_a_few_wrong_bytes_do_not_change_the_charset() -> None:
    data = "负责门店运营，".encode() * 20_000
    damaged = "".join(decoding.texts(io.BytesIO(data[:100_001] + b"\xff" + data[100_001:])))
    assert damaged.count("\ufffd") <= 3
    assert damaged.startswith("负责门店运营，" * 100)


@pytest.mark.parametrize(
    "text",
    [
        "店长\n岗位职责：\n1、管理门店，带教新员工，处理投诉；\n任职要求：\n有经验",
        "职位名称,岗位职责\n",
        "# 招聘\n职位名称 | 门店店长\n岗位职责：管理门店",
    ],
)
def test_a_text_is_no_table(text: str, tmp_path: Path) -> None:
    assert tables.kind("a.txt", text.encode(), None) is None


def test_rows_reach_the_store_and_standard_input_may_be_any_table(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text(as_csv(ROWS), encoding="gb18030", newline="")
    done = rolegraph("load", "jobs.csv", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["loaded"] == 2, done.stderr
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in objects())
    printed = rolegraph("extract", "-", cwd=tmp_path, input=lines.encode()).stdout
    assert [json.loads(line)["title"] for line in printed.splitlines()] == ["门店店长", "前厅领班"]
    first = json.loads(printed.splitlines()[0])
    assert (first["document"], first["organization"]) == ("-#7", "青禾")
    assert [duty["text"] for duty in first["duties"]] == ["管理门店", "带教新员工"]
