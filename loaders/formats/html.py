"""HTML as browsers save it -> the text of the posting: what the site puts around it is left out."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders import charset
from loaders.charset import Decoded
from loaders.formats import blocks, facts, jsonld, markup, plain
from loaders.formats.around import SIGNS, Around
from loaders.formats.fragment import HIDING
from loaders.formats.labels import VALUE_LENGTH, joined
from loaders.heading_words import WORDS

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_META_WITHIN = 8192
_GB = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312")
_BIG5 = ("big5", "big5-hkscs", "x-x-big5", "cp950")

_HIDDEN_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_ELSEWHERE = re.compile(
    r"(?:相似|相关|推荐|热门|最新|精选|附近|同类|其他|其它|更多|类似|周边|为你|为您|本站|猜你"
    r"|您可能|你可能|可能|看过|看了|浏览|大家|别人)"
    r"[\u4e00-\u9fff]{0,8}?(?:职位|岗位|推荐|工作|喜欢|感兴趣|还看了?|在看|招聘|公司|企业"
    r"|城市|搜索|文章|阅读|文档|范文|内容)(?:推荐)?(?:[>»：: ]|更多)*"
    r"|(?:该|本|此)?公司(?:的)?(?:其他|其它|热招|在招)?(?:在招|热招)?职位|猜你喜欢|看了又看|职位推荐"
    r"|友情链接|热门搜索|工商信息|公司工商信息"
    r"|(?:BOSS ?)?安全提示|求职(?:安全)?提醒|个人综合竞争力|竞争力分析|(?:您的)?留言|网友评论|发表评论|评论"
    r"(?:区|\(\d+\))|上一篇：?.*|下一篇：?.*"
)
_TAIL_SITE = re.compile(
    r"招聘|求职|人才|直聘|无忧|猎聘|智联|拉勾|文库|文档|文章|百科|知乎|豆丁|下载|首页|官网|公司|集团|网$|\.com|\.cn|范文网|网站|简历|经验",
    re.I,
)
_TITLE_MARKS = re.compile(r"\s*[_|｜–—]+\s*|\s+-+\s*|\s*-+\s+|(?<=[\u4e00-\u9fff）)])-+(?=[\u4e00-\u9fff])")
_TITLE_BRACKETS = re.compile(r"\s*[【「\[](?P<name>[^】」\]]{2,40})[】」\]]")
_TITLE_TAIL = re.compile(
    r"(?:急?招聘(?:信息|网|启事)?|求职信息|岗位招聘|职位招聘|最新招聘|_?招聘职位|职位详情|职位信息)+$"
)
_NO_TITLE = re.compile(
    r"加入我们|招贤纳士|(?:人才|社会|校园)招聘|诚聘英才|.*(?:招聘网|人才网|直聘|官网|无忧|首页|登录|注册|\.com)|职位详情|职位描述|岗位详情|招聘(?:信息|详情)|(?:公司)?招聘"
)
_TITLE_LENGTH = 60
_WHERE = re.compile(r"(?:您|你)?(?:的|所在|现在|当前)*位置\s*[：:]")
_LEAD_LINES = 20
_LEAD_LENGTH = 400
"""So much text before the title is a site's head; if there is more, it is left."""


class Page(NamedTuple):
    """The text of a page, and what was left out of it, in words."""

    text: str
    left_out: tuple[str, ...] = ()


