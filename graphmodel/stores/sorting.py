"""Sorting more than fits in memory, for an engine that cannot."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

from graphmodel.relations import Mention

_BUCKETS = 64
_IN_MEMORY = 1 << 18


def by_id(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions in order of their ids, whose keys are hex digits: each bucket of the first two digits fits in memory."""
    with ExitStack() as stack:
        buckets = [stack.enter_context(SpooledTemporaryFile(_IN_MEMORY)) for _ in range(_BUCKETS)]
        for mention in mentions:
            pickle.dump(mention, buckets[int(mention.id[8:10], 16) * _BUCKETS // 256], pickle.HIGHEST_PROTOCOL)
        for bucket in buckets:
            end = bucket.tell()
            bucket.seek(0)
            found: list[Mention] = []
            while bucket.tell() < end:
                found.append(pickle.load(bucket))
            yield from sorted(found, key=lambda mention: mention.id)
            bucket.close()
