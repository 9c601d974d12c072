"""The contract of every store, the writes: adding, replacing and forgetting whole documents."""

from __future__ import annotations

import itertools
import pickle
import random
from contextlib import closing

import pytest
from graphs import Item, Post, many, reading, skill_slug
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import contents, expected

from graphmodel.errors import BadInput, Outdated, RolegraphError
from graphmodel.graph import Graph
from graphmodel.identity import department_id, role_id, skill_id
from graphmodel.nodes import Note
from graphmodel.stores import batches

BUDGET = Item("制定预算并跟踪执行", ["预算", "执行"])
REPORT = Item("每周与财务部核对报表", ["报表"], ["财务部"])
EXCEL = Item("熟练使用Excel者优先", ["Excel"], wanted=True, preferred=True)
PIVOT = Item("会做数据透视，熟悉灰度投放", ["数据透视"], candidates=["灰度投放"], wanted=True)

MANAGER = reading(
    "甲/店长.txt",
    [Post("店长", [BUDGET, REPORT, EXCEL], department="门店运营部", leads_to=["区域经理"], indicators=["坪效"])],
)
CLERK = reading("乙/收银.txt", [Post("收银员", [REPORT, PIVOT]), Post("店長", [BUDGET, EXCEL], alt=["副店长"])])
TEAM = reading("丙/财务部.txt", [Post("财务部", [BUDGET, REPORT], kind="department")])
COPY = reading("丁/转载.txt", [Post("店长", [BUDGET, REPORT, EXCEL], department="门店运营部")])
AGAIN = reading("戊/转载.txt", [Post("店长", [BUDGET, REPORT, EXCEL], department="门店运营部")])
SAMPLES = (MANAGER, CLERK, TEAM, COPY, AGAIN)


def test_what_is_added_is_there_with_all_its_properties(store):
    changes = store.add_many(SAMPLES)
    assert changes.added == tuple(sorted(r.document.origin for r in SAMPLES))
    assert changes.rows == sum(len(r.graph.nodes) + len(r.graph.mentions) for r in SAMPLES)
    assert contents(store) == expected(SAMPLES)
    assert store.text([MANAGER.document.origin, "none"]) == {MANAGER.document.origin: MANAGER.text}
    stamp = store.stamps()[MANAGER.document.origin]
    assert stamp == (MANAGER.document.content, MANAGER.reader, MANAGER.taxonomy)
    assert list(store.stamps()) == sorted(r.document.origin for r in SAMPLES)
    assert list(store.stamps([TEAM.document.origin, "none"])) == [TEAM.document.origin]


def test_adding_again_writes_nothing(store):
    store.add_many(SAMPLES)
    before, revision, journal = contents(store), store.revision(), store.changes()
    changes = store.add_many(SAMPLES)
    assert (changes.added, changes.changed, changes.rows) == ((), (), 0)
    assert changes.unchanged == tuple(sorted(r.document.origin for r in SAMPLES))
    assert (contents(store), store.revision(), store.changes()) == (before, revision, journal)


def test_any_order_of_documents_gives_the_same_graph(place):
    wanted = expected(SAMPLES)
    with closing(place.open()) as store:
        for order in itertools.islice(itertools.permutations(SAMPLES), 0, None, 11):
            store.add_many(order[:2])
            for one in order[2:]:
                store.add_many([one])
            assert contents(store) == wanted
            assert {n.name for n in store.nodes("role")} == {"店长", "收银员", "区域经理"}
            store.forget([r.document.origin for r in order])


def test_a_changed_document_replaces_its_old_version(store):
    store.add_many(SAMPLES)
    changed = reading(MANAGER.document.origin, [Post("值班店长", [PIVOT])])
    assert store.add_many([changed]).changed == (MANAGER.document.origin,)
    assert contents(store) == expected([changed, *SAMPLES[1:]])
    assert store.text([MANAGER.document.origin]) == {MANAGER.document.origin: changed.text}


def test_the_same_origin_twice_in_one_load_leaves_the_last(store):
    later = reading(MANAGER.document.origin, [Post("值班店长", [PIVOT])])
    changes = store.add_many([MANAGER, later])
    assert (changes.added, changes.changed) == ((MANAGER.document.origin,), (MANAGER.document.origin,))
    assert contents(store) == expected([later])


def test_forgetting_takes_away_only_what_the_document_alone_said(store):
    store.add_many(SAMPLES)
    assert store.forget([CLERK.document.origin, "none"]).forgotten == (CLERK.document.origin,)
    assert contents(store) == expected([r for r in SAMPLES if r is not CLERK])
    revision = store.revision()
    assert store.forget([CLERK.document.origin]) == store.forget([])
    assert store.revision() == revision


