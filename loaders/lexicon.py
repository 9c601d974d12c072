"""The taxonomy compiled for matching, and one pass of it over the text of an item.

All words of labels and patterns are in one Aho-Corasick automaton; a pattern costs something only where its last
word stands. What is found is settled in loaders.finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from graphmodel.identity import skill_id
from graphmodel.nodes import Span
from graphmodel.relations import Method
from loaders.clauses import SIGNS, Clause
from loaders.finds import Context, Find, Section, of_pattern, of_words, settle
from ontology.patterns import FAR, Pattern
from ontology.taxonomy import Taxonomy, load

SUBJECTS = "skill:academic-subject"
"""What is studied: its narrower skills count where a text speaks of a degree."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_AFTER_WORD = _WORD | frozenset("+#&")
_BITS = 960
"""Slots that share a bit make words be compared in vain; so many bits are few enough to be quick."""


class _Tail(NamedTuple):
    """The end of a pattern: its head is piece `head`, and the slots before its last one are `before`, nearest first."""

    skill: str
    before: tuple[int, ...]
    gap: int
    head: int


class _Word:
    """What the automaton knows of a word; `tails` are by the slot that must stand nearest before.

    `opens` and `ends` have a bit for each slot that the word is of, or ends a pattern after: most words that stand
    in one clause have nothing to do with each other, and that must cost little. `pairs` remembers the tails that a
    word before opens, for each pair of words that was met.
    """

    __slots__ = ("decoy", "ends", "labels", "left", "opens", "pairs", "right", "sign", "slots", "special", "tails")

    def __init__(self, text: str) -> None:
        self.left = text[0] in _WORD
        self.right = text[-1] in _WORD
        self.labels: tuple[tuple[str, Method], ...] = ()
        self.slots: list[int] = []
        self.tails: dict[int, list[_Tail]] = {}
        self.opens = 0
        self.ends = 0
        self.pairs: dict[_Word, tuple[_Tail, ...]] = {}
        self.sign = ""
        self.decoy: Span | None = None
        self.special = False

    def after(self, before: _Word) -> tuple[_Tail, ...]:
        """The patterns that this word ends if the other stands before it; remembered in `pairs`."""
        found = tuple(tail for slot in before.slots for tail in self.tails.get(slot, ()))
        self.pairs[before] = found
        return found


_Seen = tuple[_Word, int, int, int]
"""A word that may open a pattern, its start and end, and how much was in parentheses before it."""


class Lexicon:
    """A taxonomy, compiled. `taxonomy` is the digest of its scheme."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        words: dict[str, _Word] = {}
        labels: dict[str, dict[str, Method]] = defaultdict(dict)
        slots: dict[tuple[str, ...], int] = {}

        def word(text: str) -> _Word:
            return words.setdefault(text, _Word(text))

        for slug, entry in taxonomy.entries.items():
            skill = skill_id(slug)
            for label in entry.labels:
                labels[label.lower()][skill] = "label"
            for slots_before, last, gap, head in _split(taxonomy.patterns[slug]):
                for slot in slots_before:
                    if slot not in slots:
                        slots[slot] = len(slots)
                        for text in slot:
                            word(text).slots.append(slots[slot])
                before = tuple(slots[slot] for slot in slots_before)
                for text in last:
                    if before:
                        word(text).tails.setdefault(before[0], []).append(_Tail(skill, before, gap, head))
                    else:
                        labels[text].setdefault(skill, "pattern")
        for text, skills in labels.items():
            word(text).labels = tuple(skills.items())
        for decoy in taxonomy.decoys:
            start, end = decoy.index("["), decoy.index("]") - 1
            word(decoy.replace("[", "").replace("]", "").lower()).decoy = (start, end)
        for sign, group in SIGNS.items():
            for text in group:
                word(text).sign = sign
        for one in words.values():
            one.special = bool(one.left or one.right or one.sign or one.decoy)
            one.opens, one.ends = _bits(one.slots), _bits(one.tails)
        self.taxonomy = taxonomy.scheme.digest
        self.skills = {skill.id: skill for skill in taxonomy.scheme.skills}
        self.aliases = dict(taxonomy.scheme.aliases)
        subjects = frozenset(skill for skill, broader in taxonomy.scheme.broader if broader == SUBJECTS)
        self._context = Context({skill.id: skill.type for skill in self.skills.values()}, subjects)
        self._words = list(words.values())
        # the least of its kinds in memory: measured on items, it takes three quarters of the default's time
        kind = ahocorasick_rs.Implementation.ContiguousNFA
        self._automaton = ahocorasick_rs.AhoCorasick(list(words), store_patterns=False, implementation=kind)

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
        seen: list[_Seen] = []
        opened = 0
        around: list[tuple[list[_Seen], int]] = []
        skipped = 0
        words = self._words
        length = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            word = words[index]
            if word.special:
                if word.left and start and text[start - 1] in _WORD:
                    continue
                if word.right and end < length and text[end] in _AFTER_WORD:
                    continue
                match word.sign:
                    case "":
                        pass
                    case ",":
                        clause = clause.next(start, end, text)
                        seen, opened = [], 0
                    case "(":
                        clause = Clause(end, None, clause)
                        around.append((seen, opened))
                        seen, opened = [], 0
                    case ")":
                        clause.end = start
                        if clause.outer is not None:
                            skipped += end - clause.start + 1
                            clause = clause.outer
                            seen, opened = around.pop()
                    case sign:
                        clause.mark(sign, start, end, text)
                if word.decoy:
                    decoys.append((start + word.decoy[0], start + word.decoy[1]))
            if word.labels:
                for skill, method in word.labels:
                    found.append(of_words(skill, start, end, method, clause))
            if opened & word.ends:
                _end(found, text, word, start, end, seen, skipped, clause)
            if word.opens:
                seen.append((word, start, end, skipped))
                opened |= word.opens
        return found, decoys


@lru_cache(maxsize=4)
def lexicon(path: Path | str | None = None) -> Lexicon:
    """The lexicon of the built-in taxonomy, or of a user's folder. Raises BadTaxonomy."""
    return Lexicon(load(path))


