"""The skill scheme of a dump: its curated skills, their links, and the ids that were given up for others."""

from __future__ import annotations

from graphmodel.graph import SkillScheme
from graphmodel.identity import candidate_id, digest
from graphmodel.nodes import Skill
from graphmodel.store import GraphStore
from ontology import taxonomy
from ontology.importing import values
from ontology.importing.said import Said
from ontology.importing.staging import Staging
from ontology.importing.values import CHANGED, Wrong

BEFORE = "imported, before"
"""The digest of a scheme that is put into a store only to be followed by that of the dump."""


def put(schemes: tuple[SkillScheme, ...], store: GraphStore) -> None:
    """Puts the schemes of a dump into a store without documents, if it has none, or but the first of them."""
    if store.taxonomy() in ("", BEFORE) and not store.nodes("document", limit=1):
        for scheme in schemes:
            store.set_taxonomy(scheme)


def schemes(staging: Staging) -> tuple[SkillScheme, ...]:
    """The scheme of a dump, or nothing for a dump without skills; before it perhaps another: see `_before`.

    A dump has neither the digest of its taxonomy nor the patterns that it counts: where all it says of its skills is as
    in the taxonomy of this version, the digest is that one's, so that nothing seems to have changed.
    """
    skills, links, given_up = _skills(staging)
    curated = {id: skill for id, skill in skills.items() if skill.status == "curated"}
    broader = {pair for pair in links["BROADER"] if curated.keys() >= {*pair}}
    related = {(min(pair), max(pair)) for pair in links["RELATED"]}
    labels = {
        candidate_id(label): id
        for id, skill in curated.items()
        for label in (skill.name, *skill.alt_names, *skill.alt_names_en, *([skill.name_en] if skill.name_en else []))
    }
    aliases = {old: new for old, new in labels.items() if old not in skills}
    aliases |= {old: new for old, new in given_up.items() if new in curated}
    scheme = SkillScheme(
        "",
        tuple(skill for _, skill in sorted(curated.items())),
        tuple(sorted(broader)),
        tuple(sorted(related)),
        tuple(sorted(aliases.items())),
    )
    nowhere = {old: new for old, new in given_up.items() if new not in curated}
    if not curated and not nowhere:
        return ()
    scheme = scheme._replace(digest=_digest(scheme))
    return (_before(scheme, nowhere, skills), scheme) if nowhere else (scheme,)


def _before(scheme: SkillScheme, nowhere: dict[str, str], skills: dict[str, Skill]) -> SkillScheme:
    """A store keeps ids that lead to no skill of today from a scheme before, which had the skills that they led to."""
    former = tuple(skills.get(id, Skill(id, id))._replace(status="curated") for id in sorted({*nowhere.values()}))
    return SkillScheme(BEFORE, (*scheme.skills, *former), (), (), tuple(sorted(nowhere.items())))


def _skills(
    staging: Staging,
) -> tuple[dict[str, Skill], dict[str, list[tuple[str, str]]], dict[str, str]]:
    """All skills by id, their links by relation, and the ids that were given up with those that stand for them."""
    skills: dict[str, Skill] = {}
    links: dict[str, list[tuple[str, str]]] = {"BROADER": [], "RELATED": []}
    given_up: dict[str, str] = {}
    for id, said in staging.of_kind("skill"):
        if "rdf:type" not in said:
            given_up[id] = _replaced_by(id, said)
            continue
        skill = values.node(id, said)
        assert isinstance(skill, Skill)
        skills[id] = skill
        links["BROADER"] += [(id, other) for other in said.get("skos:broader", ())]
        links["RELATED"] += [(id, other) for other in said.get("skos:related", ())]
    return skills, links, given_up


def _replaced_by(id: str, said: Said) -> str:
    found = said.get("dct:isReplacedBy", [])
    if len(found) != 1 or not found[0].startswith("skill:"):
        raise Wrong(id, "dct:isReplacedBy", f"{id} has neither a type nor one skill that stands for it", CHANGED)
    return found[0]


def _digest(scheme: SkillScheme) -> str:
    known = taxonomy.load().scheme
    same = all(set(getattr(scheme, part)) == set(getattr(known, part)) for part in ("skills", "broader", "related"))
    return known.digest if same else digest("imported", *map(repr, scheme[1:]))
