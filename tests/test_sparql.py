"""SPARQL as a client meets it: forms, limits, and what is refused; always of the graph as it is."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import closing
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
import small
from command import ROOT, rolegraph
from graphs import Item, Post, reading
from hypothesis import given, settings
from hypothesis import strategies as some
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser
from served import serving
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import Key
from api.sparql import guard
from api.sparql.answers import DEFAULT_BOUNDS, Sparql
from api.sparql.index import Index, build, index_of, locked
from api.transport.endpoint import Bounds as Transport
from graphmodel.store import open_store
from ontology.export import export
from ontology.terms import BASE

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
NAMES = "SELECT ?role ?name WHERE { ?role a rg:Role ; skos:prefLabel ?name } ORDER BY ?name"
LONG = """SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = ?f && ?i = ?l) }"""
KEYS = (Key("reader", "read", hashlib.sha256(b"secret").digest()),)


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROLEGRAPH_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with small.stored("sqlite", tmp_path_factory.mktemp("graph")) as store:
        yield store


@pytest.fixture(scope="module")
def client(store):
    with TestClient(create_app(store)) as client:
        yield client


def get(client, query, accept=JSON, **headers):
    return client.get("/sparql", params={"query": query}, headers={"accept": accept, **headers})


def rows(response):
    assert response.status_code == 200, response.text
    return [
        {name: term["value"] for name, term in row.items()} for row in json.loads(response.text)["results"]["bindings"]
    ]


def test_the_three_ways_to_send_a_query_give_one_answer(client):
    by_get = get(client, NAMES)
    form = client.post("/sparql", data={"query": NAMES}, headers={"accept": JSON})
    direct = client.post("/sparql", content=NAMES, headers={"accept": JSON, "content-type": "application/sparql-query"})
    assert len(rows(by_get)) > 1
    assert rows(by_get) == rows(form) == rows(direct)
    assert by_get.headers["content-type"] == JSON


def test_the_answer_is_that_of_the_export(store, client):
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, "nt")
    [counted] = rows(get(client, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
    assert int(counted["n"]) == out.getvalue().count(b"\n")
    found = get(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    exported, answered = ox.Store(), ox.Store()
    exported.load(out.getvalue(), ox.RdfFormat.N_TRIPLES)
    answered.load(found.content, ox.RdfFormat.N_TRIPLES)
    assert set(exported) == set(answered)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (f"{JSON};q=0.5, {XML};q=0.9", XML),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("text/*, text/csv;q=0.2", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle", None),
        ("image/png", None),
    ],
)
def test_rows_come_in_the_form_that_the_client_prefers(client, accept, expected):
    response = get(client, NAMES, accept)
    assert response.headers["content-type"] == expected if expected else response.status_code == 406
    if not expected:
        assert JSON in response.text


@pytest.mark.parametrize(
    ("media_type", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_graphs_come_in_every_form(client, media_type, format):
    response = get(client, "DESCRIBE skill:excel", media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    graph = rdflib.Graph().parse(data=response.text, format=format)
    assert (
        rdflib.URIRef(f"{BASE}skill/excel"),
        rdflib.SKOS.prefLabel,
        rdflib.Literal("Excel", lang="zh-Hans"),
    ) in graph
    assert get(client, "DESCRIBE skill:excel", JSON).status_code == 406


def test_values_are_the_same_in_all_forms_of_rows(client):
    query = r"""SELECT ?a ?b ?c ?d ?e WHERE {
      BIND("x, \"y\"\t\nz<&"@zh-hans AS ?a) BIND(1.50 AS ?b) BIND(<http://a/?b=1&c> AS ?c) BIND("市场" AS ?e) }"""
    said = json.loads(get(client, query).text)["results"]["bindings"][0]
    assert said["a"] == {"type": "literal", "value": 'x, "y"\t\nz<&', "xml:lang": "zh-Hans"}
    assert "d" not in said
    [found] = XMLResultParser().parse(io.BytesIO(get(client, query, XML).content)).bindings
    expected = {
        "a": rdflib.Literal('x, "y"\t\nz<&', lang="zh-Hans"),
        "b": rdflib.Literal("1.5", datatype=rdflib.XSD.decimal),
        "c": rdflib.URIRef("http://a/?b=1&c"),
        "e": rdflib.Literal("市场"),
    }
    assert {str(name): term for name, term in found.items()} == expected
    [parsed] = ox.parse_query_results(get(client, query, JSON).content, ox.QueryResultsFormat.JSON)
    [read] = ox.parse_query_results(get(client, query, "text/tab-separated-values").content, ox.QueryResultsFormat.TSV)
    assert [parsed[i] for i in range(5)] == [read[i] for i in range(5)]
    assert get(client, query, "text/csv").text == 'a,b,c,d,e\r\n"x, ""y""\t\nz<&",1.5,http://a/?b=1&c,,市场\r\n'


def test_yes_and_no(client):
    assert get(client, "ASK { ?s a rg:Role }").json() == {"head": {}, "boolean": True}
    assert "<boolean>false</boolean>" in get(client, "ASK { ?s a rg:Nothing }", XML).text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1/> SELECT*{servicee:x{}}",
        "SELECT * { ?s ?p ?o { ?s ?q ?r FILTER(?s<?b+'x>') serviceSilent<http://127.0.0.1:1/>{} FILTER(?c='y') } }",
        "PREFIX e: <http://a> SELECT * { OPTIONAL { ?s ?p e:a\\# } SERVICE <http://127.0.0.1:1/> {}\n}",
        "SELECT * { ?s ?p '''\\'''' . SERVICE <http://127.0.0.1:1/> {} FILTER('''' = '''') }",
        "SELECT * { { ?s ?p 1.SERVICE<http://127.0.0.1:1/>{} } }",
    ],
)
def test_no_other_server_is_asked_however_it_is_written(client, query):
    response = get(client, query)
    assert response.status_code == 403
    assert "SERVICE is not answered (line 1, column " in response.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service a rg:Role . FILTER('SERVICE' != \"service\") } # SERVICE",
        "PREFIX s: <http://example.org/service#> SELECT * { ?s a s:service, <http://example.org/Service> }",
        "SELECT * { ?s ?p '''SERVICE ' '' \\''' ''', \"\"\"\nSERVICE\"\"\" }",
        "SELECT ?from { ?from ?p 'FROM <x>' . FILTER(1<2 && 3>2) }",
    ],
)
def test_the_word_may_stand_where_it_is_none(client, query):
    assert get(client, query).status_code == 200


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    some.lists(
        some.sampled_from(
            ["<", ">", "'", '"', "'''", '"""', "\\", "#", "\n", " ", "?a", "e:x", "e:", "{", "}", ".", "1", "true", ")",
             "<?b+'x>'", "FILTER(?s<?b+'x>')", "<e:b#>", "'x'", "?s ?p ?o", "OPTIONAL{", "UNION", "FILTER(?c='y')"]
        ),
        max_size=6,
    ),
    some.lists(some.sampled_from(["'", '"', "'''", "#", "\n", "}", ")", "'y')", "FILTER(?c='y')"]), max_size=3),
)  # fmt: skip
def test_what_pyoxigraph_would_ask_is_refused(before, after):
    asked = (
        "SELECT * { ?s ?p ?o " + "".join(before) + f"SERVICE<http://127.0.0.1:{CLOSED}/>{{?x ?y ?z}}" + "".join(after)
    )
    query = f"PREFIX e: <http://a/> {asked}}}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "check", lambda query: None)
        would = _reaches(query)
    if would:
        with pytest.raises(guard.NotAllowed):
            guard.check(query)


