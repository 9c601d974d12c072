"""The graph as a folder that pyoxigraph can ask, made from an export, one for each state of a store and base of IRIs.

Folders stand in ROLEGRAPH_CACHE, else in the user's folder for caches. One is written beside its place and then named;
who asks it holds a shared lock, so that the folders of older states are taken away when nobody reads them. (Windows
takes away no folder that is open, and needs no lock for that.)
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from graphmodel.cache import folder
from graphmodel.errors import RolegraphError
from graphmodel.store import View
from ontology.export import pieces

_FORMAT = 1
_KEPT = 8
"""Folders of all stores together; of one store and base there is one, and those that somebody reads."""

TELLING_SECONDS = 0.5


class Missing(RolegraphError):
    """There is no such index, or not any more."""


class Index(NamedTuple):
    """Where the index of a state is, or will be. `graph` stands for a store, a base and the version of what is kept."""

    graph: str
    state: str

    @property
    def path(self) -> Path:
        return folder() / f"rolegraph-sparql-{self.graph}-{self.state}"

    @property
    def part(self) -> Path:
        """Where it is written first. Who writes there has the lock `building`."""
        return self.path.with_suffix(".part")

    @property
    def building(self) -> Path:
        return self.path.with_suffix(".build")

    @property
    def lock(self) -> Path:
        return self.path.with_suffix(".lock")

    @property
    def progress(self) -> Path:
        """Holds the number of triples that were written so far, while it is built."""
        return self.path.with_suffix(".progress")

    def there(self) -> bool:
        return os.path.isdir(self.path)  # Path.exists would raise for a folder that may not be entered


def index_of(url: str, base: str, state: str) -> Index:
    """The index of a state of the store at a URL, with IRIs that begin with `base`."""
    made_from = "\n".join([str(_FORMAT), version("rolegraph"), version("pyoxigraph"), url, base])
    return Index(hashlib.sha256(made_from.encode()).hexdigest()[:16], state)


@contextmanager
def reading(index: Index) -> Iterator[ox.Store]:
    """The index for reading, which stays for so long. Raises Missing."""
    if index.there():
        with locked(index.lock, shared=True):
            if index.there():
                with suppress(OSError):
                    os.utime(index.path)
                yield ox.Store.read_only(str(index.path))
                return
    raise Missing("The graph is not ready to be asked.")


def build(view: View, index: Index, base: str, told: Callable[[int], None] = lambda triples: None) -> bool:
    """Makes the index from a view of its state, and takes away those of older states; False if the view saw another
    state, and nothing was kept. Of processes that are about the same, one builds it and the others wait.

    `told` hears the number of triples now and then. Raises RolegraphError where the folder cannot be written.
    """
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with locked(index.building, shared=False):
            done = index.there() or _built(view, index, base, told)
            if done:
                _clear(index)
    except OSError as error:
        problem = f"{folder()} cannot be written: {error.strerror or error}."
        raise RolegraphError(problem, "Name a folder with room for it in ROLEGRAPH_CACHE.") from error
    return done


def _built(view: View, index: Index, base: str, told: Callable[[int], None]) -> bool:
    part = index.part
    shutil.rmtree(part, ignore_errors=True)  # its builder was killed
    try:
        store = ox.Store(str(part))
        stream = cast(IO[bytes], _Stream(pieces(view, "nt", base), _telling(index, told)))
        store.bulk_load(stream, ox.RdfFormat.N_TRIPLES, lenient=True)
        store.flush()
        del store
        if view.state() != index.state:
            return False
        os.replace(part, index.path)
        return True
    finally:
        shutil.rmtree(part, ignore_errors=True)
        index.progress.unlink(missing_ok=True)


def _telling(index: Index, told: Callable[[int], None]) -> Callable[[int], None]:
    last = float("-inf")

    def tell(triples: int) -> None:
        nonlocal last
        if monotonic() - last > TELLING_SECONDS:
            last = monotonic()
            index.progress.write_text(str(triples))
            told(triples)

    return tell


class _Stream(io.RawIOBase):
    """The pieces of an export as a file to read."""

    def __init__(self, pieces: Iterator[tuple[int, bytes]], told: Callable[[int], None]) -> None:
        self._pieces = pieces
        self._told = told
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._told(piece[0])
            self._rest = memoryview(piece[1])
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


def _clear(index: Index) -> None:
    """Takes away indexes of other states of the graph, those used longest ago, and what was left unfinished."""
    for part in folder().glob("rolegraph-sparql-*.part"):
        building = part.with_suffix(".build")
        if building != index.building:
            with suppress(OSError), locked(building, shared=False, wait=False):
                shutil.rmtree(part, ignore_errors=True)
                part.with_suffix(".progress").unlink(missing_ok=True)
                building.unlink(missing_ok=True)
    found = [(path.stat().st_mtime, path) for path in folder().glob("rolegraph-sparql-*") if path.is_dir()]
    found.sort(reverse=True)
    whole = [path for _, path in found if not path.suffix and path != index.path]
    same = [path for path in whole if path.name.startswith(f"rolegraph-sparql-{index.graph}-")]
    for old in [*same, *[path for path in whole if path not in same][_KEPT - 1 :]]:
        with suppress(OSError), locked(old.with_suffix(".lock"), shared=False, wait=False):
            going = old.with_suffix(".part")
            os.replace(old, going)
            shutil.rmtree(going, ignore_errors=True)
            for suffix in (".lock", ".build"):
                old.with_suffix(suffix).unlink(missing_ok=True)


@contextmanager
def locked(path: Path, *, shared: bool, wait: bool = True) -> Iterator[None]:
    """A lock between processes, which ends with the process that has it. Raises OSError if it is not to be had."""
    while True:
        with path.open("a+b") as file:
            _lock(file, shared, wait)
            if _still(file, path):
                yield
                return


def _still(file: IO[bytes], path: Path) -> bool:
    """Whether nobody took the file away while its lock was waited for: then others lock another file."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if os.name == "nt":

    def _lock(file: IO[bytes], shared: bool, wait: bool) -> None:
        if not shared:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:

    def _lock(file: IO[bytes], shared: bool, wait: bool) -> None:
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
