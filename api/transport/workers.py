"""The threads on which requests are answered, and how many requests may wait for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from api.transport.refusals import Refused

T = TypeVar("T")

RETRY_AFTER = (b"retry-after", b"2")
"""Seconds, after which it is worth to ask again."""


class Workers:
    """A bounded pool. Its methods belong to the thread of the event loop."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._threads = threads
        self._most = threads + waiting
        self._taken = 0
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="graphql")

    @property
    def running(self) -> int:
        """How many requests are being answered."""
        return min(self._taken, self._threads)

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return self._taken - self.running

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """What the function returns, called on a thread within the context of the caller.

        Raises Refused (503) at once if as many as may are waiting: a queue that only grows answers nobody in time.
        """
        if self._taken >= self._most:
            problem = f"{self.waiting} requests are waiting already."
            raise Refused(503, "BUSY", problem, "Ask again in a few seconds.", headers=(RETRY_AFTER,))
        self._taken += 1
        try:
            context = copy_context()
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, lambda: context.run(function, *arguments)
            )
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Waits for what is running."""
        self._pool.shutdown(wait=True)
