"""What a text finds: the same on every store, whatever was added and forgotten before."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pinyin_table
import pytest
from graphs import Item, Post, reading
from stores import PLACES
from test_sqlite import VERSION_1, load

import graphmodel
from graphmodel.errors import BadInput, NotFound
from graphmodel.graph import SkillScheme
from graphmodel.identity import candidate_id, department_id, indicator_id, role_id, skill_id
from graphmodel.nearest import LABELLED, LONGEST, TOKENS, likeness, tokens
from graphmodel.nodes import Skill
from graphmodel.questions.find import KINDS, find, to_json
from graphmodel.questions.names import resolve
from graphmodel.sounds import sound
from graphmodel.store import GraphStore, open_store
from graphmodel.stores import sqlite_index
from tests.command import rolegraph, write_documents

SKILLS = {
    "data": ("数据分析", "data analysis", ("数据统计",)),
    "excel": ("Excel", None, ("微软表格",)),
    "sql": ("SQL优化", None, ("慢查询",)),
    "cpp": ("C++", None, ()),
    "ops": ("IT运维", "IT operations", ()),
    "talk": ("沟通能力", "communication skills", ()),
    "bank": ("银行业务", None, ()),
}
SCHEME = SkillScheme(
    "names",
    tuple(Skill(skill_id(slug), name, english, alt_names=alts) for slug, (name, english, alts) in SKILLS.items()),
    (),
    (),
    (("skill:former", skill_id("data")),),
)
READINGS = [
    reading(origin, posts, taxonomy="names")
    for origin, posts in {
        "a.txt": [
            Post(
                "數據分析師",
                [
                    Item("用 SQL 优化报表，每周交数据报告"),
                    Item("负责IT资产的盘点"),
                    Item("熟悉MySQL与报表", wanted=True),
                    Item("会用数据魔方", candidates=["数据魔方"], wanted=True),
                ],
                department="信息技术部",
                indicators=["数据准确率"],
                alt=["数据专员"],
            )
        ],
        "b.txt": [Post("收银员", [Item("负责收银和报表")], department="门店运营部", leads_to=["店长"])],
        "c.txt": [Post("银行客户经理", [Item("维护客户")]), Post("长途客运调度", [Item("调度车辆")])],
    }.items()
]


@pytest.fixture(scope="module", params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """One graph for all tests that only ask."""
    with PLACES[request.param](tmp_path_factory.mktemp("find")) as place, closing(place.open()) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def reference() -> Iterator[GraphStore]:
    with closing(open_store("sqlite://")) as opened:
        fill(opened)
        yield opened


def fill(store: GraphStore) -> None:
    store.set_taxonomy(SCHEME)
    store.add_many(READINGS)


def labels(store: GraphStore, text: str, *kinds: str) -> list[str | None]:
    return [one.label if one.content is None else one.content for one in find(store, text, kinds or LABELLED)]


def names(store: GraphStore, text: str) -> list[str | None]:
    return [one.name for one in find(store, text, LABELLED)]


FIRST = {
    "数据分析": "数据分析",
    "數據統計": "数据分析",  # an alternative label, in Traditional characters
    "Data-Analysis": "数据分析",
    "analysis": "数据分析",
    "sjfx": "数据分析",
    "shujufenxi": "数据分析",
    "fenxishi": "數據分析師",  # pinyin from within a name
    "数剧分析": "数据分析",  # another character of the same sound
    "数据分折": "数据分析",  # one that only looks alike
    "数分析": "数据分析",
    "据数分析": "数据分析",
    "exel": "Excel",
    "excell": "Excel",
    "xecel": "Excel",
    "ECXEL": "Excel",
    "微软表": "Excel",
    "SQL优化": "SQL优化",
    "sql": "SQL优化",
    "sqlyouhua": "SQL优化",
    "sqlyh": "SQL优化",
    "优化": "SQL优化",
    "C++": "C++",
    "c": "C++",
    "IT": "IT运维",
    "ityw": "IT运维",
    "comunication skills": "沟通能力",
    "yinhang": "银行业务",
    "yhkhjl": "银行客户经理",
    "changtu": "长途客运调度",
    "diaodu": "长途客运调度",
    "syy": "收银员",
    "收": "收银员",
    "员": "收银员",
    "师": "數據分析師",
    "店": "店长",
    "市场技术部": "信息技术部",
    "准确率": "数据准确率",
    "高级数据分析师": "數據分析師",
    "我想做收银员的工作": "收银员",  # a name within the text
    "会一点excel": "Excel",
}


@pytest.mark.parametrize("text", FIRST)
def test_a_name_is_found_by_its_spellings_parts_sounds_and_with_one_typing_error(store: GraphStore, text: str) -> None:
    assert names(store, text)[:1] == [FIRST[text]]


NOTHING = ["", " ", "，。", '"', "*", '"*~(^', "(((", "\\", "/", "完全无关", "qqqq", "zzz", "\x00", "😀", "_", "<>"]
OPERATORS = [
    "AND", "OR", "NOT", "NEAR", "NEAR(数据 分析)", '"数据" AND "分析"', "数据 OR 收银", "数*", "sjf*", "数据~2",
    "分析^4", "(数据", "tokens:数据", "find:数据", "name:[a TO z]", "+数据 -分析", "数据\\", "/数.*/", "C++ AND", "&&",
    "a||b", "!数据", "{数据}", "a:b", "'; DROP TABLE label; --", "_sjfx", "<数", "析>", "<role>", "?据",
    "数据\n分析", "%", "%据%",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_like_no_name_finds_nothing(store: GraphStore, text: str) -> None:
    assert find(store, text) == ()


def test_operators_of_search_engines_are_text(store: GraphStore) -> None:
    assert labels(store, "数*") == labels(store, "数")
    assert labels(store, '"数据" AND 分析') == labels(store, "数据and分析")
    assert labels(store, "(数据 分析)^4~", "skill")[0] == "数据分析"
    assert labels(store, "数据 OR 收银", "role") == []
    assert labels(store, "find:数据") == labels(store, "find数据")
    assert labels(store, "%", *KINDS) == labels(store, "_", *KINDS) == []


def test_every_store_gives_the_same_answers(store: GraphStore, reference: GraphStore) -> None:
    texts = [
        *FIRST,
        *NOTHING,
        *OPERATORS,
        "数据",
        "分析",
        "报表",
        "负责 报表",
        "mysql",
        "sq",
        "理",
        "j",
        "yy",
        "部",
        "经理",
    ]
    for text in texts:
        for kinds in (KINDS, LABELLED, ("role",), ("skill", "duty"), ("requirement",)):
            assert find(store, text, kinds, 50) == find(reference, text, kinds, 50), (text, kinds)
        assert store.find(text) == reference.find(text), text
        assert store.find(text, limit=1) == store.find(text)[:1], text


def test_equal_names_come_alone_or_first(store: GraphStore) -> None:
    assert [(m.id, m.label, m.score) for m in store.find("数据统计")] == [(skill_id("data"), "数据统计", 1.0)]
    assert [(m.id, m.score) for m in store.find("数据分析师岗位职责")] == [(role_id("数据分析师"), 1.0)]
    first, second, *_ = find(store, "数据分析")
    assert (first.id, first.score) == (skill_id("data"), 1)
    assert (second.id, second.score) == (role_id("数据分析师"), 2 * 4 / 9)
    assert resolve(store, ("role",), "數據分析師").id == role_id("数据分析师")
    with pytest.raises(NotFound) as caught:
        resolve(store, ("role",), "收很员")
    assert caught.value.nearest == ("收银员",)


def test_scores_are_as_defined(store: GraphStore) -> None:
    scores = {
        text: find(store, text, ("skill",))[0].score for text in ("shujufenxi", "sjfx", "fenxi", "数剧分析", "沟通")
    }
    assert scores == {
        "shujufenxi": 0.95,
        "sjfx": 0.9,
        "fenxi": 0.5 + 0.45 * 5 / 10,
        "数剧分析": (0.95 + 6 / 8) / 2,
        "沟通": 0.5 + 0.4 * 2 / 4,
    }


def test_kinds_and_limit(store: GraphStore) -> None:
    assert {one.kind for one in find(store, "数据")} == {"role", "skill", "indicator", "duty", "requirement"}
    assert [one.id for one in find(store, "数据", ("indicator",))] == [indicator_id("数据准确率")]
    assert [one.id for one in find(store, "技术", ("department", "role"))] == [department_id("信息技术部")]
    everything = find(store, "数据", limit=50)
    assert [find(store, "数据", limit=n) for n in (1, 3, 7)] == [everything[:n] for n in (1, 3, 7)]
    assert list(everything) == sorted(everything, key=lambda one: (-one.score, one.id))
    assert len({one.id for one in everything}) == len(everything)
    with pytest.raises(BadInput, match=r"kind 'posting'.*\nKnown are: role, skill"):
        find(store, "数据", ("posting",))
    with pytest.raises(BadInput, match="At most 0"):
        find(store, "数据", limit=0)


def test_items_come_after_names_by_the_words_in_them_the_shortest_first(store: GraphStore) -> None:
    found = find(store, "报表")
    assert [one.content for one in found] == ["负责收银和报表", "熟悉MySQL与报表", "用 SQL 优化报表，每周交数据报告"]
    assert [one.content for one in find(store, "报表 sql", ("duty", "requirement"))] == [
        "熟悉MySQL与报表",
        "用 SQL 优化报表，每周交数据报告",
    ]
    name, item = find(store, "SQL优化", ("skill", "duty"))
    assert (name.label, name.content, item.label, item.name) == ("SQL优化", None, None, None)
    assert item.content == "用 SQL 优化报表，每周交数据报告"
    assert 0 < item.score < 0.5 <= name.score
    assert labels(store, "IT", "duty") == ["负责IT资产的盘点"]  # which the analyzer of Neo4j takes for an English word
    assert labels(store, "盘点", "duty") == labels(store, "點", "duty") == ["负责IT资产的盘点"]
    assert labels(store, "负", "duty") == ["负责收银和报表", "负责IT资产的盘点"]
    assert labels(store, "报告 负责", "duty") == []


def test_plain_values(store: GraphStore) -> None:
    assert to_json(find(store, "数据魔方", limit=1)) == [
        {
            "id": candidate_id("数据魔方"),
            "kind": "skill",
            "label": "数据魔方",
            "name": "数据魔方",
            "score": 1.0,
            "status": "candidate",
        }
    ]
    assert to_json(find(store, "资产")) == [
        {
            "id": find(store, "资产")[0].id,
            "kind": "duty",
            "label": None,
            "name": None,
            "score": round(0.4 * 2 / 9, 2),
            "content": "负责IT资产的盘点",
        }
    ]


@pytest.mark.parametrize("kind", PLACES)
def test_names_that_go_change_and_come_are_found_as_in_a_fresh_store(kind: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    words = ["数据", "分析", "运营", "经理", "银行", "Excel", "SQL", "店长", "收银", "C++"]
    documents = {
        f"{number}.txt": reading(
            f"{number}.txt",
            [
                Post(
                    "".join(chance.sample(words, 2)),
                    [Item(f"负责{word}", candidates=[word]) for word in chance.sample(words, 2)],
                    department=chance.choice(words) + "部",
                    alt=["".join(chance.sample(words, 3))],
                )
            ],
        )
        for number in range(40)
    }
    asked = [*words, "sj", "yyjl", "shuju", "exel", "数剧", "经里", "dz"]
    with PLACES[kind](tmp_path) as place, closing(place.open()) as store:
        there: set[str] = set()
        for _ in range(12):
            come = chance.sample(sorted(documents), 6)
            store.add_many([documents[origin] for origin in come])
            there |= set(come)
            gone = chance.sample(sorted(there), 4)
            store.forget(gone)
            there -= set(gone)
        with closing(open_store(f"sqlite:///{tmp_path / 'fresh.db'}")) as fresh:
            fresh.add_many([documents[origin] for origin in sorted(there)])
            for text in asked:
                assert find(store, text, limit=100) == find(fresh, text, limit=100), text
        if kind == "sqlite":
            assert index_of(tmp_path / "graph.db") == index_of(tmp_path / "fresh.db")
        store.forget(sorted(there))
        assert [find(store, text) for text in asked] == [()] * len(asked)
        if kind == "sqlite":
            assert index_of(tmp_path / "graph.db") == ([], [])


def test_a_new_taxonomy_changes_what_is_found(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        fill(store)
        assert labels(store, "微软表格") == ["微软表格"]
        skills = tuple(skill._replace(alt_names=()) for skill in SCHEME.skills if skill.id != skill_id("cpp"))
        store.set_taxonomy(SCHEME._replace(digest="other", skills=skills))
        assert labels(store, "微软表格") == labels(store, "C++", "skill") == []
        assert labels(store, "exel") == ["Excel"]
        kept = index_of(path)
        with store._file.writing() as db:
            sqlite_index.rebuild(db)
        assert index_of(path) == kept


def index_of(path: Path) -> tuple[list, list]:
    """The folds in the index of names, and where which token stands."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.place USING fts5vocab(main, spelled, instance)")
        spelled = db.execute("SELECT * FROM spelling ORDER BY n").fetchall()
        assert [row[0] for row in spelled] == [sqlite_index.number(kind, fold) for _, kind, fold in spelled]
        return spelled, db.execute("SELECT doc, term, offset FROM temp.place ORDER BY 1, 2, 3").fetchall()


