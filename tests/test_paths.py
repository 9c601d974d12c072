"""Ways from one role to another: costs worked out by hand, stated steps told from inferred ones."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from math import log

import planner
import pytest
import small
from graphs import Item, Post, reading
from hypothesis import given
from hypothesis import strategies as st
from stores import PLACES

from graphmodel.errors import BadInput, NotFound
from graphmodel.questions import paths
from graphmodel.questions.cheapest import cheapest
from graphmodel.questions.needs import Scope
from graphmodel.questions.paths import STATED_COST, career_paths, next_steps, to_json
from graphmodel.questions.within import Within
from graphmodel.store import open_store

# Of seven described roles, 市场分析, Excel and SQL are needed by three each.
THREE = log(8 / 4) + 1


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("graph")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        yield store


def names(path):
    return [path.steps[0].source.name, *(step.target.name for step in path.steps)]


def test_stated_steps_lead_where_no_skill_is_shared(store):
    answer = career_paths(store, "助理", "主管")
    first = answer.paths[0]
    assert names(first) == ["助理", "专员", "主管"]
    # 专员 needs Excel and SQL, of which 助理 has one; 主管 needs SQL and 市场分析, of which 专员 has one.
    assert [step.cost for step in first.steps] == pytest.approx([STATED_COST / 2, STATED_COST / 2])
    assert first.cost == pytest.approx(STATED_COST)
    assert [(place.origin, place.line) for place in first.steps[0].stated] == [("e/助理.txt", 2)]
    assert [[skill.name for skill in step.lacks] for step in first.steps] == [["SQL"], ["市场分析"]]
    assert [step["basis"] for step in to_json(answer)["paths"][0]["steps"]] == ["stated", "stated"]


def test_an_inferred_step_says_so(store):
    [step] = career_paths(store, "数据", "主管", 1).paths[0].steps
    assert (step.stated, step.cost, step.lacking) == ((), 0, 0)
    assert to_json(career_paths(store, "数据", "主管", 1))["paths"][0]["steps"][0]["basis"] == "inferred"


def test_paths_come_by_cost_and_none_has_a_loop_or_too_many_steps(store):
    paths = career_paths(store, "助理", "主管", 1000, most_steps=3).paths
    assert len(paths) > 1
    assert [path.cost for path in paths] == sorted(path.cost for path in paths)
    for path in paths:
        assert len(set(names(path))) == len(names(path)) <= 4
        assert path.cost == pytest.approx(sum(step.cost for step in path.steps))
    assert career_paths(store, "助理", "主管", 1, most_steps=1).paths == ()  # they share no skill


def test_a_role_that_is_only_named_can_be_come_to(store):
    [path] = career_paths(store, "策划", "策划总监", 1).paths
    assert [(step.target.name, step.cost, bool(step.stated)) for step in path.steps] == [
        ("策划总监", STATED_COST, True)
    ]
    answer = next_steps(store, "策划")
    assert [role.name for role, _ in answer.steps] == ["策划总监"]
    assert next_steps(store, "主管").steps == ()


def test_within_a_part_only_its_documents_state_steps(store):
    part = Scope(within=Within(documents=("e/专员.txt", "e/主管.txt")))
    [path] = career_paths(store, "专员", "主管", 1, part).paths
    assert [(bool(step.stated), step.cost) for step in path.steps] == [(True, pytest.approx(STATED_COST / 2))]
    other = Scope(within=Within(documents=("e/助理.txt", "e/主管.txt")))
    assert career_paths(store, "专员", "主管", 1, other).paths == ()  # no posting of 专员 is there
    assert [role.name for role, _ in next_steps(store, "专员", part).steps] == ["主管"]
    assert next_steps(store, "专员", other).steps == ()


def test_where_nothing_leads_there_is_no_path(store):
    assert career_paths(store, "讲师", "数据").paths == ()
    assert career_paths(store, "数据", "讲师").paths == ()


def test_what_cannot_be_a_path_is_refused(store):
    with pytest.raises(BadInput, match="Name two roles"):
        career_paths(store, "策划", "活动策划")  # another name of it
    with pytest.raises(BadInput):
        career_paths(store, "策划", "数据", 0)
    with pytest.raises(NotFound):
        career_paths(store, "策划", "市场部")  # a department is nobody's career


def test_a_round_of_stated_steps_ends(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/graph.db")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(
            reading(f"{a}.txt", [Post(a, [Item("写SQL", ["SQL"])], leads_to=[b])], taxonomy=small.DIGEST)
            for a, b in (("甲", "乙"), ("乙", "丙"), ("丙", "甲"))
        )
        assert names(career_paths(store, "甲", "丙", 1).paths[0]) in (["甲", "丙"], ["甲", "乙", "丙"])


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda ends: ends[0] != ends[1]),
        st.sampled_from((0.0, 0.1, 0.2, 0.3, 1.0)),
        max_size=25,
    ),
    st.integers(1, 7),
)
def test_the_cheapest_are_those_that_trying_all_would_find(costs, most_steps):
    def every(path):
        if path[-1] == "f":
            yield path
        elif len(path) <= most_steps:
            for end in "abcdef":
                if end not in path and (path[-1], end) in costs:
                    yield from every((*path, end))

    wanted = sorted(
        every(("a",)), key=lambda path: (round(sum(costs[pair] for pair in pairwise(path)), 12), len(path), path)
    )
    assert list(cheapest(costs, "a", "f", most_steps)) == wanted


def made(postings):
    store = open_store("sqlite://")
    store.set_taxonomy(small.scheme())
    store.add_many(reading(f"{n:04}.txt", [post], taxonomy=small.DIGEST) for n, post in enumerate(postings))
    return closing(store)


def test_the_step_to_the_goal_itself_is_always_thought_of():
    """Sixty roles are nearer to 甲 than 丁 is, and many cheaper paths lead over them."""
    near = [Post(f"近{n}", [Item("写SQL和Excel", ["SQL", "Excel"])]) for n in range(60)]
    start = Post("甲", [Item("写SQL和Excel", ["SQL", "Excel"])])
    goal = Post("丁", [Item("写SQL，做市场分析、竞争分析", ["SQL", "市场分析", "竞争分析"])])
    with made([start, *near, goal]) as store:
        [path] = career_paths(store, "甲", "丁", 5, most_steps=1).paths
        assert names(path) == ["甲", "丁"]
        first, *others = career_paths(store, "甲", "丁", 5).paths
        assert names(first) == ["甲", "丁"]  # of equal cost, those of fewer steps first
        assert [path.cost for path in others] == [first.cost] * 4
        assert [len(path.steps) for path in others] == [2] * 4


def test_a_goal_that_thousands_of_roles_lead_to(monkeypatch):
    monkeypatch.setattr(paths, "MOST_STATED", 10)
    many = [Post(f"岗{n}", [Item("写SQL", ["SQL"])], leads_to=["总监"]) for n in range(50)]
    with made(many) as store:
        [path] = career_paths(store, "岗49", "总监", 1).paths
        assert [(step.target.name, bool(step.stated)) for step in path.steps] == [("总监", True)]
        assert len(career_paths(store, "岗49", "总监", 1_000_000).paths) < 1_000_000
