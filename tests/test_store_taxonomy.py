"""The contract of every store: the curated skills, their aliases, and what a new taxonomy does to a graph."""

from __future__ import annotations

import pytest
from graphs import Item, Post, reading, scheme, skill_slug
from stores import contents

from graphmodel.errors import BadTaxonomy
from graphmodel.graph import SkillScheme
from graphmodel.identity import candidate_id, department_id, role_id, skill_id
from graphmodel.nodes import Skill
from graphmodel.relations import Link

FIRST = scheme(["分析", "预算", "报表"], "1")
SECOND = scheme(["分析", "预算", "灰度投放"], "2")


def slug(name: str) -> str:
    return skill_id(skill_slug(name))


def document(origin: str = "a.txt", taxonomy: str = "1"):
    items = [
        Item("制定预算并核对报表", ["预算", "报表"]),
        Item("熟悉灰度投放与报表", ["报表"], candidates=["灰度投放"], wanted=True),
    ]
    return reading(origin, [Post("店长", items, department="运营部")], taxonomy=taxonomy)


def test_a_taxonomy_is_put_once(store):
    assert store.taxonomy() == ""
    changes = store.set_taxonomy(FIRST)
    assert changes.rows == 5
    assert store.taxonomy() == "1"
    assert store.nodes("skill") == sorted(FIRST.skills)
    assert list(store.edges("BROADER")) == [Link("BROADER", *pair) for pair in sorted(FIRST.broader)]
    revision = store.revision()
    assert store.set_taxonomy(FIRST).rows == 0
    assert store.revision() == revision
    assert [(change.origin, change.action) for change in store.changes()] == [("", "taxonomy")]


def test_skills_of_the_taxonomy_keep_its_words_and_stay_when_documents_go(store):
    names = ("预算", "budgeting", ("做预算", "预算编制"), ("budget",))
    full = Skill(
        slug("预算"),
        *names,
        "knowledge",
        "curated",
        "钱的计划",
        ("http://e.org/1",),
        ("http://e.org/2", "http://e.org/3"),
    )
    store.set_taxonomy(FIRST._replace(skills=(FIRST.skills[0], full, FIRST.skills[2])))
    store.add_many([document()])
    assert store.nodes("skill", ids=[full.id]) == [full]
    assert [match.id for match in store.find("Budget", kinds=["skill"])] == [full.id]
    assert [match.id for match in store.find("預算編制")] == [full.id]
    store.forget(["a.txt"])
    assert [skill.name for skill in store.nodes("skill", order="name")] == ["分析", "报表", "预算"]
    assert store.count("NEEDS") == 0


def test_a_candidate_that_the_taxonomy_takes_up_becomes_the_curated_skill(store):
    store.set_taxonomy(FIRST)
    store.add_many([document(), document("b.txt")])
    old, new = candidate_id("灰度投放"), slug("灰度投放")
    assert [skill.status for skill in store.nodes("skill", ids=[old])] == ["candidate"]
    store.set_taxonomy(SECOND)
    assert store.aliases([old, new]) == {old: new}
    assert [skill.id for skill in store.nodes("skill", ids=[old])] == [new]
    assert {edge.target for edge in store.edges("REQUIRES", targets=[old])} == {new}
    (needs,) = store.edges("NEEDS", targets=[old])
    assert (needs.source, needs.target, needs.postings) == (role_id("店长"), new, 1)
    assert {e.skill for e in store.evidence([role_id("店长")], [old])} == {new}
    assert store.count("skill", where={"status": "candidate"}) == 0
    assert [match.id for match in store.find("灰度投放")] == [new]


def test_a_candidate_may_become_a_curated_skill_of_the_same_id(store):
    store.set_taxonomy(FIRST)
    store.add_many([document()])
    same = Skill(candidate_id("灰度投放"), "灰度投放", None, ("灰度发布",))
    store.set_taxonomy(FIRST._replace(digest="2", skills=(*FIRST.skills, same)))
    assert store.nodes("skill", ids=[same.id]) == [same]
    assert [edge.target for edge in store.edges("NEEDS", targets=[same.id])] == [same.id]
    assert [match.id for match in store.find("灰度发布")] == [same.id]
    store.forget(["a.txt"])
    assert store.nodes("skill", ids=[same.id]) == [same]
    store.set_taxonomy(FIRST._replace(digest="3"))
    assert store.nodes("skill", ids=[same.id]) == []
    assert store.find("灰度发布", kinds=["skill"]) == []


