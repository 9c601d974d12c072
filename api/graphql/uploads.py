"""A file that came with a request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    """The value that stands in the variables where the client put a file. The name is the client's word.

    No tuple, which an error about a variable would print with all its content.
    """

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"<file {self.name!r}, {len(self.content):,} bytes>"
