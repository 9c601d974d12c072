"""Which column of a table holds which field: found by the usual names, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphmodel.errors import BadInput

BLOCKS = ("duties", "requirements", "text")
"""Fields that several columns may hold together; of the others the first column counts."""

KEY = "id"

_NAMES = {
    "title": """
    职位名称 岗位名称 招聘职位 招聘岗位 职位名 岗位名 职务名称 职位标题 岗位标题 职位 岗位 职务 工种 标题
    jobtitle positionname positiontitle jobname positionname title position job rolename role postname post""",
    "duties": """
    岗位职责 工作职责 职位职责 主要职责 职责描述 岗位工作职责 工作内容 岗位工作内容 主要工作内容 职责 岗位任务 工作任务
    responsibilities jobresponsibilities responsibility duties jobduties duty""",
    "requirements": """
    任职要求 岗位要求 职位要求 任职资格 任职条件 岗位任职要求 招聘要求 应聘要求 招聘条件 应聘条件 岗位条件 要求 技能要求
    requirements jobrequirements requirement qualifications jobqualifications qualification""",
    "text": """
    职位描述 岗位描述 工作描述 职位详情 岗位详情 职位信息 岗位信息 职位介绍 岗位介绍 职位说明 岗位说明 岗位说明书
    岗位职责及要求 岗位职责与要求 岗位职责和要求 岗位职责及任职要求 岗位职责与任职要求 岗位职责和任职要求
    岗位职责任职要求 职责要求 职责及要求 职责与要求 职位内容 岗位内容 招聘信息 招聘内容 描述 详情 介绍 正文 内容 文本
    jobdescription positiondescription jobdesc jd description desc jobdetail jobdetails details detail content body
    text""",
    "organization": """
    公司名称 企业名称 单位名称 招聘单位 招聘公司 用人单位 公司全称 企业全称 公司名 企业名 公司简称 公司 企业 单位 雇主
    companyname companyfullname company employername employer hiringorganization organization organisation org
    brandname""",
    "place": """
    工作地点 工作城市 所在城市 上班地点 工作地 办公地点 工作地区 工作区域 城市 地点 工作地址 地区 区域 所在地 地址
    joblocation worklocation location workcity cityname city workplace place workaddress address area region""",
    "department": """
    所属部门 用人部门 需求部门 部门名称 招聘部门 所在部门 部门 departmentname department deptname dept""",
    "education": """
    学历要求 最低学历 学历 教育程度 文化程度 教育要求 学历层次 educationrequirements educationlevel education degreename
    degree edulevel edu""",
    "experience": """
    经验要求 工作经验要求 工作经验 工作年限要求 工作年限 年限要求 经验 年限 experiencerequirements workexperience
    experiencename experience workyears workyear yearsofexperience years""",
    KEY: """
    职位id 岗位id 职位编号 岗位编号 职位代码 岗位代码 职位编码 岗位编码 唯一标识 jobid positionid postid recruitid uuid
    guid id 编号 职位链接 岗位链接 职位网址 岗位网址 详情链接 详情网址 详情页 职位url 页面网址 页面链接
    来源链接 来源网址 链接 url joburl positionurl detailurl pageurl sourceurl joblink link href""",
}
FIELDS = tuple(field for field in _NAMES if field != KEY)
"""What a column may hold besides the key; the fields of loaders.formats.record."""

_ORDER = {field: {name: rank for rank, name in enumerate(names.split())} for field, names in _NAMES.items()}
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_PLAIN = re.compile(r"[\W_]+")
_SHOWN = 30


class Columns(NamedTuple):
    """For each field the places of its columns in a row, best first; `id` is the key of a row."""

    places: dict[str, tuple[int, ...]]

    @property
    def serve(self) -> bool:
        """Whether such a table can be read: it has a text, at the least."""
        return any(field in self.places for field in BLOCKS)

    @property
    def sure(self) -> bool:
        """Whether these are surely the columns of a table of postings: a title and a text, apart."""
        return "title" in self.places and self.serve

    def used(self) -> list[int]:
        """The places of all columns that are read, ascending."""
        return sorted({place for places in self.places.values() for place in places})

    def fields(self, cells: Sequence[str]) -> dict[str, str]:
        """The fields of a row, without the key and without blank ones."""
        found = {}
        for field in FIELDS:
            values = [cells[i].strip() for i in self.places.get(field, ()) if i < len(cells) and cells[i].strip()]
            if values:
                found[field] = "\n".join(dict.fromkeys(values)) if field in BLOCKS else values[0]
        return found

    def key(self, cells: Sequence[str]) -> str:
        """The row's id or address, on one line; empty if it has none."""
        values = (cells[i] for i in self.places.get(KEY, ()) if i < len(cells))
        return next((" ".join(value.split()) for value in values if value.strip()), "")


