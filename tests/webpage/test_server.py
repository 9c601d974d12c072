"""How a server sends the page: its headers, its files, what is open and what needs a key, and where it is not built."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser import absent
from command import ROOT
from graphql import build_schema, parse, validate
from graphs import Item, Post, reading
from playwright.sync_api import expect
from served import Address, serving
from starlette.testclient import TestClient

from api import keys
from api.app import create_app
from api.pages import built
from api.pages.planners import VIEWS, documents
from graphmodel.store import GraphStore, open_store
from webpage.conftest import Visit

ADDRESSES = ("/", *(f"/{view}" for view in VIEWS), "/compare/role:a/role:b?minShare=0.2", "/role/role:咖啡师", "/data/")
FIRST_KB = 60
"""Scripts and styles of the first view, compressed."""


@pytest.fixture(scope="module")
def store() -> Iterator[GraphStore]:
    with closing(open_store("sqlite://")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: GraphStore) -> TestClient:
    if not (built.BUILT / "index.html").exists():
        absent("the page is not built: make web", "ROLEGRAPH_REQUIRE_PAGE")
    return TestClient(create_app(store))


def test_the_server_knows_the_views_of_the_page() -> None:
    listed = re.search(r"VIEWS = \[(.*)\]", (ROOT / "web" / "src" / "address.ts").read_text("utf-8"))[1]
    assert re.findall(r"\w+", listed) == list(VIEWS)


def test_every_view_is_the_page_under_a_policy_that_it_keeps(client: TestClient) -> None:
    first = client.get("/")
    for address in ADDRESSES:
        answer = client.get(address)
        assert (answer.status_code, answer.text) == (200, first.text), address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(each.strip().split(" ", 1) for each in first.headers["content-security-policy"].split(";"))
    for kind in ("default-src", "frame-ancestors", "form-action", "trusted-types"):
        assert policy.pop(kind) == "'none'"
    assert policy.pop("require-trusted-types-for") == "'script'"
    assert policy.pop("img-src") == "'self' data: blob:", "pictures are saved from the page"
    assert set(policy) == {"script-src", "style-src", "connect-src", "base-uri"}
    assert set(policy.values()) == {"'self'"}
    for name, value in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
    }.items():
        assert first.headers[name] == value
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?:", first.text) == []


def test_the_page_is_asked_for_again_and_its_files_never(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["cache-control"] == "no-cache"
    for known in (page.headers["etag"], f"W/{page.headers['etag']}", '"other", ' + page.headers["etag"], "*"):
        again = client.get("/move", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", page.headers["etag"])
        assert again.headers["content-security-policy"] == page.headers["content-security-policy"]
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head("/role")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(page.content))
    assert client.post("/").status_code == client.delete("/data").status_code == 405

    files = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.text)
    assert {Path(file).suffix for file in files} == {".js", ".css", ".svg"}
    for file in files:
        plain = client.get(f"/{file}", headers={"Accept-Encoding": "identity"})
        packed = client.get(f"/{file}", headers={"Accept-Encoding": "gzip"})
        assert plain.content == packed.content, "which httpx has unpacked"
        assert int(packed.headers["content-length"]) < len(plain.content)
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        for answer in (plain, packed):
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["content-security-policy"] == "default-src 'none'"
            assert answer.headers["content-type"].startswith(("text/javascript", "text/css", "image/svg+xml"))


def test_nothing_else_is_sent(client: TestClient) -> None:
    for path in ("/compares", "/roles/x", "/index.html", "/documents.json", "/assets/", "/assets/none.js"):
        assert client.get(path).status_code == 404, path
    for path in ("/assets/../index.html", "/assets/..%2findex.html", "/assets/%2e%2e/documents.json"):
        assert client.get(path).status_code == 404, path


def test_the_first_view_loads_little_and_nothing_of_graphiql(client: TestClient) -> None:
    assets = built.BUILT / "assets"
    waiting = re.findall(r'\./assets/([^"]+)"', client.get("/").text)
    found: set[str] = set()
    while waiting:
        if (file := waiting.pop()) not in found:
            found.add(file)
            waiting += re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', (assets / file).read_text("utf-8"))
    scripts = "".join((assets / file).read_text("utf-8") for file in found)
    assert "monaco" not in scripts.lower()
    assert "react-dom" not in scripts
    assert sum((assets / f"{file}.gz").stat().st_size for file in found) < FIRST_KB * 1_000


def test_licences_of_all_that_is_sent_are_there(client: TestClient) -> None:
    licences = client.get("/LICENSES.txt")
    assert licences.headers["content-type"] == "text/plain; charset=utf-8"
    named = set(re.findall(r"^([\w@/.-]+) \d[\w.-]*: [\w-]+", licences.text, re.MULTILINE))
    wanted = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted.keys() - named == set()


def test_below_a_path_the_page_names_it(store: GraphStore) -> None:
    page = TestClient(create_app(store), root_path='/jobs"><b>').get("/")
    assert '<base href="/jobs&quot;&gt;&lt;b&gt;/">' in page.text


def test_until_it_is_built_the_page_says_how(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built, "BUILT", tmp_path)
    client = TestClient(create_app(store, trusted={}), root_path="/jobs")
    for address in ADDRESSES:
        page = client.get(address)
        assert page.status_code == 200, "a proxy may put a page of its own in the place of an error"
        assert "make web" in page.text
        assert "尚未构建" in page.text
        assert "<code>/jobs/graphql</code>" in page.text
    assert client.get("/assets/index.js").status_code == client.get("/LICENSES.txt").status_code == 404


def test_the_page_can_be_left_out(store: GraphStore) -> None:
    client = TestClient(create_app(store, page=False))
    assert {client.get(address).status_code for address in ADDRESSES} == {404}
    assert client.get("/graphql", headers={"Accept": "text/html"}).status_code == 200
    assert client.get("/LICENSES.txt").status_code == 200, "GraphiQL needs its files"
    without = TestClient(create_app(store, page=False, graphiql=False))
    assert without.get("/LICENSES.txt").status_code == 404


def test_the_page_is_shown_under_the_names_of_its_server_alone(store: GraphStore) -> None:
    app = create_app(store, hosts=["jobs.example.org"])
    assert TestClient(app, base_url="http://jobs.example.org").get("/").status_code == 200
    assert TestClient(app, base_url="http://other.example.org").get("/").status_code == 400


def test_metrics_call_all_addresses_of_the_page_by_one_name(store: GraphStore) -> None:
    client = TestClient(create_app(store))
    for address in (*ADDRESSES, "/assets/none.js", "/LICENSES.txt", "/invented"):
        client.get(address)
    routes = re.findall(r'rolegraph_request_seconds_count\{route="([^"]*)"\} (\S+)', client.get("/metrics").text)
    assert dict(routes) == {"page": f"{len(ADDRESSES) + 2}.0", "other": "1.0"}


@pytest.mark.timeout(60)
def test_what_the_page_follows_is_known_by_its_text_too(client: TestClient) -> None:
    writer = keys.new("writer", "write")
    (followed,) = (text for text in documents().values() if "subscription " in text)
    with closing(open_store("sqlite://")) as store:
        app = create_app(store, trusted={}, keys=keys.parse(writer.entry))
        with TestClient(app).websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
            socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {writer.secret}"}})
            assert socket.receive_json()["type"] == "connection_ack"
            for text in (followed, f"{followed} "):
                payload = {"query": text, "variables": {"id": "load:none"}}
                socket.send_json({"id": text, "type": "subscribe", "payload": payload})
            told: dict[str, str] = {}
            while len(told) < 2:
                answer = socket.receive_json()
                told[answer["id"]] = told.get(answer["id"], "") + str(answer)
    assert "PERSISTED_QUERY_NOT_FOUND" not in told[followed]
    assert "PERSISTED_QUERY_NOT_FOUND" in told[f"{followed} "]


def test_the_questions_of_the_page_are_known_by_their_texts(client: TestClient) -> None:
    schema = build_schema((ROOT / "api" / "schema.graphql").read_text(encoding="utf-8"))
    assert len(documents()) > 4
    for digest, text in documents().items():
        assert digest == hashlib.sha256(text.encode()).hexdigest()
        assert validate(schema, parse(text)) == []


@pytest.fixture(scope="module")
def reader() -> keys.New:
    return keys.new("reader", "read")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def guarded(reader: keys.New, client: TestClient, folder: Path) -> Iterator[Address]:
    """A server that wants a key, answers no query but one and the page's, and opens a browser."""
    url, own = f"sqlite:///{folder}/small.db", "{ __typename }"
    posts = [Post("咖啡师", [Item("负责盘点", ["盘点"])]), Post("库管员", [Item("每周盘点", ["盘点"])])]
    with closing(open_store(url)) as opened:
        opened.add_many(reading(f"{post.title}.txt", [post]) for post in posts)
    trusted = folder / "trusted.json"
    trusted.write_text(json.dumps({hashlib.sha256(own.encode()).hexdigest(): own}), encoding="utf-8")
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    env = {"ROLEGRAPH_API_KEYS": reader.entry, "ROLEGRAPH_TRUSTED_DOCUMENTS": str(trusted), "BROWSER": str(browser)}
    with serving(url, "--open", cwd=folder, **env) as address:
        yield address


