"""The postings of `small` and a ladder of roles besides, for questions whose answers are worked out by hand.

Skills of 策划: 市场分析 (in both postings), 用户需求, 竞争分析, Excel, 沟通能力 (preferred); of 数据: 市场分析,
用户行为, SQL; of 店员: 沟通能力.
"""

from __future__ import annotations

import small
from graphs import Item, Post, reading

from graphmodel.graph import Reading
from graphmodel.nodes import Note, Requirement


def readings() -> list[Reading]:
    """Those of `small`, and three roles of a ladder: 助理 → 专员 (stated) → 主管 (stated), and 讲师 apart from all."""
    more = {
        "e/助理.txt": [Post("助理", [Item("做报表用Excel", ["Excel"])], leads_to=["专员"])],
        "e/专员.txt": [
            Post(
                "专员",
                [
                    Item("做报表用Excel", ["Excel"]),
                    Item("写SQL", ["SQL"]),
                    Item("本科及以上学历，3年数据分析经验", wanted=True),
                ],
                leads_to=["主管"],
            )
        ],
        "e/主管.txt": [
            Post(
                "主管",
                [
                    Item("写SQL", ["SQL"]),
                    Item("做好市场分析", ["市场分析"]),
                    Item("硕士，英语流利，有PMP证书者优先", wanted=True, preferred=True),
                    Item("5年经验，会英语", wanted=True),
                ],
            )
        ],
        "f/讲师.txt": [Post("讲师", [Item("站着说话")])],
    }
    facts = {
        "本科及以上学历，3年数据分析经验": {"education": "本科", "min_years": 3.0, "experience_field": "数据分析"},
        "硕士，英语流利，有PMP证书者优先": {"education": "硕士", "certificates": ("PMP",)},
        "5年经验，会英语": {"min_years": 5.0, "languages": ("英语",)},
    }
    made = [reading(origin, posts, taxonomy=small.DIGEST) for origin, posts in more.items()]
    return [*small.readings(), *(_cut(stating(one, facts)) for one in made)]


def stating(one: Reading, facts: dict[str, dict[str, object]]) -> Reading:
    """The reading with the fields that a reader would find in the requirements of these texts."""
    nodes = {
        id: node._replace(**facts.get(node.text, {})) if isinstance(node, Requirement) else node
        for id, node in one.graph.nodes.items()
    }
    return one._replace(graph=one.graph._replace(nodes=nodes))


def _cut(one: Reading) -> Reading:
    """A note that the document of 讲师 breaks off."""
    if one.document.origin != "f/讲师.txt":
        return one
    document = one.document._replace(notes=(Note("section-cut", 0, 1, "breaks off"),))
    return one._replace(document=document, graph=one.graph._replace(nodes=one.graph.nodes | {document.id: document}))
