"""A part of the postings: those of some organizations, departments or documents; and what is needed there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from graphmodel.errors import NotFound
from graphmodel.graph import counted_postings, derive, needs_edges
from graphmodel.identity import fold
from graphmodel.nodes import Document, Duty, Posting, Requirement
from graphmodel.questions.names import resolve
from graphmodel.relations import ITEM_RELATIONS, FactMention, ItemMention, Needs, SkillMention
from graphmodel.store import Evidence, View


class Within(NamedTuple):
    """A posting counts if it is of one of the organizations (by name), in one of the departments (by name or id: the
    posting says that its role belongs to it, or describes it), and in one of the documents (origin, or a pattern in
    which `*` stands for anything); what is empty leaves nothing out.
    """

    organizations: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


ANYWHERE = Within()


class Chosen(NamedTuple):
    """Postings with the origin of their document; of these `counted` repeat no other one of them. `described` are the
    roles and departments with their postings, by `facts`.
    """

    view: View
    origins: dict[str, str]
    counted: frozenset[str]
    described: dict[str, tuple[str, ...]]
    facts: tuple[FactMention, ...]

    def postings_of(self, subject: str) -> int:
        """How many counted postings describe a role or department."""
        return sum(posting in self.counted for posting in self.described.get(subject, ()))

    def roles(self) -> int:
        """How many roles are described."""
        return sum(id.startswith("role:") for id in self.described)

    def items(self, relations: Sequence[str] = ITEM_RELATIONS) -> list[ItemMention]:
        """What the counted postings state."""
        return [
            edge
            for relation in relations
            for edge in self.view.edges(relation, self.described)
            if isinstance(edge, ItemMention) and edge.posting in self.counted
        ]


class Said(NamedTuple):
    """The items of chosen postings, and the words in them that ask for skills."""

    chosen: Chosen
    items: tuple[ItemMention, ...]
    words: tuple[SkillMention, ...]


def choose(view: View, within: Within, subjects: Collection[str] | None = None) -> Chosen:
    """The postings of these subjects (None: of all) that are within.

    Raises NotFound for an organization or document that no posting of the store has, and for an unknown department.
    """
    described = [edge for edge in view.edges("DESCRIBES", targets=subjects) if isinstance(edge, FactMention)]
    postings = [
        node for node in view.nodes("posting", {edge.source for edge in described}) if isinstance(node, Posting)
    ]
    if within.organizations:
        wanted = {fold(name): name for name in within.organizations}
        postings = [posting for posting in postings if posting.organization and fold(posting.organization) in wanted]
        met = {fold(posting.organization or "") for posting in postings}
        _known_organizations(view, [name for folded, name in wanted.items() if folded not in met])
    if within.departments:
        departments = {resolve(view, ("department",), name).id for name in within.departments}
        here = {edge.posting for edge in view.edges("BELONGS_TO", targets=departments) if isinstance(edge, FactMention)}
        here.update(edge.source for edge in described if edge.target in departments)
        postings = [posting for posting in postings if posting.id in here]
    documents = {node.id: node.origin for node in view.nodes("document", {posting.document for posting in postings})
                 if isinstance(node, Document)}  # fmt: skip
    if within.documents:
        patterns = {one: pattern(one) for one in within.documents}
        found = {id: [one for one, fits in patterns.items() if fits.fullmatch(origin)]
                 for id, origin in documents.items()}  # fmt: skip
        _known_documents(view, patterns, {one for some in found.values() for one in some})
        documents = {id: documents[id] for id, some in found.items() if some}
        postings = [posting for posting in postings if posting.document in documents]
    chosen = {posting.id for posting in postings}
    facts = tuple(edge for edge in described if edge.source in chosen)
    by_subject: dict[str, list[str]] = {}
    for edge in facts:
        by_subject.setdefault(edge.target, []).append(edge.source)
    return Chosen(
        view,
        {posting.id: documents[posting.document] for posting in postings},
        frozenset(counted_postings(postings, documents)),
        {subject: tuple(sorted(of)) for subject, of in sorted(by_subject.items())},
        facts,
    )


def said(chosen: Chosen) -> Said:
    """What the chosen postings say of skills."""
    items = chosen.items()
    words = chosen.view.edges("REQUIRES", {item.target for item in items})
    return Said(chosen, tuple(items), tuple(edge for edge in words if isinstance(edge, SkillMention)))


def needs(said: Said) -> list[Needs]:
    """The NEEDS edges that the counted postings make, ordered by source, target."""
    return needs_edges(derive((*said.chosen.facts, *said.items, *said.words), set(said.chosen.counted)))


def evidence(said: Said, skills: Collection[str], limit: int) -> Iterator[Evidence]:
    """As View.evidence, of the counted postings."""
    words: dict[str, list[SkillMention]] = {}
    for mention in said.words:
        if mention.target in skills:
            words.setdefault(mention.source, []).append(mention)
    items = [item for item in said.items if item.target in words]
    texts = {
        node.id: node.text
        for kind in ("duty", "requirement")
        for node in said.chosen.view.nodes(kind, {item.target for item in items if item.target.startswith(f"{kind}:")})
        if isinstance(node, (Duty, Requirement))
    }
    found = [
        Evidence(
            item.source, word.target, item.target, texts[item.target], word.evidence, word.start, word.end,
            item.posting, said.chosen.origins[item.posting], item.heading, item.line, item.spans, word.method,
            "required" if item.necessity == word.necessity == "required" else "preferred", word.level,
        )
        for item in items for word in words[item.target]
    ]  # fmt: skip
    found.sort(key=attrgetter("subject", "skill", "posting", "item", "start"))
    for _, places in groupby(found, key=attrgetter("subject", "skill")):
        yield from islice(places, limit)


def pattern(origin: str) -> re.Pattern[str]:
    """What fits whole origins. Only `*` is a wildcard: brackets and question marks stand in names of files.

    What stands between two wildcards is sought once, from the left, and never again (an atomic group): with every
    further wildcard, going back would multiply the time.
    """
    first, *others = map(re.escape, origin.split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    *between, last = others
    return re.compile(first + "".join(f"(?>.*?{part})" for part in between if part) + ".*" + last, re.DOTALL)


def _known_organizations(view: View, names: Collection[str]) -> None:
    """Raises NotFound for the first of the names that no posting has; only these make the store be walked."""
    if not names:
        return
    postings = [node for node in view.nodes("posting") if isinstance(node, Posting)]
    known = {posting.organization for posting in postings if posting.organization}
    folds = {fold(name) for name in known}
    for name in names:
        if fold(name) not in folds:
            raise NotFound("organization", name, _nearest(name, sorted(known)))


def _known_documents(view: View, patterns: dict[str, re.Pattern[str]], met: Collection[str]) -> None:
    """As _known_organizations."""
    unmet = [name for name in patterns if name not in met]
    if not unmet:
        return
    known = sorted(node.origin for node in view.nodes("document") if isinstance(node, Document))
    for name in unmet:
        if not any(map(patterns[name].fullmatch, known)):
            raise NotFound("document", name, _nearest(name, known) or known[:5])


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    from rapidfuzz import process

    return [label for label, *_ in process.extract(name, known, limit=5, score_cutoff=50)]
