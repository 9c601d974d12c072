"""The planner's tables: names that look like markup stay as they are, and nothing is cut off on 80 columns."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
import small
from graphs import Item, Post, reading
from planner import stating

from api import browsing_tables, console, planning_tables, tables
from graphmodel.graph import SkillScheme
from graphmodel.nodes import Skill
from graphmodel.questions import browse, gap, overlap, paths, profile, requirements, similar, statistics
from graphmodel.questions.conditions import Held
from graphmodel.store import open_store

A, B, SKILL, OTHER = "[red]策划[/red]", "数据:smile:$x$", "[bold]分析[/]", "会[/]话"
PLACE, LONG = "[i]部", "把" + "很长的要求" * 12 + OTHER
DIGEST = "a taxonomy of names like markup"
NAMES = (SKILL, OTHER, "总类")


@pytest.fixture(scope="module")
def store():
    with closing(open_store("sqlite://")) as store:
        skills = tuple(Skill(small.skill(name), name) for name in NAMES)
        broader = tuple((skill.id, skills[2].id) for skill in skills[:2])
        store.set_taxonomy(SkillScheme(DIGEST, skills, broader))
        store.add_many([
            reading("[u]a.txt", [Post(A, [Item(f"做{SKILL}", [SKILL])], leads_to=[B])], taxonomy=DIGEST),
            stating(reading("b.txt", [Post(B, [
                Item(f"与{PLACE}一起做{SKILL}", [SKILL], [PLACE]), Item(LONG, [OTHER], [], wanted=True),
            ], department=PLACE, organization="[b]公司")], taxonomy=DIGEST),
                {LONG: {"certificates": ("[s]证",), "min_years": 3.0, "experience_field": "[dim]行业"}}),
        ])  # fmt: skip
        yield store


@pytest.fixture
def shown(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")

    def show(table, answer):
        people = console.out()
        people.print(table(answer, people))
        text = capsys.readouterr().out
        assert all(people.measure(line).maximum <= 80 for line in text.splitlines())
        return text

    return show


def joined(text):
    """The text of the cells, in whatever lines they stand, if only one cell of a line goes on in the next."""
    return re.sub(r"\s+", "", text)


def test_names_that_look_like_markup_stay(store, shown):
    answers = [
        (planning_tables.profile, profile.skill_profile(store, A), [A, SKILL, "[u]a.txt:"]),
        (planning_tables.gap, gap.skill_gap(store, A, B, held=Held(years=())), [A, B, SKILL, OTHER]),
        (planning_tables.gap, gap.skill_gap(store, [SKILL, "[什么]"], B), [SKILL, "[什么]"]),
        (planning_tables.paths, paths.career_paths(store, A, B), [A, B, OTHER]),
        (planning_tables.next_steps, paths.next_steps(store, A), [A, B, "[u]a.txt"]),
        (planning_tables.similar, similar.similar_roles(store, A), [A, B, SKILL]),
        (planning_tables.matches, similar.match_roles(store, [SKILL]), [A, B, SKILL]),
        (planning_tables.requiring, similar.roles_requiring(store, SKILL), [A, B, SKILL]),
        (planning_tables.comparison, profile.compare(store, [A, B]), [A, B, SKILL, OTHER]),
        (planning_tables.hubs, similar.hub_skills(store), [SKILL, OTHER]),
        (browsing_tables.facets, statistics.facets(store), ["[b]公司", PLACE]),
        (browsing_tables.requirements, requirements.requirements(store), [B]),
        (browsing_tables.silent, requirements.not_stated(store, "years"), [A]),
        (browsing_tables.taxonomy, browse.taxonomy(store), [SKILL, OTHER]),
        (browsing_tables.neighbours, browse.neighbours(store, A), [A, SKILL]),
        (tables.overlap, overlap.shared_skills(store, A, B), [A, B, SKILL, OTHER]),
    ]
    for table, answer, names in answers:
        text = joined(shown(table, answer))
        assert [name for name in names if name not in text] == [], table


def test_what_is_long_goes_on_in_the_next_line(store, shown):
    text = shown(browsing_tables.requirements, requirements.requirements(store))
    assert (text.count("长"), text.count("…")) == (12, 0)
    assert shown(planning_tables.gap, gap.skill_gap(store, B, A)).count("…") == 0


def test_a_lacking_skill_says_where_it_is_asked_for(store, shown):
    assert "(b.txt:4)" in joined(shown(planning_tables.gap, gap.skill_gap(store, A, B)))
