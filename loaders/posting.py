"""Text -> JobPosting values: title, kind, items and stated facts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Literal, NamedTuple

from graphmodel.nodes import Note, Span
from graphmodel.relations import Necessity
from loaders import employers, facts, headings, shared, titles
from loaders.cues import side_of
from loaders.heading_evidence import FIELDS
from loaders.items import Draft, Section, drafts, sections, sides
from loaders.sentences import trim
from loaders.text import Text, line_starts
from loaders.titles import Chapter


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

    `name` names the department, role or indicator; `definition` and `goal` belong to an indicator. `source` is the role
    that a career step leads from, None if it is the one described.
    """

    relation: str
    name: str
    evidence: str
    line: int
    spans: tuple[Span, ...]
    definition: str | None = None
    goal: str | None = None
    source: str | None = None


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


_new = tuple.__new__
"""An item is made in half the time without the signature of its class."""

_PREFERRED = re.compile(r"(?:优先(?:考虑|录用|录取)?|更佳|尤佳|为佳|加分|更受欢迎|优先聊)[）)]?\Z")
_PREFERRED_ENDS = frozenset("先虑用取佳分迎聊）)")
_CLAUSE = re.compile(r"[，,；;]")


def parse(text: Text, name: str = "") -> Parsed:
    """The postings of a text. `name` is the file's name without suffix, a title where the text has none.

    A chapter (see loaders.titles) without an item is no posting.
    """
    postings: list[JobPosting] = []
    notes: list[Note] = []
    common: list[Item] = []
    caller = employers.caller(text.normal)
    for chapter in titles.chapters(text.normal, name):
        chapter = chapter._replace(organization=chapter.organization or caller)
        posting, asked, noted = _posting(text, chapter, postings)
        notes += noted
        if asked and not postings and len(asked) == len(posting.items):
            common += asked
            continue
        posting = _with_shared(posting, common) if common and posting.items else posting
        if asked:
            postings = [_with_shared(earlier, asked) for earlier in postings]
        if any(_says_the_same(posting, earlier) for earlier in postings):
            notes.append(Note("repeated", posting.start, posting.end, f"{posting.title} repeats a posting above"))
        elif posting.items and postings and _goes_on(posting, postings[-1]):
            postings[-1] = _joined(postings[-1], posting)
        elif posting.items:
            postings.append(posting)
    return Parsed(tuple(postings), tuple(notes))


def _with_shared(posting: JobPosting, asked: list[Item]) -> JobPosting:
    """The posting of a role with what is asked of it and others below."""
    said = {(item.section, item.text) for item in posting.items}
    added = [item for item in asked if (item.section, item.text) not in said]
    return posting._replace(items=(*posting.items, *added)) if posting.kind == "role" else posting


def _says_the_same(posting: JobPosting, earlier: JobPosting) -> bool:
    """Whether a page that was copied twice holds it: its title and all its items stand above."""
    if posting.title != earlier.title or not posting.items:
        return False
    said = {(item.section, item.text) for item in earlier.items}
    return all((item.section, item.text) in said for item in posting.items)


def _goes_on(posting: JobPosting, earlier: JobPosting) -> bool:
    """Whether a title stands again above the requirements of a role whose duties stand above: 茶艺师任职要求."""
    same = posting.title == earlier.title
    return same and {item.section for item in earlier.items} == {"duty"} and posting.items[0].section == "requirement"


def _joined(earlier: JobPosting, posting: JobPosting) -> JobPosting:
    return earlier._replace(
        end=posting.end, items=(*earlier.items, *posting.items), facts=(*earlier.facts, *posting.facts)
    )


