"""Pinyin notes, which copying sites put behind characters: 職(zhí)責(zé)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graphmodel.nodes import Span
from loaders.draft import Draft, Edit

SYLLABLE = "[a-z\u00e0-\u00fc\u0101-\u01dc\u0251\u0261\u0300-\u030c\u1e3f\u1ebf\u1ec1]{1,8}"
_NOTE = re.compile(rf"[(（]\s?({SYLLABLE}(?: {SYLLABLE}){{0,3}})\s?[)）]")


def strip(draft: Draft) -> tuple[Draft, list[Span]]:
    """The draft without notes that are a reading of the characters before, and where those stood in the raw text.

    What is in brackets and no reading of what stands before it, such as (linux), stays. A bare `(de)` after a
    character that is not read so stands for 的.
    """
    edits: list[Edit] = []
    for match in _NOTE.finditer(draft.normal):
        syllables = match[1].split(" ")
        before = draft.normal[max(0, match.start() - len(syllables)) : match.start()]
        if len(before) == len(syllables) and all(map(is_reading, before, syllables)):
            edits.append((*match.span(), ""))
        elif match[1] == "de" and "\u3400" <= before <= "\u9fff":
            edits.append((*match.span(), "的"))
    spans = [(draft.offsets[start], draft.offsets[end - 1] + 1) for start, end, _ in edits]
    return draft.edited(edits), spans


@lru_cache(maxsize=16384)
def is_reading(character: str, syllable: str) -> bool:
    from pypinyin.pinyin_dict import pinyin_dict  # takes 0.3 s, and few documents have such notes

    readings = unicodedata.normalize("NFC", pinyin_dict.get(ord(character), "")).split(",")
    return unicodedata.normalize("NFC", syllable.replace("ɡ", "g").replace("ɑ", "a")) in readings
