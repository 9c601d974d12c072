"""What every store does to give a document back as it was added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphmodel.graph import Graph, Reading
from graphmodel.nodes import Department, Document, Indicator, Node, Posting, Role, Skill
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, Mention, SkillMention

DOCUMENTS_PER_READ = 100
"""How many documents are in memory at once."""


class Kept(NamedTuple):
    """What a store keeps of a document by itself; `own` are the nodes that it names, as it spells them."""

    document: Document
    text: str
    reader: str
    taxonomy: str
    postings: Sequence[Posting]
    mentions: Sequence[ItemMention | FactMention]
    own: Mapping[str, Node]


Words = Mapping[str, Iterable[SkillMention | DepartmentMention]]
"""What the words of each item say."""


def reading(kept: Kept, words: Words, nodes: Mapping[str, Node]) -> Reading:
    """The reading of a document. `nodes` holds what its mentions join, as the store shows it.

    A name that the document does not spell itself (of what a later reading found in an item that it shares) is the
    one that the store shows. What a document or posting repeats is not the document's, and is left out.
    """
    mentions: dict[str, Mention] = {mention.id: mention for mention in kept.mentions}
    for item in {mention.target for mention in kept.mentions if isinstance(mention, ItemMention)}:
        mentions.update((mention.id, mention) for mention in words.get(item, ()))
    document = kept.document._replace(repeats=None)
    own: dict[str, Node] = {document.id: document}
    own.update((posting.id, posting._replace(repeats=None)) for posting in kept.postings)
    own.update(kept.own)
    for mention in mentions.values():
        for end in (mention.source, mention.target):
            if end not in own:
                own[end] = spelled(nodes[end])
    return Reading(document, kept.text, Graph(own, mentions), kept.reader, kept.taxonomy)


def spelled(node: Node, name: str | None = None, others: Iterable[str] = (), described: bool = False) -> Node:
    """The node as one document spells and describes it; `name`: None for the name shown. Others stay as they are."""
    if isinstance(node, Role):
        return node._replace(name=name or node.name, alt_names=tuple(sorted(others)), described=described)
    if isinstance(node, (Department, Indicator)) or (isinstance(node, Skill) and node.status == "candidate"):
        return node._replace(name=name or node.name, alt_names=tuple(sorted(others)))
    return node
