"""SQLite: our values as rows, and rows as our values."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from graphmodel.errors import BadInput
from graphmodel.nodes import NODE_TYPES, Node, Note, Requirement, Span
from graphmodel.relations import (
    ITEM_RELATIONS,
    DepartmentMention,
    FactMention,
    ItemMention,
    Mention,
    Necessity,
    Needs,
    SkillMention,
)
from graphmodel.stores.sqlite_schema import RELATION_NUMBERS

_TEXT_FIELD = {"duty": "text", "requirement": "text", "document": "origin", "posting": ""}
_COMPUTED = ("id", "repeats")
_OFFSET = 1 << 63
SMALLEST, LARGEST = -_OFFSET, _OFFSET - 1
"""The bounds of `number`."""

IN = "IN (SELECT value FROM json_each(?))"
"""A condition over any number of values, given as one parameter by `as_json`."""

Row = tuple[Any, ...]

TABLES = {"REQUIRES": ("words", "item"), "INVOLVES": ("words", "item")}
TABLES |= {"BROADER": ("link", "source"), "RELATED": ("link", "source")}
"""Where a stated relation stands, and the column of its sources: else in `stated`, in `source`."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # one, since json.dumps makes one a call


def as_json(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def first_column(db: sqlite3.Connection, sql: str, values: Iterable[int] | Iterable[str]) -> set[Any]:
    """The first column of what a statement gives whose one parameter are these values."""
    return {row[0] for row in db.execute(sql, [as_json(values)])}


def number(id: str) -> int:
    """The 16 hex digits of an id as a signed number of 64 bits, in the same order.

    >>> number("mention:0000000000000000"), number("mention:ffffffffffffffff")
    (-9223372036854775808, 9223372036854775807)
    """
    return int(id[-16:], 16) - _OFFSET


def mention_of(number: int) -> str:
    """The inverse of `number`, for mentions."""
    return f"mention:{number + _OFFSET:016x}"


def posting_of(rank: int) -> str:
    """The inverse of `number`, for postings."""
    return f"posting:{rank + _OFFSET:016x}"


def text_field(kind: str) -> str:
    """The property that stands in the column `name`, or for items `text`; empty for postings."""
    return _TEXT_FIELD.get(kind, "name")


@lru_cache
def _others(kind: str) -> tuple[tuple[str, Any], ...]:
    """The properties that stand in `props`, with what they are if not given there."""
    cls: Any = NODE_TYPES[kind]
    out = (*_COMPUTED, text_field(kind))
    return tuple((name, cls._field_defaults.get(name)) for name in cls._fields if name not in out)


def props(kind: str, node: Node) -> str | None:
    """What is not said by id and name or text, as JSON; None if all of it is as by default."""
    return _requirement_props(*node[2:]) if isinstance(node, Requirement) else _props(kind, node)


@lru_cache(maxsize=8192)  # they are most of all properties, and few are different
def _requirement_props(*values: Any) -> str | None:
    return _props("requirement", Requirement("", "", *values))


def _props(kind: str, node: Node) -> str | None:
    values = {name: value for name, default in _others(kind) if (value := getattr(node, name)) != default}
    return _encode(values) if values else None


_new: Any = tuple.__new__  # without the signature of its class a node or mention is made in half the time


def node_of(kind: str, id: str, text: str | None, props: str | None, repeats: str | None) -> Node:
    return node_maker(kind)((id, text, props, repeats))


@lru_cache
def node_maker(kind: str) -> Callable[[Row], Node]:
    """What makes the nodes of a kind from (id, name or text, props, repeats)."""
    cls: Any = NODE_TYPES[kind]
    field = text_field(kind)
    rest = tuple(cls._field_defaults.get(name) for name in cls._fields[2:])

    def made(row: Row) -> Node:
        id, text, props, repeats = row
        if props is None and repeats is None and field:
            plain: Node = _new(cls, (id, text, *rest))
            return plain
        values: dict[str, Any] = {"id": id}
        if field:
            values[field] = text
        if props is not None:
            for name, value in json.loads(props).items():
                if name == "notes":
                    value = tuple(Note(*note) for note in value)
                values[name] = tuple(value) if isinstance(value, list) else value
        if repeats is not None:
            values["repeats"] = repeats
        node: Node = cls(**values)
        return node

    return made


_REPEATS = {
    "document": """SELECT f.id FROM document d JOIN document e ON e.content = d.content JOIN node f ON f.n = e.n
        WHERE d.n = n.n AND e.origin < d.origin ORDER BY e.origin LIMIT 1""",
    "posting": """SELECT f.id FROM posting p JOIN posting q ON q.fingerprint = p.fingerprint AND q.fingerprint <> ''
        AND q.counted = 1 JOIN node f ON f.n = q.n WHERE p.n = n.n AND NOT p.counted""",
}


def repeats(kind: str) -> str:
    """The SQL expression of the id of what a document or posting repeats, over a row `n` of the table node."""
    return f"({_REPEATS.get(kind, 'NULL')})"


def expression(kind: str, field: str) -> str:
    """The SQL expression of a property, over a row `n` of the table node. Raises BadInput for an unknown property."""
    if field == "id":
        return "n.id"
    if field == text_field(kind):
        return "n.text" if kind in ("duty", "requirement") else "n.name"
    if field == "repeats" and kind in _REPEATS:
        return repeats(kind)
    for name, default in _others(kind):
        if name == field:
            value = f"json_extract(n.props, '$.{field}')"
            return value if default in (None, ()) else f"coalesce({value}, {_literal(default)})"
    raise BadInput(f"A {kind} has no property {field!r}.", "Known are: " + ", ".join(NODE_TYPES[kind]._fields) + ".")


def _literal(value: str | float | bool) -> str:
    return f"'{value}'" if isinstance(value, str) else str(int(value) if isinstance(value, bool) else value)


def as_parameter(value: Any) -> Any:
    """A property as it is compared with `expression`."""
    if isinstance(value, tuple | list):
        return _encode(value) if value else None
    return value


def spans_text(spans: Iterable[Span]) -> str:
    """Spans as text.

    >>> spans_text([(3, 9), (12, 15)]), spans_of("3-9,12-15")
    ('3-9,12-15', ((3, 9), (12, 15)))
    """
    return ",".join([f"{start}-{end}" for start, end in spans])


def spans_of(text: str) -> tuple[Span, ...]:
    """The inverse of `spans_text`."""
    if not text:
        return ()
    return tuple((int(start), int(end)) for start, end in (span.split("-") for span in text.split(",")))


def stated_row(mention: ItemMention | FactMention, numbers: Mapping[str, int]) -> Row:
    """A row of the table stated. `numbers`: those of its ends and its posting."""
    if isinstance(mention, ItemMention):
        said, required = mention.heading, mention.necessity == "required"
        definition = goal = None
    else:
        said, required = mention.evidence, None
        definition, goal = mention.definition, mention.goal
    return (
        numbers[mention.posting],
        RELATION_NUMBERS[mention.relation],
        numbers[mention.source],
        numbers[mention.target],
        number(mention.id),
        mention.line,
        spans_text(mention.spans),
        said,
        required,
        definition,
        goal,
    )


def words_row(mention: SkillMention | DepartmentMention, target: int) -> Row:
    """A row of the table words, without its item."""
    if isinstance(mention, SkillMention):
        extra: Row = (mention.method, mention.confidence, mention.necessity == "required", mention.level)
    else:
        extra = (mention.how, None, None, None)
    relation = RELATION_NUMBERS[mention.relation]
    return (relation, target, mention.start, mention.end, number(mention.id), mention.evidence, *extra)


STATED = "m.id, a.id, b.id, p.id, m.line, m.spans, m.said, m.required, m.definition, m.goal"
WORDS = 'm.id, a.id, b.id, m.start, m."end", m.evidence, m.how, m.confidence, m.required, m.level'
"""The columns that `mention_maker` takes; a and b are source and target, p the posting."""


def mention_maker(relation: str) -> Callable[[Row], Mention]:
    """What makes the mentions of a relation from rows: chosen once, since there are many."""
    if relation in ITEM_RELATIONS:
        section = "duty" if relation == "HAS_DUTY" else "requirement"

        def made(row: Row) -> Mention:
            number, source, target, posting, line, spans, heading, required, _, _ = row
            id, places = mention_of(number), spans_of(spans)
            of = "required" if required else "preferred"
            item: Mention = _new(
                ItemMention, (id, relation, source, target, posting, section, heading, line, places, of)
            )
            return item

        return made
    if relation == "REQUIRES":
        return _skill_mention
    if relation == "INVOLVES":
        return _department_mention

    def fact(row: Row) -> Mention:
        number, source, target, posting, line, spans, words, _, definition, goal = row
        id, places = mention_of(number), spans_of(spans)
        return FactMention(id, relation, source, target, posting, words, line, places, definition, goal)

    return fact


def _skill_mention(row: Row) -> Mention:
    number, source, target, start, end, evidence, how, confidence, required, level = row
    of = "required" if required else "preferred"
    mention: Mention = _new(
        SkillMention,
        (mention_of(number), source, target, evidence, start, end, how, confidence, of, level, "REQUIRES"),
    )
    return mention


def _department_mention(row: Row) -> Mention:
    number, source, target, start, end, evidence, how, _, _, _ = row
    return DepartmentMention(mention_of(number), source, target, evidence, start, end, how)


def needs(row: Row) -> Needs:
    source, target, postings, share, items, required = row
    return Needs(source, target, postings, share, items, necessity(required))


def necessity(required: int) -> Necessity:
    return "required" if required else "preferred"
