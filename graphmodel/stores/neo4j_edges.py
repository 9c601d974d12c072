"""The edges of a Neo4j store, and the places that they come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from typing import Any, cast

from neo4j import Transaction

from graphmodel.errors import BadInput
from graphmodel.relations import DERIVED, RELATIONS, STATED, Applied, Edge, Link, Mention, Necessity, Needs
from graphmodel.store import Evidence
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_checked import Checked
from graphmodel.stores.sorting import by_id

SOURCES_PER_READ = {"role": 100, "department": 100}
"""How many sources an iterator over edges reads at once; the others have few edges each."""

OTHER_SOURCES_PER_READ = 2_000

EVERYTHING = 2**31 - 1
"""The longest list of Neo4j."""

_FEW_SUBJECTS, _FEW_PLACES = 10, 10
"""Of so many roles and departments the needs, and so many places for each skill, are few rows."""

_SUBJECTS = ("department", "role")


class Edges(Checked):
    """The reads of graphmodel.store.View that follow edges."""

    def edges(
        self,
        relation: str,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Edge]:
        if relation not in RELATIONS:
            raise BadInput(f"{relation!r} is no relation.", "Known are: " + ", ".join(RELATIONS))
        return Edges(self._session, self._now())._edges(relation, sources, targets, limit)

    def pairs(self, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
        for pair, _ in groupby((edge.source, edge.target) for edge in self.edges(relation, sources)):
            yield pair

    def mentions(self, ids: Collection[str] | None = None) -> Iterator[Mention]:
        if ids is None:
            yield from by_id(cast(Mention, edge) for relation in STATED for edge in self.edges(relation))
        else:
            yield from by_id(mention for relation in STATED for mention in self._chosen(relation, sorted(ids)))

    def _chosen(self, relation: str, ids: list[str]) -> list[Mention]:
        """The mentions of a relation that have one of the ids."""
        joins = RELATIONS[relation]
        query = " UNION ALL ".join(
            f"MATCH (s:`{self._labels.of(source)}`)-[r:`{relation}`]->(t:`{self._labels.of(target)}`) "
            "WHERE r.id IN $ids RETURN s.id AS source, t.id AS target, properties(r) AS r"
            for source in sorted(joins.sources)
            for target in sorted(joins.targets)
        )
        found = self._checked(lambda tx: tx.run(query, ids=ids).values())
        return [rows.mention(relation, source, target, stored) for source, target, stored in found]

    def _edges(
        self, relation: str, sources: Collection[str] | None, targets: Collection[str] | None, limit: int | None
    ) -> Iterator[Edge]:
        wanted_sources, wanted_targets = self._session.read(lambda tx: self._resolved(tx, sources, targets))
        if {} in (wanted_sources, wanted_targets):
            self._checked(lambda tx: None)  # no other read sees whether the aliases are still those
        for kind in sorted(RELATIONS[relation].sources):
            size = SOURCES_PER_READ.get(kind, OTHER_SOURCES_PER_READ)
            if wanted_sources is not None:
                known = wanted_sources.get(kind, [])
                for start in range(0, len(known), size):
                    yield from self._edges_of(relation, kind, known[start : start + size], wanted_targets, limit)
            elif wanted_targets is not None:
                yield from self._edges_of(relation, kind, None, wanted_targets, limit)
            else:
                last = ""
                while chunk := self._sources(relation, kind, last, size):
                    yield from self._edges_of(relation, kind, chunk, None, limit)
                    last = chunk[-1]

    def _sources(self, relation: str, kind: str, after: str, size: int) -> list[str]:
        query = (
            f"MATCH (s:`{self._labels.of(kind)}`) WHERE s.id > $after AND EXISTS {{ (s)-[:`{relation}`]->() }} "
            "RETURN s.id AS id ORDER BY id LIMIT $size"
        )
        return self._checked(lambda tx: [id for (id,) in tx.run(query, after=after, size=size).values()])

    def _edges_of(
        self,
        relation: str,
        kind: str,
        sources: list[str] | None,
        targets: dict[str, list[str]] | None,
        limit: int | None,
    ) -> list[Edge]:
        """The edges from nodes of one kind, in order."""
        queries = []
        for target in sorted(RELATIONS[relation].targets):
            if targets is not None and target not in targets:
                continue
            path = f"(s:`{self._labels.of(kind)}`)-[r:`{relation}`]->(t:`{self._labels.of(target)}`)"
            if sources is not None:
                match = f"UNWIND $sources AS id MATCH {path} WHERE s.id = id"
                match += "" if targets is None else " AND t.id IN $targets"
            else:
                match = f"UNWIND $targets AS id MATCH {path} WHERE t.id = id"
            if limit is not None:
                match += " WITH s, t, r ORDER BY r.id WITH s, t, collect(r)[..$limit] AS few UNWIND few AS r"
            query = f"{match} RETURN s.id AS source, t.id AS target, r.id AS mention, properties(r) AS r, "
            query += "s.postings AS postings ORDER BY source, target, mention"
            queries.append((query, (targets or {}).get(target)))

        if relation == "NEEDS" and sources is not None and len(sources) <= _FEW_SUBJECTS:
            found = [
                row
                for query, chosen in queries
                for row in self._rows(query, {"sources": sources, "targets": chosen, "limit": limit})
            ]
        else:
            found = self._checked(
                lambda tx: [
                    row
                    for query, chosen in queries
                    for row in tx.run(query, sources=sources, targets=chosen, limit=limit).values()
                ]
            )
        found.sort(key=lambda row: (row[0], row[1], row[2] or ""))
        return [edge(relation, source, target, stored, postings) for source, target, _, stored, postings in found]

    def evidence(
        self, subjects: Collection[str], skills: Collection[str] | None = None, limit: int | None = None
    ) -> Iterator[Evidence]:
        label = self._labels.of
        query = (
            "UNWIND $subjects AS subject MATCH (s:`{subject}` {{id: subject}})"
            f"-[h:HAS_DUTY|HAS_REQUIREMENT]->(i)-[q:REQUIRES]->(k:`{label('skill')}`) "
            + ("" if skills is None else "WHERE k.id IN $skills ")
            + f"MATCH (p:`{label('posting')}` {{{{id: h.posting}}}}) WHERE p.repeats IS NULL "
            f"MATCH (d:`{label('document')}` {{{{id: p.document}}}}) "
            "WITH s.id AS subject, k.id AS skill, i, h, q, d ORDER BY subject, skill, h.posting, i.id, q.start "
            "WITH subject, skill, collect([i.id, i.text, q.evidence, q.start, q.end, h.posting, d.origin, h.heading, "
            "h.line, h.spans, q.method, h.necessity, q.necessity, q.level])[..$limit] AS places "
            "UNWIND places AS place RETURN subject, skill, place"
        )

        def ask(tx: Transaction, run: Callable[[str, Mapping[str, Any]], list[list[Any]]]) -> list[Evidence]:
            wanted, chosen = self._resolved(tx, subjects, skills)
            if not wanted:
                return self._checked(lambda tx: [])
            asked = {
                "skills": None if chosen is None else chosen.get("skill", []),
                "limit": EVERYTHING if limit is None else limit,
            }
            return [
                _evidence(subject, skill, *place)
                for kind in _SUBJECTS
                if (known := wanted.get(kind))
                for subject, skill, place in run(query.format(subject=label(kind)), {**asked, "subjects": known})
            ]

        if not self._is_view or limit is None or limit > _FEW_PLACES or len(subjects) > _FEW_SUBJECTS:
            return iter(self._checked(lambda tx: ask(tx, lambda each, asked: tx.run(each, dict(asked)).values())))

        def collected(each: str, asked: Mapping[str, Any]) -> list[list[Any]]:
            return sorted(self._rows(each, asked), key=lambda row: (row[0], row[1], row[2][5], row[2][0], row[2][3]))

        return iter(self._session.read(lambda tx: ask(tx, collected)))


def edge(relation: str, source: str, target: str, stored: Mapping[str, Any], postings: int | None) -> Edge:
    """The edge that a relationship with these properties is; `postings` are those of its source."""
    if relation == "NEEDS":
        share = stored["postings"] / (postings or stored["postings"])
        necessity: Necessity = "required" if stored["required"] else "preferred"
        return Needs(source, target, stored["postings"], share, stored["items"], necessity)
    if relation in DERIVED:
        return Applied(source, target, stored["own"], stored["involved"])
    if RELATIONS[relation].edge is Link:
        return Link(relation, source, target)
    return rows.mention(relation, source, target, stored)


def _evidence(
    subject: str,
    skill: str,
    item: str,
    text: str,
    words: str,
    start: int,
    end: int,
    posting: str,
    origin: str,
    heading: str | None,
    line: int,
    spans: list[int],
    method: Any,
    section: str,
    said: str,
    level: Any,
) -> Evidence:
    necessity: Necessity = "required" if section == said == "required" else "preferred"
    places = rows.spans(spans or ())
    return Evidence(
        subject, skill, item, text, words, start, end, posting, origin, heading, line, places, method, necessity, level
    )
