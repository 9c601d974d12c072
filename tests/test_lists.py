"""Pages of the lists that relations make: the contract of every store, against edges that are sorted and cut here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby, pairwise, product
from operator import attrgetter

import pytest
import small
from graphs import Item, Post, many, reading, skill_slug
from stores import PLACES

from graphmodel.errors import BadInput
from graphmodel.graph import Graph
from graphmodel.identity import department_id, duty_id, indicator_id, kind_of, role_id, skill_id
from graphmodel.lists import SHAPES, Cut, Key, Listing, far_kinds, order
from graphmodel.nodes import Department, Indicator, Posting, Role
from graphmodel.relations import (
    DERIVED,
    ITEM_RELATIONS,
    RELATIONS,
    department_mention,
    fact_mention,
    item_mention,
    skill_mention,
)

WAYS = list(product(RELATIONS, (False, True)))
ALIAS = ("skill:former", small.skill("市场分析"))


@pytest.fixture(scope="module", params=PLACES)
def place_of_store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("lists")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        documents = many(40, roles=8, skills=20, items=6, taxonomy=small.DIGEST)
        store.add_many([*small.readings(), said_twice(), *documents])
        yield place, store


@pytest.fixture(scope="module")
def store(place_of_store):
    return place_of_store[1]


def said_twice():
    """A posting that states an item on two lines, two on one, and facts that postings of `graphs` do not state; in the
    words of an item a skill and a department stand twice.
    """
    text = "与财务部做预算，为财务部用预算"
    items = [Item(text, ["预算"], ["财务部"]), Item("整理账目", ["账目"]), Item(text, ["预算"], ["财务部"])]
    made = reading("c/两次.txt", [Post("策划", items, department="市场部")], taxonomy=small.DIGEST)
    [posting] = (node for node in made.graph.nodes.values() if isinstance(node, Posting))
    item, role, department = duty_id(text), role_id("策划"), department_id("市场部")
    words = [item_mention("HAS_DUTY", role, duty_id("整理账目"), posting.id, None, 3, ((0, 2),))]
    words.append(skill_mention(item, skill_id(skill_slug("预算")), "预算", 13, 15, "label"))
    words.append(department_mention(item, department_id("财务部"), "财务部", 8, 11))
    for relation, source, target in (
        ("REPORTS_TO", role, role_id("经理")),
        ("REPORTS_TO", role, role_id("总监")),
        ("PART_OF", department, department_id("总部")),
        ("PART_OF", department_id("财务部"), department_id("总部")),
        ("LEADS_TO", role, role_id("经理")),
        ("MEASURED_BY", department, indicator_id("成本")),
    ):
        words.append(fact_mention(relation, source, target, posting.id, "说", 1, ((0, 1),)))
    nodes = [Role(role_id(name), name, described=False) for name in ("经理", "总监")]
    nodes += [Department(department_id("总部"), "总部"), Indicator(indicator_id("成本"), "成本")]
    graph = Graph(
        {one.id: one for one in nodes} | made.graph.nodes, {one.id: one for one in words} | made.graph.mentions
    )
    return made._replace(graph=graph)


def plain(listings: dict[str, Listing]) -> dict[str, Listing]:
    return {id: listing._replace(edges=()) for id, listing in listings.items()}


def key_of(relation: str, back: bool) -> Callable[[str, Sequence], Key]:
    """The key of an entry, from the id of its far end and its edges."""
    if relation == "NEEDS":
        return lambda far, edges: (-edges[0].postings, far)
    if relation == "APPLIED_IN":
        return lambda far, edges: (-edges[0].own - edges[0].involved, far)
    if relation in ITEM_RELATIONS and not back:
        return lambda far, edges: (*min((edge.posting, edge.line) for edge in edges), far)
    if relation in ("REQUIRES", "INVOLVES") and not back:
        return lambda far, edges: (min(edge.start for edge in edges), far)
    return lambda far, edges: (far,)


def keys_of(view, relation, back, kind=None, candidates=True) -> dict[str, list[Key]]:
    """The whole list of each node that has one."""
    ends_of = attrgetter(*(("target", "source") if back else ("source", "target")))
    left_out = set() if candidates else {skill.id for skill in view.nodes("skill", where={"status": "candidate"})}
    key, found = key_of(relation, back), {}
    for (near, far), edges in groupby(sorted(view.edges(relation), key=ends_of), ends_of):
        if kind in (None, kind_of(far)) and far not in left_out:
            found.setdefault(near, []).append(key(far, list(edges)))
    return {id: sorted(keys) for id, keys in found.items()}


def cut_of(keys: Sequence[Key], cut: Cut) -> Listing:
    """A part of a list, entry by entry."""
    start = sum(1 for key in keys if cut.after is not None and key <= cut.after)
    stop = max(start, sum(1 for key in keys if cut.before is None or key < cut.before))
    if cut.back:
        start = max(start, stop - cut.size)
    else:
        stop = min(stop, start + cut.size)
    return Listing(tuple(keys[start:stop]), len(keys), start > 0, stop < len(keys))


def places(lists: dict[str, list[Key]], relation: str, back: bool) -> list[Key | None]:
    """Places to begin or end at: none, those of entries, and some where none stands."""
    longest = max(lists.values(), key=len, default=[])
    found = [longest[0], longest[len(longest) // 2], longest[-1]] if longest else []
    beyond: list[Key] = [tuple("\U0010ffff" if part == "" else part for part in SHAPES[order(relation, back)])]
    if order(relation, back) == "stated":
        beyond = [("posting:8000000000000000", 0, "")]
        found.append((*longest[0][:2], ""))
    if found and isinstance(found[1][0], int):
        beyond.append((found[1][0], "skill:m"))
    return [None, *dict.fromkeys([*found, *beyond])]


@pytest.mark.parametrize(("relation", "back"), WAYS)
def test_pages_are_those_of_the_edges_sorted_and_cut(store, relation, back):
    with store.reading() as view:
        lists = keys_of(view, relation, back)
        assert lists, "a relation of which nothing is tested"
        ids = [*sorted(lists), "role:0000000000000000", "no id"]
        longest = max(sorted(lists), key=lambda id: len(lists[id]))
        some = places(lists, relation, back)
        pairs = [*((after, None) for after in some[1:]), *((None, before) for before in some), *pairwise(some[::-1])]
        cuts = [Cut(0), Cut(1), Cut(2), Cut(1000), *(Cut(2, i % 2 == 1, *pair) for i, pair in enumerate(pairs))]
        for cut in cuts:
            wanted = {id: cut_of(lists.get(id, []), cut) for id in ids}
            assert plain(view.lists(relation, ids, cut, back=back)) == wanted, cut
            if order(relation, back) == "stated":  # one long list may be read in another way
                assert view.lists(relation, [longest], cut) == {longest: wanted[longest]}, cut


@pytest.mark.parametrize(("relation", "back"), WAYS)
def test_lists_hold_one_kind_and_candidates_only_where_they_are_wanted(store, relation, back):
    with store.reading() as view:
        kinds, cut = far_kinds(relation, back), Cut(3)
        for kind, candidates in product(kinds, (True, False)):
            lists = keys_of(view, relation, back, kind, candidates)
            ids = sorted(keys_of(view, relation, back))
            found = view.lists(relation, ids, cut, back=back, kind=kind, candidates=candidates)
            assert plain(found) == {id: cut_of(lists.get(id, []), cut) for id in ids}
        assert view.lists(relation, ids, cut, back=back, kind="document") == dict.fromkeys(ids, Listing())


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("relation", DERIVED)
def test_parts_of_derived_relations_come_with_their_edges(store, relation, back):
    with store.reading() as view:
        edges = {(edge.source, edge.target): edge for edge in view.edges(relation)}
        ids = sorted({ends[back] for ends in edges})
        for id, listing in view.lists(relation, ids, Cut(2, after=None), back=back).items():
            pairs = [(key[-1], id) if back else (id, key[-1]) for key in listing.keys]
            assert pairs
            assert listing.edges == tuple(edges[pair] for pair in pairs)


@pytest.mark.parametrize("relation", RELATIONS)
def test_edges_may_be_limited_for_each_pair(store, relation):
    ends_of = attrgetter("source", "target")
    with store.reading() as view:
        edges = list(view.edges(relation))
        assert edges
        sources, targets = sorted({edge.source for edge in edges}), sorted({edge.target for edge in edges})
        pairs = [list(pair) for _, pair in groupby(edges, ends_of)]
        for limit in (0, 1, 2):
            wanted = [edge for pair in pairs for edge in pair[:limit]]
            assert list(view.edges(relation, sources, targets, limit)) == wanted
            assert list(view.edges(relation, sources, limit=limit)) == wanted
            assert list(view.edges(relation, targets=targets, limit=limit)) == wanted


def test_an_alias_has_the_list_of_what_it_is_today(store):
    former, today = ALIAS
    for relation in ("BROADER", "NEEDS"):
        found = store.lists(relation, [former, today, "skill:nothing"], Cut(5), back=True)
        assert found[former] == found[today] != Listing() == found["skill:nothing"]
        assert list(found) == [former, today, "skill:nothing"]


def test_no_ids_have_no_lists_and_an_unknown_one_an_empty_list(store):
    for relation in ("NEEDS", "HAS_DUTY"):
        assert store.lists(relation, [], Cut(5)) == {}
        assert store.lists(relation, ["role:0000000000000000"], Cut(5)) == {"role:0000000000000000": Listing()}


@pytest.mark.parametrize(
    ("relation", "back", "key"),
    [
        ("NEEDS", False, ("skill:a",)),
        ("NEEDS", False, (True, "skill:a")),
        ("NEEDS", False, (2**63, "skill:a")),
        ("BROADER", False, (1,)),
        ("BROADER", False, ("\ud800",)),
        ("HAS_DUTY", False, ("posting:1", 1, "duty:a")),
    ],
)
def test_a_key_of_another_list_is_refused(store, relation, back, key):
    for cut in (Cut(1, after=key), Cut(1, before=key)):
        with pytest.raises(BadInput, match="is no place in this list"):
            store.lists(relation, ["role:a"], cut, back=back)


def test_an_unknown_relation_is_refused(store):
    with pytest.raises(BadInput, match="NEEDS"):
        store.lists("NEED", ["role:a"], Cut(1))


def test_lists_cost_the_same_statements_whatever_the_number_of_ids(place_of_store):
    place, store = place_of_store
    ids = [role.id for role in store.nodes("role")]
    counts = []
    for size in (1, 2, len(ids)):
        with place.statements(store) as seen:
            store.lists("HAS_DUTY", ids[:size], Cut(3))
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2] < 5
