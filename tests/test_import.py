"""A dump brought back: the same graph and the same bytes, or a clear error and a store that is as it was."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from graphs import many, scheme
from stores import PLACES, contents
from test_copying import filled
from whole import OLDER, READINGS, SCHEME, exported, stored

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from graphmodel.scheme import is_candidate
from graphmodel.store import IMPORTED, GraphStore, open_store
from loaders import pipeline
from ontology import importer, taxonomy
from ontology.export import export
from ontology.formats import FORMATS
from ontology.importer import import_graph
from ontology.importing import scheme as of_dumps
from ontology.importing import values
from ontology.terms import BASE, ONTOLOGY
from tests.command import rolegraph, write_documents

OTHER = "https://example.org/jobs/"
NT = {"rg": "https://w3id.org/rolegraph/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#"}


@pytest.fixture(scope="module")
def dump() -> str:
    """A whole dump of a small graph, in N-Triples."""
    with closing(stored(READINGS)) as store:
        return exported(store, "nt")[0].decode()


@pytest.fixture
def target():
    with closing(open_store("sqlite://")) as store:
        yield store


def brought(data: bytes | str, store: GraphStore, format: str = "nt", **options: object) -> importer.Imported:
    raw = data.encode() if isinstance(data, str) else data
    return import_graph(store, io.BytesIO(raw), format, **options)  # type: ignore[arg-type]


def small_taxonomy(folder: Path) -> taxonomy.Taxonomy:
    (folder / "mine.tsv").write_text("slug\tzh\nmarket-analysis\t市场分析\nexcel\tExcel\nsql\tSQL\n", "utf-8")
    return taxonomy.load(folder / "mine.tsv", only=True)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_format_comes_back_as_the_same_bytes(format, packed, target, tmp_path):
    with closing(stored(READINGS)) as store:
        data, count = exported(store, format)
    file = tmp_path / f"all.{FORMATS[format].suffix}{'.gz' if packed else ''}"
    file.write_bytes(gzip.compress(data) if packed else data)
    done = import_graph(target, file)
    assert done._replace(triples=0) == importer.Imported(0, 3, 0, 0, BASE)
    assert done.triples >= count * 0.5
    assert exported(target, format)[0] == data


@pytest.mark.parametrize("engine", PLACES)
def test_the_same_nodes_and_edges_come_back(engine, tmp_path):
    """Documents that spell names in several ways, repeat each other, were changed, and were forgotten."""
    with (
        closing(open_store("sqlite://")) as source,
        PLACES[engine](tmp_path) as place,
        closing(place.open()) as store,
    ):
        filled(source)
        data = exported(source)[0]
        brought(data, store, "turtle")
        assert contents(store) == contents(source)
        assert exported(store)[0] == data
        given_up = {old: new for old, new in source.aliases().items() if not is_candidate(old)}
        assert given_up == store.aliases(given_up) != {}


def test_what_a_reader_made_of_files_comes_back(tmp_path, target):
    known = small_taxonomy(tmp_path)
    with closing(open_store("sqlite://")) as source:
        pipeline.load(source, [str(write_documents(tmp_path / "documents"))], known)
        data = exported(source, "nt")[0]
        brought(data, target)
        assert contents(target) == contents(source)
        assert target.aliases() == source.aliases()
    assert exported(target, "nt")[0] == data
    left = pipeline.refresh(target, known)
    assert (left.imported, left.unchanged, left.changed) == (2, 2, 0)
    assert exported(target, "nt")[0] == data
    again = pipeline.load(target, [str(tmp_path / "documents")], known)
    assert (again.changed, again.unchanged) == (2, 0)
    assert exported(target, "nt")[0] == data
    assert IMPORTED not in {stamp.reader for stamp in target.stamps().values()}


def test_a_refresh_with_another_taxonomy_keeps_what_was_imported(dump, target, tmp_path):
    brought(dump, target)
    before = target.count("duty"), target.count("REQUIRES")
    assert pipeline.refresh(target, small_taxonomy(tmp_path)).imported == 3
    assert (target.count("duty"), target.count("REQUIRES")) == before


@pytest.mark.parametrize("format", FORMATS)
def test_the_notes_of_a_document_keep_their_order(format, target):
    first = READINGS[0]
    notes = tuple(Note("masked", 9 * n, 9 * n + 5, f"第{n}处\ufeff\u2028😀") for n in range(1, 121))
    document = first.document._replace(notes=notes)
    nodes = first.graph.nodes | {document.id: document}
    with closing(stored([first._replace(document=document, graph=first.graph._replace(nodes=nodes))])) as store:
        dumped, lines = exported(store, format)[0], exported(store, "nt")[0].splitlines()
    assert lines == sorted(lines)
    brought(dumped, target, format)
    assert target.nodes("document")[0].notes == notes
    assert exported(target, format)[0] == dumped


def test_the_order_of_triples_and_doubles_do_not_matter(dump, target):
    lines = dump.splitlines(keepends=True)
    mixed = "".join(sorted(lines, key=lambda line: line[::-1]) + lines[::7])
    brought(mixed, target)
    assert exported(target, "nt")[0] == dump.encode()


@pytest.mark.parametrize("format", ["turtle", "nt", "xml", "json-ld"])
def test_what_another_tool_wrote_again_comes_back(format, dump, target):
    """Blocks in another order, other prefixes, numbers in another form."""
    again = rdflib.Graph().parse(data=dump, format="nt").serialize(format=format)
    known = {"xml": "rdfxml", "json-ld": "jsonld"}
    brought(again, target, known.get(format, format))
    assert exported(target, "nt")[0] == dump.encode()


def test_ids_that_were_given_up_come_back_even_if_they_lead_nowhere(target):
    with closing(open_store("sqlite://")) as source:
        source.set_taxonomy(OLDER)
        source.set_taxonomy(SCHEME)
        source.set_taxonomy(SCHEME._replace(digest="without", skills=SCHEME.skills[:3], aliases=()))
        data = exported(source, "nt")[0]
        assert b"skill/ms-excel> <http://purl.org/dc/terms/isReplacedBy>" in data
        brought(data, target)
        slugs = {"skill:ms-excel", "skill:spreadsheet"}
        assert target.aliases(slugs) == source.aliases(slugs) == dict.fromkeys(slugs, "skill:excel")
    assert exported(target, "nt")[0] == data


def test_the_taxonomy_of_this_version_is_known_by_what_it_says():
    built_in = taxonomy.load().scheme
    assert of_dumps._digest(built_in._replace(digest="")) == built_in.digest
    assert of_dumps._digest(built_in._replace(digest="", skills=built_in.skills[1:])) != built_in.digest


def test_a_deprecated_skill_comes_back(target):
    with closing(stored(READINGS)) as source:
        source.set_taxonomy(SCHEME._replace(digest="without", skills=SCHEME.skills[:3], aliases=()))
        data = exported(source, "nt")[0]
        assert b'"deprecated"' in data
        brought(data, target)
    assert exported(target, "nt")[0] == data
    assert [skill.status for skill in target.nodes("skill", ["skill:excel"])] == ["deprecated"]


@pytest.mark.parametrize("value", [1 / 3, 2 / 3, 1 / 12, 7 / 12, 0.7, 2.5, 0.123456])
def test_a_decimal_comes_back_as_it_was(value):
    said = {"skos:prefLabel": ['"要求"@zh-Hans'], "requirementType": ['"other"']}
    said["minYears"] = [f"{value:.6f}".rstrip("0")]
    id = "requirement:" + values.requirement_id("要求").partition(":")[2]
    assert values.node(id, said).min_years == value


def test_majors_stand_as_in_the_text():
    found = ("会计", "会计学", "金融", "经济")
    assert values._as_in("会计学、金融、会计等专业", found) == ("会计学", "金融", "会计", "经济")


def test_another_base_is_refused_unless_it_is_to_be_rebased(dump, target):
    moved = dump.replace(BASE, OTHER)
    with pytest.raises(BadInput, match=r"standard input:1: the base of this thing(.|\n)*--rebase"):
        brought(moved, target)
    assert target.revision() == 0
    done = brought(moved, target, rebase=True)
    assert done.base == OTHER
    assert exported(target, "nt")[0] == dump.encode()


@pytest.mark.parametrize("base", [ONTOLOGY.removesuffix("ns#"), "http://www.w3.org/", "https://例子.cn/数据#"])
def test_a_base_may_be_the_beginning_of_our_terms(base, dump, target):
    with closing(stored(READINGS)) as store:
        moved = exported(store, "nt", base)[0]
    assert brought(moved, target, rebase=True).base == base
    assert exported(target, "nt")[0] == dump.encode()


def test_a_dump_with_two_bases_is_refused(dump, target):
    lines = dump.splitlines(keepends=True)
    mixed = "".join(lines[:50]) + "".join(lines[50:]).replace(BASE, OTHER)
    for rebase in (False, True):
        with pytest.raises(BadInput, match=r"standard input:\d+: the base of this thing(.|\n)*with one base"):
            brought(mixed, target, rebase=rebase)
    assert target.revision() == 0


def test_what_is_unknown_is_refused_or_left_out(dump, target):
    more = f'<{BASE}skill/excel> <http://example.org/rank> "5" .\n_:b <http://example.org/rank> "5" .\n'
    more += f"<http://example.org/x> a:b <{BASE}skill/excel> .\n".replace("a:b", "<http://example.org/rank>")
    subjects = (r"\S+/id/skill/excel has", "_:b is", "http://example.org/x is")
    for line, told in zip(more.splitlines(), subjects, strict=True):
        with pytest.raises(BadInput, match=rf"input:\d+: {told}(.|\n)*--ignore-unknown"):
            brought(dump + line, target)
    assert brought(dump + more, target, ignore_unknown=True).left_out == 3
    assert exported(target, "nt")[0] == dump.encode()


def line(text: str, *parts: str) -> str:
    """The first line of N-Triples with all of these in it."""
    return next(one for one in text.splitlines(keepends=True) if all(part in one for part in parts))


Edit = Callable[[str], str]
DUTY, MENTION, PREF = f"<{BASE}duty/", f"<{BASE}mention/", "core#prefLabel>"
WRONG: dict[str, tuple[Edit, str]] = {
    "a word for a number": (
        lambda dump: dump.replace(line(dump, "ns#line>"), line(dump, "ns#line>").replace('"', '"abc', 1)),
        r"input:\d+: line of mention:\w+ is \"abc\d+\"\^\^\S+integer, which is no xsd:integer",
    ),
    "a number for a word": (
        lambda dump: dump.replace(line(dump, DUTY, PREF), f"{line(dump, DUTY, PREF).partition(PREF)[0]}{PREF} 5 .\n"),
        r"input:\d+: Parser error",
    ),
    "an unknown class": (
        lambda dump: dump.replace("ns#Duty>", "ns#Task>"),
        r"input:\d+: \S+duty/\w+ has the class rg:Task(.|\n)*--ignore-unknown",
    ),
    "an unknown value": (
        lambda dump: dump.replace('"required"', '"maybe"'),
        r"necessity of mention:\w+ is 'maybe', which is none of preferred, required",
    ),
    "an unknown property of ours": (
        lambda dump: dump.replace("ns#heading>", "ns#headline>"),
        r"input:\d+: \S+mention/\w+ has the property rg:headline",
    ),
    "a changed text": (
        lambda dump: dump.replace('"与财务部一起分析市场"', '"与财务部一起分析行情"'),
        r"input:\d+: the id of duty:\w+ is not made from '与财务部一起分析行情'",
    ),
    "a changed place": (
        lambda dump: dump.replace('"char=4,9"', '"char=5,9"'),
        r"input:\d+: the id of mention:\w+ is not made from",
    ),
    "another count": (
        lambda dump: dump.replace(
            line(dump, "ns#postings>", "/need/"), line(dump, "ns#postings>", "/need/").replace('"2"', '"3"')
        ),
        r"input:\d+: need:\S+ has not postings 2, which follows from the rest",
    ),
    "an edge that no posting states": (
        lambda dump: dump + f"<{BASE}role/1> <{NT['rg']}belongsTo> <{BASE}department/2> .\n",
        r"role:1 has no skos:prefLabel|nothing else in the dump leads to role:1",
    ),
    "a direct triple too many": (
        lambda dump: dump + line(dump, f"<{BASE}role/", "ns#hasRequirement>").replace("hasRequirement", "reportsTo"),
        r"role:\w+ has reportsTo requirement:\w+, which does not follow",
    ),
    "a mention less": (
        lambda dump: "".join(
            one for one in dump.splitlines(keepends=True) if not one.startswith(line(dump, MENTION, "duty").split()[0])
        ),
        r"has \S+ \S+, which does not follow|has not \S+ \S+, which follows|nothing else",
    ),
    "no schemes": (
        lambda dump: "".join(one for one in dump.splitlines(keepends=True) if "<" + BASE + "scheme" not in one[:60]),
        r"is a part of a dump: it lacks scheme:candidates",
    ),
    "nothing": (lambda dump: "", "holds no statement of an export"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_dump_that_was_changed_is_refused_and_the_store_is_as_it_was(case, dump, target):
    edit, told = WRONG[case]
    changed = edit(dump)
    assert changed != dump
    with pytest.raises(BadInput, match=told) as caught:
        brought(changed, target)
    assert caught.value.remedy
    assert (target.revision(), target.taxonomy(), target.count("skill")) == (0, "", 0)


@pytest.mark.parametrize("quotes", ["none", "spans"])
def test_a_dump_without_others_words_is_told_to_be_a_part(quotes, target):
    out = io.BytesIO()
    with closing(stored(READINGS)) as store, store.reading() as view:
        export(view, out, "nt", quotes=quotes)
    with pytest.raises(BadInput, match=r"has no \S+\.(.|\n)*whole dump"):
        brought(out.getvalue(), target)
    assert target.revision() == 0


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{}]><rdf:RDF {}><rdf:Description rdf:about="{}">' + (
    "<e:p>&i;</e:p></rdf:Description></rdf:RDF>"
)
NESTED = "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True))
RDFXML = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"'
BROKEN = {
    "turtle": ("@prefix a: <http://a/> .\na:b a:c .\n", "broken:2: "),
    "nt": ("\n<http://a/b> c\n", "broken:2: "),
    "nquads": ("<a> <http://a/c> <http://a/d> .\n", "broken:1: "),
    "trig": ("<http://a/g> {\n<http://a/b> <http://a/c> }\n}\n", "broken:2: "),
    "rdfxml": (f"<rdf:RDF {RDFXML}>\n<rdf:Description>\n</rdf:RDF>", "broken: "),
    "jsonld": ('{"@context": {},\n"@graph": [}', "broken:2: "),
}


@pytest.mark.parametrize("format", BROKEN)
def test_broken_rdf_is_told_with_its_line(format, target, tmp_path):
    text, told = BROKEN[format]
    (tmp_path / "broken").write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        import_graph(target, tmp_path / "broken", format)
    assert told in caught.value.problem
    assert target.revision() == 0


@pytest.mark.parametrize("format", FORMATS)
def test_a_dump_that_was_cut_off_is_refused(format, target):
    with closing(stored(READINGS)) as store:
        data = exported(store, format)[0]
    ends = {"rdfxml": b"</rdf:Description>\n", "jsonld": b"},\n", "nt": b" .\n"}
    for end in {ends.get(format, b" .\n"), b"<" if format == "rdfxml" else b'"'}:
        cut = data[: data.rindex(end, 0, len(data) * 2 // 3) + len(end)]
        with pytest.raises(BadInput):
            brought(cut, target, format)
        assert target.revision() == 0


@pytest.mark.parametrize(
    "declared",
    [NESTED, '<!ENTITY i SYSTEM "file:///etc/passwd">', f'<!ENTITY i "{"a" * 3_000}">', "<!ENTITY % i '<!ENTITY b>'>"],
    ids=["nested", "external", "long", "parameter"],
)
@pytest.mark.parametrize("padding", [0, 8_170, 70_000])
def test_an_entity_that_grows_or_points_elsewhere_is_refused(declared, padding, target):
    bomb = BOMB.format(f"<!--{' ' * padding}-->" + declared, RDFXML, BASE)
    with pytest.raises(BadInput, match="XML entities"):
        brought(bomb, target, "rdfxml")
    assert target.revision() == 0


def test_an_entity_that_is_a_namespace_is_read(dump, target):
    with closing(stored(READINGS)) as store:
        data = exported(store, "rdfxml")[0].decode()
    head, found, rest = data.partition("<rdf:RDF")
    namespace = '<!DOCTYPE rdf:RDF [<!ENTITY ns "https://w3id.org/rolegraph/ns#">]>\n'
    brought(head + namespace + found + rest.replace('"https://w3id.org/rolegraph/ns#', '"&ns;'), target, "rdfxml")
    assert exported(target, "nt")[0] == dump.encode()


def test_a_context_elsewhere_is_never_fetched_but_our_own_is_known(dump, target):
    with closing(stored(READINGS)) as store:
        data = exported(store, "jsonld")[0].decode()
    body = json.loads(data)
    body["@context"] = "http://127.0.0.1:9/context.jsonld"
    with pytest.raises(BadInput, match=r"nothing is fetched"):
        brought(json.dumps(body), target, "jsonld")
    assert target.revision() == 0
    body["@context"] = "https://w3id.org/rolegraph/context.jsonld"
    brought(json.dumps(body), target, "jsonld")
    assert exported(target, "nt")[0] == dump.encode()


def test_a_store_with_anything_in_it_is_refused_and_left_alone(dump):
    with closing(stored(READINGS[:1])) as full, closing(open_store("sqlite://")) as other:
        other.set_taxonomy(scheme(["Excel"], "another"))
        for store in (full, other):
            before = contents(store), store.revision()
            with pytest.raises(BadInput, match=r"already(.|\n)*empty"):
                brought(dump, store)
            assert (contents(store), store.revision()) == before


def test_an_import_that_was_broken_off_is_completed_by_the_same(dump, target):
    with closing(open_store("sqlite://")) as whole:
        brought(dump, whole)
        target.set_taxonomy(whole.scheme())
        target.add_many(whole.readings(["a.txt"]))
    assert brought(dump, target) == importer.Imported(len(dump.splitlines()), 3, 1, 0, BASE)
    assert brought(dump, target).unchanged == 3
    assert exported(target, "nt")[0] == dump.encode()


def test_generated_postings_come_back(target):
    with closing(open_store("sqlite://")) as source:
        source.add_many(many(120, roles=9, skills=40))
        data = exported(source, "nt")[0]
        brought(data, target)
        assert contents(target) == contents(source)
    assert exported(target, "nt")[0] == data


def test_a_long_dump_is_taken_in_in_bounded_memory(tmp_path):
    """As lists of strings these 200,000 triples would take more than 50 MB."""
    pytest.importorskip("resource", reason="peak memory is asked of the operating system, not on Windows")
    code = f"""
