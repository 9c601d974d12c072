"""HTTP and WebSocket as uvicorn has them on a connection, but with an end to what stands before a body, and to answers
that nobody takes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MOST_HEAD_BYTES = 65_536
"""Bytes of a request line and headers together. h11, uvicorn's other reader of HTTP, has the same bound."""

HEAD_SECONDS = 10.0
"""How long these may take to come in, and how long a new connection may say nothing."""

TAKING_SECONDS = 30.0
LEAST_TAKEN = 50_000
"""Bytes of an answer that a client must take in so many seconds. Else its answer would stay in memory for ever."""

UNDERWAY_SECONDS = 0.5
"""For a request to come in on a connection that was made just before the server was told to stop."""

_log = logging.getLogger("rolegraph.api")


class _Taken:
    """Ends a connection whose answers are not taken: uvicorn would keep them, and wait for ever."""

    loop: asyncio.AbstractEventLoop
    transport: Any
    client: Any
    _looking: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()  # type: ignore[misc]
        self._look_again(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        self._look_away()
        super().resume_writing()  # type: ignore[misc]

    def connection_lost(self, exc: Exception | None) -> None:
        self._look_away()
        super().connection_lost(exc)  # type: ignore[misc]

    def _look_again(self, waiting: int) -> None:
        """After a while, when much less must wait to be taken."""
        self._looking = self.loop.call_later(TAKING_SECONDS, self._look, waiting - LEAST_TAKEN)

    def _look(self, most: int) -> None:
        if (waiting := self.transport.get_write_buffer_size()) <= most:
            self._look_again(waiting)
        else:
            self._told("ANSWER_NOT_TAKEN")
            self.transport.abort()

    def _look_away(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _told(self, code: str) -> None:
        facts = {"refused": code, "client": self.client[0] if self.client else ""}
        _log.warning("connection ended", extra={"facts": facts})


class BoundedSocket(_Taken, WebSocketsSansIOProtocol):
    """WebSocket, for clients that take what they ask for."""


class BoundedProtocol(_Taken, HttpToolsProtocol):
    """HTTP, for clients that take what they ask for. Ends a connection whose headers do not end, too: uvicorn would
    keep them all, and wait for ever for the next.
    """

    _head_bytes = 0
    _in_head = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Told when the server stops: a connection on which nothing was asked yet may have its request on the way."""
        if self.cycle is None:
            self.loop.call_later(UNDERWAY_SECONDS, super().shutdown)
        else:
            super().shutdown()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # Most heads come whole, in one piece: these cost nothing here.
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large", "HEAD_TOO_LARGE")
            elif self._timer is None:
                self._start()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop()
        super().on_headers_complete()

    def _start(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        if self._in_head:
            self._refuse(b"408 Request Timeout", "HEAD_TOO_SLOW")
        else:
            self.transport.close()

    def _refuse(self, status: bytes, code: str) -> None:
        self._told(code)
        self._stop()
        self._in_head = False
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()
