"""What the checks look at: one subject at a time, and the concepts and schemes of a whole dump."""

from __future__ import annotations

from typing import NamedTuple

from ontology.quality.findings import text
from ontology.terms import DCT, ONTOLOGY, OWL, RDF, SKOS
from ontology.writers.syntax import Pair

Said = dict[str, list[str]]
"""What is said of a subject: the objects of each predicate, sorted."""


def skos(*names: str) -> tuple[str, ...]:
    return tuple(f"<{SKOS}{name}>" for name in names)


TYPE, REPLACED, DEPRECATED = f"<{RDF}type>", f"<{DCT}isReplacedBy>", f"<{OWL}deprecated>"
PREFERRED, ALTERNATIVE, HIDDEN = LABELS = skos("prefLabel", "altLabel", "hiddenLabel")
DOCUMENTED = skos(
    "note", "changeNote", "definition", "editorialNote", "example", "historyNote", "scopeNote"
)  # fmt: skip
(IN_SCHEME, TOP_OF, HAS_TOP) = skos("inScheme", "topConceptOf", "hasTopConcept")
(RELATED,) = skos("related")
_ISO = "http://purl.org/iso25964/skos-thes#"
BROADER = (
    *skos("broader", "broaderTransitive"),
    *(f"<{_ISO}{name}>" for name in ("broaderGeneric", "broaderPartitive", "broaderInstantial")),
)
NARROWER = tuple(name.replace("broader", "narrower") for name in BROADER)
MAPPINGS = skos("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
(CONCEPT, SCHEME, COLLECTION, ORDERED) = skos("Concept", "ConceptScheme", "Collection", "OrderedCollection")
OURS = f"<{ONTOLOGY}"
SKILL, CANDIDATE, ROLE, MENTION = (f"{OURS}{name}>" for name in ("Skill", "CandidateSkill", "Role", "Mention"))

_XL = "http://www.w3.org/2008/05/skos-xl#"
_XL_LABELS = {f"<{_XL}{name}>": f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "hiddenLabel")}
_XL_FORM = f"<{_XL}literalForm>"

_CONCEPTS = frozenset((CONCEPT, SKILL, CANDIDATE, ROLE))
_LINKS = frozenset((*BROADER, *NARROWER, RELATED, *MAPPINGS))
_OF_CONCEPTS = frozenset((TOP_OF, *_LINKS))
_KEPT = frozenset((*LABELS[:2], IN_SCHEME, TOP_OF, DEPRECATED, *_LINKS, *_XL_LABELS))
_TERMS = _KEPT | _CONCEPTS | {*LABELS, *DOCUMENTED, HAS_TOP, SCHEME, COLLECTION, ORDERED, _XL_FORM}
_TITLES = ("http://www.w3.org/2000/01/rdf-schema#label", f"{DCT}title", "http://purl.org/dc/elements/1.1/title")
TITLES = (PREFERRED, *(f"<{name}>" for name in _TITLES))


class Thing(NamedTuple):
    """A subject and what is said of it."""

    subject: str
    said: Said

    def all(self, *predicates: str) -> list[str]:
        return [object for predicate in predicates for object in self.said.get(predicate, ())]

    @property
    def types(self) -> list[str]:
        return self.said.get(TYPE, [])

    @property
    def is_plain(self) -> bool:
        """Whether nothing of SKOS is said of it, as of most things of an export."""
        return _TERMS.isdisjoint(self.said) and _TERMS.isdisjoint(self.types)

    @property
    def is_concept(self) -> bool:
        return not _CONCEPTS.isdisjoint(self.types) or not _OF_CONCEPTS.isdisjoint(self.said)

    @property
    def is_scheme(self) -> bool:
        return SCHEME in self.types or HAS_TOP in self.said

    @property
    def is_collection(self) -> bool:
        return COLLECTION in self.types or ORDERED in self.types


def thing(subject: str, pairs: list[Pair]) -> Thing:
    said: Said = {}
    for predicate, object in pairs:
        if predicate in said:
            said[predicate].append(object)
        else:
            said[predicate] = [object]
    return Thing(subject, said)


class Vocabulary:
    """The concepts and schemes by subject, and which concepts are documented, or (roles, candidates) need not be.

    Memory grows with their number.
    """

    def __init__(self) -> None:
        self.concepts: dict[str, Thing] = {}
        self.schemes: dict[str, Thing] = {}
        self.documented: set[str] = set()
        self.relabelled: list[Thing] = []
        self._forms: dict[str, list[str]] = {}

    def see(self, thing: Thing) -> None:
        subject, said = thing
        if _XL_FORM in said:
            self._forms[subject] = said[_XL_FORM]
        if thing.is_scheme:
            self.schemes[subject] = thing
        elif thing.is_concept:
            self.concepts[subject] = Thing(subject, {name: said[name] for name in said.keys() & _KEPT})
            if not said.keys().isdisjoint(DOCUMENTED) or CANDIDATE in thing.types or ROLE in thing.types:
                self.documented.add(subject)

    def close(self) -> None:
        """Gives the concepts the labels that are things of SKOS-XL, and `relabelled` those that have any."""
        for subject, said in self.concepts.items():
            if said.said.keys().isdisjoint(_XL_LABELS):
                continue
            for predicate, plain in _XL_LABELS.items():
                forms = {form for label in said.said.pop(predicate, ()) for form in self._forms.get(label, ())}
                if forms:
                    said.said[plain] = sorted({*said.said.get(plain, ()), *forms})
            self.relabelled.append(self.concepts[subject])

    def schemes_of(self, concept: Thing) -> list[str]:
        """The schemes of a concept, or one that has no name."""
        return sorted({*concept.all(IN_SCHEME, TOP_OF)}) or [""]

    def by_scheme(self) -> dict[str, list[Thing]]:
        found: dict[str, list[Thing]] = {}
        for concept in self.concepts.values():
            for scheme in self.schemes_of(concept):
                found.setdefault(scheme, []).append(concept)
        return dict(sorted(found.items()))

    def broader(self) -> dict[str, set[str]]:
        """What each concept is under, whichever of the two says so."""
        found: dict[str, set[str]] = {subject: set() for subject in self.concepts}
        for subject, concept in self.concepts.items():
            found[subject].update(concept.all(*BROADER))
            for narrower in concept.all(*NARROWER):
                found.setdefault(narrower, set()).add(subject)
        return found


def is_deprecated(concept: Thing) -> bool:
    return any(text(value) in ("true", "1") for value in concept.all(DEPRECATED))
