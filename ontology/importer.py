"""A dump of ours back into a store: the same nodes and edges, and on exporting again the same bytes.

The journey: `quads` of a file → `Staging`, which finds each subject again → a graph in a temporary store, made from
what postings state, where all that is counted is counted anew → the comparison of what that graph says with the dump →
a copy into the store. Whatever fails before the copy leaves the store as it was; a copy that is broken off is completed
by the same import.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from graphmodel import copying
from graphmodel.errors import BadInput
from graphmodel.nodes import Document
from graphmodel.store import IMPORTED, GraphStore, open_store
from ontology import parsing
from ontology.importing import scheme
from ontology.importing.comparison import compare
from ontology.importing.readings import readings
from ontology.importing.said import NAMES, Unknown
from ontology.importing.staging import Staging
from ontology.importing.values import Wrong
from ontology.terms import BASE, iri

Progress = Callable[[int, float | None], None]
"""Called with the number of triples or documents dealt with, and the share of the whole, in [0, 1], if known."""

_EVERY = 1 << 20
_READ, _MADE = 0.4, 0.7
"""The share of the whole that is done when the dump is read, and when its graph is made."""


class Imported(NamedTuple):
    """What an import did. `base` is that of the dump; `left_out` counts statements that no export has; `unchanged`
    documents were there already, from an import that was broken off.
    """

    triples: int
    documents: int
    unchanged: int
    left_out: int
    base: str


def _quiet(done: int, share: float | None) -> None:
    pass


def import_graph(
    store: GraphStore,
    file: Path | BinaryIO,
    format: str | None = None,
    base: str = BASE,
    *,
    rebase: bool = False,
    ignore_unknown: bool = False,
    progress: Progress = _quiet,
) -> Imported:
    """Reads a whole dump into an empty store; a stream needs a `format` (ontology.parsing.FORMATS).

    `rebase` takes a dump with another base than `base`. Raises BadInput, naming file and line, for broken RDF, for a
    dump that was changed or is not whole, and for a store that holds anything else, before the store is changed.
    Memory grows with the number of skills and roles; the dump stands on disk meanwhile, in the folder for temporary
    files, in about its own size.
    """
    name = str(file) if isinstance(file, Path) else "standard input"
    format = parsing.format_of(name, format)
    _check_empty(store)
    with tempfile.TemporaryDirectory(prefix="rolegraph-", ignore_cleanup_errors=True) as folder:
        path = file if isinstance(file, Path) else _spooled(file, Path(folder) / "dump")
        with closing(Staging(Path(folder) / "staging.db")) as staging, _placed(path, name, staging):
            quads = parsing.quads(path, format, None, name, _share(path, staging, progress))
            staging.take(quads, base, rebase, ignore_unknown)
            _check_whole(staging, name)
            with closing(open_store(f"sqlite:///{(Path(folder) / 'graph.db').as_posix()}")) as made:
                schemes = scheme.schemes(staging)
                scheme.put(schemes, made)
                total = sum(1 for _ in staging.ids("document"))
                made.add_many(readings(staging, made.taxonomy(), _counted(progress, total, _READ, _MADE)))
                with made.reading() as view:
                    compare(staging, view)
                    scheme.put(schemes, store)
                    copied = copying.copy(view, store, _counted(progress, total, _MADE, 1.0))
            return Imported(staging.triples, copied.documents, copied.unchanged, staging.left_out, staging.base)


def _check_empty(store: GraphStore) -> None:
    """Raise BadInput for a store that holds what no import brought, before the long work."""
    first = [node.origin for node in store.nodes("document", limit=1) if isinstance(node, Document)]
    others = [stamp for stamp in store.stamps(first).values() if stamp.reader != IMPORTED]
    if others or (not first and store.taxonomy() not in ("", scheme.BEFORE)):
        what = "documents" if others else "a skill taxonomy"
        raise BadInput(
            f"The store {store.url} holds {what} already.", "Name one that is empty, or not there yet: --store URL."
        )


def _check_whole(staging: Staging, name: str) -> None:
    if not staging.triples:
        raise BadInput(f"{name} holds no statement of an export of rolegraph.", "Name a dump: rolegraph export.")
    missing = [id for id in ("scheme:candidates", "scheme:roles", "scheme:skills") if not staging.of([id])]
    if missing:
        raise BadInput(
            f"{name} is a part of a dump: it lacks {missing[0]}.",
            "Import a whole one: rolegraph export without --role, --kind, --since and --quotes.",
        )


@contextmanager
def _placed(path: Path, name: str, staging: Staging) -> Iterator[None]:
    """Gives an error the line of the subject and property that it speaks of, and tells of a disk that is full."""
    try:
        yield
    except sqlite3.OperationalError as error:
        problem = f"The dump cannot be put into {tempfile.gettempdir()} meanwhile: {error}."
        raise BadInput(problem, "Make room there, or name another folder for temporary files: TMPDIR.") from error
    except (Wrong, Unknown, BadInput) as error:
        subject = getattr(error, "subject", "")
        if not subject:
            raise
        short = {name: full for full, name in NAMES.items()}
        about, key = (iri(subject, staging.base), subject) if isinstance(error, Wrong) else (subject, subject)
        property = getattr(error, "property", "")
        local = short.get(property, property).replace("#", "/").rpartition("/")[2]
        line = parsing.line_of(path, about, key, local)
        place = f"{name}:{line}" if line else name
        problem, remedy = error.problem.removesuffix("."), error.remedy
        if isinstance(error, Unknown):
            problem = f"{about} has {problem}" if property else f"{about} is {problem}"
            remedy = "No export says this. Leave out what is not ours: --ignore-unknown."
        raise BadInput(f"{place}: {problem}.", remedy) from error


def _spooled(stream: BinaryIO, path: Path) -> Path:
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, _EVERY)
    return path


def _share(path: Path, staging: Staging, progress: Progress) -> Callable[[int], None]:
    size, passed = max(path.stat().st_size if path.exists() else 1, 1), 0

    def show(more: int) -> None:
        nonlocal passed
        if passed // _EVERY != (passed := passed + more) // _EVERY:
            progress(staging.triples, min(passed / size, 1.0) * _READ)

    return show


def _counted(progress: Progress, total: int, start: float, end: float) -> Callable[[int], None]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        progress(done, start + (end - start) * done / max(total, 1))

    return step
