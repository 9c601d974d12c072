"""What is to be exported, as a request asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from importlib.metadata import version
from typing import NamedTuple

from api.rdf.answers import Header
from api.rdf.forms import Form
from api.rdf.things import VOID
from graphmodel.store import View
from ontology import parts
from ontology.terms import DATA_KINDS


class Order(NamedTuple):
    """An export of all roles or of some (names or ids), or of what changed since a revision; of things of some kinds,
    with as much of other people's words as `quotes` says. `gz`: as a compressed file. `below` is the path before
    /export.
    """

    form: Form
    base: str
    roles: tuple[str, ...] = ()
    since: int | None = None
    kinds: Collection[str] = DATA_KINDS
    quotes: str = "full"
    gz: bool = False
    below: str = ""

    def part(self, view: View) -> View:
        """What is wanted of a view. Raises NotFound and Ambiguous for a role, BadInput for a revision."""
        return parts.chosen(view, self.roles, self.since)

    def tag(self, state: str) -> str:
        """Names what the whole says, of a state of the store."""
        said = (state, version("rolegraph"), *self._replace(kinds=sorted({*self.kinds})))
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def headers(self, revision: int) -> tuple[Header, ...]:
        """The file is called after the revision of the graph."""
        name = f"rolegraph-{revision}.{self.form.suffix}{'.gz' if self.gz else ''}"
        link = f'<{self.below}{VOID}>; rel="describedby"'
        return (b"content-disposition", f'attachment; filename="{name}"'.encode()), (b"link", link.encode())

    @property
    def content_type(self) -> bytes:
        return b"application/gzip" if self.gz else self.form.content_type
