"""One form of a mark: full width beside Chinese, half width elsewhere; and the blanks that layout left."""

from __future__ import annotations

import re

from loaders.draft import Draft

_WIDE = "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e“”‘’—…•"
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}

_BRACKET = re.compile(r"[()（）\n]")
_CHINESE = re.compile(f"[{_WIDE}]")
_MARK = re.compile(rf"(?<=[{_WIDE}])[,;:!](?![\d/])|(?<=[{_WIDE}])[,;:!](?=\d)|[,;:!](?= ?[{_WIDE}])(?<!\d:)(?<!//)")
_STOP = re.compile(
    rf"(?<=[\u3400-\u9fff）”])(?<![一二三四五六七八九十])\.(?= *(?:$|[{_WIDE}]|\d+ ?[.、]))", re.MULTILINE
)
_QUESTION = re.compile(rf"(?<=[{_WIDE}])\?|\?(?=[{_WIDE}])")
_ASKING = re.compile("[吗呢么吧何谁哪几啥怎否]|多少")
_CLAUSE = re.compile(r"[，。；！？\n?]")


def widen(text: str) -> str:
    """As long as before: `, ; : ! ? ( )` beside a Chinese character or mark, and a `.` that ends its sentence, wide.

    Brackets go in pairs, and what they hold counts as beside them. A `?` within a Chinese clause that asks nothing
    stays: it stands for a character that was lost.
    """
    if "(" in text or ")" in text:
        text = _brackets(text)
    text = _MARK.sub(lambda match: _FULL[match[0]], text)
    text = _STOP.sub("。", text)
    if "?" in text:
        text = _QUESTION.sub(lambda match: "?" if is_lost(text, match.start()) else "？", text)
    return text


def is_lost(text: str, at: int) -> bool:
    """Whether the `?` at this place stands for a lost character: ideographs on both sides, and no question."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not ("\u3400" <= before <= "\u9fff" and "\u3400" <= after <= "\u9fff"):
        return False
    clause = _CLAUSE.split(text[max(0, at - 30) : at])[-1]
    return not _ASKING.search(clause)


def _brackets(text: str) -> str:
    """Pairs them line by line with a stack, and a pair is wide if anything in or beside it is."""
    characters = list(text)
    opened: list[int] = []

    def widen_pair(places: tuple[int, ...], start: int, end: int) -> None:
        if _CHINESE.search(text, max(0, start - 1), end + 1):
            for place in places:
                characters[place] = _FULL.get(characters[place], characters[place])

    for match in _BRACKET.finditer(text):
        place, mark = match.start(), match[0]
        if mark == "\n":
            for left in opened:
                widen_pair((left,), left, left + 1)
            opened = []
        elif mark in "(（":
            opened.append(place)
        elif opened:
            left = opened.pop()
            widen_pair((left, place), left, place + 1)
        else:
            widen_pair((place,), place, place + 1)
    for left in opened:
        widen_pair((left,), left, left + 1)
    return "".join(characters)


_BLANKS = re.compile(r"(?m:^) +| +(?m:$)| {2,}|\n{3,}")
_AFTER_MARK = re.compile(r"(?<=[，：、（“《]) (?=[\u3400-\u9fff“《（])|(?<=[\u3400-\u9fff]) (?=[，；。：、！？）”》])")
_SPACED = re.compile(
    r"(?<![^\n，；。：、！？（）【】])[\u3400-\u9fff](?: [\u3400-\u9fff]){2,}(?![^\n，；。：、！？（）【】])"
)
_SPACED_HEADING = re.compile(r"^[\u3400-\u9fff] [\u3400-\u9fff](?=：|$)", re.MULTILINE)


def fold_blanks(draft: Draft) -> Draft:
    """Runs of blanks and of empty lines to one; none at the ends of a line, beside a mark, or in a 岗 位 职 责.

    A single blank between two words stays: it may separate a heading or an item.
    """
    draft = draft.substituted(_BLANKS, _fold)
    draft = draft.without(_AFTER_MARK)
    for pattern in (_SPACED, _SPACED_HEADING):
        draft = draft.edited(
            [
                (place, place + 1, "")
                for match in pattern.finditer(draft.normal)
                for place in range(match.start() + 1, match.end(), 2)
            ]
        )
    return draft


def _fold(match: re.Match[str]) -> str:
    blank, text = match[0], match.string
    if blank[0] == "\n":
        return "\n\n"
    at_edge = (
        match.start() == 0 or text[match.start() - 1] == "\n" or match.end() == len(text) or text[match.end()] == "\n"
    )
    return "" if at_edge else " "
