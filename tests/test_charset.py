"""Bytes -> text: which charset they are in, and what is said about those that are in none."""

from __future__ import annotations

import opencc
import pytest

from graphmodel.errors import BadInput
from loaders.charset import decode
from loaders.formats import read
from loaders.source import Source

POSTING = (
    "门店收银员\n岗位职责：1、负责收银、对账和票据整理；2、接待顾客，处理退换货。\n任职要求：高中以上学历，会用收银机。"
)
TRADITIONAL = opencc.OpenCC("s2t").convert(POSTING)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_simplified_text_is_read_in_each_charset(charset: str) -> None:
    assert decode(POSTING.encode(charset)).text == POSTING


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "cp950"])
def test_traditional_text_is_read_in_each_charset(charset: str) -> None:
    mark = "\ufeff" if charset.startswith("utf-16") else ""
    assert decode((mark + TRADITIONAL).encode(charset)).text == TRADITIONAL


@pytest.mark.parametrize("title", ["数据分析", "门店店长岗位职责", "酒店前台", "收银员招聘"])
def test_a_title_is_enough_to_tell_gbk(title: str) -> None:
    assert decode(title.encode("gbk")).text == title


@pytest.mark.parametrize("title", ["數據分析師", "門市店長工作內容", "飯店櫃檯人員", "業務專員"])
def test_a_title_is_enough_to_tell_big5(title: str) -> None:
    assert decode(title.encode("big5")).text == title


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_character_cut_at_the_end_costs_only_itself(charset: str) -> None:
    text = TRADITIONAL if charset == "big5" else POSTING
    made = decode(text.encode(charset)[:-1])
    assert made.damaged == 1
    assert made.text == text[:-1] + "\ufffd"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_wrong_byte_costs_few_characters_and_is_noted(charset: str) -> None:
    before, after = POSTING[:30].encode(charset), POSTING[30:].encode(charset)
    raw = read(Source("a.txt", "a.txt", before + b"\xff" + after))
    assert raw.text[:30] == POSTING[:30]
    assert raw.text.endswith(POSTING[-20:])
    (note,) = raw.notes
    assert note.code == "charset"
    assert raw.text[note.start : note.end] == "\ufffd"


def test_english_and_the_euro_sign_are_no_puzzle() -> None:
    assert decode(b"Store manager, 5 years").text == "Store manager, 5 years"
    assert decode("Gehälter in €".encode()).charset == "utf-8"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x01\x02\x03",
        b"\x00\x01\x02" * 100,
        b"\xff\xfe\x00\xd8" * 50,  # halves of surrogates
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"dir/a\.txt is not text"):
        read(Source("dir/a.txt", "a.txt", data))
