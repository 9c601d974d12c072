"""What changed between two graphs: told in numbers and names, and as patches that make one of the other."""

from __future__ import annotations

import gzip
import random
import re
from contextlib import closing
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat
from test_export import run
from whole import OLDER, SCHEME, reading

from graphmodel import revisions
from graphmodel.errors import BadInput
from graphmodel.identity import role_id
from graphmodel.store import open_store
from ontology import diff, formats, lines, patches
from ontology.terms import BASE, iri
from tests.dumps import found, holding, patched, read, write_dumps, written

SUFFIXES = [format.suffix for format in formats.FORMATS.values()]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dumps(tmp_path_factory.mktemp("dumps"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dump_says_the_same_in_every_format(dumps, suffix, tmp_path):
    expected = (dumps / "new.nt").read_bytes().splitlines(keepends=True)
    assert read(dumps / f"new.{suffix}") == expected
    packed = written(tmp_path, f"new.{suffix}.gz", gzip.compress((dumps / f"new.{suffix}").read_bytes()))
    assert read(packed) == expected


def test_a_store_says_what_its_dump_says(dumps):
    with closing(open_store(f"sqlite:///{dumps}/new.db")) as store, store.reading() as view:
        for graphs, name in ((False, "new.nt"), (True, "new.trig")):
            with lines.of_view(view, BASE, graphs) as said:
                assert list(said) == read(dumps / name, graphs)


def test_what_is_not_sorted_is_sorted_in_files(dumps, tmp_path, monkeypatch):
    said = (dumps / "new.nt").read_bytes().splitlines(keepends=True)
    shuffled = [*said, *said[:50]]
    random.Random(1).shuffle(shuffled)
    file = written(tmp_path, "shuffled.nt", b"# a comment\n" + b"".join(shuffled))
    assert read(file) == said
    monkeypatch.setattr(lines, "_CHUNK", 64)
    assert read(file) == said
    assert read(dumps / "new.ttl") == said


def test_how_another_tool_writes_the_same_changes_nothing(dumps, tmp_path):
    """It writes tags of languages in small letters, and characters as escapes."""
    other = tmp_path / "other.nt"
    quads = pyoxigraph.parse(path=dumps / "new.nt")
    pyoxigraph.serialize((quad.triple for quad in quads), other, RdfFormat.N_TRIPLES)
    text = other.read_text("utf-8")
    assert "@zh-hans" in text
    escaped = "".join(char if char.isascii() else f"\\u{ord(char):04X}" for char in text)
    for name, said in (("other.nt", text), ("escaped.nt", escaped)):
        assert read(written(tmp_path, name, said.encode())) == read(dumps / "new.nt")


@pytest.mark.parametrize(("before", "after"), [("old", "new"), ("new", "old"), ("old", "old")])
def test_a_patch_and_an_update_make_the_new_of_the_old(dumps, tmp_path, before, after, monkeypatch):
    monkeypatch.setattr(patches, "_BATCH", 40)
    for suffix, graphs in (("nt", False), ("trig", True)):
        old, new = (read(dumps / f"{name}.{suffix}", graphs) for name in (before, after))
        for write in (patches.patch, patches.update):
            with (tmp_path / "difference").open("wb") as file:
                triples = write(found(old, new), file)
            said = (tmp_path / "difference").read_bytes()
            if write is patches.patch:
                assert patched(old, said) == sorted(line.replace(b"\t", b" ") for line in new)
            else:
                assert said.count(b"DATA {") > 5 or before == after
                store = holding(dumps / f"{before}.{suffix}")
                store.update(said.decode())
                assert {*store} == {*holding(dumps / f"{after}.{suffix}")}
            assert triples == (len({*new} - {*old}), len({*old} - {*new}))


def test_equal_patches_have_equal_ids_and_others_others(dumps, tmp_path):
    old, new = read(dumps / "old.nt"), read(dumps / "new.nt")
    heads = []
    for one, other in ((old, new), (old, new), (new, old)):
        with (tmp_path / "patch").open("wb") as file:
            patches.patch(found(one, other), file)
        heads.append((tmp_path / "patch").read_bytes().splitlines()[0])
    assert heads[0] == heads[1] != heads[2]


TERMS = st.sampled_from([NamedNode(f"urn:{name}") for name in ("a", "a/b", "ab", "b")])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\\u0041", "\\\\U0001F600", "\\"]
)
LITERALS = st.builds(Literal, TEXTS) | st.builds(lambda text: Literal(text, language="zh-Hant"), TEXTS)
GRAPHS = st.sets(st.builds(Quad, TERMS, TERMS, TERMS | LITERALS, TERMS | st.just(DefaultGraph())), max_size=12)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(GRAPHS, GRAPHS)
def test_any_two_graphs_are_made_of_each_other(tmp_path_factory, before, after):
    home = tmp_path_factory.mktemp("any", numbered=True)
    both = []
    for name, quads in (("before.nq", before), ("after.nq", after)):
        pyoxigraph.serialize(quads, home / name, RdfFormat.N_QUADS)
        both.append(read(home / name, graphs=True))
    store = pyoxigraph.Store()
    store.extend(before)
    with (home / "update").open("wb") as file:
        patches.update(found(*both), file)
    store.update((home / "update").read_text("utf-8"))
    assert {*store} == after
    with (home / "patch").open("wb") as file:
        patches.patch(found(*both), file)
    assert len(patched(both[0], (home / "patch").read_bytes())) == len(after)


def test_no_backslash_is_an_escape_of_sparql(tmp_path):
    """Who replaces \\u0041 before reading anything else must still find a backslash."""
    line = rb'<urn:s> <urn:p> "\\u0041 \\\\U00000041 \u0001" .' + b"\n"
    with (tmp_path / "update").open("wb") as file:
        patches.update(found([], [line]), file)
    said = (tmp_path / "update").read_text("utf-8")
    before_all = re.sub(r"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})", lambda m: chr(int(m[1] or m[2], 16)), said)
    for text in (said, before_all):
        store = pyoxigraph.Store()
        store.update(text)
        assert [quad.object.value for quad in store] == ["\\u0041 \\\\U00000041 \x01"]


def test_a_summary_counts_things_and_triples_and_names_them(dumps):
    old, new = read(dumps / "old.nt"), read(dumps / "new.nt")
    told = diff.summary(found(old, new))
    assert told.triples == (len({*new} - {*old}), len({*old} - {*new}))
    assert sum(part.added for part in told.properties.values()) == told.triples.added
    assert told.properties["rg:origin"] == (2, 1)
    documents = told.classes["rg:Document"]
    assert [{thing.name for thing in some.first} for some in documents] == [{"c.txt", "d.txt"}, {"a.txt"}, set()]
    roles = told.classes["rg:Role"]
    assert roles.added == (1, (diff.Thing(iri(role_id("出纳"), BASE), "出纳"),))
    assert [thing.name for thing in roles.changed.first] == ["市场专员"]
    assert roles.removed == (0, ())
    assert [thing.name for thing in told.classes["rg:Duty"].added.first] == ["出纳写周报"]
    short = diff.summary(found(old, new), names=1)
    assert (short.classes["rg:Document"].added.total, len(short.classes["rg:Document"].added.first)) == (2, 1)


def test_the_other_way_round_what_was_added_is_removed(dumps):
    old, new = read(dumps / "old.nt"), read(dumps / "new.nt")
    there, back = diff.summary(found(old, new)), diff.summary(found(new, old))
    assert back.triples == there.triples[::-1]
    for cls, things in there.classes.items():
        assert back.classes[cls].removed == things.added
        assert back.classes[cls].added == things.removed


def test_equal_graphs_have_no_difference(dumps):
    told = diff.summary(found(read(dumps / "old.ttl"), read(dumps / "old.rdf")))
    assert told == ((0, 0), {}, {})


@pytest.mark.parametrize(
    ("name", "said", "problem"),
    [
        ("blank.nt", b'_:a <urn:p> "x" .\n', "blank node"),
        ("blank.ttl", b"<urn:s> <urn:p> [] .", "blank node"),
        ("broken.nt", b'<urn:s> <urn:p> "x" .\n<urn:s> <urn:p> "x .\n', "broken.nt:2"),
        ("broken.ttl", b"<urn:s> <urn:p>\n", "broken.ttl"),
        ("latin.nt", b'<urn:s> <urn:p> "\xe9" .\n', "latin.nt"),
        ("cut.nt.gz", gzip.compress(b"<urn:s> <urn:p> <urn:o> .\n" * 99)[:-9], "cut.nt.gz"),
        ("dump.csv", b"", "suffix"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_anything_is_told(tmp_path, name, said, problem):
    with pytest.raises(BadInput, match=re.escape(problem)) as refused:
        read(written(tmp_path, name, said))
    assert refused.value.remedy


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"gone\.nt"):
        read(tmp_path / "gone.nt")


def test_the_journal_tells_which_documents_came_changed_and_went():
    with closing(open_store("sqlite://")) as store:
        store.set_taxonomy(OLDER)
        start = store.revision()
        store.set_taxonomy(SCHEME)
        store.add_many([reading("a.txt", "出纳"), reading("b.txt", "出纳"), reading("e.txt", "出纳")])
        before = store.revision()
        store.add_many([reading("a.txt", "会计")._replace(reader="reader-2"), reading("c.txt", "出纳")])
        store.add_many([reading("d.txt", "出纳")])
        store.forget(["b.txt", "d.txt", "e.txt"])
        last = store.revision()
        store.add_many([reading("e.txt", "出纳")])
        with store.reading() as view:
            now = view.revision()
            assert revisions.documents(view, before) == (
                before, now, ("c.txt",), ("a.txt", "e.txt"), ("b.txt",), False,
            )  # fmt: skip
            assert revisions.documents(view, before, last) == (
                before, last, ("c.txt",), ("a.txt",), ("b.txt", "e.txt"), False,
            )  # fmt: skip
            assert revisions.documents(view, start).added == ("a.txt", "c.txt", "e.txt")
            assert revisions.documents(view, start).taxonomy
            assert not revisions.documents(view, now).differ
            for since, until in ((99, None), (2, 1), (0, 99)):
                with pytest.raises(BadInput, match="no part of this store's past"):
                    revisions.documents(view, since, until)


def test_two_large_dumps_are_compared_in_bounded_memory(tmp_path):
    """As sets of lines these 200,000 would take 50 MB."""
    pytest.importorskip("resource", reason="peak memory is asked of the operating system, not on Windows")
    code = f"""
import resource
from pathlib import Path
from ontology import diff, lines
files = [Path({str(tmp_path)!r}) / name for name in ("old.nt", "new.nt")]
for file, duties in zip(files, (8_000, 8_500)):
    with file.open("wb") as out:
        export(Many(duties), out, "nt")
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1 << 20)
before = peak()
with lines.of_dump(files[0]) as old, lines.of_dump(files[1]) as new:
    told = diff.summary(diff.changes(old, new))
print(told.classes["rg:Duty"].added.total, peak() - before)
"""
    added, grown = map(int, run(code).split())
    assert added == 500
    assert grown < 15
