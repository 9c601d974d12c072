"""HTTP as uvicorn has it on a connection, but with an end to what stands before a body and to unread answers."""

from __future__ import annotations

import asyncio
import logging

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

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


class BoundedProtocol(HttpToolsProtocol):
    """Ends a connection whose headers do not end, or whose answers are not taken: uvicorn would wait for ever, and keep
    all of them meanwhile.
    """

    _head_bytes = 0
    _in_head = False
    _timer: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._stop_taking()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_at(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        self._stop_taking()
        super().resume_writing()

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

    def _look_at(self, untaken: int) -> None:
        """Comes back after a while, when much less must wait to be taken."""
        self._taking = self.loop.call_later(TAKING_SECONDS, self._taken, untaken - LEAST_TAKEN)

    def _taken(self, most: int) -> None:
        if (untaken := self.transport.get_write_buffer_size()) <= most:
            self._look_at(untaken)
        else:
            self._told("ANSWER_NOT_TAKEN")
            self.transport.abort()

    def _stop_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _too_slow(self) -> None:
        if self._in_head:
            self._refuse(b"408 Request Timeout", "HEAD_TOO_SLOW")
        else:
            self.transport.close()

    def _told(self, code: str) -> None:
        facts = {"refused": code, "client": self.client[0] if self.client else ""}
        _log.warning("connection ended", extra={"facts": facts})

    def _refuse(self, status: bytes, code: str) -> None:
        self._told(code)
        self._stop()
        self._in_head = False
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()
