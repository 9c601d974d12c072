"""Where in a document the description of one role or department begins, and what it is called: its chapters.

A title is a line (or the beginning of one) of the form X岗位职责…, a line that names a role right above its items, a
field 岗位名称, or in articles a numbered name that the next sentence takes up as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from loaders.cues import one_of
from loaders.heading_evidence import FIELDS
from loaders.heading_words import WORDS, SectionKind
from loaders.names import (
    DEPARTMENT,
    NUMERAL,
    PERSON,
    bare,
    clean,
    kind_of,
)
from loaders.title_marks import NOT_A_STEM, Mark, marks_of, nearest


class House(NamedTuple):
    """A department, named in text[start:end]."""

    name: str
    start: int
    end: int


class Chapter(NamedTuple):
    """text[start:end] describes `title`, which stands at [title_start, title_end) (empty: taken from elsewhere).

    `opening` is the kind of section that the title itself announces (X岗位职责). A `prelude` stands before the titles
    or the roles of a document: what it does not put under a heading is said of nobody. `house` is the department
    whose document it is, in a role's chapter.
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
    house: House | None = None


_FORM_HEAD = 60
"""A title this close above a field 岗位名称 is the form's, not a role's."""
_DEFINITION = 400
"""A definition that gives a chapter its name stands within so many characters."""
_CALLED_BELOW = re.compile(
    r"(?:诚聘|招聘|招募|急聘)(?P<name>[\u4e00-\u9fffA-Za-z/]{2,16}?)\s?(?:\d{1,2}|若干|数|[一二三四五六七八九十])[名人位]"
)
"""The same within a notice: 我公司现诚聘导游若干名."""
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


_DOER = re.compile(
    r"[\n。；](?P<name>[\u4e00-\u9fff]{2,4}?(?:人员|团队|岗位|专员|师|员|人|(?<![分职手员化施加])工|管家|经理|主管|主任|助理|顾问|[店班站组厂]长))"
    r"(?=(?:主要|还|也|则|通常)?(?:需要|需|必须|应该|应当|应|要|负责|能够))"
)


def chapters(text: str, name: str) -> list[Chapter]:
    """The chapters of a document, in order; `name` is the title where the text gives none."""
    marks = nearest(text, marks_of(text))
    if marks and marks[0].field and _only_fields(text[: marks[0].line]):
        marks[0] = marks[0]._replace(line=0, body=0)
    if not marks or text[: marks[0].line].strip():
        own = marks[0].name if marks and marks[0].name in text[: marks[0].line] else ""
        marks.insert(0, Mark(0, 0, 0, 0, own))
    house = House(marks[0].name, marks[0].start, marks[0].end)
    found: list[Chapter] = []
    passed: list[Mark] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.line if following else len(text)
        above_form = following is not None and following.field and not mark.field and end - mark.body < _FORM_HEAD
        if above_form or not text[mark.body : end].strip():
            passed = [*passed, mark] if mark.wrapper else []
            continue
        related = (p.name for p in passed if p.ordinal or p.name in mark.name or mark.name in p.name)
        found += _split(text, mark, end, tuple(related), name)
        passed = []
    if found and kind_of(house.name) != "department":
        house = House(found[0].title, found[0].title_start, found[0].title_end)
    if house.start == house.end or len(house.name) < 3 or kind_of(house.name) != "department":
        return found
    return [chapter._replace(house=house) if chapter.kind == "role" else chapter for chapter in found]


def _only_fields(text: str) -> bool:
    """Whether each line is a labelled field of a form."""
    lines = [line for line in text.split("\n") if line.strip()]
    return all(
        colon and WORDS.get(label.strip()) in FIELDS for label, colon, _ in (line.partition("：") for line in lines)
    )


def _split(text: str, mark: Mark, end: int, alternatives: tuple[str, ...], name: str) -> list[Chapter]:
    """One chapter, or one for each role that the chapter lists by name."""
    roles = _series(m for m in _REPEATED.finditer(text, mark.body, end) if m[1] not in WORDS)
    if len(roles) < 2:
        labelled = [
            m for m in _LABELLED.finditer(text, mark.body, end) if m.start() == 0 or text[m.start() - 1] in "\n。；; \t"
        ]
        roles = _series(m for m in labelled if PERSON.search(m[1]) and not NOT_A_STEM.match(m[1]))
        if len(roles) < 2 or len(roles) * 2 < len(_series(labelled)):
            roles = _subjects_of_lines(text, mark.body, end)
    prelude = (bool(roles) and not mark.opening) or (mark.line == mark.body == 0 and end < len(text))
    found = [_chapter(text, mark, roles[0].start() if roles else end, alternatives, name, prelude)]
    for i, role in enumerate(roles):
        stop = roles[i + 1].start() if i + 1 < len(roles) else end
        body = role.end() - len(role[1]) if role.re is _REPEATED else role.end()
        body = role.start(1) if role.re is _SUBJECTS and text[body - 1] not in "：:" else body
        title = clean(role[1])
        opening: SectionKind | None = "either" if role.re is _SUBJECTS and body == role.end() else None
        found.append(Chapter(title, (), kind_of(title), *role.span(1), body, stop, opening))
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


def _chapter(text: str, mark: Mark, end: int, alternatives: tuple[str, ...], name: str, prelude: bool) -> Chapter:
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
    met = _employers(text)
    for cut in range(2, len(bare(title)) - 3):
        if any(title[:cut] + employer in text for employer in met):
            return (title[cut:],)
    return ()


@lru_cache(maxsize=2)
def _employers(text: str) -> tuple[str, ...]:
    """Which words for employers a text holds; it may have many chapters."""
    return tuple(employer for employer in _EMPLOYERS if employer in text)


def subjects(text: str, chapter: Chapter) -> tuple[str, ...]:
    """The names by which sentences of the chapter call it, longest first; none in most postings.

    Besides its titles, the end of the title where the text uses that alone, as the subject of a sentence.
    """
    base = bare(chapter.title)
    names = {base, *chapter.alt_titles} - {""}
    if len(base) >= 4 and text.find(base[-4:], chapter.start, chapter.end) >= 0:
        names |= {*_used_alone(text, chapter, base)}
    met = [name for name in names if text.find(name, chapter.start, chapter.end) >= 0]
    if met:
        met += _akin(text, chapter, base, met)
    return tuple(sorted(met, key=lambda name: (-len(name), name)))


def _akin(text: str, chapter: Chapter, base: str, met: list[str]) -> list[str]:
    """Those who do the work, in other words than the title's: 茶艺表演 → 茶艺团队, 首席茶艺师 → 茶艺师."""
    pairs = {base[i : i + 2] for i in range(len(base) - 1)}
    found = dict.fromkeys(match["name"] for match in _DOER.finditer(text, max(0, chapter.start - 1), chapter.end))
    return [name for name in found if name[:2] in pairs and name not in met]


def _used_alone(text: str, chapter: Chapter, base: str) -> tuple[str, ...]:
    for cut in range(1, len(base) - 3):
        short = base[cut:]
        place = text.find(short, chapter.start, chapter.end)
        while place >= 0:
            if text[place - 1] != base[cut - 1] and _PREDICATE.match(text, place + len(short), chapter.end):
                return (short,)
            place = text.find(short, place + 1, chapter.end)
    return ()