def test_a_process_that_is_killed_leaves_the_index_of_what_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    process = load(f"sqlite:///{path}", 0, 300)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.15)
    process.kill()
    process.wait()
    process.stdout.close()
    with closing(open_store(f"sqlite:///{path}")) as store:
        kept = index_of(path)
        with store._file.writing() as db:
            sqlite_index.rebuild(db)
        assert index_of(path) == kept


def test_a_file_of_an_older_version_gets_an_index(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    with closing(open_store(f"sqlite:///{path}")) as store:
        assert [one.label for one in find(store, "gw0000h")] == ["岗位0000号"]
        store.forget(["load/000000.txt", "load/000001.txt", "load/000002.txt"])
        assert index_of(path) == ([], [])


def test_an_index_that_another_version_made_is_made_anew_when_something_is_written(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        fill(store)
        kept = index_of(path)
        with store._file.writing() as db:
            db.execute("INSERT INTO spelled(spelled) VALUES('delete-all')")
            db.execute("UPDATE meta SET value = 0 WHERE key = 'tokens'")
        assert labels(store, "sjfx") == []
        store.add_many([reading("more.txt", [Post("店长")], taxonomy="names")])
        assert index_of(path) == kept


def test_what_makes_tokens_has_a_version() -> None:
    """If this fails because tokens or sounds changed: raise TOKENS, and write the new digest here."""
    table = Path(graphmodel.__path__[0], "sounds.txt").read_bytes()
    examples = "\n".join(
        map(tokens, ["数据分析", "excel", "sql优化", "c++", "数", "c", "3d打印机", "银行" * 9])
    ).encode()
    assert (TOKENS, hashlib.sha256(table + examples).hexdigest()[:16]) == (1, "490f220c99cccb61")


def test_the_table_of_sounds_is_made_from_pypinyin() -> None:
    table = Path(graphmodel.__path__[0], "sounds.txt").read_text(encoding="utf-8")
    assert table == pinyin_table.table()


@pytest.mark.parametrize(
    ("text", "pinyin"),
    {
        "银行行长": "yinhanghangzhang",
        "行政": "xingzheng",
        "旅行规划": "lvxingguihua",
        "执行情况": "zhixingqingkuang",
        "食品行业": "shipinhangye",
        "重点": "zhongdian",
        "重庆": "chongqing",
        "长期": "changqi",
        "店长": "dianzhang",
        "厨师长工作": "chushizhanggongzuo",
        "调研": "diaoyan",
        "调整": "tiaozheng",
        "音乐": "yinyue",
        "娱乐": "yule",
        "会计": "kuaiji",
        "统计": "tongji",
        "乐于思考": "leyusikao",
        "3d建模c4d": "3djianmoc4d",
        "喆": "zhe",
        "é": "é",
        "": "",
    }.items(),
)
def test_words_are_read_as_people_read_them(text: str, pinyin: str) -> None:
    assert "".join(sound(text).syllables) == pinyin


@pytest.mark.parametrize("asked", ["数据分析", "sjfx", "数剧分析", "excel", "数", "分析", "abcdefghij"])
@pytest.mark.parametrize("label", ["数据分析", "数据分析师", "大数据", "excel", "exel", "银行", "x", "a", "σ"])
def test_likeness_stays_in_its_range(asked: str, label: str) -> None:
    score = likeness(asked, label)
    assert score == 0 or 0.5 <= score <= 1
    assert (score == 1) == (asked == label)
    assert likeness(asked, label, heard=False) <= score


def test_the_command_shows_names_and_items(tmp_path: Path) -> None:
    write_documents(tmp_path / "docs")
    assert rolegraph("load", "docs", cwd=tmp_path).returncode == 0
    done = rolegraph("find", "sjfx", "--kind", "role", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (first, *_) = json.loads(done.stdout)
    assert (first["name"], first["kind"], first["score"]) == ("数据分析", "role", 0.9)
    shown = rolegraph("find", "运营策划", cwd=tmp_path).stdout
    assert "岗位 role" in shown
    assert "1.00" in shown
    assert rolegraph("find", "嗑瓜子", "--json", cwd=tmp_path).stdout == "[]\n"
    wrong = rolegraph("find", "数据", "--kind", "person", cwd=tmp_path)
    assert wrong.returncode != 0
    assert "Known are: role, skill" in wrong.stderr


@pytest.mark.parametrize("text", ["数据", "优", "x", "a b c ", "数 据 "])
def test_a_long_text_breaks_nothing_and_finds_no_name(store, text):
    for length in (LONGEST // 2, LONGEST, LONGEST + 1, 1_100, 100_000):
        found = find(store, (text * length)[:length], limit=3)
        assert [one for one in found if one.content is None or length > LONGEST] == [], length
