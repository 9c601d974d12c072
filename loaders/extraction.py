"""Parsed postings -> Graph: nodes and mentions, each with its evidence. Why did this sentence give that skill? Here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeGuard

from graphmodel.graph import Graph
from graphmodel.identity import (
    candidate_id,
    department_id,
    digest,
    duty_id,
    fold,
    fold_all,
    indicator_id,
    posting_id,
    requirement_id,
    role_id,
)
from graphmodel.nodes import Department, Document, Duty, Indicator, Node, Posting, Requirement, Role, Skill, Span
from graphmodel.relations import Mention, Necessity, department_mention, fact_mention, item_mention, skill_mention
from loaders.candidates import find_candidates
from loaders.clauses import Clause
from loaders.context import Section
from loaders.evidence import phrases
from loaders.fields import read_fields
from loaders.finds import Find
from loaders.lexicon import Lexicon, lexicon
from loaders.partners import COLLABORATION, partners
from loaders.posting import JobPosting, Parsed
from loaders.teams import canonical, find_teams
from loaders.text import Text

_new = tuple.__new__
"""A value is made in half the time without the signature of its class."""


class ItemReading(NamedTuple):
    """What the duty or requirement `id` says by itself, whatever document it stands in.

    `nodes` are itself and what the taxonomy has, `named` what documents may spell differently: candidates and
    departments; all by id.
    """

    id: str
    nodes: dict[str, Node]
    named: tuple[Node, ...]
    mentions: dict[str, Mention]


def extract(document: Document, text: Text, parsed: Parsed, words: Lexicon | None = None) -> Graph:
    """All that a document says. A pure function of its arguments; `words` is the built-in lexicon if not given."""
    words = words or lexicon()
    nodes: dict[str, Node] = {document.id: document}
    mentions: dict[str, Mention] = {}
    for number, job in enumerate(parsed.postings, 1):
        posting = _posting(document, number, job)
        subject = _subject(job)
        nodes[posting.id] = posting
        _put(nodes, subject)
        title = "".join(text.raw[start:end] for start, end in job.spans) or job.title
        described = fact_mention("DESCRIBES", posting.id, subject.id, posting.id, title, job.line, job.spans)
        mentions[described.id] = described
        for item in job.items:
            reading = read_item(words, item.section, item.text)
            nodes.update(reading.nodes)
            for node in reading.named:
                _put(nodes, node)
            mentions.update(reading.mentions)
            relation = "HAS_DUTY" if item.section == "duty" else "HAS_REQUIREMENT"
            stated = item_mention(
                relation, subject.id, reading.id, posting.id, item.heading, item.line, item.spans, item.necessity
            )
            mentions[stated.id] = stated
        for node, mention in _facts(posting, subject, job):
            _put(nodes, node)
            mentions[mention.id] = mention
    return Graph(nodes, mentions)


@lru_cache(maxsize=4096)
def read_item(words: Lexicon, section: Section, text: str) -> ItemReading:
    """The node of an item, the skills and the departments in it."""
    id = duty_id(text) if section == "duty" else requirement_id(text)
    required = section == "requirement"
    teams = find_teams(text)
    finds = words.find(text, section)
    if teams:
        finds = [f for f in finds if not any(team.start <= f.start and f.end <= team.end for team in teams)]
    if COLLABORATION in words.skills and (beside := partners(text, teams)):
        finds = _with_partners(finds, beside, section)
    shown = phrases(text, finds, words.skills)
    named: list[Node] = []
    mentions: dict[str, Mention] = {}
    skills = [words.skills[find[2]] for find in finds]
    nodes: dict[str, Node] = {}
    mention: Mention
    if required:
        for (place, _, skill, method, _, clause, _), (start, end) in zip(finds, shown, strict=True):
            need: Necessity = "preferred" if clause.is_preferred() else "required"
            level = clause.level(place)
            mention = skill_mention(id, skill, text[start:end], start, end, method, 1.0, need, level)
            mentions[mention[0]] = mention
        for label, start, end, kind, confidence in find_candidates(text, [(find[0], find[1]) for find in finds]):
            skill = candidate_id(label)
            if skill not in words.aliases:
                named.append(Skill(skill, label, type=kind, status="candidate"))
                mention = skill_mention(id, skill, text[start:end], start, end, "candidate", confidence)
                mentions[mention[0]] = mention
        nodes[id] = _new(Requirement, (id, text, *read_fields(text, tuple([skill.type for skill in skills]))))
    else:
        for (_, _, skill, method, _, _, _), (start, end) in zip(finds, shown, strict=True):
            mention = skill_mention(id, skill, text[start:end], start, end, method)
            mentions[mention[0]] = mention
        nodes[id] = _new(Duty, (id, text))
    for team in teams:
        department = _department(team.name, team.spelling)
        named.append(department)
        words_of_team = (text[team.start : team.end], team.start, team.end, team.how)
        mention = department_mention(id, department.id, *words_of_team)
        mentions[mention[0]] = mention
    for curated in skills:
        nodes[curated[0]] = curated
    return ItemReading(id, nodes, tuple(named), mentions)


def _with_partners(finds: list[Find], place: Span, section: Section) -> list[Find]:
    """The finds and the collaboration of a duty with the departments at a place; what is found in it is their work.

    In a requirement the place only shows better what was found.
    """
    known = next((find for find in finds if find.skill == COLLABORATION), None)
    if known is None and section == "requirement":
        return finds
    start, end = place
    method, clause = (known.method, known.clause) if known else ("pattern", Clause(start))
    others = [f for f in finds if f.skill != COLLABORATION and not (start <= f.start and f.end <= end)]
    return sorted([*others, Find(start, end, COLLABORATION, method, start - end, clause, start)])


def _put(nodes: dict[str, Node], node: Node) -> None:
    """Adds a node; the first spelling in the document stays the name, others become alternative names."""
    old = nodes.get(node.id)
    if old is None or not _has_spellings(node) or not _has_spellings(old):
        nodes[node.id] = node
        return
    others = tuple(sorted({old.name, node.name, *old.alt_names, *node.alt_names} - {old.name}))
    if isinstance(old, Role) and isinstance(node, Role):
        old = old._replace(described=old.described or node.described)
    nodes[node.id] = old._replace(alt_names=others)


def _has_spellings(node: Node) -> TypeGuard[Role | Department | Indicator | Skill]:
    if isinstance(node, Skill):
        return node.status == "candidate"
    return isinstance(node, (Role, Department, Indicator))


def _posting(document: Document, number: int, job: JobPosting) -> Posting:
    folded = fold_all([item.text for item in job.items])
    said = sorted({f"{item.section} {text}" for item, text in zip(job.items, folded, strict=True)})
    fingerprint = digest(job.kind, fold(job.title, job.kind), *said)
    return Posting(
        posting_id(document.origin, number),
        document.id,
        number,
        job.title,
        job.kind,
        job.organization,
        job.place,
        job.start,
        job.end,
        fingerprint,
    )


def _subject(job: JobPosting) -> Role | Department:
    if job.kind == "department":
        return _department(job.title, *job.alt_titles)
    return Role(role_id(job.title), job.title, tuple(sorted(set(job.alt_titles) - {job.title})))


@lru_cache(maxsize=4096)
def _department(name: str, *spellings: str) -> Department:
    name = canonical(name)
    kind: Literal["department", "team"] = "team" if name.endswith(("团队", "小组")) else "department"
    return Department(department_id(name), name, tuple(sorted(set(spellings) - {name})), kind)


def _facts(posting: Posting, subject: Role | Department, job: JobPosting) -> Iterator[tuple[Node, Mention]]:
    for fact in job.facts:
        node: Node
        match fact.relation:
            case "BELONGS_TO" | "PART_OF":
                node = _department(fact.name)
                relation = "PART_OF" if isinstance(subject, Department) else "BELONGS_TO"
            case "MEASURED_BY":
                node = Indicator(indicator_id(fact.name), fact.name)
                relation = fact.relation
            case _:
                node = Role(role_id(fact.name), fact.name, described=False)
                relation = fact.relation
        if fact.source:
            source = Role(role_id(fact.source), fact.source, described=False)
            if source.id not in (node.id, subject.id):
                step = (fact.evidence, fact.line, fact.spans)
                yield source, fact_mention(relation, source.id, node.id, posting.id, *step)
                yield node, fact_mention(relation, source.id, node.id, posting.id, *step)
            continue
        if node.id == subject.id or (relation in ("REPORTS_TO", "LEADS_TO") and isinstance(subject, Department)):
            continue
        said = (fact.evidence, fact.line, fact.spans, fact.definition, fact.goal)
        yield node, fact_mention(relation, subject.id, node.id, posting.id, *said)