def _split(patterns: tuple[Pattern, ...]) -> Iterator[tuple[tuple[tuple[str, ...], ...], tuple[str, ...], int, int]]:
    """Each pattern as the slots before its last, nearest first, the last one, its gap and its head."""
    for pattern in patterns:
        *before, last = pattern.slots
        yield tuple(reversed(before)), last, pattern.gap, pattern.head


def _bits(slots: Iterable[int]) -> int:
    """A bit for each slot; slots may share one."""
    bits = 0
    for slot in slots:
        bits |= 1 << slot % _BITS
    return bits


def _end(
    found: list[Find], text: str, word: _Word, start: int, end: int, seen: list[_Seen], skipped: int, clause: Clause
) -> None:
    """Adds the finds of the patterns that a word ends, one a skill, each with the nearest words that may open it."""
    taken: set[str] = set()
    pairs = word.pairs
    for number in range(len(seen) - 1, -1, -1):
        before, place, stop, then = seen[number]
        if stop > start:
            continue
        gap = start - stop - (skipped - then)
        if gap > FAR:
            break
        if not before.opens & word.ends:
            continue
        tails = pairs.get(before)
        for tail in word.after(before) if tails is None else tails:
            if gap > tail.gap or tail.skill in taken:
                continue
            # 沟通能力、学习能力: a list ends at its first 能力
            if tail.head == 0 and gap > 1 and "能力" in text[stop:start]:
                continue
            if len(tail.before) == 1:
                found.append(_of_two(text, tail, place, stop, start, end, clause))
            elif pieces := _opened(tail, seen, number):
                found.append(_made(text, tail, (*pieces, (start, end)), clause))
            else:
                continue
            taken.add(tail.skill)


def _opened(tail: _Tail, seen: list[_Seen], number: int) -> tuple[Span, ...]:
    """The words before the last of a pattern, of which seen[number] is the nearest; empty if one is missing."""
    _, start, end, skipped = seen[number]
    pieces = [(start, end)]
    for slot in tail.before[1:]:
        for word, place, stop, then in reversed(seen[:number]):
            if slot in word.slots and stop <= start:
                if start - stop - (skipped - then) > tail.gap:
                    return ()
                pieces.append((place, stop))
                start, skipped = place, then
                break
        else:
            return ()
    return tuple(reversed(pieces))


def _of_two(text: str, tail: _Tail, place: int, stop: int, start: int, end: int, clause: Clause) -> Find:
    """The find of a pattern of two words, at (place, stop) and (start, end): as _made, for the most frequent case."""
    if stop == start or (start - stop == 1 and text[stop] == "的"):
        return of_pattern(tail.skill, ((place, end),), (place, end), clause)
    pieces = ((place, stop), (start, end))
    return of_pattern(tail.skill, pieces, pieces[tail.head], clause)


def _made(text: str, tail: _Tail, pieces: tuple[Span, ...], clause: Clause) -> Find:
    """The find of a pattern; pieces that touch, or have only 的 between them, are made one."""
    head = pieces[tail.head]
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start == joined[-1][1] or text[joined[-1][1] : start] == "的":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    head = next(piece for piece in joined if piece[0] <= head[0] and head[1] <= piece[1])
    return of_pattern(tail.skill, tuple(joined), head, clause)
