"""docs/json.md names the keys of what the commands print with --json."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import planner
import pytest
import small

from graphmodel.questions import browse, gap, overlap, paths, plain, profile, requirements, similar, statistics
from graphmodel.store import open_store

TABLE = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)
SHAPES = TABLE.findall((Path(__file__).parent.parent / "docs" / "json.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def answers():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(planner.readings())
        alike, own = similar.similar_roles(store, "数据"), ["SQL", "煮咖啡"]
        return {
            "shared": overlap.to_json(overlap.shared_skills(store, "策划", "数据")),
            "gap": gap.to_json(gap.skill_gap(store, "数据", "策划")),
            "gap --skill": gap.to_json(gap.skill_gap(store, own, "主管")),
            "paths": paths.to_json(paths.career_paths(store, "助理", "主管")),
            "paths ROLE": paths.next_json(paths.next_steps(store, "助理")),
            "similar": similar.alike_json(alike),
            "match": similar.matches_json(similar.match_roles(store, own)),
            "profile": profile.profile_json(profile.skill_profile(store, "策划")),
            "compare": profile.comparison_json(profile.compare(store, ["策划", "数据"])),
            "requiring": similar.requiring_json(similar.roles_requiring(store, "SQL")),
            "hubs": similar.hubs_json(similar.hub_skills(store)),
            "requirements": [requirements.stated_json(one) for one in requirements.requirements(store)],
            "requirements --not-stated": [plain.named(one) for one in requirements.not_stated(store, "years")],
            "taxonomy": [browse.branch_json(one) for one in browse.taxonomy(store)],
            "neighbours": browse.edges_json(browse.neighbours(store, "策划")),
            "facets": statistics.facets_json(statistics.facets(store)),
            "stats": statistics.stats_json(statistics.stats(store)),
        }


def follow(value, way):
    """What stands there, in the first entries of lists that have it; None if none has."""
    if not way or value is None:
        return value
    key, *others = way
    if key != "[]":
        return follow(value[key], others)
    return next((found for one in value if (found := follow(one, others)) is not None), None)


@pytest.mark.parametrize(("place", "keys"), SHAPES)
def test_the_keys_are_those_of_the_answers(answers, place, keys):
    command = max((name for name in answers if re.match(re.escape(name) + r"(?![\w -])", place)), key=len)
    way = re.findall(r"\[\]|\w+", place[len(command) :])
    assert ", ".join(follow(answers[command], way)) == keys.strip()


def test_every_answer_is_there(answers):
    assert {re.split(r"[.\[]", place)[0] for place, _ in SHAPES} == set(answers)
