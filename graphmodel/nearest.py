"""Names like a text: what an index of names holds, what a text asks of it, and how alike a name and a text are.

Every store's `find` is `search` over its own look-ups: the candidates of `asked` in an index of `tokens`, each with the
score of `likeness`, ordered by score and id. Stores differ in their indexes only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from rapidfuzz import fuzz

from graphmodel.identity import fold
from graphmodel.sounds import sound
from graphmodel.store import Match

LABELLED = ("role", "skill", "department", "indicator")
"""The kinds of nodes that have names."""

CONTENTS = ("duty", "requirement")
"""The kinds of nodes that have a text instead; found after all names."""

LEAST = 0.5
"""What scores less is not like the text at all."""

TOKENS = 1
"""The version of `tokens`: a store makes its index anew if another one made it."""

CANDIDATES = 100
"""Of the names that hold the text, or sound like it, so many are looked at, the shortest first."""

ALIKE = 100
"""Of the names that have pieces in common with the text, so many are looked at: those with the rarest pieces."""

LONGEST = 500
"""A longer text finds nothing: no name is so long, and no index could be asked for all of its words."""

_LEAST_ALIKE = 0.6
_LONGEST_SOUND = 24
_SOUNDS = 8
_PIECES = 40


def pieces(text: str) -> list[str]:
    """The pairs of characters of a text, in order, and where two letters or digits follow one another, triples.

    A piece that the text is too short for is left out.

    >>> pieces("数据分析"), pieces("excel"), pieces("sql优化"), pieces("数")
    (['数据', '据分', '分析'], ['exc', 'xce', 'cel'], ['sql', 'ql优', 'l优', '优化'], [])
    """
    found = [text[i : i + 3 if text[i : i + 2].isascii() else i + 2] for i in range(len(text) - 1)]
    if found and text[-2:].isascii():
        found.pop()
    return found


def tokens(fold: str) -> str:
    """What an index holds of a fold, separated by blanks.

    First its pieces between the marks < and >, so that any part of it is a phrase, or the beginning of a piece; then
    its pinyin and its initials from each syllable on, each after _.

    >>> tokens("分析")
    '<分 分析 析> _fenxi _xi _fx'
    """
    said = () if fold.isascii() else _sounds(fold)
    return " ".join([*pieces(f"<{fold}>>"), *said])


def _sounds(fold: str) -> list[str]:
    syllables, initials = sound(fold)
    starts = range(min(len(syllables), _SOUNDS))
    whole = ["_" + "".join(syllables[i:])[:_LONGEST_SOUND] for i in starts]
    return whole + ["_" + "".join(initials[i:])[:_LONGEST_SOUND] for i in starts if i < len(syllables) - 1]


class Asked(NamedTuple):
    """What a text asks of an index of `tokens`; `fold` is not empty."""

    fold: str

    @property
    def equal(self) -> list[str]:
        """The phrase of the names that are equal to the text."""
        return pieces(f"<{self.fold}>>")

    @property
    def part(self) -> list[str]:
        """The phrase of the names that hold the text; of a text that is shorter than a piece none."""
        return pieces(self.fold)[:_PIECES]

    @property
    def sound(self) -> str:
        """How the tokens of names begin that sound like the text or, if it is Latin, have it as initials; or empty.

        A single character sounds like too many.
        """
        if len(self.fold) < 2:
            return ""
        return "_" + (self.fold if self.fold.isascii() else "".join(sound(self.fold).syllables))[:_LONGEST_SOUND]

    @property
    def alike(self) -> list[str]:
        """The pieces of which names that are like the text have one at least."""
        return list(dict.fromkeys(self.equal))[:_PIECES]

    @property
    def inner(self) -> set[str]:
        """The parts of a text of at most 24 characters that a name within it can be: at least two, and a quarter."""
        n = len(self.fold)
        shortest = max(2, -(-n // 4))
        ends = ((i, j) for i in range(n) for j in range(i + shortest, n + 1)) if n <= 24 else ()
        return {self.fold[i:j] for i, j in ends} - {self.fold}

    @property
    def lengths(self) -> tuple[int, int]:
        """The shortest and the longest that a name like the text can be, unless it holds the text."""
        return max(1, len(self.fold) // 4), int(2.34 * len(self.fold)) + 1


def by_fold(text: str, kinds: Iterable[str]) -> dict[Asked, list[str]]:
    """What a text asks, and of which kinds; nothing if it is nothing but marks."""
    found: dict[Asked, list[str]] = {}
    for kind in kinds:
        if folded := fold(text, kind):
            found.setdefault(Asked(folded), []).append(kind)
    return found


def likeness(asked: str, label: str, heard: bool = True) -> float:
    """How alike two folds are, in [0, 1]; 0 where it would be less than LEAST.

    The greatest of: the Indel similarity, from 0.6; 0.5 to 0.9 where the label holds the text, or the text a label
    of at least two characters and a quarter of it, by their lengths; and of the sounds, by their lengths too, 0.5 to
    0.95 where a Latin text is pinyin within the label, from a syllable on, or to 0.9 where it is initials. The sounds
    of a text in characters are typing errors: their score is halved with the similarity. `heard` is false of a label
    that is known to sound otherwise.

    >>> likeness("数据分析", "数据分析"), likeness("shujufenxi", "数据分析"), likeness("sjfx", "数据分析")
    (1.0, 0.95, 0.9)
    >>> round(likeness("运营", "用户运营经理"), 2), likeness("数剧分析", "数据分析"), likeness("数据分析", "收银")
    (0.63, 0.85, 0.0)
    """
    similar = fuzz.ratio(asked, label) / 100
    score = similar if similar >= _LEAST_ALIKE else 0.0
    if asked in label:
        score = max(score, 0.5 + 0.4 * len(asked) / len(label))
    elif len(label) >= 2 and 4 * len(label) >= len(asked) and label in asked:
        score = max(score, 0.5 + 0.4 * len(label) / len(asked))
    elif not heard:
        pass
    elif asked.isascii():
        score = max(score, _heard(asked, label))
    elif similar:
        score = max(score, (_heard(asked, label) + similar) / 2)
    return score if score >= LEAST else 0.0


def _heard(asked: str, label: str) -> float:
    """The score of the sounds alone."""
    if len(asked) < 2 or label.isascii():
        return 0.0
    said = asked if asked.isascii() else _pinyin(asked)
    best = 0.0
    for parts, most in zip(sound(label), (0.45, 0.4 if asked.isascii() else 0.0), strict=True):
        whole = "".join(parts)
        starts = accumulate(map(len, parts[: _SOUNDS - 1]), initial=0)
        if most and any(whole.startswith(said, start) for start in starts):
            best = max(best, 0.5 + most * len(said) / len(whole))
    return best


@lru_cache(maxsize=16)  # of one text, which is compared with many labels
def _pinyin(asked: str) -> str:
    return "".join(sound(asked).syllables)


def ranked(matches: Iterable[Match], limit: int) -> list[Match]:
    """The best match of each node, best first, ties by id; of labels with the same score, the first by code point."""
    best: dict[str, Match] = {}
    for match in matches:
        before = best.get(match.id)
        if before is None or (-match.score, match.label) < (-before.score, before.label):
            best[match.id] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.id))[:limit]


def search(
    text: str,
    kinds: Collection[str],
    limit: int,
    more: bool,
    equal: Callable[[Asked, list[str]], Iterable[Match]],
    like: Callable[[Asked, list[str]], Iterable[Match]],
    contents: Callable[[list[str], int], Iterable[Match]],
) -> list[Match]:
    """As graphmodel.store.View.find, over what a store looks up: the nodes of some kinds with an equal fold, those
    with a name like the text, and at most so many items of some kinds that hold its words, in order.
    """
    if len(text) > LONGEST:
        return []
    asked = by_fold(text, [kind for kind in LABELLED if kind in kinds])
    found = [match for one, chosen in asked.items() for match in equal(one, chosen)]
    if more or not found:
        found += [match for one, chosen in asked.items() for match in like(one, chosen)]
    names = ranked(found, limit)
    if names and not more and names[0].score == 1:
        return names
    return [*names, *contents([kind for kind in CONTENTS if kind in kinds], limit - len(names))]


def words(text: str) -> tuple[str, ...]:
    """The words of a text that an item must hold, all of them: what blanks separate, folded."""
    found = (fold(word) for word in unicodedata.normalize("NFKC", text).split())
    return tuple(dict.fromkeys(word for word in found if word))


def runs(word: str) -> list[str]:
    """The runs of letters and digits, and of other characters, in a word: between them an item may have a blank.

    >>> runs("sql优化")
    ['sql', '优化']
    """
    return ["".join(run) for _, run in groupby(word, str.isascii)]


def holds(item: str, wanted: Sequence[str]) -> float:
    """The score of an item that holds all the words, by their share of it: more than 0, less than that of any name.

    0 for another one.
    """
    folded = fold(item)
    if not all(word in folded for word in wanted):
        return 0.0
    return 0.4 * min(1.0, sum(map(len, wanted)) / len(item))
