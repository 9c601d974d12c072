"""Text -> JobPosting values: title, kind, items and stated facts."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from graphmodel.nodes import Note, Span
from graphmodel.relations import Necessity
from loaders import cues, facts, headings, prose, titles
from loaders.headings import Heading, SectionKind
from loaders.numbering import Piece, pieces
from loaders.text import Text
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


class _Draft(NamedTuple):
    """An item before its place is known in the raw text: text[start:end]; `side` as its words say it."""

    start: int
    end: int
    side: cues.Side | None
    heading: str | None
    block: int


class _Section(NamedTuple):
    """text[start:end] stands under the heading `label`; None for what stands before the first."""

    kind: SectionKind | None
    label: str | None
    number: int | None
    heading: int
    start: int
    end: int


_PREFERRED = re.compile(r"(?:优先(?:考虑|录用|录取)?|更佳|尤佳|为佳|加分)[）)]?\Z")
_VALUE = re.compile(r"[ \t]*[^\s，,；;。]{0,24}[^\n]{0,24}(?=\n)|[ \t]*[^\s，,；;。]{0,24}")
_LABEL = re.compile(r"(?P<label>[^\s，,。；;：:（()）、]{2,12})(?:[：:]\s*|[，,](?=(?:主要)?负责))(?=\S)")
_TRAILER = re.compile(r"(?:Responsibilities?|Requirements?|Qualifications?|工作|任职|岗位|职位)\Z")


def parse(text: Text, name: str = "") -> Parsed:
    """The postings of a text. `name` is the file's name without suffix, a title where the text has none.

    A chapter (see loaders.titles) without an item is no posting.
    """
    postings: list[JobPosting] = []
    notes: list[Note] = []
    for chapter in titles.chapters(text.normal, name):
        posting, noted = _posting(text, chapter)
        notes += noted
        if posting.items:
            postings.append(posting)
    return Parsed(tuple(postings), tuple(notes))


def _posting(text: Text, chapter: Chapter) -> tuple[JobPosting, list[Note]]:
    normal = text.normal
    subjects = titles.subjects(normal, chapter)
    sections = _sections(normal, headings.find(normal, chapter.start, chapter.end, subjects), chapter)
    stated: list[facts.Statement] = []
    drafts: list[tuple[_Draft, _Section]] = []
    notes: list[Note] = []
    for section in sections:
        if section.kind == "career":
            stated += facts.career(normal, section.start, section.end, chapter.title)
        elif section.kind == "indicator":
            stated += facts.indicators(normal, section.start, section.end)
        elif section.kind in ("cut", "process"):
            notes.append(_cut(text, section))
        elif section.kind not in headings.FIELDS:
            found = _drafts(normal, section, subjects, len(sections) == 1, chapter.prelude)
            if section.kind == "standard":
                measured = [d for d in found if cues.side_of(normal, d.start, d.end) != "requirement"]
                stated += [facts.indicator(normal, d.start, d.end, d.heading) for d in measured]
                found = [d._replace(side="requirement") for d in found if d not in measured]
            drafts += [(draft, section) for draft in found]
    stated += facts.goals(normal, chapter.start, chapter.end)
    stated += facts.fields(
        normal, chapter.start, chapter.end, any(section.kind in headings.FIELDS for section in sections)
    )
    stated += facts.sentences_on_place(normal, chapter.start, chapter.end)
    items, repeated = _items(text, _sided(normal, drafts))
    notes += repeated
    organization = chapter.organization or next((s.name for s in stated if s.relation == "organization"), None)
    place = next((s.name for s in stated if s.relation == "place"), None)
    start, end = prose.trim(normal, chapter.title_start if chapter.title_end else chapter.start, chapter.end)
    title_spans = text.spans(chapter.title_start, chapter.title_end)
    posting = JobPosting(
        chapter.title,
        chapter.alt_titles,
        chapter.kind,
        organization,
        place,
        text.line(min(start, max(0, len(normal) - 1))) if normal else 1,
        title_spans,
        text.offsets[start] if start < len(normal) else 0,
        text.offsets[end - 1] + 1 if end > start else 0,
        tuple(items),
        tuple(_fact(text, s, chapter) for s in _distinct(stated) if s.relation not in ("organization", "place")),
    )
    return posting, notes


def _sections(text: str, found: list[Heading], chapter: Chapter) -> list[_Section]:
    """The sections of a chapter; what stands before the first heading is under what the title announces.

    A labelled field ends with its value, and the section around it goes on.
    """
    ends = [*(heading.start for heading in found), chapter.end]
    sections = [_Section(chapter.opening, None, None, chapter.start, chapter.start, ends[0])]
    open_section = sections[0]
    for heading, end in zip(found, ends[1:], strict=True):
        section = _Section(heading.kind, heading.label, heading.number, heading.start, heading.end, end)
        value = _VALUE.match(text, heading.end, end) if heading.kind in headings.FIELDS else None
        if value and text[value.end() : end].strip():
            sections.append(section._replace(end=value.end()))
            section = open_section._replace(start=value.end(), end=end)
        elif not value:
            open_section = section
        sections.append(section)
    return sections


def _drafts(text: str, section: _Section, subjects: tuple[str, ...], alone: bool, prelude: bool) -> list[_Draft]:
    """The items of a section, in their order; `alone`: there is no other."""
    listed = pieces(text, section.start, section.end, section.number)
    unheaded = section.label is None or section.kind == "overview"
    strict = unheaded and (prelude or not alone or bool(subjects))
    whole = section.kind in ("requirement", "preferred")
    marked = sum(p.level > 0 for p in listed)
    in_lines = sum("\n" in text[p.start : p.end].strip() for p in listed if p.level) * 2 >= marked
    drafts: list[_Draft] = []
    above: list[tuple[int, str]] = []
    for i, piece in enumerate(listed):
        above = [(level, words) for level, words in above if level < piece.level]
        under = above[-1][1] if above else section.label
        start, end = prose.trim(text, piece.start, piece.end)
        start, own = _own_label(text, start, end, piece, subjects, in_lines)
        parent = i + 1 < len(listed) and 0 < piece.level < listed[i + 1].level
        if parent:
            words = own or text[start:end].rstrip("：: ")
            above.append((piece.level, words if len(words) <= 24 else (under or words[:24])))
            short = len(words) <= 20 or prose.is_lead_in(text, piece.start, piece.end)
            if end - start < 4 if own else short:
                continue
        elif own:
            under = own
        lead = piece.level == 0 and marked > 0
        if lead and not strict and _begins_item(text, start, end, listed):
            lead = False
        said_in = prose.sentences(text, start, end)
        if piece.level and len(said_in) > 1 and _is_label(text, *said_in[0]) and said_in[1][1] - said_in[1][0] >= 12:
            under, said_in = text[slice(*prose.trim(text, *said_in[0]))], said_in[1:]
        labelled = (
            not piece.level
            and not unheaded
            and sum(bool(_LABEL.match(text, *prose.trim(text, a, b))) for a, b in said_in) > 1
        )
        for a, b in said_in:
            label = _LABEL.match(text, *prose.trim(text, a, b)) if labelled else None
            under = section.label if labelled else under
            if label and b - label.end() >= label.end() - label.start() + 2:
                a, under = label.end(), label["label"]
            for said in prose.statements(
                text, a, b, subjects, lead or (strict and (piece.level == 0 or prelude)), whole
            ):
                drafts.append(_Draft(said.start, said.end, said.side, under, piece.block))
    return drafts


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether the first sentence of an item only names what the others describe (资料整理。…)."""
    start, end = prose.trim(text, start, end)
    return end - start <= 8 and text[end : end + 1] == "。" and cues.side_of(text, start, end) is None


