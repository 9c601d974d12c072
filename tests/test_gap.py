"""The gap between two roles, or from one's own skills: what is had, partly had and lacking, and the conditions."""

from __future__ import annotations

from contextlib import closing
from math import log

import planner
import pytest
import small
from small import skill
from stores import PLACES

from graphmodel.errors import BadInput, NotFound
from graphmodel.questions.conditions import Held
from graphmodel.questions.gap import skill_gap, to_json
from graphmodel.questions.needs import Scope


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with PLACES[request.param](tmp_path_factory.mktemp("graph")) as place, closing(place.open()) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        yield store


def ids(entries):
    return [entry.skill.id for entry in entries]


def judged(gap):
    return {(one.topic, one.condition and one.condition.wanted): one.status for one in gap.conditions}


def test_the_target_is_sorted_into_had_partly_had_and_lacking(store):
    gap = skill_gap(store, "数据", "策划")
    assert ids(gap.has) == [skill("市场分析")]
    assert {(one.skill.name, one.via.name, one.common.name) for one in gap.partly} == {
        ("竞争分析", "市场分析", "市场分析"),  # one is broader than the other: 2 · 0.70 / 1.70 = 0.82
    }
    # 用户需求 and 用户行为 meet in 用户分析: 1 - ln 3 / ln 10 = 0.52, too little. Excel is needed by two roles besides.
    assert [one.skill.name for one in gap.lacks] == ["Excel", "用户需求", "沟通能力"]
    assert [one.need.necessity for one in gap.lacks] == ["required", "required", "preferred"]
    assert gap.lacks[0].roles == 3
    weigh = {"市场分析": 3, "竞争分析": 1, "Excel": 3, "用户需求": 1, "沟通能力": 2}
    rarity = {name: log((1 + 7) / (1 + roles)) + 1 for name, roles in weigh.items()}  # seven described roles
    assert gap.coverage == pytest.approx(rarity["市场分析"] / sum(rarity.values()))


def test_a_lacking_skill_shows_the_duties_and_departments_that_need_it(store):
    [lack] = [one for one in skill_gap(store, "店员", "数据").lacks if one.skill.name == "用户行为"]
    assert [place.text for place in lack.need.evidence] == ["为技术部提供用户行为报告"]
    assert [(place.department.name, place.statements) for place in lack.departments] == [("技术部", 1)]


def test_own_skills_in_own_words(store):
    gap = skill_gap(store, ["excel", "ＳＱＬ", "市场分析", "煮咖啡", " "], "策划")
    assert [one.name for one in gap.own.skills] == ["Excel", "市场分析", "SQL"]  # by id
    assert [one.words for one in gap.own.unresolved] == ["煮咖啡"]
    assert ids(gap.has) == [skill("市场分析"), skill("Excel")]
    assert gap.start is None
    assert all(one.own is None for one in gap.has)
    read = skill_gap(store, ["会做表格"], "策划", read=lambda words: [skill("Excel")] if "表格" in words else [])
    assert ids(read.has) == [skill("Excel")]


def test_conditions_are_met_not_met_or_not_stated(store):
    assert judged(skill_gap(store, "助理", "专员")) == {
        ("education", "本科"): "not stated",
        ("years", 3.0): "not stated",
        ("certificate", None): "not stated",
        ("language", None): "not stated",
    }
    assert judged(skill_gap(store, "专员", "主管")) == {
        ("education", "硕士"): "not met",  # 专员 asks for 本科
        ("years", 5.0): "not met",
        ("certificate", "PMP"): "not stated",
        ("language", "英语"): "not stated",
    }
    held = Held("博士", (("数据分析", 4.0), ("", 5.0)), ("PMP",), ("日语",))
    assert list(judged(skill_gap(store, ["SQL"], "主管", held=held)).values()) == ["met", "met", "met", "not met"]
    assert judged(skill_gap(store, ["SQL"], "专员", held=held))["years", 3.0] == "met"
    assert judged(skill_gap(store, ["SQL"], "专员", held=Held(years=(("销售", 9.0),))))["years", 3.0] == "not met"
    [master] = [one.condition for one in skill_gap(store, "专员", "主管").conditions if one.topic == "education"]
    assert (master.preferred, master.postings, master.share) == (True, 1, 1.0)
    assert master.sources[0][1:] == ("硕士，英语流利，有PMP证书者优先", "e/主管.txt", 4)


def test_what_a_cut_document_does_not_say_was_not_read(store):
    assert set(judged(skill_gap(store, "数据", "讲师")).values()) == {"not read"}


def test_a_target_that_names_no_skill_is_not_stated_and_not_nothing(store):
    gap = skill_gap(store, "数据", "讲师")
    assert (gap.postings, gap.has, gap.lacks, gap.coverage) == (1, (), (), None)
    assert to_json(gap)["coverage"] is None


def test_of_a_start_that_names_no_skill_it_is_not_known_what_lacks(store):
    for start in ("讲师", "策划总监", ["煮咖啡"]):
        assert (skill_gap(store, start, "策划").known, len(skill_gap(store, start, "策划").lacks)) == (0, 5)
    assert skill_gap(store, "数据", "策划").known == 3


def test_what_cannot_be_counted_is_refused(store):
    for scope in (Scope(1.1), Scope(-0.1), Scope(float("nan"))):
        with pytest.raises(BadInput, match="from 0 to 1"):
            skill_gap(store, "数据", "策划", scope)
    with pytest.raises(BadInput, match="0 or more"):
        skill_gap(store, "数据", "策划", evidence=-1)


def test_the_same_role_lacks_nothing_and_a_role_that_is_only_named_needs_nothing(store):
    same = skill_gap(store, "策划", "策划")
    assert (same.partly, same.lacks, same.coverage) == ((), (), 1.0)
    assert len(same.has) == 5
    assert skill_gap(store, "策划", "策划总监").postings == 0
    with pytest.raises(NotFound):
        skill_gap(store, "策划", "无此岗位")


def test_min_share_leaves_rare_demands_out(store):
    gap = skill_gap(store, "店员", "策划", Scope(min_share=0.6))
    assert ids((*gap.has, *gap.partly, *gap.lacks)) == [skill("市场分析")]
