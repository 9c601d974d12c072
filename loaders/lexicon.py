"""The taxonomy compiled for matching, and one pass of it over the text of an item.

All words of labels and patterns are in one Aho-Corasick automaton; a pattern costs something only where its last
word stands. What is found is settled in loaders.finds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import daachorse

from graphmodel.identity import skill_id
from graphmodel.nodes import Span
from graphmodel.relations import Method
from loaders.clauses import SIGNS, Clause
from loaders.context import Hit, Section, context
from loaders.finds import Find, settle
from loaders.lists import Closing, closes_list, with_shared_noun
from ontology.patterns import FAR, Pattern
from ontology.taxonomy import Taxonomy, load

SUBJECTS = "skill:academic-subject"
"""What is studied: its narrower skills count where a text speaks of a degree."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_AFTER_WORD = _WORD | frozenset("+#&")
_PLUS = re.compile(r"\+[a-z]")
"""Joins two names (Python+Selenium), while C+ is another name than C."""

_OF_SUBJECT = re.compile(r" \(subject\)| studies|(?<![类等关])专业")

_MANY = 200
"""So many words that may open a pattern are not expected in a clause; those too far back are then forgotten."""


class _Tail(NamedTuple):
    """The end of a pattern: its head is piece `head`, and `more` are the slots before its last two, nearest first."""

    skill: str
    more: tuple[int, ...]
    gap: int
    head: int


_Openers = dict[int, list[_Tail]]
"""The patterns that a word ends, by the kinds of words that may stand nearest before it."""


class _Word:
    """What the automaton knows of a word. Words that open the same patterns are of one `kind`, others of none.

    `tails` are the patterns that the word ends, by the slot that must stand nearest before; `openers` are the same by
    the kind of the word that stands there, filled when first needed. Words with the same tails share them.
    """

    __slots__ = ("decoy", "kind", "labels", "left", "openers", "right", "sign", "special", "tails")

    def __init__(self, text: str) -> None:
        self.left = text[0] in _WORD
        self.right = text[-1] in _WORD
        self.labels: tuple[tuple[str, Method], ...] | None = None
        self.kind: int | None = None
        self.tails: tuple[tuple[int, tuple[_Tail, ...]], ...] = ()
        self.openers: _Openers | None = None
        self.sign = ""
        self.decoy: Span | None = None
        self.special = False


_Seen = tuple[int, int, int, int]
"""The kind of a word that may open a pattern, its start, its end, and that without what was in parentheses before."""


