"""The whole journey on one screen: find → read → normalise → parse → extract → store.add_many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.graph import Reading
from graphmodel.identity import document_id
from graphmodel.nodes import Document, Posting
from graphmodel.store import ROWS_PER_DOCUMENT, Changes, GraphStore, Stamp
from loaders import READER, documents, formats
from loaders.documents import Failure, Place, Source
from loaders.extraction import extract
from loaders.formats import RawText
from loaders.lexicon import Lexicon
from loaders.posting import parse
from loaders.text import normalise
from ontology.taxonomy import Taxonomy

CHUNK = 64
"""Documents looked up in the store at once."""

LOST_NOTES = ("charset", "masked")
"""Notes on what the kept text no longer shows: a refresh carries them over."""

Progress = Callable[[int, int], None]
"""Called with the number of documents dealt with so far, and of all."""

Outcome = Reading | Failure | None
"""What became of one document; None: unchanged."""


class Summary(NamedTuple):
    """What became of each document, by origin.

    `empty` have no posting in them and are not stored (of a refresh: stay, with their text). `due` is true if the
    store had another taxonomy until now, so that all its documents are due to be read again.
    """

    loaded: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    forgotten: tuple[str, ...] = ()
    due: bool = False


def _quiet(done: int, total: int) -> None:
    pass


def load(store: GraphStore, paths: Iterable[str], taxonomy: Taxonomy, progress: Progress = _quiet) -> Summary:
    """Reads the documents under the paths into the store; one that did not change is not read again.

    A document that fails leaves its old version in the store, and the others go on. Raises BadInput for a path
    that is not there or has no document in it, and what GraphStore.add_many raises.
    """
    places = documents.places(paths)
    due = adopt(store, taxonomy)
    lexicon = Lexicon(taxonomy)
    tally = _Tally(keep_empty=False)
    changes = store.add_many(tally.readings(_from_files(store, places, lexicon, progress)))
    forgotten = store.forget(tally.empty).forgotten if tally.empty else ()
    return tally.summary(changes, forgotten, due)


def refresh(store: GraphStore, taxonomy: Taxonomy, progress: Progress = _quiet) -> Summary:
    """Reads again the kept text of each document that another reader or taxonomy read; no file is needed."""
    due = adopt(store, taxonomy)
    lexicon = Lexicon(taxonomy)
    tally = _Tally(keep_empty=True)
    changes = store.add_many(tally.readings(_from_texts(store, lexicon, progress)))
    return tally.summary(changes, (), due)


def readings(paths: Iterable[str], taxonomy: Taxonomy) -> Iterator[Reading | Failure]:
    """What the documents under the paths say, one at a time and without a store. Raises as documents.find."""
    lexicon = Lexicon(taxonomy)
    for source in documents.find(paths):
        yield source if isinstance(source, Failure) else _attempt(read, source, lexicon)


def read(source: Source, lexicon: Lexicon) -> Reading:
    """One document as it stands in its file. Raises BadInput."""
    return understand(source.origin, content(source), formats.read(source), lexicon)


def understand(origin: str, content: str, raw: RawText, lexicon: Lexicon) -> Reading:
    """One document from its decoded text on; `content` is the SHA-256 of its bytes, in hex. Raises BadInput."""
    text = normalise(raw.text)
    parsed = parse(text, PurePosixPath(origin.replace("!", "/")).stem)
    document = Document(
        document_id(origin), origin, content, raw.media_type, notes=(*raw.notes, *text.notes, *parsed.notes)
    )
    graph = extract(document, text, parsed, lexicon)
    if len(graph.nodes) + len(graph.mentions) > ROWS_PER_DOCUMENT:
        raise BadInput(f"{origin} makes more than {ROWS_PER_DOCUMENT:,} rows.", "Split it into smaller documents.")
    return Reading(document, text.raw, graph, READER, lexicon.taxonomy)


def _from_files(
    store: GraphStore, places: Sequence[Place], lexicon: Lexicon, progress: Progress
) -> Iterator[tuple[str, Outcome]]:
    """Each document with what became of it; two of one origin would replace each other at every load."""
    seen: set[str] = set()
    stamps: dict[str, Stamp] = {}
    for number, place in enumerate(places):
        progress(number, len(places))
        if number % CHUNK == 0:
            stamps = store.stamps([place.origin for place in places[number : number + CHUNK]])
        source = documents.fetch(place)
        if place.origin in seen:
            yield place.origin, _twice(place.origin)
        elif isinstance(source, Failure):
            yield place.origin, source
        elif stamps.get(place.origin) == Stamp(content(source), READER, lexicon.taxonomy):
            yield place.origin, None
        else:
            yield place.origin, _attempt(read, source, lexicon)
        seen.add(place.origin)


def _from_texts(store: GraphStore, lexicon: Lexicon, progress: Progress) -> Iterator[tuple[str, Outcome]]:
    stamps = store.stamps()
    for number, (origin, stamp) in enumerate(stamps.items()):
        progress(number, len(stamps))
        if (stamp.reader, stamp.taxonomy) == (READER, lexicon.taxonomy):
            yield origin, None
            continue
        for document in store.nodes("document", [document_id(origin)]):
            assert isinstance(document, Document)
            notes = tuple(note for note in document.notes if note.code in LOST_NOTES)
            raw = RawText(store.text([origin])[origin], document.media_type, notes)
            yield origin, _attempt(understand, origin, document.content, raw, lexicon)


def adopt(store: GraphStore, taxonomy: Taxonomy) -> bool:
    """Puts the taxonomy into the store; true if documents are in it that were read with another."""
    before = store.taxonomy()
    if before == taxonomy.scheme.digest:
        return False
    store.set_taxonomy(taxonomy.scheme)
    return bool(before)


def gone(store: GraphStore, report: Summary) -> list[str]:
    """The origins in the store that a load did not meet, sorted."""
    met = {*report.loaded, *report.changed, *report.unchanged, *report.empty, *(one.origin for one in report.failed)}
    return [origin for origin in store.stamps() if origin not in met]


def content(source: Source) -> str:
    """The SHA-256 of a source's bytes, in hex."""
    return hashlib.sha256(source.data).hexdigest()


