"""A graph as a value: what one document says, the union of several, and what is counted from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeGuard

from graphmodel.errors import RolegraphError
from graphmodel.identity import kind_of
from graphmodel.nodes import NODE_TYPES, Department, Document, Indicator, Node, Posting, Role, Skill
from graphmodel.relations import (
    RELATIONS,
    Applied,
    DepartmentMention,
    FactMention,
    ItemMention,
    Mention,
    Needs,
    SkillMention,
)


class Graph(NamedTuple):
    """Nodes by id, and mentions by id, both in the order in which they were met."""

    nodes: dict[str, Node]
    mentions: dict[str, Mention]


class Reading(NamedTuple):
    """What a reader made of one document: the unit in which a store adds and forgets.

    `text` is the decoded text, masked, to which spans refer. `graph` holds the document's node, its postings and
    all that they say; the name of a role, department or indicator in it is the spelling of this document.
    `reader` is the version of the reader, `taxonomy` the digest of the skill scheme it read with.
    """

    document: Document
    text: str
    graph: Graph
    reader: str
    taxonomy: str


class SkillScheme(NamedTuple):
    """The curated skills as a store keeps them.

    `broader` holds (skill, broader skill), `related` each unordered pair once with the smaller id first, `aliases`
    (old id, new id) for renamed slugs and for the candidate ids that the labels would have.
    """

    digest: str
    skills: tuple[Skill, ...]
    broader: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()


class NeedCount(NamedTuple):
    """The additive part of Needs: what a set of postings contributes. `required` counts postings."""

    postings: int
    items: int
    required: int


class AppliedCount(NamedTuple):
    """The additive part of Applied, in statements."""

    own: int
    involved: int


class Derived(NamedTuple):
    """Contributions to NEEDS by (subject, skill), to APPLIED_IN by (skill, department); postings of each subject."""

    needs: dict[tuple[str, str], NeedCount]
    applied: dict[tuple[str, str], AppliedCount]
    postings: dict[str, int]


def choose_name(votes: Counter[str]) -> tuple[str, tuple[str, ...]]:
    """The spelling with most votes, ties by code point, and the others sorted.

    >>> choose_name(Counter({"店长": 2, "門店店長": 1, "店长(副)": 2}))
    ('店长', ('店长(副)', '門店店長'))
    """
    best = min(votes, key=lambda label: (-votes[label], label))
    return best, tuple(sorted(label for label in votes if label != best))


def union(graphs: Iterable[Graph]) -> Graph:
    """All that the graphs say, one graph a document; the order of the graphs changes nothing but the order within."""
    nodes: dict[str, Node] = {}
    mentions: dict[str, Mention] = {}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    described: set[str] = set()
    for graph in graphs:
        mentions |= graph.mentions
        nodes |= graph.nodes
        for id, node in graph.nodes.items():
            if isinstance(node, (Role, Department, Indicator)) or _is_candidate(node):
                names[id].update(dict.fromkeys(node.alt_names, 0) | {node.name: 1})
            if isinstance(node, Role) and node.described:
                described.add(id)
    for id, votes in names.items():
        name, others = choose_name(votes)
        node = nodes[id]
        if isinstance(node, Role):
            nodes[id] = node._replace(name=name, alt_names=others, described=id in described)
        elif isinstance(node, (Department, Indicator, Skill)):
            nodes[id] = node._replace(name=name, alt_names=others)
    return Graph(nodes, mentions)


def _is_candidate(node: Node) -> TypeGuard[Skill]:
    return isinstance(node, Skill) and node.status == "candidate"


_ENDS = {
    name: tuple({NODE_TYPES[kind] for kind in kinds} for kinds in (relation.sources, relation.targets))
    for name, relation in RELATIONS.items()
}


def check(graph: Graph) -> None:
    """Raise RolegraphError for a mention with an end that is missing, or of a kind that its relation may not join."""
    for mention in graph.mentions.values():
        sources, targets = _ENDS[mention.relation]
        source, target = graph.nodes.get(mention.source), graph.nodes.get(mention.target)
        if type(source) in sources and type(target) in targets:
            continue
        end, node = (mention.target, target) if type(source) in sources else (mention.source, source)
        wrong = f"joins {end}, which the graph lacks" if node is None else f"may not join {end}"
        raise RolegraphError(f"{mention.relation} {mention.id} {wrong}.")


def counted_postings(postings: Iterable[Posting], origins: dict[str, str]) -> set[str]:
    """The ids of the postings that count: of those with one fingerprint, the first by (origin, number).

    `origins` maps document ids to origins. A posting without fingerprint always counts.
    """
    first: dict[str, tuple[str, int, str]] = {}
    for posting in postings:
        place = (origins[posting.document], posting.number, posting.id)
        key = posting.fingerprint or posting.id
        first[key] = min(first.get(key, place), place)
    return {id for _, _, id in first.values()}


def derive(mentions: Iterable[Mention], counted: set[str]) -> Derived:
    """What the counted postings contribute to NEEDS and APPLIED_IN. Additive: posting by posting, or all at once.

    A skill of an item is preferred if the words or the item's section say so, else required.
    """
    items: list[ItemMention] = []
    skills: dict[str, dict[str, bool]] = defaultdict(dict)
    involved: dict[str, set[str]] = defaultdict(set)
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    postings: Counter[str] = Counter()
    for mention in mentions:
        if isinstance(mention, ItemMention):
            if mention.posting in counted:
                items.append(mention)
        elif isinstance(mention, SkillMention):
            required = skills[mention.source].get(mention.target, False) or mention.necessity == "required"
            skills[mention.source][mention.target] = required
        elif isinstance(mention, DepartmentMention):
            involved[mention.source].add(mention.target)
        elif isinstance(mention, FactMention) and mention.posting in counted:
            if mention.relation == "BELONGS_TO":
                own[mention.posting, mention.source].add(mention.target)
            elif mention.relation == "DESCRIBES":
                postings[mention.target] += 1
    per_posting: dict[tuple[str, str, str], tuple[int, bool]] = {}
    applied: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for item in items:
        departments = set(own.get((item.posting, item.source), ()))
        if kind_of(item.source) == "department":
            departments.add(item.source)
        for skill, required in skills.get(item.target, {}).items():
            key = (item.source, skill, item.posting)
            count, before = per_posting.get(key, (0, False))
            per_posting[key] = (count + 1, before or (required and item.necessity == "required"))
            if item.relation == "HAS_DUTY":
                for department in departments:
                    applied[skill, department][0] += 1
                for department in involved.get(item.target, ()):
                    applied[skill, department][1] += 1
    needs: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (subject, skill, _), (count, required) in per_posting.items():
        total = needs[subject, skill]
        total[0] += 1
        total[1] += count
        total[2] += required
    return Derived(
        {key: NeedCount(*value) for key, value in needs.items()},
        {key: AppliedCount(*value) for key, value in applied.items()},
        dict(postings),
    )


def needs_edges(derived: Derived) -> list[Needs]:
    """The NEEDS edges of all counted postings, ordered by source, target."""
    return [
        Needs(source, target, n.postings, n.postings / derived.postings[source], n.items,
              "required" if n.required else "preferred")
        for (source, target), n in sorted(derived.needs.items())
    ]  # fmt: skip


def applied_edges(derived: Derived) -> list[Applied]:
    """The APPLIED_IN edges of all counted postings, ordered by source, target."""
    return [Applied(source, target, n.own, n.involved) for (source, target), n in sorted(derived.applied.items())]
