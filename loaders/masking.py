"""Personal data out of the raw text: each masked character becomes `*`, so that no place moves."""

from __future__ import annotations

import re

from graphmodel.nodes import Span
from loaders.draft import merged

_SEPARATOR = r"[\s:：=,，、/()（）\-]"
_NOT_A_DATE = r"(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))"
_LANDLINE = (
    rf"(?<!\d){_NOT_A_DATE}(?:(?:\(?0\d{{2,3}}\)?[- ]?)?\d{{7,8}}|[48]00[- ]?\d{{3,4}}[- ]?\d{{3,4}})"
    r"(?:[-转轉]\d{1,6})?(?!\d)"
)
_NOTE = r"(?:[（(][^（()）\n]{1,8}[)）])?"
_ID = r"[A-Za-z0-9][A-Za-z0-9_-]{4,19}"

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_AREA_CODE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\) ?|（0\d{2,3}） ?|0\d{2,3}-)\d{7,8}(?:-\d{1,6})?(?!\d)")
_AMOUNT = r"(?! ?[元万亿人个件条次台%])"
_CONTACT = re.compile(
    rf"(?:[电電]{_NOTE}[话話]|[联聯]{_NOTE}[系繫络絡]|[热熱][线線]|致[电電]|[拨撥]打|座[机機]|[传傳]真|手[机機]|[Tt][Ee][Ll]|[Pp]hone)"
    rf"[^\d\n]{{0,12}}?(?P<v>{_LANDLINE}(?:{_SEPARATOR}{{1,3}}{_LANDLINE})*){_AMOUNT}"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
_WECHAT_NAME = r"(?:[微薇威]信|[Ww][Ee][Cc][Hh][Aa][Tt]|[VvWw][Xx])"
_WECHAT = re.compile(
    rf"(?:{_WECHAT_NAME}{_NOTE}(?:[号號]{_NOTE}\s*[:：=为為是]?|(?:ID|id)?\s*[:：=])\s*"
    rf"|(?<![增参參附])加{_NOTE}(?:我|人事|HR|hr)?(?:{_WECHAT_NAME}{_NOTE}[\s:：]*|[Vv][\s:：]+)(?=[A-Za-z_-]*[0-9_-]))"
    rf"(?P<v>{_ID})(?![A-Za-z0-9_-])"
)
_WECHAT_CUE = re.compile("微信|薇信|威信|echat|eChat|ECHAT|VX|Vx|vx|WX|Wx|wx|加V|加v")
_QQ = re.compile(rf"[Qq][Qq](?:[号號群]{_NOTE}){{0,2}}\s*[:：=]?\s*(?P<v>[1-9]\d{{4,10}})(?!\d)")

_WIDE = re.compile("[０-９＠]")
_NARROW = {code: code - 0xFEE0 for code in (*range(ord("０"), ord("９") + 1), ord("＠"))}
_DIGITS = re.compile(r"[0-9][0-9]{2}[- ]?[0-9]{4}")
_ANY = re.compile(
    "[0-9０-９＠@QqEeVvWw微薇威加](?:(?<=[0-9])[0-9]{2}[- ]?[0-9]{4}|(?<=[０-９＠@])|(?<=[Qq])[Qq]|(?<=[微薇威])信"
    "|(?<=[Ee])[Cc]|(?<=[VvWw])[XxVv]|(?<=加)[Vv])"
)
"""What a text holds in which there is any such thing."""
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(raw: str) -> tuple[str, list[Span]]:
    """The text with personal data starred out, as long as before, and the spans of what was, in order.

    Mobile numbers, numbers with an area code or after 电话, 联系 and the like, e-mail addresses, WeChat and QQ
    numbers, and identity numbers whose check digit (GB 11643) is right.
    """
    if not _ANY.search(raw):
        return raw, []
    plain = raw.translate(_NARROW) if _WIDE.search(raw) else raw
    spans: list[Span] = []
    if _DIGITS.search(plain):
        spans += [m.span() for m in _IDENTITY.finditer(plain) if _is_identity(m[0])]
        spans += [m.span() for pattern in (_MOBILE, _AREA_CODE) for m in pattern.finditer(plain)]
        spans += [m.span("v") for m in _CONTACT.finditer(plain)]
    if "QQ" in plain or "qq" in plain or "Qq" in plain:
        spans += [m.span("v") for m in _QQ.finditer(plain)]
    if "@" in plain:
        spans += [m.span() for m in _EMAIL.finditer(plain)]
    if _WECHAT_CUE.search(plain):
        spans += [m.span("v") for m in _WECHAT.finditer(plain)]
    if not spans:
        return raw, []
    spans = merged(spans)
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (raw[at:start], "*" * (end - start))
        at = end
    return "".join(parts) + raw[at:], spans


def _is_identity(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_CHECK_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()
