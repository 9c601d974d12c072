"""The body of a request as it comes in: never more than a limit of it, and never for longer than a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from starlette.types import Message, Receive

from api.transport.refusals import Gone, Refused

LINGER_BYTES = 16_000_000
LINGER_SECONDS = 2.0
"""How much of a refused body is still taken, and how long."""


class Incoming:
    """The messages of a body; `over` tells that the last has come."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.over = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self.over = message["type"] != "http.request" or not message.get("more_body", False)
        return message


async def linger(incoming: Incoming) -> None:
    """Takes what still comes of a body that was refused, for a while: a client that is reset while it sends its body
    (browsers, Node.js) does not see why.
    """
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while not incoming.over and size < LINGER_BYTES:
                size += len((await incoming()).get("body", b""))


async def whole(receive: Receive, declared: str | None, limit: int, seconds: float) -> bytes:
    """The bytes. Raises Refused (413: more than the limit, 408: not whole in time) and Gone.

    The size that the client declares is believed only where it is too large: then nothing is read.
    """
    found = [chunk async for chunk in chunks(receive, declared, limit, seconds)]
    return found[0] if len(found) == 1 else b"".join(found)


async def chunks(receive: Receive, declared: str | None, limit: int, seconds: float) -> AsyncGenerator[bytes, None]:
    """The bytes as they come. Raises as `whole` does."""
    if declared and declared.isdecimal() and int(declared[:20]) > limit:
        raise _too_large(limit)
    ends = asyncio.get_running_loop().time() + seconds
    size = 0
    while True:
        try:
            async with asyncio.timeout_at(ends):
                message = await receive()
        except TimeoutError:
            problem = f"The body was not whole after {seconds:g} seconds."
            raise Refused(408, "BODY_TOO_SLOW", problem, "Send it faster, or less.", close=True) from None
        if message["type"] == "http.disconnect":
            raise Gone
        body = message.get("body", b"")
        size += len(body)
        if size > limit:
            raise _too_large(limit)
        if body:
            yield body
        if not message.get("more_body", False):
            return


async def left(receive: Receive) -> None:
    """Returns when the client has gone; for after the body."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _too_large(limit: int) -> Refused:
    problem = f"The body is larger than {limit:,} bytes."
    return Refused(413, "BODY_TOO_LARGE", problem, "Send less; documents are sent as multipart/form-data.", close=True)
