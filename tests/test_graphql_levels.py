"""One read of the store for a kind of edge and a level, whatever the number of rows."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, contextmanager

import pytest
import small
from graphs import many
from stores import PLACES

from api.graphql.engine import Engine, Request
from api.graphql.limits import Limits

ROLES = 1_000


class Counting:
    """A store that notes the reads of its views: verb, and kind or relation."""

    def __init__(self, store):
        self.store, self.calls, self.url = store, [], store.url

    @contextmanager
    def reading(self):
        with self.store.reading() as view:
            yield _CountingView(view, self.calls)


class _CountingView:
    def __init__(self, view, calls):
        self._view, self._calls = view, calls

    def __getattr__(self, verb):
        def call(*args, **named):
            self._calls.append((verb, args[0] if verb in ("nodes", "edges", "lists", "count") else None))
            return getattr(self._view, verb)(*args, **named)

        return call


FIVE = """query ($first: Int!) { roles(first: $first) { edges { node { name
  duties(first: 9) { edges { node { text
    skills(first: 3, candidates: true) { edges { node { name
      departments(first: 2) { edges { node { name
        roles(first: 2) { edges { node { name } } } } } } } } } } } } } } } }"""


@pytest.fixture(scope="module", params=PLACES)
def place(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("crowd")) as place:
        with closing(place.open()) as store:
            store.set_taxonomy(small.scheme())
            store.add_many(many(ROLES, roles=ROLES, skills=30, items=2, taxonomy=small.DIGEST))
        yield place


@pytest.fixture
def crowd(place):
    with closing(place.open()) as store:
        yield store


def answered(store, query, **variables):
    engine = Engine(store, Limits(cost=10_000_000, seconds=60))
    answer = engine.answer(Request(query, None, variables))
    assert (answer.outcome, answer.errors) == ("answered", ()), answer.body
    return answer


def test_five_levels_cost_the_same_reads_for_one_role_and_for_a_thousand(crowd):
    counts = {}
    for first in (1, 10, ROLES):
        counting = Counting(crowd)
        answered(counting, FIVE, first=first)
        counts[first] = Counter(call for call in counting.calls if call[0] not in ("state", "taxonomy"))
    levels = [("lists", relation) for relation in ("HAS_DUTY", "REQUIRES", "APPLIED_IN", "BELONGS_TO")]
    for calls in counts.values():
        assert [calls[call] for call in (*levels, ("nodes", "duty"))] == [1, 1, 1, 1, 1]
    # Roles stand on two levels: where the first has read them all, the last has none to read.
    assert (counts[10]["nodes", "role"], counts[ROLES]["nodes", "role"]) == (2, 1)
    counts[10]["nodes", "role"] = 1
    assert counts[10] == counts[ROLES]


def test_five_levels_cost_the_same_statements_for_one_role_and_for_a_thousand(place, crowd):
    """As above, but seen by the driver: what the views of Neo4j and SQLite really send."""
    answered(crowd, FIVE, first=2)  # what is read once for a state of the store
    counts = {}
    for first in (3, 10, ROLES):
        with place.statements(crowd) as seen:
            answered(crowd, FIVE, first=first)
        counts[first] = len(seen)
    # All roles are met on the first level already: then the last one has none to read.
    assert 5 < counts[ROLES] <= counts[10] <= counts[3] < 25


def test_fields_of_one_level_share_their_reads(crowd):
    counting = Counting(crowd)
    answered(
        counting,
        """{ a: roles(first: 3) { edges { node { ...items } } } b: roles(last: 3) { edges { node { ...items } } } }
        fragment items on Role {
          duties(first: 2) { edges { mentions { posting { document { origin } } }
            node { skills(first: 3, candidates: true) { edges { node { name } } } } } }
          requirements(first: 2) { edges { mentions { posting { document { origin } } }
            node { skills(first: 3, candidates: true) { edges { node { name } } } } } } }""",
    )
    calls = Counter(counting.calls)
    relations = ("HAS_DUTY", "HAS_REQUIREMENT", "REQUIRES")
    assert [calls["lists", relation] for relation in relations] == [1, 1, 1]
    assert [calls["edges", relation] for relation in relations] == [1, 1, 0], "mentions where they are asked for"
    assert calls["nodes", "posting"] == calls["nodes", "document"] == 1
