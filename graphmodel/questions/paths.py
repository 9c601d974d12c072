"""How to come from one role to another over roles between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.nodes import Posting, Skill
from graphmodel.questions import plain
from graphmodel.questions.cheapest import DIGITS, cheapest
from graphmodel.questions.names import Named, named_of, resolve
from graphmodel.questions.needs import EVERYTHING, Scope, matrix, skills_of
from graphmodel.questions.similar import SHOWN, best, scores
from graphmodel.questions.within import ANYWHERE, choose
from graphmodel.relations import FactMention
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection

STATED_COST = 0.5
"""A step that a document states costs this part of what it would cost otherwise."""

NEAR, BETWEEN, NEXT = 40, 40, 20
"""Roles most like either end, and most like both, that a path may lead over; and steps from each of them."""

MOST_STATED = 400
"""Roles that a path may lead over because steps to them are stated, the nearest to each end first."""

MOST_PATHS = 1_000
"""More are not given."""


class Statement(NamedTuple):
    """Where a document states a career step: its words, document and line."""

    words: str
    origin: str
    line: int


class Step(NamedTuple):
    """From one role to the next. `cost` in [0, 1] is the share of the next role's skills that the first lacks, weighted
    by inverse role frequency (times STATED_COST for a stated step); `stated` is empty for a step that no document
    states and that is inferred from the skills alone; of the skills `lacking`, the rarest are named.
    """

    source: Named
    target: Named
    cost: float
    stated: tuple[Statement, ...]
    lacking: int
    lacks: tuple[Skill, ...]


class Path(NamedTuple):
    """Steps one after the other, and the sum of their costs."""

    cost: float
    steps: tuple[Step, ...]


class Paths(NamedTuple):
    """The cheapest paths, cheapest first; none if nothing leads there."""

    start: Named
    target: Named
    paths: tuple[Path, ...]


class NextSteps(NamedTuple):
    """A role, and the roles that documents state as a step from it, with where they do."""

    role: Named
    steps: tuple[tuple[Named, tuple[Statement, ...]], ...]


def career_paths(
    view: View, start: str, target: str, k: int = 3, scope: Scope = EVERYTHING, *, most_steps: int = 4
) -> Paths:
    """The k cheapest paths without a loop from one role to another (the problem of Yen 1971), of `most_steps` at most;
    of equally cheap ones those of fewer steps first, ties by ids. No more than MOST_PATHS.

    A path may lead over the NEAR roles most like either end, the BETWEEN most like both (by the lesser of the two
    cosines), and over steps that documents state. Raises NotFound and Ambiguous, BadInput for a `k` or `most_steps`
    below 1 and for two times the same role.
    """
    if k < 1 or most_steps < 1:
        raise BadInput(f"Asked for {k} paths of {most_steps} steps at most.", "Ask for one of each at least.")
    ends = resolve(view, ("role",), start), resolve(view, ("role",), target)
    if ends[0].id == ends[1].id:
        raise BadInput(f"{ends[0].name!r} is where the path begins and where it ends.", "Name two roles.")
    table = matrix(view, scope)
    stated = _stated(view, [end.id for end in ends], most_steps, _postings(view, scope))
    ids = _candidates(table, ends[0].id, ends[1].id, stated)
    costs = _costs(table, ids, ends[1].id, stated)
    found = list(islice(cheapest(costs, ends[0].id, ends[1].id, most_steps), min(k, MOST_PATHS)))
    return Paths(*ends, _explained(view, table, found, costs, stated))


def next_steps(view: View, role: str, scope: Scope = EVERYTHING) -> NextSteps:
    """The roles that documents state as a step from a role, ordered by id. Raises NotFound and Ambiguous."""
    subject = resolve(view, ("role",), role)
    stated = _statements(view, _leads(view, [subject.id], None, _postings(view, scope)))
    roles = named_of(view, {target for _, target in stated})
    return NextSteps(subject, tuple((roles[target], places) for (_, target), places in sorted(stated.items())))


def _postings(view: View, scope: Scope) -> Collection[str] | None:
    """The postings whose statements count; None: any."""
    return None if scope.within == ANYWHERE else choose(view, scope.within).origins


def _leads(
    view: View, sources: Collection[str] | None, targets: Collection[str] | None, postings: Collection[str] | None
) -> list[FactMention]:
    edges = (edge for edge in view.edges("LEADS_TO", sources, targets) if isinstance(edge, FactMention))
    return [edge for edge in edges if postings is None or edge.posting in postings]


Steps = dict[tuple[str, str], tuple[Statement, ...]]


def _stated(view: View, ends: Sequence[str], most_steps: int, postings: Collection[str] | None) -> Steps:
    """The stated steps that lead on from the first end, or to the other, within so many steps."""
    edges: dict[str, FactMention] = {}
    met = set(ends)
    for end, forward in zip(ends, (True, False), strict=True):
        reached, border = {end}, [end]
        for _ in range(most_steps):
            sources, targets = (border, None) if forward else (None, border)
            new = {edge.id: edge for edge in _leads(view, sources, targets, postings)}
            edges |= new
            border = sorted({edge.target if forward else edge.source for edge in new.values()} - reached)
            border = border[: MOST_STATED - len(reached)]
            reached.update(border)
            if not border:
                break
        met |= reached
    return _statements(view, [edge for edge in edges.values() if {edge.source, edge.target} <= met])


def _statements(view: View, edges: Iterable[FactMention]) -> Steps:
    edges = sorted(edges)
    postings = {node.id: node.document for node in view.nodes("posting", {edge.posting for edge in edges})
                if isinstance(node, Posting)}  # fmt: skip
    origins = {node.id: getattr(node, "origin", "") for node in view.nodes("document", set(postings.values()))}
    found: dict[tuple[str, str], list[Statement]] = {}
    for edge in edges:
        place = Statement(edge.evidence, origins[postings[edge.posting]], edge.line)
        found.setdefault((edge.source, edge.target), []).append(place)
    return {ends: tuple(sorted(places, key=lambda one: (one.origin, one.line))) for ends, places in found.items()}


def _candidates(table: Projection, start: str, target: str, stated: Steps) -> list[str]:
    import numpy as np

    alike = []
    for id in (start, target):
        row = table.row_of(id)
        found = scores(table, [] if row is None else table.columns(row).tolist(), "cosine")
        found[: table.departments] = 0
        alike.append(found)
    rows = {*best(alike[0], NEAR), *best(alike[1], NEAR), *best(np.minimum(*alike), BETWEEN)}
    return sorted({start, target, *(table.id_of(row) for row in rows), *(id for ends in stated for id in ends)})


def _costs(table: Projection, ids: Sequence[str], goal: str, stated: Steps) -> dict[tuple[str, str], float]:
    """What each possible step costs: from each role the stated ones, the NEXT cheapest others to a role that shares a
    skill with it, and the one to the goal if that does. A stated step to a role whose skills are not known costs
    STATED_COST.
    """
    import numpy as np
    from scipy.sparse import csr_array

    rows = [table.row_of(id) for id in ids]
    columns = [[] if row is None else table.columns(row).tolist() for row in rows]
    joined = np.array([column for some in columns for column in some], dtype=np.int64)
    first = np.cumsum([0, *map(len, columns)])
    has = csr_array((np.ones(len(joined)), joined, first), shape=(len(ids), len(table.skills)))
    both = ((has * table.weights) @ has.T).toarray()
    masses = both.diagonal()
    known = np.divide(both, masses, out=np.zeros_like(both), where=masses > 0)
    lacks = np.round(1 - known, DIGITS)  # ties stay ties
    costs = {
        (source, target): float(STATED_COST * lacks[here, there])
        for here, source in enumerate(ids)
        for there, target in enumerate(ids)
        if (source, target) in stated and source != target
    }
    for here, source in enumerate(ids):
        others = [there for there in np.argsort(lacks[here], kind="stable").tolist()
                  if both[here, there] and there != here and (source, ids[there]) not in stated]  # fmt: skip
        costs |= {
            (source, ids[there]): float(lacks[here, there])
            for place, there in enumerate(others)
            if place < NEXT or ids[there] == goal
        }
    return costs


def _explained(
    view: View,
    table: Projection,
    found: Sequence[Sequence[str]],
    costs: Mapping[tuple[str, str], float],
    stated: Steps,
) -> tuple[Path, ...]:
    roles = named_of(view, {id for path in found for id in path})
    missing: dict[tuple[str, str], list[int]] = {}
    for path in found:
        for pair in pairwise(path):
            have, want = (set(() if row is None else table.columns(row).tolist()) for row in map(table.row_of, pair))
            missing[pair] = sorted(want - have, key=lambda column: (-table.weights[column], column))
    skills = skills_of(view, {table.skills[column] for columns in missing.values() for column in columns[:SHOWN]})

    def step(pair: tuple[str, str]) -> Step:
        lacking = missing[pair]
        named = tuple(skills[table.skills[column]] for column in lacking[:SHOWN])
        return Step(roles[pair[0]], roles[pair[1]], costs[pair], stated.get(pair, ()), len(lacking), named)

    return tuple(
        Path(round(sum(costs[pair] for pair in pairs), DIGITS), tuple(map(step, pairs)))
        for pairs in (list(pairwise(path)) for path in found)
    )


def to_json(answer: Paths) -> dict[str, Any]:
    """`start`, `target`, `paths`, each with its `cost` and `steps`; a step is `stated` or `inferred` in `basis`."""
    return {
        "start": plain.named(answer.start),
        "target": plain.named(answer.target),
        "paths": [{"cost": path.cost, "steps": [_step_json(step) for step in path.steps]} for path in answer.paths],
    }


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "from": plain.named(step.source),
        "to": plain.named(step.target),
        "cost": step.cost,
        "basis": "stated" if step.stated else "inferred",
        "stated": [place._asdict() for place in step.stated],
        "lacking": step.lacking,
        "lacks": [plain.named(skill) for skill in step.lacks],
    }


def next_json(answer: NextSteps) -> dict[str, Any]:
    """`role`, `steps` with `to` and `stated`."""
    steps = [
        {"to": plain.named(role), "stated": [place._asdict() for place in places]} for role, places in answer.steps
    ]
    return {"role": plain.named(answer.role), "steps": steps}
