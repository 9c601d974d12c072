"""RDF files read as a stream of triples: by their suffix, unpacked, and without anything that they point to.

No file is fetched and nothing is believed of what a stranger's file claims of itself: entities of RDF/XML that grow
are refused (one kilobyte can stand for a gigabyte), and a JSON-LD context on a remote host is not looked up, unless it
is our own, which is in the package.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from graphmodel.errors import BadInput
from ontology.terms import ONTOLOGY

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats that are read, by name."""

_SUFFIXES = {
    ".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".rdf": "rdfxml", ".xml": "rdfxml",
    ".owl": "rdfxml", ".jsonld": "jsonld", ".json": "jsonld",
}  # fmt: skip

CONTEXT = Path(__file__).parent / "context.jsonld"
CONTEXT_IRIS = (
    ONTOLOGY.removesuffix("ns#") + "context.jsonld",
    "http://localhost:8000/context.jsonld",
)
"""Where our context is published; a file that names one of these is read with the context of the package."""

_ORDERED = b'{"@context": {\n "@version": 1.1,\n "id": "@id",'
_HEAD = 1 << 16
_OVERLAP = 1_024
_ENTITY = re.compile(rb"""<!ENTITY\s+[^\s"'<>]+\s+(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')\s*>""")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_REMOTE = re.compile(rb'"@context"\s*:\s*(\[\s*)?"((?:https?:)?//[^"\s]+|[^"{}\s]+)"')


def format_of(file: str, given: str | None = None) -> str:
    """The name of the format of a file, from its suffix (.gz aside) unless it is given. Raises BadInput."""
    if given is not None:
        if given not in FORMATS:
            raise BadInput(f"{given!r} is not a format that can be read.", f"Choose one of: {', '.join(FORMATS)}.")
        return given
    name = file.lower().removesuffix(".gz")
    suffix = name[name.rfind(".") :] if "." in name else ""
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise BadInput(f"The suffix of {file} does not tell its format.", f"Name it: --format. Known are {known}.")
    return _SUFFIXES[suffix]


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if they are gzip, whatever the file is called."""
    with file.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw


def quads(
    file: Path,
    format: str,
    base: str | None = None,
    name: str = "",
    passed: Callable[[int], None] = lambda size: None,
) -> Iterator[Any]:
    """The quads of a file, in its order; `name` is what errors call it, `passed` is called with sizes of what was read.

    Blank nodes keep their names; `base` resolves relative IRIs. Raises BadInput naming file and line.
    """
    name = name or str(file)
    try:
        with opened(file) as raw:
            parser = ox.RdfFormat.STREAMING_JSON_LD if format == "jsonld" and _is_ordered(raw) else FORMATS[format]
            stream = _Checked(raw, format, name, passed)
            yield from ox.parse(cast(IO[bytes], stream), format=parser, base_iri=base)
    except SyntaxError as error:
        place = f"{name}:{error.lineno}" if error.lineno else name
        problem = str(error.msg).removesuffix(f" (line {error.lineno})")
        raise BadInput(f"{place}: {problem}.", _remedy(problem)) from error
    except (zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise BadInput(f"{name} is damaged: {error}.", "Pack or fetch it anew.") from error
    except OSError as error:
        raise BadInput(f"{name} cannot be read: {error.strerror or error}.", "Name a file that is yours.") from error
    except ValueError as error:
        raise BadInput(f"{name}: {error}.", "Correct the file.") from error


def _is_ordered(raw: BinaryIO) -> bool:
    """Whether this is JSON-LD as our writer makes it, in the order of the streaming profile.

    Any other is held in memory as a whole, in twenty times its size.
    """
    head = raw.read(len(_ORDERED))
    raw.seek(0)
    return head == _ORDERED


def line_of(file: Path, iri: str, key: str, property: str = "") -> int | None:
    """The line where a thing is the subject, or there the line of a property of it: the local names are sought.

    `key` is the end of the IRI, or the prefixed name in Turtle. None where it cannot be told.
    """
    begins = re.compile(
        rf"""^\s*(?:<{re.escape(iri)}>|{re.escape(key)}(?![\w.-]*\w))|\babout="{re.escape(iri)}"|"@?id":\s*"(?:{
            re.escape(iri)
        }|{re.escape(key)})"
        """.strip()
    )
    wanted = re.compile(rf"\b{re.escape(property)}\b") if property else None
    found = None
    with opened(file) as raw:
        for number, line in enumerate(raw, 1):
            text = line.decode("utf-8", errors="replace")
            if found is None or (wanted and text.lstrip().startswith(f"<{iri}>")):
                if begins.search(text):
                    found = found or number
                    if wanted is None or wanted.search(text):
                        return number
            elif wanted is None or number > found + 200:
                return found
            elif wanted.search(text):
                return number
    return found


def _remedy(problem: str) -> str:
    if "LoadDocumentCallback" in problem:
        return "Its JSON-LD context is on another host, and nothing is fetched: write the context into the file."
    return "Correct the syntax of the file, or name its format: --format."


def _root(text: bytes) -> bytes:
    """The name of the element that holds all others; empty if it does not begin in this text."""
    found = _ELEMENT.search(_COMMENT.sub(b"", text))
    return found[1] if found else b""


class _Checked:
    """A stream of bytes as the parser reads it, looked through for what must not be in it."""

    def __init__(self, raw: BinaryIO, format: str, name: str, passed: Callable[[int], None]) -> None:
        self._raw = raw
        self._format = format
        self._name = name
        self._passed = passed
        self._before = self._ahead = b""
        self._first = True
        self._root = b""

    def read(self, size: int = -1) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        first, self._first = self._first, False
        if first and self._format == "jsonld":
            head = self._raw.read(_HEAD)
            self._passed(len(head))
            self._ahead = self._with_context(head)
            return self.read(size)
        data = self._raw.read(size)
        self._passed(len(data))
        if self._format == "rdfxml":
            if data:
                self._root = self._root or _root(self._before + data)
                self._check_entities(data)
            else:
                self._check_end()
        return data

    def _check_end(self) -> None:
        """Refuses a file that is cut off between two elements, which the parser takes for a whole one."""
        tail = _COMMENT.sub(b"", self._before).rstrip()
        if self._root and not re.search(rb"<(/%b\s*|%b\b[^<>]*/)>\Z" % ((re.escape(self._root),) * 2), tail):
            raise BadInput(f"{self._name} ends before </{self._root.decode()}>.", "It was cut off: fetch it anew.")

    def _check_entities(self, data: bytes) -> None:
        """Refuses an entity that names another, or a file, or is long; a name for a namespace is none of these."""
        seen = self._before + data
        at = seen.find(b"<!ENTITY")
        while at >= 0:
            complete = len(seen) - at >= _OVERLAP or b">" in seen[at:]
            if complete and not _ENTITY.match(seen, at):
                raise BadInput(
                    f"{self._name} declares XML entities that stand for more than a short text.",
                    "Such a file can grow without end and is not read; write it anew without <!ENTITY.",
                )
            at = seen.find(b"<!ENTITY", at + 1)
        self._before = seen[-_OVERLAP:]

    def _with_context(self, data: bytes) -> bytes:
        """Our own published context, which the file only names, is put in its place."""
        if (found := _REMOTE.search(data)) and not found[1] and found[2].decode(errors="replace") in CONTEXT_IRIS:
            own = json.loads(CONTEXT.read_text("utf-8"))["@context"]
            return data[: found.start()] + b'"@context":' + json.dumps(own).encode() + data[found.end() :]
        return data
