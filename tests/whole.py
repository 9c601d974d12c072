"""A small graph that has something of everything, and the reads that an export needs without any store."""

from __future__ import annotations

import hashlib
import io

from graphmodel.graph import Graph, Reading, SkillScheme, applied_edges, counted_postings, derive, needs_edges, union
from graphmodel.identity import (
    candidate_id,
    department_id,
    document_id,
    duty_id,
    indicator_id,
    kind_of,
    posting_id,
    requirement_id,
    role_id,
)
from graphmodel.nodes import Department, Document, Duty, Indicator, Note, Posting, Requirement, Role, Skill
from graphmodel.relations import Link, department_mention, fact_mention, item_mention, skill_mention
from graphmodel.store import open_store
from ontology.export import export
from ontology.terms import BASE

ESCO = "http://data.europa.eu/esco/skill/"
SCHEME = SkillScheme(
    "taxonomy-1",
    (
        Skill("skill:analysis", "分析", "analysis", definition="弄清楚事物的构成。"),
        Skill("skill:market-analysis", "市场分析", "market analysis", ("市场洞察", "市場洞察"), ("market insight",)),
        Skill("skill:user-analysis", "用户分析", "user analysis", close_match=(ESCO + "u", "http://example.org/users")),
        Skill("skill:excel", "Excel", "Excel", ("电子表格",), ("Excel",), "tool", exact_match=(ESCO + "x",)),
    ),
    (("skill:market-analysis", "skill:analysis"), ("skill:user-analysis", "skill:analysis")),
    (("skill:market-analysis", "skill:user-analysis"),),
    (
        ("skill:ms-excel", "skill:excel"),
        (candidate_id("市场洞察"), "skill:market-analysis"),
        (candidate_id("电子表格"), "skill:excel"),
    ),
)
OLDER = SkillScheme(
    "taxonomy-0",
    (Skill("skill:excel", "Excel", alt_names=("写表格",)), Skill("skill:abacus", "珠算", "abacus")),
    (),
    (),
    (("skill:spreadsheet", "skill:excel"), (candidate_id("写表格"), "skill:excel")),
)
ODD = '用"引号"、反斜线\\与\t制表符\n换行'


def reading(origin: str, role: str, *, odd: bool = False) -> Reading:
    """A document with one posting that states something in every relation."""
    document, posting = document_id(origin), posting_id(origin, 1)
    duty = Duty(duty_id("与财务部一起分析市场"), "与财务部一起分析市场")
    own = Duty(duty_id(f"{role}写周报"), f"{role}写周报")
    need = Requirement(
        requirement_id("本科,3年以上经验,熟悉Excel优先"), "本科,3年以上经验,熟悉Excel优先",
        "education", "本科", 3.0, "市场", ("数学", "统计学"), ("CPA",), ("英语",),
    )  # fmt: skip
    ours = Department(department_id("市场部"), "市场部")
    finance, company = Department(department_id("财务部"), "财务部"), Department(department_id("总部"), "总部")
    target, boss = Role(role_id("市场总监"), "市场总监", (), False), Role(role_id("经理"), "经理", (), False)
    indicator = Indicator(indicator_id("接通率"), "接通率")
    candidate = Skill(candidate_id("写周报"), "写周报", status="candidate")
    subject = Role(role_id(role), role, ("市場專員",) if odd else ())
    notes = (Note("masked", 30, 41, "a mobile number"), Note("repaired", 2, 3, ODD)) if odd else ()
    nodes = (
        Document(document, origin, hashlib.sha256(origin.encode()).hexdigest(), notes=notes),
        Posting(posting, document, 1, role, organization="栖鹿旅行", place="宁远", end=90, fingerprint=origin),
        subject, duty, own, need, ours, finance, company, target, boss, indicator, candidate,
        *SCHEME.skills,
    )  # fmt: skip
    place = ((4, 9), (12, 20))
    mentions = (
        fact_mention("DESCRIBES", posting, subject.id, posting, role, 1, ((0, 3),)),
        fact_mention("BELONGS_TO", subject.id, ours.id, posting, "市场部", 2, ((4, 7),)),
        fact_mention("REPORTS_TO", subject.id, boss.id, posting, "经理", 2, ((8, 10),)),
        fact_mention("LEADS_TO", subject.id, target.id, posting, "市场总监", 9, ((70, 74),)),
        fact_mention("PART_OF", ours.id, company.id, posting, "总部市场部", 2, ((4, 9),)),
        fact_mention("MEASURED_BY", subject.id, indicator.id, posting, "接通率", 8, ((60, 63),), "接起的占比", "90%"),
        item_mention("HAS_DUTY", subject.id, duty.id, posting, "职责", 3, place),
        item_mention("HAS_DUTY", subject.id, own.id, posting, ODD if odd else None, 4, ((21, 25),)),
        item_mention("HAS_REQUIREMENT", subject.id, need.id, posting, "要求", 6, ((40, 50),), "preferred"),
        skill_mention(duty.id, "skill:market-analysis", "分析市场", 6, 10, "pattern", 0.9),
        skill_mention(own.id, candidate.id, "写周报", len(role), len(role) + 3, "candidate", 1 / 3),
        skill_mention(need.id, "skill:excel", "Excel", 11, 16, "label", 1.0, "preferred", "熟悉"),
        department_mention(duty.id, finance.id, "财务部", 1, 4),
    )
    graph = Graph({node.id: node for node in nodes}, {mention.id: mention for mention in mentions})
    return Reading(graph.nodes[document], "正文" * 50, graph, "reader-1", SCHEME.digest)


