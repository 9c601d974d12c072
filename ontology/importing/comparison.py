"""Whether the graph that was made from a dump says what the dump says: the same triples, so the same bytes."""

from __future__ import annotations

from itertools import islice

from graphmodel.store import View
from ontology.importing.said import Plain
from ontology.importing.staging import Staging
from ontology.importing.values import CHANGED, Wrong
from ontology.subjects import Subjects
from ontology.terms import PINYIN

_PAGE = 1_000
_PINYIN = f"@{PINYIN}"

Pairs = set[tuple[str, str]]


def compare(staging: Staging, view: View) -> None:
    """Raise Wrong, naming the first difference in the order of ids.

    How a word sounds depends on the version of the pinyin table, and is not compared.
    """
    subjects = Subjects(view, Plain()).of()
    met = 0
    while page := list(islice(subjects, _PAGE)):
        dumped = staging.of([id for id, _ in page])
        for id, pairs in page:
            there = {(property, one) for property, objects in dumped.get(id, {}).items() for one in objects}
            _compare(id, _heard_not(there), _heard_not(set(pairs)))
        met += len(dumped)
    if met != staging.count():
        id = _first_extra(staging, view)
        raise Wrong(id, "", f"nothing else in the dump leads to {id}", CHANGED)


def _compare(id: str, there: Pairs, counted: Pairs) -> None:
    if there == counted:
        return
    for property, one in sorted(counted - there):
        raise Wrong(id, property, f"{id} has not {property} {_short(one)}, which follows from the rest", CHANGED)
    for property, one in sorted(there - counted):
        raise Wrong(id, property, f"{id} has {property} {_short(one)}, which does not follow from the rest", CHANGED)


def _heard_not(pairs: Pairs) -> Pairs:
    return {pair for pair in pairs if not (pair[0] == "skos:hiddenLabel" and pair[1].endswith(_PINYIN))}


def _short(value: str) -> str:
    return value if len(value) < 80 else value[:79] + "…"


def _first_extra(staging: Staging, view: View) -> str:
    """The first subject of the dump that the graph lacks."""
    known = {id for id, _ in Subjects(view, Plain()).of()}
    return next(id for id in staging.all_ids() if id not in known)
