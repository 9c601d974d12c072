"""Between the values of the graph and what Neo4j keeps: labels, properties, rows of parameters.

Neo4j has neither null nor nested properties: None and an empty tuple are left out, spans are kept as one flat list
(start, end, start, end, ...), a note as a JSON list.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple, cast

from graphmodel.graph import Reading
from graphmodel.identity import KINDS, kind_of
from graphmodel.nodes import NODE_TYPES, Department, Document, Indicator, Node, Note, Role, Skill
from graphmodel.relations import RELATIONS, DepartmentMention, Edge, FactMention, ItemMention, Mention, SkillMention

ITEMS = ("duty", "requirement")


class Labels(NamedTuple):
    """The labels of one store in a database. Those with `Rolegraph` in them hold its own records.

    Store: one node, the mark of a store, with schema, revision and taxonomy digest; every writer locks it first.
    Reading: one a document, with its stamp, its text and what it states (Stated). Label: one a spelling of a node,
    with the documents that use it. Change: the journal. Scheme: one node, labels and aliases of the taxonomy. Job: one
    a load that was asked for over the API.
    """

    prefix: str = ""

    def of(self, kind: str) -> str:
        return self.prefix + kind.capitalize()

    def own(self, record: str) -> str:
        return f"{self.prefix}Rolegraph{record}"

    def all(self) -> dict[str, str]:
        """Each label, with the property that is unique in it."""
        own = {"Store": "id", "Reading": "origin", "Label": "id", "Scheme": "id", "Job": "id"}
        return {self.of(kind): "id" for kind in KINDS} | {self.own(record): key for record, key in own.items()}


def ends(relation: str) -> list[tuple[str, str]]:
    """The pairs of kinds that a relation may join, in order of the ids of its sources."""
    kinds = RELATIONS[relation]
    return [(source, target) for source in sorted(kinds.sources) for target in sorted(kinds.targets)]


def by_kind(ids: Iterable[str]) -> dict[str, list[str]]:
    """Sorted ids by their kind; an id of no kind is left out."""
    found: dict[str, list[str]] = {}
    for id in sorted(ids):
        if kind := kind_of(id):
            found.setdefault(kind, []).append(id)
    return found


def fields(type_: type[Node] | type[Edge]) -> tuple[str, ...]:
    """The properties of a kind of node, or of a mention's relationship: its ends and type are not among them."""
    return tuple(field for field in type_._fields if field not in ("relation", "source", "target"))


def node_row(value: Node) -> list[Any]:
    """The values of `fields`, as parameters of a statement."""
    row: list[Any] = [None if content == () else content for content in value]
    if isinstance(value, Document):
        row[type(value)._fields.index("notes")] = [json.dumps(note, ensure_ascii=False) for note in value.notes] or None
    return row


Ends = tuple[str, str, str]
"""Relation, kind of the sources, kind of the targets: what one statement can write."""

EdgeRow = tuple[Ends, list[Any]]
"""Where an edge belongs, and source, target and the values of `fields`, as parameters of a statement."""


def edge_row(value: Mention) -> EdgeRow:
    row: list[Any] = list(_PICKED[type(value)](value))
    if isinstance(value, (ItemMention, FactMention)):
        row[_SPANS[type(value)]] = [place for span in value.spans for place in span]
    return (value.relation, kind_of(value.source), kind_of(value.target)), row


_MENTIONS: tuple[type[Mention], ...] = (ItemMention, SkillMention, DepartmentMention, FactMention)
_PICKED = {type_: itemgetter(*map(type_._fields.index, ("source", "target", *fields(type_)))) for type_ in _MENTIONS}
_SPANS = {type_: 2 + fields(type_).index("spans") for type_ in (ItemMention, FactMention)}


def node(kind: str, stored: Mapping[str, Any]) -> Node:
    """The inverse of `node_row`; what Neo4j keeps besides is left out."""
    type_ = NODE_TYPES[kind]
    values: dict[str, Any] = {}
    for field in type_._fields:
        if field in stored:
            content = stored[field]
            values[field] = tuple(content) if isinstance(content, list) else content
    if "notes" in values:
        values["notes"] = tuple(Note(*json.loads(note)) for note in values["notes"])
    return type_(**values)


def mention(relation: str, source: str, target: str, stored: Mapping[str, Any]) -> Mention:
    """The inverse of `edge_row`."""
    type_ = RELATIONS[relation].edge
    values: dict[str, Any] = {"relation": relation, "source": source, "target": target}
    for field in type_._fields:
        if field in stored:
            values[field] = stored[field]
        elif field not in values and field not in type_._field_defaults:
            values[field] = None
    if "spans" in type_._fields:
        values["spans"] = spans(stored.get("spans", ()))
    return cast(Mention, type_(**values))


def spans(flat: Iterable[int]) -> tuple[tuple[int, int], ...]:
    places = list(flat)
    return tuple(zip(places[::2], places[1::2], strict=True))


class Name(NamedTuple):
    """What one document calls a node whose spellings are voted on; `described` is for roles."""

    node: str
    name: str
    alt_names: tuple[str, ...]
    described: bool


class Stated(NamedTuple):
    """What a document states by itself, kept beside it: what must be withdrawn with it, and be counted anew.

    The mentions are those of postings, without heading, line, spans and words, which the relationships have.
    """

    postings: tuple[str, ...]
    fingerprints: tuple[str, ...]
    mentions: tuple[ItemMention | FactMention, ...]
    names: tuple[Name, ...]


def names(reading: Reading, mentioned: set[str]) -> tuple[Name, ...]:
    """The names that a document gives to what it mentions."""
    found = []
    for id, value in reading.graph.nodes.items():
        if id not in mentioned:
            continue
        if isinstance(value, Role):
            found.append(Name(id, value.name, value.alt_names, value.described))
        elif isinstance(value, (Department, Indicator)) or (isinstance(value, Skill) and value.status == "candidate"):
            found.append(Name(id, value.name, value.alt_names, False))
    return tuple(found)


Record = dict[str, Any]
"""The properties of the store's own node for a document."""


def record(reading: Reading, stated: Stated) -> Record:
    return {
        "origin": reading.document.origin,
        "document": reading.document.id,
        "content": reading.document.content,
        "reader": reading.reader,
        "taxonomy": reading.taxonomy,
        "text": zlib.compress(reading.text.encode(), 6),
        "stated": pack_stated(stated),
    }


def pack_stated(stated: Stated) -> bytes:
    mentions = [(m.id, m.relation, m.source, m.target, m.posting, necessity_of(m)) for m in stated.mentions]
    content = (stated.postings, stated.fingerprints, mentions, stated.names)
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack_stated(packed: bytes) -> Stated:
    postings, fingerprints, mentions, names = json.loads(zlib.decompress(packed))
    return Stated(
        tuple(postings),
        tuple(fingerprints),
        tuple(_bare(*mention) for mention in mentions),
        tuple(Name(id, name, tuple(alternatives), described) for id, name, alternatives, described in names),
    )


def necessity_of(mention: ItemMention | FactMention) -> str | None:
    return mention.necessity if isinstance(mention, ItemMention) else None


def _bare(id: str, relation: str, source: str, target: str, posting: str, necessity: Any) -> ItemMention | FactMention:
    if necessity is None:
        return FactMention(id, relation, source, target, posting, "", 0, ())
    section: Any = "duty" if relation == "HAS_DUTY" else "requirement"
    return ItemMention(id, relation, source, target, posting, section, None, 0, (), necessity)


def unpack_text(packed: bytes) -> str:
    return zlib.decompress(packed).decode()
