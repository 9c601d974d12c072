"""The threads on which requests are answered, and how many requests may wait for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from api.transport.refusals import Refused

T = TypeVar("T")

TURN_SECONDS = 0.02
"""How long a request has the processor to itself, where they take turns."""

RETRY_AFTER = (b"retry-after", b"2")
"""Seconds, after which it is worth to ask again."""


class Workers:
    """A bounded pool. Its methods belong to the thread of the event loop.

    With `turns` a request begins when the one before it is done, or has run for TURN_SECONDS: of threads that only
    compute, Python runs one at a time, and eight at once answer a third less than one after another. So quick ones go
    in turn, and a slow one holds up nobody. Where threads wait for a server, they need no turns.
    """

    def __init__(self, threads: int, waiting: int, *, turns: bool = False) -> None:
        self._most = threads + waiting
        self._taken = 0
        self._running = 0
        self._free = asyncio.Semaphore(threads)
        self._turn = asyncio.Semaphore(1 if turns else threads)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="graphql")

    @property
    def running(self) -> int:
        """How many requests are being answered."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many wait for a thread, or for their turn."""
        return self._taken - self._running

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """What the function returns, called on a thread within the context of the caller.

        Raises Refused (503) at once if as many as may are waiting: a queue that only grows answers nobody in time.
        """
        if self._taken >= self._most:
            problem = f"{self.waiting} requests are waiting already."
            raise Refused(503, "BUSY", problem, "Ask again in a few seconds.", headers=(RETRY_AFTER,))
        self._taken += 1
        try:
            async with self._free:
                await self._turn.acquire()
                running = self._started(function, arguments)
                return await running
        finally:
            self._taken -= 1

    def _started(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> asyncio.Future[T]:
        """Begins a turn, which ends with the function or after its time."""
        loop, context = asyncio.get_running_loop(), copy_context()
        try:
            running = loop.run_in_executor(self._pool, lambda: context.run(function, *arguments))
        except BaseException:
            self._turn.release()
            raise
        self._running += 1
        late = loop.call_later(TURN_SECONDS, self._turn.release)

        def ended(_: asyncio.Future[T]) -> None:
            self._running -= 1
            if late.when() > loop.time():
                late.cancel()
                self._turn.release()

        running.add_done_callback(ended)
        return running

    def close(self) -> None:
        """Waits for what is running."""
        self._pool.shutdown(wait=True)
