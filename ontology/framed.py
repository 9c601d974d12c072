"""One role as a tree for web clients: JSON-LD with the context of the dump, and nothing that the dump does not say.

    {"@context": …, "type": ["Concept", "Role"], "id": "role:…", "name": {"zh-Hans": "店长"},
     "hasDuty": [{"id": "duty:…", "name": {…}, "via": [{"heading": "职责", "line": 3, "inPosting": "posting:…", …}],
                  "requires": [{"id": "skill:…", "name": {…}, "via": [{"evidence": "市场分析", "start": 6, …}]}],
                  "involves": […]}],
     "hasRequirement": […], "belongsTo": […], "reportsTo": […], "leadsTo": […], "measuredBy": […],
     "needs": [{"id": "skill:…", "name": {…}, "via": [{"postings": 3, "share": "0.6", "items": 4, …}]}],
     "describedBy": [{"id": "posting:…", "organization": "…", "inDocument": {"id": "document:…", "origin": "…"}}]}

What a thing leads to stands under the key of the relation, in order of ids, and `via` in it says how: a mention for
each place where that is stated, or the counts of a need. A key is there only if there is something under it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from graphmodel.errors import NotFound
from graphmodel.identity import kind_of
from graphmodel.nodes import Document, Node, Note, Posting, Skill
from graphmodel.relations import RELATIONS, DepartmentMention, Edge, FactMention, ItemMention, SkillMention
from graphmodel.store import View
from ontology.context import DESCRIBED_BY, VIA, context, key
from ontology.mapping import PROPERTIES, Mapping, need_id
from ontology.terms import BASE, check_base
from ontology.writers.jsonld import JsonLd

_Object = dict[str, Any]
_ITEMS = ("duty", "requirement")


def framed(view: View, id: str, base: str = BASE, *, quotes: str = "full", limit: int | None = None) -> _Object:
    """A role, or a department, with at most `limit` mentions for each edge (None: all).

    Raises NotFound, and BadInput for quotes that are none or a base that is no IRI.
    """
    check_base(base)
    kind = kind_of(id)
    found = view.nodes(kind, [id]) if kind in ("role", "department") else []
    if not found:
        raise NotFound("role", id)
    return {"@context": context(base), **_Frame(view, base, quotes, limit).of(found[0])}


class _Frame:
    def __init__(self, view: View, base: str, quotes: str, limit: int | None) -> None:
        self._view = view
        self._writer = JsonLd(base)
        self._mapping = Mapping(self._writer, quotes)
        self._limit = limit
        self._documents: dict[str, str] = {}

    def of(self, node: Node) -> _Object:
        """A role or department, and all that it leads to."""
        described = list(self._view.edges("DESCRIBES", targets=[node.id], limit=1))
        postings = self._nodes(edge.source for edge in described)
        tree = self._object(node.id, node)
        tree |= self._leaving([node.id])[node.id]
        if postings:
            tree[DESCRIBED_BY] = self._postings(postings)
        return tree

    def _leaving(self, ids: Collection[str]) -> dict[str, dict[str, list[_Object]]]:
        """Of things of one kind: by id, and by the key of a relation, what the relation leads to."""
        leaving: dict[str, dict[str, list[_Object]]] = defaultdict(dict)
        kind = kind_of(min(ids))
        for relation in (name for name, joins in RELATIONS.items() if kind in joins.sources):
            edges: dict[tuple[str, str], list[Edge]] = defaultdict(list)
            for edge in self._view.edges(relation, sources=sorted(ids), limit=self._limit):
                edges[edge.source, edge.target].append(edge)
            targets = self._nodes(target for _, target in edges)
            below = self._below(targets)
            self._remember(edge for some in edges.values() for edge in some)
            for (source, target), some in sorted(edges.items()):
                reached = self._object(target, targets[target]) | below.get(target, {})
                reached[VIA] = [self._edge(edge) for edge in some]
                leaving[source].setdefault(key(PROPERTIES[relation]), []).append(reached)
        return leaving

    def _below(self, nodes: Collection[str]) -> dict[str, dict[str, list[_Object]]]:
        """What items lead to; from other things the tree goes no further."""
        return self._leaving(nodes) if nodes and kind_of(min(nodes)) in _ITEMS else {}

    def _edge(self, edge: Edge) -> _Object:
        if isinstance(edge, (SkillMention, DepartmentMention)):
            return self._object(edge.id, edge, edge.source)
        if isinstance(edge, (ItemMention, FactMention)):
            return self._object(edge.id, edge, self._documents[edge.posting])
        return self._object(need_id(edge), edge)  # type: ignore[arg-type]

    def _object(self, id: str, value: Node | Note | Edge, quoted_from: str = "") -> _Object:
        """The node object that the dump has, but for what is added to it there as a subject of the graph."""
        pairs = self._mapping.statements(value)
        if quoted_from:
            pairs.append((self._writer.property("prov:wasQuotedFrom"), self._writer.thing(quoted_from)))
        if isinstance(value, Skill):
            name = "CandidateSkill" if value.status == "candidate" else "Skill"
            pairs.append((self._writer.property("rdf:type"), self._writer.term(name)))
        found: _Object = json.loads(self._writer.node(id, sorted(pairs)))
        return found

    def _nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Nodes of one kind, or of two (a department describes, too)."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for id in sorted(set(ids)):
            kinds[kind_of(id)].append(id)
        return {node.id: node for kind, some in kinds.items() for node in self._view.nodes(kind, some)}

    def _remember(self, edges: Iterable[Edge]) -> None:
        """The documents of the postings that state edges."""
        asked = {edge.posting for edge in edges if isinstance(edge, (ItemMention, FactMention))}
        found = self._nodes(asked - self._documents.keys())
        self._documents |= {id: node.document for id, node in found.items() if isinstance(node, Posting)}

    def _postings(self, postings: dict[str, Node]) -> list[_Object]:
        """Postings in order of ids, each with its document."""
        documents = self._nodes(node.document for node in postings.values() if isinstance(node, Posting))
        listed = []
        for id, node in sorted(postings.items()):
            posting = self._object(id, node)
            document = documents[posting[key("document")]]
            assert isinstance(document, Document)
            posting[key("document")] = self._object(document.id, document)
            listed.append(posting)
        return listed
