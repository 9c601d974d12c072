"""Counting and browsing: statistics, facets, requirements, the tree of skills, neighbours."""

from __future__ import annotations

from contextlib import closing

import planner
import pytest
import small
from graphs import Item, Post, reading
from small import skill
from stores import PLACES

from graphmodel.errors import Ambiguous, BadInput, NotFound
from graphmodel.identity import department_id, role_id
from graphmodel.questions import statistics
from graphmodel.questions.browse import edges_json, neighbours, taxonomy
from graphmodel.questions.needs import Scope
from graphmodel.questions.requirements import Where, not_stated, requirements, stated_json
from graphmodel.questions.statistics import facets, facets_json, stats, stats_json
from graphmodel.questions.within import Within
from graphmodel.store import open_store


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("graph")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        yield store


def test_statistics_count_roles_and_skills_over_each_other(store):
    answer = stats(store)
    assert (answer.nodes["role"], answer.nodes["posting"], answer.edges["LEADS_TO"]) == (8, 9, 3)
    # 策划 5, 数据 3, 店员 1, 助理 1, 专员 2, 主管 2
    assert answer.skills_of_roles == (6, pytest.approx(14 / 6), 5)
    assert answer.roles_of_skills == (7, 2, 3)
    assert (answer.silent_roles, answer.lone_skills) == (2, 3)  # 助理 and 讲师; 竞争分析, 用户需求, 用户行为
    # Of fifteen pairs, 店员 meets only 策划, 助理 only 策划 and 专员, and 策划, 数据, 专员, 主管 meet each other.
    assert answer.apart == 15 - 9
    assert stats_json(answer)["skills_of_roles"]["most"] == 5


def test_facets_tell_by_what_postings_may_be_chosen(store):
    answer = facets_json(facets(store))
    assert answer["kinds"] == [{"value": "role", "postings": 8}, {"value": "department", "postings": 1}]
    # its own description, and a posting whose role belongs to it
    assert answer["departments"] == [{"value": "市场部", "postings": 2}]
    assert facets(store, 1).kinds == facets(store).kinds[:1]
    part = facets(store, scope_within=Within(departments=("市场部",)))
    assert (part.kinds, part.departments) == ((("department", 1), ("role", 1)), (("市场部", 2),))
    assert facets(store, scope_within=Within(documents=("c/*",))).departments == ()


def test_an_organization_is_one_in_any_spelling_and_repeats_are_not_counted():
    names = ["一 公司", "一公司", "一公司", "二公司", None]
    with closing(open_store("sqlite://")) as store:
        store.add_many(reading(f"{n}.txt", [Post(f"甲{n}", organization=name)]) for n, name in enumerate(names))
        store.add_many(reading(f"{n}.txt", [Post("乙", organization="三公司", fingerprint="same")]) for n in "ab")
        found = facets(store).organizations
        assert found == (("一公司", 3), ("三公司", 1), ("二公司", 1))
        for name, postings in found:
            [kind] = facets(store, scope_within=Within(organizations=(name,))).kinds
            assert kind == ("role", postings)


def test_requirements_by_what_they_ask_for(store):
    def texts(**where):
        return [one.requirement.text for one in requirements(store, Where(**where))]

    assert texts(education="本科") == ["本科及以上学历，3年数据分析经验"]
    assert sorted(texts(education="博士")) == ["本科及以上学历，3年数据分析经验", "硕士，英语流利，有PMP证书者优先"]
    assert texts(education="大专") == []
    assert texts(most_years=4) == ["本科及以上学历，3年数据分析经验"]
    assert texts(least_years=4) == ["5年经验，会英语"]
    assert sorted(texts(preferred=True)) == ["沟通能力强者优先", "硕士，英语流利，有PMP证书者优先"]
    assert len(texts(role="主管")) == 2
    [one] = requirements(store, Where(least_years=4))
    assert (stated_json(one)["role"]["name"], one.postings, one.preferred) == ("主管", 1, False)
    assert texts(type="skill") == texts()
    assert texts(type="language") == []
    assert texts(education="本科", within=Within(documents=("e/主管.txt",))) == []
    assert texts(least_years=4, within=Within(documents=("e/*",))) == texts(least_years=4, role="主管")
    assert texts(role="主管", within=Within(documents=("a/*",))) == []
    everything = requirements(store)
    assert everything == requirements(store, Where(within=Within(documents=("*",))))
    assert [(-one.postings, one.role.id, one.requirement.id) for one in everything] == sorted(
        (-one.postings, one.role.id, one.requirement.id) for one in everything
    )
    assert requirements(store, k=2) == everything[:2]
    for where in (Where(education="幼儿园"), Where(type="magic")):
        with pytest.raises(BadInput, match="Known are"):
            requirements(store, where)


def test_who_does_not_say(store):
    assert {role.name for role in not_stated(store, "education")} == {"策划", "数据", "店员", "助理", "讲师"}
    part = Within(documents=("a/*", "e/*"))
    assert {role.name for role in not_stated(store, "education", part)} == {"策划", "助理"}
    with pytest.raises(BadInput, match="Known are"):
        not_stated(store, "magic")
    assert {role.name for role in not_stated(store, "language")} == {"策划", "数据", "店员", "助理", "专员", "讲师"}


