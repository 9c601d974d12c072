"""What can go wrong, sorted by what the caller can do about it; every message carries its remedy."""

from __future__ import annotations

from collections.abc import Sequence


class RolegraphError(Exception):
    """Root of all errors of rolegraph. `problem` says what was met and where, `remedy` what to do about it."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}\n{remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy


class NotFound(RolegraphError):
    """No node has this name or id. `nearest` holds the nearest names, best first."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        hint = f"Did you mean: {', '.join(nearest)}?" if nearest else f"The store has no {kind} with a similar name."
        super().__init__(f"No {kind} named {name!r}.", hint)
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)


class Ambiguous(RolegraphError):
    """A name that several nodes claim. `choices` holds their (id, name) pairs, ordered by id."""

    def __init__(self, kind: str, name: str, choices: Sequence[tuple[str, str]]) -> None:
        lines = "; ".join(f"{label} ({id})" for id, label in choices)
        super().__init__(f"{name!r} is the name of {len(choices)} {kind}s.", f"Say which by its id: {lines}")
        self.kind = kind
        self.name = name
        self.choices = tuple(choices)


class BadInput(RolegraphError):
    """A document, a file or an argument that cannot be used as it is."""


class BadTaxonomy(RolegraphError):
    """The skill taxonomy contradicts itself; the problem names file and line."""


class StoreUnreachable(RolegraphError):
    """The store does not answer, or does not let us in."""


class StoreBusy(RolegraphError):
    """Another process kept the store locked for longer than the time-out."""


class StoreRefused(RolegraphError):
    """What stands at this URL is not a store that this version can use safely."""


class StoreReadOnly(RolegraphError):
    """The store can be read and not written."""


class Outdated(RolegraphError):
    """A reading was made with another taxonomy than the store's own."""
