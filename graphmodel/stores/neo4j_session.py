"""A connection to Neo4j: transactions with retry, and its errors in our words."""

from __future__ import annotations

import logging
import os
import ssl
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import parse_qs, urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    ServiceUnavailable,
)

from graphmodel.errors import BadInput, RolegraphError, StoreReadOnly, StoreRefused, StoreUnreachable
from graphmodel.stores.neo4j_rows import Labels
from graphmodel.stores.neo4j_scheme import Schemes

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its warnings are in our errors

CONNECTION_SECONDS = 5.0
"""For a connection to be made; and how long a server that is gone is asked again."""

ACQUISITION_SECONDS = 8.0
"""For a connection to be made by a server that takes it and then says nothing."""

RETRY_SECONDS = 30.0
"""For what passes by itself, such as a deadlock."""

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 1.6

IDLE_SECONDS = 30.0
"""A connection that nobody used for longer is tried before it is: what stands between may have forgotten it."""


class TooMuchMemory(RolegraphError):
    """A transaction needs more memory than the server gives one: a smaller one may pass."""


class State(NamedTuple):
    """The store's revision, the revision that put its taxonomy, the name of the state, the taxonomy's digest."""

    revision: int
    scheme: int
    name: str
    taxonomy: str


class Counts:
    """What was counted in the latest state that was asked: by what was counted, and by skill the roles that need it."""

    def __init__(self) -> None:
        self._known: tuple[str, dict[str, int], dict[str, int]] = ("", {}, {})

    def of(self, state: str) -> tuple[dict[str, int], dict[str, int]]:
        """Those of a state; empty if another one was asked for last."""
        if self._known[0] != state:
            self._known = (state, {}, {})
        return self._known[1:]


