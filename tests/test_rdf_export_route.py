"""Exports over HTTP: the bytes of the command, streamed as fast as they are taken, of one state of the store."""

from __future__ import annotations

import asyncio
import gzip
import threading
from contextlib import closing
from time import monotonic

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from command import rolegraph
from served import serving
from whole import READINGS, exported, reading, stored

import ontology.export
from api.app import create_app
from api.rdf import exports, streams
from graphmodel.errors import StoreBusy
from ontology.formats import FORMATS

OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG,
}  # fmt: skip
RDFLIB = {"turtle": "turtle", "nt": "nt", "rdfxml": "xml", "jsonld": "json-ld", "trig": "trig"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with closing(stored(READINGS, f"sqlite:///{tmp_path_factory.mktemp('graph') / 'graph.db'}")) as store:
        yield store


@pytest.fixture(scope="module")
def app(store):
    return create_app(store)


def send(app, path, method="GET", **headers):
    async def sent():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)

    return asyncio.run(sent())


class Client:
    """One that takes `most` pieces of a body, and no more until it is told to go on or leaves."""

    def __init__(self, app, path: str, most: int) -> None:
        self._app = app
        self._scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [],
            "server": ("test", 80), "client": ("test", 1),
        }  # fmt: skip
        self._most = most
        self._asked = False
        self._leaving, self._taking = asyncio.Event(), asyncio.Event()
        self.full = asyncio.Event()
        self.status = 0
        self.pieces: list[bytes] = []

    async def run(self) -> None:
        await self._app(self._scope, self._receive, self._send)

    def leave(self) -> None:
        self._leaving.set()

    def go_on(self) -> None:
        self._taking.set()

    async def _receive(self):
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._leaving.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.pieces.append(message.get("body", b""))
        if len(self.pieces) >= self._most:
            self.full.set()
            await self._taking.wait()


@pytest.fixture
def small_pieces(monkeypatch):
    """Counts the pieces that are written, each as small as one subject."""
    written: list[int] = []

    def counted(*arguments, **named):
        for count, piece in ontology.export.pieces(*arguments, **named):
            written.append(count)
            yield count, piece

    monkeypatch.setattr(ontology.export, "_LARGE", 1)
    monkeypatch.setattr(streams, "pieces", counted)
    return written


async def until(condition) -> None:
    ends = monotonic() + 60
    while not condition():
        assert monotonic() < ends
        await asyncio.sleep(0.01)


def writing() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "rolegraph-export"]


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_an_export_has_the_bytes_of_the_command(app, store, format):
    expected = exported(store, format.name)[0]
    by_suffix = send(app, f"/export.{format.suffix}")
    assert by_suffix.content == expected
    assert by_suffix.headers["content-type"].partition(";")[0] == format.media_type
    assert by_suffix.headers["content-disposition"] == f'attachment; filename="rolegraph-2.{format.suffix}"'
    for other in (f"?format={format.name}", f"?format={format.suffix}"):
        assert send(app, f"/export{other}").content == expected
    negotiated = send(app, "/export", accept=f"{format.media_type}, */*;q=0.1")
    assert negotiated.content == expected
    assert "Accept" in negotiated.headers["vary"]
    packed = send(app, f"/export.{format.suffix}.gz")
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    assert gzip.decompress(packed.content) == expected
    assert packed.content == send(app, f"/export.{format.suffix}.gz").content
    triples = {quad.triple for quad in ox.parse(expected, OXIGRAPH[format.name])}
    assert len(triples) == exported(store, "nt")[1]
    graph = rdflib.Dataset(default_union=True) if format.name == "trig" else rdflib.Graph()
    assert len({*graph.parse(by_suffix.content, format=RDFLIB[format.name]).triples((None, None, None))}) == len(
        triples
    )


def test_an_export_is_compressed_on_its_way_for_those_who_take_it(app, store):
    for accepted, encoding in (("gzip", "gzip"), ("identity", None)):
        response = send(app, "/export.nt", accept_encoding=accepted)
        assert response.headers.get("content-encoding") == encoding
        assert response.content == exported(store, "nt")[0]
    assert "content-encoding" not in send(app, "/export.nt.gz", accept_encoding="gzip").headers


