"""GraphQL over HTTP as a client meets it, where HTTP's own meaning suffices: no network, a real store."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import threading
from contextlib import closing

import httpx
import pytest
import small
from graphs import Item, Post, reading
from hypothesis import given, settings
from hypothesis import strategies as some
from stores import PLACES

from api.app import create_app
from api.graphql.engine import Answer
from api.graphql.uploads import Upload
from api.keys import Key
from api.transport.endpoint import Bounds, Endpoint
from graphmodel.errors import StoreBusy
from graphmodel.store import open_store

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What a browser accepts when an address is typed in."""

NAMES = "{ roles(first: 10) { edges { node { name } } } }"
LARGE = "{ __schema { types { name description fields { name description } } } }"
KEYS = (
    Key("reader", "read", hashlib.sha256(b"secret-r").digest()),
    Key("writer", "write", hashlib.sha256(b"secret-w").digest()),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with small.stored("sqlite", tmp_path_factory.mktemp("graph")) as store:
        yield store


@pytest.fixture(scope="module", params=PLACES)
def any_store(request, tmp_path_factory):
    with small.stored(request.param, tmp_path_factory.mktemp("graph")) as store:
        yield store


@pytest.fixture(scope="module")
def app(store):
    return create_app(store)


def send(app, method, path="/graphql", **request):
    async def sent():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **request)

    return asyncio.run(sent())


def post(app, query, accept=JSON, **asked):
    return send(app, "POST", json={"query": query, **asked}, headers={"accept": accept})


def get(app, query=NAMES, headers=None, **asked):
    return send(app, "GET", params={"query": query, **asked}, headers={"accept": JSON, **(headers or {})})


