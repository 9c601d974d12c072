"""One form of a mark: full width beside Chinese, half width elsewhere; and the blanks that layout left."""

from __future__ import annotations

import re

from loaders.draft import Draft

_WIDE = "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e“”‘’—…•"
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}

_BRACKET = re.compile(r"[()（）\n]")
_CHINESE = re.compile(f"[{_WIDE}]")
_MARK = re.compile(rf"[,;:!](?:(?<=[{_WIDE}].)|(?= ?[{_WIDE}]))")
_STOP = re.compile(
    rf"\.(?= *(?:$|[{_WIDE}]|\d+ ?[.、]))(?<=[\u3400-\u9fff）”].)(?<![一二三四五六七八九十].)", re.MULTILINE
)
_QUESTION = re.compile(rf"\?(?:(?<=[{_WIDE}].)|(?=[{_WIDE}]))")
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
    if "." in text:
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
    wide: list[int] = []
    opened: list[int] = []

    def close(left: int, right: int) -> None:
        narrow = [place for place in {left, right} if text[place] in "()"]
        if narrow and _CHINESE.search(text, max(0, left - 1), right + 2):
            wide.extend(narrow)

    for match in _BRACKET.finditer(text):
        place, mark = match.start(), match[0]
        if mark in "(（":
            opened.append(place)
        elif mark == "\n":
            for left in opened:
                close(left, left)
            opened = []
        else:
            close(opened.pop() if opened else place, place)
    for left in opened:
        close(left, left)
    parts: list[str] = []
    at = 0
    for place in sorted(wide):
        parts += (text[at:place], _FULL[text[place]])
        at = place + 1
    return "".join(parts) + text[at:]


_BLANKS = re.compile(r" (?: +|(?=\n|\Z)|(?<=\n )|(?<![\s\S] ))")
_EMPTY_LINES = re.compile(r"\A\n+|\n+\Z|\n{3,}")
_BESIDE_MARK = re.compile(
    r" (?:(?=[\u3400-\u9fff“《（])(?<=[，：、（“《] )|(?=[，；。：、！？）”》])(?<=[\u3400-\u9fff] ))"
)
_SPACED_HINT = re.compile(r" [\u3400-\u9fff] [\u3400-\u9fff]")
_SPACED = re.compile(
    r"(?<![^\n，；。：、！？（）【】])[\u3400-\u9fff](?: [\u3400-\u9fff]){2,}(?![^\n，；。：、！？（）【】])"
)
_SPACED_HEADING = re.compile(r" (?=[\u3400-\u9fff](?:：|\n|\Z))(?:(?<=\n[\u3400-\u9fff] )|(?<![\s\S][\u3400-\u9fff] ))")


def fold_blanks(draft: Draft) -> Draft:
    """Runs of blanks and of empty lines to one; none at the ends of a line, beside a mark, or in a 岗 位 职 责.

    A single blank between two words stays: it may separate a heading or an item.
    """
    if " " in draft.normal:
        draft = draft.substituted(_BLANKS, _fold_blank).without(_BESIDE_MARK)
        if _SPACED_HINT.search(draft.normal):
            spaced = [match.span() for match in _SPACED.finditer(draft.normal)]
            draft = draft.edited((at, at + 1, "") for start, end in spaced for at in range(start + 1, end, 2))
        draft = draft.without(_SPACED_HEADING)
    if "\n\n\n" in draft.normal or draft.normal.startswith("\n"):
        return draft.substituted(_EMPTY_LINES, _fold_lines)
    return draft.cut(len(draft.normal.rstrip("\n")))


def _fold_blank(match: re.Match[str]) -> str:
    return "" if _at_edge(match) or "\n" in match.string[match.start() - 1 : match.end() + 1] else " "


def _fold_lines(match: re.Match[str]) -> str:
    return "" if _at_edge(match) else "\n\n"


def _at_edge(match: re.Match[str]) -> bool:
    return match.start() == 0 or match.end() == len(match.string)