def read(origin: str, data: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of a page and notes. Raises BadInput for a page without text, or one that no browser would draw."""
    decoded = decode(data)
    if "\0" in decoded.text:
        decoded = decoded._replace(text=decoded.text.replace("\0", "\ufffd"))
    found = page(origin, decoded.text)
    if not found.text.strip():
        raise BadInput(
            f"{origin} is an HTML page without text.", "Its text may be loaded by a script: save it after it is shown."
        )
    notes = [Note("truncated", 0, 1, f"left out: {', '.join(found.left_out)}")] if found.left_out else []
    return found.text, (*plain.damage(found.text, decoded.charset), *notes)


def decode(data: bytes) -> Decoded:
    """By byte order mark, valid UTF-8, what <meta> says, or the characters: a page saved again may keep its meta."""
    head = data[:_META_WITHIN]
    if not head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        said = _META.search(head)
        name = said[1].decode("ascii").lower() if said else ""
        declared = "gb18030" if name in _GB else "big5hkscs" if name in _BIG5 else None
        if declared and not _is_utf8(data):
            text = data.decode(declared, "replace")
            damaged = text.count("\ufffd")
            if damaged * 100 <= len(text):
                return Decoded(text, declared, damaged)
    return charset.decode(data)


def page(origin: str, html: str) -> Page:
    """The posting of a page: its structured data if that has a description, else what a reader sees."""
    markup.check(origin, html)
    tree = LexborHTMLParser(html)
    structured = jsonld.in_scripts(node.text() for node in tree.css('script[type*="ld+json"]'))
    if structured:
        return Page(structured, ("the page around its structured data",))
    root = tree.body or tree.root
    if root is None:
        return Page("")
    hidden = frozenset(
        name
        for style in tree.css("style")
        for name, rules in _HIDDEN_CLASS.findall(style.text())
        if HIDING.search(rules)
    )
    outside = Around(root, hidden)
    seen = blocks.lines(root, outside.drops)
    lines, lead = _from_title(seen, _titles(tree))
    lines, tail = _without_elsewhere(joined(_with_facts(lines)))
    left_out = [
        *sorted(outside.reasons),
        *(["what stands before the title"] if lead else []),
        *(["other postings"] if tail else []),
    ]
    return Page("\n".join(lines), tuple(left_out))


def _titles(tree: LexborHTMLParser) -> list[str]:
    """What the head of the page calls it: og:title, then <title>, each without the site's tail."""
    graph = tree.css_first('meta[property="og:title"]')
    title = tree.css_first("head > title") or tree.css_first("title")
    said = [(graph.attributes.get("content") or "") if graph else "", title.text() if title else ""]
    return [name for name in map(page_title, said) if name]


def page_title(said: str) -> str:
    """A page's title without the site's tail.

    >>> page_title("【上海前台主管招聘】_某某酒店招聘信息-某某网"), page_title("客房部经理岗位职责 - 某某文库")
    ('上海前台主管', '客房部经理岗位职责')
    """
    words = " ".join(said.split())
    bracketed = _TITLE_BRACKETS.match(words)
    if bracketed and not re.fullmatch(r"急[聘招]|热招|[校社]招|.{0,2}招聘|[\u4e00-\u9fff]{2,3}", bracketed["name"]):
        words = bracketed["name"]
    parts = [part for part in _TITLE_MARKS.split(words) if part]
    while len(parts) > 1 and (_TAIL_SITE.search(parts[-1]) or len(parts[-1]) <= 3):
        parts.pop()
    name = _TITLE_TAIL.sub("", parts[0]).removeprefix("招聘").strip(" -_：:") if parts else ""
    return "" if _NO_TITLE.fullmatch(name) or not 2 <= len(name) <= _TITLE_LENGTH else name


def _from_title(seen: blocks.Lines, titles: list[str]) -> tuple[list[str], bool]:
    """The lines from the title on, and whether lines before it were left out; a title that is nowhere comes first."""
    lines = seen.lines
    place = seen.heading if seen.heading is not None and not _NO_TITLE.fullmatch(lines[seen.heading]) else None
    if place is None:
        near = [
            n
            for n, line in enumerate(lines[:40])
            for title in titles[:1]
            if len(line) <= _TITLE_LENGTH and line == title
        ]
        place = near[0] if near else None
    if place is None:
        held = titles and any(titles[0] in line for line in lines[:3])
        return ([*titles[:1], *lines] if titles and not held else lines), False
    lead = lines[:place]
    if sum(map(len, lead)) > _LEAD_LENGTH or any(SIGNS.search(line) for line in lead):
        return lines, False
    return lines[place:], bool(lead)


def _with_facts(lines: list[str]) -> list[str]:
    """Above the first heading of the posting a site lists facts (杭州, 大专, 全职), not items, and where one is."""
    first = next((n for n, line in enumerate(lines) if SIGNS.search(line)), 0)
    lead = [line.removeprefix("• ") if len(line) <= VALUE_LENGTH else line for line in lines[:first]]
    lead = [line for line in lead if not _WHERE.match(line)]
    return (facts.labelled(lead) if len(lead) <= _LEAD_LINES else lead) + lines[first:]


def _without_elsewhere(lines: list[str]) -> tuple[list[str], bool]:
    """Without what follows a line such as 相似职位 or 猜你喜欢, up to the next heading of duties or requirements."""
    result: list[str] = []
    cutting = cut = False
    for number, line in enumerate(lines):
        if number and len(line) <= 24 and _ELSEWHERE.fullmatch(line):
            cutting = cut = True
        elif cutting and WORDS.get(line.strip("【】[]：: ").lower()) in ("duty", "requirement", "either"):
            cutting = False
        if not cutting:
            result.append(line)
    return result, cut


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()
