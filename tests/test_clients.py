"""The clients of examples/, built and run against a real server as their READMEs say."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser import absent
from command import ROOT
from graphs import Post, reading
from served import samples_in, serving

from graphmodel.store import open_store

TYPESCRIPT = ROOT / "examples" / "typescript"
PYTHON = ROOT / "examples" / "python"
EXPECTED = ROOT / "tests" / "golden" / "shared_skills.txt"

Program = list[str]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the samples, and on two roles that have another name in common."""
    store = samples_in(tmp_path_factory.mktemp("store"))
    with closing(open_store(store)) as opened:
        taxonomy = opened.taxonomy()
        opened.add_many(
            [reading(f"{name}.txt", [Post(name, alt=["店主"])], taxonomy=taxonomy) for name in ("店长", "掌柜")]
        )
    with serving(store) as address:
        yield address


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, built from its lock file in a folder of its own."""
    npm = shutil.which("npm")
    if npm is None:
        absent("npm is not installed", "ROLEGRAPH_REQUIRE_NODE")
    folder = tmp_path_factory.mktemp("checkout")
    made = shutil.ignore_patterns("node_modules", "generated", "dist")
    client = shutil.copytree(TYPESCRIPT, folder / "examples" / "typescript", ignore=made)
    (folder / "api").mkdir()
    shutil.copy(ROOT / "api" / "schema.graphql", folder / "api")
    for command in (["ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["run", "build"]):
        built = subprocess.run([npm, *command], cwd=client, capture_output=True, encoding="utf-8", check=False)
        if built.returncode and command[0] == "ci" and "ENOTFOUND" in built.stderr:
            absent("npm reaches no registry", "ROLEGRAPH_REQUIRE_NODE")
        assert built.returncode == 0, built.stdout + built.stderr
    return [npm, "--prefix", str(client), "--silent", "start", "--"]


@pytest.fixture(scope="module", params=["typescript", "python"])
def program(request: pytest.FixtureRequest) -> Program:
    if request.param == "typescript":
        built: Program = request.getfixturevalue("typescript")
        return built
    return [sys.executable, str(PYTHON / "shared_skills.py")]


def run(program: Program, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([*program, *arguments], env=env, capture_output=True, encoding="utf-8", check=False)


def test_it_prints_which_skills_two_roles_share_with_the_words(
    program: Program, address: str, rewrite_golden: bool
) -> None:
    done = run(program, address, "运营策划", "数据分析")
    assert done.returncode == 0, done.stderr
    if rewrite_golden:
        EXPECTED.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == EXPECTED.read_text(encoding="utf-8")


def test_a_name_that_is_not_there_is_answered_with_the_nearest(program: Program, address: str) -> None:
    done = run(program, address, "运营策化", "数据分析")
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有 not found: 运营策化; 最接近 nearest: 运营策划" in done.stderr


def test_a_name_of_two_roles_is_answered_with_both(program: Program, address: str) -> None:
    done = run(program, address, "店主", "数据分析")
    assert (done.returncode, done.stdout) == (1, "")
    assert "不止一个 ambiguous: 店主" in done.stderr
    assert "店长  role:" in done.stderr
    assert "掌柜  role:" in done.stderr


def test_a_server_that_is_not_there_is_told_from_one_that_knows_no_answer(program: Program) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        free = listener.getsockname()[1]
    done = run(program, f"http://127.0.0.1:{free}/graphql", "运营策划", "数据分析")
    assert (done.returncode, done.stdout) == (3, "")
    assert re.search("ECONNREFUSED|refused", done.stderr)


def test_a_case_that_the_answer_does_not_have_does_not_compile(typescript: Program) -> None:
    client = Path(typescript[2])
    main = client / "src" / "main.ts"
    right = main.read_text(encoding="utf-8")
    try:
        main.write_text(right.replace("case 'Ambiguous':", "case 'SomethingElse':"), encoding="utf-8")
        tsc = [shutil.which("node") or "node", "node_modules/typescript/bin/tsc", "--noEmit"]
        done = subprocess.run(tsc, cwd=client, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode != 0
        assert "SomethingElse" in done.stdout
    finally:
        main.write_text(right, encoding="utf-8")
