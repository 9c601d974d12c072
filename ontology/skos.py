"""A taxonomy in SKOS, in any format and gzip of it -> the same entries as a TSV file gives.

    skos:prefLabel, skos:altLabel     in zh and en; one without a language is Chinese if it has a Chinese character. Of
                                      several preferred ones (zh-Hans, zh-Hant) the others are alternative labels
    skos:hiddenLabel                  a word or pattern to find that is no label: see ontology.patterns
    skos:broader, narrower, related   of concepts of this file, or of those that it extends
    skos:definition                   in zh, else any
    skos:exactMatch, closeMatch       IRIs of other vocabularies
    rg:skillType                      knowledge, skill, tool or trait; without it, skill
    owl:deprecated true               takes the skill of ours out, as action deprecate does; another is left out
    dct:replaces, dct:isReplacedBy    as the column replaces does; of an id without a type: it was renamed

How other tools write the same: see ontology.vocabulary. The slug is the last part of a concept's IRI, or else made from
its English label; an IRI that is none of ours (…/skill/slug) becomes an exact match of the skill. Relative IRIs are
ours: <market-analysis> is our skill of that slug. All schemes of a file are read. What is left out is counted, by
reason; what an export holds besides skills is no vocabulary and not counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from graphmodel.identity import candidate_id, fold
from ontology import parsing
from ontology.entries import Entry, made, refuse, slug_of
from ontology.importing.said import split
from ontology.labels import hidden, is_chinese, is_english, labels, literals, text_of
from ontology.terms import DCT, ONTOLOGY, OWL, RDF, SKOS
from ontology.vocabulary import ISO_THES, Said, subjects

SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".xml", ".owl", ".jsonld")
"""The files that are read as SKOS, .gz aside."""

_BEGINS = re.compile(r'\s*(?:<([^>\s]*)>|[\w-]*:([\w%.~+-]*\w)|<[\w:]+\s[^>]*about="([^"]*)"|.{0,9}"@id":\s*"([^"]*)")')
_KEY = re.compile("[0-9a-f]{16}")

_GROUPS = {SKOS + "Collection", SKOS + "OrderedCollection", ISO_THES + "ThesaurusArray", ISO_THES + "ConceptGroup"}
_NO_MATCHES = ("broadMatch", "narrowMatch", "relatedMatch")


class Read(NamedTuple):
    """The concepts of a file; the slugs that were renamed as (place, old, new); what was left out, by reason."""

    entries: tuple[Entry, ...]
    renamed: tuple[tuple[str, str, str], ...] = ()
    left_out: Mapping[str, int] = {}


def is_skos(file: Path) -> bool:
    """Whether a file is read as SKOS, by its suffix."""
    return file.name.lower().removesuffix(".gz").endswith(SUFFIXES)


def read(file: Path) -> Read:
    """The concepts of a file, by IRI. Raises BadTaxonomy naming the file, and the line where it can be told."""
    return _Vocabulary(file, *subjects(file)).read()


class _Vocabulary:
    """The concepts of one file that become skills, and what is left out."""

    def __init__(self, file: Path, said: Mapping[str, Said], without_iri: int) -> None:
        self._file = file
        self._said = said
        self._left_out = Counter({"concepts without an IRI": without_iri})
        self._lines = _lines(file)
        self._concepts = {iri: one for iri, one in sorted(said.items()) if self._is_skill(iri, one)}
        self._slugs = self._named()
        self._claimed = self._claims()

    def read(self) -> Read:
        renamed = tuple(self._renamed())
        replaced: dict[str, list[str]] = defaultdict(list)
        for iri, one in self._concepts.items():
            for new in _iris(one, DCT + "isReplacedBy"):
                replaced[new].append(iri)
        entries = tuple(self._entry(iri, one, replaced[iri]) for iri, one in self._concepts.items())
        return Read(entries, renamed, dict(sorted((+self._left_out).items())))

    def _is_skill(self, iri: str, one: Said) -> bool:
        types = {*_iris(one, RDF + "type")}
        if types & _GROUPS:
            self._left_out["collections and guide terms"] += 1
            return False
        if SKOS + "Concept" not in types or ONTOLOGY + "Role" in types or ONTOLOGY + "CandidateSkill" in types:
            return False
        status = {literal.value for literal in literals(one, ONTOLOGY + "status")}
        if "candidate" in status:
            return False
        if _is_deprecated(one) and (status or not _is_ours(iri)):
            self._left_out["deprecated concepts"] += 1
            return False
        zh, en = labels(one, SKOS + "prefLabel")
        if not zh and not en and literals(one, SKOS + "prefLabel"):
            self._left_out["concepts without a label in Chinese or English"] += 1
            return False
        return True

    def _named(self) -> dict[str, str]:
        """The slug of each concept: as its IRI ends, unless another's does too; our own IRIs come first."""
        slugs: dict[str, str] = {}
        taken: set[str] = set()
        for iri in sorted(self._concepts, key=lambda iri: (not _is_ours(iri), iri)):
            slug = _slug(iri, self._concepts[iri])
            if slug in taken:
                zh, en = labels(self._concepts[iri], SKOS + "prefLabel")
                slug = slug_of("".join(en[:1])) or _key(zh, en, iri)
            if slug in taken:
                slug = _key([], [], iri)
            taken.add(slug)
            slugs[iri] = slug
        return slugs

    def _claims(self) -> dict[str, str]:
        """The concept whose label a fold is: its preferred one, else of those with it the first."""
        claimed: dict[str, str] = {}
        for property in ("prefLabel", "altLabel"):
            for iri, one in self._concepts.items():
                for label in (label for some in labels(one, SKOS + property) for label in some):
                    claimed.setdefault(fold(label), iri)
        return claimed

    def _entry(self, iri: str, one: Said, replaced: Iterable[str]) -> Entry:
        place = self._place(iri)
        (zh, more_zh), (en, more_en) = (self._preferred(place, iri, some) for some in labels(one, SKOS + "prefLabel"))
        alt_zh, alt_en = labels(one, SKOS + "altLabel")
        gone = _is_deprecated(one)
        if not zh and not en and not gone:
            refuse(place, f"{iri} has no skos:prefLabel in zh or en.", 'Write one: skos:prefLabel "市场分析"@zh.')
        definitions = sorted(literals(one, SKOS + "definition"), key=lambda one: (not is_chinese(one), one.value))
        exact = {*_iris(one, SKOS + "exactMatch"), *(() if _is_ours(iri) else (iri,))}
        self._left_out["links to other vocabularies that are neither exact nor close"] += sum(
            len(list(_iris(one, SKOS + match))) for match in _NO_MATCHES
        )
        other = [label for label in self._labels_said(one) if not is_chinese(label) and not is_english(label)]
        self._left_out["labels in other languages"] += len(other)
        stands_for = [*_iris(one, DCT + "replaces"), *replaced]
        return made(
            place,
            self._file.name.partition(".")[0],
            slug=self._slugs[iri],
            zh=zh or en,
            en=en,
            type="".join(literal.value for literal in literals(one, ONTOLOGY + "skillType")[:1]),
            action="deprecate" if gone else "",
            broader=self._linked(iri, "broader"),
            alt_zh=self._own(iri, [*more_zh, *alt_zh], {zh or en}),
            alt_en=self._own(iri, [*more_en, *alt_en], {en}),
            patterns=tuple(sorted({text_of(each) for each in hidden(one)} - {""})),
            definition=text_of(definitions[0]) if definitions else "",
            related=self._linked(iri, "related"),
            exact_match=tuple(sorted(exact)),
            close_match=tuple(sorted(_iris(one, SKOS + "closeMatch"))),
            replaces=() if gone else self._replaces(iri, stands_for),
        )

    def _preferred(self, place: str, iri: str, labels: list[str]) -> tuple[str, list[str]]:
        """The first of the labels in one language, and the others, which are alternative ones."""
        said = self._concepts[iri]
        tags = Counter(
            literal.language or ""
            for literal in dict.fromkeys(literals(said, SKOS + "prefLabel"))
            if text_of(literal) in labels and literal.language
        )
        if any(count > 1 for count in tags.values()):
            refuse(place, f"{iri} has several preferred labels in one language.", "Make all but one skos:altLabel.")
        return (labels[0], labels[1:]) if labels else ("", [])

    def _own(self, iri: str, labels: Iterable[str], but: set[str]) -> tuple[str, ...]:
        """The alternative labels of a concept but those that another one has too, or prefers."""
        found = sorted({*labels} - but)
        own = [label for label in found if self._claimed.get(fold(label), iri) == iri]
        self._left_out["alternative labels that another concept of the file has"] += len(found) - len(own)
        return tuple(own)

    def _linked(self, iri: str, link: str) -> tuple[str, ...]:
        """The slugs of linked concepts; in the place of a broader one that is left out stand those above it."""
        found: set[str] = set()
        todo, met = [*_iris(self._said[iri], SKOS + link)], {iri}
        while todo:
            other = todo.pop()
            if other in met:
                continue
            met.add(other)
            if other in self._slugs or other not in self._said:
                found.add(self._slugs.get(other) or _local(other))
            elif _is_ours(other) and RDF + "type" not in self._said[other]:
                found.add(_local(other))
            else:
                self._left_out["links to what is left out"] += 1
                if link == "broader":
                    todo.extend(_iris(self._said[other], SKOS + link))
        return tuple(sorted(found))

    def _replaces(self, iri: str, others: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self._slugs.get(one) or _local(one) for one in others} - {self._slugs[iri]}))

    def _renamed(self) -> Iterator[tuple[str, str, str]]:
        """The ids that were given up for a concept of this file, which itself is in the file no longer."""
        taken = set(self._slugs.values())
        for iri, one in sorted(self._said.items()):
            if iri in self._concepts or not (targets := [*_iris(one, DCT + "isReplacedBy")]):
                continue
            old = _local(iri)
            if targets[0] in self._slugs and old and old not in taken:
                taken.add(old)
                yield self._place(iri), old, self._slugs[targets[0]]
            elif split(iri) is None or _is_ours(iri):
                self._left_out["ids that were given up for what is not in the file"] += 1

    def _labels_said(self, one: Said) -> list[ox.Literal]:
        return [literal for name in ("prefLabel", "altLabel") for literal in literals(one, SKOS + name)]

    def _place(self, iri: str) -> str:
        return f"{self._file}:{self._lines.get(_last(iri), 1)}"


