"""From the headings of a chapter to its sections, and from a section to what it lists, each with its side."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders import prose
from loaders.cues import VERB, Side, is_pay, side_of, speaks_of_pay, told
from loaders.heading_evidence import FIELDS, Heading
from loaders.heading_words import SectionKind
from loaders.item_labels import SENTENCE, labelled_sentences, own_label
from loaders.lead_ins import is_lead_in, opens_list
from loaders.numbering import Piece, pieces
from loaders.sentences import trim
from loaders.titles import Chapter


class Section(NamedTuple):
    """text[start:end] under the heading `label` at `heading`; None for what stands before the first heading."""

    kind: SectionKind | None
    label: str | None
    number: int | None
    heading: int
    start: int
    end: int


class Draft(NamedTuple):
    """An item as text[start:end]; `side` as far as known, `heading` the nearest above, `block` of its list."""

    start: int
    end: int
    side: Side | None
    heading: str | None
    block: int
    section: Section


_new = tuple.__new__
"""A draft is made in half the time without the signature of its class."""

_VALUE = re.compile(r"[ \t]*[^\s，,；;。]{0,24}(?:[^\n]{0,24}(?=\n|\Z))?")
_STOPS = r"。！？；：\n!?;: \u3000"
_PLAIN = re.compile(
    rf"(?={prose.ORDINARY})(?![^\s，,。；;：:（()）、|]{{2,12}}+[，,](?:主要)?负责)"
    rf"[^{_STOPS}|下但]*+(?:(?:下(?<![如以]下)|但(?!不限于))[^{_STOPS}|下但]*+)*+(?=[{_STOPS}]*\Z)"
)
"""An item of one sentence that states one thing, has no label and introduces nothing, as most are."""
_PLAIN_LENGTH = 5
"""A shorter one may be a word that says nothing."""
_WORK_OF_ITS_OWN = re.compile(rf"{VERB.pattern}(?!.*(?:以下|如下|包括))[^，。；\n]{{4,}}，[^。；\n]{{6,}}[：:]?\Z")
"""A parent in a list of lists that says what is done besides what its parts say."""
_DEMAND = re.compile(r"[，；](?:并|且|同时)?要求(?![^，。；]{0,12}的)")
_TAGS = re.compile(r"\s*[^\s，。；：、]{1,10}(?: [^\s，。；：、]{1,10}){2,}\s*")
"""The catchwords that a site puts above a description."""
_SHORT_LABEL = 20


def sections(text: str, found: list[Heading], chapter: Chapter) -> list[Section]:
    """The sections of a chapter; what stands before the first heading is under what the title announces.

    A labelled field ends with its value, and the section around it goes on.
    """
    ends = [*(heading.start for heading in found), chapter.end]
    around = Section(chapter.opening, None, None, chapter.start, chapter.start, ends[0])
    result = [around]
    for heading, end in zip(found, ends[1:], strict=True):
        section = Section(heading.kind, heading.label, heading.number, heading.start, heading.end, end)
        result.append(section)
        if heading.kind not in FIELDS:
            around = section
            continue
        value = _VALUE.match(text, heading.end, end)
        if value and text[value.end() : end].strip():
            result[-1] = section._replace(end=value.end())
            result.append(around._replace(start=value.end(), end=end))
    return result


def drafts(text: str, section: Section, subjects: tuple[str, ...], chapter: Chapter, alone: bool) -> list[Draft]:
    """What a section lists, in its order; `alone`: the chapter has no other section.

    Outside a list, and in an overview, only what is said of a subject counts, unless there is nothing else.
    """
    if section.kind == "either" and _TAGS.fullmatch(text, section.start, section.end):
        return []
    listed = pieces(text, section.start, section.end, section.number)
    called = chapter.title_end > 0 and text[chapter.title_end - 1] in "：:"
    unheaded = (section.label is None and not called) or section.kind == "overview"
    strict = unheaded and (chapter.prelude or not alone or bool(subjects))
    works = section.kind == "overview"
    whole = section.kind in ("requirement", "preferred")
    in_lines = None
    found: list[Draft] = []
    above: list[tuple[int, str]] = []
    for i, piece in enumerate(listed):
        if above:
            above = [(level, words) for level, words in above if level < piece.level]
        under = above[-1][1] if above else section.label
        introduces = 0 < piece.level < (listed[i + 1].level if i + 1 < len(listed) else 0)
        if not (introduces or subjects) and piece.level and not (strict and chapter.prelude):
            plain = _PLAIN.match(text, piece.start, piece.end)
            start, end = trim(text, *plain.span()) if plain else (0, 0)
            if end - start >= _PLAIN_LENGTH:
                found.append(_new(Draft, (start, end, None, under, piece.block, section)))
                continue
        if in_lines is None:
            in_lines = _labels_have_lines(text, listed)
        start, end, own = own_label(text, piece, subjects, in_lines)
        if introduces:
            words = own or text[start:end].rstrip("：: ")
            above.append((piece.level, words if len(words) <= 24 else (under or words[:24])))
            if end - start < 4 if own else len(words) <= _SHORT_LABEL or is_lead_in(text, piece.start, piece.end):
                stop = _own_sentence(text, start, piece.end)
                if stop is None and len(words) > _SHORT_LABEL and _WORK_OF_ITS_OWN.match(text, start, end):
                    stop = end
                if stop is not None:
                    over = above[-2][1] if above[1:] else section.label
                    above[-1] = (piece.level, over) if over and stop < end else above[-1]
                    found.append(Draft(start, stop, None, over, piece.block, section))
                continue
        if piece.level:
            guarded = strict and chapter.prelude
        else:
            guarded = strict or (len(listed) > 1 and not _begins_item(text, start, end, listed[1]))
        listing = False
        for a, b, label in labelled_sentences(text, start, end, piece, not unheaded, whole, own is not None):
            heading = label or own or under
            free = False
            if guarded:
                free = listing or (works and prose.begins_with_work(text, a, b))
                listing = text[b - 1] in "；;" and (listing or opens_list(text, a, b))
            count = len(found)
            for said in prose.statements(text, a, b, subjects, guarded and not free, whole):
                for start, end, side in _with_demand(text, said) if chapter.opening == "either" else (said,):
                    found.append(Draft(start, end, side, heading, piece.block, section))
            listing = listing or (guarded and text[b - 1] in "；;" and len(found) > count)
    if speaks_of_pay(text, section.start, section.end):
        found = [draft for draft in found if not is_pay(text, draft.start, draft.end)]
    prose_alone = (
        section.label is None and not called and section.kind != "either" and not any(piece.level for piece in listed)
    )
    return _about_a_job(text, found) if prose_alone else found


def _with_demand(text: str, said: prose.Statement) -> list[prose.Statement]:
    """What a sentence on a role says it does, and apart from that what it asks for: 负责…，要求…."""
    demand = _DEMAND.search(text, said.start, said.end)
    if demand is None or said.side == "requirement" or said.end - demand.end() < 4:
        return [said]
    return [said._replace(end=demand.start()), prose.Statement(demand.end(), said.end, "requirement")]


def _about_a_job(text: str, found: list[Draft]) -> list[Draft]:
    """Of prose without a heading, all if most of it sounds like a job's description, else what says so itself."""
    sounding = sum((draft.side or side_of(text, draft.start, draft.end)) is not None for draft in found)
    return found if sounding * 2 > len(found) else [draft for draft in found if draft.side]


