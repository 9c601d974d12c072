"""A row of a table, a document of its own; and what could not be read."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from graphmodel.errors import BadInput


class Row(NamedTuple):
    """A posting in a table. `origin` is the table's and `#` and the row's key; `fields` as loaders.formats.record.

    A row that lacks its title or text has no fields: there is no posting in it. `name`: where to look for it, if its
    key was made from its content and tells nobody.
    """

    origin: str
    media_type: str
    fields: tuple[tuple[str, str], ...]
    name: str = ""

    def digest(self) -> str:
        """The SHA-256 of its fields, in hex; it does not depend on where the row stands or on other columns."""
        return hashlib.sha256("\x1e".join(f"{field}\x1f{value}" for field, value in self.fields).encode()).hexdigest()


class Failure(NamedTuple):
    """A document, a row or the rest of a table or archive that could not be read; the others go on."""

    origin: str
    error: BadInput
