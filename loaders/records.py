"""What `rolegraph extract` prints: one JSON object a posting, made from the graph of its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graphmodel.graph import Graph
from graphmodel.nodes import Department, Document, Indicator, Node, Note, Posting, Requirement, Role, Skill
from graphmodel.relations import DepartmentMention, FactMention, ItemMention, SkillMention


def records(graph: Graph) -> Iterator[dict[str, Any]]:
    """The postings of one document's graph, in order, each with all that it says; notes are those in its span."""
    (document,) = (node for node in graph.nodes.values() if isinstance(node, Document))
    skills: dict[str, list[SkillMention]] = defaultdict(list)
    departments: dict[str, list[DepartmentMention]] = defaultdict(list)
    items: dict[str, list[ItemMention]] = defaultdict(list)
    facts: dict[str, list[FactMention]] = defaultdict(list)
    for mention in graph.mentions.values():
        if isinstance(mention, SkillMention):
            skills[mention.source].append(mention)
        elif isinstance(mention, DepartmentMention):
            departments[mention.source].append(mention)
        elif isinstance(mention, ItemMention):
            items[mention.posting].append(mention)
        else:
            facts[mention.posting].append(mention)

    def item(mention: ItemMention) -> dict[str, Any]:
        node = graph.nodes[mention.target]
        return {
            **_properties(node),
            "heading": mention.heading,
            "line": mention.line,
            "spans": mention.spans,
            "necessity": mention.necessity,
            "skills": [_skill(graph, mention, skill) for skill in skills[node.id]],
            "departments": [
                {**_named(graph.nodes[d.target]), "evidence": d.evidence, "start": d.start, "end": d.end, "how": d.how}
                for d in departments[node.id]
            ],
        }

    for posting in graph.nodes.values():
        if not isinstance(posting, Posting):
            continue
        stated: dict[str, list[FactMention]] = defaultdict(list)
        for fact in facts[posting.id]:
            stated[fact.relation].append(fact)
        subject = graph.nodes[stated["DESCRIBES"][0].target]
        home = [graph.nodes[fact.target] for fact in (*stated["BELONGS_TO"], *stated["PART_OF"])]
        if isinstance(subject, Department):
            home.insert(0, subject)
        yield {
            "document": document.origin,
            "id": subject.id,
            "title": posting.title,
            "kind": posting.kind,
            "organization": posting.organization,
            "place": posting.place,
            "departments": [_named(node) for node in home],
            "duties": [item(m) for m in items[posting.id] if m.section == "duty"],
            "requirements": [item(m) for m in items[posting.id] if m.section == "requirement"],
            "leads_to": [_fact(graph, fact) for fact in stated["LEADS_TO"] if fact.source == subject.id],
            "reports_to": [_fact(graph, fact) for fact in stated["REPORTS_TO"]],
            "indicators": [_fact(graph, fact) for fact in stated["MEASURED_BY"]],
            "notes": [_note(note) for note in document.notes if _concerns(note, posting)],
        }


def _properties(node: Node) -> dict[str, Any]:
    """Of a duty or requirement: the properties that its text states, without the empty ones."""
    properties = node._asdict()
    if isinstance(node, Requirement):
        return {key: value for key, value in properties.items() if value not in ((),)}
    return properties


def _named(node: Node) -> dict[str, Any]:
    assert isinstance(node, (Role, Department, Indicator, Skill))
    return {"id": node.id, "name": node.name}


def _skill(graph: Graph, item: ItemMention, mention: SkillMention) -> dict[str, Any]:
    skill = graph.nodes[mention.target]
    assert isinstance(skill, Skill)
    preferred = "preferred" in (item.necessity, mention.necessity)
    return {
        **_named(skill),
        "alt_names": skill.alt_names,
        "type": skill.type,
        "evidence": mention.evidence,
        "start": mention.start,
        "end": mention.end,
        "method": mention.method,
        "confidence": mention.confidence,
        "necessity": "preferred" if preferred else "required",
        "level": mention.level,
    }


def _fact(graph: Graph, fact: FactMention) -> dict[str, Any]:
    stated = {"evidence": fact.evidence, "line": fact.line, "definition": fact.definition, "goal": fact.goal}
    return {**_named(graph.nodes[fact.target]), **{key: value for key, value in stated.items() if value is not None}}


def _note(note: Note) -> dict[str, Any]:
    return note._asdict()


def _concerns(note: Note, posting: Posting) -> bool:
    return note.start < posting.end and posting.start <= note.end
