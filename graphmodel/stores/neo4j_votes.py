"""The votes of documents for the spellings of a name, as a Neo4j store counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphmodel.graph import choose_name
from graphmodel.stores.neo4j_rows import Stated


class Votes(NamedTuple):
    """Of one spelling: documents that use it as the name, that use it at all, and that describe the role by it."""

    names: int = 0
    documents: int = 0
    described: int = 0


class Chosen(NamedTuple):
    """The outcome: the name shown, the other spellings, and whether a document describes the role."""

    name: str
    alt_names: tuple[str, ...]
    described: bool


Poll = dict[str, Votes]
"""The votes for each spelling of one node."""


def named(stated: Iterable[Stated]) -> set[str]:
    """The nodes that the documents give names to."""
    return {name.node for one in stated for name in one.names}


def counted(before: Mapping[str, Poll], gone: Iterable[Stated], come: Iterable[Stated]) -> dict[str, Poll]:
    """The polls of all nodes that the documents name, after some documents went and others came.

    A spelling that no document uses any more has no documents.
    """
    after: dict[str, Poll] = {}
    for sign, documents in ((-1, gone), (1, come)):
        for stated in documents:
            for id, name, others, described in stated.names:
                poll = after.setdefault(id, dict(before.get(id, {})))
                for label in {name, *others}:
                    was, own = poll.get(label, Votes()), label == name
                    poll[label] = Votes(
                        was.names + sign * own, was.documents + sign, was.described + sign * (own and described)
                    )
    return after


def choose(poll: Mapping[str, Votes]) -> Chosen:
    """From the spellings in use; a node that only the words of an item still mention keeps those it had."""
    used = {label: votes.names for label, votes in poll.items() if votes.documents > 0} or dict.fromkeys(poll, 0)
    name, others = choose_name(Counter(used))
    return Chosen(name, others, any(votes.described > 0 for votes in poll.values()))
