"""DOCX -> text: paragraphs and tables in their order, with the numbers that Word draws but does not keep."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from lxml import etree  # type: ignore[import-untyped]

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.formats import grid, strict
from loaders.formats.grid import Cell
from loaders.formats.numbers import Numbers

_RATIO = 250
_SMALL = 5_000_000
"""XML packs to a twentieth, blank forms to a hundredth; below so many bytes no ratio does harm."""
_MOST_PARTS = 5000
_DEEPEST_TABLE = 8

_HARM = tuple(
    word.encode(charset) for word in ("<!DOCTYPE", "<!ENTITY") for charset in ("utf-8", "utf-16-le", "utf-16-be")
)
_AGAIN = "Open it in Word or WPS, save it as .docx again, or fetch it again."

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS = {
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir")
}
_WRAPPERS |= {qn("w:ruby"), qn("w:rubyBase"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
_TICKED, _UNTICKED = "\uf052\uf0fe\uf078\uf053\uf0fd", "\uf0a8\uf06f\uf071\uf0a3"


def read(origin: str, data: bytes, limit: int) -> tuple[str, tuple[Note, ...]]:
    """The text of a DOCX and a note on what was left out. Raises BadInput for what is broken or made to do harm.

    Its parts may unpack to `limit` bytes. Deleted and hidden text, headers, footers, comments and tables of contents
    are left out; text boxes stand behind the paragraph that they hang on.
    """
    _check(origin, data, limit)
    try:
        main = Package.open(strict.transitional(io.BytesIO(data))).main_document_part
        root: Any = main.element if hasattr(main, "element") else parse_xml(main.blob)
        numbers = Numbers.of(main)
        reader = _Reader(numbers)
        body = root.find(qn("w:body"))
        lines = reader.blocks(body, 0) if body is not None else []
    except (
        OpcError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
    ) as error:
        raise BadInput(f"{origin} is no Word document that can be read: {_reason(error)}.", _AGAIN) from None
    except (AttributeError, TypeError, NotImplementedError, RuntimeError, AssertionError) as error:
        raise BadInput(f"{origin} is a damaged Word document: {_reason(error)}.", _AGAIN) from None
    text = "\n".join(lines)
    if not text.strip():
        raise BadInput(f"{origin} is a Word document without text.", "If its pages are pictures, type their text.")
    left_out = ", ".join(sorted(reader.left_out))
    return text, (Note("truncated", 0, 1, f"left out: {left_out}"),) if left_out else ()


def _check(origin: str, data: bytes, limit: int) -> None:
    """Refuses bombs by what the archive declares (more than that is never unpacked), and declarations in its XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            size = sum(info.file_size for info in infos)
            if size > limit or len(infos) > _MOST_PARTS or (size > _SMALL and size > _RATIO * len(data)):
                raise BadInput(
                    f"{origin} unpacks to {size:,} bytes in {len(infos):,} parts; at most {limit:,} bytes are read.",
                    "Check where it comes from; ROLEGRAPH_MAX_BYTES raises the limit.",
                )
            for info in infos:
                if not info.filename.lower().endswith((".xml", ".rels")):
                    continue
                part = archive.read(info)
                if any(word in part for word in _HARM):
                    raise BadInput(
                        f"{origin} declares entities of its own in {info.filename}, which no Word document does.",
                        "Check where it comes from; open it in Word and save it again if you trust it.",
                    )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadInput(f"{origin} is a damaged Word document: {_reason(error)}.", _AGAIN) from None


