"""Find what a text may mean: names in any spelling, pinyin or initials, or with a typing error; then items with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from graphmodel.errors import BadInput
from graphmodel.nearest import CONTENTS, LABELLED
from graphmodel.nodes import Department, Indicator, Role, Skill, SkillStatus
from graphmodel.questions.names import nodes_of
from graphmodel.store import View

KINDS = (*LABELLED, *CONTENTS)
"""What can be found: the kinds with names, and items."""


class Found(NamedTuple):
    """A node found by a name: `label` is the one that fits best, `status` is given of a skill.

    Or an item that holds the words of the text: `content` is its text, and it has no label and name. `score` in
    (0, 1]: 1 if the label is the text in another spelling at most, from 0.5 for any name, below it for items; see
    graphmodel.nearest.
    """

    id: str
    kind: str
    label: str | None
    name: str | None
    score: float
    content: str | None = None
    status: SkillStatus | None = None


def find(view: View, text: str, kinds: Collection[str] | None = None, limit: int = 20) -> tuple[Found, ...]:
    """What is called like the text, best first, and after all names the items that hold its words, shortest first.

    `kinds`: None means all of KINDS; at most `limit` are given, ties by id. A text of nothing but marks finds
    nothing. Raises BadInput for an unknown kind and a limit below one.
    """
    if unknown := sorted(set(kinds or ()) - set(KINDS)):
        raise BadInput(f"There are no names or texts of the kind {unknown[0]!r}.", "Known are: " + ", ".join(KINDS))
    if limit < 1:
        raise BadInput(f"At most {limit} answers are none.", "Ask for one at least.")
    matches = view.find(text, KINDS if kinds is None else kinds, limit, more=True)
    nodes = nodes_of(view, (match.id for match in matches))
    found = []
    for id, kind, label, score in matches:
        node = nodes[id]
        if isinstance(node, (Role, Skill, Department, Indicator)):
            status = node.status if isinstance(node, Skill) else None
            found.append(Found(id, kind, label, node.name, score, status=status))
        else:
            found.append(Found(id, kind, None, None, score, label))
    return tuple(found)


def to_json(found: Iterable[Found]) -> list[dict[str, Any]]:
    """id, kind, label, name, score (two decimals); of an item content, of a skill status."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "label": one.label,
            "name": one.name,
            "score": round(one.score, 2),
            **({"content": one.content} if one.content is not None else {}),
            **({"status": one.status} if one.status is not None else {}),
        }
        for one in found
    ]
