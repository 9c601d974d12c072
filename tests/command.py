"""The command as a user's shell runs it, and documents to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROLEGRAPH = Path(sys.executable).with_name("rolegraph.exe" if os.name == "nt" else "rolegraph")


def rolegraph(
    *arguments: str | Path, cwd: Path, encoding: str = "utf-8", input: bytes = b"", **env: str
) -> subprocess.CompletedProcess[str]:
    """Runs it without a terminal; output is decoded strictly, as the console of that encoding would."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ROLEGRAPH_")}
    done = subprocess.run(
        [ROLEGRAPH, *arguments],
        cwd=cwd,
        env={**clean, "PYTHONIOENCODING": encoding, **env},
        input=input,
        capture_output=True,
        check=False,
    )
    shown, told = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert "Traceback" not in told, told
    return subprocess.CompletedProcess(done.args, done.returncode, shown, told)


PLANNER = """运营策划

岗位职责：
1、负责市场分析，制定季度活动方案；
2、开展用户需求分析，与产品部门沟通改进；
任职要求：
1、大专及以上学历，两年以上运营经验；
2、具备良好的沟通能力。
"""

ANALYST = """数据分析

岗位职责：
1、搭建指标体系，完成市场分析和用户行为分析；
2、撰写数据分析报告。
任职要求：
1、本科及以上学历，统计学相关专业；
2、精通Excel和SQL。
"""


def write_documents(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "planner.txt").write_text(PLANNER, encoding="utf-8")
    (folder / "analyst.txt").write_text(ANALYST, encoding="gb18030")
    return folder
