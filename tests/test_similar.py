"""Roles like one another, roles that fit one's skills, roles that need a skill, and skills that many need."""

from __future__ import annotations

from contextlib import closing
from math import log, sqrt

import planner
import pytest
import small
from small import skill
from stores import PLACES

from graphmodel.errors import BadInput, NotFound
from graphmodel.questions.needs import Scope
from graphmodel.questions.own import own_skills
from graphmodel.questions.similar import (
    MEASURES,
    hub_skills,
    match_roles,
    roles_requiring,
    similar_roles,
)
from graphmodel.store import open_store

# Needed by so many of the seven described roles.
ROLES = {"市场分析": 3, "Excel": 3, "SQL": 3, "沟通能力": 2, "竞争分析": 1, "用户需求": 1, "用户行为": 1}
RARITY = {name: log(8 / (1 + roles)) + 1 for name, roles in ROLES.items()}


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("graph")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        yield store


def mass(*names):
    return sum(RARITY[name] for name in names)


def length(*names):
    return sqrt(sum(RARITY[name] ** 2 for name in names))


def test_the_measures_are_what_their_formulas_say(store):
    data, lead = ("市场分析", "SQL", "用户行为"), ("市场分析", "SQL")
    wanted = {
        "cosine": length(*lead) ** 2 / (length(*data) * length(*lead)),
        "jaccard": 2 / 3,
        "weighted-jaccard": mass(*lead) / mass(*data),
        "coverage": 1.0,
    }
    assert set(wanted) == set(MEASURES)
    for measure, score in wanted.items():
        first = similar_roles(store, "数据", measure=measure).roles[0]
        assert (first.role.name, first.score) == ("主管", pytest.approx(score))
        assert (first.in_common, {one.name for one in first.shared}) == (2, set(lead))


def test_the_most_alike_come_first_and_strangers_not_at_all(store):
    answer = similar_roles(store, "数据", k=1_000_000)
    scores = [one.score for one in answer.roles]
    assert scores == sorted(scores, reverse=True)
    assert {one.role.name for one in answer.roles} == {"主管", "专员", "策划"}
    assert [one.role for one in similar_roles(store, "数据", k=2).roles] == [one.role for one in answer.roles[:2]]


def test_ties_are_broken_by_id(store):
    answer = match_roles(store, ["沟通能力", "Excel"])
    tied = [one for one in answer.roles if one.role.name in ("店员", "助理")]
    assert [one.role.name for one in sorted(tied, key=lambda one: (-one.score, one.role.id))] == [
        one.role.name for one in tied
    ]


def test_a_department_can_stand_where_a_role_does_and_is_no_answer(store):
    answer = similar_roles(store, "市场部")
    assert {one.role.name for one in answer.roles} == {"策划", "数据", "主管"}


def test_roles_without_skills_are_like_none(store):
    assert similar_roles(store, "讲师").roles == ()
    assert similar_roles(store, "策划总监").roles == ()
    assert match_roles(store, ["煮咖啡"]).roles == ()


def test_one_s_own_skills_find_the_role_that_needs_just_them(store):
    answer = match_roles(store, ["sql", "市场分析", "煮咖啡"])
    assert (answer.roles[0].role.name, answer.roles[0].score) == ("主管", pytest.approx(1))
    assert [one.words for one in answer.own.unresolved] == ["煮咖啡"]


def test_skills_that_no_role_needs_are_one_s_own_all_the_same(store):
    """用户分析 is needed by none of seven roles: it weighs ln 8 + 1."""
    unneeded = log(8) + 1
    lead = ("市场分析", "SQL")
    wanted = {
        "cosine": length(*lead) / sqrt(length(*lead) ** 2 + unneeded**2),
        "jaccard": 2 / 3,
        "weighted-jaccard": mass(*lead) / (mass(*lead) + unneeded),
        "coverage": 1.0,
    }
    for measure, score in wanted.items():
        answer = match_roles(store, ["sql", "市场分析", "用户分析"], measure=measure)
        assert {one.role.name: one.score for one in answer.roles}["主管"] == pytest.approx(score)
    # a phrase that the taxonomy lacks counts where such phrases are asked for
    both = [
        match_roles(store, ["sql", "市场分析", "数据魔方"], scope=Scope(candidates=asked)) for asked in (False, True)
    ]
    assert [{one.role.name: one.score for one in answer.roles}["主管"] for answer in both] == [
        pytest.approx(1), pytest.approx(length(*lead) / sqrt(length(*lead) ** 2 + (log(8 / 2) + 1) ** 2))
    ]  # fmt: skip


