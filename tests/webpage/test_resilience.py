"""The page where something is missing or broken: the server, the graph, the address, scripts."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, urlsplit

from browser import Watched
from graphs import Item, Post, reading
from playwright.sync_api import Browser, Page, expect
from served import Address, serving

from graphmodel.store import open_store
from webpage.conftest import Visit

BARISTA = Post("咖啡师", [Item("负责拉花", ["拉花"]), Item("负责盘点", ["盘点"])])
KEEPER = Post("库管员", [Item("每周盘点", ["盘点"]), Item("登记账目", ["登记"])])
MORE = Post("库管员", [Item("学习拉花", ["拉花"])])

BOTH = "/compare?role=咖啡师&role=库管员"


def told(store: str, *postings: Post) -> str:
    """A store of which another process than its server has been told of postings, each in a document of its own."""
    with closing(open_store(store)) as opened:
        opened.add_many(reading(f"{post.title}{len(post.items)}.txt", [post]) for post in postings)
    return store


def column(page: Page, name: str) -> list[str]:
    """The skills of a column, once it is there."""
    found = page.get_by_role("region", name=name)
    found.wait_for()
    return found.locator("li.skill > button").all_inner_texts()


def test_a_server_that_goes_is_told_and_one_that_comes_back_is_asked_anew(visit: Visit, tmp_path: Path) -> None:
    store = told(f"sqlite:///{tmp_path}/small.db", BARISTA, KEEPER)
    with ExitStack() as first, ExitStack() as second:
        server = first.enter_context(serving(store))
        page = visit(BOTH, server=server, quiet=False).page
        assert column(page, "共有") == ["盘点"]
        shown = page.url
        first.close()
        page.get_by_role("button", name="盘点").click()
        gone = page.get_by_role("status").filter(has_text="服务器没有应答，正在重试")
        expect(gone).to_be_visible()
        assert column(page, "共有") == ["盘点"], "what was there stays"
        expect(page.get_by_role("alert")).to_have_count(0)
        told(store, MORE)
        second.enter_context(serving(store, "--port", str(urlsplit(server).port)))
        expect(gone).to_be_hidden(timeout=20_000)
        expect(page.get_by_role("region", name="共有").locator("mark")).to_have_text(["盘点", "盘点"])
        expect(page.get_by_role("region", name="共有").get_by_role("button", name="拉花")).to_be_visible()
        assert page.url.startswith(shown)


def test_each_view_of_an_empty_store_says_so_and_looks_again_once_it_is_loaded(visit: Visit, tmp_path: Path) -> None:
    store = told(f"sqlite:///{tmp_path}/small.db")
    with serving(store) as server:
        page = visit("/", server=server).page
        heading = page.get_by_role("heading", level=1, name="图中还没有岗位")
        for view in ("转岗", "岗位", "技能", "图谱", "对比"):
            page.get_by_role("navigation").get_by_role("link", name=view, exact=True).click()
            expect(heading).to_be_visible()
            expect(page.get_by_role("link", name="在此网页载入文档")).to_have_attribute("href", "/data")
            expect(page.get_by_text("rolegraph load 文件夹 --store …")).to_be_visible()
        page.get_by_role("link", name="在此网页载入文档").click()
        expect(page.get_by_role("heading", level=1).filter(has_not_text="图中还没有岗位")).to_be_visible()
        page.goto(server.removesuffix("/graphql") + BOTH)
        expect(heading).to_be_visible()
        told(store, BARISTA, KEEPER)
        page.evaluate("dispatchEvent(new Event('focus'))")  # as when somebody comes back from a terminal
        assert column(page, "共有") == ["盘点"]
        told(store, MORE)  # what another process loads is there with the next question
        page.get_by_role("slider").press("ArrowRight")
        expect(page.get_by_role("region", name="共有").get_by_role("button")).to_have_text(["盘点", "拉花"])


BROKEN = [
    quote("role:没有"),
    "%",
    "%E5%B2",
    "..%2F..%2Fx",
    quote("'\"><img src=x onerror=alert(1)>", safe=""),
    "a" * 5_000,
    "role:1/role:2/role:3/role:4/role:5",
]
"""What somebody may leave of an address, or send."""


def test_no_address_breaks_a_view(visit: Visit, samples: Address) -> None:
    page = visit("/").page
    for path in BROKEN:
        page.goto(f"{samples.removesuffix('/graphql')}/role/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for view in ("compare", "move", "skill", "graph", "data"):
            page.evaluate(
                "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }",
                f"/{view}/{path}?minShare=x&skill={path}&role=&to=%00",
            )
            expect(page.locator("nav [aria-current=page]")).to_have_attribute("href", f"/{view}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("img")).to_have_count(0)


def test_an_unknown_view_is_no_page(visit: Visit, samples: Address) -> None:
    page = visit("/").page
    assert page.request.get(samples.removesuffix("/graphql") + "/rolle/x").status == 404


def test_without_scripts_the_page_says_what_it_needs(chromium: Browser, samples: Address) -> None:
    watched = Watched(chromium, java_script_enabled=False)
    watched.page.goto(samples.removesuffix("/graphql") + "/compare")
    told = watched.page.locator("noscript")
    expect(told).to_be_visible()
    assert "此页需要 JavaScript。" in told.inner_html()
    assert "This page needs JavaScript." in told.inner_html()
    watched.page.context.close()


def test_the_other_language_shows_the_same_at_the_same_address(visit: Visit) -> None:
    page = visit("/compare?role=运营策划&role=数据分析&minShare=0.1").page
    page.get_by_role("region", name="共有").get_by_role("button", name="市场分析").click()
    expect(page.locator("main .evidence mark")).to_have_text(["摸清市场形势", "市场洞察"])
    address = page.url
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("region", name="Shared")).to_be_visible()
    expect(page.locator("main .evidence mark")).to_have_text(["摸清市场形势", "市场洞察"])
    expect(page.get_by_role("slider")).to_have_value("0.1")
    assert page.url == address
    page.reload()
    expect(page.get_by_role("region", name="Shared")).to_be_visible()
    page.goto(f"{address}&lang=zh")
    expect(page.get_by_role("region", name="共有")).to_be_visible()


def test_a_proxys_words_are_no_answer_and_what_was_typed_can_be_asked_again(visit: Visit) -> None:
    page = visit("/", quiet=False).page
    box = page.get_by_role("combobox")
    page.route("**/graphql", lambda route: route.fulfill(content_type="text/html", body="<h1>Sign in</h1>"))
    box.fill("数据分析")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="答复的不是数据")).to_be_visible()
    page.unroute("**/graphql")
    box.press("Enter")
    expect(page.get_by_role("link", name="移除 数据分析")).to_be_visible()
    page.route("**/graphql", lambda route: route.fulfill(status=503, content_type="text/html", body="no server"))
    box.fill("运营策划")
    box.press("Enter")
    gone = page.get_by_role("status").filter(has_text="服务器没有应答，正在重试")
    expect(gone).to_be_visible()
    page.unroute("**/graphql")
    expect(gone).to_be_hidden()
    box.press("Enter")
    assert column(page, "共有")


def test_what_is_timed_or_on_its_way_does_not_follow_to_another_view(visit: Visit) -> None:
    page = visit("/graph?role=数据分析&hide=DUTY").page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("图谱：数据分析")
    page.get_by_role("combobox", name="换一个起点").fill("运营策划")
    page.get_by_role("combobox", name="换一个起点").press("Enter")
    expect(heading).to_have_text("图谱：运营策划")
    page.get_by_role("navigation").get_by_role("link", name="数据", exact=True).click()
    page.get_by_label("名称含有").press_sequentially("ticket")
    page.get_by_role("navigation").get_by_role("link", name="技能", exact=True).click()
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")  # longer than typing has to rest
    assert page.url.endswith("/skill")
