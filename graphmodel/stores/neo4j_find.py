"""Neo4j: names like a text, and items that hold it, through full-text indexes.

The property `find` of a node with a name has a text for each label, with the tokens of graphmodel.nearest, and the
index over it takes them as they are: `cjk` leaves out English words (IT) and knows neither a single character nor C++.
Names and items are in an index with `cjk` too, for the words of items and for people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from neo4j import Transaction

from graphmodel.identity import fold, kind_of
from graphmodel.nearest import (
    ALIKE,
    CANDIDATES,
    CONTENTS,
    LABELLED,
    Asked,
    holds,
    likeness,
    runs,
    search,
    tokens,
    words,
)
from graphmodel.nodes import Department, Indicator, Node, Role, Skill
from graphmodel.store import Match
from graphmodel.stores.neo4j_rows import Labels

_LONGEST_WILDCARD = 50
"""Letters of a wildcard: with hundreds, Lucene gives up; what holds less than the word is left out afterwards."""

_ITEMS_LOOKED_AT = 1000
"""Of the items with all words."""

_NOT_INDEXED = re.compile(
    "a|and|are|as|at|be|but|by|for|if|in|into|is|it|no|not|of|on|or|s|such|t|that|the|their|then|there|these|they|"
    "this|to|was|will|with|www"
)
"""What the analyzer leaves out."""

_ASK = """UNWIND $ways AS way
CALL db.index.fulltext.queryNodes($index, way.asked, {limit: way.most}) YIELD node AS n
WITH way.heard AS heard, n.id AS id,
  [item IN n.find WHERE item CONTAINS way.part | [split(item, ' ')[0], split(item, ' | ')[1]]] AS spelled
RETURN heard, collect([id, spelled])"""

_ITEMS = """CALL db.index.fulltext.queryNodes($index, $asked, {limit: $most}) YIELD node AS n
WHERE split(n.id, ':')[0] IN $kinds RETURN n.id, n.text ORDER BY size(n.text), n.id LIMIT $shown"""


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
    """What is indexed of a node with these labels, for each fold of them: it, the kind, the tokens, and the label."""
    folds: dict[str, str] = {}
    for name in names:
        folded = fold(name, kind)
        folds[folded] = min(folds.get(folded, name), name)
    return [f"<{folded}> <{kind}> {tokens(folded)} | {name}" for folded, name in folds.items() if folded]


def find(tx: Transaction, labels: Labels, text: str, kinds: Collection[str], limit: int, more: bool) -> list[Match]:
    """As graphmodel.store.View.find."""
    index = indexes(labels).names
    return search(
        text, kinds, limit, more,
        lambda asked, chosen: _equal(tx, index, asked, chosen),
        lambda asked, chosen: _like(tx, index, asked, chosen, limit),
        lambda chosen, most: _contents(tx, labels, text, chosen, most),
    )  # fmt: skip


class Way(NamedTuple):
    """A question to the index, the most nodes that it may give, and what the texts of `find` that are meant hold."""

    asked: str
    most: int
    part: str = ""
    heard: bool = False


def _equal(tx: Transaction, index: str, asked: Asked, kinds: list[str]) -> list[Match]:
    whole = f"<{asked.fold}>"
    return _matches(tx, index, asked, kinds, [Way(f'"{whole}"', CANDIDATES, f"{whole} ")])


def _like(tx: Transaction, index: str, asked: Asked, kinds: list[str], limit: int) -> list[Match]:
    most = max(CANDIDATES, limit)  # as Lucene orders them: mostly, and not always, the shortest first
    part = " ".join(asked.part) or asked.fold
    ways = [Way(f'"{part}"' if asked.part else f"{_escaped(part)}*", most, part)]
    if asked.sound:
        ways.append(Way(f"{_escaped(asked.sound)}*", most, f" {asked.sound}", heard=True))
    if asked.inner:
        ways.append(Way(" OR ".join(f'"<{inner}>"' for inner in asked.inner), most, "<"))
    ways.append(Way(" OR ".join(f'"{piece}"' for piece in asked.alike), ALIKE))
    return _matches(tx, index, asked, kinds, ways)


def _matches(tx: Transaction, index: str, asked: Asked, kinds: list[str], ways: list[Way]) -> list[Match]:
    of_kinds = " OR ".join(f'"<{kind}>"' for kind in kinds)
    sent = [{**way._asdict(), "asked": f"+({way.asked}) +({of_kinds})^0"} for way in ways]
    found = []
    for heard, nodes in tx.run(_ASK, ways=sent, index=index):
        for id, spelled in nodes:
            for folded, label in spelled:
                if score := likeness(asked.fold, folded[1:-1], heard):
                    found.append(Match(id, kind_of(id), label, score))
    return found


def _contents(tx: Transaction, labels: Labels, text: str, kinds: list[str], limit: int) -> list[Match]:
    """Items that hold all words of the text, the shortest first."""
    wanted = words(text)
    if not wanted or not kinds or limit <= 0:
        return []
    clauses = [clause for word in wanted for run in runs(word) for clause in _clauses(run)]
    most, shown = max(_ITEMS_LOOKED_AT, limit), 2 * limit + 50
    if clauses:
        query = f"text:({' AND '.join(clauses)})"
        index = indexes(labels).words
        rows = tx.run(_ITEMS, asked=query, index=index, kinds=kinds, most=most, shown=shown)
    else:
        walk = " UNION ALL ".join(
            f"MATCH (n:`{labels.of(kind)}`) WHERE all(word IN $words WHERE toLower(n.text) CONTAINS word) "
            "RETURN n.id AS id, n.text AS text"
            for kind in kinds
        )
        query = f"CALL () {{ {walk} }} RETURN id, text ORDER BY size(text), id LIMIT $shown"
        rows = tx.run(query, shown=shown, words=[run for word in wanted for run in runs(word)])
    found: list[Match] = []
    for id, item in rows.values():
        if len(found) < limit and (score := holds(item, wanted)):
            found.append(Match(id, kind_of(id), item, score))
    return found


def _clauses(run: str) -> list[str]:
    """What the index is asked for a run; nothing where it cannot be asked."""
    if not run.isascii():
        return [f'"{run}"' if len(run) > 1 else f"({run}* OR *{run})"]
    parts = re.findall(r"[a-z0-9]+", run)
    return [f"*{part[:_LONGEST_WILDCARD]}*" for part in parts if not _NOT_INDEXED.fullmatch(part)]


def _escaped(text: str) -> str:
    return re.sub(r"([^\w])", r"\\\1", text)
