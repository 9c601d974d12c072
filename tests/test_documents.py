"""From a path to documents: what is found under which origin, and what is said of what cannot be read."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from graphmodel.errors import BadInput
from loaders.documents import Failure, find
from loaders.formats import read
from loaders.source import Source

TEXT = "收银员\n岗位职责：负责收银。".encode()


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)
    return root


def zipped(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def origins(*paths: Path | str) -> list[str]:
    return [found.origin for found in find(map(str, paths))]


def test_a_folder_is_read_with_all_below_it_in_one_order(tmp_path: Path) -> None:
    tree(tmp_path, "乙/店长.txt", "b.txt", "乙.txt", "a/c.txt", "B.txt", ".git/x.txt", "a/.hidden.txt")
    assert origins(tmp_path) == ["B.txt", "a/c.txt", "b.txt", "乙.txt", "乙/店长.txt"]
    (found, *_) = find([str(tmp_path)])
    assert found == Source("B.txt", "B.txt", TEXT)


def test_a_file_is_called_by_its_name_and_a_glob_gives_each(tmp_path: Path) -> None:
    tree(tmp_path, "in/a.txt", "in/b.md", "in/deep/c.txt")
    assert origins(tmp_path / "in" / "a.txt") == ["a.txt"]
    assert origins(tmp_path / "in" / "*.txt") == ["a.txt"]
    assert origins(tmp_path / "in" / "**" / "*.txt") == ["a.txt", "deep/c.txt"]
    assert origins(tmp_path / "i?") == ["in/a.txt", "in/b.md", "in/deep/c.txt"]


def test_what_is_named_twice_comes_once_and_two_of_one_name_do_not_hide_each_other(tmp_path: Path) -> None:
    tree(tmp_path, "one/a.txt", "two/a.txt")
    one, two = tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt"
    assert origins(one, one, tmp_path / "one") == ["a.txt"]
    found = list(find([str(one), str(two)]))
    assert [type(each) for each in found] == [Source, Failure]
    assert isinstance(found[1], Failure)
    assert str(two) in found[1].error.problem


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    tree(tmp_path, "店长[1].txt")
    assert origins(tmp_path / "店长[1].txt") == ["店长[1].txt"]


def test_a_zip_gives_its_members(tmp_path: Path) -> None:
    members = {"岗位/店长.txt": TEXT, "a.txt": TEXT, "__MACOSX/._a.txt": b"x", ".x.txt": b"x", "空/": b""}
    (tmp_path / "posts.zip").write_bytes(zipped(members))
    assert origins(tmp_path / "posts.zip") == ["posts.zip!a.txt", "posts.zip!岗位/店长.txt"]
    assert origins(tmp_path) == ["posts.zip!a.txt", "posts.zip!岗位/店长.txt"]


def test_a_zip_made_on_chinese_windows_keeps_its_names(tmp_path: Path) -> None:
    placeholder = "a" * len("店长.txt".encode("gbk"))
    data = zipped({placeholder: TEXT}).replace(placeholder.encode(), "店长.txt".encode("gbk"))
    (tmp_path / "posts.zip").write_bytes(data)
    assert origins(tmp_path / "posts.zip") == ["posts.zip!店长.txt"]


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT)))
    assert list(find(["-"])) == [Source("-", "-", TEXT)]


def test_nothing_on_standard_input_is_said_to_be_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b" \n")))
    (failure,) = find(["-"])
    assert isinstance(failure, Failure)
    assert failure.error.problem == "Nothing came in on standard input."
    assert "folder" not in failure.error.remedy


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "c.txt")
    os.symlink(tmp_path / "nowhere", tmp_path / "b.txt")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no zip")
    found = list(find([str(tmp_path)]))
    assert [type(each) for each in found] == [Source, Failure, Failure, Source]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.origin == "b.txt"
    assert "b.txt" in failure.error.problem
    assert failure.error.remedy


def test_an_encrypted_or_damaged_member_fails_alone(tmp_path: Path) -> None:
    good = zipped({"a.txt": b"A" * 50, "b.txt": b"B" * 50})
    (tmp_path / "posts.zip").write_bytes(good.replace(b"A" * 50, b"C" * 50))
    assert [type(each) for each in find([str(tmp_path / "posts.zip")])] == [Failure, Source]
    locked = bytearray(good)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(mark) + place] |= 1
    (tmp_path / "posts.zip").write_bytes(locked)
    failure, other = find([str(tmp_path / "posts.zip")])
    assert isinstance(failure, Failure)
    assert (failure.error.problem, type(other)) == ("posts.zip!a.txt: It is under a password.", Source)


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make links")
def test_links_that_lead_nowhere_or_to_themselves_fail_alone(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt")
    for name, target in (("a", "a"), ("c.txt", "missing"), ("d", ".")):
        (tmp_path / name).symlink_to(target)
    assert [(each.origin, type(each)) for each in find([str(tmp_path)])] == [
        ("a", Failure),
        ("b.txt", Source),
        ("c.txt", Failure),
    ]


def test_a_document_over_the_limit_fails(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (failure,) = find([str(tmp_path)], limit=5)
    assert isinstance(failure, Failure)
    assert "larger than 5 bytes" in failure.error.problem


@pytest.mark.parametrize(
    ("argument", "problem"),
    [
        ("empty", "holds no document"),
        ("no.txt", "does not exist"),
        ("*.doc", "matches no document"),
        ("empty.zip", "holds"),
    ],
)
def test_a_path_without_a_document_is_an_error_with_a_remedy(tmp_path: Path, argument: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.zip").write_bytes(zipped({}))
    with pytest.raises(BadInput, match=problem) as caught:
        list(find([str(tmp_path / argument)]))
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "README"])
def test_plain_text_is_read(name: str) -> None:
    raw = read(Source(name, name, TEXT))
    assert raw.text == TEXT.decode()
    assert raw.media_type == ("text/markdown" if name == "a.md" else "text/plain")
    assert raw.notes == ()


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "is empty"),
        ("a.txt", "\u3000\u3000\n".encode(), "is empty"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", zipped({"word/document.xml": b"<x/>"}), "Word"),
        ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><p>", "HTML"),
        ("a.exe", TEXT, r"\.exe"),
    ],
)
def test_what_is_not_supported_says_what_to_do(name: str, data: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as caught:
        read(Source(f"dir/{name}", name, data))
    assert f"dir/{name}" in caught.value.problem
    assert caught.value.remedy
