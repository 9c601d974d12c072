"""The triples as a table in Parquet: the same as in N-Triples, in the same bytes for the same graph."""

from __future__ import annotations

import io
import sys
from contextlib import closing

import pyoxigraph
import pytest
from whole import READINGS, InMemory, exported, reading, stored

from graphmodel.errors import BadInput
from graphmodel.store import open_store
from ontology import counts, triples_table
from ontology.counts import Counts
from ontology.terms import BASE, RDF, XSD

parquet = pytest.importorskip("pyarrow.parquet", reason="the extra rolegraph[parquet] is not installed")


def table(view, base: str = BASE, **options) -> tuple[bytes, list[dict[str, str | None]]]:
    out = io.BytesIO()
    count = triples_table.write(view, out, base, **options)
    rows = parquet.read_table(io.BytesIO(out.getvalue())).to_pylist()
    assert len(rows) == count
    return out.getvalue(), rows


def triples(lines: bytes) -> set[tuple[str | None, ...]]:
    """The rows that N-Triples stand for."""
    rows = set()
    for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES):
        said = quad.object
        if isinstance(said, pyoxigraph.NamedNode):
            about: tuple[str | None, ...] = ("iri", None, None)
        else:
            about = ("literal", said.datatype.value, said.language)
        rows.add((quad.subject.value, quad.predicate.value, said.value, *about))
    return rows


def as_rows(found: list[dict[str, str | None]]) -> set[tuple[str | None, ...]]:
    """With languages in small letters, as pyoxigraph has them."""
    return {(*list(row.values())[:5], row["language"] and row["language"].lower()) for row in found}


def test_a_row_is_a_triple():
    _, rows = table(InMemory(READINGS))
    assert tuple(rows[0]) == triples_table.COLUMNS
    assert as_rows(rows) == triples(exported(InMemory(READINGS), "nt")[0])
    assert len({tuple(row.values()) for row in rows}) == len(rows)
    assert {row["language"] for row in rows if row["datatype"] == RDF + "langString"} == {
        "zh-Hans", "zh-Hant", "en", "zh-Latn-pinyin"
    }  # fmt: skip
    assert {row["datatype"] for row in rows if row["language"] is None and row["kind"] == "literal"} == {
        XSD + name for name in ("string", "integer", "decimal", "boolean")
    }


def test_rows_stand_in_the_order_of_subjects():
    _, rows = table(InMemory(READINGS))
    lines = exported(InMemory(READINGS), "nt")[0].decode().splitlines()
    subjects = dict.fromkeys(line.split("> ", 1)[0].strip("<") for line in lines)
    assert list(dict.fromkeys(row["subject"] for row in rows)) == list(subjects)


def test_the_store_the_order_of_loading_and_the_time_change_no_byte():
    expected, _ = table(InMemory(READINGS))
    with closing(stored(READINGS[::-1])) as store, store.reading() as view:
        assert table(view)[0] == expected == table(view)[0]


def test_it_is_written_in_groups(monkeypatch):
    whole = table(InMemory(READINGS))[1]
    monkeypatch.setattr(triples_table, "_ROWS", 50)
    data, rows = table(InMemory(READINGS))
    groups = parquet.ParquetFile(io.BytesIO(data)).metadata.num_row_groups
    assert len(rows) // 100 < groups <= len(rows) // 50 + 1
    assert rows == whole


def test_a_file_can_be_named(tmp_path):
    count = triples_table.write(InMemory(READINGS), tmp_path / "graph.parquet")
    assert parquet.read_metadata(tmp_path / "graph.parquet").num_rows == count


def test_parts_other_bases_and_silence_are_those_of_an_export():
    view = InMemory(READINGS)
    assert {row["subject"].split("/")[-2] for row in table(view, kinds=["skill"])[1]} == {"skill"}
    assert all(row["subject"].startswith("urn:x:/") for row in table(view, "urn:x:/")[1])
    silent = table(view, quotes="none")[1]
    assert not [row for row in silent if row["predicate"].endswith("#evidence")]
    with pytest.raises(BadInput, match="absolute IRI"):
        table(view, "example.org")


def test_what_is_written_can_be_counted():
    found = Counts(triples_table.Columns(BASE))
    _, rows = table(InMemory(READINGS), counted=found.add)
    expected = counts.of_view(InMemory(READINGS))
    assert (found.triples, found.classes, found.properties) == (len(rows), expected.classes, expected.properties)
    assert (found.esco, found.examples) == (expected.esco, expected.examples)


def test_any_character_survives():
    odd = '市\0场\t\n"\\\u2028\U00020000'
    columns = triples_table.Columns(BASE)
    schema = parquet.read_schema(io.BytesIO(table(InMemory(READINGS))[0]))
    made = triples_table._table(["urn:s"], [("urn:p", columns.text(odd, "zh-Hans"))], schema)
    assert made.column("object").to_pylist() == [odd]


def test_an_empty_store_is_a_table_without_documents():
    with closing(open_store("sqlite://")) as store, store.reading() as view:
        assert as_rows(table(view)[1]) == triples(exported(view, "nt")[0])


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput, match=r"rolegraph\[parquet\]"):
        triples_table.write(InMemory([reading("a.txt", "出纳")]), io.BytesIO())