def test_forgetting_all_leaves_nothing(store):
    store.add_many(SAMPLES)
    store.forget([r.document.origin for r in SAMPLES])
    assert not any(contents(store).values())
    assert not store.find("店长")
    assert store.text([MANAGER.document.origin]) == {}


def test_of_postings_that_say_the_same_the_first_counts_whatever_comes_and_goes(store):
    first, second, third = MANAGER._replace(), COPY, AGAIN
    steps = [(third,), (second, third), (first, second, third), (second, third), (second,)]
    for now in steps:
        store.forget([origin for origin in store.stamps() if origin not in {r.document.origin for r in now}])
        store.add_many(now)
        assert contents(store) == expected(now)


def test_the_name_shown_is_the_spelling_of_most_documents(store):
    spellings = ["店長", "店长", "店长", "店 长"]
    documents = [reading(f"{i}.txt", [Post(title, [BUDGET])]) for i, title in enumerate(spellings)]
    store.add_many(documents)
    (role,) = store.nodes("role", ids=[role_id("店长")])
    assert (role.name, role.alt_names) == ("店长", ("店 长", "店長"))
    store.forget(["1.txt", "2.txt"])
    (role,) = store.nodes("role")
    assert (role.name, role.alt_names) == ("店 长", ("店長",))  # one document each: the blank stands first


def test_a_role_that_is_only_named_becomes_described_and_back(store):
    store.add_many([MANAGER])
    described = {role.name: role.described for role in store.nodes("role")}
    assert described == {"店长": True, "区域经理": False}
    store.add_many([reading("己.txt", [Post("区域经理", [BUDGET])])])
    assert all(role.described for role in store.nodes("role"))
    store.forget(["己.txt"])
    assert [role.name for role in store.nodes("role", where={"described": True})] == ["店长"]


def test_a_newer_reader_changes_what_an_item_says_in_every_posting(store):
    old = [reading(f"{i}.txt", [Post("店长", [BUDGET, REPORT], fingerprint=str(i))]) for i in range(3)]
    store.add_many(old)
    closer = Item(BUDGET.text, ["预算", "制定预算"], ["执行"])
    new = [reading(f"{i}.txt", [Post("店长", [closer, REPORT], fingerprint=str(i))], reader="test 2") for i in range(3)]
    assert store.add_many(new[:1]).changed == ("0.txt",)
    assert [e.target for e in store.edges("INVOLVES")].count(department_id("执行")) == 1
    (needs,) = [n for n in store.edges("NEEDS") if n.target == skill_id(skill_slug("制定预算"))]
    assert (needs.postings, needs.items) == (3, 3)  # the other postings say the same sentence
    store.add_many(new[1:])
    assert contents(store) == expected(new)
    store.forget(["0.txt", "1.txt", "2.txt"])
    assert not any(contents(store).values())


def test_a_failure_in_the_middle_leaves_nothing_of_the_transaction(store):
    store.add_many([TEAM])
    before, revision = contents(store), store.revision()
    mentions = dict(CLERK.graph.mentions)
    (words,) = [m for m in mentions.values() if m.relation == "REQUIRES" and m.evidence == "灰度投放"]
    mentions[words.id] = words._replace(evidence=object())  # nothing that a database can hold
    broken = CLERK._replace(graph=Graph(CLERK.graph.nodes, mentions))
    with pytest.raises(Exception, match=r"."):
        store.add_many([MANAGER, broken])
    assert (contents(store), store.revision()) == (before, revision)
    store.add_many(SAMPLES)
    assert contents(store) == expected(SAMPLES)


def test_a_graph_that_contradicts_itself_is_refused(store):
    nodes = {id: node for id, node in MANAGER.graph.nodes.items() if id != role_id("店长")}
    with pytest.raises(RolegraphError, match="lacks"):
        store.add_many([MANAGER._replace(graph=Graph(nodes, MANAGER.graph.mentions))])
    assert not any(contents(store).values())


def test_a_document_that_is_too_large_is_refused_and_those_before_it_are_kept(store, monkeypatch):
    monkeypatch.setattr(batches, "ROWS_PER_DOCUMENT", 50)
    (large,) = many(1, items=40)
    with pytest.raises(BadInput, match=r"load/000000.txt has \d+ nodes and mentions.*\n.*Split it"):
        store.add_many([MANAGER, large])
    assert contents(store) == expected([MANAGER])


