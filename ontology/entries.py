"""The lines of a taxonomy's TSV files as they are written: one Entry a skill, not yet compared with other lines.

What the columns mean stands in ontology/taxonomy.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn, cast, get_args

from graphmodel.errors import BadTaxonomy
from graphmodel.identity import candidate_id
from graphmodel.nodes import SkillType

Action = Literal["", "add", "extend", "deprecate"]
"""What a line does to a taxonomy that it extends: see ontology/extension.py."""

NEEDED = ("zh",)
OPTIONAL = (
    "slug", "broader", "en", "alt_zh", "alt_en", "patterns", "type", "definition", "related", "replaces", "action"
)  # fmt: skip

ESCO = "http://data.europa.eu/esco/skill/"
"""What the IRIs of ESCO's skills begin with; a uuid follows."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SAID = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and "})


class Entry(NamedTuple):
    """One skill; `domain` is the file's name without suffix, `place` is file and line. The matches are IRIs."""

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
    exact_match: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    action: Action = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Preferred and alternative labels, Chinese and English."""
        return tuple(label for label in (self.zh, self.en, *self.alt_zh, *self.alt_en) if label)


class Match(NamedTuple):
    """A line of esco.tsv; `iri` is a concept of ESCO."""

    slug: str
    iri: str
    exact: bool
    place: str


def refuse(place: str, problem: str, remedy: str = "Correct this line of the taxonomy.") -> NoReturn:
    raise BadTaxonomy(f"{place}: {problem}", remedy)


def entries(file: Path) -> Iterator[Entry]:
    """The skills of one domain."""
    for place, cells in rows(file, NEEDED, OPTIONAL):
        action = cells["action"].lower()
        if action not in get_args(Action):
            refuse(place, f"the action {action!r} is unknown.", "Write add, extend, deprecate, or nothing.")
        yield made(
            place,
            file.stem,
            slug=cells["slug"],
            broader=_split(cells["broader"]),
            zh=cells["zh"],
            en=cells["en"],
            alt_zh=_split(cells["alt_zh"]),
            alt_en=_split(cells["alt_en"]),
            patterns=_split(cells["patterns"]),
            type=cells["type"].lower(),
            definition=cells["definition"],
            related=_split(cells["related"]),
            replaces=_split(cells["replaces"]),
            action=cast(Action, action),
        )


def made(
    place: str,
    domain: str,
    *,
    slug: str,
    zh: str,
    en: str = "",
    type: str = "",
    action: Action = "",
    broader: tuple[str, ...] = (),
    alt_zh: tuple[str, ...] = (),
    alt_en: tuple[str, ...] = (),
    patterns: tuple[str, ...] = (),
    definition: str = "",
    related: tuple[str, ...] = (),
    exact_match: tuple[str, ...] = (),
    close_match: tuple[str, ...] = (),
    replaces: tuple[str, ...] = (),
) -> Entry:
    """An entry with what its writer left out.

    The slug comes from the English label, else, for a skill without one, from the id that it has as a candidate; such
    an entry may only be added. The English label comes from the slug, the type is `skill`.
    """
    if not slug:
        slug = slug_of(en) or (slug_of(zh) if zh.isascii() else "") or candidate_id(zh).partition(":")[2]
        action = action or "add"
    elif not en and action == "" and not _is_key(slug):
        en = slug.replace("-", " ")
    if not _SLUG.fullmatch(slug):
        refuse(place, f"{slug!r} is no slug.", "Write English words in lower case joined by hyphens.")
    if type and type not in get_args(SkillType):
        refuse(place, f"the type {type!r} is unknown.", f"Types are {', '.join(get_args(SkillType))}.")
    kind = cast(SkillType, type or "skill")
    matches = exact_match, close_match
    entry = Entry(
        slug, broader, zh, en, alt_zh, alt_en, patterns, kind, definition, related, domain, place, *matches,
        replaces, action,
    )  # fmt: skip
    nameless = not zh and action in ("", "add")
    if nameless or "" in (*alt_zh, *alt_en, *patterns, *broader, *related, *replaces):
        refuse(place, "a label, or one of several values between |, is empty.", "Write it, or take the | away.")
    return entry


def slug_of(label: str) -> str:
    """The slug of an English label, empty if there is no letter in it.

    >>> slug_of("C++ programming"), slug_of("Résumé screening"), slug_of("数据")
    ('c-plus-plus-programming', 'resume-screening', '')
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain.translate(_SAID)))
    return slug if re.search("[a-z]", slug) else ""


def _is_key(slug: str) -> bool:
    return bool(re.fullmatch("[0-9a-f]{16}", slug))


def matches(file: Path) -> Iterator[Match]:
    """The lines of esco.tsv; nothing where it is absent."""
    for place, cells in rows(file, ("slug", "uuid", "match")):
        if not _UUID.fullmatch(cells["uuid"]):
            refuse(place, f"{cells['uuid']!r} is no uuid.", "Write the last part of the IRI of a skill of ESCO.")
        if cells["match"] not in ("exact", "close"):
            refuse(place, f"the match {cells['match']!r} is unknown.", "Write exact or close.")
        yield Match(cells["slug"], ESCO + cells["uuid"], cells["match"] == "exact", place)


GUARDS = "!"
"""The class of words that look as if a label stood in them, in the brackets that each has: 督[促销]售."""

_GUARD = re.compile(r"[^\[\]]*\[[^\[\]]+\][^\[\]]*")


def classes(file: Path) -> dict[str, tuple[str, ...]]:
    """The classes of words.tsv. Raises BadTaxonomy for a guard without its one pair of brackets."""
    found: dict[str, tuple[str, ...]] = {}
    for place, cells in rows(file, ("name", "words")):
        found[cells["name"]] = _split(cells["words"])
        for word in found[cells["name"]] if cells["name"] == GUARDS else ():
            if not _GUARD.fullmatch(word):
                refuse(place, f"the guard {word!r} has no brackets.", "Put what is no label there in [ ]: 督[促销]售.")
    return found


def rows(file: Path, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """(place, cells by column, of all these columns) for each line of a file; nothing where the file is absent.

    Left out are empty lines, lines that begin with `# `, and columns whose name begins with `#`: notes for people.
    """
    if not file.exists():
        return
    header: list[str] = []
    empty = dict.fromkeys((*needed, *optional), "")
    for number, line in enumerate(_text(file).splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        place = f"{file}:{number}"
        row = [_cell(cell) for cell in line.split("\t")]
        if not header:
            header = row
            _check_header(place, header, needed, optional)
            continue
        if len(row) > len(header):
            refuse(place, f"{len(row)} cells where the first line has {len(header)}.")
        row += [""] * (len(header) - len(row))
        yield place, empty | dict(zip(header, row, strict=True))


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTaxonomy(f"{file}: {error}.", "Save it as text in UTF-8, with a tab between two columns.") from error


def _check_header(place: str, header: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> None:
    names = [name for name in header if not name.startswith("#")]
    if not set(needed) <= set(names) <= {*needed, *optional} or len(set(names)) != len(names):
        more = f", and may be {', '.join(optional)}" if optional else ""
        problem = f"the columns are {', '.join(names)}."
        refuse(place, problem, f"They must be {', '.join(needed)}{more}; a tab stands between two columns.")


def _cell(cell: str) -> str:
    """Without what a spreadsheet puts around a cell with a comma in it."""
    cell = cell.strip()
    return cell[1:-1].replace('""', '"').strip() if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|")) if cell else ()
