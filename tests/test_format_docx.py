"""DOCX: lists get their numbers back, forms and tables are read in order, and harm is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from docx_files import again, inside, item, made, numbering, part, saved, strict, with_part
from extracted import extracted

from graphmodel.errors import BadInput
from loaders.formats import read
from loaders.source import Source
from loaders.teams import canonical

CHINESE = [("decimal", "%1、"), ("decimal", "（%2）"), ("lowerLetter", "%3)")]


def lines(data: bytes, name: str = "a.docx") -> list[str]:
    return read(Source(name, name, data)).text.split("\n")


def test_a_posting_with_numbered_lists_end_to_end(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "某某集团内部资料"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_heading("渠道销售主管", 0)
    document.add_paragraph("所属部门：销售部")
    document.add_heading("岗位职责", 1)
    numbering(document, 70, CHINESE)
    item(document, "开发区域经销商，签订年度合同；", 70)
    item(document, "与市场部沟通促销计划；", 70)
    item(document, "每月回收货款。", 70)
    document.add_heading("任职要求", 1)
    again(document, 70, 71, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    item(document, "大专及以上学历；", 71)
    item(document, "5年以上快消品销售经验。", 71)
    item(document, "熟悉Excel。", 71)
    (tmp_path / "a.docx").write_bytes(saved(document))
    raw = read(Source("a.docx", "a.docx", saved(document)))
    assert raw.text.split("\n") == [
        "渠道销售主管",
        "所属部门：销售部",
        "岗位职责",
        "1、开发区域经销商，签订年度合同；",
        "2、与市场部沟通促销计划；",
        "3、每月回收货款。",
        "任职要求",
        "1、大专及以上学历；",
        "2、5年以上快消品销售经验。",
        "3、熟悉Excel。",
    ]
    assert raw.media_type.endswith("wordprocessingml.document")
    (posting,) = extracted(tmp_path / "a.docx")
    assert posting["title"] == "渠道销售主管"
    assert [d["name"] for d in posting["departments"]] == [canonical("销售部")]
    assert [duty["text"] for duty in posting["duties"]] == [
        "开发区域经销商，签订年度合同",
        "与市场部沟通促销计划",
        "每月回收货款",
    ]
    assert [one["text"] for one in posting["requirements"]] == ["大专及以上学历", "5年以上快消品销售经验", "熟悉Excel"]
    start, end = posting["duties"][0]["spans"][0]
    assert raw.text[start:end] == "开发区域经销商，签订年度合同"


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1、", ["1、", "2、"]),
        ("decimal", "%1.", ["1. ", "2. "]),
        ("decimal", "（%1）", ["（1）", "（2）"]),
        ("decimalZero", "%1.", ["01. ", "02. "]),
        ("chineseCounting", "%1、", ["一、", "二、"]),
        ("chineseCountingThousand", "第%1条", ["第一条 ", "第二条 "]),
        ("japaneseCounting", "（%1）", ["（一）", "（二）"]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperLetter", "%1.", ["A. ", "B. "]),
        ("lowerRoman", "%1.", ["i. ", "ii. "]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、"]),
        ("bullet", "\uf0b7", ["• ", "• "]),
        ("none", "", ["", ""]),
    ],
)
def test_each_form_of_number_is_written_as_word_draws_it(form: str, text: str, expected: list[str]) -> None:
    def fill(document: Docx) -> None:
        numbering(document, 70, [(form, text)])
        item(document, "负责采购", 70)
        item(document, "负责仓储", 70)

    assert lines(made(fill)) == [f"{expected[0]}负责采购", f"{expected[1]}负责仓储"]


def test_nested_lists_count_on_restart_and_show_the_levels_above() -> None:
    def fill(document: Docx) -> None:
        numbering(document, 70, [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")])
        for text, level in (("采购", 0), ("询价", 1), ("比价", 1), ("存档", 2), ("仓储", 0), ("盘点", 1)):
            item(document, text, 70, level)

    assert lines(made(fill)) == ["1. 采购", "1.1 询价", "1.2 比价", "a)存档", "2. 仓储", "2.1 盘点"]


def test_two_lists_of_one_kind_count_on_unless_one_starts_anew() -> None:
    def fill(document: Docx) -> None:
        numbering(document, 70, CHINESE)
        again(document, 70, 71)
        again(document, 70, 72, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
        for text, key in (("甲", 70), ("乙", 71), ("丙", 72), ("丁", 72), ("戊", 0)):
            item(document, text, key)

    assert lines(made(fill)) == ["1、甲", "2、乙", "5、丙", "6、丁", "戊"]


def test_a_style_gives_its_number_to_its_paragraphs() -> None:
    def fill(document: Docx) -> None:
        document.add_paragraph("负责前台接待", style="List Number")
        document.add_paragraph("负责来访登记", style="List Number")
        document.add_paragraph("细心", style="List Bullet")

    assert lines(made(fill)) == ["1. 负责前台接待", "2. 负责来访登记", "• 细心"]


def form(document: Docx) -> None:
    """岗位说明书 as companies draw it: merged titles, pairs in a row, a label over several rows."""
    table = document.add_table(8, 4)
    rows = [
        ("岗位说明书", "", "", ""),
        ("岗位名称", "仓储主管", "所属部门", "物流部"),
        ("直接上级", "物流经理", "岗位编号", "WL-03"),
        ("岗位职责", "1", "安排入库和出库，核对单据", ""),
        ("", "2", "组织月度盘点，分析差异原因", ""),
        ("任职资格", "学历", "大专及以上，物流管理专业", ""),
        ("", "经验", "3年以上仓储管理经验", ""),
        ("", "技能", "熟练使用WMS系统", ""),
    ]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(3, 0).merge(table.cell(4, 0))
    table.cell(5, 0).merge(table.cell(7, 0))
    for row in range(3, 8):
        table.cell(row, 2).merge(table.cell(row, 3))


def test_a_form_is_read_label_by_label(tmp_path: Path) -> None:
    data = made(form)
    assert lines(data) == [
        "岗位说明书",
        "岗位名称：仓储主管",
        "所属部门：物流部",
        "直接上级：物流经理",
        "岗位编号：WL-03",
        "岗位职责：",
        "1、安排入库和出库，核对单据",
        "2、组织月度盘点，分析差异原因",
        "任职资格：",
        "学历：大专及以上，物流管理专业",
        "经验：3年以上仓储管理经验",
        "技能：熟练使用WMS系统",
    ]
    (tmp_path / "form.docx").write_bytes(data)
    (posting,) = extracted(tmp_path / "form.docx")
    assert posting["title"] == "仓储主管"
    assert [d["name"] for d in posting["departments"]] == [canonical("物流部")]
    assert [s["name"] for s in posting["reports_to"]] == ["物流经理"]
    assert [duty["text"] for duty in posting["duties"]] == ["安排入库和出库，核对单据", "组织月度盘点，分析差异原因"]
    education, *_ = posting["requirements"]
    assert education["education"] == "大专"


def test_labels_that_nobody_knows_and_names_of_duties_stand_before_what_they_name(tmp_path: Path) -> None:
    def fill(document: Docx) -> None:
        rows = [
            ("岗位名称", "招聘主管", "所属部门", "人力资源部"),
            ("直接上级", "人事经理", "定员人数", "1人"),
        ]
        table = document.add_table(0, 4)
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("工作职责")
        table = document.add_table(0, 3)
        for texts in (("1", "渠道维护", "维护校园与猎头渠道"), ("2", "面试", "组织面试和背景调查")):
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text

    (tmp_path / "form.docx").write_bytes(made(fill))
    assert lines((tmp_path / "form.docx").read_bytes())[2:4] == ["直接上级：人事经理", "定员人数：1人"]
    (posting,) = extracted(tmp_path / "form.docx")
    assert [superior["name"] for superior in posting["reports_to"]] == ["人事经理"]
    assert [duty["text"] for duty in posting["duties"]] == ["维护校园与猎头渠道", "组织面试和背景调查"]


def test_a_cell_holds_lists_and_tables_of_its_own() -> None:
    def fill(document: Docx) -> None:
        numbering(document, 70, CHINESE)
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "岗位名称"
        table.cell(0, 1).text = "导购"
        table.cell(1, 0).text = "岗位职责"
        inner = table.cell(1, 1).add_table(1, 2)
        inner.cell(0, 0).text = "工作地点"
        inner.cell(0, 1).text = "无锡"

    assert lines(made(fill)) == ["岗位名称：导购", "岗位职责：工作地点：无锡"]


def test_a_table_of_roles_gives_a_posting_a_row(tmp_path: Path) -> None:
    def fill(document: Docx) -> None:
        table = document.add_table(3, 4)
        rows = [
            ("序号", "岗位名称", "岗位职责", "任职要求"),
            ("1", "收银员", "收取货款并开具发票；清点备用金", "高中以上学历"),
            ("2", "理货员", "整理货架；检查保质期", "身体健康，吃苦耐劳"),
        ]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    (tmp_path / "roles.docx").write_bytes(made(fill))
    postings = extracted(tmp_path / "roles.docx")
    assert [posting["title"] for posting in postings] == ["收银员", "理货员"]
    assert [duty["text"] for duty in postings[1]["duties"]] == ["整理货架", "检查保质期"]
    assert [one["text"] for one in postings[0]["requirements"]] == ["高中以上学历"]


def test_a_table_of_indicators_gives_each_with_its_goal(tmp_path: Path) -> None:
    def fill(document: Docx) -> None:
        document.add_paragraph("客服主管")
        document.add_paragraph("岗位职责：处理投诉，安排排班。")
        table = document.add_table(3, 3)
        rows = [("考核指标", "权重", "目标"), ("投诉处理及时率", "40%", "不低于98%"), ("客户满意度", "60%", "90分以上")]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    (tmp_path / "kpi.docx").write_bytes(made(fill))
    (posting,) = extracted(tmp_path / "kpi.docx")
    assert [indicator["name"] for indicator in posting["indicators"]] == ["投诉处理及时率", "客户满意度"]
    assert "不低于98%" in posting["indicators"][0]["definition"]


def test_deleted_and_hidden_text_and_contents_are_left_out_and_said() -> None:
    def fill(document: Docx) -> None:
        gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        entry = "<w:p><w:r><w:t>岗位职责 1</w:t></w:r></w:p>"
        inside(document, f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{entry}</w:sdtContent></w:sdt>")
        inside(document, "<w:p><w:r><w:t>负责</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
               "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>店开业</w:t></w:r></w:p>")  # fmt: skip
        inside(
            document, "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>看得见</w:t></w:r></w:p>"
        )
        inside(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的字</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        inside(document, "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>")

    raw = read(Source("a.docx", "a.docx", made(fill)))
    assert raw.text.split("\n") == ["负责新店开业", "看得见", "控件里的字", "上", "下"]
    (note,) = raw.notes
    assert note.message == "left out: deleted text, hidden text, the table of contents"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里的岗位名称</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def fill(document: Docx) -> None:
        inside(
            document,
            f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )

    assert lines(made(fill)) == ["框里的岗位名称"]


def posting(document: Docx) -> None:
    document.add_paragraph("岗位职责：负责收银。")


@pytest.mark.parametrize("declaration", ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "<!DOCTYPE x>"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_docx_that_declares_entities_is_refused(declaration: str, charset: str) -> None:
    data = made(posting)
    xml = part(data, "word/document.xml").decode()
    xml = xml[xml.index("<w:document") :].replace("负责", "&e;")
    evil = f'<?xml version="1.0" encoding="{charset}"?>{declaration}{xml}'.encode(charset)
    with pytest.raises(BadInput, match="declares entities"):
        lines(with_part(data, "word/document.xml", evil))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(made(posting), "word/media/a.xml", b" " * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(BadInput, match="unpacks to") as caught:
        lines(bomb)
    assert "ROLEGRAPH_MAX_BYTES" in caught.value.remedy
    with pytest.raises(BadInput, match="unpacks to"):
        read(Source("a.docx", "a.docx", made(posting)), limit=1000)


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/numbering.xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"\xff\xfe", b"<x/>", b"<w:document/>"])
def test_a_damaged_docx_is_named(name: str, content: bytes) -> None:
    data = with_part(made(posting), name, content)
    if (name, content) == ("word/numbering.xml", b"<x/>"):  # numbers nothing
        assert lines(data) == ["岗位职责：负责收银。"]
        return
    with pytest.raises(BadInput, match=r"dir/a\.docx") as caught:
        read(Source("dir/a.docx", "a.docx", data))
    assert caught.value.remedy


@pytest.mark.parametrize("cut", [10, 500, 5000, -1, -30])
def test_a_docx_cut_short_is_named(cut: int) -> None:
    with pytest.raises(BadInput, match=r"dir/a\.docx is a damaged"):
        read(Source("dir/a.docx", "a.docx", made(posting)[:cut]))


def test_a_docx_without_text_says_so() -> None:
    with pytest.raises(BadInput, match="without text"):
        lines(made(lambda document: None))


def test_a_docx_is_told_by_its_content() -> None:
    assert lines(made(posting), "posting.txt") == ["岗位职责：负责收银。"]


def test_a_strict_document_is_read_as_a_usual_one() -> None:
    document = Document()
    document.add_paragraph("门店店长")
    for text in ("管理门店的日常营业", "带教新员工") * 2_000:
        document.add_paragraph(text, style="List Number")
    data = saved(document)
    assert b"purl.oclc.org" in part(strict(data), "word/document.xml")
    assert lines(strict(data)) == lines(data)
    assert lines(data)[1] == "1. 管理门店的日常营业"
