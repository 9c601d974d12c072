"""Which representation a client prefers, from its Accept and Accept-Encoding headers (RFC 9110, 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"

_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.ASCII | re.IGNORECASE)
_EVERYTHING, _KIND, _EXACT = range(3)
LONGEST = 4_096
"""Characters of a header that are looked at: what browsers and clients send has some hundred."""


class _Range(NamedTuple):
    """One entry of such a header, in lower case, without its parameters."""

    name: str
    quality: float


def media_type(accept: str | None, *, html: bool = False) -> str | None:
    """The media type of the answer, or None if the client takes none of ours. `html` offers the page too.

    The highest quality wins, then what is named more exactly, so that `application/json, */*` is answered with JSON.
    Of two that are named alike, the one that has status codes of its own wins; where nothing is named (`*/*`, or no
    header, which means the same), it is JSON, since clients that do not know the newer type send that.
    """
    return _media_type((accept or "*/*")[:LONGEST], html)


@lru_cache(maxsize=256)
def _media_type(accept: str, html: bool) -> str | None:
    ranges = list(_ranges(accept))
    best: tuple[float, int, int] | None = None
    chosen = None
    for place, offer in enumerate((HTML, JSON, GRAPHQL) if html else (JSON, GRAPHQL)):
        exact, quality = max(
            ((found, one.quality) for one in ranges if (found := exactness(one.name, offer)) is not None),
            default=(_EVERYTHING, 0.0),
        )
        if not quality:
            continue
        if exact == _EXACT:
            rank = (quality, exact, place)
        else:
            rank = (quality, exact, int(offer == JSON))
        if best is None or rank > best:
            best, chosen = rank, offer
    return chosen


def exactness(name: str, offer: str) -> int | None:
    """How exactly a media range names an offer, from 0; None if it does not."""
    if name == offer:
        return _EXACT
    if name == offer.partition("/")[0] + "/*":
        return _KIND
    return _EVERYTHING if name == "*/*" else None


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether an answer may be compressed. Without the header it may not: small clients do not unpack."""
    found = {one.name: one.quality for one in _ranges(accept_encoding[:LONGEST])}
    return found.get("gzip", found.get("x-gzip", found.get("*", 0.0))) > 0.0


def _ranges(header: str) -> Iterator[_Range]:
    for entry in header.split(","):
        name, *parameters = entry.split(";")
        if not (name := name.strip().lower()):
            continue
        quality = 1.0
        for parameter in parameters:
            if found := _QUALITY.fullmatch(parameter):
                quality = min(float(found[1]), 1.0)
        yield _Range(name, quality)
