"""TriG: Turtle with named graphs."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.writers.syntax import Pair
from ontology.writers.turtle import Turtle


class TriG(Turtle):
    """Blocks stand in the default graph until `enter` opens the graph of a thing."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self._graph = self._opened = ""

    def enter(self, graph: str) -> None:
        """What is written from here on stands in the graph whose name is the IRI of an id."""
        self._graph = graph

    def tail(self) -> str:
        return "}\n" if self._opened else ""

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        said = super().block(subject, pairs)
        if self._graph == self._opened:
            return said
        end = self.tail()
        self._opened = self._graph
        return f"{end}\n{self.thing(self._graph)} {{\n{said}"
