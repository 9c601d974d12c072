"""From a subject and its (predicate, object) pairs to the lines of a format. Both write the same triples in one order.

Written here and not by a library, since an export must be the same byte for byte: pyoxigraph orders prefixes by
chance and writes zh-Hans as zh-hans, rdflib holds the whole graph in memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Protocol

from ontology.terms import RDF, XSD, Pair, prefixes


class Writer(Protocol):
    """`pairs` are sorted and without doubles, `subject` and they are in N-Triples syntax."""

    def head(self) -> str: ...

    def block(self, subject: str, pairs: Sequence[Pair]) -> str: ...


class NTriples:
    """One triple a line; the lines of an export come out sorted by code point."""

    def head(self) -> str:
        return ""

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        return "".join([f"{subject} {predicate} {object} .\n" for predicate, object in pairs])


_TYPE = f"<{RDF}type>"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\Z")
_BARE = re.compile(rf'"([^"]*)"\^\^<{re.escape(XSD)}(?:integer|decimal|boolean)>\Z')


class Turtle:
    """One block a subject: its types, then a line for each predicate, several objects of one below each other."""

    def __init__(self, base: str) -> None:
        self._prefixes = prefixes(base)
        self._names = {namespace: prefix for prefix, namespace in self._prefixes.items()}
        self._predicate = cache(self._short)

    def head(self) -> str:
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self._prefixes.items())

    def _short(self, term: str) -> str:
        if term[0] == "<":
            end = max(term.rfind("/"), term.rfind("#")) + 1
            prefix = self._names.get(term[1:end])
            return f"{prefix}:{term[end:-1]}" if prefix and _LOCAL.match(term, end, len(term) - 1) else term
        bare = _BARE.match(term)
        return bare[1] if bare else term

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        lines: list[str] = []
        for predicate, group in groupby(pairs, key=lambda pair: pair[0]):
            objects = [self._short(object) for _, object in group]
            if predicate == _TYPE:
                lines.insert(0, "a " + ", ".join(objects))
            elif len(objects) == 1:
                lines.append(f"{self._predicate(predicate)} {objects[0]}")
            else:
                lines.append(self._predicate(predicate) + "\n        " + ",\n        ".join(objects))
        return f"\n{self._short(subject)}\n    " + " ;\n    ".join(lines) + " .\n"
