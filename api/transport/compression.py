"""Answers compressed for clients that take it, each of those that are kept only once."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from threading import Lock

from api.graphql.engine import Answer

SMALLEST = 1_400
"""Bytes below which an answer goes as it is: it fits in one packet anyway."""

_LEVEL = 1
_GZIP = 16 + zlib.MAX_WBITS


class Compressor:
    """Keeps what it has compressed last, up to so many bytes. May be called on any thread."""

    def __init__(self, most_bytes: int = 16_000_000) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def gzip(self, answer: Answer) -> bytes | None:
        """The body in the format gzip, or None where that gains nothing."""
        if len(answer.body) < SMALLEST:
            return None
        if answer.tag is None or answer.errors:
            return _gzip(answer.body)
        with self._lock:
            if (kept := self._kept.get(answer.tag)) is not None:
                self._kept.move_to_end(answer.tag)
                return kept
        packed = _gzip(answer.body)
        with self._lock:
            if answer.tag not in self._kept and len(packed) < self._most // 4:
                self._kept[answer.tag] = packed
                self._size += len(packed)
                while self._size > self._most:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return packed


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()
