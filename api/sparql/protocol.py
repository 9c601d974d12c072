"""SPARQL 1.1 Protocol: from an HTTP request to a query and the forms in which it may be answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from api.rdf.negotiation import preferred
from api.sparql.results import SOLUTIONS, TRIPLES
from api.transport.refusals import Refused

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"

_SOLUTIONS = {
    **{format.media_type: name for name, format in SOLUTIONS.items()},
    "application/json": "json",
    "application/xml": "xml",
}
_TRIPLES = {format.media_type: name for name, format in TRIPLES.items()}
_FIELDS = 50


class Wanted(NamedTuple):
    """A query, and for rows and for a graph: the name of the format and the media type of the answer; None: neither."""

    query: str
    solutions: str | None
    triples: str | None
    media_types: tuple[str | None, str | None]

    def content_type(self, media_type: str) -> str:
        """What an answer of a media type is called: by the name that the client has for it."""
        rows, graph = self.media_types
        said = graph if media_type in _TRIPLES else rows
        said = said or media_type
        return f"{said}; charset=utf-8" if said.startswith("text/") else said


def parameters(text: bytes) -> list[tuple[str, str]]:
    """The fields of a form or an address. Raises Refused (400)."""
    try:
        return parse_qsl(text.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:  # UnicodeDecodeError too
        problem = f"The parameters are not UTF-8, or are more than {_FIELDS}."
        raise Refused(400, "BAD_REQUEST", problem, "Send query, percent-encoded.") from None


def wanted(fields: Sequence[tuple[str, str]], accept: str) -> Wanted | None:
    """What is asked; None where there is no query. Raises Refused (400, 403, 406)."""
    names = [name for name, _ in fields]
    if "update" in names:
        raise no_update()
    if graphs := {"default-graph-uri", "named-graph-uri"} & {*names}:
        problem = f"{min(graphs)} names a graph, and there is one graph here, without a name."
        raise Refused(400, "NO_SUCH_GRAPH", problem, "Leave it out.")
    if "query" not in names:
        return None
    if names.count("query") > 1:
        raise Refused(400, "BAD_REQUEST", "There is more than one query.", "Ask one at a time.")
    said = dict(fields)
    return _forms(said["query"], accept, said.get("format", ""))


def _forms(query: str, accept: str, format: str) -> Wanted:
    if format and format not in (*SOLUTIONS, *TRIPLES):
        problem = f"{format[:20]!r} is no format of an answer."
        raise Refused(400, "BAD_REQUEST", problem, f"Choose from: {', '.join((*SOLUTIONS, *TRIPLES))}.")
    rows, graph = preferred(accept, tuple(_SOLUTIONS)), preferred(accept, tuple(_TRIPLES))
    if format:
        rows = SOLUTIONS[format if format in SOLUTIONS else "json"].media_type
        graph = TRIPLES[format if format in TRIPLES else "turtle"].media_type
    elif rows is None and graph is None:
        raise not_acceptable()
    return Wanted(query, rows and _SOLUTIONS[rows], graph and _TRIPLES[graph], (rows, graph))


def not_acceptable(problem: str = "None of the media types in Accept is served.") -> Refused:
    """406, with the list of what there is."""
    return Refused(406, "NOT_ACCEPTABLE", problem, f"Accept one of: {', '.join([*_SOLUTIONS, *_TRIPLES])}.")


def no_update() -> Refused:
    return Refused(
        403, "READ_ONLY", "Updates are not taken: this is for reading.", "Load documents, or ask with SELECT."
    )
