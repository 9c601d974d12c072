"""The requirements that roles state, chosen by what they ask for; and the roles that do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, get_args

from graphmodel.errors import BadInput
from graphmodel.identity import kind_of
from graphmodel.nodes import Node, Posting, Requirement, RequirementType, Role
from graphmodel.questions import plain
from graphmodel.questions.conditions import EDUCATION, STEP, TOPICS, Topic
from graphmodel.questions.names import SUBJECTS, Named, named_of, resolve
from graphmodel.questions.needs import check_number
from graphmodel.questions.within import ANYWHERE, Within, choose
from graphmodel.relations import ItemMention
from graphmodel.store import View


class Where(NamedTuple):
    """What a requirement must be: of a type; asking for an education of at most that step (who has it may apply); for
    at least or at most so many years (one that names none does not count); only preferred; of one role (name or id);
    in a part of the postings. What is None leaves nothing out.
    """

    type: RequirementType | None = None
    education: str | None = None
    least_years: float | None = None
    most_years: float | None = None
    preferred: bool = False
    role: str | None = None
    within: Within = ANYWHERE


ANY = Where()
"""Every requirement."""


class Stated(NamedTuple):
    """A requirement, the role that states it, in how many counted postings, and whether all of them only prefer it."""

    requirement: Requirement
    role: Named
    postings: int
    preferred: bool


def requirements(view: View, where: Where = ANY, k: int = 100) -> tuple[Stated, ...]:
    """The first k requirements and the roles that state them: by falling number of postings, ties by ids.

    Raises NotFound and Ambiguous for the role, NotFound for a place that nothing is said of; BadInput for an unknown
    type or education and a `k` below 1.
    """
    check_number(k)
    if where.education is not None and where.education not in EDUCATION:
        raise BadInput(f"There is no education {where.education!r}.", "Known are: " + ", ".join(EDUCATION) + ".")
    if where.type is not None and where.type not in get_args(RequirementType):
        raise BadInput(f"There is no type {where.type!r}.", "Known are: " + ", ".join(get_args(RequirementType)) + ".")
    chosen, items = _within(view, where) if where.role or where.within != ANYWHERE else _anywhere(view, where)
    said: dict[tuple[str, str], list[ItemMention]] = {}
    for edge in items:
        said.setdefault((edge.source, edge.target), []).append(edge)
    found = []
    for ends, edges in said.items():
        preferred = all(edge.necessity == "preferred" for edge in edges)
        if preferred or not where.preferred:
            found.append((-len({edge.posting for edge in edges}), ends, preferred))
    found.sort()
    named = named_of(view, {role for _, (role, _), _ in found[:k]})
    if chosen is None:
        chosen = _fitting(view.nodes("requirement", {item for _, (_, item), _ in found[:k]}), where)
    return tuple(Stated(chosen[item], named[role], -count, preferred) for count, (role, item), preferred in found[:k])


Chosen = tuple[dict[str, Requirement] | None, list[ItemMention]]
"""The requirements by id (None: any), and where counted postings state them."""


def _within(view: View, where: Where) -> Chosen:
    """Of one role or a part of the postings: from these to what they state."""
    subjects = None if where.role is None else [resolve(view, SUBJECTS, where.role).id]
    items = choose(view, where.within, subjects).items(("HAS_REQUIREMENT",))
    chosen = _fitting(view.nodes("requirement", {item.target for item in items}), where)
    return chosen, [item for item in items if item.target in chosen]


def _anywhere(view: View, where: Where) -> Chosen:
    """Of all: from the requirements to who states them."""
    chosen = None
    if where._replace(preferred=False) != ANY:
        alike: dict[str, str | None] = {"type": where.type} if where.type else {}
        some = [alike] if where.education is None else [
            alike | {"education": step} for step in EDUCATION if STEP[step] <= STEP[where.education]
        ]  # fmt: skip
        chosen = _fitting((node for each in some for node in view.nodes("requirement", where=each or None)), where)
    items = [edge for edge in view.edges("HAS_REQUIREMENT", None, chosen) if isinstance(edge, ItemMention)]
    postings = view.nodes("posting", {item.posting for item in items})
    counted = {node.id for node in postings if isinstance(node, Posting) and not node.repeats}
    return chosen, [item for item in items if item.posting in counted]


def not_stated(view: View, topic: Topic, scope_within: Within = ANYWHERE) -> tuple[Role, ...]:
    """The described roles of which no requirement says anything of a topic, ordered by id.

    Raises BadInput for an unknown topic, NotFound for a place that nothing is said of.
    """
    if topic not in _SAYS:
        raise BadInput(f"There is no topic {topic!r}.", "Known are: " + ", ".join(TOPICS) + ".")
    if scope_within == ANYWHERE:
        described = None
        saying = {node.id for node in view.nodes("requirement") if _says(node, topic)}
        stating = {edge.source for edge in view.edges("HAS_REQUIREMENT", targets=saying)}
    else:
        part = choose(view, scope_within)
        described = {id for id in part.described if kind_of(id) == "role"}
        items = part.items(("HAS_REQUIREMENT",))
        saying = {node.id for node in view.nodes("requirement", {item.target for item in items}) if _says(node, topic)}
        stating = {item.source for item in items if item.target in saying}
    roles = view.nodes("role", described, {"described": True})
    return tuple(node for node in roles if isinstance(node, Role) and node.id not in stating)


def _says(node: Node, topic: Topic) -> bool:
    return isinstance(node, Requirement) and _SAYS[topic](node)


_SAYS: dict[Topic, Callable[[Requirement], bool]] = {
    "education": lambda node: node.education is not None,
    "years": lambda node: node.min_years is not None,
    "certificate": lambda node: bool(node.certificates),
    "language": lambda node: bool(node.languages),
}


def _fitting(nodes: Iterable[Node], where: Where) -> dict[str, Requirement]:
    return {node.id: node for node in nodes if isinstance(node, Requirement) and _fits(node, where)}


def _fits(node: Requirement, where: Where) -> bool:
    if where.type not in (None, node.type):
        return False
    if where.education is not None and not (node.education and STEP[node.education] <= STEP[where.education]):
        return False
    if where.least_years is None and where.most_years is None:
        return True
    if node.min_years is None:
        return False
    return (
        (where.least_years or 0) <= node.min_years <= (float("inf") if where.most_years is None else where.most_years)
    )


def stated_json(stated: Stated) -> dict[str, Any]:
    """`role`, `postings`, `preferred`, and the requirement's own fields."""
    return {
        **stated.requirement._asdict(),
        "role": plain.named(stated.role),
        "postings": stated.postings,
        "preferred": stated.preferred,
    }
