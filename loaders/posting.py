"""Text -> JobPosting values: title, kind, items and stated facts."""

from __future__ import annotations

from typing import Literal, NamedTuple

from graphmodel.nodes import Note, Span
from graphmodel.relations import Necessity
from loaders.text import Text


class Item(NamedTuple):
    """A duty or requirement. `text` is normalised, without number and closing mark; `line` counts from 1."""

    section: Literal["duty", "requirement"]
    text: str
    heading: str | None
    line: int
    spans: tuple[Span, ...]
    necessity: Necessity = "required"


class Fact(NamedTuple):
    """What a posting states of its subject besides items: BELONGS_TO, REPORTS_TO, PART_OF, LEADS_TO, MEASURED_BY.

    `name` names the department, role or indicator; `definition` and `goal` belong to an indicator.
    """

    relation: str
    name: str
    evidence: str
    line: int
    spans: tuple[Span, ...]
    definition: str | None = None
    goal: str | None = None


class JobPosting(NamedTuple):
    """One description of one role or department. `title` stands at `spans`, on `line`."""

    title: str
    alt_titles: tuple[str, ...]
    kind: Literal["role", "department"]
    organization: str | None
    place: str | None
    line: int
    spans: tuple[Span, ...]
    start: int
    end: int
    items: tuple[Item, ...]
    facts: tuple[Fact, ...]


class Parsed(NamedTuple):
    """The postings of a document in their order, and what the parser noted besides the notes of the Text."""

    postings: tuple[JobPosting, ...]
    notes: tuple[Note, ...]


def parse(text: Text, name: str = "") -> Parsed:
    """The postings of a text. `name` is the file's name without suffix, a title where the text has none."""
    raise NotImplementedError
