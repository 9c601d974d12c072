"""Where in a document the description of one role or department begins, and what it is called: its chapters.

A title is a line (or the beginning of one) of the form X岗位职责…, a line that names a role right above its items, a
field 岗位名称, or in articles a numbered name that the next sentence takes up as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from loaders.cues import VERB, one_of
from loaders.heading_words import WORDS, SectionKind
from loaders.headings import FIELDS
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
    bare,
    clean,
    kind_of,
    named,
)


class Chapter(NamedTuple):
    """text[start:end] describes `title`, which stands at [title_start, title_end) (empty: taken from elsewhere).

    `opening` is the kind of section that the title itself announces (X岗位职责). A `prelude` stands before the titles
    or the roles of a document: what it does not put under a heading is said of nobody.
    """

    title: str
    alt_titles: tuple[str, ...]
    kind: Literal["role", "department"]
    title_start: int
    title_end: int
    start: int
    end: int
    opening: SectionKind | None = None
    organization: str | None = None
    prelude: bool = False


class _Mark(NamedTuple):
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
_FORM_HEAD = 60
"""A title this close above a field 岗位名称 is the form's, not a role's."""
_DEFINITION = 400
"""A definition that gives a chapter its name stands within so many characters."""

_TITLED = re.compile(
    rf"[ \t#*-]*+(?P<ordinal>{ORDINAL})?+[ \t：:、.]*+{NUMBER}?+"
    rf"(?P<stem>[^，,。；;：:！!？?\n]{{2,32}}?)(?P<tail>{TAIL})[ \t]*"
    r"(?=$|\n|[：:]|\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆\s【\[]|[\u4e00-\u9fff])"
)
_BODY = re.compile(
    r"[：:]|\s*(?:\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆【\[])|引言|概述|前言|职位概述|岗位概述|主要职责"
)
_ORDINAL_LINE = re.compile(rf"[ \t#*-]*{ORDINAL}[ \t：:、.]*(?P<stem>[^，,。；;\n]{{2,40}})(?=\n|$)")
_NOT_A_TITLE = re.compile(r"\d{1,2}[、.．]|[•●-]|[（(]\d|.*[。；;]|(?!.{0,5}[招聘][！!]).*[！!]")
_MAY_NAME = re.compile(rf"[ \t#*-]*{ORDINAL}|\s*+(?!{_NOT_A_TITLE.pattern})")
"""How a line begins that may be a title without any of the words of CORE."""
_FIELD = re.compile(
    r"[岗职招应方](?:(?<=[岗职])[位务]名称?|(?<=[岗职])位(?=：)|(?<=招)聘[岗职]位|(?<=应)聘[岗职]位"
    rf"|(?:(?<=[岗职])位|(?<=方)向)(?:{NUMERAL}|\d){{1,2}})"
    r"(?:[ \t]*[：:][ \t]*|(?<=名称)\s*)(?P<name>[^\s，,；;。：:【|]{2,24}?)"
    r"(?=\s|$|[，,；;。【|]|"
    + one_of(
        "所属部门 所在部门 部门 直接上级 直属上级 汇报对象 [职岗]位编号 所在城市 工作地点 [职岗]位职责 工作职责 任职"
    )
    + ")"
)
_NO_ROLE = re.compile(r"招\s?聘\s?(?:启\s?事|简章|信息|公告|通知)")
_CALLED = re.compile(
    r"\s*(?:急|诚|现|高薪)*(?:招聘|聘请?|招)[：:]?\s*(?P<name>[^，,。；：:\s\d]{2,16})(?:\d{1,2}|若干|数)[名人位](?=[，,。；：:])"
)
"""An advertisement in sentences: 急聘护士2名，要求…"""
_CALLED_BELOW = re.compile(
    r"(?:诚聘|招聘|招募|急聘)(?P<name>[\u4e00-\u9fffA-Za-z/]{2,16}?)\s?(?:\d{1,2}|若干|数|[一二三四五六七八九十])[名人位]"
)
"""The same within a notice: 我公司现诚聘导游若干名."""
_NUMBER_BEFORE = re.compile(rf"{NUMBER}\Z")
_BEFORE_FIELD = frozenset("\n \t。；;，,：:】|、.．)）")
_BRACKETED = re.compile(
    rf"(?:[（(]?(?:{NUMERAL}|\d){{1,3}}[)）、.．]\s*)?(?P<name>[\u4e00-\u9fffA-Za-z/]{{2,14}})(?=[\[【][^\]】]{{2,10}}[\]】])"
)
_INLINE = re.compile(
    rf"{NUMERAL}{NUMERAL}{{0,2}}、(?P<name>[\u4e00-\u9fffA-Za-z/]{{2,14}}?){TAIL}(?=[：:]|\d{{1,2}}[、.．])"
)
_HEAD_END = re.compile(r"\s([^\s：:]{2,8})[：:]?\s*\Z")
_NO_NAME = one_of("""
    岗位 工作 主要 具体 基本 本 该 各 其 职位 明确 制定 完善 履行 落实 负责 按照 编制 遵守 认真 根据 熟悉 了解 以下
    以上 如何 关于 什么 相关 部门 任职 个人 核心 日常 主要的 公司 企业""")
_NOT_A_STEM = re.compile(rf"{_NO_NAME}+\Z")
_SENTENCE = re.compile(
    one_of("明确 制定 完善 履行 落实 负责 按照 编制 遵守 认真 根据 熟悉 了解 以下 以上 如何 关于 希望 符合 严格")
)
_FIRST_ITEM = re.compile(r"[（(]?[1一①][)）、.．]|[•●◆①]|负责|\d\s?[、.]")
_HEADED = re.compile(r"[【\[]?(?:[一二三四五1][、.])?\s*([^\s：:】\]（(]{2,12})")
_NEXT_LINE = re.compile(r"\s*\n\s*(?=\S)")

_NOUN = one_of("岗位 职位 职能 角色 部门 一员 人员 管理者 职务 工作 环节 人才 纽带 桥梁 平台 力量 专业人士 职业 的人")
_DEFINES = (
    r"\s*(?:\d{1,2}[.、]\s*)?(?P<name>[^，,。；;：:\n是的]{2,22}?)(?:岗位|职位|人员|工作)?(?:主要|通常|就|即|，)?"
    rf"(?:是|作为|属于|在[^，。]{{1,12}}中?扮演)(?=[^，。\n]{{0,40}}{_NOUN})"
)
_DEFINING = re.compile("是|作为|属于|扮演")
_DEFINED = re.compile(rf"[\n。：:]{_DEFINES}")
_DEFINED_HERE = re.compile(_DEFINES)
_GENERAL = one_of("本 该 这 此 我 他 其 以 下 上 目 岗位 职责 职位 工作 公司 企业 随 在 作为 它 也 都 因 首先 第")
_SUBJECT = re.compile(rf"(?!{_GENERAL})[\u4e00-\u9fffA-Za-z&/+#]{{2,16}}\Z")
_PREDICATE = re.compile(
    r"(?:岗位|团队|人员|部门|岗)?(?:主要|还|也)?" + one_of("是 负责 需 应 必须 能够 可以 通过 根据 的 从 将 致力 在")
)
_EMPLOYERS = ("公司", "集团", "股份", "旅行网", "网")
_ORDINAL = rf"{NUMERAL[:-1]}\d]{NUMERAL[:-1]}\d]?"
_REPEATED = re.compile(rf"{_ORDINAL}[.、．]\s*([\u4e00-\u9fffA-Za-z&/]{{2,15}}?)[：:\s]*\1(?=[\u4e00-\u9fff])")
_SUBJECTS = re.compile(
    r"^[ \t]*([\u4e00-\u9fffA-Za-z/]{2,12}?)(?:岗位|人员)?(?:(?:通常|一般)?(?:主要)?(?=负责|是)|[：:](?=[^\n]{6}))",
    re.MULTILINE,
)
_NOT_FIRST = re.compile(one_of("协助 配合 辅助 对 与 向 在 由 为 根据 直接 负责人 代表 顾问"))
_UP_TO_MARK = re.compile(r"[^.、．]*")
_LABELLED = re.compile(
    rf"{_ORDINAL}[.、．]\s*(?=[^\s，,。；;：:、]{{2,21}}+[ \t]*[：:\n])([^\s，,。；;：:、]{{2,14}}?)"
    r"(?:岗位)?(?:的?(?:岗位|工作|主要)?职责)?[ \t]*[：:\n]"
)


def chapters(text: str, name: str) -> list[Chapter]:
    """The chapters of a document, in order; `name` is the title where the text gives none."""
    marks = _nearest(text, _marks(text))
    if marks and marks[0].field and _only_fields(text[: marks[0].line]):
        marks[0] = marks[0]._replace(line=0, body=0)
    if not marks or text[: marks[0].line].strip():
        own = marks[0].name if marks and marks[0].name in text[: marks[0].line] else ""
        marks.insert(0, _Mark(0, 0, 0, 0, own))
    found: list[Chapter] = []
    passed: list[_Mark] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.line if following else len(text)
        above_form = following is not None and following.field and not mark.field and end - mark.body < _FORM_HEAD
        if above_form or not text[mark.body : end].strip():
            passed = [*passed, mark] if mark.wrapper else []
            continue
        related = (p.name for p in passed if p.ordinal or p.name in mark.name or mark.name in p.name)
        found += _split(text, mark, end, tuple(related), name)
        passed = []
    return found


def _only_fields(text: str) -> bool:
    """Whether each line is a labelled field of a form."""
    lines = [line for line in text.split("\n") if line.strip()]
    return all(
        colon and WORDS.get(label.strip()) in FIELDS for label, colon, _ in (line.partition("：") for line in lines)
    )


def _marks(text: str) -> list[_Mark]:
    """All titles of a text, in order."""
    marks: list[_Mark] = []
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
                mark = _titled(text, start, stop, line) or _named_alone(text, start, stop, line, first)
                if mark is not None:
                    marks.append(mark)
            first = False
        start = stop + 1
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
            marks.append(_Mark(place, *field.span("name"), field.end(), clean(field["name"]), field=True))
    inline = _in_line(text)
    if len(inline) > 1 or (inline and not marks):
        marks += [
            _Mark(m.start(), *m.span("name"), m.end(), clean(m["name"]), opening="duty" if m.re is _INLINE else None)
            for m in inline
            if m.start("name") not in names
        ]
    return sorted(marks)


def _in_line(text: str) -> list[re.Match[str]]:
    """Names of roles in running text, before their headings: 二)大堂副理[岗位职责], 二、大堂副理岗位职责1."""
    found = [*_INLINE.finditer(text)]
    if "[" in text or "【" in text:
        found += _BRACKETED.finditer(text)
    closed = (m for m in found if m.start() == 0 or text[m.start() - 1] in "\n \t。；;")
    return [m for m in closed if PERSON.search(m["name"])]


def _is_heading(line: str) -> bool:
    """Whether a line is or begins with the heading of a section."""
    label, colon, _ = line.partition("：")
    return label.strip(" 【】[]〔〕").lower() in WORDS and (bool(colon) or label == line)


def _titled(text: str, start: int, stop: int, line: str) -> _Mark | None:
    """A line that is X岗位职责, or begins with it and goes on with its text."""
    titled = _TITLED.match(text, start, stop) if CORE.search(text, start, stop) else None
    if not titled or _NOT_A_STEM.match(titled["stem"]) or titled["stem"].strip(" /|").lower() in WORDS:
        return None
    if _SENTENCE.match(titled["stem"]) and not PERSON.search(titled["stem"]):
        return None
    name = clean(titled["stem"])
    whole = not text[titled.end() : stop].strip()
    begins = bool(_BODY.match(text, titled.end(), stop)) or text.startswith(titled["stem"], titled.end())
    if not name or (len(line) > 45 if whole else len(name) > 20 or not begins):
        return None
    numbered = titled["ordinal"] is not None
    return _Mark(start, *titled.span("stem"), titled.end(), name, whole, numbered, _opening(titled["tail"]))


def _opening(tail: str) -> SectionKind | None:
    """What the words behind a name announce: 岗位职责 duties, 任职要求 requirements, both either, others nothing."""
    duty = re.search(r"职责|责任|职能|内容|任务", tail)
    requirement = re.search(r"要求|资格|条件", tail)
    if duty:
        return "either" if requirement else "duty"
    return "requirement" if requirement else None


def _named_alone(text: str, start: int, stop: int, line: str, first: bool) -> _Mark | None:
    """A line that is only a name: the first of the document, numbered as 第1篇, said again below, or above a list."""
    called = _CALLED.match(text, start, stop) if first else None
    if called:
        return _Mark(start, *called.span("name"), called.end(), clean(called["name"]))
    ordinal = _ORDINAL_LINE.match(text, start, stop)
    if ordinal and (name := clean(ordinal["stem"])):
        return _Mark(start, *ordinal.span("stem"), stop, name, wrapper=True, ordinal=True)
    if len(line) > _LINE_LENGTH or _NOT_A_TITLE.match(line):
        return None
    below = _NEXT_LINE.match(text, stop)
    follows = below.end() if below else len(text)
    repeated = len(line) >= 4 and text.startswith(line, follows)
    above_list = len(line) <= 24 and "，" not in line and PERSON.search(line) and _list_follows(text, follows)
    if not (first or repeated or above_list):
        return None
    name, organization = named(line)
    if not name or _NO_ROLE.fullmatch(name):
        return None
    place = max(text.find(name[:2], start, stop), start)
    body = follows + len(line) if repeated else stop
    return _Mark(start, place, stop, body, name, repeated, organization=organization)


def _list_follows(text: str, place: int) -> bool:
    """Whether a section heading, the first item of a list or a sentence on duties stands at `place`."""
    if _FIRST_ITEM.match(text, place):
        return True
    if VERB.match(text, place) and "。" in text[place : place + 200].split("\n")[0]:
        return True
    head = _HEADED.match(text, place)
    return bool(head and WORDS.get(head[1], "cut") not in ("cut", "field"))


def _nearest(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Adds, below a wrapper, the line that begins with a name and ends in a heading: the nearer title."""
    result: list[_Mark] = []
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
            result.append(_Mark(start, start, start + len(first), body, clean(first), organization=employer))
    return result