def test_words_are_a_former_id_an_id_or_a_sentence(store):
    def own(words, **reader):
        answer = own_skills(store, [words], **reader)
        return [one.name for one in answer.skills], [one.words for one in answer.unresolved]

    assert own("skill:former") == own(skill("市场分析")) == own("skill:former", read=list) == (["市场分析"], [])
    assert own("skill:no-such") == ([], ["skill:no-such"])
    assert own("会分析", read=lambda _: ["skill:former", "skill:of-another-taxonomy"]) == (["市场分析"], [])
    assert own("会分析", read=lambda _: ["skill:of-another-taxonomy"]) == ([], ["会分析"])


def test_roles_that_need_a_skill_or_one_below_it(store):
    answer = roles_requiring(store, "分析能力")
    assert answer.count_of_roles == 3
    assert {one.role.name: {need.skill.name for need in one.needs} for one in answer.roles} == {
        "策划": {"市场分析", "竞争分析", "用户需求"},
        "数据": {"市场分析", "用户行为"},
        "主管": {"市场分析"},
    }
    assert all(need.need.evidence for one in answer.roles for need in one.needs)
    assert roles_requiring(store, "分析能力", narrower=False).roles == ()
    assert roles_requiring(store, "数据魔方").count_of_roles == 1  # a candidate that is asked for by its name
    # in both postings of 策划, in the one of 数据 and of 主管: ties by id
    assert [one.role.id for one in answer.roles] == sorted(one.role.id for one in answer.roles)
    assert roles_requiring(store, "分析能力", k=1).roles == answer.roles[:1]
    assert [one.role.name for one in roles_requiring(store, "沟通能力").roles] == ["店员", "策划"]  # in all, in half
    assert [one.role.name for one in roles_requiring(store, "沟通能力", scope=Scope(0.6)).roles] == ["店员"]


def test_hubs_count_roles_and_roll_up_without_the_top_concepts(store):
    hubs = hub_skills(store, 3)
    assert [(hub.skill.id, hub.roles) for hub in hubs] == sorted(
        (skill(name), 3) for name in ("市场分析", "Excel", "SQL")
    )
    assert hubs[0].share == pytest.approx(3 / 7)
    rolled = {hub.skill.name: hub.roles for hub in hub_skills(store, 100, rollup=True)}
    # 分析能力, 办公软件 and 沟通能力 are top concepts.
    assert rolled == {name: roles for name, roles in ROLES.items() if name != "沟通能力"} | {"用户分析": 2}
    assert all(hub.skill.type == "tool" for hub in hub_skills(store, type="tool"))


def test_candidates_change_nothing_unless_asked_for(store):
    without, within = similar_roles(store, "数据"), similar_roles(store, "数据", scope=Scope(candidates=True))
    assert without.roles[0].score > within.roles[0].score  # 数据魔方 is one more that 主管 lacks


@pytest.mark.parametrize("k", [0, -1])
def test_no_answers_cannot_be_asked_for(store, k):
    for question in (
        lambda: similar_roles(store, "数据", k),
        lambda: match_roles(store, ["SQL"], k),
        lambda: roles_requiring(store, "SQL", k=k),
        lambda: hub_skills(store, k),
    ):
        with pytest.raises(BadInput, match="one at least"):
            question()
    with pytest.raises(BadInput, match="cosine, jaccard"):
        similar_roles(store, "数据", measure="euclid")


def test_an_empty_store_has_no_roles_and_no_hubs():
    with closing(open_store("sqlite://")) as store:
        with pytest.raises(NotFound):
            similar_roles(store, "数据")
        assert match_roles(store, ["SQL"]).roles == ()
        assert hub_skills(store) == hub_skills(store, rollup=True) == ()
