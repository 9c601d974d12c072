"""What may come in from the open network: refused cheaply by a real server, told in its log, and then it goes on."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import closing, suppress
from secrets import token_hex
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
import small
import uvicorn
from served import serving

from api.transport import protocol
from graphmodel.store import open_store

MOST_CPU = 0.05
"""Seconds of processor time that refusing one request may cost the server."""

BODY_SECONDS = 2
JSON = {"content-type": "application/json"}
NAMES = json.dumps({"query": "{ roles(first: 10) { totalCount } }"}).encode()


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('graph') / 'graph.db'}"
    with closing(open_store(url)) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())
    return url


@pytest.fixture(scope="module")
def server(url):
    with serving(url, ROLEGRAPH_LOG="json", ROLEGRAPH_BODY_SECONDS=str(BODY_SECONDS)) as address:
        for _ in range(5):  # so that what follows costs what it costs each time
            assert httpx.post(address, content=NAMES, headers=JSON).json() == {"data": {"roles": {"totalCount": 3}}}
        yield address


@pytest.fixture(autouse=True)
def _answers_still(server):
    yield
    assert httpx.post(server, content=NAMES, headers=JSON).json() == {"data": {"roles": {"totalCount": 3}}}


def cpu(server):
    used = psutil.Process(server.pid).cpu_times()
    return used.user + used.system


def cost(server, ask, times=3):
    """Seconds of processor time: the least of several times, since other programs make each of them dearer."""
    costs = []
    for _ in range(times):
        before = cpu(server)
        ask()
        costs.append(cpu(server) - before)
    return min(costs)


def refused(server, status, reason, *, method="POST", headers=None, body=None, path=None, **request):
    """Sends a request, and looks at its status, at what the log says of it, and at what it cost the server."""

    def ask():
        request_id = token_hex(8)
        sent = {"content": body() if callable(body) else body, **request}
        response = httpx.request(
            method, path or server, headers={"x-request-id": request_id, **(headers or {})}, **sent
        )
        assert response.status_code == status
        line = logged(server, request_id)
        assert reason in (line.get("refused") or line.get("errors"))

    assert cost(server, ask) < MOST_CPU


def logged(server, value, name="request_id"):
    """The line of the log with a value under a name. It is written after the answer was sent."""
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        for line in server.lines():
            if line.get(name) == value:
                return line
        time.sleep(0.02)
    raise AssertionError(server.log.read_text("utf-8"))


def raw(server, *pieces, pause=0.0, wait=10.0):
    """The bytes that come back for bytes that are no proper request; b"" if the server just hangs up."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), timeout=wait) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
        except OSError:
            pass  # the server has closed its side: what it said is there to be read
        said = b""
        try:
            while piece := connection.recv(65_536):
                said += piece
        except ConnectionError:
            pass
        return said


