"""What every store can do, and the one place where a URL becomes a store.

Only ids and plain values cross this line. Ids come in the plural; None means any. An id that is an alias of
another is resolved wherever ids are taken.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from graphmodel.errors import BadInput
from graphmodel.graph import Reading, SkillScheme
from graphmodel.jobs import Job
from graphmodel.lists import Cut, Listing
from graphmodel.nodes import Node, Span
from graphmodel.relations import Edge, Level, Mention, Method, Necessity

ROWS_PER_TRANSACTION = 10_000
"""Documents are grouped into transactions of about this many nodes and mentions, and never split."""

ROWS_PER_DOCUMENT = 50_000
"""A document of more nodes and mentions than this is refused."""


class Changes(NamedTuple):
    """What a write did: origins of documents, each list sorted; `rows` counts the nodes and mentions written."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    rows: int = 0


class Stamp(NamedTuple):
    """What decides whether a document must be read again."""

    content: str
    reader: str
    taxonomy: str


IMPORTED = "imported"
"""The reader of a document that came with a dump, without its text: a refresh leaves it alone, a load replaces it."""


class Change(NamedTuple):
    """An entry of the store's journal; `action` is added, changed, forgotten or taxonomy (with an empty origin)."""

    revision: int
    origin: str
    action: str


class Match(NamedTuple):
    """A node found by a label: `score` in (0, 1], 1 for an equal fold, less than 0.5 for an item found by its text.

    Of an item `label` is the text.
    """

    id: str
    kind: str
    label: str
    score: float


class Evidence(NamedTuple):
    """Where a posting asks for a skill: the item, the words in it and their place in the document.

    `start` and `end` are code points in `text`, the text of the item; `spans` and `line` place the item in the
    document. The necessity is that of the mention: preferred if the words or the section of the item say so.
    """

    subject: str
    skill: str
    item: str
    text: str
    words: str
    start: int
    end: int
    posting: str
    origin: str
    heading: str | None
    line: int
    spans: tuple[Span, ...]
    method: Method
    necessity: Necessity
    level: Level | None


class Prepared(Protocol):
    """A reading as the rows of one store, made before they are written. `reader` made it, `rows` counts them."""

    @property
    def origin(self) -> str: ...
    @property
    def reader(self) -> str: ...
    @property
    def rows(self) -> int: ...


