"""Documents that come with a name and not from a folder: what a name may be, and how they are read by it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from graphmodel.errors import BadInput
from loaders.documents import Documents, Item
from loaders.source import LIMIT

LONGEST_NAME = 500


def origin_of(name: str) -> str:
    """The origin under which a document of this name is stored: the name in Unicode's form C.

    Raises BadInput for what is no relative path with `/` between its parts.

    >>> origin_of("2024/店长.docx")
    '2024/店长.docx'
    """
    origin = unicodedata.normalize("NFC", name)
    if len(origin) > LONGEST_NAME:
        raise BadInput(f"A name has {len(origin)} characters.", f"Give one of at most {LONGEST_NAME}.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in origin):
        raise BadInput(f"The name {origin!a} has a control character in it.", "Give one without.")
    parts = origin.split("/")
    if "\\" in origin or any(not part.strip() or part in (".", "..") for part in parts):
        raise BadInput(
            f"{origin!r} is no name for a document.",
            "Give a relative path such as 2024/hotel.txt, with / between its parts and without `..`.",
        )
    return origin


class Uploads(Documents):
    """Documents in files that are called something else: (origin, file) pairs, in this order, read once."""

    def __init__(self, files: Sequence[tuple[str, Path]], limit: int = LIMIT) -> None:
        super().__init__([str(file) for _, file in files], limit, None)
        self._named = files

    def __iter__(self) -> Iterator[Item]:
        for origin, file in self._named:
            yield from self._of_file(file, PurePosixPath(origin), None)
