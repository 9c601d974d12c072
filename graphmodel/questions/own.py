"""What a person says of their own skills, in their own words -> skills of the taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from graphmodel.identity import kind_of
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

    `read` gives the ids of the skills in words that are no name: a sentence; ids that the store lacks are no skills
    of it. Empty words are passed over.
    """
    known: dict[str, Skill] = {}
    unresolved = []
    for each in dict.fromkeys(word.strip() for word in words):
        if not each:
            continue
        nearest: list[str] = []
        if kind_of(each) == "skill":
            found = skills_of(view, [each])
        else:
            matches = view.find(each, ("skill",), _NEAREST)
            found = skills_of(view, [match.id for match in matches if match.score == 1])
            nearest = [match.label for match in matches]
            if not found and read is not None:
                found = skills_of(view, set(read(each)))
        known |= found
        if not found:
            unresolved.append(Unresolved(each, tuple(dict.fromkeys(nearest))))
    return Own(tuple(known[id] for id in sorted(known)), tuple(unresolved))
