"""Characters that a pinyin note tore: the annotator ran over GBK bytes and took two halves of neighbours for one.

In 發展潛力 the bytes B9 9D between 展 (D5 B9) and 潛 (9D 93) are those of 節, so (jié) went between them: 發展?jié)摿?.
The note says which byte was lost, and from there on the characters are one byte off, up to an ASCII byte, which ends
the run exactly, or to another `?`, whose byte must be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import rjieba

from graphmodel.identity import simplify
from graphmodel.nodes import Note
from loaders.charset import FREQUENT
from loaders.draft import Draft, Edit
from loaders.pinyin import SYLLABLE, is_reading

_TORN = re.compile(rf"(?<=[^\x00-\x7f])\?(?P<note>{SYLLABLE})\)(?P<run>[^\x00-\x7f\n]{{0,12}}?)(?P<end>[@-~?])")
_TRAILS = bytes((*range(0x40, 0x7F), *range(0x80, 0xFF)))
_PUNCTUATION = 0xA1
_MOST = 200
"""Places that are mended in one document; each costs a millisecond."""
_STOP = "。"
_RARE, _LEVEL_1, _COMMON = 0, 1, 2


def mend(draft: Draft) -> tuple[Draft, list[Note]]:
    """The draft with what can be inferred, and a note for each place: "repaired", or "lost" where it stays torn.

    A run is mended only if its characters are common ones, more so than those that stood there, and make words.
    """
    text = draft.normal
    if "?" not in text or not _TORN.search(text):
        return draft, []
    edits: list[Edit] = []
    notes: list[Note] = []
    for match in islice(_TORN.finditer(text), _MOST):
        start, end = draft.offsets[match.start()], draft.offsets[match.end() - 1] + 1
        whole = _whole(text, match)
        if whole is None:
            notes.append(Note("lost", start, end, "characters were torn by a pinyin note and cannot be inferred"))
        else:
            edits.append((*match.span(), whole))
            notes.append(Note("repaired", start, end, f"{whole} is inferred from bytes that a pinyin note tore"))
    return draft.edited(edits), notes


def _whole(text: str, match: re.Match[str]) -> str | None:
    """The characters of a torn run; None if they cannot be told, or are no better than what stands there."""
    try:
        lead = text[match.start() - 1].encode("gbk")[1]
        shifted = match["run"].encode("gbk")
    except (UnicodeEncodeError, IndexError):
        return None
    found: list[str] = []
    for trail in _TRAILS:
        straddling = bytes((lead, trail)).decode("gbk", "ignore")
        if len(straddling) == 1 and is_reading(straddling, match["note"]):
            found += _readings(bytes((trail,)) + shifted, match["end"], text[match.start() - 1])
    around = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    better = [w for w in dict.fromkeys(found) if _is_better(w, match["run"]) and _makes_words(w, *around)]
    return better[0] if len(better) == 1 else None


def _readings(stream: bytes, end: str, before: str) -> Iterator[str]:
    """What the bytes are with the one that ends them."""
    if end != "?":
        last: tuple[bytes, ...] = (end.encode("ascii"),)
    elif stream[-1] == _PUNCTUATION and len(stream) % 2:
        last = (_STOP.encode("gbk")[1:],)
    else:
        last = (*(bytes((trail,)) for trail in _TRAILS),)
    found: list[str] = []
    for byte in last:
        try:
            whole = (stream + byte).decode("gbk")
        except UnicodeDecodeError:
            continue
        if end != "?" or whole[-1] == _STOP:
            yield whole
        elif _ends_in_word(before + whole):
            found.append(whole)
    if len(found) == 1:
        yield found[0]


def _ends_in_word(text: str) -> bool:
    return len(rjieba.cut(simplify(text[-4:]), hmm=False)[-1]) > 1


def _is_better(whole: str, torn: str) -> bool:
    values = [_value(character) for character in whole]
    return min(values) > _RARE and sum(values) * max(1, len(torn)) > sum(map(_value, torn)) * len(values)


def _makes_words(whole: str, before: str, after: str) -> bool:
    """Whether each character is part of a word with its neighbours, or one of the most frequent."""
    place, first, last = 0, len(before), len(before) + len(whole)
    for word in rjieba.cut(simplify(before + whole + after), hmm=False):
        alone = len(word) == 1 and first <= place < last
        if alone and word not in FREQUENT:
            return False
        place += len(word)
    return True


@cache
def _value(character: str) -> int:
    plain = simplify(character)
    if plain in FREQUENT:
        return _COMMON
    try:
        code = plain.encode("gb2312")
    except UnicodeEncodeError:
        return _RARE
    return _LEVEL_1 if len(code) == 2 and 0xB0 <= code[0] < 0xD8 else _RARE
