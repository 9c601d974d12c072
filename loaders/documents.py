"""Path, glob, folder, zip or - -> the documents in them: origin, name and bytes."""

from __future__ import annotations

import glob
import itertools
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
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
    path: Path
    name: str
    fetch: Callable[[], bytes]


def find(paths: Iterable[str]) -> Iterator[Source | Failure]:
    """The documents under the paths, in the order of the paths, within one sorted by path, read one at a time.

    A path is a file, a folder (read with all below it), a zip, a glob or `-` (standard input). The origin is the
    path relative to the argument, with `/`: for a file its name, for a glob what follows its fixed folders, and for
    a member of a zip `name.zip!member`. Hidden files and folders are left out, and what is named twice comes once.
    Raises BadInput for a path that is not there or has no document in it.
    """
    return map(fetch, places(paths))


def places(paths: Iterable[str]) -> list[Place]:
    """Where the documents under the paths are; as `find`, but nothing is read but the tables of zips."""
    found: dict[tuple[str, Path], Place] = {}
    first: dict[str, Path] = {}
    for place in (place for path in paths for place in _under(path)):
        path = first.setdefault(place.origin, place.path)
        if path != place.path:
            problem = f"{place.path} would be stored as {place.origin}, and so would {path}."
            error = BadInput(problem, "Name the folder that holds both, so that their origins differ.")
            place = place._replace(fetch=_raiser(error))
        found.setdefault((place.origin, place.path), place)
    return list(found.values())


def fetch(place: Place) -> Source | Failure:
    """Reads one document; an operating system's refusal, a broken zip or a document over LIMIT is a Failure."""
    try:
        data = place.fetch()
    except BadInput as error:
        return Failure(place.origin, error)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        problem = BadInput(f"{place.origin} cannot be read: {reason}.", "Check that it exists, its rights and content.")
        return Failure(place.origin, problem)
    if len(data) > LIMIT:
        problem = BadInput(f"{place.origin} is larger than {LIMIT:,} bytes.", "Split it into smaller documents.")
        return Failure(place.origin, problem)
    return Source(place.origin, place.name, data)


def _under(argument: str) -> list[Place]:
    if argument == "-":
        return [Place("-", Path("-"), "-", lambda: sys.stdin.buffer.read(LIMIT + 1))]
    path = Path(argument)
    if path.exists() or path.is_symlink():
        found = _at(path, path.parent if not path.is_dir() else path)
        nothing = "holds no document"
    else:
        found = _glob(argument)
        nothing = "matches no document" if glob.has_magic(argument) else "does not exist"
    if not found:
        raise BadInput(
            f"{argument} {nothing}.", "Name a file, a folder, a zip, a glob in quotes, or - for standard input."
        )
    return found


def _glob(pattern: str) -> list[Place]:
    root = Path(*itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts))
    return [place for match in sorted(glob.glob(pattern, recursive=True)) for place in _at(Path(match), root)]


def _at(path: Path, root: Path) -> list[Place]:
    """The documents of a file, a zip or a folder, their origins relative to the root."""
    if not path.is_dir():
        origin = path.relative_to(root).as_posix()
        return _zip(path, origin) if path.suffix.lower() == ".zip" else [_file(path, origin)]
    files: list[Path] = []
    for parent, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(".")]
    by_origin = sorted(files, key=lambda file: file.relative_to(root).as_posix())
    return [place for file in by_origin for place in _at(file, root)]


def _file(path: Path, origin: str) -> Place:
    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)

    return Place(origin, path.absolute(), path.name, read)


def _zip(path: Path, origin: str) -> list[Place]:
    _archive.cache_clear()
    try:
        infos = [(_member_name(info), info) for info in _archive(path).infolist() if not info.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        return [Place(origin, path.absolute(), path.name, _raiser(error))]
    return [
        Place(f"{origin}!{name}", path.absolute(), name.rpartition("/")[2], _member(path, info))
        for name, info in sorted(infos, key=lambda member: member[0])
        if not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    ]


def _member(path: Path, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        with _archive(path).open(info) as file:
            return file.read(LIMIT + 1)

    return read


@lru_cache(maxsize=1)
def _archive(path: Path) -> zipfile.ZipFile:
    """Open while its members are read one after another: its table is read once, and a folder may hold many zips."""
    return zipfile.ZipFile(path)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag, zipfile takes the bytes of a name for cp437; Chinese Windows writes GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    data = info.filename.encode("cp437", "replace")
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