READINGS = [reading("a.txt", "市场专员", odd=True), reading("b/二.txt", "数据分析"), reading("c.txt", "市场专员")]


class InMemory:
    """The reads that an export needs, straight from the graph as a value: another road than the stores'."""

    def __init__(self, readings):
        self._readings = list(readings)
        graph = union(reading.graph for reading in self._readings)
        self._nodes = graph.nodes | {skill.id: skill for skill in SCHEME.skills}
        origins = {node.id: node.origin for node in graph.nodes.values() if isinstance(node, Document)}
        postings = [node for node in graph.nodes.values() if isinstance(node, Posting)]
        derived = derive(graph.mentions.values(), counted_postings(postings, origins))
        links = [Link("BROADER", *pair) for pair in SCHEME.broader] + [
            Link("RELATED", *pair) for pair in SCHEME.related
        ]
        self._edges = [*graph.mentions.values(), *links, *needs_edges(derived), *applied_edges(derived)]

    def nodes(self, kind, ids=None, where=None, order="id", after=None, before=None, limit=None):
        last = after[0] if after else ""
        chosen = self._nodes if ids is None else self._nodes.keys() & set(ids)
        return [self._nodes[id] for id in sorted(chosen) if kind_of(id) == kind and id > last][:limit]

    def edges(self, relation, sources=None, targets=None):
        chosen = [
            e
            for e in self._edges
            if e.relation == relation
            and (sources is None or e.source in sources)
            and (targets is None or e.target in targets)
        ]
        return iter(sorted(chosen, key=lambda edge: (edge.source, edge.target, getattr(edge, "id", ""))))

    def pairs(self, relation, sources):
        return iter(dict.fromkeys((edge.source, edge.target) for edge in self.edges(relation, sources)))

    def mentions(self):
        return iter(sorted((edge for edge in self._edges if hasattr(edge, "id")), key=lambda edge: edge.id))

    def readings(self, origins=None):
        chosen = (each for each in self._readings if origins is None or each.document.origin in origins)
        return iter(sorted(chosen, key=lambda each: each.document.origin))

    def aliases(self, ids=None):
        return dict(SCHEME.aliases)


def exported(view, format="turtle", base=BASE) -> tuple[bytes, int]:
    out = io.BytesIO()
    count = export(view, out, format, base)
    return out.getvalue(), count


def stored(readings, url="sqlite://"):
    store = open_store(url)
    store.set_taxonomy(SCHEME)
    store.add_many(readings)
    return store


class Many(InMemory):
    """As many duties of one role as asked for, made while they are read."""

    def __init__(self, duties: int):
        self._duties, self._role = duties, Role("role:" + "0" * 16, "店长")

    def nodes(self, kind, ids=None, where=None, order="id", after=None, before=None, limit=None):
        if kind == "duty":
            first = int(after[0].partition(":")[2], 16) + 1 if after else 0
            ids = (f"duty:{i:016x}" for i in range(first, min(first + limit, self._duties)))
            return [Duty(id, f"{id}的计划与执行") for id in ids]
        if kind == "posting" and ids:
            return [Posting("posting:1", "document:1", 1, "店长")]
        return [self._role] if kind == "role" and not after else []

    def edges(self, relation, sources=None, targets=None):
        return iter(())

    def pairs(self, relation, sources):
        return iter(())

    def mentions(self):
        for i in range(self._duties):
            yield item_mention("HAS_DUTY", self._role.id, f"duty:{i:016x}", "posting:1", "职责", i, ((i, i + 9),))

    def aliases(self, ids=None):
        return {}
