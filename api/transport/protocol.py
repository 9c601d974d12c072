"""HTTP as uvicorn reads it from a connection, but with an end to what stands before a body."""

from __future__ import annotations

import asyncio
import logging

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 65_536
"""Bytes of a request line and headers together. h11, uvicorn's other reader of HTTP, has the same bound."""

HEAD_SECONDS = 10.0
"""How long these may take to come in, and how long a new connection may say nothing."""

UNDERWAY_SECONDS = 0.5
"""For a request to come in on a connection that was made just before the server was told to stop."""

_log = logging.getLogger("rolegraph.api")


class BoundedProtocol(HttpToolsProtocol):
    """Ends a connection whose headers do not end: uvicorn would keep them all, and wait for ever for the next."""

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
        facts = {"refused": code, "client": self.client[0] if self.client else ""}
        _log.warning("connection ended", extra={"facts": facts})
        self._stop()
        self._in_head = False
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()
