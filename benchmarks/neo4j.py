"""benchmarks.store on a real Neo4j server, started for it: python -m benchmarks.neo4j [documents].

The store must take in 12,000 nodes, stated and derived edges a second. `ROLEGRAPH_TEST_NEO4J` names another server,
whose database must be empty: see tests/neo4j_server.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import neo4j_server


def main(documents: int = 20_000) -> None:
    found = neo4j_server.start()
    if isinstance(found, str):
        print(f"not measured: {found}")
        return
    with neo4j_server.fresh() as server:
        store.main(server.url, documents)


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:2]))
