"""The writes of a Neo4j store: one transaction each, all or nothing.

A transaction first locks the store's own node, so that writers follow one another and each sees the counters that
the one before left. It then reads what it needs by id, works out the difference in Python, and writes at most one
statement for each kind and relation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from neo4j import Transaction

from graphmodel.errors import Outdated
from graphmodel.graph import Derived, derive
from graphmodel.identity import kind_of
from graphmodel.nodes import Department, Duty, Indicator, Node, Posting, Requirement, Role, Skill
from graphmodel.relations import ItemMention, Mention
from graphmodel.store import Changes
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores import neo4j_votes as voting
from graphmodel.stores.neo4j_additions import Addition, Words, prepare
from graphmodel.stores.neo4j_rows import Labels, Stated
from graphmodel.stores.neo4j_scheme import Schemes
from graphmodel.stores.neo4j_statements import Statements
from graphmodel.stores.neo4j_votes import Chosen


def change(
    tx: Transaction, labels: Labels, schemes: Schemes, additions: Sequence[Addition], forgotten: Sequence[str]
) -> Changes:
    """Adds documents, in the place of those with their origins, and forgets others. Raises Outdated."""
    db = Statements(tx, labels, schemes)
    _check_taxonomy(additions, db.taxonomy)
    stored = db.stamps([*forgotten, *(addition.origin for addition in additions)])
    known = {origin: stamp for origin, (_, stamp) in stored.items()}
    unchanged = {addition.origin for addition in additions if known.get(addition.origin) == addition.stamp}
    fresh = _in_force(db, [addition for addition in additions if addition.origin not in unchanged])
    withdrawn = db.stated(document for origin, (document, _) in stored.items() if origin not in unchanged)
    if not fresh and not withdrawn:
        return Changes(unchanged=tuple(sorted(unchanged)))

    postings = _repeated_postings(db, fresh, withdrawn)
    documents = _repeated_documents(db, fresh, withdrawn)
    items = _items(db, fresh)
    before, after, words_before = _contributions(db, fresh, withdrawn, postings, items)
    come = [addition.stated for addition in fresh]
    polls_before = db.polls(voting.named(come) | voting.named(withdrawn.values()))
    polls = voting.counted(polls_before, withdrawn.values(), come)
    names = {id: voting.choose(poll) for id, poll in polls.items()}

    db.withdraw(withdrawn)
    db.unsay(items.reworded)
    db.renew([(items.nodes[item], items.readers[item]) for item in sorted(items.anew)])
    nodes = _new_nodes(db, fresh, {*items.stored, *polls_before}, names)
    db.create(nodes, items.readers, {**postings.after, **documents.after})
    db.rename({id: names[id] for id, poll in polls_before.items() if names[id] != voting.choose(poll)})
    db.relate(chain.from_iterable(addition.edges for addition in fresh))
    db.relate(items.new_edges())
    db.repeat("posting", postings.changed)
    db.repeat("document", documents.changed)
    db.count(before, after)
    removed = _sweep(db, withdrawn.values(), items, words_before)
    db.vote({id: poll for id, poll in polls.items() if id in polls_before or id in nodes}, removed)
    db.keep([addition.record for addition in fresh])

    changes = Changes(
        tuple(sorted(addition.origin for addition in fresh if addition.origin not in stored)),
        tuple(sorted(addition.origin for addition in fresh if addition.origin in stored)),
        tuple(sorted(unchanged)),
        tuple(sorted(origin for origin in forgotten if origin in stored)),
        _rows(fresh, withdrawn),
    )
    actions = ((changes.added, "added"), (changes.changed, "changed"), (changes.forgotten, "forgotten"))
    db.close([(origin, action) for origins, action in actions for origin in origins])
    return changes


def _check_taxonomy(additions: Iterable[Addition], taxonomy: str) -> None:
    for addition in additions:
        if addition.stamp.taxonomy != taxonomy:
            raise Outdated(
                f"{addition.origin} was read with the taxonomy {addition.stamp.taxonomy!r}, and the store has "
                f"{taxonomy!r}.",
                "Read it again with the taxonomy of the store: rolegraph refresh.",
            )


def _in_force(db: Statements, additions: list[Addition]) -> list[Addition]:
    """The additions without skills that are aliases."""
    aliases = db.aliases({id for addition in additions for id in addition.ends if kind_of(id) == "skill"})
    return [
        prepare(addition.reading, aliases) if addition.ends & aliases.keys() else addition for addition in additions
    ]


class Repeats(NamedTuple):
    """What the postings (or documents) repeat that may be affected: before, of those that stay, and after."""

    before: dict[str, str | None]
    after: dict[str, str | None]

    @property
    def changed(self) -> dict[str, str | None]:
        """Of those that stay, what they repeat now."""
        return {id: self.after[id] for id, first in self.before.items() if first != self.after[id]}

    @property
    def flipped(self) -> set[str]:
        """Those that stay and begin, or cease, to count."""
        return {id for id, first in self.changed.items() if first is None or self.before[id] is None}


Place = tuple[str, int, str]
"""Origin, number, id: of the postings with one fingerprint, the one with the first place counts."""


def _repeats(before: dict[str, str | None], places: Iterable[tuple[str, Place]]) -> Repeats:
    """`places` holds a fingerprint (or content) and a place for each posting (or document) that is there after."""
    places = list(places)
    first: dict[str, Place] = {}
    for key, place in places:
        first[key] = min(first.get(key, place), place)
    return Repeats(before, {place[2]: first[key][2] if first[key] != place else None for key, place in places})


def _repeated_postings(db: Statements, additions: Sequence[Addition], withdrawn: Mapping[str, Stated]) -> Repeats:
    come = [
        (node.fingerprint, (addition.origin, node.number, node.id))
        for addition in additions
        for node in addition.reading.graph.nodes.values()
        if isinstance(node, Posting) and node.fingerprint
    ]
    gone = {posting for stated in withdrawn.values() for posting in stated.postings}
    left = {fingerprint for stated in withdrawn.values() for fingerprint in stated.fingerprints}
    alike = db.postings_like({fingerprint for fingerprint, _ in come} | left - {""})
    stay = [row for row in alike if row[0] not in gone]
    places = [(fingerprint, (origin, number, id)) for id, fingerprint, origin, number, _ in stay]
    return _repeats({row[0]: row[-1] for row in stay}, [*places, *come])


def _repeated_documents(db: Statements, additions: Sequence[Addition], withdrawn: Mapping[str, Stated]) -> Repeats:
    new = [addition.reading.document for addition in additions]
    come = [(document.content, (document.origin, 0, document.id)) for document in new if document.content]
    alike = db.documents_like({content for content, _ in come} | db.contents(withdrawn) - {""})
    stay = [row for row in alike if row[0] not in withdrawn]
    places = [(content, (origin, 0, id)) for id, content, origin, _ in stay]
    return _repeats({row[0]: row[-1] for row in stay}, [*places, *come])


class Items(NamedTuple):
    """The items of the additions: what they say, by which reader, and what the store has of them.

    `stored` are those that are there, with their reader; `anew` those of them that another reader understood
    before; `reworded` those of these that now say something else.
    """

    nodes: dict[str, Node]
    words: dict[str, Words]
    edges: dict[str, list[rows.EdgeRow]]
    readers: dict[str, str]
    stored: dict[str, str]
    anew: set[str]
    reworded: set[str]

    def new_edges(self) -> Iterable[rows.EdgeRow]:
        """The relationships of items that are not there, or say something else now."""
        for item, edges in self.edges.items():
            if item not in self.stored or item in self.reworded:
                yield from edges


def _items(db: Statements, additions: Sequence[Addition]) -> Items:
    """Of two readers of an item in one transaction, the later is right; of two readings by one, the first."""
    nodes: dict[str, Node] = {}
    words: dict[str, Words] = {}
    edges: dict[str, list[rows.EdgeRow]] = {}
    readers: dict[str, str] = {}
    for addition in additions:
        reader = addition.reader
        for item, said in addition.words.items():
            if readers.get(item) != reader:
                nodes[item], words[item] = addition.reading.graph.nodes[item], said
                edges[item], readers[item] = addition.word_edges[item], reader
    stored = db.items(words)
    anew = {item for item, reader in stored.items() if reader != readers[item]}
    said_before = db.words(anew)
    reworded = {item for item in anew if set(said_before.get(item, ())) != set(words[item])}
    return Items(nodes, words, edges, readers, stored, anew, reworded)


def _contributions(
    db: Statements, additions: Sequence[Addition], withdrawn: Mapping[str, Stated], postings: Repeats, items: Items
) -> tuple[Derived, Derived, dict[str, Words]]:
    """What is counted of the documents concerned, before and after; and what their stored items say before.

    Concerned are, besides those that come and go, the documents with a posting that begins or ceases to count, or
    with an item that says something else now.
    """
    concerned = db.documents_of(postings.flipped) | db.documents_using(items.reworded)
    stay = db.stated(concerned - withdrawn.keys())
    gone = [*withdrawn.values(), *stay.values()]
    come = [*stay.values(), *(addition.stated for addition in additions)]
    words_before = db.words(stated_items(gone) | items.reworded)
    words_after = items.words | {item: said for item, said in words_before.items() if item not in items.reworded}
    repeated_before = db.repeats(postings_of(gone))
    repeated_after = {posting: repeated_before[posting] for posting in postings_of(stay.values())} | postings.after
    counted_before = {posting for posting, first in repeated_before.items() if first is None}
    counted_after = {posting for posting in postings_of(come) if repeated_after.get(posting) is None}
    return derived(gone, words_before, counted_before), derived(come, words_after, counted_after), words_before


def derived(stated: Collection[Stated], words: Mapping[str, Words], counted: set[str]) -> Derived:
    mentions: list[Mention] = [mention for one in stated for mention in one.mentions]
    said = chain.from_iterable(words.get(item, ()) for item in stated_items(stated))
    return derive(chain(mentions, said), counted)


def stated_items(stated: Iterable[Stated]) -> set[str]:
    return {mention.target for one in stated for mention in one.mentions if isinstance(mention, ItemMention)}


def postings_of(stated: Iterable[Stated]) -> list[str]:
    return [posting for one in stated for posting in one.postings]


def _new_nodes(
    db: Statements, additions: Iterable[Addition], known: set[str], names: Mapping[str, Chosen]
) -> dict[str, Node]:
    """The nodes of the additions that the store does not have yet. `known` are items and named nodes that it has."""
    nodes: dict[str, Node] = {}
    for addition in additions:
        document = addition.reading.document
        nodes[document.id] = document
        for id, node in addition.reading.graph.nodes.items():
            if isinstance(node, Posting):
                nodes[id] = node
            elif id in known or id not in addition.ends:
                continue
            elif isinstance(node, Role):
                nodes[id] = Role(id, *names[id])
            elif isinstance(node, (Department, Indicator)) or (isinstance(node, Skill) and id in names):
                nodes[id] = node._replace(name=names[id].name, alt_names=names[id].alt_names)
            elif isinstance(node, (Duty, Requirement, Skill)):
                nodes[id] = node
    for id in db.existing_skills(id for id in nodes if kind_of(id) == "skill"):
        del nodes[id]
    return nodes


def _sweep(db: Statements, withdrawn: Collection[Stated], items: Items, words: Mapping[str, Words]) -> set[str]:
    """Removes what nothing mentions any more; gives its ids. `words` is what the items said before."""
    suspects = {end for stated in withdrawn for mention in stated.mentions for end in (mention.source, mention.target)}
    kinds = rows.by_kind(suspects - items.words.keys())
    removed = db.sweep({kind: kinds.pop(kind, []) for kind in rows.ITEMS})
    said = {mention.target for item in removed | items.reworded for mention in words.get(item, ())}
    return removed | db.sweep(rows.by_kind({*said, *chain.from_iterable(kinds.values())}))


def _rows(additions: Iterable[Addition], withdrawn: Mapping[str, Stated]) -> int:
    """Nodes and mentions of what came, or, if nothing came, documents, postings and mentions of what went."""
    come = sum(addition.rows for addition in additions)
    return come or sum(1 + len(stated.postings) + len(stated.mentions) for stated in withdrawn.values())
