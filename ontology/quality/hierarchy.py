"""Checks of how the concepts of a vocabulary hang together, and of what they are aligned with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ontology.quality.findings import Finding, text
from ontology.quality.vocabulary import (
    BROADER,
    HAS_TOP,
    IN_SCHEME,
    MAPPINGS,
    NARROWER,
    RELATED,
    TOP_OF,
    Thing,
    Vocabulary,
    skos,
)

_ESCO = re.compile(r"<https?://data\.europa\.eu/esco/[a-z-]+/([^/>]+)>")
_EXACT, _CLOSE, _BROAD, _NARROW, _RELATED = MAPPINGS


def concepts_as_schemes(thing: Thing) -> Iterator[Finding]:
    """S9."""
    if thing.is_concept and thing.is_scheme:
        yield Finding("ConceptsAsSchemes", thing.subject, "", "既是概念又是概念体系。", "It is a concept and a scheme.")


def collections_as_concepts(thing: Thing) -> Iterator[Finding]:
    """S37."""
    if thing.is_collection and (thing.is_concept or thing.is_scheme):
        zh, en = "既是集合又是概念或概念体系。", "It is a collection, and a concept or a scheme."
        yield Finding("CollectionsAsConcepts", thing.subject, "", zh, en)


def http_uri_scheme_violations(thing: Thing) -> Iterator[Finding]:
    if (thing.is_concept or thing.is_scheme) and not thing.subject.startswith(("<http://", "<https://")):
        zh, en = "不是 http 或 https 的 IRI。", "It is no IRI of http or https."
        yield Finding("HttpUriSchemeViolations", thing.subject, "", zh, en)


def unknown_esco_concepts(thing: Thing, known: frozenset[str]) -> Iterator[Finding]:
    """`known` are the uuids, or other last parts of IRIs, of ESCO's concepts."""
    for predicate in MAPPINGS:
        for value in thing.said.get(predicate, ()):
            if (match := _ESCO.fullmatch(value)) and match[1].lower() not in known:
                zh, en = "所给的 ESCO 清单中没有它。", "The list of ESCO's concepts that was given lacks it."
                yield Finding("UnknownEscoConcepts", thing.subject, value, zh, en, predicate)


