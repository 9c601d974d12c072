"""How fast the whole graph is written as RDF: python -m benchmarks.export [documents]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from benchmarks.table import row
from graphmodel.store import open_store
from ontology.export import Format, export

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from graphs import many


def main(documents: int = 5_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        store.add_many(many(documents))
        row("documents", f"{documents:,}")
        for format in get_args(Format):
            path = Path(folder) / f"graph.{format}"
            start = time.perf_counter()
            with store.reading() as view, path.open("wb") as file:
                triples = export(view, file, format)
            seconds = time.perf_counter() - start
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            row(format, f"{triples:,} triples", size, f"{seconds:.1f} s", f"{triples / seconds:,.0f} a second")
        store.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