class _Reader:
    """Reads blocks in order; Numbers counts the paragraphs of lists as they come."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.left_out: set[str] = set()

    def blocks(self, parent: Any, depth: int) -> list[str]:
        lines: list[str] = []
        for child in parent.iterchildren():
            tag = child.tag
            if tag == _P:
                lines += self._paragraph(child, depth)
            elif tag == _TBL and depth < _DEEPEST_TABLE:
                lines += grid.lines(self._rows(child, depth + 1))
            elif tag in _WRAPPERS:
                if tag == qn("w:sdt") and _is_contents(child):
                    self.left_out.add("the table of contents")
                else:
                    lines += self.blocks(child, depth)
            elif tag == _ALTERNATE:
                lines += self.blocks(_chosen(child), depth)
            elif tag in (qn("w:del"), qn("w:moveFrom")):
                self.left_out.add("deleted text")
        return lines

    def _paragraph(self, paragraph: Any, depth: int) -> list[str]:
        mark = self.numbers.mark(paragraph)
        if self.numbers.is_contents(paragraph):
            self.left_out.add("the table of contents")
            return []
        words: list[str] = []
        boxes: list[Any] = []
        self._runs(paragraph, words, boxes)
        lines = [line for line in (line.strip(" \t\u3000") for line in "".join(words).split("\n")) if line]
        if lines and mark:
            lines[0] = mark + lines[0]
        for box in boxes if depth < _DEEPEST_TABLE else []:
            lines += self.blocks(box, depth + 1)
        return lines

    def _runs(self, parent: Any, words: list[str], boxes: list[Any]) -> None:
        """The text of a paragraph; without recursion, since wrappers may be nested at will."""
        stack: list[Iterator[Any]] = [parent.iterchildren()]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            tag = child.tag
            if tag == qn("w:t"):
                words.append(child.text or "")
            elif tag == qn("w:r"):
                if _is_hidden(child):
                    self.left_out.add("hidden text")
                else:
                    stack.append(child.iterchildren())
            elif tag in (qn("w:tab"), qn("w:ptab")):
                words.append("\t")
            elif tag in (qn("w:br"), qn("w:cr")):
                words.append("\n")
            elif tag == qn("w:noBreakHyphen"):
                words.append("-")
            elif tag == qn("w:sym"):
                words.append(_symbol(child.get(qn("w:char"))))
            elif tag in (qn("w:del"), qn("w:moveFrom")):
                self.left_out.add("deleted text")
            elif tag in _WRAPPERS:
                stack.append(child.iterchildren())
            elif tag == _ALTERNATE:
                boxes += _boxes(_chosen(child))
            elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
                boxes += _boxes(child)

    def _rows(self, table: Any, depth: int) -> list[list[Cell]]:
        """The rows; a cell merged downwards stands in its first row and says how many rows it covers."""
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for row in _within(table, _TR):
            cells: list[Cell] = []
            column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.left_out.add("deleted text")
                continue
            for cell in _within(row, _TC):
                properties = cell.find(qn("w:tcPr"))
                span = merged = None
                if properties is not None:
                    span, merged = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
                width = max(1, _number(span, 1))
                if merged is not None and merged.get(qn("w:val")) != "restart":
                    if column in open_cells:
                        above, place = open_cells[column]
                        first = rows[above][place]
                        rows[above][place] = first._replace(rows=len(rows) - above + 1)
                else:
                    open_cells.pop(column, None)
                    if merged is not None:
                        open_cells[column] = (len(rows), len(cells))
                    cells.append(Cell(tuple(self.blocks(cell, depth)), width))
                column += width
            rows.append(cells)
        return rows


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls too."""
    stack: list[Iterator[Any]] = [parent.iterchildren()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            stack.append(child.iterchildren())


def _boxes(drawing: Any) -> list[Any]:
    """The contents of the outermost text boxes of a drawing."""
    return [box for box in drawing.iter(_BOX) if not any(above.tag == _BOX for above in _ancestors(box, drawing))]


def _ancestors(node: Any, top: Any) -> Iterator[Any]:
    parent = node.getparent()
    while parent is not None and parent is not top:
        yield parent
        parent = parent.getparent()


def _chosen(alternate: Any) -> Any:
    """Of what a newer and an older Word would show, the newer, if there is text in it."""
    children = [*alternate.iterchildren()]
    with_text = [child for child in children if child.find(f".//{qn('w:t')}") is not None]
    newer = [child for child in with_text if child.tag != _FALLBACK]
    return (newer or with_text or [alternate])[0]


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = properties.find(qn("w:vanish")) if properties is not None else None
    return vanish is not None and vanish.get(qn("w:val"), "true") not in ("0", "false", "off")


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and "Contents" in gallery.get(qn("w:val"), "")


def _symbol(code: str | None) -> str:
    """A character of a symbol font: boxes stay what they are, others become bullets."""
    try:
        char = chr(int(code or "", 16) | 0xF000)
    except (ValueError, OverflowError):
        return ""
    return "☑" if char in _TICKED else "□" if char in _UNTICKED else "•"


def _number(node: Any, default: int) -> int:
    value = node.get(qn("w:val")) if node is not None else None
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() else default


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
