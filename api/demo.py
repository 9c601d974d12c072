"""`rolegraph demo`: from documents to an answer and an export, in a fresh store."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

from api import console, dump, tables
from graphmodel.errors import BadInput, StoreRefused, StoreUnreachable
from graphmodel.questions.overlap import shared_skills
from graphmodel.store import open_store
from graphmodel.stores.sqlite_schema import APPLICATION_ID
from loaders import pipeline
from ontology import taxonomy


def run(docs: Sequence[str] | None, a: str, b: str, output: Path, url: str) -> int:
    """Replaces the store, loads the documents (None: the samples), shows A and B, writes the RDF. The exit code."""
    _clear(url)
    people = console.out()
    with closing(open_store(url)) as store:
        with as_file(files("loaders") / "samples") as samples, console.progress("读入 loading") as progress:
            report = pipeline.load(store, docs or [str(samples)], taxonomy.load(), progress)
        people.print(tables.summary(report))
        people.print()
        with store.reading() as view:
            answer = shared_skills(view, a, b)
        people.print(tables.overlap(answer, people))
        ((_, count),) = dump.export(store, dump.files([output]), dump.Wanted())
    people.print(f"\n{output}: {count:,} 三元组 triples", markup=False)
    people.print(f"rolegraph serve --store {url}", markup=False)
    return 1 if report.failed else 0


def _clear(url: str) -> None:
    """Takes away the file of an earlier demo; a slip of --store must not cost anybody another file."""
    if not url.startswith("sqlite:///"):
        raise BadInput(
            f"The demo replaces its store, which {url} may not be.", "Name a file: --store sqlite:///demo.db."
        )
    file = Path(url.removeprefix("sqlite:///"))
    try:
        if file.exists() and file.stat().st_size:
            with file.open("rb") as opened:
                application = int.from_bytes(opened.read(72)[68:], "big")
            if application != APPLICATION_ID:
                raise StoreRefused(
                    f"{file} is not a store of rolegraph.", "Name another file: --store sqlite:///demo.db."
                )
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnreachable(
            f"{file} cannot be replaced: {error.strerror}.", "End what has it open, or name another."
        ) from error
