"""What roles need: from the store, from the projection, and within a part of the postings."""

from __future__ import annotations

from contextlib import closing
from math import log
from time import process_time

import pytest
import small
from graphs import Item, Post, reading
from stores import PLACES

from graphmodel import cache
from graphmodel.cache import held_projection, projection
from graphmodel.errors import NotFound
from graphmodel.questions.names import SUBJECTS, resolve
from graphmodel.questions.needs import EVERYTHING, Scope, matrix, profiles, weights
from graphmodel.questions.overlap import shared_skills
from graphmodel.questions.similar import similar_roles
from graphmodel.questions.within import ANYWHERE, Within
from graphmodel.store import open_store


@pytest.fixture(scope="module", params=PLACES)
def store(request, tmp_path_factory):
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield store


@pytest.fixture(autouse=True)
def no_projection(tmp_path, monkeypatch):
    """Each test begins without a projection, in memory or in the cache."""
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    cache._held.clear()


def asked(view, names, scope=EVERYTHING, evidence=3):
    return profiles(view, [resolve(view, SUBJECTS, name) for name in names], scope, evidence)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope(0.6), Scope(0, True), Scope(1.0, True)])
def test_the_projection_and_the_store_say_the_same(store, scope):
    names = ["策划", "数据", "店员", "市场部", "策划总监", "策划"]
    from_store = asked(store, names, scope), weights(store, {small.skill("市场分析"), small.skill("SQL"), "skill:x"})
    assert held_projection(store) is None
    projection(store)
    assert held_projection(store) is not None
    from_memory = asked(store, names, scope), weights(store, {small.skill("市场分析"), small.skill("SQL"), "skill:x"})
    assert from_store == from_memory
    table = matrix(store, scope)
    for profile in from_store[0][1]:
        row = table.row_of(profile.subject.id)
        found = [] if row is None else [(need.target, need.postings, need.share) for need in table.needs(row)]
        assert found == [(skill, need.postings, need.share) for skill, need in profile.needs.items()]


def test_within_everything_is_the_same_as_without(store):
    names = ["策划", "数据", "店员", "市场部"]
    whole = Scope(within=Within(documents=("*",)))
    assert asked(store, names, whole) == asked(store, names)
    one, other = matrix(store, whole), matrix(store)
    assert [one.id_of(row) for row in range(len(one.keys))] == [other.id_of(row) for row in range(len(other.keys))]
    assert (one.skills, one.roles) == (other.skills, other.roles)
    assert list(one.weights) == list(other.weights)


def test_within_a_document_counts_only_its_postings(store):
    skills, [profile] = asked(store, ["策划"], Scope(within=Within(documents=("a/策划2.txt",))))
    assert profile.postings == 1
    assert {skills[id].name: need.share for id, need in profile.needs.items()} == {"市场分析": 1, "沟通能力": 1}
    assert {place.origin for need in profile.needs.values() for place in need.evidence} == {"a/策划2.txt"}


def test_a_pattern_of_documents_is_compared_in_no_time_however_many_wildcards_it_has(store):
    started = process_time()
    for pattern in ("*" * 40 + "!", "*".join("a策划1.txt") + "*!", "*a" * 500):
        with pytest.raises(NotFound):
            asked(store, ["策划"], Scope(within=Within(documents=(pattern,))))
    for pattern in ("*/策划2*", "a*策*2.*", "***2.txt", "a/*划2.txt*"):
        _, [profile] = asked(store, ["策划"], Scope(within=Within(documents=(pattern,))))
        assert profile.postings == 1, pattern
    assert process_time() - started < 1


def test_within_a_department_counts_what_belongs_to_it(store):
    _, [roles, department, other] = asked(
        store, ["策划", "市场部", "数据"], Scope(within=Within(departments=("市场部",)))
    )
    assert (roles.postings, department.postings, other.postings, other.needs) == (1, 1, 0, {})
    assert small.skill("沟通能力") not in roles.needs  # the other posting names no department


def test_what_nothing_is_said_of_is_not_found(store):
    for within in (Within(organizations=("无此公司",)), Within(departments=("无此部",)), Within(documents=("x/*",))):
        with pytest.raises(NotFound):
            asked(store, ["策划"], Scope(within=within))


