"""From all places where words of a skill stand to the skills that an item asks for: context, overlap, evidence.

- Context: what the words around say against it (loaders.context).
- Overlap: of finds inside each other the greater object wins (用户数据 over 数据), and of a skill and its broader one
  over the same words the narrower; a label wins over a pattern of another skill over its words. Other finds over the
  same words are both kept (沟通协调能力 is 沟通能力 and 协调能力), and so is another action on the same object
  (收集销售数据), but not what only modifies it (促销 in 核对促销资料).
- Evidence: verb and object; in a list (分析A和B) only the member itself; neighbours of one skill are taken together,
  and a name of one letter is shown with its neighbour. What more of the phrase a reader is shown: loaders.evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import NamedTuple

from graphmodel.nodes import SkillType, Span
from graphmodel.relations import Method
from loaders.clauses import Clause
from loaders.context import (
    ABILITY,
    HOLDER_STARTS,
    LIST_GOES_ON,
    Context,
    Hit,
    Section,
    beside,
    careful,
    is_beneficiary,
    is_cut,
    is_example,
    is_pupil,
    names_holder,
)

_LIST = re.compile(r"[、和与及跟或/]")
_BEFORE_LETTER = re.compile(r"(?<![A-Za-z+#.])[A-Za-z+#.]+ ?[/、,，] ?\Z")
_AFTER_LETTER = re.compile(r" ?[/、,，] ?[A-Za-z+#.]+")
_LONGEST = 20
_new = tuple.__new__
"""A find is made in half the time without the signature of its class."""

_TEXT_ORDER = itemgetter(0, 1)

_Piece = tuple[int, int, str, tuple[Span, ...]]
"""Words of a hit that was kept: where they start and end, the skill, and all the pieces of the hit."""

_Around = dict[int, list[_Piece]]
"""The pieces by each cell of the text that they stand in: what covers a character is in its cell.

So an item of a million characters costs no more for each of its hits than a short one.
"""

_HOLDING = ("skill", "knowledge")
"""The types of skills whose words hold no other: a trait's may close a list of them (规划、数据分析和沟通能力)."""

_CELL = 8
"""Characters in a cell, as a power of two."""

_NEAR = 40
"""Characters before a name in which its neighbour in a list begins."""


class Find(NamedTuple):
    """Words that stand for a skill. `size` is their length without what is between them, negative.

    `verb` is where the first of them stands, which is before `start` where they share a list with others.
    """

    start: int
    end: int
    skill: str
    method: Method
    size: int
    clause: Clause
    verb: int


def settle(text: str, section: Section, hits: list[Hit], decoys: Collection[Span], context: Context) -> list[Find]:
    """One find a skill, ordered by start, end, skill. Sorts the hits."""
    if len(hits) > 1:
        hits.sort()
    kept, around = _winners(text, section, hits, decoys, context)
    furthest = max([hit[6] for hit in kept], default=0)
    types = context.types
    found: list[Find] = []
    for _, size, _, start, skill, _, end, head, method, pieces, clause in kept:
        verb = start
        if not pieces:
            if end < furthest and (near := around.get(end >> _CELL)):
                if size < -2:
                    if _is_front(start, end, near):
                        continue
                elif types[skill] == "skill" and _is_modifier(start, end, near):
                    continue
        elif len(pieces) == 2 and _is_in_list(text, *pieces, head):
            start, end = pieces[0] if head == start else pieces[1]
        found.append(_new(Find, (start, end, skill, method, size, clause, verb)))
    finds: dict[str, Find] = {}
    several: dict[str, list[Find]] = {}
    for find in _meant(text, found, context):
        skill = find[2]
        if skill in finds:
            several.setdefault(skill, [finds[skill]]).append(find)
        else:
            finds[skill] = find
    for skill, of_skill in several.items():
        finds[skill] = _together(of_skill)
    settled = [find if find[1] - find[0] > 1 else _with_neighbour(text, find) for find in finds.values()]
    settled.sort()
    reach = 0
    for find in settled:
        if find[0] < reach:
            return _without_inner(settled, types)
        reach = find[1]
    return settled


def _winners(
    text: str, section: Section, hits: list[Hit], decoys: Collection[Span], context: Context
) -> tuple[list[Hit], _Around]:
    """Of the sorted hits those that count where they stand and are no part of a greater one, and their pieces."""
    conditional, counts = careful(text, section, context)
    kept: list[Hit] = []
    around: _Around = defaultdict(list)
    barred = frozenset(decoys) if decoys else ()
    types = context.types
    last = None
    length = len(text)
    near = around[0]
    is_long = length > 1 << _CELL
    listed = "等" in text
    given = section == "duty" and "为" in text
    taught = "培训" in text
    colleagues = beside(text) if section == "duty" else None
    for hit in hits:
        object, size, _, start, skill, _, end, head, _, pieces, clause = hit
        if clause.barred and (clause.benefit or (clause.purpose is not None and start >= clause.purpose)):
            continue
        if skill in conditional and not counts(text, hit, context):
            continue
        if given and types[skill] == "skill" and is_beneficiary(text, clause, start, end):
            continue
        if taught and text.startswith("培训", end - 2) and is_pupil(text, clause, end):
            continue
        if colleagues and size >= -4 and start in colleagues and end - 1 in colleagues:
            continue
        if end < length:
            follower = text[end]
            if follower in HOLDER_STARTS and names_holder(text, end):
                continue
            if listed and follower in LIST_GOES_ON and types[skill] == "skill" and is_example(text, end, size):
                continue
        stop = head - object
        this = start, end, skill, pieces
        # the same words may stand there as a label and as a pattern
        if (this == last and not pieces) or (barred and (head, stop) in barred):
            continue
        last = this
        if is_long:
            near = around[head >> _CELL]
        for s, e, other, others in near:
            # the object is part of a greater object, and the verb is no action of its own
            if s <= head and stop <= e and s - e < object and other != skill and _is_inside(head, stop, pieces, others):
                break
        else:
            if not pieces and end - start < 5 and is_cut(text, start, end, context):
                continue
            kept.append(hit)
            if is_long:
                for s, e in pieces or ((start, end),):
                    for cell in range(s >> _CELL, (e - 1 >> _CELL) + 1):
                        around[cell].append((s, e, skill, pieces))
            elif pieces:
                near += [(s, e, skill, pieces) for s, e in pieces]
            else:
                near.append(this)
    return kept, around


