"""The requirements that roles state, chosen by what they ask for; and the roles that do not say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from graphmodel.errors import BadInput
from graphmodel.identity import kind_of
from graphmodel.nodes import Department, Posting, Requirement, RequirementType, Role
from graphmodel.questions import plain
from graphmodel.questions.conditions import EDUCATION, STEP, TOPICS, Topic
from graphmodel.questions.names import SUBJECTS, Named, resolve
from graphmodel.relations import ItemMention
from graphmodel.store import View


class Where(NamedTuple):
    """What a requirement must be: of a type; asking for an education of at most that step (who has it may apply); for
    at least or at most so many years (one that names none does not count); only preferred; of one role (name or id).
    What is None leaves nothing out.
    """

    type: RequirementType | None = None
    education: str | None = None
    least_years: float | None = None
    most_years: float | None = None
    preferred: bool = False
    role: str | None = None


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

    Raises NotFound and Ambiguous for the role; BadInput for an unknown type or education and a `k` below 1.
    """
    if k < 1:
        raise BadInput(f"The number of answers is {k}.", "Ask for one at least.")
    if where.education is not None and where.education not in EDUCATION:
        raise BadInput(f"There is no education {where.education!r}.", "Known are: " + ", ".join(EDUCATION) + ".")
    if where.type is not None and where.type not in get_args(RequirementType):
        raise BadInput(f"There is no type {where.type!r}.", "Known are: " + ", ".join(get_args(RequirementType)) + ".")
    subjects = None if where.role is None else [resolve(view, SUBJECTS, where.role).id]
    chosen = {node.id: node for node in view.nodes("requirement", where={"type": where.type} if where.type else None)
              if isinstance(node, Requirement) and _fits(node, where)}  # fmt: skip
    said: dict[tuple[str, str], list[ItemMention]] = {}
    for edge in view.edges("HAS_REQUIREMENT", subjects, chosen):
        if isinstance(edge, ItemMention):
            said.setdefault((edge.source, edge.target), []).append(edge)
    postings = {edge.posting for edges in said.values() for edge in edges}
    counted = {node.id for node in view.nodes("posting", postings) if isinstance(node, Posting) and not node.repeats}
    found = []
    for ends, edges in said.items():
        ours = [edge for edge in edges if edge.posting in counted]
        preferred = all(edge.necessity == "preferred" for edge in ours)
        if ours and (preferred or not where.preferred):
            found.append((-len({edge.posting for edge in ours}), ends, preferred))
    found.sort()
    ids = {role for _, (role, _), _ in found[:k]}
    nodes = [node for kind in SUBJECTS for node in view.nodes(kind, {id for id in ids if kind_of(id) == kind})]
    named = {node.id: node for node in nodes if isinstance(node, (Role, Department))}
    return tuple(Stated(chosen[item], named[role], -count, preferred) for count, (role, item), preferred in found[:k])


def not_stated(view: View, topic: Topic) -> tuple[Role, ...]:
    """The described roles of which no requirement says anything of a topic, ordered by id.

    Raises BadInput for an unknown topic.
    """
    if topic not in _SAYS:
        raise BadInput(f"There is no topic {topic!r}.", "Known are: " + ", ".join(TOPICS) + ".")
    says = _SAYS[topic]
    items = {node.id for node in view.nodes("requirement") if isinstance(node, Requirement) and says(node)}
    stating = {edge.source for edge in view.edges("HAS_REQUIREMENT", targets=items)}
    described = view.nodes("role", where={"described": True})
    return tuple(node for node in described if isinstance(node, Role) and node.id not in stating)


_SAYS: dict[Topic, Callable[[Requirement], bool]] = {
    "education": lambda node: node.education is not None,
    "years": lambda node: node.min_years is not None,
    "certificate": lambda node: bool(node.certificates),
    "language": lambda node: bool(node.languages),
}


def _fits(node: Requirement, where: Where) -> bool:
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
