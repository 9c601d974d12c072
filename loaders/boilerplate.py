"""What a site puts around a document: notices, page marks, tables of contents, share links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphmodel.nodes import Span
from loaders.draft import Draft, merged

_CUES = (
    "下载文档前",
    "仅部分预览",
    "侵",
    "版权",
    "未经",
    "本文",
    "本站",
    "文档",
    "资料",
    "文章",
    "仅供",
    "欢迎",
    "小编",
    "推荐度",
    "已阅读",
    "下载后",
    "在线客服",
    "还剩",
)
"""Each match of _NOTICE holds one, so that only what stands around them is looked at."""


def _each(words: str, behind: str) -> str:
    """A pattern for any of the words and what stands behind it, in which each alternative begins with a character.

    The search of such a pattern passes over all places that begin none, so that a text without a notice costs little.
    """
    return "|".join(word + behind for word in words.split())


_NOTICE = re.compile(
    r"下载文档前|仅部分预览.{0,2}的?文档|侵犯.{0,2}您.{0,4}(?:权益|版权|权利)|侵权.{0,6}(?:必删|请联系|联系我们|告知)|"
    + _each("如有 若有 如果?您?发现 文档 本文 本站", ".{0,8}侵权.{0,12}(?:联系|删|告知|反馈|通知)")
    + "|版权(?:说明|声明)：|版权归.{0,8}所有|未经.{0,8}(?:许可|授权|允许).{0,10}(?:转载|复制|传播)|"
    + _each("本文 本站 文档 资料 文章", "(?:由|来自|来源于?).{0,8}(?:网友|会员|用户|网络|互联网)")
    + "|仅供(?:大家|您|各位)?(?:参考|学习)|欢迎(?:大家|您)?(?:阅读|下载|收藏|借鉴)"
    + "|以下是小编|小编(?:[为给](?:大家|您|你)|整理|精心|收集|推荐|：[a-z])|推荐度：|"
    + _each("已阅读 还剩", r" ?\d+ ?页")
    + r"|下载后.{0,8}(?:无法|不能|打不开|编辑|修改)|联系在线客服"
)
_BUTTON = (
    r"(?=[立马我要在一申投应沟报收举分发继和感不查今刚本近昨半\d点长扫识喜ETB编图排审文撰校责监摄供设-])(?:"
    r"(?:立即|马上|我要|在线|一键)?(?:申请|投递|应聘|沟通|报名)(?:该|此|本)?(?:职位|岗位|简历)?"
    r"|(?:收藏|举报|分享|申请)(?:职位|岗位)?|分享给?好友"
    r"|(?:投递|发送)简历|(?:立即|继续|和[他她TA]{1,2})沟通|不?感兴趣"
    r"|查看(?:地图|路线|所有职位|全部职位|更多(?:职位|信息)?|详情|大图|联系方式)"
    r"|(?:今日|刚刚|本周|\d日内|半年前|[近昨]\S{0,3})活跃|在线"
    r"|点击(?:上方|下方)?蓝字.{0,12}|(?:长按|扫描?|识别)(?:描|码|上方|下方|上图|下图)?二维码.{0,14}"
    r"|扫码(?:关注|添加|进群|报名)?.{0,16}|喜欢就点.{0,10}|(?:-+ ?)?(?:END|End|THE END)(?: ?-+)?"
    r"|(?:编辑|图片|排版|审核|文字|撰文|校对|责编|监制|摄影|供稿|文案|设计|图文) ?[|丨/｜] ?\S{1,20}|发布于\S{1,12}"
    r"|(?:BOSS|Boss) ?(?:直聘)?安全提示|(?:BOSS|Boss)直聘严禁.{0,90})"
    r"|(?:[\u4e00-\u9fff]{1,3}(?:女士|先生|经理|小姐|HR))? ?[·•|] ?(?:招聘|人事|HR|hr)\S{0,6}"
)
"""The buttons of a site, and the lines that end an article of a public account."""
_BETWEEN = re.compile(r"[|·•\s]+|/(?![月年天日时])")
_TOLD = re.compile(
    r"(?:\d+ ?[-–~] ?\d+年|\d+年(?:及?以[上下内])?|经验(?:不限|\S{1,6})|应届\S{0,4}"
    r"|(?:本科|大专|硕士|博士|中专|高中)(?:及?以上)?"
    r"|(?:学历|经验)?不限|\d+年\S{0,2}经验)"
)
_OFFERED = re.compile(
    r"(?:[\d.,]+[kK千万]?(?:[-–~][\d.,]+[kK千万]?)?元?(?:/[月年天日时])?|\d\d薪|全职|兼职|实习|招?\d+人|[\d-]+发布)"
)
"""What a line below a title says of the job in the site's own columns: 3-5年, 本科 | 20-30K, 全职, 招2人."""
_TOP = 400
_TOP_LINES = 8
"""Such a line stands among so many first lines, in so many characters."""
_WHOLE = re.compile(
    r"(?:[-•*] *)?(?:\d{1,2} *[、.．)）] *)?(?:"
    r"目录|文档(?:简介|介绍|摘要|信息)|(?:相关|热门)(?:推荐|文章|文档|阅读|资料|范文|内容)|猜你喜欢|返回(?:首页|顶部|列表)"
    r"|微信分享|分享到：?.{0,20}|收藏(?:本文|文档)?|点赞|打赏|举报|[上下]一篇：.*|(?:首页|当前位置)[： ]*[>»].*"
    r"|(?:点击|立即|免费|付费|全文|合集|打包)?下载(?:本|此|该|完整|全部)?(?:文档|全文|[Ww][Oo][Rr][Dd])?(?:到电脑)?"
    r"|(?:继续|点击)(?:免费)?阅读|(?:展开|阅读|查看)(?:全文|剩余|更多).{0,10}|(?:阅读|浏览)(?:次数|量)?：\d+次?"
    r"|_?第 ?\d+ ?页(?:[，,/ ]*共 ?\d+ ?页)?|共 ?\d+ ?页|[-—–] ?\d{1,4} ?[-—–]|\d{1,4} ?/ ?\d{1,4}"
    r"|[【\[]?第 ?\d+ ?篇 ?[-–—~至到] ?第 ?\d+ ?篇.{0,4}"
    r"|[Pp]age \d+(?: of \d+)?|(?:来源|作者|发布(?:时间|日期|人)|更新(?:时间|日期))：.{0,20}"
    r"|(?:职位信息：)?(?=[^\n，。；：|·•]{1,12}+[|·•])(?=[^\n]{0,40}(?:\d ?年|经验|应届))"
    r"(?=[^\n]{0,40}(?:本科|大专|硕士|学历|中专|高中))"
    r"[^\n，。；：|·•]{1,12}(?: ?[|·•] ?[^\n，。；：|·•]{1,12}){2,4}"
    rf"|{_BUTTON}"
    r"|https?://\S+|www\.\S+|[.．…·\-_=*—~ ]{4,})"
)
_WHOLE_BELOW = re.compile(rf"\n(?:{_WHOLE.pattern})(?=\n|\Z)")
_WHOLE_FIRST = re.compile(rf"(?:{_WHOLE.pattern})(?=\n|\Z)")
_SENTENCE_END = re.compile("[。；！？]")
_AROUND = 40
"""How far from a cue a notice is looked for, in characters."""

