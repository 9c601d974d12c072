"""The bytes of one document, as loaders.documents finds them and loaders.formats reads them."""

from __future__ import annotations

from typing import NamedTuple

LIMIT = 50_000_000
"""The most bytes that one document may have, if nothing else is said."""


class Source(NamedTuple):
    """The bytes of one document. `origin` names it in the store, `name` is the name of its file.

    `limit`: the most bytes that it may have unpacked, if it is packed.
    """

    origin: str
    name: str
    data: bytes
    limit: int = LIMIT