def find(header: Sequence[str], given: Mapping[str, Sequence[str]] | None = None) -> Columns:
    """The columns of a header: what the user gave (field to names), and the usual names for the other fields."""
    plain = ["" if name.rstrip().endswith((":", "：")) else fold(name) for name in header]  # 任职要求： begins a text
    places: dict[str, tuple[int, ...]] = {}
    for field, names in (given or {}).items():
        wanted = [fold(name) for name in names]
        places[field] = tuple(place for name in wanted for place, its in enumerate(plain) if its == name)
    taken = {place for mine in places.values() for place in mine}
    for field, order in _ORDER.items():
        if field not in places:
            mine = [place for place, name in enumerate(plain) if name in order and place not in taken]
            places[field] = tuple(sorted(mine, key=lambda place: (order[plain[place]], place)))
    return Columns({field: mine for field, mine in places.items() if mine})


def fold(name: str) -> str:
    """A column's name without case, width, punctuation and what stands in brackets.

    >>> fold("Job_Title"), fold("职位名称（必填）"), fold("hiringOrganization.name")
    ('jobtitle', '职位名称', 'hiringorganizationname')
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    return _PLAIN.sub("", _BRACKETS.sub("", plain)) or _PLAIN.sub("", plain)


def parse(argument: str) -> dict[str, list[str]]:
    """`title=职位名称,text=职责,text=要求` -> field to names. Raises BadInput for an unknown field.

    >>> parse("title=职位名称,text=职责,text=要求")
    {'title': ['职位名称'], 'text': ['职责', '要求']}
    """
    given: dict[str, list[str]] = {}
    known = (*FIELDS, KEY)
    for part in filter(None, (part.strip() for part in re.split("[,，]", argument))):
        field, equals, name = part.partition("=")
        if not equals or field.strip() not in known or not name.strip():
            raise BadInput(f"--columns cannot read {part!r}.", f"Write FIELD=COLUMN,…; fields: {', '.join(known)}.")
        given.setdefault(field.strip(), []).append(name.strip())
    return given


def unknown(origin: str, header: Iterable[str], given: Mapping[str, Sequence[str]] | None = None) -> BadInput:
    """What to say of a table in which no column is known to hold a text, or of columns given that it lacks."""
    names = [" ".join(name.split())[:40] for name in header if name.strip()]
    shown = "、".join(names[:_SHOWN]) + (f" … ({len(names)})" if len(names) > _SHOWN else "")
    plain = {fold(name) for name in names}
    lacking = [name for wanted in (given or {}).values() for name in wanted if fold(name) not in plain]
    problem = (
        f"{origin} has no column {'、'.join(lacking)}."
        if lacking
        else f"{origin} is a table in which no column is known to hold the text of postings."
    )
    a, b, *_ = *names, "A", "B"
    return BadInput(
        f"{problem} Its columns: {shown or 'none'}.",
        f"Say which column holds what, such as --columns title={a},text={b} (fields: {', '.join(FIELDS)}, id).",
    )
