"""The writes of a Neo4j store: one transaction each, all or nothing.

A transaction first locks the store's own node, so that writers follow one another and each sees the counters that
the one before left. It then reads what it needs by id, works out the difference in Python, and writes at most one
statement for each kind and relation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from neo4j import Transaction

from graphmodel.errors import Outdated
from graphmodel.graph import Derived, Reading, SkillScheme, choose_name, derive
from graphmodel.identity import digest, kind_of
from graphmodel.nodes import Department, Duty, Indicator, Node, Posting, Requirement, Role, Skill
from graphmodel.relations import (
    DepartmentMention,
    FactMention,
    ItemMention,
    Mention,
    SkillMention,
    skill_mention,
)
from graphmodel.scheme import aliases_in_force, check_scheme
from graphmodel.store import Changes, Stamp
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_rows import Labels, Name, Stated
from graphmodel.stores.neo4j_statements import Statements, Votes

Words = tuple[SkillMention | DepartmentMention, ...]


class Addition(NamedTuple):
    """A reading, sorted into what this store does with it. `ends` are the ids that a mention of it joins."""

    reading: Reading
    stated: Stated
    words: dict[str, Words]
    ends: set[str]

    @property
    def stamp(self) -> str:
        """What an item is a function of besides its text."""
        return digest(self.reading.reader, self.reading.taxonomy)


def change(tx: Transaction, labels: Labels, readings: Sequence[Reading], forgotten: Sequence[str]) -> Changes:
    """Adds documents, in the place of those with their origins, or forgets some. Raises Outdated."""
    db = Statements(tx, labels)
    revision, taxonomy = db.lock()
    for reading in readings:
        if reading.taxonomy != taxonomy:
            raise Outdated(
                f"{reading.document.origin} was read with the taxonomy {reading.taxonomy or 'of no digest'!r}, and the "
                f"store has {taxonomy or 'none'!r}.",
                "Read it again with the taxonomy of the store: rolegraph refresh.",
            )
    stored = db.stamps([*forgotten, *(reading.document.origin for reading in readings)])
    unchanged = [r.document.origin for r in readings if stored.get(r.document.origin, ("", None))[1] == _stamp(r)]
    fresh = [reading for reading in readings if reading.document.origin not in unchanged]
    old = [origin for origin in stored if origin not in unchanged]
    if not fresh and not old:
        return Changes(unchanged=tuple(sorted(unchanged)))

    aliases = db.aliases({id for reading in fresh for id in reading.graph.nodes if kind_of(id) == "skill"})
    additions = [_addition(reading, aliases) for reading in fresh]
    withdrawn = db.stated([stored[origin][0] for origin in old])
    gone = {posting for stated in withdrawn.values() for posting in stated.postings}

    repeats = _posting_repeats(db, additions, withdrawn, gone)
    document_repeats = _document_repeats(db, additions, set(withdrawn))
    made = db.items(chain.from_iterable(addition.words for addition in additions))
    words: dict[str, Words] = {}
    stamps: dict[str, str] = {}
    for addition in additions:
        for item, found in addition.words.items():
            if stamps.get(item) != addition.stamp:
                words[item], stamps[item] = found, addition.stamp
    anew = {item for item, stamp in stamps.items() if made.get(item, stamp) != stamp}
    said_before = db.words(anew)
    reworded = {item for item in anew if set(said_before.get(item, ())) != set(words[item])}

    flipped = {id for id, (was, now) in repeats.items() if (was is None) != (now is None)} - gone
    kept = db.stated((db.documents_of(flipped) | db.documents_using(reworded)) - set(withdrawn))
    affected = {**withdrawn, **kept}
    said_before |= db.words(_items(affected.values()) - set(said_before))
    said_after = {**words, **{item: said for item, said in said_before.items() if item not in anew}}
    repeated = db.repeats(posting for stated in affected.values() for posting in stated.postings)
    counted_before = {posting for posting, first in repeated.items() if first is None}
    now = {posting: repeats[posting][1] if posting in repeats else first for posting, first in repeated.items()}
    counted_after = {posting for posting, first in now.items() if first is None and posting not in gone} | {
        posting for a in additions for posting in a.stated.postings if repeats.get(posting, (None, None))[1] is None
    }
    before = _derived(affected.values(), said_before, counted_before)
    after = _derived([*kept.values(), *(a.stated for a in additions)], said_after, counted_after)

    tally = _tally(additions, withdrawn.values())
    votes = db.votes({id for id, _ in tally})
    voted = _merged(votes, tally)
    named = {id: _name(found) for id, found in voted.items()}

    db.withdraw(withdrawn)
    db.unsay(reworded)
    db.renew([(_item(additions, item), stamps[item]) for item in sorted(anew)])
    nodes = _new_nodes(db, additions, made, named, set(votes))
    db.create(nodes, stamps, {id: now for id, (_, now) in {**repeats, **document_repeats}.items()})
    db.rename({id: name for id, name in named.items() if id in votes and name != _name(votes[id])})
    mentions = _new_mentions(additions, made, reworded, words)
    db.state(mentions)
    db.repeat({id: now for id, (was, now) in repeats.items() if was != now and id not in gone}, "posting")
    db.repeat({id: now for id, (was, now) in document_repeats.items() if was != now}, "document")
    db.count(before, after)
    removed = _sweep(db, withdrawn.values(), said_before, set(stamps), reworded)
    db.vote({id: found for id, found in voted.items() if id in votes or id in nodes}, removed)
    db.keep([(a.reading, a.stated) for a in additions])

    changed = sorted(a.reading.document.origin for a in additions if a.reading.document.origin in stored)
    added = sorted(a.reading.document.origin for a in additions if a.reading.document.origin not in stored)
    lost = sorted(origin for origin in forgotten if origin in stored)
    journal = [*((o, "added") for o in added), *((o, "changed") for o in changed), *((o, "forgotten") for o in lost)]
    db.close(revision + 1, taxonomy, journal)
    written = sum(len(a.reading.graph.nodes) + len(a.reading.graph.mentions) for a in additions)
    withdrawn_rows = sum(1 + len(s.postings) + len(s.mentions) for s in withdrawn.values())
    return Changes(
        tuple(added),
        tuple(changed),
        tuple(sorted(unchanged)),
        tuple(lost),
        written + (0 if added or changed else withdrawn_rows),
    )


def set_taxonomy(tx: Transaction, labels: Labels, scheme: SkillScheme) -> Changes:
    """Puts a scheme in the place of the one before. Raises BadTaxonomy for one that points nowhere."""
    check_scheme(scheme)
    db = Statements(tx, labels)
    revision, taxonomy = db.lock()
    if taxonomy == scheme.digest:
        return Changes()
    chosen = {skill.id for skill in scheme.skills}
    known = db.skills()
    aliases = aliases_in_force(db.every_alias(), scheme)
    moved = {old: aliases[old] for old in known if old in aliases and old not in chosen}
    items = db.items_requiring(sorted(moved))
    kept = db.stated(db.documents_using(items))
    said_before = db.words(_items(kept.values()) | items)
    said_after = {
        item: tuple(_in_force(mention, moved) for mention in said) if item in items else said
        for item, said in said_before.items()
    }
    repeated = db.repeats(posting for stated in kept.values() for posting in stated.postings)
    counted = {posting for posting, first in repeated.items() if first is None}

    db.put_skills(scheme.skills)
    db.unsay(items)
    db.state(mention for item in sorted(items) for mention in dict.fromkeys(said_after[item]))
    db.count(_derived(kept.values(), said_before, counted), _derived(kept.values(), said_after, counted))
    dropped = sorted(id for id, status in known.items() if status != "candidate" and id not in chosen)
    db.deprecate(dropped)
    db.put_links(scheme)
    db.put_labels(scheme.skills)
    db.vote({}, db.sweep({"skill": {*moved, *dropped}}))
    db.put_aliases(aliases)
    db.close(revision + 1, scheme.digest, [("", "taxonomy")])
    return Changes(rows=len(scheme.skills) + len(scheme.broader) + len(scheme.related))


def _stamp(reading: Reading) -> Stamp:
    return Stamp(reading.document.content, reading.reader, reading.taxonomy)


def _addition(reading: Reading, aliases: Mapping[str, str]) -> Addition:
    nodes = reading.graph.nodes
    words: dict[str, list[SkillMention | DepartmentMention]] = {}
    stated: list[ItemMention | FactMention] = []
    ends: set[str] = set()
    for mention in reading.graph.mentions.values():
        if isinstance(mention, (SkillMention, DepartmentMention)):
            mention = _in_force(mention, aliases)
            words.setdefault(mention.source, []).append(mention)
        else:
            stated.append(mention)
        ends |= {mention.source, mention.target}
    postings = [node for node in nodes.values() if isinstance(node, Posting)]
    items = {id: tuple(words.get(id, ())) for id in sorted(ends) if kind_of(id) in ("duty", "requirement")}
    return Addition(
        reading,
        Stated(
            tuple(p.id for p in postings),
            tuple(p.fingerprint for p in postings),
            tuple(stated),
            rows.names(reading, ends),
        ),
        items,
        ends,
    )


def _in_force(
    mention: SkillMention | DepartmentMention, aliases: Mapping[str, str]
) -> SkillMention | DepartmentMention:
    if mention.target not in aliases or not isinstance(mention, SkillMention):
        return mention
    m = mention
    return skill_mention(
        m.source, aliases[m.target], m.evidence, m.start, m.end, m.method, m.confidence, m.necessity, m.level
    )


def _posting_repeats(
    db: Statements, additions: Sequence[Addition], withdrawn: Mapping[str, Stated], gone: set[str]
) -> dict[str, tuple[str | None, str | None]]:
    """What each posting repeats before and after, of those that may be affected."""
    mentioned = chain((a.stated for a in additions), withdrawn.values())
    prints = {fingerprint for stated in mentioned for fingerprint in stated.fingerprints if fingerprint}
    found = db.postings_like(prints)
    places = [(fingerprint, (origin, number), id) for id, fingerprint, origin, number, _ in found if id not in gone]
    for addition in additions:
        for node in addition.reading.graph.nodes.values():
            if isinstance(node, Posting) and node.fingerprint:
                places.append((node.fingerprint, (addition.reading.document.origin, node.number), node.id))
    return _with_first({id: first for id, _, _, _, first in found}, places)


def _document_repeats(
    db: Statements, additions: Sequence[Addition], gone: set[str]
) -> dict[str, tuple[str | None, str | None]]:
    """What each document repeats before and after, of those that may be affected."""
    contents = {a.reading.document.content for a in additions} | db.contents(gone)
    found = db.documents_like(contents - {""})
    places = [(content, (origin, 0), id) for id, content, origin, _ in found if id not in gone]
    for addition in additions:
        document = addition.reading.document
        if document.content:
            places.append((document.content, (document.origin, 0), document.id))
    return _with_first({id: first for id, _, _, first in found if id not in gone}, places)


def _with_first(
    before: Mapping[str, str | None], places: Iterable[tuple[str, tuple[str, int], str]]
) -> dict[str, tuple[str | None, str | None]]:
    first: dict[str, tuple[tuple[str, int], str]] = {}
    places = list(places)
    for key, place, id in places:
        first[key] = min(first.get(key, (place, id)), (place, id))
    after = {id: first[key][1] for key, _, id in places}
    return {id: (before.get(id), repeated if repeated != id else None) for id, repeated in after.items()}


def _items(stated: Iterable[Stated]) -> set[str]:
    return {mention.target for one in stated for mention in one.mentions if isinstance(mention, ItemMention)}


def _derived(stated: Iterable[Stated], words: Mapping[str, Words], counted: set[str]) -> Derived:
    mentions: list[Mention] = [mention for one in stated for mention in one.mentions]
    used = {mention.target for mention in mentions if isinstance(mention, ItemMention)}
    return derive(chain(mentions, chain.from_iterable(words.get(item, ()) for item in used)), counted)


def _tally(additions: Iterable[Addition], withdrawn: Iterable[Stated]) -> dict[tuple[str, str], Votes]:
    """How the votes for (node, label) change."""
    tally: dict[tuple[str, str], Votes] = defaultdict(lambda: Votes(0, 0, 0))

    def add(names: Iterable[Name], sign: int) -> None:
        for id, name, others, described in names:
            for label in {name, *others}:
                own = label == name
                tally[id, label] = tally[id, label].plus(sign * own, sign, sign * (own and described))

    for stated in withdrawn:
        add(stated.names, -1)
    for addition in additions:
        add(addition.stated.names, 1)
    return tally


def _merged(
    votes: Mapping[str, Mapping[str, Votes]], tally: Mapping[tuple[str, str], Votes]
) -> dict[str, dict[str, Votes]]:
    """All votes of each node of which some change, as they are afterwards; a spelling without documents has none."""
    merged: dict[str, dict[str, Votes]] = {id: dict(votes.get(id, {})) for id, _ in tally}
    for (id, label), change in tally.items():
        merged[id][label] = merged[id].get(label, Votes(0, 0, 0)).plus(*change)
    return merged


def _name(votes: Mapping[str, Votes]) -> tuple[str, tuple[str, ...], bool]:
    """Name, other names and whether described: from the spellings in use.

    A node that only the words of an item still mention keeps the spellings it had.
    """
    used = {label: v.names for label, v in votes.items() if v.documents > 0} or dict.fromkeys(votes, 0)
    name, others = choose_name(Counter(used))
    return name, others, any(v.described > 0 for v in votes.values())


def _new_nodes(
    db: Statements,
    additions: Iterable[Addition],
    made: Mapping[str, str],
    named: Mapping[str, tuple[str, tuple[str, ...], bool]],
    known: set[str],
) -> dict[str, Node]:
    """The nodes of the additions that the store does not have yet."""
    nodes: dict[str, Node] = {}
    for addition in additions:
        for id, node in addition.reading.graph.nodes.items():
            if isinstance(node, Posting):
                nodes[id] = node
            elif id not in addition.ends or id in made or id in known:
                continue
            elif isinstance(node, Role):
                name, others, described = named[id]
                nodes[id] = Role(id, name, others, described)
            elif isinstance(node, (Department, Indicator)) or (isinstance(node, Skill) and id in named):
                name, others, _ = named[id]
                nodes[id] = node._replace(name=name, alt_names=others)
            elif isinstance(node, (Duty, Requirement, Skill)):
                nodes[id] = node
        nodes[addition.reading.document.id] = addition.reading.document
    for id in db.existing_skills(id for id in nodes if kind_of(id) == "skill"):
        del nodes[id]
    return nodes


def _item(additions: Sequence[Addition], id: str) -> Node:
    return next(a.reading.graph.nodes[id] for a in reversed(additions) if id in a.words)


def _new_mentions(
    additions: Iterable[Addition], made: Mapping[str, str], reworded: set[str], words: Mapping[str, Words]
) -> Iterable[Mention]:
    for addition in additions:
        for mention in addition.reading.graph.mentions.values():
            if isinstance(mention, (ItemMention, FactMention)):
                yield mention
    for item, said in words.items():
        if item not in made or item in reworded:
            yield from dict.fromkeys(said)


def _sweep(
    db: Statements, withdrawn: Iterable[Stated], said: Mapping[str, Words], added: set[str], reworded: set[str]
) -> set[str]:
    """Removes what nothing mentions any more; gives its ids."""
    suspects: set[str] = set()
    for stated in withdrawn:
        for mention in stated.mentions:
            suspects |= {mention.source, mention.target}
    items = {id for id in suspects if kind_of(id) in ("duty", "requirement")} - added
    removed = db.sweep({kind: set(ids) for kind, ids in rows.by_kind(items).items()})
    suspects |= {mention.target for item in removed | reworded for mention in said.get(item, ())}
    ids = rows.by_kind(suspects - items - added)
    return removed | db.sweep({kind: set(found) for kind, found in ids.items() if kind != "posting"})