_LONGEST_NOTICE = 120
_LONGEST_WHOLE = 80

_LEADER_CUES = ("....", "……", "····", "。。。。")
_LEADERS = re.compile(r".{1,60}?(?:\.{4,}|…{2,}|·{4,}|。{4,}) *\d{1,4} *")
_FIELD_CODE = re.compile(r"TOC ?\\o.*")
_CATEGORY = re.compile(
    r"职能类别：(?:(?!微信分享)[^，。；]){0,200}?微信分享\n?|职能类别：[^\n，。；]{1,60}$\n?|^关键字：[^\n。；]{1,80}$\n?"
    r"|^(?:职能类别|关键字)：$(?:\n(?!.*(?:职责|要求|资格|描述|条件|内容)$)[^\n，。；：]{1,20}$)*\n?",
    re.MULTILINE,
)
_CATEGORY_CUES = ("职能类别", "关键字")
_JUNK = r"(?:\b[A-Za-z_]{1,20}[(（]\"[A-Za-z_]{1,40}\"[)）][;；]?|_第 ?\d+ ?页|[\u1200-\u137f]+(?: [\u1200-\u137f]+)*)"
_RESIDUE = re.compile(rf"^{_JUNK}\n|{_JUNK}", re.MULTILINE)
"""Calls of a site's scripts, page marks, and the Ethiopic letters with which a library site writes its name."""

_RESIDUE_CUES = ('("', '（"', "_第", "ቤ")
_SPAM = re.compile("无码|久久|毛片|成人|亚洲|欧美|日韩|国产|在线观看|免费视频|(?<![A-Za-z])[Aa][Vv](?![A-Za-z])")
_SPAM_KINDS = 4
"""A first line with so many different ones of these words was put there by who took over the site."""

_CUE = re.compile(
    "|".join(
        (
            _NOTICE.pattern,
            *map(re.escape, (*_CATEGORY_CUES, *_RESIDUE_CUES, *_LEADER_CUES)),
            "TOC",
            *(word for word in _SPAM.pattern.split("|") if word[0] > "z"),
        )
    )
)
"""What a text holds where there is anything to cut but a whole line."""


