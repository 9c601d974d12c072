"""Titles: where in a document the description of one role or department begins, and what the role is called.

A title is a line (or the beginning of one) of the form X岗位职责…, a line that names a role right above its items, a field 岗位名称, or
in articles a numbered name that the next sentence takes up as its subject.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from loaders.headings import WORDS, SectionKind
from loaders.cues import VERB


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

    A `wrapper` (第1篇 …) gives way to a nearer title; `ordinal` tells that it is numbered.
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


_ORDINAL = r"(?:第\s*[一二三四五六七八九十百\d]{1,3}\s*[篇章节条部份]|【?篇[一二三四五六七八九十\d]{1,3}】?|范文[一二三四五六七八九十\d]{1,3}|【[^】]{0,8}\d】)"
_NUMBER = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．:： ]\s*)"
_CORE = r"(?:职责|责任制|责任|说明书|说明|描述|职能|任务|任职要求|任职资格|岗位要求|职位要求|工作内容|工作标准|有哪些|是什么|是做什么的|招聘(?:启事|要求|简章)|JD)"
_TAIL = (
    rf"(?:的)?(?:岗位|工作|主要|职位|部门|具体|基本|日常|安全|核心|职务){{0,2}}{_CORE}"
    r"(?:岗位|工作|任职|职位|职责|详细|具体|主要|说明书|说明|描述|内容|范文|模板|大全|要求|资格|有哪些|是什么|样本|集锦|汇总|合集|精选|最新|通用|简短|简单|范本|流程|简述|概述|怎么写"
    r"|优秀|完整|全文|版|标准|素质|技能|篇|[及和与的、/](?=[\u4e00-\u9fff])|\s*\d{1,3}(?:\s*[篇条字]|(?=\s|$))|\s*[（(【\[][^)）】\]]{1,6}[)）】\]]|[一二三四五六七八九十]{1,2}(?=\s|$|\d|[、.篇]))*"
)
_TITLED = re.compile(
    rf"[ \t#*-]*+(?P<ordinal>{_ORDINAL})?+[ \t：:、.]*+{_NUMBER}?+(?P<stem>[^，,。；;：:！!？?\n]{{2,32}}?)(?P<tail>{_TAIL})[ \t]*"
    r"(?=$|\n|[：:]|\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆\s【\[]|[\u4e00-\u9fff])",
)
_ORDINAL_LINE = re.compile(rf"[ \t#*-]*(?P<ordinal>{_ORDINAL})[ \t：:、.]*(?P<stem>[^，,。；;\n]{{2,40}})(?=\n|$)")
_BRACKETED = re.compile(
    r"(?:^|(?<=[\s。；;]))(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?P<name>[\u4e00-\u9fffA-Za-z/]{2,14})(?=[\[【][^\]】]{2,10}[\]】])"
)
_FIELD = re.compile(
    r"[岗职招应方](?:(?<=[岗职])(?:位|务)名称?|(?<=招)聘(?:岗位|职位)|(?<=应)聘(?:岗位|职位)|(?:(?<=[岗职])位|(?<=方)向)[一二三四五六七八九\d]{1,2})"
    r"(?:[ \t]*[：:][ \t]*|(?<=名称)\s*)(?P<name>[^\s，,；;。：:【|]{2,24}?)"
    r"(?=\s|$|[，,；;。【|]|所属部门|所在部门|部门|直接上级|直属上级|汇报对象|职位编号|岗位编号|所在城市|工作地点|岗位职责|工作职责|职位职责|任职)"
)
ROLE = re.compile(
    r"(?:经理|主管|专员|总监|助理|主任|顾问|[^人成会队组]员|[技工设分计程架策培讲教律厨会导医药美老化造咨理评美摄]师|[店组班部科处厂校院行队所课园站社室总]长|领班|岗|[电焊钳技普护]工|文员|秘书|会计|出纳|司机|保安|教练|医生|护士|编辑|记者|客服"
    r"|文案|前台|管家|合伙人|总裁|副总|总经理|CEO|CTO|CFO|COO|实习生|管培生|培训生|代表|主播|翻译|导游|计调|采购|美工|BD|HR|HRBP|店助|干部|负责人|骨干|学徒|专家|书记|委员|大使|达人|店员|工程师|分析师|设计师|运营|策划|销售|开发|测试|岗位)"
    r"(?:\s*[（(【][^)）】]{1,20}[)）】])?\s*\Z"
)
DEPARTMENT = re.compile(
    r"(?:[^俱乐全内外干本]部|部门|中心|科室|事业部|办公室|[财人行教总政务保]科|[^教浴卧]室|处|委员会|小组|[^业电]班组)\Z"
)
_NOT_A_STEM = re.compile(
    r"(?:岗位|工作|主要|具体|基本|本|该|各|其|职位|明确|制定|完善|履行|落实|负责|按照|编制|遵守|认真|根据|熟悉|了解|以下|以上|如何|关于|什么|相关|部门|任职|个人|核心|日常|主要的|公司|企业)+\Z"
)
_SENTENCE = re.compile(
    r"(?:明确|制定|完善|履行|落实|负责|按照|编制|遵守|认真|根据|熟悉|了解|以下|以上|如何|关于|希望|符合|严格)"
)
_LEADING = re.compile(
    rf"[\s#*·•|>-]*(?:{_ORDINAL}[\s：:、.]*)?{_NUMBER}?(?:[A-Z]{{2,}}\d*-\d+[A-Z\d-]*\s+)?(?:【[^】]{{1,12}}】)?(?:急?诚?聘(?:请)?|招聘(?!专员|主管|经理|助理|岗|顾问|总监|负责)|急招|高薪(?:诚聘|招聘)?|直聘|职位[：:]|岗位[：:]|《)?\s*"
)
_CODE = re.compile(
    r"\s*[（(\[【]\s*(?:[A-Z]{1,6}-?\d[\w-]*|职位编号[^)）]*|\d{4,}|急聘|急招|[^)）]{0,6}(?:双休|五险|底薪|包吃|包住|\d+[kK千])[^)）]*)\s*[)）\]】]"
)
_CALL = re.compile(
    r"\A.{2,20}?(?:诚聘|急聘|诚招|急招|高薪聘请|招聘(?!专员|主管|经理|助理|岗|顾问|总监|负责人|HR|会|启事|要求|简章))[：:]?\s*(?=.{2})"
)
_LURE = re.compile(
    r"[\s+＋/|·，,—-]*(?:薪资|月薪|底薪|年薪|薪酬|待遇|高薪|包吃|包住|包食宿|餐补|房补|双休|单休|五险|六险|七险|社保|补贴|年底|提成|奖金|接受应届|应届|急聘|急招|诚聘|可实习|无经验|免费|朝九|早九|周末|转正|不加班|工作地|\d+(?:\.\d+)?(?:\s*[-~–—至]\s*\d+(?:\.\d+)?)?\s*[kK千万元]|\d{4,})"
)
_TAILS = re.compile(rf"(?:{_TAIL})\s*\Z")
_ENDING = re.compile(
    r"\s*(?:[（(【\[]\s*(?:[一二三四五六七八九十\d]{1,3}篇?|n篇?|共?\d+[篇条份])\s*[)）】\]]|岗位$|(?:范文|模板|大全)\s*\d*篇?$)\s*\Z"
)
_COMPANY = re.compile(
    r"[\w()（）&]{2,30}?(?:有限责任公司|股份有限公司|有限公司|集团公司|股份公司|集团|公司|事务所|旅行社)"
)
_DEFINES = r"\s*(?:\d{1,2}[.、]\s*)?(?P<name>[^，,。；;：:\n是的]{2,22}?)(?:岗位|职位|人员|工作)?(?:主要|通常|就|即|，)?(?:是|作为|属于|在[^，。]{1,12}中?扮演)(?=[^，。\n]{0,40}(?:岗位|职位|职能|角色|部门|一员|人员|管理者|职务|工作|环节|人才|纽带|桥梁|平台|力量|专业人士|职业|的人))"
_DEFINED = re.compile(rf"(?<=[\n。：:]){_DEFINES}")
_DEFINED_HERE = re.compile(_DEFINES)
_GENERAL = re.compile(
    r"(?:本|该|这|此|我|他|其|以|下|上|目|岗位|职责|职位|工作|公司|企业|随|在|作为|它|也|都|因|首先|第)"
)
_SUBJECT = re.compile(rf"(?!{_GENERAL.pattern})[\u4e00-\u9fffA-Za-z&/+#]{{2,16}}")
_PREDICATE = re.compile(
    r"(?:岗位|团队|人员|部门|岗)?(?:主要|还|也)?(?:是|负责|需要|需|应|必须|能够|可以|通过|根据|的|从|将|致力|在)"
)
_REPEATED = re.compile(
    r"[\d一二三四五六七八九十]{1,2}[.、．]\s*([\u4e00-\u9fffA-Za-z&/]{2,15}?)[：:\s]*\1(?=[\u4e00-\u9fff])"
)
_LABELLED = re.compile(
    r"[\d一二三四五六七八九十]{1,2}[.、．]\s*([^\s，,。；;：:、]{2,14}?)(?:岗位)?(?:的?(?:岗位|工作|主要)?职责)?[ \t]*[：:\n]"
)


def chapters(text: str, name: str) -> list[Chapter]:
    """The chapters of a document, in order; `name` is the title where the text gives none."""
    marks = _nearest(text, _marks(text))
    if not marks or text[: marks[0].line].strip():
        marks.insert(0, _prelude(text, marks))
    found: list[Chapter] = []
    passed: list[_Mark] = []
    for i, mark in enumerate(marks):
        end = marks[i + 1].line if i + 1 < len(marks) else len(text)
        above_form = i + 1 < len(marks) and marks[i + 1].field and end - mark.body < 60
        if above_form or not text[mark.body : end].strip():
            passed = [*passed, mark] if mark.wrapper else []
            continue
        related = (p.name for p in passed if p.ordinal or p.name in mark.name or mark.name in p.name)
        found.extend(_split(text, mark, end, tuple(n for n in related if n != mark.name), name))
        passed = []
    return found


def _prelude(text: str, marks: list[_Mark]) -> _Mark:
    """What stands before the first title; that title is its own too, if the text there says it."""
    if marks and marks[0].name in text[: marks[0].line]:
        return _Mark(0, 0, 0, 0, marks[0].name)
    return _Mark(0, 0, 0, 0, "")


def _marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    start, first = 0, True
    size = len(text)
    while start < size:
        stop = text.find("\n", start)
        stop = size if stop < 0 else stop
        line = text[start:stop].strip()
        if line and line != "目录":
            mark = _mark(text, start, stop, line, first)
            if mark is not None:
                marks.append(mark)
            first = False
        start = stop + 1
    for field in _FIELD.finditer(text):
        closed = field.start() == 0 or text[field.start() - 1] in "\n \t。；;，,：:】|、.．)）"
        if closed and not any(m.start == field.start("name") for m in marks):
            marks.append(_Mark(field.start(), *field.span("name"), field.end(), clean(field["name"]), field=True))
    inline = [m for m in _BRACKETED.finditer(text) if ROLE.search(m["name"])] if "[" in text or "【" in text else []
    if len(inline) > 1 or (inline and not marks):
        marks += [_Mark(m.start(), *m.span("name"), m.end(), clean(m["name"])) for m in inline]
    return sorted(marks)


def _mark(text: str, start: int, stop: int, line: str, first: bool) -> _Mark | None:
    label, colon, _ = line.partition("：")
    if label.rstrip().lower() in WORDS and (colon or label == line):
        return None
    titled = _TITLED.match(text, start, stop)
    if titled and _is_name(titled["stem"]):
        whole = not text[titled.end() : stop].strip()
        name = clean(titled["stem"])
        if name and (len(line) <= 45 if whole else len(name) <= 20 and _begins_body(text, titled, stop)):
            return _Mark(
                start,
                *titled.span("stem"),
                titled.end(),
                name,
                whole,
                bool(titled["ordinal"]),
                _opening(titled["tail"]),
            )
    ordinal = _ORDINAL_LINE.match(text, start, stop)
    if ordinal and (name := clean(ordinal["stem"])):
        return _Mark(start, *ordinal.span("stem"), stop, name, True, True)
    if len(line) > 60 or re.search(r"[。；;！!]", line) or re.match(r"\d{1,2}[、.．]|[•●-]|[（(]\d", line):
        return None
    follows = _next_line(text, stop)
    repeated = follows is not None and len(line) >= 4 and text.startswith(line, follows)
    if (
        first
        or repeated
        or (ROLE.search(line) and len(line) <= 24 and "，" not in line and _list_follows(text, follows))
    ):
        name, organization = named(line)
        if name:
            at = text.find(name[:2], start, stop)
            body = follows + len(line) if repeated and follows is not None else stop
            return _Mark(start, max(at, start), stop, body, name, repeated, organization=organization)
    return None


def _is_name(stem: str) -> bool:
    """Whether X in X岗位职责 can be the name of a role: not 主要, nor a sentence (明确…)."""
    return not _NOT_A_STEM.match(stem) and not (_SENTENCE.match(stem) and not ROLE.search(stem))


def _opening(tail: str) -> SectionKind | None:
    """What the words behind a name announce: 岗位职责 duties, 任职要求 requirements, both or neither either."""
    duty = bool(re.search(r"职责|责任|职能|内容|任务", tail))
    requirement = bool(re.search(r"要求|资格|条件", tail))
    if duty and not requirement:
        return "duty"
    if requirement and not duty:
        return "requirement"
    return "either" if duty else None


def _begins_body(text: str, titled: re.Match[str], stop: int) -> bool:
    """Whether what follows X岗位职责 on the same line can be its text."""
    after = titled.end()
    if text[after : after + 1] in "：:":
        return True
    return bool(re.compile(r"\s*(?:\d{1,2}\s*[、.．]|[（(]?[一1][)）、.]|[•●◆【\[])").match(text, after, stop)) or any(
        text.startswith(word, after)
        for word in ("引言", "职位概述", "岗位概述", "概述", "前言", "主要职责", titled["stem"])
    )


def _next_line(text: str, stop: int) -> int | None:
    match = re.compile(r"\s*\n\s*(?=\S)").match(text, stop)
    return match.end() if match else None


def _list_follows(text: str, place: int | None) -> bool:
    """Whether a section heading or the first item of a list stands at `place`."""
    if place is None:
        return False
    if re.compile(r"[（(]?[1一①][)）、.．]|[•●◆①]|负责|\d\s?[、.]").match(text, place):
        return True
    if VERB.match(text, place) and "。" in text[place : place + 200].split("\n")[0]:
        return True
    head = re.compile(r"[【\[]?(?:[一二三四五1][、.])?\s*([^\s：:】\]（(]{2,12})").match(text, place)
    return bool(head and WORDS.get(head[1], "cut") not in ("cut", "field"))


def _nearest(text: str, marks: list[_Mark]) -> list[_Mark]:
    """For a wrapper whose first body line begins with a name and ends in a heading, that name is the title."""
    result: list[_Mark] = []
    for mark in marks:
        result.append(mark)
        if not mark.wrapper:
            continue
        follows = _next_line(text, mark.body)
        if follows is None or any(m.line == follows for m in marks):
            continue
        stop = text.find("\n", follows)
        line = text[follows : stop if stop >= 0 else len(text)]
        head = re.search(r"\s([^\s：:]{2,8})[：:]?\s*\Z", line)
        if len(line) <= 120 and head and head[1] in WORDS:
            first = line.split()[0]
            if ROLE.search(first) or DEPARTMENT.search(first):
                company = _COMPANY.search(line, len(first))
                result.append(
                    _Mark(
                        follows,
                        follows,
                        follows + len(first),
                        follows + head.start(),
                        clean(first),
                        organization=company[0] if company else None,
                    )
                )
    return result


def named(line: str) -> tuple[str, str | None]:
    """The role named by a title line, and the employer if the line names one.

    >>> named("诚聘仓库管理员薪资6000+包住")
    ('仓库管理员', None)
    """
    company = _COMPANY.search(line)
    if company and company.start() > 1 and " " in line:
        line = line.split()[0] if len(line.split()[0]) > 1 else line
    elif company and company.end() < len(line) - 2:
        line = line[company.end() :]
    return clean(line), company[0] if company else None


def clean(line: str) -> str:
    """The name in a title line: without ordinals, calls (诚聘), codes, pay, and 岗位职责 and the like at its end.

    >>> clean("第3篇 门店导购岗位职责范文(二)")
    '门店导购'
    """
    name = line.strip()
    leading = _LEADING.match(name)
    name = name[leading.end() :] if leading and leading.end() < len(name) else name
    name = _CALL.sub("", _CODE.sub("", name))
    lure = _LURE.search(name)
    if lure and lure.start() >= 2:
        name = name[: lure.start()]
    parts = re.split(r"\s*/\s*", name)
    if len(parts) > 1 and ROLE.search(parts[0]):
        name = "/".join(p for p in parts if p and not re.search(r"(?:岗位|岗|类|方向)\Z", p)) or name
    for _ in range(4):
        shorter = _ENDING.sub("", _TAILS.sub("", name)) if len(name) > 2 else name
        shorter = shorter.strip(" \t：:、，,.-—–|/》《")
        if not shorter or shorter == name:
            break
        name = shorter
    return name.strip()


def _split(text: str, mark: _Mark, end: int, alternatives: tuple[str, ...], name: str) -> list[Chapter]:
    """One chapter, or one for each role that the chapter lists by name."""
    repeated = _REPEATED.finditer(text, mark.body, end)
    roles = _series([m for m in repeated if m[1] not in WORDS and not text[m.start() - 1].isdigit()])
    if len(roles) < 2:
        labelled = [m for m in _LABELLED.finditer(text, mark.body, end) if text[m.start() - 1] in "\n。；; \t"]
        roles = _series([m for m in labelled if ROLE.search(m[1]) and not _NOT_A_STEM.match(m[1])])
        if len(roles) < 2 or len(roles) * 2 < len(_series(labelled)):
            roles = []
    before_titles = mark.line == mark.body == 0 and end < len(text)
    stop = roles[0].start() if roles else end
    base = _chapter(text, mark, mark.body, stop, alternatives, name, before_titles or bool(roles))
    if not roles:
        return [base]
    found = [base]
    for i, role in enumerate(roles):
        stop = roles[i + 1].start() if i + 1 < len(roles) else end
        body = role.end() - len(role[1]) if role.re is _REPEATED else role.end()
        title = clean(role[1])
        found.append(Chapter(title, (), kind_of(title), *role.span(1), body, stop))
    return found


def _series(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The matches that number 1, 2, 3…"""
    han = "一二三四五六七八九十"
    result: list[re.Match[str]] = []
    for match in matches:
        digits = re.split(r"[.、．]", match[0])[0]
        number = int(digits) if digits.isdigit() else han.find(digits) + 1
        if number == len(result) + 1:
            result.append(match)
    return result


