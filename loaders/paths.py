"""Path, glob or folder -> the files that it names, in order; `-` is standard input."""

from __future__ import annotations

import glob
import itertools
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import BadInput
from loaders import archives

UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)
"""What reading a file or a member of a zip may raise."""


class Root(NamedTuple):
    """An argument: the files that it names, and the folder that origins leave out."""

    paths: tuple[Path, ...]
    base: Path

    def names(self) -> set[str]:
        """The beginnings of the origins under it; of those below a folder that is itself the base, none."""
        return {readable(path.relative_to(self.base).as_posix()) for path in self.paths}


def root_of(argument: str) -> Root:
    """Raises BadInput for an argument under which there is no document."""
    if argument == "-":
        return Root((Path("-"),), Path())
    path = Path(argument)
    if path.exists() or path.is_symlink():
        root = Root((path,), path if path.is_dir() else path.parent)
        nothing = "holds no document"
    else:
        fixed = itertools.takewhile(lambda part: not glob.has_magic(part), path.parts)
        root = Root(tuple(map(Path, sorted(glob.glob(argument, recursive=True)))), Path(*fixed))
        nothing = "matches no document" if glob.has_magic(argument) else "does not exist"
    if not any(True for _ in files(root)) or (len(root.paths) == 1 and _is_empty_zip(root.paths[0])):
        raise BadInput(
            f"{argument} {nothing}.", "Name a file, a folder, a zip, a glob in quotes, or - for standard input."
        )
    return root


def files(root: Root) -> Iterator[tuple[Path, OSError | None]]:
    """The files under the root in order, a folder that cannot be read with its error."""
    for path in root.paths:
        yield from _below(path) if path.is_dir() else [(path, None)]


def _below(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """All files below a folder, sorted as their paths: only the names of one folder at a time are held."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(
                each.name + "/" * _is_folder(each)
                for each in found
                if not each.name.startswith(".") and not (each.is_symlink() and _is_folder(each))
            )
    except OSError as error:
        yield folder, error
        return
    for name in entries:
        if name.endswith("/"):
            yield from _below(folder / name)
        else:
            yield folder / name, None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: opening it says so
        return False


def size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _is_empty_zip(path: Path) -> bool:
    if path.suffix.lower() != ".zip":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not archives.files(archive)
    except UNREADABLE:
        return False


def readable(origin: str) -> str:
    """A name that is no UTF-8 on disk, as GB18030: Chinese names from old archives."""
    try:
        origin.encode()
        return origin
    except UnicodeEncodeError:
        return os.fsencode(origin).decode("gb18030", "replace")
