"""Neo4j: names like a text, and items that hold it, through full-text indexes.

The property `find` of a node with a name has a text for each label, with the tokens of graphmodel.nearest, and the
index over it takes them as they are: `cjk` leaves out English words (IT) and knows neither a single character nor C++.
Names and items are in an index with `cjk` too, for the words of items and for people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from neo4j import Transaction

from graphmodel.identity import fold, kind_of
from graphmodel.nearest import (
    ALIKE,
    CANDIDATES,
    CONTENTS,
    LABELLED,
    Asked,
    by_fold,
    holds,
    likeness,
    ranked,
    runs,
    tokens,
    words,
)
from graphmodel.nodes import Department, Indicator, Node, Role, Skill
from graphmodel.store import Match
from graphmodel.stores.neo4j_rows import Labels

_ITEMS_READ = 5000
"""Of the items with all words, so many are looked at."""

_NOT_INDEXED = re.compile(
    "a|and|are|as|at|be|but|by|for|if|in|into|is|it|no|not|of|on|or|s|such|t|that|the|their|then|there|these|they|"
    "this|to|was|will|with|www"
)
"""What the analyzer leaves out."""

_KIND = "split(n.id, ':')[0] IN $kinds"
_NAMES = "[n.name] + coalesce(n.alt_names, []) + coalesce(n.name_en, []) + coalesce(n.alt_names_en, [])"

_BY_LENGTH = f"""CALL db.index.fulltext.queryNodes($index, $asked) YIELD node AS n WHERE {_KIND}
UNWIND n.find AS item WITH n, item, split(item, ' ')[0] AS fold WHERE item CONTAINS $part
RETURN n.id, [fold], {_NAMES} ORDER BY size(fold), n.id, fold LIMIT $most"""

_BY_PIECES = f"""CALL db.index.fulltext.queryNodes($index, $asked, {{limit: $most}}) YIELD node AS n
RETURN n.id, [item IN n.find | split(item, ' ')[0]], {_NAMES}"""

_ITEMS = f"""CALL db.index.fulltext.queryNodes($index, $asked, {{limit: $most}}) YIELD node AS n WHERE {_KIND}
RETURN n.id, n.text ORDER BY size(n.text), n.id"""


class Indexes(NamedTuple):
    """The names of the full-text indexes of a store."""

    names: str
    words: str


def indexes(labels: Labels) -> Indexes:
    return Indexes(f"{labels.prefix}rolegraph_names", f"{labels.prefix}rolegraph_words")


def definitions(labels: Labels) -> list[str]:
    """The statements that make the indexes, and wait until they can be asked."""
    index = indexes(labels)
    names = "|".join(f"`{labels.of(kind)}`" for kind in LABELLED)
    items = "|".join(f"`{labels.of(kind)}`" for kind in CONTENTS)
    create = "CREATE FULLTEXT INDEX `{}` IF NOT EXISTS FOR (n:{}) ON EACH [{}] "
    options = "OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{}'}}}}"
    return [
        create.format(index.names, names, "n.find") + options.format("whitespace"),
        create.format(index.words, f"{names}|{items}", "n.name, n.alt_names, n.text") + options.format("cjk"),
        "CALL db.awaitIndexes(60)",
    ]


def found_by(node: Node) -> list[list[str]]:
    """The property `find` of a node, as the end of its row; nothing for a kind without names."""
    if not isinstance(node, (Role, Skill, Department, Indicator)):
        return []
    names = [node.name, *node.alt_names]
    if isinstance(node, Skill):
        names += [*([node.name_en] if node.name_en else []), *node.alt_names_en]
    return [items(kind_of(node.id), names)]


def items(kind: str, names: Iterable[str]) -> list[str]:
    """What is indexed of a node with these labels: for each fold it, the kind, and the tokens."""
    folds = dict.fromkeys(fold(name, kind) for name in names)
    return [f"{folded} <{kind}> {tokens(folded)}" for folded in folds if folded]


def find(tx: Transaction, labels: Labels, text: str, kinds: Collection[str], limit: int, more: bool) -> list[Match]:
    """As graphmodel.store.View.find."""
    index = indexes(labels)
    asked = by_fold(text, [kind for kind in LABELLED if kind in kinds])
    found = [match for one, chosen in asked.items() for match in _equal(tx, index.names, one, chosen, limit)]
    if more or not found:
        found += [match for one, chosen in asked.items() for match in _like(tx, index.names, one, chosen, limit)]
    names = ranked(found, limit)
    if names and not more and names[0].score == 1:
        return names
    return [*names, *_contents(tx, labels, text, [kind for kind in CONTENTS if kind in kinds], limit - len(names))]


def _equal(tx: Transaction, index: str, asked: Asked, kinds: list[str], limit: int) -> list[Match]:
    rows = _by_length(tx, index, f'"{" ".join(asked.equal)}"', " ".join(asked.equal), kinds, max(CANDIDATES, limit))
    return [match for match in _matches(rows, asked) if match.score == 1]


def _like(tx: Transaction, index: str, asked: Asked, kinds: list[str], limit: int) -> list[Match]:
    most = max(CANDIDATES, limit)
    part = " ".join(asked.part) or asked.fold
    found = _matches(
        _by_length(tx, index, f'"{part}"' if asked.part else f"{_escaped(part)}*", part, kinds, most), asked
    )
    if asked.sound:
        rows = _by_length(tx, index, f"{_escaped(asked.sound)}*", f" {asked.sound}", kinds, most)
        found += _matches(rows, asked, heard=True)
    pieces = " OR ".join(f'"{piece}"' for piece in asked.alike)
    of_kinds = " OR ".join(f'"<{kind}>"' for kind in kinds)
    query = f"+({pieces}) +({of_kinds})^0"
    return found + _matches(tx.run(_BY_PIECES, index=index, asked=query, most=ALIKE).values(), asked)


def _by_length(tx: Transaction, index: str, query: str, part: str, kinds: list[str], most: int) -> list[list[Any]]:
    return tx.run(_BY_LENGTH, asked=query, index=index, part=part, kinds=kinds, most=most).values()


def _matches(rows: Iterable[list[Any]], asked: Asked, heard: bool = False) -> list[Match]:
    """`rows` hold an id, folds of labels, and all labels of the node."""
    found: dict[tuple[str, str], Match] = {}
    for id, folds, names in rows:
        kind = kind_of(id)
        for folded in folds:
            if (id, folded) not in found and (score := likeness(asked.fold, folded, heard)):
                label = min(name for name in names if fold(name, kind) == folded)
                found[id, folded] = Match(id, kind, label, score)
    return list(found.values())


def _contents(tx: Transaction, labels: Labels, text: str, kinds: list[str], limit: int) -> list[Match]:
    """Items that hold all words of the text, the shortest first."""
    wanted = words(text)
    if not wanted or not kinds or limit <= 0:
        return []
    clauses = [clause for word in wanted for run in runs(word) for clause in _clauses(run)]
    if all(clauses):
        query = f"text:({' AND '.join(clauses)})"
        rows = tx.run(_ITEMS, asked=query, index=indexes(labels).words, kinds=kinds, most=_ITEMS_READ)
    else:
        walk = " UNION ALL ".join(
            f"MATCH (n:`{labels.of(kind)}`) WHERE all(word IN $words WHERE toLower(n.text) CONTAINS word) "
            "RETURN n.id AS id, n.text AS text"
            for kind in kinds
        )
        query = f"CALL () {{ {walk} }} RETURN id, text ORDER BY size(text), id"
        rows = tx.run(query, words=[run for word in wanted for run in runs(word)])
    found: list[Match] = []
    for id, item in rows.values():
        if len(found) < limit and (score := holds(item, wanted)):
            found.append(Match(id, kind_of(id), item, score))
    return found


def _clauses(run: str) -> list[str]:
    """What the index is asked for a run; an empty clause where it cannot be."""
    if not run.isascii():
        return [f'"{run}"' if len(run) > 1 else f"({run}* OR *{run})"]
    parts = re.findall(r"[a-z0-9]+", run)
    return [f"*{part}*" if not _NOT_INDEXED.fullmatch(part) else "" for part in parts] or [""]


def _escaped(text: str) -> str:
    return re.sub(r"([^\w])", r"\\\1", text)
