"""One id for one thing: what two spellings share, and that no id ever changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graphmodel import identity

GOLDEN = Path(__file__).parent / "golden" / "ids.tsv"
MAKERS = {
    "role": identity.role_id,
    "department": identity.department_id,
    "indicator": identity.indicator_id,
    "candidate": identity.candidate_id,
    "skill": identity.skill_id,
    "duty": identity.duty_id,
    "requirement": identity.requirement_id,
    "document": identity.document_id,
}


def id_of(kind: str, label: str) -> str:
    if kind == "posting":
        origin, _, number = label.rpartition(" ")
        return identity.posting_id(origin, int(number))
    return MAKERS[kind](label)


def golden() -> list[list[str]]:
    return [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines()]


def test_the_ids_of_two_hundred_labels_stay_as_they_are(rewrite_golden):
    rows = golden()
    if rewrite_golden:
        lines = [f"{kind}\t{label}\t{id_of(kind, label)}\n" for kind, label, _ in rows]
        GOLDEN.write_text("".join(lines), "utf-8", newline="\n")
        rows = golden()
    assert len(rows) >= 200
    assert [(kind, label, id_of(kind, label)) for kind, label, _ in rows] == [tuple(row) for row in rows]


def test_an_id_can_be_computed_without_our_code():
    """Anyone with SHA-256 finds the id of 数据分析师, whose fold is the name itself."""
    digest = hashlib.sha256("role\0数据分析师".encode()).hexdigest()
    assert identity.role_id("數據分析師(二)") == f"role:{digest[:16]}"


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (
            "role",
            ["数据分析师", "數據分析師", "数据分析师(一)", "数据分析师（二）", "數據分析師崗位職責"],
        ),
        ("role", ["OTA运营经理", "ＯＴＡ运营经理", "ota 运营经理", "OTA運營經理【2】"]),
        ("role", ["前端工程师（React）", "前端工程师(React)"]),
        ("department", ["运营部", "運營部", "运营 部"]),
        ("indicator", ["接通率", "接通率："]),
        ("candidate", ["C++", "Ｃ＋＋", "c++"]),
        ("candidate", ["Power BI", "PowerBI", "power-bi"]),
    ],
)
def test_spellings_of_one_thing_have_one_id(kind, spellings):
    assert len({id_of(kind, label) for label in spellings}) == 1


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("candidate", ["C", "C++", "C#", ".NET", "Net", "R", "R语言"]),
        ("candidate", ["A/B测试", "AB测试", "SQL/SAS", "SQL", "SAS"]),
        ("role", ["店长", "店长（副）", "门店店长"]),
        ("role", ["产品经理/主管", "产品经理主管"]),
        ("department", ["运营部", "运营部门"]),
        ("duty", ["制定门店预算，并跟踪执行", "制定门店预算,并跟踪执行"]),
        ("document", ["samples/a.txt", "samples/A.txt"]),
    ],
)
def test_different_things_have_different_ids(kind, labels):
    assert len({id_of(kind, label) for label in labels}) == len(labels)


def test_the_kind_is_part_of_what_an_id_is_made_from():
    keys = {id_of(kind, "制定门店预算").partition(":")[2] for kind in ("duty", "requirement", "role", "candidate")}
    assert len(keys) == 4


def test_a_role_named_by_a_closing_alone_keeps_it():
    assert identity.fold("岗位职责", "role") == "岗位职责"
