"""Candidates as people read them, and as rows that a curator edits and --taxonomy takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from api.tables import in_item
from graphmodel.questions.candidates import Candidate, Near
from ontology.entries import slug_of

COLUMNS = (
    "slug", "zh", "en", "alt_zh", "type", "broader", "definition", "action", "#postings", "#roles", "#nearest",
    "#example",
)  # fmt: skip
"""Those with # are notes, which --taxonomy passes over."""


def table(found: Iterable[Candidate], console: Console) -> Group:
    """A line for each example of a candidate, and the skills like it."""
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in (
        "候选 candidate",
        "帖 postings",
        "岗位 roles",
        "原文 words in the item",
        "出处 document:line",
        "相近 like",
    ):
        shown.add_column(heading, justify="right" if heading[0] in "帖岗" else "left")
    for one in found:
        like = "、".join(f"{_like(near)} {near.score:.0%}" for near in one.nearest)
        first = [Text(one.skill.name, "bold"), Text(str(one.postings)), Text(str(one.roles))]
        rows = [(in_item(place, console), Text(f"{place.origin}:{place.line}", "dim")) for place in one.examples]
        for words, where in rows or [(Text(), Text())]:
            shown.add_row(*first, words, where, Text(like))
            first, like = [Text(), Text(), Text()], ""
    return Group(shown if shown.row_count else Text("没有候选 no candidates: try a lower --min", "dim"))


def rows(found: Iterable[Candidate]) -> str:
    """A TSV file with a row for each candidate. One named like the slug of a curated skill extends that skill."""
    lines = ["\t".join(COLUMNS)]
    taken: Counter[str] = Counter()
    for one in found:
        name = one.skill.name
        slug = slug_of(name) if name.isascii() else ""
        there = slug in {_slug(near) for near in one.nearest}
        taken[slug] += 1
        number = f"-{taken[slug]}" if slug and not there and taken[slug] > 1 else ""
        near = " | ".join(f"{_slug(near)} {_like(near)}" for near in one.nearest)
        example = one.examples[0] if one.examples else None
        cells = (
            slug + number,
            name,
            name if slug and not there else "",
            "|".join(other.replace("|", "/") for other in one.skill.alt_names),
            one.skill.type,
            "",
            "",
            "extend" if there else "add" if slug else "",
            str(one.postings),
            str(one.roles),
            near,
            f"{example.text} ({example.origin}:{example.line})" if example else "",
        )
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines) + "\n"


def _slug(near: Near) -> str:
    return near.skill.id.partition(":")[2]


def _like(near: Near) -> str:
    """The skill, and which of its other labels is the like one."""
    return near.skill.name if near.label == near.skill.name else f"{near.skill.name}（{near.label}）"