def _begins_item(text: str, start: int, end: int, listed: list[Piece]) -> bool:
    """Whether what stands before the first number is item 1 with its number lost, or an item of its own."""
    return (len(listed) > 1 and listed[1].value == 2) or cues.side_of(text, start, end) is not None


def _own_label(
    text: str, start: int, end: int, piece: Piece, subjects: tuple[str, ...], in_lines: bool
) -> tuple[int, str | None]:
    """Where an item begins behind its own label (产品策划：…), and the label."""
    if not piece.level:
        return start, None
    stop = text.find("\n", start, end)
    if in_lines and 0 <= stop - start <= 24 and not re.search(r"[。；;，,：:]", text[start:stop]):
        return stop + 1, text[start:stop].strip()
    match = _LABEL.match(text, start, end)
    if (
        match
        and end - match.end() >= max(4, match.end("label") - start)
        and not match["label"].endswith(("以下", "如下", "包括"))
    ):
        if match[0][-1] not in "，," or end - match.end() >= 10:
            return match.end(), match["label"]
        return start, None
    if piece.style in ("nested", "digit", "han") and subjects:
        for subject in subjects:
            place = text.find(subject, start + 3, start + 28)
            if place > 0 and place < end and not re.search(r"[，,。；;：:\n]", text[start:place]):
                after = place + len(subject)
                if re.compile(r"(?:岗位|团队|人员)?(?:负责|需|应|通过|根据|能够|从|将|可以|主要|是|的)").match(
                    text, after, end
                ) and (not cues.VERB.match(text, start, place) or re.search(r"[。；]", text[after:end])):
                    return place, text[start:place]
                break
    return start, None


