"""SQLite: the tables, and how an older file becomes one of today.

Inside, nodes have small numbers (`node.n`) so that edges are short and new rows stand at the end of their tables;
outside, only ids count. People who open the file in another tool read the views, which show ids.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from graphmodel.errors import StoreRefused
from graphmodel.relations import RELATIONS
from graphmodel.stores.sqlite_index import TABLES as INDEX_TABLES
from graphmodel.stores.sqlite_index import rebuild

APPLICATION_ID = 0x726F6C67  # "rolg"
VERSION = 3

RELATION_NUMBERS = {relation: number for number, relation in enumerate(RELATIONS, 1)}

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE relation(n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE journal(revision INTEGER, origin TEXT, action TEXT, PRIMARY KEY(revision, origin, action)) WITHOUT ROWID;
CREATE TABLE alias(old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;

-- maker: the reader and taxonomy that an item was read with. kept: a skill of the taxonomy, which needs no mention.
CREATE TABLE maker(n INTEGER PRIMARY KEY, reader TEXT NOT NULL, taxonomy TEXT NOT NULL, UNIQUE(reader, taxonomy));
CREATE TABLE node(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  name TEXT, text TEXT, props TEXT, maker INTEGER, kept INTEGER NOT NULL DEFAULT 0);
CREATE INDEX node_name ON node(kind, name, id) WHERE name IS NOT NULL;

CREATE TABLE document(
  n INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, content TEXT NOT NULL, maker INTEGER NOT NULL);
CREATE INDEX document_content ON document(content, origin);
CREATE TABLE body(document INTEGER PRIMARY KEY, text BLOB NOT NULL);

-- rank: the posting's id as a number, so that rows can stand in the order of posting ids.
CREATE TABLE posting(
  n INTEGER PRIMARY KEY, rank INTEGER NOT NULL, document INTEGER NOT NULL, number INTEGER NOT NULL,
  fingerprint TEXT NOT NULL, counted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX posting_document ON posting(document);
CREATE INDEX posting_fingerprint ON posting(fingerprint, counted) WHERE fingerprint <> '';

-- What postings say (said: heading or evidence), and what the words of items say. id: the mention's id as a number.
CREATE TABLE stated(
  posting INTEGER, relation INTEGER, source INTEGER, target INTEGER, id INTEGER, line INTEGER, spans TEXT,
  said TEXT, required INTEGER, definition TEXT, goal TEXT,
  PRIMARY KEY(posting, relation, source, target, id)) WITHOUT ROWID;
CREATE INDEX stated_source ON stated(source, relation);
CREATE INDEX stated_target ON stated(target, relation);
CREATE TABLE words(
  item INTEGER, relation INTEGER, target INTEGER, start INTEGER, "end" INTEGER, id INTEGER, evidence TEXT,
  how TEXT, confidence REAL, required INTEGER, level TEXT,
  PRIMARY KEY(item, relation, target, start, "end")) WITHOUT ROWID;
CREATE INDEX words_target ON words(target, relation);

-- Which document spells a name how; and the same counted, with the labels of the taxonomy (documents: 0).
CREATE TABLE named(
  document INTEGER, node INTEGER, label TEXT, preferred INTEGER, described INTEGER,
  PRIMARY KEY(document, node, label)) WITHOUT ROWID;
CREATE INDEX named_node ON named(node);
CREATE TABLE label(
  node INTEGER, label TEXT, fold TEXT NOT NULL, votes INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0, described INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(node, label)) WITHOUT ROWID;
CREATE INDEX label_fold ON label(fold);

CREATE TABLE link(
  relation INTEGER, source INTEGER, target INTEGER, PRIMARY KEY(relation, source, target)) WITHOUT ROWID;
CREATE INDEX link_target ON link(target);

-- Counters over counted postings, and where to find what they count. The partial indexes find what fell to nothing.
CREATE TABLE subject(n INTEGER PRIMARY KEY, postings INTEGER NOT NULL);
CREATE INDEX subject_empty ON subject(n) WHERE postings = 0;
CREATE TABLE need(
  subject INTEGER, skill INTEGER, postings INTEGER NOT NULL, items INTEGER NOT NULL, required INTEGER NOT NULL,
  PRIMARY KEY(subject, skill)) WITHOUT ROWID;
CREATE INDEX need_skill ON need(skill);
CREATE INDEX need_empty ON need(subject) WHERE postings = 0;
CREATE TABLE wanted(skill INTEGER PRIMARY KEY, roles INTEGER NOT NULL);
CREATE TRIGGER need_added AFTER INSERT ON need WHEN (SELECT kind FROM node WHERE n = new.subject) = 'role' BEGIN
  INSERT INTO wanted VALUES(new.skill, 1) ON CONFLICT(skill) DO UPDATE SET roles = roles + 1;
END;
CREATE TRIGGER need_removed AFTER DELETE ON need WHEN (SELECT kind FROM node WHERE n = old.subject) = 'role' BEGIN
  UPDATE wanted SET roles = roles - 1 WHERE skill = old.skill;
END;
CREATE TABLE applied(
  skill INTEGER, department INTEGER, own INTEGER NOT NULL, involved INTEGER NOT NULL,
  PRIMARY KEY(skill, department)) WITHOUT ROWID;
CREATE INDEX applied_department ON applied(department);
CREATE INDEX applied_empty ON applied(skill) WHERE own = 0 AND involved = 0;
CREATE TABLE evidence(
  subject INTEGER, skill INTEGER, rank INTEGER, posting INTEGER, relation INTEGER, item INTEGER,
  PRIMARY KEY(subject, skill, rank, posting, relation, item)) WITHOUT ROWID;
"""

