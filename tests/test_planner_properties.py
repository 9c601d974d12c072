"""What holds of the planner's questions whatever the postings say."""

from __future__ import annotations

from contextlib import closing, contextmanager
from itertools import pairwise

import pytest
import small
from graphs import Item, Post, reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel import cache
from graphmodel.nodes import Skill
from graphmodel.questions.browse import taxonomy
from graphmodel.questions.gap import skill_gap, to_json
from graphmodel.questions.needs import Scope, matrix
from graphmodel.questions.overlap import Measures, shared_skills
from graphmodel.questions.paths import career_paths
from graphmodel.questions.profile import compare
from graphmodel.questions.similar import MEASURES, hub_skills, match_roles, roles_requiring, similar_roles
from graphmodel.questions.within import Within
from graphmodel.store import open_store

SKILLS = ("市场分析", "竞争分析", "用户需求", "用户行为", "Excel", "SQL", "沟通能力")
ROLES = ("甲", "乙", "丙", "丁")

items = st.builds(
    lambda skills, candidate, wanted, preferred: Item(
        "负责" + "、".join(skills) + candidate,
        skills,
        candidates=[candidate] if candidate else [],
        wanted=wanted,
        preferred=preferred,
    ),
    st.lists(st.sampled_from(SKILLS), max_size=3, unique=True),
    st.sampled_from(("", "数据魔方")),
    st.booleans(),
    st.booleans(),
)
postings = st.lists(st.tuples(st.sampled_from(ROLES), st.lists(items, min_size=1, max_size=4)), min_size=1, max_size=8)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def stored(said):
    """A store in which each posting is a document, after the four roles, each of which asks for one skill."""
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        first = [(role, [Item(f"负责{skill}", [skill])]) for role, skill in zip(ROLES, SKILLS, strict=False)]
        store.add_many(
            reading(f"{number:03}.txt", [Post(role, of)], taxonomy=small.DIGEST)
            for number, (role, of) in enumerate([*first, *said])
        )
        yield store


def ids(entries):
    return [entry.skill.id for entry in entries]


@quick
@given(postings, st.sampled_from(ROLES), st.sampled_from(ROLES), st.sampled_from((0.0, 0.3, 1.0)))
def test_an_overlap_is_its_mirror_and_measures_stay_in_their_ranges(said, a, b, min_share):
    with stored(said) as store:
        one, other = (shared_skills(store, *pair, Scope(min_share)) for pair in ((a, b), (b, a)))
        assert ids(one.shared) == ids(other.shared)
        assert (ids(one.only_a), ids(one.only_b)) == (ids(other.only_b), ids(other.only_a))
        m, n = one.measures, other.measures
        assert m == Measures(
            n.jaccard, n.coverage_b, n.coverage_a, n.weighted_jaccard, n.weighted_coverage_b, n.weighted_coverage_a
        )
        assert all(value is None or 0 <= value <= 1 for value in m)
        mirrored = {(pair.b.skill.id, pair.a.skill.id) for meeting in other.related for pair in meeting.pairs}
        assert {(pair.a.skill.id, pair.b.skill.id) for meeting in one.related for pair in meeting.pairs} == mirrored
        if a == b:
            assert ids(one.only_a) == ids(one.only_b) == []
            assert not one.shared or m.jaccard == 1


@quick
@given(postings, items)
def test_another_document_takes_no_shared_skill_away(said, item):
    with stored(said) as store:
        before = set(ids(shared_skills(store, "甲", "乙").shared))
        store.add_many([reading("zzz.txt", [Post("甲", [item])], taxonomy=small.DIGEST)])
        assert before <= set(ids(shared_skills(store, "甲", "乙").shared))


@quick
@given(postings, st.sampled_from(MEASURES))
def test_likeness_is_in_its_range_falls_and_is_stable(said, measure):
    with stored(said) as store:
        answer = similar_roles(store, "甲", measure=measure)
        assert all(0 < one.score <= 1 for one in answer.roles)
        assert all((-a.score, a.role.id) < (-b.score, b.role.id) for a, b in pairwise(answer.roles))
        cache._held.clear()
        assert similar_roles(store, "甲", measure=measure) == answer
        if measure != "coverage":
            for one in answer.roles:
                back = next(each for each in similar_roles(store, one.role.name, measure=measure).roles
                            if each.role.name == "甲")  # fmt: skip
                assert back.score == pytest.approx(one.score)


