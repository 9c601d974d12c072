"""What a client may call a thing by: its id, a name of it, or its IRI."""

from __future__ import annotations

from urllib.parse import unquote

import strawberry

from graphmodel.errors import NotFound
from graphmodel.identity import KINDS, kind_of
from ontology.terms import BASE


@strawberry.input(one_of=True, description="以标识、名称或 IRI 之一查找 / Exactly one of id, name and IRI")
class Lookup:
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="标识，旧标识亦可 / The id, or a former id"
    )
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description="名称或别名 / The name or an alternative name, in any spelling"
    )
    iri: str | None = strawberry.field(
        default=strawberry.UNSET, description="RDF 中的 IRI，百分号编码亦可 / The IRI in RDF, percent-encoded or not"
    )


def text_of(lookup: Lookup, base_iri: str = BASE, kind: str = "node") -> str:
    """What names.resolve takes. Raises NotFound for an id without a kind, and for an IRI that is none of ours."""
    if lookup.id:
        if not kind_of(lookup.id):
            raise NotFound(kind, lookup.id)
        return lookup.id
    if lookup.iri:
        return id_of(lookup.iri, base_iri, kind)
    return lookup.name or ""


def text_or_iri(text: str, base_iri: str = BASE, kind: str = "node") -> str:
    """As text_of, where a name, an id or an IRI may stand. Raises NotFound for an IRI that is none of ours."""
    return id_of(text, base_iri, kind) if "://" in text or text.startswith(base_iri) else text


def id_of(iri: str, base_iri: str = BASE, kind: str = "node") -> str:
    """The id of an IRI: what follows the base, with : in the place of the first slash.

    >>> id_of("http://localhost:8000/id/skill/c%2B%2B")
    'skill:c++'

    Raises NotFound for an IRI that does not begin with the base and a kind of node.
    """
    plain, base = unquote(iri), unquote(base_iri)
    of, _, key = plain.removeprefix(base).partition("/")
    if not plain.startswith(base) or of not in KINDS or not key:
        raise NotFound(kind, iri)
    return f"{of}:{key}"