import os, resource
from pathlib import Path
from ontology import parsing
from ontology.importing.staging import Staging
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
file = Path({str(tmp_path / "long.nt")!r})
label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
with file.open("w") as out:
    for i in range(50_000):
        for n in range(4):
            out.write(f'<{BASE}duty/{{i:016x}}> {{label}} "{{i}} {{n}} {{"x" * 80}}" .\\n')
before = peak()
staging = Staging(file.with_suffix(".db"))
staging.take(parsing.quads(file, "nt"), {BASE!r}, False, False)
print(staging.triples, peak() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    triples, grown = map(int, done.stdout.split())
    assert triples == 200_000
    assert grown < 40 * (1024 if sys.platform == "linux" else 1 << 20)


def test_the_command_imports_and_tells(dump, tmp_path):
    (tmp_path / "a.nt.gz").write_bytes(gzip.compress(dump.encode()))
    done = rolegraph("import", "a.nt.gz", "--store", "sqlite:///b.db", cwd=tmp_path)
    assert (done.returncode, "导入 imported" in done.stdout) == (0, True), done.stderr
    piped = rolegraph(
        "import", "-", "--format", "nt", "--store", "sqlite:///b.db", "--json", cwd=tmp_path, input=dump.encode()
    )
    assert json.loads(piped.stdout)["unchanged"] == 3
    with closing(open_store(f"sqlite:///{(tmp_path / 'b.db').as_posix()}")) as store:
        assert exported(store, "nt")[0] == dump.encode()
    (tmp_path / "bad.nt").write_text("<a> .\n", "utf-8")
    for arguments, code, told in ((["bad.nt"], 1, "bad.nt:1: "), (["-"], 2, "--format")):
        bad = rolegraph("import", *arguments, "--store", "sqlite:///c.db", cwd=tmp_path)
        assert (bad.returncode, told in bad.stderr) == (code, True), bad.stderr


@pytest.mark.parametrize(("file", "told"), [("none.nt", "none.nt cannot be read"), ("a.xyz", "--format")])
def test_a_file_that_is_not_there_or_tells_no_format_is_told(file, told, target, tmp_path):
    with pytest.raises(BadInput, match=told):
        import_graph(target, tmp_path / file)
