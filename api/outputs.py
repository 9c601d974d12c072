"""Files that a command writes: whole, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graphmodel.errors import BadInput


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside a path, to write what takes the path's place if the block ends well.

    Raises BadInput where nothing can be written, before the block if that can be known: a folder, a device, a pipe.
    """
    with writable(path):
        place = path.resolve() if path.is_symlink() else path
        if place.exists() and not place.is_file():
            what = "a folder" if place.is_dir() else "no file"
            raise BadInput(f"{path} is {what}.", "Name a file; without one, > leads to a device or a pipe.")
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with writable(path):
            part.touch()
        yield part
        with writable(path):
            os.replace(part, place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Says of a path that nothing can be written there. Raises BadInput in place of OSError."""
    try:
        yield
    except OSError as error:
        problem = f"{path} cannot be written: {error.strerror}."
        raise BadInput(problem, "Name a file in a folder that is there and yours.") from error