def test_the_tree_of_skills_counts_the_roles_below(store):
    [top] = taxonomy(store, "分析能力", 2)
    assert (top.skill.name, top.roles) == ("分析能力", 3)
    assert {branch.skill.name: branch.roles for branch in top.narrower} == {"市场分析": 3, "用户分析": 2}
    assert {one.skill.name for branch in top.narrower for one in branch.narrower} == {
        "竞争分析",
        "用户需求",
        "用户行为",
    }
    assert {branch.skill.name for branch in taxonomy(store, depth=0)} == set(small.TOPS)
    assert all(branch.narrower == () for branch in taxonomy(store, depth=0))
    [part] = taxonomy(store, "分析能力", 0, Scope(within=Within(documents=("b/*",))))
    assert (part.roles, part.narrower) == (1, ())
    [often] = taxonomy(store, "用户分析", 0, Scope(min_share=0.6))  # of 策划 half of the postings ask for it
    assert often.roles == 1
    with pytest.raises(NotFound):
        taxonomy(store, "煮咖啡")
    with pytest.raises(NotFound, match="taxonomy"):
        taxonomy(store, "数据魔方")  # a candidate stands nowhere in it


def test_what_stands_around_a_node(store):
    answer = edges_json(neighbours(store, role_id("店员")))
    assert {(node["kind"], node["label"]) for node in answer["nodes"]} == {
        ("role", "店员"), ("requirement", "有沟通能力"), ("skill", "沟通能力"), ("posting", "店员"),
    }  # fmt: skip
    assert ("REQUIRES", "有沟通能力", "沟通能力") in {
        (edge["relation"], *({node["id"]: node["label"] for node in answer["nodes"]}[edge[end]]
                             for end in ("source", "target"))) for edge in answer["edges"]
    }  # fmt: skip
    assert not answer["more"]


def test_neighbours_are_let_in_nearest_first_and_up_to_the_limit(store):
    near = {node.id for node in neighbours(store, "策划", 1, 1000).nodes}
    far = neighbours(store, "策划", 2, 1000)
    assert near < {node.id for node in far.nodes}
    some = neighbours(store, "策划", 3, 5)
    assert (len(some.nodes), some.more) == (5, True)
    others = sorted(near - {role_id("策划")})
    first = [next(id for id in others if id.startswith(kind)) for kind in ("role", "duty", "requirement", "skill")]
    assert {node.id for node in some.nodes} == {role_id("策划"), *first}  # the kinds take turns
    assert sum(neighbours(store, "策划", 1, 5).left.values()) == len(near) - 5
    assert department_id("市场部") in near
    assert skill("市场分析") in near
    with pytest.raises(BadInput):
        neighbours(store, "策划", 0)
    for unknown in ("duty:0000000000000000", "无此"):
        with pytest.raises(NotFound):
            neighbours(store, unknown)


def test_a_neighbourhood_may_be_opened_further_and_kept_to_kinds_and_relations(store):
    start, open_skill = role_id("店员"), skill("沟通能力")
    closed, opened = neighbours(store, start), neighbours(store, start, opened=[open_skill])
    beside = {node.id for node in neighbours(store, open_skill).nodes}
    assert (closed.start, closed.left) == (start, {})
    assert {node.id for node in opened.nodes} == {node.id for node in closed.nodes} | beside
    assert set(opened.edges) > set(neighbours(store, open_skill).edges)
    few = neighbours(store, start, opened=[open_skill, skill("SQL")], kinds=["skill"], relations=["NEEDS"])
    assert {node.id for node in few.nodes} == {start, open_skill}  # SQL was not reached
    assert few.edges == (("NEEDS", start, open_skill),)
    assert few.left["role"] > 0, "roles are counted and not let in"
    assert not few.more, "what was not asked for is not missed"


def test_a_name_of_two_kinds_is_ambiguous():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(
            [reading("a.txt", [Post("市场分析", [Item("做好市场分析", ["市场分析"])])], taxonomy=small.DIGEST)]
        )
        with pytest.raises(Ambiguous):
            neighbours(store, "市场分析")


def test_an_empty_store_can_be_counted():
    with closing(open_store("sqlite://")) as store:
        assert stats(store).apart == 0
        assert facets(store) == ((), (), ())
        assert taxonomy(store) == requirements(store) == not_stated(store, "years") == ()


def test_pairs_that_share_nothing_are_counted_one_by_one_and_not_beyond_a_bound(monkeypatch):
    """Rare and frequent skills take different ways: one of these is needed by all but five roles, others by one."""
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        wanted = [["SQL"]] * 5 + [["Excel"]] * 200 + [["Excel", "SQL"], ["市场分析"], ["市场分析"], []]
        store.add_many(
            reading(f"{n}.txt", [Post(f"岗{n}", [Item(f"{n}做" + "、".join(some), some)])], taxonomy=small.DIGEST)
            for n, some in enumerate(wanted)
        )
        some = [set(skills) for skills in wanted if skills]
        apart = sum(not a & b for place, a in enumerate(some) for b in some[place + 1 :])
        assert stats(store).apart == apart == 5 * 200 + 2 * 206
        monkeypatch.setattr(statistics, "MOST_PAIRED", 100)
        assert stats(store).apart is None
