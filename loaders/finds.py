"""From all places where words of a skill stand to the skills that an item asks for: context, overlap, evidence.

- Context: a bare 认真 in a duty, 数据分析 before 部门, the purpose after 以确保 ask for nothing.
- Overlap: of finds inside each other the greater object wins (用户数据 over 数据). Finds over the same words are both
  kept (沟通协调能力 is 沟通能力 and 协调能力), and so is another action on the same object (收集销售数据).
- Evidence: verb and object; in a list (分析A和B) only the member itself; neighbours of one skill are taken together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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

_DEGREE = re.compile(r"专业(?![化的能技知素水人精性])|学位|毕业")
_ABILITY = re.compile(r"能力|经验|技能|技巧|意识|精神|素质|素养")
_LONGEST = 20


class Find(NamedTuple):
    """Words that stand for a skill. `pieces` are the words without what is between; `head` is the object's piece."""

    skill: str
    start: int
    end: int
    method: Method
    pieces: tuple[Span, ...]
    head: Span
    clause: Clause


class Context(NamedTuple):
    """What deciding needs to know of the taxonomy: the type of each skill, and which are subjects of study."""

    types: Mapping[str, SkillType]
    subjects: Collection[str]


def settle(text: str, section: Section, found: Sequence[Find], decoys: Sequence[Span], context: Context) -> list[Find]:
    """One find a skill, ordered by start, end, skill."""
    ranked = sorted(
        (find for find in found if find.head not in decoys and _counts(text, section, find, context)),
        key=lambda f: (f.head[0] - f.head[1], -_size(f), f.end - f.start, f.start, f.skill, f.method),
    )
    kept: list[Find] = []
    for find in ranked:
        if not any(_covers(other, find) for other in kept):
            kept.append(find)
    by_skill: dict[str, list[Find]] = defaultdict(list)
    for find in kept:
        if not any(_crosses(other, find) for other in kept):
            by_skill[find.skill].append(_narrowed(text, find))
    return sorted(map(_together, by_skill.values()), key=lambda f: (f.start, f.end, f.skill))


def _counts(text: str, section: Section, find: Find, context: Context) -> bool:
    clause = find.clause
    if clause.benefit or (clause.purpose is not None and find.start >= clause.purpose):
        return False
    if _HOLDER.match(text, find.end):
        return False
    kind = context.types[find.skill]
    if section == "duty" and kind in ("trait", "knowledge"):
        if find.skill in context.subjects:
            return False
        able = _ABILITY.search(text, find.end - 2, find.end + 2)
        return bool(able) or (kind == "knowledge" and (find.method == "pattern" or _size(find) > 3))
    degree = _DEGREE.search(text, clause.start, clause.end if clause.end >= 0 else len(text))
    if find.skill in context.subjects:
        return degree is not None
    # 供应链管理专业: before 专业 the name of a skill is the name of a subject
    if degree and kind == "skill" and find.end <= degree.start():
        return bool(_ABILITY.search(text, find.end, find.end + 6))
    return True


def _size(find: Find) -> int:
    return sum(end - start for start, end in find.pieces)


def _inside(span: Span, pieces: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in pieces)


def _covers(other: Find, find: Find) -> bool:
    """Whether the object of a find is part of a greater object, and its verb is no action of its own."""
    start, end = find.head
    if not any(s <= start and end <= e and e - s > end - start for s, e in other.pieces):
        return False
    return len(other.pieces) == 1 or all(_inside(piece, other.pieces) for piece in find.pieces)


def _crosses(other: Find, find: Find) -> bool:
    """Whether a find is the front of words whose head lies further right: 产品销售 in 产品销售数据."""
    if len(find.pieces) > 1:
        return False
    return any(find.start < start <= find.end - 2 and find.end < end for start, end in other.pieces)


def _narrowed(text: str, find: Find) -> Find:
    """Where the words between stand in a list (分析A和B), a find says only its own member of it."""
    if len(find.pieces) != 2 or _ABILITY.fullmatch(text, *find.pieces[1]):
        return find
    if not _LIST.search(text, find.pieces[0][1], find.pieces[1][0]):
        return find
    return find._replace(start=find.head[0], end=find.head[1])


def _together(finds: list[Find]) -> Find:
    """The greatest run of a skill's finds that touch or are joined by one character, as one find."""
    runs: list[Find] = []
    for find in sorted(finds, key=lambda f: (f.start, f.end)):
        last = runs[-1] if runs else None
        if last and find.start <= last.end + 1 and max(find.end, last.end) - last.start <= _LONGEST:
            greater = find if _size(find) > _size(last) else last
            runs[-1] = greater._replace(start=last.start, end=max(find.end, last.end))
        else:
            runs.append(find)
    return max(runs, key=lambda f: (_size(f), -f.start))
