"""From one store into another: the skill scheme, then every document as it was added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from graphmodel.errors import BadInput, Outdated
from graphmodel.nodes import Document
from graphmodel.store import GraphStore, Stamp, View

DOCUMENTS_AT_ONCE = 1_000
"""How many documents are compared at once, and their names kept."""


class Copied(NamedTuple):
    """How many documents the source has, how many of them were there already, and the rows written for the others."""

    documents: int
    unchanged: int
    rows: int


def copy(source: View, target: GraphStore, progress: Callable[[int], None] | None = None) -> Copied:
    """Copies all that a store says into one that is empty, or that a copy of the same store was begun in.

    Afterwards both hold the same nodes and edges and give the same export; what is there already is not written
    again. Memory grows with the names of the skills and not with the documents. The journal, and aliases that lead to
    no skill any more, stay behind. `progress` is called with the number of documents dealt with since the last call.

    Raises Outdated if documents of the source were read with an older taxonomy than it has, and BadInput if the target
    holds something else, both before anything is written.
    """
    _check_source(source)
    _check_target(source, target)
    scheme = source.scheme()
    if scheme.digest:
        target.set_taxonomy(scheme)
    documents = unchanged = rows = 0
    for stamps in _stamps(source):
        there = target.stamps(stamps)
        if there and progress:
            progress(len(there))
        for changes in target.add(source.readings([origin for origin in stamps if origin not in there])):
            rows += changes.rows
            if progress:
                progress(len(changes.added))
        documents += len(stamps)
        unchanged += len(there)
    return Copied(documents, unchanged, rows)


def _check_source(source: View) -> None:
    taxonomy = source.taxonomy()
    for stamps in _stamps(source):
        for origin, stamp in stamps.items():
            if stamp.taxonomy != taxonomy:
                raise Outdated(
                    f"{origin} was read with an older skill taxonomy than that of the store it stands in.",
                    "Bring the store that is copied up to date first: rolegraph refresh --store URL.",
                )


def _check_target(source: View, target: View) -> None:
    for stamps in _stamps(target):
        here = source.stamps(stamps)
        for origin, stamp in stamps.items():
            if here.get(origin) != stamp:
                raise _refused(f"{origin}, {'in another version' if origin in here else 'which the other has not'}")
    if target.taxonomy() not in ("", source.taxonomy()):
        raise _refused("another skill taxonomy")


def _refused(what: str) -> BadInput:
    return BadInput(f"The store to copy to holds {what}.", "Name one that is empty, or not there yet.")


def _stamps(view: View) -> Iterator[Mapping[str, Stamp]]:
    """The stamps of all documents by origin, DOCUMENTS_AT_ONCE together."""
    after = None
    while page := view.nodes("document", after=after, limit=DOCUMENTS_AT_ONCE):
        yield view.stamps([node.origin for node in page if isinstance(node, Document)])
        after = (page[-1].id, page[-1].id)
