"""The same triples as in any other export, told apart by who states them: a named graph a document.

The graph of a document, whose name is the document's IRI, holds what it states: the document, its notes, postings and
mentions, and the direct triple of each edge that it mentions. What an item requires or involves is stated by its
words, and stands in the graph of each document that has the item. The default graph holds what is of no one document:
the names and texts of things, the taxonomy, and what was counted. So a triple that several documents state stands in
each of their graphs, and all graphs together are the Turtle of the same view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from graphmodel.graph import Reading
from graphmodel.identity import kind_of
from graphmodel.nodes import Document, Node, Posting
from graphmodel.relations import RELATIONS, STATED
from graphmodel.store import View
from ontology.mapping import PROPERTIES, note_id
from ontology.subjects import Subject, Subjects, as_written
from ontology.terms import DATA_KINDS
from ontology.writers.syntax import Pair
from ontology.writers.trig import TriG

_DOCUMENTS = 100
_OF_A_DOCUMENT = ("document", "mention", "note", "posting")


class Graphs(Subjects):
    """The default graph first, then the documents in the order of their IRIs; within a graph, subjects in theirs."""

    direct = tuple(relation for relation in RELATIONS if relation not in STATED)

    def __init__(self, view: View, writer: TriG, quotes: str = "full") -> None:
        super().__init__(view, writer, quotes)
        self._graphs = writer

    def of(self, kinds: Collection[str] = DATA_KINDS) -> Iterator[Subject]:
        """As Subjects.of, but a subject comes once in each graph that says something of it."""
        yield from super().of([kind for kind in kinds if kind not in _OF_A_DOCUMENT])
        after = None
        while page := self._view.nodes("document", order="id", after=after, limit=_DOCUMENTS):
            after = (page[-1].id, page[-1].id)
            documents = {node.origin: node for node in page if isinstance(node, Document)}
            readings = {reading.document.id: reading for reading in self._view.readings(sorted(documents))}
            postings = self._postings(readings.values())
            for document in page:
                self._graphs.enter(document.id)
                said = self._said(document, readings[document.id], postings[document.id])
                for id in sorted(said, key=as_written):
                    if id.partition(":")[0] in kinds:
                        yield id, sorted(said[id])

    def _postings(self, readings: Collection[Reading]) -> dict[str, list[Node]]:
        """By document, as the store has them: a reading does not know what they repeat."""
        ids = [id for reading in readings for id in reading.graph.nodes if kind_of(id) == "posting"]
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._view.nodes("posting", sorted(ids)) if ids else ():
            if isinstance(node, Posting):
                found[node.document].append(node)
        self._origins = {node.id: document for document, nodes in found.items() for node in nodes}
        return found

    def _said(self, document: Node, reading: Reading, postings: Sequence[Node]) -> dict[str, list[Pair]]:
        """What a document states, by subject."""
        thing = self._writer.thing
        stated: dict[str, dict[Pair, None]] = defaultdict(dict)
        predicates = {relation: self._writer.property(PROPERTIES[relation]) for relation in STATED}
        mentions = list(reading.graph.mentions.values())
        for mention in mentions:
            stated[mention.source][predicates[mention.relation], thing(mention.target)] = None
        said = {id: list(pairs) for id, pairs in stated.items()}
        for id, pairs in (*self._page("document", [document]), *self._page("posting", postings)):
            said[id] = pairs + said.get(id, [])
        said |= self._quoted(mentions)
        if isinstance(document, Document):
            said |= {
                note_id(document.id, n): self._mapping.statements(note) for n, note in enumerate(document.notes, 1)
            }
        return said
