"""A client of HTTP that costs little beside what it measures: requests are bytes, made beforehand."""

from __future__ import annotations

import json
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

SECONDS = 60
"""How long a reply is waited for."""


class Reply(NamedTuple):
    """What a server sent: its status, its headers with small letters, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """One connection that stays open."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.came = bytearray()
        self.sent = b""

    def ask(self, request: bytes) -> Reply:
        self.send(request)
        while (reply := self.receive()) is None:
            pass
        return reply

    def send(self, request: bytes) -> None:
        self.sent = request
        self.socket.sendall(request)

    def receive(self) -> Reply | None:
        """Takes what has come; the reply, once it is whole. Raises ConnectionError if the other end hangs up."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError(f"The server hung up after {bytes(self.came[:200])!r}.")
        self.came += part
        return self._reply()

    def _reply(self) -> Reply | None:
        head = self.came.find(b"\r\n\r\n")
        if head < 0:
            return None
        lines = self.came[:head].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        if (length := headers.get("content-length")) is not None:
            if len(self.came) < head + 4 + int(length):
                return None
            body = bytes(self.came[head + 4 :])
        elif "transfer-encoding" in headers:
            if not self.came.endswith(b"\r\n0\r\n\r\n"):
                return None
            body = _joined(bytes(self.came[head + 4 :]))
        else:
            body = b""
        self.came.clear()
        return Reply(int(lines[0].split()[1]), headers, body)

    def close(self) -> None:
        self.socket.close()


def post(url: str, query: str, variables: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a GraphQL request."""
    parts = urlsplit(url)
    body = json.dumps({"query": query, "variables": variables}, ensure_ascii=False).encode()
    head = {
        "Host": parts.netloc,
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **(headers or {}),
    }
    lines = [f"POST {parts.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(url: str, query: str, variables: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> bytes:
    """The same as a GET."""
    parts = urlsplit(url)
    asked = urlencode({"query": query, "variables": json.dumps(variables)})
    head = {"Host": parts.netloc, "Accept": "application/json", **(headers or {})}
    lines = [f"GET {parts.path}?{asked} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def answer(url: str, query: str, variables: Mapping[str, Any]) -> Any:
    """The data of one answer. Raises AssertionError for errors."""
    line = Line(url)
    try:
        reply = line.ask(post(url, query, variables))
    finally:
        line.close()
    _good(reply)
    return json.loads(reply.body)["data"]


def alone(url: str, requests: Sequence[bytes], status: int = 200) -> list[float]:
    """The seconds of each request, one after another."""
    line, took = Line(url), []
    for request in requests:
        start = time.perf_counter()
        reply = line.ask(request)
        took.append(time.perf_counter() - start)
        _good(reply, status)
    line.close()
    return took


def together(url: str, requests: Sequence[bytes], lines: int = 8) -> float:
    """How many are answered a second when so many are always under way."""
    start = time.perf_counter()
    for _, reply in stream(url, iter(requests), lines):
        _good(reply)
    return len(requests) / (time.perf_counter() - start)


def stream(url: str, requests: Iterator[bytes], lines: int) -> Iterator[tuple[bytes, Reply]]:
    """Each request with its reply, as they come, so many under way at a time.

    Raises ConnectionError where the server hangs up, and TimeoutError where it says nothing.
    """
    with selectors.DefaultSelector() as selector:
        for request in islice(requests, lines):
            line = Line(url)
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(request)
        while selector.get_map():
            if not (ready := selector.select(SECONDS)):
                raise TimeoutError(f"No reply in {SECONDS} s.")
            for key, _ in ready:
                line = key.data
                if (reply := line.receive()) is not None:
                    yield line.sent, reply
                    if request := next(requests, None):
                        line.send(request)
                    else:
                        selector.unregister(line.socket)
                        line.close()


def _good(reply: Reply, status: int = 200) -> None:
    good = reply.status == status and b'"errors":' not in reply.body
    assert good, (reply.status, reply.body[:500].decode())


def _joined(chunked: bytes) -> bytes:
    """The body of what came in chunks."""
    parts, place = [], 0
    while size := int(chunked[place : (end := chunked.index(b"\r\n", place))], 16):
        parts.append(chunked[end + 2 : end + 2 + size])
        place = end + 4 + size
    return b"".join(parts)
