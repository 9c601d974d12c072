"""The store in Neo4j 5.26 and newer: an idiomatic graph, which people may query with Cypher of their own.

Nodes have the label of their kind (Role, Duty, ...) and the properties of graphmodel.nodes. A mention is a
relationship of the type of its relation, with the properties of graphmodel.relations and a unique id, so that Cypher
over mentions says DISTINCT. NEEDS counts postings, items and required (the postings that require the skill);
`postings` of a Role or Department is how many counted postings describe it, so that a share is
`n.postings / r.postings`. APPLIED_IN has own and involved. Labels with Rolegraph in them hold the store's own records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from neo4j import Transaction

from graphmodel.errors import StoreRefused
from graphmodel.graph import Reading, SkillScheme, check
from graphmodel.jobs import Job
from graphmodel.store import Changes, GraphStore, Prepared, View
from graphmodel.stores import neo4j_jobs, neo4j_write
from graphmodel.stores.batches import batches, merged
from graphmodel.stores.neo4j_additions import Addition, prepare
from graphmodel.stores.neo4j_find import definitions
from graphmodel.stores.neo4j_read import Neo4jView
from graphmodel.stores.neo4j_rows import Labels
from graphmodel.stores.neo4j_session import Session, TooMuchMemory, connect
from graphmodel.stores.neo4j_taxonomy import set_taxonomy

SCHEMA = 3

DOCUMENTS_PER_TRANSACTION = 150
"""How many documents are forgotten at once; they have about fifty nodes and mentions each."""

_INDEXES = (("posting", "fingerprint"), ("document", "content"))
_OWN_INDEXES = (("Label", "node"), ("Change", "revision"), ("Reading", "document"))
_NAME_INDEXES = ("role", "skill", "department", "indicator")


class Neo4jStore(Neo4jView):
    """The GraphStore protocol of graphmodel.store."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.url = session.url

    @contextmanager
    def reading(self) -> Iterator[View]:
        """A view that keeps to one revision.

        Neo4j has no snapshot of a state that is past: if another process changes the store meanwhile, the next read
        of the view raises StoreBusy, and the question must be asked again.
        """
        latest = self._session.latest
        yield Neo4jView(self._session, None if latest else self._now(), latest)

    prepare = None

    def add(self, documents: Iterable[Reading | Prepared]) -> Iterator[Changes]:
        """While a transaction is written, the readings of the next are taken and prepared."""
        additions = (prepare(_checked(each)) for each in documents if isinstance(each, Reading))
        with ThreadPoolExecutor(1, "rolegraph-writer") as writer:
            running: Future[Changes] | None = None
            for batch in batches(additions):
                if running:
                    yield running.result()
                running = writer.submit(self._change, batch, ())
            if running:
                yield running.result()

    def add_many(self, documents: Iterable[Reading | Prepared]) -> Changes:
        return merged(self.add(documents))

    def forget(self, origins: Collection[str]) -> Changes:
        known = sorted(set(origins))
        chunks = [known[i : i + DOCUMENTS_PER_TRANSACTION] for i in range(0, len(known), DOCUMENTS_PER_TRANSACTION)]
        return merged([self._change((), chunk) for chunk in chunks])

    def set_taxonomy(self, scheme: SkillScheme) -> Changes:
        return self._session.write(lambda tx: set_taxonomy(tx, self._labels, self._session.schemes, scheme))

    def put_jobs(self, jobs: Collection[Job]) -> None:
        self._session.write(lambda tx: neo4j_jobs.put(tx, self._labels, jobs))

    def jobs(self, ids: Collection[str] | None = None, limit: int | None = None) -> list[Job]:
        return self._session.read(lambda tx: neo4j_jobs.get(tx, self._labels, ids, limit))

    def check(self) -> None:
        schema = self._session.read(lambda tx: _schema_met(tx, self._labels))
        if schema is None:
            raise StoreRefused(f"{self.url} holds no rolegraph store any more.", "Load documents into it again.")
        _known(schema, self._session)

    def close(self) -> None:
        self._session.close()

    def _change(self, additions: Sequence[Addition], forgotten: Sequence[str]) -> Changes:
        """One transaction, or, where the server has not the memory for it, several smaller ones."""
        try:
            return self._session.write(
                lambda tx: neo4j_write.change(tx, self._labels, self._session.schemes, additions, forgotten)
            )
        except TooMuchMemory:
            if len(additions) + len(forgotten) == 1:
                raise
        added, lost = len(additions) // 2, len(forgotten) // 2
        halves = ((additions[:added], forgotten[:lost]), (additions[added:], forgotten[lost:]))
        return merged([self._change(*half) for half in halves])


