"""What stands around the code: compose file, image, workflow, lock file, make targets and the command's help."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_compose_file_is_valid() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_compose_file_waits_for_a_healthy_database_and_holds_no_password() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert "image: neo4j:5.26-community" in text
    assert "condition: service_healthy" in text
    assert "neo4j-data:/data" in text
    secrets = re.findall(r"(?:NEO4J_AUTH: neo4j/|PASSWORD: )(.*)", text)
    assert secrets == ["${NEO4J_PASSWORD:?set it}"] * 2


def test_the_workflow_is_valid() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/ci.yml")


def test_the_image_is_built_well() -> None:
    run(BIN / "hadolint", "Dockerfile")
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER (?!0|root)", text, re.MULTILINE), "the image must not run as root"
    assert ":latest" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="a bash script")
def test_the_ci_script_is_bash_and_stops_at_the_first_error() -> None:
    script = ROOT / ".ci" / "run"
    run("bash", "-n", script)
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    for variable in ("ROLEGRAPH_REQUIRE_NEO4J=1", "ROLEGRAPH_REQUIRE_BROWSER=1", "ROLEGRAPH_REQUIRE_PAGE=1"):
        assert re.search(rf"^export .*{variable}", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert script.stat().st_mode & 0o111


def test_the_lock_file_names_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(name for names in project["project"]["optional-dependencies"].values() for name in names),
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())
    locked = {canonical(re.split(r"[=\[]", entry)[0]) for entry in entries}
    assert [name for name in wanted if canonical(re.split(r"[<>=\[]", name)[0]) not in locked] == []
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
