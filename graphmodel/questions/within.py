"""A part of the postings: those of some organizations, departments or documents; and what is needed there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from graphmodel.errors import NotFound
from graphmodel.graph import counted_postings, derive, needs_edges
from graphmodel.identity import fold
from graphmodel.nodes import Document, Duty, Posting, Requirement
from graphmodel.questions.names import resolve
from graphmodel.relations import ITEM_RELATIONS, FactMention, ItemMention, Mention, Needs, SkillMention
from graphmodel.store import Evidence, View


class Within(NamedTuple):
    """A posting counts if it is of one of the organizations (by name), in one of the departments (by name or id: the
    posting says that its role belongs to it, or describes it), and in one of the documents (origin, or a pattern
    with `*`); what is empty leaves nothing out.
    """

    organizations: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


ANYWHERE = Within()


class Chosen(NamedTuple):
    """The postings chosen, of which those that repeat another chosen one are not counted, and what they say."""

    view: View
    origins: dict[str, str]
    counted: frozenset[str]
    described: dict[str, tuple[str, ...]]
    mentions: tuple[Mention, ...]

    def postings_of(self, subject: str) -> int:
        """How many counted postings describe a role or department."""
        return sum(posting in self.counted for posting in self.described.get(subject, ()))

    def roles(self) -> int:
        """How many roles are described."""
        return sum(id.startswith("role:") for id in self.described)


def choose(view: View, within: Within, subjects: Collection[str] | None = None) -> Chosen:
    """The postings of these subjects (None: of all) that are within, and what they say.

    Raises NotFound for an organization or document that no posting of the store has, and for an unknown department.
    """
    described = [edge for edge in view.edges("DESCRIBES", targets=subjects) if isinstance(edge, FactMention)]
    postings = [
        node for node in view.nodes("posting", {edge.source for edge in described}) if isinstance(node, Posting)
    ]
    if within.organizations:
        wanted = {fold(name) for name in within.organizations}
        _must_be_there(view, "organization", within.organizations)
        postings = [posting for posting in postings if fold(posting.organization or "") in wanted]
    if within.departments:
        departments = {resolve(view, ("department",), name).id for name in within.departments}
        here = {edge.posting for edge in view.edges("BELONGS_TO", targets=departments) if isinstance(edge, FactMention)}
        here.update(edge.source for edge in described if edge.target in departments)
        postings = [posting for posting in postings if posting.id in here]
    documents = {node.id: node.origin for node in view.nodes("document", {posting.document for posting in postings})
                 if isinstance(node, Document)}  # fmt: skip
    if within.documents:
        _must_be_there(view, "document", within.documents)
        documents = {id: origin for id, origin in documents.items()
                     if any(origin == one or fnmatchcase(origin, one) for one in within.documents)}  # fmt: skip
        postings = [posting for posting in postings if posting.document in documents]
    counted = counted_postings(postings, documents)
    chosen = {posting.id for posting in postings}
    by_subject: dict[str, list[str]] = {}
    for edge in described:
        if edge.source in chosen:
            by_subject.setdefault(edge.target, []).append(edge.source)
    items = [edge for relation in ITEM_RELATIONS for edge in view.edges(relation, by_subject)
             if isinstance(edge, ItemMention) and edge.posting in chosen]  # fmt: skip
    words = [edge for edge in view.edges("REQUIRES", {item.target for item in items}) if isinstance(edge, SkillMention)]
    return Chosen(
        view,
        {posting.id: documents[posting.document] for posting in postings},
        frozenset(counted),
        {subject: tuple(sorted(of)) for subject, of in sorted(by_subject.items())},
        (*(edge for edge in described if edge.source in chosen), *items, *words),
    )


def needs(chosen: Chosen) -> list[Needs]:
    """The NEEDS edges that the counted postings make, ordered by source, target."""
    return needs_edges(derive(chosen.mentions, set(chosen.counted)))


def evidence(chosen: Chosen, skills: Collection[str], limit: int) -> Iterator[Evidence]:
    """As View.evidence, of the counted postings."""
    words: dict[str, list[SkillMention]] = {}
    for mention in chosen.mentions:
        if isinstance(mention, SkillMention) and mention.target in skills:
            words.setdefault(mention.source, []).append(mention)
    items = [
        mention
        for mention in chosen.mentions
        if isinstance(mention, ItemMention) and mention.target in words and mention.posting in chosen.counted
    ]
    texts = {
        node.id: node.text
        for kind in ("duty", "requirement")
        for node in chosen.view.nodes(kind, {item.target for item in items if item.target.startswith(f"{kind}:")})
        if isinstance(node, (Duty, Requirement))
    }
    found = [
        Evidence(
            item.source, word.target, item.target, texts[item.target], word.evidence, word.start, word.end,
            item.posting, chosen.origins[item.posting], item.heading, item.line, item.spans, word.method,
            "required" if item.necessity == word.necessity == "required" else "preferred", word.level,
        )
        for item in items for word in words[item.target]
    ]  # fmt: skip
    found.sort(key=attrgetter("subject", "skill", "posting", "item", "start"))
    for _, places in groupby(found, key=attrgetter("subject", "skill")):
        yield from islice(places, limit)


def _must_be_there(view: View, kind: str, names: tuple[str, ...]) -> None:
    if kind == "document":
        known = {node.origin for node in view.nodes("document") if isinstance(node, Document)}
        for name in names:
            if not any(origin == name or fnmatchcase(origin, name) for origin in known):
                raise NotFound(kind, name, sorted(known)[:5])
        return
    organizations = {node.organization for node in view.nodes("posting") if isinstance(node, Posting)} - {None}
    folds = {fold(name or "") for name in organizations}
    for name in names:
        if fold(name) not in folds:
            from rapidfuzz import process

            near = process.extract(name, sorted(map(str, organizations)), limit=5, score_cutoff=50)
            raise NotFound(kind, name, [label for label, *_ in near])
