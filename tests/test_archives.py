"""What may be dangerous or too large is refused with a clear message, and the rest of the batch goes on."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from loaders import documents
from loaders.archives import RATIO, TOTAL
from loaders.documents import Failure, Row, find
from loaders.source import Source
from tests.command import PLANNER, rolegraph

TEXT = PLANNER.encode()
TABLE = "职位名称,岗位职责\n店长,带教新员工\n领班,安排班次\n".encode()


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def in_zip(folder: Path, members: dict[str, bytes], **options: Any) -> list[Any]:
    (folder / "a.zip").write_bytes(packed(members))
    (folder / "z.txt").write_bytes(TEXT)
    *found, last = find([str(folder)], **options)
    assert isinstance(last, Source), "the batch goes on"
    return found


def problem(item: Any) -> str:
    assert isinstance(item, Failure)
    assert item.error.remedy
    return item.error.problem


def test_a_zip_may_hold_tables_and_documents(tmp_path: Path) -> None:
    found = in_zip(tmp_path, {"岗位/b.csv": TABLE, "a.txt": TEXT})
    assert [type(each) for each in found] == [Source, Row, Row]
    assert found[1].origin.startswith("a.zip!岗位/b.csv#")


@pytest.mark.parametrize(
    "name", ["../a.txt", "b/../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt", "C:\\a.txt", ".."]
)
def test_a_name_that_leaves_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    bad, good = sorted(in_zip(tmp_path, {name: TEXT, "b.txt": TEXT}), key=lambda each: isinstance(each, Source))
    assert "leaves the archive" in problem(bad)
    assert good.origin == "a.zip!b.txt"


def test_names_of_windows_are_read_with_slashes(tmp_path: Path) -> None:
    (found,) = in_zip(tmp_path, {"岗位\\店长.txt": TEXT})
    assert found.origin == "a.zip!岗位/店长.txt"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb, good = in_zip(tmp_path, {"a.csv": b"\0" * 3_000_000, "b.txt": TEXT}, limit=1_000_000)
    assert "decompression bomb" in problem(bomb)
    assert "3,000,000" in bomb.error.remedy
    assert isinstance(good, Source)
    assert RATIO * (tmp_path / "a.zip").stat().st_size < 3_000_000


def test_an_archive_that_unpacks_to_too_much_is_refused_whole(tmp_path: Path) -> None:
    members = {f"{n}.txt": os.urandom(900) for n in range(TOTAL + 5)}
    (failure,) = in_zip(tmp_path, members, limit=900)
    assert "unpacks to" in problem(failure)
    assert "ROLEGRAPH_MAX_BYTES" in failure.error.remedy


def test_a_zip_within_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner, good = in_zip(tmp_path, {"a.zip": packed({"a.txt": TEXT}), "b.txt": TEXT})
    assert "zip within a zip" in problem(inner)
    assert isinstance(good, Source)


def test_a_zip_is_known_by_its_content_and_comes_through_standard_input(tmp_path: Path) -> None:
    (tmp_path / "posts").write_bytes(packed({"a.txt": TEXT}))
    (found,) = find([str(tmp_path / "posts")])
    assert found.origin == "posts!a.txt"
    printed = rolegraph("extract", "-", cwd=tmp_path, input=packed({"a.txt": TEXT, "b.csv": TABLE})).stdout
    assert [line.split('"')[3].partition("#")[0] for line in printed.splitlines()] == ["-!a.txt", "-!b.csv", "-!b.csv"]


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2_000_000_000)
    (tmp_path / "b.txt").write_bytes(TEXT)
    large, good = find([str(tmp_path)])
    assert "larger than 50,000,000 bytes (2,000,000,000)" in problem(large)
    assert isinstance(good, Source)


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    assert Settings().max_bytes == documents.LIMIT
    (tmp_path / "a.txt").write_bytes(TEXT)
    refused = rolegraph("extract", "a.txt", cwd=tmp_path, ROLEGRAPH_MAX_BYTES="100")
    assert (refused.returncode, "ROLEGRAPH_MAX_BYTES" in refused.stderr) == (1, True)
    assert rolegraph("extract", "a.txt", cwd=tmp_path).returncode == 0
    wrong = rolegraph("extract", "a.txt", cwd=tmp_path, ROLEGRAPH_MAX_BYTES="50 MB")
    assert (wrong.returncode, "Error: ROLEGRAPH_MAX_BYTES is '50 MB'" in wrong.stderr) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(TEXT)
    pipe, good = find([str(tmp_path)])
    assert "a device or a pipe" in problem(pipe)
    assert isinstance(good, Source)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other names")
def test_a_name_on_disk_that_is_no_utf8_is_read_as_gb18030(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/" + "店长.txt".encode("gb18030"))).write_bytes(TEXT)
    (found,) = find([str(tmp_path)])
    assert found.origin == "店长.txt"
