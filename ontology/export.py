"""The whole graph as Turtle or N-Triples, streamed, byte-identical for equal graphs.

Subjects are sorted by IRI, their predicates and objects too; each triple is written once. What an export says
depends on the documents, the taxonomy and the base IRI, and on nothing else: no clock, and nothing of the store's
history, hence no aliases, which a store keeps from all the taxonomies that it ever had.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Literal, TypeVar

from graphmodel.errors import BadInput
from graphmodel.nodes import Document, Node, Role, Skill
from graphmodel.relations import RELATIONS, STATED, Needs
from graphmodel.store import View
from ontology.mapping import PROPERTIES, application_id, need_id, note_id, statements
from ontology.terms import BASE, CHINESE, DATA_KINDS, ENGLISH, Pair, boolean, check_base, iri, term, text
from ontology.writers import NTriples, Turtle, Writer

Format = Literal["turtle", "nt"]
Subject = tuple[str, list[Pair]]
"""An id, and what is said of it, in any order."""

_PAGE = 2_000
_BUCKETS = 64
_IN_MEMORY = 1 << 18
_ROLES, _SKILLS, _CANDIDATES = "scheme:roles", "scheme:skills", "scheme:candidates"
_SCHEMES = {_CANDIDATES: ("候选技能", "Candidate skills"), _ROLES: ("岗位", "Roles"), _SKILLS: ("技能", "Skills")}
_T = TypeVar("_T")


def export(view: View, out: BinaryIO, format: Format = "turtle", base: str = BASE) -> int:
    """Write the graph, and return the number of triples.

    `view` should be one consistent view (`store.reading()`). Memory grows with the names of skills and roles, not
    with documents, items and mentions. Raises BadInput for an unknown format or a base that is no IRI.
    """
    check_base(base)
    writers: dict[str, Callable[[], Writer]] = {"turtle": lambda: Turtle(base), "nt": NTriples}
    if format not in writers:
        raise BadInput(f"{format!r} is not a format of the export.", f"Choose one of: {', '.join(writers)}.")
    writer = writers[format]()
    out.write(writer.head().encode())
    count = 0
    for id, pairs in subjects(view, base):
        ordered = sorted(set(pairs))
        count += len(ordered)
        out.write(writer.block(iri(id, base), ordered).encode())
    return count


def subjects(view: View, base: str = BASE) -> Iterator[Subject]:
    """All subjects of the graph, sorted by IRI."""
    parts: dict[str, Callable[[], Iterable[Subject]]] = {
        "application": lambda: _edges(view, ["APPLIED_IN"], application_id, base),
        "mention": lambda: _edges(view, STATED, lambda edge: edge.id, base),
        "need": lambda: _edges(view, ["NEEDS"], need_id, base),
        "note": lambda: _notes(view, base),
        "scheme": lambda: _schemes(view, base),
        "skill": lambda: _skills(view, base),
    }
    for kind in sorted(DATA_KINDS):
        yield from parts[kind]() if kind in parts else _nodes(view, kind, base)


def _pages(view: View, kind: str) -> Iterator[list[Node]]:
    after = None
    while page := view.nodes(kind, order="id", after=after, limit=_PAGE):
        yield page
        after = (page[-1].id, page[-1].id)


def _nodes(view: View, kind: str, base: str) -> Iterator[Subject]:
    """Nodes and, as direct triples, the edges that leave them."""
    for page in _pages(view, kind):
        leaving = _leaving(view, kind, page, base)
        for node in page:
            pairs = statements(node, base) + leaving[node.id]
            if isinstance(node, Role):
                pairs += _concept(_ROLES, True, base)
            elif isinstance(node, Document):
                pairs += [(term("note"), iri(note_id(node.id, note), base)) for note in node.notes]
            yield node.id, pairs


def _leaving(view: View, kind: str, nodes: Sequence[Node], base: str) -> dict[str, list[Pair]]:
    pairs: dict[str, list[Pair]] = defaultdict(list)
    ids = [node.id for node in nodes]
    for relation in (name for name, joins in RELATIONS.items() if kind in joins.sources):
        predicate = term(PROPERTIES[relation])
        for edge in view.edges(relation, sources=ids):
            target = iri(edge.target, base)
            pairs[edge.source].append((predicate, target))
            if kind == "role" and isinstance(edge, Needs):
                strength = "essentialSkill" if edge.necessity == "required" else "optionalSkill"
                pairs[edge.source].append((term(strength), target))
    return pairs


def _concept(scheme: str, top: bool, base: str) -> list[Pair]:
    properties = ("skos:inScheme", "skos:topConceptOf") if top else ("skos:inScheme",)
    return [(term(property), iri(scheme, base)) for property in properties]


def _skills(view: View, base: str) -> Iterator[Subject]:
    """Skills as SKOS concepts, both directions of each link written."""
    skills = sorted(_all_skills(view), key=lambda skill: iri(skill.id, base))
    inverse: dict[str, list[Pair]] = defaultdict(list)
    for relation, property in (("BROADER", "skos:narrower"), ("RELATED", "skos:related")):
        for link in view.edges(relation):
            inverse[link.target].append((term(property), iri(link.source, base)))
    narrower = _narrower(view)
    for start in range(0, len(skills), _PAGE):
        page = skills[start : start + _PAGE]
        leaving = _leaving(view, "skill", page, base)
        for skill in page:
            pairs = statements(skill, base) + leaving[skill.id] + inverse[skill.id]
            pairs += _concept(_scheme(skill), skill.id not in narrower, base)
            if skill.status == "deprecated":
                pairs.append((term("owl:deprecated"), boolean(True)))
            yield skill.id, pairs


def _all_skills(view: View) -> Iterator[Skill]:
    return (node for page in _pages(view, "skill") for node in page if isinstance(node, Skill))


def _narrower(view: View) -> set[str]:
    """The skills that are no top concepts."""
    return {link.source for link in view.edges("BROADER")}


def _scheme(skill: Skill) -> str:
    return _CANDIDATES if skill.status == "candidate" else _SKILLS


def _schemes(view: View, base: str) -> Iterator[Subject]:
    tops: dict[str, list[str]] = {scheme: [] for scheme in sorted(_SCHEMES)}
    narrower = _narrower(view)
    for skill in _all_skills(view):
        if skill.id not in narrower:
            tops[_scheme(skill)].append(skill.id)
    tops[_ROLES] = [node.id for page in _pages(view, "role") for node in page]
    for scheme, members in tops.items():
        chinese, english = _SCHEMES[scheme]
        pairs = [
            (term("rdf:type"), term("skos:ConceptScheme")),
            (term("skos:prefLabel"), text(chinese, CHINESE)),
            (term("skos:prefLabel"), text(english, ENGLISH)),
        ]
        yield scheme, pairs + [(term("skos:hasTopConcept"), iri(member, base)) for member in members]


def _edges(view: View, relations: Iterable[str], id: Callable[[Any], str], base: str) -> Iterator[Subject]:
    """What is said of edges: mentions and counts."""
    rows = ((id(edge), edge) for relation in relations for edge in view.edges(relation))
    for key, edge in _by_id(rows):
        yield key, statements(edge, base)


def _notes(view: View, base: str) -> Iterator[Subject]:
    rows = (
        (note_id(node.id, note), note)
        for page in _pages(view, "document")
        for node in page
        if isinstance(node, Document)
        for note in node.notes
    )
    for key, note in _by_id(rows):
        yield key, statements(note, base)


def _by_id(rows: Iterable[tuple[str, _T]]) -> Iterator[tuple[str, _T]]:
    """The rows in order of their ids, whose keys are hex digits: each bucket of the first two digits fits in memory."""
    with ExitStack() as stack:
        buckets = [stack.enter_context(SpooledTemporaryFile(_IN_MEMORY)) for _ in range(_BUCKETS)]
        for row in rows:
            key = row[0].partition(":")[2]
            pickle.dump(row, buckets[int(key[:2], 16) * _BUCKETS // 256], pickle.HIGHEST_PROTOCOL)
        for bucket in buckets:
            end = bucket.tell()
            bucket.seek(0)
            found: dict[str, _T] = {}
            while bucket.tell() < end:
                key, value = pickle.load(bucket)
                found[key] = value
            yield from sorted(found.items())
            bucket.close()
