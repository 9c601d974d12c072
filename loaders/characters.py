"""One character for what looks the same: compatibility forms, blanks, bullets; and nothing for what is not seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
)
_PAIRS = (
    "\xa0 \u1680 \u202f \u205f \t \u037e;・·∶：「“」”『‘』’﹁“﹂”﹃‘﹄’｢“｣”"
    "⻓长⻚页⻔门⻋车⻆角⻅见⻛风⻜飞⻢马⻥鱼⻨麦⻩黄⻬齐⻰龙⻘青⻉贝⺠民⻝食⻄西⻁虎⻦鸟⺟母⻣骨⻤鬼"
)
"""A character and the one that it stands for, beyond NFKC: blanks, corner brackets, radicals that PDF files give."""

_BULLETS = "●■□◆◇★☆▪▫►▶▸◉◎❖➢➤➣➔➜✓✔☑✦✧❏❑⦁∙⚫⚪◼◻" + "".join(map(chr, range(0xE000, 0xF900)))
"""In private use stands what Word's symbol fonts and old Chinese ones put there, mostly bullets."""

_LEADING_BULLET = re.compile(
    r"[·○√oØü§lnuv](?:(?<=[^lnuv])(?= ?[\u3400-\u9fff])|(?<=[lnuv])(?= [\u3400-\u9fff]))"
    r"(?:(?<![^\n；;。].)|(?<=[\n；;。] .))"
)
"""What is a bullet only where an item begins; the letters are what a symbol font leaves of its signs."""

_HEADING_MARK = re.compile(r"^#{1,6} +", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=[^*\s])([^*\n]*[^*\s])\*\*(?!\*)")
_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_ENTITY = re.compile("&(nbsp|amp|lt|gt|quot|ldquo|rdquo|middot|bull|#39|#160);")
_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”", "middot": "·"}
_ENTITIES |= {"bull": "•", "#39": "'", "#160": " "}
_UNSEEN = frozenset(
    chr(code)
    for first, last in (
        *((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C)),
        *((0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E)),
        *((0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB)),
    )
    for code in range(first, last + 1)
)


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Characters with a form of one character, and with a longer one."""
    single = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | dict.fromkeys(_BULLETS, "•")
    longer: dict[str, str] = {}
    for first, last in _RANGES:
        for character in map(chr, range(first, last + 1)):
            form = unicodedata.normalize("NFKC", character)
            if form != character and character not in _KEPT and character not in single:
                (single if len(form) == 1 else longer)[character] = form
    return single, longer


def _any(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(sorted(characters))) + "]")


_SINGLE, _LONGER = _tables()
_ODD = _any(_UNSEEN | _SINGLE.keys() | _LONGER.keys() | {*_BREAKS, "&"})


def unify(draft: Draft) -> Draft:
    """Breaks to U+000A, unseen characters, entities and Markdown out, compatibility forms by NFKC, bullets to `•`."""
    odd = _ODD.search(draft.normal)
    if odd:
        draft = draft.substituted(_BREAK, lambda match: "\n").substituted(_ENTITY, lambda match: _ENTITIES[match[1]])
    if "**" in draft.normal or "# " in draft.normal:
        draft = _without_markdown(draft)
    if odd:
        draft = _without_odd(draft)
    return draft.replaced(_LEADING_BULLET.sub("•", draft.normal))


def _without_markdown(draft: Draft) -> Draft:
    """Without the marks of headings and of bold words; single stars stay, since they also hide words."""
    draft = draft.without(_HEADING_MARK)
    bold = [match.span() for match in _BOLD.finditer(draft.normal)]
    return draft.edited((at, at + 2, "") for start, end in bold for at in (start, end - 2))


def _without_odd(draft: Draft) -> Draft:
    seen = set(draft.normal)
    if unseen := seen & _UNSEEN:
        draft = draft.without(_any(unseen))
    if longer := seen & _LONGER.keys():
        draft = draft.substituted(_any(longer), lambda match: _LONGER[match[0]])
    text = draft.normal
    for character in sorted(seen & _SINGLE.keys()):
        text = text.replace(character, _SINGLE[character])
    return draft.replaced(text)
