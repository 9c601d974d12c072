"""What each node and each edge of the graph says in RDF, as (predicate, object) pairs in N-Triples syntax.

A stated edge is a direct triple, and each mention of it is a resource of its own (rg:Mention) that says where it is
stated and in which words. A derived edge is a direct triple, and a resource that holds its counts (rg:Need,
rg:Application). There are no blank nodes. A field that is empty is left out, and so is an alternative label that is
also the preferred one (SKOS S13).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from graphmodel import nodes, relations
from graphmodel.identity import digest
from ontology.terms import CHINESE, ENGLISH, Pair, boolean, decimal, integer, iri, name, term, text

CLASSES: dict[type, tuple[str, ...]] = {
    nodes.Role: ("Role", "skos:Concept"),
    nodes.Duty: ("Duty",),
    nodes.Requirement: ("Requirement",),
    nodes.Skill: ("Skill", "skos:Concept"),
    nodes.Department: ("Department",),
    nodes.Indicator: ("Indicator",),
    nodes.Posting: ("Posting",),
    nodes.Document: ("Document",),
    nodes.Note: ("Note",),
    relations.ItemMention: ("Mention",),
    relations.SkillMention: ("Mention",),
    relations.DepartmentMention: ("Mention",),
    relations.FactMention: ("Mention",),
    relations.Needs: ("Need",),
    relations.Applied: ("Application",),
}
"""The classes of what our values stand for. SKOS is said outright, for tools that do not reason."""

PROPERTIES: dict[str, str] = {
    "DESCRIBES": "describes",
    "HAS_DUTY": "hasDuty",
    "HAS_REQUIREMENT": "hasRequirement",
    "REQUIRES": "requires",
    "INVOLVES": "involves",
    "BELONGS_TO": "belongsTo",
    "REPORTS_TO": "reportsTo",
    "PART_OF": "partOf",
    "LEADS_TO": "leadsTo",
    "MEASURED_BY": "measuredBy",
    "BROADER": "skos:broader",
    "RELATED": "skos:related",
    "NEEDS": "needs",
    "APPLIED_IN": "appliedIn",
}
"""The property of each relation."""

FIELDS: dict[str, tuple[str, str]] = {
    "alt_names": ("skos:altLabel", "name"),
    "alt_names_en": ("skos:altLabel", "english"),
    "certificates": ("certificate", "text"),
    "close_match": ("skos:closeMatch", "iri"),
    "code": ("code", "text"),
    "confidence": ("confidence", "decimal"),
    "content": ("content", "text"),
    "definition": ("definition", "text"),
    "described": ("described", "boolean"),
    "document": ("document", "thing"),
    "education": ("education", "text"),
    "end": ("end", "integer"),
    "evidence": ("evidence", "text"),
    "exact_match": ("skos:exactMatch", "iri"),
    "experience_field": ("experienceField", "text"),
    "fingerprint": ("fingerprint", "text"),
    "goal": ("goal", "text"),
    "heading": ("heading", "text"),
    "how": ("how", "text"),
    "involved": ("involved", "integer"),
    "items": ("items", "integer"),
    "kind": ("kind", "text"),
    "languages": ("language", "text"),
    "level": ("level", "text"),
    "line": ("line", "integer"),
    "majors": ("major", "text"),
    "media_type": ("mediaType", "text"),
    "message": ("message", "text"),
    "method": ("method", "text"),
    "min_years": ("minYears", "decimal"),
    "name": ("skos:prefLabel", "name"),
    "name_en": ("skos:prefLabel", "english"),
    "necessity": ("necessity", "text"),
    "number": ("number", "integer"),
    "organization": ("organization", "text"),
    "origin": ("origin", "text"),
    "own": ("own", "integer"),
    "place": ("place", "text"),
    "posting": ("posting", "thing"),
    "postings": ("postings", "integer"),
    "relation": ("relation", "relation"),
    "repeats": ("repeats", "thing"),
    "section": ("section", "text"),
    "share": ("share", "decimal"),
    "source": ("source", "thing"),
    "spans": ("span", "span"),
    "start": ("start", "integer"),
    "status": ("status", "text"),
    "target": ("target", "thing"),
    "text": ("skos:prefLabel", "chinese"),
    "title": ("title", "name"),
    "Requirement.type": ("requirementType", "text"),
    "Skill.definition": ("skos:definition", "chinese"),
    "Skill.type": ("skillType", "text"),
}
"""A field of our values, or of one class of them -> its property, and the form in which its value is written.

The id is not among them, since it is the subject; nor are a document's notes, which are things of their own. A tuple
is several values.
"""

_FORMS: dict[str, Callable[[Any, str], str]] = {
    "boolean": lambda value, base: boolean(value),
    "chinese": lambda value, base: text(value, CHINESE),
    "decimal": lambda value, base: decimal(value),
    "english": lambda value, base: text(value, ENGLISH),
    "integer": lambda value, base: integer(value),
    "iri": lambda value, base: f"<{value}>",
    "name": lambda value, base: name(value),
    "relation": lambda value, base: term(PROPERTIES[value]),
    "span": lambda value, base: text(f"char={value[0]},{value[1]}"),
    "text": lambda value, base: text(value),
    "thing": lambda value, base: iri(value, base),
}
_TYPE, _PREFERRED, _ALTERNATIVE = term("rdf:type"), term("skos:prefLabel"), term("skos:altLabel")


def note_id(document: str, note: nodes.Note) -> str:
    """A note belongs to one document: its places are places in that document's text."""
    return "note:" + digest("note", document, *map(str, note))


def need_id(edge: relations.Needs) -> str:
    """Made from what the edge joins, as the id of a mention is; the counts may change."""
    return "need:" + digest("need", edge.source, edge.target)


def application_id(edge: relations.Applied) -> str:
    """As need_id."""
    return "application:" + digest("application", edge.source, edge.target)


@cache
def _plan(cls: type[Any]) -> tuple[list[Pair], list[tuple[int, str, Callable[[Any, str], str]]]]:
    """The types of a class of values, and of each field its place, its predicate and how it is written."""
    written = []
    for i, field in enumerate(cls._fields):
        if field not in ("id", "notes"):
            property, form = FIELDS.get(f"{cls.__name__}.{field}") or FIELDS[field]
            written.append((i, term(property), _FORMS[form]))
    return [(_TYPE, term(name)) for name in CLASSES[cls]], written


def statements(value: nodes.Node | nodes.Note | relations.Edge, base: str) -> list[Pair]:
    """What a node, a note or a mention says of itself; the notes of a document are things of their own."""
    cls: Any = type(value)
    types, fields = _plan(cls)
    pairs = list(types)
    for i, predicate, write in fields:
        found = value[i]
        if type(found) is tuple:
            pairs += [(predicate, write(one, base)) for one in found]
        elif found is not None and found != "":
            pairs.append((predicate, write(found, base)))
    preferred = {label for predicate, label in pairs if predicate == _PREFERRED}
    return [pair for pair in pairs if pair[0] != _ALTERNATIVE or pair[1] not in preferred]
