"""What a query finds, in the formats of the W3C: results in JSON, XML, CSV and TSV, graphs in those of RDF.

Results are written here and not by pyoxigraph, since rows must be counted, and since it writes the language zh-Hans as
zh-hans (which names the same language: only in graphs it is left so).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import orjson
import pyoxigraph as ox

from ontology.terms import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]

_STRING = f"{XSD}string"
_NO_XML = {i: "\ufffd" for i in (*range(0x20), 0xFFFE, 0xFFFF) if i not in (9, 10, 13)}
"""Characters that XML cannot hold."""


class TooMany(Exception):
    """More rows or triples than may be answered."""


class Solutions(NamedTuple):
    """A format of what SELECT and ASK find; CSV and TSV have no boolean, so there it is text."""

    media_type: str
    rows: Callable[[Sequence[str], Iterable[Row]], bytes]
    boolean: Callable[[bool], bytes]


class Triples(NamedTuple):
    """A format of what CONSTRUCT and DESCRIBE find."""

    media_type: str
    format: ox.RdfFormat


def solutions(found: ox.QuerySolutions, format: Solutions, most: int) -> bytes:
    """Raises TooMany for more than `most` rows."""
    names = [variable.value for variable in found.variables]
    rows = [tuple(solution[i] for i in range(len(names))) for solution in islice(found, most + 1)]
    if len(rows) > most:
        raise TooMany
    return format.rows(names, rows)


def graph(found: ox.QueryTriples, format: Triples, prefixes: Mapping[str, str], most: int) -> bytes:
    """Each triple once. Raises TooMany for more than `most` of them, doubles counted."""
    triples = list(islice(found, most + 1))
    if len(triples) > most:
        raise TooMany
    return ox.serialize(dict.fromkeys(triples), format=format.format, prefixes=dict(prefixes)) or b""


@lru_cache(maxsize=256)
def tag(language: str) -> str:
    """A language tag as RFC 5646 (2.1.1) recommends to write it.

    >>> tag("zh-hans"), tag("zh-latn-pinyin"), tag("en-gb")
    ('zh-Hans', 'zh-Latn-pinyin', 'en-GB')
    """
    first, *others = language.split("-")
    return "-".join(
        [first, *(one.title() if len(one) == 4 else one.upper() if len(one) == 2 else one for one in others)]
    )


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": tag(term.language)}
    if term.datatype.value != _STRING:
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    return {"type": "literal", "value": term.value}


def _json(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    bindings = [
        {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    return orjson.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})


_SRX = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>'


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts.items())}</triple>"
    said = ""
    if term.language:
        said = f' xml:lang="{tag(term.language)}"'
    elif term.datatype.value != _STRING:
        said = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{said}>{escape(term.value.translate(_NO_XML), {chr(13): '&#13;'})}</literal>"


def _xml(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = [_SRX, *(f'<variable name="{name}"/>' for name in names), "</head>\n<results>\n"]
    for row in rows:
        bound = [
            f'<binding name="{name}">{_xml_term(term)}</binding>'
            for name, term in zip(names, row, strict=True)
            if term is not None
        ]
        text.append(f"<result>{''.join(bound)}</result>\n")
    return "".join([*text, "</results>\n</sparql>\n"]).encode()


def plain(term: Term | None) -> str:
    """A term as CSV has it: its value alone."""
    if term is None:
        return ""
    return str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value


def _csv(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([plain(term) for term in row] for row in rows)
    return out.getvalue().encode()


def _full(term: Term | None) -> str:
    """A term as TSV has it: in the syntax of N-Triples, in which no tab or line end is left."""
    if term is None:
        return ""
    text = str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    if isinstance(term, ox.Literal) and term.language:
        return text[: -len(term.language)] + tag(term.language)
    return text


def _tsv(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    lines = ["\t".join(f"?{name}" for name in names), *("\t".join(map(_full, row)) for row in rows)]
    return "".join(f"{line}\n" for line in lines).encode()


SOLUTIONS = {
    "json": Solutions("application/sparql-results+json", _json, lambda yes: orjson.dumps({"head": {}, "boolean": yes})),
    "xml": Solutions(
        "application/sparql-results+xml",
        _xml,
        lambda yes: f"{_SRX}</head>\n<boolean>{str(yes).lower()}</boolean>\n</sparql>\n".encode(),
    ),
    "csv": Solutions("text/csv", _csv, lambda yes: b"true\r\n" if yes else b"false\r\n"),
    "tsv": Solutions("text/tab-separated-values", _tsv, lambda yes: b"true\n" if yes else b"false\n"),
}
"""By name, the first the usual one."""

TRIPLES = {
    "turtle": Triples("text/turtle", ox.RdfFormat.TURTLE),
    "nt": Triples("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdfxml": Triples("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": Triples("application/ld+json", ox.RdfFormat.JSON_LD),
}
"""By name, the first the usual one."""
