"""Chinese and English labels among those of all languages, in the ways in which vocabularies tag them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from ontology.terms import SKOS
from ontology.vocabulary import Said

_CHINESE = re.compile("[\u3400-\u9fff]")
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh", "", "zh-hant", "zh-tw", "zh-hk", "zh-mo")
"""The languages of Chinese labels, the one that is preferred first."""


def labels(said: Said, property: str) -> tuple[list[str], list[str]]:
    """The Chinese and the English ones, those of the preferred language first; others are left out."""
    found = literals(said, property)
    chinese = sorted((one for one in found if is_chinese(one)), key=_rank)
    english = sorted((one for one in found if not is_chinese(one) and is_english(one)), key=_rank)
    return _texts(chinese), _texts(english)


def _rank(one: ox.Literal) -> tuple[int, str, str]:
    language = one.language or ""
    known = _SIMPLIFIED.index(language) if language in _SIMPLIFIED else len(_SIMPLIFIED)
    return known, language, one.value


def _texts(found: Iterable[ox.Literal]) -> list[str]:
    return [text for text in dict.fromkeys(map(text_of, found)) if text]


def text_of(one: ox.Literal) -> str:
    """Without what stands around it, and with single spaces: other tools keep line ends and odd spaces."""
    return " ".join(one.value.split())


def hidden(one: Said) -> list[ox.Literal]:
    """The hidden labels in Chinese and English."""
    return [each for each in literals(one, SKOS + "hiddenLabel") if is_chinese(each) or is_english(each)]


def is_chinese(one: ox.Literal) -> bool:
    """Whether it is in Chinese characters; pinyin is not. Without a language, a Chinese character tells."""
    if not one.language:
        return bool(_CHINESE.search(one.value))
    return one.language.split("-")[0] == "zh" and "latn" not in one.language


def is_english(one: ox.Literal) -> bool:
    """Whether it is in English, or does not say."""
    return not one.language or one.language.split("-")[0] == "en"


def literals(said: Said, property: str) -> list[ox.Literal]:
    """What is said that is no resource."""
    return [one for one in said.get(property, ()) if isinstance(one, ox.Literal)]
