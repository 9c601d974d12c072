"""HTML as browsers save it from job sites: the posting stays, what the site puts around it goes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from extracted import extracted, items

from graphmodel.errors import BadInput
from loaders.formats import read
from loaders.formats.fragment import text_of
from loaders.source import Source
from loaders.teams import canonical

SITE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>【上海-门店陈列主管招聘】_青禾服饰招聘信息-某某人才网</title>
<script>document.write("<div>岗位职责：1、脚本里的字</div>")</script>
<style>.junk {{ display: inline-block; visibility: hidden }} .c {{ color: red }}</style></head><body>
<div class="header"><div class="nav"><a href="/">首页</a> <a href="/s">职位搜索</a> <a>我的简历</a></div></div>
<form><input name="q"><select><option>全国<option>上海</select><button>搜索</button>热门搜索：店长</form>
<div class="crumb"><a>首页</a> &gt; <a>上海招聘</a> &gt; 门店陈列主管招聘</div>
<div class="main"><div class="job-header"><h1>门店陈列主管</h1><span class="pay">8-12千</span>
<ul class="info"><li>上海</li><li>3年经验</li><li>大专</li></ul></div>
<ul class="keyword-list"><li>橱窗</li><li>道具</li></ul>
<div class="detail"><h2>职位信息</h2><div class="line"><span>所属部门</span><span>陈列部</span></div>
<div class="line"><span class="label">工作地点</span></div><div>上海徐汇</div>
<p><b>岗位职责：</b></p>
<ol><li>制定门店陈列方案，<span class="junk">抄袭必究</span>跟进落地；</li>
<li><p>与市场部沟通新品上市活动；</p></li><li>培训店员。</li></ol>
<p>任职要求：<br>1、大专及以上学历；<br/>2、三年以上
陈列工作经验；<br>3、熟练使用Photoshop。</p>
<p style="display: none">看不见的要求</p></div></div>
<div class="similar"><h3>相似职位</h3><ul><li><a>店长</a> 负责门店</li><li><a>导购</a></li></ul></div>
<aside><h3>公司其他职位</h3><a>收银员</a></aside>
<div class="footer">版权所有 <a>关于我们</a></div></body></html>"""
TEXT = [
    "门店陈列主管",
    "8-12千",
    "上海",
    "经验要求：3年工作经验",
    "学历要求：大专",
    "职位信息",
    "所属部门：陈列部",
    "工作地点：上海徐汇",
    "岗位职责：",
    "1、制定门店陈列方案，跟进落地；",
    "2、与市场部沟通新品上市活动；",
    "3、培训店员。",
    "任职要求：",
    "1、大专及以上学历；",
    "2、三年以上陈列工作经验；",
    "3、熟练使用Photoshop。",
]


def page(body: str, title: str = "", name: str = "a.html") -> list[str]:
    head = f"<head><title>{title}</title></head>"
    data = f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()
    return read(Source(name, name, data)).text.split("\n")


def test_a_page_of_a_job_site_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "job.html").write_text(SITE.format(charset="utf-8"), encoding="utf-8")
    raw = read(Source("job.html", "job.html", SITE.format(charset="utf-8").encode()))
    assert raw.text.split("\n") == TEXT
    assert raw.media_type == "text/html"
    (note,) = raw.notes
    assert "navigation and footer" in note.message
    assert "hidden text" in note.message
    (posting,) = extracted(tmp_path / "job.html")
    assert posting["title"] == "门店陈列主管"
    assert posting["place"] == "上海徐汇"
    assert [d["name"] for d in posting["departments"]] == [canonical("陈列部")]
    duties, requirements = items(posting)
    assert duties == ["制定门店陈列方案，跟进落地", "与市场部沟通新品上市活动", "培训店员"]
    assert requirements == ["3年工作经验", "大专", "大专及以上学历", "三年以上陈列工作经验", "熟练使用Photoshop"]
    start, end = posting["duties"][2]["spans"][0]
    assert raw.text[start:end] == "培训店员"


