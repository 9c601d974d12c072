"""An export while it is sent: written on a thread of its own, never faster than its client takes it."""

from __future__ import annotations

import asyncio
import threading
import time
import zlib
from collections.abc import Callable
from typing import NamedTuple

from api.rdf.orders import Order
from graphmodel.store import GraphStore, View
from ontology.export import pieces

AHEAD = 4
"""Pieces, of a quarter of a megabyte each, that are written before the client takes them."""

LONGEST_SECONDS = 3_600.0
"""An export that is not taken in an hour is ended: as long as it runs, the store keeps the state that it reads."""

GZIP = 16 + zlib.MAX_WBITS


class Begun(NamedTuple):
    """What is known when an export begins."""

    state: str
    revision: int


class Stream:
    """One export. `begin`, then `next` until it gives nothing, and `close` in any case; all on the event loop.

    `level` compresses it as gzip, 0 not at all; `busy` tells whether others wait for the processor: then the writer
    rests between two pieces as long as each took.
    """

    def __init__(self, store: GraphStore, order: Order, level: int, busy: Callable[[], bool]) -> None:
        self._store = store
        self._order = order
        self._packer = zlib.compressobj(level, zlib.DEFLATED, GZIP) if level else None
        self._busy = busy
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Begun | bytes | BaseException] = asyncio.Queue()
        self._room = threading.Semaphore(AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rolegraph-export", daemon=True)

    async def begin(self) -> Begun:
        """Starts the thread. Raises what reading the store does."""
        self._thread.start()
        first = await self._ready.get()
        if isinstance(first, BaseException):
            raise first
        assert isinstance(first, Begun)
        return first

    async def next(self) -> bytes:
        """The next piece; empty at the end. Raises what reading the store does."""
        found = await self._ready.get()
        if isinstance(found, BaseException):
            raise found
        assert isinstance(found, bytes)
        self._room.release()
        return found

    def close(self) -> None:
        """Ends the thread before its next piece."""
        self._closed.set()
        self._room.release()

    @property
    def over(self) -> bool:
        """Whether nothing runs any more, nor will."""
        return not self._thread.is_alive() and (self._closed.is_set() or self._thread.ident is not None)

    def _run(self) -> None:
        ends = time.monotonic() + LONGEST_SECONDS
        try:
            with self._store.reading() as view:
                self._write(view, ends)
        except Exception as error:
            self._give(error)

    def _write(self, view: View, ends: float) -> None:
        order = self._order
        part = order.part(view)
        found = pieces(part, order.form.format, order.base, kinds=order.kinds, quotes=order.quotes)
        began = time.monotonic()
        first = True
        for _, piece in found:
            if first:
                self._give(Begun(view.state(), view.revision()))
                first = False
            sent = self._packer.compress(piece) if self._packer else piece
            took = time.monotonic() - began
            if sent:
                in_time = self._room.acquire(timeout=max(0.0, ends - time.monotonic()))
                if self._closed.is_set():
                    return
                if not in_time:
                    raise TimeoutError(f"An export was not taken in {LONGEST_SECONDS:g} seconds.")
                self._give(sent)
            if self._busy():
                self._closed.wait(took)
            began = time.monotonic()
        if self._packer:
            self._give(self._packer.flush())
        self._give(b"")

    def _give(self, found: Begun | bytes | BaseException) -> None:
        try:
            self._loop.call_soon_threadsafe(self._ready.put_nowait, found)
        except RuntimeError:  # the loop is closed: nobody waits for it
            self._closed.set()
