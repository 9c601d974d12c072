"""The taxonomy compiled for matching, and one pass of it over the text of an item.

All words of labels and patterns are in one Aho-Corasick automaton; a pattern costs something only where its last
word stands. Of finds that lie inside each other, the one that covers most wins; finds that cover the same words
are both kept (沟通协调能力 is 沟通能力 and 协调能力).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import ahocorasick_rs

from graphmodel.identity import skill_id
from graphmodel.nodes import Span
from graphmodel.relations import Method
from loaders.clauses import BENEFITS, BREAKS, CLOSING, LEVELS, NOT_PREFERRED, OPENING, PREFERRED, Clause
from ontology.patterns import Pattern
from ontology.taxonomy import Taxonomy, load

SUBJECTS = "skill:academic-subject"
"""What is studied: its narrower skills count where a text speaks of a degree."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_AFTER_WORD = _WORD | frozenset("+#&")
_LIST = re.compile(r"[、和与及跟或/]")
_HOLDER = re.compile(
    r"(?:相关|等)?(?:部门|部(?![分署件位落队])|团队|小组|专员|经理|主管|总监|助理|工程师|师(?![资生傅范])|专家|同事|"
    r"岗位?|中心|负责人|从业者|公司|企业|行业(?!经验|知识|背景))"
)
"""What follows a skill where the words name people or a place and not the skill."""


_DEGREE = re.compile(r"专业(?![化的能技知素水人精性])|学位|毕业")
_ABILITY = re.compile(r"能力|经验|技能|意识|精神")


class Find(NamedTuple):
    """Words of an item that ask for a skill. `pieces` are the words found, without what stands between them."""

    skill: str
    start: int
    end: int
    method: Method
    pieces: tuple[Span, ...]
    clause: Clause


class _Tail(NamedTuple):
    """The end of a pattern: the slots that must stand before it, first slot first."""

    skill: str
    before: tuple[int, ...]
    gap: int


class _Word:
    """What the automaton knows of a word."""

    __slots__ = ("decoy", "labels", "open", "sign", "slots", "tails")

    def __init__(self) -> None:
        self.open = (False, False)
        self.labels: list[tuple[str, Method]] = []
        self.slots: list[int] = []
        self.tails: list[_Tail] = []
        self.sign = ""
        self.decoy: Span | None = None


class Lexicon:
    """A taxonomy, compiled. `taxonomy` is the digest of its scheme."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        words: dict[str, _Word] = defaultdict(_Word)
        slots: dict[tuple[str, ...], int] = {}
        for slug, entry in taxonomy.entries.items():
            skill = skill_id(slug)
            for label in entry.labels:
                words[label.lower()].labels.append((skill, "label"))
            for pattern in taxonomy.patterns[slug]:
                _add(words, slots, skill, pattern)
        for decoy in taxonomy.decoys:
            start, end = decoy.index("["), decoy.index("]") - 1
            words[decoy.replace("[", "").replace("]", "").lower()].decoy = (start, end)
        for sign, group in (("level", LEVELS), ("prefer", PREFERRED), ("not prefer", NOT_PREFERRED), ("pay", BENEFITS)):
            for text in group:
                words[text].sign = sign
        for sign, marks in (("(", OPENING), (")", CLOSING), (",", BREAKS)):
            for mark in marks:
                words[mark].sign = sign
        for text, word in words.items():
            word.open = (text[0] in _WORD, text[-1] in _WORD)
            word.labels = list(dict.fromkeys(word.labels))
        self.taxonomy = taxonomy.scheme.digest
        self._subjects = {skill for skill, broader in taxonomy.scheme.broader if broader == SUBJECTS}
        self.skills = {skill.id: skill for skill in taxonomy.scheme.skills}
        self._words = list(words.values())
        self._slots = len(slots)
        self._automaton = ahocorasick_rs.AhoCorasick(list(words), store_patterns=False)

    def find(self, text: str, section: Literal["duty", "requirement"] = "requirement") -> list[Find]:
        """The finds in an item's text that no greater find covers, ordered by start, end, skill."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        found, decoys = self._scan(lower)
        return _settle(text, [find for find in found if self._counts(text, section, find)], decoys)

    def _counts(self, text: str, section: str, find: Find) -> bool:
        """Whether the context lets the words mean the skill.

        A subject counts where the clause speaks of a degree, and there no skill of the same name does (供应链管理专业).
        A duty names a trait or a field of knowledge by more than a bare word: 积极, 认真 and 医疗 are no skills there.
        """
        clause = find.clause
        degree = _DEGREE.search(text, clause.start, clause.end if clause.end >= 0 else len(text))
        kind = self.skills[find.skill].type
        if find.skill in self._subjects:
            return degree is not None
        if degree and kind == "skill" and find.end <= degree.start() and find.method == "label":
            return bool(_ABILITY.search(text, find.end, find.end + 6))
        if section == "duty" and find.method == "label" and kind in ("trait", "knowledge"):
            return find.end - find.start > 3 or bool(_ABILITY.match(text, find.end))
        return True

    def _scan(self, text: str) -> tuple[list[Find], list[Span]]:
        found: list[Find] = []
        decoys: list[Span] = []
        clause = Clause(0)
        skipped = 0
        seen: list[list[tuple[int, int, Clause, int]]] = [[] for _ in range(self._slots)]
        words = self._words
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            word = words[index]
            left, right = word.open
            if (left and start and text[start - 1] in _WORD) or (
                right and end < len(text) and text[end] in _AFTER_WORD
            ):
                continue
            if word.sign:
                match word.sign:
                    case ",":
                        clause.end = start
                        clause = Clause(end, clause if text[start] in "，,、" else None, clause.outer)
                    case "(":
                        clause = Clause(end, None, clause)
                    case ")":
                        clause.end = start
                        if clause.outer is not None:
                            skipped += end - clause.start + 1
                            clause = clause.outer
                    case "level":
                        clause.levels.append((end, LEVELS[text[start:end]]))
                    case "prefer":
                        clause.preferred = True
                    case "not prefer":
                        clause.preferred = False
                    case "pay":
                        clause.benefit = True
            for skill, method in word.labels:
                found.append(Find(skill, start, end, method, ((start, end),), clause))
            for tail in word.tails:
                pieces = _trace(seen, tail, start, clause, skipped)
                if pieces:
                    pieces = _joined((*pieces, (start, end)))
                    found.append(Find(tail.skill, pieces[0][0], end, "pattern", pieces, clause))
            for slot in word.slots:
                seen[slot].append((start, end, clause, skipped))
            if word.decoy:
                decoys.append((start + word.decoy[0], start + word.decoy[1]))
        return found, decoys


