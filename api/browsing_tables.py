"""Counts and parts of the graph as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.tables import plain_table, section
from graphmodel.identity import kind_of
from graphmodel.questions.browse import node_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.nodes import Role
    from graphmodel.questions.browse import Branch, Edges
    from graphmodel.questions.requirements import Stated
    from graphmodel.questions.statistics import Degrees, Facets, Stats


def stats(answer: Stats, console: Console) -> Group:
    """Nodes by kind, edges by relation, and how they are spread."""
    spread = plain_table("分布 spread", "")
    spread.columns[1].justify = "right"
    spread.add_row("岗位的技能 skills of a role", _degrees(answer.skills_of_roles))
    spread.add_row("技能的岗位 roles of a skill", _degrees(answer.roles_of_skills))
    spread.add_row("无任职要求的岗位 roles without requirements", f"{answer.silent_roles:,}")
    spread.add_row("仅一个岗位需要的技能 skills of one role only", f"{answer.lone_skills:,}")
    spread.add_row(
        "无共有技能的岗位对 pairs of roles that share nothing", "—" if answer.apart is None else f"{answer.apart:,}"
    )
    spread.add_row("库的修订号 revision of the store", str(answer.revision))
    return Group(_counts("节点 nodes", answer.nodes), "", _counts("关系 edges", answer.edges), "", spread)


def facets(answer: Facets, console: Console) -> Group:
    """The values and the postings that have them."""
    parts = []
    for title, some in (
        ("组织 organizations", answer.organizations),
        ("部门 departments", answer.departments),
        ("类别 kinds", answer.kinds),
    ):
        parts.append(_counts(title, {facet.value: facet.postings for facet in some}))
    return Group(*parts)


def requirements(answer: Iterable[Stated], console: Console) -> Table:
    """The requirement, who states it, and what was read from it."""
    table = plain_table("任职要求 requirement", "岗位 role", "招聘帖 postings", "学历 education", "年限 years", "")
    for one in answer:
        item = one.requirement
        years = "" if item.min_years is None else f"{item.min_years:g}"
        table.add_row(
            Text(item.text),
            one.role.name,
            str(one.postings),
            item.education or "",
            years,
            "优先" if one.preferred else "",
        )
    return table


def silent(answer: Iterable[Role], console: Console) -> Table:
    """The roles that do not say."""
    table = plain_table("岗位 role", "id")
    for role in answer:
        table.add_row(Text(role.name, "bold"), role.id)
    return table


def taxonomy(answer: Iterable[Branch], console: Console) -> Group:
    """A tree for each top."""
    return Group(*(_tree(branch, None) for branch in answer))


def neighbours(answer: Edges, console: Console) -> Group:
    """The edges, with the names of their ends."""
    labels = {node.id: str(node_json(node)["label"]) for node in answer.nodes}
    table = plain_table("", "关系 relation", "")
    for relation, source, target in answer.edges:
        ends = (Text.assemble((kind_of(end), "dim"), " ", labels[end]) for end in (source, target))
        first, last = ends
        table.add_row(first, relation, last)
    more = [Text("… 还有更多 there is more: raise --limit", "yellow")] if answer.more else []
    return Group(section(f"{len(answer.nodes)} 节点 nodes, {len(answer.edges)} 关系 edges", table), *more)


def _tree(branch: Branch, above: Tree | None) -> Tree:
    label = Text.assemble((branch.skill.name, "bold"), f"  {branch.roles} 岗位 roles" if branch.roles else "")
    tree = Tree(label) if above is None else above.add(label)
    for below in branch.narrower:
        _tree(below, tree)
    return tree


def _counts(title: str, counts: dict[str, int]) -> Table:
    table = plain_table(title, "")
    table.columns[1].justify = "right"
    for name, count in counts.items():
        table.add_row(Text(name), f"{count:,}")
    return table


def _degrees(degrees: Degrees) -> str:
    return f"{degrees.nodes:,}: mean {degrees.mean:.1f}, most {degrees.most:,}"
