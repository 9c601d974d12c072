"""The labels and aliases of the skill scheme, as a Neo4j store keeps them: packed, on one node, beside the skills.

They are tens of thousands and change all together. As nodes of their own they would cost a new taxonomy half a minute
and more memory than a server gives a transaction; packed they are read once, and again after each new taxonomy.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from neo4j import Transaction

from graphmodel.identity import fold
from graphmodel.nodes import Skill
from graphmodel.stores.neo4j_rows import Labels

_KEPT = 4


class Scheme:
    """What is known of a scheme besides its skills. `labels` holds (skill, label), preferred ones first."""

    def __init__(self, aliases: Mapping[str, str], labels: tuple[tuple[str, str], ...]) -> None:
        self.aliases = aliases
        self.labels = labels

    @cached_property
    def skills(self) -> frozenset[str]:
        return frozenset(skill for skill, _ in self.labels)

    @cached_property
    def by_fold(self) -> dict[str, list[tuple[str, str]]]:
        """The (skill, label) pairs of each fold."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for skill, label in self.labels:
            found[fold(label, "skill")].append((skill, label))
        return dict(found)

    def packed(self) -> bytes:
        content = (sorted(self.aliases.items()), self.labels)
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 1)


NONE = Scheme({}, ())


def labels_of(skills: Iterable[Skill]) -> tuple[tuple[str, str], ...]:
    """The labels of skills."""
    return tuple(
        (skill.id, label)
        for skill in skills
        for label in dict.fromkeys((skill.name, skill.name_en, *skill.alt_names, *skill.alt_names_en))
        if label
    )


class Schemes:
    """The schemes of one store that were read, by the revision that put them (0: none was). Threads may share it."""

    def __init__(self, labels: Labels) -> None:
        self._node = labels.own("Scheme")
        self._known = {0: NONE}
        self._lock = Lock()

    def read(self, tx: Transaction, revision: int) -> Scheme:
        """The scheme in force at a revision that was read in the same transaction, or before."""
        known = self._known.get(revision)
        if known is None:
            query = f"MATCH (s:`{self._node}`) RETURN s.revision, s.content"
            ((found, content),) = tx.run(query).values()
            known = _unpacked(content)
            with self._lock:
                self._known[int(found)] = known
                while len(self._known) > _KEPT:
                    self._known.pop(min(set(self._known) - {0}))
        return known

    def put(self, tx: Transaction, revision: int, scheme: Scheme) -> None:
        query = f"MERGE (s:`{self._node}` {{id: 'scheme'}}) SET s.revision = $revision, s.content = $content"
        tx.run(query, revision=revision, content=scheme.packed()).consume()


def _unpacked(content: Any) -> Scheme:
    aliases, labels = json.loads(zlib.decompress(content))
    return Scheme(dict(aliases), tuple((skill, label) for skill, label in labels))
