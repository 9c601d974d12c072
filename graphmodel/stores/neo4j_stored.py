"""What a writing transaction reads of a Neo4j store: a method is one statement a kind, whatever the number of ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from neo4j import Transaction

from graphmodel.relations import DepartmentMention, SkillMention
from graphmodel.store import Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_rows import Labels, Stated
from graphmodel.stores.neo4j_scheme import Scheme, Schemes
from graphmodel.stores.neo4j_votes import Poll, Votes


class Found:
    """What is found of ids in one transaction, of any kind."""

    def __init__(self, tx: Transaction, labels: Labels) -> None:
        self._tx = tx
        self._labels = labels
        self._store, self._reading = labels.own("Store"), labels.own("Reading")
        self._label, self._change = labels.own("Label"), labels.own("Change")

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

    def _run(self, query: str, over: Iterable[Any] = (), **parameters: Any) -> list[list[Any]]:
        """What a statement over `$rows` returns; one over no rows is not sent."""
        known = list(over)
        if "$rows" in query and not known:
            return []
        return self._tx.run(query, parameters, rows=known).values()

    def _of(self, kind: str) -> str:
        return f"`{self._labels.of(kind)}`"

    def _between(self, source: str, target: str) -> str:
        """Matches source `s` and target `t` of each row of `by_source`; what else it holds is `row[1]` and on."""
        return (
            f"UNWIND $rows AS source MATCH (s:{self._of(source)} {{id: source[0]}}) "
            f"UNWIND source[1] AS row MATCH (t:{self._of(target)} {{id: row[0]}}) "
        )


class Stored(Found):
    """One writing transaction, which holds the lock from the beginning."""

    def __init__(self, tx: Transaction, labels: Labels, schemes: Schemes) -> None:
        super().__init__(tx, labels)
        self._schemes = schemes
        self.revision, self.taxonomy, self._scheme = self._lock()

    def _lock(self) -> tuple[int, str, int]:
        """Waits for other writers; gives revision, taxonomy digest, and the revision that put the taxonomy."""
        query = f"MATCH (s:`{self._store}`) SET s.locked = true RETURN s.revision, s.taxonomy, s.scheme"
        ((revision, taxonomy, scheme),) = self._run(query)
        return int(revision), str(taxonomy), int(scheme)

    def scheme(self) -> Scheme:
        """The labels and aliases in force."""
        return self._schemes.read(self._tx, self._scheme)

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

    def items_requiring(self, skills: Iterable[str]) -> set[str]:
        query = f"UNWIND $rows AS id MATCH (:{self._of('skill')} {{id: id}})<-[:REQUIRES]-(i) RETURN DISTINCT i.id"
        return {id for (id,) in self._run(query, sorted(skills))}

    def aliases(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of the ids that are aliases, with the ids in force."""
        known = self.scheme().aliases
        return {id: known[id] for id in ids if id in known}
