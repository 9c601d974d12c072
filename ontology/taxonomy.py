"""The curated skills: a folder of TSV files -> Taxonomy; and a user's own, which extend them or take their place.

A file is a domain. Its first line names the columns; `|` stands between several values of one cell. Only zh is needed:

    slug        the skill's id after `skill:`, English in kebab-case; never changed without a line in renamed.tsv
    broader     slugs of broader skills, of any file; empty for a top concept
    zh, en      the preferred labels; without en, the words of the slug; without slug, it is made from en
    alt_zh      alternative labels, found in texts as they are
    alt_en
    patterns    other ways to say it: see ontology.patterns; these are no labels
    type        knowledge, skill (if empty), tool or trait
    definition  one line in Chinese
    related     slugs
    action      of a user's file: empty, add, extend or deprecate: see ontology.extension
    replaces    of a user's file: slugs of skills whose place this one takes

Empty lines, lines that begin with `# `, and columns whose name begins with `#` are notes for people. SKOS can stand
in the place of such a file: see ontology.skos. Three more files, all optional: `words.tsv` (name, words) holds the
classes of words that patterns use, and in the class `!` words that look as if a label stood in them (督[促销]售: here
the part in brackets is none); `renamed.tsv` (old, new) holds the slugs that are no longer in use; `esco.tsv` (slug,
uuid, match) says which skills of ESCO are the same (exact) or nearly so (close).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from graphmodel.errors import BadTaxonomy
from graphmodel.graph import SkillScheme
from graphmodel.identity import candidate_id, digest, fold, skill_id
from graphmodel.nodes import Skill
from ontology import skos
from ontology.entries import ESCO, GUARDS, Entry, Match, classes, entries, matches, refuse, rows
from ontology.extension import extended
from ontology.patterns import Pattern, parse

BUILT_IN = Path(__file__).parent / "taxonomy"

_NO_DOMAINS = ("words.tsv", "renamed.tsv", "esco.tsv")


class Taxonomy(NamedTuple):
    """Entries by slug, in order of slug; the patterns of each, parsed; and the same as a store keeps it.

    `left_out` says how much of SKOS files became no entry, by reason.
    """

    entries: dict[str, Entry]
    patterns: dict[str, tuple[Pattern, ...]]
    decoys: tuple[str, ...]
    scheme: SkillScheme
    left_out: tuple[tuple[str, int], ...] = ()


class _Part(NamedTuple):
    """What stands in one folder, or in one file. `renamed` holds place, old slug and new slug."""

    entries: tuple[Entry, ...] = ()
    words: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    renamed: tuple[tuple[str, str, str], ...] = ()
    matches: tuple[Match, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def load(path: Path | str | None = None, only: bool = False) -> Taxonomy:
    """The built-in taxonomy; or that of a folder or a file (TSV, or SKOS by its suffix), which extends the built-in
    one, or with `only` takes its place. Raises BadTaxonomy naming file and line.
    """
    if path is None:
        return _built_in()
    try:
        own = _part(Path(path))
    except OSError as error:
        raise BadTaxonomy(f"{path} cannot be read: {error.strerror}.", "Name a file that is yours to read.") from error
    if not own.entries and not own.matches:
        raise BadTaxonomy(
            f"{path} holds no skills.", "Give a TSV file with the column zh, a SKOS file (.ttl), or a folder of these."
        )
    return _made(_Part(), own) if only else _made(_part(BUILT_IN), own)


@lru_cache(maxsize=1)
def _built_in() -> Taxonomy:
    return _made(_Part(), _part(BUILT_IN))


def _part(path: Path) -> _Part:
    if not path.exists():
        raise BadTaxonomy(f"There is no {path}.", "Give a TSV file, a SKOS file (.ttl), or a folder of these.")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found: list[Entry] = []
    renamed: list[tuple[str, str, str]] = []
    left_out: Counter[str] = Counter()
    for file in files:
        if skos.is_skos(file):
            vocabulary = skos.read(file)
            found.extend(vocabulary.entries)
            renamed.extend(vocabulary.renamed)
            left_out.update(vocabulary.left_out)
        elif (file.suffix == ".tsv" or file == path) and file.name not in _NO_DOMAINS:
            found.extend(entries(file))
    folder = path if path.is_dir() else path / "none"
    return _Part(
        tuple(found),
        classes(folder / "words.tsv"),
        (*renamed, *((place, row["old"], row["new"]) for place, row in rows(folder / "renamed.tsv", ("old", "new")))),
        tuple(matches(folder / "esco.tsv")),
        tuple(sorted((reason, count) for reason, count in left_out.items() if count)),
    )


def _made(base: _Part, own: _Part) -> Taxonomy:
    before, _ = extended({}, base.entries)
    found, replaced = extended(_matched(before, base.matches), own.entries)
    found = _matched(found, own.matches)
    _check_labels(found)
    found = dict(sorted(found.items()))
    _check_hierarchy(found)
    words = {**base.words, **own.words}
    decoys = (*base.words.get(GUARDS, ()), *own.words.get(GUARDS, ()))
    patterns = {slug: _parse(entry, words) for slug, entry in found.items()}
    former = ((place, old, replaced.get(new, new)) for place, old, new in base.renamed)
    own_renamed = {old for _, old, _ in own.renamed}
    kept = [row for row in former if row[1] not in found and row[2] in found and row[1] not in own_renamed]
    renamed = _renamed([*kept, *own.renamed], found) | replaced
    return Taxonomy(found, patterns, decoys, _scheme(found, patterns, decoys, renamed), own.left_out)


def _matched(found: dict[str, Entry], lines: Iterable[Match]) -> dict[str, Entry]:
    """The entries with the concepts of ESCO that are the same, or nearly; each is the same as one skill only."""
    same = {iri: entry for entry in found.values() for iri in entry.exact_match}
    met: dict[tuple[str, str], str] = {}
    found = dict(found)
    for slug, iri, exact, place in lines:
        if slug not in found:
            refuse(place, f"no line defines {slug!r}.", "Point to the slug that is in use today.")
        if (slug, iri) in met:
            refuse(place, f"{slug!r} and this uuid stand also at {met[slug, iri]}.")
        met[slug, iri] = place
        entry = found[slug]
        if exact and same.setdefault(iri, entry).slug != slug:
            refuse(place, f"this uuid is exact also for {same[iri].slug!r}.", "Let one of the two be close.")
        if exact and any(one.startswith(ESCO) for one in entry.exact_match):
            refuse(place, f"{slug!r} has two exact matches.", "Let one of the two be close.")
        if exact:
            found[slug] = entry._replace(exact_match=tuple(sorted({*entry.exact_match, iri})))
        else:
            found[slug] = entry._replace(close_match=tuple(sorted({*entry.close_match, iri})))
    return found


def _check_labels(found: dict[str, Entry]) -> None:
    claimed: dict[str, Entry] = {}
    same: dict[str, Entry] = {}
    for entry in found.values():
        for label in entry.labels:
            folded = fold(label)
            if not folded:
                refuse(entry.place, f"the label {label!r} has no letter in it.")
            other = claimed.setdefault(folded, entry)
            if other is not entry:
                refuse(
                    entry.place,
                    f"the label {label!r} is claimed also by {other.slug!r} at {other.place}.",
                    f"Take it from one of them; or, to add to {other.slug!r}, write that slug and action extend; or, "
                    f"to stand in its place, write {other.slug!r} into the column replaces.",
                )
        for iri in entry.exact_match:
            if same.setdefault(iri, entry) is not entry:
                refuse(entry.place, f"{iri} is the same also as {same[iri].slug!r}.", "Let one of the two be close.")


def _check_hierarchy(found: dict[str, Entry]) -> None:
    for entry in found.values():
        for slug in (*entry.broader, *entry.related):
            if slug not in found:
                refuse(entry.place, f"{entry.slug!r} names {slug!r}, which no line defines.")
    done: set[str] = set()

    def climb(slug: str, path: tuple[str, ...]) -> None:
        if slug in path:
            refuse(found[slug].place, f"a cycle: {' < '.join((*path[path.index(slug) :], slug))}.")
        if slug not in done:
            for broader in found[slug].broader:
                climb(broader, (*path, slug))
            done.add(slug)

    for slug in found:
        climb(slug, ())


def _parse(entry: Entry, words: dict[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    try:
        return tuple(pattern for text in entry.patterns for pattern in parse(text, words))
    except ValueError as error:
        raise BadTaxonomy(f"{entry.place}: {error}.", "See ontology/patterns.py for the syntax.") from error


def _renamed(lines: Iterable[tuple[str, str, str]], found: dict[str, Entry]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for place, old, new in lines:
        if old in found or old in renamed:
            refuse(place, f"{old!r} is in use, or renamed twice.")
        if new not in found:
            refuse(place, f"no line defines {new!r}.", "Point to the slug that is in use today.")
        renamed[old] = new
    return renamed


def _scheme(
    found: dict[str, Entry],
    patterns: dict[str, tuple[Pattern, ...]],
    decoys: tuple[str, ...],
    renamed: dict[str, str],
) -> SkillScheme:
    content = [
        repr(entry._replace(place="", domain="", replaces=(), action="")) + repr(patterns[slug])
        for slug, entry in found.items()
    ]
    aliases = {skill_id(old): skill_id(new) for old, new in renamed.items()}
    for entry in found.values():
        aliases |= {candidate_id(label): skill_id(entry.slug) for label in entry.labels}
    aliases = {old: new for old, new in aliases.items() if old != new}
    related = {tuple(sorted((entry.slug, other))) for entry in found.values() for other in entry.related}
    return SkillScheme(
        digest(*content, repr(decoys), repr(sorted(renamed.items()))),
        tuple(map(_skill, found.values())),
        tuple((skill_id(entry.slug), skill_id(broader)) for entry in found.values() for broader in entry.broader),
        tuple((skill_id(a), skill_id(b)) for a, b in sorted(related)),
        tuple(sorted(aliases.items())),
    )


def _skill(entry: Entry) -> Skill:
    return Skill(
        id=skill_id(entry.slug),
        name=entry.zh,
        name_en=entry.en or None,
        alt_names=tuple(sorted({*entry.alt_zh} - {entry.zh})),
        alt_names_en=tuple(sorted({*entry.alt_en} - {entry.en})),
        type=entry.type,
        definition=entry.definition or None,
        exact_match=entry.exact_match,
        close_match=entry.close_match,
    )