def test_a_reading_made_with_another_taxonomy_is_refused(store):
    old = reading("旧.txt", [Post("店长", [BUDGET])], taxonomy="another")
    with pytest.raises(Outdated, match=r"旧.txt .*\n.*refresh"):
        store.add_many([old])
    assert store.revision() == 0


def test_the_journal_says_what_happened(store):
    store.add_many([MANAGER])
    start = store.revision()
    changed = reading(MANAGER.document.origin, [Post("值班店长", [PIVOT])])
    store.add_many([changed, TEAM])
    store.forget([TEAM.document.origin])
    actions = [(change.origin, change.action) for change in store.changes(start)]
    assert actions == [
        (TEAM.document.origin, "added"),
        (MANAGER.document.origin, "changed"),
        (TEAM.document.origin, "forgotten"),
    ]
    assert [change.revision for change in store.changes()] == sorted(change.revision for change in store.changes())
    assert store.changes(store.revision()) == []


def test_documents_are_grouped_and_each_transaction_is_told(store):
    taken = 0

    def readings():
        nonlocal taken
        for taken, each in enumerate(many(900, roles=10), 1):  # noqa: B007
            yield each

    done = store.add(readings())
    first = next(done)
    assert 100 < len(first.added) <= taken < 900
    rest = list(done)
    assert len(first.added) + sum(len(changes.added) for changes in rest) == 900
    assert 2 <= len(rest) + 1 <= 12
    assert store.revision() == len(rest) + 1


def test_documents_may_be_prepared_beforehand(store):
    store.add_many(many(20, roles=5))
    expected = contents(store)
    store.forget(store.stamps())
    prepare = store.prepare or (lambda reading, _: reading)
    store.add_many(pickle.loads(pickle.dumps(prepare(each, ()))) for each in many(20, roles=5))
    assert contents(store) == expected


def test_notes_of_a_document_are_kept(store):
    notes = (Note("charset", 0, 0, "GB18030"), Note("masked", 3, 14, "电话"))
    document = MANAGER.document._replace(notes=notes, media_type="text/html")
    graph = Graph({**MANAGER.graph.nodes, document.id: document}, MANAGER.graph.mentions)
    store.add_many([MANAGER._replace(document=document, graph=graph)])
    assert store.nodes("document") == [document]


ITEMS = [
    Item(f"负责{'甲乙丙丁'[i]}类工作与预算报表", skills)
    for i, skills in enumerate((["预算"], ["报表"], [], ["预算", "报表"]))
]
ITEMS += [Item("协同采购部核对报表", ["报表"], ["采购部"]), Item("熟悉预算", ["预算"], wanted=True, preferred=True)]
POSTS = st.builds(
    lambda title, items, department, fingerprint: Post(
        title,
        [ITEMS[i] for i in items],
        department=department if title != "采购部" else None,
        kind="department" if title == "采购部" else "role",
        fingerprint=fingerprint,
    ),
    st.sampled_from(["店长", "店長", "收银员", "采购部"]),
    st.lists(st.integers(0, len(ITEMS) - 1), max_size=4, unique=True),
    st.sampled_from([None, "运营部", "采购部"]),
    st.sampled_from([None, "", "同", "另"]),
)
DOCUMENTS = st.builds(
    lambda origin, posts: reading(f"{origin}.txt", posts), st.sampled_from("abcd"), st.lists(POSTS, max_size=3)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(DOCUMENTS, st.sets(st.sampled_from("abcd"), min_size=1)), max_size=8))
def test_whatever_is_added_and_forgotten_what_is_left_is_the_union_of_what_is_left(store, steps):
    store.forget([f"{origin}.txt" for origin in "abcd"])
    left = {}
    for step in steps:
        if isinstance(step, (set, frozenset)):
            store.forget([f"{origin}.txt" for origin in step])
            left = {origin: r for origin, r in left.items() if origin[0] not in step}
        else:
            store.add_many([step])
            left[step.document.origin] = step
    assert contents(store) == expected(left.values())


def test_a_larger_load_with_random_forgetting_agrees_with_a_recount(store):
    readings = list(many(240, roles=7, skills=30))
    chance = random.Random(3)
    store.add_many(readings)
    left = {r.document.origin: r for r in readings}
    for _ in range(4):
        gone = chance.sample(sorted(left), 40)
        store.forget(gone)
        for origin in gone:
            del left[origin]
        back = chance.sample(readings, 20)
        store.add_many(back)
        left |= {r.document.origin: r for r in back}
    assert contents(store) == expected(left.values())