def has_posting(reading: Reading) -> bool:
    return any(isinstance(node, Posting) for node in reading.graph.nodes.values())


class _Tally:
    """Lets the readings through to the store and remembers what became of the other documents."""

    def __init__(self, keep_empty: bool) -> None:
        self.keep_empty = keep_empty
        self.unchanged: list[str] = []
        self.empty: list[str] = []
        self.failed: list[Failure] = []

    def readings(self, outcomes: Iterable[tuple[str, Outcome]]) -> Iterator[Reading]:
        for origin, outcome in outcomes:
            if outcome is None:
                self.unchanged.append(origin)
            elif isinstance(outcome, Failure):
                self.failed.append(outcome)
            else:
                posting = has_posting(outcome)
                if not posting:
                    self.empty.append(origin)
                if posting or self.keep_empty:
                    yield outcome

    def summary(self, changes: Changes, forgotten: tuple[str, ...], due: bool) -> Summary:
        empty = set(self.empty)
        return Summary(
            changes.added,
            tuple(origin for origin in changes.changed if origin not in empty),
            (*self.unchanged, *changes.unchanged),
            tuple(self.empty),
            tuple(self.failed),
            forgotten,
            due,
        )


def _attempt(stage: Callable[..., Reading], *arguments: Any) -> Reading | Failure:
    """A fault in one document, ours included, must not keep the others out of the store."""
    origin = arguments[0].origin if isinstance(arguments[0], Source) else arguments[0]
    try:
        return stage(*arguments)
    except BadInput as error:
        return Failure(origin, error)
    except Exception as error:
        problem = f"{origin}: {type(error).__name__}: {error}."
        return Failure(origin, BadInput(problem, "This is a fault of rolegraph: please report it with the document."))


def _twice(origin: str) -> Failure:
    problem = f"{origin} is the origin of two documents of this load; the first was taken."
    return Failure(origin, BadInput(problem, "Load the folder that holds both, so that their paths differ."))
