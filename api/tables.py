"""Answers as people read them: rich tables in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from graphmodel.questions.names import Named
    from graphmodel.questions.needs import Need, Needed
    from graphmodel.questions.overlap import Overlap
    from graphmodel.store import Evidence
    from loaders.tables.row import Failure
    from loaders.tally import Summary

CONTEXT = 24
"""Characters of an item that are shown before and after the words."""

NAMED = 20
"""Documents without a posting that a summary names; failures are named up to loaders.tally.NAMED."""


def summary(report: Summary) -> Group:
    """How many documents were loaded, changed, unchanged, without a posting and failed, and why those failed."""
    counts = (
        ("载入 loaded", report.loaded, "green"),
        ("更新 changed", report.changed, "green"),
        ("未变 unchanged", report.unchanged, ""),
        ("无岗位 without a posting", report.empty, "yellow"),
        ("失败 failed", report.failed, "red"),
        ("移除 forgotten", report.forgotten, "yellow"),
    )
    table = plain_table("文档 documents", "")
    table.columns[1].justify = "right"
    for label, count, style in counts:
        table.add_row(label, f"{count:,}", style=style if count else "dim")
    details = [Text(f"无岗位 without a posting: {origin}", "yellow") for origin in report.without[:NAMED]]
    if report.empty > NAMED:
        details.append(Text(f"… {report.empty - NAMED:,} more", "yellow"))
    if report.imported:
        told = "imported without their text and left as they are; load their files to read them again"
        details.append(Text(f"导入 {report.imported:,} {told}", "yellow"))
    details += [Text.assemble((_failed(failure), "red"), " ", failure.error.remedy) for failure in report.failures]
    if report.failed > len(report.failures):
        details.append(Text(f"… {report.failed - len(report.failures):,} more", "red"))
    return Group(*details, table)


def _failed(failure: Failure) -> str:
    """Which document failed, and why, without saying its name twice."""
    origin, problem = failure
    return problem.problem if origin in problem.problem else f"{origin}: {problem.problem}"


def overlap(answer: Overlap, console: Console) -> Group:
    """Shared, related, only A, only B, and the measures; each skill with the words, the document and the line."""
    a, b = answer.a.name, answer.b.name
    shared = skill_table()
    for one in answer.shared:
        rows = [*places(one.a, console, a), *places(one.b, console, b)]
        add(shared, one.skill, rows)
    related = skill_table()
    for meeting in answer.related:
        related.add_row(Text.assemble("→ ", (meeting.skill.name, "bold magenta")), "", "", "")
        for pair in meeting.pairs:
            for name, side in ((a, pair.a), (b, pair.b)):
                add(related, side.skill, list(places(side.need, console, name)), indent=True)
    return Group(
        Text.assemble((a, "bold"), " 与 and ", (b, "bold")),
        _measures(answer),
        section(f"共有 shared ({len(answer.shared)})", shared),
        section(f"相近 related, through the skill after → ({len(answer.related)})", related),
        section(f"只有 only {a} ({len(answer.only_a)})", _one_sided(answer.only_a, console, a)),
        section(f"只有 only {b} ({len(answer.only_b)})", _one_sided(answer.only_b, console, b)),
    )


def roles(rows: Iterable[Mapping[str, object]]) -> Table:
    """One line a role: name, other names, postings, skills, id."""
    table = plain_table("岗位 role", "别名 also", "招聘帖 postings", "技能 skills", "id")
    for column in table.columns[2:4]:
        column.justify = "right"
    for row in rows:
        names = row["alt_names"]
        others = "、".join(names) if isinstance(names, list) else ""
        table.add_row(str(row["name"]), others, str(row["postings"]), str(row["skills"]), str(row["id"]))
    return table


def plain_table(*headings: str) -> Table:
    """An empty table without lines. What is too long for its column goes on in the next line: Chinese has no blanks to
    break at, and would be cut off.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def skill_table(first: str = "技能 skill", second: str = "岗位 role") -> Table:
    """An empty table for `add`."""
    return plain_table(first, second, "原文 words in the item", "出处 document:line")


def section(title: str, table: Table) -> Group:
    """A table under its title, or a dash if it is empty."""
    return Group("", Text(title, "bold cyan"), table if table.row_count else Text("—", "dim"))


def _one_sided(needed: Iterable[Needed], console: Console, name: str) -> Table:
    table = skill_table()
    for one in needed:
        add(table, one.skill, list(places(one.need, console, name)))
    return table


def add(table: Table, skill: Named, rows: list[tuple[Text, Text, Text]], indent: bool = False) -> None:
    """A skill (or role), and a row for each place of it."""
    label = Text(("  " if indent else "") + skill.name, "bold")
    for row in rows or [(Text(), Text(), Text())]:
        table.add_row(label, *row)
        label = Text()


def places(need: Need, console: Console, name: str) -> Iterator[tuple[Text, Text, Text]]:
    """For each place a label, the words in their item, and document and line."""
    how = "" if need.necessity == "required" else " (优先)"
    for place in need.evidence:
        yield Text(name + how), in_item(place, console), Text(f"{place.origin}:{place.line}", "dim")


def in_item(place: Evidence, console: Console) -> Text:
    """The words inside their item, in colour, or in 【】 where there is none."""
    before, after = place.text[: place.start], place.text[place.end :]
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:]
    if len(after) > CONTEXT:
        after = after[:CONTEXT] + "…"
    words = place.text[place.start : place.end]
    return Text.assemble(before, (words if console.color_system else f"【{words}】", "bold yellow"), after)


def _measures(answer: Overlap) -> Table:
    m = answer.measures
    table = plain_table("", "Jaccard", f"{answer.a.name}: 覆盖 covered", f"{answer.b.name}: 覆盖 covered")
    rows = (
        ("计数 by count", m.jaccard, m.coverage_a, m.coverage_b),
        ("加权 weighted by rarity", m.weighted_jaccard, m.weighted_coverage_a, m.weighted_coverage_b),
    )
    for label, *values in rows:
        table.add_row(label, *("—" if value is None else f"{value:.0%}" for value in values))
    return table
