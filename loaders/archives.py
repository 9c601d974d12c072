"""Zip -> its members: their names as people wrote them, and what is refused before it is unpacked."""

from __future__ import annotations

import re
import zipfile
from typing import NamedTuple

from graphmodel.errors import BadInput

RATIO = 200
"""How many times its packed size a member over the limit may have; text is packed to a tenth, seldom to a fiftieth."""

TOTAL = 40
"""How many times the limit of one document all members of an archive may have together."""

_ENCRYPTED = 0x1
_HIDDEN = re.compile(r"(?:\A|/)(?:\.(?!\.(?:/|\Z))|__MACOSX)")
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)")


class Member(NamedTuple):
    """A file in a zip, or the error for which it is refused. `name` has `/` between its parts."""

    name: str
    info: zipfile.ZipInfo
    error: BadInput | None


def members(archive: zipfile.ZipFile, limit: int) -> list[Member]:
    """The members by name, without hidden files and folders. Raises BadInput if they are too large together.

    `limit`: the most bytes of one document. A table may be larger, since it is read row by row.
    """
    check_total(archive, limit)
    return [Member(name, info, _refused(name, info, limit)) for name, info in files(archive)]


def files(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """The files of an archive by name, without hidden ones."""
    found = [(name_of(info), info) for info in archive.infolist() if not info.is_dir()]
    return sorted(((name, info) for name, info in found if not _HIDDEN.search(name)), key=lambda each: each[0])


def check(archive: zipfile.ZipFile, limit: int) -> None:
    """Raises BadInput for an archive, such as an Office file, that is not safe to unpack."""
    check_total(archive, limit)
    for info in archive.infolist():
        if is_bomb(info, limit):
            raise BadInput(*_bomb(info.filename, info))


def check_total(archive: zipfile.ZipFile, limit: int) -> None:
    total = sum(info.file_size for info in archive.infolist())
    if total > TOTAL * limit:
        raise BadInput(
            f"It unpacks to {total:,} bytes, more than {TOTAL * limit:,}.",
            f"Split it, or set ROLEGRAPH_MAX_BYTES (now {limit:,}) to more than {total // TOTAL:,}.",
        )


def is_bomb(info: zipfile.ZipInfo, limit: int) -> bool:
    """Whether the archive's table tells of a decompression bomb; zipfile unpacks no more than it says there."""
    return info.file_size > limit and info.file_size > RATIO * max(info.compress_size, 1)


def name_of(info: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag, zipfile takes the bytes of a name for cp437; Chinese Windows writes GBK."""
    name = info.filename
    if not info.flag_bits & 0x800:
        data = name.encode("cp437", "replace")
        for charset in ("utf-8", "gb18030"):
            try:
                name = data.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _refused(name: str, info: zipfile.ZipInfo, limit: int) -> BadInput | None:
    if _OUTSIDE.match(name):
        return BadInput(f"Its name {name!r} leaves the archive.", "Pack it anew, with names within the archive.")
    if info.flag_bits & _ENCRYPTED:
        return BadInput("It is under a password.", "Unpack the archive with its password, and name the folder.")
    if is_bomb(info, limit):
        return BadInput(*_bomb("It", info))
    return None


def _bomb(name: str, info: zipfile.ZipInfo) -> tuple[str, str]:
    problem = f"{name} would unpack from {info.compress_size:,} bytes to {info.file_size:,}: a decompression bomb."
    return problem, f"If you trust it, set ROLEGRAPH_MAX_BYTES to {info.file_size:,} or more."
