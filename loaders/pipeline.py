"""The whole journey on one screen: find → read → normalise → parse → extract → store.add."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.identity import document_id
from graphmodel.nodes import Document, Posting
from graphmodel.store import IMPORTED, ROWS_PER_DOCUMENT, GraphStore, Prepared, Stamp
from loaders import READER, documents, formats, tables
from loaders.documents import Documents
from loaders.extraction import extract
from loaders.formats import RawText, row
from loaders.lengths import shorten
from loaders.lexicon import Lexicon
from loaders.posting import parse
from loaders.records import records
from loaders.source import Source
from loaders.tables.row import Failure, Row
from loaders.tally import Empty, Outcome, Summary, Tally
from loaders.text import normalise
from loaders.workers import chunks, spread
from ontology.taxonomy import Taxonomy

LOOKED_UP = 256
"""Documents looked up in the store at once."""

LOST_NOTES = ("charset", "masked", "truncated")
"""Notes on what the kept text no longer shows: a refresh carries them over."""

Prepare = Callable[[Reading, Container[str]], Prepared]

Progress = Callable[[int, float | None], None]
"""Called with the number of documents met so far, and the share of the whole that was passed, in [0, 1] if known."""


class Kept(NamedTuple):
    """The text of a document as a store keeps it; `content` is the SHA-256 of its bytes, in hex."""

    origin: str
    content: str
    raw: RawText


def _quiet(done: int, share: float | None) -> None:
    pass


def load(
    store: GraphStore, paths: Iterable[str] | Documents, taxonomy: Taxonomy, progress: Progress = _quiet, jobs: int = 1
) -> Summary:
    """Reads the documents into the store, in `jobs` processes; one that did not change is not read again.

    A document that fails leaves its old version in the store, and the others go on. Raises BadInput for a path
    that is not there or has no document in it, and what GraphStore.add_many raises.
    """
    found = _found(paths)
    due = adopt(store, taxonomy)
    lexicon = Lexicon(taxonomy)
    tally = Tally(store)
    work = partial(_prepare_all, prepare=store.prepare, keep_empty=False)
    tally.write(spread(work, _news(store, found, lexicon, tally, progress), taxonomy, lexicon, jobs))
    return tally.summary(due)


def refresh(store: GraphStore, taxonomy: Taxonomy, progress: Progress = _quiet, jobs: int = 1) -> Summary:
    """Reads again the kept text of each document that another reader or taxonomy read; no file is needed.

    A document that was imported has no text, and stays as it is.
    """
    due = adopt(store, taxonomy)
    lexicon = Lexicon(taxonomy)
    tally = Tally(store)
    work = partial(_prepare_all, prepare=store.prepare, keep_empty=True)
    tally.write(spread(work, _due(store, lexicon, tally, progress), taxonomy, lexicon, jobs))
    return tally.summary(due)


def readings(paths: Iterable[str] | Documents, taxonomy: Taxonomy, jobs: int = 1) -> Iterator[Reading | Failure]:
    """What the documents say, one at a time and without a store. Raises as documents.find."""
    return spread(_read_all, _found(paths), taxonomy, Lexicon(taxonomy), jobs)


def lines(paths: Iterable[str] | Documents, taxonomy: Taxonomy, jobs: int = 1) -> Iterator[str | Failure]:
    """The same as JSON Lines, all those of a document at once."""
    return spread(_print_all, _found(paths), taxonomy, Lexicon(taxonomy), jobs)


def _found(paths: Iterable[str] | Documents) -> Documents:
    return paths if isinstance(paths, Documents) else documents.find(paths)


def read(source: Source | Row, lexicon: Lexicon) -> Reading:
    """One document as it stands in its file, or one row of a table. Raises BadInput."""
    raw = row.read(source) if isinstance(source, Row) else formats.read(source, source.limit)
    return understand(source.origin, content(source), raw, lexicon)


def understand(origin: str, content: str, raw: RawText, lexicon: Lexicon) -> Reading:
    """One document from its decoded text on; `content` is the SHA-256 of its bytes, in hex. Raises BadInput."""
    text = normalise(raw.text)
    parsed = shorten(text, parse(text, _title(origin, raw)))
    document = Document(
        document_id(origin), origin, content, raw.media_type, notes=(*raw.notes, *text.notes, *parsed.notes)
    )
    graph = extract(document, text, parsed, lexicon)
    if len(graph.nodes) + len(graph.mentions) > ROWS_PER_DOCUMENT:
        raise BadInput(f"{origin} makes more than {ROWS_PER_DOCUMENT:,} rows.", "Split it into smaller documents.")
    return Reading(document, text.raw, graph, READER, lexicon.taxonomy)


def _title(origin: str, raw: RawText) -> str:
    """What a posting is called whose text does not tell."""
    if raw.media_type in tables.MEDIA_TYPES.values():
        return row.title(raw.text)
    return PurePosixPath(origin.replace("!", "/")).stem


def _news(
    store: GraphStore, found: Documents, lexicon: Lexicon, tally: Tally, progress: Progress
) -> Iterator[Source | Row]:
    """The documents that the store does not have as they are; what became of the others goes to the tally."""
    for some in chunks(found, LOOKED_UP):
        stamps = store.stamps([item.origin for item in some if not isinstance(item, Failure)])
        for item in some:
            progress(tally.count(), found.share())
            if isinstance(item, Failure):
                tally.fail(item)
            elif isinstance(item, Row) and not item.fields:
                tally.leave_out(Empty(item.origin, item.name or item.origin))
            elif (known := stamps.get(item.origin)) and known == Stamp(content(item), READER, lexicon.taxonomy):
                tally.unchanged += 1
            else:
                yield item


def _due(store: GraphStore, lexicon: Lexicon, tally: Tally, progress: Progress) -> Iterator[Kept]:
    total = store.count("document")
    for page in _pages(store):
        stamps = store.stamps([document.origin for document in page])
        imported = {origin for origin, stamp in stamps.items() if stamp.reader == IMPORTED}
        tally.imported += len(imported)
        old = [d for d in page if stamps[d.origin][1:] != (READER, lexicon.taxonomy)]
        due = [d for d in old if d.origin not in imported]
        tally.unchanged += len(page) - len(due)
        for document in due:
            progress(tally.count(), tally.met / total)
            text = store.text([document.origin])[document.origin]
            notes = tuple(note for note in document.notes if note.code in LOST_NOTES)
            yield Kept(document.origin, document.content, RawText(text, document.media_type, notes))
        tally.met += len(page) - len(due)


def _pages(store: GraphStore) -> Iterator[list[Document]]:
    """All documents of the store in order of origin; those that are written meanwhile do not disturb."""
    after: tuple[str, str] | None = None
    while True:
        page: list[Any] = store.nodes("document", order="origin", after=after, limit=LOOKED_UP)
        if not page:
            return
        yield page
        after = (page[-1].origin, page[-1].id)


def adopt(store: GraphStore, taxonomy: Taxonomy) -> bool:
    """Puts the taxonomy into the store; true if documents are in it that were read with another."""
    before = store.taxonomy()
    if before == taxonomy.scheme.digest:
        return False
    store.set_taxonomy(taxonomy.scheme)
    return bool(before)


def gone(store: GraphStore, found: Documents) -> Iterator[str]:
    """The origins in the store that stood under the paths and were not met, when all documents were gone through."""
    for page in _pages(store):
        yield from (document.origin for document in page if found.lacks(document.origin))


def content(source: Source | Row) -> str:
    """The SHA-256 of a source's bytes or of a row's fields, in hex."""
    return source.digest() if isinstance(source, Row) else hashlib.sha256(source.data).hexdigest()


def has_posting(reading: Reading) -> bool:
    return any(isinstance(node, Posting) for node in reading.graph.nodes.values())


def _read_all(items: list[Any], lexicon: Lexicon) -> list[Reading | Failure]:
    return [
        item
        if isinstance(item, Failure)
        else _attempt(understand, *item, lexicon)
        if isinstance(item, Kept)
        else _attempt(read, item, lexicon)
        for item in items
        if not isinstance(item, Row) or item.fields
    ]


def _prepare_all(items: list[Any], lexicon: Lexicon, prepare: Prepare | None, keep_empty: bool) -> list[Outcome]:
    """The same, made ready for a store; of a document without a posting, only if it is to be kept."""
    names = {item.origin: item.name for item in items if isinstance(item, Row)}

    def ready(reading: Reading) -> Reading | Prepared:
        return prepare(reading, lexicon.skills) if prepare else reading

    def empty(reading: Reading) -> Empty:
        origin = reading.document.origin
        return Empty(origin, names.get(origin) or origin, ready(reading) if keep_empty else None)

    return [
        each if isinstance(each, Failure) else ready(each) if has_posting(each) else empty(each)
        for each in _read_all(items, lexicon)
    ]


def _print_all(items: list[Any], lexicon: Lexicon) -> list[str | Failure]:
    return [each if isinstance(each, Failure) else _lines(each) for each in _read_all(items, lexicon)]


def _lines(reading: Reading) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records(reading.graph))


def _attempt(stage: Callable[..., Reading], *arguments: Any) -> Reading | Failure:
    """A fault in one document, ours included, must not keep the others out of the store."""
    origin = arguments[0] if isinstance(arguments[0], str) else arguments[0].origin
    try:
        return stage(*arguments)
    except BadInput as error:
        return Failure(origin, BadInput(error.problem, error.remedy))  # without the traceback, which holds the document
    except Exception as error:
        problem = f"{origin}: {type(error).__name__}: {error}."
        return Failure(origin, BadInput(problem, "This is a fault of rolegraph: please report it with the document."))
