"""Path, glob, folder, zip or - -> the documents in them: files, members of zips, rows of tables; one at a time."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePath
from typing import IO, cast

from graphmodel.errors import BadInput
from loaders import archives, tables
from loaders.origins import Origins
from loaders.paths import UNREADABLE, files, readable, root_of, size_of
from loaders.source import LIMIT, Source
from loaders.tables.header import Given
from loaders.tables.row import Failure, Row

HEAD = 65_536
"""Bytes that are read before it is known what a file is."""

_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ("xl/workbook.xml", "word/document.xml", "ppt/presentation.xml", "mimetype")


Item = Source | Row | Failure


def find(paths: Iterable[str], limit: int = LIMIT, columns: Given = None) -> Documents:
    """The documents under the paths, in the order of the paths, within one sorted by path, read one at a time.

    A path is a file, a folder (read with all below it), a zip, a glob or `-` (standard input). The origin is the
    path relative to the argument, with `/`: for a file its name, for a glob what follows its fixed folders; a member
    of a zip adds `!member`, a row of a table `#key`. Hidden files and folders are left out, and what is named twice
    comes once. `limit`: the most bytes of one document; `columns`: see loaders.tables.columns.find.
    Raises BadInput for a path that is not there or has no document in it.
    """
    return Documents(list(paths), limit, columns)


class Documents:
    """The documents under some paths, to be gone through once. Memory does not grow with their number.

    `met` holds the origins met so far, `broken` those of folders, zips and tables that could not be read to the end.
    """

    def __init__(self, paths: Sequence[str], limit: int, columns: Given) -> None:
        self.paths = paths
        self.limit = limit
        self.met = Origins()
        self.broken = Origins()
        self._columns = columns
        self._files = Origins()
        self._passed = 0
        self._stream: IO[bytes] | None = None
        self._roots = [root_of(path) for path in paths]
        self._total = None if "-" in paths else sum(size_of(file) for one in self._roots for file, _ in files(one))

    def __iter__(self) -> Iterator[Item]:
        for root in self._roots:
            for file, error in files(root):
                yield from self._of_file(file, file.relative_to(root.base), error)

    def share(self) -> float | None:
        """How much was passed of the bytes under the paths, in [0, 1]; None with standard input."""
        if not self._total:
            return None
        begun = self._stream.tell() if self._stream and not self._stream.closed else 0
        return min(1.0, (self._passed + begun) / self._total)

    def tell_what_is_gone(self) -> bool:
        """Whether each path holds several documents, so that one that was there before can be missed."""
        containers = (*tables.SUFFIXES, ".zip", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson")
        every = [path for root in self._roots for path in root.paths]
        return all(path.is_dir() or path.suffix.lower() in containers for path in every)

    def lacks(self, origin: str) -> bool:
        """Whether a stored origin stood under the paths and was not met; not told of what could not be read."""
        if origin in self.met:
            return False
        parts = {origin[: mark.start()] for mark in re.finditer("[/!#]", origin)}
        if any(part in self.broken for part in (*parts, ".")):
            return False
        return any(root.base in root.paths or not parts.isdisjoint(root.names()) for root in self._roots)

    def close(self) -> None:
        for origins in (self.met, self.broken, self._files):
            origins.close()

    def _of_file(self, file: Path, relative: PurePath, error: OSError | None) -> Iterator[Item]:
        origin = readable(relative.as_posix())
        if self._files.meet(os.fsencode(file.absolute())) > 1:
            return
        if self.met.meet(origin) > 1:
            yield _twice(file, origin)
            return
        try:
            if error:
                raise error
            if str(file) == "-":
                yield from self._of_stream(origin, origin, sys.stdin.buffer, None)
                return
            size = file.stat().st_size
            if not stat.S_ISREG(file.stat().st_mode):
                raise BadInput(f"{origin} is no file but a device or a pipe.", "Give what comes out of it as -.")
            with file.open("rb") as stream:
                self._stream = stream
                yield from self._of_stream(origin, relative.name, stream, size)
            self._passed += size
        except BadInput as problem:
            yield self._failed(origin, problem)
        except UNREADABLE as problem:
            yield self._failed(origin, _cannot(str(file) if origin == "." else origin, problem))

    def _of_stream(
        self, origin: str, name: str, stream: IO[bytes], size: int | None, packed: bool = False
    ) -> Iterator[Item]:
        """What a file, a member of a zip (`packed`) or standard input holds; `size` is None where it is unknown."""
        head = stream.read(HEAD)
        if origin == "-" and not head.strip():
            nothing = BadInput("Nothing came in on standard input.", "Pipe a document into it, or name a file.")
            yield self._failed(origin, nothing)
            return
        if head.startswith(_PACKED):
            yield from self._of_archive(origin, name, head, stream, size, packed)
            return
        kind = tables.kind(name, head, self._columns)
        if kind is None:
            yield self._whole(origin, name, head, stream, size)
        else:
            yield from self._rows(origin, name, kind, _joined(head, stream))

    def _of_archive(
        self, origin: str, name: str, head: bytes, stream: IO[bytes], size: int | None, packed: bool
    ) -> Iterator[Item]:
        """A zip, a workbook, or another Office file, which is a document. They are not read in order."""
        plain = size is not None and not packed
        with nullcontext(stream) if plain else _copy(_joined(head, stream), self.limit) as whole:
            inside = _inside(name, whole)
            whole.seek(0)
            if inside == "xlsx":
                yield from self._rows(origin, name, "xlsx", whole)
            elif inside != "zip":
                yield self._whole(origin, name, b"", whole, size)
            elif packed:
                problem = f"{origin} is a zip within a zip, which is not opened."
                yield self._failed(origin, BadInput(problem, "Unpack the outer one, or name the inner one."))
            else:
                yield from self._members(origin, whole)

    def _whole(self, origin: str, name: str, head: bytes, stream: IO[bytes], size: int | None) -> Item:
        """A document as it stands. One over the limit is not read."""
        if size is None or size <= self.limit:
            data = head if len(head) < HEAD and head else head + stream.read(self.limit + 1 - len(head))
            if len(data) <= self.limit:
                return Source(origin, name, data, self.limit)
        told = f" ({size:,})" if size else ""
        problem = f"{origin} is larger than {self.limit:,} bytes{told}."
        return self._failed(
            origin, BadInput(problem, "Split it into smaller documents, or set ROLEGRAPH_MAX_BYTES to more.")
        )

    def _rows(self, origin: str, name: str, kind: tables.Kind, stream: IO[bytes]) -> Iterator[Item]:
        for item in tables.rows(origin, name, kind, stream, self.met, self._columns, self.limit):
            if isinstance(item, Failure) and item.origin == origin:
                self.broken.meet(origin)
            yield item

    def _members(self, origin: str, stream: IO[bytes]) -> Iterator[Item]:
        with zipfile.ZipFile(stream) as archive:
            try:
                members = archives.members(archive, self.limit)
            except BadInput as error:
                yield self._failed(origin, BadInput(f"{origin}: {error.problem}", error.remedy))
                return
            for member in members:
                mine = f"{origin}!{member.name}"
                if self.met.meet(mine) > 1:
                    continue
                if member.error:
                    yield self._failed(mine, BadInput(f"{mine}: {member.error.problem}", member.error.remedy))
                    continue
                try:
                    with archive.open(member.info) as opened:
                        name = member.name.rpartition("/")[2]
                        yield from self._of_stream(mine, name, opened, member.info.file_size, packed=True)
                except UNREADABLE as problem:
                    yield self._failed(mine, _cannot(mine, problem))

    def _failed(self, origin: str, error: BadInput) -> Failure:
        self.broken.meet(origin)
        return Failure(origin, error)


def _inside(name: str, stream: IO[bytes]) -> str | None:
    """What an archive holds: "xlsx", "zip" (files), or None for another Office file, or for one that is broken."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        if name.lower().endswith(".zip"):
            raise
        return None
    if _OFFICE[0] in names:
        return "xlsx"
    return None if names.intersection(_OFFICE) else "zip"


def _copy(stream: IO[bytes], limit: int) -> IO[bytes]:
    """A temporary file of what the stream holds, cut where no archive may be longer."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    left = archives.TOTAL * limit
    while left > 0 and (piece := stream.read(min(1 << 20, left))):
        copy.write(piece)
        left -= len(piece)
    copy.seek(0)
    return copy


def _joined(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], _Joined(head, stream))


class _Joined(io.RawIOBase):
    """What was read of a stream already, and then the rest of it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._stream.read(size)
        head, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        return head + self._stream.read(size) if size < 0 else head


def _cannot(origin: str, error: Exception) -> BadInput:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    missing = "Check that it is there and that you may read it."
    remedy = missing if isinstance(error, OSError) else "It is damaged: fetch it again, or pack it anew."
    return BadInput(f"{origin} cannot be read: {reason.rstrip('.')}.", remedy)


def _twice(file: Path, origin: str) -> Failure:
    problem = f"{file} would be stored as {origin}, and so would another document of this load, which was taken."
    return Failure(origin, BadInput(problem, "Name the folder that holds both, so that their origins differ."))
