"""What a check is, and what it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Severity = Literal["violation", "warning", "info"]
"""Worst first. A violation breaks a rule of SKOS or of our own export; a warning is bad practice; info is a hint."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Check(NamedTuple):
    """`rule` is the SKOS integrity condition that the check holds, such as S13; `zh` and `en` say what is wrong."""

    name: str
    severity: Severity
    zh: str
    en: str
    rule: str = ""


class Finding(NamedTuple):
    """One place where a check finds fault. Subject, value and path are terms as N-Triples writes them, or empty.

    `component` and `shape` are IRIs of SHACL, where a shape found it.
    """

    check: str
    subject: str
    value: str = ""
    zh: str = ""
    en: str = ""
    path: str = ""
    component: str = ""
    shape: str = ""


class Found:
    """Findings by check: all are counted, and the first `limit` of each check are kept (0: all)."""

    def __init__(self, limit: int = 0) -> None:
        self.counts: Counter[str] = Counter()
        self.kept: dict[str, list[Finding]] = {}
        self._limit = limit

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.count(finding.check)
            if not self._limit or self.counts[finding.check] <= self._limit:
                self.kept.setdefault(finding.check, []).append(finding)

    def count(self, check: str, more: int = 1) -> None:
        """Findings that are counted and not told one by one."""
        self.counts[check] += more


_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def text(term: str) -> str:
    r"""The characters of a literal, or the IRI; of a blank node its label.

    >>> text('"a\\tb"@en'), text("<https://example.org/x>")
    ('a\tb', 'https://example.org/x')
    """
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):
        return term
    inside = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescaped, inside) if "\\" in inside else inside


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])


def tag(term: str) -> str:
    """The language of a literal in lower case, empty for one without, and for what is no literal.

    >>> tag('"市场"@zh-Hans'), tag('"1"')
    ('zh-hans', '')
    """
    if term[0] != '"' or term[-1] in '">':
        return ""
    return term[term.rindex("@") + 1 :].lower()


def shown(term: str) -> str:
    """A term for people: a literal with its language, an IRI without its brackets."""
    language = tag(term)
    return f"{text(term)}@{language}" if language else text(term)
