"""What a query may not do, found before it is evaluated: ask other servers, change the graph, name other graphs.

pyoxigraph evaluates SERVICE by asking the server that it names, so what it would take for the word must be found
whatever stands around it. Its grammar works without tokens: `SERVICEex:a{…}` is the word and a name, `?a<?b+'x>'` is no
IRI. So every reading of the text is followed: where `<` may begin an IRI or be an operator, both. The word may stand
in strings, comments, IRIs, variables and behind the colon of a name, and nowhere else.
"""

from __future__ import annotations

import re

from graphmodel.errors import BadInput

_ESCAPE = r"\\(?:[tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_STRING = re.compile(
    rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'
    rf"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"
    rf'|"(?:[^"\\\n\r]|{_ESCAPE})*"'
    rf"|'(?:[^'\\\n\r]|{_ESCAPE})*'"
)
_COMMENT = re.compile(r"#[^\r\n]*")
_IRI = re.compile(r'<[^<>"{}|^`\x00-\x20]*>')
_HIDES = re.compile(r"['#\\]")
"""In an IRI these may be the beginning of a string, a comment or an escape, if `<` is an operator."""

_NAME = re.compile(r"[?$]\w+|:[\w-]*|\\.", re.DOTALL)
_OTHER = re.compile(r"(?:(?!service)[^\"'#<?$:\\])+", re.IGNORECASE)
_SERVICE = re.compile("service", re.IGNORECASE)

_PROLOGUE = re.compile(rf"(?:\s|{_COMMENT.pattern}|(?:prefix\s*[^\s:<]*:|base)\s*{_IRI.pattern})*", re.IGNORECASE)
_UPDATE = re.compile("insert|delete|load|clear|drop|create|add|move|copy|with", re.IGNORECASE)
_FROM = re.compile(r"(?<![?$:\w-])from\b\s*(?:named\b)?\s*(?:<|[\w.-]*:)", re.IGNORECASE)


class NotAllowed(BadInput):
    """A query that may be valid, and is not answered here."""


def check(query: str) -> None:
    """Raises NotAllowed for an update, and for a query that asks another server or names graphs.

    >>> check("SELECT ?service { ?service ?p 'SERVICE' }")
    """
    prologue = _PROLOGUE.match(query)
    begin = prologue.end() if prologue else 0
    if _UPDATE.match(query, begin):
        raise NotAllowed("Updates are not taken: this is for reading.", "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    bare, place = _followed(query, begin)
    if place is not None:
        line = query.count("\n", 0, place) + 1
        problem = f"SERVICE is not answered (line {line}, column {place - query.rfind(chr(10), 0, place)})."
        raise NotAllowed(problem, "Ask the other server yourself; no prefix may hold this word.")
    if _FROM.search(bare):
        problem = "FROM names a graph, and there is one graph here, without a name."
        raise NotAllowed(problem, "Leave FROM and FROM NAMED out.")


def _followed(query: str, begin: int) -> tuple[str, int | None]:
    """The text of the first reading without strings, comments and IRIs; and where SERVICE may stand, in any reading,
    from where the prologue ends.
    """
    bare: list[str] = []
    waiting, seen = [begin], set[int]()
    first = True
    while waiting:
        at = waiting.pop()
        while at < len(query) and at not in seen:
            seen.add(at)
            if _SERVICE.match(query, at):
                return "".join(bare), at
            if iri := _IRI.match(query, at):
                if _HIDES.search(iri[0]):
                    waiting.append(at + 1)
                said, at = "<>", iri.end()
            elif skipped := _STRING.match(query, at) or _COMMENT.match(query, at):
                said, at = " ", skipped.end()
            else:
                found = _NAME.match(query, at) or _OTHER.match(query, at)
                end = found.end() if found else at + 1
                said, at = query[at:end], end
            if first:
                bare.append(said)
        first = False
    return "".join(bare), None
