"""What the pictures show; that they are drawn is tested with the commands."""

from __future__ import annotations

from contextlib import closing

import planner
import pytest
import small

from graphmodel.questions.gap import skill_gap
from graphmodel.questions.profile import compare
from graphmodel.store import open_store

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

from api import plots


@pytest.fixture(scope="module")
def store():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        yield store


def drawn(draw, answer):
    figure = Figure()
    draw(figure, answer)
    axes = figure.axes[0]
    return [label.get_text() for label in axes.get_yticklabels()], axes.get_xlabel()


def test_a_gap_shows_what_lacks_first_and_says_what_it_leaves_out(store, monkeypatch):
    answer = skill_gap(store, "数据", "策划")
    names, label = drawn(plots._gap, answer)
    assert names == ["Excel", "用户需求", "沟通能力", "竞争分析（市场分析）", "市场分析"]
    assert "the first" not in label
    monkeypatch.setattr(plots, "MOST_SKILLS", 2)
    assert drawn(plots._gap, answer)[0] == ["Excel", "用户需求"]
    assert "the first 2 of 5" in drawn(plots._gap, answer)[1]


def test_a_comparison_has_a_line_for_each_skill(store):
    answer = compare(store, ["策划", "数据", "讲师"])
    names, _ = drawn(plots._overlap, answer)
    assert names == [row.skill.name for row in answer.rows]
