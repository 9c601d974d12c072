"""From files to a store: what is read, what is left alone, what fails, and what a refresh does without files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graphmodel.errors import BadInput
from graphmodel.nodes import Document
from graphmodel.store import GraphStore, open_store
from loaders import documents, pipeline
from loaders.tally import Summary
from ontology import taxonomy
from ontology.export import export
from ontology.taxonomy import Taxonomy
from tests.command import ANALYST, PLANNER, write_documents


@pytest.fixture
def store(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    file = tmp_path_factory.mktemp("store") / "graph.db"
    file.write_bytes(prepared.read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as store:
        yield store


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "docs")


def load(store: GraphStore, *paths: Path, **options: Any) -> Summary:
    return pipeline.load(store, [str(path) for path in paths], taxonomy.load(), **options)


def written(store: GraphStore, since: int = 0) -> list[tuple[str, str]]:
    """What the store's journal says was done to which document, the taxonomy left out."""
    return [(change.action, change.origin) for change in store.changes(since) if change.origin]


def dump(store: GraphStore) -> bytes:
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    return out.getvalue()


def other_taxonomy() -> Taxonomy:
    built_in = taxonomy.load()
    return built_in._replace(scheme=built_in.scheme._replace(digest="another"))


def test_what_did_not_change_is_not_read_again(store: GraphStore, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(store, docs).loaded == 2
    assert written(store) == [("added", "analyst.txt"), ("added", "planner.txt")]
    revision, before = store.revision(), dump(store)
    monkeypatch.setattr(pipeline, "read", lambda *_: pytest.fail("it was read again"))
    again = load(store, docs)
    assert (again.unchanged, again.loaded, again.changed, again.due) == (2, 0, 0, False)
    assert (store.revision(), dump(store)) == (revision, before)


def test_an_edited_document_takes_the_place_of_its_old_version(store: GraphStore, docs: Path, tmp_path: Path) -> None:
    load(store, docs)
    (docs / "planner.txt").write_text(PLANNER.replace("沟通能力", "学习能力"), encoding="utf-8")
    before = store.revision()
    assert load(store, docs).changed == 1
    assert written(store, before) == [("changed", "planner.txt")]
    fresh = open_store("sqlite://")
    load(fresh, docs)
    assert dump(store) == dump(fresh)
    fresh.close()


def test_a_document_that_lost_its_posting_is_taken_out(store: GraphStore, docs: Path) -> None:
    load(store, docs)
    (docs / "planner.txt").write_text("本店今日休息。\n", encoding="utf-8")
    report = load(store, docs)
    assert (report.empty, report.without, report.forgotten) == (1, ("planner.txt",), 1)
    assert list(store.stamps()) == ["analyst.txt"]


def test_a_document_that_fails_keeps_its_old_version_and_the_others_go_on(store: GraphStore, docs: Path) -> None:
    load(store, docs)
    (docs / "analyst.txt").write_bytes(b"")
    (docs / "second.txt").write_text(PLANNER.replace("运营策划", "活动策划"), encoding="utf-8")
    report = load(store, docs)
    assert [failure.origin for failure in report.failures] == ["analyst.txt"]
    assert (report.loaded, report.failed) == (1, 1)
    assert set(store.stamps()) == {"analyst.txt", "planner.txt", "second.txt"}


def test_a_fault_of_ours_in_one_document_does_not_stop_the_others(
    store: GraphStore, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = pipeline.parse

    def fragile(text: object, name: str) -> object:
        if name == "analyst":
            raise IndexError("list index out of range")
        return parse(text, name)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "parse", fragile)
    report = load(store, docs)
    assert report.loaded == 1
    assert "IndexError" in report.failures[0].error.problem
    assert "report" in report.failures[0].error.remedy


def test_two_files_of_one_name_do_not_replace_each_other(store: GraphStore, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_documents(tmp_path / folder)
    report = load(store, tmp_path / "a" / "planner.txt", tmp_path / "b" / "planner.txt")
    assert (report.loaded, [failure.origin for failure in report.failures]) == (1, ["planner.txt"])
    assert load(store, tmp_path).loaded == 4
    assert list(store.stamps())[:4] == ["a/analyst.txt", "a/planner.txt", "b/analyst.txt", "b/planner.txt"]


def test_a_folder_with_nothing_in_it_is_bad_input(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load(store, tmp_path)


def test_after_a_new_taxonomy_every_document_is_due(store: GraphStore, docs: Path) -> None:
    load(store, docs)
    report = pipeline.load(store, [str(docs / "planner.txt")], other_taxonomy())
    assert report.due
    assert report.changed == 1
    refreshed = pipeline.refresh(store, other_taxonomy())
    assert (refreshed.changed, refreshed.unchanged) == (1, 1)
    assert written(store)[-1] == ("changed", "analyst.txt")
    assert {stamp.taxonomy for stamp in store.stamps().values()} == {"another"}


def test_a_refresh_needs_no_files_and_gives_the_graph_that_they_would(
    store: GraphStore, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "contact.txt").write_text(ANALYST + "联系电话：13800138000\n", encoding="utf-8")
    (docs / "damaged.txt").write_bytes(PLANNER.replace("运营策划", "活动策划").encode() + b"\xff\n")
    load(store, docs)
    before, notes = dump(store), notes_of(store)
    for file in docs.iterdir():
        file.unlink()
    monkeypatch.setattr(pipeline, "READER", "another")
    assert pipeline.refresh(store, taxonomy.load()).changed == 4
    assert notes_of(store) == notes
    assert {"masked", "charset"} <= {code for _, code in notes}
    assert dump(store) == before
    assert pipeline.refresh(store, taxonomy.load()).changed == 0


def notes_of(store: GraphStore) -> set[tuple[str, str]]:
    found = store.nodes("document")
    return {
        (document.origin, note.code) for document in found if isinstance(document, Document) for note in document.notes
    }


def test_a_refresh_keeps_the_text_of_a_document_in_which_it_finds_no_posting(
    store: GraphStore, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, docs)
    parse = pipeline.parse
    monkeypatch.setattr(pipeline, "READER", "worse")
    monkeypatch.setattr(pipeline, "parse", lambda text, name: parse(text, name)._replace(postings=()))
    report = pipeline.refresh(store, taxonomy.load())
    assert (report.without, report.changed) == (("analyst.txt", "planner.txt"), 0)
    monkeypatch.setattr(pipeline, "READER", "better")
    monkeypatch.setattr(pipeline, "parse", parse)
    assert pipeline.refresh(store, taxonomy.load()).changed == 2
    assert store.count("role") == 2


def test_no_contact_of_a_person_is_stored(store: GraphStore, docs: Path) -> None:
    (docs / "contact.txt").write_text(ANALYST + "联系电话：13800138000，邮箱：hr@example.com\n", encoding="utf-8")
    load(store, docs)
    assert "13800138000" not in store.text(["contact.txt"])["contact.txt"]
    assert b"13800138000" not in dump(store)
    assert b"hr@example.com" not in dump(store)


def test_the_progress_names_how_many_and_how_much(store: GraphStore, docs: Path) -> None:
    steps: list[tuple[int, float | None]] = []
    pipeline.load(store, [str(docs)], taxonomy.load(), lambda done, share: steps.append((done, share)))
    assert [done for done, _ in steps] == [0, 1]
    assert steps[-1][1] == 1.0


def table(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["职位ID,职位名称,岗位职责", *(f"{key},{key}店店长,{duty}" for key, duty in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_after_one_row_changed_that_row_alone_is_written(store: GraphStore, tmp_path: Path) -> None:
    rows = [(f"A{n}", f"管理第{n}门店的日常营业") for n in range(700)]
    assert load(store, table(tmp_path / "jobs.csv", rows)).loaded == 700
    before = store.revision()
    rows[399] = ("A399", "安排第399门店的班次")
    report = load(store, table(tmp_path / "jobs.csv", rows), jobs=2)
    assert (report.loaded, report.changed, report.unchanged) == (0, 1, 699)
    assert written(store, before) == [("changed", "jobs.csv#A399")]


def test_rows_that_are_gone_are_known_and_those_of_other_tables_and_of_damaged_ones_stay(
    store: GraphStore, tmp_path: Path
) -> None:
    rows = [("A", "管理门店的日常营业"), ("B", "安排门店的班次")]
    one, two = table(tmp_path / "one.csv", rows), table(tmp_path / "two.csv", rows)
    load(store, tmp_path)
    table(one, rows[:1])

    def gone(*paths: Path) -> list[str]:
        found = documents.find([str(path) for path in paths])
        pipeline.load(store, found, taxonomy.load())
        return list(pipeline.gone(store, found))

    assert gone(one) == ["one.csv#B"]
    assert gone(tmp_path) == ["one.csv#B"]
    two.write_text("a,b\n1,2\n", encoding="utf-8")
    assert gone(tmp_path) == ["one.csv#B"]
    two.unlink()
    assert gone(tmp_path) == ["one.csv#B", "two.csv#A", "two.csv#B"]


def test_a_row_without_a_posting_is_called_by_its_place(store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("职位名称,岗位职责\n店长,管理门店的日常营业\n会计,\n收银员,无\n", encoding="utf-8")
    report = load(store, tmp_path)
    assert (report.loaded, report.without) == (1, ("a.csv, row 3", "a.csv, row 4"))


def test_a_row_is_refreshed_to_what_its_table_would_give(store: GraphStore, tmp_path: Path) -> None:
    table(tmp_path / "jobs.csv", [("A", "管理门店的日常营业"), ("B", "安排门店的班次")])
    load(store, tmp_path)
    before = dump(store)
    pipeline.refresh(store, other_taxonomy())
    pipeline.refresh(store, taxonomy.load())
    assert dump(store) == before
