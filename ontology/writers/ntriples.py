"""N-Triples: one triple a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ontology.terms import XSD, decimal, expanded, iri
from ontology.writers.syntax import Pair

_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F)} | {
    ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t",
}  # fmt: skip


def quoted(value: str, language: str | None = None) -> str:
    """A string literal, as N-Triples and Turtle write it."""
    inside = value.translate(_ESCAPES) if _SPECIAL.search(value) else value
    return f'"{inside}"@{language}' if language else f'"{inside}"'


class NTriples:
    """The lines of an export come out sorted by code point."""

    def __init__(self, base: str) -> None:
        self._base = base

    def head(self) -> str:
        return ""

    tail = head

    def property(self, name: str) -> str:
        return f"<{expanded(name)}>"

    term = property

    def thing(self, id: str) -> str:
        return f"<{iri(id, self._base)}>"

    def link(self, iri: str) -> str:
        return f"<{iri}>"

    def text(self, value: str, language: str | None = None) -> str:
        return quoted(value, language)

    def integer(self, value: int) -> str:
        return f'"{value}"^^<{XSD}integer>'

    def decimal(self, value: float) -> str:
        return f'"{decimal(value)}"^^<{XSD}decimal>'

    def boolean(self, value: bool) -> str:
        return f'"{str(value).lower()}"^^<{XSD}boolean>'

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        begin = self.thing(subject)
        return "".join([f"{begin} {predicate} {object} .\n" for predicate, object in pairs])
