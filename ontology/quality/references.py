"""Checks of what is named: terms that are not declared, things that are not there, things that nothing speaks for."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import numpy as np
import pyoxigraph as ox

from ontology.quality.findings import Finding, text
from ontology.quality.vocabulary import (
    CANDIDATE,
    MAPPINGS,
    MENTION,
    OURS,
    PREFERRED,
    REPLACED,
    TYPE,
    Thing,
)
from ontology.terms import SKOS
from ontology.writers.syntax import Pair

_RELATION, _TARGET = f"{OURS}relation>", f"{OURS}target>"
_START, _END, _SPAN = (f"{OURS}{name}>" for name in ("start", "end", "span"))
_PLACES = frozenset((_START, _SPAN))
_PLACE = re.compile(r'"char=(\d+),(\d+)"')
_TEXTS = (f"{OURS}Duty>", f"{OURS}Requirement>")
_ELSEWHERE = frozenset((TYPE, _RELATION, *MAPPINGS))
_MANY = 4_000_000

_SKOS = frozenset(
    f"<{SKOS}{name}>"
    for name in re.findall(
        r"\w+",
        "Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader broaderTransitive changeNote "
        "closeMatch definition editorialNote exactMatch example hasTopConcept hiddenLabel historyNote inScheme "
        "mappingRelation member memberList narrowMatch narrower narrowerTransitive notation note prefLabel related "
        "relatedMatch scopeNote semanticRelation topConceptOf",
    )
)
"""All terms of SKOS."""


@cache
def declared() -> frozenset[str]:
    """The terms that our ontology declares."""
    data = files("ontology").joinpath("rolegraph.ttl").read_bytes()
    subjects = (str(quad.subject) for quad in ox.parse(data, ox.RdfFormat.TURTLE))
    return frozenset(subject for subject in subjects if subject.startswith(OURS))


class Terms:
    """The properties and classes of our namespace and of SKOS that nobody declares, each told once with a subject."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def see(self, thing: Thing) -> list[Finding]:
        said, seen = thing.said, self._seen
        terms = [*said, *said.get(TYPE, ()), *said.get(_RELATION, ())]
        return [] if seen.issuperset(terms) else [*self._undeclared(thing.subject, sorted({*terms} - seen))]

    def _undeclared(self, subject: str, terms: list[str]) -> Iterator[Finding]:
        self._seen.update(terms)
        for term in terms:
            if term.startswith(OURS) and term not in declared():
                zh, en = "本体没有声明它。", "The ontology does not declare it."
                yield Finding("UndeclaredTerms", subject, term, zh, en)
            elif term.startswith(f"<{SKOS}") and term not in _SKOS:
                yield Finding("UndefinedSkosResources", subject, term, "SKOS 没有它。", "SKOS has no such term.")


class References:
    """Which IRIs are described and which are only named, as numbers: eight bytes each.

    An IRI that nothing describes dangles if others are described that are equal up to its last / or #; terms, and what
    concepts are aligned with, are never looked for.
    """

    def __init__(self) -> None:
        self._described, self._named = array("q"), array("q")
        self._places: set[str] = set()
        self._settled = np.empty(0, np.int64)

    def see(self, thing: Thing) -> None:
        subject, said = thing
        self._described.append(hash(subject))
        self._places.add(_place(subject))
        add = self._named.append
        for predicate, objects in said.items():
            if predicate not in _ELSEWHERE:
                for object in objects:
                    if object[0] == "<":
                        add(hash(object))
        if len(self._named) > _MANY:
            self._settle()

    def _settle(self) -> None:
        self._settled = np.union1d(self._settled, np.frombuffer(self._named, np.int64))
        self._named = array("q")

    def dangling(self, subjects: Iterable[tuple[str, list[Pair]]]) -> Iterator[Finding]:
        """Reads the subjects once more if anything is named and not described."""
        self._settle()
        missing = {*np.setdiff1d(self._settled, np.frombuffer(self._described, np.int64)).tolist()}
        for subject, pairs in subjects if missing else ():
            for predicate, object in pairs:
                named = object[0] == "<" and predicate not in _ELSEWHERE and hash(object) in missing
                if named and _place(object) in self._places:
                    zh, en = "文件中没有对它的描述。", "Nothing in the dump describes it."
                    yield Finding("DanglingReferences", subject, object, zh, en, predicate)


def _place(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] if iri[0] == "<" else ""


def misplaced(thing: Thing) -> list[Finding]:
    """The places that end before they begin."""
    return [] if _PLACES.isdisjoint(thing.said) else [*_misplaced(thing)]


def _misplaced(thing: Thing) -> Iterator[Finding]:
    said = thing.said
    for start in said.get(_START, ()):
        for end in said.get(_END, ()):
            if _number(start) > _number(end):
                zh, en = (
                    f"起点 {text(start)} 在终点 {text(end)} 之后。",
                    f"It begins at {text(start)}, after its end {text(end)}.",
                )
                yield Finding("MisplacedWords", thing.subject, start, zh, en, _START)
    for span in said.get(_SPAN, ()):
        if (place := _PLACE.fullmatch(span)) and int(place[1]) > int(place[2]):
            zh, en = "起点在终点之后。", "It begins after its end."
            yield Finding("MisplacedWords", thing.subject, span, zh, en, _SPAN)


def _number(term: str) -> int:
    """What is no integer is for the shapes to tell."""
    digits = text(term)
    return int(digits) if digits.isdecimal() else 0


class Ours:
    """What only an export of rolegraph must keep to."""

    def __init__(self) -> None:
        self.met = False
        self._untyped: list[str] = []
        self._candidates: list[str] = []
        self._targets: set[str] = set()
        self._mentions = False
        self._labelled: set[str] = set()
        self._unlabelled: list[tuple[str, str]] = []

    def see(self, thing: Thing) -> None:
        subject, said = thing
        types = thing.types
        self.met = self.met or any(type.startswith(OURS) for type in types)
        if MENTION in types:
            self._mentions = True
            self._targets.update(said.get(_TARGET, ()))
        elif not types:
            if REPLACED not in said:
                self._untyped.append(subject)
        elif CANDIDATE in types:
            self._candidates.append(subject)
        else:
            for type in _TEXTS:
                if type in types:
                    if PREFERRED in said:
                        self._labelled.add(type)
                    else:
                        self._unlabelled.append((type, subject))

    def untyped(self) -> Iterator[Finding]:
        for subject in self._untyped if self.met else ():
            yield Finding("UntypedResources", subject, "", "没有 rdf:type。", "It has no rdf:type.", TYPE)

    def without_evidence(self) -> Iterator[Finding]:
        """Where there are mentions at all."""
        for subject in self._candidates if self._mentions else ():
            if subject not in self._targets:
                zh, en = "没有原文提到这项候选技能。", "No mention asks for this candidate skill."
                yield Finding("CandidatesWithoutEvidence", subject, "", zh, en)

    def unlabelled(self) -> Iterator[Finding]:
        """Items without a text, unless no item of the kind has one: --quotes left them out."""
        for type, subject in self._unlabelled:
            if type in self._labelled:
                yield Finding("MissingLabels", subject, "", "没有首选标签。", "It has no preferred label.", PREFERRED)