def _labels_have_lines(text: str, listed: list[Piece]) -> bool:
    """Whether most items of a list go on in lines below their first: that is then their label."""
    marked = [piece for piece in listed if piece.level]
    return len(marked) > 1 and sum("\n" in text[p.start : p.end].strip() for p in marked) * 2 > len(marked)


def _begins_item(text: str, start: int, end: int, first: Piece) -> bool:
    """Whether what stands before the first number is item 1 with its number lost, or an item of its own."""
    return first.value == 2 or side_of(text, start, end) is not None


def _own_sentence(text: str, start: int, end: int) -> int | None:
    """Where the sentence ends that a parent states before it introduces its parts (5年以上经验。包括：)."""
    stop = text.rfind("。", start, end)
    if stop - start < SENTENCE // 2 or told(text, start, stop)[0] is None:
        return None
    return stop


def sides(text: str, found: list[Draft]) -> list[Side]:
    """The side of each draft: the section's, unless its own words or its restarted list say otherwise."""
    words = [told(text, draft.start, draft.end) for draft in found]
    votes: dict[tuple[int, int], list[Side | None]] = {}
    for draft, (says, _) in zip(found, words, strict=True):
        if draft.block or draft.section.kind == "either":
            votes.setdefault((draft.section.start, draft.block), []).append(says)
    most = {block: _majority(said) for block, said in votes.items()}
    result: list[Side] = []
    turned: set[tuple[int, int]] = set()
    side: Side = "duty"
    for draft, (says, certain) in zip(found, words, strict=True):
        _, _, own, _, number, section = draft
        block = (section.start, number)
        kind = section.kind
        if kind in ("duty", "either"):
            # a requirement among duties: its words make it one, or it follows one that they do
            if own == "requirement" or certain or (block in turned and says != "duty"):
                side = "requirement"
            else:
                side = most.get(block) or "duty"
            if certain:
                turned.add(block)
        elif kind is None or kind == "overview":
            side = own or says or side
        else:
            side = most.get(block) or "requirement"
        result.append(side)
    return result


def _majority(votes: list[Side | None]) -> Side | None:
    """What more than half of the votes are for."""
    if votes.count("duty") * 2 > len(votes):
        return "duty"
    return "requirement" if votes.count("requirement") * 2 > len(votes) else None