def _is_ours(iri: str) -> bool:
    found = split(iri)
    return bool(found and found[1].startswith("skill:") and _local(iri))


def _is_deprecated(one: Said) -> bool:
    return any(literal.value in ("true", "1") for literal in literals(one, OWL + "deprecated"))


def _slug(iri: str, said: Said) -> str:
    """As the IRI ends, if that can be a slug; else from the English label, else the id as a candidate."""
    slug = _local(iri)
    if slug and not _KEY.fullmatch(slug):
        return slug
    zh, en = labels(said, SKOS + "prefLabel")
    return slug_of("".join(en[:1])) or _key(zh, en, iri)


def _key(zh: list[str], en: list[str], iri: str) -> str:
    return candidate_id("".join((zh or en or [iri])[:1])).partition(":")[2]


def _local(iri: str) -> str:
    """The end of an IRI as a slug (CamelCase is two words), or nothing."""
    end = unquote(re.split("[/#:]", iri)[-1])
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", end).replace("_", "-").lower()
    return words if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", words) else ""


def _iris(said: Said, property: str) -> list[str]:
    return sorted({one.value for one in said.get(property, ()) if isinstance(one, ox.NamedNode)})


def _lines(file: Path) -> dict[str, int]:
    """The line that first begins with an IRI, in full or as a prefixed name, by the last part of the IRI."""
    lines: dict[str, int] = {}
    with parsing.opened(file) as raw:
        for number, line in enumerate(raw, 1):
            if begins := _BEGINS.match(line.decode("utf-8", errors="replace")):
                lines.setdefault(_last(next(filter(None, begins.groups()), "")), number)
    return lines


def _last(iri: str) -> str:
    return re.split("[/#]", iri)[-1]
