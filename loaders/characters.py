"""One character for what looks the same: compatibility forms, blanks, bullets; and nothing for what is not seen."""

from __future__ import annotations

import re
import unicodedata

from loaders.draft import Draft

_KEPT = "，。、：；！？（）【】《》〈〉「」『』〔〕“”‘’…—·•￥"
_RANGES = (
    (0x2002, 0x200A),  # blanks
    (0x2160, 0x217F),  # Roman numerals
    (0x2474, 0x249B),  # (1) to (20), 1. to 20.; circled numbers stay, since their form has lost the circle
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x3000),
    (0x3220, 0x3229),  # (一) to (十)
    (0xF900, 0xFB06),  # ideographs, ligatures
    (0xFE10, 0xFE16),  # vertical forms
    (0xFE31, 0xFE48),
    (0xFE4D, 0xFE6B),  # small forms
    (0xFF01, 0xFF64),  # full width
    (0x2F800, 0x2FA1D),
)
_PAIRS = (
    "\xa0 \u1680 \u202f \u205f \t \u037e;・·∶：「“」”『‘』’﹁“﹂”﹃‘﹄’｢“｣”"
    "⻓长⻚页⻔门⻋车⻆角⻅见⻛风⻜飞⻢马⻥鱼⻨麦⻩黄⻬齐⻰龙⻘青⻉贝⺠民⻝食⻄西⻁虎⻦鸟⺟母⻣骨⻤鬼"
)
"""A character and the one that it stands for, beyond NFKC: blanks, corner brackets, radicals that PDF files give."""


def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Compatibility characters with a form of one character, and with a longer one."""
    single = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
    longer: dict[str, str] = {}
    for first, last in _RANGES:
        for code in range(first, last + 1):
            character = chr(code)
            form = unicodedata.normalize("NFKC", character)
            if form == character or character in _KEPT or character in single:
                continue
            (single if len(form) == 1 else longer)[character] = form
    return single, longer


_SINGLE, _LONGER = _table()


def _class(characters: str) -> str:
    return "[" + re.escape(characters) + "]"


_SINGLE_MARK = re.compile(_class("".join(_SINGLE)))
_LONGER_MARK = re.compile(_class("".join(_LONGER)) + "|&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|middot|bull|#39|#160);?")
_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”", "middot": "·"}
_ENTITIES |= {"bull": "•", "#39": "'", "#160": " "}
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
_BULLET = re.compile("[●■□◆◇★☆▪▫►▶▸◉◎❖➢➤➣➔➜✓✔☑✦✧❏❑⦁∙⚫⚪◼◻\ue000-\uf8ff]")
_LEADING_BULLET = re.compile(
    r"((?:^|[；;。]) *)(?:[·○√oØü§](?= ?[\u3400-\u9fff])|[lnuv](?= [\u3400-\u9fff]))", re.MULTILINE
)
"""What is a bullet only where an item begins; the letters are what Word's symbol font leaves of its signs."""


def unify(draft: Draft) -> Draft:
    """Line breaks to U+000A, unseen characters and entities out, compatibility forms by NFKC, bullets to `•`."""
    if _BREAKS.search(draft.normal):
        draft = draft.substituted(_BREAKS, lambda match: "\n")
    draft = draft.without(_UNSEEN)
    draft = draft.substituted(_LONGER_MARK, lambda match: _longer(match[0]))
    text = _SINGLE_MARK.sub(lambda match: _SINGLE[match[0]], draft.normal)
    return draft.replaced(_LEADING_BULLET.sub(r"\1•", _BULLET.sub("•", text)))


def _longer(found: str) -> str:
    return _LONGER.get(found) or _ENTITIES[found.strip("&;")]
