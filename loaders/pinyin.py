"""Pinyin notes, which copying sites put behind characters: 職(zhí)責(zé)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from loaders.draft import Draft, Edit

_SYLLABLE = "[a-z\u00e0-\u00fc\u0101-\u01dc\u0251\u0261\u0300-\u030c\u1e3f\u1ebf\u1ec1]{1,8}"
_NOTE = re.compile(rf"[(（]\s?({_SYLLABLE})\s?[)）]")


def strip(draft: Draft) -> tuple[Draft, int, int]:
    """The draft without notes that are a reading of the character before; how many, and where the first stood.

    What is in brackets and no reading of that character, such as (linux), stays. A bare `(de)` after a character
    that is not read so stands for 的.
    """
    edits: list[Edit] = []
    for match in _NOTE.finditer(draft.normal):
        before = draft.normal[match.start() - 1 : match.start()]
        syllable = match[1]
        if syllable in _readings(before) or _plain(syllable) in _readings(before):
            edits.append((*match.span(), ""))
        elif syllable == "de" and "\u3400" <= before <= "\u9fff":
            edits.append((*match.span(), "的"))
    return draft.edited(edits), len(edits), edits[0][0] if edits else 0


@lru_cache(maxsize=4096)
def _plain(syllable: str) -> str:
    return unicodedata.normalize("NFC", syllable.replace("ɡ", "g").replace("ɑ", "a"))


@lru_cache(maxsize=8192)
def _readings(character: str) -> frozenset[str]:
    from pypinyin.pinyin_dict import pinyin_dict  # takes 0.3 s, and few documents have such notes

    return frozenset(unicodedata.normalize("NFC", pinyin_dict.get(ord(character), "") if character else "").split(","))
