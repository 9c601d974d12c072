"""An export as a file that is whole or not there, or as bytes on standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from api.asking import ask
from graphmodel.errors import BadInput
from graphmodel.store import GraphStore, View
from ontology import export as rdf
from ontology.terms import BASE


def export(store: GraphStore, format: str, output: Path | None, base: str | None) -> int:
    """Writes the graph and returns the number of triples; a file is written beside its place and then renamed.

    Raises BadInput for an unknown format, a base that is no IRI, or a place where nothing can be written.
    """
    if output is None:  # what is written cannot be taken back, so the store is read only once
        sys.stdout.flush()
        with store.reading() as view:
            return rdf.export(view, sys.stdout.buffer, format, base or BASE)
    part = output.with_name(f".{output.name}.{os.getpid()}.part")

    def write(view: View) -> int:
        with part.open("wb") as file:
            return rdf.export(view, file, format, base or BASE)

    try:
        count = ask(store, write)
        os.replace(part, output)
    except OSError as error:
        problem = f"{output} cannot be written: {error.strerror}."
        raise BadInput(problem, "Name a file in a folder that is there and yours.") from error
    finally:
        part.unlink(missing_ok=True)
    return count
