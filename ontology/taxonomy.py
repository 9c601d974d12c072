"""The curated skills: a folder of TSV files -> Taxonomy.

A file is a domain. Its first line names the columns; `|` stands between several values of one cell:

    slug        the skill's id after `skill:`, English in kebab-case; never changed without a line in renamed.tsv
    broader     slugs of broader skills, of any file; empty for a top concept
    zh, en      the preferred labels
    alt_zh      alternative labels, found in texts as they are
    alt_en
    patterns    other ways to say it: see ontology.patterns; these are no labels
    type        knowledge, skill, tool or trait
    definition  one line in Chinese
    related     slugs; the column may be absent

Two more files, both optional: `words.tsv` (name, words) holds the classes of words that patterns use, and in the
class `!` words that look as if a label stood in them (督[促销]售: here the part in brackets is none); `renamed.tsv`
(old, new) holds the slugs that are no longer in use.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast, get_args

from graphmodel.errors import BadTaxonomy
from graphmodel.graph import SkillScheme
from graphmodel.identity import candidate_id, digest, fold, skill_id
from graphmodel.nodes import Skill, SkillType
from ontology.patterns import Pattern, parse

BUILT_IN = Path(__file__).parent / "taxonomy"

_COLUMNS = ("slug", "broader", "zh", "en", "alt_zh", "alt_en", "patterns", "type", "definition")
_MANY = ("broader", "alt_zh", "alt_en", "patterns", "related")
_NO_DOMAINS = ("words.tsv", "renamed.tsv", "esco.tsv")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Entry(NamedTuple):
    """One line of a domain's file; `domain` is the file's name without suffix, `place` is file and line."""

    slug: str
    broader: tuple[str, ...]
    zh: str
    en: str
    alt_zh: tuple[str, ...]
    alt_en: tuple[str, ...]
    patterns: tuple[str, ...]
    type: SkillType
    definition: str
    related: tuple[str, ...]
    domain: str
    place: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Preferred and alternative labels, Chinese and English."""
        return (self.zh, self.en, *self.alt_zh, *self.alt_en)


class Taxonomy(NamedTuple):
    """Entries by slug, in order of slug; the patterns of each, parsed; and the same as a store keeps it."""

    entries: dict[str, Entry]
    patterns: dict[str, tuple[Pattern, ...]]
    decoys: tuple[str, ...]
    scheme: SkillScheme


@lru_cache(maxsize=4)
def load(path: Path | str | None = None) -> Taxonomy:
    """The built-in taxonomy, or the one in a folder. Raises BadTaxonomy naming file and line."""
    folder = BUILT_IN if path is None else Path(path)
    entries: dict[str, Entry] = {}
    for file in sorted(folder.glob("*.tsv")):
        if file.name not in _NO_DOMAINS:
            for entry in _entries(file):
                if entry.slug in entries:
                    _refuse(entry.place, f"{entry.slug!r} stands also at {entries[entry.slug].place}.")
                entries[entry.slug] = entry
    if not entries:
        raise BadTaxonomy(f"{folder} holds no skills.", "Give a folder with TSV files; see ontology/taxonomy.py.")
    entries = dict(sorted(entries.items()))
    _check_labels(entries)
    _check_hierarchy(entries)
    words = {cells["name"]: _split(cells["words"]) for _, cells in _rows(folder / "words.tsv", ("name", "words"))}
    patterns = {slug: _parse(entry, words) for slug, entry in entries.items()}
    renamed = _renamed(folder / "renamed.tsv", entries)
    decoys = words.get("!", ())
    return Taxonomy(entries, patterns, decoys, _scheme(entries, patterns, decoys, renamed))


def _refuse(place: str, problem: str, remedy: str = "Correct this line of the taxonomy.") -> None:
    raise BadTaxonomy(f"{place}: {problem}", remedy)


