"""PDF: the text of the pages without their heads and feet; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import time
import zlib
from pathlib import Path

import pytest
from extracted import extracted, items
from pdf_files import assembled, drawn, objects, pdf, stream
from pypdf import PdfReader, PdfWriter

from graphmodel.errors import BadInput
from loaders.formats import read
from loaders.source import Source

TEXT = [
    "票务运营专员岗位说明书",
    "岗位职责：",
    "1、负责机票产品的上架、价格维护和库存监控，保证各销售渠道的信",
    "息一致，并在节假日前完成价格调整和库存核对，及时上报各类异常的",
    "情况；",
    "2、处理退改签订单，与航司沟通退款进度；",
    "任职要求：",
    "1、大专及以上学历；",
    "2、2.5年以上票务工作经验。",
]


def text(data: bytes, name: str = "a.pdf") -> str:
    return read(Source(name, name, data)).text


def locked(user: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([TEXT]))))
    writer.encrypt(user, owner_password="owner", algorithm=algorithm)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_a_posting_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([TEXT]))
    raw = read(Source("a.pdf", "a.pdf", pdf([TEXT])))
    assert raw.text.split("\n") == TEXT
    assert raw.media_type == "application/pdf"
    (posting,) = extracted(tmp_path / "a.pdf")
    assert posting["title"] == "票务运营专员"
    duties, requirements = items(posting)
    assert duties[-1] == "处理退改签订单，与航司沟通退款进度"
    assert requirements == ["大专及以上学历", "2.5年以上票务工作经验"]


def test_lines_cut_at_the_margin_are_joined_as_in_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([TEXT]))
    (tmp_path / "a.txt").write_text("\n".join(TEXT), encoding="utf-8")
    (of_pdf,), (of_text,) = extracted(tmp_path / "a.pdf"), extracted(tmp_path / "a.txt")
    assert items(of_pdf) == items(of_text)


def test_heads_feet_and_page_numbers_that_repeat_are_left_out_and_said() -> None:
    pages = [
        ["某某集团人力资源部", f"{n}、负责第{n}项工作；", f"{n}、再说一遍{n}", f"第 {n} 页 共 3 页"] for n in (1, 2, 3)
    ]
    raw = read(Source("a.pdf", "a.pdf", pdf(pages)))
    assert raw.text.split("\n") == [line for page in pages for line in page[1:3]]
    (note,) = raw.notes
    assert note.message == "left out: the head and foot of the pages"


def test_a_head_that_is_the_title_stays_once() -> None:
    pages = [["前台主管岗位职责", f"{n}、负责接待贵宾；", f"{n}、安排早晚排班；", f"- {n} -"] for n in (1, 2)]
    assert text(pdf(pages)).split("\n").count("前台主管岗位职责") == 1
    assert "- 1 -" not in text(pdf(pages))


def test_an_item_that_is_alone_on_its_page_stays() -> None:
    assert text(pdf([["岗位职责：负责收银"], ["2025"]])) == "岗位职责：负责收银\n2025"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_is_read_if_only_its_printing_is_locked(algorithm: str) -> None:
    assert "票务运营专员" in text(locked("", algorithm))
    with pytest.raises(BadInput, match="password") as caught:
        text(locked("secret", algorithm))
    assert "without a password" in caught.value.remedy


def test_a_scanned_pdf_is_named_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="without text: its 2 pages") as caught:
        text(assembled(objects([b"q Q", b"q Q"])))
    assert "OCR" in caught.value.remedy


def refused(data: bytes, limit: int = 50_000_000) -> BadInput:
    """The error, which must come soon."""
    began = time.process_time()
    with pytest.raises(BadInput, match=r"dir/a\.pdf") as caught:
        read(Source("dir/a.pdf", "a.pdf", data), limit)
    assert time.process_time() - began < 20
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("cut", [9, 100, 600])
def test_a_pdf_cut_short_is_named(cut: int) -> None:
    refused(pdf([TEXT])[:cut])


def test_a_page_tree_that_holds_itself_ends() -> None:
    made = objects([drawn(TEXT)])
    made[2] = b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    refused(assembled(made))


def test_a_page_tree_that_is_its_own_parent_ends() -> None:
    made = objects([drawn(TEXT)])
    made[2] = made[2].replace(b"/Count", b"/Parent 2 0 R /Count")
    made[10] = made[10].replace(b"/MediaBox [0 0 595 842]", b"").replace(b"/Resources", b"/Nothing")
    read_or_refused(assembled(made))


def read_or_refused(data: bytes) -> str | None:
    began = time.process_time()
    try:
        return text(data)
    except BadInput:
        return None
    finally:
        assert time.process_time() - began < 20


def form(content: bytes, resources: str) -> bytes:
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << {resources} >>")


def test_a_form_that_draws_itself_ends() -> None:
    made = objects([drawn(TEXT) + b" /X Do"], "/XObject << /X 7 0 R >>")
    made[7] = form(b"/X Do /X Do", "/XObject << /X 7 0 R >>")
    assert "票务运营专员" in (read_or_refused(assembled(made)) or "票务运营专员")


def test_forms_that_draw_each_other_twice_are_refused() -> None:
    made = objects([b"/X Do"], "/XObject << /X 30 0 R >>")
    for number in range(30, 60):
        made[number] = form(b"/X Do /X Do", f"/XObject << /X {number + 1} 0 R >>")
    made[60] = form(drawn(TEXT), "/Font << /F1 3 0 R >>")
    refused(assembled(made))


@pytest.mark.parametrize("content", [b" " * 30_000_000, b"q " * 10_000_000, b"(x) Tj " * 3_000_000, b"[" * 1_000_000])
def test_a_page_of_a_huge_stream_is_refused(content: bytes) -> None:
    made = objects([zlib.compress(content)], entries="/Filter /FlateDecode")
    refused(assembled(made))


def test_many_pages_that_draw_much_are_refused_by_their_sum() -> None:
    page = zlib.compress(drawn(TEXT) + b" " * 500_000)
    made = objects([page] * 40, entries="/Filter /FlateDecode")
    refused(assembled(made), limit=10_000_000)


def test_more_pages_than_a_document_has_are_refused() -> None:
    made = objects([drawn(TEXT)])
    made[2] = f"<< /Type /Pages /Count 1500 /Kids [{'10 0 R ' * 1500}] >>".encode()
    refused(assembled(made))


def test_a_pdf_is_told_by_its_content() -> None:
    assert text(pdf([TEXT]), "posting.txt").startswith("票务运营专员")
    assert text(b"\n\n" + pdf([TEXT])).startswith("票务运营专员")