def _reaches(query: str) -> bool:
    try:
        list(FACTS.query(query))
    except SyntaxError:
        return False
    except OSError:
        return True
    return False


FACTS = ox.Store()
FACTS.load(b"<http://a/s> <http://a/p> 1 .", ox.RdfFormat.TURTLE)
with closing(socket.socket()) as taken:
    taken.bind(("127.0.0.1", 0))
    CLOSED = taken.getsockname()[1]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone can take the network from a process")
def test_a_process_that_asks_has_no_network_where_the_system_lets_it():
    code = """
import os, socket
from api.sparql.worker import _offline
before = os.stat("/proc/self/ns/net").st_ino
_offline()
if os.stat("/proc/self/ns/net").st_ino == before:
    print("not let")
else:
    try:
        socket.create_connection(("127.0.0.1", %d), 1)
    except OSError:
        print("alone")
"""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        run = [sys.executable, "-c", code % listener.getsockname()[1]]
        said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if said == "not let\n":
        pytest.skip("the system lets no user make a network of their own")
    assert said == "alone\n"


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:b> 1 }", "PREFIX x: <a:b>\n# y\nDELETE WHERE { ?s ?p ?o }",
                                  "LOAD <http://127.0.0.1/>", "CLEAR ALL", "drop default"])  # fmt: skip
