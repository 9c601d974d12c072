"""Titles in running text: 二、大堂副理岗位职责1.…, 篇二：收银员岗位职责1、…, 大堂副理[岗位职责]."""

from __future__ import annotations

import re

from loaders.names import NUMERAL, ORDINAL, PERSON, TAIL

_BRACKETED = re.compile(
    rf"(?:[（(]?(?:{NUMERAL}|\d){{1,3}}[)）、.．]\s*)?(?P<name>[\u4e00-\u9fffA-Za-z/]{{2,14}})(?=[\[【][^\]】]{{2,10}}[\]】])"
)
_NAMED = rf"(?P<name>[\u4e00-\u9fffA-Za-z/]{{2,14}}?){TAIL}(?=[：:]|\d{{1,2}}[、.．]|①|[（(]1[)）])"
_COUNTED = re.compile(rf"{NUMERAL}{NUMERAL}{{0,2}}、{_NAMED}")
_ORDINAL = re.compile(rf"{ORDINAL}[ \t：:、.]*{_NAMED}")
CLOSED_IN_LINE = re.compile(
    r"[。；;][ \t]*(?P<name>(?!本|该|各|其|主要|具体)[\u4e00-\u9fff]{2,10}?)的?(?:主要)?"
    r"(?:岗位|工作)职责[：:](?=[ \t]*[1一（(])"
)
"""A role whose list follows that of another in one line: …；收银员岗位职责：1、"""


def lists_duties(title: re.Match[str]) -> bool:
    """Whether such a title says 岗位职责 or the like itself, rather than its heading."""
    return title.re is not _BRACKETED


def in_line(text: str) -> list[re.Match[str]]:
    """Names of roles in running text, before their headings: 二)大堂副理[岗位职责], 二、大堂副理岗位职责1."""
    found = [*_COUNTED.finditer(text)]
    if "篇" in text:
        found += _ORDINAL.finditer(text)
    if "[" in text or "【" in text:
        found += _BRACKETED.finditer(text)
    closed = (m for m in found if m.start() == 0 or text[m.start() - 1] in "\n \t。；;）】")
    return [m for m in closed if PERSON.search(m["name"])]
