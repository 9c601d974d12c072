"""The shared skills of two roles: hand-made postings, and figures worked out by hand beside the assertions."""

from __future__ import annotations

from functools import partial
from math import log

import pytest
import small
from graphs import Item, Post, reading
from small import skill
from stores import PLACES

from graphmodel.errors import Ambiguous, NotFound
from graphmodel.hierarchy import hierarchy
from graphmodel.identity import department_id, role_id
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.questions.needs import Scope
from graphmodel.questions.overlap import measure, shared_skills, to_json
from graphmodel.store import open_store
from loaders.pipeline import load
from ontology import taxonomy


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield store


def ids(entries):
    return [entry.skill.id for entry in entries]


def test_each_skill_stands_once_on_its_side(store):
    answer = shared_skills(store, "策划", "数据")
    assert ids(answer.shared) == [skill("市场分析")]
    assert ids(answer.only_a) == sorted(map(skill, ("用户需求", "竞争分析", "Excel", "沟通能力")))
    assert ids(answer.only_b) == sorted(map(skill, ("用户行为", "SQL")))
    market = answer.shared[0]
    assert market.a[:4] == (2, 1.0, 2, "required")  # both postings of 策划, one item each
    assert market.b[:4] == (1, 1.0, 1, "required")
    talk = next(entry for entry in answer.only_a if entry.skill.name == "沟通能力")
    assert talk.need[:4] == (1, 0.5, 1, "preferred")


def test_related_skills_meet_in_the_nearest_broader_one_and_never_in_a_top_concept(store):
    answer = shared_skills(store, "策划", "数据")
    # Of ten skills, 市场分析 has one narrower (of content 1 - ln 2 / ln 10), 用户分析 two (1 - ln 3 / ln 10).
    market, users = 1 - log(2) / log(10), 1 - log(3) / log(10)
    assert [
        (
            meeting.skill.id,
            [(pair.a.skill.id, pair.b.skill.id, pytest.approx(pair.similarity)) for pair in meeting.pairs],
        )
        for meeting in answer.related
    ] == [
        (skill("市场分析"), [(skill("竞争分析"), skill("市场分析"), 2 * market / (1 + market))]),
        (skill("用户分析"), [(skill("用户需求"), skill("用户行为"), users)]),
    ]  # Excel and SQL have only 办公软件 in common, which is a top concept


def test_measures_weigh_a_skill_by_how_few_roles_need_it(store):
    measures = shared_skills(store, "策划", "数据").measures
    assert measures[:3] == (1 / 7, 1 / 5, 1 / 3)
    # Three described roles; 市场分析 and 沟通能力 are needed by two of them, all others by one.
    two, one = log(4 / 3) + 1, log(4 / 2) + 1
    assert measures[3:] == pytest.approx((two / (2 * two + 5 * one), two / (2 * two + 3 * one), two / (two + 2 * one)))


def test_what_has_nothing_to_divide_by_is_none():
    assert measure(set(), set(), {}) == (None,) * 6
    assert measure({"x"}, set(), {"x": 2.0}) == (0.0, 0.0, None, 0.0, 0.0, None)


def test_evidence_shows_the_words_where_they_stand(store):
    answer = to_json(shared_skills(store, "策划", "数据"))
    [place] = [place for place in answer["shared"][0]["a"]["evidence"] if place["origin"] == "a/策划1.txt"]
    assert (place["before"], place["words"], place["after"]) == ("负责", "市场分析", "与用户需求")
    assert (place["line"], place["text"], place["necessity"]) == (5, "负责市场分析与用户需求", "required")
    assert shared_skills(store, "策划", "数据", evidence=0).shared[0].a.evidence == ()
    assert len(shared_skills(store, "策划", "数据", evidence=1).shared[0].a.evidence) == 1


def test_candidates_are_left_out_unless_asked_for(store):
    answer = shared_skills(store, "策划", "数据", Scope(candidates=True))
    assert {entry.skill.name for entry in answer.only_b} == {"用户行为", "SQL", "数据魔方"}
    assert answer.measures.coverage_b == 1 / 4


def test_min_share_leaves_out_what_few_postings_ask_for(store):
    answer = shared_skills(store, "策划", "数据", Scope(min_share=0.6))
    assert (ids(answer.shared), ids(answer.only_a)) == ([skill("市场分析")], [])
    assert len(answer.only_b) == 2


