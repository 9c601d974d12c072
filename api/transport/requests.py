"""From the parts of an HTTP request to what a client asks, or to a refusal that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson

from api.graphql.engine import Request
from api.transport.refusals import Refused

LONGEST_URL = 16_384
"""Bytes of the query string of a GET: beyond that proxies cut it off or refuse it themselves."""

DEEPEST = 64
"""Levels of lists and objects in variables and extensions; what reads them walks down level by level."""

JSON_TYPES = frozenset({"application/json", "application/graphql+json"})
MULTIPART = "multipart/form-data"

_BATCH = re.compile(rb"[ \t\r\n]*\[")
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_PARAMETERS = ("query", "documentId", "operationName", "variables", "extensions")


def content_type(header: str | None) -> str:
    """The media type of a body that can be read: one of JSON_TYPES, or MULTIPART. Raises Refused (415)."""
    name, *parameters = (header or "").lower().split(";")
    name = name.strip()
    if name == MULTIPART:
        return name
    if name not in JSON_TYPES:
        problem = f"Bodies of type {name[:80]!r} are not read." if name else "The body has no Content-Type."
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", problem, "Send Content-Type: application/json.")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            problem = f"The charset {value.strip()[:40]!r} is not read."
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", problem, "Send UTF-8, with or without saying so.")
    return name


def plain(content_encoding: str | None) -> None:
    """Lets only bodies that are not compressed pass: a small one may unpack to any size. Raises Refused (415)."""
    if content_encoding and content_encoding.strip().lower() != "identity":
        problem = f"Bodies with Content-Encoding {content_encoding[:40]!r} are not unpacked."
        raise Refused(
            415,
            "UNSUPPORTED_ENCODING",
            problem,
            "Send the body as it is.",
            headers=((b"accept-encoding", b"identity"),),
            close=True,
        )


def from_json(body: bytes) -> Request:
    """The request in a JSON body. Raises Refused (400).

    Numbers, text and depth are held to RFC 8259 and to Unicode: no NaN, no lone surrogates. Of two equal keys the
    last counts, as in JavaScript.
    """
    if not body.strip():
        raise _bad("The body is empty.", 'Send a JSON object with a "query".')
    if _BATCH.match(body):
        raise Refused(400, "BATCH_REFUSED", "Batches of requests are not answered.", "Send one request at a time.")
    asked = _loads(body, "The body")
    if not isinstance(asked, dict):
        raise _bad("The body is not a JSON object.", 'Send an object with a "query".')
    return request(asked)


def from_url(query_string: bytes) -> Request:
    """The request in the query string of a GET, `variables` and `extensions` as JSON. Raises Refused (414, 400)."""
    if len(query_string) > LONGEST_URL:
        problem = f"The URL is longer than {LONGEST_URL:,} bytes."
        raise Refused(414, "URL_TOO_LONG", problem, "Send the request by POST.")
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=32
        )
    except ValueError:
        raise _bad("The URL is not that of a form in UTF-8.", "Encode it as URLSearchParams does.") from None
    asked: dict[str, Any] = {}
    for key, value in pairs:
        if key not in _PARAMETERS:
            continue
        if key in asked:
            raise _bad(f"The URL names {key} twice.", "Give each parameter once.")
        asked[key] = value
    for key in ("variables", "extensions"):
        if key in asked:
            asked[key] = _loads(asked[key].encode(), f"The parameter {key}") if asked[key] else None
    asked["operationName"] = asked.get("operationName") or None
    return request(asked)


def request(asked: Mapping[str, Any]) -> Request:
    """The request in an object of JSON. Raises Refused (400) for a parameter that lacks or is of another type."""
    query, operation = asked.get("query"), asked.get("operationName")
    variables, extensions = asked.get("variables"), asked.get("extensions")
    if query is not None and not isinstance(query, str):
        raise _wrong("query", "a string")
    if operation is not None and not isinstance(operation, str):
        raise _wrong("operationName", "a string")
    if variables is not None and not isinstance(variables, dict):
        raise _wrong("variables", "an object")
    if extensions is not None and not isinstance(extensions, dict):
        raise _wrong("extensions", "an object")
    document = _document(asked.get("documentId"), extensions)
    if query is None and document is None:
        raise _bad("There is no query.", 'Send it as "query".')
    for name, value in (("variables", variables), ("extensions", extensions)):
        if value and deeper(value):
            raise _bad(f"The parameter {name} is more than {DEEPEST} levels deep.", "Send it flatter.")
    return Request(query, operation, variables, extensions, document)


def _document(identifier: Any, extensions: Mapping[str, Any] | None) -> str | None:
    """The SHA-256 that stands for a query: `documentId` as the specification has it, or Apollo's persistedQuery."""
    if identifier is None:
        persisted = (extensions or {}).get("persistedQuery")
        identifier = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if identifier is None or identifier == "":
        return None
    found = _SHA256.fullmatch(identifier) if isinstance(identifier, str) else None
    if not found:
        raise _wrong("documentId", "a SHA-256 in hex")
    return found[1].lower()


def _loads(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        problem = f"{what} is not JSON: {error}."
        raise Refused(400, "BAD_JSON", problem, "Send JSON in UTF-8, as JSON.stringify makes it.") from None


def deeper(value: Any, levels: int = DEEPEST) -> bool:
    """Whether lists and objects stand in each other more than so many levels; looked at level by level."""
    level = [value]
    for _ in range(levels):
        level = [
            below
            for one in level
            for below in (one.values() if isinstance(one, dict) else one)
            if isinstance(below, (dict, list))
        ]
        if not level:
            return False
    return True


def _wrong(name: str, kind: str) -> Refused:
    return _bad(f"The parameter {name} is not {kind}.", f"Send {kind}, or leave it out.")


def _bad(problem: str, remedy: str) -> Refused:
    return Refused(400, "BAD_REQUEST", problem, remedy)
