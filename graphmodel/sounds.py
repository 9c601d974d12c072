"""How a label sounds: its pinyin, whole and in initials."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_LONGEST = 3


class Sound(NamedTuple):
    """The pinyin of a label without tones, a syllable a character; letters and digits between stand as they are.

    `initials` are the first letters of the syllables, and of what is no pinyin all.
    """

    syllables: tuple[str, ...]
    initials: tuple[str, ...]


def sound(fold: str) -> Sound:
    """The sound of a fold.

    A word that is read otherwise than its characters by themselves (银行, 长期, 音乐) is known to `sounds.txt`; the
    longest word goes first. ü is v, as one types it. Where a name has two readings, the one of the table counts.

    >>> sound("sql优化")
    Sound(syllables=('sql', 'you', 'hua'), initials=('sql', 'y', 'h'))
    >>> "".join(sound("银行会计").syllables)
    'yinhangkuaiji'
    """
    usual, words = _table()
    syllables: list[str] = []
    initials: list[str] = []
    letters = i = 0
    while i <= len(fold):
        if i < len(fold) and fold[i].isascii():
            letters += 1
            i += 1
            continue
        if letters:
            syllables.append(fold[i - letters : i])
            initials.append(syllables[-1])
            letters = 0
        if i == len(fold):
            break
        said = _word(fold, i, words) or (usual.get(fold[i], fold[i]),)
        syllables.extend(said)
        initials.extend([syllable[0] for syllable in said])
        i += len(said)
    return Sound(tuple(syllables), tuple(initials))


def _word(fold: str, start: int, words: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    for length in range(_LONGEST, 1, -1):
        if said := words.get(fold[start : start + length]):
            return said
    return ()


@cache
def _table() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The usual reading of each character, and the readings of words.

    Made from pypinyin, whose import takes twenty times as long, and which reads a label ten times slower.
    """
    usual: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8").splitlines():
        first, *rest = line.split(" ")
        if first.isascii():
            usual.update(dict.fromkeys(rest[0], first))
        else:
            words[first] = tuple(rest)
    return usual, words
