"""What every format has to say in its own syntax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Pair = tuple[str, str]
"""A predicate and an object, in the syntax of one writer."""


class Writer(Protocol):
    """The syntax of one format. A graph is `head`, the `block` of each subject in the order of ids, and `tail`.

    What stands for a value is a piece of the format's own text, made once and never looked into again; pairs are
    sorted by these pieces, so that a format's bytes depend on nothing but what is said.
    """

    def head(self) -> str: ...

    def tail(self) -> str: ...

    def property(self, name: str) -> str:
        """A predicate, from a name such as skos:prefLabel; a name without prefix is one of the ontology's own."""

    def term(self, name: str) -> str:
        """The same as an object: a class, or a property that is spoken of."""

    def thing(self, id: str) -> str:
        """Something of ours as an object, from its id."""

    def link(self, iri: str) -> str:
        """Any other IRI as an object."""

    def text(self, value: str, language: str | None = None) -> str: ...

    def integer(self, value: int) -> str: ...

    def decimal(self, value: float) -> str: ...

    def boolean(self, value: bool) -> str: ...

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        """What is said of an id; the pairs are sorted and without doubles, at least one."""
