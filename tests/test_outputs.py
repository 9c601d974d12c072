"""What a command writes into files: whole or not there, in the format that the name says, and nothing but files."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner
from whole import READINGS, exported, stored

from api import dump
from api.cli import app
from api.outputs import replacing
from graphmodel.errors import BadInput
from graphmodel.store import open_store
from ontology.importer import import_graph
from ontology.importing.staging import Staging
from ontology.terms import RDF
from tests.command import ROLEGRAPH, rolegraph


@pytest.fixture(scope="module")
def store():
    with closing(stored(READINGS)) as store:
        yield store


def written(store, *outputs: Path, told: Path | None = None, **wanted):
    return dump.export(store, dump.files(outputs), dump.Wanted(**wanted), told=told)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.NT", "nt"),
        ("b.json", "jsonld"),
        ("c.OWL", "rdfxml"),
        ("d.xml", "rdfxml"),
        ("e.trig", "trig"),
        ("f", "turtle"),
    ],
)
def test_a_name_means_the_format_that_an_import_reads_in_it(store, tmp_path, name, format):
    written(store, tmp_path / name)
    assert (tmp_path / name).read_bytes() == exported(store, format)[0]


def test_a_name_of_a_format_that_is_only_read_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"'nquads'(.|\n)*turtle(.|\n)*parquet"):
        dump.files([tmp_path / "a.nq"])


def test_a_file_that_is_named_twice_is_refused_before_anything_is_written(store, tmp_path):
    same = tmp_path / "a.ttl", tmp_path / "." / "b" / ".." / "a.ttl"
    with pytest.raises(BadInput, match="written twice"):
        dump.files(same)
    with pytest.raises(BadInput, match="its manifest"):
        written(store, same[0], told=same[1])
    assert not [*tmp_path.iterdir()]


def test_an_unknown_kind_is_answered_with_all_kinds(store, tmp_path):
    with pytest.raises(BadInput, match=r"'skil'(.|\n)*mention, need"):
        dump.export(store, dump.files([tmp_path / "a.nt"]), dump.Wanted(kinds=["skil"]), lambda done, share: None)


@pytest.mark.parametrize("place", ["folder", "pipe", "none/a.nt", f"{'长' * 90}.nt"])
def test_where_no_file_can_stand_is_told_before_the_work(place, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadInput, match="Name a file"), replacing(tmp_path / place):
        pytest.fail("the work began")
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path):
    (tmp_path / "real.nt").write_text("old")
    (tmp_path / "link.nt").symlink_to("real.nt")
    with replacing(tmp_path / "link.nt") as part:
        part.write_text("new")
    assert (tmp_path / "link.nt").is_symlink()
    assert (tmp_path / "real.nt").read_text() == "new"


def test_what_fails_leaves_the_file_as_it_was(tmp_path):
    (tmp_path / "a.nt").write_text("old")

    def stopped(part: Path) -> None:
        part.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "a.nt") as part:
        stopped(part)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.nt", "old")]


@pytest.mark.parametrize("option", [["--kind", "role"], ["--since", "1"], ["--format", "nt"], ["--manifest", "a.ttl"]])
def test_what_a_tree_cannot_heed_is_refused(option):
    done = CliRunner().invoke(app, ["export", "--framed", "--role", "数据分析", *option])
    assert (done.exit_code, "--framed" in done.output) == (2, True)


def test_a_name_in_a_strangers_file_is_no_command_to_the_terminal(tmp_path):
    skos, hostile = "http://www.w3.org/2004/02/skos/core#", "\x1b]0;title\x07\x1b[31mred\x9b2J"
    label, old = f"<{skos}prefLabel>", f"<http://a/b> <{RDF}type> <{skos}Concept> .\n"
    (tmp_path / "old.nt").write_text(old, "utf-8")
    new = f'<http://a/b> {label} "b"@en .\n<http://a/b> {label} "{hostile}"@en .\n'
    (tmp_path / "new.nt").write_text(old + new, "utf-8")
    (tmp_path / "bad.nt").write_text(f'_:a {label} "{hostile}" .\n', "utf-8")
    for arguments in (["check", "new.nt"], ["diff", "old.nt", "new.nt"], ["diff", "old.nt", "bad.nt"]):
        done = rolegraph(*arguments, cwd=tmp_path)
        shown = done.stdout + done.stderr
        assert "red" in shown
        assert not {*"\x07\x1b\x9b"} & {*shown}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that has no room")
@pytest.mark.parametrize(
    "arguments", [["export"], ["diff", "a.nt", "b.nt", "--format", "patch"], ["check", "a.nt", "--format", "json"]]
)
def test_a_full_disk_is_told_and_no_trace_of_our_code(arguments, tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/rolegraph.db")) as store:
        store.add_many(reading._replace(taxonomy="") for reading in READINGS)
        (tmp_path / "a.nt").write_bytes(exported(store, "nt")[0])
    (tmp_path / "b.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [ROLEGRAPH, *arguments],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_folder_for_temporary_files_is_told_by_an_import(store, monkeypatch, tmp_path):
    (tmp_path / "a.nt").write_bytes(exported(store, "nt")[0])

    def full(staging, *rest):
        staging._db.execute("PRAGMA max_page_count = 1")
        take(staging, *rest)

    take = Staging.take
    monkeypatch.setattr(Staging, "take", full)
    with closing(open_store("sqlite://")) as target:
        with pytest.raises(BadInput, match=r"is full(.|\n)*TMPDIR"):
            import_graph(target, tmp_path / "a.nt")
        assert target.revision() == 0