def head(*headers, method=b"POST", path=b"/graphql"):
    always = (b"Host: localhost", b"Connection: close", b"Content-Type: application/json")
    lines = (b"%s %s HTTP/1.1" % (method, path), *always, *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def test_a_query_of_ten_megabytes_is_refused_before_it_is_read(server):
    body = json.dumps({"query": "{ " + "a " * 5_000_000 + "}"}).encode()
    refused(server, 413, "BODY_TOO_LARGE", body=body, headers=JSON)


def test_a_client_that_sends_all_before_it_reads_is_told_too(server):
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(
            head(b"Content-Length: 10000000") + bytes(10_000_000)
        )  # not reset in the middle, as by close
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_a_query_of_ten_megabytes_in_chunks_is_read_up_to_the_limit(server):
    def chunks():
        for _ in range(160):
            yield b"{" * 65_536

    refused(server, 413, "BODY_TOO_LARGE", body=chunks, headers=JSON)


@pytest.mark.parametrize("filling", ["a ", " ", "# comment\\n", '\\"\\"\\"'])
def test_a_query_as_large_as_a_body_may_be_is_refused_before_it_is_parsed(server, filling):
    body = b'{"query": "{ %s }"}' % (filling.encode() * (900_000 // len(filling)))
    refused(server, 200, "LIMIT_EXCEEDED", body=body, headers=JSON)


def test_a_query_of_too_many_tokens_is_not_parsed_to_its_end(server):
    refused(server, 200, "BAD_REQUEST", body=json.dumps({"query": "{ " + "a " * 24_000 + "}"}).encode(), headers=JSON)


_PAGE = "roles(first: 1) { edges { node { duties(first: 1) { edges { node { %s } } } } } }"


@pytest.mark.parametrize(
    ("reason", "query"),
    {
        "a depth bomb": ("LIMIT_EXCEEDED", '{ duty(id: "x") { ' + _PAGE % (_PAGE % (_PAGE % (_PAGE % "id"))) + " } }"),
        "an alias bomb through fragments": (
            "LIMIT_EXCEEDED",
            "{ ...f0 } fragment f40 on Query { a: __typename } "
            + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)),
        ),
        "cyclic fragments": ("BAD_REQUEST", "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }"),
        "a flood of directives": ("LIMIT_EXCEEDED", "{ __typename " + "@skip(if: false) " * 200 + "}"),
        "a million entries": ("LIMIT_EXCEEDED", "{ roles(first: 1000000) { totalCount } }"),
        "a million million objects": (
            "LIMIT_EXCEEDED",
            "{ roles(first: 1000) { edges { node { duties(first: 1000) { edges { cursor } } } } } }",
        ),
        "one field again and again": ("LIMIT_EXCEEDED", "{ " + "__typename " * 1_500 + "}"),
    }.values(),
)
def test_a_query_that_asks_for_too_much_is_refused(server, reason, query):
    refused(server, 200, reason, body=json.dumps({"query": query}).encode(), headers=JSON)


def test_the_schema_is_not_told_where_that_is_off(url):
    with serving(url, ROLEGRAPH_LOG="json", ROLEGRAPH_INTROSPECTION="false") as closed:
        body = json.dumps({"query": "{ __schema { types { name } } }"}).encode()
        refused(closed, 200, "BAD_REQUEST", body=body, headers=JSON)


def test_a_batch_of_a_thousand_is_refused_as_a_whole(server):
    body = json.dumps([json.loads(NAMES)] * 1_000).encode()
    refused(server, 400, "BATCH_REFUSED", body=body, headers=JSON)


@pytest.mark.parametrize("bracket", [b"[", b'{"a":'])
def test_a_hundred_thousand_brackets_are_refused(server, bracket):
    body = b'{"query": "{ __typename }", "variables": ' + bracket * 100_000
    refused(server, 400, "BAD_JSON", body=body, headers=JSON)


def test_bytes_that_are_no_utf8_are_refused(server):
    refused(server, 400, "BAD_JSON", body=b'{"query": "\xc0\xaf"}' + b"\xff" * 100_000, headers=JSON)


def test_a_body_that_comes_too_slowly_is_given_up(server):
    def ask():
        began = time.monotonic()
        said = raw(server, head(b"Content-Length: 100"), *[b"{"] * 6, pause=BODY_SECONDS / 4)
        assert said.startswith(b"HTTP/1.1 408 ")
        assert b"connection: close" in said.lower()
        assert logged(server, "BODY_TOO_SLOW", "refused")
        assert time.monotonic() - began < BODY_SECONDS + 3

    assert cost(server, ask, 2) < MOST_CPU


def test_a_length_that_lies_hurts_nobody_else(server):
    def ask():
        too_much = raw(server, head(b"Content-Length: 99999999999"), NAMES)
        assert too_much.startswith(b"HTTP/1.1 413 ")
        too_little = raw(server, head(b"Content-Length: 10"), NAMES)
        assert too_little.startswith(b"HTTP/1.1 400 ")
        for lie in (b"Content-Length: -1", b"Content-Length: x", b"Content-Length: 5\r\nContent-Length: 50"):
            assert raw(server, head(lie), NAMES)[:13] in (b"HTTP/1.1 400 ", b"")
        both = raw(server, head(b"Content-Length: 5", b"Transfer-Encoding: chunked"), b"0\r\n\r\n")
        assert both[:12] in (b"HTTP/1.1 400", b"")

    assert cost(server, ask) < 6 * MOST_CPU


def test_what_is_no_http_or_has_huge_headers_is_cut_off(server):
    def ask():
        assert raw(server, b"\x16\x03\x01\x00\xa5\x01\x00\x00", b"\r\n\r\n")[:12] in (b"HTTP/1.1 400", b"")
        huge = head(b"X-Long: " + b"x" * 1_000_000, b"Content-Length: 0")
        assert raw(server, huge)[:12] == b"HTTP/1.1 431"
        many = head(*(b"X-%d: x" % n for n in range(10_000)))
        assert raw(server, many)[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400")
        assert logged(server, "HEAD_TOO_LARGE", "refused")["client"] == "127.0.0.1"

    assert cost(server, ask) < 3 * MOST_CPU


def test_headers_of_thousands_of_entries_are_read_in_no_time(server):
    entries = ", ".join(f"a/b{n};q=0.{n % 10}" for n in range(3_000))
    tags = ", ".join(f'"{n}"' for n in range(6_000))
    refused(server, 406, "NOT_ACCEPTABLE", body=NAMES, headers={**JSON, "accept": entries})

    def ask():
        assert httpx.get(server, params={"query": "{ __typename }"}, headers={"if-none-match": tags}).status_code == 200

    assert cost(server, ask) < MOST_CPU


def test_a_url_of_sixty_thousand_bytes_is_refused(server):
    refused(server, 414, "URL_TOO_LONG", method="GET", params={"query": "a" * 60_000})


def test_ids_with_cypher_and_sql_inside_find_nothing_and_cost_nothing(server):
    ids = ["role:x' OR 1=1 --", 'role:1"}) DETACH DELETE n //', "role:x'; DROP TABLE node; --"] * 20

    def ask():
        query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
        answer = httpx.post(server, json={"query": query, "variables": {"ids": ids}}).json()
        assert answer == {"data": {"nodes": [None] * 60}}

    assert cost(server, ask) < MOST_CPU


def test_a_client_that_leaves_in_the_middle_of_its_body_or_answer_breaks_nothing(server):
    parts = urlsplit(server)
    for sent in (head(b"Content-Length: 100") + b"{", head(b"Content-Length: %d" % len(NAMES)) + NAMES):
        socket.create_connection((parts.hostname, parts.port)).close()
        with socket.create_connection((parts.hostname, parts.port)) as connection:
            connection.sendall(sent)
    time.sleep(0.3)
    assert '"level": "error"' not in server.log.read_text("utf-8")
    assert "Traceback" not in server.log.read_text("utf-8")


LARGE = bytes(40_000_000)


@pytest.fixture
def impatient(monkeypatch):
    """The address of a server in this process that waits a third of a second for the head of a request, and for a
    megabyte of its answer to be taken. /large is answered with LARGE.
    """
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "TAKING_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "LEAST_TAKEN", 1_000_000)

    async def slow(scope, receive, send):
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.send", "bytes": LARGE})
            await send({"type": "websocket.close"})
            return
        if scope["path"] == "/large":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": LARGE})
            return
        await asyncio.sleep(0.6)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    config = uvicorn.Config(
        slow, http=protocol.BoundedProtocol, ws=protocol.BoundedSocket, lifespan="off", log_level="critical"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=[[listener]])
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


def test_a_head_that_comes_too_slowly_is_given_up_and_a_slow_answer_is_not(impatient):
    began = time.monotonic()
    assert raw(impatient) == b""
    said = raw(impatient, *[b"GET / HTTP/1.1\r\n", b"X: x\r\n", b"X: x\r\n"], pause=0.2)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 3
    with httpx.Client() as client:
        for _ in range(2):  # on one connection
            assert client.get(impatient).text == "ok"


UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize("headers", [b"", UPGRADE], ids=["http", "websocket"])
@pytest.mark.parametrize(("pauses", "whole"), [(0, False), (10, True)])
def test_an_answer_that_is_not_taken_is_dropped_and_one_that_is_taken_slowly_is_not(impatient, pauses, whole, headers):
    address = httpx.URL(impatient)
    taken = 0
    with socket.create_connection((address.host, address.port), timeout=10) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n%b\r\n" % headers)
        for _ in range(pauses):
            time.sleep(0.1)
            taken += len(client.recv(2_000_000, socket.MSG_WAITALL))
        if not whole:
            time.sleep(1)
        with suppress(ConnectionError):
            while taken <= len(LARGE) and (some := client.recv(1_000_000)):
                taken += len(some)
    assert (taken > len(LARGE)) == whole


@pytest.mark.parametrize(
    ("path", "headers", "status", "reason"),
    [
        (f"/id/skill/{'a-b-' * 2_000}", {}, 404, "NOT_FOUND"),
        ("/id/role/%00%ff%2e%2e%2f%252e", {}, 404, "NOT_FOUND"),
        ("/id/skill/excel.ttl?limit=999999999", {}, 400, "BAD_REQUEST"),
        ("/id/skill/nobody", {"accept": '"' * 50_000 + ", image/png"}, 404, "NOT_FOUND"),
        ("/ontology", {"accept": "image/png," * 5_000}, 406, "NOT_ACCEPTABLE"),
        (f"/export.ttl?{'role=a&' * 2_000}", {}, 400, "BAD_REQUEST"),
        ("/export.zip", {}, 404, "NOT_FOUND"),
        (f"/sparql?query={'%28' * 5_000}&format=exe", {}, 400, "BAD_REQUEST"),
        ("/sparql?update=DROP%20ALL", {}, 403, "READ_ONLY"),
    ],
)
def test_what_linked_data_and_sparql_refuse_costs_little(server, path, headers, status, reason):
    refused(server, status, reason, method="GET", headers=headers, path=server.replace("/graphql", path))