def open_store(url: str, *, read_only: bool = False) -> GraphStore:
    """Opens, and if need be makes, the store in a Neo4j database.

    Raises BadInput, StoreUnreachable, and StoreRefused for a database in which our labels hold nodes of others, or
    that another version of rolegraph wrote.
    """
    session = connect(url, read_only)
    try:
        session.check()
        _prepare(session)
    except BaseException:
        session.close()
        raise
    return Neo4jStore(session)


def _prepare(session: Session) -> None:
    schema, foreign = session.read(lambda tx: _met(tx, session.labels))
    if schema is None and foreign:
        raise StoreRefused(
            f"The database at {session.url} has nodes with the label {foreign}, which rolegraph did not write.",
            "Name another database in the path of the URL, or add ?prefix=Rg to give our labels a prefix.",
        )
    if schema is None and session.read_only:
        raise StoreRefused(
            f"The database at {session.url} holds no rolegraph store.", "Load documents first, or check ?prefix=."
        )
    if schema is not None:
        return _known(schema, session)
    for statement in (*_schema(session.labels), *definitions(session.labels), _mark(session.labels)):
        session.define(statement)


def _known(schema: int, session: Session) -> None:
    """Raises StoreRefused for the schema of another version of rolegraph."""
    if schema != SCHEMA:
        newer = schema > SCHEMA
        raise StoreRefused(
            f"{session.url} was written by {'a newer' if newer else 'an older'} rolegraph "
            f"(schema {schema}, this one knows {SCHEMA}).",
            "Upgrade rolegraph."
            if newer
            else "Export it with the rolegraph that wrote it, and import it into an empty database.",
        )


def _met(tx: Transaction, labels: Labels) -> tuple[int | None, str | None]:
    """The schema of the store in this database, and a label of ours that holds a node.

    The nodes are looked for first: a process that makes a store marks it before it adds a node.
    """
    foreign = None
    for label in labels.all():
        if label != labels.own("Store") and tx.run(f"MATCH (n:`{label}`) RETURN 1 LIMIT 1").single():
            foreign = label
    return _schema_met(tx, labels), foreign


def _schema_met(tx: Transaction, labels: Labels) -> int | None:
    mark = tx.run(f"MATCH (s:`{labels.own('Store')}`) RETURN s.schema AS schema").single()
    return None if mark is None else int(mark["schema"])


def _schema(labels: Labels) -> list[str]:
    unique = [
        f"CREATE CONSTRAINT `{label}_{key}` IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.{key} IS UNIQUE"
        for label, key in labels.all().items()
    ]
    indexed = [(labels.of(kind), key) for kind, key in _INDEXES] + [(labels.of(kind), "name") for kind in _NAME_INDEXES]
    indexed += [(labels.own(record), key) for record, key in _OWN_INDEXES]
    return unique + [
        f"CREATE INDEX `{label}_{key}` IF NOT EXISTS FOR (n:`{label}`) ON (n.{key})" for label, key in indexed
    ]


def _mark(labels: Labels) -> str:
    query = f"MERGE (s:`{labels.own('Store')}` {{id: 'store'}}) "
    return (
        query
        + f"ON CREATE SET s.schema = {SCHEMA}, s.revision = 0, s.taxonomy = '', s.scheme = 0, s.state = randomUUID()"
    )


def _checked(reading: Reading) -> Reading:
    check(reading.graph)
    return reading
