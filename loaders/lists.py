"""Lists whose members share the noun that closes them: 功能、接口、兼容性测试 are three tests."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from graphmodel.relations import Method
from loaders.context import Hit

SEPARATORS = frozenset("、/和与及或")

_NOUN = 2
"""Characters of the noun."""

_LONGEST, _MEMBERS = 6, 8
"""Characters of a member, and how many are looked at."""

_MODIFIER = 3
"""Characters that stand before the noun in the last member: what is longer has an object of its own."""


def with_shared_noun(text: str, hits: list[Hit], labels: Mapping[str, tuple[tuple[str, Method], ...]]) -> list[Hit]:
    """Hits for the members of lists that are called by a label only with the end of the words that close the list.

    A member may have a verb before it (完成功能、兼容性测试); then it is the first. What has a name as it stands needs
    no noun.
    """
    found: list[Hit] = []
    closed = set()
    for hit in hits:
        start, end, clause = hit[3], hit[6], hit[10]
        if (
            text[start - 1] in SEPARATORS
            and not hit[9]
            and clause.start + 2 <= start
            and _NOUN < end - start <= _NOUN + _MODIFIER
            and text[end - 1] >= "\u4e00"
        ):
            closed.add((start, end, clause))
    if not closed:
        return found
    named = {place for hit in hits if hit[8] == "label" for place in range(hit[3] + 1, hit[6] + 1)}
    said = {(hit[3], hit[6], hit[4]) for hit in hits}
    for start, end, clause in sorted(closed, key=itemgetter(0, 1)):
        stop = start
        for _ in range(_MEMBERS):
            stop -= 1
            if stop <= clause.start or text[stop] not in SEPARATORS:
                break
            place = stop
            while place > clause.start and stop - place < _LONGEST and text[place - 1] not in SEPARATORS:
                place -= 1
            begin = place
            skills = None
            while stop - begin > 1 and not (skills := labels.get(text[begin:stop] + text[end - _NOUN : end])):
                begin += 1
            if not skills:
                if stop - place == _LONGEST:
                    break
                stop = place
                continue
            if stop not in named:
                size, pieces = begin - stop - _NOUN, ((begin, stop), (end - _NOUN, end))
                for skill, _ in skills:
                    if (start, end, skill) in said:
                        continue
                    number = len(hits) + len(found)
                    found.append(
                        (begin - stop, size, end - begin, begin, skill, number, end, begin, "pattern", pieces, clause)
                    )
            stop = begin
    return found