class Session:
    """Gives each transaction a session of its own, so that threads may share it."""

    def __init__(self, driver: neo4j.Driver, url: str, database: str | None, labels: Labels, read_only: bool) -> None:
        self.url = url
        self.labels = labels
        self.read_only = read_only
        self._driver = driver
        self.schemes = Schemes(labels)
        self.counts = Counts()
        self.latest: State | None = None
        self._lost = False
        self._database = database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def read(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """The outcome of `work`; it is called again if the server asks for that.

        Each statement is a transaction of its own: two in one transaction would see no more of one state, and to
        begin and end one takes two more ways to the server and back.
        """

        def attempt() -> T:
            with self._session(neo4j.READ_ACCESS) as session:
                return work(cast(neo4j.Transaction, session))  # they only run statements, as a session does too

        return self._patiently(attempt)

    def write(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """As `read`, in a write transaction. Raises TooMuchMemory at once, since a retry would meet the same."""
        if self.read_only:
            raise StoreReadOnly(f"{self.url} was opened for reading.", "Open it without read_only to write to it.")

        def attempt() -> T:
            with self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction() as tx:
                outcome = work(tx)
                tx.commit()
                return outcome

        return self._patiently(attempt)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """What the driver's execute_read and execute_write do, but for memory, which may run out in the commit too.

        Once a server was asked in vain for as long as one that is gone is asked, it is asked but once each time until
        it answers: many who wait for it would take from those who could be told at once.
        """
        start = time.monotonic()
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                outcome = attempt()
                self._lost = False
                return outcome
            except (Neo4jError, DriverError) as error:
                code = getattr(error, "code", None) or ""
                gone = isinstance(error, ServiceUnavailable) or "Unavailable" in code
                deadline = start + (CONNECTION_SECONDS if gone else RETRY_SECONDS)
                given_up = (gone and self._lost) or time.monotonic() + pause > deadline
                if "OutOfMemory" in code or not error.is_retryable() or given_up:
                    self._lost = gone
                    raise translated(error, self.url, self._database) from error
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def define(self, statement: str) -> None:
        """A change to the schema, which another process may make at the same time."""
        try:
            self.write(lambda tx: tx.run(statement).consume())
        except StoreRefused as refused:
            if "EquivalentSchemaRuleAlreadyExists" not in refused.problem:
                raise

    def check(self) -> None:
        """Raises at once if the server does not answer or does not let us in."""
        try:
            self._driver.verify_connectivity()
        except (Neo4jError, DriverError) as error:
            raise translated(error, self.url, self._database) from error

    def close(self) -> None:
        self._driver.close()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database, default_access_mode=mode, bookmark_manager=self._bookmarks, fetch_size=5000
        )


def connect(url: str, read_only: bool) -> Session:
    """A session for `neo4j://host:port/database?prefix=Rg`. Nothing is sent yet.

    User, password and the file of a CA come from ROLEGRAPH_STORE_USER (default neo4j), _PASSWORD and _CA.
    Raises BadInput for a URL with anything else in it.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise BadInput(
            f"A password does not belong into the URL of a store ({parts.scheme}://{parts.hostname}).",
            "Put it into the environment: ROLEGRAPH_STORE_USER and ROLEGRAPH_STORE_PASSWORD.",
        )
    query = parse_qs(parts.query, keep_blank_values=True)
    prefix = query.pop("prefix", [""])[-1]
    if query or parts.fragment or not parts.hostname or (prefix and not (prefix.isidentifier() and prefix.isascii())):
        raise BadInput(
            f"{url!r} is not the URL of a Neo4j store.",
            "Write neo4j://host:7687/database, and ?prefix=Rg for labels of its own (letters and digits).",
        )
    options: dict[str, Any] = {}
    scheme = parts.scheme
    if authority := os.environ.get("ROLEGRAPH_STORE_CA"):
        try:
            ssl.create_default_context(cafile=authority)
        except OSError as error:
            raise BadInput(
                f"{authority} cannot be used as a CA: {error}",
                "Let ROLEGRAPH_STORE_CA name a file of certificates (PEM).",
            ) from error
        scheme = scheme.partition("+")[0]  # the driver takes a CA only with a plain scheme
        options = {"encrypted": True, "trusted_certificates": neo4j.TrustCustomCAs(authority)}
    user = os.environ.get("ROLEGRAPH_STORE_USER", "neo4j")
    password = os.environ.get("ROLEGRAPH_STORE_PASSWORD", "")
    try:
        driver = neo4j.GraphDatabase.driver(
            f"{scheme}://{parts.netloc}",
            auth=(user, password) if password else None,
            connection_timeout=CONNECTION_SECONDS,
            connection_acquisition_timeout=ACQUISITION_SECONDS,
            liveness_check_timeout=IDLE_SECONDS,
            notifications_min_severity="OFF",
            user_agent="rolegraph",
            **options,
        )
    except (ConfigurationError, ValueError) as error:
        raise BadInput(f"{url!r} cannot be used: {error}", "Write neo4j://host:7687/database.") from error
    return Session(driver, url, parts.path.strip("/") or None, Labels(prefix), read_only)


def translated(error: Neo4jError | DriverError, url: str, database: str | None) -> RolegraphError:
    """What a caller can do about an error of the driver or the server."""
    code = getattr(error, "code", None) or ""
    said = str(error).partition("\n")[0].rstrip(":")
    if "OutOfMemory" in code:
        return TooMuchMemory(
            f"{url} has not enough memory for one transaction: {said}",
            "Raise db.memory.transaction.max, dbms.memory.transaction.total.max or the heap of the server.",
        )
    if isinstance(error, AuthError):
        return StoreUnreachable(
            f"{url} does not accept this user and password.",
            "Set ROLEGRAPH_STORE_USER and ROLEGRAPH_STORE_PASSWORD.",
        )
    if code.endswith("DatabaseNotFound"):
        return StoreUnreachable(
            f"{url} has no database {database!r}.",
            "Name another in the path of the URL, or none for the user's default; make one with CREATE DATABASE.",
        )
    if isinstance(error, (ForbiddenOnReadOnlyDatabase, Forbidden)):
        return StoreReadOnly(
            f"{url} does not let this user do that: {said}", "Use a user who may, or open it for reading."
        )
    if (
        isinstance(error, DriverError)
        or code.startswith("Neo.TransientError")
        or "Unavailable" in code
        or "RateLimit" in code
    ):
        return StoreUnreachable(
            f"{url} does not answer: {said}",
            "Check that the server runs, that host and port are right (bolt is 7687) and that the scheme fits: "
            "neo4j+s:// for a server with TLS (ROLEGRAPH_STORE_CA names the file of an authority of your own), "
            "neo4j:// without.",
        )
    if code.startswith("Neo.ClientError.Schema"):
        return StoreRefused(
            f"{url} has an index or a constraint that is not ours: {said}",
            "Drop it, name another database in the path of the URL, or add ?prefix=Rg to give our labels a prefix.",
        )
    return StoreRefused(f"{url} refuses: {said}", "Neo4j 5.26 or newer is needed.")
