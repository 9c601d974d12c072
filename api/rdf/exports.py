"""What is answered at /export: the whole graph or a part of it, streamed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from starlette.types import Receive, Send

from api.asking import ask
from api.rdf.answers import Answer, Header, Problem, not_acceptable
from api.rdf.forms import EXPORTED, Form, of_type, with_suffix
from api.rdf.negotiation import preferred
from api.rdf.orders import Order
from api.rdf.streams import Stream
from api.transport.bodies import left
from graphmodel.errors import BadInput, RolegraphError
from graphmodel.store import GraphStore, View
from ontology import formats
from ontology.mapping import Mapping as Said
from ontology.terms import DATA_KINDS

AT_A_TIME = 2
"""Exports that one process writes: each takes a processor, as far as others leave it one."""

RETRY_AFTER = (b"retry-after", b"30")

_PARAMETERS = ("format", "role", "since", "kind", "quotes")
_SUFFIXES = f"Suffixes are {', '.join(form.suffix for form in EXPORTED)}, each with .gz too."
_FORMATS = f"Formats are {', '.join(form.format for form in EXPORTED)}."
FILE_LEVEL, _SENT_LEVEL = 6, 1
"""Of zlib: of a file that is kept, and of what is unpacked on its way."""


class BrokenOff(Exception):
    """An export could not be read to its end, and its answer has begun: its client sees that it is not whole."""


class Exports:
    """Answers on a store, whose IRIs begin with `base`. `busy` tells whether others wait for the processor."""

    def __init__(self, store: GraphStore, base: str, busy: Callable[[], bool]) -> None:
        self._store = store
        self._base = base
        self._busy = busy
        self._streams: set[Stream] = set()

    def order(self, suffix: str, accept: str, asked: Mapping[str, Sequence[str]], below: str) -> Order:
        """What a request asks for: `suffix` is what follows /export., or nothing. Raises Problem (400, 404, 406)."""
        if unknown := sorted({*asked} - {*_PARAMETERS}):
            raise _bad(f"{unknown[0]!r} is no parameter.", f"Parameters are {', '.join(_PARAMETERS)}.")
        gz = suffix == "gz" or suffix.endswith(".gz")
        form = self._form(suffix.removesuffix("gz").removesuffix("."), accept, _one(asked, "format"), below)
        since = _one(asked, "since")
        if since and not (since.isascii() and since.isdecimal() and len(since) < 19):
            raise _bad(f"{since!r} is no revision.", "Write the number of one.")
        kinds = tuple(kind for each in asked.get("kind", ()) for kind in each.split(",")) or DATA_KINDS
        if wrong := sorted({*kinds} - {*DATA_KINDS}):
            raise _bad(f"{wrong[0]!r} is no kind of thing.", f"Choose from: {', '.join(DATA_KINDS)}.")
        quotes = _one(asked, "quotes") or "full"
        roles = tuple(sorted({*asked.get("role", ())}))
        if roles and since:
            raise _bad("A part is of some roles, or of what changed.", "Give role or since, not both.")
        try:
            Said(formats.named(form.format).writer(self._base), quotes)
        except BadInput as error:
            raise _bad(error.problem, error.remedy) from None
        return Order(form, self._base, roles, int(since) if since else None, kinds, quotes, gz, below)

    def _form(self, suffix: str, accept: str, named: str, below: str) -> Form:
        if suffix:
            if form := with_suffix(suffix, EXPORTED):
                return form
            raise Problem(404, "NOT_FOUND", "There is no such export.", _SUFFIXES)
        if named:
            form = next((form for form in EXPORTED if named in (form.format, form.suffix)), None)
            if form is None:
                raise _bad(f"{named!r} is not a format of the export.", _FORMATS)
            return form
        if form := of_type(preferred(accept, [form.media_type for form in EXPORTED]), EXPORTED):
            return form
        raise not_acceptable(f"{below}/export", EXPORTED)

    def glance(self, order: Order, unless: Collection[str]) -> Answer:
        """What can be said without writing: 304, or the head of the answer. Blocks: for a worker thread."""

        def question(view: View) -> Answer:
            order.part(view)
            tag = order.tag(view.state())
            headers = order.headers(view.revision())
            return Answer(304 if tag in unless else 200, b"", order.content_type, tag, headers)

        return ask(self._store, question)

    async def send(
        self, order: Order, gzip: bool, receive: Receive, send: Send, head: Callable[[Answer], list[Header]]
    ) -> None:
        """Sends the export as it is written, until its client leaves; `head` gives all headers of an answer.

        Raises Problem (503) if as many as may are running,
        before anything is sent what reading the store does, and later BrokenOff.
        """
        self._streams = {stream for stream in self._streams if not stream.over}
        if len(self._streams) >= AT_A_TIME:
            problem = f"{AT_A_TIME} exports are running already."
            raise Problem(503, "BUSY", problem, "Ask again when one is done.", headers=(RETRY_AFTER,))
        level = FILE_LEVEL if order.gz else _SENT_LEVEL if gzip else 0
        stream = Stream(self._store, order, level, self._busy)
        self._streams.add(stream)
        gone = asyncio.ensure_future(left(receive))
        sending = asyncio.ensure_future(self._sent(stream, order, gzip and not order.gz, send, head))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            stream.close()
            for task in (gone, sending):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    async def _sent(
        self, stream: Stream, order: Order, encoded: bool, send: Send, head: Callable[[Answer], list[Header]]
    ) -> None:
        begun = await stream.begin()
        headers = (*order.headers(begun.revision), *(((b"content-encoding", b"gzip"),) if encoded else ()))
        answer = Answer(200, b"", order.content_type, order.tag(begun.state), headers)
        await send({"type": "http.response.start", "status": 200, "headers": head(answer)})
        try:
            while piece := await stream.next():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except (RolegraphError, TimeoutError) as error:
            raise BrokenOff(str(error)) from error
        await send({"type": "http.response.body", "body": b""})

    def close(self) -> None:
        """Ends what is running."""
        for stream in self._streams:
            stream.close()


def _one(asked: Mapping[str, Sequence[str]], name: str) -> str:
    found = asked.get(name, ())
    if len(found) > 1:
        raise _bad(f"{name} is given {len(found)} times.", "Give it once.")
    return found[0] if found else ""


def _bad(problem: str, remedy: str) -> Problem:
    return Problem(400, "BAD_REQUEST", problem, remedy)
