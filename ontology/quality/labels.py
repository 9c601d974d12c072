"""Checks of labels. Those of one thing need no other; those of a vocabulary compare concepts of one scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.quality.findings import Finding, shown, tag, text
from ontology.quality.vocabulary import (
    ALTERNATIVE,
    DOCUMENTED,
    HIDDEN,
    LABELS,
    PREFERRED,
    SKILL,
    TITLES,
    Thing,
    Vocabulary,
    is_deprecated,
)
from ontology.terms import CHINESE, ENGLISH

_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+",
    re.IGNORECASE,
)
"""A well-formed tag of BCP 47 (RFC 5646, section 2.1)."""

_TWO_LETTERS = frozenset(
    re.findall(
        "[a-z]+",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz "
        "ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik "
        "in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg "
        "mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro "
        "ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty "
        "ug uk ur uz ve vi vo wa wo xh yi yo za zh zu",
    )
)
"""The languages of two letters that the registry of BCP 47 has, withdrawn ones too."""

_TEXTS = frozenset((*LABELS, *DOCUMENTED))
_NAMES = dict(zip(LABELS, ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"), strict=True))


def is_language(tag: str) -> bool:
    """Whether a tag is one of BCP 47 with a language that there is; of three letters and more any is believed.

    >>> [is_language(tag) for tag in ("zh-Hans", "zh-Latn-pinyin", "zh_CN", "cn", "yue")]
    [True, True, False, False, True]
    """
    first = tag.partition("-")[0].lower()
    return bool(_TAG.fullmatch(tag)) and (len(first) != 2 or first in _TWO_LETTERS)


def omitted_or_invalid_language_tags(thing: Thing) -> Iterator[Finding]:
    for predicate in sorted(_TEXTS & thing.said.keys()):
        for value in thing.said[predicate]:
            if not value.startswith('"'):
                continue
            if not (language := tag(value)):
                zh, en = "没有语言标签。", "It has no language tag."
            elif not is_language(language):
                zh, en = f"{language} 不是语言标签。", f"{language} is no language tag."
            else:
                continue
            yield Finding("OmittedOrInvalidLanguageTags", thing.subject, value, zh, en, predicate)


def inconsistent_pref_labels(thing: Thing) -> Iterator[Finding]:
    """S14."""
    first: dict[str, str] = {}
    for value in thing.said.get(PREFERRED, ()):
        language = tag(value)
        if first.setdefault(language, value) != value:
            zh = f"同一语言已有首选标签 {shown(first[language])}。"
            en = f"The same language has the preferred label {shown(first[language])}."
            yield Finding("InconsistentPrefLabels", thing.subject, value, zh, en, PREFERRED)


def disjoint_labels_violations(thing: Thing) -> Iterator[Finding]:
    """S13."""
    claimed: dict[tuple[str, str], str] = {}
    for predicate in (PREFERRED, ALTERNATIVE, HIDDEN):
        for value in thing.said.get(predicate, ()):
            other = claimed.setdefault((text(value), tag(value)), predicate)
            if other != predicate:
                zh, en = f"它也是 {_NAMES[other]}。", f"It is {_NAMES[other]} too."
                yield Finding("DisjointLabelsViolations", thing.subject, value, zh, en, predicate)


def missing_zh_or_en(thing: Thing) -> Iterator[Finding]:
    """For skills of ours."""
    if SKILL in thing.types:
        said = {tag(value) for value in thing.all(PREFERRED)}
        for language in (CHINESE, ENGLISH):
            if language.lower() not in said:
                zh, en = f"没有 {language} 的首选标签。", f"It has no preferred label in {language}."
                yield Finding("MissingZhOrEn", thing.subject, "", zh, en, PREFERRED)


def missing_labels(vocabulary: Vocabulary) -> Iterator[Finding]:
    for concept in vocabulary.concepts.values():
        if not concept.all(PREFERRED):
            yield Finding(
                "MissingLabels", concept.subject, "", "没有首选标签。", "It has no preferred label.", PREFERRED
            )
    for scheme in vocabulary.schemes.values():
        if not scheme.all(*TITLES):
            yield Finding("MissingLabels", scheme.subject, "", "没有标签或标题。", "It has no label or title.")


def incomplete_language_coverage(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Regions and scripts do not count: zh-Hans and zh-Hant are one language."""
    for concepts in vocabulary.by_scheme().values():
        said = {each.subject: {_language(value) for value in each.all(PREFERRED)} - {""} for each in concepts}
        every = set().union(*said.values())
        for subject, languages in said.items():
            if missing := ", ".join(sorted(every - languages)):
                zh, en = f"没有这些语言的首选标签：{missing}。", f"It has no preferred label in {missing}."
                yield Finding("IncompleteLanguageCoverage", subject, "", zh, en, PREFERRED)


def overlapping_labels(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Preferred and alternative labels of one language, whatever their case; concepts given up do not count."""
    for concepts in vocabulary.by_scheme().values():
        claimed: dict[tuple[str, str], str] = {}
        for concept in concepts:
            if is_deprecated(concept):
                continue
            for value in concept.all(PREFERRED, ALTERNATIVE):
                other = claimed.setdefault((text(value).casefold(), _language(value)), concept.subject)
                if other != concept.subject:
                    zh, en = f"{text(other)} 也有这个标签。", f"{text(other)} has this label too."
                    yield Finding("OverlappingLabels", concept.subject, value, zh, en)


def undocumented_concepts(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Told once for a scheme in which no concept is documented; roles and candidates never are, and are left out."""
    for name, concepts in vocabulary.by_scheme().items():
        missing = [each.subject for each in concepts if each.subject not in vocabulary.documented]
        if name and len(missing) == len(concepts):
            zh, en = f"{len(missing):,} 个概念都没有说明。", f"None of its {len(missing):,} concepts is documented."
            yield Finding("UndocumentedConcepts", name, "", zh, en)
        else:
            for subject in missing:
                yield Finding("UndocumentedConcepts", subject, "", "没有定义或注释。", "It has no definition or note.")


def _language(value: str) -> str:
    return tag(value).partition("-")[0]
