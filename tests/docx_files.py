"""DOCX files made for tests, as Word and WPS write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

Level = tuple[str, str]
"""Form and text of a level, as ("decimal", "%1、")."""


def saved(document: Docx) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def made(fill: Callable[[Docx], object]) -> bytes:
    document = Document()
    fill(document)
    return saved(document)


def numbering(document: Docx, key: int, levels: Sequence[Level], extra: str = "") -> None:
    """An abstract list and a list `key` that counts in it; `extra` goes into the list (overrides)."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    part = document.part.numbering_part.element
    part.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inside}</w:abstractNum>'))
    again(document, key, key, extra)


def again(document: Docx, abstract: int, key: int, extra: str = "") -> None:
    """Another list `key` that counts in the same abstract list."""
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{extra}</w:num>')
    )


def item(document: Docx, text: str, key: int, level: int = 0) -> Paragraph:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'))
    return paragraph


def inside(document: Docx, xml: str) -> None:
    """Puts a piece of WordprocessingML at the end of the body."""
    section = document.element.body[-1]
    section.addprevious(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def with_part(data: bytes, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file with one part replaced or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", compression) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return result.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def strict(data: bytes) -> bytes:
    """An Office file as programs write it that are told to save Strict Open XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _USUAL.sub(_PURL, part) if name.endswith((".xml", ".rels")) else part)
    return out.getvalue()


_USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?=main|relationships)")
_PURL = rb"http://purl.oclc.org/ooxml/\1/"
