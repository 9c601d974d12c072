"""What is answered at /.well-known/void: how much the graph holds, counted once for each of its states."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from importlib.metadata import version

from api.asking import ask
from api.rdf.answers import Problem
from api.rdf.forms import EXPORTED
from graphmodel.errors import RolegraphError
from graphmodel.store import GraphStore, View
from ontology.counts import Counts
from ontology.export import pieces
from ontology.formats import named
from ontology.manifest import Dump, manifest, source_date

PATIENCE_SECONDS = 5.0
"""So long a request waits for what is being counted. A graph of two million triples takes about that."""

_FORMAT = "nt"


class Counted:
    """The manifest of what a store holds. It is counted on a thread of its own, one state at a time."""

    def __init__(self, store: GraphStore, base: str, patience: float = PATIENCE_SECONDS) -> None:
        self._store = store
        self._base = base
        self._patience = patience
        self._lock = threading.Lock()
        self._known: tuple[str, int, Counts] | None = None
        self._counting: threading.Thread | None = None
        self._failed: RolegraphError | None = None
        self._closed = threading.Event()

    def manifest(self, below: str, sparql: bool) -> str:
        """What the store holds, in Turtle; paths of dumps, and of SPARQL if there is some, are below a path. Blocks.

        Raises Problem (503) while the graph is still being counted, and what reading the store does.
        """
        state = ask(self._store, lambda view: view.state())
        with self._lock:
            if (self._known is None or self._known[0] != state) and not (self._counting and self._counting.is_alive()):
                self._failed = None
                self._counting = threading.Thread(target=self._count, name="rolegraph-counts", daemon=True)
                self._counting.start()
            counting = self._counting
        if counting and (self._known is None or self._known[0] != state):
            counting.join(self._patience)
        known = self._known
        if known is None or known[0] != state:
            if self._failed:
                raise self._failed
            problem = "The graph is being counted."
            raise Problem(503, "BUSY", problem, "Ask again in some seconds.", headers=((b"retry-after", b"10"),))
        return manifest(
            known[2],
            _dumps(below),
            self._base,
            version=version("rolegraph"),
            revision=str(known[1]),
            issued=source_date(os.environ),
            sparql=f"{below}/sparql" if sparql else None,
        )

    def _count(self) -> None:
        try:
            self._known = ask(self._store, self._counted) or self._known
        except RolegraphError as error:
            self._failed = error

    def _counted(self, view: View) -> tuple[str, int, Counts] | None:
        counts = Counts(named(_FORMAT).writer(self._base))
        for _ in pieces(view, _FORMAT, self._base, counted=counts.add):
            if self._closed.is_set():
                return None
        return view.state(), view.revision(), counts

    def close(self) -> None:
        """Ends the counting."""
        self._closed.set()


def _dumps(below: str) -> Sequence[Dump]:
    return [
        Dump(f"{below}/export.{form.suffix}{'.gz' if gz else ''}", form.format, compressed=gz)
        for form in EXPORTED
        for gz in (False, True)
    ]
