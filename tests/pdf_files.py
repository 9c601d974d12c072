"""PDF files made for tests: a page is its lines, drawn with a font of all characters and no more than a PDF needs."""

from __future__ import annotations

from collections.abc import Sequence

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def drawn(lines: Sequence[str]) -> bytes:
    """The operators that draw the lines from the top of an A4 page down."""
    shown = (f"1 0 0 1 72 {800 - 20 * n} Tm <{line.encode('utf-16-be').hex()}> Tj" for n, line in enumerate(lines))
    return f"BT /F1 12 Tf {' '.join(shown)} ET".encode()


def assembled(objects: dict[int, bytes], root: int = 1, trailer: str = "") -> bytes:
    """A file of these objects by number, with a table that finds them."""
    body = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, data in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    table = len(body)
    size = max(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        body += f"{places[number]:010} 00000 n \n".encode() if number in places else b"0000000000 00000 f \n"
    return body + f"trailer << /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    return assembled(objects([drawn(page) for page in pages]))


def objects(contents: Sequence[bytes], resources: str = "", entries: str = "") -> dict[int, bytes]:
    """The objects of a file with these pages: 1 catalogue, 2 page tree, 3 to 6 font, from 10 on page and content."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(contents)))
    made = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo 5 0 R /DW 1000 >>",
        5: b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        6: stream(_CMAP),
    }
    for n, content in enumerate(contents):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * n} 0 R"
        made[10 + 2 * n] = f"{page} /Resources << /Font << /F1 3 0 R >> {resources} >> >>".encode()
        made[11 + 2 * n] = stream(content, entries)
    return made
