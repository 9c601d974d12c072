"""GraphiQL in a real browser, from a real server, with nothing from anywhere else."""

from __future__ import annotations

import gzip
import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import browser
import pytest
from browser import Watched
from command import ROOT, rolegraph
from graphql import build_schema, parse, validate
from playwright.sync_api import Browser, expect
from served import samples_in, serving
from starlette.testclient import TestClient

from api.app import create_app
from api.pages import built
from graphmodel.store import open_store

EXAMPLES = sorted((ROOT / "web" / "graphiql" / "examples").glob("*.graphql"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (built.BUILT / "graphiql.html").exists():
        browser.absent("the page is not built: make web")
    with serving(samples_in(tmp_path_factory.mktemp("store"))) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    with browser.browser() as started:
        yield started


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Watched]:
    """The page as somebody sees it who comes for the first time, with the schema there."""
    watched = Watched(chromium)
    with watched.page.expect_response(lambda answer: "__schema" in (answer.request.post_data or "")):
        watched.page.goto(address)
    watched.page.get_by_label("Execute query").wait_for()
    # A click before the editor has its text is a click on nothing.
    expect(watched.page.locator(".graphiql-query-editor").first).to_contain_text("sharedSkills", timeout=20_000)
    yield watched
    watched.page.context.close()


def write(watched: Watched, editor: str, text: str) -> None:
    """Puts a text into one of the page's editors, in place of what is there."""
    watched.page.locator(f"{editor} .monaco-editor:visible").click()
    watched.page.keyboard.press("Control+a")
    watched.page.keyboard.insert_text(text)


def ask(address: str, query: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """The data that a program gets for a query, which must be without errors."""
    body = json.dumps({"query": query}).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        found = json.load(answer)
    assert "errors" not in found, found
    data: dict[str, Any] = found["data"]
    return data


def test_the_first_query_is_answered_in_chinese_and_no_other_host_is_asked(seen: Watched) -> None:
    seen.page.get_by_label("Execute query").click()
    result = seen.page.locator(".graphiql-response")
    expect(result).to_contain_text("市场分析", timeout=20_000)
    expect(result).to_contain_text("摸清市场形势")
    assert seen.hosts == {"127.0.0.1"}
    assert seen.complaints == []


def test_fields_are_completed_from_the_schema(seen: Watched) -> None:
    seen.page.get_by_label("New tab").click()
    seen.page.locator(".graphiql-query-editor .monaco-editor").click()
    seen.page.keyboard.press("Control+a")
    seen.page.keyboard.type("{ sharedS")
    seen.page.keyboard.press("Control+Space")
    expect(seen.page.locator(".suggest-widget")).to_contain_text("sharedSkills", timeout=20_000)
    assert seen.complaints == []


def test_the_documentation_is_shown_in_chinese_and_english(seen: Watched) -> None:
    seen.page.get_by_label("Show Documentation Explorer").click()
    seen.page.locator(".graphiql-doc-explorer").get_by_text("Query", exact=True).click()
    expect(seen.page.locator(".graphiql-doc-explorer")).to_contain_text("一个岗位 / One role")


def test_the_explorer_lists_the_fields(seen: Watched) -> None:
    seen.page.get_by_label("Show GraphiQL Explorer").click()
    expect(seen.page.locator(".docExplorerWrap")).to_contain_text("sharedSkills")
    assert seen.complaints == []


def test_a_key_goes_with_the_request_and_is_not_kept(seen: Watched, address: str) -> None:
    seen.page.get_by_role("button", name="Headers").click()
    write(seen, ".graphiql-editor-tool", '{"Authorization": "Bearer a-secret"}')
    with seen.page.expect_request(lambda request: "SharedSkills" in (request.post_data or "")) as asked:
        seen.page.get_by_label("Execute query").click()
    assert asked.value.headers["authorization"] == "Bearer a-secret"
    seen.page.wait_for_timeout(1_000)  # GraphiQL keeps what it keeps after half a second without typing.
    kept = seen.page.evaluate("JSON.stringify(localStorage)")
    assert kept.count("SharedSkills") > 1, "in the tab and in the history"
    assert "a-secret" not in kept


def test_the_policy_stops_other_hosts_and_scripts_of_the_page_itself(seen: Watched, address: str) -> None:
    elsewhere = address.replace("127.0.0.1", "localhost")
    assert (
        seen.page.evaluate("url => fetch(url, {mode: 'no-cors'}).then(() => 'reached', () => 'stopped')", elsewhere)
        == "stopped"
    )
    seen.page.evaluate("""() => {
        const script = document.createElement('script')
        script.textContent = 'window.stood = true'
        document.head.append(script)
    }""")
    assert seen.page.evaluate("window.stood") is None
    refused = "".join(seen.complaints)
    assert "connect-src 'self'" in refused
    assert "script-src 'self'" in refused


def test_a_subscription_is_followed_with_the_key_of_the_headers(chromium: Browser, tmp_path: Path) -> None:
    made = rolegraph("key", "--name", "tester", "--scope", "write", cwd=tmp_path).stdout
    secret, keys = re.search(r"^rolegraph_\S+", made, re.M)[0], re.search(r"^ROLEGRAPH_API_KEYS=(.*)", made, re.M)[1]
    headers = {"Authorization": f"Bearer {secret}"}
    with serving(f"sqlite:///{tmp_path / 'own.db'}", ROLEGRAPH_API_KEYS=keys) as address:
        document = '{name: "a.txt", content: {text: "岗位职责：做好市场分析；"}}'
        load = f"mutation {{ loadDocuments(documents: [{document}]) {{ ... on Load {{ id }} }} }}"
        id = ask(address, load, headers)["loadDocuments"]["id"]
        watched = Watched(chromium)
        watched.page.goto(address)
        write(watched, ".graphiql-query-editor", f'subscription {{ loadProgress(id: "{id}") {{ state }} }}')
        watched.page.get_by_role("button", name="Headers").click()
        write(watched, ".graphiql-editor-tool", json.dumps(headers))
        watched.page.get_by_label("Execute query").click()
        expect(watched.page.locator(".graphiql-response")).to_contain_text("DONE", timeout=60_000)
        assert watched.hosts == {"127.0.0.1"}
        assert watched.complaints == []
        watched.page.context.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_answered(example: Path, address: str) -> None:
    query = example.read_text(encoding="utf-8")
    schema = build_schema((ROOT / "api" / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(query)) == []
    assert "市场分析" in str(ask(address, query))


def test_the_page_is_sent_with_a_strict_policy_and_its_scripts_to_be_kept(address: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "text/html"}), timeout=20) as sent:
        shown, headers = sent.read().decode(), sent.headers
    policy = dict(entry.strip().split(" ", 1) for entry in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["worker-src"] == policy["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    sizes = []
    for name in re.findall(r'(?:src|href)="\./(assets/[^"]+)"', shown):
        script = address.removesuffix("graphql") + name
        with urllib.request.urlopen(script, timeout=20) as sent:
            plain, headers = sent.read(), sent.headers
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Type"].startswith(("text/javascript", "text/css", "image/svg+xml"))
        asked = urllib.request.Request(script, headers={"Accept-Encoding": "br, gzip"})
        with urllib.request.urlopen(asked, timeout=20) as sent:
            packed = sent.read()
            assert (sent.headers["Content-Encoding"], sent.headers["Vary"]) == ("gzip", "Accept-Encoding")
            assert sent.headers["Content-Type"] == headers["Content-Type"]
        assert gzip.decompress(packed) == plain
        sizes.append((len(packed), len(plain)))
    assert sum(packed for packed, _ in sizes) < sum(plain for _, plain in sizes) / 2
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(f"{address.removesuffix('graphql')}assets/..%2findex.html", timeout=20)


def test_until_it_is_built_the_page_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "BUILT", tmp_path)
    with closing(open_store("sqlite://")) as store:
        client = TestClient(create_app(store))
        shown = client.get("/graphql", headers={"Accept": "text/html"})
        assert "make web" in shown.text
        assert "尚未构建" in shown.text
        assert client.get("/assets/page.js").status_code == 404


def test_without_the_page_neither_it_nor_its_scripts_are_there() -> None:
    with closing(open_store("sqlite://")) as store:
        client = TestClient(create_app(store, graphiql=False))
        assert "<html" not in client.get("/graphql", headers={"Accept": "text/html"}).text
        assert client.get("/graphiql/LICENSES.txt").status_code == 404


def test_a_server_below_a_path_names_its_endpoint_with_it() -> None:
    with closing(open_store("sqlite://")) as store:
        client = TestClient(create_app(store), root_path='/jobs"')
        shown = client.get("/graphql", headers={"Accept": "text/html"}).text
    assert "/jobs&quot;/graphql" in shown
