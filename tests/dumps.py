"""Two graphs as dumps in every format, and what other tools make of a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pyoxigraph
from whole import READINGS, reading, stored

from ontology import formats, lines
from ontology.diff import Change, changes
from ontology.export import export

OLD, NEW = READINGS[:2], [*READINGS[1:], reading("d.txt", "出纳")]


def write_dumps(home: Path) -> Path:
    """A folder with old.* and new.* in every format, and the stores that they are of."""
    for name, readings in (("old", OLD), ("new", NEW)):
        with closing(stored(readings, f"sqlite:///{home}/{name}.db")) as store, store.reading() as view:
            for format in formats.FORMATS.values():
                with (home / f"{name}.{format.suffix}").open("wb") as file:
                    export(view, file, format.name)
    return home


def read(file: Path, graphs: bool = False) -> list[bytes]:
    with lines.of_dump(file, graphs) as said:
        return list(said)


def written(directory: Path, name: str, said: bytes) -> Path:
    (directory / name).write_bytes(said)
    return directory / name


def found(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Change]:
    return changes(iter(old), iter(new))


def patched(before: Sequence[bytes], patch: bytes) -> list[bytes]:
    """Applies an RDF Patch: the rows that its specification names, none of them in vain."""
    rows = patch.splitlines(keepends=True)
    assert re.fullmatch(rb"H id <uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}> \.\n", rows[0])
    assert (rows[1], rows[-1]) == (b"TX .\n", b"TC .\n")
    said = {line.replace(b"\t", b" ") for line in before}
    for row in rows[2:-1]:
        assert row[:2] in (b"A ", b"D ")
        assert (row[2:] in said) == (row[:1] == b"D"), row
        (said.add if row[:1] == b"A" else said.remove)(row[2:])
    return sorted(said)


def holding(file: Path) -> pyoxigraph.Store:
    """A store of another maker with the content of a dump. It writes 1.0 as 1, so it is compared with its like."""
    store = pyoxigraph.Store()
    store.bulk_load(path=file)
    return store
