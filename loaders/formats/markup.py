"""What an HTML text may not have, since its parser takes quadratic time for it: deep nesting and endless tags."""

from __future__ import annotations

import re
from collections import Counter

from graphmodel.errors import BadInput
from loaders.formats.words import word_set

DEEPEST = 500
"""Open elements at one place; browsers stop at 512."""
MOST_ATTRIBUTES = 500
MOST_OPTIONS = 10_000

_SMALL = 2000
"""A text so short has neither."""

_TAG = re.compile(r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)|(?P<comment>!--)|[!?/])")
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE})*+[\s/]*+>?")
_ONE = re.compile(_ATTRIBUTE)
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp", "iframe")
}
_UNNESTED = word_set(
    "area base br col embed hr img input link meta param source track wbr html head body p li dd dt td th tr tbody "
    "thead tfoot colgroup caption rp rt a"
)
"""Elements without an end, and those that the next of their kind ends."""


def check(origin: str, html: str) -> None:
    """Raises BadInput for what the parser would take minutes over; reads each character about once."""
    if len(html) < _SMALL:
        return
    opened: Counter[str] = Counter()
    depth = options = place = 0
    while tag := _TAG.search(html, place):
        name = tag["name"]
        if name is None:
            end = html.find("-->" if tag["comment"] else ">", tag.end())
            place = end if end >= 0 else len(html)
            continue
        attributes = _ATTRIBUTES.match(html, tag.end())
        place = attributes.end() if attributes else tag.end()
        if place - tag.end() > 2 * MOST_ATTRIBUTES and _count(html, tag.end()) > MOST_ATTRIBUTES:
            raise BadInput(f"{origin} has a tag with more than {MOST_ATTRIBUTES} attributes.", _REMEDY)
        name = name.lower()
        if tag["close"]:
            if opened[name]:
                opened[name] -= 1
                depth -= 1
        elif name in _RAW and not (opened["svg"] or opened["math"]):
            end_tag = _RAW[name].search(html, place)
            place = end_tag.start() if end_tag else len(html)
        elif name == "option":
            options += 1
            if options > MOST_OPTIONS:
                raise BadInput(f"{origin} offers more than {MOST_OPTIONS:,} options to choose from.", _REMEDY)
        elif name not in _UNNESTED:
            opened[name] += 1
            depth += 1
            if depth > DEEPEST:
                raise BadInput(f"{origin} nests its elements more than {DEEPEST} deep.", _REMEDY)


def _count(html: str, place: int) -> int:
    """The number of attributes from here on, at most one more than MOST_ATTRIBUTES."""
    for number in range(MOST_ATTRIBUTES + 1):
        attribute = _ONE.match(html, place)
        if attribute is None:
            return number
        place = attribute.end()
    return MOST_ATTRIBUTES + 1


_REMEDY = "Open it in a browser and save its text as a .txt file."
