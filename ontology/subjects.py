"""Every subject of the graph with all that is said of it, in the order of IRIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from graphmodel.errors import BadInput
from graphmodel.nodes import Document, Node, Posting, Role, Skill
from graphmodel.relations import RELATIONS, DepartmentMention, Mention, Needs, SkillMention
from graphmodel.scheme import is_candidate
from graphmodel.sounds import sound
from graphmodel.store import View
from ontology.mapping import PROPERTIES, Mapping, application_id, need_id, note_id
from ontology.terms import CHINESE, DATA_KINDS, ENGLISH, PINYIN
from ontology.writers.syntax import Pair, Writer

Subject = tuple[str, list[Pair]]
"""An id, and what is said of it, sorted and without doubles."""

_PAGE = 1_000
_DEPARTMENTS = 100
_POSTINGS_KEPT = 50_000
_ROLES, _SKILLS, _CANDIDATES = "scheme:roles", "scheme:skills", "scheme:candidates"
SCHEMES = {_CANDIDATES: ("候选技能", "Candidate skills"), _ROLES: ("岗位", "Roles"), _SKILLS: ("技能", "Skills")}
"""The concept schemes of an export, by id: their labels in Chinese and English."""


class Subjects:
    """What a view says, in the syntax of a writer. Memory grows with the number of skills and roles, and not with
    documents, items and mentions.
    """

    direct = tuple(RELATIONS)
    """The relations whose direct triples stand with their source."""

    def __init__(self, view: View, writer: Writer, quotes: str = "full") -> None:
        self._view = view
        self._writer = writer
        self._mapping = Mapping(writer, quotes)
        self._origins: dict[str, str] = {}

    def of(self, kinds: Collection[str] = DATA_KINDS) -> Iterator[Subject]:
        """Those of some kinds. Raises BadInput for an unknown one."""
        check_kinds(kinds)
        parts: dict[str, Callable[[], Iterator[Subject]]] = {
            "application": self._applications,
            "mention": self._mentions,
            "need": self._needs,
            "note": self._notes,
            "scheme": self._schemes,
            "skill": self._skills,
        }
        for kind in sorted({*kinds}):
            yield from parts[kind]() if kind in parts else self._nodes(kind)

    def _pages(self, kind: str) -> Iterator[list[Node]]:
        after = None
        while page := self._view.nodes(kind, order="id", after=after, limit=_PAGE):
            yield page
            after = (page[-1].id, page[-1].id)

    def _nodes(self, kind: str) -> Iterator[Subject]:
        """Nodes and, as direct triples, the edges that leave them."""
        for page in self._pages(kind):
            yield from self._page(kind, page)

    def _page(self, kind: str, nodes: Sequence[Node]) -> Iterator[Subject]:
        property, thing = self._writer.property, self._writer.thing
        role = self._concept(_ROLES, True)
        leaving = self._leaving(kind, nodes)
        for node in nodes:
            pairs = self._mapping.statements(node) + leaving[node.id]
            if isinstance(node, Role):
                pairs += role
            elif isinstance(node, Document):
                pairs += [(property("note"), thing(note_id(node.id, n))) for n in range(1, len(node.notes) + 1)]
            pairs.sort()
            yield node.id, pairs

    def _leaving(self, kind: str, nodes: Sequence[Node]) -> dict[str, list[Pair]]:
        """The edges that leave some nodes, each once."""
        property, thing = self._writer.property, self._writer.thing
        pairs: dict[str, list[Pair]] = defaultdict(list)
        ids = [node.id for node in nodes]
        for relation in (name for name in self.direct if kind in RELATIONS[name].sources):
            predicate = property(PROPERTIES[relation])
            for source, target in self._view.pairs(relation, ids):
                pairs[source].append((predicate, thing(target)))
        if kind == "role":
            for edge in self._view.edges("NEEDS", sources=ids):
                if isinstance(edge, Needs):
                    pairs[edge.source] += self._strength(edge)
        return pairs

    def _strength(self, edge: Needs) -> list[Pair]:
        """How much a role needs a skill, which no candidate is yet."""
        if is_candidate(edge.target):
            return []
        name = "essentialSkill" if edge.necessity == "required" else "optionalSkill"
        return [(self._writer.property(name), self._writer.thing(edge.target))]

    def _concept(self, scheme: str, top: bool) -> list[Pair]:
        properties = ("skos:inScheme", "skos:topConceptOf") if top else ("skos:inScheme",)
        return [(self._writer.property(name), self._writer.thing(scheme)) for name in properties]

    def _skills(self) -> Iterator[Subject]:
        """Skills as SKOS concepts, both directions of each link written, and the ids that were given up for others."""
        inverse, narrower = self._inverse(), self._narrower()
        renamed = {old: new for old, new in self._view.aliases().items() if not is_candidate(old)}
        ids = sorted(renamed, key=as_written)
        for page in self._skill_pages(ids):
            yield from self._skill_page(page, renamed, inverse, narrower)

    def _skill_page(
        self,
        page: Sequence[Skill | str],
        renamed: dict[str, str],
        inverse: dict[str, list[Pair]],
        narrower: Collection[str],
    ) -> Iterator[Subject]:
        leaving = self._leaving("skill", [skill for skill in page if isinstance(skill, Skill)])
        for skill in page:
            if isinstance(skill, str):
                yield skill, self._given_up(renamed[skill])
                continue
            pairs = self._mapping.statements(skill) + leaving[skill.id] + inverse.get(skill.id, [])
            pairs += self._skill(skill, skill.id not in narrower)
            pairs.sort()
            yield skill.id, pairs

    def _inverse(self, ids: Collection[str] | None = None) -> dict[str, list[Pair]]:
        """The links that lead to skills (None: any), from their other end."""
        inverse: dict[str, list[Pair]] = defaultdict(list)
        for relation, name in (("BROADER", "skos:narrower"), ("RELATED", "skos:related")):
            predicate = self._writer.property(name)
            for link in self._view.edges(relation, targets=ids):
                inverse[link.target].append((predicate, self._writer.thing(link.source)))
        return inverse

    def _skill_pages(self, given_up: Iterable[str]) -> Iterator[list[Skill | str]]:
        """All skills, and the ids that were given up, in order; an id may be the beginning of the next."""
        known = [node.id for page in self._pages("skill") for node in page]
        ids = iter(sorted({*known, *given_up}, key=as_written))
        while chunk := list(islice(ids, _PAGE)):
            found = {node.id: node for node in self._view.nodes("skill", chunk) if isinstance(node, Skill)}
            yield [found.get(id, id) for id in chunk]

    def _skill(self, skill: Skill, top: bool) -> list[Pair]:
        """What a skill is called besides, and where it stands."""
        property, text = self._writer.property, self._writer.text
        candidate = skill.status == "candidate"
        pairs = self._concept(_CANDIDATES if candidate else _SKILLS, top)
        pairs.append((property("rdf:type"), self._writer.term("CandidateSkill" if candidate else "Skill")))
        said = {" ".join(sound(name).syllables) for name in (skill.name, *skill.alt_names) if not name.isascii()}
        pairs += [(property("skos:hiddenLabel"), text(each, PINYIN)) for each in said]
        if not candidate:
            pairs.append((property("skos:notation"), text(skill.id.partition(":")[2])))
        if skill.status == "deprecated":
            pairs.append((property("owl:deprecated"), self._writer.boolean(True)))
        return pairs

    def _given_up(self, new: str) -> list[Pair]:
        writer = self._writer
        return sorted(
            [
                (writer.property("dct:isReplacedBy"), writer.thing(new)),
                (writer.property("owl:deprecated"), writer.boolean(True)),
            ]
        )

    def _narrower(self, ids: Collection[str] | None = None) -> set[str]:
        """The skills, of some (None: of all), that are no top concepts."""
        return {link.source for link in self._view.edges("BROADER", ids)}

    def _schemes(self) -> Iterator[Subject]:
        writer = self._writer
        tops: dict[str, list[str]] = {scheme: [] for scheme in sorted(SCHEMES)}
        narrower = self._narrower()
        for page in self._pages("skill"):
            for node in page:
                if isinstance(node, Skill) and node.id not in narrower:
                    tops[_CANDIDATES if node.status == "candidate" else _SKILLS].append(node.id)
        tops[_ROLES] = [node.id for page in self._pages("role") for node in page]
        member = writer.property("skos:hasTopConcept")
        for scheme, members in tops.items():
            yield scheme, sorted([(member, writer.thing(id)) for id in members] + self._scheme(scheme))

    def _scheme(self, scheme: str) -> list[Pair]:
        writer = self._writer
        chinese, english = SCHEMES[scheme]
        return [
            (writer.property("rdf:type"), writer.term("skos:ConceptScheme")),
            (writer.property("skos:prefLabel"), writer.text(chinese, CHINESE)),
            (writer.property("skos:prefLabel"), writer.text(english, ENGLISH)),
        ]

    def _mentions(self) -> Iterator[Subject]:
        """What is stated, where: quoted from a document, or from an item that stands in documents."""
        mentions = self._view.mentions()
        while page := list(islice(mentions, _PAGE)):
            yield from self._quoted(page)

    def _quoted(self, mentions: Sequence[Mention]) -> Iterator[Subject]:
        quoted, thing = self._writer.property("prov:wasQuotedFrom"), self._writer.thing
        statements = self._mapping.statements
        self._remember({each.posting for each in mentions if not isinstance(each, (SkillMention, DepartmentMention))})
        for mention in mentions:
            pairs = statements(mention)
            pairs.append((quoted, thing(self._source(mention))))
            pairs.sort()
            yield mention.id, pairs

    def _source(self, mention: Mention) -> str:
        if isinstance(mention, (SkillMention, DepartmentMention)):
            return mention.source
        return self._origins[mention.posting]

    def _remember(self, postings: set[str]) -> None:
        """The documents of postings, which a page of mentions names in any order."""
        if len(self._origins) > _POSTINGS_KEPT:
            self._origins.clear()
        missing = sorted(postings - self._origins.keys())
        if missing:
            found = self._view.nodes("posting", missing)
            self._origins |= {node.id: node.document for node in found if isinstance(node, Posting)}

    def _needs(self) -> Iterator[Subject]:
        for _, needs in groupby(self._view.edges("NEEDS"), key=attrgetter("source")):
            found = {need_id(edge): edge for edge in needs if isinstance(edge, Needs)}
            for id in sorted(found, key=as_written):
                yield id, sorted(self._mapping.statements(found[id]))

    def _applications(self) -> Iterator[Subject]:
        after = None
        while page := self._view.nodes("department", order="id", after=after, limit=_DEPARTMENTS):
            after = (page[-1].id, page[-1].id)
            edges = self._view.edges("APPLIED_IN", targets=[node.id for node in page])
            found = {application_id(edge): edge for edge in edges}  # type: ignore[arg-type]
            for id in sorted(found, key=as_written):
                yield id, sorted(self._mapping.statements(found[id]))

    def _notes(self) -> Iterator[Subject]:
        for page in self._pages("document"):
            for node in page:
                if isinstance(node, Document):
                    notes = {note_id(node.id, n): note for n, note in enumerate(node.notes, 1)}
                    for id in sorted(notes, key=as_written):
                        yield id, sorted(self._mapping.statements(notes[id]))


def check_kinds(kinds: Collection[str]) -> None:
    """Raise BadInput for an unknown kind of thing."""
    if unknown := sorted({*kinds} - {*DATA_KINDS}):
        raise BadInput(f"{unknown[0]!r} is no kind of thing.", f"Choose from: {', '.join(DATA_KINDS)}.")


def as_written(id: str) -> str:
    """So that the lines of N-Triples are sorted where one id is the beginning of another."""
    return id + ">"