def code(response):
    [error] = response.json()["errors"]
    assert "data" not in response.json()
    return error["extensions"]["code"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.9", JSON),
        (f"{GRAPHQL};q=0, */*", JSON),
        ("application/json, text/plain, */*", JSON),
        (f"{GRAPHQL.upper()} ; Q=0.7", GRAPHQL),
        (f"*/*;q=0.1, {GRAPHQL};q=0.2", GRAPHQL),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/xml, text/*", None),
    ],
)
def test_the_answer_has_the_type_that_the_client_prefers(app, accept, expected):
    async def sent():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            del client.headers["accept"]
            headers = {} if accept is None else {"accept": accept}
            return await client.post("/graphql", json={"query": NAMES}, headers=headers)

    response = asyncio.run(sent())
    if expected is None:
        assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")
    else:
        assert response.status_code == 200
        assert response.headers["content-type"] == f"{expected}; charset=utf-8"
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A { __typename } query B { __typename }"])
def test_what_is_refused_has_a_status_of_its_own_only_beside_the_newer_type(app, query):
    old, new = post(app, query, JSON), post(app, query, GRAPHQL)
    assert (old.status_code, new.status_code) == (200, 400)
    assert old.json() == new.json()
    assert "data" not in new.json()
    assert new.headers["cache-control"] == "no-store"


def test_a_variable_of_the_wrong_type_is_refused_and_an_error_of_a_field_is_not(app):
    query = "query ($first: Int!) { roles(first: $first) { totalCount } }"
    assert post(app, query, GRAPHQL, variables={"first": "many"}).status_code == 400
    response = post(app, query, GRAPHQL, variables={"first": -1})
    assert (response.status_code, response.json()["data"]) == (200, None)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_told_which_are_answered(app, method):
    response = send(app, method, json={"query": NAMES})
    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_options_and_head(app):
    options = send(app, "OPTIONS")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    head, full = send(app, "HEAD", params={"query": NAMES}), get(app)
    assert head.status_code == 200
    assert head.headers["etag"] == full.headers["etag"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "BAD_REQUEST"),
        (b" \n", "BAD_REQUEST"),
        (b"nonsense", "BAD_JSON"),
        (b'{"query": "{ __typename }"', "BAD_JSON"),
        (b"\xff\xfe{}", "BAD_JSON"),
        (b'{"query": "{ __typename } # \xc3\x28"}', "BAD_JSON"),
        (b'{"query": "{ __typename } # \\ud800"}', "BAD_JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": NaN}}', "BAD_JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": Infinity}}', "BAD_JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": 1e999}}', "BAD_JSON"),
        (b'"query"', "BAD_REQUEST"),
        (b"null", "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b'{"query": null}', "BAD_REQUEST"),
        (b'{"query": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": "{}"}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "extensions": []}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": {}}', "BAD_REQUEST"),
        (b'{"documentId": 7}', "BAD_REQUEST"),
        (b' [{"query": "{ __typename }"}]', "BATCH_REFUSED"),
        (b"[]", "BATCH_REFUSED"),
        (b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 99 + b"]" * 99 + b"}}", "BAD_REQUEST"),
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_body_that_is_no_request_is_a_bad_request_beside_both_types(app, body, expected, accept):
    response = send(app, "POST", content=body, headers={"content-type": JSON, "accept": accept})
    assert (response.status_code, code(response)) == (400, expected)
    assert response.headers["content-type"].startswith(accept)


def test_what_a_request_may_leave_out_may_be_null_and_what_is_unknown_is_passed_over(app):
    response = post(app, NAMES, variables=None, operationName=None, extensions=None, other=1)
    assert {edge["node"]["name"] for edge in response.json()["data"]["roles"]["edges"]} == {"数据", "店员", "策划"}


def test_numbers_that_no_field_takes_and_equal_keys_are_no_reason_to_fail(app):
    for number in (2**31, 2**53 + 1, 2**64, 10**40, -(10**40), 1e300):
        query = "query ($first: Int) { roles(first: $first) { totalCount } }"
        response = post(app, query, GRAPHQL, variables={"first": number})
        assert response.status_code == 400
        assert "first" in response.json()["errors"][0]["message"]
    body = b'{"query": "{", "query": "{ __typename }"}'  # as in JavaScript the last one counts
    response = send(app, "POST", content=body, headers={"content-type": JSON})
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        (JSON, 200),
        ("application/json; charset=UTF-8", 200),
        ('APPLICATION/JSON;charset="utf-8"', 200),
        ("application/graphql+json", 200),
        ("application/json; charset=gbk", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/graphql", 415),
        (None, 415),
        ("multipart/form-data; boundary=x", 403),
    ],
)
def test_only_bodies_that_no_form_of_another_site_can_send_are_read(app, content_type, status):
    headers = {} if content_type is None else {"content-type": content_type}
    response = send(app, "POST", content=json.dumps({"query": "{ __typename }"}), headers=headers)
    assert response.status_code == status


def test_compressed_bodies_are_not_unpacked(app):
    body = gzip.compress(json.dumps({"query": NAMES}).encode())
    for encoding in ("gzip", "br", "deflate", "gzip, identity"):
        response = send(app, "POST", content=body, headers={"content-type": JSON, "content-encoding": encoding})
        assert (response.status_code, code(response)) == (415, "UNSUPPORTED_ENCODING")
        assert response.headers["accept-encoding"] == "identity"


def test_get_asks_with_variables_an_operation_and_chinese(app):
    query = "query A { __typename } query B($name: String!) { role(by: {name: $name}) { ... on Role { name } } }"
    response = get(app, query, operationName="B", variables=json.dumps({"name": "策划"}), extensions="")
    assert response.json() == {"data": {"role": {"name": "策划"}}}
    assert get(app, "{ __typename }", operationName="").status_code == 200


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "BAD_REQUEST"),
        ("?variables={}", "BAD_REQUEST"),
        ("?query=%7B__typename%7D&query=%7B__typename%7D", "BAD_REQUEST"),
        ("?query=%7B__typename%7D&variables=%7B", "BAD_JSON"),
        ("?query=%7B__typename%7D&variables=7", "BAD_REQUEST"),
        ("?query=%FF", "BAD_REQUEST"),
        ("?query=%ED%A0%80", "BAD_REQUEST"),
        ("?" + "&".join(f"a{n}=" for n in range(50)), "BAD_REQUEST"),
    ],
)
def test_a_url_that_is_no_request_is_a_bad_request(app, url, expected):
    response = send(app, "GET", f"/graphql{url}", headers={"accept": JSON})
    assert (response.status_code, code(response)) == (400, expected)


def test_a_mutation_is_not_answered_to_get(app):
    for accept in (JSON, GRAPHQL):
        response = get(app, "mutation { __typename }", {"accept": accept})
        assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_a_url_has_an_end(app):
    response = get(app, "{ __typename } #" + "x" * 17_000)
    assert (response.status_code, code(response)) == (414, "URL_TOO_LONG")


def test_an_answer_that_the_client_has_is_not_sent_again_until_the_graph_changes(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path / 'graph.db'}")) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())
        app = create_app(store)
        first = get(app)
        tag = first.headers["etag"]
        assert tag.startswith('W/"')
        assert first.headers["cache-control"] == "no-cache"
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = get(app, headers={"if-none-match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
            assert again.headers["cache-control"] == "no-cache"
        for other in ('"other"', "", tag.upper(), tag[:-2] + '"'):
            assert get(app, headers={"if-none-match": other}).status_code == 200
        assert get(app, NAMES + " ").headers["etag"] != tag
        store.add_many(
            [reading("e/新.txt", [Post("新岗位", [Item("做好市场分析", ["市场分析"])])], taxonomy=small.DIGEST)]
        )
        changed = get(app, headers={"if-none-match": tag})
        assert changed.status_code == 200
        assert "新岗位" in changed.text
        assert changed.headers["etag"] != tag


def test_only_whole_answers_to_get_can_be_kept(app):
    assert "etag" not in post(app, NAMES).headers
    assert post(app, NAMES).headers["cache-control"] == "no-store"
    broken = '{ roles(first: 1, after: "nonsense") { totalCount } }'
    for response in (get(app, "{"), get(app, broken), get(app, broken, headers={"if-none-match": "*"})):
        assert "errors" in response.json()
        assert "etag" not in response.headers
        assert response.headers["cache-control"] == "no-store"


def test_a_large_answer_is_compressed_for_clients_that_take_it(app):
    def asked(accept_encoding):
        async def sent():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                del client.headers["accept-encoding"]
                headers = {"accept": JSON} | ({"accept-encoding": accept_encoding} if accept_encoding else {})
                async with client.stream("POST", "/graphql", json={"query": LARGE}, headers=headers) as response:
                    return response, b"".join([chunk async for chunk in response.aiter_raw()])

        return asyncio.run(sent())

    plain, body = asked(None)
    assert "content-encoding" not in plain.headers
    for accept_encoding in ("gzip", "br;q=1, gzip;q=0.5", "*", "GZIP"):
        for _ in range(2):  # the second time from what was kept
            packed, bytes_ = asked(accept_encoding)
            assert packed.headers["content-encoding"] == "gzip"
            assert gzip.decompress(bytes_) == body
            assert int(packed.headers["content-length"]) == len(bytes_) < len(body) / 3
    for accept_encoding in ("identity", "gzip;q=0", "br", "*;q=0"):
        assert "content-encoding" not in asked(accept_encoding)[0].headers
    assert "Accept-Encoding" in plain.headers["vary"]
    small_one = send(app, "POST", json={"query": "{ __typename }"}, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in small_one.headers


def test_a_browser_is_shown_the_page_and_a_program_is_not(app, store):
    page = send(app, "GET", headers={"accept": PAGE})
    assert page.headers["content-type"].startswith("text/html")
    assert "Accept" in page.headers["vary"]
    assert get(app, headers={"accept": PAGE}).headers["content-type"].startswith(JSON)
    assert send(app, "GET", headers={"accept": "*/*"}).status_code == 400
    assert send(create_app(store, graphiql=False), "GET", headers={"accept": PAGE}).status_code == 400


def test_the_schema_is_told_unless_that_is_switched_off(app, store):
    closed = create_app(store, introspection=False)
    assert "data" in post(app, LARGE).json()
    refused = post(closed, LARGE, GRAPHQL)
    assert refused.status_code == 400
    assert "data" in post(closed, NAMES).json()


def test_pages_of_other_sites_may_ask_only_where_they_are_named(app, store):
    origin = {"origin": "https://app.example.org"}
    asking = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert "access-control-allow-origin" not in send(app, "OPTIONS", headers=asking).headers
    assert "access-control-allow-origin" not in get(app, headers=origin).headers
    named = create_app(store, origins=["https://app.example.org"])
    assert send(named, "OPTIONS", headers=asking).headers["access-control-allow-origin"] == "https://app.example.org"
    answer = get(named, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "https://app.example.org"
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-origin" not in get(named, headers={"origin": "https://evil.example.org"}).headers


def test_with_keys_for_reading_a_key_is_needed(store):
    app = create_app(store, keys=KEYS)
    for header in (None, "Bearer wrong", "Basic secret-r", "Bearer", "Bearer \xff"):
        headers = {} if header is None else {"authorization": header.encode("latin-1")}
        response = get(app, headers=headers)
        assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
        assert response.headers["www-authenticate"].startswith("Bearer")
    response = get(app, headers={"authorization": "Bearer secret-r"})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "private, no-cache"


class Stub:
    """An engine that answers as it is told."""

    is_file = False

    def __init__(self, answer=lambda request, caller: Answer("answered", b'{"data":{}}')):
        self._answer = answer

    def kept(self, request, *, unless):
        return None

    def answer(self, request, caller, *, only_queries, unless):
        return self._answer(request, caller)


def uploaded(parts, secret="secret-w", **headers):
    """What a request with these parts becomes, and the response."""
    seen = []

    def answer(request, caller):
        seen.append(request)
        return Answer("answered", b'{"data":{}}')

    endpoint = Endpoint(Stub(answer), Bounds(upload_bytes=2_000_000), keys=KEYS)
    headers = {"authorization": f"Bearer {secret}", "graphql-require-preflight": "1", **headers}
    return send(endpoint, "POST", files=parts, headers=headers), (seen or [None])[0]


OPERATION = json.dumps({"query": "mutation ($files: [X]) { x }", "variables": {"files": [None, {"upload": None}]}})


def parts(operation=OPERATION, places='{"0": ["variables.files.0"], "1": ["variables.files.1.upload"]}', **more):
    return {
        "operations": (None, operation),
        "map": (None, places),
        "0": ("岗位/一.txt", "内容".encode(), "text/plain"),
        "1": ("二.pdf", b"\x00\xff" * 600_000, "application/pdf"),
        **more,
    }


def test_files_stand_in_the_variables_where_the_map_puts_them():
    response, request = uploaded(parts())
    assert response.status_code == 200
    first, second = request.variables["files"]
    assert first == Upload("岗位/一.txt", "内容".encode())
    assert second == {"upload": Upload("二.pdf", b"\x00\xff" * 600_000)}


@pytest.mark.parametrize(
    "wrong",
    [
        parts(places='{"0": ["variables.files.2"]}'),
        parts(places='{"0": ["variables.files.-1"]}'),
        parts(places='{"0": ["variables.files.1"]}'),
        parts(places='{"0": ["variables.files.%s"]}' % ("9" * 5_000)),
        parts(places='{"0": ["variables"]}'),
        parts(places='{"0": ["query"]}'),
        parts(places='{"0": ["variables.files.0.__class__"]}'),
        parts(places='{"2": ["variables.files.0"]}'),
        parts(places='{"0": "variables.files.0"}'),
        parts(places="[]"),
        parts(places="{"),
        parts(operation=f"[{OPERATION}]"),
        parts(operation="{"),
        parts(third=(None, "a field too many")),
        {"map": (None, "{}"), "0": ("a.txt", b"", "text/plain")},
        {"operations": ("file.json", OPERATION.encode()), "map": (None, "{}")},
    ],
)
def test_a_form_that_is_no_request_is_a_bad_request(wrong):
    response, request = uploaded(wrong)
    assert response.status_code == 400
    assert request is None


def test_files_are_taken_only_from_those_who_may_write_and_only_so_many_bytes():
    assert code(uploaded(parts(), secret="secret-r")[0]) == "FORBIDDEN"
    assert code(uploaded(parts(), **{"graphql-require-preflight": ""})[0]) == "CROSS_SITE"
    response, request = uploaded(parts(**{"2": ("三.bin", bytes(1_000_000))}))
    assert (response.status_code, request) == (413, None)
    broken = {"content-type": "multipart/form-data", "authorization": "Bearer secret-w", "x-requested-with": "x"}
    endpoint = Endpoint(Stub(), keys=KEYS)
    assert send(endpoint, "POST", content=b"--x\r\n", headers=broken).status_code == 400
    broken["content-type"] += "; boundary=x"
    assert send(endpoint, "POST", content=b"nonsense", headers=broken).status_code == 400


def test_requests_past_those_that_may_wait_are_refused_at_once():
    go = threading.Event()

    def slow(request, caller):
        assert go.wait(10)
        return Answer("answered", b'{"data":{}}')

    endpoint = Endpoint(Stub(slow), Bounds(threads=2, waiting=3))

    async def sent():
        transport = httpx.ASGITransport(endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            taken = [asyncio.create_task(client.post("/graphql", json={"query": "{ a }"})) for _ in range(5)]
            while endpoint.workers.waiting < 3:
                await asyncio.sleep(0.01)
            assert endpoint.workers.running == 2
            refused = await client.post("/graphql", json={"query": "{ a }"})
            go.set()
            return refused, [response.status_code for response in await asyncio.gather(*taken)]

    refused, others = asyncio.run(sent())
    assert (refused.status_code, code(refused)) == (503, "BUSY")
    assert int(refused.headers["retry-after"]) > 0
    assert others == [200] * 5
    assert endpoint.workers.waiting == endpoint.workers.running == 0


def test_a_store_that_is_busy_is_a_503_beside_both_types():
    class Busy:
        url = "sqlite:///busy.db"

        def reading(self):
            raise StoreBusy("The store is locked.", "Try again.")

        def revision(self):
            raise StoreBusy("The store is locked.", "Try again.")

    for accept in (JSON, GRAPHQL):
        response = post(create_app(Busy()), NAMES, accept)
        assert (response.status_code, code(response)) == (503, "STORE_BUSY")
        assert response.json()["errors"][0]["extensions"]["remedy"] == "Ask again in a few seconds."
        assert int(response.headers["retry-after"]) > 0


def test_what_takes_too_long_is_refused_like_any_limit_and_a_fault_of_ours_is_masked(caplog):
    endpoint = Endpoint(Stub(lambda *_: Answer("timeout", b'{"errors":[{"message":"Too long."}]}', errors=("TIME",))))
    assert [post(endpoint, "{ a }", accept).status_code for accept in (JSON, GRAPHQL)] == [200, 400]

    def broken(request, caller):
        raise RuntimeError("the password is 123456")

    response = post(Endpoint(Stub(broken)), "{ a }")
    assert (response.status_code, code(response)) == (500, "INTERNAL")
    assert "123456" not in response.text
    number = response.json()["errors"][0]["message"].removeprefix("Internal error ").removesuffix(".")
    assert number in caplog.text
    assert "123456" in caplog.text


def test_the_log_is_told_who_asked_and_what_was_refused():
    seen = []

    def watched(endpoint):
        async def app(scope, receive, send):
            await endpoint(scope, receive, send)
            seen.append({key: scope[key] for key in scope if key.startswith("rolegraph.")})

        return app

    endpoint = watched(Endpoint(Stub(), keys=KEYS))
    send(endpoint, "POST", json={"query": "{ a }"}, headers={"authorization": "Bearer secret-w"})
    send(endpoint, "POST", json=[], headers={"authorization": "Bearer secret-w"})
    send(endpoint, "POST", json={"query": "{ a }"})
    digest = {"documentId": f"sha256:{'A' * 64}"}
    for asked in (digest, {**digest, "query": "{ a }"}, {"query": "{ a }", "documentId": "refused=forged " * 9_000}):
        send(endpoint, "POST", json=asked, headers={"authorization": "Bearer secret-w"})
    answered, batch, nobody, known, claimed, forged = seen
    assert answered["rolegraph.answer"].outcome == "answered"
    assert answered["rolegraph.key"] == "writer"
    assert answered["rolegraph.document"] == hashlib.sha256(b"{ a }").hexdigest()[:16]
    assert batch == {"rolegraph.refused": "BATCH_REFUSED", "rolegraph.key": "writer"}
    assert nobody == {"rolegraph.refused": "UNAUTHENTICATED"}
    assert known["rolegraph.document"] == "a" * 16
    assert claimed["rolegraph.document"] == answered["rolegraph.document"]
    assert forged == {"rolegraph.refused": "BAD_REQUEST", "rolegraph.key": "writer"}


HOSTILE = [
    "role:x' OR 1=1 --",
    "role:x'; DROP TABLE node; --",
    'role:1"}) DETACH DELETE n //',
    "role:1`}) MATCH (n) DETACH DELETE n RETURN 1 //",
    "role:%27%20OR%201=1",
    "role:\\",
    "role:\x00",
    "role:*",
    "' UNION SELECT sql FROM sqlite_master --",
    '策划" OR name:*',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_sql_and_cypher_in_ids_names_and_iris_are_only_text(any_store, text):
    app = create_app(any_store)
    query = """query ($id: ID!, $text: String!) {
      node(id: $id) { id } nodes(ids: [$id]) { id }
      byId: role(by: {id: $id}) { __typename }
      byName: role(by: {name: $text}) { __typename }
      byIri: role(by: {iri: $text}) { __typename }
      shared: sharedSkills(a: $text, b: "数据") { __typename } }"""
    iri = f"http://localhost:8000/id/{text.replace(':', '/', 1)}"
    for asked in (text, iri):
        response = post(app, query, GRAPHQL, variables={"id": asked, "text": asked})
        assert response.status_code == 200
        answer = response.json()["data"]
        assert (answer["node"], answer["nodes"]) == (None, [None])
        assert {answer[key]["__typename"] for key in ("byId", "byName", "byIri", "shared")} == {"NotFound"}
    assert post(app, "{ roles(first: 1) { totalCount } }").json() == {"data": {"roles": {"totalCount": 3}}}


def test_an_answer_that_is_kept_needs_no_thread(store):
    app = create_app(store)
    [endpoint] = [route.endpoint for route in app.routes if isinstance(getattr(route, "endpoint", None), Endpoint)]
    first = post(app, NAMES)
    endpoint.close()
    assert post(app, NAMES).content == first.content
    tag = get(app).headers["etag"]
    assert get(app, headers={"if-none-match": tag}).status_code == 304
    assert post(app, LARGE).status_code == 500


def test_a_trusted_document_is_asked_for_by_its_hash_and_no_other_query_is_answered(store):
    digest = hashlib.sha256(NAMES.encode()).hexdigest()
    app = create_app(store, trusted={digest: NAMES})
    whole = post(app, NAMES).json()
    assert len(whole["data"]["roles"]["edges"]) == 3
    for asked in (
        {"documentId": f"sha256:{digest}"},
        {"documentId": digest},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}},
    ):
        assert send(app, "POST", json=asked, headers={"accept": GRAPHQL}).json() == whole
    assert send(app, "GET", params={"documentId": digest}, headers={"accept": JSON}).json() == whole
    for response in (
        post(app, "{ __typename }", GRAPHQL),
        send(app, "POST", json={"documentId": "0" * 64}, headers={"accept": GRAPHQL}),
    ):
        assert (response.status_code, code(response)) == (400, "PERSISTED_QUERY_NOT_FOUND")


TEXTS = some.text(max_size=20) | some.sampled_from(
    [NAMES, LARGE, "{ __typename }", "{", "query A($a: Int) { a: __typename }"]
)
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | TEXTS,
    lambda below: some.lists(below, max_size=3) | some.dictionaries(TEXTS, below, max_size=3),
    max_leaves=6,
)
REQUESTS = some.fixed_dictionaries(
    {"query": TEXTS | VALUES},
    optional=dict.fromkeys(("variables", "operationName", "extensions", "documentId"), VALUES),
)
BODIES = some.binary(max_size=60) | (REQUESTS | VALUES).map(lambda value: json.dumps(value).encode())
HEADERS = some.dictionaries(
    some.sampled_from(
        ["accept", "content-type", "content-length", "if-none-match", "accept-encoding", "authorization"]
    ),
    some.binary(max_size=30).map(lambda value: value.translate(None, b"\r\n\0"))
    | some.sampled_from([JSON.encode(), GRAPHQL.encode(), b"*", b"multipart/form-data; boundary=x", b"gzip", b"-1"]),
)


@settings(max_examples=300, deadline=None)
@given(method=some.sampled_from(["GET", "POST", "HEAD"]), url=some.binary(max_size=40), body=BODIES, headers=HEADERS)
def test_whatever_comes_in_is_answered_and_no_fault_of_ours(app, method, url, body, headers):
    sent = [{"type": "http.request", "body": body, "more_body": False}]
    said = []

    async def receive():
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message):
        said.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/graphql",
        "query_string": url,
        "root_path": "",
        "scheme": "http",
    }
    pairs = [(name.encode(), value) for name, value in {"content-type": JSON.encode(), **headers}.items()]
    asyncio.run(app({**scope, "headers": pairs, "client": ("127.0.0.1", 1), "server": ("test", 80)}, receive, send))
    assert 200 <= said[0]["status"] < 500
    assert json.loads(b"".join(message.get("body", b"") for message in said[1:]) or b"{}") is not None
