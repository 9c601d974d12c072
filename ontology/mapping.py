"""What each node and each edge of the graph says in RDF, as pairs of a predicate and an object in a format's syntax.

A stated edge is a direct triple, and each mention of it is a resource of its own (rg:Mention) that says where it is
stated and in which words. A derived edge is a direct triple, and a resource that holds its counts (rg:Need,
rg:Application). There are no blank nodes. A field that is empty is left out, and so is an alternative label that is
also the preferred one (SKOS S13).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, get_args

from graphmodel import nodes, relations
from graphmodel.errors import BadInput
from ontology.terms import CHINESE, ENGLISH, language
from ontology.writers.syntax import Pair, Writer

Quotes = Literal["none", "spans", "full"]
"""How much of what other people wrote is in an export: nothing but names, where it stands too, or all of it."""

_WORDS = {
    "Duty.text", "Requirement.text", "ItemMention.heading", "SkillMention.evidence", "DepartmentMention.evidence",
    "FactMention.evidence", "FactMention.definition", "FactMention.goal", "Note.message",
}  # fmt: skip
_PLACES = {"start", "end", "line", "spans"}
_LEFT_OUT: dict[str, set[str]] = {"none": _WORDS | _PLACES, "spans": _WORDS, "full": set()}

CLASSES: dict[type, tuple[str, ...]] = {
    nodes.Role: ("Role", "skos:Concept"),
    nodes.Duty: ("Duty",),
    nodes.Requirement: ("Requirement",),
    nodes.Skill: ("skos:Concept",),
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
"""The classes of what our values stand for. SKOS is said outright, for tools that do not reason; what else a skill is
depends on its status.
"""

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

_BESIDES = (
    "rdf:type", "note", "essentialSkill", "optionalSkill", "skos:inScheme", "skos:topConceptOf", "skos:hasTopConcept",
    "skos:narrower", "skos:hiddenLabel", "skos:notation", "owl:deprecated", "dct:isReplacedBy", "prov:wasQuotedFrom",
)  # fmt: skip
ALL_PROPERTIES = tuple(sorted({*_BESIDES, *PROPERTIES.values(), *(name for name, _ in FIELDS.values())}))
ALL_CLASSES = tuple(
    sorted({"CandidateSkill", "Skill", "skos:ConceptScheme", *(name for names in CLASSES.values() for name in names)})
)
"""All names of an export: with what ontology.subjects says besides what is mapped here."""


def need_id(edge: relations.Needs) -> str:
    """Made from what the edge joins, so that the order of (source, target) is that of the ids."""
    return f"need:{edge.source.replace(':', '-', 1)}-{edge.target.partition(':')[2]}"


def application_id(edge: relations.Applied) -> str:
    """As need_id, for the order of (target, source)."""
    return f"application:{edge.target.partition(':')[2]}-{edge.source.partition(':')[2]}"


def note_id(document: str, number: int) -> str:
    """The notes of a document count from 1."""
    return f"note:{document.partition(':')[2]}-{number}"


_SHORT = 12
"""Texts with fewer characters come again and again: codes, levels, the words of skills."""

_Step = tuple[str, int, Callable[[Any], str], str]
"""A predicate, the place of a field and the form of its value; or instead of a place -1, and an object."""


class Mapping:
    """What our values say, in the syntax of one writer, with as much of other people's words as `quotes` says.

    Raises BadInput for `quotes` that are none.
    """

    def __init__(self, writer: Writer, quotes: str = "full") -> None:
        if quotes not in get_args(Quotes):
            raise BadInput(f"{quotes!r} is no way to quote.", f"Choose one of: {', '.join(get_args(Quotes))}.")
        self._writer = writer
        short = lru_cache(maxsize=4096)(writer.text)
        self._forms: dict[str, Callable[[Any], str]] = {
            "boolean": writer.boolean,
            "chinese": lambda value: writer.text(value, CHINESE),
            "decimal": writer.decimal,
            "english": lambda value: writer.text(value, ENGLISH),
            "integer": writer.integer,
            "iri": writer.link,
            "name": lambda value: writer.text(value, language(value)),
            "relation": {name: writer.term(property) for name, property in PROPERTIES.items()}.__getitem__,
            "span": lambda value: writer.text(f"char={value[0]},{value[1]}"),
            "text": lambda value: short(value) if len(value) < _SHORT else writer.text(value),
            "thing": writer.thing,
        }
        self._left_out = _LEFT_OUT[quotes]
        self._plans: dict[type[Any], list[_Step]] = {}
        self._preferred, self._alternative = writer.property("skos:prefLabel"), writer.property("skos:altLabel")

    def _plan(self, cls: type[Any]) -> list[_Step]:
        property = self._writer.property
        plan: list[_Step] = [(property("rdf:type"), -1, str, self._writer.term(name)) for name in CLASSES[cls]]
        for i, field in enumerate(cls._fields):
            full = f"{cls.__name__}.{field}"
            if field not in ("id", "notes") and not {field, full} & self._left_out:
                name, form = FIELDS.get(full) or FIELDS[field]
                plan.append((property(name), i, self._forms[form], ""))
        return sorted(plan, key=lambda step: (step[0], step[3]))

    def statements(self, value: nodes.Node | nodes.Note | relations.Edge) -> list[Pair]:
        """What a node, a note or an edge says of itself, by predicate; the notes of a document are things of their own.

        The objects of one predicate are in no order yet.
        """
        cls: Any = type(value)
        plan = self._plans.get(cls)
        if plan is None:
            plan = self._plans[cls] = self._plan(cls)
        pairs: list[Pair] = []
        for predicate, i, form, object in plan:
            if i < 0:
                pairs.append((predicate, object))
                continue
            found = value[i]
            if found is None or found == "":
                continue
            if type(found) is tuple:
                pairs += [(predicate, form(one)) for one in dict.fromkeys(found)]
            else:
                pairs.append((predicate, form(found)))
        if cls in _LABELLED:
            preferred = {label for predicate, label in pairs if predicate == self._preferred}
            pairs = [pair for pair in pairs if pair[0] != self._alternative or pair[1] not in preferred]
        return pairs


_LABELLED = (nodes.Role, nodes.Skill, nodes.Department, nodes.Indicator)