def test_nothing_can_be_changed(client, text):
    assert get(client, text).status_code == 403
    sent = client.post("/sparql", content=text, headers={"content-type": "application/sparql-update"})
    assert sent.status_code == client.post("/sparql", data={"update": text}).status_code == 403
    assert "Updates are not taken" in sent.text


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"params": {"query": "SELECT * {"}}, 400, "error at 1:"),
        ({"params": {"query": ""}}, 400, "cannot be read"),
        ({"params": [("query", NAMES), ("query", NAMES)]}, 400, "more than one query"),
        ({"params": {"query": NAMES, "default-graph-uri": "http://a/"}}, 400, "one graph"),
        ({"params": {"query": NAMES, "named-graph-uri": "http://a/"}}, 400, "one graph"),
        ({"params": {"query": NAMES, "format": "n3"}}, 400, "json, xml, csv, tsv"),
        ({"params": {"query": "SELECT * FROM <http://a/> { ?s ?p ?o }"}}, 403, "one graph"),
        ({"method": "PUT"}, 405, "GET or POST"),
        ({"method": "POST", "content": "{}", "headers": {"content-type": "application/json"}}, 415, "sparql-query"),
        ({"method": "POST", "data": {"x": "y"}}, 400, "no query"),
        (
            {"method": "POST", "content": b"\xff", "headers": {"content-type": "application/sparql-query"}},
            400,
            "not UTF-8",
        ),
        ({"url": "/sparql?query=%FF"}, 400, "not UTF-8"),
    ],
)
def test_what_cannot_be_answered_says_why(client, request_, status, said):
    response = client.request(**{"method": "GET", "url": "/sparql", **request_})
    assert response.status_code == status
    assert said in response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(store):
    with TestClient(create_app(store, sparql=DEFAULT_BOUNDS._replace(seconds=1.0))) as client:
        assert get(client, NAMES).status_code == 200
        late = get(client, LONG)
        assert (late.status_code, "within 1 seconds" in late.text) == (503, True)
        assert get(client, NAMES).status_code == 200


