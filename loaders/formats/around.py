"""What a job site puts around the posting of a page: navigation, tags, links to other postings, hidden text."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from loaders.formats import blocks
from loaders.formats.fragment import is_hidden
from loaders.formats.words import word_set

_AROUND = word_set(
    "nav navbar navi navigation topnav subnav menu breadcrumb breadcrumbs crumb crumbs footer foot copyright "
    "sidebar sidenav recommend recommends recommended recommendation related similar guess hotjob hotjobs "
    "likes friendlink friendlinks boss recruiter interviewer publisher btn btns pager pagination paging toolbar topbar "
    "login logout register signup popup "
    "modal toast tooltip qrcode advert ads ad advertisement adsbygoogle comments feedback cookie skip"
)
_BESIDE = word_set("side aside right banner search share header head top bottom links comment app hot")
_TAGS = word_set("keyword keywords tags jtag taglist welfare fuli benefits")
"""Words of class and id: what they name is around the posting; of the second kind only if it holds mostly links, of
the third if it is short."""
_SKILLS = word_set("tag skill skills")
"""Words for tags that may also name a list of sentences."""
_FEW = 120
_TAG_LENGTH = 10
_SENTENCE = re.compile("[，。；：:、]|\\d$|^\\d")
_ROLES = word_set("navigation contentinfo complementary banner search dialog alertdialog menu menubar toolbar tooltip")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

_LINKED = 0.7
"""A list with more of its text in links than this share is navigation."""
_FEW_LINKS = 3
_MAJOR = 0.5
"""What holds more of the page's text than this share is the page, whatever it is called."""

SIGNS = re.compile(
    r"职责|任职|岗位要求|职位描述|职位要求|工作内容|岗位描述|职位信息|Responsibilit|Qualification|Requirement"
)


class _Measure(NamedTuple):
    text: int
    linked: int
    links: int
    has_title: bool
    has_sign: bool


def _measure(root: LexborNode) -> dict[int, _Measure]:
    """Of each element: its visible characters, those in links, its links, whether it holds an h1, and job words."""
    made: dict[int, _Measure] = {}
    sums: list[list[int]] = [[0, 0, 0, 0, 0]]
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            text, linked, links, title, sign = sums.pop()
            if node.tag == "a":
                linked, links = text, links + 1
            title += node.tag == "h1"
            made[node.mem_id] = _Measure(text, linked, links, title > 0, sign > 0)
            for index, value in enumerate((text, linked, links, title, sign)):
                sums[-1][index] += value
            continue
        if node.tag == "-text":
            words = "".join((node.text_content or "").split())
            sums[-1][0] += len(words)
            sums[-1][4] += bool(SIGNS.search(words))
        elif node.tag not in blocks.UNSEEN:
            stack.append((node, True))
            sums.append([0, 0, 0, 0, 0])
            child = node.child
            while child is not None:
                stack.append((child, False))
                child = child.next
    return made


class Around:
    """Tells the elements around the posting; `reasons` gathers what was dropped."""

    def __init__(self, root: LexborNode, hidden: frozenset[str]) -> None:
        self.measures = _measure(root)
        self.total = max(self.measures[root.mem_id].text, 1)
        self.hidden = hidden
        self.reasons: set[str] = set()

    def drops(self, node: LexborNode) -> bool:
        measure = self.measures.get(node.mem_id)
        if measure is None or measure.text == 0 or measure.text > _MAJOR * self.total:
            return False
        reason = self._reason(node, measure)
        if reason:
            self.reasons.add(reason)
        return bool(reason)

    def _reason(self, node: LexborNode, measure: _Measure) -> str | None:
        if is_hidden(node, self.hidden):
            return "hidden text"
        tag, linked = node.tag, measure.linked / measure.text
        attributes = node.attributes
        words = {word.lower() for name in ("class", "id") for word in _WORD.findall(attributes.get(name) or "")}
        around = tag in ("nav", "footer") or (attributes.get("role") or "") in _ROLES or bool(words & _AROUND)
        if around and not measure.has_title and not (linked < 0.3 and measure.has_sign):
            return "navigation and footer"
        beside = tag in ("aside", "header") or bool(words & _BESIDE)
        if beside and not measure.has_title and (linked > 0.3 or tag == "aside") and not measure.has_sign:
            return "navigation and footer"
        if measure.text < _FEW and not measure.has_sign and (words & _TAGS or (words & _SKILLS and _are_tags(node))):
            return "tags"
        if tag == "form" and not measure.has_sign:
            return "forms"
        listed = tag in ("ul", "ol", "div", "dl", "section", "table") and not measure.has_title
        if listed and measure.links >= _FEW_LINKS and linked >= _LINKED:
            return "lists of links"
        return None


def _are_tags(node: LexborNode) -> bool:
    """Whether an element holds words, each in an element of its own, and neither sentence nor label."""
    words = [text for each in node.traverse(include_text=True) if each.tag == "-text" and (text := each.text().strip())]
    return len(words) > 1 and all(len(each) <= _TAG_LENGTH and not _SENTENCE.search(each) for each in words)
