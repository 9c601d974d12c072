"""Validates subjects against the published shapes: the quick tests clear most of them, pyshacl judges the rest."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ontology.quality.findings import Finding
from ontology.quality.screen import Screen, shapes
from ontology.quality.vocabulary import REPLACED, SCHEME, Thing

JUDGED = 250
"""Subjects of one shape that pyshacl judges; more are told without the constraint that they break."""


class Validation:
    """Sees every subject, once; `findings` at the end. Memory grows with the subjects that do not conform."""

    def __init__(self) -> None:
        self._screen = Screen(shapes())
        self._waiting: list[Thing] = []
        self._failing: list[Thing] = []
        self._by_shape: Counter[str] = Counter()
        self._more: list[tuple[str, str]] = []

    def see(self, thing: Thing) -> None:
        if SCHEME in thing.types or REPLACED in thing.said:  # which other people's SKOS has too
            self._waiting.append(thing)
        else:
            self._judge(thing)

    def _judge(self, thing: Thing) -> None:
        failed = self._screen.failing(thing)
        self._by_shape.update(failed)
        if any(self._by_shape[shape] <= JUDGED for shape in failed):
            self._failing.append(thing)
        else:
            self._more += [(thing.subject, shape) for shape in failed]

    def findings(self, ours: bool) -> Iterator[Finding]:
        """Those of an export of rolegraph; without `ours` concept schemes and ids given up are not looked at."""
        for thing in self._waiting if ours else ():
            self._judge(thing)
        if self._failing:
            yield from _judged(self._failing)
        for subject, shape in self._more:
            name = shape.rpartition("#")[2]
            zh, en = f"不符合形状 {name}。", f"It does not conform to the shape {name}."
            yield Finding("Shapes", subject, "", zh, en, shape=shape)


def _judged(things: list[Thing]) -> Iterator[Finding]:
    """What pyshacl says of some subjects, in order."""
    import pyshacl

    lines = [f"{s} {p} {o} .\n" for s, said in things for p, objects in said.items() for o in objects]
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True  # it would tell each literal that is not what its datatype says
    try:
        data = rdflib.Graph().parse(data="".join(lines), format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    finally:
        log.disabled = before
    assert isinstance(report, rdflib.Graph)
    found = {_finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    yield from sorted(found)


def _finding(report: rdflib.Graph, result: Node) -> Finding:
    def told(predicate: Node) -> str:
        value = report.value(result, predicate)
        return "" if value is None else value.n3()

    messages = {str(each.language): str(each) for each in report.objects(result, SH.resultMessage)}  # type: ignore[attr-defined]
    return Finding(
        "Shapes",
        told(SH.focusNode),
        told(SH.value),
        messages.get("zh-Hans", ""),
        messages.get("en", ""),
        told(SH.resultPath),
        str(report.value(result, SH.sourceConstraintComponent)),
        _shape(report, result),
    )


def _shape(report: rdflib.Graph, result: Node) -> str:
    """The node shape, whose property may be what is not kept."""
    source = report.value(result, SH.sourceShape)
    owner = shapes().value(predicate=SH.property, object=source)
    return str(owner if owner is not None else source)
