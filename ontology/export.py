"""The whole graph as Turtle or N-Triples, streamed, byte-identical for equal graphs.

Subjects are sorted by IRI, their predicates and objects too; each triple is written once. What an export says
depends on the documents, the taxonomy and the base IRI, and on nothing else: no clock, no history of the store.
An alias is written (dcterms:isReplacedBy) unless it follows from a label of the skill that it stands for.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Literal, NamedTuple, TypeVar

from graphmodel.errors import BadInput
from graphmodel.identity import candidate_id
from graphmodel.nodes import Node, Skill
from graphmodel.relations import RELATIONS, STATED, Applied, Edge, Needs
from graphmodel.store import View
from ontology.mapping import PROPERTIES, Pair, application_id, need_id, note_id, statements
from ontology.terms import BASE, CHINESE, ENGLISH, boolean, check_base, iri, term, text
from ontology.writers import NTriples, Turtle, Writer

Format = Literal["turtle", "nt"]
Subject = tuple[str, list[Pair]]
"""An id, and what is said of it, in any order."""

_PAGE = 2_000
_T = TypeVar("_T")

SCHEMES: dict[str, tuple[str, str]] = {
    "scheme:candidates": ("候选技能", "Candidate skills"),
    "scheme:roles": ("岗位", "Roles"),
    "scheme:skills": ("技能", "Skills"),
}


def export(view: View, out: BinaryIO, format: Format = "turtle", base: str = BASE) -> int:
    """Write the graph, and return the number of triples.

    `view` should be one consistent view (`store.reading()`). Memory grows with the names of skills and roles, not
    with documents, items and mentions; those that the store does not give in order of their ids are sorted through
    temporary files. Raises BadInput for an unknown format or a base that is no IRI.
    """
    check_base(base)
    writer = _writer(format, base)
    out.write(writer.head().encode())
    count = 0
    for id, pairs in subjects(view, base):
        ordered = sorted(set(pairs))
        count += len(ordered)
        out.write(writer.block(iri(id, base), ordered).encode())
    return count


def _writer(format: str, base: str) -> Writer:
    if format == "turtle":
        return Turtle(base)
    if format == "nt":
        return NTriples()
    raise BadInput(f"{format!r} is not a format of the export.", "Write turtle or nt.")