def _rows(file: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """(place, cells) for each line of a file; nothing where the file is absent."""
    if not file.exists():
        return
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadTaxonomy(f"{file.name}: {error}.", "Save the file as UTF-8.") from error
    rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    header = tuple(rows[0]) if rows else ()
    if set(header) - set(optional) != set(columns) or len(set(header)) != len(header):
        _refuse(f"{file.name}:1", f"the columns are {', '.join(header)}.", f"They must be {', '.join(columns)}.")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            _refuse(f"{file.name}:{number}", f"{len(row)} cells where the first line has {len(header)}.")
        yield f"{file.name}:{number}", dict(zip(header, (cell.strip() for cell in row), strict=True))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|")) if cell else ()


def _entries(file: Path) -> Iterator[Entry]:
    for place, cells in _rows(file, _COLUMNS, ("related",)):
        many = {column: _split(cells.get(column, "")) for column in _MANY}
        if not _SLUG.fullmatch(cells["slug"]):
            _refuse(place, f"{cells['slug']!r} is no slug.", "Write English words in lower case joined by hyphens.")
        if cells["type"] not in get_args(SkillType):
            _refuse(place, f"the type {cells['type']!r} is unknown.", f"Types are {', '.join(get_args(SkillType))}.")
        entry = Entry(
            cells["slug"],
            many["broader"],
            cells["zh"],
            cells["en"],
            many["alt_zh"],
            many["alt_en"],
            many["patterns"],
            cast(SkillType, cells["type"]),
            cells["definition"],
            many["related"],
            file.stem,
            place,
        )
        if not all(map(fold, entry.labels)) or not entry.definition or "" in entry.patterns:
            _refuse(place, "a label, a pattern or the definition is empty.")
        yield entry


def _check_labels(entries: dict[str, Entry]) -> None:
    claimed: dict[str, Entry] = {}
    for entry in entries.values():
        for label in entry.labels:
            other = claimed.setdefault(fold(label), entry)
            if other is not entry:
                _refuse(entry.place, f"the label {label!r} is claimed also by {other.slug!r} at {other.place}.")


def _check_hierarchy(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for slug in (*entry.broader, *entry.related):
            if slug not in entries:
                _refuse(entry.place, f"{entry.slug!r} names {slug!r}, which no line defines.")
    done: set[str] = set()

    def climb(slug: str, path: tuple[str, ...]) -> None:
        if slug in path:
            _refuse(entries[slug].place, f"a cycle: {' < '.join((*path[path.index(slug) :], slug))}.")
        if slug not in done:
            for broader in entries[slug].broader:
                climb(broader, (*path, slug))
            done.add(slug)

    for slug in entries:
        climb(slug, ())


def _parse(entry: Entry, words: dict[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    try:
        return tuple(pattern for text in entry.patterns for pattern in parse(text, words))
    except ValueError as error:
        raise BadTaxonomy(f"{entry.place}: {error}.", "See ontology/patterns.py for the syntax.") from error


def _renamed(file: Path, entries: dict[str, Entry]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for place, cells in _rows(file, ("old", "new")):
        if cells["old"] in entries or cells["old"] in renamed:
            _refuse(place, f"{cells['old']!r} is in use, or renamed twice.")
        if cells["new"] not in entries:
            _refuse(place, f"no line defines {cells['new']!r}.", "Point to the slug that is in use today.")
        renamed[cells["old"]] = cells["new"]
    return renamed


def _scheme(
    entries: dict[str, Entry],
    patterns: dict[str, tuple[Pattern, ...]],
    decoys: tuple[str, ...],
    renamed: dict[str, str],
) -> SkillScheme:
    content = [repr(entry._replace(place="", domain="")) + repr(patterns[slug]) for slug, entry in entries.items()]
    aliases = {skill_id(old): skill_id(new) for old, new in renamed.items()}
    for entry in entries.values():
        aliases |= {candidate_id(label): skill_id(entry.slug) for label in entry.labels}
    related = {tuple(sorted((entry.slug, other))) for entry in entries.values() for other in entry.related}
    return SkillScheme(
        digest(*content, repr(decoys), repr(sorted(renamed.items()))),
        tuple(map(_skill, entries.values())),
        tuple((skill_id(entry.slug), skill_id(broader)) for entry in entries.values() for broader in entry.broader),
        tuple((skill_id(a), skill_id(b)) for a, b in sorted(related)),
        tuple(sorted(aliases.items())),
    )


def _skill(entry: Entry) -> Skill:
    return Skill(
        id=skill_id(entry.slug),
        name=entry.zh,
        name_en=entry.en,
        alt_names=tuple(sorted(set(entry.alt_zh))),
        alt_names_en=tuple(sorted(set(entry.alt_en))),
        type=entry.type,
        definition=entry.definition,
    )
