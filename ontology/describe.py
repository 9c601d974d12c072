"""What is said of one thing and of what stands next to it, in a document of a size that can be read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple, cast

from graphmodel.identity import kind_of
from graphmodel.nodes import NODE_TYPES, Document, Node, Note, Posting, Skill
from graphmodel.relations import RELATIONS, STATED, Applied, Edge, Mention, Needs
from graphmodel.scheme import is_candidate
from graphmodel.store import View
from ontology.mapping import PROPERTIES, application_id, need_id, note_id
from ontology.subjects import SCHEMES, Subject, Subjects, as_written
from ontology.writers.syntax import Pair, Writer

LIMIT = 50
"""So many edges of one relation, and in one direction, stand in one document; more on its next pages."""

_NEED = re.compile(r"need:(role|department)-([0-9a-f]+)-(.+)", re.DOTALL)
_APPLICATION = re.compile(r"application:([0-9a-f]+)-(.+)", re.DOTALL)
_NOTE = re.compile(r"note:([0-9a-f]+)-([1-9][0-9]{0,8})")
_BRIEFLY = ("rdf:type", "skos:prefLabel", "title", "origin")

Value = Node | Note | Edge
"""What an id stands for, if it is no scheme."""


class Group(NamedTuple):
    """Edges of one relation that leave a thing, or (`back`) lead to it, in order; `more` than these, if not all."""

    relation: str
    back: bool
    edges: tuple[Edge, ...]
    more: bool


class Around(NamedTuple):
    """A thing and what stands next to it: `value` is None of a scheme; `points_to` are other ids that it names."""

    id: str
    value: Value | None
    groups: tuple[Group, ...] = ()
    points_to: tuple[str, ...] = ()

    @property
    def more(self) -> bool:
        return any(group.more for group in self.groups)


def exists(view: View, id: str) -> bool:
    """Whether an export says anything of a thing. An id that was given up for another is no thing any more."""
    return id in SCHEMES or id in _values(view, [id])


def around(view: View, id: str, limit: int = LIMIT, page: int = 1) -> Around | None:
    """A thing, and of each relation the edges of a page (from 1); None if there is no such thing.

    What postings state of a thing comes with the postings, and one posting's whole document is read for it.
    """
    value = _values(view, [id]).get(id)
    if value is None:
        return Around(id, None) if id in SCHEMES else None
    groups = []
    for relation, back, edges in _edges(view, id, value):
        found = list(islice(edges, (page - 1) * limit, page * limit + 1))
        if found:
            groups.append(Group(relation, back, tuple(found[:limit]), len(found) > limit))
    return Around(id, value, tuple(groups), _named(view, value, limit))


def described(view: View, writer: Writer, thing: Around, limit: int = LIMIT) -> list[Subject]:
    """All that an export says of a thing; the needs, applications and mentions of its edges, whole; and the types and
    labels of what these and the thing itself point to, of each relation as many as `limit`. In order of IRIs.
    """
    return _Document(view, writer).around(thing, limit)


class Chosen(Subjects):
    """As Subjects, of a few things that are found by their ids."""

    def about(self, ids: Iterable[str]) -> Iterator[Subject]:
        """Those of the ids that there are, in no order, and what an export says of each."""
        wanted = {*ids}
        found = _values(self._view, wanted)
        by_kind: dict[str, list[Node]] = defaultdict(list)
        for id, value in found.items():
            kind = id.partition(":")[0]
            if kind in NODE_TYPES:
                by_kind[kind].append(cast(Node, value))
            elif kind == "mention":
                yield from self._quoted([cast(Mention, value)])
            else:
                yield id, sorted(self._mapping.statements(value))
        for kind in sorted(by_kind.keys() - {"skill"}):
            yield from self._page(kind, by_kind[kind])
        renamed = {old: new for old, new in self._view.aliases(wanted).items() if not is_candidate(old)}
        skills = [node for node in by_kind["skill"] if isinstance(node, Skill)]
        known = [skill.id for skill in skills]
        yield from self._skill_page([*skills, *renamed], renamed, self._inverse(known), self._narrower(known))
        if schemes := wanted & SCHEMES.keys():
            yield from (subject for subject in self._schemes() if subject[0] in schemes)


class _Document(Chosen):
    """The parts of one document."""

    def __init__(self, view: View, writer: Writer) -> None:
        super().__init__(view, writer)
        self._said: dict[str, set[Pair]] = defaultdict(set)

    def around(self, thing: Around, limit: int) -> list[Subject]:
        self._add(self.about([thing.id]))
        next_to = {*thing.points_to}
        for group in thing.groups:
            mentions = [cast(Mention, edge) for edge in group.edges if hasattr(edge, "id")]
            self._add(self._quoted(mentions))
            for edge in group.edges:
                self._edge(edge)
                next_to |= {edge.source, edge.target}
                if posting := getattr(edge, "posting", ""):
                    next_to |= {posting, self._origins[posting]}
        if isinstance(thing.value, Document):
            notes = [note_id(thing.id, n) for n in range(1, len(thing.value.notes) + 1)]
            self._add(self.about(notes[:limit]))
        self._add(self._briefly(next_to - {thing.id}))
        return [(id, sorted(self._said[id])) for id in sorted(self._said, key=as_written)]

    def _add(self, subjects: Iterable[Subject]) -> None:
        for id, pairs in subjects:
            self._said[id].update(pairs)

    def _edge(self, edge: Edge) -> None:
        """The direct triple of an edge, and what is counted of it."""
        property, target = self._writer.property, self._writer.thing(edge.target)
        said = self._said[edge.source]
        said.add((property(PROPERTIES[edge.relation]), target))
        if isinstance(edge, Needs):
            if kind_of(edge.source) == "role":
                said.update(self._strength(edge))
            self._add([(need_id(edge), self._mapping.statements(edge))])
        elif isinstance(edge, Applied):
            self._add([(application_id(edge), self._mapping.statements(edge))])

    def _briefly(self, ids: Collection[str]) -> Iterator[Subject]:
        """Types and labels."""
        kept = {self._writer.property(name) for name in _BRIEFLY}
        for id, value in _values(self._view, [id for id in ids if kind_of(id) in NODE_TYPES]).items():
            pairs = self._mapping.statements(value)
            if isinstance(value, Skill):
                pairs += self._skill(value, False)
            yield id, [pair for pair in pairs if pair[0] in kept]
        for id in sorted(SCHEMES.keys() & {*ids}):
            yield id, self._scheme(id)


def _values(view: View, ids: Collection[str]) -> dict[str, Value]:
    """What ids stand for; one that is an alias of another stands for nothing here."""
    wanted = {*ids}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id in sorted(wanted):
        by_kind[id.partition(":")[0]].append(id)
    found: dict[str, Value] = {}
    for kind, some in by_kind.items():
        if kind in NODE_TYPES:
            found |= {node.id: node for node in view.nodes(kind, some)}
        elif kind == "mention":
            found |= {mention.id: mention for mention in view.mentions(some)}
        elif kind in _DERIVED:
            for id in some:
                found |= _DERIVED[kind](view, id)
    return {id: value for id, value in found.items() if id in wanted}


def _need(view: View, id: str) -> dict[str, Value]:
    if not (parts := _NEED.fullmatch(id)):
        return {}
    edges = view.edges("NEEDS", [f"{parts[1]}:{parts[2]}"], [f"skill:{parts[3]}"])
    return {need_id(edge): edge for edge in edges if isinstance(edge, Needs)}


def _application(view: View, id: str) -> dict[str, Value]:
    if not (parts := _APPLICATION.fullmatch(id)):
        return {}
    edges = view.edges("APPLIED_IN", [f"skill:{parts[2]}"], [f"department:{parts[1]}"])
    return {application_id(edge): edge for edge in edges if isinstance(edge, Applied)}


def _note(view: View, id: str) -> dict[str, Value]:
    if not (parts := _NOTE.fullmatch(id)):
        return {}
    documents = [node for node in view.nodes("document", [f"document:{parts[1]}"]) if isinstance(node, Document)]
    return {note_id(node.id, n): note for node in documents for n, note in enumerate(node.notes, 1)}


_DERIVED: Mapping[str, Callable[[View, str], dict[str, Value]]] = {
    "need": _need,
    "application": _application,
    "note": _note,
}
"""What the things that have no row of their own are found by."""


def _edges(view: View, id: str, value: Value) -> Iterator[tuple[str, bool, Iterable[Edge]]]:
    """The edges of a node, by relation and direction."""
    kind = id.partition(":")[0]
    if isinstance(value, (Posting, Document)):
        yield from _stated(view, value)
    elif kind in NODE_TYPES:
        for relation, joins in RELATIONS.items():
            if kind in joins.sources:
                yield relation, False, view.edges(relation, sources=[id])
            if kind in joins.targets:
                yield relation, True, view.edges(relation, targets=[id])


def _stated(view: View, value: Posting | Document) -> Iterator[tuple[str, bool, Iterable[Edge]]]:
    """What a posting states; of a document, what its postings describe."""
    document = value.document if isinstance(value, Posting) else value.id
    origins = [node.origin for node in view.nodes("document", [document]) if isinstance(node, Document)]
    mentions = chain.from_iterable(reading.graph.mentions.values() for reading in view.readings(origins))
    by_relation: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: (one.source, one.target, one.id)):
        if isinstance(value, Document):
            if mention.relation == "DESCRIBES":
                by_relation[mention.relation].append(mention)
        elif getattr(mention, "posting", "") == value.id:
            by_relation[mention.relation].append(mention)
    for relation in STATED:
        yield relation, False, by_relation[relation]


def _named(view: View, value: Value, limit: int) -> tuple[str, ...]:
    """The ids in the fields of a value, the scheme of a concept, the item or document that a mention is from."""
    fields = ("source", "target", "posting", "document", "repeats")
    ids = [id for field in fields if (id := getattr(value, field, None))]
    postings = [node for node in view.nodes("posting", ids) if isinstance(node, Posting)]
    ids += [posting.document for posting in postings]
    if isinstance(value, Skill):
        ids.append("scheme:candidates" if value.status == "candidate" else "scheme:skills")
    elif kind_of(getattr(value, "id", "")) == "role":
        ids.append("scheme:roles")
    return tuple(dict.fromkeys(ids))
