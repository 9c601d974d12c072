"""Turtle: one block a subject, its types first, then a line for each predicate.

Written here and not by a library, since an export must be the same byte for byte: pyoxigraph orders prefixes by
chance and writes zh-Hans as zh-hans, rdflib holds the whole graph in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

from ontology.terms import decimal, iri, is_plain, prefixes
from ontology.writers.ntriples import quoted
from ontology.writers.syntax import Pair


class Turtle:
    """With the prefixes of its head, the prefixed name of a thing is its id in the store."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._prefixes = prefixes(base)

    def head(self) -> str:
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self._prefixes.items())

    def tail(self) -> str:
        return ""

    def property(self, name: str) -> str:
        return "a" if name == "rdf:type" else self.term(name)

    def term(self, name: str) -> str:
        return name if ":" in name else f"rg:{name}"

    def thing(self, id: str) -> str:
        kind, _, key = id.partition(":")
        plain = is_plain(key) and key[0] != "-" != key[-1]
        return id if plain and kind in self._prefixes else f"<{iri(id, self._base)}>"

    def link(self, iri: str) -> str:
        return f"<{iri}>"

    def text(self, value: str, language: str | None = None) -> str:
        return quoted(value, language)

    def integer(self, value: int) -> str:
        return str(value)

    def decimal(self, value: float) -> str:
        return decimal(value)

    def boolean(self, value: bool) -> str:
        return "true" if value else "false"

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        return block(self.thing(subject), pairs)


def block(subject: str, pairs: Sequence[Pair]) -> str:
    """What is said of a subject, a term of Turtle like the predicates and objects, which are in order."""
    pieces = []
    before = ""
    for predicate, object in pairs:
        if predicate == before:
            pieces.append(f",\n        {object}")
        else:
            pieces.append(f" ;\n    {predicate} {object}" if before else f"    {predicate} {object}")
            before = predicate
    return f"\n{subject}\n{''.join(pieces)} .\n"
