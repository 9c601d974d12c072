"""What the store says of itself, asked so that nobody waits long for it, however long it takes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from time import monotonic
from typing import Generic, TypeVar

from graphmodel.errors import RolegraphError, StoreUnreachable

T = TypeVar("T")

PATIENCE_SECONDS = 1.5
"""An answer to a probe comes within two seconds."""

KEPT_SECONDS = 1.0

ABANDONED_SECONDS = 10.0
"""A question that has been out for longer is asked anew: the connection it waits on may be dead."""


class Asked(Generic[T]):
    """A question to the store whose answer is kept for a second. One question is out at a time; any thread may ask."""

    def __init__(self, url: str, question: Callable[[], T], patience: float = PATIENCE_SECONDS) -> None:
        self._url = url
        self._question = question
        self._patience = patience
        self._lock = threading.Lock()
        self._asked: Future[T] = Future()
        self._asked.set_exception(StoreUnreachable("not asked yet"))
        self._at = float("-inf")
        self._answered = float("-inf")

    def answer(self) -> T:
        """The answer, or what the question raised: an error of graphmodel. Waits for PATIENCE_SECONDS at most."""
        with self._lock:
            now = monotonic()
            done = self._asked.done()
            if (done and now - self._answered > KEPT_SECONDS) or (not done and now - self._at > ABANDONED_SECONDS):
                self._at, self._asked = now, Future()
                # A daemon, since it may hang for as long as the store does.
                threading.Thread(target=self._ask, args=[self._asked], name="rolegraph-probe", daemon=True).start()
            asked = self._asked
        try:
            return asked.result(self._patience)
        except NotYet:
            raise StoreUnreachable(
                f"{self._url} did not answer within {self._patience:g} seconds.",
                "Check that its server runs and is not overloaded.",
            ) from None

    def _ask(self, asked: Future[T]) -> None:
        try:
            answer = self._question()
        except RolegraphError as error:
            self._answered = monotonic()
            asked.set_exception(error)
        except Exception as error:
            self._answered = monotonic()
            asked.set_exception(RolegraphError(f"{self._url} cannot be asked: {error!r}", "Look into the log."))
        else:
            self._answered = monotonic()
            asked.set_result(answer)