_ID_OF_NUMBER = """printf('mention:%016x',
    CASE WHEN m.id < 0 THEN m.id + 9223372036854775807 + 1 ELSE m.id - 9223372036854775807 - 1 END)"""

_VIEWS = f"""
CREATE VIEW v_mention AS
  SELECT {_ID_OF_NUMBER} AS id, r.name AS relation, s.id AS source, t.id AS target, p.id AS posting, m.line, m.spans,
    m.said AS evidence, CASE WHEN m.required THEN 'required' WHEN m.required = 0 THEN 'preferred' END AS necessity
  FROM stated m JOIN relation r ON r.n = m.relation JOIN node s ON s.n = m.source JOIN node t ON t.n = m.target
    JOIN node p ON p.n = m.posting
  UNION ALL
  SELECT {_ID_OF_NUMBER}, r.name, s.id, t.id, NULL, NULL, m.start || '-' || m."end", m.evidence,
    CASE WHEN m.required THEN 'required' WHEN m.required = 0 THEN 'preferred' END
  FROM words m JOIN relation r ON r.n = m.relation JOIN node s ON s.n = m.item JOIN node t ON t.n = m.target;
CREATE VIEW v_needs AS
  SELECT s.id AS source, t.id AS target, m.postings, CAST(m.postings AS REAL) / c.postings AS share, m.items,
    CASE WHEN m.required THEN 'required' ELSE 'preferred' END AS necessity
  FROM need m JOIN node s ON s.n = m.subject JOIN node t ON t.n = m.skill JOIN subject c ON c.n = m.subject;
CREATE VIEW v_applied_in AS
  SELECT s.id AS source, t.id AS target, m.own, m.involved
  FROM applied m JOIN node s ON s.n = m.skill JOIN node t ON t.n = m.department;
CREATE VIEW v_link AS
  SELECT r.name AS relation, s.id AS source, t.id AS target
  FROM link m JOIN relation r ON r.n = m.relation JOIN node s ON s.n = m.source JOIN node t ON t.n = m.target;
"""

_STATE = "INSERT INTO meta VALUES('state', lower(hex(randomblob(8))));"

UPGRADES = {1: _VIEWS, 2: _STATE + INDEX_TABLES}
"""What makes a file of a version one of the next.

Version 1 had no views, version 2 neither a name for its state nor an index of names.
"""


def prepare(db: sqlite3.Connection, url: str, path: Path, read_only: bool) -> None:
    """Makes an empty file a store, and an older store one of today after a copy (`file.db.v1.bak`).

    Raises StoreRefused for a file of another program or of a newer version, and for an older one that may not be
    written.
    """
    version = _version(db, url)
    if version == VERSION:
        return
    if read_only:
        if version == 0:
            raise StoreRefused(f"{url} is empty.", "Load documents into it first: rolegraph load PATH --store URL.")
        raise StoreRefused(
            f"{url} was written by an older rolegraph (version {version} of the file, today {VERSION}).",
            "Open it once where it can be written, for example with rolegraph load; a copy of it is kept.",
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        version = _version(db, url)  # another process may have been quicker
        if version == 0:
            _run(db, _TABLES)
            _run(db, INDEX_TABLES)
            _run(db, _VIEWS)
            db.executemany("INSERT INTO relation VALUES(?, ?)", [(n, name) for name, n in RELATION_NUMBERS.items()])
            db.executemany("INSERT INTO meta VALUES(?, ?)", [("revision", 0), ("taxonomy", "")])
            _run(db, _STATE)
        elif version < VERSION:
            _copy(path, path.with_name(f"{path.name}.v{version}.bak"))
            for step in range(version, VERSION):
                _run(db, UPGRADES[step])
        rebuild(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection, url: str) -> int:
    """The schema version of the file, 0 for an empty one."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
    if application == APPLICATION_ID and version > VERSION:
        raise StoreRefused(
            f"{url} was written by a newer rolegraph (version {version} of the file, here {VERSION}).",
            "Install that version of rolegraph, or load the documents into another file.",
        )
    if application != APPLICATION_ID and not (empty and application == 0):
        raise StoreRefused(
            f"{url} belongs to another program.", "Give the path of a file that is not there yet, or of a store."
        )
    return 0 if empty else version


def _copy(path: Path, copy: Path) -> None:
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    os.replace(part, copy)


def _run(db: sqlite3.Connection, script: str) -> None:
    """As executescript, which would commit first."""
    lines: list[str] = []
    for line in script.splitlines(keepends=True):
        lines.append(line)
        statement = "".join(lines)
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            lines.clear()
