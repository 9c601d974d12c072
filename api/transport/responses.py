"""From an answer to a status, headers and bytes, as GraphQL over HTTP has them for each media type."""

from __future__ import annotations

from typing import NamedTuple

from api.graphql.engine import Answer
from api.transport.negotiation import GRAPHQL
from api.transport.refusals import Headers, Refused
from api.transport.workers import RETRY_AFTER

VARY = (b"vary", b"Accept, Accept-Encoding, Authorization")
ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
ALLOW_POST = (b"allow", b"POST")

_NEVER_STORED = (b"cache-control", b"no-store")
_ASKED_AGAIN = (b"cache-control", b"no-cache")
_OF_ONE_CLIENT = (b"cache-control", b"private, no-cache")


class Reply(NamedTuple):
    """A whole HTTP response, and what stands behind it, for logs and counts: an answer, or the code of a refusal."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    answer: Answer | None = None
    refused: str = ""
    lingers: bool = False


def status(answer: Answer, media_type: str) -> int:
    """The status of an answer.

    Beside application/json a refused operation has 200, since clients of that type take any other status for one of
    a proxy. A store that is away has 503 with both, for the proxies. An answer that took too long is refused as for
    any other limit: it is the query that must change, and a proxy that saw a 503 would take the whole server out.
    """
    match answer.outcome:
        case "answered":
            return 200
        case "unchanged":
            return 304
        case "not-a-query":
            return 405
        case "unavailable":
            return 503
    if media_type != GRAPHQL:
        return 200
    return 403 if "FORBIDDEN" in answer.errors else 400


def reply(answer: Answer, media_type: str, *, body: bytes, encoding: bytes | None, get: bool, known: bool) -> Reply:
    """The response to a request that GraphQL has seen. `body` is the answer's, perhaps encoded; `known`: with a key.

    An answer to GET may be kept, but must be asked for again each time: the graph may have changed since, and to
    learn that it has not costs a read of its revision. What was asked with a key is for that client only.
    The tag is weak: it names the answer, and not its bytes in one encoding.
    """
    code = status(answer, media_type)
    headers = [VARY]
    if get and answer.tag and not answer.errors and code in (200, 304):
        headers += [(b"etag", b'W/"%s"' % answer.tag.encode()), _OF_ONE_CLIENT if known else _ASKED_AGAIN]
    else:
        headers.append(_NEVER_STORED)
    if code == 304:
        return Reply(code, headers, b"", answer)
    if code == 405:
        headers.append(ALLOW_POST)
    elif code == 503:
        headers.append(RETRY_AFTER)
    if encoding:
        headers.append((b"content-encoding", encoding))
    return Reply(code, [*headers, *_of_body(body, media_type)], body, answer)


def refusal(refused: Refused, media_type: str) -> Reply:
    """The response to a request that GraphQL has not seen: it has its status beside every media type."""
    body = refused.body
    headers = [VARY, _NEVER_STORED, *refused.headers, *_of_body(body, media_type)]
    return Reply(refused.status, headers, body, refused=refused.code, lingers=refused.close and refused.status != 408)


def _of_body(body: bytes, media_type: str) -> Headers:
    return (
        (b"content-type", media_type.encode() + b"; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    )