def test_the_page_asks_for_a_key_and_forgets_it_with_the_tab(visit: Visit, guarded: Address, reader: keys.New) -> None:
    address = "/compare?role=咖啡师&role=库管员"
    watched = visit(address, server=guarded, quiet=False)
    page, sent = watched.page, []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.method == "POST" else None)
    expect(page.get_by_role("alert")).to_contain_text("需要密钥")
    page.get_by_label("密钥").fill("a-wrong-one")
    page.get_by_role("button", name="使用").click()
    expect(page.get_by_role("alert")).to_contain_text("不被接受")
    page.get_by_label("密钥").fill(reader.secret)
    page.get_by_label("密钥").press("Enter")
    shared = page.get_by_role("region", name="共有").get_by_role("button", name="盘点")
    shared.click()
    expect(page.locator("mark").first).to_have_text("盘点")
    expect(page.get_by_role("alert")).to_have_count(0)

    asked = {hashlib.sha256(each["query"].encode()).hexdigest() for each in sent}
    assert len(asked) > 1
    assert asked <= documents().keys()
    refused = page.request.post(
        guarded,
        data={"query": "{ roles(first: 1) { totalCount } }"},
        headers={"Authorization": f"Bearer {reader.secret}"},
    )
    assert "PERSISTED_QUERY_NOT_FOUND" in refused.text()

    page.reload()
    expect(shared).to_be_visible()
    assert reader.secret not in page.url
    assert reader.secret not in page.evaluate("JSON.stringify(localStorage) + document.cookie")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("alert")).to_contain_text("需要密钥")
    assert watched.hosts == {"127.0.0.1"}
    unknown = [said for said in watched.complaints if "401" not in said]
    assert unknown == []


@pytest.mark.skipif(os.name == "nt", reason="the browser is a shell script")
def test_a_server_tells_the_address_of_its_page_and_opens_it(guarded: Address, folder: Path) -> None:
    address = guarded.removesuffix("graphql")
    with urllib.request.urlopen(address, timeout=20):  # answered once the browser was told
        assert f"Page: {address}\n" in guarded.log.read_text("utf-8")
        assert (folder / "opened").read_text("utf-8") == f"{address}\n"


def test_the_types_of_the_page_are_those_of_the_schema() -> None:
    tsc = shutil.which("tsc", path=str(ROOT / "web" / "node_modules" / ".bin"))
    if not tsc or not (ROOT / "web" / "src" / "generated").exists():
        absent("the page is not built: make web", "ROLEGRAPH_REQUIRE_PAGE")
    for project in (".", "bundle"):
        done = subprocess.run([tsc, "-p", project], cwd=ROOT / "web", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