_MORE = re.compile(
    r"^(?=.{0,40}(?:文章|阅读|推荐|喜欢|看了?|搜索|内容|范文|资料)[了的]?[：:]?$)(?:[【《\[（].{2,40}[】》\]）] ?的?)?"
    r"(?:(?:相关|热门|更多|最新|其他|推荐|延伸|精彩|猜您|猜你|相似)(?:的|相关|精彩)*(?:文章|阅读|推荐|喜欢|搜索|内容|范文|资料)"
    r"|.{0,10}(?:的人|大家|网友|用户|您|你)(?:还|也|都)?(?:在|会)?(?:喜欢|看|阅读|搜索|浏览|推荐)了?(?:以下|这些|的)?(?:文章|内容|范文)?)"
    r"[：:]?$(?:\n[^\n。；]{2,60}$)*(?:\n(?=\n)|\Z)?",
    re.MULTILINE,
)
"""A list of links to other pages, up to an empty line."""

_MORE_CUE = re.compile(
    "(?:章(?<=文章)|读(?<=阅读)|荐(?<=推荐)|欢(?<=喜欢)|看|了(?<=[看读览荐欢]了)|索(?<=搜索)|容(?<=相关内容)|文(?<=范文)"
    "|料(?<=资料))[：:]?\n"
)


def cut(draft: Draft) -> tuple[Draft, list[Span]]:
    """The draft, simplified and with wide marks, without boilerplate; and where that stood in the raw text."""
    text = draft.normal
    columns = [*_columns(text)]
    if not (columns or _CUE.search(text) or _MORE_CUE.search(text) or _WHOLE_BELOW.search(text) or _WHOLE.match(text)):
        return draft, []
    spans: list[Span] = []
    for find in (_columns, _categories, _residues, _links, _lines):
        found = merged(find(draft.normal))
        spans += [(draft.offsets[start], draft.offsets[end - 1] + 1) for start, end in found]
        draft = draft.edited((start, end, "") for start, end in found)
    return draft, merged(spans)


def _columns(text: str) -> Iterator[Span]:
    """Lines below the title in which a site counts schooling, years, pay and place, with their line break."""
    start = 0
    for number, line in enumerate(text[:_TOP].split("\n")[:_TOP_LINES]):
        end = start + len(line)
        if number and 4 < len(line) < _LONGEST_WHOLE and _is_columns(line):
            yield start, min(end + 1, len(text))
        start = end + 1


def _is_columns(line: str) -> bool:
    if any(mark in line for mark in "，。；："):
        return False
    cells = [cell for cell in _BETWEEN.split(line.strip(" |·•/")) if cell]
    told = sum(_TOLD.fullmatch(cell) is not None for cell in cells)
    offered = sum(_OFFERED.fullmatch(cell) is not None for cell in cells)
    return len(cells) > 2 and told > 0 and told + offered > 1 and max(map(len, cells)) < 15


def _categories(text: str) -> Iterator[Span]:
    if any(cue in text for cue in _CATEGORY_CUES):
        yield from (match.span() for match in _CATEGORY.finditer(text))


def _links(text: str) -> Iterator[Span]:
    if _MORE_CUE.search(text):
        yield from (match.span() for match in _MORE.finditer(text))


def _residues(text: str) -> Iterator[Span]:
    if any(cue in text for cue in _RESIDUE_CUES):
        yield from (match.span() for match in _RESIDUE.finditer(text))


def _lines(text: str) -> Iterator[Span]:
    """Notices, and lines that say nothing of the document, with their line break."""
    for cue in _CUES:
        at = text.find(cue)
        while at >= 0:
            match = _NOTICE.search(text, max(0, at - _AROUND, text.rfind("\n", 0, at)), at + _AROUND)
            if match:
                yield _whole(text, *match.span())
            at = text.find(cue, max(at + 1, match.end() if match else 0))
    has_leaders = any(cue in text for cue in _LEADER_CUES)
    wholes = {match.start() + 1 for match in _WHOLE_BELOW.finditer(text)}
    if _WHOLE_FIRST.match(text):
        wholes.add(0)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if (
            (start in wholes and line and len(line) <= _LONGEST_WHOLE)
            or (has_leaders and _LEADERS.fullmatch(line))
            or (start == 0 and len(line) <= _LONGEST_NOTICE and len(set(_SPAM.findall(line))) >= _SPAM_KINDS)
        ):
            yield start, min(end + 1, len(text))
        elif "TOC" in line and (match := _FIELD_CODE.search(line)):
            yield start + match.start(), min(end + 1, len(text)) if match.start() == 0 else end
        start = end + 1


def _whole(text: str, start: int, end: int) -> Span:
    """The line around a notice, with its break; of a line so long that it may be a whole posting, the sentence."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first <= _LONGEST_NOTICE:
        return first, min(last + 1, len(text))
    before = [stop.end() for stop in _SENTENCE_END.finditer(text, max(first, start - _LONGEST_NOTICE), start)]
    after = _SENTENCE_END.search(text, end, min(last, end + _LONGEST_NOTICE))
    return before[-1] if before else start, after.end() if after else end