def test_a_curated_skill_that_leaves_the_taxonomy_may_be_a_candidate_again(store):
    store.set_taxonomy(FIRST)
    store.add_many([document()])
    before = contents(store)
    store.set_taxonomy(SECOND)
    store.set_taxonomy(FIRST._replace(digest="3"))
    store.add_many([document(taxonomy="3")])
    assert contents(store) == before
    candidate = candidate_id("灰度投放")
    assert [skill.status for skill in store.nodes("skill", ids=[candidate])] == ["candidate"]
    assert [edge.target for edge in store.edges("NEEDS", targets=[candidate])] == [candidate]
    assert [match.id for match in store.find("灰度投放")] == [candidate]


def test_a_reading_with_an_id_that_became_an_alias_is_stored_under_the_new_one(store):
    store.set_taxonomy(SECOND)
    store.add_many([document(taxonomy="2")])
    assert candidate_id("灰度投放") not in {skill.id for skill in store.nodes("skill")}
    assert store.count("REQUIRES") == 4
    (mention,) = store.edges("REQUIRES", targets=[slug("灰度投放")])
    again = document(taxonomy="2")
    assert store.add_many([again]).unchanged == ("a.txt",)
    store.forget(["a.txt"])
    assert store.count("REQUIRES") == 0
    assert mention.evidence == "灰度投放"


def test_a_skill_that_is_gone_is_deprecated_while_something_mentions_it(store):
    store.set_taxonomy(FIRST)
    store.add_many([document()])
    store.set_taxonomy(SECOND)
    assert [skill.status for skill in store.nodes("skill", ids=[slug("报表")])] == ["deprecated"]
    assert store.count("NEEDS") == 3
    assert slug("报表") not in {link.source for link in store.edges("BROADER")}
    assert [match.id for match in store.find("报表", kinds=["skill"])] == [slug("报表")]
    store.set_taxonomy(FIRST._replace(digest="3"))
    assert [skill.status for skill in store.nodes("skill", ids=[slug("报表")])] == ["curated"]
    store.set_taxonomy(SECOND)
    store.forget(["a.txt"])
    assert [skill.name for skill in store.nodes("skill", order="name")] == ["分析", "灰度投放", "预算"]


def test_aliases_are_kept_for_ever_and_lead_to_the_last_name(store):
    store.set_taxonomy(scheme(["分析", "甲"], "1"))
    store.add_many([reading("a.txt", [Post("店长", [Item("做甲", ["甲"])])], taxonomy="1")])
    store.set_taxonomy(scheme(["分析", "乙"], "2", 甲="乙"))
    store.set_taxonomy(scheme(["分析", "丙"], "3", 乙="丙"))
    assert store.aliases([slug("甲"), slug("乙")]) == {slug("甲"): slug("丙"), slug("乙"): slug("丙")}
    assert store.aliases()[candidate_id("甲")] == slug("丙")
    assert [edge.target for edge in store.edges("NEEDS", targets=[slug("甲")])] == [slug("丙")]
    store.set_taxonomy(scheme(["分析", "甲"], "4", 丙="甲"))
    assert slug("甲") not in store.aliases(), "an id that is in force again is no alias"
    assert [edge.target for edge in store.edges("NEEDS")] == [slug("甲")]


def test_a_taxonomy_changes_nothing_else(store):
    store.set_taxonomy(FIRST)
    store.add_many([document(), document("b.txt")])
    before = contents(store)
    store.set_taxonomy(scheme(["分析", "预算", "报表", "新词"], "1b"))
    after = contents(store)
    new = slug("新词")
    assert [skill for skill in after.pop("skill") if skill.id != new] == before.pop("skill")
    assert [link for link in after.pop("BROADER") if link.source != new] == before.pop("BROADER")
    assert after == before
    assert [edge.own for edge in store.edges("APPLIED_IN", targets=[department_id("运营部")])] == [1, 1]


def test_after_a_new_taxonomy_each_document_may_be_read_again(store):
    store.set_taxonomy(FIRST)
    store.add_many([document(), document("b.txt")])
    store.set_taxonomy(SECOND)
    fresh = reading("a.txt", [Post("店长", [Item("熟悉灰度投放与报表", ["灰度投放"], wanted=True)])], taxonomy="2")
    assert store.add_many([fresh]).changed == ("a.txt",)
    assert {origin: stamp.taxonomy for origin, stamp in store.stamps().items()} == {"a.txt": "2", "b.txt": "1"}


@pytest.mark.parametrize(
    ("bad", "match"),
    [
        (FIRST._replace(digest="x", aliases=(("skill:old", "skill:none"),)), "skill:none"),
        (FIRST._replace(digest="x", broader=((slug("预算"), "skill:none"),)), "skill:none"),
    ],
)
def test_a_taxonomy_that_points_nowhere_is_refused_whole(store, bad: SkillScheme, match: str):
    store.set_taxonomy(FIRST)
    before = contents(store)
    with pytest.raises(BadTaxonomy, match=match):
        store.set_taxonomy(bad)
    assert (contents(store), store.taxonomy()) == (before, "1")
