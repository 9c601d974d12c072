"""All benchmarks, one after another: `make bench`, or python -m benchmarks.run [NAME]...

Each runs in a process of its own, so that peaks of memory are its own too; one that fails does not stop the others.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

MODULES = ("load", "compiled", "store", "questions", "export", "neo4j", "graphql", "page")


def main(names: list[str]) -> int:
    failed = []
    for name in names or MODULES:
        if find_spec(f"benchmarks.{name}") is None:
            raise SystemExit(f"There is no benchmark {name!r}: choose of {', '.join(MODULES)}.")
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
