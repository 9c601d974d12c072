"""Answers in plain values, the one shape of them in JSON."""

from __future__ import annotations

from typing import Any

from graphmodel.nodes import Skill
from graphmodel.questions.names import Named
from graphmodel.questions.needs import Need, Needed
from graphmodel.questions.own import Own
from graphmodel.store import Evidence


def named(node: Named) -> dict[str, Any]:
    """id, name, alt_names; of a skill also name_en, type, status."""
    plain: dict[str, Any] = {"id": node.id, "name": node.name, "alt_names": list(node.alt_names)}
    if isinstance(node, Skill):
        plain |= {"name_en": node.name_en, "type": node.type, "status": node.status}
    return plain


def own(one: Own) -> dict[str, Any]:
    """`own`: the skills that were understood; `unresolved`: the other words, with the nearest names."""
    return {
        "own": [named(skill) for skill in one.skills],
        "unresolved": [{"words": each.words, "nearest": list(each.nearest)} for each in one.unresolved],
    }


def needed(one: Needed) -> dict[str, Any]:
    """`skill`, and beside it what `need` gives."""
    return {"skill": named(one.skill), **need(one.need)}


def need(one: Need) -> dict[str, Any]:
    """postings, share, items, necessity, evidence."""
    return {**one._asdict(), "evidence": [evidence(place) for place in one.evidence]}


def evidence(place: Evidence) -> dict[str, Any]:
    """A place: the words with what stands before and after them in the item, and where it stands."""
    return {
        "item": place.item,
        "text": place.text,
        "before": place.text[: place.start],
        "words": place.words,
        "after": place.text[place.end :],
        "start": place.start,
        "end": place.end,
        "origin": place.origin,
        "posting": place.posting,
        "heading": place.heading,
        "line": place.line,
        "spans": [list(span) for span in place.spans],
        "method": place.method,
        "necessity": place.necessity,
        "level": place.level,
    }