def _split(text: str, mark: _Mark, end: int, alternatives: tuple[str, ...], name: str) -> list[Chapter]:
    """One chapter, or one for each role that the chapter lists by name."""
    roles = _series(m for m in _REPEATED.finditer(text, mark.body, end) if m[1] not in WORDS)
    if len(roles) < 2:
        labelled = [
            m for m in _LABELLED.finditer(text, mark.body, end) if m.start() == 0 or text[m.start() - 1] in "\n。；; \t"
        ]
        roles = _series(m for m in labelled if PERSON.search(m[1]) and not _NOT_A_STEM.match(m[1]))
        if len(roles) < 2 or len(roles) * 2 < len(_series(labelled)):
            roles = _subjects_of_lines(text, mark.body, end)
    prelude = (bool(roles) and not mark.opening) or (mark.line == mark.body == 0 and end < len(text))
    found = [_chapter(text, mark, roles[0].start() if roles else end, alternatives, name, prelude)]
    for i, role in enumerate(roles):
        stop = roles[i + 1].start() if i + 1 < len(roles) else end
        body = role.end() - len(role[1]) if role.re is _REPEATED else role.end()
        body = role.start(1) if role.re is _SUBJECTS and text[body - 1] not in "：:" else body
        title = clean(role[1])
        found.append(Chapter(title, (), kind_of(title), *role.span(1), body, stop))
    return found