class Lexicon:
    """A taxonomy, compiled. `taxonomy` is the digest of its scheme."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        labels: dict[str, dict[str, Method]] = defaultdict(dict)
        slots: dict[tuple[str, ...], int] = {}
        opened: dict[str, list[int]] = defaultdict(list)
        ended: dict[str, dict[int, list[_Tail]]] = defaultdict(lambda: defaultdict(list))
        for slug, entry in taxonomy.entries.items():
            skill = skill_id(slug)
            for label in entry.labels:
                labels[label.lower()][skill] = "label"
            for slots_before, last, gap, head in _split(taxonomy.patterns[slug]):
                for slot in slots_before:
                    if slot not in slots:
                        slots[slot] = len(slots)
                        for text in slot:
                            opened[text].append(slots[slot])
                before = tuple(slots[slot] for slot in slots_before)
                for text in last:
                    if before:
                        ended[text][before[0]].append(_Tail(skill, before[1:], gap, head))
                    else:
                        labels[text].setdefault(skill, "pattern")
        subjects = frozenset(skill for skill, broader in taxonomy.scheme.broader if broader == SUBJECTS)
        majors = frozenset(_majors(taxonomy, subjects, labels))
        for skill, text in sorted(majors):
            labels[text][skill] = "pattern"
        decoys = {decoy.replace("[", "").replace("]", "").lower(): decoy for decoy in taxonomy.decoys}
        signs = {text: sign for sign, group in SIGNS.items() for text in group}
        words = {text: _Word(text) for text in dict.fromkeys((*opened, *ended, *labels, *decoys, *signs))}
        for text, skills in labels.items():
            words[text].labels = tuple(skills.items())
        for text, decoy in decoys.items():
            words[text].decoy = (decoy.index("["), decoy.index("]") - 1)
        for text, sign in signs.items():
            words[text].sign = sign
        self._of_slot: list[list[int]] = [[] for _ in slots]
        kinds: dict[tuple[int, ...], int] = {}
        for text, of_word in opened.items():
            if (kind := tuple(of_word)) not in kinds:
                kinds[kind] = len(kinds)
                for slot_number in kind:
                    self._of_slot[slot_number].append(kinds[kind])
            words[text].kind = kinds[kind]
        self._kinds = list(kinds)
        openers: dict[tuple[tuple[int, tuple[_Tail, ...]], ...], _Openers] = {}
        for text, tails in ended.items():
            words[text].tails = tuple((slot_number, tuple(tails[slot_number])) for slot_number in sorted(tails))
            words[text].openers = openers.setdefault(words[text].tails, {})
        for one in words.values():
            one.special = bool(one.left or one.right or one.sign or one.decoy)
        self.taxonomy = taxonomy.scheme.digest
        self.skills = {skill.id: skill for skill in taxonomy.scheme.skills}
        self.aliases = dict(taxonomy.scheme.aliases)
        types = {skill.id: skill.type for skill in self.skills.values()}
        names = {skill.id: skill.name for skill in self.skills.values()}
        studied = frozenset(
            (skill, text)
            for text, skills in labels.items()
            for skill in skills
            if skill in labels.get(f"{text}专业", ())
        )
        fields = frozenset(text for text, skills in labels.items() if not subjects.isdisjoint(skills))
        platforms = frozenset(
            skill
            for skill, name in names.items()
            if name.endswith("运营") and skill in labels.get(name[:-2].lower(), ())
        )
        self._context = context(
            types, names, subjects, frozenset(words), taxonomy.scheme.broader, studied, platforms, majors, fields
        )
        self._words = list(words.values())
        self._labels = {text: word.labels for text, word in words.items() if word.labels}
        most = max((len(pattern.slots) for found in taxonomy.patterns.values() for pattern in found), default=0)
        self._reach = most * (FAR + max((len(text) for slot in slots for text in slot), default=0))
        # it steps by characters, not by the three bytes of each: among the other work on an item, where little of an
        # automaton stays in the processor's cache, this takes six tenths of the time of ahocorasick_rs
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(words))

    def find(self, text: str, section: Section = "requirement") -> list[Find]:
        """The skills that an item asks for, each with its best words: see loaders.finds."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        hits, decoys, closing = self._scan(lower)
        if closing:
            hits += with_shared_noun(lower, hits, closing, self._labels)
        return settle(text, section, hits, decoys, self._context) if hits else []

    def _scan(self, text: str) -> tuple[list[Hit], list[Span], list[Closing]]:
        hits: list[Hit] = []
        decoys: list[Span] = []
        closing: list[Closing] = []
        clause = Clause(0)
        seen: list[_Seen] = []
        met: list[int] = []
        around: list[tuple[list[_Seen], list[int]]] = []
        skipped = 0
        words = self._words
        length = len(text)
        found: list[tuple[int, int, int]] = self._automaton.find_overlapping(text)
        for start, end, index in found:
            word = words[index]
            if word.special:
                if word.left and start and text[start - 1] in _WORD:
                    continue
                if word.right and end < length and text[end] in _AFTER_WORD and not _PLUS.match(text, end):
                    continue
                match word.sign:
                    case "":
                        pass
                    case ",":
                        clause = clause.next(start, end, text)
                        seen, met = [], []
                    case "(":
                        clause = Clause(end, None, clause)
                        around.append((seen, met))
                        seen, met = [], []
                    case ")":
                        clause.end = start
                        if clause.outer is not None:
                            skipped += end - clause.start + 1
                            clause = clause.outer
                            seen, met = around.pop()
                    case sign:
                        clause.mark(sign, start, end, text)
                if word.decoy:
                    decoys.append((start + word.decoy[0], start + word.decoy[1]))
            if (labels := word.labels) is not None:
                size = start - end
                if size < -2 and closes_list(text, start, end):
                    closing.append((start, end, clause))
                for skill, method in labels:
                    hits.append((size, size, -size, start, skill, len(hits), end, start, method, (), clause))
            if met and (openers := word.openers) is not None:
                if not openers:
                    self._fill(openers, word)
                if not openers.keys().isdisjoint(met):
                    self._end(hits, text, openers, start, end, seen, start - skipped, clause)
            if (kind := word.kind) is not None:
                met.append(kind)
                seen.append((kind, start, end, end - skipped))
                if len(met) > _MANY:
                    seen = [one for one in seen if end - skipped - one[3] <= self._reach]
                    met = [one[0] for one in seen]
        return hits, decoys, closing

    def _end(
        self,
        hits: list[Hit],
        text: str,
        openers: _Openers,
        start: int,
        end: int,
        seen: list[_Seen],
        here: int,
        clause: Clause,
    ) -> None:
        """Adds the hits of the patterns that a word ends, one a skill, each with the nearest words that may open it.

        `here` is its start without what was in parentheses before it.
        """
        taken: list[str] = []
        for before in reversed(seen):
            kind, place, stop, there = before
            if kind not in openers or stop > start:
                continue
            gap = here - there
            if gap > FAR:
                break
            for skill, more, widest, head in openers[kind]:
                if gap > widest or skill in taken:
                    continue
                # 沟通能力、学习能力: a list ends at its first 能力
                if head == 0 and gap > 1 and "能力" in text[stop:start]:
                    continue
                if more:
                    opened = self._opened(more, widest, seen, before)
                    if not opened:
                        continue
                    hits.append(_of_more(text, skill, (*opened, (start, end)), head, len(hits), clause))
                elif stop == start or (start - stop == 1 and text[stop] == "的"):
                    size = place - end
                    hits.append((size, size, -size, place, skill, len(hits), end, place, "pattern", (), clause))
                else:
                    pieces = (place, stop), (start, end)
                    at, to = pieces[head]
                    size = place - stop + start - end
                    hits.append(
                        (at - to, size, end - place, place, skill, len(hits), end, at, "pattern", pieces, clause)
                    )
                taken.append(skill)

    def _fill(self, openers: _Openers, word: _Word) -> None:
        for slot, tails in word.tails:
            for kind in self._of_slot[slot]:
                openers.setdefault(kind, []).extend(tails)

    def _opened(self, more: tuple[int, ...], widest: int, seen: list[_Seen], nearest: _Seen) -> tuple[Span, ...]:
        """The words before the last of a pattern, the nearest of them given; empty if one is missing."""
        _, start, end, there = nearest
        here = there - (end - start)
        pieces = [(start, end)]
        before = seen[: seen.index(nearest)]
        for slot in more:
            for kind, place, stop, there in reversed(before):
                if here - there > widest:
                    return ()
                if stop <= start and slot in self._kinds[kind]:
                    pieces.append((place, stop))
                    start, here = place, there - (stop - place)
                    break
            else:
                return ()
        return tuple(reversed(pieces))


