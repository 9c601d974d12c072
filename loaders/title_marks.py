"""The titles in a document: where each stands, and what it says of the text below it.

A title is a line (or the beginning of one) of the form X岗位职责…, a line that names a role right above its items, or a
field 岗位名称. (Names that number the paragraphs of an article are found in loaders.titles.)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.cues import VERB, one_of
from loaders.heading_evidence import FIELDS
from loaders.heading_words import WORDS, SectionKind
from loaders.names import (
    COMPANY,
    CORE,
    DEPARTMENT,
    NUMBER,
    NUMERAL,
    ORDINAL,
    PERSON,
    ROLE,
    TAIL,
    clean,
    named,
)
from loaders.title_inline import CLOSED_IN_LINE, in_line, lists_duties


class Mark(NamedTuple):
    """A title at [start, end) in a line; `body` is where its text begins, under a heading of kind `opening`.

    A `wrapper` (第1篇 …) gives way to a nearer title; `ordinal` tells that it is numbered, `field` that it is a field.
    """

    line: int
    start: int
    end: int
    body: int
    name: str
    wrapper: bool = False
    ordinal: bool = False
    opening: SectionKind | None = None
    organization: str | None = None
    field: bool = False


_LINE_LENGTH = 60
"""A longer line is no title by itself."""
_TITLED = re.compile(
    rf"[ \t#*-]*+(?P<ordinal>{ORDINAL})?+[ \t：:、.]*+{NUMBER}?+"
    rf"(?P<stem>[^，,。；;：:！!？?\n]{{2,32}}?)(?P<tail>{TAIL})[ \t]*"
    r"(?=$|\n|[：:]|\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆①\s【\[]|[\u4e00-\u9fff])"
)
_BODY = re.compile(
    r"[：:]|\s*(?:\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆①【\[])|引言|概述|前言|职位概述|岗位概述|主要职责"
)
_ORDINAL_WITHIN = re.compile(r"[ \t][第【篇范]")
_RUNNING_HEAD = re.compile(rf"(?!第)[^，,。；;：:\n]{{3,40}}?[ \t]+(?={ORDINAL}[ \t：:、.]*[^\s\d])")
"""What stands before the ordinal where each part repeats the name of the whole: 茶馆职责范本 第二篇 茶艺师职责."""
_ORDINAL_LINE = re.compile(rf"[ \t#*-]*{ORDINAL}[ \t：:、.]*(?P<stem>[^，,。；;\n]{{2,40}})(?=\n|$)")
_NOT_A_TITLE = re.compile(r"\d{1,2}[、.．]|[•●-]|[（(]\d|.*[。；;]|(?!.{0,5}[招聘][！!]).*[！!]")
_STEPS = re.compile(r"[→➔⇒>](?:(?<=[→➔⇒])|(?<=[-—]>))")
_NUMBERED_ROLE = re.compile(rf"[ \t#*]*{NUMBER}(?P<name>[^\s，,。；;：:、！!？?]{{2,14}})[：:]?[ \t]*(?=\n|\Z)")
"""A line that is a number and a name: 3、安全员, which names a role if a heading follows."""
_MAY_NAME = re.compile(
    rf"[ \t#*-]*{ORDINAL}|\s*+(?!{_NOT_A_TITLE.pattern})|{_NUMBERED_ROLE.pattern.replace('?P<name>', '?:')}"
)
"""How a line begins that may be a title without any of the words of CORE."""
_FIELD = re.compile(
    r"[岗职招应方](?:(?<=[岗职])[位务]名称?|(?<=[岗职])位(?=：)|(?<=招)聘[岗职]位|(?<=应)聘[岗职]位"
    rf"|(?:(?<=[岗职])位|(?<=方)向)(?:{NUMERAL}|\d){{1,2}})"
    r"(?:[ \t]*[：:][ \t]*|(?<=名称)[\s|]*)(?P<name>[^\s，,；;。：:【|]{2,24}?)"
    r"(?=\s|$|[，,；;。【|]|"
    + one_of(
        "所属部门 所在部门 部门 直接上级 直属上级 汇报对象 [职岗]位编号 所在城市 工作地点 [职岗]位职责 工作职责 任职"
    )
    + ")"
)
_AFTER_COUNT = frozenset("名人位)）】：:")
_NO_ROLE = re.compile(
    r"招\s?聘\s?(?:启\s?事|简章|信息|公告|通知)|(?:诚聘|招聘|诚招|招贤)(?:英才|精英|人才|纳士)|加入我们"
)
_COUNTED = re.compile(
    rf"[ \t#*•【]*{NUMBER}?(?P<name>[^\s，,。；;：:、\d（(]{{2,16}}?)[ \t]*[（(：:]?[ \t]*(?:招聘?)?"
    rf"(?:\d{{1,3}}|若干|{NUMERAL}|数)[ \t]*[名人位][)）】]?(?:[ \t]*[（(][^）)\n]{{1,16}}[）)])?[：:]?[ \t]*(?=\n)"
)
"""A line that says how many are wanted: 二、花艺师 2名."""
_CALLED = re.compile(
    r"\s*(?:急|诚|现|高薪)*(?:招聘|聘请?|招)[：:]?\s*(?P<name>[^，,。；：:\s\d]{2,16}?)(?:\d{1,2}|若干|数|[一两二三四五六七八九十])[名人位](?=[，,。；：:])"
)
"""An advertisement in sentences: 急聘护士2名，要求…"""
_NUMBER_BEFORE = re.compile(rf"{NUMBER}\Z")
_BEFORE_FIELD = frozenset("\n \t。；;，,：:】|、.．)）")
_HEAD_END = re.compile(r"\s([^\s：:]{2,8})[：:]?\s*\Z")
_NO_NAME = one_of("""
    岗位 工作 主要 具体 基本 本 该 各 其 职位 明确 制定 完善 履行 落实 负责 按照 编制 遵守 认真 根据 熟悉 了解 以下
    以上 如何 关于 什么 相关 部门 任职 个人 核心 日常 主要的 公司 企业""")
NOT_A_STEM = re.compile(rf"(?:{_NO_NAME}+|\d[\d. ]*)\Z")
_COLLECTION = re.compile(r"(?:各|各类|各个|各级|所有|全部|全体|相关|主要)\Z")
"""The end of what stands before 岗位职责 where a document holds those of several roles: 茶馆各岗位职责."""
_SENTENCE = re.compile(
    one_of("明确 制定 完善 履行 落实 负责 按照 编制 遵守 认真 根据 熟悉 了解 以下 以上 如何 关于 希望 符合 严格")
)
_FIRST_ITEM = re.compile(r"[（(]?[1一①][)）、.．]|[•●◆①]|负责|\d\s?[、.]")
_HEADED = re.compile(r"[【\[]?(?:[一二三四五1][、.]|\d{1,2}\.1[.、]?)?\s*([^\s：:】\]（(]{2,12})")
_HEADED_HAN = re.compile(r"[（(][一1][)）][ \t]*([^\s：:】\]（(]{2,12})")
_GOES_ON = ("；\n", "，\n", "、\n")
"""The end of a line with whose list or sentence the next goes on."""
_NEXT_LINE = re.compile(r"\s*\n\s*(?=\S)")


def marks_of(text: str) -> list[Mark]:
    """All titles of a text, in order."""
    marks: list[Mark] = []
    start, first = 0, True
    core = -1
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if core < start:
            found = CORE.search(text, start)
            core = found.start() if found else len(text)
        worth = first or core < stop or _MAY_NAME.match(text, start, stop)
        line = text[start:stop].strip() if worth else ""
        if line and line != "目录":
            if not _is_heading(line):
                running = _RUNNING_HEAD.match(text, start, stop) if _ORDINAL_WITHIN.search(line) else None
                place = running.end() if running else start
                mark = _titled(text, place, stop, line) or _named_alone(text, place, stop, line, first)
                if mark is not None:
                    marks.append(mark._replace(line=start) if running else mark)
            first = False
        start = stop + 1
    if marks:
        others = (m for m in CLOSED_IN_LINE.finditer(text) if PERSON.search(m["name"]))
        marks += [Mark(m.start("name"), *m.span("name"), m.end(), clean(m["name"]), opening="duty") for m in others]
    names = {mark.start for mark in marks}
    for field in _FIELD.finditer(text):
        place = field.start()
        closed = place == 0 or text[place - 1] in _BEFORE_FIELD
        if text.startswith("：", place + 2) and not ROLE.search(field["name"]):  # 岗位：不限
            continue
        if text.endswith(field["name"], 0, place):  # 二、运营经理岗位名称：运营经理
            closed = True
            place -= len(field["name"])
            number = _NUMBER_BEFORE.search(text, max(0, place - 5), place)
            place = number.start() if number else place
        if closed and field.start("name") not in names:
            names.add(field.start("name"))
            marks.append(Mark(place, *field.span("name"), field.end(), clean(field["name"]), field=True))
    inline = in_line(text)
    if len(inline) > 1 or (inline and not marks):
        marks += [
            Mark(m.start(), *m.span("name"), m.end(), clean(m["name"]), opening="duty" if lists_duties(m) else None)
            for m in inline
            if m.start("name") not in names
        ]
    return sorted(marks)


def _is_heading(line: str) -> bool:
    """Whether a line is or begins with the heading of a section."""
    label, colon, _ = line.partition("：")
    first, blank, _ = line.partition(" ")
    if blank and WORDS.get(first) in ("department", "superior", "organization", "place", "field"):
        return True
    return label.strip(" 【】[]〔〕").lower() in WORDS and (bool(colon) or label == line)


def _titled(text: str, start: int, stop: int, line: str) -> Mark | None:
    """A line that is X岗位职责, or begins with it and goes on with its text."""
    titled = _TITLED.match(text, start, stop) if CORE.search(text, start, stop) else None
    if not titled or NOT_A_STEM.match(titled["stem"]) or titled["stem"].strip(" /|").lower() in WORDS:
        return None
    if _SENTENCE.match(titled["stem"]) and not PERSON.search(titled["stem"]):
        return None
    if titled["tail"].endswith("任务") and len(titled["tail"]) < 4 and VERB.match(titled["stem"]):
        return None
    name, organization = _beside_employer(titled["stem"])
    if _COLLECTION.search(name):
        name = ""
    whole = not text[titled.end() : stop].strip()
    begins = bool(_BODY.match(text, titled.end(), stop)) or text.startswith(titled["stem"], titled.end())
    if not name or (len(line) > 45 if whole else len(name) > 20 or not begins):
        return None
    numbered = titled["ordinal"] is not None
    return Mark(
        start, *titled.span("stem"), titled.end(), name, whole, numbered, _opening(titled["tail"]), organization
    )


def _beside_employer(stem: str) -> tuple[str, str | None]:
    """The name in a title line, without the employer that a crawled posting writes behind it: 调度员 顺达物流."""
    first, blank, rest = stem.strip().partition(" ")
    if blank and PERSON.search(first) and not ROLE.search(rest):
        return clean(first), rest.strip() if COMPANY.fullmatch(rest.strip()) else None
    return clean(stem), None


def _opening(tail: str) -> SectionKind | None:
    """What the words behind a name announce: 岗位职责 duties, 任职要求 requirements, both either, others nothing."""
    duty = re.search(r"职责|责任|职能|内容|任务", tail)
    requirement = re.search(r"要求|资格|条件", tail)
    if duty:
        return "either" if requirement else "duty"
    return "requirement" if requirement else None


def _named_alone(text: str, start: int, stop: int, line: str, first: bool) -> Mark | None:
    """A line that is only a name: the first of the document, numbered as 第1篇, said again below, or above a list."""
    called = _CALLED.match(text, start, stop) if first else None
    if called:
        return Mark(start, *called.span("name"), called.end(), clean(called["name"]))
    counted = _COUNTED.match(text, start, stop + 1) if line[-1] in _AFTER_COUNT else None
    if counted and ROLE.search(counted["name"]) and not VERB.fullmatch(counted["name"][:2]):
        return Mark(start, *counted.span("name"), stop, clean(counted["name"]))
    numbered = _NUMBERED_ROLE.match(text, start, stop)
    if numbered and PERSON.search(numbered["name"]) and not VERB.match(numbered["name"]):
        below = _NEXT_LINE.match(text, stop)
        head = _HEADED.match(text, below.end()) if below else None
        head = head or (_HEADED_HAN.match(text, below.end()) if below else None)
        if head and WORDS.get(head[1]) in ("duty", "requirement", "either", "overview"):
            return Mark(start, *numbered.span("name"), stop, clean(numbered["name"]))
    ordinal = _ORDINAL_LINE.match(text, start, stop)
    if ordinal and (name := clean(ordinal["stem"])):
        return Mark(start, *ordinal.span("stem"), stop, name, wrapper=True, ordinal=True)
    if (
        len(line) > _LINE_LENGTH
        or _NOT_A_TITLE.match(line)
        or _STEPS.search(line)
        or text[start - 2 : start] in _GOES_ON
    ):
        return None
    below = _NEXT_LINE.match(text, stop)
    follows = below.end() if below else len(text)
    repeated = len(line) >= 4 and text.startswith(line, follows)
    short = len(line) <= 24 and "，" not in line and "：" not in line[:-1]
    above_list = short and _names_person(line) and not _is_value(text, start) and _list_follows(text, follows)
    if not (first or repeated or above_list):
        return None
    name, organization = named(line)
    if not name or _NO_ROLE.fullmatch(name) or _COLLECTION.search(name):
        return None
    place = max(text.find(name[:2], start, stop), start)
    body = follows + len(line) if repeated else stop
    opening: SectionKind | None = "duty" if above_list and not first and line[-1] == "：" else None
    return Mark(start, place, stop, body, name, repeated, opening=opening, organization=organization)


def _names_person(line: str) -> bool:
    """Whether a line, or what stands before its mark (茶艺师 | 夜班, 茶艺师——青山茶馆部, 茶艺师：), names a role."""
    if PERSON.search(line):
        return True
    if "|" in line or line[-1] == "：":
        return PERSON.search(line.partition("|")[0].rstrip(" ：")) is not None
    return ("—" in line or " - " in line) and PERSON.search(clean(line)) is not None


def _is_value(text: str, start: int) -> bool:
    """Whether the line above is a label or number without what it stands for, as where a form lost its table.

    That is no title: 直接上级, and below it 店长.
    """
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip(" \t\n：:")
    return (above.isdigit() and VERB.match(text, start) is not None) or WORDS.get(above) in FIELDS


def _list_follows(text: str, place: int) -> bool:
    """Whether a section heading, the first item of a list or a sentence on duties stands at `place`."""
    if _FIRST_ITEM.match(text, place):
        return True
    line = text[place : place + 200].split("\n")[0]
    if (VERB.match(text, place) and "。" in line) or (line.endswith(("；", "。")) and text[place - 2] == "："):
        return True
    head = _HEADED.match(text, place)
    return bool(head and WORDS.get(head[1], "cut") not in ("cut", "field"))


def nearest(text: str, marks: list[Mark]) -> list[Mark]:
    """Adds, below a wrapper, the line that begins with a name and ends in a heading: the nearer title."""
    result: list[Mark] = []
    lines = {mark.line for mark in marks}
    for mark in marks:
        result.append(mark)
        below = _NEXT_LINE.match(text, mark.body) if mark.wrapper else None
        if not below or below.end() in lines:
            continue
        start = below.end()
        stop = text.find("\n", start)
        line = text[start : stop if stop >= 0 else len(text)]
        head = _HEAD_END.search(line) if len(line) <= 2 * _LINE_LENGTH else None
        first = line.split()[0]
        if head and head[1] in WORDS and (ROLE.search(first) or DEPARTMENT.search(first)):
            company = COMPANY.search(line, len(first))
            employer = company[0] if company else None
            body = start + head.start()
            result.append(Mark(start, start, start + len(first), body, clean(first), organization=employer))
    return result
