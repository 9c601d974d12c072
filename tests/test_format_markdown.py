"""Markdown: its marks do not stand in the way of titles, headings and items."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from extracted import extracted, items

from loaders.formats import read
from loaders.formats.markdown import plain
from loaders.source import Source
from loaders.teams import canonical

TEXT = """---
title: 仓储物流主管
tags: [招聘, 物流]
---
## 岗位职责

1. **库存管理**，定期盘点，保证账实相符
2. 优化[出入库流程](https://example.org/a_(b)), 降低差错率
3. 与采购部沟通到货计划

### 任职要求

- 大专及以上学历，**物流管理**专业
- [ ] 会用`WMS`系统者优先

| 项目 | 内容 |
|------|------|
| 工作地点 | 佛山 |
| 所属部门 | 物流部 |
"""


def test_a_posting_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (posting,) = extracted(tmp_path / "a.md")
    assert (posting["title"], posting["place"]) == ("仓储物流主管", "佛山")
    assert [d["name"] for d in posting["departments"]] == [canonical("物流部")]
    assert items(posting) == (
        ["库存管理，定期盘点，保证账实相符", "优化出入库流程，降低差错率", "与采购部沟通到货计划"],
        ["大专及以上学历，物流管理专业", "会用WMS系统者优先"],
    )
    assert posting["requirements"][1]["necessity"] == "preferred"


@pytest.mark.parametrize(
    ("marked", "lines"),
    [
        ("# 出纳 #", ["出纳"]),
        ("##出纳", ["出纳"]),
        ("1. 甲\n2. 乙", ["1. 甲", "2. 乙"]),
        ("* 甲\n  * 乙", ["• 甲", "  • 乙"]),
        ("**职责：**付款", ["职责：付款"]),
        ("***甲*** __乙__ *丙* _丁_", ["甲 乙 丙 丁"]),
        ("a_b_c 2*3*4 5*6", ["a_b_c 2*3*4 5*6"]),
        ("> 引用\n> 两行", ["引用", "两行"]),
        ("甲![图](x.png)乙<br>丙", ["甲乙", "丙"]),
        ("[甲][1] <https://example.org>\n\n[1]: https://example.org", ["甲"]),
        ("甲\n---\n乙", ["甲", "乙"]),
        ("```\n岗位职责\n```", ["岗位职责"]),
        (r"1\. 甲 \*乙\*", ["1. 甲 *乙*"]),
        ("C\\+\\+ 和 C#", ["C++ 和 C#"]),
        ("~~旧~~新", ["新"]),
        ("|岗位名称|出纳|\n|---|---|\n|部门|财务部|", ["岗位名称：出纳", "部门：财务部"]),
        ("-5℃ 冷库", ["-5℃ 冷库"]),
    ],
)
def test_marks_go_and_words_stay(marked: str, lines: list[str]) -> None:
    assert [line for line in plain(marked).split("\n") if line] == lines


def test_markdown_is_told_by_its_content() -> None:
    data = "# 出纳\n\n## 岗位职责\n\n- **付款**\n".encode()
    raw = read(Source("a.txt", "a.txt", data))
    assert raw.media_type == "text/markdown"
    assert raw.text.split("\n") == ["出纳", "", "岗位职责", "", "• 付款"]
    once = "出纳\n岗位职责：\n* 付款\n# 对账\n"
    assert read(Source("a.txt", "a.txt", once.encode())).text == once


@pytest.mark.parametrize(
    "piece", ["**", "[", "![", "`", "_a", "*a", "|", "<", "[a](", "\\", "~~", "- ", "> ", "|-", "[a", "#"]
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_marks_without_end_take_no_time(piece: str, end: str) -> None:
    began = time.process_time()
    plain((piece + end) * 20_000)
    plain("a " + piece * 20_000)
    assert time.process_time() - began < 5
