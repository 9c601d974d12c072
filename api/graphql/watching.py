"""The reads of one answer, counted, and ended when its time is up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from graphmodel.store import View

_EVERY = 1_000
"""Entries of an iterator between two looks at the clock."""


class TimeIsUp(Exception):
    """An answer took longer than allowed."""

    remedy = "Ask for less: a smaller `first`, fewer levels, a narrower `within`."

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The answer took more than {seconds:g} seconds.\n{self.remedy}")


class Watch:
    """The time of an answer, which begins when it is made, and how often the store was read for it."""

    def __init__(self, seconds: float) -> None:
        self.reads = 0
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises TimeIsUp."""
        if time.monotonic() > self._end:
            raise TimeIsUp(self._seconds)

    def over(self, view: View) -> View:
        """The view, each read of which is counted, and raises TimeIsUp before it or in the middle."""
        return cast(View, _Watched(view, self))


class _Watched:
    def __init__(self, view: View, watch: Watch) -> None:
        self._view = view
        self._watch = watch

    def __getattr__(self, verb: str) -> Any:
        read, watch = getattr(self._view, verb), self._watch

        def call(*args: Any, **named: Any) -> Any:
            watch.check()
            watch.reads += 1
            found = read(*args, **named)
            return _checked(found, watch) if isinstance(found, Iterator) else found

        self.__dict__[verb] = call
        return call


def _checked(found: Iterator[Any], watch: Watch) -> Iterator[Any]:
    while some := list(islice(found, _EVERY)):
        watch.check()
        yield from some
