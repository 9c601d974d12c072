"""Requests that only compute are answered one after another, and a slow one holds up nobody."""

from __future__ import annotations

import asyncio
import time

from api.transport.refusals import Refused
from api.transport.workers import TURN_SECONDS, Workers


def overlapping(turns: bool, seconds: float) -> int:
    """How many of eight that each take so long are under way at once, at most."""
    active, most = 0, 0

    def work() -> None:
        nonlocal active, most
        active += 1
        most = max(most, active)
        time.sleep(seconds)
        active -= 1

    async def eight() -> None:
        workers = Workers(8, 8, turns=turns)
        await asyncio.gather(*(workers.run(work) for _ in range(8)))
        assert (workers.running, workers.waiting) == (0, 0)
        workers.close()

    asyncio.run(eight())
    return most


def test_quick_ones_go_one_after_another_where_they_take_turns() -> None:
    assert overlapping(True, TURN_SECONDS / 10) == 1
    assert overlapping(False, TURN_SECONDS) == 8


def test_slow_ones_do_not_wait_for_each_other() -> None:
    assert overlapping(True, TURN_SECONDS * 20) == 8


def test_a_turn_ends_with_a_failure_and_with_a_caller_that_leaves() -> None:
    def fail() -> None:
        raise ValueError("no")

    async def several() -> list[object]:
        workers = Workers(1, 20, turns=True)
        left = asyncio.create_task(workers.run(time.sleep, TURN_SECONDS * 3))
        await asyncio.sleep(TURN_SECONDS / 4)
        left.cancel()
        found = await asyncio.gather(*(workers.run(fail) for _ in range(5)), return_exceptions=True)
        found.append(await workers.run(lambda: "well"))
        workers.close()
        return list(found)

    *failures, well = asyncio.run(asyncio.wait_for(several(), 10))
    assert [str(failure) for failure in failures] == ["no"] * 5
    assert well == "well"


def test_past_those_that_may_wait_they_are_refused() -> None:
    async def many() -> list[object]:
        workers = Workers(1, 2, turns=True)
        found = await asyncio.gather(*(workers.run(time.sleep, 0.1) for _ in range(5)), return_exceptions=True)
        workers.close()
        return list(found)

    found = asyncio.run(many())
    assert [isinstance(one, Refused) for one in found] == [False, False, False, True, True]
