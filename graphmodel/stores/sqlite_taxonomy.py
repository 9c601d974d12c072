"""SQLite: the curated skills, their links and the aliases of their ids, put in the place of those before."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from itertools import chain

from graphmodel.graph import SkillScheme
from graphmodel.nodes import Skill
from graphmodel.relations import skill_mention
from graphmodel.scheme import aliases_in_force, check_scheme
from graphmodel.stores import sqlite_rows as rows
from graphmodel.stores.sqlite_counts import give, take_away
from graphmodel.stores.sqlite_index import index, unindex
from graphmodel.stores.sqlite_names import labels_of, put_labels
from graphmodel.stores.sqlite_rows import IN, as_json, first_column
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS
from graphmodel.stores.sqlite_writes import (
    INSERT,
    fingerprints_of,
    let_go,
    postings_with,
)


def put(db: sqlite3.Connection, scheme: SkillScheme) -> None:
    """Puts the scheme in the place of the one before.

    What pointed at an alias points at the skill in force; a skill that is gone is deprecated while something
    mentions it. Raises BadTaxonomy for a scheme that points nowhere.
    """
    check_scheme(scheme)
    stored: dict[str, str] = dict(db.execute("SELECT old, new FROM alias"))
    aliases = aliases_in_force(stored, scheme)
    numbers = _put_skills(db, scheme)
    moves = {old: new for old, new in aliases.items() if new in numbers}
    touched = _postings_asking(db, moves)
    fingerprints = fingerprints_of(db, touched)
    counted = take_away(db, touched)
    _put_aliases(db, aliases)
    _put_links(db, scheme, numbers)
    suspects = _move_words(db, moves) | _deprecate(db, numbers)
    let_go(db, suspects)
    give(db, counted, fingerprints)


def _put_skills(db: sqlite3.Connection, scheme: SkillScheme) -> dict[str, int]:
    """Writes the skills; gives their numbers by id."""
    wanted = {skill.id: skill for skill in scheme.skills}
    numbers = dict(db.execute(f"SELECT id, n FROM node WHERE id {IN}", [as_json(wanted)]))
    number = db.execute("SELECT coalesce(max(n), 0) FROM node").fetchone()[0]
    for id in sorted(wanted.keys() - numbers.keys()):
        number += 1
        numbers[id] = number
    db.executemany(
        """INSERT INTO node(n, id, kind, name, props, kept) VALUES(?, ?, 'skill', ?, ?, 1)
        ON CONFLICT(n) DO UPDATE SET name = excluded.name, props = excluded.props, kept = 1""",
        [(numbers[id], id, skill.name, rows.props("skill", skill)) for id, skill in wanted.items()],
    )
    of_these = as_json(numbers.values())
    db.execute(f"DELETE FROM named WHERE node {IN}", [of_these])
    gone = set(db.execute(f"DELETE FROM label WHERE node {IN} RETURNING 'skill', fold", [of_these]))
    come = set(chain.from_iterable(put_labels(db, numbers[id], labels_of(skill)) for id, skill in wanted.items()))
    index(db, come)
    unindex(db, gone - come)
    return numbers


def _deprecate(db: sqlite3.Connection, numbers: Mapping[str, int]) -> set[int]:
    """Marks the curated skills that are not among the numbers, and gives them."""
    gone = []
    for n, id, name, props in db.execute("SELECT n, id, name, props FROM node WHERE kind = 'skill'"):
        skill = rows.node_of("skill", id, name, props, None)
        if id not in numbers and isinstance(skill, Skill) and skill.status == "curated":
            gone.append((rows.props("skill", skill._replace(status="deprecated")), n))
    db.executemany("UPDATE node SET kept = 0, props = ? WHERE n = ?", gone)
    return {n for _, n in gone}


def _put_aliases(db: sqlite3.Connection, aliases: Mapping[str, str]) -> None:
    db.execute("DELETE FROM alias")
    db.executemany("INSERT INTO alias VALUES(?, ?)", sorted(aliases.items()))


def _put_links(db: sqlite3.Connection, scheme: SkillScheme, numbers: Mapping[str, int]) -> None:
    db.execute("DELETE FROM link")
    for relation, pairs in (("BROADER", scheme.broader), ("RELATED", scheme.related)):
        db.executemany(
            "INSERT OR IGNORE INTO link VALUES(?, ?, ?)",
            [(RELATION_NUMBERS[relation], numbers[source], numbers[target]) for source, target in pairs],
        )


def _move_words(db: sqlite3.Connection, moves: Mapping[str, str]) -> set[int]:
    """Lets REQUIRES point at the new skills in the place of the old; gives the old nodes, now without mention.

    The postings concerned must have been taken away. The new nodes must be there.
    """
    found = db.execute(
        f"""SELECT w.item, w.target, w.start, w."end", i.id, t.id, w.evidence, w.how, w.confidence, w.required, w.level
        FROM words w JOIN node i ON i.n = w.item JOIN node t ON t.n = w.target WHERE t.id {IN}""",
        [as_json(moves)],
    ).fetchall()
    new = dict(db.execute(f"SELECT id, n FROM node WHERE id {IN}", [as_json(set(moves.values()))]))
    moved = []
    for item, _, start, end, item_id, skill, evidence, how, confidence, required, level in found:
        need = rows.necessity(required)
        mention = skill_mention(item_id, moves[skill], evidence, start, end, how, confidence, need, level)
        moved.append((item, *rows.words_row(mention, new[mention.target])))
    old = {row[1] for row in found}
    db.execute(f"DELETE FROM words WHERE target {IN}", [as_json(old)])
    db.executemany(INSERT["words"], moved)
    return old


def _postings_asking(db: sqlite3.Connection, skills: Collection[str]) -> set[int]:
    """The postings with an item that requires one of the skills."""
    items = first_column(db, f"SELECT item FROM words JOIN node t ON t.n = target WHERE t.id {IN}", skills)
    return postings_with(db, items)
