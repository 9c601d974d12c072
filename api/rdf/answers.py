"""The answers to requests for linked data: status, headers and bytes; and what is told where there is no answer."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from api.rdf import html
from api.rdf.forms import HTML, Form
from api.rdf.negotiation import preferred

Header = tuple[bytes, bytes]

ALLOW = (b"allow", b"GET, HEAD, OPTIONS")
VARY = b"Accept, Accept-Encoding, Authorization"

_JSON, _PLAIN = "application/json", "text/plain"
_SMALLEST = 1_400
_LEVEL = 1
_GZIP = 16 + zlib.MAX_WBITS


class Answer(NamedTuple):
    """`tag` names what is said, whatever its form and encoding."""

    status: int
    body: bytes = b""
    content_type: bytes = b""
    tag: str = ""
    headers: tuple[Header, ...] = ()


class Choice(NamedTuple):
    """Somewhere else to look."""

    label: str
    path: str
    type: str = ""


class Problem(Exception):
    """A request that has no answer. `choices` are where there is one; `problem` and `remedy` are for people."""

    def __init__(
        self,
        status: int,
        code: str,
        problem: str,
        remedy: str = "",
        *,
        choices: Sequence[Choice] = (),
        headers: tuple[Header, ...] = (),
    ) -> None:
        super().__init__(problem)
        self.status = status
        self.code = code
        self.problem = problem
        self.remedy = remedy
        self.choices = tuple(choices)
        self.headers = headers

    def answer(self, accept: str) -> Answer:
        """Plain text, JSON or a page, as the client prefers."""
        kind = preferred(accept, (_PLAIN, _JSON, HTML)) or _PLAIN
        headers = (*self.headers, (b"cache-control", b"no-store"))
        if kind == _JSON:
            told = {"code": self.code, "problem": self.problem, "remedy": self.remedy}
            choices = [{name: value for name, value in one._asdict().items() if value} for one in self.choices]
            return Answer(self.status, orjson.dumps({**told, "choices": choices}), b"application/json", headers=headers)
        if kind == HTML:
            return page(self.status, html.told(self.status, self.problem, self.remedy, self.choices), headers=headers)
        lines = [self.problem, self.remedy, *(f"{one.path}  {one.label or one.type}" for one in self.choices)]
        body = "".join(f"{line}\n" for line in lines if line).encode("utf-8", "replace")
        return Answer(self.status, body, b"text/plain; charset=utf-8", headers=headers)


def page(status: int, text: str, tag: str = "", headers: tuple[Header, ...] = ()) -> Answer:
    """A page for people, which may do nothing but be shown."""
    guards = (b"content-security-policy", html.POLICY), (b"x-frame-options", b"DENY")
    return Answer(status, text.encode("utf-8", "replace"), b"text/html; charset=utf-8", tag, (*headers, *guards))


def not_acceptable(path: str, forms: Sequence[Form]) -> Problem:
    """406, with the list of what there is."""
    choices = [Choice("", f"{path}.{form.suffix}", form.media_type) for form in forms]
    return Problem(
        406, "NOT_ACCEPTABLE", "None of the media types in Accept is served.", "Take one of:", choices=choices
    )


def packed(answer: Answer) -> Answer:
    """The same in the format gzip, where that gains something."""
    if len(answer.body) < _SMALLEST:
        return answer
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    body = packer.compress(answer.body) + packer.flush()
    return answer._replace(body=body, headers=(*answer.headers, (b"content-encoding", b"gzip")))
