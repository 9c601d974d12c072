"""rolegraph check: each check finds the fault that was planted and nothing else, and our own export has none."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
import rdflib
from command import ROOT, rolegraph
from rdflib.namespace import RDF, SH
from typer.testing import CliRunner
from whole import READINGS, InMemory, exported, stored

from api.cli import app
from graphmodel.errors import BadInput
from ontology import checks
from ontology.export import export
from ontology.formats import FORMATS
from ontology.quality import sources
from ontology.quality.report import to_json, to_shacl
from ontology.quality.sources import Dumped, Stored
from ontology.terms import BASE, DATA_KINDS

PREFIXES = """@prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix t: <https://example.org/topics/> . @prefix other: <https://example.com/> .
"""
TOPICS = """
t:scheme a skos:ConceptScheme ; dct:title "Topics"@en ; skos:hasTopConcept t:a .
t:a a skos:Concept ; skos:prefLabel "分析"@zh-Hans, "analysis"@en ; skos:definition "看结构"@zh-Hans ;
    skos:inScheme t:scheme ; skos:topConceptOf t:scheme ; skos:narrower t:b, t:c .
t:b a skos:Concept ; skos:prefLabel "市场分析"@zh-Hans, "market analysis"@en ; skos:note "看市场"@zh-Hans ;
    skos:altLabel "市場分析"@zh-Hant ; skos:inScheme t:scheme ; skos:broader t:a ; skos:related t:c .
t:c a skos:Concept ; skos:prefLabel "用户分析"@zh, "user analysis"@en ; skos:note "看用户"@zh-Hans ;
    skos:inScheme t:scheme ; skos:broader t:a ; skos:related t:b ; skos:exactMatch other:x ; skos:closeMatch other:y .
