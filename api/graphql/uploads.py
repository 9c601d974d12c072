"""A file that came with a request."""

from __future__ import annotations

from typing import NamedTuple


class Upload(NamedTuple):
    """The value that stands in the variables where the client put a file. The name is the client's word."""

    name: str
    content: bytes
