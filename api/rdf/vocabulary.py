"""Turtle files of the package as documents of their own, in each form; and what the terms of ours are called."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import RDFS

import ontology
from api.rdf import terms_page
from api.rdf.forms import DESCRIBED, PAGE, Form
from api.rdf.small_graphs import serialised, triples_of
from ontology.terms import ONTOLOGY

ONTOLOGY_FILE, SHAPES_FILE = "rolegraph.ttl", "shapes.ttl"


class Published:
    """A graph in Turtle, and the same in other forms, each made once. May be used on any thread."""

    def __init__(self, turtle: bytes, title: str) -> None:
        self.tag = hashlib.sha256(turtle).hexdigest()[:32]
        self._title = title
        self._lock = threading.Lock()
        self._made: dict[str, bytes] = {"ttl": turtle}

    def body(self, form: Form, path: str) -> bytes:
        """The bytes of a form; `path` is the one that all forms have in common, for the links of the page."""
        name = form.suffix + (path if form == PAGE else "")
        with self._lock:
            if name not in self._made:
                self._made[name] = self._form(form, path)
            return self._made[name]

    def _form(self, form: Form, path: str) -> bytes:
        triples = triples_of(self._made["ttl"])
        if form == PAGE:
            return terms_page.page(self._title, path, triples, labels()).encode()
        return serialised(triples, form.format)


FORMS = tuple(form for form in DESCRIBED if form == PAGE or form.format in ("turtle", "nt", "rdfxml", "jsonld"))


def file(name: str) -> bytes | None:
    """A file of the package `ontology`, or None if there is none."""
    try:
        return Path(ontology.__path__[0], name).read_bytes()
    except FileNotFoundError:
        return None


@lru_cache
def published(name: str, title: str) -> Published | None:
    """A Turtle file of the package, read once."""
    turtle = file(name)
    return None if turtle is None else Published(turtle, title)


@lru_cache
def labels() -> dict[str, tuple[str, str]]:
    """By the name of each term of ours: what it is called in Chinese and in English."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, label in triples_of(file(ONTOLOGY_FILE) or b""):
        ours = isinstance(subject, URIRef) and subject.startswith(ONTOLOGY)
        if ours and predicate == RDFS.label and isinstance(label, Literal):
            said[str(subject).removeprefix(ONTOLOGY)][(label.language or "").partition("-")[0]] = str(label)
    return {name: (found.get("zh", name), found.get("en", name)) for name, found in said.items()}