class Client:
    """One request as the server hands it to the application: its client may leave, and take nothing of the answer."""

    def __init__(self, app, query, taking=True):
        self._scope = {
            "type": "http", "method": "GET", "path": "/sparql", "root_path": "", "headers": [], "scheme": "http",
            "query_string": urlencode({"query": query}).encode(), "server": ("localhost", 80), "http_version": "1.1",
        }  # fmt: skip
        self._app = app
        self._gone, self._takes = asyncio.Event(), asyncio.Event()
        if taking:
            self._takes.set()
        self.status = 0
        self.size = 0
        self.started = asyncio.Event()
        self.done = asyncio.ensure_future(app(self._scope, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.status = message.get("status", self.status)
        self.size += len(message.get("body", b""))
        self.started.set()
        await self._takes.wait()

    async def answered(self):
        await asyncio.wait_for(self.done, 50)
        return self.status

    def leave(self):
        self._gone.set()

    def take(self):
        self._takes.set()


def test_a_client_that_leaves_keeps_nobody_waiting(store):
    app = create_app(store, sparql=DEFAULT_BOUNDS._replace(seconds=None, processes=1))

    async def asking():
        first, *waiting = [Client(app, LONG) for _ in range(3)]
        for client in (first, *waiting):
            client.leave()
        assert await Client(app, NAMES).answered() == 200
        assert [await client.answered() for client in (first, *waiting)] == [0, 0, 0]

    with TestClient(app):
        asyncio.run(asking())


def test_answers_that_nobody_takes_are_not_kept_without_end(store, monkeypatch):
    monkeypatch.setattr("api.sparql.endpoint.MOST_UNTAKEN", 1_000_000)
    app, large = create_app(store), "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 2000"

    async def asking():
        slow = Client(app, large, taking=False)
        await asyncio.wait_for(slow.started.wait(), 50)
        assert await Client(app, large).answered() == 503
        assert await Client(app, NAMES).answered() == 200
        slow.take()
        assert (await slow.answered(), slow.size > 500_000) == (200, True)
        assert await Client(app, large).answered() == 200

    with TestClient(app):
        asyncio.run(asking())


def test_an_answer_of_too_many_rows_is_refused_and_not_cut(store):
    with TestClient(create_app(store, sparql=DEFAULT_BOUNDS._replace(rows=3))) as client:
        assert len(rows(get(client, f"{NAMES} LIMIT 3"))) == 3
        for query in ("SELECT * { ?s ?p ?o } LIMIT 4", "CONSTRUCT WHERE { ?s ?p ?o }"):
            response = get(client, query, "*/*")
            assert (response.status_code, "more than 3 rows" in response.text) == (400, True)


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname != "Linux", reason="Linux alone bounds memory")
def test_a_query_that_needs_too_much_memory_ends_alone(store):
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with TestClient(create_app(store, sparql=DEFAULT_BOUNDS._replace(memory=200_000_000))) as client:
        response = get(client, large)
        assert (response.status_code, "more memory" in response.text) == (503, True)
        assert get(client, NAMES).status_code == 200


def test_a_body_that_is_too_large_is_refused(store):
    with TestClient(create_app(store, bounds=Transport(request_bytes=1_000))) as client:
        sent = client.post("/sparql", data={"query": "#" * 2_000})
        assert sent.status_code == 413


def test_answers_follow_the_graph(tmp_path, cache):
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store, TestClient(create_app(store)) as client:
        assert rows(get(client, NAMES)) == []
        first = get(client, NAMES).headers["etag"]
        assert get(client, NAMES, **{"if-none-match": first}).status_code == 304
        store.add_many([reading("a.txt", [Post("出纳")])])
        later = get(client, NAMES, **{"if-none-match": first})
        assert [row["name"] for row in rows(later)] == ["出纳"]
        assert later.headers["etag"] != first
        index = index_of(store.url, BASE, store.state())
        same = [path.name for path in cache.glob(f"rolegraph-sparql-{index.graph}-*") if path.is_dir()]
        assert same == [index.path.name], "the index of the state before is gone"


def test_an_index_that_is_read_stays_until_it_is_not(tmp_path, cache):
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        asking = Sparql(store)
        assert "answered" not in repr(asking.ask(NAMES, "json", None).answer)
        before = index_of(store.url, BASE, store.state())
        store.add_many([reading("a.txt", [Post("出纳")])])
        after = index_of(store.url, BASE, store.state())
        with store.reading() as view:
            assert build(view, after, BASE)
        assert before.there()
        assert after.there()
        asking.close()
        with store.reading() as view:
            assert build(view, after, BASE)
        assert after.there()
        assert not before.there() or os.name == "nt"


def test_what_a_killed_process_left_is_taken_away_and_what_is_being_built_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        index = index_of(store.url, BASE, store.state())
        left, running = (Index(index.graph, state) for state in ("killed", "running"))
        for each in (index, left, running):
            each.part.mkdir(parents=True)
            (each.part / "CURRENT").write_text("broken")
            each.progress.write_text("12")
        asking = Sparql(store)
        with locked(running.building, shared=False):
            assert "answered" not in repr(asking.ask(NAMES, "json", None).answer)
            assert index.there()
            assert running.part.is_dir()
            assert [path for each in (index, left) for path in (each.part, each.progress) if path.exists()] == []
        asking.close()


def test_who_has_to_wait_for_long_is_told_to_ask_again(tmp_path):
    bounds = DEFAULT_BOUNDS._replace(waits=0.0)
    path = tmp_path / "graph.db"
    with closing(open_store(f"sqlite:///{path}")) as store, TestClient(create_app(store, sparql=bounds)) as client:
        response = get(client, NAMES)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "being made ready" in response.text


def test_two_that_need_an_index_at_once_build_it_once(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        index = index_of(store.url, BASE, store.state())
        told: list[int] = []

        def built() -> None:
            with store.reading() as view:
                build(view, index, BASE, told.append)

        threads = [threading.Thread(target=built) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert index.there()
        assert len(told) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    with closing(open_store("sqlite://")) as store, TestClient(create_app(store)) as client:
        response = get(client, NAMES)
        assert response.status_code == 503
        assert "ROLEGRAPH_CACHE" in response.text


def test_a_store_in_memory_is_answered_too():
    with closing(open_store("sqlite://")) as store, TestClient(create_app(store)) as client:
        store.add_many([reading("a.txt", [Post("出纳", [Item("负责现金收付")])])])
        assert [row["name"] for row in rows(get(client, NAMES))] == ["出纳"]


def test_a_key_is_needed_where_reading_needs_one(store):
    with TestClient(create_app(store, keys=KEYS)) as client:
        assert get(client, NAMES).status_code == 401
        answered = get(client, NAMES, authorization="Bearer secret")
        assert rows(answered)
        assert "private" in answered.headers["cache-control"]


def test_it_is_not_there_where_it_is_switched_off_or_only_trusted_queries_are_answered(store):
    for options in ({"sparql": None}, {"trusted": {"a" * 64: "{ __typename }"}}):
        assert TestClient(create_app(store, **options)).get("/sparql").status_code == 404


def test_pages_of_other_sites_read_it_only_where_they_are_listed(store):
    listed, other = {"origin": "https://app.example.org"}, {"origin": "https://evil.example"}
    client = TestClient(create_app(store, origins=["https://app.example.org"]))
    assert get(client, NAMES, **listed).headers["access-control-allow-origin"] == "https://app.example.org"
    assert "access-control-allow-origin" not in get(client, NAMES, **other).headers
    asked = {**listed, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert client.options("/sparql", headers=asked).status_code == 200


def test_a_large_answer_is_packed_for_who_takes_it(client):
    plain = get(client, "SELECT * { ?s ?p ?o }", **{"accept-encoding": "identity"})
    packed = get(client, "SELECT * { ?s ?p ?o }", **{"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert rows(plain) == rows(packed)
    assert int(packed.headers["content-length"]) < len(gzip.compress(plain.content, 1)) * 1.1


def test_it_describes_itself_to_programs_and_people(client):
    described = client.get("/sparql", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=described.text, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(graph.objects(rdflib.URIRef("http://testserver/sparql"), service.endpoint))
    page = client.get("/sparql", headers={"accept": "text/html,*/*;q=0.8"})
    assert "script-src" not in page.headers["content-security-policy"]
    assert "<form" in page.text
    assert "<script" not in page.text
    [first] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    query = first.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    answered = client.post("/sparql", data={"query": query, "format": "tsv"})
    assert answered.text.startswith("?skill\t?name\t?roles\n")


def test_a_head_has_no_body(client):
    head = client.head("/sparql", params={"query": NAMES}, headers={"accept": JSON})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0


def test_a_server_answers_and_tells_its_log_no_query(store, cache):
    with serving(store.url, ROLEGRAPH_CACHE=str(cache), ROLEGRAPH_LOG="json", ROLEGRAPH_SPARQL_SECONDS="1") as address:
        import httpx

        url = address.replace("/graphql", "/sparql")
        assert httpx.get(url, params={"query": NAMES}).status_code == 200
        assert httpx.get(url, params={"query": LONG}).status_code == 503
        metrics = httpx.get(address.replace("/graphql", "/metrics")).text
        assert 'rolegraph_requests_total{operation="",outcome="other",route="sparql",status="200"}' in metrics
        assert 'rolegraph_errors_total{code="TIME_LIMIT"}' in metrics
        lines = [line for line in address.lines() if line.get("path") == "/sparql"]
    assert all("document" in line and "SELECT" not in json.dumps(line) for line in lines)


def test_the_command_prints_rows_graphs_and_files(store, cache, tmp_path):
    def asked(*arguments, **more):
        return rolegraph("sparql", *arguments, "--store", store.url, cwd=tmp_path, ROLEGRAPH_CACHE=str(cache), **more)

    (tmp_path / "names.rq").write_text(NAMES, encoding="utf-8")
    table, csv = asked(NAMES), asked("names.rq", "--format", "csv")
    names = [line.split(",")[1] for line in csv.stdout.splitlines()[1:]]
    assert len(names) > 1
    assert all(name in table.stdout for name in names)
    assert "skill:excel" in asked("-", input=b"CONSTRUCT WHERE { skill:excel ?p ?o }").stdout
    wrong = asked("SELECT * {")
    assert (wrong.returncode, "cannot be read" in wrong.stderr) == (1, True)
