"""SQLite: which spelling documents use for a name, and which name is shown."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from graphmodel.graph import choose_name
from graphmodel.identity import fold, kind_of
from graphmodel.nodes import Department, Indicator, Role, Skill
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_index import Spelled, unindex
from graphmodel.stores.sqlite_rows import IN, as_json


def withdraw_names(db: sqlite3.Connection, documents: Collection[int]) -> None:
    """Takes back the votes of documents. What is left without votes goes with `rename`, or with its node."""
    db.execute(
        f"""UPDATE label SET votes = label.votes - g.votes, documents = label.documents - g.documents,
          described = label.described - g.described
        FROM (SELECT node, label, sum(preferred) AS votes, count(*) AS documents, sum(described) AS described
          FROM named WHERE document {IN} GROUP BY node, label) g
        WHERE label.node = g.node AND label.label = g.label""",
        [as_json(documents)],
    )
    db.execute(f"DELETE FROM named WHERE document {IN}", [as_json(documents)])


def rename(db: sqlite3.Connection, nodes: Collection[int]) -> None:
    """Gives nodes that documents name the name that most documents use, and drops labels that none uses.

    A node that only the words of an item mention, whose own document is gone, keeps the name that it had.
    """
    unused = f"""DELETE FROM label WHERE documents = 0 AND node {IN}
        AND EXISTS (SELECT 1 FROM label l WHERE l.node = label.node AND l.documents > 0)"""
    drop_labels(db, unused, nodes)
    found = db.execute(
        f"""SELECT n.n, n.id, n.name, n.props, l.label, l.votes, l.described FROM node n JOIN label l ON l.node = n.n
        WHERE n.n {IN} AND l.documents > 0""",
        [as_json(nodes)],
    )
    votes: dict[tuple[int, str, str, str | None], Counter[str]] = defaultdict(Counter)
    described: Counter[int] = Counter()
    for n, id, name, props, label, count, described_in in found:
        votes[n, id, name, props][label] = count
        described[n] += described_in
    changes = []
    for (n, id, name, props), labels in votes.items():
        best, others = choose_name(labels)
        kind = kind_of(id)
        node = rows.node_of(kind, id, best, props, None)
        if isinstance(node, Role):
            node = node._replace(alt_names=others, described=described[n] > 0)
        elif isinstance(node, Department | Indicator | Skill):
            node = node._replace(alt_names=others)
        if (new := rows.props(kind, node)) != props or best != name:
            changes.append((best, new, n))
    db.executemany("UPDATE node SET name = ?, props = ? WHERE n = ?", changes)


def labels_of(skill: Skill) -> list[tuple[str, str]]:
    """All names of a skill of the taxonomy, for `find`, each with its fold."""
    labels = {skill.name, *skill.alt_names, *skill.alt_names_en} | ({skill.name_en} if skill.name_en else set())
    return [(label, fold(label, "skill")) for label in sorted(labels)]


def put_labels(db: sqlite3.Connection, node: int, labels: Iterable[tuple[str, str]]) -> set[Spelled]:
    """Gives a skill its names; gives what must be indexed."""
    known = list(labels)
    db.executemany(
        "INSERT OR IGNORE INTO label(node, label, fold) VALUES(?, ?, ?)",
        [(node, label, folded) for label, folded in known],
    )
    return {("skill", folded) for _, folded in known}


def drop_labels(db: sqlite3.Connection, delete: str, nodes: Collection[int]) -> None:
    """Runs a DELETE of labels of these nodes, and takes them out of the index."""
    gone = db.execute(f"{delete} RETURNING (SELECT kind FROM node WHERE n = node), fold", [as_json(nodes)])
    unindex(db, set(gone.fetchall()))
