"""Builds the pages of the server from npm packages: for a wheel, and for a checkout (`make web`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "web"
PAGE = ROOT / "api" / "static" / "index.html"


class PageHook(BuildHookInterface[Any]):
    """Puts the page into a wheel. Where it cannot be built, the wheel is made without it, and the page says how.

    With ROLEGRAPH_REQUIRE_PAGE=1 in the environment, a wheel without it is an error.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before the files of the wheel are chosen; `version` is "editable" for `pip install -e`."""
        if version == "editable":
            return
        try:
            build()
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            if os.environ.get("ROLEGRAPH_REQUIRE_PAGE"):
                raise
            self.app.display_warning(f"The wheel is made without GraphiQL: {error}")


def build() -> None:
    """Builds the page, unless it is there and newer than its sources; without npm, any that is there will do.

    Raises FileNotFoundError where there is no npm, and CalledProcessError if npm fails.
    """
    npm = shutil.which("npm")
    if _is_current() or (npm is None and PAGE.exists()):
        return
    if npm is None:
        raise FileNotFoundError("npm is not there. Install Node.js 20.19 or newer, which brings it.")
    # What packages bring to be run on installation is not needed.
    for command in ("ci --ignore-scripts --no-audit --no-fund --loglevel=error", "run build --silent"):
        subprocess.run([npm, *command.split()], cwd=SOURCES, check=True, stdout=sys.stderr)


def _is_current() -> bool:
    files = [ROOT / "api" / "schema.graphql", *SOURCES.glob("*.*")]
    files += [path for folder in ("src", "graphiql", "bundle") for path in (SOURCES / folder).rglob("*.*")]
    return PAGE.exists() and PAGE.stat().st_mtime >= max(path.stat().st_mtime for path in files)


if __name__ == "__main__":
    try:
        build()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
