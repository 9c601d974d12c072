"""Path, glob, folder, zip or - -> the documents in them: origin, name and bytes."""

from __future__ import annotations

import glob
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import BadInput

LIMIT = 50_000_000
"""The most bytes that one document may have."""


class Source(NamedTuple):
    """The bytes of one document. `origin` names it in the store, `name` is the name of its file."""

    origin: str
    name: str
    data: bytes


class Failure(NamedTuple):
    """A document that could not be read; the others go on."""

    origin: str
    error: BadInput


class Place(NamedTuple):
    """Where a document is, before it is read. `fetch` gives its bytes, at most one more than LIMIT."""

    origin: str
    name: str
    fetch: Callable[[], bytes]


def find(paths: Iterable[str]) -> Iterator[Source | Failure]:
    """The documents under the paths, in the order of the paths, within one sorted by origin, read one at a time.

    A path is a file, a folder (read with all below it), a zip, a glob or `-` (standard input). The origin is the
    path relative to the argument, with `/`: for a file its name, for a member of a zip `name.zip!member`. Hidden
    files and folders are left out. Raises BadInput for a path that is not there or has no document in it.
    """
    return map(fetch, places(paths))


def places(paths: Iterable[str]) -> list[Place]:
    """Where the documents under the paths are; as `find`, but nothing is read but the tables of zips."""
    return [place for path in paths for place in _under(path)]


def fetch(place: Place) -> Source | Failure:
    """Reads one document; an operating system's refusal, a broken zip or a document over LIMIT is a Failure."""
    try:
        data = place.fetch()
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        problem = BadInput(f"{place.origin} cannot be read: {reason}.", "Check that it exists, its rights and content.")
        return Failure(place.origin, problem)
    if len(data) > LIMIT:
        problem = BadInput(f"{place.origin} is larger than {LIMIT:,} bytes.", "Split it into smaller documents.")
        return Failure(place.origin, problem)
    return Source(place.origin, place.name, data)


def _under(argument: str) -> list[Place]:
    if argument == "-":
        return [Place("-", "-", lambda: sys.stdin.buffer.read(LIMIT + 1))]
    path = Path(argument)
    if path.is_dir():
        found = _folder(path)
        nothing = "holds no document"
    elif path.exists() or path.is_symlink():
        found = _file(path, path.name)
        nothing = "holds no document"
    else:
        matches = sorted(glob.glob(argument, recursive=True))
        found = [place for match in matches for place in _matched(Path(match))]
        nothing = "matches no file" if glob.has_magic(argument) else "does not exist"
    if not found:
        raise BadInput(
            f"{argument} {nothing}.", "Name a file, a folder, a zip, a glob in quotes, or - for standard input."
        )
    return found


def _matched(path: Path) -> list[Place]:
    return _folder(path, path.name + "/") if path.is_dir() else _file(path, path.name)


def _folder(folder: Path, prefix: str = "") -> list[Place]:
    files: list[tuple[str, Path]] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            ((Path(parent) / name).relative_to(folder).as_posix(), Path(parent) / name)
            for name in names
            if not name.startswith(".")
        ]
    return [place for origin, path in sorted(files) for place in _file(path, prefix + origin)]


def _file(path: Path, origin: str) -> list[Place]:
    if path.suffix.lower() == ".zip":
        return _zip(path, origin)

    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)

    return [Place(origin, path.name, read)]


def _zip(path: Path, origin: str) -> list[Place]:
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        return [Place(origin, path.name, _raiser(error))]
    members = []
    for info in archive.infolist():
        name = _member_name(info)
        if not info.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            members.append((name, info))
    return [
        Place(f"{origin}!{name}", name.rpartition("/")[2], _member(archive, info))
        for name, info in sorted(members, key=lambda member: member[0])
    ]


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        with archive.open(info) as file:
            return file.read(LIMIT + 1)

    return read


def _member_name(info: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag, zipfile takes the bytes of a name for cp437; Chinese Windows writes GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    data = info.filename.encode("cp437")
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename


def _raiser(error: Exception) -> Callable[[], bytes]:
    def read() -> bytes:
        raise error

    return read
