"""The numbers of Word's lists: which a paragraph has, by numbering.xml and its style."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from loaders.formats import ordinals

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": ordinals.letter,
    "upperLetter": lambda number: ordinals.letter(number).upper(),
    "lowerRoman": lambda number: ordinals.roman(number).lower(),
    "upperRoman": ordinals.roman,
    "chineseCounting": ordinals.chinese,
    "chineseCountingThousand": ordinals.chinese,
    "japaneseCounting": ordinals.chinese,
    "taiwaneseCounting": ordinals.chinese,
    "taiwaneseCountingThousand": ordinals.chinese,
    "ideographDigital": ordinals.digits,
    "taiwaneseDigital": ordinals.digits,
    "japaneseDigitalTenThousand": ordinals.digits,
    "chineseLegalSimplified": ordinals.legal,
    "ideographLegalTraditional": ordinals.legal,
    "decimalEnclosedCircle": ordinals.circled,
    "decimalEnclosedCircleChinese": ordinals.circled,
    "ideographEnclosedCircle": ordinals.bracketed_chinese,
    "decimalEnclosedParen": ordinals.bracketed,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalFullWidth": str,
    "decimalHalfWidth": str,
    "ideographTraditional": ordinals.stem,
    "ideographZodiac": ordinals.branch,
}
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_CHAIN = 20
"""Styles based on styles."""
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)


class _Level(NamedTuple):
    form: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str | None


class _List(NamedTuple):
    """A w:num: the abstract list that it counts in, its levels, and the starts that it sets anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbers:
    """Counts the lists of a document; `mark` must be asked once for each paragraph, in their order."""

    def __init__(
        self,
        lists: dict[str, _List],
        styles: dict[str, tuple[str | None, int | None]],
        contents: set[str],
        default: str,
    ) -> None:
        self.lists = lists
        self.styles = styles
        self.contents = contents
        self.default = default
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()

    @classmethod
    def of(cls, main: Any) -> Numbers:
        """The numbers of a document's main part; what is missing or broken numbers nothing."""
        numbering, styles = (_related(main, kind) for kind in ("numbering", "styles"))
        numbered, contents, default = _styles(styles)
        return cls(_lists(numbering, styles), numbered, contents, default)

    def is_contents(self, paragraph: Any) -> bool:
        return self._style(paragraph) in self.contents

    def mark(self, paragraph: Any) -> str:
        """The number or bullet before a paragraph, with the blank behind it; empty if it has none."""
        number, level = self._place(paragraph)
        kept = self.lists.get(number or "")
        if kept is None or level not in kept.levels:
            return ""
        return self._count(number or "", kept, level)

    def _style(self, paragraph: Any) -> str:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return (style.get(qn("w:val")) or "") if style is not None else self.default

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and level of a paragraph, its own properties before those of its style."""
        style = self._style(paragraph)
        number, level = self.styles.get(style, (None, None))
        if number in self.lists and level is None:
            levels = self.lists[number].levels
            level = next((at for at, rule in levels.items() if rule.style == style), None)
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None:
            said_number, said_level = _num_pr(own)
            number = said_number if said_number is not None else number
            level = said_level if said_level is not None else 0 if said_number is not None else level
        return number, level or 0

    def _count(self, number: str, kept: _List, level: int) -> str:
        counts = self.counts.setdefault(kept.abstract, [None] * _LEVELS)
        for at in range(level + 1):
            if at in kept.starts and (number, at) not in self.begun:
                self.begun.add((number, at))
                counts[at] = None
                counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        start = kept.starts.get(level, kept.levels[level].start)
        before = counts[level]
        counts[level] = start if before is None else before + 1
        for below in range(level + 1, _LEVELS):
            restart = kept.levels[below].restart if below in kept.levels else None
            if restart is None or 0 < level + 1 <= restart:
                counts[below] = None
        return self._written(kept, level, counts)

    @staticmethod
    def _written(kept: _List, level: int, counts: list[int | None]) -> str:
        rule = kept.levels[level]
        if rule.form == "none":
            return ""
        if rule.form == "bullet":
            return "• "

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = kept.levels.get(at)
            value = counts[at]
            if value is None:
                value = kept.starts.get(at, other.start if other else 1)
            form = _FORMS.get(other.form, str) if other and not (rule.legal and at < level) else str
            return form(value)

        text = _PLACE.sub(number, rule.text).strip()
        spaced = text and (text[-1].isalpha() or text[-1].isdecimal() or text[-1] in ".．")
        return text + " " if spaced else text


def _lists(numbering: Any, styles: Any) -> dict[str, _List]:
    if numbering is None:
        return {}
    abstracts = {node.get(qn("w:abstractNumId")): node for node in numbering.findall(qn("w:abstractNum"))}
    nums = {node.get(qn("w:numId")): node for node in numbering.findall(qn("w:num"))}
    linked = _linked(abstracts)
    made: dict[str | None, _List] = {}
    for number, node in nums.items():
        reference = node.find(qn("w:abstractNumId"))
        abstract = reference.get(qn("w:val")) if reference is not None else None
        abstract = linked.get(abstract, abstract)
        if number in (None, "0") or abstract is None or abstract not in abstracts:
            continue
        levels = _levels(abstracts[abstract])
        starts: dict[int, int] = {}
        for override in node.findall(qn("w:lvlOverride")):
            at = _integer(override.get(qn("w:ilvl")))
            start = override.find(qn("w:startOverride"))
            own = override.find(qn("w:lvl"))
            if at is None or not 0 <= at < _LEVELS:
                continue
            if own is not None:
                levels[at] = _level(own)
            if start is not None and (value := _integer(start.get(qn("w:val")))) is not None:
                starts[at] = value
        made[number] = _List(abstract, levels, starts)
    return {number: each for number, each in made.items() if number is not None}


def _linked(abstracts: dict[str | None, Any]) -> dict[str | None, str | None]:
    """Abstract lists that only point to the style of another."""
    homes = {}
    for key, node in abstracts.items():
        home = node.find(qn("w:styleLink"))
        if home is not None:
            homes[home.get(qn("w:val"))] = key
    links = {key: node.find(qn("w:numStyleLink")) for key, node in abstracts.items()}
    return {
        key: homes[link.get(qn("w:val"))]
        for key, link in links.items()
        if link is not None and link.get(qn("w:val")) in homes
    }


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = ((_integer(node.get(qn("w:ilvl"))), node) for node in abstract.findall(qn("w:lvl")))
    return {at: _level(node) for at, node in levels if at is not None and 0 <= at < _LEVELS}


def _level(node: Any) -> _Level:
    def value(name: str) -> str | None:
        found = node.find(qn(f"w:{name}"))
        return found.get(qn("w:val")) if found is not None else None

    legal = node.find(qn("w:isLgl"))
    start = _integer(value("start"))
    return _Level(
        value("numFmt") or "decimal",
        value("lvlText") or "",
        1 if start is None else start,
        _integer(value("lvlRestart")),
        legal is not None and legal.get(qn("w:val"), "true") not in ("0", "false", "off"),
        value("pStyle"),
    )


def _styles(styles: Any) -> tuple[dict[str, tuple[str | None, int | None]], set[str], str]:
    """By style: its list and level, its own or of what it is based on; the styles of contents; the default style."""
    if styles is None:
        return {}, set(), ""
    nodes = {node.get(qn("w:styleId")) or "": node for node in styles.findall(qn("w:style"))}
    numbered: dict[str, tuple[str | None, int | None]] = {}
    contents: set[str] = set()
    default = ""
    for key, node in nodes.items():
        name = node.find(qn("w:name"))
        if name is not None and _CONTENTS.fullmatch(name.get(qn("w:val")) or ""):
            contents.add(key)
        if node.get(qn("w:default")) in ("1", "true") and node.get(qn("w:type")) == "paragraph":
            default = key
        number = level = None
        based: Any = node
        for _ in range(_LONGEST_CHAIN):
            own = based.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if own is not None:
                said = _num_pr(own)
                number = said[0] if number is None else number
                level = said[1] if level is None else level
            parent = based.find(qn("w:basedOn"))
            based = nodes.get(parent.get(qn("w:val"))) if parent is not None else None
            if based is None:
                break
        if number is not None:
            numbered[key] = (number, level)
    return numbered, contents, default


def _num_pr(node: Any) -> tuple[str | None, int | None]:
    number, level = node.find(qn("w:numId")), node.find(qn("w:ilvl"))
    at = _integer(level.get(qn("w:val"))) if level is not None else None
    return (number.get(qn("w:val")) if number is not None else None), at if at is None or 0 <= at < _LEVELS else 0


def _related(main: Any, kind: str) -> Any:
    """The root of a part that the main part refers to, or None."""
    for relation in main.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            part = relation.target_part
            return part.element if hasattr(part, "element") else parse_xml(part.blob)
    return None


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?[0-9]{1,6}", value) else None
