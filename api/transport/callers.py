"""Who sends a request, from its Authorization header."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.graphql.engine import Caller
from api.keys import Key, caller_of
from api.transport.refusals import Refused

CallerOf = Callable[[str | None], Caller]


def callers(keys: Sequence[Key]) -> CallerOf:
    """A function from the Authorization header to the caller, which raises Refused (401) for a key that is not known,
    or is missing where one is needed.
    """

    def known(authorization: str | None) -> Caller:
        found = caller_of(authorization, keys)
        if isinstance(found, Caller):
            return found
        headers = ((b"www-authenticate", found.challenge.encode()),)
        raise Refused(401, "UNAUTHENTICATED", found.problem, found.remedy, headers=headers, close=True)

    return known
