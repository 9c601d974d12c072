"""Neo4j on a real server, started for it: python -m benchmarks.neo4j [documents].

What benchmarks.store measures, where the store must take in 12,000 nodes, stated and derived edges a second; then the
shared skills of two of 2,000 roles with their evidence, beside one statement written by hand that gives the same
evidence (asked in turn, so that both meet the same machine). `ROLEGRAPH_TEST_NEO4J` names another server, whose
database must be empty: see tests/neo4j_server.py.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

import neo4j

from benchmarks import planner, store
from benchmarks.table import row
from graphmodel.questions.needs import matrix
from graphmodel.questions.overlap import Overlap, shared_skills
from graphmodel.store import GraphStore, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import neo4j_server

ROLES = 2_000
PAIRS = 200
BY_HAND = """UNWIND [$a, $b] AS name
MATCH (r:Role {name: name})-[h:HAS_DUTY|HAS_REQUIREMENT]->(i)-[q:REQUIRES]->(s:Skill)
MATCH (p:Posting {id: h.posting}) WHERE p.repeats IS NULL
MATCH (d:Document {id: p.document})
WITH r, s, i, h, q, d ORDER BY r.id, s.id, h.posting, i.id, q.start
WITH r, s, collect([i.id, i.text, q.evidence, q.start, q.end, h.posting, d.origin, h.heading, h.line, h.spans,
  q.method, h.necessity, q.necessity])[..3] AS places
MATCH (r)-[n:NEEDS]->(s)
RETURN r.id, s.id, s.name, n.postings, n.items, n.required, r.postings, places"""


def main(documents: int = 20_000) -> None:
    found = neo4j_server.start()
    if isinstance(found, str):
        print(f"not measured: {found}")
        return
    with neo4j_server.fresh() as server:
        store.main(server.url, documents)
    with neo4j_server.fresh() as server:
        questions(server)


def questions(server: neo4j_server.Server) -> None:
    with tempfile.TemporaryDirectory() as cache, closing(open_store(server.url)) as held, server.driver() as driver:
        os.environ["ROLEGRAPH_CACHE"] = cache
        held.set_taxonomy(planner.scheme())
        held.add_many(islice(planner.documents(), ROLES))
        with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:

            def by_hand(a: str, b: str) -> list[list[object]]:
                return session.run(BY_HAND, a=a, b=b).values()

            same(held, by_hand)
            compare("from the store", held, by_hand)
            matrix(held)
            compare("from the projection", held, by_hand)


def compare(where: str, held: GraphStore, by_hand: Callable[[str, str], object]) -> None:
    """Both in turn, over pairs of roles."""
    ours, theirs = [], []
    for pair in pairs(first=PAIRS) + pairs():  # others first, since a server that was just started is slow
        ours.append(store.timed(lambda: ask(held, *pair))[0])  # noqa: B023
        theirs.append(store.timed(lambda: by_hand(*pair))[0])  # noqa: B023
    mine, hand = (statistics.median(seconds[-PAIRS:]) * 1000 for seconds in (ours, theirs))
    row(f"shared_skills with evidence, {where}", f"{mine:.2f} ms", f"{mine / hand:.1f} x the next; bar: 2.5")
    row("  the same evidence by hand in Cypher", f"{hand:.2f} ms")


def same(held: GraphStore, by_hand: Callable[[str, str], list[list[object]]]) -> None:
    """Raises AssertionError if the two do not give the same places."""
    answer = ask(held, *pairs()[0])
    needs = [need for one in answer.shared for need in (one.a, one.b)]
    needs += [one.need for one in (*answer.only_a, *answer.only_b)]
    ours = {(place.subject, place.skill, place.item, place.start) for need in needs for place in need.evidence}
    rows = by_hand(*pairs()[0])
    assert ours == {(role, skill, place[0], place[3]) for role, skill, *_, places in rows for place in places}  # type: ignore[attr-defined]


def ask(held: GraphStore, a: str, b: str) -> Overlap:
    with held.reading() as view:
        return shared_skills(view, a, b)


def pairs(first: int = 0) -> list[tuple[str, str]]:
    return [(planner.name(3 * n), planner.name(3 * n + 1)) for n in range(first, first + PAIRS)]


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:2]))