"""
MORE = """ skos:prefLabel "别的"@zh, "other"@en ; skos:note "有"@zh ; skos:inScheme t:scheme """

FAULTS = {
    "DisjointLabelsViolations": ('t:a skos:altLabel "analysis"@en .', "a"),
    "InconsistentPrefLabels": ('t:a skos:prefLabel "analyses"@en .', "a"),
    "MissingLabels": ("t:d a skos:Concept ; skos:note 'x'@en ; skos:broader t:a . t:a skos:narrower t:d .", "d"),
    "IncompleteLanguageCoverage": (
        't:d a skos:Concept ; skos:inScheme t:scheme ; skos:prefLabel "only"@en ; skos:note "有"@zh . '
        "t:d skos:broader t:a . t:a skos:narrower t:d .",
        "d",
    ),
    "OmittedOrInvalidLanguageTags": ('t:a skos:altLabel "analyse"@qq, "plain" .', "a"),
    "OverlappingLabels": ('t:c skos:altLabel "Market Analysis"@en .', "c"),
    "UndocumentedConcepts": (
        't:d a skos:Concept ; skos:inScheme t:scheme ; skos:prefLabel "丁"@zh, "d"@en ; skos:broader t:a . '
        "t:a skos:narrower t:d .",
        "d",
    ),
    "OrphanConcepts": (f"t:d a skos:Concept ; {MORE} .", "d"),
    "HierarchicalCycles": (
        f"t:d a skos:Concept ; {MORE} ; skos:broader t:b ; skos:narrower t:b . "
        "t:b skos:broader t:d ; skos:narrower t:d .",
        "b",
    ),
    "RelationClashes": (
        f"t:d a skos:Concept ; {MORE} ; skos:broader t:b ; skos:related t:a . "
        "t:b skos:narrower t:d . t:a skos:related t:d .",
        "d",
    ),
    "MappingClashes": (
        "t:c skos:relatedMatch other:z . t:b skos:exactMatch other:x, other:z .",
        "c",
    ),
    "OmittedTopConcepts": (
        't:two a skos:ConceptScheme ; skos:prefLabel "Two"@en . t:a skos:inScheme t:two .',
        "two",
    ),
    "TopConceptsHavingBroader": ("t:b skos:topConceptOf t:scheme . t:scheme skos:hasTopConcept t:b .", "b"),
    "UnidirectionallyRelatedConcepts": (f"t:d a skos:Concept ; {MORE} ; skos:broader t:a .", "d"),
    "DanglingReferences": ("t:a skos:related t:nothing .", "a"),
    "UndefinedSkosResources": ('t:a skos:preferredLabel "分析"@zh-Hans .', "a"),
    "ConceptsAsSchemes": ('t:a a skos:ConceptScheme ; dct:title "A"@en .', "a"),
    "CollectionsAsConcepts": ("t:b a skos:Collection .", "b"),
}
"""Check -> what is added to TOPICS, and the subject that is found."""

CURATED, CANDIDATE = f"<{BASE}skill/analysis>", "ee4a4ba1bd2f9ae0"
OUR_FAULTS = {
    "MissingZhOrEn": (r'^<[^>]*skill/analysis> \S*prefLabel> "analysis"@en \.\n', "", "skill/analysis"),
    "DanglingReferences": (r"^<[^>]*note/[^>]*-1> .*\n", "", "document/"),
    "UndeclaredTerms": ("ns#minYears>", "ns#leastYears>", "requirement/"),
    "UntypedResources": (r"^<[^>]*indicator/[^>]*> \S*#type> .*\n", "", "indicator/"),
    "MissingLabels": (r'^<[^>]*duty/[^>]*> \S*prefLabel> "市场专员.*\n', "", "duty/"),
    "MisplacedWords": ('"char=21,25"', '"char=25,21"', "mention/"),
    "CandidatesWithoutEvidence": (r"(?<=ns#target> )<[^>]*skill/[0-9a-f]{16}>", CURATED, "skill/"),
    "UnknownEscoConcepts": ("", "", "skill/"),
}
"""Check -> what is put in the place of what in our export, and how the IRI that is found begins."""

USUAL = {"OrphanConcepts", "UndocumentedConcepts"}
"""What the small taxonomy of these tests has."""


def checked(folder: Path, text: str, suffix: str = "ttl", **options) -> checks.Report:
    file = folder / f"dump.{suffix}"
    file.write_text(text, encoding="utf-8")
    return checks.check(Dumped(file), **options)


def found(report: checks.Report) -> dict[str, set[str]]:
    return {name: {finding.subject for finding in each} for name, each in report.findings.items()}


def test_every_check_has_a_fault_here():
    assert {*FAULTS, *OUR_FAULTS, "Shapes", "HttpUriSchemeViolations"} == set(checks.CHECKS)


def test_sound_skos_of_others_has_no_findings(tmp_path):
    report = checked(tmp_path, PREFIXES + TOPICS, esco=frozenset())
    assert found(report) == {}
    assert report.passes("info")
    assert (report.subjects, report.triples) == (4, 28)


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_what_its_check_finds(tmp_path, name):
    fault, subject = FAULTS[name]
    report = checked(tmp_path, PREFIXES + TOPICS + fault)
    wider = {"OmittedTopConcepts": {"UndocumentedConcepts"}}
    assert found(report).keys() - wider.get(name, set()) == {name}
    assert found(report)[name] == {f"<https://example.org/topics/{subject}>"}
    assert report.passes() == (checks.CHECKS[name].severity != "violation")


def test_concepts_that_no_browser_opens_are_found(tmp_path):
    report = checked(tmp_path, (PREFIXES + TOPICS).replace("https://example.org/topics/", "urn:topics:"))
    assert found(report) == {"HttpUriSchemeViolations": {f"<urn:topics:{each}>" for each in ("scheme", "a", "b", "c")}}


def test_labels_of_skos_xl_are_labels(tmp_path):
    xl = TOPICS.replace('skos:prefLabel "用户分析"@zh, "user analysis"@en', "xl:prefLabel t:l1, t:l2, t:l3")
    forms = (
        't:l1 xl:literalForm "用户分析"@zh . t:l2 xl:literalForm "user analysis"@en . t:l3 xl:literalForm "users"@en .'
    )
    assert found(checked(tmp_path, PREFIXES + xl + forms)) == {
        "InconsistentPrefLabels": {"<https://example.org/topics/c>"}
    }


@pytest.fixture(scope="module")
def ours() -> str:
    return exported(InMemory(READINGS), "nt")[0].decode()


@pytest.mark.parametrize("name", OUR_FAULTS)
def test_a_fault_in_our_export_is_what_its_check_finds(tmp_path, ours, name):
    old, new, subject = OUR_FAULTS[name]
    text, count = re.subn(old, new, ours, flags=re.MULTILINE) if old else (ours, 1)
    assert count
    esco = frozenset({"u"}) if name == "UnknownEscoConcepts" else frozenset({"u", "x"})
    report = checked(tmp_path, text, "nt", esco=esco, names=set(checks.CHECKS) - {"Shapes"})
    wider = {"MissingZhOrEn": {"IncompleteLanguageCoverage"}}
    assert set(found(report)) - USUAL - wider.get(name, set()) == {name}
    assert all(each.startswith(f"<{BASE}{subject}") for each in found(report)[name])


def test_a_fault_that_the_shapes_find_names_what_is_wrong(tmp_path, ours):
    text = re.sub(r'(?<=ns#necessity> )"preferred"', '"maybe"', ours)
    report = checked(tmp_path, text, "nt")
    assert set(report.findings) - USUAL == {"Shapes"}
    one = report.findings["Shapes"][0]
    assert one.value == '"maybe"'
    assert one.path.endswith("ns#necessity>")
    assert one.component == str(SH.InConstraintComponent)
    assert "required" in one.en
    assert "必要性" in one.zh
    assert not report.passes()


@pytest.mark.parametrize("quotes", ["none", "spans"])
def test_what_quotes_leave_out_is_no_fault(tmp_path, quotes):
    file = tmp_path / "dump.nt"
    with file.open("wb") as out:
        export(InMemory(READINGS), out, "nt", quotes=quotes)
    assert set(found(checks.check(Dumped(file)))) <= USUAL


def test_a_part_of_an_export_passes(tmp_path):
    """What is there is held to its shape; what kinds it lacks altogether is not looked for."""
    file = tmp_path / "part.nt"
    for kind in DATA_KINDS:
        with file.open("wb") as out:
            count = export(InMemory(READINGS), out, "nt", kinds=[kind])
        report = checks.check(Dumped(file))
        assert report.triples == count > 0
        assert report.passes(), (kind, report.findings)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_of_the_export_is_read(tmp_path, format):
    view = stored(READINGS)
    file = tmp_path / f"dump.{FORMATS[format].suffix}.gz"
    file.write_bytes(gzip.compress(exported(view, format)[0]))
    expected = checks.check(Stored(view))
    report = checks.check(Dumped(file))
    assert (report.subjects, report.triples, report.counts) == (*expected[1:3], expected.counts)


def test_the_order_of_a_dump_changes_no_finding(tmp_path, ours, monkeypatch):
    file = tmp_path / "dump.nt"
    file.write_text(re.sub(r'(?<=ns#necessity> )"preferred"', '"maybe"', ours), encoding="utf-8")
    expected = checks.check(Dumped(file))
    assert expected.counts["Shapes"] > 0
    monkeypatch.setattr(sources, "_CHUNK", 100)
    file.write_text("".join(reversed(file.read_text("utf-8").splitlines(keepends=True))), encoding="utf-8")
    assert checks.check(Dumped(file)) == expected


def test_checks_are_chosen_by_name_or_by_rule(tmp_path):
    text = PREFIXES + TOPICS + FAULTS["DisjointLabelsViolations"][0] + FAULTS["OverlappingLabels"][0]
    assert set(found(checked(tmp_path, text, names=checks.chosen(["s13"])))) == {"DisjointLabelsViolations"}
    assert set(found(checked(tmp_path, text, names=checks.chosen(skip=["S13"])))) == {"OverlappingLabels"}
    with pytest.raises(BadInput, match="OrphanConcepts"):
        checks.chosen(["Orphans"])


def test_a_limit_keeps_few_and_counts_all(tmp_path):
    extra = " ".join(f't:x{i} a skos:Concept ; skos:inScheme t:scheme ; skos:note "有"@zh .' for i in range(30))
    report = checked(tmp_path, PREFIXES + TOPICS + extra, limit=2)
    assert report.counts["MissingLabels"] == 30
    assert len(report.findings["MissingLabels"]) == 2


def test_the_report_of_shacl_has_every_finding(tmp_path, ours):
    report = checked(tmp_path, re.sub(r'(?<=ns#necessity> )"preferred"', '"maybe"', ours), "nt")
    graph = rdflib.Graph().parse(data="".join(to_shacl(report)), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    results = list(graph.objects(node, SH.result))
    assert len(results) == sum(report.counts.values())
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert graph.value(result, needed) is not None
    sound = "".join(to_shacl(checked(tmp_path, PREFIXES + TOPICS)))
    assert rdflib.Graph().parse(data=sound, format="turtle").value(None, SH.conforms) is None
    assert "sh:conforms true" in sound


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [("a.ttl", "<urn:a> <urn:b> .", "a.ttl:1"), ("a.csv", "x", "jsonld"), ("none.ttl", None, "cannot be read"),
     ("a.nt.gz", "no gzip", "a.nt.gz:1"), ("a.trig", "# nothing", "says nothing")],
)  # fmt: skip
def test_what_cannot_be_read_is_told(tmp_path, name, text, told):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        checks.check(Dumped(tmp_path / name))


def test_a_list_of_esco_may_be_a_table_or_iris(tmp_path):
    file = tmp_path / "esco.tsv"
    uuid = "9bc3b9ae-50d8-4a32-857e-8cf8d9b4ba8e"
    iri = f"http://data.europa.eu/esco/skill/{uuid.upper()}"
    for text in (f"uuid\tlabel\n{uuid}\tscanning\n", f"{iri}\n", f'conceptType,conceptUri\nSkill,"{iri}",{iri}x\n'):
        file.write_text(text, encoding="utf-8")
        assert checks.esco_ids(file) == {uuid}
    file.write_text("nothing here\n", encoding="utf-8")
    with pytest.raises(BadInput, match="names no concept"):
        checks.esco_ids(file)


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    loaded = rolegraph("load", ROOT / "loaders" / "samples", "--store", "sqlite:///jobs.db", cwd=folder)
    assert loaded.returncode == 0, loaded.stderr
    return folder


def test_the_export_of_the_samples_passes(samples):
    """With the built-in taxonomy."""
    done = rolegraph("check", "--store", "sqlite:///jobs.db", "--json", cwd=samples)
    assert done.returncode == 0, done.stdout[-2000:]
    report = json.loads(done.stdout)
    assert report["passes"]
    assert report["subjects"] > 3_000
    assert {check["name"] for check in report["checks"]} == set(checks.CHECKS) - {"UnknownEscoConcepts"}
    assert report["counts"]["violation"] == 0
    assert {check["name"] for check in report["checks"] if check["count"]} <= {"OverlappingLabels"}, "names of roles"


def run(*arguments: str | Path) -> tuple[int, str]:
    """The command within this process, which takes a tenth of the time."""
    done = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_is_a_gate(tmp_path):
    file, report = tmp_path / "topics.ttl", tmp_path / "report.ttl"
    file.write_text(PREFIXES + TOPICS + FAULTS["OverlappingLabels"][0], encoding="utf-8")
    code, shown = run(file)
    assert code == 0
    assert "OverlappingLabels (1)" in shown
    assert run(file, "--severity", "warning", "--format", "shacl", "--output", report) == (1, "")
    assert "OverlappingLabels" in report.read_text(encoding="utf-8")
    assert run(file, "--severity", "warning", "--skip", "OverlappingLabels")[0] == 0


def test_an_unknown_check_and_two_sources_are_wrong_usage():
    for arguments, told in ((("--only", "Orphans"), "OrphanConcepts"), (("a.ttl", "--store", "sqlite://"), "--store")):
        code, shown = run(*arguments)
        assert code == 2
        assert told in shown


def test_the_same_dump_has_the_same_report(tmp_path, ours):
    text = re.sub(r'(?<=ns#necessity> )"preferred"', '"maybe"', ours)
    report = checked(tmp_path, text, "nt")
    done = rolegraph("check", "dump.nt", "--format", "shacl", cwd=tmp_path, PYTHONHASHSEED="42")
    assert done.stdout == "".join(to_shacl(report))


@pytest.mark.parametrize("more", ["", "<http://example.org/0> a skos:Concept ."])
def test_things_without_a_name_have_the_same_report(tmp_path, more):
    unnamed = '[ a skos:Concept ; skos:foo [ skos:bar 1 ] ; skos:prefLabel "b"@en, "c"@en ] . [ a skos:Concept ] .'
    text = PREFIXES + unnamed * 3 + more
    reports = {json.dumps(to_json(checked(tmp_path, text)), ensure_ascii=False) for _ in range(3)}
    assert len(reports) == 1
    assert {f"_:anonymous-{n}" for n in (1, 2, 3)} <= set(re.findall(r"_:[\w-]+", reports.pop()))


def test_json_is_whole(tmp_path):
    report = checked(tmp_path, PREFIXES + TOPICS + FAULTS["InconsistentPrefLabels"][0])
    (one,) = [check for check in to_json(report)["checks"] if check["count"]]
    assert (one["name"], one["rule"], one["severity"]) == ("InconsistentPrefLabels", "S14", "violation")
    (finding,) = one["findings"]
    assert (finding["subject"], finding["language"]) == ("https://example.org/topics/a", "en")


def test_the_page_tells_each_check():
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w*) ?\| ", page, re.MULTILINE)
    assert told == [(check.name, check.severity, check.rule) for check in checks.CHECKS.values()]