@pytest.mark.parametrize(
    ("said", "charset"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),  # saved again by an editor
        ("iso-8859-1", "gb18030"),
        ("gb2312", "utf-8-sig"),
        ("gb2312", "utf-16"),
    ],
)
def test_the_charset_is_found(said: str, charset: str) -> None:
    data = SITE.format(charset=said).encode(charset)
    assert read(Source("a.htm", "a.htm", data)).text.split("\n") == TEXT


def test_big5_is_read_where_the_page_says_so() -> None:
    html = "<html><meta charset=big5><h1>櫃檯人員</h1><p>工作內容：負責接待"
    assert read(Source("a.html", "a.html", html.encode("big5"))).text == "櫃檯人員\n工作內容：負責接待"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1、甲", "2、乙"]),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3、甲", "7、乙", "8、丙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2、甲", "1、乙"]),
        ("<ol type=a><li>甲<li>乙</ol>", ["a、甲", "b、乙"]),
        ("<ol type=I><li>甲<li>乙</ol>", ["I、甲", "II、乙"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>', ["一、甲", "二、乙"]),
        ("<ol><li>甲<ol><li>乙<li>丙</ol><li>丁</ol>", ["1、甲", "（1）乙", "（2）丙", "2、丁"]),
        ("<ul><li>甲<ul><li>乙</ul></ul>", ["• 甲", "• 乙"]),
        ("<ol><li>1、甲<li>2、乙</ol>", ["1、甲", "2、乙"]),
        ("<ol><li>3.5年经验</ol>", ["1、3.5年经验"]),
        ("<ul><li>●甲</ul>", ["●甲"]),
        ("<p>一<b>二</b>三<div>四</div>五", ["一二三", "四", "五"]),
        ("负责\n  酒店 and\n bar", ["负责酒店 and bar"]),
        ("<pre>职责：\n1、甲\n2、乙</pre>", ["职责：", "1、甲", "2、乙"]),
        ("<div style='white-space: pre-wrap'>职责\n甲乙</div>", ["职责", "甲乙"]),
        ("<div>职责：\n1、甲\n2、乙</div>", ["职责：", "1、甲", "2、乙"]),
        ("<table><tr><td>学历<td>本科<tr><td>部门<td>财务部</table>", ["学历：本科", "部门：财务部"]),
        ("<table><tr><td>岗位名称<td>出纳<td>部门<td>财务部</table>", ["岗位名称：出纳", "部门：财务部"]),
        ("<table><tr><td rowspan=2>职责<td>1<td>甲<tr><td>2<td>乙</table>", ["职责：", "1、甲", "2、乙"]),
        ("<dl><dt>工作地点<dd>上海<dt>职责<dd>甲<p>乙</dl>", ["工作地点：上海", "职责：", "甲", "乙"]),
        ("A&amp;B&nbsp;&lt;C&gt;", ["A&B\xa0<C>"]),
        ("<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字", ["漢字"]),
    ],
)
def test_blocks_lists_and_tables_become_lines(html: str, lines: list[str]) -> None:
    assert text_of(f"<div>{html}</div>").split("\n") == lines


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("前台主管招聘_某某酒店招聘信息_某某人才网", "前台主管"),
        ("「前台主管招聘」_某某酒店招聘-某某直聘", "前台主管"),
        ("前台主管岗位职责 - 某某文库", "前台主管岗位职责"),
        ("前台主管-某某酒店有限公司-招聘信息", "前台主管"),
    ],
)
def test_a_page_without_a_heading_is_called_as_its_head_says(said: str, title: str) -> None:
    assert page("<p>岗位职责：</p><p>1、接待宾客</p>", said) == [title, "岗位职责：", "1、接待宾客"]


