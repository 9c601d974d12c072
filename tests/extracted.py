"""What `rolegraph extract` says of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from command import rolegraph


def extracted(path: Path) -> list[dict[str, Any]]:
    """The postings of the file, as the command prints them."""
    done = rolegraph("extract", path.name, cwd=path.parent)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def items(posting: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The texts of its duties and of its requirements, in order."""
    return [one["text"] for one in posting["duties"]], [one["text"] for one in posting["requirements"]]
