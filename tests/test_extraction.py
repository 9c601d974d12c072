"""What a posting becomes in the graph: nodes, mentions with their evidence, conditions, departments, candidates."""

from __future__ import annotations

import time

import pytest

from graphmodel.graph import Graph, check
from graphmodel.identity import document_id
from graphmodel.nodes import Department, Document, Posting, Requirement, Role
from graphmodel.relations import DepartmentMention, SkillMention
from loaders.context import Section
from loaders.extraction import extract, read_item
from loaders.fields import read_fields
from loaders.lexicon import lexicon
from loaders.posting import Fact, Item, JobPosting, Parsed
from loaders.records import records
from loaders.teams import find_teams
from loaders.text import Text

TITLE = "客房主管"
DUTIES = ("与工程部、采购部对接，安排设备维护", "处理客人投诉")
REQUIREMENTS = ("大专及以上学历，3年以上酒店管理经验", "熟悉Lanxin，沟通能力强", "会日语者优先")
TEXT = Text("\n".join((TITLE, *DUTIES, *REQUIREMENTS)), "", ())


def job(title: str = TITLE, facts: tuple[Fact, ...] = (), first: int = 0) -> JobPosting:
    items = [
        Item("duty", text, "岗位职责", 2, ((first + 10 * n, first + 10 * n + 5),)) for n, text in enumerate(DUTIES)
    ]
    items += [
        Item("requirement", text, "任职要求", 4, ((first + 50 + 10 * n, first + 55 + 10 * n),))
        for n, text in enumerate(REQUIREMENTS)
    ]
    return JobPosting(title, (), "role", "海角酒店", None, 1, ((0, 4),), first, first + 99, tuple(items), facts)


def graph_of(*jobs: JobPosting) -> Graph:
    document = Document(document_id("a.txt"), "a.txt", "0")
    graph = extract(document, TEXT, Parsed(jobs, ()))
    check(graph)
    return graph


def test_a_posting_becomes_a_role_its_items_and_their_skills() -> None:
    (record,) = records(graph_of(job()))
    assert (record["document"], record["title"], record["organization"]) == ("a.txt", TITLE, "海角酒店")
    assert [duty["text"] for duty in record["duties"]] == list(DUTIES)
    (complaint,) = record["duties"][1]["skills"]
    assert complaint["name"] == "投诉处理"
    assert complaint["evidence"] == DUTIES[1][complaint["start"] : complaint["end"]] == "处理客人投诉"
    assert {department["name"] for department in record["duties"][0]["departments"]} == {"工程部门", "采购部门"}


def test_conditions_candidates_and_preferences() -> None:
    (record,) = records(graph_of(job()))
    school, tools, language = record["requirements"]
    assert (school["type"], school["education"], school["min_years"]) == ("education", "大专", 3)
    assert school["experience_field"] == "酒店管理"
    (candidate,) = (skill for skill in tools["skills"] if skill["method"] == "candidate")
    assert (candidate["name"], candidate["type"]) == ("Lanxin", "tool")
    assert language["languages"] == ("日语",)
    assert [skill["necessity"] for skill in language["skills"]] == ["preferred"]


def test_facts_make_named_roles_departments_and_indicators() -> None:
    spans = ((0, 2),)
    graph = graph_of(
        job(
            facts=(
                Fact("BELONGS_TO", "客房部", "所属部门：客房部", 1, spans),
                Fact("LEADS_TO", "房务总监", "可晋升为房务总监", 1, spans),
                Fact("MEASURED_BY", "客房完好率", "客房完好率≥98%", 1, spans, "完好客房的比例", "≥98%"),
            )
        )
    )
    roles = {node.name: node.described for node in graph.nodes.values() if isinstance(node, Role)}
    assert roles == {TITLE: True, "房务总监": False}
    (record,) = records(graph)
    assert [home["name"] for home in record["departments"]] == ["客房部门"]
    assert [step["name"] for step in record["leads_to"]] == ["房务总监"]
    assert record["indicators"][0]["definition"] == "完好客房的比例"


def test_equal_postings_have_one_fingerprint_and_share_their_items() -> None:
    graph = graph_of(job(), job(first=200), job("客房领班", first=400))
    one, two, three = (node.fingerprint for node in graph.nodes.values() if isinstance(node, Posting))
    assert one == two != three
    assert len(graph.nodes) == len(graph_of(job()).nodes) + 3


def test_a_posting_with_its_items_in_another_order_or_said_twice_is_the_same_posting() -> None:
    one = job()
    other = one._replace(items=(*reversed(one.items), one.items[0]))
    prints = {node.fingerprint for node in graph_of(one, other).nodes.values() if isinstance(node, Posting)}
    assert len(prints) == 1


