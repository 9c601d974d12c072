"""Which format a file has is found by its content; what is not read is refused with a remedy of its own."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx_files import made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_files import pdf

from graphmodel.errors import BadInput
from loaders.formats import read
from loaders.source import Source
from loaders.text import normalise

POSTING = "出纳\r\n岗位职责：\r\n1、支付货款，登记日记账；\r\n2、月末盘点现金。\r\n任职要求：会计专业，细心负责。\r\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "old Word", ".docx"),
        (OLE + b"\0" * 500 + "Workbook".encode("utf-16-le"), "old Excel", ".xlsx"),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "password", "without a password"),
        (OLE + b"\0" * 500, "old Office", ".docx"),
        (b"{\\rtf1\\ansi \\u23703?}", "RTF", ".docx"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG", "Read the text off"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG", "Read the text off"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP", "Read the text off"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z", ".zip"),
        (b"Rar!\x1a\x07\0", "RAR", ".zip"),
        (b"\x1f\x8b\x08\0\0", "gzip", ".zip"),
        (zipped("xl/workbook.xml"), "Excel", ".xlsx"),
        (zipped("ppt/presentation.xml"), "PowerPoint", ".txt"),
        (zipped("mimetype", "content.xml"), "OpenDocument", ".docx"),
        (zipped("a.txt"), "archive", ".zip"),
        (b"PK\x03\x04 no zip", "damaged", "again"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word", ".docx"),
        (b'<?xml version="1.0"?><rss/>', "XML", ".txt"),
    ],
)
@pytest.mark.parametrize("name", ["a.bin", "a.txt"])
def test_what_is_not_read_is_named_with_its_own_remedy(data: bytes, problem: str, remedy: str, name: str) -> None:
    with pytest.raises(BadInput, match=problem) as caught:
        read(Source(f"dir/{name}", name, data))
    assert f"dir/{name}" in caught.value.problem
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_where_it_is_sure(charset: str) -> None:
    assert read(Source("a.txt", "a.txt", POSTING.encode(charset))).text == POSTING


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "README", "a.doc", "a.pdf", "a.htm"])
def test_plain_text_is_read_under_any_name_of_a_document(name: str, charset: str) -> None:
    assert read(Source(name, name, POSTING.encode(charset))).text == POSTING


SEEDS = {
    "a.pdf": pdf([POSTING.split("\r\n")]),
    "a.docx": made(lambda document: document.add_paragraph(POSTING)),
    "a.html": f"<html><meta charset=utf-8><table><tr><td>{POSTING}</table>".encode(),
    "a.mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGgxPjwvaDE+\r\n--b--",
    "a.json": b'{"@type": "JobPosting", "title": "x", "description": "<p>y</p>"}',
    "a.md": b"# a\n\n| a | b |\n|--|--|\n| c | d |\n",
    "a.txt": POSTING.encode("utf-16-le"),
}


HEADS = [seed[:8] for seed in SEEDS.values()] + [b"<html>", b"<p>", b"{", b"[", b"%PDF-1.7\n", OLE, b"---\n"]


def read_or_refused(name: str, data: bytes) -> None:
    """Text whose spans can be mapped, or an error that names the file; nothing else."""
    refused: BadInput | None = None
    try:
        raw = read(Source(name, name, data))
    except BadInput as error:
        refused = error
    if refused is not None:
        assert name in refused.problem
        assert refused.remedy
        return
    text = normalise(raw.text)
    assert len(text.raw) == len(raw.text)
    assert all(0 <= note.start <= note.end for note in raw.notes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_no_damage_to_a_file_crashes_its_reader(name: str, data: st.DataObject) -> None:
    damaged = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        to = data.draw(st.integers(at, min(len(damaged), at + 200)))
        damaged[at:to] = data.draw(st.binary(max_size=20))
    read_or_refused(name, bytes(damaged))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    st.sampled_from(sorted(SEEDS)),
)
def test_no_bytes_behind_a_signature_crash_a_reader(head: bytes, rest: bytes, name: str) -> None:
    read_or_refused(name, head + rest)


PIECES = """<p> </p> <ol> </ol> <ul> <li> <table> <tr> <td> <dl> <dt> <dd> <h1> <br> <b> </b> </div> <a> <pre> 职责 1、
：学历 &nbsp; <!-- --> <script> </table> </td> </tr> <form> <span>"""
MARKUP = st.lists(
    st.sampled_from([*PIECES.split(), "<td rowspan=3>", "<td colspan=2>", "<div class=nav>", "\n"]), max_size=60
)


@settings(max_examples=80, deadline=None)
@given(MARKUP)
def test_no_markup_crashes_the_reader_of_pages(markup: list[str]) -> None:
    read_or_refused("a.html", f"<html><body>{''.join(markup)}".encode())


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="#*_`|-[]()<>!~\\ \n1.甲：", max_size=200))
def test_no_marks_crash_the_reader_of_markdown(text: str) -> None:
    read_or_refused("a.md", text.encode())
