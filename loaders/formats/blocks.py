"""A tree of HTML -> its lines: one for each block, numbers and bullets as a reader of the page sees them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from loaders.formats import grid
from loaders.formats.grid import Cell
from loaders.formats.listing import List, integer
from loaders.formats.words import word_set
from loaders.heading_evidence import FIELDS
from loaders.heading_words import WORDS

UNSEEN = word_set(
    "script style noscript template iframe frame svg canvas object embed select option button input textarea "
    "map audio video dialog head title meta link rt rp datalist progress meter"
)
_BLOCKS = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre search section summary "
    "table ul tr td th caption tbody thead tfoot"
)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_LISTS = word_set("ol ul menu dir")
_DEEPEST_TABLE = 8
"""Tables within tables; deeper ones are read as blocks."""
_WIDEST_SPAN = 1000

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARKED = re.compile(
    r"[•●◆■▪◇★❖➢·*–—-]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）、.．](?!\d)|[①-⑳⑴-⒇]|第.{1,3}[篇章条]"
)
"""A number or bullet that already stands in the text of a list's item."""
_OWN_LINES = re.compile(r"\n[ \t]*(?:\d{1,2}\s*[、.．)）]|[（(]\d|[①-⑳•●◆■▪·*-]|[一二三四五六七八九十][、.]|【)")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef。，、；：？！）】》”]")
_FIELD_LENGTH = 4
"""A label so long is a field's, not the first part of another word (岗位 … 职责)."""

_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")


class Lines(NamedTuple):
    """The lines of a page, none empty; `heading` is the number of the line that its first h1 made, if it has one."""

    lines: list[str]
    heading: int | None = None


