"""Whether a dump keeps to the shapes of our export, to SKOS, and to what people expect of a vocabulary.

Everything is read once, subject by subject (twice if something dangles). The names are those of qSKOS (Mader, Haslhofer
and Isaac 2012, "Finding Quality Issues in SKOS Vocabularies") where it has such a check. docs/checks.md tells each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import BadInput
from ontology.quality import hierarchy, labels
from ontology.quality.findings import SEVERITIES, Check, Finding, Found, Severity
from ontology.quality.references import Ours, References, Terms, misplaced
from ontology.quality.shacl import Validation
from ontology.quality.sources import Source, Subject, Unsorted
from ontology.quality.vocabulary import Thing, Vocabulary, thing

CHECKS = {
    check.name: check
    for check in (
        Check("Shapes", "violation", "不符合导出数据的形状", "Does not conform to the shapes of an export"),
        Check("ConceptsAsSchemes", "violation", "概念与概念体系不分", "Both a concept and a scheme", "S9"),
        Check(
            "CollectionsAsConcepts", "violation", "集合与概念不分", "Both a collection and a concept or scheme", "S37"
        ),
        Check("DisjointLabelsViolations", "violation", "同一标签有两种身份", "One label in two roles", "S13"),
        Check(
            "InconsistentPrefLabels",
            "violation",
            "一种语言有几个首选标签",
            "Several preferred labels a language",
            "S14",
        ),
        Check("RelationClashes", "violation", "既相关又是上下位", "Related, and broader too", "S27"),
        Check("MappingClashes", "violation", "既完全匹配又是别的匹配", "An exact match, and another match too", "S46"),
        Check("HierarchicalCycles", "violation", "上位关系成环", "Broader than itself"),
        Check("MissingLabels", "violation", "没有标签", "No label"),
        Check("MissingZhOrEn", "violation", "技能缺中文或英文标签", "A skill without a zh-Hans or an en label"),
        Check("DanglingReferences", "violation", "所指的东西不在文件中", "Leads to what is not there"),
        Check("MisplacedWords", "violation", "位置的起点在终点之后", "A place that ends before it begins"),
        Check("UndeclaredTerms", "violation", "本体没有声明的术语", "A term that our ontology lacks"),
        Check("UndefinedSkosResources", "violation", "SKOS 没有的术语", "A term that SKOS lacks"),
        Check("UntypedResources", "violation", "没有类型", "No type"),
        Check("UnknownEscoConcepts", "violation", "清单中没有的 ESCO 概念", "A concept that the list of ESCO lacks"),
        Check("OmittedOrInvalidLanguageTags", "warning", "语言标签缺失或无效", "Language tag omitted or invalid"),
        Check("IncompleteLanguageCoverage", "warning", "语言不全", "Not in all languages of its scheme"),
        Check("OverlappingLabels", "warning", "几个概念同一标签", "One label, several concepts"),
        Check("OmittedTopConcepts", "warning", "体系没有顶级概念", "A scheme without top concepts"),
        Check("TopConceptsHavingBroader", "warning", "顶级概念有上位概念", "A top concept that has a broader one"),
        Check("UnidirectionallyRelatedConcepts", "warning", "只写了一个方向", "Written in one direction only"),
        Check("HttpUriSchemeViolations", "warning", "不是 http 的 IRI", "No IRI of http"),
        Check(
            "CandidatesWithoutEvidence", "warning", "候选技能没有原文依据", "A candidate skill that no mention names"
        ),
        Check("OrphanConcepts", "warning", "孤立的概念", "A concept without links"),
        Check("UndocumentedConcepts", "info", "没有定义或注释", "No definition or note"),
    )
}
"""By name, worst first."""

_OF_THINGS: dict[str, Callable[[Thing], Iterator[Finding]]] = {
    "CollectionsAsConcepts": hierarchy.collections_as_concepts,
    "ConceptsAsSchemes": hierarchy.concepts_as_schemes,
    "DisjointLabelsViolations": labels.disjoint_labels_violations,
    "HttpUriSchemeViolations": hierarchy.http_uri_scheme_violations,
    "InconsistentPrefLabels": labels.inconsistent_pref_labels,
    "MissingZhOrEn": labels.missing_zh_or_en,
    "OmittedOrInvalidLanguageTags": labels.omitted_or_invalid_language_tags,
}
_RELABELLED = ("DisjointLabelsViolations", "InconsistentPrefLabels", "OmittedOrInvalidLanguageTags")
_OF_VOCABULARIES: dict[str, Callable[[Vocabulary], Iterator[Finding]]] = {
    "HierarchicalCycles": hierarchy.hierarchical_cycles,
    "IncompleteLanguageCoverage": labels.incomplete_language_coverage,
    "MappingClashes": hierarchy.mapping_clashes,
    "MissingLabels": labels.missing_labels,
    "OmittedTopConcepts": hierarchy.omitted_top_concepts,
    "OrphanConcepts": hierarchy.orphan_concepts,
    "OverlappingLabels": labels.overlapping_labels,
    "RelationClashes": hierarchy.relation_clashes,
    "TopConceptsHavingBroader": hierarchy.top_concepts_having_broader,
    "UndocumentedConcepts": labels.undocumented_concepts,
    "UnidirectionallyRelatedConcepts": hierarchy.unidirectionally_related_concepts,
}
_ESCO = re.compile(r"data\.europa\.eu/esco/[a-z-]+/([^\s\"',;|<>]+)|([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})")


class Report(NamedTuple):
    """`ran` names the checks that were made, in the order of CHECKS; `counts` has all findings of each, and `findings`
    those that were kept.
    """

    source: str
    subjects: int
    triples: int
    ran: tuple[Check, ...]
    counts: dict[str, int]
    findings: dict[str, list[Finding]]

    def of(self, severity: Severity) -> int:
        """The number of findings of this severity."""
        return sum(self.counts.get(check.name, 0) for check in self.ran if check.severity == severity)

    def passes(self, severity: Severity = "violation") -> bool:
        """Whether nothing of this severity or worse was found."""
        return not any(self.of(each) for each in SEVERITIES[: SEVERITIES.index(severity) + 1])


def chosen(only: Collection[str] = (), skip: Collection[str] = ()) -> frozenset[str]:
    """The names of checks, given by name or rule of SKOS, in any case. Raises BadInput for an unknown one."""
    known = {key.lower(): check.name for check in CHECKS.values() for key in (check.name, check.rule) if key}
    for name in (*only, *skip):
        if name.lower() not in known:
            raise BadInput(f"{name!r} is no check.", f"Choose from: {', '.join(CHECKS)}.")
    named = {known[name.lower()] for name in only} or {*CHECKS}
    return frozenset(named - {known[name.lower()] for name in skip})


def esco_ids(path: Path) -> frozenset[str]:
    """The concepts in a list of ESCO's, such as its CSV files: the last part of the first IRI or uuid of each line.

    Raises BadInput for a file that cannot be read, or has none.
    """
    try:
        lines = path.read_text("utf-8-sig").lower().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or error
        raise BadInput(f"{path} cannot be read: {problem}.", "Name a text file in UTF-8.") from error
    found = (_ESCO.search(line) for line in lines)
    ids = frozenset(match[1] or match[2] for match in found if match)
    if not ids:
        raise BadInput(f"{path} names no concept of ESCO.", "Its lines should have uuids or IRIs of ESCO.")
    return ids


def check(
    source: Source,
    names: Collection[str] = frozenset(CHECKS),
    esco: frozenset[str] | None = None,
    limit: int = 0,
) -> Report:
    """Make some checks, and keep the first `limit` findings of each (0: all).

    UnknownEscoConcepts is made only where `esco` is given (esco_ids). Memory grows with the concepts, not with mentions
    and items. Raises BadInput for what cannot be read, or has no triple.
    """
    if esco is None:
        names = {*names} - {"UnknownEscoConcepts"}
    try:
        return _checked(source, source.subjects, names, esco, limit)
    except Unsorted:
        return _checked(source, source.sorted, names, esco, limit)


def _checked(
    source: Source,
    subjects: Callable[[], Iterable[Subject]],
    names: Collection[str],
    esco: frozenset[str] | None,
    limit: int,
) -> Report:
    found, vocabulary, terms, references, ours = Found(limit), Vocabulary(), Terms(), References(), Ours()
    validation = Validation() if "Shapes" in names else None
    local = [made for name, made in _OF_THINGS.items() if name in names]
    dangling, count, triples = "DanglingReferences" in names, 0, 0

    def kept(findings: Iterable[Finding]) -> None:
        found.add(finding for finding in findings if finding.check in names)

    for subject, pairs in subjects():
        count += 1
        triples += len(pairs)
        one = thing(subject, pairs)
        ours.see(one)
        if wrong := [*terms.see(one), *misplaced(one)]:
            kept(wrong)
        if dangling:
            references.see(one)
        if validation:
            validation.see(one)
        if one.is_plain:
            continue
        vocabulary.see(one)
        for made in local:
            kept(made(one))
        if esco is not None:
            kept(hierarchy.unknown_esco_concepts(one, esco))
    if not triples:
        raise BadInput(f"{source.name} says nothing: it has no triple.", "Write or fetch it anew.")
    vocabulary.close()
    for name in _RELABELLED:
        for relabelled in vocabulary.relabelled:
            kept(_OF_THINGS[name](relabelled))
    for name, made_of_all in _OF_VOCABULARIES.items():
        if name in names:
            kept(made_of_all(vocabulary))
    for more in (ours.untyped(), ours.unlabelled(), ours.without_evidence()):
        kept(more)
    if dangling:
        kept(references.dangling(subjects()))
    if validation:
        kept(validation.findings(ours.met))
    ran = tuple(check for check in CHECKS.values() if check.name in names)
    return Report(source.name, count, triples, ran, dict(found.counts), found.kept)
