"""Strict Office Open XML (ISO/IEC 29500, "Strict Open XML" in Word and Excel) -> the usual, transitional form.

The two name the same elements in other namespaces, and the libraries know the transitional ones.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from typing import IO

_ROOT = "_rels/.rels"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_PIECE = 1 << 18


def transitional(stream: IO[bytes]) -> IO[bytes]:
    """The stream itself, or, of a strict file, a temporary one. It must have been checked to unpack to no bomb.

    Raises what zipfile raises of a damaged archive.
    """
    with zipfile.ZipFile(stream) as archive:
        if _ROOT in archive.namelist() and _STRICT.search(archive.read(_ROOT)):
            copy = tempfile.TemporaryFile()  # noqa: SIM115
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
                for info in archive.infolist():
                    if not info.is_dir():
                        with archive.open(info) as part, written.open(info.filename, "w", force_zip64=True) as out:
                            _copy(part, out, info.filename.endswith((".xml", ".rels")))
            stream = copy
    stream.seek(0)
    return stream


def _copy(part: IO[bytes], out: IO[bytes], is_xml: bool) -> None:
    """A piece ends before a tag, so that no name is cut in two."""
    rest = b""
    while piece := part.read(_PIECE):
        piece = rest + piece
        cut = piece.rfind(b"<") if is_xml else -1
        piece, rest = (piece[:cut], piece[cut:]) if cut > 0 else (piece, b"")
        out.write(_STRICT.sub(_TRANSITIONAL, piece) if is_xml else piece)
    out.write(_STRICT.sub(_TRANSITIONAL, rest))
