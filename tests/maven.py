"""Jars for the tests: Maven resolves what a folder's pom.xml names, once, into its local repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

TESTS = Path(__file__).resolve().parent
CACHE = TESTS.parent / ".cache"


class NotThere(Exception):
    """Why there are no jars: Java or Maven is missing, or Maven does not resolve them."""


def classpath(folder: str) -> str:
    """The jars of tests/FOLDER/pom.xml, joined as Java's -cp takes them, resolved when they are not there yet.

    Raises NotThere.
    """
    if missing := [tool for tool in ("java", "mvn") if not shutil.which(tool)]:
        raise NotThere(f"nothing of {folder} can be started without {' and '.join(missing)}")
    pom, known = TESTS / folder / "pom.xml", CACHE / f"{folder}.classpath"
    if not known.exists() or known.stat().st_mtime < pom.stat().st_mtime or not _complete(known):
        CACHE.mkdir(exist_ok=True)
        command = ["mvn", "--batch-mode", "--quiet", "--file", str(pom), "dependency:build-classpath"]
        command.append(f"-Dmdep.outputFile={known}")
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise NotThere(f"Maven does not resolve the jars of {folder}: {done.stdout[-2000:]}")
    return known.read_text()


def _complete(known: Path) -> bool:
    return all(Path(jar).exists() for jar in known.read_text().split(os.pathsep))
