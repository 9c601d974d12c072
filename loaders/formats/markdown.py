"""Markdown -> text: what is markup goes, numbers and bullets of lists stay."""

from __future__ import annotations

import re

from loaders.formats import grid
from loaders.formats.grid import Cell

_FRONT = re.compile(r"\A---[ \t]*\n(?:[\w-]+:[^\n]*\n|[ \t-][^\n]*\n|\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title:\s*[\"']?(?P<title>.+?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|(?=[\u4e00-\u9fff【]))(?P<words>.*?)(?:[ \t]+#+)?[ \t]*\Z")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)\Z")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_QUOTE = re.compile(r"\A(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,3})(?P<mark>[.)])[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|?(?:[^|\n]*\|)+[^|\n]*\Z")
_LINE_BELOW_HEAD = re.compile(r"[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*\Z")
_CELLS = re.compile(r"(?<!\\)\|")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+[^\n]*\Z")

_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,500})\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\]\n]{0,200}\])")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n]{0,500})?/?>|<!--[^\n]{0,2000}?-->")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(?P<words>(?:(?!\1)[^\n]){1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(?P<words>[^*\n]{1,500})(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)(?P<low>[^_\n]{1,500})(?<=\S)_(?!\w)"
)
_CODE = re.compile(r"(`{1,3})(?P<words>[^`\n]{1,500})\1")
_STRUCK = re.compile(r"~~[^~\n]{1,500}~~")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_ASIDE = 0xE000
_BACK = {_ASIDE + ord(sign): sign for sign in "\\`*_{}[]()#+-.!|>~"}
"""Escaped signs are put aside, as private characters, while the others are looked at."""

_SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^[ \t]*+(?:(?:[-*+]|\d{1,3}\.)[ \t]*+)?\*\*[^*\n]{2,40}\*\*"
    r"|^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.MULTILINE,
)
_FEW_SIGNS = 2


def looks_marked(text: str) -> bool:
    """Whether a text without the suffix .md is Markdown: two headings, bold lines or tables at least."""
    return any(sign in text for sign in ("#", "**", "---")) and len(_SIGNS.findall(text)) >= _FEW_SIGNS


def plain(text: str) -> str:
    r"""The text without markup; a front matter's title becomes the first line.

    >>> print(plain("## 岗位职责\n1. 负责**采购**\n- [供应商](http://x)"))
    岗位职责
    1. 负责采购
    • 供应商
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    title = _TITLE.search(front[0]) if front else None
    lines = text[front.end() :].split("\n") if front else text.split("\n")
    result = [title["title"]] if title else []
    place = 0
    fenced = False
    while place < len(lines):
        line = lines[place]
        place += 1
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            result.append(line)
        elif _ROW.match(line) and place < len(lines) and "|" in lines[place] and _LINE_BELOW_HEAD.match(lines[place]):
            rows = [line]
            place += 1
            while place < len(lines) and "|" in lines[place] and lines[place].strip():
                rows.append(lines[place])
                place += 1
            result += grid.lines([_cells(row) for row in rows])
        elif not _RULE.match(line) and not _REFERENCE.match(line):
            result += _line(line)
    return "\n".join(result).strip("\n")


def _line(line: str) -> list[str]:
    line = _QUOTE.sub("", line, count=1)
    heading = _HEADING.match(line)
    if heading:
        line = heading["words"]
    bullet = _BULLET.match(line)
    if bullet:
        line = f"{bullet['indent']}• {line[bullet.end() :]}"
    return [_inline(part) for part in _BREAK.sub("\n", line).split("\n")]


def _cells(row: str) -> list[Cell]:
    words = _CELLS.split(row.strip().removeprefix("|").removesuffix("|"))
    return [
        Cell(tuple(part for part in map(str.strip, _inline(_BREAK.sub("\n", word)).split("\n")) if part))
        for word in words
    ]


def _inline(line: str) -> str:
    if not any(sign in line for sign in "*_`[<~\\!"):
        return line.rstrip()
    line = _ESCAPED.sub(lambda escaped: chr(_ASIDE + ord(escaped[1])), line)
    line = _IMAGE.sub("", line)
    line = _AUTOLINK.sub("", _LINK.sub(r"\g<words>", line))
    line = _TAG.sub("", line)
    for pattern in (_STRONG, _STRONG, _EMPHASIS, _CODE):
        line = pattern.sub(lambda found: next(words for words in found.groups()[::-1] if words), line)
    return _STRUCK.sub("", line).translate(_BACK).rstrip()