@quick
@given(postings)
def test_candidates_change_no_answer_unless_asked_for(said):
    def answers(store):
        return (
            shared_skills(store, "甲", "乙", evidence=0)._replace(a=None, b=None, measures=None),
            [(one.role.name, one.in_common) for one in similar_roles(store, "甲", measure="jaccard").roles],
            [one.skill.id for one in hub_skills(store)],
            [ids(part) for part in (lambda gap: (gap.has, gap.partly, gap.lacks))(skill_gap(store, "甲", "乙"))],
        )

    with stored(said) as store, stored([(role, [_without(item) for item in of]) for role, of in said]) as other:
        assert answers(store) == answers(other)


def _without(item):
    return Item(item.text, item.skills, wanted=item.wanted, preferred=item.preferred)


@quick
@given(postings)
def test_a_gap_loses_and_repeats_nothing(said):
    with stored(said) as store:
        gap = skill_gap(store, "甲", "乙")
        parts = [*ids(gap.has), *ids(gap.partly), *ids(gap.lacks)]
        needed = [edge.target for edge in store.edges("NEEDS", [gap.target.id])]
        assert sorted(parts) == sorted(set(needed) & {skill.id for skill in small.scheme().skills})
        assert gap.coverage is None or 0 <= gap.coverage <= 1
        order = [one.need.necessity for one in gap.lacks]
        assert order == sorted(order, key=lambda necessity: necessity != "required")


@quick
@given(postings)
def test_paths_are_cheapest_first_and_their_costs_add_up(said):
    with stored(said) as store:
        paths = career_paths(store, "甲", "乙", 20).paths
        assert [path.cost for path in paths] == sorted(path.cost for path in paths)
        for path in paths:
            assert all(0 <= step.cost <= 1 for step in path.steps)
            assert all(a.target == b.source for a, b in pairwise(path.steps))
            assert (path.steps[0].source.name, path.steps[-1].target.name) == ("甲", "乙")


@quick
@given(postings, st.sampled_from((0.0, 0.3, 0.5)), st.booleans())
def test_all_postings_as_a_part_and_a_matrix_at_hand_change_no_answer(said, min_share, candidates):
    def answers(store, scope):
        return (
            shared_skills(store, "甲", "乙", scope),
            skill_gap(store, "甲", "乙", scope),
            compare(store, ROLES, scope),
            [similar_roles(store, "甲", measure=measure, scope=scope) for measure in MEASURES],
            match_roles(store, ["SQL", "用户分析"], scope=scope),
            roles_requiring(store, "分析能力", scope=scope),
            hub_skills(store, rollup=True, scope=scope),
            career_paths(store, "甲", "乙", scope=scope),
            taxonomy(store, depth=3, scope=scope),
        )

    with stored(said) as store:
        whole = Scope(min_share, candidates)
        first = answers(store, whole)  # the overlap is asked before there is a matrix
        assert answers(store, whole) == first
        assert answers(store, whole._replace(within=Within(documents=("*",)))) == first


@quick
@given(postings)
def test_likeness_is_what_the_overlap_measures(said):
    with stored(said) as store:
        for measure, field in (("jaccard", "jaccard"), ("weighted-jaccard", "weighted_jaccard"),
                               ("coverage", "weighted_coverage_b")):  # fmt: skip
            for one in similar_roles(store, "甲", measure=measure).roles:
                measures = shared_skills(store, "甲", one.role.name, evidence=0).measures
                assert one.score == pytest.approx(getattr(measures, field))


def test_five_hundred_postings_of_one_title_make_a_gap_that_can_be_read():
    """Each posting asks for three of the ten skills that all draw from and for one that no other asks for."""
    names = [*SKILLS, "用户分析", "分析能力", "办公软件"]

    def draws(n):
        some = [names[(n + i) % 10] for i in range(3)]
        return Item(f"{n}负责" + "、".join(some), some)

    with closing(open_store("sqlite://")) as store:
        rare = [f"偏门技能{n:03}" for n in range(500)]
        scheme = small.scheme()
        store.set_taxonomy(scheme._replace(skills=(*scheme.skills, *(Skill(small.skill(name), name) for name in rare))))
        store.add_many(
            reading(
                f"{n:03}.txt", [Post("甲", [draws(n), Item(f"{n}负责{rare[n]}", [rare[n]])])], taxonomy=small.DIGEST
            )
            for n in range(500)
        )
        store.add_many([reading("z.txt", [Post("乙", [Item("站着说话")])], taxonomy=small.DIGEST)])
        assert len(skill_gap(store, "乙", "甲", evidence=0).lacks) == 510
        gap = skill_gap(store, "乙", "甲", Scope(min_share=0.1))
        assert len(gap.lacks) <= 40
        assert {one.skill.name for one in gap.lacks} == set(names)
        assert to_json(gap)["lacks"][0]["share"] == pytest.approx(0.3)
        assert len(matrix(store, Scope(min_share=0.1)).columns(0)) == 10
