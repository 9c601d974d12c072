"""neosemantics' HTTP export of a graph in a Neo4j that is started for it, for benchmarks.export."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from graphmodel import copying
from graphmodel.store import GraphStore, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import neo4j_server

FORMATS = {"turtle": "Turtle", "nt": "N-Triples"}
NODES = """MATCH (n) WHERE none(label IN labels(n) WHERE label STARTS WITH 'Rolegraph')
OPTIONAL MATCH (n)-[r]->() RETURN n, r"""
"""All nodes but the store's own records, and all relationships."""


class Endpoint(NamedTuple):
    url: str
    authorization: str

    def export(self, format: str, file: Path) -> float:
        """Writes what the endpoint answers, and gives the seconds from the question to the last byte."""
        body = json.dumps({"cypher": NODES, "format": FORMATS[format]}).encode()
        headers = {"Content-Type": "application/json", "Authorization": self.authorization}
        start = time.perf_counter()
        with urllib.request.urlopen(urllib.request.Request(self.url, body, headers)) as answer, file.open("wb") as out:
            shutil.copyfileobj(answer, out, 1 << 18)
        return time.perf_counter() - start


@contextmanager
def serving(source: GraphStore) -> Iterator[Endpoint | str]:
    """The endpoint with a copy of a store behind it; or why there is none."""
    home = Path(tempfile.mkdtemp(prefix="rolegraph-neosemantics-"))
    port = neo4j_server.free_port()
    settings = {
        **neo4j_server.NEOSEMANTICS,
        "server.http.enabled": "true",
        "server.http.listen_address": f"127.0.0.1:{port}",
        "server.unmanaged_extension_classes": "n10s.endpoint=/rdf",
    }
    try:
        own = neo4j_server.start_in(home, settings=settings, plugins=("neosemantics",))
        if isinstance(own, str):
            yield own
            return
        try:
            user, password = own.server.user, own.server.password
            os.environ |= {"ROLEGRAPH_STORE_USER": user, "ROLEGRAPH_STORE_PASSWORD": password}
            with closing(open_store(own.server.url)) as target:
                copying.copy(source, target)
            token = base64.b64encode(f"{user}:{password}".encode()).decode()
            yield Endpoint(f"http://127.0.0.1:{port}/rdf/neo4j/cypher", f"Basic {token}")
        finally:
            own.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)
