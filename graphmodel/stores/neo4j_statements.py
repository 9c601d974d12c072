"""The Cypher that changes a Neo4j store: a method is one statement a kind or relation, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from graphmodel.graph import Derived
from graphmodel.identity import fold, kind_of
from graphmodel.nearest import LABELLED
from graphmodel.nodes import NODE_TYPES, Document, Node, Posting
from graphmodel.relations import ITEM_RELATIONS, RELATIONS, STATED
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_find import found_by, items
from graphmodel.stores.neo4j_rows import EdgeRow, Ends, Record, Stated
from graphmodel.stores.neo4j_stored import Stored
from graphmodel.stores.neo4j_votes import Chosen, Poll, Votes


class Statements(Stored):
    """One writing transaction."""

    # What goes

    def withdraw(self, documents: Mapping[str, Stated]) -> None:
        """Takes away documents, their postings and what these state; items and subjects stay."""
        found: dict[tuple[str, str, str], list[list[str]]] = defaultdict(list)
        for stated in documents.values():
            for mention in stated.mentions:
                if mention.relation != "DESCRIBES":  # goes with its posting
                    key = (mention.relation, kind_of(mention.source), kind_of(mention.target))
                    found[key].append([mention.source, mention.target, mention.id])
        for (relation, source, target), mentions in sorted(found.items()):
            delete = f"MATCH (s)-[r:{relation}]->(t) WHERE r.id = row[1] DELETE r"
            self._run(self._between(source, target) + delete, by_source(mentions))
        postings = [posting for stated in documents.values() for posting in stated.postings]
        delete = "UNWIND $rows AS id MATCH (n:{} {{{}: id}}) DETACH DELETE n"
        self._run(delete.format(self._of("posting"), "id"), postings)
        self._run(delete.format(self._of("document"), "id"), documents)
        self._run(delete.format(f"`{self._reading}`", "document"), documents)

    def unsay(self, items: Iterable[str]) -> None:
        for kind, ids in rows.by_kind(items).items():
            match = f"UNWIND $rows AS id MATCH (:{self._of(kind)} {{id: id}})-[r:REQUIRES|INVOLVES]->() "
            self._run(match + "DELETE r", ids)

    def sweep(self, suspects: Mapping[str, Collection[str]], kept: Collection[str] | None = None) -> set[str]:
        """Removes those of the nodes that nothing mentions; gives their ids. Skills of the taxonomy (`kept`) stay."""
        removed: set[str] = set()
        stay = self.scheme().skills if kept is None else kept
        for kind, ids in sorted(suspects.items()):
            mentions = "|".join(ITEM_RELATIONS if kind in rows.ITEMS else STATED)
            condition = f"NOT EXISTS {{ (n)-[:{mentions}]-() }}"
            match = f"UNWIND $rows AS id MATCH (n:{self._of(kind)} {{id: id}}) WHERE {condition} "
            removed |= {
                id for (id,) in self._run(match + "DETACH DELETE n RETURN id", sorted(set(ids).difference(stay)))
            }
        return removed

    # What comes

    def create(self, nodes: Mapping[str, Node], readers: Mapping[str, str], repeats: Mapping[str, str | None]) -> None:
        """Nodes that are not there: items with who read them, postings and documents with what they repeat."""
        found: dict[str, list[list[Any]]] = defaultdict(list)
        for id, node in nodes.items():
            if isinstance(node, (Posting, Document)):
                node = node._replace(repeats=repeats.get(id))
            found[kind_of(id)].append([*rows.node_row(node), readers.get(id), *found_by(node)])
        for kind, contents in sorted(found.items()):
            self._run(f"UNWIND $rows AS row CREATE (n:{self._of(kind)} {node_map(kind)})", contents)

    def renew(self, items: Iterable[tuple[Node, str]]) -> None:
        """Items as another reader, or one with another taxonomy, understands them."""
        found: dict[str, list[list[Any]]] = defaultdict(list)
        for node, reader in items:
            found[kind_of(node.id)].append([*rows.node_row(node), reader])
        for kind, contents in sorted(found.items()):
            match = f"UNWIND $rows AS row MATCH (n:{self._of(kind)} {{id: row[0]}}) "
            self._run(match + f"SET n = {node_map(kind)}", contents)

    def rename(self, names: Mapping[str, Chosen]) -> None:
        for kind, ids in rows.by_kind(names).items():
            described = ", n.described = row[3]" if kind == "role" else ""
            self._run(
                f"UNWIND $rows AS row MATCH (n:{self._of(kind)} {{id: row[0]}}) "
                "SET n.name = row[1], n.alt_names = CASE row[2] WHEN [] THEN null ELSE row[2] END, "
                f"n.find = row[4]{described}",
                [[id, *names[id], items(kind, [names[id].name, *names[id].alt_names])] for id in ids],
            )

    def relate(self, edges: Iterable[EdgeRow]) -> None:
        """Relationships that are not there."""
        found: dict[Ends, list[list[Any]]] = defaultdict(list)
        for ends, row in edges:
            found[ends].append(row)
        for (relation, source, target), contents in sorted(found.items()):
            properties = _map(rows.fields(RELATIONS[relation].edge), 1)
            create = f"CREATE (s)-[:{relation} {properties}]->(t)"
            self._run(self._between(source, target) + create, by_source(contents))

    def repeat(self, kind: str, repeats: Mapping[str, str | None]) -> None:
        match = f"UNWIND $rows AS row MATCH (n:{self._of(kind)} {{id: row[0]}}) SET n.repeats = row[1]"
        self._run(match, [[id, first] for id, first in sorted(repeats.items())])

    def count(self, before: Derived, after: Derived) -> None:
        """Changes NEEDS, APPLIED_IN and the number of postings of subjects by the difference."""
        self._add("NEEDS", ("postings", "items", "required"), before.needs, after.needs)
        self._add("APPLIED_IN", ("own", "involved"), before.applied, after.applied)
        subjects = before.postings.keys() | after.postings.keys()
        for kind, ids in rows.by_kind(subjects).items():
            changes = [[id, after.postings.get(id, 0) - before.postings.get(id, 0)] for id in ids]
            self._run(
                f"UNWIND $rows AS row MATCH (s:{self._of(kind)} {{id: row[0]}}) "
                "SET s.postings = coalesce(s.postings, 0) + row[1]",
                [change for change in changes if change[1]],
            )

    def _add(
        self,
        relation: str,
        counters: Sequence[str],
        before: Mapping[tuple[str, str], tuple[int, ...]],
        after: Mapping[tuple[str, str], tuple[int, ...]],
    ) -> None:
        """Adds the difference to the counters of edges; an edge is there while one of them is not zero."""
        found: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
        nothing = (0,) * len(counters)
        for source, target in before.keys() | after.keys():
            was, now = before.get((source, target), nothing), after.get((source, target), nothing)
            if was != now:
                change = [b - a for a, b in zip(was, now, strict=True)]
                found[kind_of(source), kind_of(target)].append([source, target, *change])
        created = ", ".join(f"r.{name} = row[{i}]" for i, name in enumerate(counters, 1))
        matched = ", ".join(f"r.{name} = r.{name} + row[{i}]" for i, name in enumerate(counters, 1))
        zero = " AND ".join(f"r.{name} = 0" for name in counters)
        for kinds, changes in sorted(found.items()):
            match = self._between(*kinds)
            merge = f"MERGE (s)-[r:{relation}]->(t) ON CREATE SET {created} ON MATCH SET {matched}"
            self._run(match + merge, by_source(changes))
            fallen = [change for change in changes if min(change[2:]) < 0]
            self._run(f"{match}MATCH (s)-[r:{relation}]->(t) WHERE {zero} DELETE r", by_source(fallen))

    def vote(self, polls: Mapping[str, Poll], removed: Collection[str]) -> None:
        """Keeps the votes of nodes; forgets those of removed nodes, and spellings out of use if there are others."""
        match = f"UNWIND $rows AS id MATCH (l:`{self._label}` {{node: id}}) DELETE l"
        self._run(match, sorted(removed))
        kept, dropped = [], []
        for id in polls.keys() - removed:
            used = any(votes.documents > 0 for votes in polls[id].values())
            for label, votes in polls[id].items():
                if used and votes.documents <= 0:
                    dropped.append(label_id(id, label))
                else:
                    kept.append(label_row(id, label, votes))
        self._run(f"UNWIND $rows AS id MATCH (l:`{self._label}` {{id: id}}) DELETE l", dropped)
        self._run(f"UNWIND $rows AS row MERGE (l:`{self._label}` {{id: row.id}}) SET l = row", kept)

    def keep(self, records: Iterable[Record]) -> None:
        """The store's own record of each document."""
        self._run(f"UNWIND $rows AS row CREATE (d:`{self._reading}`) SET d = row", records)

    def close(self, journal: Sequence[tuple[str, str]]) -> None:
        """The journal, the new revision, and the name of the new state."""
        revision = self.revision + 1
        changes = [{"revision": revision, "origin": origin, "action": action} for origin, action in journal]
        self._run(f"UNWIND $rows AS row CREATE (c:`{self._change}`) SET c = row", changes)
        self._run(f"MATCH (s:`{self._store}`) SET s.revision = $revision, s.state = randomUUID()", revision=revision)


def by_source(edges: Iterable[list[Any]]) -> list[list[Any]]:
    """Rows [source, target, ...] as [source, [[target, ...], ...]], so that each source is looked up once."""
    found: dict[str, list[list[Any]]] = {}
    for source, *rest in edges:
        found.setdefault(source, []).append(rest)
    return [[source, targets] for source, targets in found.items()]


def _map(fields: Sequence[str], first: int) -> str:
    """A Cypher map of the fields, from the parts of `row` beginning with number `first`."""
    return "{" + ", ".join(f"`{field}`: row[{i}]" for i, field in enumerate(fields, first)) + "}"


def node_map(kind: str) -> str:
    """The properties of a node, then the stamp of an item's reading, then what a node with a name is found by."""
    return _map((*rows.fields(NODE_TYPES[kind]), "reading", *(["find"] if kind in LABELLED else [])), 0)


def label_id(node: str, label: str) -> str:
    return f"{node} {label}"


def label_row(node: str, label: str, votes: Votes) -> dict[str, Any]:
    kind = kind_of(node)
    return {
        "id": label_id(node, label),
        "node": node,
        "kind": kind,
        "label": label,
        "fold": fold(label, kind),
        **votes._asdict(),
    }
