"""All pairs of similar roles as a file: the same as asking role by role."""

from __future__ import annotations

from contextlib import closing

import pytest
import small
from graphs import Item, Post, reading

from graphmodel.errors import BadInput
from graphmodel.questions.needs import Scope
from graphmodel.questions.similar import similar_roles
from graphmodel.store import open_store

parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("sparse_dot_topn")

from graphmodel.questions.pairs import write_pairs  # noqa: E402

SETS = (["SQL"], ["SQL", "Excel"], ["市场分析"], ["Excel"], ["用户行为", "用户需求"], ["沟通能力", "SQL", "Excel"])


@pytest.fixture(scope="module")
def store():
    """Sixty roles, ten of each of six sets of skills, so that most scores are ties; and a role without any."""
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(
            reading(
                f"{n:03}.txt", [Post(f"岗{n}", [Item(f"{n}" + "、".join(SETS[n % 6]), SETS[n % 6])])],
                taxonomy=small.DIGEST,
            )
            for n in range(60)
        )  # fmt: skip
        store.add_many([reading("x.txt", [Post("讲师", [Item("站着说话")])], taxonomy=small.DIGEST),
                        reading("y.txt", [Post("市场部", [Item("写SQL", ["SQL"])], kind="department")],
                                taxonomy=small.DIGEST)])  # fmt: skip
        yield store


@pytest.mark.parametrize("k", [1, 3, 9, 10, 100])
def test_all_pairs_are_those_of_each_role_ties_by_id(store, tmp_path, k):
    count = write_pairs(store, tmp_path / "pairs.parquet", k)
    table = parquet.read_table(tmp_path / "pairs.parquet").to_pylist()
    assert count == len(table)
    wanted = []
    for role in store.nodes("role"):
        answer = similar_roles(store, role.id, k)
        wanted += [(role.id, one.role.id, role.name, one.role.name, one.score) for one in answer.roles]
    assert [tuple(row.values()) for row in table] == wanted
    assert list(tmp_path.iterdir()) == [tmp_path / "pairs.parquet"]


def test_a_scope_without_any_skill_and_an_empty_store_make_an_empty_file(store, tmp_path):
    with closing(open_store("sqlite://")) as empty:
        for number, (one, scope) in enumerate(((empty, Scope()), (store, Scope(candidates=True, min_share=1.0)))):
            file = tmp_path / f"{number}.parquet"
            assert write_pairs(one, file, scope=scope) == len(parquet.read_table(file))
            assert parquet.read_table(file).column_names == [
                "source", "target", "source_name", "target_name", "score",
            ]  # fmt: skip


def test_where_it_cannot_be_written_nothing_stays(store, tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "no" / "a.parquet", tmp_path / "file" / "a.parquet"):
        with pytest.raises(BadInput, match="cannot be written"):
            write_pairs(store, path)
    with pytest.raises(BadInput, match="one at least"):
        write_pairs(store, tmp_path / "a.parquet", 0)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]
