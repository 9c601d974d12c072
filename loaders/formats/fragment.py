"""A piece of HTML, as in a cell of a table or a JSON value -> text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from loaders.formats import blocks, markup

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)


def text_of(fragment: str, origin: str = "The description") -> str:
    """The text of a piece of HTML, as in a cell or a JSON value; what has no markup stays as it is.

    >>> print(text_of("<p>任职要求：</p><ol><li>本科<li>两年经验</ol>"))
    任职要求：
    1、本科
    2、两年经验
    """
    if not looks_marked(fragment):
        return fragment
    markup.check(origin, fragment)
    tree = LexborHTMLParser(fragment)
    root = tree.body
    return "\n".join(blocks.lines(root, lambda node: is_hidden(node, frozenset())).lines) if root is not None else ""


_TAG = re.compile(
    r"</?(?:p|br|div|span|li|ul|ol|b|strong|h[1-6]|table|tr|td|font|a|em|i|u|section|dl|dt|dd|html|body)(?:\s[^<>]*)?/?>|&(?:nbsp|lt|gt|amp|#\d+|[a-z]+quo);",
    re.IGNORECASE,
)


def looks_marked(text: str) -> bool:
    """Whether a text has HTML tags or character references in it."""
    return ("<" in text or "&" in text) and bool(_TAG.search(text))


def is_hidden(node: LexborNode, classes: frozenset[str]) -> bool:
    """Whether a browser shows nothing of an element: by its attributes, or one of the classes that hide."""
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and HIDING.search(style))
        or (bool(classes) and not classes.isdisjoint((attributes.get("class") or "").split()))
    )
