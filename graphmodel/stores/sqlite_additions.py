"""SQLite: a document as rows, made before its transaction begins, and if need be in another process.

A node stands in the rows as its place in `Addition.ids`; only the writer, who holds the lock, knows numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import NamedTuple

from graphmodel.graph import Reading, check
from graphmodel.identity import fold, mention_id
from graphmodel.nodes import NODE_TYPES, Department, Duty, Indicator, Posting, Requirement, Role, Skill
from graphmodel.relations import DepartmentMention, ItemMention, SkillMention
from graphmodel.store import Stamp
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.batches import size
from graphmodel.stores.sqlite_names import labels_of
from graphmodel.stores.sqlite_rows import Row
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS

_FAST = 1
"""The level of compression: half the time of the usual one, and a tenth more bytes."""

_REQUIRES = RELATION_NUMBERS["REQUIRES"]
_KIND = {cls: kind for kind, cls in NODE_TYPES.items()}

Label = tuple[str, str, int, bool]
"""A label of a node, folded, with 1 if the document prefers it, and whether the document describes the node."""


class Addition(NamedTuple):
    """What a document writes: plain values only, so that they may cross to another process by marshal.

    `document`: id, properties, compressed text. `ids`: the other nodes. `postings`: place, properties, rank, number,
    fingerprint. `items`: those that a posting states, as place, kind, text, properties, and rows of the table words
    without their item. `named`: roles, departments, indicators and candidates, as place, kind, name, properties and
    labels. `curated`: skills that the store may lack, as place, name, properties, folds of labels. `stated`: rows of
    that table, the first, third and fourth column being places, as the second is in rows of words.
    """

    origin: str
    content: str
    reader: str
    taxonomy: str
    rows: int
    document: tuple[str, str | None, bytes]
    ids: list[str]
    postings: list[Row]
    items: list[tuple[int, str, str, str | None, list[Row]]]
    named: list[tuple[int, str, str, str | None, list[Label]]]
    curated: list[tuple[int, str, str | None, list[tuple[str, str]]]]
    stated: list[Row]

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.content, self.reader, self.taxonomy)


def prepare(reading: Reading, stored: Container[str] = ()) -> Addition:
    """The addition of a document. `stored`: ids of skills of the taxonomy that the store is known to have.

    Raises RolegraphError as graphmodel.graph.check.
    """
    document, text, graph, reader, taxonomy = reading
    check(graph)
    nodes = [node for node in graph.nodes.values() if node is not document and node.id != document.id]
    places = {node.id: place for place, node in enumerate(nodes)}
    words: dict[str, list[Row]] = {}
    stated: list[Row] = []
    said: set[str] = set()
    for mention in graph.mentions.values():
        if isinstance(mention, (SkillMention, DepartmentMention)):
            words.setdefault(mention.source, []).append(rows.words_row(mention, places[mention.target]))
        else:
            stated.append(rows.stated_row(mention, places))
            if isinstance(mention, ItemMention):
                said.add(mention.target)
    postings: list[Row] = []
    items: list[tuple[int, str, str, str | None, list[Row]]] = []
    named: list[tuple[int, str, str, str | None, list[Label]]] = []
    curated: list[tuple[int, str, str | None, list[tuple[str, str]]]] = []
    for place, node in enumerate(nodes):
        kind = _KIND[type(node)]
        if isinstance(node, (Duty, Requirement)):
            if node.id in said:
                items.append((place, kind, node.text, rows.props(kind, node), words.get(node.id, [])))
        elif isinstance(node, Posting):
            row = (place, rows.props(kind, node), rows.number(node.id), node.number, node.fingerprint)
            postings.append(row)
        elif isinstance(node, Skill) and node.status != "candidate":
            if node.id not in stored:
                curated.append((place, *_curated(node)))
        elif isinstance(node, (Role, Department, Indicator, Skill)):
            named.append((place, kind, node.name, rows.props(kind, node), _labels(node, kind)))
    return Addition(
        document.origin,
        document.content,
        reader,
        taxonomy,
        size(reading),
        (document.id, rows.props("document", document), zlib.compress(text.encode(), _FAST)),
        [node.id for node in nodes],
        postings,
        items,
        named,
        curated,
        stated,
    )


def in_force(addition: Addition, aliases: Mapping[str, str]) -> Addition:
    """The addition with the skills of aliases exchanged for those in force, which the store has."""
    old = {place: aliases[id] for place, id in enumerate(addition.ids) if id in aliases}
    if not old:
        return addition
    ids = [old.get(place, id) for place, id in enumerate(addition.ids)]

    def moved(row: Row, item: str) -> Row:
        relation, target, start, end, _, *rest = row
        if target not in old:
            return row
        return (
            relation,
            target,
            start,
            end,
            rows.number(mention_id("REQUIRES", item, ids[target], "", f"{start}-{end}")),
            *rest,
        )

    return addition._replace(
        ids=ids,
        items=[
            (place, kind, text, props, [moved(row, ids[place]) for row in words])
            for place, kind, text, props, words in addition.items
        ],
        named=[each for each in addition.named if each[0] not in old],
        curated=[each for each in addition.curated if each[0] not in old],
    )


@lru_cache(maxsize=4096)
def _curated(skill: Skill) -> tuple[str, str | None, list[tuple[str, str]]]:
    return skill.name, rows.props("skill", skill), labels_of(skill)


def _labels(node: Role | Department | Indicator | Skill, kind: str) -> list[Label]:
    described = isinstance(node, Role) and node.described
    others = [(label, fold(label, kind), 0, False) for label in dict.fromkeys(node.alt_names)]
    return [(node.name, fold(node.name, kind), 1, described), *others]
