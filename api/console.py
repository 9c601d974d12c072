"""The two streams of a command: people's output in any encoding, data always in UTF-8, errors with their remedy."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment

from graphmodel.errors import RolegraphError, StoreBusy, StoreReadOnly, StoreRefused, StoreUnreachable

WIDTH = 120
"""Columns of a table where there is no terminal to ask; COLUMNS overrides it."""


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")


class _Safe(Console):
    """Leaves out control characters of what is told: a name in a stranger's file is no command to the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            if segment.control is None and _CONTROLS.search(segment.text):
                yield segment._replace(text=_CONTROLS.sub("", segment.text))
            else:
                yield segment


def prepare() -> None:
    """Makes a character that the console's encoding lacks a `?`: never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def out() -> Console:
    """Where people read answers; colour and the real width on a terminal only. Brackets and colons in names are no
    markup.
    """
    wide = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return _Safe(highlight=False, markup=False, emoji=False, width=WIDTH if wide else None)


def err() -> Console:
    """Where progress and errors go."""
    return _Safe(stderr=True, highlight=False, soft_wrap=True)


def data(text: str) -> None:
    """Writes data to standard output: as UTF-8 whatever the console's encoding is, unless a person looks at it."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def explain(error: RolegraphError) -> None:
    """Says what was met and what to do about it, on standard error."""
    console = err()
    console.print(f"[bold red]Error:[/] {escape(error.problem)}")
    if error.remedy:
        console.print(escape(error.remedy))


def exit_code(error: RolegraphError) -> int:
    """1: not found, or input that cannot be used; 3: the store is unreachable, busy or not to be used."""
    return 3 if isinstance(error, (StoreUnreachable, StoreBusy, StoreRefused, StoreReadOnly)) else 1


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, float | None], None]]:
    """A bar on standard error while the block runs, nothing where that is no terminal.

    Call with the number of documents dealt with, and the share of the whole that was passed, if known.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[done]:,} · {task.fields[speed]:,.0f}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = err()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None, done=0, speed=0.0)

        def show(done: int, share: float | None) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            total = None if share is None else 1.0
            bar.update(task, completed=share or 0.0, total=total, done=done, speed=done / elapsed if elapsed else 0.0)

        yield show if console.is_terminal else lambda done, share: None
