"""Readings made without a reader: small ones to be stated in a test, and large ones of any size. No randomness."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from graphmodel.graph import Graph, Reading, SkillScheme
from graphmodel.identity import (
    candidate_id,
    department_id,
    document_id,
    duty_id,
    indicator_id,
    posting_id,
    requirement_id,
    role_id,
    skill_id,
)
from graphmodel.nodes import Department, Document, Duty, Indicator, Posting, Requirement, Role, Skill
from graphmodel.relations import department_mention, fact_mention, item_mention, skill_mention

READER = "test 1"
WORK = "调研策划撰写跟踪分析优化组织维护制定执行评估协调采购测试培训核算设计审核汇总推广"
THINGS = "市场预算活动报表门店用户合同库存渠道课程项目投标工艺质量线路账目版面客诉样品价格"


def skill_slug(name: str) -> str:
    """The id of a skill of these tests: its name stands in the slug as it is if it is ASCII, else as a digest."""
    return name.lower() if name.isascii() else "s" + hashlib.sha256(name.encode()).hexdigest()[:12]


class Item:
    """A duty (`要求=False`) or requirement with the skills and departments that its text holds, word for word."""

    def __init__(
        self,
        text: str,
        skills: Sequence[str] = (),
        departments: Sequence[str] = (),
        *,
        candidates: Sequence[str] = (),
        wanted: bool = False,
        preferred: bool = False,
    ) -> None:
        self.text, self.skills, self.departments, self.candidates = text, skills, departments, candidates
        self.wanted, self.preferred = wanted, preferred


class Post:
    """One posting: its title as this document spells it, its items, the department it belongs to, and more facts."""

    def __init__(
        self,
        title: str,
        items: Sequence[Item] = (),
        *,
        department: str | None = None,
        kind: str = "role",
        leads_to: Sequence[str] = (),
        indicators: Sequence[str] = (),
        alt: Sequence[str] = (),
        fingerprint: str | None = None,
        organization: str | None = None,
    ) -> None:
        self.title, self.items, self.department, self.kind = title, items, department, kind
        self.leads_to, self.indicators, self.alt = leads_to, indicators, alt
        self.fingerprint, self.organization = fingerprint, organization


def reading(origin: str, posts: Sequence[Post], *, reader: str = READER, taxonomy: str = "", more: str = "") -> Reading:
    """What a reader would make of a document with these postings. `more` changes the content and nothing else."""
    nodes, mentions = {}, {}
    lines: list[str] = []

    def put(*values):
        for value in values:
            (mentions if value.id.startswith("mention:") else nodes).setdefault(value.id, value)

    def line(text: str):
        """The text as the next line of the document, and the keywords that place it."""
        start = sum(len(each) + 1 for each in lines)
        lines.append(text)
        return {"line": len(lines), "spans": ((start, start + len(text)),)}

    document = document_id(origin)
    for number, post in enumerate(posts, 1):
        posting = posting_id(origin, number)
        start = sum(len(each) + 1 for each in lines)
        place = line(post.title)
        if post.kind == "role":
            subject = role_id(post.title)
            put(Role(subject, post.title, tuple(sorted(post.alt))))
        else:
            subject = department_id(post.title)
            put(Department(subject, post.title, tuple(sorted(post.alt))))
        put(fact_mention("DESCRIBES", posting, subject, posting, post.title, **place))
        if post.department:
            department = department_id(post.department)
            put(Department(department, post.department))
            put(fact_mention("BELONGS_TO", subject, department, posting, post.department, **line(post.department)))
        for title in post.leads_to:
            put(Role(role_id(title), title, described=False))
            put(fact_mention("LEADS_TO", subject, role_id(title), posting, title, **line(title)))
        for name in post.indicators:
            put(Indicator(indicator_id(name), name))
            put(fact_mention("MEASURED_BY", subject, indicator_id(name), posting, name, **line(name), goal="每月"))
        for item in post.items:
            id = requirement_id(item.text) if item.wanted else duty_id(item.text)
            put(Requirement(id, item.text, "skill") if item.wanted else Duty(id, item.text))
            relation = "HAS_REQUIREMENT" if item.wanted else "HAS_DUTY"
            heading = "任职要求" if item.wanted else "岗位职责"
            necessity = "preferred" if item.preferred else "required"
            put(item_mention(relation, subject, id, posting, heading, **line(item.text), necessity=necessity))
            for name in (*item.skills, *item.candidates):
                at = item.text.index(name)
                if name in item.candidates:
                    skill, method, status = candidate_id(name), "candidate", "candidate"
                else:
                    skill, method, status = skill_id(skill_slug(name)), "label", "curated"
                put(Skill(skill, name, status=status))
                put(skill_mention(id, skill, name, at, at + len(name), method))
            for name in item.departments:
                at = item.text.index(name)
                put(Department(department_id(name), name))
                put(department_mention(id, department_id(name), name, at, at + len(name)))
        text = "\n".join(lines)
        said = post.fingerprint if post.fingerprint is not None else hashlib.sha256(text[start:].encode()).hexdigest()
        place_in_text = {"start": start, "end": len(text), "fingerprint": said}
        put(Posting(posting, document, number, post.title, post.kind, post.organization, **place_in_text))
    text = "\n".join(lines)
    prints = [post.fingerprint or "-" for post in posts if post.fingerprint is not None]
    content = hashlib.sha256("\0".join([text, more, *prints]).encode()).hexdigest()
    node = Document(document, origin, content)
    put(node)
    return Reading(node, text, Graph(nodes, mentions), reader, taxonomy)


def scheme(names: Sequence[str], digest: str, **aliases: str) -> SkillScheme:
    """A taxonomy of skills with these names, each but the first narrower than the first."""
    skills = tuple(Skill(skill_id(skill_slug(name)), name, name_en=None) for name in names)
    broader = tuple((skill.id, skills[0].id) for skill in skills[1:])
    candidates = tuple((candidate_id(name), skill_id(skill_slug(name))) for name in names)
    renamed = tuple((skill_id(skill_slug(old)), skill_id(skill_slug(new))) for old, new in aliases.items())
    return SkillScheme(digest, skills, broader, (), (*candidates, *renamed))


def many(
    documents: int,
    *,
    roles: int = 1000,
    skills: int = 300,
    items: int = 12,
    first: int = 0,
    prefix: str = "load",
    taxonomy: str = "",
) -> Iterator[Reading]:
    """One posting a document, as on a job board: most items are said once, one in eight by many.

    Each item asks for two skills: of ten, nine are among the forty of its role, one is any; small numbers come more
    often, as in life. `first` is the number of the first document: what a document says depends on its number alone.
    """
    for number in range(first, first + documents):
        role = number * 7919 % roles
        yield reading(
            f"{prefix}/{number:06}.txt",
            [
                Post(
                    f"岗位{role:04}号",
                    [_item(number, role, i, skills) for i in range(items)],
                    department=f"第{role % 40}部",
                )
            ],
            taxonomy=taxonomy,
        )


def _item(number: int, role: int, i: int, skills: int) -> Item:
    seed = role * 31 + i if (number + i) % 8 == 0 else number * 1009 + i * 17
    a, b = _skill(seed, role, skills), _skill(seed * 3 + role + 1, role, skills)
    names = [skill_name(a), skill_name(b)] if a != b else [skill_name(a)]
    work, thing = seed % 20 * 2, seed // 20 % 20 * 2
    text = f"{WORK[work : work + 2]}{THINGS[thing : thing + 2]}第{seed}项，熟悉{'和'.join(names)}的日常工作与改进"
    return Item(text, names, wanted=i % 2 == 1, preferred=i % 6 == 5)


def _skill(seed: int, role: int, skills: int) -> int:
    if seed % 10 == 0:
        return _often(seed, skills)
    return (role * 37 + _often(seed, 40) * 7) % skills


def _often(seed: int, below: int) -> int:
    """A number, small ones more often: the square of an even spread."""
    even = seed * 2654435761 % 4294967296 / 4294967296
    return int(even * even * below)


def skill_name(number: int) -> str:
    """The name of a skill of `many`; none is part of another.

    >>> skill_name(7)
    '技能007'
    """
    return f"技能{number:03}"
