"""Which of several media types a client prefers, from its Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from api.transport.negotiation import LONGEST, exactness

_ENTRY = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
_NAME = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+*-]+|\*/\*")
_QUALITY = re.compile(r"\s*q\s*=\s*([01]?\.[0-9]{0,3}|[01])\s*", re.IGNORECASE)


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """One of the media types that are offered, or None if the client takes none of them.

    The highest quality wins, then what the client names more exactly, then what stands first in the offers. A header
    that is empty, or in which no media range can be read, is as none at all: then anything will do.
    """
    return _preferred(accept[:LONGEST], tuple(offers))


@lru_cache(maxsize=1024)
def _preferred(accept: str, offers: tuple[str, ...]) -> str | None:
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, chosen = (0.0, -1), None
    for offer in offers:
        fitting = [(exact, quality) for name, quality in ranges if (exact := exactness(name, offer)) is not None]
        if fitting:
            exact, quality = max(fitting)
            if quality > 0 and (quality, exact) > best:
                best, chosen = (quality, exact), offer
    return chosen


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Media ranges in lower case, without parameters, and their qualities; what is no media range is left out."""
    for entry in _ENTRY.findall(header):
        name, *parameters = _PARAMETER.findall(entry) or [""]
        name = name.strip().lower()
        name = "*/*" if name == "*" else name  # as Java sends it
        if not _NAME.fullmatch(name):
            continue
        quality = 1.0
        for parameter in parameters:
            if found := _QUALITY.fullmatch(parameter):
                quality = min(float(found[1]) if found[1] != "." else 0.0, 1.0)
        yield name, quality