def orphan_concepts(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Concepts without a link to another; a scheme in which no concept has one is a list, and has no orphans."""
    linked = {subject for subject, concept in vocabulary.concepts.items() if concept.all(*BROADER, *NARROWER, RELATED)}
    linked |= {o for c in vocabulary.concepts.values() for o in c.all(*BROADER, *NARROWER, RELATED)}
    for concepts in vocabulary.by_scheme().values():
        if any(concept.subject in linked for concept in concepts):
            for concept in concepts:
                if concept.subject not in linked:
                    zh, en = "与任何概念都没有上下位或相关关系。", "No concept is broader, narrower or related."
                    yield Finding("OrphanConcepts", concept.subject, "", zh, en)


def hierarchical_cycles(vocabulary: Vocabulary) -> Iterator[Finding]:
    for members in _knots(vocabulary.broader()):
        others = ", ".join(text(member) for member in members[1:]) or text(members[0])
        zh, en = f"上位关系成环，经过 {others}。", f"It is broader than itself, by way of {others}."
        yield Finding("HierarchicalCycles", members[0], members[-1], zh, en, BROADER[0])


def _knots(broader: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected parts of more than one concept, or of one that is broader than itself (Tarjan 1972)."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in sorted(broader):
        if root in number:
            continue
        work = [(root, iter(sorted(broader[root])))]
        while work:
            one, rest = work[-1]
            if one not in number:
                number[one] = lowest[one] = len(number)
                path.append(one)
                on_path.add(one)
            for other in rest:
                if other not in number:
                    work.append((other, iter(sorted(broader.get(other, ())))))
                    break
                if other in on_path:
                    lowest[one] = min(lowest[one], number[other])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[one])
                if lowest[one] == number[one]:
                    knot = _cut(path, one)
                    on_path.difference_update(knot)
                    if len(knot) > 1 or one in broader.get(one, ()):
                        found.append(sorted(knot))
    return sorted(found)


def _cut(path: list[str], one: str) -> list[str]:
    """Takes the end of the path away, from one on."""
    taken = [path.pop()]
    while taken[-1] != one:
        taken.append(path.pop())
    return taken


def relation_clashes(vocabulary: Vocabulary) -> Iterator[Finding]:
    """S27."""
    broader = vocabulary.broader()
    pairs = {tuple(sorted((s, o))) for s, concept in vocabulary.concepts.items() for o in concept.all(RELATED)}
    above: dict[str, set[str]] = {}
    for a, b in sorted(pairs):
        for low, high in ((a, b), (b, a)):
            if high in above.setdefault(low, _above(low, broader)):
                zh, en = "既是相关概念又是上位概念。", "It is related, and broader too."
                yield Finding("RelationClashes", low, high, zh, en, RELATED)


def _above(concept: str, broader: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [concept]
    while todo:
        new = broader.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def mapping_clashes(vocabulary: Vocabulary) -> Iterator[Finding]:
    """S46, with exactMatch symmetric and transitive as S44 and S45 have it."""
    same: dict[str, str] = {}

    def leader(one: str) -> str:
        while same.setdefault(one, one) != one:
            same[one] = same[same[one]]
            one = same[one]
        return one

    for subject, concept in vocabulary.concepts.items():
        for other in concept.all(_EXACT):
            same[leader(subject)] = leader(other)
    for subject, concept in vocabulary.concepts.items():
        for predicate in (_BROAD, _NARROW, _RELATED):
            for other in concept.all(predicate):
                if subject in same and other in same and leader(subject) == leader(other):
                    zh, en = "它同时是完全匹配。", "It is an exact match too."
                    yield Finding("MappingClashes", subject, other, zh, en, predicate)


def omitted_top_concepts(vocabulary: Vocabulary) -> Iterator[Finding]:
    topped = {scheme for concept in vocabulary.concepts.values() for scheme in concept.all(TOP_OF)}
    used = {scheme for concept in vocabulary.concepts.values() for scheme in concept.all(IN_SCHEME)}
    for name, scheme in vocabulary.schemes.items():
        if name in used and name not in topped and not scheme.all(HAS_TOP):
            yield Finding("OmittedTopConcepts", name, "", "没有顶级概念。", "It has no top concept.", HAS_TOP)


def top_concepts_having_broader(vocabulary: Vocabulary) -> Iterator[Finding]:
    tops: dict[str, set[str]] = defaultdict(set)
    for subject, concept in vocabulary.concepts.items():
        tops[subject].update(concept.all(TOP_OF))
    for name, scheme in vocabulary.schemes.items():
        for top in scheme.all(HAS_TOP):
            tops[top].add(name)
    broader = vocabulary.broader()
    for subject in sorted(tops):
        for above in sorted(broader.get(subject, ())):
            there = vocabulary.concepts.get(above)
            if there and tops[subject] & {*there.all(IN_SCHEME, TOP_OF)}:
                zh, en = (
                    "顶级概念在同一体系中有上位概念。",
                    "It is a top concept, and has a broader one in the same scheme.",
                )
                yield Finding("TopConceptsHavingBroader", subject, above, zh, en, BROADER[0])


def unidirectionally_related_concepts(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Links within the dump of which the other end says nothing."""
    things = {**vocabulary.concepts, **vocabulary.schemes}
    inverse = dict(zip((*BROADER, *NARROWER), (*NARROWER, *BROADER), strict=True))
    inverse |= {RELATED: RELATED, TOP_OF: HAS_TOP, HAS_TOP: TOP_OF, _EXACT: _EXACT, _CLOSE: _CLOSE}
    inverse |= dict(zip(skos("broadMatch", "narrowMatch"), skos("narrowMatch", "broadMatch"), strict=True))
    inverse |= {_RELATED: _RELATED}
    said = {(s, p, o) for s, thing in things.items() for p in inverse for o in thing.said.get(p, ()) if o in things}
    for subject, predicate, object in sorted(said):
        if (object, inverse[predicate], subject) not in said:
            zh, en = f"对方没有反向的 {_name(inverse[predicate])}。", f"That does not say {_name(inverse[predicate])}."
            yield Finding("UnidirectionallyRelatedConcepts", subject, object, zh, en, predicate)


def _name(predicate: str) -> str:
    return re.split("[/#]", text(predicate))[-1]
