"""Headings in nobody's usual words (来了之后要做的事, 什么样的人适合): phrases that ask for what a section says."""

from __future__ import annotations

import re

from loaders.cues import one_of
from loaders.heading_evidence import Heading
from loaders.heading_words import SectionKind
from loaders.shared import OF_ALL

_YOU = "(?:[你您]|小伙伴|同学|TA|ta)"
_WHEN = one_of("""
    来了?(?:之后|以后|后)? 入职(?:之后|以后|后)? 加入(?:我们|团队)?(?:之后|以后|后)? 上岗(?:之后|后) 在这里
    平时 平常 日常 每天 每日 主要 具体 大致 可能 需要 将会? 会 要 得 能 可以 负责 请 接下来 我们 希望 想让 让 这个 这份
    岗位 工作 职位""")
_DO = "(?:做好?|干|忙|搞定|参与|承担|处理|负责|完成)"
_THINGS = "(?:什么|哪些|这些|以下|如下|啥|一些|些|的|几件|几样)"
_WORK = "(?:事情?|工作|活儿?|内容|任务|[吗呢啊呀])"
_TAIL = "(?:包括|主要有|有|是|如下)?"
_SOUGHT = rf"(?:{_YOU}|伙伴|人才?|候选人|队友|同事|朋友|特质)"
_WHICH = "(?:什么样|怎样|哪样|这样|这种|哪些|哪类|这些|以下|下面|下列|如下|什么)"
_CONDITIONS = "(?:条件|要求|能力|技能|素质|本事|特质|经历|经验|背景)"
_PHRASES: tuple[tuple[SectionKind, str], ...] = (
    ("requirement", OF_ALL),
    ("duty", rf"(?:{_YOU}|{_WHEN})+的?{_DO}(?:{_THINGS}|{_WORK})+{_TAIL}"),
    ("duty", rf"{_DO}{_THINGS}+{_WORK}+{_TAIL}"),
    ("duty", rf"(?:{_YOU}的|我们的|这份|这个)(?:一天|日常|舞台|战场|工作|任务)(?:是|长)?(?:{_WHICH}|啥样)?的?{_TAIL}"),
    (
        "requirement",
        r"(?:我们|团队)*(?:正在?|也|更|还|最|想|特别|希望|要|期待|期望|寻找|找|需要|欢迎|喜欢|看重|在意|看中|在等|招|在)+"
        rf"(?:{_WHICH}|具备|的|一个|一位)*{_SOUGHT}+(?:是|有|具备|能|会|要|的|最好|应该|{_WHICH}|可以|人)*",
    ),
    ("requirement", rf"{_WHICH}的?{_SOUGHT}(?:比较|最|更|会|才|能)*(?:适合|合适|胜任|可以来)(?:我们|这里|这个岗位)?"),
    ("requirement", rf"(?:适合|胜任)(?:{_WHICH}|这个岗位)的?{_SOUGHT}(?:群|来)?"),
    (
        "requirement",
        rf"(?:如果|希望|假如|只要)?{_YOU}(?:需要|应该|最好|必须|可能|正好|刚好|恰好|需|要|得|应)*"
        rf"(?:是|有|具备|会|满足|符合|达到|掌握)(?:{_WHICH}|的)+(?:{_CONDITIONS}|人)?",
    ),
    ("requirement", rf"(?:我们)?对{_YOU}的?(?:要求|期待|期望|希望)(?:是|有)?{_WHICH}?|(?:硬性|基本|最低)门槛"),
    (
        "preferred",
        rf"(?:如果|要是|假如)?(?:[你您]|还|能|同时|再|另外)*(?:有|会|具备|满足|符合)(?:{_WHICH}|{_CONDITIONS}|之一|任一|"
        r"者|的话|的|就|那|则|会|可以|更|我们)*(?:更好|更棒|加分|优先|最好|更佳)(?:考虑|了|哦|啦)*",
    ),
    (
        "cut",
        rf"(?:我们|公司|这里|团队|{_YOU}|来这里|加入我们|在这里)+(?:将|能|会|可以|都|也|还)*"
        rf"(?:给|提供|送|得到|获得|收获|享受到?|拥有|享有)(?:给|了)?(?:{_YOU}|{_WHICH}|的|啥)*",
    ),
    ("cut", r"(?:关于|认识|了解)(?:我们|公司|团队|.{2,8}(?:科技|集团|公司))|我们是(?:谁|做什么的|怎样的团队)"),
    ("cut", r"为什么(?:要)?(?:选择|加入|来)(?:我们|这里)?"),
    (
        "cut",
        r"(?:如何|怎样|怎么)(?:应聘|投递|加入|联系|报名|投简历|申请)(?:我们)?|(?:投递|应聘|报名|联系)(?:方法|通道|入口)",
    ),
)
_PHRASE = re.compile(
    r"[\n。！；][ \t•#>【\[「*~～-]*+(?:[一二三四五六七八九十]、)?+"
    r"(?P<phrase>(?=[^\n。，；：:？?】\]」]{2,24}+[\n：:？?】\]」])(?:"
    + "|".join(f"(?P<{kind}{n}>{phrase})" for n, (kind, phrase) in enumerate(_PHRASES))
    + r"))[？?！!~～]*(?:[】\]」]+[：:]?|[：:]|(?=[ \t]*\n[ \t]*\S))"
)
_EXCLUDED = re.compile(
    r"[\n。；！][ \t]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．][ \t]*)?"
    r"(?P<phrase>[^\n。；：]{0,8}(?:下列|以下|如下)(?:情形|情况|行为)[^\n。；：]{0,16}(?:不得|不予|不能|不可|不接受|谢绝)"
    r"[^\n。；：]{0,12})(?:[：:]|[。；]?(?=[ \t]*\n))"
)
"""Who may not apply: no requirements, though they look like some."""
_CUE = re.compile(
    "你|您|我们|什么样|适合|做的|干的|做什么|干什么|做哪些|有这些|有以下|门槛|应聘|投递|报名|下列[情行]|以下[情行]|如下[情行]"
    "|岗(?:(?<=[各有部述上]岗)|(?=位均))|公共|通用|共同[要条]|统一要"
)


def phrases(text: str, start: int, end: int) -> list[Heading]:
    """Such headings in text[start:end], on lines of their own or before a colon."""
    if not _CUE.search(text, start, end):
        return []
    found: list[Heading] = []
    for match in _PHRASE.finditer(text, max(0, start - 1), end):
        place = match.start("phrase")
        kind = next(kind for n, (kind, _) in enumerate(_PHRASES) if match[f"{kind}{n}"] is not None)
        if place >= start:
            found.append(Heading(place, match.end(), kind, match["phrase"]))
    found += [
        Heading(match.start("phrase"), match.end(), "cut", match["phrase"])
        for match in _EXCLUDED.finditer(text, max(0, start - 1), end)
        if match.start("phrase") >= start
    ]
    return found
