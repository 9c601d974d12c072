"""From all places where words of a skill stand to the skills that an item asks for: context, overlap, evidence.

- Context: a bare 认真 in a duty, 数据分析 before 部门, the purpose after 以确保 ask for nothing, nor do the members of
  a list of examples (钻床、磨床等设备的检修), nor characters that belong to two other words (开展|会谈 is no 展会).
- Overlap: of finds inside each other the greater object wins (用户数据 over 数据). Finds over the same words are both
  kept (沟通协调能力 is 沟通能力 and 协调能力), and so is another action on the same object (收集销售数据).
- Evidence: verb and object; in a list (分析A和B) only the member itself; neighbours of one skill are taken together,
  and a name of one letter is shown with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import Literal, NamedTuple

from graphmodel.nodes import SkillType, Span
from graphmodel.relations import Method
from loaders.clauses import Clause

Section = Literal["duty", "requirement"]

_LIST = re.compile(r"[、和与及跟或/]")
_HOLDER = re.compile(
    r"(?:相关|等|管理)?(?:部门|部(?![分署件位落队])|团队|小组|专员|经理|主管|总监|助理|工程师|师(?![资生傅范])|专家|同事|"
    r"岗位?|中心|负责人|从业者|公司|企业|人员|同学|员(?!工)|工(?![作程具艺资会业厂种时期地序单位件人商信程])|手(?![续册段机工法把里])|行业(?!经验|知识|背景|[、，,或]|相关|从业|领域|工作))"
)
"""What follows a skill where the words name people or a place and not the skill."""

_HOLDER_STARTS = frozenset("相等管部团小专经主总助工师同岗中负从公企人行员工手")

_EXAMPLE = re.compile(
    r"(?:[、/和与及或][^，,。；;：:（）()等]{1,10}?)*、?等(?:其[他它]|各[类种项]?|多[种个]|相关|外部|后勤|关键|主要|核心|所有|类|的)*"
    r"(?:设备|器[材具]|供应商|外包商?|合作方|人员|员工|部门|岗位|团队|客源|客户|[物材]料|物[品资]|税[费种]|商品|产品|指标|"
    r"[单票数]据|费用|信息|资料)"
)
"""What follows a member of a list of things: 钻床、磨床等设备的检修 asks for the upkeep and not for its examples."""

_LIST_GOES_ON = frozenset("、/和与及或等")

_DEGREE = re.compile(r"专业(?![化的能技知素水人精性])|学位|毕业")
_STUDY = re.compile(_DEGREE.pattern + "|知识|原理|理论|基础|背景")
_ABILITY = re.compile(r"能力|经验|技能|技巧|意识|精神|素质|素养")
_BEFORE_LETTER = re.compile(r"[A-Za-z+#.]+ ?[/、,，] ?\Z")
_AFTER_LETTER = re.compile(r" ?[/、,，] ?[A-Za-z+#.]+")
_LONGEST = 20
_new = tuple.__new__
"""A find is made in half the time without the signature of its class."""

_TEXT_ORDER = itemgetter(0, 1)

Hit = tuple[int, int, int, int, str, int, int, int, Method, tuple[Span, ...], Clause]
"""Words that may stand for a skill: object, size, spread, start, skill, number, end, head, method, pieces, clause.

