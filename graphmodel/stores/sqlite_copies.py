"""SQLite: documents as they were added, from the tables."""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from graphmodel.graph import Reading
from graphmodel.identity import kind_of
from graphmodel.nodes import Document, Node, Posting
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, Mention, SkillMention
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.copies import DOCUMENTS_PER_READ, Kept, reading, spelled
from graphmodel.stores.sqlite_rows import IN, as_json


def readings(db: sqlite3.Connection, origins: Collection[str] | None) -> Iterator[Reading]:
    """As graphmodel.store.View.readings: a fixed number of statements for DOCUMENTS_PER_READ documents."""
    if origins is None:
        numbers = (n for (n,) in db.execute("SELECT n FROM document ORDER BY origin"))
    else:
        found = db.execute(f"SELECT origin, n FROM document WHERE origin {IN}", [as_json(origins)])
        numbers = (n for _, n in sorted(found))
    while chunk := list(islice(numbers, DOCUMENTS_PER_READ)):
        yield from _read(db, chunk)


def _read(db: sqlite3.Connection, documents: Sequence[int]) -> Iterator[Reading]:
    chosen = [as_json(documents)]
    postings: dict[int, list[Posting]] = defaultdict(list)
    for document, *node in db.execute(
        f"""SELECT p.document, n.id, n.props FROM posting p JOIN node n ON n.n = p.n WHERE p.document {IN}
        ORDER BY p.document, p.number""",
        chosen,
    ):
        postings[document].append(_posting(*node))
    stated: dict[int, list[ItemMention | FactMention]] = defaultdict(list)
    for document, relation, *row in db.execute(
        f"""SELECT q.document, r.name, {rows.STATED} FROM posting q CROSS JOIN stated m ON m.posting = q.n
        JOIN relation r ON r.n = m.relation JOIN node a ON a.n = m.source JOIN node b ON b.n = m.target
        JOIN node p ON p.n = m.posting WHERE q.document {IN}""",
        chosen,
    ):
        mention = rows.mention_maker(relation)(tuple(row))
        assert isinstance(mention, (ItemMention, FactMention))
        stated[document].append(mention)
    words: dict[str, list[SkillMention | DepartmentMention]] = defaultdict(list)
    items = sorted({each.target for said in stated.values() for each in said if isinstance(each, ItemMention)})
    for relation, *row in db.execute(
        f"""SELECT r.name, {rows.WORDS} FROM node a CROSS JOIN words m ON m.item = a.n
        JOIN relation r ON r.n = m.relation JOIN node b ON b.n = m.target WHERE a.id {IN}""",
        [as_json(items)],
    ):
        word = rows.mention_maker(relation)(tuple(row))
        assert isinstance(word, (SkillMention, DepartmentMention))
        words[word.source].append(word)
    named = _named(db, documents)
    said: list[Mention] = [*chain.from_iterable(stated.values()), *chain.from_iterable(words.values())]
    ends = {end for mention in said for end in (mention.source, mention.target)}
    nodes = _nodes(db, ends.union(*named.values()))
    for n, id, origin, props, text, reader, taxonomy in db.execute(
        f"""SELECT d.n, n.id, n.name, n.props, b.text, m.reader, m.taxonomy FROM document d JOIN node n ON n.n = d.n
        JOIN body b ON b.document = d.n JOIN maker m ON m.n = d.maker WHERE d.n {IN} ORDER BY d.origin""",
        chosen,
    ).fetchall():
        document = rows.node_of("document", id, origin, props, None)
        assert isinstance(document, Document)
        own = {id: spelled(nodes[id], *spelling) for id, spelling in named[n].items()}
        content = zlib.decompress(text).decode()
        yield reading(Kept(document, content, reader, taxonomy, postings[n], stated[n], own), words, nodes)


def _named(db: sqlite3.Connection, documents: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    """By document and node: the name, the other names, and whether the document describes the role."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for document, id, label, preferred, described in db.execute(
        f"""SELECT d.document, n.id, d.label, d.preferred, d.described FROM named d JOIN node n ON n.n = d.node
        WHERE d.document {IN}""",
        [as_json(documents)],
    ):
        spelling = found[document].setdefault(id, [None, [], False])
        if preferred:
            spelling[0], spelling[2] = label, bool(described)
        else:
            spelling[1].append(label)
    return found


def _nodes(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, Node]:
    sql = f"SELECT id, coalesce(text, name), props FROM node WHERE id {IN}"
    found = db.execute(sql, [as_json(sorted(ids))])
    return {id: rows.node_of(kind_of(id), id, text, props, None) for id, text, props in found}


def _posting(id: str, props: str | None) -> Posting:
    node = rows.node_of("posting", id, None, props, None)
    assert isinstance(node, Posting)
    return node
