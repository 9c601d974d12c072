"""Apache Jena's riot reads every format of an export without a warning, and as the triples that were exported."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import maven
import pytest
from whole import READINGS, exported, stored

import loaders
from graphmodel.graph import SkillScheme
from graphmodel.store import View, open_store
from loaders import pipeline
from ontology import taxonomy
from ontology.formats import FORMATS

SAMPLES = Path(loaders.__file__).parent / "samples"
JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
NO_NETWORK = [f"-D{scheme}.proxy{what}" for scheme in ("http", "https") for what in ("Host=127.0.0.1", "Port=9")]
"""Whatever riot would fetch, a context of JSON-LD too, it fails to."""


@pytest.fixture(scope="module")
def riot() -> list[str]:
    """The command; --check and --strict make an error of every warning."""
    try:
        return [*JAVA, *NO_NETWORK, "-cp", maven.classpath("jena"), "riotcmd.riot", "--check", "--strict"]
    except maven.NotThere as missing:
        if os.environ.get("ROLEGRAPH_REQUIRE_NEO4J") == "1":  # which needs the same programs
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def views() -> Iterator[list[View]]:
    """What has something of everything; and the samples, with a tenth of the built-in taxonomy."""
    with closing(stored(READINGS)) as everything, closing(open_store("sqlite://")) as samples:
        pipeline.load(samples, [str(SAMPLES)], taxonomy.load())
        samples.set_taxonomy(_tenth(samples.scheme()))
        yield [everything, samples]


@pytest.fixture(scope="module")
def lines(views: list[View]) -> set[bytes]:
    """All triples, as lines of N-Triples."""
    return {line for view in views for line in exported(view, "nt")[0].splitlines()}


@pytest.mark.parametrize("format", FORMATS)
def test_riot_reads_what_was_exported(riot: list[str], views: list[View], lines: set[bytes], format: str, tmp_path):
    files = [f"{n}.{FORMATS[format].suffix}" for n in range(len(views))]
    for view, file in zip(views, files, strict=True):
        (tmp_path / file).write_bytes(exported(view, format)[0])
    done = subprocess.run([*riot, "--merge", "--output=ntriples", *files], cwd=tmp_path, capture_output=True)
    warnings = [line for line in done.stderr.decode().splitlines() if "WARN" in line or "ERROR" in line]
    assert (done.returncode, warnings) == (0, [])
    assert set(done.stdout.splitlines()) == lines


def test_riot_says_of_a_wrong_tag_that_it_is_one(riot: list[str], tmp_path: Path):
    (tmp_path / "bad.nt").write_text('<http://a.org/b> <http://a.org/c> "x"@chinesisch-x .\n')
    done = subprocess.run([*riot, "--sink", "bad.nt"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "WARN" in done.stderr


def _tenth(scheme: SkillScheme) -> SkillScheme:
    """What documents mention of the others is deprecated."""
    kept = {skill.id: skill for skill in scheme.skills[::10]}
    return SkillScheme(
        "a tenth",
        tuple(kept.values()),
        tuple(pair for pair in scheme.broader if kept.keys() >= {*pair}),
        tuple(pair for pair in scheme.related if kept.keys() >= {*pair}),
        tuple(pair for pair in scheme.aliases if pair[1] in kept),
    )
