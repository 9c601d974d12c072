"""The words that a reader is shown for a skill."""

from __future__ import annotations

import pytest

from graphmodel.nodes import Skill
from loaders.clauses import Clause
from loaders.evidence import phrases
from loaders.extraction import read_item
from loaders.finds import Find
from loaders.lexicon import lexicon

SKILLS = {kind: Skill(kind, kind, type=kind) for kind in ("skill", "tool")}


def shown(text: str, *found: str, kind: str = "skill", verb: str = "") -> list[str]:
    """What is shown for the words found in a text. `verb` is theirs, further left."""
    places = [(text.index(words), text.index(words) + len(words)) for words in found]
    finds = [
        Find(start, end, kind, "label", start - end, Clause(0), text.index(verb) if verb else start)
        for start, end in places
    ]
    return [text[start:end] for start, end in phrases(text, finds, SKILLS)]


@pytest.mark.parametrize(
    ("text", "found", "evidence"),
    [
        # the verb and the whole object, in the list or the clause that they stand in
        ("核对海外仓的报关单据，填写日报", "报关", "核对海外仓的报关单据"),
        ("填写日报和入库单、盘点表", "入库", "入库单"),
        # a mark of the list inside a word is none
        ("参与会展布置", "布置", "会展布置"),
        # without what leads in and what trails
        ("具备较强的商务谈判能力者优先", "商务谈判", "商务谈判能力"),
        ("5年以上的连锁门店的店铺运营经验", "店铺运营", "连锁门店的店铺运营经验"),
        ("铺货等日常琐事", "铺货", "铺货"),
        # what only looks like a word that leads in
        ("会计档案", "档案", "会计档案"),
        ("用户调研", "调研", "用户调研"),
    ],
)
def test_evidence_is_the_phrase(text: str, found: str, evidence: str) -> None:
    assert shown(text, found) == [evidence]


def test_the_name_of_a_tool_shows_itself() -> None:
    assert shown("灵活Excel做表", "Excel", kind="tool") == ["Excel"]


def test_evidence_never_takes_the_words_of_another_find() -> None:
    assert shown("协调面料供应商管理库存盘点", "供应商管理", "盘点") == ["协调面料供应商管理", "库存盘点"]


def test_a_phrase_that_is_too_long_grows_on_one_side_only() -> None:
    assert shown("为遍布华东华南十二个城市的门店提供报关咨询", "报关") == ["报关咨询"]
    assert shown("审核报关时各个口岸先后交来的单据是不是齐全", "报关") == ["审核报关"]


def test_the_verb_of_a_list_is_shown_with_its_objects() -> None:
    assert shown("维修水泵和阀门", "阀门", verb="维修") == ["维修水泵和阀门"]
    assert shown("维修水泵和阀门", "水泵", "阀门", verb="维修")[1] == "阀门"
    assert shown("维修水泵、风机、空压机、冷却塔及阀门", "阀门", verb="维修") == ["阀门"]


def test_verbs_that_share_an_object_are_shown_together() -> None:
    assert shown("冷库和完善租赁合同", "租赁合同") == ["完善租赁合同"]
    assert shown("负责制定和完善租赁合同", "租赁合同") == ["制定和完善租赁合同"]


def test_the_level_is_that_of_the_skill_however_much_is_shown() -> None:
    reading = read_item(lexicon(), "requirement", "精通Excel，年度商务谈判")
    levels = {mention.evidence: getattr(mention, "level", None) for mention in reading.mentions.values()}
    assert levels == {"Excel": "精通", "年度商务谈判": None}


def test_the_objects_of_a_verb_are_shown_with_it_up_to_another_find() -> None:
    assert shown("核对票面、行程，填写日报", "票面") == ["核对票面、行程"]
    assert shown("核对票面、行程及账单", "票面", "账单") == ["核对票面、行程", "账单"]
    assert shown("核对票面、填写日报", "票面") == ["核对票面"]
    assert shown("票面、行程", "票面") == ["票面"]
