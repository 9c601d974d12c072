"""The server's log on standard error: a line for each request and for what went wrong, as JSON or for people.

No line holds the text of a query or its variables: they may speak of people.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections import deque
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, BinaryIO, Literal

Form = Literal["json", "text", "off"]
"""off: only what went wrong, for people."""

request_id: ContextVar[str] = ContextVar("rolegraph_request_id", default="")
"""The id of the request that is being answered; what is logged meanwhile carries it."""

REQUESTS = "rolegraph.requests"
"""The logger of a line a request; each record has `facts`, a dict of what is known of the request."""

WAITING = 10_000
"""As many lines wait to be written; more are dropped and counted, so that nobody waits for a reader of the log."""

GATHERED_SECONDS = 0.1
"""Lines are written together, so often at most."""


def setup(form: Form, stream: BinaryIO | None = None) -> Lines:
    """Sends what this process logs to a stream (default: standard error) in this form, until the result is closed."""
    lines = Lines(stream or sys.stderr.buffer, AsJson() if form == "json" else AsText())
    root = logging.getLogger()
    root.addHandler(lines)
    logging.getLogger("rolegraph").setLevel(logging.INFO)
    logging.getLogger(REQUESTS).disabled = form == "off"
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # its warnings are in our errors
    logging.captureWarnings(True)
    return lines


class AsJson(logging.Formatter):
    """A JSON object a line: time (UTC), level, process, message, request_id, what is known of the request, error."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "message": record.getMessage(),
        }
        if id := getattr(record, "request_id", ""):
            line["request_id"] = id
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class AsText(logging.Formatter):
    """For people: time, level, message, then what is known as name=value."""

    default_time_format = "%H:%M:%S"

    def format(self, record: logging.LogRecord) -> str:
        facts = {**getattr(record, "facts", {}), "request_id": getattr(record, "request_id", "")}
        known = " ".join(f"{name}={_plain(value)}" for name, value in facts.items() if value not in ("", None))
        line = f"{self.formatTime(record)} {record.levelname.lower():7} {record.getMessage()} {known}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _plain(value: object) -> str:
    """A value on one line, whatever is in it."""
    text = str(value)
    sane = text.isprintable()
    return text if sane and " " not in text else json.dumps(text, ensure_ascii=not sane)


class Lines(logging.Handler):
    """Writes lines on a thread of its own: a reader of the log that is slow, or gone, holds up no answer."""

    def __init__(self, stream: BinaryIO, form: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(form)
        self._stream = stream
        self._pending: deque[logging.LogRecord] = deque()
        self._dropped = 0
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._writer = threading.Thread(target=self._run, name="rolegraph-log", daemon=True)
        self._writer.start()

    def emit(self, record: logging.LogRecord) -> None:
        if len(self._pending) >= WAITING:
            self._dropped += 1
            return
        record.request_id = request_id.get()
        self._pending.append(record)
        if not self._wake.is_set():
            self._wake.set()

    def close(self) -> None:
        """Writes what waits, for a second at most, and takes the handler away."""
        logging.getLogger().removeHandler(self)
        self._closing.set()
        self._wake.set()
        self._writer.join(timeout=1)
        super().close()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wake.wait()
            self._closing.wait(GATHERED_SECONDS)
            self._wake.clear()
            self._write()
        self._write()

    def _write(self) -> None:
        lines = []
        while self._pending:
            lines.append(self._line(self._pending.popleft()))
        if self._dropped:
            dropped, self._dropped = self._dropped, 0
            told = f"{dropped} lines of the log were dropped: nobody read them in time."
            lines.append(self._line(logging.LogRecord("rolegraph", logging.WARNING, "", 0, told, None, None)))
        if lines:
            try:
                self._stream.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
                self._stream.flush()
            except (OSError, ValueError):  # nobody reads the log any more
                time.sleep(GATHERED_SECONDS)

    def _line(self, record: logging.LogRecord) -> str:
        try:
            return self.format(record)
        except Exception as error:  # a line that cannot be made must not end the log
            return f"{record.name}: {record.msg!r} cannot be shown: {error!r}"