def test_a_part_can_be_asked_for(app, store):
    whole = {*send(app, "/export.nt").text.splitlines()}
    skills = {*send(app, "/export.nt?kind=skill").text.splitlines()}
    assert skills
    assert all(line.startswith("<http://localhost:8000/id/skill/") for line in skills)
    both = send(app, "/export.nt?kind=skill&kind=role").text
    assert both == send(app, "/export.nt?kind=role,skill").text
    assert skills < {*both.splitlines()} < whole
    spans = {*send(app, "/export.nt?quotes=spans").text.splitlines()}
    assert spans < whole
    assert not [line for line in spans if "ns#evidence>" in line]
    role = {*send(app, "/export.nt?role=数据分析").text.splitlines()}
    assert any('"数据分析"' in line for line in role)
    assert not [line for line in role if '"市场专员写周报"' in line]
    assert send(app, "/export.nt?since=0").status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("?colour=red", 400, "format, role, since, kind, quotes"),
        ("?format=hdt", 400, "turtle"),
        ("?format=nt&format=turtle", 400, "once"),
        ("?kind=cat", 400, "mention"),
        ("?quotes=some", 400, "spans"),
        ("?since=x", 400, "number"),
        ("?since=999", 400, "revision"),
        ("?since=1&role=a", 400, "not both"),
        ("?role=市场专", 404, "市场专员"),
        (".hdt", 404, "ttl"),
        (".", 404, ""),
        ("?" + "&".join(f"role={n}" for n in range(101)), 400, "100"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_cannot_be_exported_is_told(app, method, asked, status, said):
    response = send(app, f"/export{asked}", method)
    assert response.status_code == status
    if method == "GET":
        assert said in response.text


def test_406_lists_the_formats(app):
    response = send(app, "/export", accept="image/png;q=0.5, application/json")
    assert response.status_code == 406
    assert {one["path"] for one in response.json()["choices"]} == {f"/export.{f.suffix}" for f in FORMATS.values()}


def test_an_export_that_is_known_is_not_sent_again():
    with closing(stored(READINGS)) as store:
        app = create_app(store)
        paths = ("/export.nt", "/export.ttl", "/export.nt.gz", "/export.nt?quotes=none", "/export.nt?role=数据分析")
        tags = {path: send(app, path).headers["etag"] for path in paths}
        assert len({*tags.values()}) == len(paths)
        for path, tag in tags.items():
            known = send(app, path, if_none_match=tag)
            assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
            assert send(app, path, "HEAD").headers["etag"] == tag
        assert send(app, "/export.ttl", if_none_match=tags["/export.nt"]).status_code == 200
        store.add_many([reading("d.txt", "出纳")])
        changed = send(app, "/export.nt", if_none_match=tags["/export.nt"])
        assert (changed.status_code, changed.content) == (200, exported(store, "nt")[0])


def test_head_writes_nothing(app, small_pieces):
    head = send(app, "/export.nt", "HEAD")
    assert (head.status_code, head.content, small_pieces) == (200, b"", [])
    assert head.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("path", ["/export.ttl", "/export.nt.gz"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_says_what_get_says(app, path, encoding):
    said = [send(app, path, method=method, accept_encoding=encoding).headers for method in ("GET", "HEAD")]
    for name in ("content-type", "content-encoding", "content-disposition", "etag", "vary"):
        assert said[0].get(name) == said[1].get(name)


def test_a_client_that_leaves_ends_its_export(app, small_pieces):
    async def leaving() -> None:
        client = Client(app, "/export.nt", 2)
        running = asyncio.ensure_future(client.run())
        await asyncio.wait_for(client.full.wait(), 10)
        client.leave()
        await asyncio.wait_for(running, 10)
        await until(lambda: not writing())
        assert client.status == 200
        assert len(client.pieces) == 2

    asyncio.run(leaving())
    assert len(small_pieces) < 20  # of some seventy
    assert send(app, "/export.nt").status_code == 200


def test_nothing_is_written_far_ahead_of_a_slow_reader_and_others_are_answered(app, store, small_pieces):
    expected = exported(store, "nt")[0]

    async def slowly() -> bytes:
        client = Client(app, "/export.nt", 2)
        running = asyncio.ensure_future(client.run())
        await asyncio.wait_for(client.full.wait(), 10)
        ahead = 2 + streams.AHEAD + 1  # one waits for room
        await until(lambda: len(small_pieces) == ahead)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as other:
            answer = await other.post("/graphql", json={"query": "{ roles(first: 1) { totalCount } }"})
            assert answer.json()["data"]["roles"]["totalCount"] == 2
        assert len(small_pieces) == ahead
        client.go_on()
        await asyncio.wait_for(running, 10)
        return b"".join(client.pieces)

    assert asyncio.run(slowly()) == expected


def test_an_export_is_of_one_state_whatever_is_written_meanwhile(tmp_path, small_pieces):
    with closing(stored(READINGS, f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        app = create_app(store)
        before = exported(store, "nt")[0]

        async def reading_on() -> bytes:
            client = Client(app, "/export.nt", 2)
            running = asyncio.ensure_future(client.run())
            await asyncio.wait_for(client.full.wait(), 10)
            await asyncio.to_thread(store.add_many, [reading("d.txt", "出纳")])
            client.go_on()
            await asyncio.wait_for(running, 10)
            return b"".join(client.pieces)

        assert asyncio.run(reading_on()) == before
        assert exported(store, "nt")[0] != before


def test_only_so_many_run_at_a_time(app, small_pieces):
    async def many() -> None:
        clients = [Client(app, "/export.nt", 1) for _ in range(exports.AT_A_TIME)]
        running = [asyncio.ensure_future(client.run()) for client in clients]
        for client in clients:
            await asyncio.wait_for(client.full.wait(), 10)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as other:
            refused = await other.get("/export.nt")
            assert (refused.status_code, refused.headers.get("retry-after")) == (503, "30")
            clients[0].leave()
            await asyncio.wait_for(running[0], 10)
            await until(lambda: len(writing()) < exports.AT_A_TIME)
            assert (await other.get("/export.nt")).status_code == 200
        clients[1].go_on()
        await asyncio.wait_for(running[1], 10)

    asyncio.run(many())


def test_a_store_that_moves_is_told_before_the_answer_and_breaks_it_off_after(app, monkeypatch):
    def broken(*arguments, after, **named):
        for count, piece in ontology.export.pieces(*arguments, **named):
            if after == 0:
                raise StoreBusy("The store changed while it was read.", "Ask again.")
            after -= 1
            yield count, piece

    monkeypatch.setattr(ontology.export, "_LARGE", 1)
    monkeypatch.setattr(streams, "pieces", lambda *given, **named: broken(*given, after=0, **named))
    refused = send(app, "/export.nt")
    assert (refused.status_code, "Ask again." in refused.text) == (503, True)
    monkeypatch.setattr(streams, "pieces", lambda *given, **named: broken(*given, after=2, **named))
    with pytest.raises(exports.BrokenOff):
        send(app, "/export.nt")


def test_a_real_server_streams_and_tells_of_it(tmp_path):
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    stored(READINGS, url).close()
    with serving(url, cwd=tmp_path, ROLEGRAPH_LOG="json") as graphql:
        root = graphql.removesuffix("/graphql")
        with httpx.Client(base_url=root, follow_redirects=True, timeout=30) as client:
            with client.stream("GET", "/export.ttl") as response:
                assert response.headers["transfer-encoding"] == "chunked"
                assert "content-length" not in response.headers
                body = b"".join(response.iter_bytes())
                tag = response.headers["etag"]
            assert client.get("/export.ttl", headers={"if-none-match": tag}).status_code == 304
            with client.stream("GET", "/export.nt") as response:
                next(response.iter_raw())  # and leave
            head = client.head("/export.nt")
            assert (head.status_code, head.content) == (200, b"")
            skill = client.get("/id/skill/excel", headers={"accept": "text/html"})
            assert skill.url == f"{root}/id/skill/excel.html"
            assert [one.status_code for one in skill.history] == [303]
            assert "<mark>" in skill.text
            assert client.get("/id/role/%00%2e%2e%2f").status_code == 404
            measured = client.get("/metrics").text
            seen = [("/export.ttl", 200), ("/export.ttl", 304), ("/id/skill/excel", 303), ("/id/skill/excel.html", 200)]
            ends = monotonic() + 60
            while not {*seen} <= {(line.get("path"), line.get("status")) for line in graphql.lines()}:
                assert monotonic() < ends, graphql.lines()
            assert not [line for line in graphql.lines() if line["level"] == "error"]
        assert 'rolegraph_requests_total{operation="",outcome="other",route="rdf",status="303"} 1.0' in measured
    assert body == rolegraph("export", "--store", url, cwd=tmp_path).stdout.encode()
