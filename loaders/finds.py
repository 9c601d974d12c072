"""From all places where words of a skill stand to the skills that an item asks for: context, overlap, evidence.

- Context: a bare 认真 in a duty, 数据分析 before 部门, the purpose after 以确保 ask for nothing.
- Overlap: of finds inside each other the greater object wins (用户数据 over 数据). Finds over the same words are both
  kept (沟通协调能力 is 沟通能力 and 协调能力), and so is another action on the same object (收集销售数据).
- Evidence: verb and object; in a list (分析A和B) only the member itself; neighbours of one skill are taken together,
  and a name of one letter is shown with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import Literal, NamedTuple

from graphmodel.nodes import SkillType, Span
from graphmodel.relations import Method
from loaders.clauses import Clause

Section = Literal["duty", "requirement"]

_LIST = re.compile(r"[、和与及跟或/]")
_HOLDER = re.compile(
    r"(?:相关|等|管理)?(?:部门|部(?![分署件位落队])|团队|小组|专员|经理|主管|总监|助理|工程师|师(?![资生傅范])|专家|同事|"
    r"岗位?|中心|负责人|从业者|公司|企业|人员|行业(?!经验|知识|背景|[、，,或]|相关|从业|领域|工作))"
)
"""What follows a skill where the words name people or a place and not the skill."""

_HOLDER_STARTS = frozenset("相等管部团小专经主总助工师同岗中负从公企人行")

_DEGREE = re.compile(r"专业(?![化的能技知素水人精性])|学位|毕业")
_STUDY = re.compile(_DEGREE.pattern + "|知识|原理|理论|基础|背景")
_ABILITY = re.compile(r"能力|经验|技能|技巧|意识|精神|素质|素养")
_BEFORE_LETTER = re.compile(r"[A-Za-z+#.]+ ?[/、,，] ?\Z")
_AFTER_LETTER = re.compile(r" ?[/、,，] ?[A-Za-z+#.]+")
_LONGEST = 20
_new = tuple.__new__
"""A find is made in half the time without the signature of its class, and many are for each that wins."""

_RANK = attrgetter("rank")
_ENDS = attrgetter("start", "end")
_PLACE = attrgetter("start", "end", "skill")


class Find(NamedTuple):
    """Words that stand for a skill. `pieces` are the words without what is between; `head` is the object's piece.

    `rank` puts greater objects first, then more words, then words closer together.
    """

    skill: str
    start: int
    end: int
    method: Method
    pieces: tuple[Span, ...]
    head: Span
    clause: Clause
    rank: tuple[int, int, int, int, str]


def of_words(skill: str, start: int, end: int, method: Method, clause: Clause) -> Find:
    """A find whose words stand together."""
    span = (start, end)
    size = end - start
    return _new(Find, (skill, start, end, method, (span,), span, clause, (-size, -size, size, start, skill)))


def of_pattern(skill: str, pieces: tuple[Span, ...], head: Span, clause: Clause) -> Find:
    """A find of words that stand apart."""
    start, end = pieces[0][0], pieces[-1][1]
    size = 0
    for s, e in pieces:
        size += e - s
    rank = (head[0] - head[1], -size, end - start, start, skill)
    return _new(Find, (skill, start, end, "pattern", pieces, head, clause, rank))


class Context(NamedTuple):
    """What deciding needs to know of the taxonomy: the type of each skill, and which are subjects of study."""

    types: Mapping[str, SkillType]
    subjects: Collection[str]


def settle(
    text: str, section: Section, found: Iterable[Find], decoys: Collection[Span], context: Context
) -> list[Find]:
    """One find a skill, ordered by start, end, skill."""
    degree = _DEGREE.search(text) is not None
    ranked = [find for find in found if _counts(text, section, find, context, degree) and find.head not in decoys]
    if len(ranked) < 2:
        return [_with_neighbour(text, _narrowed(text, find) if len(find.pieces) == 2 else find) for find in ranked]
    ranked.sort(key=_RANK)
    kept: list[Find] = []
    around: list[tuple[int, int, Find]] = []
    last = None
    for find in ranked:
        same = find.rank == last and len(find.pieces) == 1  # the same words as a label and as a pattern
        if not same and not _is_covered(find, around):
            kept.append(find)
            for start, end in find.pieces:
                around.append((start, end, find))
        last = find.rank
    by_skill: dict[str, list[Find]] = {}
    for find in kept:
        if len(find.pieces) == 2:
            find = _narrowed(text, find)
        elif len(find.pieces) == 1 and _is_front(find, around):
            continue
        by_skill.setdefault(find.skill, []).append(find)
    settled = [finds[0] if len(finds) == 1 else _together(finds) for finds in by_skill.values()]
    return sorted((_with_neighbour(text, find) for find in settled), key=_PLACE)


def _counts(text: str, section: Section, find: Find, context: Context, degree: bool) -> bool:
    """Whether the words mean the skill where they stand; `degree` tells whether the text speaks of one."""
    clause = find.clause
    if clause.benefit or (clause.purpose is not None and find.start >= clause.purpose):
        return False
    kind = context.types[find.skill]
    subject = find.skill in context.subjects
    if section == "duty":
        if subject:
            return False
        if kind == "trait" and not _ABILITY.search(text, find.end - 2, find.end + 2):
            return False
        if kind == "knowledge" and find.method == "label" and find.rank[1] >= -3:
            return False
    elif subject or (kind == "skill" and degree):
        clause_end = clause.end if clause.end >= 0 else len(text)
        if subject and not _STUDY.search(text, clause.start, clause_end):
            return False
        named = None if subject else _DEGREE.search(text, clause.start, clause_end)
        # 供应链管理专业: before 专业 the name of a skill is the name of a subject
        if named and find.end <= named.start() and not _ABILITY.search(text, find.end, find.end + 6):
            return False
    return text[find.end : find.end + 1] not in _HOLDER_STARTS or not _HOLDER.match(text, find.end)


def _inside(span: Span, pieces: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in pieces)


def _is_covered(find: Find, around: list[tuple[int, int, Find]]) -> bool:
    """Whether the object of a find is part of a greater object, and its verb is no action of its own.

    `around` are the pieces of the greater finds, each with its find.
    """
    start, end = find.head
    for s, e, other in around:
        if s > start or end > e or e - s <= end - start or other.skill == find.skill:
            continue
        if len(other.pieces) == 1 or all(_inside(piece, other.pieces) for piece in find.pieces):
            return True
    return False


def _is_front(find: Find, around: list[tuple[int, int, Find]]) -> bool:
    """Whether a find is the front of words whose head lies further right: 产品销售 in 产品销售数据."""
    start, end = find.start, find.end
    if end - start > 2:
        for s, e, _ in around:
            if start < s <= end - 2 and end < e:
                return True
    return False


def _with_neighbour(text: str, find: Find) -> Find:
    """A name of one letter is shown with its neighbour in the list: Python/R."""
    if find.end - find.start > 1:
        return find
    if before := _BEFORE_LETTER.search(text, 0, find.start):
        return _at(find, before.start(), find.end)
    after = _AFTER_LETTER.match(text, find.end)
    return _at(find, find.start, after.end()) if after else find


def _narrowed(text: str, find: Find) -> Find:
    """Where the words between two pieces stand in a list (分析A和B), a find says only its own member of it."""
    # 沟通、协调能力: two characters say too little without the noun that closes the list
    if find.head[1] - find.head[0] < 3 and _ABILITY.fullmatch(text, *find.pieces[1]):
        return find
    if not _LIST.search(text, find.pieces[0][1], find.pieces[1][0]):
        return find
    return _at(find, *find.head)


def _together(finds: list[Find]) -> Find:
    """The greatest run of a skill's finds that touch or are joined by one character, as one find."""
    runs: list[Find] = []
    for find in sorted(finds, key=_ENDS):
        last = runs[-1] if runs else None
        if last and find.start <= last.end + 1 and max(find.end, last.end) - last.start <= _LONGEST:
            greater = find if find.rank[1] < last.rank[1] else last
            runs[-1] = _at(greater, last.start, max(find.end, last.end))
        else:
            runs.append(find)
    return runs[0] if len(runs) == 1 else min(runs, key=lambda f: f.rank[1])


def _at(find: Find, start: int, end: int) -> Find:
    """The find, shown with other words."""
    if find.start == start and find.end == end:
        return find
    return _new(Find, (find.skill, start, end, find.method, find.pieces, find.head, find.clause, find.rank))
