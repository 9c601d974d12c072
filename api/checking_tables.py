"""What checks found, as people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from api.tables import plain_table
from ontology.quality.findings import SEVERITIES, shown, text

if TYPE_CHECKING:
    from ontology.checks import Report
    from ontology.quality.findings import Finding

_STYLES = {"violation": "red", "warning": "yellow", "info": "cyan"}
_NAMES = {"violation": "违规 violation", "warning": "警告 warning", "info": "提示 info"}


def checked(report: Report) -> Group:
    """The findings by check, worst first, and how many there are of each severity."""
    parts: list[object] = []
    for check in report.ran:
        count = report.counts.get(check.name, 0)
        if not count:
            continue
        rule = f" {check.rule}" if check.rule else ""
        parts.append(Text(f"{check.name}{rule} ({count:,})", f"bold {_STYLES[check.severity]}"))
        parts.append(Text(f"{_NAMES[check.severity]} · {check.zh} {check.en}", "dim"))
        table = plain_table("主语 subject", "值 value", "说明 message")
        found = report.findings.get(check.name, [])
        for finding in found:
            table.add_row(text(finding.subject), _value(finding), Text(f"{finding.zh} {finding.en}".strip()))
        parts.append(table)
        if count > len(found):
            parts.append(Text(f"… {count - len(found):,} more", "dim"))
        parts.append("")
    total = plain_table("检查 checked", "")
    total.columns[1].justify = "right"
    total.add_row("检查项 checks", f"{len(report.ran):,}")
    total.add_row("主语 subjects", f"{report.subjects:,}")
    total.add_row("三元组 triples", f"{report.triples:,}")
    for severity in SEVERITIES:
        number = report.of(severity)
        total.add_row(_NAMES[severity], f"{number:,}", style=_STYLES[severity] if number else "dim")
    return Group(*parts, total)  # type: ignore[arg-type]


def _value(finding: Finding) -> Text:
    """The property by its local name, and its value."""
    path = re.split("[/#]", text(finding.path))[-1] if finding.path else ""
    return Text.assemble((path, "dim"), " " if path and finding.value else "", shown(finding.value or '""'))
