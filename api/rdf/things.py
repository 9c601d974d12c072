"""What is answered at /id/…: where a document about a thing is, the document, or why there is none."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Sequence
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote

from api.asking import ask
from api.rdf.answers import Answer, Choice, Problem, not_acceptable, page
from api.rdf.forms import DESCRIBED, PAGE, Form, alternates, of_type, with_suffix
from api.rdf.negotiation import preferred
from api.rdf.page import page as page_of
from graphmodel.errors import BadInput
from graphmodel.identity import document_id
from graphmodel.store import GraphStore, View
from ontology import formats
from ontology.describe import LIMIT, Around, around, described, exists
from ontology.terms import DATA_KINDS, iri

VOID = "/.well-known/void"
"""Where the manifest is."""

MOST = 500
"""Edges of one relation in one document, at most."""

MOST_PAGES = 100_000
LONGEST_KEY = 200
"""Characters of a key: all that are longer are nobody's."""

_NAMED = ("role", "skill", "department", "indicator")
_NEAREST = 5
_ASCII = "%/:#?&=+-._~@!$'()*,;[]"


class Asked(NamedTuple):
    """A request. `rest` is the path after /id/, `below` the path before it, `unless` the tags that the client has."""

    rest: str
    below: str = ""
    accept: str = ""
    limit: int = LIMIT
    page: int = 1
    unless: Collection[str] = ()


class Things:
    """Answers about the things of a store, whose IRIs begin with `base`. May be called on any thread; blocks."""

    def __init__(self, store: GraphStore, base: str) -> None:
        self._store = store
        self._base = base
        self._edition = (version("rolegraph"), base)
        self._forgotten = _Forgotten()

    def answer(self, asked: Asked) -> Answer:
        """303 to a document, the document, 304 with its tag, or 301 to another id. Raises Problem (404, 406, 410), and
        what the store raises.
        """
        kind, _, key = asked.rest.removeprefix(self._base).partition("/")
        stem, _, suffix = key.rpartition(".")
        form = with_suffix(suffix) if stem else None
        key = stem if form else key
        if kind == "dataset" and key:  # what the manifest speaks of
            return Answer(303, headers=((b"location", f"{asked.below}{VOID}".encode()),))
        if kind not in DATA_KINDS or not 0 < len(key) <= LONGEST_KEY:
            raise _not_found(f"{kind}:{key}"[:LONGEST_KEY], f"Ids are kind/key; kinds are {', '.join(DATA_KINDS)}.")
        return ask(self._store, lambda view: self._answer(view, asked, f"{kind}:{key}", form))

    def _answer(self, view: View, asked: Asked, id: str, form: Form | None) -> Answer:
        path = _path(id, asked.below)
        if form is None:
            if not exists(view, id):
                return self._elsewhere(view, asked, id, "")
            chosen = of_type(preferred(asked.accept, [one.media_type for one in DESCRIBED]))
            if chosen is None:
                raise not_acceptable(path, DESCRIBED)
            to = f"{path}.{chosen.suffix}"
            links = [*alternates(path), f'<{to}>; rel="describedby"; type="{chosen.media_type}"']
            return Answer(303, headers=((b"location", to.encode()), (b"link", ", ".join(links).encode())))
        tag = _digest(view.state(), *self._edition, id, form.suffix, asked.limit, asked.page, asked.below)
        if tag in asked.unless:
            return Answer(304, tag=tag)
        thing = around(view, id, asked.limit, asked.page)
        if thing is None:
            return self._elsewhere(view, asked, id, f".{form.suffix}")
        headers = ((b"link", ", ".join(self._links(thing, asked, form)).encode()),)
        if form == PAGE:
            return page(200, page_of(view, thing, asked.limit, asked.page, self._base, asked.below), tag, headers)
        return Answer(200, self._document(view, thing, asked.limit, form, path), form.content_type, tag, headers)

    def _document(self, view: View, thing: Around, limit: int, form: Form, path: str) -> bytes:
        try:
            writer = formats.named(form.format).writer(self._base)
            blocks = [writer.block(*subject) for subject in described(view, writer, thing, limit)]
        except BadInput as error:  # XML and JSON-LD cannot say everything
            others = [Choice("", f"{path}.{one.suffix}", one.media_type) for one in DESCRIBED if one != form]
            raise Problem(406, "NOT_ACCEPTABLE", error.problem, "Take another form.", choices=others) from error
        return "".join([writer.head(), *blocks, writer.tail()]).encode()

    def _links(self, thing: Around, asked: Asked, form: Form) -> list[str]:
        path, here = _path(thing.id, asked.below), f"?limit={asked.limit}&page="
        links = alternates(path, but=form)
        links.append(f'<{ascii_iri(iri(thing.id, self._base))}>; rel="describes"')
        if asked.page > 1:
            links.append(f'<{path}.{form.suffix}{here}{asked.page - 1}>; rel="prev"')
        if thing.more:
            links.append(f'<{path}.{form.suffix}{here}{asked.page + 1}>; rel="next"')
        return links

    def _elsewhere(self, view: View, asked: Asked, id: str, suffix: str) -> Answer:
        """301 to the id that took the place of another. Raises Problem."""
        new = view.aliases([id]).get(id)
        if new and exists(view, new):
            return Answer(301, headers=((b"location", f"{_path(new, asked.below)}{suffix}".encode()),))
        if new:
            raise Problem(410, "GONE", f"{id} became {new}, which is there no more.")
        kind, _, key = id.partition(":")
        document = f"document:{key.partition('-')[0]}" if kind == "note" else id
        if document in self._forgotten.of(view):
            raise Problem(410, "GONE", f"{document} was forgotten.", "Load the document again, if it is still valid.")
        nearest = []
        if kind in _NAMED:
            found = view.find(key.replace("-", " "), [kind], _NEAREST)
            nearest = [Choice(match.label, _path(match.id, asked.below)) for match in found]
        remedy = (
            "Did you mean one of these?" if nearest else "The graph may have changed: ask for the things around it."
        )
        raise _not_found(id, remedy, nearest)


class _Forgotten:
    """The ids of documents that were forgotten, by the journal; kept for one state of the store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[str, frozenset[str]] = ("", frozenset())

    def of(self, view: View) -> frozenset[str]:
        state = view.state()
        with self._lock:
            if self._known[0] != state:
                last = {change.origin: change.action for change in view.changes()}
                gone = (document_id(origin) for origin, action in last.items() if action == "forgotten")
                self._known = (state, frozenset(gone))
            return self._known[1]


def ascii_iri(iri: str) -> str:
    """An IRI as a URI, which a header can hold."""
    return quote(iri, safe=_ASCII)


def _path(id: str, below: str) -> str:
    return iri(id, f"{below}/id/")


def _not_found(id: str, remedy: str, choices: Sequence[Choice] = ()) -> Problem:
    shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in id)
    return Problem(404, "NOT_FOUND", f"There is no {shown}.", remedy, choices=choices)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
