"""What is loaded, and how documents come in and go out, from the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from command import ANALYST, PLANNER
from graphs import Item, Post, reading
from playwright.sync_api import FilePayload, Locator, Page, expect
from served import Address, served_here, serving

from api import keys
from graphmodel.store import open_store
from webpage.axe import violations
from webpage.conftest import Visit

READER, WRITER = keys.new("reader", "read"), keys.new("planner", "write")
PATIENCE = 60_000
BREEDER = """招聘单位：南湖水族馆

岗位名称：水族养护师
任职要求：
1、熟悉蝴蝶测绘；
2、具备良好的沟通能力。
"""


@pytest.fixture(scope="module")
def own(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server that all may read and that can be loaded into, without documents at first."""
    file = shutil.copy(prepared, tmp_path_factory.mktemp("own"))
    with serving(f"sqlite:///{file}", ROLEGRAPH_API_KEYS=WRITER.entry) as address:
        yield address


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store with one posting and without the taxonomy, which is soon written to every format."""
    url = f"sqlite:///{tmp_path_factory.mktemp('small') / 'graph.db'}"
    with closing(open_store(url)) as opened:
        opened.add_many([reading("咖啡师.txt", [Post("咖啡师", [Item("负责拉花", ["拉花"])])])])
    return url


def part(page: Page, name: str) -> Locator:
    """A part of the view, by its heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=name, exact=True, level=2))


def file(name: str, content: str | bytes) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": content.encode() if isinstance(content, str) else content}


def unlock(page: Page, key: str = WRITER.secret) -> None:
    page.get_by_label("可写的密钥").fill(key)
    page.get_by_label("可写的密钥").press("Enter")


def test_what_is_loaded_is_counted_and_listed(visit: Visit) -> None:
    page = visit("/data").page
    counts = part(page, "概况")
    for name, count in (("文档", "8"), ("招聘帖", "19"), ("岗位", "14"), ("部门", "16")):
        told = counts.locator("div").filter(has=page.get_by_text(name, exact=True))
        expect(told.get_by_role("definition")).to_have_text(count)
    documents = part(page, "文档")
    expect(documents.get_by_text("列出 8 份，共 8 份")).to_be_visible()
    row = documents.get_by_role("row").filter(has_text="store-manager-copy.txt")
    expect(row.get_by_role("link", name="门店店长")).to_have_attribute("href", re.compile("^/role/role:[0-9a-f]{16}$"))
    row.get_by_text("已隐去个人信息").click()
    expect(row.locator("details[open] p").first).to_be_visible()
    documents.get_by_label("名称含有").fill("ticket")
    expect(documents.get_by_text("列出 1 份，共 1 份")).to_be_visible()
    expect(documents.get_by_role("rowheader")).to_have_text("scenic-ticketing.txt")
    expect(page).to_have_url(re.compile(r"/data\?document=ticket$"))
    expect(page.get_by_text("需要可写的密钥")).to_be_visible()
    expect(page.get_by_role("button", name="选择文件")).to_have_count(0)


def test_each_export_is_offered_with_its_size(visit: Visit, small: str) -> None:
    with served_here(small) as server:
        page = visit("/data", server=server).page
        exports = part(page, "导出")
        exports.scroll_into_view_if_needed()
        expect(exports.get_by_text("计算")).to_have_count(0)
        told = httpx.get(urljoin(server, "/export/sizes")).json()["bytes"]
        for suffix, format in ((".ttl", "turtle"), (".nt.gz", "gzip")):
            cell = exports.get_by_role("cell").filter(has=page.get_by_role("link", name=suffix, exact=True))
            answer = httpx.head(urljoin(server, cell.get_by_role("link").get_attribute("href")))
            assert answer.status_code == 200
            assert suffix in answer.headers["content-disposition"]
            assert format in answer.headers["content-type"]
            size, unit = cell.locator(".count").inner_text().split()
            shown = float(size) * {"B": 1, "kB": 1_000}[unit]
            assert shown == pytest.approx(told[suffix.removeprefix(".")], rel=0.05)
        exports.get_by_label("文档原句").select_option("none")
        turtle = exports.get_by_role("link", name=".ttl", exact=True)
        expect(turtle).to_have_attribute("href", "/export.ttl?quotes=none")
        expect(exports.get_by_text("不到").first).to_be_visible()
        expect(exports.get_by_text("ROLEGRAPH_BASE_IRI")).to_be_visible()
        for name in ("本体", "SPARQL"):
            other = exports.get_by_role("link", name=name).get_attribute("href")
            assert httpx.head(urljoin(server, other)).status_code == 200


