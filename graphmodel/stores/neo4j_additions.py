"""What a Neo4j store makes of a reading before its transaction begins: packed, sorted, as rows of parameters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from graphmodel.graph import Reading
from graphmodel.identity import digest, kind_of
from graphmodel.nodes import Posting
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, SkillMention, skill_mention
from graphmodel.store import Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.batches import size
from graphmodel.stores.neo4j_rows import EdgeRow, Record, Stated

Words = tuple[SkillMention | DepartmentMention, ...]
"""What the words of one item say: its REQUIRES and INVOLVES."""


class Addition(NamedTuple):
    """A reading, and what follows from it alone.

    `ends` are the ids that its mentions join; other nodes of the graph are not kept, but for postings. `words` has
    an entry for each item; `edges` are the relationships of `stated`.
    """

    reading: Reading
    ends: set[str]
    stated: Stated
    words: dict[str, Words]
    edges: list[EdgeRow]
    word_edges: dict[str, list[EdgeRow]]
    record: Record

    @property
    def origin(self) -> str:
        return self.reading.document.origin

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.reading.document.content, self.reading.reader, self.reading.taxonomy)

    @property
    def rows(self) -> int:
        return size(self.reading)

    @property
    def reader(self) -> str:
        """What an item is a function of besides its text."""
        return digest(self.reading.reader, self.reading.taxonomy)


def prepare(reading: Reading, aliases: Mapping[str, str] | None = None) -> Addition:
    """The addition of a document; skills that are aliases are replaced by those in force."""
    words: dict[str, list[SkillMention | DepartmentMention]] = defaultdict(list)
    stated: list[ItemMention | FactMention] = []
    ends: set[str] = set()
    for mention in reading.graph.mentions.values():
        if isinstance(mention, (SkillMention, DepartmentMention)):
            mention = in_force(mention, aliases or {})
            words[mention.source].append(mention)
        else:
            stated.append(mention)
        ends |= {mention.source, mention.target}
    postings = [node for node in reading.graph.nodes.values() if isinstance(node, Posting)]
    own = Stated(
        tuple(posting.id for posting in postings),
        tuple(posting.fingerprint for posting in postings),
        tuple(stated),
        rows.names(reading, ends),
    )
    items = {id: tuple(words[id]) for id in sorted(ends) if kind_of(id) in rows.ITEMS}
    return Addition(
        reading,
        ends,
        own,
        items,
        [rows.edge_row(mention) for mention in stated],
        {item: word_edges(said) for item, said in items.items()},
        rows.record(reading, own),
    )


def word_edges(said: Words) -> list[EdgeRow]:
    """The relationships of what an item says, each once."""
    return [rows.edge_row(mention) for mention in dict.fromkeys(said)]


def in_force(mention: SkillMention | DepartmentMention, aliases: Mapping[str, str]) -> SkillMention | DepartmentMention:
    """The mention, of the skill in force if its own is an alias; its id follows its ends."""
    if mention.target not in aliases or not isinstance(mention, SkillMention):
        return mention
    m = mention
    return skill_mention(
        m.source, aliases[m.target], m.evidence, m.start, m.end, m.method, m.confidence, m.necessity, m.level
    )