def test_extraction_is_a_function_of_its_arguments() -> None:
    assert repr(graph_of(job())) == repr(graph_of(job()))


def test_mentions_of_an_item_do_not_depend_on_the_posting() -> None:
    def said(graph: Graph) -> set[str]:
        return {m.id for m in graph.mentions.values() if isinstance(m, (SkillMention, DepartmentMention))}

    assert said(graph_of(job())) == said(graph_of(job("客房领班", first=400)))


@pytest.mark.parametrize(
    ("text", "education", "years"),
    [
        ("统招本科", "本科", None),
        ("硕士优先，本科及以上学历", "本科", None),
        ("学士或硕士学位", "本科", None),
        ("中专以上文化程度", "中专", None),
        ("研究生及以上学历", "硕士", None),
        ("学历不限", None, None),
        ("指导本科生实习", None, None),
        ("3-5年工作经验", None, 3),
        ("三年以上从业经验", None, 3),
        ("半年以上工作经验", None, 0.5),
        ("十年以上管理经验", None, 10),
        ("一年半以上工作经验", None, 1.5),
        ("6个月以上相关经验", None, 0.5),
        ("5年以上工作经验，其中2年以上管理经验", None, 5),
        ("2年以上经验，5年以上者优先", None, 2),
        ("本科需3年以上工作经验，硕士需1年以上工作经验", "本科", 3),
        ("公司成立于2015年", None, None),
        ("近3年无不良记录", None, None),
    ],
)
def test_education_and_years(text: str, education: str | None, years: float | None) -> None:
    fields = read_fields(text)
    assert (fields.education, fields.min_years) == (education, years)


def test_majors_certificates_and_languages() -> None:
    fields = read_fields("本科以上学历，会计、金融等相关专业，持有会计从业资格证，英语六级")
    assert fields.majors == ("会计", "金融")
    assert "会计从业资格证" in fields.certificates
    assert "英语六级" in fields.certificates
    assert fields.languages == ("英语",)


@pytest.mark.parametrize(
    ("text", "teams"),
    [
        ("与设计、研发和测试等部门协作", {"设计部门": "with", "研发部门": "with", "测试部门": "with"}),
        ("协助人事部办理入职", {"人力资源部门": "for"}),
        ("配合客服部和财务部核对账目", {"客户服务部门": "with", "财务部门": "with"}),
        ("管理仓储部门", {"仓储部门": "manages"}),
        ("对接配送团队", {"配送团队": "with"}),
        ("推动技术方排期", {"技术部门": "with"}),
        ("与各部门、其他部门及相关部门沟通", {}),
        ("跨部门沟通", {}),
        ("做好部分工作的部署", {}),
        ("打造优秀团队", {}),
    ],
)
def test_departments_in_a_sentence(text: str, teams: dict[str, str]) -> None:
    assert {team.name: team.how for team in find_teams(text)} == teams


def test_a_department_is_one_node_however_it_is_spelled() -> None:
    graph = graph_of(job(facts=(Fact("BELONGS_TO", "工程部", "工程部", 1, ((0, 2),)),)))
    names = [node.name for node in graph.nodes.values() if isinstance(node, Department)]
    assert sorted(names) == ["工程部门", "采购部门"]


def test_requirements_keep_only_what_is_stated() -> None:
    graph = graph_of(job())
    stated = [node for node in graph.nodes.values() if isinstance(node, Requirement) and node.education]
    assert len(stated) == 1


@pytest.mark.parametrize(
    "words",
    [
        "市场分析",
        "负责会员运营管理客户关系报表制作",
        "熟悉市场",
        "铣床、磨床等",
        "（市场",
        "会计，专业",
        "与财务",
    ],
)
@pytest.mark.parametrize("section", ["duty", "requirement"])
def test_an_item_without_punctuation_costs_what_its_length_does(section: Section, words: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        read_item.__wrapped__(lexicon(), section, words * times)
        return time.process_time() - started

    short, long = (min(seconds(times) for _ in range(3)) for times in (400, 3200))
    assert long < 32 * short + 0.05  # in the square it would be 64 times as long


def test_a_long_list_with_a_word_of_examples_further_on_is_read_at_once() -> None:
    started = time.process_time()
    read_item.__wrapped__(lexicon(), "duty", "负责市场分析" + "、客户" * 60 + "的工作，等")
    assert time.process_time() - started < 1


def test_thousands_of_marks_in_a_row_are_no_depth() -> None:
    for mark in "，（":
        assert read_item.__wrapped__(lexicon(), "requirement", mark * 3000 + "市场分析").mentions