def test_chosen_files_are_loaded_and_each_says_what_came_of_it(visit: Visit, own: Address) -> None:
    page = visit("/data", server=own).page
    unlock(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件", exact=True).click()
    broken = file("坏.pdf", b"%PDF-1.4 broken")
    texts = {"策划.txt": PLANNER, "分析.txt": ANALYST, "水族.txt": BREEDER, "空.txt": "今日休息。"}
    chooser.value.set_files([broken, *(file(name, text) for name, text in texts.items()), file("不要.txt", "x")])
    page.get_by_role("button", name="不载入 不要.txt").click()
    page.get_by_role("button", name="载入 5 个文件").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    load = page.get_by_role("article")
    done = load.get_by_role("status").filter(has_text="完成: 新增 3 · 没有招聘帖 1 · 未能读取 1")
    expect(done).to_be_visible(timeout=PATIENCE)
    for name, outcome in (
        ("坏.pdf", "未能读取：坏.pdf is a PDF that cannot be read"),
        ("空.txt", "其中没有招聘帖"),
        ("水族.txt", "水族养护师"),
    ):
        expect(load.get_by_role("row").filter(has_text=name)).to_contain_text(outcome)
    assert violations(page) == []

    expect(part(page, "用人单位").get_by_text("南湖水族馆")).to_be_visible()
    candidates = part(page, "候选技能")
    candidates.get_by_role("button", name="蝴蝶测绘").click()
    expect(candidates.locator("mark")).to_have_text("蝴蝶测绘")
    expect(candidates.get_by_text("水族.txt, 第 5 行")).to_be_visible()
    with page.expect_download() as saved:
        candidates.get_by_role("button", name="存为 CSV").click()
    table = Path(saved.value.path()).read_text("utf-8-sig").splitlines()
    assert table[0].startswith("说法,id,招聘帖,岗位")
    assert any(line.startswith("蝴蝶测绘,skill:") for line in table)

    load.get_by_role("link", name="对比这些岗位").click()
    for role in ("运营策划", "数据分析", "水族养护师"):
        expect(page.get_by_role("group", name="所选岗位").get_by_text(role, exact=True)).to_be_visible()
    page.get_by_role("link", name="数据", exact=True).click()
    expect(done).to_be_visible()  # what was loaded is still told when somebody comes back


def test_dropped_files_are_loaded_without_a_socket_and_forgotten_when_confirmed(visit: Visit, own: Address) -> None:
    page = visit("/data?lang=en", server=own, locale="en-US").page
    page.evaluate("() => { window.WebSocket = class { constructor() { throw new Error('blocked') } } }")
    page.get_by_label("Key that may write").fill(WRITER.secret)
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_role("button", name="Choose a folder").wait_for()
    page.evaluate(
        """text => {
          const data = new DataTransfer()
          for (const name of ['diver.txt', 'a\\\\b.txt']) data.items.add(new File([text], name))
          const drop = type => document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
          drop('dragover')
          drop('drop')
        }""",
        BREEDER.replace("水族养护师", "潜水教练"),
    )
    page.get_by_role("button", name="Load 2 files").click()
    page.get_by_role("alert").get_by_role("button", name="Load all but “a\\b.txt”").click()
    load = page.get_by_role("article")
    expect(load.get_by_text("done: 1 new")).to_be_visible(timeout=PATIENCE)
    documents = part(page, "Documents")
    row = documents.get_by_role("row").filter(has_text="diver.txt")
    expect(row.get_by_role("link", name="潜水教练")).to_be_visible()
    row.get_by_role("checkbox", name="Choose diver.txt").check()
    documents.get_by_role("button", name="Remove the 1 chosen").click()
    confirm = page.get_by_role("dialog", name="Remove 1 document?")
    confirm.get_by_role("button", name="Keep them").click()
    expect(row).to_be_visible()
    documents.get_by_role("button", name="Remove the 1 chosen").click()
    confirm.get_by_role("button", name="Remove", exact=True).click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Stop using it").click()
    expect(page.get_by_text("takes a key that may write")).to_be_visible()
    expect(documents.get_by_role("checkbox")).to_have_count(0)


def test_a_key_that_may_only_read_shows_and_does_not_load(visit: Visit, small: str) -> None:
    with served_here(small, keys=keys.parse(f"{READER.entry},{WRITER.entry}")) as address:
        watched = visit("/data", server=address, quiet=False)
        page = watched.page
        page.get_by_label("密钥", exact=True).fill(READER.secret)
        page.get_by_label("密钥", exact=True).press("Enter")
        expect(page.get_by_text("正在使用的密钥只能查看，不能载入。")).to_be_visible()
        expect(part(page, "概况").get_by_text("候选技能")).to_be_visible()
        for key, told in ((READER.secret, "这个密钥只能查看"), ("rolegraph_wrong", "服务器不认识这个密钥")):
            unlock(page, key)
            expect(page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        with page.expect_download() as saved:
            part(page, "导出").get_by_role("button", name=".jsonld.gz").click()
        assert saved.value.suggested_filename.endswith(".jsonld.gz")
        assert Path(saved.value.path()).read_bytes()[:2] == b"\x1f\x8b"
        assert all("401" in complaint for complaint in watched.complaints)
