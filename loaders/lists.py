"""Lists whose members share the noun that closes them: 功能、接口、兼容性测试 are three tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphmodel.relations import Method
from loaders.clauses import Clause
from loaders.context import Hit

SEPARATORS = frozenset("、/和与及或")

_NOUN = 2
"""Characters of the noun."""

_LONGEST, _MEMBERS = 6, 8
"""Characters of a member, and how many are looked at."""

_MODIFIER = 3
"""Characters that stand before the noun in the last member: what is longer has an object of its own."""


Closing = tuple[int, int, Clause]
"""Where a label starts and ends that stands behind a separator, and its clause."""


def closes_list(text: str, start: int, end: int) -> bool:
    """Whether a label text[start:end] may end in a noun that others before it share."""
    return _NOUN < end - start <= _NOUN + _MODIFIER and start > 1 and text[start - 1] in SEPARATORS


def with_shared_noun(
    text: str, hits: list[Hit], closing: list[Closing], labels: Mapping[str, tuple[tuple[str, Method], ...]]
) -> list[Hit]:
    """Hits for the members of lists that are called by a label only with the end of the words that close the list.

    A member may have a verb before it (完成功能、兼容性测试); then it is the first. What has a name as it stands needs
    no noun.
    """
    members = [(*member, close) for close in closing for member in _members(text, *close, labels)]
    if not members:
        return []
    found: list[Hit] = []
    named = {place for hit in hits if hit[8] == "label" for place in range(hit[3] + 1, hit[6] + 1)}
    said = {(hit[3], hit[6], hit[4]) for hit in hits}
    for begin, stop, skills, (start, end, clause) in members:
        if stop in named:
            continue
        size, pieces = begin - stop - _NOUN, ((begin, stop), (end - _NOUN, end))
        for skill, _ in skills:
            if (start, end, skill) not in said:
                number = len(hits) + len(found)
                found.append(
                    (begin - stop, size, end - begin, begin, skill, number, end, begin, "pattern", pieces, clause)
                )
    return found


def _members(
    text: str, start: int, end: int, clause: Clause, labels: Mapping[str, tuple[tuple[str, Method], ...]]
) -> Iterator[tuple[int, int, tuple[tuple[str, Method], ...]]]:
    """The members before text[start:end] that make a label with its last characters, and whose it is; nearest first."""
    noun = text[end - _NOUN : end]
    if noun[-1] < "\u4e00":
        return
    stop = start
    for _ in range(_MEMBERS):
        stop -= 1
        if stop <= clause.start or text[stop] not in SEPARATORS:
            return
        place = stop
        while place > clause.start and stop - place < _LONGEST and text[place - 1] not in SEPARATORS:
            place -= 1
        begin = place
        skills = None
        while stop - begin > 1 and not (skills := labels.get(text[begin:stop] + noun)):
            begin += 1
        if skills:
            yield begin, stop, skills
            stop = begin
        elif stop - place == _LONGEST:
            return
        else:
            stop = place
