"""The reader as C extensions against the reader as it is: the same of every sample, and how fast each reads.

python -m benchmarks.compiled builds the wheel of `make wheel-compiled` into a temporary folder, which takes two minutes
and a C compiler. What is compiled, and how, stands in pyproject.toml.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from benchmarks.load import SAMPLES, rounds
from benchmarks.postings import posting
from benchmarks.table import row
from loaders.documents import find
from loaders.lexicon import Lexicon
from loaders.pipeline import read
from loaders.source import Source
from ontology import taxonomy

ROOT = Path(__file__).resolve().parent.parent
COUNT = 300


def main() -> None:
    """Both forms, each in a process of its own; an error if they read one document differently."""
    if os.name != "nt" and not shutil.which((sysconfig.get_config_var("CC") or "cc").split()[0]):
        row("the compiled reader", "not built: no C compiler")
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        said = {form: measured(path) for form, path in (("pure", str(ROOT)), ("compiled", folder))}
    for form, (_, postings, samples) in said.items():
        row(f"reading on one core, {form}", f"{postings} MB/s of postings", f"{samples} MB/s of samples")
    same = said["pure"][0] == said["compiled"][0]
    row("  both read the same", "yes" if same else "NO")
    if not same:
        raise SystemExit("The compiled reader reads otherwise than the pure one.")


def build(folder: Path) -> None:
    """The compiled wheel, unpacked in a folder."""
    tool = [sys.executable, "-m"]
    into = ["--outdir", folder / "dist", ROOT]
    env = {**os.environ, "HATCH_BUILD_HOOKS_ENABLE": "1"}
    subprocess.run([*tool, "build", "--no-isolation", *into], env=env, stdout=subprocess.DEVNULL, check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    subprocess.run([*tool, "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel], check=True)


def measured(path: str) -> list[str]:
    """What `say` tells where the packages are those of a folder."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((path, str(ROOT)))}
    command = [sys.executable, "-P", "-m", "benchmarks.compiled", "say"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split()


def say() -> None:
    """Prints a digest of all that is read of samples and postings, and MB/s of CPU of the postings and the samples."""
    lexicon = Lexicon(taxonomy.load())
    made_up = [Source(f"{n}.txt", f"{n}.txt", posting(n).encode()) for n in range(COUNT)]
    samples = [source for source in find([str(SAMPLES)]) if isinstance(source, Source)]
    digest = hashlib.sha256()
    for source in (*samples, *made_up):
        digest.update(repr(read(source, lexicon)).encode())
    print(digest.hexdigest(), *(f"{rounds(sources, lexicon, 10)[1]:.2f}" for sources in (made_up, samples)))


if __name__ == "__main__":
    say() if sys.argv[1:] == ["say"] else main()
