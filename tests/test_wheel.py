"""The wheel, installed as a user installs it and run where our package names mean something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("graphmodel", "ontology", "loaders", "api")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script in an environment of its own, which sees our dependencies and not our checkout."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=False)
    bin = home / ("Scripts" if os.name == "nt" else "bin")
    run(sys.executable, "-m", "pip", "--python", bin / "python", "install", "--no-deps", "--no-index", wheel)
    own = run(bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(own, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return bin / "rolegraph"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_four_packages_and_their_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == set(PACKAGES)
    for data in ("ontology/rolegraph.ttl", "api/schema.graphql"):
        assert data in names
    assert any(name.startswith("ontology/taxonomy/") and name.endswith(".tsv") for name in names)
    assert any(name.startswith("loaders/samples/") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_holds_the_built_page_and_not_what_it_is_built_from(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert ("api/static/index.html" in names) is (ROOT / "api" / "static" / "index.html").exists()
    assert [name for name in names if name.startswith("web/")] == []


@pytest.mark.parametrize("wanted", [False, True])
def test_where_there_is_no_npm_a_wheel_is_made_without_the_page_unless_it_is_wanted(
    tmp_path: Path, wanted: bool
) -> None:
    kept = shutil.ignore_patterns("node_modules", "static", "__pycache__")
    for package in (*PACKAGES, "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        copy = shutil.copytree if (ROOT / package).is_dir() else shutil.copy
        copy(ROOT / package, tmp_path / package, **({"ignore": kept} if (ROOT / package).is_dir() else {}))
    env = {**os.environ, "PATH": str(tmp_path), "ROLEGRAPH_REQUIRE_PAGE": "1" if wanted else ""}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", tmp_path]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "npm is not there" in done.stdout + done.stderr
    assert (done.returncode == 0) is not wanted
    assert len(list(tmp_path.glob("dist/*.whl"))) == (0 if wanted else 1)


def test_the_demo_runs_where_other_packages_have_our_names(command: Path, tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise SystemExit('the wrong package')", encoding="utf-8")
    shown = run(command, "demo", cwd=tmp_path)
    assert "市场分析" in shown
    assert (tmp_path / "demo.ttl").stat().st_size > 10_000
    assert (tmp_path / "demo.db").exists()