def test_a_title_that_stands_in_the_body_is_not_said_twice() -> None:
    assert page("<b>首页</b><div>出纳</div><p>岗位职责：付款</p>", "出纳_招聘_某某网") == ["出纳", "岗位职责：付款"]


def test_a_page_within_one_form_keeps_its_text() -> None:
    assert page("<form><h1>出纳</h1><p>岗位职责：付款</p></form>") == ["出纳", "岗位职责：付款"]


def test_fields_that_only_the_design_parts_are_told_apart_and_tags_and_recruiters_are_left_out() -> None:
    body = """<h1>会展执行</h1><div class="facts"><a class="city">南京</a><span class="years">1-3年</span></div>
        <div class="job-banner"><div class="btn-box"><a>收藏</a><a>投递简历</a></div></div><h3>职位描述</h3>
        <div class="skills-box"><span class="skill-one">布展</span><span class="skill-one">物料</span></div>
        <p class="s0"><span class="s1">1、跟进</span><span class="s2">物料制作；</span></p>
        <p><span style="x:y">2、现场</span><span style="x:z">撤展。</span></p>
        <div class="job-skill-box"><p>任职要求：</p><p>熟悉会展流程</p></div>
        <div class="job-boss-box"><h2>某女士</h2>人事主管</div>
        <dl><dt>其他</dt><dd>所属部门：会展部</dd><dd>下属人数：2</dd></dl>"""
    assert page(body) == [
        "会展执行",
        "南京",
        "经验要求：1-3年工作经验",
        "职位描述",
        "1、跟进物料制作；",
        "2、现场撤展。",
        "任职要求：",
        "熟悉会展流程",
        "其他",
        "所属部门：会展部",
        "下属人数：2",
    ]


def test_html_is_told_by_its_content() -> None:
    data = "<div><p>岗位职责：</p><p>1、付款；</p><p>2、对账。</p></div>".encode()
    assert read(Source("a.txt", "a.txt", data)).text == "岗位职责：\n1、付款；\n2、对账。"
    assert read(Source("a.doc", "a.doc", b"<html><body>" + data)).media_type == "text/html"


def test_a_page_saved_in_one_file_is_read() -> None:
    html = "<html><body><h1>出纳</h1><p>岗位职责：付款</p></body></html>"
    quoted = "".join(f"={byte:02X}" for byte in html.encode("gb18030"))
    lines = ["From: <Saved by Blink>", 'Content-Type: multipart/related; type="text/html"; boundary="--b--"', "", ""]
    lines += ["----b--", "Content-Type: text/html; charset=gb18030", "Content-Transfer-Encoding: quoted-printable", ""]
    data = "\r\n".join([*lines, quoted, "----b----", ""]).encode()
    raw = read(Source("a.mhtml", "a.mhtml", data))
    assert raw.text == "出纳\n岗位职责：付款"
    assert raw.media_type == "multipart/related"


def test_a_page_that_only_a_script_fills_says_so() -> None:
    with pytest.raises(BadInput, match="without text") as caught:
        page("<div id=app></div><script>1</script>")
    assert "script" in caught.value.remedy


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<ul><li>" * 100_000,
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        "<select>" + "<option>x" * 100_000,
        "<table><tr><td rowspan=9>" * 400 + "x",
        "<b>" * 100_000,
        "<!--" * 300_000,
        "<script>" * 300_000,
        "<p>x" * 60_000,
        "<li>x</li>\n" * 40_000,
        "<tr><td rowspan=1000>职责</td>" * 5_000,
        "<table>" + ("<tr>" + "<td rowspan=99>职责</td>" * 60) * 300,
        "&" * 1_000_000,
        "\n1、" * 300_000,
        "<div class=nav>职责" * 499 + "x" * 1_000_000,
    ],
)
def test_what_is_made_to_take_for_ever_ends_soon(html: str) -> None:
    began = time.process_time()
    try:
        page(html)
    except BadInput as error:
        assert "a.html" in error.problem  # noqa: PT017
    assert time.process_time() - began < 15
