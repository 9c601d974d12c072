"""SQLite: what a transaction writes, on a connection that holds the write lock.

A group of documents is written in this order: take away what the touched postings contribute, withdraw old versions,
insert, let go of what nothing mentions any more, name anew, give what the touched postings contribute now.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from graphmodel.graph import Graph, Reading, check
from graphmodel.identity import fold
from graphmodel.nodes import NODE_TYPES, Department, Duty, Indicator, Node, Posting, Requirement, Role, Skill
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, Mention, SkillMention, skill_mention
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_counts import give, rivals, take_away
from graphmodel.stores.sqlite_index import Spelled, index
from graphmodel.stores.sqlite_names import drop_labels, put_labels, rename, withdraw_names
from graphmodel.stores.sqlite_rows import IN, as_json, first_column

_FAST = 1
"""The level of compression: half the time of the usual one, and a tenth more bytes."""

Words = dict[str, SkillMention | DepartmentMention]

_KIND = {cls: kind for kind, cls in NODE_TYPES.items()}
_ITEMS = (Duty, Requirement)
_NAMED = (Role, Department, Indicator)
_SAID_BY_ITEMS = (SkillMention, DepartmentMention)
_SAID_BY_POSTINGS = (ItemMention, FactMention)


class _Known(NamedTuple):
    """What the store has already: numbers of nodes, items read by another maker, the next free number."""

    numbers: dict[str, int]
    older: dict[str, int]
    next: int


def write(db: sqlite3.Connection, readings: Sequence[Reading], old: Collection[int], maker: int) -> None:
    """Adds documents, all read by one maker, in the place of the old documents (their numbers)."""
    aliases = _aliases_in_force(db, readings)
    graphs = [resolved(reading.graph, aliases) for reading in readings]
    for graph in graphs:
        check(graph)
    says = _says(graphs)
    known = _known(db, graphs, maker)
    changed = _changed_items(db, says, known)
    touched = _postings_of(db, old) | postings_with(db, changed)
    fingerprints = fingerprints_of(db, touched) | {
        node.fingerprint for graph in graphs for node in graph.nodes.values() if isinstance(node, Posting)
    }
    touched |= take_away(db, touched | rivals(db, fingerprints))
    suspects = withdraw(db, old) | _forget_words(db, changed)
    added, named = _insert(db, list(zip(readings, graphs, strict=True)), says, known, changed, maker)
    let_go(db, suspects)
    rename(db, suspects | named)
    give(db, touched | added, fingerprints)


def forget(db: sqlite3.Connection, old: Collection[int]) -> None:
    """Takes away documents (their numbers) and what only they say."""
    touched = _postings_of(db, old)
    fingerprints = fingerprints_of(db, touched)
    take_away(db, touched | rivals(db, fingerprints))
    suspects = withdraw(db, old)
    let_go(db, suspects)
    rename(db, suspects)
    give(db, (), fingerprints)


def resolved(graph: Graph, aliases: Mapping[str, str]) -> Graph:
    """The graph with the skills of aliases exchanged for those in force."""
    if aliases.keys().isdisjoint(graph.nodes):
        return graph
    nodes: dict[str, Node] = {}
    for id, node in graph.nodes.items():
        new = aliases.get(id, id)
        if isinstance(node, Skill) and new != id:
            node = graph.nodes.get(new, node._replace(id=new, status="curated"))
        nodes[new] = node
    mentions: dict[str, Mention] = {}
    for mention in graph.mentions.values():
        if isinstance(mention, SkillMention) and mention.target in aliases:
            mention = skill_mention(mention.source, aliases[mention.target], *mention[3:10])
        mentions.setdefault(mention.id, mention)
    return Graph(nodes, mentions)


def withdraw(db: sqlite3.Connection, old: Collection[int]) -> set[int]:
    """Takes away the documents and what they state; gives the nodes that may now be without mention."""
    if not old:
        return set()
    postings = _postings_of(db, old)
    suspects = first_column(db, f"SELECT DISTINCT target FROM stated WHERE posting {IN}", postings)
    suspects |= first_column(db, f"SELECT DISTINCT node FROM named WHERE document {IN}", old)
    withdraw_names(db, old)
    for table, key, gone in (
        ("stated", "posting", postings),
        ("posting", "n", postings),
        ("document", "n", old),
        ("body", "document", old),
        ("node", "n", {*old, *postings}),
    ):
        db.execute(f"DELETE FROM {table} WHERE {key} {IN}", [as_json(gone)])
    return suspects


def let_go(db: sqlite3.Connection, suspects: set[int]) -> None:
    """Deletes those of the nodes that nothing mentions, and the skills and departments of items that go."""
    dead = first_column(
        db,
        f"""SELECT n FROM node WHERE n {IN} AND kind IN ('duty', 'requirement')
        AND NOT EXISTS (SELECT 1 FROM stated s WHERE s.target = node.n)""",
        suspects,
    )
    suspects |= _forget_words(db, dead)
    dead |= first_column(
        db,
        f"""SELECT n FROM node WHERE n {IN} AND kind IN ('role', 'department', 'indicator', 'skill') AND NOT kept
        AND NOT EXISTS (SELECT 1 FROM words w WHERE w.target = node.n)
        AND (kind = 'skill' OR NOT EXISTS (SELECT 1 FROM named d WHERE d.node = node.n))""",
        suspects,
    )
    drop_labels(db, f"DELETE FROM label WHERE node {IN}", dead)
    for table, key in (("node", "n"), ("named", "node")):
        db.execute(f"DELETE FROM {table} WHERE {key} {IN}", [as_json(dead)])


def _says(graphs: Iterable[Graph]) -> dict[str, Words]:
    """What the words of each stated item mention, by mention id; of readings that differ, the first."""
    says: dict[str, Words] = {}
    for graph in graphs:
        words: dict[str, Words] = {}
        stated: list[str] = []
        for id, mention in graph.mentions.items():
            if type(mention) is ItemMention:
                stated.append(mention.target)
            elif isinstance(mention, _SAID_BY_ITEMS):
                words.setdefault(mention.source, {})[id] = mention
        for item in stated:
            says.setdefault(item, words.get(item, {}))
    return says


def _known(db: sqlite3.Connection, graphs: Iterable[Graph], maker: int) -> _Known:
    ids = {id for graph in graphs for id in graph.nodes}
    found = db.execute(f"SELECT id, n, maker FROM node WHERE id {IN}", [as_json(ids)]).fetchall()
    numbers = {id: n for id, n, _ in found}
    older = {id: n for id, n, made in found if made is not None and made != maker}
    return _Known(numbers, older, db.execute("SELECT coalesce(max(n), 0) + 1 FROM node").fetchone()[0])


def _changed_items(db: sqlite3.Connection, says: Mapping[str, Words], known: _Known) -> set[int]:
    """Items (their numbers) that another maker read, and of which this one says something else."""
    if not known.older:
        return set()
    stored: dict[int, dict[str, Mention]] = {n: {} for n in known.older.values()}
    for relation, item, *row in db.execute(
        f"""SELECT r.name, m.item, {rows.WORDS} FROM words m JOIN node a ON a.n = m.item JOIN node b ON b.n = m.target
        JOIN relation r ON r.n = m.relation WHERE m.item {IN}""",
        [as_json(stored)],
    ):
        mention = rows.mention_from_row(relation, tuple(row))
        stored[item][mention.id] = mention
    return {n for id, n in known.older.items() if stored[n] != says.get(id, {})}


def _insert(
    db: sqlite3.Connection,
    batch: Sequence[tuple[Reading, Graph]],
    says: Mapping[str, Words],
    known: _Known,
    changed: Collection[int],
    maker: int,
) -> tuple[set[int], set[int]]:
    """Writes what the documents say; gives the numbers of their postings and of the nodes that they name."""
    numbers = _Numbers(known)
    into: dict[str, list[rows.Row]] = {table: [] for table in INSERT}
    meant = {mention.target for words in says.values() for mention in words.values()}
    added: set[int] = set()
    named: set[int] = set()
    spelled: set[Spelled] = set()
    for reading, graph in batch:
        document = reading.document
        mine = numbers.issue(document.id)
        into["node"].append(
            (mine, document.id, "document", document.origin, None, rows.props("document", document), None)
        )
        into["document"].append((mine, document.origin, document.content, maker))
        into["body"].append((mine, zlib.compress(reading.text.encode(), _FAST)))
        for id, node in graph.nodes.items():
            kind = _KIND[type(node)]
            if type(node) is Skill and (id not in meant or (id in numbers and node.status != "candidate")):
                continue
            if isinstance(node, _ITEMS):
                if id in says and (id not in numbers or id in known.older):
                    row = (numbers[id], id, kind, None, node.text, rows.props(kind, node), maker)
                    into["node"].append(row)
            elif isinstance(node, Posting):
                n = numbers.issue(id)
                added.add(n)
                into["node"].append((n, id, kind, None, None, rows.props(kind, node), None))
                into["posting"].append((n, rows.number(id), mine, node.number, node.fingerprint))
            elif isinstance(node, (*_NAMED, Skill)):
                new = id not in numbers
                n = numbers[id]
                if new:
                    into["node"].append((n, id, kind, node.name, None, rows.props(kind, node), None))
                if not isinstance(node, Skill) or node.status == "candidate":
                    named.add(n)
                    described = isinstance(node, Role) and node.described
                    labels = [(node.name, 1, described), *((label, 0, False) for label in set(node.alt_names))]
                    into["named"].extend((mine, n, *label) for label in labels)
                    for label, *votes in labels:
                        folded = fold(label, kind)
                        into["label"].append((n, label, folded, *votes))
                        spelled.add((kind, folded))
                elif new:
                    spelled |= put_labels(db, n, node)
        for mention in graph.mentions.values():
            if type(mention) is not SkillMention and isinstance(mention, _SAID_BY_POSTINGS):
                into["stated"].append(rows.stated_row(mention, numbers))
    for item, words in says.items():
        n = numbers[item]
        if n >= known.next or n in changed:
            into["words"].extend(rows.words_row(word, n, numbers[word.target]) for word in words.values())
    for table, sql in INSERT.items():
        db.executemany(sql, into[table])
    index(db, spelled)
    return added, named


class _Numbers(dict[str, int]):
    """The number of each node by id, issued where it is missing."""

    def __init__(self, known: _Known) -> None:
        super().__init__(known.numbers)
        self._next = known.next

    def __missing__(self, id: str) -> int:
        return self.issue(id)

    def issue(self, id: str) -> int:
        """A new number, whatever the node was before."""
        number = self[id] = self._next
        self._next += 1
        return number


INSERT = {
    "node": """INSERT INTO node(n, id, kind, name, text, props, maker) VALUES(?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(n) DO UPDATE SET text = excluded.text, props = excluded.props, maker = excluded.maker""",
    "document": "INSERT INTO document(n, origin, content, maker) VALUES(?, ?, ?, ?)",
    "body": "INSERT INTO body(document, text) VALUES(?, ?)",
    "posting": "INSERT INTO posting(n, rank, document, number, fingerprint) VALUES(?, ?, ?, ?, ?)",
    "named": "INSERT INTO named(document, node, label, preferred, described) VALUES(?, ?, ?, ?, ?)",
    "label": """INSERT INTO label(node, label, fold, votes, documents, described) VALUES(?, ?, ?, ?, 1, ?)
        ON CONFLICT(node, label) DO UPDATE SET votes = votes + excluded.votes, documents = documents + 1,
          described = described + excluded.described""",
    "stated": "INSERT INTO stated VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "words": "INSERT OR IGNORE INTO words VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
}


def _forget_words(db: sqlite3.Connection, items: Collection[int]) -> set[int]:
    """Deletes what the words of items mention; gives the skills and departments that may now be without mention."""
    if not items:
        return set()
    targets = first_column(db, f"SELECT DISTINCT target FROM words WHERE item {IN}", items)
    db.execute(f"DELETE FROM words WHERE item {IN}", [as_json(items)])
    return targets


def _aliases_in_force(db: sqlite3.Connection, readings: Iterable[Reading]) -> dict[str, str]:
    skills = {id for reading in readings for id in reading.graph.nodes if id.startswith("skill:")}
    sql = f"SELECT old, new FROM alias JOIN node ON id = new WHERE kept AND old {IN}"
    return dict(db.execute(sql, [as_json(skills)]))


def _postings_of(db: sqlite3.Connection, documents: Collection[int]) -> set[int]:
    return first_column(db, f"SELECT n FROM posting WHERE document {IN}", documents)


def postings_with(db: sqlite3.Connection, items: Collection[int]) -> set[int]:
    """The postings that state one of the items."""
    return first_column(db, f"SELECT DISTINCT posting FROM stated WHERE target {IN}", items)


def fingerprints_of(db: sqlite3.Connection, postings: Collection[int]) -> set[str]:
    return first_column(db, f"SELECT fingerprint FROM posting WHERE n {IN}", postings)
