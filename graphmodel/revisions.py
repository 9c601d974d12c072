"""What the journal of a store tells of its past: which documents came, changed and went between two revisions."""

from __future__ import annotations

from typing import NamedTuple

from graphmodel.errors import BadInput
from graphmodel.store import View


class Documents(NamedTuple):
    """Origins, sorted, of what happened after a revision up to another; `taxonomy`: the skill scheme was set, too."""

    since: int
    until: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    forgotten: tuple[str, ...]
    taxonomy: bool

    @property
    def differ(self) -> bool:
        return bool(self.added or self.changed or self.forgotten or self.taxonomy)


def documents(view: View, since: int, until: int | None = None) -> Documents:
    """What happened after a revision, up to another (None: the present one); what came and went again is left out.

    Raises BadInput for revisions that the store has not had, or in the wrong order.
    """
    now = view.revision()
    until = now if until is None else until
    if not since <= until <= now:
        raise BadInput(
            f"From revision {since} to {until} is no part of this store's past.", f"It is at revision {now}."
        )
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for change in view.changes(since):
        if change.revision <= until:
            first.setdefault(change.origin, change.action)
            last[change.origin] = change.action
    taxonomy = last.pop("", None) is not None
    was = {origin: first[origin] != "added" for origin in sorted(last)}
    here = {origin: last[origin] != "forgotten" for origin in was}
    return Documents(
        since,
        until,
        tuple(origin for origin in was if here[origin] and not was[origin]),
        tuple(origin for origin in was if here[origin] and was[origin]),
        tuple(origin for origin in was if not here[origin] and was[origin]),
        taxonomy,
    )
