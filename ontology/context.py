"""The JSON-LD context of an export: short English keys for what ontology.mapping says.

With it the @id of a thing is its id in the store (`role:…`, as in GraphQL and in our Turtle), links are plain strings,
names are maps from a language to a text, and what may be several is always a list. A decimal is a string, since a
JSON number would be read as an xsd:double. A key is the name of its property without prefix, but for `KEYS`.

`python -m ontology.context` prints the context with the default base, which is context.jsonld.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, get_origin, get_type_hints

from ontology.mapping import ALL_CLASSES, CLASSES, FIELDS, PROPERTIES
from ontology.terms import BASE, DATA_KINDS, NAMESPACES

KEYS = {
    "certificate": "certificates",
    "dct:isReplacedBy": "replacedBy",
    "definition": "statedDefinition",
    "document": "inDocument",
    "language": "languages",
    "major": "majors",
    "note": "notes",
    "posting": "inPosting",
    "prov:wasQuotedFrom": "quotedFrom",
    "rdf:type": "type",
    "skos:altLabel": "altNames",
    "skos:prefLabel": "name",
    "span": "spans",
}
"""The keys that are not the local name of their property: since GraphQL has another, since two properties have the same
(definition), or since it is the prefix of the IRIs of a kind of thing (document, note, posting).
"""

OTHERS = {
    "dct:isReplacedBy": "thing",
    "essentialSkill": "things",
    "note": "things",
    "optionalSkill": "things",
    "owl:deprecated": "boolean",
    "prov:wasQuotedFrom": "thing",
    "skos:hasTopConcept": "things",
    "skos:hiddenLabel": "names",
    "skos:inScheme": "things",
    "skos:narrower": "things",
    "skos:notation": "text",
    "skos:topConceptOf": "things",
}
"""The forms of the properties that are of no field and no relation, as in `forms`."""

VIA, DESCRIBED_BY = "via", "describedBy"
"""The keys that only framed JSON-LD writes: what says how one thing leads to another, which is the inverse of
rg:target, and the postings of a role, the inverse of rg:describes.
"""

_SEVERAL = {"iri": "things", "name": "names", "english": "names", "chinese": "names", "span": "texts", "text": "texts"}
_ONE = {"iri": "thing", "name": "name", "english": "name", "chinese": "name", "span": "text"}
_DEFINITIONS: dict[str, dict[str, Any]] = {
    "boolean": {"@type": "xsd:boolean"},
    "decimal": {"@type": "xsd:decimal"},
    "integer": {"@type": "xsd:integer"},
    "name": {"@container": "@language"},
    "names": {"@container": ["@language", "@set"]},
    "relation": {"@type": "@vocab"},
    "text": {},
    "texts": {"@container": "@set"},
    "thing": {"@type": "@id"},
    "things": {"@type": "@id", "@container": "@set"},
}


def key(name: str) -> str:
    """The key of a property or class.

    >>> key("hasDuty"), key("skos:prefLabel"), key("skos:broader")
    ('hasDuty', 'name', 'broader')
    """
    return KEYS.get(name) or name.rpartition(":")[2]


@cache
def forms() -> dict[str, str]:
    """How the values of each property of an export are written: one (thing, text, name, relation, integer, decimal,
    boolean) or a list (things, texts, names); a name has a language.
    """
    found = dict(OTHERS)
    for relation in PROPERTIES.values():
        found[relation] = "things"
    for name, form, several in _fields():
        form = (_SEVERAL if several else _ONE).get(form, form)
        if found.setdefault(name, form) != form:
            raise ValueError(f"{name} is written as {found[name]} and as {form}")
    return dict(sorted(found.items()))


def _fields() -> Iterator[tuple[str, str, bool]]:
    """Each field's property, its form, and whether it is a tuple."""
    for cls in CLASSES:
        for field, hint in get_type_hints(cls).items():
            if field not in ("id", "notes"):
                yield (*(FIELDS.get(f"{cls.__name__}.{field}") or FIELDS[field]), get_origin(hint) is tuple)


def context(base: str = BASE) -> dict[str, Any]:
    """The context for things under a base IRI: the value of @context."""
    terms: dict[str, Any] = {"id": "@id", "type": {"@id": "@type", "@container": "@set"}}
    for prefix, namespace in sorted(NAMESPACES.items()):
        terms[prefix] = namespace
    for kind in sorted(DATA_KINDS):
        terms[kind] = {"@id": f"{base}{kind}/", "@prefix": True}
    for name in ALL_CLASSES:
        terms[key(name)] = _compact(name)
    for name, form in forms().items():
        definition = {"@id": _compact(name), **_DEFINITIONS[form]}
        terms[key(name)] = definition if len(definition) > 1 else _compact(name)
    for inverse, name in ((VIA, "target"), (DESCRIBED_BY, "describes")):
        terms[inverse] = {"@reverse": _compact(name), "@type": "@id", "@container": "@set"}
    return {"@version": 1.1, **terms}


def _compact(name: str) -> str:
    return name if ":" in name else f"rg:{name}"


def document(base: str = BASE) -> str:
    """The context as a document of its own."""
    return json.dumps({"@context": context(base)}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(document(), end="")
