"""How many bytes each export has, counted for the page that offers them: once for each state of the graph."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress

from api.asking import ask
from api.rdf.exports import FILE_LEVEL
from api.rdf.forms import EXPORTED
from api.rdf.streams import GZIP
from graphmodel.errors import RolegraphError
from graphmodel.store import GraphStore
from ontology.export import pieces

IDLE_SECONDS = 30.0
"""So long after the last question the counting goes on: as much is written as for an export of each form."""


class Sizes:
    """Sizes of the whole exports of a store. They are counted on a thread, form by form, as long as somebody asks for
    them; `busy` tells whether others wait for the processor.
    """

    def __init__(self, store: GraphStore, base: str, busy: Callable[[], bool], idle: float = IDLE_SECONDS) -> None:
        self._store = store
        self._base = base
        self._busy = busy
        self._idle = idle
        self._lock = threading.Lock()
        self._state = ""
        self._bytes: dict[str, int] = {}
        self._asked = 0.0
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def told(self) -> bytes:
        """What is known by now, as JSON: {"revision", "base", "counting": whether more will be, "bytes": by suffix}.

        Raises what reading the store does.
        """
        state, revision = ask(self._store, lambda view: (view.state(), view.revision()))
        with self._lock:
            self._asked = time.monotonic()
            self._begin(state)
            counting = self._next() is not None
            if counting and not (self._thread and self._thread.is_alive()) and not self._closed.is_set():
                self._thread = threading.Thread(target=self._count, name="rolegraph-sizes", daemon=True)
                self._thread.start()
            known = {"revision": revision, "base": self._base, "counting": counting, "bytes": self._bytes}
            return json.dumps(known).encode()

    def close(self) -> None:
        """Ends the counting."""
        self._closed.set()

    def _begin(self, state: str) -> None:
        if state != self._state:
            self._state, self._bytes = state, {}

    def _next(self) -> str | None:
        """The suffix of the first form that is not counted yet."""
        return next((form.suffix for form in EXPORTED if form.suffix not in self._bytes), None)

    def _count(self) -> None:
        with suppress(RolegraphError):  # the next question begins again
            while self._form():
                pass

    def _form(self) -> bool:
        """Counts one form; whether there may be another."""
        with self._store.reading() as view:
            state = view.state()
            with self._lock:
                self._begin(state)
                suffix = self._next()
            form = next((form for form in EXPORTED if form.suffix == suffix), None)
            if form is None:
                return False
            packer = zlib.compressobj(FILE_LEVEL, zlib.DEFLATED, GZIP)
            size, packed = 0, 0
            began = time.monotonic()
            for _, piece in pieces(view, form.format, self._base):
                size += len(piece)
                packed += len(packer.compress(piece))
                if self._closed.is_set() or time.monotonic() > self._asked + self._idle:
                    return False
                if self._busy():
                    self._closed.wait(time.monotonic() - began)
                began = time.monotonic()
            packed += len(packer.flush())
        with self._lock:
            if self._state == state:
                self._bytes |= {form.suffix: size, f"{form.suffix}.gz": packed}
        return True
