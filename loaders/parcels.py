"""Readings -> bytes and back, to cross from one process to another.

Pickle spends as long on the readings as a third of what making them takes. Here what several documents share is
packed once, a skill of the taxonomy as its id, and everything else as plain tuples, by marshal: both ends are of one
program.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from graphmodel.errors import BadInput
from graphmodel.graph import Graph, Reading
from graphmodel.nodes import Department, Document, Duty, Indicator, Note, Posting, Requirement, Role, Skill
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, SkillMention
from loaders.lexicon import Lexicon
from loaders.tables.row import Failure

_TYPES: tuple[Any, ...] = (
    Role, Duty, Requirement, Skill, Department, Indicator, Posting, ItemMention, SkillMention, DepartmentMention,
    FactMention,
)  # fmt: skip
_NUMBER = {cls: number for number, cls in enumerate(_TYPES)}
_make = tuple.__new__
_ID = itemgetter(0)  # of all of them


def pack(outcomes: Sequence[Reading | Failure], lexicon: Lexicon) -> bytes:
    """What became of some documents that were read with the lexicon."""
    skills = lexicon.skills
    places: dict[int, int] = {}
    values: list[Any] = []

    def place(value: Any) -> int:  # all values live as long as the outcomes, so no two have one id()
        found = places.get(id(value))
        if found is None:
            found = places[id(value)] = len(values)
            known = type(value) is Skill and skills.get(value.id) == value
            values.append(value.id if known else (_NUMBER[type(value)], tuple(value)))
        return found

    packed: list[Any] = []
    for each in outcomes:
        if isinstance(each, Failure):
            packed.append((each.origin, *_told(each.error)))
            continue
        document, text, graph, reader, taxonomy = each
        nodes = [place(node) for node in graph.nodes.values() if node is not document]
        mentions = [place(mention) for mention in graph.mentions.values()]
        notes = [tuple(note) for note in document.notes]
        packed.append((tuple(document._replace(notes=())), notes, text, nodes, mentions, reader, taxonomy))
    return marshal.dumps((values, packed))


def unpack(data: bytes, lexicon: Lexicon) -> list[Reading | Failure]:
    """The inverse of `pack`."""
    skills = lexicon.skills
    outcomes: list[Reading | Failure] = []
    values, packed = marshal.loads(data)
    made = [skills[value] if isinstance(value, str) else _make(_TYPES[value[0]], value[1]) for value in values]
    for each in packed:
        if len(each) == 3:
            origin, problem, remedy = each
            outcomes.append(Failure(origin, BadInput(problem, remedy)))
            continue
        fields, notes, text, nodes, mentions, reader, taxonomy = each
        document = Document(*fields)._replace(notes=tuple(Note(*note) for note in notes))
        graph = Graph(_by_id(made, nodes, {document.id: document}), _by_id(made, mentions, {}))
        outcomes.append(Reading(document, text, graph, reader, taxonomy))
    return outcomes


def _by_id(made: Sequence[Any], places: Sequence[int], found: dict[str, Any]) -> dict[str, Any]:
    values = [made[place] for place in places]
    found.update(zip(map(_ID, values), values, strict=True))
    return found


def pack_lines(outcomes: Sequence[str | Failure], _: Lexicon) -> bytes:
    """The same for what is printed of each document."""
    return marshal.dumps([each if isinstance(each, str) else (each.origin, *_told(each.error)) for each in outcomes])


def unpack_lines(data: bytes, _: Lexicon) -> list[str | Failure]:
    """The inverse of `pack_lines`."""
    return [each if isinstance(each, str) else Failure(each[0], BadInput(*each[1:])) for each in marshal.loads(data)]


def _told(error: BadInput) -> tuple[str, str]:
    return error.problem, error.remedy
