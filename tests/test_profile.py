"""One role's skills, and several roles side by side."""

from __future__ import annotations

import pytest
import small
from small import skill
from stores import PLACES

from graphmodel.errors import BadInput
from graphmodel.questions.overlap import shared_skills
from graphmodel.questions.profile import compare, comparison_json, profile_json, skill_profile


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield store


def test_a_profile_says_in_how_many_postings(store):
    answer = profile_json(skill_profile(store, "活动策划"))
    assert (answer["subject"]["name"], answer["postings"]) == ("策划", 2)
    first, *others = answer["skills"]
    assert (first["skill"]["name"], first["postings"], first["share"]) == ("市场分析", 2, 1)
    assert {one["share"] for one in others} == {0.5}
    assert all(one["evidence"] for one in answer["skills"])


def test_a_comparison_puts_what_most_need_first(store):
    answer = compare(store, ["策划", "数据", "市场部"])
    assert [one.name for one in answer.subjects] == ["策划", "数据", "市场部"]
    assert (answer.rows[0].skill.id, [need.share for need in answer.rows[0].needs]) == (skill("市场分析"), [1, 1, 1])
    places = {row.skill.name: [need is not None for need in row.needs] for row in answer.rows[1:]}
    assert places == {
        "用户需求": [True, False, False],
        "竞争分析": [True, False, False],
        "Excel": [True, False, False],
        "沟通能力": [True, False, False],
        "用户行为": [False, True, False],
        "SQL": [False, True, False],
    }


def test_a_comparison_measures_as_the_overlap_of_two_does(store):
    answer = compare(store, ["策划", "数据", "店员"])
    assert [(pair.a, pair.b) for pair in answer.pairs] == [(0, 1), (0, 2), (1, 2)]
    assert answer.pairs[0].measures == shared_skills(store, "策划", "数据").measures
    shown = comparison_json(answer)["pairs"][0]
    assert (shown["a"], shown["b"]) == (answer.subjects[0].id, answer.subjects[1].id)


@pytest.mark.parametrize("roles", [["策划"], [], ["策划", "活动策划"]])
def test_two_different_roles_are_needed(store, roles):
    with pytest.raises(BadInput):
        compare(store, roles)
