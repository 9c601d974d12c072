"""The Cypher of a writing transaction: each method is one statement a kind or relation, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from neo4j import Transaction

from graphmodel.graph import Derived, SkillScheme
from graphmodel.identity import fold, kind_of
from graphmodel.nodes import NODE_TYPES, Document, Node, Posting, Skill
from graphmodel.relations import ITEM_RELATIONS, RELATIONS, STATED, DepartmentMention, SkillMention
from graphmodel.store import Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_rows import EdgeRow, Ends, Labels, Record, Stated
from graphmodel.stores.neo4j_votes import Chosen, Poll, Votes


class Statements:
    """One writing transaction."""

    def __init__(self, tx: Transaction, labels: Labels) -> None:
        self._tx = tx
        self._labels = labels
        self._store, self._reading = labels.own("Store"), labels.own("Reading")
        self._label, self._alias, self._change = labels.own("Label"), labels.own("Alias"), labels.own("Change")

    def _run(self, query: str, over: Iterable[Any] = (), **parameters: Any) -> list[list[Any]]:
        """What a statement over `$rows` returns; one over no rows is not sent."""
        known = list(over)
        if "$rows" in query and not known:
            return []
        return self._tx.run(query, parameters, rows=known).values()

    def _of(self, kind: str) -> str:
        return f"`{self._labels.of(kind)}`"

    def _between(self, source: str, target: str) -> str:
        """Matches source `s` and target `t` of each row of `_by_source`; what else it holds is `row[1]` and on."""
        return (
            f"UNWIND $rows AS source MATCH (s:{self._of(source)} {{id: source[0]}}) "
            f"UNWIND source[1] AS row MATCH (t:{self._of(target)} {{id: row[0]}}) "
        )

    # What is there

    def lock(self) -> tuple[int, str]:
        """Waits for other writers; gives revision and taxonomy digest."""
        query = f"MATCH (s:`{self._store}`) SET s.locked = true RETURN s.revision, s.taxonomy"
        ((revision, taxonomy),) = self._run(query)
        return int(revision), str(taxonomy)

    def stamps(self, origins: Iterable[str]) -> dict[str, tuple[str, Stamp]]:
        """The document id and stamp of each origin that is stored."""
        query = f"UNWIND $rows AS origin MATCH (d:`{self._reading}` {{origin: origin}}) "
        query += "RETURN d.origin, d.document, d.content, d.reader, d.taxonomy"
        return {origin: (document, Stamp(*stamp)) for origin, document, *stamp in self._run(query, origins)}

    def stated(self, documents: Iterable[str]) -> dict[str, Stated]:
        query = f"UNWIND $rows AS id MATCH (d:`{self._reading}` {{document: id}}) RETURN id, d.stated"
        return {id: rows.unpack_stated(packed) for id, packed in self._run(query, sorted(documents))}

    def contents(self, documents: Iterable[str]) -> set[str]:
        query = f"UNWIND $rows AS id MATCH (d:`{self._reading}` {{document: id}}) RETURN d.content"
        return {content for (content,) in self._run(query, sorted(documents))}

    def postings_like(self, fingerprints: Iterable[str]) -> list[list[Any]]:
        """(id, fingerprint, origin, number, repeats) of the postings with these fingerprints."""
        query = f"UNWIND $rows AS print MATCH (p:{self._of('posting')} {{fingerprint: print}}) "
        query += f"MATCH (d:{self._of('document')} {{id: p.document}}) "
        return self._run(query + "RETURN p.id, print, d.origin, p.number, p.repeats", sorted(fingerprints))

    def documents_like(self, contents: Iterable[str]) -> list[list[Any]]:
        """(id, content, origin, repeats) of the documents with these contents."""
        query = f"UNWIND $rows AS content MATCH (d:{self._of('document')} {{content: content}}) "
        return self._run(query + "RETURN d.id, content, d.origin, d.repeats", sorted(contents))

    def repeats(self, postings: Iterable[str]) -> dict[str, str | None]:
        query = f"UNWIND $rows AS id MATCH (p:{self._of('posting')} {{id: id}}) RETURN id, p.repeats"
        return dict(self._run(query, sorted(postings)))

    def documents_of(self, postings: Iterable[str]) -> set[str]:
        query = f"UNWIND $rows AS id MATCH (p:{self._of('posting')} {{id: id}}) RETURN p.document"
        return {id for (id,) in self._run(query, sorted(postings))}

    def documents_using(self, items: Iterable[str]) -> set[str]:
        """The documents that state an item."""
        found: set[str] = set()
        for kind, ids in rows.by_kind(items).items():
            query = f"UNWIND $rows AS id MATCH (:{self._of(kind)} {{id: id}})<-[r:HAS_DUTY|HAS_REQUIREMENT]-() "
            query += f"WITH DISTINCT r.posting AS posting MATCH (p:{self._of('posting')} {{id: posting}}) "
            found |= {id for (id,) in self._run(query + "RETURN DISTINCT p.document", ids)}
        return found

    def items(self, ids: Iterable[str]) -> dict[str, str]:
        """The items that are stored, with the stamp of their reading."""
        found: dict[str, str] = {}
        for kind, known in rows.by_kind(set(ids)).items():
            query = f"UNWIND $rows AS id MATCH (i:{self._of(kind)} {{id: id}}) RETURN id, i.reading"
            found |= dict(self._run(query, known))
        return found

    def words(self, items: Iterable[str]) -> dict[str, tuple[SkillMention | DepartmentMention, ...]]:
        """What the words of each item say: its REQUIRES and INVOLVES."""
        found: dict[str, list[SkillMention | DepartmentMention]] = defaultdict(list)
        for kind, ids in rows.by_kind(items).items():
            query = f"UNWIND $rows AS id MATCH (:{self._of(kind)} {{id: id}})-[r:REQUIRES|INVOLVES]->(t) "
            for relation, source, target, stored in self._run(query + "RETURN type(r), id, t.id, properties(r)", ids):
                mention = rows.mention(relation, source, target, stored)
                assert isinstance(mention, (SkillMention, DepartmentMention))
                found[source].append(mention)
        return {item: tuple(said) for item, said in found.items()}

    def polls(self, nodes: Iterable[str]) -> dict[str, Poll]:
        """The votes for each spelling of each node that is stored."""
        found: dict[str, Poll] = defaultdict(dict)
        query = f"UNWIND $rows AS id MATCH (l:`{self._label}` {{node: id}}) "
        for id, label, *votes in self._run(
            query + "RETURN id, l.label, l.names, l.documents, l.described", sorted(nodes)
        ):
            found[id][label] = Votes(*votes)
        return dict(found)

    def existing_skills(self, ids: Iterable[str]) -> list[str]:
        query = f"UNWIND $rows AS id MATCH (k:{self._of('skill')} {{id: id}}) RETURN id"
        return [id for (id,) in self._run(query, sorted(ids))]

    def skills(self) -> dict[str, str]:
        """The status of every skill."""
        return dict(self._run(f"MATCH (k:{self._of('skill')}) RETURN k.id, k.status"))

    def items_requiring(self, skills: Iterable[str]) -> set[str]:
        query = f"UNWIND $rows AS id MATCH (:{self._of('skill')} {{id: id}})<-[:REQUIRES]-(i) RETURN DISTINCT i.id"
        return {id for (id,) in self._run(query, sorted(skills))}

    def aliases(self, ids: Iterable[str]) -> dict[str, str]:
        query = f"UNWIND $rows AS id MATCH (a:`{self._alias}` {{old: id}}) RETURN id, a.new"
        return dict(self._run(query, sorted(ids)))

    def every_alias(self) -> dict[str, str]:
        return dict(self._run(f"MATCH (a:`{self._alias}`) RETURN a.old, a.new"))

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
            self._run(self._between(source, target) + delete, _by_source(mentions))
        postings = [posting for stated in documents.values() for posting in stated.postings]
        delete = "UNWIND $rows AS id MATCH (n:{} {{{}: id}}) DETACH DELETE n"
        self._run(delete.format(self._of("posting"), "id"), postings)
        self._run(delete.format(self._of("document"), "id"), documents)
        self._run(delete.format(f"`{self._reading}`", "document"), documents)

    def unsay(self, items: Iterable[str]) -> None:
        for kind, ids in rows.by_kind(items).items():
            match = f"UNWIND $rows AS id MATCH (:{self._of(kind)} {{id: id}})-[r:REQUIRES|INVOLVES]->() "
            self._run(match + "DELETE r", ids)

    def sweep(self, suspects: Mapping[str, Collection[str]]) -> set[str]:
        """Removes those of the nodes that nothing mentions; gives their ids. Skills of the taxonomy stay."""
        removed: set[str] = set()
        for kind, ids in sorted(suspects.items()):
            mentions = "|".join(ITEM_RELATIONS if kind in rows.ITEMS else STATED)
            condition = f"NOT EXISTS {{ (n)-[:{mentions}]-() }}"
            if kind == "skill":
                condition += f" AND NOT EXISTS {{ MATCH (l:`{self._label}` {{node: id}}) WHERE l.curated }}"
            match = f"UNWIND $rows AS id MATCH (n:{self._of(kind)} {{id: id}}) WHERE {condition} "
            removed |= {id for (id,) in self._run(match + "DETACH DELETE n RETURN id", sorted(ids))}
        return removed

    # What comes

    def create(self, nodes: Mapping[str, Node], readers: Mapping[str, str], repeats: Mapping[str, str | None]) -> None:
        """Nodes that are not there: items with who read them, postings and documents with what they repeat."""
        found: dict[str, list[list[Any]]] = defaultdict(list)
        for id, node in nodes.items():
            if isinstance(node, (Posting, Document)):
                node = node._replace(repeats=repeats.get(id))
            found[kind_of(id)].append([*rows.node_row(node), readers.get(id)])
        for kind, contents in sorted(found.items()):
            self._run(f"UNWIND $rows AS row CREATE (n:{self._of(kind)} {_node_map(kind)})", contents)

    def renew(self, items: Iterable[tuple[Node, str]]) -> None:
        """Items as another reader, or one with another taxonomy, understands them."""
        found: dict[str, list[list[Any]]] = defaultdict(list)
        for node, reader in items:
            found[kind_of(node.id)].append([*rows.node_row(node), reader])
        for kind, contents in sorted(found.items()):
            match = f"UNWIND $rows AS row MATCH (n:{self._of(kind)} {{id: row[0]}}) "
            self._run(match + f"SET n = {_node_map(kind)}", contents)

    def rename(self, names: Mapping[str, Chosen]) -> None:
        for kind, ids in rows.by_kind(names).items():
            described = ", n.described = row[3]" if kind == "role" else ""
            self._run(
                f"UNWIND $rows AS row MATCH (n:{self._of(kind)} {{id: row[0]}}) "
                f"SET n.name = row[1], n.alt_names = CASE row[2] WHEN [] THEN null ELSE row[2] END{described}",
                [[id, *names[id]] for id in ids],
            )

    def relate(self, edges: Iterable[EdgeRow]) -> None:
        """Relationships that are not there."""
        found: dict[Ends, list[list[Any]]] = defaultdict(list)
        for ends, row in edges:
            found[ends].append(row)
        for (relation, source, target), contents in sorted(found.items()):
            properties = _map(rows.fields(RELATIONS[relation].edge), 1)
            create = f"CREATE (s)-[:{relation} {properties}]->(t)"
            self._run(self._between(source, target) + create, _by_source(contents))

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
            self._run(match + merge, _by_source(changes))
            fallen = [change for change in changes if min(change[2:]) < 0]
            self._run(f"{match}MATCH (s)-[r:{relation}]->(t) WHERE {zero} DELETE r", _by_source(fallen))

    def vote(self, polls: Mapping[str, Poll], removed: Collection[str]) -> None:
        """Keeps the votes of nodes; forgets those of removed nodes, and spellings out of use if there are others."""
        match = f"UNWIND $rows AS id MATCH (l:`{self._label}` {{node: id}}) DELETE l"
        self._run(match, sorted(removed))
        kept, dropped = [], []
        for id in polls.keys() - removed:
            used = any(votes.documents > 0 for votes in polls[id].values())
            for label, votes in polls[id].items():
                if used and votes.documents <= 0:
                    dropped.append(_label_id(id, label))
                else:
                    kept.append(_label(id, label, votes))
        self._run(f"UNWIND $rows AS id MATCH (l:`{self._label}` {{id: id}}) DELETE l", dropped)
        self._run(f"UNWIND $rows AS row MERGE (l:`{self._label}` {{id: row.id}}) SET l = row", kept)

    def keep(self, records: Iterable[Record]) -> None:
        """The store's own record of each document."""
        self._run(f"UNWIND $rows AS row CREATE (d:`{self._reading}`) SET d = row", records)

    def close(self, revision: int, taxonomy: str, journal: Sequence[tuple[str, str]]) -> None:
        """The journal and the new revision."""
        changes = [{"revision": revision, "origin": origin, "action": action} for origin, action in journal]
        self._run(f"UNWIND $rows AS row CREATE (c:`{self._change}`) SET c = row", changes)
        query = f"MATCH (s:`{self._store}`) SET s.revision = $revision, s.taxonomy = $taxonomy"
        self._run(query, revision=revision, taxonomy=taxonomy)

    # The taxonomy

    def put_skills(self, skills: Iterable[Skill]) -> None:
        match = f"UNWIND $rows AS row MERGE (k:{self._of('skill')} {{id: row[0]}}) SET k = {_node_map('skill')}"
        self._run(match, [[*rows.node_row(skill), None] for skill in skills])

    def deprecate(self, skills: Collection[str]) -> None:
        """Skills that left the taxonomy: they stay while something mentions them."""
        self._run(
            f"UNWIND $rows AS id MATCH (k:{self._of('skill')} {{id: id}}) SET k.status = 'deprecated' "
            f"WITH id MATCH (l:`{self._label}` {{node: id}}) SET l.curated = false",
            sorted(skills),
        )

    def put_links(self, scheme: SkillScheme) -> None:
        skill = self._of("skill")
        self._run(f"MATCH (:{skill})-[r:BROADER|RELATED]->(:{skill}) DELETE r")
        for relation, pairs in (("BROADER", scheme.broader), ("RELATED", scheme.related)):
            create = f"CREATE (s)-[:{relation}]->(t)"
            self._run(self._between("skill", "skill") + create, _by_source([list(pair) for pair in pairs]))

    def put_labels(self, skills: Iterable[Skill]) -> None:
        """The labels of the taxonomy, in the place of those before."""
        self._run(f"MATCH (l:`{self._label}`) WHERE l.curated DELETE l")
        found = []
        for skill in skills:
            labels = {skill.name, *skill.alt_names, *skill.alt_names_en, *((skill.name_en,) if skill.name_en else ())}
            found += [_label(skill.id, label, Votes(), curated=True) for label in sorted(labels)]
        self._run(f"UNWIND $rows AS row MERGE (l:`{self._label}` {{id: row.id}}) SET l = row", found)

    def put_aliases(self, aliases: Mapping[str, str]) -> None:
        """All aliases, in the place of those before."""
        self._run(f"MATCH (a:`{self._alias}`) DELETE a")
        self._run(
            f"UNWIND $rows AS row CREATE (:`{self._alias}` {{old: row[0], new: row[1]}})",
            [list(pair) for pair in sorted(aliases.items())],
        )


def _by_source(edges: Iterable[list[Any]]) -> list[list[Any]]:
    """Rows [source, target, ...] as [source, [[target, ...], ...]], so that each source is looked up once."""
    found: dict[str, list[list[Any]]] = {}
    for source, *rest in edges:
        found.setdefault(source, []).append(rest)
    return [[source, targets] for source, targets in found.items()]


def _map(fields: Sequence[str], first: int) -> str:
    """A Cypher map of the fields, from the parts of `row` beginning with number `first`."""
    return "{" + ", ".join(f"`{field}`: row[{i}]" for i, field in enumerate(fields, first)) + "}"


def _node_map(kind: str) -> str:
    """The properties of a node; the last is the stamp of an item's reading."""
    return _map((*rows.fields(NODE_TYPES[kind]), "reading"), 0)


def _label_id(node: str, label: str) -> str:
    return f"{node} {label}"


def _label(node: str, label: str, votes: Votes, curated: bool = False) -> dict[str, Any]:
    kind = kind_of(node)
    return {
        "id": _label_id(node, label),
        "node": node,
        "kind": kind,
        "label": label,
        "fold": fold(label, kind),
        "curated": curated,
        **votes._asdict(),
    }
