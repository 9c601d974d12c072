"""Answers compressed for clients that take it, each of those that are kept only once."""

from __future__ import annotations

import zlib

from api.graphql.engine import Answer
from api.graphql.recent import Recent

SMALLEST = 1_400
"""Bytes below which an answer goes as it is: it fits in one packet anyway."""

KEPT_BYTES = 16_000_000
"""The compressed answers used last are kept up to this size together."""

_ENTRY = 500
_LEVEL = 1
"""Level 6 takes twice as long for an eighth less (a nested answer of 300 kB: 0.5 and 1.1 ms)."""

_GZIP = 16 + zlib.MAX_WBITS


class Compressor:
    """May be called on any thread."""

    def __init__(self) -> None:
        self._kept: Recent[str, bytes] = Recent(KEPT_BYTES)

    def has(self, answer: Answer) -> bool:
        """Whether there is nothing to be done for its compressed bytes."""
        return len(answer.body) < SMALLEST or bool(answer.tag and self._kept.get(answer.tag))

    def gzip(self, answer: Answer) -> bytes | None:
        """The body in the format gzip, or None where that gains nothing."""
        if len(answer.body) < SMALLEST:
            return None
        tag = None if answer.errors else answer.tag
        packed = self._kept.get(tag) if tag else None
        if packed is None:
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            packed = packer.compress(answer.body) + packer.flush()
            if tag:
                self._kept.put(tag, packed, len(packed) + _ENTRY)
        return packed