def _posting(text: Text, chapter: Chapter, earlier: list[JobPosting]) -> tuple[JobPosting, list[Item], list[Note]]:
    """One chapter's posting; the items in it that are asked of those above too; and notes."""
    normal = text.normal
    subjects = titles.subjects(normal, chapter)
    parts = sections(normal, headings.find(normal, chapter.start, chapter.end, subjects), chapter)
    stated: list[facts.Statement] = []
    found: list[Draft] = []
    notes: list[Note] = []
    for section in parts:
        if section.kind == "career":
            stated += facts.career(normal, section.start, section.end, chapter.title)
        elif section.kind == "indicator":
            stated += facts.indicators(normal, section.start, section.end)
        elif section.kind in ("cut", "process"):
            notes.append(_left_out(text, section))
        elif section.kind in FIELDS:
            stated += facts.field(normal, section.kind, section.start, section.end)
        else:
            listed = drafts(normal, section, subjects, chapter, len(parts) == 1)
            if section.kind == "standard":
                measured = [d for d in listed if side_of(normal, d.start, d.end) != "requirement"]
                stated += [facts.indicator(normal, d.start, d.end, d.heading) for d in measured]
                listed = [d for d in listed if d not in measured]
            found += listed
    labelled = any(section.kind in FIELDS for section in parts)
    stated += facts.goals(normal, chapter.start, chapter.end)
    stated += facts.fields(normal, chapter.start, chapter.end, labelled)
    stated += facts.sentences_on_place(normal, chapter.start, chapter.end)
    if chapter.kind == "role" and not any(said.relation == "BELONGS_TO" for said in stated):
        superior = next((said for said in stated if said.relation == "REPORTS_TO"), None)
        by_superior = facts.belonging(superior) if superior else None
        department = by_superior or facts.belonging_by_title(
            chapter.title, chapter.title_start, chapter.title_end, normal
        )
        if department is None and chapter.house:
            department = facts.Statement("BELONGS_TO", chapter.house.name, chapter.house.start, chapter.house.end)
        stated += [department] if department else []
    items, repeated = _items(text, found)
    asked: list[Item] = []
    of_all = [section for section in parts if _is_shared(normal, section, chapter, earlier)]
    if of_all and chapter.kind == "role":
        asked = _items(text, [draft for draft in found if draft.section in of_all])[0]
    employer = employers.employer(normal, parts[0].start, parts[0].end) if parts[0].label is None else None
    start, end = trim(normal, chapter.title_start if chapter.title_end else chapter.start, chapter.end)
    posting = JobPosting(
        title=chapter.title,
        alt_titles=chapter.alt_titles,
        kind=chapter.kind,
        organization=chapter.organization or _first(stated, "organization") or employer,
        place=_first(stated, "place"),
        line=text.line(start) if start < end else 1,
        spans=text.spans(chapter.title_start, chapter.title_end),
        start=text.offsets[start] if start < end else 0,
        end=text.offsets[end - 1] + 1 if start < end else 0,
        items=tuple(items),
        facts=_facts(text, stated, chapter),
    )
    return posting, asked, notes + repeated


def _is_shared(text: str, section: Section, chapter: Chapter, earlier: list[JobPosting]) -> bool:
    """Whether a section is about the roles above as well: by its words, or by its number where none has its own."""
    if section.kind not in ("requirement", "preferred"):
        return False
    if shared.of_all(section.label):
        return True
    if not earlier or any(item.section == "requirement" for posting in earlier for item in posting.items):
        return False
    return shared.goes_on(text, chapter.title_start, section.heading)


def _items(text: Text, found: list[Draft]) -> tuple[list[Item], list[Note]]:
    """The items, each once; a run of repeated ones becomes a note."""
    items: list[Item] = []
    notes: list[Note] = []
    seen: set[tuple[str, str]] = set()
    run: list[Draft] = []
    starts = line_starts(text.raw)
    normal, offsets = text.normal, text.offsets
    for draft, side in zip(found, sides(normal, found), strict=True):
        start, end = trim(normal, draft.start, draft.end)
        words = normal[start:end].replace("\n", "")
        if len(words) < 2:
            continue
        wording = (side, words)
        if wording in seen:
            run.append(draft)
            continue
        if run:
            notes += _repeated(text, run)
            run = []
        seen.add(wording)
        necessity: Necessity = "preferred" if _is_preferred(words, draft.section) else "required"
        line = bisect_right(starts, offsets[start])
        items.append(_new(Item, (side, words, draft.heading, line, text.spans(start, end), necessity)))
    return items, notes + _repeated(text, run)


def _is_preferred(words: str, section: Section) -> bool:
    """加分项, or an item that is one clause and ends with 优先."""
    if section.kind == "preferred":
        return True
    return words[-1] in _PREFERRED_ENDS and bool(_PREFERRED.search(words)) and not _CLAUSE.search(words)


def _repeated(text: Text, run: list[Draft]) -> list[Note]:
    if not run:
        return []
    start, end = text.offsets[run[0].start], text.offsets[run[-1].end - 1] + 1
    return [Note("repeated", start, end, f"{len(run)} items repeat items above; they count once")]


def _left_out(text: Text, section: Section) -> Note:
    start, end = text.offsets[section.heading], text.offsets[max(section.heading, section.end - 1)] + 1
    return Note("section-cut", start, end, f"left out: {section.label}")


def _first(stated: Iterable[facts.Statement], relation: str) -> str | None:
    return next((said.name for said in stated if said.relation == relation), None)


def _facts(text: Text, stated: list[facts.Statement], chapter: Chapter) -> tuple[Fact, ...]:
    """What is stated, each once; a department does not belong to another but is part of it."""
    distinct = {(said.relation, said.source, said.name, said.definition): said for said in stated}
    return tuple(
        Fact(
            "PART_OF" if said.relation == "BELONGS_TO" and chapter.kind == "department" else said.relation,
            said.name,
            text.normal[said.start : said.end].replace("\n", ""),
            text.line(said.start),
            text.spans(said.start, said.end),
            said.definition,
            said.goal,
            said.source,
        )
        for said in distinct.values()
        if said.relation not in ("organization", "place") and (said.source or said.name != chapter.title)
    )
