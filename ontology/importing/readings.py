"""The documents of a dump, as a reader would have made them: the unit in which a store adds and forgets.

A dump has no text of documents, and says not which of them spells a name how: each is given the name that is shown and
all others, so that the documents together choose the same. A thing that no mention joins goes with the last document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from graphmodel.graph import Graph, Reading
from graphmodel.identity import posting_id
from graphmodel.nodes import Document, Node, Posting, Role
from graphmodel.relations import FactMention, ItemMention, Mention
from graphmodel.store import IMPORTED
from ontology.importing import values
from ontology.importing.said import Said
from ontology.importing.staging import Staging
from ontology.importing.values import CHANGED, Wrong

_DOCUMENTS = 100
_NAMED = ("role", "department", "indicator")


def readings(staging: Staging, taxonomy: str, progress: Callable[[int], None]) -> Iterator[Reading]:
    """The documents in order of origin. Raises Wrong for what cannot be, or is not there.

    Memory grows with the names of roles, departments and indicators, and not with documents, items and mentions.
    """
    staging.put_origins(_origins(staging))
    left = {id for kind in _NAMED for id in staging.ids(kind)}
    last: Reading | None = None
    after = ""
    while chunk := staging.documents(after, _DOCUMENTS):
        after = chunk[-1][0]
        for reading in _read(staging, [id for _, id in chunk], taxonomy):
            left.difference_update(reading.graph.nodes)
            if last is not None:
                yield last
                progress(1)
            last = reading
    if last is not None:
        more = {id: values.node(id, said) for id, said in staging.of(left).items()}
        yield last._replace(graph=last.graph._replace(nodes=last.graph.nodes | more))
        progress(1)


def _origins(staging: Staging) -> Iterator[tuple[str, str]]:
    for id, said in staging.of_kind("document"):
        document = values.node(id, said)
        assert isinstance(document, Document)
        yield document.origin, id


def _read(staging: Staging, ids: list[str], taxonomy: str) -> Iterator[Reading]:
    documents = staging.of(ids)
    notes = staging.of([note for said in documents.values() for note in said.get("note", ())])
    postings: dict[str, list[Posting]] = defaultdict(list)
    for owner, id, said in staging.owned(ids):
        node = values.node(id, said)
        if isinstance(node, Posting):
            postings[owner].append(node)
    stated: dict[str, list[ItemMention | FactMention]] = defaultdict(list)
    for owner, id, said in staging.owned([posting.id for some in postings.values() for posting in some]):
        mention = values.mention(id, said)
        if isinstance(mention, (ItemMention, FactMention)):
            stated[owner].append(mention)
    items = {each.target for some in stated.values() for each in some if isinstance(each, ItemMention)}
    words: dict[str, list[Mention]] = defaultdict(list)
    for owner, id, said in staging.owned(items):
        words[owner].append(values.mention(id, said))
    all_mentions: Iterator[Mention] = chain.from_iterable((*stated.values(), *words.values()))
    ends = {end for mention in all_mentions for end in (mention.source, mention.target)}
    nodes = {id: values.node(id, said) for id, said in staging.of(ends).items()}
    for id in ids:
        document = values.node(id, documents[id])
        assert isinstance(document, Document)
        numbered = sorted(documents[id].get("note", ()), key=_number)
        document = document._replace(
            repeats=None, notes=tuple(values.note(one, _found(notes, one, id)) for one in numbered)
        )
        mentions: list[Mention] = []
        for posting in postings[id]:
            if posting.id != posting_id(document.origin, posting.number):
                raise Wrong(posting.id, "number", f"the id of {posting.id} is not made from its place", CHANGED)
            mentions += stated[posting.id]
        for item in dict.fromkeys(each.target for each in mentions if isinstance(each, ItemMention)):
            mentions += words[item]
        yield _reading(document, postings[id], mentions, nodes, taxonomy)


def _reading(
    document: Document, postings: list[Posting], mentions: list[Mention], nodes: dict[str, Node], taxonomy: str
) -> Reading:
    described = {each.target for each in mentions if each.relation == "DESCRIBES"}
    own: dict[str, Node] = {document.id: document}
    own.update((posting.id, posting._replace(repeats=None)) for posting in postings)
    for mention in mentions:
        for end in (mention.source, mention.target):
            if end not in own:
                if end not in nodes:
                    raise Wrong(mention.id, "", f"{mention.id} joins {end}, of which the dump says nothing", CHANGED)
                node = nodes[end]
                if isinstance(node, Role):
                    node = node._replace(described=node.described and end in described)
                own[end] = node
    graph = Graph(own, {mention.id: mention for mention in mentions})
    return Reading(document, "", graph, IMPORTED, taxonomy)


def _number(note: str) -> int:
    number = note.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _found(notes: dict[str, Said], note: str, document: str) -> Said:
    if note not in notes:
        raise Wrong(document, "note", f"{document} has {note}, of which the dump says nothing", CHANGED)
    return notes[note]