They sort as they win. `object` and `size` are the lengths of the head, which is the object's piece, and of all pieces,
both negative: greater ones come first, then those of less `spread` from `start` to `end`. `number` counts the hits of
an item. The head starts at `head`. `pieces` are the words without what is between, empty if nothing is between. A
plain tuple, since there are many for each one that wins.
"""

_Piece = tuple[int, int, str, tuple[Span, ...]]
"""Words of a hit that was kept: where they start and end, the skill, and all the pieces of the hit."""


class Find(NamedTuple):
    """Words that stand for a skill. `size` is their length without what is between them, negative."""

    start: int
    end: int
    skill: str
    method: Method
    size: int
    clause: Clause


class Context(NamedTuple):
    """What deciding needs to know of the taxonomy: the type of each skill, which are subjects of study, and all words.

    `duty`, `requirement`, `degree` are the skills that do not always count: in a duty, in a requirement, and in a
    requirement that speaks of a degree.
    """

    types: Mapping[str, SkillType]
    subjects: Collection[str]
    duty: Collection[str]
    requirement: Collection[str]
    degree: Collection[str]
    words: Collection[str]


def context(types: Mapping[str, SkillType], subjects: frozenset[str], words: frozenset[str]) -> Context:
    duty = frozenset(skill for skill, kind in types.items() if kind in ("trait", "knowledge"))
    degree = frozenset(skill for skill, kind in types.items() if kind == "skill")
    return Context(types, subjects, duty | subjects, subjects, degree | subjects, words)


def settle(text: str, section: Section, hits: list[Hit], decoys: Collection[Span], context: Context) -> list[Find]:
    """One find a skill, ordered by start, end, skill. Sorts the hits."""
    if len(hits) > 1:
        hits.sort()
    kept, around = _winners(text, section, hits, decoys, context)
    furthest = max([piece[1] for piece in around], default=0)
    finds: dict[str, Find] = {}
    several: dict[str, list[Find]] = {}
    for _, size, _, start, skill, _, end, head, method, pieces, clause in kept:
        if not pieces:
            if size < -2 and end < furthest and _is_front(start, end, around):
                continue
        elif len(pieces) == 2 and _is_in_list(text, *pieces, head):
            start, end = pieces[0] if head == start else pieces[1]
        find = _new(Find, (start, end, skill, method, size, clause))
        if skill in finds:
            several.setdefault(skill, [finds[skill]]).append(find)
        else:
            finds[skill] = find
    for skill, of_skill in several.items():
        finds[skill] = _together(of_skill)
    settled = [find if find[1] - find[0] > 1 else _with_neighbour(text, find) for find in finds.values()]
    settled.sort()
    return settled


def _winners(
    text: str, section: Section, hits: list[Hit], decoys: Collection[Span], context: Context
) -> tuple[list[Hit], list[_Piece]]:
    """Of the sorted hits those that count where they stand and are no part of a greater one, and their pieces."""
    if section == "duty":
        careful, counts = context.duty, _counts_in_duty
    else:
        degree = "专业" in text or "学位" in text or "毕业" in text
        careful = context.degree if degree and _DEGREE.search(text) else context.requirement
        counts = _counts_in_requirement
    kept: list[Hit] = []
    around: list[_Piece] = []
    last = None
    length = len(text)
    for hit in hits:
        object, _, _, start, skill, _, end, head, _, pieces, clause = hit
        if clause.barred and (clause.benefit or (clause.purpose is not None and start >= clause.purpose)):
            continue
        if skill in careful and not counts(text, hit, context):
            continue
        if (
            (end < length and text[end] in _LIST_GOES_ON)
            and context.types[skill] == "skill"
            and _EXAMPLE.match(text, end)
        ):
            continue
        if end < length and text[end] in _HOLDER_STARTS and _HOLDER.match(text, end):
            continue
        stop = head - object
        this = start, end, skill, pieces
        # the same words may stand there as a label and as a pattern
        if (this == last and not pieces) or (decoys and (head, stop) in decoys):
            continue
        last = this
        for s, e, other, others in around:
            # the object is part of a greater object, and the verb is no action of its own
            if s <= head and stop <= e and s - e < object and other != skill and _is_inside(head, stop, pieces, others):
                break
        else:
            if not pieces and end - start < 5 and _is_cut(text, start, end, context.words):
                continue
            kept.append(hit)
            if pieces:
                around += [(s, e, skill, pieces) for s, e in pieces]
            else:
                around.append(this)
    return kept, around


def _is_cut(text: str, start: int, end: int, words: Collection[str]) -> bool:
    """Whether words are the pieces of two others: 展会 in 开展会谈, 培养基 in 培养基层, 对账 in 核对账目."""
    if end - start == 2:
        middle = start + 1
        return _begins(text, middle, end, words) and any(
            text[first:middle] in words for first in range(max(0, start - 3), start)
        )
    return text[start : end - 1] in words and _begins(text, end - 1, end, words)


def _begins(text: str, start: int, end: int, words: Collection[str]) -> bool:
    """Whether a word begins at `start` that goes on after `end`."""
    return any(text[start:stop] in words for stop in range(end + 1, min(end + 3, len(text)) + 1))


def _counts_in_duty(text: str, hit: Hit, context: Context) -> bool:
    _, size, _, _, skill, _, end, _, method, _, _ = hit
    if skill in context.subjects:
        return False
    if context.types[skill] == "trait":
        return _ABILITY.search(text, end - 2, end + 2) is not None
    return method != "label" or size < -3


def _counts_in_requirement(text: str, hit: Hit, context: Context) -> bool:
    """Of subjects, and in a text that speaks of a degree."""
    _, _, _, _, skill, _, end, _, _, _, clause = hit
    clause_end = clause.end if clause.end >= 0 else len(text)
    if skill in context.subjects:
        return _STUDY.search(text, clause.start, clause_end) is not None
    named = _DEGREE.search(text, clause.start, clause_end)
    # 供应链管理专业: before 专业 the name of a skill is the name of a subject
    return not named or end > named.start() or _ABILITY.search(text, end, end + 6) is not None


def _is_inside(head: int, stop: int, pieces: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether words, of which only the head is given if they stand together, are part of others.

    What has no pieces of its own stands together, and its head is all of it: then the head decides.
    """
    return not others or all(
        any(start <= s and e <= end for start, end in others) for s, e in pieces or ((head, stop),)
    )


def _is_front(start: int, end: int, around: list[_Piece]) -> bool:
    """Whether words are the front of others whose head lies further right: 产品销售 in 产品销售数据."""
    return bool([s for s, e, _, _ in around if start < s <= end - 2 and end < e])


def _with_neighbour(text: str, find: Find) -> Find:
    """A name of one letter is shown with its neighbour in the list: Python/R."""
    if find.end - find.start > 1:
        return find
    if before := _BEFORE_LETTER.search(text, 0, find.start):
        return _at(find, before.start(), find.end)
    after = _AFTER_LETTER.match(text, find.end)
    return _at(find, find.start, after.end()) if after else find


def _is_in_list(text: str, first: Span, second: Span, head: int) -> bool:
    """Whether the words between two pieces stand in a list (分析A和B): the hit says only its own member of it."""
    start, end = first if head == first[0] else second
    # 沟通、协调能力: two characters say too little without the noun that closes the list
    if end - start < 3 and _ABILITY.fullmatch(text, *second):
        return False
    return _LIST.search(text, first[1], second[0]) is not None


def _together(finds: list[Find]) -> Find:
    """The greatest run of a skill's finds that touch or are joined by one character, as one find."""
    finds.sort(key=_TEXT_ORDER)
    runs = finds[:1]
    for find in finds[1:]:
        last = runs[-1]
        start, end = last[0], max(find[1], last[1])
        if find[0] <= last[1] + 1 and end - start <= _LONGEST:
            runs[-1] = _at(find if find.size < last.size else last, start, end)
        else:
            runs.append(find)
    return runs[0] if len(runs) == 1 else min(runs, key=lambda run: run.size)


def _at(find: Find, start: int, end: int) -> Find:
    """The find, shown with other words."""
    if find[0] == start and find[1] == end:
        return find
    return _new(Find, (start, end, *find[2:]))
