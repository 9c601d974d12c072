"""What a posting is read into: titles, items with their places, stated facts, notes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.headings import find
from loaders.names import clean, kind_of
from loaders.numbering import pieces
from loaders.posting import JobPosting, Parsed, parse
from loaders.text import normalise

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def read(raw: str, name: str = "post") -> Parsed:
    return parse(normalise(raw), name)


def only(raw: str) -> JobPosting:
    (posting,) = read(raw).postings
    return posting


def texts(posting: JobPosting, side: str) -> list[str]:
    return [item.text for item in posting.items if item.section == side]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("陶艺师岗位职责范文(二)", "陶艺师"),
        ("第5篇 灯塔看守员岗位说明书", "灯塔看守员"),
        ("诚聘灯光师月薪8000+包住", "灯光师"),
        ("ABC12-77 高级调香师", "高级调香师"),
        ("调香师(MJ001234)", "调香师"),
        ("调香师（海外方向）", "调香师（海外方向）"),
        ("云岭花坊诚聘花艺师", "花艺师"),
        ("招聘专员岗位职责", "招聘专员"),
        ("冲/调音师", "冲/调音师"),
        ("花艺师12-18K", "花艺师"),
        ("诚聘花艺师3名", "花艺师"),
        ("花艺师（婚礼）招聘", "花艺师（婚礼）"),
        ("急招！花艺师若干名（包吃住，月休4天）", "花艺师"),
        ("花艺师（婚礼） 招聘人数：2人 工作地点：昆明", "花艺师（婚礼）"),
        ("花艺师-昆明-8K", "花艺师"),
        ("[昆明]花艺师（2031届）", "花艺师"),
        ("Floral Art Director 花艺总监", "花艺总监"),
        ("什么是花艺师？花艺师的工作内容和要求", "花艺师"),
        ("花艺师岗位职责范本 篇2", "花艺师"),
        ("我们在寻找 | 花艺师（婚礼方向）", "花艺师（婚礼方向）"),
    ],
)
def test_the_name_in_a_title_line(line: str, name: str) -> None:
    assert clean(line) == name


@pytest.mark.parametrize(("name", "kind"), [("陶艺部", "department"), ("采编中心", "department"), ("陶艺师", "role")])
def test_a_department_is_known_by_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_items_say_where_they_stand() -> None:
    raw = "陶艺师\n\n岗位职责：\n1、拉坯,修坯；\n2、调釉。\n加分项：\n1、会柴烧"
    text = normalise(raw)
    (posting,) = parse(text).postings
    assert [(i.section, i.text, i.heading, i.line, i.necessity) for i in posting.items] == [
        ("duty", "拉坯，修坯", "岗位职责", 4, "required"),
        ("duty", "调釉", "岗位职责", 5, "required"),
        ("requirement", "会柴烧", "加分项", 7, "preferred"),
    ]
    assert all(text.forward(item.spans) == item.text for item in posting.items)
    assert (posting.title, posting.line, posting.spans) == ("陶艺师", 1, ((0, 3),))
    assert (posting.start, posting.end) == (0, len(raw))


def test_an_item_that_is_only_wished_for() -> None:
    post = only("陶艺师\n任职要求：1、有柴烧经验者优先；2、大专以上学历，陶艺专业优先")
    assert [item.necessity for item in post.items] == ["preferred", "required"]


def test_the_labels_of_items_become_their_headings() -> None:
    post = only("窑工\n岗位职责\n1、装窑：按图码放坯体，留出火路；\n2、看火，负责记录窑温和烧成曲线；\n3、出窑。")
    assert [(item.heading, item.text) for item in post.items] == [
        ("装窑", "按图码放坯体，留出火路"),
        ("看火", "负责记录窑温和烧成曲线"),
        ("岗位职责", "出窑"),
    ]


def test_nested_numbers_hang_under_their_headings() -> None:
    post = only("窑工岗位职责\n1. 主要职责 1.1 装窑•码放坯体；•封窑门。1.2 看火•记录窑温。\n2. 任职要求•会看火色。")
    assert [(item.heading, item.text) for item in post.items] == [
        ("装窑", "码放坯体"),
        ("装窑", "封窑门"),
        ("看火", "记录窑温"),
        ("任职要求", "会看火色"),
    ]


def test_an_article_that_describes_several_roles() -> None:
    parsed = read(
        "马戏团有哪些岗位\n\n1. 驯兽师驯兽师是马戏团的核心岗位。驯兽师负责训练动物，并编排节目。"
        "他们需要具备耐心，定期检查笼舍。\n"
        "2. 空中飞人空中飞人是最惊险的角色。空中飞人团队负责完成高空动作。"
    )
    assert [p.title for p in parsed.postings] == ["驯兽师", "空中飞人"]
    assert texts(parsed.postings[0], "duty") == ["负责训练动物", "编排节目", "定期检查笼舍"]
    assert texts(parsed.postings[0], "requirement") == ["需要具备耐心"]


def test_introductions_and_conclusions_state_only_what_they_say_of_the_role() -> None:
    post = only(
        "灯塔看守员岗位职责\n岗位概述\n灯塔看守员是港口的重要岗位，负责夜间点灯。本文将介绍该岗位。港口历史悠久。\n"
        "主要职责\n1、擦拭透镜；\n2、记录船只。\n总结\n总之，灯塔看守员是航海者的朋友，需要具备守夜的耐心。"
    )
    assert texts(post, "duty") == ["负责夜间点灯", "擦拭透镜", "记录船只"]
    assert texts(post, "requirement") == ["需要具备守夜的耐心"]


def test_a_department_its_procedure_and_its_indicators() -> None:
    post = only(
        "灯塔管理中心部门职责\n灯塔管理中心隶属于港务部。\n部门职责\n1、维护灯塔；\n2、培训看守员。\n工作流程\n1、接报；\n2、派船。\n"
        "关键指标\n1、亮灯率：亮灯时间的占比，不低于99%；\n2、响应时间：从报修到派船的时间。"
    )
    assert (post.title, post.kind) == ("灯塔管理中心", "department")
    assert texts(post, "duty") == ["维护灯塔", "培训看守员"]
    assert [(f.relation, f.name, f.definition, f.goal) for f in post.facts] == [
        ("MEASURED_BY", "亮灯率", "亮灯时间的占比，不低于99%", "亮灯时间的占比，不低于99%"),
        ("MEASURED_BY", "响应时间", "从报修到派船的时间", None),
        ("PART_OF", "港务部", None, None),
    ]


def test_a_form_with_fields() -> None:
    post = only(
        "岗位说明书\n岗位名称：灯塔看守员\n所属部门：航标部\n直接上级：航标站长\n工作地点：青屿\n公司名称：青屿港务有限公司\n"
        "岗位职责：\n1、点灯；\n2、守夜。\n职业发展：可晋升为航标站长，也可向引航员方向发展。"
    )
    assert (post.title, post.organization, post.place) == ("灯塔看守员", "青屿港务有限公司", "青屿")
    assert texts(post, "duty") == ["点灯", "守夜"]
    assert {(f.relation, f.name) for f in post.facts} == {
        ("BELONGS_TO", "航标部"),
        ("REPORTS_TO", "航标站长"),
        ("LEADS_TO", "航标站长"),
        ("LEADS_TO", "引航员"),
    }


def test_the_employers_name_stays_and_the_short_name_is_an_alternative() -> None:
    post = only("青屿港务灯塔看守员岗位职责\n青屿港务公司招人。\n1、点灯；\n2、守夜。")
    assert (post.title, post.alt_titles) == ("青屿港务灯塔看守员", ("灯塔看守员",))


def test_a_repeated_block_is_folded_and_noted() -> None:
    block = "工作职责\n1、点灯；\n2、守夜。\n任职资格\n1、不怕黑；\n2、会游泳。 "
    text = normalise("第1篇 灯塔看守员岗位职责\n" + block + block)
    parsed = parse(text)
    assert [item.text for item in parsed.postings[0].items] == ["点灯", "守夜", "不怕黑", "会游泳"]
    (note,) = parsed.notes
    assert note.code == "repeated"
    assert text.raw[note.start : note.end].startswith("点灯")


def test_what_is_left_out_is_noted() -> None:
    text = normalise("灯塔看守员\n岗位职责：1、点灯\n福利待遇：1、包吃住；2、发雨衣")
    (note,) = parse(text).notes
    assert note.code == "section-cut"
    assert text.raw[note.start : note.end] == "福利待遇：1、包吃住；2、发雨衣"


def test_a_text_without_a_posting() -> None:
    assert read("港口昨日大雾，所有航班停航。").postings == ()
    assert read("").postings == ()


def test_the_files_name_is_the_title_of_a_text_that_has_none() -> None:
    assert read("岗位职责：1、点灯；2、守夜", "灯塔看守员").postings[0].title == "灯塔看守员"


def test_titles_of_short_words_are_not_taken_off_their_items() -> None:
    assert texts(only("采购\n岗位职责：1、采购原材料；2、采购合同归档"), "duty") == ["采购原材料", "采购合同归档"]


@given(st.text(alphabet="岗位职责任要求：1２2.、；。负责\n •（）(3年A 一", max_size=80))
def test_any_text_is_read_and_every_item_is_in_its_place(raw: str) -> None:
    text = normalise(raw)
    for posting in parse(text).postings:
        for item in posting.items:
            assert text.forward(item.spans).replace("\n", "") == item.text
            assert item.text == item.text.strip()


@given(st.text(alphabet="123、.；。负责（）\n ", max_size=60))
def test_pieces_cover_a_text_in_order(raw: str) -> None:
    found = pieces(raw, 0, len(raw))
    assert all(a.end == b.mark for a, b in pairwise(found))
    assert all(piece.mark <= piece.start <= piece.end for piece in found)


def test_headings_name_their_kind_and_number() -> None:
    (heading,) = find("3. 任职要求：会游泳", 0, 10)
    assert (heading.kind, heading.label, heading.number) == ("requirement", "任职要求", 3)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not at ../shared/seeds")
def test_the_seeds() -> None:
    parsed = {path.stem[:3]: read(path.read_text("utf-8"), path.stem) for path in sorted(SEEDS.glob("*.txt"))}
    assert [len(parsed[key].postings) for key in ("000", "001")] == [19, 5]
    departments = [p.title for p in parsed["000"].postings if p.kind == "department"]
    assert len(departments) == 2
    assert all(title.endswith("中心") for title in departments)
    assert [n.code for n in parsed["001"].notes].count("repeated") == 2
    assert sum(len(p.items) for one in parsed.values() for p in one.postings) == pytest.approx(245, abs=8)
