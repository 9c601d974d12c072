"""A taxonomy in SKOS (Turtle, N-Triples, RDF/XML) -> the same entries as a TSV file gives.

    skos:prefLabel, skos:altLabel     in zh and en; one without a language is Chinese if it has a Chinese character
    skos:hiddenLabel                  a word or pattern to find that is no label: see ontology.patterns
    skos:broader, narrower, related   of concepts of this file, or of those that it extends
    skos:definition                   in zh, else any
    skos:exactMatch, closeMatch       IRIs of other vocabularies
    rg:skillType                      knowledge, skill, tool or trait; without it, skill
    owl:deprecated true               takes the skill out, as action deprecate does
    dct:replaces, dct:isReplacedBy    as the column replaces does

The slug is the last part of a concept's IRI, or else made from its English label; an IRI that is none of ours
(…/skill/slug) becomes an exact match of the skill. Relative IRIs are ours: <market-analysis> is our skill of that slug.
What an export holds besides, roles and candidates, is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from graphmodel.errors import BadTaxonomy
from graphmodel.identity import candidate_id
from ontology.entries import Entry, made, refuse, slug_of
from ontology.terms import BASE, DCT, ONTOLOGY, OWL, PINYIN, RDF, SKOS

SUFFIXES = (".ttl", ".nt", ".rdf", ".xml")
"""The files that are read as SKOS."""

_BEGINS = re.compile(r"\s*(?:<([^>\s]*)>|[\w-]*:([\w%.~+-]*\w))")
_CHINESE = re.compile("[\u3400-\u9fff]")

_Said = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
"""What is said of one subject, by predicate."""


def entries(file: Path) -> Iterator[Entry]:
    """The concepts of a file, by IRI. Raises BadTaxonomy naming the file, and the line where it can be told."""
    lines = _lines(file.read_text("utf-8", errors="replace"))
    concepts = {iri: said for iri, said in _subjects(file).items() if _is_skill(said)}
    slugs = {iri: _slug(iri, said) for iri, said in concepts.items()}
    stands_for, narrower = _inverse(concepts)
    for iri, said in sorted(concepts.items()):
        yield _entry(file, lines, iri, said, slugs, stands_for[iri], narrower[iri])


def _entry(
    file: Path,
    lines: Mapping[str, int],
    iri: str,
    said: _Said,
    slugs: dict[str, str],
    replaced: list[str],
    above: list[str],
) -> Entry:
    place = f"{file}:{lines.get(_last(iri), 1)}"

    def linked(property: str, more: Iterable[str] = ()) -> tuple[str, ...]:
        found = [*_iris(said, property), *more]
        return tuple(sorted({slugs.get(one) or _local(one) for one in found}))

    zh, en = _labels(said, SKOS + "prefLabel")
    alt_zh, alt_en = _labels(said, SKOS + "altLabel")
    if len(zh) > 1 or len(en) > 1:
        refuse(place, f"{iri} has several preferred labels in one language.", "Make all but one skos:altLabel.")
    gone = any(one.value == "true" for one in _literals(said, OWL + "deprecated"))
    if not zh and not en and not gone:
        refuse(place, f"{iri} has no skos:prefLabel in zh or en.", 'Write one: skos:prefLabel "市场分析"@zh.')
    definitions = sorted(_literals(said, SKOS + "definition"), key=lambda one: (not _is_chinese(one), one.value))
    ours = iri.endswith("/skill/" + slugs[iri])
    exact = {*_iris(said, SKOS + "exactMatch"), *(() if ours else (iri,))}
    return made(
        place,
        file.stem,
        slug=slugs[iri],
        zh="".join(zh or en),
        en="".join(en),
        type="".join(one.value for one in _literals(said, ONTOLOGY + "skillType")[:1]),
        action="deprecate" if gone else "",
        broader=linked(SKOS + "broader", above),
        alt_zh=tuple(alt_zh),
        alt_en=tuple(alt_en),
        patterns=tuple(
            sorted(one.value for one in _literals(said, SKOS + "hiddenLabel") if one.language != PINYIN.lower())
        ),
        definition=definitions[0].value if definitions else "",
        related=linked(SKOS + "related"),
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted(_iris(said, SKOS + "closeMatch"))),
        replaces=() if gone else tuple(one for one in linked(DCT + "replaces", replaced) if one != slugs[iri]),
    )


def _subjects(file: Path) -> dict[str, _Said]:
    subjects: dict[str, _Said] = defaultdict(lambda: defaultdict(list))
    format = ox.RdfFormat.from_extension(file.suffix[1:]) or ox.RdfFormat.TURTLE
    try:
        for quad in ox.parse(path=str(file), format=format, base_iri=f"{BASE}skill/"):
            if isinstance(quad.subject, ox.NamedNode):
                subjects[quad.subject.value][quad.predicate.value].append(quad.object)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"{file}:{line}" if line else f"{file}"
        raise BadTaxonomy(f"{place}: {getattr(error, 'msg', error)}.", "Correct the syntax of the file.") from error
    return subjects


def _is_skill(said: _Said) -> bool:
    types = _iris(said, RDF + "type")
    candidate = any(one.value == "candidate" for one in _literals(said, ONTOLOGY + "status"))
    return SKOS + "Concept" in types and ONTOLOGY + "Role" not in types and not candidate


def _inverse(concepts: dict[str, _Said]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each concept replaces because the other says so, and what is broader than it because that says so."""
    replaced: dict[str, list[str]] = defaultdict(list)
    above: dict[str, list[str]] = defaultdict(list)
    for iri, said in concepts.items():
        for new in _iris(said, DCT + "isReplacedBy"):
            replaced[new].append(iri)
        for narrow in _iris(said, SKOS + "narrower"):
            above[narrow].append(iri)
    return replaced, above


def _slug(iri: str, said: _Said) -> str:
    """As the IRI ends, if that can be a slug; else from the English label, else the id as a candidate."""
    if slug := _local(iri):
        return slug
    zh, en = _labels(said, SKOS + "prefLabel")
    return slug_of("".join(en[:1])) or candidate_id("".join((zh or en or [iri])[:1])).partition(":")[2]


def _local(iri: str) -> str:
    """The end of an IRI as a slug (CamelCase is two words), or nothing."""
    end = unquote(re.split("[/#:]", iri)[-1])
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", end).replace("_", "-").lower()
    return words if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", words) else ""


def _labels(said: _Said, property: str) -> tuple[list[str], list[str]]:
    """The Chinese and the English ones, sorted; those in other languages are left out."""
    found = _literals(said, property)
    chinese = sorted({one.value for one in found if _is_chinese(one)})
    return chinese, sorted({one.value for one in found if not _is_chinese(one) and _is_english(one)} - {""})


def _is_chinese(one: ox.Literal) -> bool:
    return one.language.startswith("zh") if one.language else bool(_CHINESE.search(one.value))


def _is_english(one: ox.Literal) -> bool:
    return not one.language or one.language.startswith("en")


def _literals(said: _Said, property: str) -> list[ox.Literal]:
    return [one for one in said.get(property, ()) if isinstance(one, ox.Literal)]


def _iris(said: _Said, property: str) -> list[str]:
    return sorted(one.value for one in said.get(property, ()) if isinstance(one, ox.NamedNode))


def _lines(text: str) -> dict[str, int]:
    """The line that first begins with an IRI, in full or as a prefixed name, by the last part of the IRI."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if begins := _BEGINS.match(line):
            lines.setdefault(_last(begins[1] or begins[2]), number)
    return lines


def _last(iri: str) -> str:
    return re.split("[/#]", iri)[-1]