def _is_inside(head: int, stop: int, pieces: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether words, of which only the head is given if they stand together, are part of others.

    What has no pieces of its own stands together, and its head is all of it: then the head decides.
    """
    return not others or all(
        any(start <= s and e <= end for start, end in others) for s, e in pieces or ((head, stop),)
    )


def _is_front(start: int, end: int, near: list[_Piece]) -> bool:
    """Whether words are the front of others whose head lies further right: 产品销售 in 产品销售数据."""
    for s, e, _, _ in near:  # noqa: SIM110 - a generator takes longer than the few pieces
        if start < s <= end - 2 and end < e:
            return True
    return False


def _is_modifier(start: int, end: int, near: list[_Piece]) -> bool:
    """Whether words only say which object a verb before them has: 促销 in 核对促销资料."""
    for s, _, _, pieces in near:
        if s == end and len(pieces) > 1 and pieces[-1][0] == s and pieces[-2][1] <= start:
            return True
    return False


def _without_inner(finds: list[Find], types: Mapping[str, SkillType]) -> list[Find]:
    """The finds without skills whose words are only a part of the words of another: 采购 in 防范采购风险."""
    furthest = 0
    for start, end, *_ in finds:
        if start < furthest:
            break
        furthest = end
    else:
        return finds
    kept = []
    furthest = due = 0
    last = (0, 0)
    for find in sorted(finds, key=_widest_first):
        if find[:2] != last:
            last, furthest = find[:2], due
        if find[1] > furthest or types[find[2]] != "skill":
            kept.append(find)
        if types[find[2]] in _HOLDING and find[1] > due:
            due = find[1]
    kept.sort()
    return kept


def _widest_first(find: Find) -> Span:
    return find[0], -find[1]


def _meant(text: str, finds: list[Find], context: Context) -> list[Find]:
    """The finds without those over whose words another skill is found that is meant rather.

    It is narrower, or is called by these words, or they say more of its name: 收集信息 is 信息收集.
    An ability (沟通协调能力) may be several, and so may a list (定性和定量分析).
    """
    if len(finds) < 2 or len({find[:2] for find in finds}) == len(finds):
        return finds
    broader, types = context.broader, context.types
    places: dict[Span, list[Find]] = {}
    for find in finds:
        places.setdefault((find[0], find[1]), []).append(find)
    out = set()
    for (start, end), here in places.items():
        if len(here) < 2:
            continue
        called = set() if ABILITY.search(text, end - 2, end) else {find[2] for find in here if find[3] == "label"}
        for start, _, skill, _, _, _, verb in here:
            by_rule = called and skill not in called and verb == start
            if by_rule or any(skill in broader.get(other[2], ()) for other in here):
                out.add((start, end, skill))
        rest = [find[2] for find in here if find[:3] not in out and types[find[2]] == "skill"]
        if len(rest) > 1 and not _LIST.search(text, start, end) and not ABILITY.search(text, end - 2, end):
            shares = [_share(context.names[skill], text, start, end) for skill in rest]
            most = max(shares)
            out.update((start, end, skill) for skill, share in zip(rest, shares, strict=True) if share < most)
    return [find for find in finds if find[:3] not in out] if out else finds


def _share(name: str, text: str, start: int, end: int) -> float:
    """How much of a name the words text[start:end] say."""
    words = text[start:end]
    return sum(letter in words for letter in name) / len(name)


def _with_neighbour(text: str, find: Find) -> Find:
    """A name of one letter is shown with its neighbour in the list: Python/R."""
    if before := _BEFORE_LETTER.search(text, max(0, find.start - _NEAR), find.start):
        return _at(find, before.start(), find.end)
    after = _AFTER_LETTER.match(text, find.end)
    return _at(find, find.start, after.end()) if after else find


def _is_in_list(text: str, first: Span, second: Span, head: int) -> bool:
    """Whether the words between two pieces stand in a list (分析A和B): the hit says only its own member of it."""
    start, end = first if head == first[0] else second
    # 沟通、协调能力: two characters say too little without the noun that closes the list
    if end - start < 3 and ABILITY.fullmatch(text, *second):
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