def _subjects_of_lines(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Lines that begin with the names of different roles: X经理负责…, Y专员是…, or X经理：…"""
    found: dict[str, re.Match[str]] = {}
    for match in _SUBJECTS.finditer(text, start, end):
        if PERSON.search(match[1]) and match[1] not in WORDS and not _NOT_FIRST.match(match[1]):
            found.setdefault(match[1], match)
    return [*found.values()] if len(found) > 1 else []


def _series(matches: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The matches that number 1, 2, 3…"""
    result: list[re.Match[str]] = []
    for match in matches:
        digits = _UP_TO_MARK.match(match[0])[0]  # type: ignore[index]  # matches the empty string too
        number = int(digits) if digits.isdigit() else "一二三四五六七八九十".find(digits) + 1
        if number == len(result) + 1:
            result.append(match)
    return result


def _chapter(text: str, mark: _Mark, end: int, alternatives: tuple[str, ...], name: str, prelude: bool) -> Chapter:
    """A chapter whose name is that of its title, of its definition (X是…的岗位) or of the file."""
    title, place = mark.name, (mark.start, mark.end)
    window = min(end, mark.body + _DEFINITION)
    defined = None
    if _DEFINING.search(text, mark.body, window):
        before = max(0, mark.body - 1)
        defined = _DEFINED_HERE.match(text, mark.body, window) or _DEFINED.search(text, before, window)
    subject = defined["name"].strip() if defined else ""
    subject = next((subject[n:] for n in range(len(subject) - 2, 1, -1) if subject[:n] in WORDS), subject)
    if defined and _SUBJECT.match(subject) and subject != title:
        if not title:
            title, place = clean(subject), defined.span("name")
        elif title.startswith(subject) and DEPARTMENT.search(subject) and not PERSON.search(title):
            title, alternatives = subject, (*alternatives, title)
        elif (subject in title or title in subject) and kind_of(subject) == kind_of(title):
            alternatives = (*alternatives, clean(subject))
    called = None if title else _CALLED_BELOW.search(text, mark.body, window)
    if called:
        title, place = clean(called["name"]), called.span("name")
    title = title or clean(name)
    short = _without_employer(text, title)
    unique = tuple(dict.fromkeys(a for a in (*alternatives, *short) if a != title))
    kind = kind_of(title)
    return Chapter(title, unique, kind, *place, mark.body, end, mark.opening, mark.organization, prelude)


def _without_employer(text: str, title: str) -> tuple[str, ...]:
    """The title without the employer's name before it, where the text calls that an employer (X公司)."""
    if len(title) < 6:
        return ()
    met = [employer for employer in _EMPLOYERS if employer in text]
    for cut in range(2, len(title) - 3):
        if any(title[:cut] + employer in text for employer in met):
            return (title[cut:],)
    return ()


def subjects(text: str, chapter: Chapter) -> tuple[str, ...]:
    """The names by which sentences of the chapter call it, longest first; none in most postings.

    Besides its titles, the end of the title where the text uses that alone, as the subject of a sentence.
    """
    base = bare(chapter.title)
    names = {base, *chapter.alt_titles} - {""}
    if len(base) >= 4 and text.find(base[-4:], chapter.start, chapter.end) >= 0:
        names |= {*_used_alone(text, chapter, base)}
    met = [name for name in names if text.find(name, chapter.start, chapter.end) >= 0]
    return tuple(sorted(met, key=lambda name: (-len(name), name)))


def _used_alone(text: str, chapter: Chapter, base: str) -> tuple[str, ...]:
    for cut in range(1, len(base) - 3):
        short = base[cut:]
        place = text.find(short, chapter.start, chapter.end)
        while place >= 0:
            if text[place - 1] != base[cut - 1] and _PREDICATE.match(text, place + len(short), chapter.end):
                return (short,)
            place = text.find(short, place + 1, chapter.end)
    return ()
