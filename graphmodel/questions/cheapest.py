"""The cheapest ways through a graph that take no more than so many steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush

DIGITS = 12
"""Of sums of costs, and of scores: by the order in which they are added, equal ones would differ after these, and be
no ties.
"""


def cheapest(
    costs: Mapping[tuple[str, str], float], start: str, goal: str, most_steps: int
) -> Iterator[tuple[str, ...]]:
    """The paths without a loop, by cost, steps and ids: the most promising beginning is always led on first (A*), and
    it promises what it costs so far and the least that the way on from its end costs in the steps that are left.
    """
    steps: dict[str, list[tuple[str, float]]] = {}
    for (source, target), cost in sorted(costs.items()):
        steps.setdefault(source, []).append((target, cost))
    least = _least(costs, goal, most_steps)

    def promise(end: str, left: int) -> tuple[float, int] | None:
        return least[min(left, len(least) - 1)].get(end)

    begun: list[tuple[float, int, tuple[str, ...], float]] = []
    if whole := promise(start, most_steps):
        begun.append((*whole, (start,), 0.0))
    while begun:
        *_, path, paid = heappop(begun)
        if path[-1] == goal:
            yield path
            continue
        for end, cost in steps.get(path[-1], ()):
            rest = promise(end, most_steps - len(path)) if end not in path else None
            if rest is not None:
                promised = round(paid + cost + rest[0], DIGITS)
                heappush(begun, (promised, len(path) + rest[1], (*path, end), paid + cost))


def _least(costs: Mapping[tuple[str, str], float], goal: str, most_steps: int) -> list[dict[str, tuple[float, int]]]:
    """For 0 and more steps, from which roles the goal can be reached in no more, and the least cost and its steps; as
    far as more steps make a difference (Bellman 1958).
    """
    least = [{goal: (0.0, 0)}]
    while len(least) <= most_steps:
        before, now = least[-1], dict(least[-1])
        for (source, target), cost in costs.items():
            if target in before:
                rest, steps = before[target]
                way = round(cost + rest, DIGITS), steps + 1
                now[source] = min(now.get(source, way), way)
        if now == before:
            break
        least.append(now)
    return least
