"""A load in a process of its own, so that whoever starts it has its hands free: it only hears how far the load is."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import shutil
import signal
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from graphmodel.errors import RolegraphError
from graphmodel.store import open_store
from loaders.tally import Summary
from loaders.uploads import Uploads

TELLING_SECONDS = 0.25
"""How often at most the process tells how far it is."""

_log = logging.getLogger("rolegraph.loads")


class Order(NamedTuple):
    """What is to be loaded: (origin, file) pairs into the store at a URL, with a taxonomy as `rolegraph load` has it.

    `limit`: the most bytes of one document. `folder` holds the files, and is removed if nobody is left to do so.
    """

    url: str
    files: tuple[tuple[str, Path], ...]
    folder: Path
    limit: int
    taxonomy: Path | None = None
    taxonomy_only: bool = False


class Progress(NamedTuple):
    """How many documents were dealt with, and what share of all bytes was passed."""

    done: int
    share: float


class Broken(NamedTuple):
    """Why all of a load failed."""

    problem: str


Told = Progress | Summary | Broken


class Apart:
    """A load that runs in a process of its own. Ends with that of its parent, and otherwise by itself or by `kill`."""

    def __init__(self, order: Order) -> None:
        """Starts it. Raises OSError where no process can be started."""
        context = multiprocessing.get_context("spawn")
        self._ears, mouth = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(order, mouth), name="rolegraph-load", daemon=True)
        try:
            self._process.start()
        except BaseException:
            self._ears.close()
            raise
        finally:
            mouth.close()  # the other end is the process's alone, so that its end is heard

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def told(self, seconds: float) -> Told | None:
        """What the process says next; None if it says nothing for so long. Raises EOFError when it has ended."""
        try:
            told: Told | None = self._ears.recv() if self._ears.poll(seconds) else None
        except OSError:  # how a pipe ends on some systems, or in the middle of a message
            raise EOFError from None
        return told

    def kill(self) -> None:
        """Ends it at once; documents that are in the store stay there whole."""
        self._process.kill()

    def close(self) -> None:
        """Gives back what it held. Ends it, if it has not ended."""
        self._process.join(1)
        self._process.kill()
        self._process.join()
        self._process.close()
        self._ears.close()


def _work(order: Order, mouth: Connection) -> None:
    for stop in (signal.SIGINT, signal.SIGTERM):  # sent to a whole group; the parent decides
        signal.signal(stop, signal.SIG_IGN)
    from loaders import workers

    following = workers.end_with_parent(lambda: shutil.rmtree(order.folder, ignore_errors=True))
    try:
        mouth.send(_outcome(order, mouth))
    except BrokenPipeError:  # nobody listens: the parent has ended, and the folder must be gone before this ends too
        following.join()


def _outcome(order: Order, mouth: Connection) -> Summary | Broken:
    from loaders import pipeline  # the reader is this process's alone
    from ontology import taxonomy

    told = 0.0

    def progress(done: int, share: float | None) -> None:
        nonlocal told
        if time.monotonic() - told >= TELLING_SECONDS:
            told = time.monotonic()
            mouth.send(Progress(done, share or 0.0))

    try:
        with closing(open_store(order.url)) as store:
            known = taxonomy.load(order.taxonomy, order.taxonomy_only)
            gc.freeze()
            gc.set_threshold(50_000, 20, 100)
            return pipeline.load(store, Uploads(order.files, order.limit), known, progress)
    except RolegraphError as error:
        return Broken(str(error))
    except Exception:
        number = token_hex(4)
        _log.exception("Error %s in a load", number)
        return Broken(f"Internal error {number}.\nThis is a fault of rolegraph: it stands in the log of the server.")