class _Writer:
    """Collects text into lines; blanks are folded as a browser does it, and dropped between Chinese lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.mark = ""

    def text(self, words: str, keep_breaks: bool) -> None:
        if keep_breaks or _OWN_LINES.search(words):
            first, *others = words.replace("\r\n", "\n").split("\n")
            self._words(first)
            for other in others:
                self.end()
                self._words(other)
        else:
            self._words(words)

    def _words(self, words: str) -> None:
        folded = _BLANKS.sub(_fold, words)
        if not folded or (folded.isspace() and not self.parts):
            return
        if self.mark and not folded.isspace():
            if not _MARKED.match(folded.lstrip()):
                self.parts.append(self.mark)
                folded = folded.lstrip()
            self.mark = ""
        self.parts.append(folded)

    def label(self) -> None:
        """After an inline element: a field's label gets the colon that the page's design stands for."""
        if 0 < len(self.parts) <= 3:
            words = "".join(self.parts).strip(" •\xa0")
            if len(words) >= _FIELD_LENGTH and WORDS.get(words) in FIELDS:
                self.parts.append("：")

    def blank(self) -> None:
        if self.parts and not self.parts[-1].endswith((" ", "：")):
            self.parts.append(" ")

    def end(self) -> None:
        line = "".join(self.parts).strip(" \t\xa0\u3000")
        if line:
            self.lines.append(line)
        self.parts = []


def lines(root: LexborNode, dropped: Callable[[LexborNode], bool], depth: int = 0) -> Lines:
    """The lines of what stands in `root`, without UNSEEN elements and those that are `dropped`."""
    writer = _Writer()
    lists: list[List] = []
    heading: int | None = None
    kept_breaks = 0
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            writer.text(node.text_content or "", kept_breaks > 0)
            continue
        block = tag in _BLOCKS
        if leaving:
            if block:
                writer.end()
            else:
                writer.label()
                if _stands_apart(node):
                    writer.blank()
            if tag in _LISTS:
                lists.pop()
            elif tag == "li":
                writer.mark = ""
            if _keeps_breaks(node, tag):
                kept_breaks -= 1
            continue
        if tag.startswith(("-", "_", "!")) or tag in UNSEEN or (node is not root and dropped(node)):
            continue
        if tag == "br":
            writer.end()
            continue
        if block:
            writer.end()
        elif node.child is None and tag in ("em", "i", "span", "b") and node.attributes.get("class"):
            writer.blank()  # a line between two fields that the page's design draws
        if tag in _LISTS:
            lists.append(List(node, sum(each.ordered for each in lists)))
        elif tag == "li":
            writer.mark = lists[-1].mark(node) if lists else "• "
        elif tag in _HEADINGS or tag in ("table", "dl"):
            writer.mark = ""
            if tag == "h1" and heading is None:
                heading = len(writer.lines)
        if tag == "table" and depth < _DEEPEST_TABLE:
            writer.lines += grid.lines(_rows(node, dropped, depth + 1))
            continue
        if tag == "dl":
            writer.lines += _definitions(node, dropped, depth) if depth < _DEEPEST_TABLE else []
            if depth < _DEEPEST_TABLE:
                continue
        if _keeps_breaks(node, tag):
            kept_breaks += 1
        stack.append((node, True))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        stack += reversed(children)
    writer.end()
    return Lines(writer.lines, heading if heading is not None and heading < len(writer.lines) else None)


def _stands_apart(node: LexborNode) -> bool:
    """Whether an inline element and the next beside it have classes of their own: fields, which the design parts.

    Classes as short as s1 are those that word processors give to runs of a sentence.
    """
    after = node.next
    classes = [(each.attributes.get("class") or "") if each is not None else "" for each in (node, after)]
    return after is not None and not (after.tag or "-").startswith("-") and all(len(name) > 3 for name in classes)


def _rows(table: LexborNode, dropped: Callable[[LexborNode], bool], depth: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    pending = [table]
    while pending:
        node = pending.pop()
        if node.tag == "tr":
            cells = (cell for cell in _children(node) if cell.tag in ("td", "th") and not dropped(cell))
            rows.append([_cell(cell, dropped, depth) for cell in cells])
        elif node.tag == "caption":
            rows.append([_cell(node, dropped, depth)])
        elif node.tag in ("table", "tbody", "thead", "tfoot") and not dropped(node):
            pending += reversed(_children(node))
    return [row for row in rows if row]


def _cell(node: LexborNode, dropped: Callable[[LexborNode], bool], depth: int) -> Cell:
    attributes = node.attributes
    columns, rows = (integer(attributes.get(name)) or 1 for name in ("colspan", "rowspan"))
    inside = tuple(lines(node, dropped, depth).lines)
    return Cell(inside, min(max(columns, 1), _WIDEST_SPAN), min(max(rows, 1), _WIDEST_SPAN), node.tag == "th")


def _definitions(node: LexborNode, dropped: Callable[[LexborNode], bool], depth: int) -> list[str]:
    """Terms and definitions: a short pair in one line, else each its own lines."""
    result: list[str] = []
    label: list[str] = []
    children = [
        child
        for child in _children(node)
        if not (dropped(child) or child.tag in UNSEEN or (child.tag or "-").startswith(("-", "_", "!")))
    ]
    for child, after in itertools.zip_longest(children, children[1:]):
        if child.tag == "div":
            result += [*label, *_definitions(child, dropped, depth + 1)] if depth < _DEEPEST_TABLE else []
            label = []
            continue
        inside = lines(child, dropped, depth + 1).lines
        if child.tag == "dt":
            result += label
            label = inside
        elif label:
            cells = [Cell(tuple(label), head=True), Cell(tuple(inside))]
            several = len(label) > 1 or (after is not None and after.tag == "dd")
            result += [*label, *inside] if several else grid.lines([cells])
            label = []
        else:
            result += inside
    return result + label


def _children(node: LexborNode) -> list[LexborNode]:
    found = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _keeps_breaks(node: LexborNode, tag: str) -> bool:
    if tag == "pre":
        return True
    style = node.attributes.get("style") if tag in ("div", "p", "span", "td", "dd", "section", "article") else None
    return bool(style and _PRE.search(style))


def _fold(blanks: re.Match[str]) -> str:
    """A line break between two Chinese characters is the source's, not the text's."""
    if "\n" in blanks[0]:
        start, end = blanks.span()
        before, after = blanks.string[max(start - 1, 0) : start], blanks.string[end : end + 1]
        if before and after and _WIDE.match(before) and _WIDE.match(after):
            return ""
    return " "
