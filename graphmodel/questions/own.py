"""What a person says of their own skills, in their own words -> skills of the taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from graphmodel.nodes import Skill
from graphmodel.questions.needs import skills_of
from graphmodel.store import View

_NEAREST = 5


class Unresolved(NamedTuple):
    """Words that name no skill of the store, and the names most like them, best first."""

    words: str
    nearest: tuple[str, ...]


class Own(NamedTuple):
    """The skills meant, by id, in that order; and what was not understood, as it was given."""

    skills: tuple[Skill, ...]
    unresolved: tuple[Unresolved, ...]


def own_skills(view: View, words: Iterable[str], read: Callable[[str], Iterable[str]] | None = None) -> Own:
    """Each of the words is a name, alternative name or id of a skill; of one name, all skills that have it are meant.

    `read` gives the ids of the skills in words that are no name: a sentence. Empty words are passed over.
    """
    ids: set[str] = set()
    unresolved = []
    for each in dict.fromkeys(word.strip() for word in words):
        if not each:
            continue
        matches = view.find(each, ("skill",), _NEAREST) if not each.startswith("skill:") else []
        found = {match.id for match in matches if match.score == 1}
        if each.startswith("skill:"):
            found = {node.id for node in view.nodes("skill", [each])}
        if not found and read is not None:
            found = set(read(each))
        ids |= found
        if not found:
            unresolved.append(Unresolved(each, tuple(dict.fromkeys(match.label for match in matches))))
    known = skills_of(view, ids)
    return Own(tuple(known[id] for id in sorted(known)), tuple(unresolved))