def test_the_other_way_round_is_the_mirror_image(store):
    one, other = shared_skills(store, "策划", "数据"), shared_skills(store, "数据", "策划")
    assert (one.only_a, one.only_b) == (other.only_b, other.only_a)
    assert [(m.skill, [(p.a, p.b, p.similarity) for p in m.pairs]) for m in one.related] == [
        (m.skill, [(p.b, p.a, p.similarity) for p in m.pairs]) for m in other.related
    ]
    assert one.measures.weighted_coverage_a == other.measures.weighted_coverage_b


def test_a_role_with_itself_shares_everything(store):
    answer = shared_skills(store, "策划", "策划")
    assert (len(answer.shared), answer.only_a, answer.only_b, answer.related) == (5, (), (), ())
    assert answer.measures == (1.0,) * 6


def test_a_department_can_stand_where_a_role_can(store):
    answer = shared_skills(store, "策划", "市场部")
    assert (answer.b.id, ids(answer.shared), answer.only_b) == (department_id("市场部"), [skill("市场分析")], ())


def test_a_role_that_is_only_named_has_no_skills(store):
    answer = shared_skills(store, "策划总监", "数据")
    assert (answer.shared, answer.only_a, answer.measures.coverage_a) == ((), (), None)


def test_json_has_the_agreed_shape(store):
    answer = to_json(shared_skills(store, "策划", "数据"))
    assert list(answer) == ["a", "b", "shared", "only_a", "only_b", "related", "measures"]
    assert answer["a"] == {"id": role_id("策划"), "name": "策划", "alt_names": ["活动策划"]}
    assert {"id", "name", "alt_names"} <= answer["only_a"][0]["skill"].keys()
    assert answer["related"][1]["skill"]["name"] == "用户分析"
    assert answer["related"][1]["pairs"][0]["a"]["skill"]["name"] == "用户需求"


def test_names_other_names_ids_and_former_ids_mean_the_same(store):
    wanted = role_id("策划")
    for text in ("策划", "活动策划", "策劃", " 策划（一）", wanted):
        assert resolve(store, ("role",), text).id == wanted
    for text in ("市场 分析", skill("市场分析"), "skill:former"):
        assert resolve(store, ("skill",), text).id == skill("市场分析")


def test_an_unknown_name_is_answered_with_the_nearest(store):
    with pytest.raises(NotFound) as caught:
        shared_skills(store, "策画", "数据")
    assert caught.value.nearest[0] == "策划"
    assert "策划" in str(caught.value)
    for unknown in ("role:0000000000000000", skill("市场分析"), "skill:no-such"):
        with pytest.raises(NotFound):
            shared_skills(store, unknown, "数据")


def test_a_name_of_several_is_answered_with_the_choices():
    store = open_store("sqlite://")
    post = partial(Post, items=[Item("做好盘点")], alt=["店长", "店主"])
    store.add_many([reading("a.txt", [post("甲店店长"), post("乙店店长"), Post("店长", [Item("做好盘点")])])])
    with pytest.raises(Ambiguous) as caught:
        resolve(store, SUBJECTS, "店主")
    assert caught.value.choices == tuple(sorted((role_id(name), name) for name in ("甲店店长", "乙店店长")))
    assert resolve(store, SUBJECTS, "店长").id == role_id("店长")  # a name of its own comes first


def test_the_hierarchy_is_built_once_for_a_taxonomy(store):
    assert hierarchy(store) is hierarchy(store)
    assert hierarchy(store).tops == {skill("分析能力"), skill("办公软件"), skill("沟通能力")}


def test_the_seeds_share_one_skill_exactly_and_meet_in_two_broader_ones(seeds):
    store = open_store("sqlite://")
    load(store, [str(seeds)], taxonomy.load())
    answer = shared_skills(store, "运营策划", "数据分析")
    assert "市场分析" in [one.skill.name for one in answer.shared]
    pairs = {
        (meeting.skill.name, frozenset((pair.a.skill.name, pair.b.skill.name)))
        for meeting in answer.related
        for pair in meeting.pairs
    }
    assert ("用户分析", frozenset(("用户需求分析", "用户行为分析"))) in pairs
    assert ("市场分析", frozenset(("竞争分析", "市场分析"))) in pairs
    for one in (*answer.only_a, *answer.only_b):
        for place in one.need.evidence:
            assert place.text[place.start : place.end] == place.words
            assert place.words
    store.close()
