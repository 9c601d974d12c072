"""The sentences behind a page: each with the words that count, its document and its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from graphmodel.identity import document_id, kind_of
from graphmodel.nodes import NODE_TYPES, Document, Node, Posting
from graphmodel.relations import (
    ITEM_RELATIONS,
    DepartmentMention,
    Edge,
    FactMention,
    ItemMention,
    Needs,
    SkillMention,
)
from graphmodel.store import View
from ontology.describe import Around

_ITEMS = ("duty", "requirement")


class Mark(NamedTuple):
    """Code points of a text, and the id of what they name."""

    start: int
    end: int
    id: str


class Quote(NamedTuple):
    """What a document says of `subject`; the document is known by its origin, and the line counts from 1."""

    text: str
    marks: tuple[Mark, ...]
    subject: str
    origin: str
    line: int

    @property
    def document(self) -> str:
        return document_id(self.origin)


def named(view: View, ids: Iterable[str]) -> dict[str, str]:
    """What people call the nodes of these ids."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id in {*ids}:
        by_kind[id.partition(":")[0]].append(id)
    return {node.id: label(node) for kind in NODE_TYPES if kind in by_kind for node in view.nodes(kind, by_kind[kind])}


def label(node: Node) -> str:
    """A name, a text, a title or an origin: one of them is there."""
    return next(value for field in ("name", "text", "title", "origin") if (value := getattr(node, field, "")))


def quotes(view: View, thing: Around, limit: int) -> list[Quote]:
    """The sentences that the edges around a thing are taken from, each once, in order of edges."""
    if isinstance(thing.value, Needs):
        found = view.evidence([thing.value.source], [thing.value.target], limit)
        marked = (
            Quote(one.text, (Mark(one.start, one.end, one.skill),), one.subject, one.origin, one.line) for one in found
        )
        return list(dict.fromkeys(marked))
    edges = [edge for group in thing.groups for edge in group.edges if _quotable(edge, thing.id)]
    if kind_of(thing.id) == "mention" and thing.value is not None:
        edges = [thing.value]  # type: ignore[list-item]
    return list(dict.fromkeys(_quoted(view, edges)))


def _quotable(edge: Edge, id: str) -> bool:
    """What an item says by itself is marked in the item; and a title is no sentence."""
    return (isinstance(edge, (ItemMention, FactMention)) and edge.relation != "DESCRIBES") or (
        isinstance(edge, (SkillMention, DepartmentMention)) and edge.target == id
    )


def _quoted(view: View, edges: Sequence[Edge]) -> Iterator[Quote]:
    items = {end for edge in edges for end in (edge.source, edge.target) if kind_of(end) in _ITEMS}
    texts = named(view, items)
    marks = _marks(view, {edge.target for edge in edges if isinstance(edge, ItemMention)})
    bare = {edge.source for edge in edges if isinstance(edge, (SkillMention, DepartmentMention))}
    stated = {
        edge.target: edge
        for relation in ITEM_RELATIONS
        for edge in (view.edges(relation, targets=sorted(bare)) if bare else ())
        if isinstance(edge, ItemMention)
    }
    origins = _origins(
        view, {posting for edge in (*edges, *stated.values()) if (posting := getattr(edge, "posting", ""))}
    )
    for edge in edges:
        if isinstance(edge, ItemMention):
            yield Quote(texts[edge.target], marks.get(edge.target, ()), edge.source, origins[edge.posting], edge.line)
        elif isinstance(edge, FactMention):
            yield Quote(edge.evidence, (), edge.source, origins[edge.posting], edge.line)
        elif isinstance(edge, (SkillMention, DepartmentMention)) and (item := stated.get(edge.source)):
            mark = Mark(edge.start, edge.end, edge.target)
            yield Quote(texts[edge.source], (mark,), item.source, origins[item.posting], item.line)


def _marks(view: View, items: Collection[str]) -> dict[str, tuple[Mark, ...]]:
    """What the words of items name, in order; of words that overlap the first and longest."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for relation in ("REQUIRES", "INVOLVES"):
        for edge in view.edges(relation, sources=sorted(items)) if items else ():
            if isinstance(edge, (SkillMention, DepartmentMention)):
                found[edge.source].append(Mark(edge.start, edge.end, edge.target))
    apart: dict[str, tuple[Mark, ...]] = {}
    for item, marks in found.items():
        kept: list[Mark] = []
        for mark in sorted(marks, key=lambda one: (one.start, -one.end, one.id)):
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        apart[item] = tuple(kept)
    return apart


def _origins(view: View, postings: Collection[str]) -> dict[str, str]:
    """The origins of the documents that postings stand in."""
    found = [node for node in view.nodes("posting", postings) if isinstance(node, Posting)]
    documents = view.nodes("document", {posting.document for posting in found})
    origins = {node.id: node.origin for node in documents if isinstance(node, Document)}
    return {posting.id: origins[posting.document] for posting in found}
