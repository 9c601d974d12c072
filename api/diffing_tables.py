"""What changed between two graphs, as people and machines read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from api.tables import plain_table, section

if TYPE_CHECKING:
    from graphmodel.revisions import Documents
    from ontology.diff import Some, Summary

_KINDS = (("added", "新增 added", "green"), ("removed", "移除 removed", "red"), ("changed", "改变 changed", "yellow"))
_NAMED = {
    "rg:Role": "岗位 roles",
    "rg:Skill": "技能 skills",
    "rg:CandidateSkill": "候选技能 candidate skills",
    "rg:Duty": "职责 duties",
    "rg:Requirement": "任职要求 requirements",
    "rg:Department": "部门 departments",
    "rg:Indicator": "指标 indicators",
    "rg:Document": "文档 documents",
    "skos:Concept": "概念 concepts",
}
"""The classes whose things are named, in this order; of the others, people read the numbers alone."""


def summary(found: Summary) -> Group:
    """The numbers by class and by property, then the names of what came, went and changed."""
    if not found.classes:
        return Group(Text("两者相同 the same", "green"))
    classes = plain_table("类别 class", *(heading for _, heading, _ in _KINDS))
    for name, things in found.classes.items():
        classes.add_row(name or "—", *(_number(getattr(things, kind).total, colour) for kind, _, colour in _KINDS))
    properties = plain_table("属性 property", *(heading for _, heading, _ in _KINDS[:2]))
    for name, triples in found.properties.items():
        properties.add_row(name, *(_number(getattr(triples, kind), colour) for kind, _, colour in _KINDS[:2]))
    for table in (classes, properties):
        for column in table.columns[1:]:
            column.justify = "right"
    return Group(
        Text(f"三元组 triples: +{found.triples.added:,} -{found.triples.removed:,}", "bold"),
        section("事物 things", classes),
        section("三元组 triples", properties),
        *_names(found),
    )


def _names(found: Summary) -> Iterator[Group]:
    for cls, title in _NAMED.items():
        if cls in found.classes:
            table = plain_table("", "")
            for kind, heading, colour in _KINDS:
                some: Some = getattr(found.classes[cls], kind)
                _add(table, heading, colour, [thing.name for thing in some.first], some.total)
            if table.row_count:
                yield section(title, table)


def _add(table: Any, heading: str, colour: str, names: Sequence[str], total: int) -> None:
    if names:
        more = [f"… 另有 {total - len(names):,} more"] if total > len(names) else []
        table.add_row(Text(heading, colour), Text("\n".join([*names, *more])))


def _number(count: int, colour: str) -> Text:
    return Text(f"{count:,}", colour if count else "dim")


def documents(found: Documents) -> Group:
    """What the journal tells: the documents alone, whether the taxonomy was set, and the revision that this is of."""
    table = plain_table("", "")
    for kind, heading, colour in (*_KINDS[:1], ("forgotten", "移除 forgotten", "red"), *_KINDS[2:]):
        origins = getattr(found, kind)
        _add(table, heading, colour, origins, len(origins))
    if found.taxonomy:
        table.add_row(Text("词表 taxonomy", "yellow"), Text("改变 changed"))
    return Group(Text(f"修订 revisions: {found.since} → {found.until}", "bold"), section("文档 documents", table))


def plain(found: Summary, old: str, new: str) -> dict[str, Any]:
    """As JSON has it."""
    return {
        "old": old,
        "new": new,
        "triples": found.triples._asdict(),
        "classes": {
            name: {
                kind: {"total": some.total, "first": [thing._asdict() for thing in some.first]}
                for kind, some in things._asdict().items()
            }
            for name, things in found.classes.items()
        },
        "properties": {name: triples._asdict() for name, triples in found.properties.items()},
    }
