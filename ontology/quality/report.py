"""What was found, for machines: JSON, or a validation report of SHACL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ontology.checks import Report
from ontology.quality.findings import SEVERITIES, Check, Finding, Severity, tag, text
from ontology.terms import ONTOLOGY
from ontology.writers.ntriples import quoted

CHECKS = f"{ONTOLOGY[:-1]}/checks#"
"""What the IRI of a check begins with, which stands where SHACL names the constraint."""

_SHACL = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}


def to_json(report: Report, gate: Severity = "violation") -> dict[str, Any]:
    """`findings` of a check may be fewer than its `count` if a limit was given."""
    return {
        "source": report.source,
        "subjects": report.subjects,
        "triples": report.triples,
        "passes": report.passes(gate),
        "counts": {severity: report.of(severity) for severity in SEVERITIES},
        "checks": [
            {
                "name": check.name,
                "severity": check.severity,
                "rule": check.rule or None,
                "means": {"zh-Hans": check.zh, "en": check.en},
                "count": report.counts.get(check.name, 0),
                "findings": [_plain(finding) for finding in report.findings.get(check.name, ())],
            }
            for check in report.ran
        ],
    }


def _plain(finding: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {"subject": text(finding.subject), "message": {"zh-Hans": finding.zh, "en": finding.en}}
    if finding.path:
        said["path"] = text(finding.path)
    if finding.value:
        said["value"] = text(finding.value)
        if language := tag(finding.value):
            said["language"] = language
    if finding.shape:
        said["shape"] = finding.shape
    if finding.component:
        said["component"] = finding.component
    return said


def to_shacl(report: Report) -> Iterator[str]:
    """A sh:ValidationReport in Turtle, in pieces. As SHACL has it, it conforms only if nothing at all was found."""
    yield "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n[] a sh:ValidationReport ;\n"
    yield f"    sh:conforms {'false' if any(report.counts.values()) else 'true'}"
    for check in report.ran:
        for finding in report.findings.get(check.name, ()):
            yield f" ;\n    sh:result [\n        {_result(check, finding)}\n    ]"
    yield " .\n"


def _result(check: Check, finding: Finding) -> str:
    said = [
        "a sh:ValidationResult",
        f"sh:resultSeverity {_SHACL[check.severity]}",
        f"sh:sourceConstraintComponent <{finding.component or CHECKS + check.name}>",
        f"sh:focusNode {finding.subject}",
    ]
    if finding.path:
        said.append(f"sh:resultPath {finding.path}")
    if finding.value:
        said.append(f"sh:value {finding.value}")
    if finding.shape:
        said.append(f"sh:sourceShape <{finding.shape}>")
    messages = [quoted(words, language) for language, words in (("zh-Hans", finding.zh), ("en", finding.en)) if words]
    if messages:
        said.append(f"sh:resultMessage {', '.join(messages)}")
    return " ;\n        ".join(said)