class View(Protocol):
    """The reads. All reads of one view see one state of the store."""

    def revision(self) -> int:
        """A number that grows with every transaction that changed something."""

    def state(self) -> str:
        """A name for the state of the store: different after every such transaction, and in every store."""

    def nodes(
        self,
        kind: str,
        ids: Collection[str] | None = None,
        where: Mapping[str, Any] | None = None,
        order: str = "id",
        after: tuple[str, str] | None = None,
        before: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> list[Node]:
        """The nodes of a kind, in a stable total order: by (value of `order`, id), by code point.

        `where` maps properties to the value that they must equal. `after` and `before` are such (value, id) pairs,
        not included; with `before` and a `limit`, the last ones before it, still in ascending order.
        `order` is "id", "name" (role, skill, department, indicator) or "origin" (document).
        """

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        """How many nodes of a kind, or edges of a relation (distinct source and target), there are."""

    def edges(
        self,
        relation: str,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Edge]:
        """The mentions of a relation, or its Link, Needs or Applied edges, ordered by source, target, mention id; at
        most `limit` for each source and target.
        """

    def pairs(self, relation: str, sources: Collection[str]) -> Iterator[tuple[str, str]]:
        """The ends of the edges of a relation that leave some nodes, each edge once, in order."""

    def mentions(self, ids: Collection[str] | None = None) -> Iterator[Mention]:
        """The mentions (None: all) of all relations, in order of their ids. Nothing leads from an id to its mention: to
        look for a few takes a pass over all.
        """

    def lists(
        self,
        relation: str,
        ids: Collection[str],
        cut: Cut,
        *,
        back: bool = False,
        kind: str | None = None,
        candidates: bool = True,
    ) -> dict[str, Listing]:
        """By each id a part of the list of what it is joined to by a relation (or, `back`, what is joined to it), in
        the relation's order: graphmodel.lists. An id of no node has an empty list.

        Lists hold nodes of `kind` alone (None: any), and with `candidates` False no skill of that status; `total`
        counts no others. Raises BadInput for an unknown relation, and for keys in `cut` that are none of its order.
        """

    def evidence(
        self, subjects: Collection[str], skills: Collection[str] | None = None, limit: int | None = None
    ) -> Iterator[Evidence]:
        """Where the counted postings of the subjects ask for the skills (None: any), ordered by subject, skill,
        posting id, item id, start; at most `limit` for each subject and skill.
        """

    def role_counts(self, skills: Collection[str] | None = None) -> dict[str, int]:
        """In how many roles each of the skills (None: any) is needed: NEEDS edges whose source is a role.

        A skill that no role needs is left out. Cheap: an engine counts in the database, or keeps the counts.
        """

    def find(self, text: str, kinds: Collection[str] | None = None, limit: int = 10, more: bool = False) -> list[Match]:
        """Nodes with a label (preferred or alternative) equal to, or else like, the text; best first, ties by id.

        Like it are names that hold it, sound like it (pinyin, initials), or differ little: graphmodel.nearest. If a
        label's fold equals the text's, only such matches are given, unless `more` are wanted. Of roles, also those
        only named. None means the kinds with names; duties and requirements are found if they are among the kinds,
        after all names, by the words of their texts.
        """

    def text(self, origins: Collection[str]) -> dict[str, str]:
        """The decoded text of documents, masked, by origin; an unknown origin is left out."""

    def readings(self, origins: Collection[str] | None = None) -> Iterator[Reading]:
        """The documents (None: all) as they were added, in order of origin: with their own spellings, and without what
        the store found them to repeat. An unknown origin is left out.

        What an item requires is what its latest reading says, and the skills are those in force.
        """

    def stamps(self, origins: Collection[str] | None = None) -> dict[str, Stamp]:
        """The stamps of documents by origin, in order of origin; an unknown origin is left out."""

    def taxonomy(self) -> str:
        """The digest of the skill scheme in the store; empty before the first set_taxonomy."""

    def scheme(self) -> SkillScheme:
        """The skill scheme in the store, each part in order of ids.

        Its aliases are all that ever were and lead to a skill that it still has.
        """

    def changes(self, since: int = 0) -> list[Change]:
        """The journal after a revision, oldest first."""

    def aliases(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """Old id to id in force; an id that is no alias is left out."""


class GraphStore(View, Protocol):
    """The writes. A transaction is whole documents, all or nothing; a method called twice changes nothing more."""

    url: str

    def reading(self) -> AbstractContextManager[View]:
        """A view whose reads all see one state; where the engine cannot, a read whose revision moved is repeated."""

    @property
    def prepare(self) -> Callable[[Reading, Container[str]], Prepared] | None:
        """What may be done of the adding before, in another process; None: nothing.

        It takes the ids of curated skills too, which the store has since set_taxonomy. It can be pickled, and so can
        what it gives.
        """

    def add(self, documents: Iterable[Reading | Prepared]) -> Iterator[Changes]:
        """Adds whole documents, and gives what each transaction changed; they are taken as they are needed.

        One with the origin of another replaces it; an equal one (Stamp) is left alone. Raises Outdated if a reading
        was made with another taxonomy than the store's, BadInput for a document of more than ROWS_PER_DOCUMENT,
        StoreBusy, StoreReadOnly, StoreUnreachable.
        """

    def add_many(self, documents: Iterable[Reading | Prepared]) -> Changes:
        """As `add`, to the end; gives what all transactions changed."""

    def forget(self, origins: Collection[str]) -> Changes:
        """Takes away only what these documents alone say; an unknown origin is ignored."""

    def set_taxonomy(self, scheme: SkillScheme) -> Changes:
        """Puts the curated skills, BROADER and RELATED in the place of those before, in one transaction.

        A curated skill that the scheme no longer has stays with status deprecated while something mentions it.
        """

    def put_jobs(self, jobs: Collection[Job]) -> None:
        """Writes the rows of jobs, new or changed, and lets go of old ones; neither revision nor state changes.

        The store's clock gives the times: `asked` at the first writing, `started` at the first of a state in
        graphmodel.jobs.BEGUN, `updated` at each. Raises StoreBusy, StoreReadOnly, StoreUnreachable.
        """

    def jobs(self, ids: Collection[str] | None = None, limit: int | None = None) -> list[Job]:
        """The jobs (None: all), the latest asked for first; of equal times by id, backwards.

        One that is not finished and of which nothing was written for graphmodel.jobs.SILENT_SECONDS is interrupted.
        """

    def check(self) -> None:
        """Raises what open_store would for a store that was there when it was opened: StoreUnreachable where it is no
        more, StoreRefused where another version's stands in its place.
        """

    def close(self) -> None:
        """Gives back what the store holds; a second call does nothing."""


_ENGINES = {
    "sqlite": "graphmodel.stores.sqlite",
    "neo4j": "graphmodel.stores.neo4j",
    "neo4j+s": "graphmodel.stores.neo4j",
    "neo4j+ssc": "graphmodel.stores.neo4j",
    "bolt": "graphmodel.stores.neo4j",
    "bolt+s": "graphmodel.stores.neo4j",
    "bolt+ssc": "graphmodel.stores.neo4j",
}


def open_store(url: str, *, read_only: bool = False) -> GraphStore:
    """Opens, and if need be makes, the store at a URL.

    `sqlite:///file.db`, `sqlite:////absolute/file.db`, `sqlite://` (in memory), `neo4j://host:7687/database` and its
    kin. User, password and CA of a server come from ROLEGRAPH_STORE_USER, _PASSWORD and _CA. Raises BadInput for a
    URL of an unknown kind, StoreRefused, StoreReadOnly, StoreUnreachable.
    """
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in _ENGINES:
        raise BadInput(
            f"{url!r} is not the URL of a store.",
            "Write sqlite:///file.db, or neo4j://host:7687/database (kinds: " + ", ".join(_ENGINES) + ").",
        )
    store: GraphStore = importlib.import_module(_ENGINES[scheme]).open_store(url, read_only=read_only)
    return store
