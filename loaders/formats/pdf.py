"""PDF -> text, page by page, without the head and foot that each page repeats."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.formats.labels import joined

MOST_PAGES = 1000
_WORK = 5
"""What draws the pages may be a fifth of the limit: reading it takes that much more time than other bytes."""
_STREAM = 8_000_000
"""Bytes of one stream unpacked; pictures, which may be larger, are not unpacked."""
_OPERANDS = 500_000
_DEEPEST_FORM = 20

_DO = re.compile(rb"(?:/([^\s/<>\[\](){}%]+)\s+)?\bDo\b")
_EDGE = 3
"""Lines at the top and at the bottom of a page that may repeat on others."""
_OFTEN = 0.6
_DIGITS = re.compile(r"(?<!^)(?<!\d)\d+")
_NUMBER = re.compile(
    r"[-—–·.|/\s]*(?:第\s*\d{1,4}\s*页)?(?:[,，/|共\s]*\d{1,4}\s*页)?[-—–·.|\s]*|(?:[Pp]age|PAGE)?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4})?"
    r"|[-—–~·|]+\s*\d{1,4}\s*[-—–~·|]+"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?: [\u4e00-\u9fff]|$))")
_CLOSING = frozenset("。；，、：！？）”》")
"""A mark that found no room in its line."""
_TITLE = re.compile(r"[^，。；]{2,30}(?:职责|说明书|任职要求|岗位描述)")

_AGAIN = "Open it in a browser or in Word and save it as PDF again, or copy its text into a .txt file."
_RAISED = "Split it; or ROLEGRAPH_MAX_BYTES raises the limit."

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it warns of every small fault on standard error


def read(origin: str, data: bytes, limit: int) -> tuple[str, tuple[Note, ...]]:
    """The text of a PDF and a note on what was left out. `limit`: the most bytes that its pages may unpack to.

    Raises BadInput for a PDF that is locked, broken, scanned without text, or made to take for ever.
    """
    stream = min(limit, _STREAM)
    try:
        with apply_configuration(
            zlib_maximum_output_length=stream,
            lzw_maximum_output_length=stream,
            run_length_maximum_output_length=stream,
            array_based_stream_maximum_output_length=stream,
            stream_parsing_work_maximum_count=_OPERANDS,
            page_tree_maximum_entries=2 * MOST_PAGES,
            xform_maximum_invocations_per_extraction=500,
        ):
            pages = _pages(origin, data, limit)
    except BadInput:
        raise
    except LimitReachedError as error:
        raise BadInput(f"{origin} unpacks to more than is read of a PDF: {_reason(error)}.", _RAISED) from None
    except DependencyError as error:
        raise BadInput(f"{origin} is locked in a way that is not known: {_reason(error)}.", _AGAIN) from None
    except (RecursionError, MemoryError):
        raise BadInput(f"{origin} is a PDF whose parts refer to one another without end.", _AGAIN) from None
    except PyPdfError as error:
        raise BadInput(f"{origin} is a PDF that cannot be read: {_reason(error)}.", _AGAIN) from None
    except Exception as error:  # pypdf meets a damaged file with any error there is
        problem = f"{origin} is a damaged PDF: {type(error).__name__}: {_reason(error)}."
        raise BadInput(problem, _AGAIN) from None
    lines, cut = _without_edges(pages)
    text = "\n".join(joined(lines))
    if not text.strip():
        raise BadInput(
            f"{origin} is a PDF without text: its {len(pages)} pages are pictures.",
            "Have a program for text recognition (OCR) read it, and save the text as a .txt file.",
        )
    return text, (Note("truncated", 0, 1, "left out: the head and foot of the pages"),) if cut else ()


def _pages(origin: str, data: bytes, limit: int) -> list[list[str]]:
    """The lines of each page."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise BadInput(f"{origin} is a PDF under a password.", "Open it and save it without a password.")
    if len(reader.pages) > MOST_PAGES:
        problem = f"{origin} has {len(reader.pages):,} pages; at most {MOST_PAGES:,} are read."
        raise BadInput(problem, "Split it into smaller documents.")
    weights: dict[int, int] = {}
    work = 0
    pages: list[list[str]] = []
    for page in reader.pages:
        work += _weight(page.get_contents(), page.get("/Resources"), weights, 0)
        if work > limit // _WORK:
            raise BadInput(f"{origin} draws its pages with more than {limit // _WORK:,} bytes.", _RAISED)
        pages.append(_lines(page))
    return pages


def _weight(stream: Any, resources: Any, weights: dict[int, int], depth: int) -> int:
    """The bytes that draw a page or form, those of the forms in it counted as often as they are drawn."""
    if stream is None or depth > _DEEPEST_FORM:
        return 0
    data = stream.get_data()
    names = [name.decode("latin-1") for name in _DO.findall(data)]
    if not names:
        return len(data)
    forms: dict[str, int] = {}
    held = resources.get_object() if resources is not None else {}
    drawn = held.get("/XObject", {}).get_object() if held else {}
    for name, reference in drawn.items():
        form = reference.get_object()
        if form is None or form.get("/Subtype") != "/Form":
            forms[name] = 0
            continue
        key = getattr(reference, "idnum", 0) or id(form)
        if key not in weights:
            weights[key] = 0
            weights[key] = _weight(form, form.get("/Resources", resources), weights, depth + 1)
        forms[name] = weights[key]
    most = max(forms.values(), default=0)
    return len(data) + sum(forms.get(f"/{name}", most) for name in names)


def _lines(page: PageObject) -> list[str]:
    text = page.extract_text().replace("\0", "")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    result: list[str] = []
    for line in (_SPACED.sub("", line) for line in lines if line):
        if result and line in _CLOSING:
            result[-1] += line
        else:
            result.append(line)
    return result


def _without_edges(pages: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """The lines of all pages without page numbers and without what most pages have at the same edge.

    What looks like a posting's title stays where it stands first.
    """
    counts = Counter(key for page in pages for key in {*_edges(page)})
    written = [page for page in pages if page]
    often = max(2, _OFTEN * len(written))
    result: list[str] = []
    met: set[str] = set()
    cut = False
    for page in pages:
        edge = min(_EDGE, len(page) // 2) if len(page) > 1 else 0
        for place, line in enumerate(page):
            at_edge = place < edge or place >= len(page) - edge
            outermost = place in (0, len(page) - 1) and len(page) > 1
            repeated = at_edge and counts[_key(line, place < edge)] >= often
            if repeated and _TITLE.fullmatch(line) and line not in met:
                met.add(line)
                repeated = False
            if repeated or (outermost and any(c.isdigit() for c in line) and _NUMBER.fullmatch(line)):
                cut = True
                continue
            result.append(line)
    return result, cut


def _edges(page: Sequence[str]) -> Iterator[str]:
    edge = min(_EDGE, len(page) // 2)
    yield from (_key(line, True) for line in page[:edge])
    yield from (_key(line, False) for line in page[len(page) - edge :])


def _key(line: str, top: bool) -> str:
    """A line as its repetitions have it: their numbers differ."""
    return f"{top}{_DIGITS.sub('#', line)}"


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
