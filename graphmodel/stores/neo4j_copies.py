"""Neo4j: documents as they were added, from the store's records and the relationships of what they state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from neo4j import Transaction

from graphmodel.graph import Reading
from graphmodel.identity import kind_of
from graphmodel.nodes import Document, Node, Posting
from graphmodel.relations import FactMention, ItemMention
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.copies import Kept, Words, reading, spelled
from graphmodel.stores.neo4j_rows import Ends, Labels, Stated
from graphmodel.stores.neo4j_statements import by_source
from graphmodel.stores.neo4j_stored import Found


class _Record(NamedTuple):
    """The store's record of a document."""

    document: str
    reader: str
    taxonomy: str
    text: str
    stated: Stated


def readings(tx: Transaction, labels: Labels, origins: list[str]) -> list[Reading]:
    """The documents of these origins, in their order; a fixed number of statements."""
    db = _Copies(tx, labels)
    records = db.records(origins)
    nodes = db.nodes(id for record in records for id in (record.document, *record.stated.postings))
    mentions = db.mentions(record.stated for record in records)
    items = {mention.target for mention in mentions.values() if isinstance(mention, ItemMention)}
    words = db.words(items)
    said = [*mentions.values(), *(word for found in words.values() for word in found)]
    named = {name.node for record in records for name in record.stated.names}
    nodes |= db.nodes({end for mention in said for end in (mention.source, mention.target)} | named)
    return [_reading(record, mentions, words, nodes) for record in records]


def _reading(
    record: _Record,
    mentions: Mapping[str, ItemMention | FactMention],
    words: Words,
    nodes: Mapping[str, Node],
) -> Reading:
    document, stated = nodes[record.document], record.stated
    assert isinstance(document, Document)
    kept = Kept(
        document,
        record.text,
        record.reader,
        record.taxonomy,
        [node for id in stated.postings if isinstance(node := nodes[id], Posting)],
        [mentions[mention.id] for mention in stated.mentions],
        # A node that nothing mentions any more is gone, and with it what this document called it.
        {name.node: spelled(nodes[name.node], *name[1:]) for name in stated.names if name.node in nodes},
    )
    return reading(kept, words, nodes)


class _Copies(Found):
    def records(self, origins: list[str]) -> list[_Record]:
        query = f"UNWIND $rows AS origin MATCH (d:`{self._reading}` {{origin: origin}}) "
        query += "RETURN d.document, d.reader, d.taxonomy, d.text, d.stated ORDER BY origin"
        return [
            _Record(document, reader, taxonomy, rows.unpack_text(text), rows.unpack_stated(stated))
            for document, reader, taxonomy, text, stated in self._run(query, origins)
        ]

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for kind, some in rows.by_kind(set(ids)).items():
            query = f"UNWIND $rows AS id MATCH (n:{self._of(kind)} {{id: id}}) RETURN id, properties(n)"
            found.update((id, rows.node(kind, stored)) for id, stored in self._run(query, some))
        return found

    def mentions(self, stated: Iterable[Stated]) -> dict[str, ItemMention | FactMention]:
        """What documents state, whole, by id: a statement for each relation and kinds of ends."""
        wanted: dict[Ends, list[list[Any]]] = defaultdict(list)
        for one in stated:
            for m in one.mentions:
                wanted[m.relation, kind_of(m.source), kind_of(m.target)].append([m.source, m.target, m.id])
        found: dict[str, ItemMention | FactMention] = {}
        for (relation, source, target), ends in sorted(wanted.items()):
            query = f"MATCH (s)-[r:{relation}]->(t) WHERE r.id = row[1] RETURN s.id, t.id, properties(r)"
            for start, end, stored in self._run(self._between(source, target) + query, by_source(ends)):
                mention = rows.mention(relation, start, end, stored)
                assert isinstance(mention, (ItemMention, FactMention))
                found[mention.id] = mention
        return found