@lru_cache(maxsize=4)
def lexicon(path: Path | str | None = None) -> Lexicon:
    """The lexicon of the built-in taxonomy, or of a user's folder. Raises BadTaxonomy."""
    return Lexicon(load(path))


def _majors(
    taxonomy: Taxonomy, subjects: Collection[str], labels: dict[str, dict[str, Method]]
) -> Iterator[tuple[str, str]]:
    """Subjects and what they are called in a list (园艺 of 园艺专业; accounting), unless they are always called so."""
    for slug, entry in taxonomy.entries.items():
        if (skill := skill_id(slug)) in subjects:
            for label in entry.labels:
                text = _OF_SUBJECT.sub("", label.lower())
                if text != label.lower() and len(text) > 1 and skill not in labels.get(text, ()):
                    yield skill, text


def _split(patterns: tuple[Pattern, ...]) -> Iterator[tuple[tuple[tuple[str, ...], ...], tuple[str, ...], int, int]]:
    """Each pattern as the slots before its last, nearest first, the last one, its gap and its head."""
    for pattern in patterns:
        *before, last = pattern.slots
        yield tuple(reversed(before)), last, pattern.gap, pattern.head


def _of_more(text: str, skill: str, pieces: tuple[Span, ...], head: int, number: int, clause: Clause) -> Hit:
    """The hit of a pattern whose object is pieces[head]; pieces that touch, or have only 的 between, are made one."""
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start == joined[-1][1] or text[joined[-1][1] : start] == "的":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    at, to = next(piece for piece in joined if piece[0] <= pieces[head][0] and pieces[head][1] <= piece[1])
    start, end = joined[0][0], joined[-1][1]
    size = sum(s - e for s, e in joined)
    apart = tuple(joined) if len(joined) > 1 else ()
    return at - to, size, end - start, start, skill, number, end, at, "pattern", apart, clause
