"""What a dump says of a subject -> the value of ours that says it: ontology.mapping, backwards.

What an order in a document decides and RDF does not keep is found again: spans stand in order of their starts, majors,
certificates and languages in that of the requirement's text, and a decimal that was cut at six places is the fraction
with the smallest numbers that gives the same places.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from graphmodel.errors import BadInput
from graphmodel.identity import (
    candidate_id,
    department_id,
    document_id,
    duty_id,
    indicator_id,
    kind_of,
    mention_id,
    requirement_id,
    role_id,
)
from graphmodel.nodes import NODE_TYPES, Node, Note, Requirement, Skill, Span
from graphmodel.relations import RELATIONS, DepartmentMention, FactMention, ItemMention, Mention, SkillMention
from ontology.importing.said import Said
from ontology.mapping import FIELDS, PROPERTIES
from ontology.terms import ENGLISH, decimal

_ENGLISH = f"@{ENGLISH}"
_NAMES = {property: name for name, property in PROPERTIES.items()}
_SEVERAL = {
    "alt_names", "alt_names_en", "certificates", "close_match", "exact_match", "languages", "majors", "spans"
}  # fmt: skip
_MAY_BE_EMPTY = {"message", "title", "media_type"}
_IN_TEXT = ("majors", "certificates", "languages")
_MADE_FROM: dict[str, Callable[[str], str]] = {
    "role": role_id,
    "duty": duty_id,
    "requirement": requirement_id,
    "department": department_id,
    "indicator": indicator_id,
}


class Wrong(BadInput):
    """What is said of a subject cannot be. `subject` is an id, `property` a name as ontology.importing.said has it."""

    def __init__(self, subject: str, property: str, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.subject = subject
        self.property = property


CHANGED = "The dump was changed, or it is a part of one: import the whole dump as it was written."


def node(id: str, said: Said) -> Node:
    """A node; a document is without its notes. Raises Wrong, also for an id that is not made from what is said."""
    kind = kind_of(id)
    if kind not in NODE_TYPES:
        raise Wrong(id, "", f"{id} is no node", CHANGED)
    made: Any = _value(NODE_TYPES[kind], id, said)
    if isinstance(made, Requirement):
        majors, certificates, languages = (_as_in(made.text, getattr(made, field)) for field in _IN_TEXT)
        made = made._replace(majors=majors, certificates=certificates, languages=languages)
    spelled = _MADE_FROM.get(kind)
    if spelled is not None:
        labels = (made.text,) if kind in ("duty", "requirement") else _names(made)
        if id not in map(spelled, labels):
            raise Wrong(id, "skos:prefLabel", f"the id of {id} is not made from {labels[0]!r}", CHANGED)
    elif kind == "document" and document_id(made.origin) != id:
        raise Wrong(id, "origin", f"the id of {id} is not made from {made.origin!r}", CHANGED)
    elif isinstance(made, Skill) and made.status == "candidate" and id not in map(candidate_id, _names(made)):
        raise Wrong(id, "skos:prefLabel", f"the id of {id} is not made from {made.name!r}", CHANGED)
    result: Node = made
    return result


def _names(made: Any) -> tuple[str, ...]:
    return (made.name, *made.alt_names)


def note(id: str, said: Said) -> Note:
    made: Note = _value(Note, id, said)
    return made


def mention(id: str, said: Said) -> Mention:
    """A mention. Raises Wrong, also for an id that is not made from what is said."""
    relation = _relation(id, said)
    cls: Any = RELATIONS[relation].edge
    if cls not in (ItemMention, SkillMention, DepartmentMention, FactMention):
        raise Wrong(id, "relation", f"{relation} has no mentions", CHANGED)
    made: Any = _value(cls, id, said)
    if isinstance(made, (SkillMention, DepartmentMention)):
        posting, place = "", f"{made.start}-{made.end}"
    else:
        posting, place = made.posting, str(made.spans[0][0] if made.spans else 0)
    if id != mention_id(relation, made.source, made.target, posting, place):
        made = _in_another_order(made)
    result: Mention = made
    return result


def _in_another_order(made: Any) -> Mention:
    """The mention whose first span gives its id; the others stay in order."""
    for first in getattr(made, "spans", ()):
        if made.id == mention_id(made.relation, made.source, made.target, made.posting, str(first[0])):
            rest = tuple(span for span in made.spans if span != first)
            result: Mention = made._replace(spans=(first, *rest))
            return result
    raise Wrong(made.id, "", f"the id of {made.id} is not made from what it joins and where that stands", CHANGED)


def _relation(id: str, said: Said) -> str:
    found = said.get("relation", [])
    if len(found) != 1 or found[0] not in _NAMES:
        raise Wrong(id, "relation", f"{id} says no relation", CHANGED)
    return _NAMES[found[0]]


def _value(cls: Any, id: str, said: Said) -> Any:
    """A value of a class of ours, with the fields that ontology.mapping writes."""
    values: list[Any] = []
    for field in cls._fields:
        if field == "id":
            values.append(id)
        elif field == "notes":
            values.append(())
        else:
            values.append(_field(cls, field, id, said))
    return cls(*values)


def _field(cls: Any, field: str, id: str, said: Said) -> Any:
    property, form = FIELDS.get(f"{cls.__name__}.{field}") or FIELDS[field]
    objects = said.get(property, [])
    if form == "english":
        objects = [one for one in objects if one.endswith(_ENGLISH)]
    elif form in ("name", "chinese"):
        objects = [one for one in objects if not one.endswith(_ENGLISH)]
    found = [_parsed(form, one, id, property) for one in objects]
    if field in _SEVERAL:
        return tuple(sorted(found))
    if len(found) > 1:
        raise Wrong(id, property, f"{id} has {len(found)} values of {property}, where there is one", CHANGED)
    if found:
        allowed = _allowed(cls).get(field)
        if allowed and found[0] not in allowed:
            known = ", ".join(sorted(allowed))
            raise Wrong(id, property, f"{property} of {id} is {found[0]!r}, which is none of {known}", CHANGED)
        return found[0]
    if field in cls._field_defaults:
        return cls._field_defaults[field]
    if field in _MAY_BE_EMPTY:
        return ""
    if field == "heading":
        return None
    raise Wrong(id, property, f"{id} has no {property}", CHANGED)


@cache
def _allowed(cls: Any) -> dict[str, frozenset[str]]:
    """The values of the fields that can have but a few."""
    found = {}
    for field, hint in get_type_hints(cls).items():
        values = [one for part in (hint, *get_args(hint)) if get_origin(part) is Literal for one in get_args(part)]
        if values:
            found[field] = frozenset(values)
    return found


def _parsed(form: str, value: str, id: str, property: str) -> Any:
    try:
        return _PARSE[form](value)
    except (ValueError, KeyError, IndexError):
        raise Wrong(id, property, f"{property} of {id} is {value}, which is no {_CALLED[form]}", CHANGED) from None


def _boolean(value: str) -> bool:
    return {"true": True, "false": False}[value]


def _integer(value: str) -> int:
    return int(value) if value.removeprefix("-").isdigit() else _no(value)


def _number(value: str) -> float:
    exact = float(value) if not value.startswith('"') else _no(value)
    if len(value.partition(".")[2]) < 6:
        return exact
    fraction = Fraction(value).limit_denominator(1_000)
    near = fraction.numerator / fraction.denominator
    return near if decimal(near) == value else exact


def _iri(value: str) -> str:
    return value[1:-1] if value.startswith("<") else _no(value)


def _span(value: str) -> Span:
    start, end = _text(value).removeprefix("char=").split(",")
    return int(start), int(end)


def _text(value: str) -> str:
    return (
        value[1 : value.rindex('"')] if value.startswith('"') and "^^" not in value[value.rindex('"') :] else _no(value)
    )


def _thing(value: str) -> str:
    return value if ":" in value and value[0] not in '<"' else _no(value)


def _no(value: str) -> Any:
    raise ValueError(value)


_PARSE: dict[str, Callable[[str], Any]] = {
    "boolean": _boolean, "chinese": _text, "decimal": _number, "english": _text, "integer": _integer, "iri": _iri,
    "name": _text, "relation": _NAMES.__getitem__, "span": _span, "text": _text, "thing": _thing,
}  # fmt: skip
_CALLED = {
    "boolean": "xsd:boolean", "chinese": "text", "decimal": "xsd:decimal", "english": "text", "integer": "xsd:integer",
    "iri": "IRI", "name": "text", "relation": "relation", "span": "span (char=3,9)", "text": "text",
    "thing": "thing of this dump",
}  # fmt: skip


def _as_in(text: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values in the order in which a text names them; a shorter one is not sought in a longer one."""
    if len(values) < 2:
        return values
    places: dict[str, int] = {}
    left = text
    for value in sorted(values, key=lambda value: (-len(value), value)):
        at = left.find(value)
        if at >= 0:
            left = left[:at] + "\0" * len(value) + left[at + len(value) :]
        else:
            at = text.find(value)
        places[value] = at if at >= 0 else len(text)
    return tuple(sorted(values, key=lambda value: (places[value], value)))
