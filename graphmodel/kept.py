"""A few values kept for the next question; several threads may ask at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The last `most` values that were made, by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}
        self._lock = Lock()
        self._making = Lock()

    def peek(self, key: K) -> V | None:
        """The value, if it is kept."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        """Keeps a value; the one kept longest goes where there are too many."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                del self._values[next(iter(self._values))]

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value, made and kept if it is not there. Of threads that ask at once, one makes it: it may be large."""
        found = self.peek(key)
        if found is not None:
            return found
        with self._making:
            found = self.peek(key)
            if found is None:
                found = make()
                self.put(key, found)
            return found

    def clear(self) -> None:
        """Keeps nothing."""
        with self._lock:
            self._values.clear()
