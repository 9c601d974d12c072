"""The graph as a value: union, check, what counts and what is counted."""

from __future__ import annotations

import itertools

import pytest

from graphmodel.errors import RolegraphError
from graphmodel.graph import (
    Graph,
    applied_edges,
    check,
    counted_postings,
    derive,
    needs_edges,
    union,
)
from graphmodel.identity import department_id, duty_id, posting_id, requirement_id, role_id
from graphmodel.nodes import Department, Duty, Posting, Requirement, Role
from graphmodel.relations import department_mention, fact_mention, item_mention, skill_mention


def by_id(*values):
    return {value.id: value for value in values}


ROLE, DEPARTMENT = role_id("店长"), department_id("门店运营部")
DUTY, NEED = duty_id("制定门店预算"), requirement_id("熟悉Excel")
POSTING, SECOND = posting_id("a.txt", 1), posting_id("b.txt", 1)
BUDGET, EXCEL = "skill:budget-management", "skill:excel"


def statements(posting):
    return (
        fact_mention("DESCRIBES", posting, ROLE, posting, "店长", 1, ((0, 2),)),
        fact_mention("BELONGS_TO", ROLE, DEPARTMENT, posting, "门店运营部", 1, ((3, 8),)),
        item_mention("HAS_DUTY", ROLE, DUTY, posting, "职责", 2, ((9, 15),)),
        item_mention("HAS_REQUIREMENT", ROLE, NEED, posting, "要求", 3, ((16, 23),), "preferred"),
    )


ITEM_STATEMENTS = (
    skill_mention(DUTY, BUDGET, "预算", 4, 6, "label"),
    skill_mention(NEED, EXCEL, "Excel", 2, 7, "label"),
)


def test_the_spelling_of_most_documents_is_the_name_in_any_order():
    graphs = [
        Graph(by_id(Role(ROLE, "店长")), {}),
        Graph(by_id(Role(ROLE, "店長", described=False)), {}),
        Graph(by_id(Role(ROLE, "店長", ("店长(副)",))), {}),
        Graph(by_id(Role(ROLE, "店长")), {}),
    ]
    seen = {union(order).nodes[ROLE] for order in itertools.permutations(graphs)}
    assert seen == {Role(ROLE, "店長", ("店长", "店长(副)"), described=True)}  # two votes each: 長 stands before 长


def test_check_refuses_a_missing_end_and_a_wrong_kind():
    nodes = by_id(Role(ROLE, "店长"), Duty(DUTY, "制定门店预算"), Requirement(NEED, "熟悉Excel"))
    check(Graph(nodes, by_id(item_mention("HAS_DUTY", ROLE, DUTY, POSTING, None, 1, ((0, 1),)))))
    with pytest.raises(RolegraphError, match="lacks"):
        check(Graph(nodes, by_id(skill_mention(DUTY, BUDGET, "预算", 4, 6, "label"))))
    with pytest.raises(RolegraphError, match="may not join"):
        check(Graph(nodes, by_id(item_mention("HAS_DUTY", ROLE, NEED, POSTING, None, 1, ((0, 1),)))))


def test_of_postings_that_say_the_same_the_first_counts():
    twins = [
        Posting(POSTING, "document:a", 1, "店长", fingerprint="f"),
        Posting(SECOND, "document:b", 1, "店长", fingerprint="f"),
        Posting("posting:x", "document:b", 2, "收银员"),
    ]
    assert counted_postings(twins, {"document:a": "z.txt", "document:b": "b.txt"}) == {SECOND, "posting:x"}


def test_needs_and_applied_in_add_up_over_postings():
    mentions = (*statements(POSTING), *statements(SECOND), *ITEM_STATEMENTS)
    derived = derive(mentions, {POSTING, SECOND})
    assert [(n.target, n.postings, n.share, n.items, n.necessity) for n in needs_edges(derived)] == [
        (BUDGET, 2, 1.0, 2, "required"),
        (EXCEL, 2, 1.0, 2, "preferred"),
    ]
    assert [(a.source, a.target, a.own, a.involved) for a in applied_edges(derived)] == [(BUDGET, DEPARTMENT, 2, 0)]
    only_first = derive(mentions, {POSTING})
    assert [(n.postings, n.share, n.items) for n in needs_edges(only_first)] == [(1, 1.0, 1), (1, 1.0, 1)]


def test_a_duty_done_with_a_department_applies_its_skills_there():
    finance = Department(department_id("财务部"), "财务部")
    mentions = (
        fact_mention("DESCRIBES", POSTING, ROLE, POSTING, "店长", 1, ((0, 2),)),
        item_mention("HAS_DUTY", ROLE, DUTY, POSTING, None, 2, ((9, 15),)),
        department_mention(DUTY, finance.id, "财务部", 0, 3),
        *ITEM_STATEMENTS,
    )
    assert [(a.target, a.own, a.involved) for a in applied_edges(derive(mentions, {POSTING}))] == [(finance.id, 0, 1)]
