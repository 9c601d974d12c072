"""The taxonomy compiled for matching, and one pass of it over the text of an item.

All words of labels and patterns are in one Aho-Corasick automaton; a pattern costs something only where its last
word stands. What is found is settled in loaders.finds.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from graphmodel.identity import skill_id
from graphmodel.nodes import Span
from graphmodel.relations import Method
from loaders.clauses import BENEFITS, BREAKS, CLOSING, LEVELS, NOT_PREFERRED, OPENING, PREFERRED, PURPOSES, Clause
from loaders.finds import Context, Find, Section, settle
from ontology.patterns import Pattern
from ontology.taxonomy import Taxonomy, load

SUBJECTS = "skill:academic-subject"
"""What is studied: its narrower skills count where a text speaks of a degree."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_AFTER_WORD = _WORD | frozenset("+#&")


class _Tail(NamedTuple):
    """The end of a pattern: the slots that must stand before it, first slot first."""

    skill: str
    before: tuple[int, ...]
    gap: int
    head: int


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
        for sign, group in (
            ("level", LEVELS),
            ("prefer", PREFERRED),
            ("not prefer", NOT_PREFERRED),
            ("pay", BENEFITS),
            ("purpose", PURPOSES),
        ):
            for text in group:
                words[text].sign = sign
        for sign, marks in (("(", OPENING), (")", CLOSING), (",", BREAKS)):
            for mark in marks:
                words[mark].sign = sign
        for text, word in words.items():
            word.open = (text[0] in _WORD, text[-1] in _WORD)
            word.labels = list(dict.fromkeys(word.labels))
        self.taxonomy = taxonomy.scheme.digest
        self.skills = {skill.id: skill for skill in taxonomy.scheme.skills}
        subjects = frozenset(skill for skill, broader in taxonomy.scheme.broader if broader == SUBJECTS)
        self._context = Context({skill.id: skill.type for skill in self.skills.values()}, subjects)
        self._words = list(words.values())
        self._slots = len(slots)
        self._automaton = ahocorasick_rs.AhoCorasick(list(words), store_patterns=False)

    def find(self, text: str, section: Section = "requirement") -> list[Find]:
        """The skills that an item asks for, each with its best words: see loaders.finds."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        found, decoys = self._scan(lower)
        return settle(text, section, found, decoys, self._context)

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
                        clause = Clause(end, clause if text[start] in "，," else None, clause.outer)
                        if clause.previous and clause.previous.purpose is not None:
                            clause.continue_purpose(text)
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
                    case "purpose":
                        clause.purpose = start
            for skill, method in word.labels:
                found.append(Find(skill, start, end, method, ((start, end),), (start, end), clause))
            for tail in word.tails:
                pieces = _trace(seen, tail, start, clause, skipped)
                if pieces:
                    pieces = (*pieces, (start, end))
                    head = pieces[tail.head]
                    pieces = _joined(text, pieces)
                    head = next(piece for piece in pieces if piece[0] <= head[0] and head[1] <= piece[1])
                    found.append(Find(tail.skill, pieces[0][0], end, "pattern", pieces, head, clause))
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
            words[text].tails.append(_Tail(skill, tuple(numbers), pattern.gap, pattern.head))
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


def _joined(text: str, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces that touch, or have only 的 between them, made one."""
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if text[joined[-1][1] : start] in ("", "的"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