@lru_cache(maxsize=4)
def lexicon(path: Path | str | None = None) -> Lexicon:
    """The lexicon of the built-in taxonomy, or of a user's folder. Raises BadTaxonomy."""
    return Lexicon(load(path))


def _add(words: dict[str, _Word], slots: dict[tuple[str, ...], int], skill: str, pattern: Pattern) -> None:
    *before, last = pattern.slots
    numbers = []
    for slot in before:
        if slot not in slots:
            slots[slot] = len(slots)
            for text in slot:
                words[text].slots.append(slots[slot])
        numbers.append(slots[slot])
    for text in last:
        if numbers:
            words[text].tails.append(_Tail(skill, tuple(numbers), pattern.gap))
        else:
            words[text].labels.append((skill, "pattern"))


def _trace(
    seen: list[list[tuple[int, int, Clause, int]]], tail: _Tail, start: int, clause: Clause, skipped: int
) -> tuple[Span, ...]:
    """The nearest words of the earlier slots, in one clause, before `start`; empty if one is missing."""
    pieces: list[Span] = []
    for slot in reversed(tail.before):
        for place, end, where, then in reversed(seen[slot]):
            if end <= start and where is clause and start - end - (skipped - then) <= tail.gap:
                pieces.append((place, end))
                start, skipped = place, then
                break
        else:
            return ()
    return tuple(reversed(pieces))


def _joined(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces that touch made one."""
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _settle(text: str, found: list[Find], decoys: list[Span]) -> list[Find]:
    """One find a skill, the greatest, none inside a greater one, and none that names a holder of the skill."""
    ranked = sorted(found, key=lambda f: (-_size(f), f.end - f.start, f.start, f.skill, f.method))
    kept: list[Find] = []
    for find in ranked:
        if find.clause.benefit or _HOLDER.match(text, find.end) or any(p in decoys for p in find.pieces):
            continue
        if not any(_covers(other, find) for other in kept):
            kept.append(find)
    best: dict[str, Find] = {}
    for find in kept:
        best.setdefault(find.skill, find)
    return sorted((_narrowed(text, find) for find in best.values()), key=lambda f: (f.start, f.end, f.skill))


def _size(find: Find) -> int:
    return sum(end - start for start, end in find.pieces)


def _covers(other: Find, find: Find) -> bool:
    if _size(other) <= _size(find):
        return False
    return all(any(s <= start and end <= e for s, e in other.pieces) for start, end in find.pieces)


def _narrowed(text: str, find: Find) -> Find:
    """Where the words between stand in a list (分析A和B), a find says only its own member of it."""
    if len(find.pieces) != 2 or text[find.end - 2 : find.end] in ("能力", "技巧"):
        return find
    first, last = find.pieces
    longer = first if first[1] - first[0] > last[1] - last[0] else last
    if longer[1] - longer[0] < 3 or not _LIST.search(text, first[1], last[0]):
        return find
    return find._replace(start=longer[0], end=longer[1])