def _chapter(
    text: str, mark: _Mark, start: int, end: int, alternatives: tuple[str, ...], name: str, prelude: bool
) -> Chapter:
    title, title_start, title_end = mark.name, mark.start, mark.end
    window = min(end, start + 400)
    defined = _DEFINED_HERE.match(text, start, window) or _DEFINED.search(text, start, window)
    subject = defined["name"].strip() if defined and _SUBJECT.fullmatch(defined["name"].strip()) else ""
    subject = next((subject[n:] for n in range(len(subject) - 2, 1, -1) if subject[:n] in WORDS), subject)
    if not title and subject:
        assert defined is not None
        title, title_start, title_end = clean(subject), defined.start("name"), defined.end("name")
    elif subject and subject != title and title.startswith(subject) and DEPARTMENT.search(subject):
        alternatives, title = (*alternatives, title), subject
    elif subject and subject != title and (subject in title or title in subject):
        alternatives = (*alternatives, clean(subject))
    title = title or clean(name)
    unique = tuple(dict.fromkeys(a for a in alternatives if a != title))
    return Chapter(
        title, unique, kind_of(title), title_start, title_end, start, end, mark.opening, mark.organization, prelude
    )


def kind_of(title: str) -> Literal["role", "department"]:
    """Whether a title names a department (…部, …中心) or a role."""
    return "department" if DEPARTMENT.search(re.sub(r"[（(].*?[)）]", "", title)) else "role"


def subjects(text: str, chapter: Chapter) -> tuple[str, ...]:
    """The names by which sentences of the chapter call it, longest first; none in most postings.

    Besides its titles, the title without what stands before it, where the text uses that alone: an employer's name.
    """
    base = re.sub(r"[（(].*?[)）]", "", chapter.title)
    names = {base, *chapter.alt_titles} - {""}
    if len(base) >= 4 and text.find(base[-4:], chapter.start, chapter.end) >= 0:
        for cut in range(1, len(base) - 3):
            short = base[cut:]
            place = text.find(short, chapter.start, chapter.end)
            while place >= 0:
                if text[place - 1] != base[cut - 1] and _PREDICATE.match(text, place + len(short), chapter.end):
                    names.add(short)
                    break
                place = text.find(short, place + 1, chapter.end)
            if short in names:
                break
    return tuple(
        sorted((n for n in names if text.find(n, chapter.start, chapter.end) >= 0), key=lambda n: (-len(n), n))
    )
