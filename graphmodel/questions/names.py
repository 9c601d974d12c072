"""What a person calls a thing -> the thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphmodel.errors import Ambiguous, NotFound
from graphmodel.identity import fold, kind_of
from graphmodel.nodes import Department, Indicator, Node, Role, Skill
from graphmodel.store import View

Named = Role | Skill | Department | Indicator
"""The nodes that have a name."""

SUBJECTS = ("role", "department")
"""The kinds that have duties and need skills: where a question takes a role, a department can stand too."""

_NEAREST = 5


def resolve(view: View, kinds: Sequence[str], text: str) -> Named:
    """The one node of these kinds that the text means: by id, former id, name or alternative name.

    Names are compared by their fold, and a node's name stands before an alternative name of another node. Raises
    NotFound with the nearest names; Ambiguous with the choices if the text means several nodes equally.
    """
    if kind_of(text):
        found = list(named_of(view, [text] if kind_of(text) in kinds else []).values())
        nearest: list[str] = []
    else:
        matches = view.find(text, kinds)
        found = list(named_of(view, [match.id for match in matches if match.score == 1]).values())
        found = [node for node in found if _fold(node, node.name) == _fold(node, text)] or found
        nearest = [match.label for match in matches]
    if not found:
        raise NotFound(" or ".join(kinds), text, list(dict.fromkeys(nearest))[:_NEAREST])
    if len(found) > 1:
        kinds_found = sorted({kind_of(node.id) for node in found})
        choices = sorted((node.id, node.name) for node in found)
        raise Ambiguous(kinds_found[0] if len(kinds_found) == 1 else "node", text, choices)
    return found[0]


def nodes_of(view: View, ids: Iterable[str]) -> dict[str, Node]:
    """The nodes of these ids, of any kinds, by id: one read a kind. An id that is no node is left out."""
    by_kind: dict[str, list[str]] = {}
    for id in ids:
        by_kind.setdefault(kind_of(id), []).append(id)
    return {node.id: node for kind, some in by_kind.items() for node in view.nodes(kind, some)}


def named_of(view: View, ids: Iterable[str]) -> dict[str, Named]:
    """As nodes_of, those that have names."""
    nodes = nodes_of(view, ids)
    return {id: node for id, node in nodes.items() if isinstance(node, (Role, Skill, Department, Indicator))}


def _fold(node: Named, label: str) -> str:
    return fold(label, "role") if isinstance(node, Role) else fold(label)
