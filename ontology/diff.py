"""What two graphs say differently, subject by subject, and a summary of it in numbers and names.

Both are read side by side as sorted lines (ontology.lines), so that memory does not grow with them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ontology.lines import Lines
from ontology.terms import CHINESE, NAMESPACES, ONTOLOGY, RDF, SKOS, TRADITIONAL

NAMES = 20
"""How many things of a class a summary names, if not told."""

_EACH = 1_000
_TYPE = f"<{RDF}type>"
_NAMES = (f"<{SKOS}prefLabel>", f"<{ONTOLOGY}origin>")
_PREFIXES = {namespace: prefix for prefix, namespace in NAMESPACES.items()}
_END: tuple[bytes, list[bytes]] = (b"\xff", [])


class Change(NamedTuple):
    """A subject (its IRI in angle brackets) of which two graphs say different things: all lines of each, sorted."""

    subject: bytes
    before: Sequence[bytes]
    after: Sequence[bytes]

    @property
    def removed(self) -> list[bytes]:
        kept = {*self.after}
        return [line for line in self.before if line not in kept]

    @property
    def added(self) -> list[bytes]:
        kept = {*self.before}
        return [line for line in self.after if line not in kept]


class Thing(NamedTuple):
    """`name` is the preferred label, Chinese before other languages, or a document's origin."""

    iri: str
    name: str


class Some(NamedTuple):
    """How many things there are, and the first of those that have a name."""

    total: int
    first: tuple[Thing, ...]


class Things(NamedTuple):
    """The things of a class that only the new graph has, that only the old one has, and that are not the same."""

    added: Some
    removed: Some
    changed: Some


class Triples(NamedTuple):
    """How many triples only the new graph has, and only the old one."""

    added: int
    removed: int


class Summary(NamedTuple):
    """By the prefixed names of classes and properties, in order of these.

    A thing of several classes is counted in one, and not in skos:Concept; what has no class stands under "".
    """

    triples: Triples
    classes: dict[str, Things]
    properties: dict[str, Triples]


def changes(old: Lines, new: Lines, passed: Callable[[int], None] = lambda subjects: None) -> Iterator[Change]:
    """The subjects of which two graphs say different things, in order.

    `passed` is called now and then with the number of subjects that were looked at.
    """
    left, right = _by_subject(old), _by_subject(new)
    before, after = next(left, _END), next(right, _END)
    subjects = 0
    while (subject := min(before[0], after[0])) != _END[0]:
        subjects += 1
        if subjects % _EACH == 0:
            passed(subjects)
        was: Sequence[bytes] = ()
        now: Sequence[bytes] = ()
        if before[0] == subject:
            was, before = before[1], next(left, _END)
        if after[0] == subject:
            now, after = after[1], next(right, _END)
        if was != now:
            yield Change(subject, was, now)


def _by_subject(lines: Lines) -> Iterator[tuple[bytes, list[bytes]]]:
    for subject, group in groupby(lines, key=_subject):
        yield subject, list(group)


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def summary(changes: Iterable[Change], names: int = NAMES) -> Summary:
    """What changed in all. Of each class at most `names` things are named that are new, that are gone, that changed."""
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    named: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for change in changes:
        for predicates, lines in ((added, change.added), (removed, change.removed)):
            predicates.update(line.split(b" ", 2)[1].decode() for line in lines)
        said = [_said(line) for line in change.after or change.before]
        what = "changed" if change.before and change.after else "added" if change.after else "removed"
        key = (_class(said), what)
        counts[key] += 1
        if len(named[key]) < names and (name := _name(said)):
            named[key].append(Thing(change.subject[1:-1].decode(), name))

    def some(cls: str, what: str) -> Some:
        return Some(counts[cls, what], tuple(named[cls, what]))

    return Summary(
        Triples(added.total(), removed.total()),
        {
            cls: Things(some(cls, "added"), some(cls, "removed"), some(cls, "changed"))
            for cls in sorted({cls for cls, _ in counts})
        },
        dict(sorted((prefixed(name), Triples(added[name], removed[name])) for name in {*added, *removed})),
    )


def _said(line: bytes) -> tuple[str, str]:
    """Predicate and object."""
    _, predicate, rest = line.decode().split(" ", 2)
    return predicate, rest[: -len(" .\n")].partition("\t")[0]


def _class(said: Sequence[tuple[str, str]]) -> str:
    names = sorted(prefixed(object) for predicate, object in said if predicate == _TYPE)
    return next((name for name in names if name != "skos:Concept"), names[0] if names else "")


def _name(said: Sequence[tuple[str, str]]) -> str:
    labels = [object for predicate, object in said if predicate in _NAMES and object.startswith('"')]
    labels.sort(key=lambda label: not label.endswith((f"@{CHINESE}", f"@{TRADITIONAL}")))
    return str(json.loads(labels[0][: labels[0].rindex('"') + 1])) if labels else ""


def prefixed(iri: str) -> str:
    """The short form of an IRI in angle brackets where its namespace is one of ours, else the IRI alone.

    >>> prefixed("<http://www.w3.org/2004/02/skos/core#Concept>"), prefixed("<urn:other>")
    ('skos:Concept', 'urn:other')
    """
    inside = iri.strip("<>")
    cut = max(inside.rfind("#"), inside.rfind("/")) + 1
    return f"{_PREFIXES[inside[:cut]]}:{inside[cut:]}" if inside[:cut] in _PREFIXES else inside
