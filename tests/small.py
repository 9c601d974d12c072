"""A handful of postings over ten skills, for tests whose expected answers are worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graphs import Item, Post, reading, skill_slug
from stores import PLACES

from graphmodel.graph import Reading, SkillScheme
from graphmodel.identity import skill_id
from graphmodel.nodes import Skill
from graphmodel.store import GraphStore

DIGEST = "a taxonomy of ten skills"
BROADER = {
    "市场分析": "分析能力",
    "竞争分析": "市场分析",
    "用户分析": "分析能力",
    "用户需求": "用户分析",
    "用户行为": "用户分析",
    "Excel": "办公软件",
    "SQL": "办公软件",
}
TOPS = ("分析能力", "办公软件", "沟通能力")


def skill(name: str) -> str:
    return skill_id(skill_slug(name))


def scheme() -> SkillScheme:
    return SkillScheme(
        DIGEST,
        tuple(Skill(skill(name), name) for name in (*TOPS, *BROADER)),
        tuple((skill(narrow), skill(broad)) for narrow, broad in BROADER.items()),
        (tuple(sorted((skill("Excel"), skill("SQL")))),),
        (("skill:former", skill("市场分析")),),
    )


def readings() -> list[Reading]:
    """Three roles (one of them with two postings), a department description, and a role that is only named."""
    return [
        reading(origin, posts, taxonomy=DIGEST)
        for origin, posts in {
            "a/策划1.txt": [
                Post(
                    "策划",
                    [
                        Item("负责市场分析与用户需求", ["市场分析", "用户需求"]),
                        Item("与财务部一起做竞争分析", ["竞争分析"], ["财务部"]),
                        Item("熟练使用Excel", ["Excel"], wanted=True),
                    ],
                    department="市场部",
                    leads_to=["策划总监"],
                    indicators=["活动转化率"],
                    alt=["活动策划"],
                )
            ],
            "a/策划2.txt": [
                Post(
                    "策划",
                    [
                        Item("沟通能力强者优先", ["沟通能力"], wanted=True, preferred=True),
                        Item("做好市场分析", ["市场分析"]),
                    ],
                )
            ],
            "b/数据.txt": [
                Post(
                    "数据",
                    [
                        Item("做好市场分析", ["市场分析"]),
                        Item("为技术部提供用户行为报告", ["用户行为"], ["技术部"]),
                        Item("熟悉SQL与数据魔方", ["SQL"], candidates=["数据魔方"], wanted=True),
                    ],
                )
            ],
            "c/店员.txt": [Post("店员", [Item("有沟通能力", ["沟通能力"], wanted=True)])],
            "d/市场部.txt": [Post("市场部", [Item("本部门负责市场分析", ["市场分析"])], kind="department")],
        }.items()
    ]


@contextmanager
def stored(kind: str, folder: Path) -> Iterator[GraphStore]:
    """The postings in a store of a kind: a name of stores.PLACES."""
    with PLACES[kind](folder) as place, closing(place.open()) as store:
        store.set_taxonomy(scheme())
        store.add_many(readings())
        yield store