def test_a_repeat_counts_where_what_it_repeats_does_not():
    items = [Item("做好市场分析", ["市场分析"])]
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(
            reading(origin, [Post("策划", items, fingerprint="same")], taxonomy=small.DIGEST) for origin in ("a", "b")
        )
        assert asked(store, ["策划"])[1][0].postings == 1
        for documents in (("b",), ("a", "b")):
            assert asked(store, ["策划"], Scope(within=Within(documents=documents)))[1][0].postings == 1


def test_the_projection_follows_the_store():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        assert len(projection(store).keys) == 0
        before = store.state()
        store.add_many(small.readings())
        assert store.state() != before
        assert len(projection(store).keys) == 4
        store.forget(["d/市场部.txt"])
        assert projection(store).departments == 0
        assert matrix(store, Scope(within=ANYWHERE)) is not None


@pytest.fixture
def companies():
    """甲 at two companies, of which one posts it twice over; brackets and question marks in names of documents."""
    sql, excel = Item("写SQL", ["SQL"]), Item("用Excel", ["Excel"])
    posts = {
        "[一]/a?.txt": Post("甲", [sql], organization="一 公司"),
        "[一]/b.txt": Post("甲", [sql], organization="一公司", fingerprint="twice"),
        "[一]/c.txt": Post("甲", [sql], organization="一公司", fingerprint="twice"),
        "二/a.txt": Post("甲", [excel], organization="二公司"),
        "二/b.txt": Post("乙", [excel, sql], organization="二公司"),
        "二/c.txt": Post("丙", [excel], organization="二公司"),
    }
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(reading(origin, [post], taxonomy=small.DIGEST) for origin, post in posts.items())
        yield store


@pytest.mark.parametrize(
    ("within", "postings", "skills"),
    [
        (Within(organizations=("一公司",)), 2, {"SQL": 1}),
        (Within(organizations=("一公司", "二公司")), 3, {"SQL": 2 / 3, "Excel": 1 / 3}),
        (Within(documents=("[一]/*",)), 2, {"SQL": 1}),
        (Within(documents=("[一]/a?.txt",)), 1, {"SQL": 1}),
        (Within(documents=("*/a*",)), 2, {"SQL": 0.5, "Excel": 0.5}),
        (Within(("二公司",), (), ("*/b.txt",)), 0, {}),
    ],
)
def test_within_companies_and_documents(companies, within, postings, skills):
    known, [profile] = asked(companies, ["甲"], Scope(within=within))
    assert profile.postings == postings
    assert {known[id].name: need.share for id, need in profile.needs.items()} == pytest.approx(skills)
    table = matrix(companies, Scope(within=within))
    row = table.row_of(profile.subject.id)
    assert [need.target for need in ([] if row is None else table.needs(row))] == list(profile.needs)


def test_a_name_that_no_posting_has_is_answered_with_near_ones(companies):
    with pytest.raises(NotFound) as error:
        asked(companies, ["甲"], Scope(within=Within(organizations=("三公司", "一公司"))))
    assert set(error.value.nearest) == {"一 公司", "一公司", "二公司"}
    with pytest.raises(NotFound):  # and not those of no organization
        asked(companies, ["甲"], Scope(within=Within(organizations=("？",))))
    with pytest.raises(NotFound) as error:
        asked(companies, ["甲"], Scope(within=Within(documents=("[一]/z.txt",))))
    assert "[一]/b.txt" in error.value.nearest


def test_skills_are_as_rare_in_a_part_as_in_the_whole(companies):
    """All questions weigh alike: of two companies one may post most of what needs a skill."""
    scope = Scope(within=Within(organizations=("二公司",)))
    likeness = similar_roles(companies, "乙", measure="weighted-jaccard", scope=scope).roles
    assert len(likeness) == 2
    for one in likeness:
        measures = shared_skills(companies, "乙", one.role.name, scope).measures
        assert one.score == pytest.approx(measures.weighted_jaccard)
    sql, excel = small.skill("SQL"), small.skill("Excel")
    assert weights(companies, [sql, excel]) == pytest.approx({sql: log(4 / 3) + 1, excel: 1.0})  # of three roles
