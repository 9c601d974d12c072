"""Whatever bytes come: no crash, no endless time, the same result for the same bytes, and spans that are true."""

from __future__ import annotations

import csv
import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import psutil
import pytest
from docx_files import made, part, with_part
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pdf_files import assembled, drawn, objects, pdf

from benchmarks.postings import posting
from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.nodes import Duty
from graphmodel.relations import ItemMention
from graphmodel.store import open_store
from loaders import documents, lengths, pipeline
from loaders.documents import Failure
from loaders.lexicon import lexicon
from loaders.source import Source
from loaders.tables.row import Row
from loaders.text import normalise
from ontology import taxonomy

WORDS = (
    "岗位职责：", "任职要求：", "1、", "（2）", "\n", "，", "；", "。", "负责门店运营", "熟悉Excel",
    "本科及以上学历", "3年以上", "优先", "\ufeff",
    "门店店长", "职位名称,岗位职责\n", "\t", '"', "{", '{"title":"店长","duties":"收银"}\n', "[", "]", "<p>",
    "\r", "\0", "\ufffd", "№", "𠮷", "  ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map("".join)
CHARSETS = ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-8-sig")
ANY = st.binary(max_size=400) | st.tuples(TEXTS, st.sampled_from(CHARSETS)).map(
    lambda both: both[0].encode(both[1], "surrogatepass" if both[1].startswith("utf") else "replace")
)
NAMES = st.sampled_from(
    ["a.txt", "a", "a.md", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx", "a.zip", "a.html", "a.docx"]
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def readings(folder: Path) -> list[Reading | Failure]:
    try:
        return list(pipeline.readings([str(folder)], taxonomy.load()))
    except BadInput:
        return []


@SLOW
@given(NAMES, ANY)
@example("a.csv", '职位名称,岗位职责\n店长,"收银'.encode())
@example("a.jsonl", b"{" * 5000)
@example("a.json", b"[" * 100_000)
@example("a.csv", b"\0")
def test_no_bytes_crash_the_reader(tmp_path: Path, name: str, data: bytes) -> None:
    for each in tmp_path.iterdir():
        each.unlink()
    (tmp_path / name).write_bytes(data)
    for item in documents.find([str(tmp_path)]):
        if isinstance(item, Failure):
            told = item.error
        elif isinstance(item, Row) and not item.fields:
            continue
        else:
            try:
                spans_are_true(pipeline.read(item, lexicon()))
                continue
            except BadInput as error:
                told = error
        assert told.remedy
        assert "fault of rolegraph" not in told.remedy, told.problem


def whole_files() -> dict[str, bytes]:
    """A posting in each format that has a structure to be damaged."""
    book = openpyxl.Workbook()
    book.active.append(["职位名称", "岗位职责"])  # type: ignore[union-attr]
    book.active.append(["店长", "管理门店的日常营业"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", posting(1))
    return {
        "a.docx": made(lambda document: document.add_paragraph("岗位职责：负责收银。")),
        "a.pdf": pdf([["票务运营专员", "岗位职责：", "1、处理订单"]]),
        "a.xlsx": out.getvalue(),
        "a.zip": packed.getvalue(),
    }


WHOLE = whole_files()


@settings(SLOW, max_examples=80)
@given(st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4))
def test_no_damage_to_a_file_crashes_the_reader(tmp_path: Path, name: str, damage: list[tuple[float, bytes]]) -> None:
    data = bytearray(WHOLE[name])
    for share, other in damage:
        place = int(share * len(data))
        data[place : place + len(other)] = other
    test_no_bytes_crash_the_reader.hypothesis.inner_test(tmp_path, name, bytes(data))  # type: ignore[attr-defined]


def test_whatever_does_harm_is_refused_by_name_and_the_batch_goes_on(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    with (docs / "huge.txt").open("wb") as file:
        file.truncate(2_000_000_000)
    with zipfile.ZipFile(docs / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 60_000_000)
        archive.writestr("../outside.txt", posting(1))
    xml = part(WHOLE["a.docx"], "word/document.xml").decode()
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + xml[xml.index("<w:document") :]
    (docs / "entity.docx").write_bytes(with_part(WHOLE["a.docx"], "word/document.xml", evil.encode()))
    loop = objects([drawn(["票务运营专员"])])
    loop[2] = b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    (docs / "loop.pdf").write_bytes(assembled(loop))
    (docs / "last.txt").write_text(posting(2), encoding="utf-8")
    with closing(open_store("sqlite://")) as store:
        report = pipeline.load(store, [str(docs)], taxonomy.load())
        assert list(store.stamps()) == ["last.txt"]
    assert (report.loaded, report.failed) == (1, 5)
    told = {failure.origin: failure.error for failure in report.failures}
    assert sorted(told) == ["bomb.zip!../outside.txt", "bomb.zip!zeros.txt", "entity.docx", "huge.txt", "loop.pdf"]
    assert all(error.remedy and "fault of rolegraph" not in error.remedy for error in told.values())
    for origin in ("huge.txt", "bomb.zip!zeros.txt"):
        assert "ROLEGRAPH_MAX_BYTES" in told[origin].remedy


def spans_are_true(reading: Reading) -> None:
    """Each item's spans, taken forward through the offset map, give its text."""
    text = normalise(reading.text)
    for mention in reading.graph.mentions.values():
        if isinstance(mention, ItemMention):
            assert text.forward(mention.spans).replace("\n", "") == reading.graph.nodes[mention.target].text  # type: ignore[union-attr]


def test_the_spans_of_rows_lead_to_their_items(tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(["职位名称", "公司名称", "学历", "职位描述", "编号"])
    for number in range(50):
        table.writerow([f"第{number}店店长", "青禾餐饮", "大专", posting(number), number])
    (tmp_path / "a.csv").write_text(out.getvalue(), "utf-16", newline="")
    read = readings(tmp_path)
    assert len(read) == 50
    for each in read:
        assert isinstance(each, Reading)
        assert sum(isinstance(mention, ItemMention) for mention in each.graph.mentions.values()) > 3
        spans_are_true(each)


def test_the_order_of_files_changes_no_line(tmp_path: Path) -> None:
    rows = [json.dumps({"id": n, "title": f"第{n}店店长", "duties": "管理门店，带教新员工"}) for n in range(30)]
    files = {f"{n}.txt": posting(n).encode() for n in range(30)} | {"t.jsonl": "\n".join(rows).encode()}
    order = list(files)
    printed = []
    for turn in range(2):
        folder = tmp_path / str(turn)
        folder.mkdir()
        random.Random(turn).shuffle(order)
        for name in order:
            (folder / name).write_bytes(files[name])
        paths = [str(folder)] if turn else [str(folder / name) for name in order]
        printed.append(sorted(each for each in pipeline.lines(paths, taxonomy.load()) if isinstance(each, str)))
    assert printed[0] == printed[1]


def one_line(size: int) -> bytes:
    return ("岗位职责：" + "负责门店日常运营管理，完成销售目标；熟悉Excel。" * (size // 72)).encode()


def one_cell(size: int) -> bytes:
    return b'title,text\n\xe5\xba\x97\xe9\x95\xbf,"' + one_line(size) + b'"\n'


def unclosed(size: int) -> bytes:
    return "职位名称,岗位职责\n".encode() + b'"a' * (size // 2)


def blank(size: int) -> bytes:
    return "门店店长\n岗位职责：\n# **\n".encode() + b"\n" * size


def nested(size: int) -> bytes:
    return b"[{" + b'"a":[' * (size // 5)


@pytest.mark.parametrize("clause", ["负责门店日常运营管理，", "负责門店日常運營管理"])
def test_an_item_of_megabytes_is_cut_with_a_note(clause: str) -> None:
    data = ("岗位职责：\n1、" + clause * 100_000 + "\n2、收银").encode()
    started = time.process_time()
    reading = pipeline.read(Source("a.txt", "a.txt", data), lexicon())
    assert time.process_time() - started < 20
    spans_are_true(reading)
    duties = sorted((node.text for node in reading.graph.nodes.values() if isinstance(node, Duty)), key=len)
    assert duties[0] == "收银"
    assert lengths.LONGEST - 20 < len(duties[1]) <= lengths.LONGEST
    (note,) = [note for note in reading.document.notes if "of an item" in note.message]
    assert note.end - note.start > 900_000


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.txt", one_line), ("a.csv", one_cell), ("b.csv", unclosed), ("a.json", nested), ("a.txt", blank)],
)
def test_time_grows_with_the_length_and_no_faster(name: str, make: Callable[[int], bytes], tmp_path: Path) -> None:
    def seconds(size: int) -> float:
        (tmp_path / name).write_bytes(make(size))
        started = time.process_time()
        readings(tmp_path)
        return time.process_time() - started

    seconds(1000)
    short, long = seconds(300_000), seconds(1_200_000)
    assert long < 4 * 2 * short + 0.5


def test_memory_does_not_grow_with_the_rows_of_a_table(tmp_path: Path) -> None:
    def grown(count: int) -> int:
        with (tmp_path / "a.csv").open("w", encoding="utf-8") as file:
            file.write("职位名称,岗位职责,编号\n")
            file.writelines(f"第{n}店店长,管理第{n}店的日常营业,{n}\n" for n in range(count))
        process = psutil.Process()
        before = process.memory_info().rss
        assert sum(1 for _ in documents.find([str(tmp_path)])) == count
        return process.memory_info().rss - before

    grown(5_000)
    assert grown(60_000) < 20_000_000
