"""What a new skill taxonomy does to a Neo4j store: skills, links, aliases, and what pointed at what is an alias now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

from neo4j import Transaction

from graphmodel.graph import SkillScheme
from graphmodel.nodes import Skill
from graphmodel.scheme import aliases_in_force, check_scheme
from graphmodel.store import Changes
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_additions import in_force, word_edges
from graphmodel.stores.neo4j_find import found_by
from graphmodel.stores.neo4j_rows import Labels
from graphmodel.stores.neo4j_scheme import Scheme, Schemes, labels_of
from graphmodel.stores.neo4j_statements import Statements, by_source, label_row, node_map
from graphmodel.stores.neo4j_votes import Votes
from graphmodel.stores.neo4j_write import derived, postings_of, stated_items


def set_taxonomy(tx: Transaction, labels: Labels, schemes: Schemes, scheme: SkillScheme) -> Changes:
    """Puts a scheme in the place of the one before. Raises BadTaxonomy for one that points nowhere."""
    check_scheme(scheme)
    db = _Statements(tx, labels, schemes)
    if db.taxonomy == scheme.digest:
        return Changes()
    chosen = {skill.id for skill in scheme.skills}
    known = db.skills()
    aliases = aliases_in_force(db.scheme().aliases, scheme)
    moved = {old: aliases[old] for old in known if old in aliases}
    items = db.items_requiring(moved)
    using = db.stated(db.documents_using(items)).values()
    words_before = db.words(stated_items(using) | items)
    words_after = {item: tuple(in_force(mention, moved) for mention in said) for item, said in words_before.items()}
    counted = {posting for posting, first in db.repeats(postings_of(using)).items() if first is None}

    db.put_skills(skill for skill in scheme.skills if known.get(skill.id) != skill)
    db.unsay(items)
    db.relate(chain.from_iterable(word_edges(words_after[item]) for item in sorted(items)))
    db.count(derived(using, words_before, counted), derived(using, words_after, counted))
    dropped = {id: skill for id, skill in known.items() if skill.status != "candidate" and id not in chosen}
    db.put_links(scheme)
    db.put_labels(chosen, dropped.values())
    db.deprecate(dropped)
    db.vote({}, db.sweep({"skill": {*moved, *dropped}}, chosen))
    db.put_scheme(scheme.digest, Scheme(aliases, labels_of(scheme.skills)))
    db.close([("", "taxonomy")])
    return Changes(rows=len(scheme.skills) + len(scheme.broader) + len(scheme.related))


class _Statements(Statements):
    """Those that only a taxonomy needs."""

    def skills(self) -> dict[str, Skill]:
        """Every skill by id, candidates too."""
        found = (
            rows.node("skill", stored) for (stored,) in self._run(f"MATCH (k:{self._of('skill')}) RETURN properties(k)")
        )
        return {skill.id: skill for skill in found if isinstance(skill, Skill)}

    def put_skills(self, skills: Iterable[Skill]) -> None:
        match = f"UNWIND $rows AS row MERGE (k:{self._of('skill')} {{id: row[0]}}) SET k = {node_map('skill')}"
        self._run(match, [[*rows.node_row(skill), None, *found_by(skill)] for skill in skills])

    def deprecate(self, skills: Iterable[str]) -> None:
        """Skills that left the taxonomy: they stay while something mentions them."""
        match = f"UNWIND $rows AS id MATCH (k:{self._of('skill')} {{id: id}}) SET k.status = 'deprecated'"
        self._run(match, sorted(skills))

    def put_links(self, scheme: SkillScheme) -> None:
        """BROADER and RELATED: those that are not there, and none that is not in the scheme."""
        skill = self._of("skill")
        for relation, pairs in (("BROADER", scheme.broader), ("RELATED", scheme.related)):
            there = {
                tuple(pair) for pair in self._run(f"MATCH (s:{skill})-[:{relation}]->(t:{skill}) RETURN s.id, t.id")
            }
            match = self._between("skill", "skill")
            self._run(f"{match}MATCH (s)-[r:{relation}]->(t) DELETE r", _grouped(there.difference(pairs)))
            self._run(f"{match}CREATE (s)-[:{relation}]->(t)", _grouped(set(pairs) - there))

    def put_labels(self, chosen: Collection[str], dropped: Iterable[Skill]) -> None:
        """Labels as records of their own: those of skills that left the taxonomy, and none of those in it."""
        self._run(f"UNWIND $rows AS id MATCH (l:`{self._label}` {{node: id}}) DELETE l", sorted(chosen))
        found = [label_row(skill, label, Votes()) for skill, label in labels_of(dropped)]
        self._run(f"UNWIND $rows AS row MERGE (l:`{self._label}` {{id: row.id}}) SET l = row", found)

    def put_scheme(self, digest: str, scheme: Scheme) -> None:
        revision = self.revision + 1
        self._schemes.put(self._tx, revision, scheme)
        query = f"MATCH (s:`{self._store}`) SET s.taxonomy = $digest, s.scheme = $revision"
        self._run(query, digest=digest, revision=revision)


def _grouped(pairs: Iterable[tuple[str, ...]]) -> list[list[object]]:
    return by_source([list(pair) for pair in sorted(pairs)])