def _sided(text: str, drafts: list[tuple[_Draft, _Section]]) -> list[tuple[_Draft, _Section]]:
    """Each draft with its side: the section's, unless its own words or its restarted list say otherwise."""
    result = []
    turned: dict[tuple[int, int], bool] = {}
    votes: dict[tuple[int, int], list[cues.Side | None]] = {}
    for draft, section in drafts:
        if draft.block or section.kind in (None, "either"):
            votes.setdefault((section.start, draft.block), []).append(cues.side_of(text, draft.start, draft.end))
    previous: cues.Side = "duty"
    for draft, section in drafts:
        key = (section.start, draft.block)
        said = votes.get(key, [])
        share = sum(v == "requirement" for v in said)
        side: cues.Side
        if section.kind in ("requirement", "preferred", "standard"):
            side = "duty" if draft.block and sum(v == "duty" for v in said) * 2 > len(said) else "requirement"
        elif section.kind == "duty":
            certain = turned.get(key, False) or cues.certain_requirement(text, draft.start, draft.end)
            turned[key] = certain
            side = (
                "requirement"
                if certain or draft.side == "requirement" or (draft.block and share * 2 > len(said))
                else "duty"
            )
        elif section.kind == "either":
            certain = turned.get(key, False) or cues.certain_requirement(text, draft.start, draft.end)
            turned[key] = certain
            side = "requirement" if certain or draft.side == "requirement" or share * 2 > len(said) else "duty"
        else:
            side = draft.side or cues.side_of(text, draft.start, draft.end) or previous
        previous = side
        result.append((draft._replace(side=side), section))
    return result


def _items(text: Text, drafts: list[tuple[_Draft, _Section]]) -> tuple[list[Item], list[Note]]:
    """The items, each once; a run of repeated ones becomes a note."""
    items: list[Item] = []
    notes: list[Note] = []
    seen: set[tuple[str, str]] = set()
    run: list[_Draft] = []
    for draft, section in drafts:
        start, end = prose.trim(text.normal, draft.start, draft.end)
        words = text.normal[start:end].replace("\n", "")
        side = draft.side or "duty"
        if len(words) < 2:
            continue
        if (side, words) in seen:
            run.append(draft)
            continue
        if run:
            notes.append(_repeated(text, run))
            run = []
        seen.add((side, words))
        preferred = section.kind == "preferred" or (
            bool(_PREFERRED.search(words)) and not re.search(r"[，,；;]", words)
        )
        items.append(
            Item(
                side,
                words,
                draft.heading,
                text.line(start),
                text.spans(start, end),
                "preferred" if preferred else "required",
            )
        )
    if run:
        notes.append(_repeated(text, run))
    return items, notes


def _repeated(text: Text, run: list[_Draft]) -> Note:
    start, end = text.offsets[run[0].start], text.offsets[run[-1].end - 1] + 1
    return Note("repeated", start, end, f"{len(run)} items repeat items above; they count once")


def _cut(text: Text, section: _Section) -> Note:
    start, end = text.offsets[section.heading], text.offsets[max(section.heading, section.end - 1)] + 1
    return Note("section-cut", start, end, f"left out: {section.label}")


def _distinct(stated: list[facts.Statement]) -> list[facts.Statement]:
    return list({(s.relation, s.name, s.definition): s for s in stated}.values())


def _fact(text: Text, said: facts.Statement, chapter: Chapter) -> Fact:
    relation = said.relation
    if relation == "BELONGS_TO" and chapter.kind == "department":
        relation = "PART_OF"
    return Fact(
        relation,
        said.name,
        text.normal[said.start : said.end].replace("\n", ""),
        text.line(said.start),
        text.spans(said.start, said.end),
        said.definition,
        said.goal,
    )
