"""A difference as something that other tools apply to the old graph to have the new one."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from ontology.diff import Change, Triples

_BATCH = 5_000
_SPOOLED = 1 << 24
_ESCAPE = re.compile(rb"\\\\([uU])|\\.")


def patch(changes: Iterable[Change], out: BinaryIO) -> Triples:
    """An RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): one transaction, its rows in order of subjects.

    Its id is made from the rows, so that equal patches have equal ids.
    """
    digest = hashlib.sha256()
    count = {b"A": 0, b"D": 0}
    with tempfile.SpooledTemporaryFile(_SPOOLED) as rows:
        for change in changes:
            for code, lines in ((b"D", change.removed), (b"A", change.added)):
                said = b"".join([code + b" " + line.replace(b"\t", b" ") for line in lines])
                digest.update(said)
                rows.write(said)
                count[code] += len(lines)
        rows.seek(0)
        out.write(f"H id <uuid:{uuid.UUID(bytes=digest.digest()[:16], version=5)}> .\nTX .\n".encode())
        shutil.copyfileobj(rows, out)
    out.write(b"TC .\n")
    return Triples(count[b"A"], count[b"D"])


def update(changes: Iterable[Change], out: BinaryIO) -> Triples:
    """SPARQL 1.1 Update: operations of about 5,000 triples at most, each of which may be sent alone, in any order."""
    removed: list[bytes] = []
    added: list[bytes] = []
    out_of, into = 0, 0
    for change in changes:
        removed += change.removed
        added += change.added
        if len(removed) + len(added) >= _BATCH:
            out.write(_operation("DELETE", removed) + _operation("INSERT", added))
            out_of, into = out_of + len(removed), into + len(added)
            removed, added = [], []
    out.write(_operation("DELETE", removed) + _operation("INSERT", added))
    return Triples(into + len(added), out_of + len(removed))


def _operation(verb: str, lines: Sequence[bytes]) -> bytes:
    by_graph: dict[bytes, list[bytes]] = defaultdict(list)
    for line in lines:
        triple, _, graph = line[: -len(b" .\n")].partition(b"\t")
        by_graph[graph].append(_ESCAPE.sub(_safe, triple) + b" .\n")
    data = [
        b"GRAPH %b {\n%b}\n" % (graph, b"".join(triples)) if graph else b"".join(triples)
        for graph, triples in sorted(by_graph.items())
    ]
    return f"{verb} DATA {{\n".encode() + b"".join(data) + b"} ;\n" if data else b""


def _safe(escape: re.Match[bytes]) -> bytes:
    r"""What stands for a backslash and a letter u, in a form that SPARQL cannot take for the escape of a character.

    `\\u0041` is a backslash and five letters; who replaces \u0041 first, as SPARQL 1.1 (section 19.2) lets one do,
    reads a backslash and an A.
    """
    return escape[0] if escape[1] is None else b"\\\\\\u%04X" % ord(escape[1])
