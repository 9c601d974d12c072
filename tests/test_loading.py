"""Loads over the API as clients meet them: on real servers, over HTTP and over WebSocket."""

from __future__ import annotations

import base64
import itertools
import json
import os
import sys
import time
from contextlib import closing, contextmanager
from socket import create_connection

import httpx
import psutil
import pytest
from served import serving
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from api import keys
from graphmodel import jobs
from graphmodel.store import open_store
from ontology import taxonomy
from tests.command import ANALYST, PLANNER

READER, WRITER = keys.new("reader", "read"), keys.new("采编", "write")
KEYS = f"{READER.entry},{WRITER.entry}"
PAGE = "https://app.example.org"
PATIENCE = 60.0

LOAD = """mutation Load($documents: [DocumentInput!]!) { loadDocuments(documents: $documents) {
  __typename ... on Load { id state askedBy } ... on LoadProblem { message }
  ... on BadDocument { name } ... on TooLarge { size limit } } }"""
ONE = """query One($id: ID!) { load(id: $id) { state total done added changed failed failures { origin reason }
  without problem askedAt startedAt updatedAt } }"""
PROGRESS = "subscription Progress($id: ID!) { loadProgress(id: $id) { id state done share } }"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that has its taxonomy, which takes the longest of a first load."""
    url = f"sqlite:///{tmp_path_factory.mktemp('prepared') / 'graph.db'}"
    with closing(open_store(url)) as store:
        store.set_taxonomy(taxonomy.load().scheme)
    return url


@pytest.fixture(scope="module")
def server(prepared):
    with serving(prepared, ROLEGRAPH_API_KEYS=KEYS, ROLEGRAPH_CORS_ORIGINS=json.dumps([PAGE])) as address:
        yield address
        assert "Traceback" not in address.log.read_text("utf-8")


def ask(server, query, key=WRITER, **variables):
    """The whole answer."""
    headers = {"Authorization": f"Bearer {key.secret}"} if key else {}
    response = httpx.post(server, json={"query": query, "variables": variables}, headers=headers, timeout=PATIENCE)
    return response.json()


def text(name, content=PLANNER):
    return {"name": name, "content": {"text": content}}


def finished(server, id, key=WRITER):
    """What `load` says once the load has come to its end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = ask(server, ONE, key, id=id)["data"]["load"]
        if found["state"] not in ("QUEUED", "RUNNING"):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def kind_of_role(server, name):
    return ask(server, f'{{ role(by: {{name: "{name}"}}) {{ __typename }} }}')["data"]["role"]["__typename"]


def test_documents_that_were_loaded_are_in_the_answers_and_forgotten_ones_are_not(server):
    load = ask(server, LOAD, documents=[text("a/策划.txt"), text("空.txt", "今日休息。")])["data"]["loadDocuments"]
    assert (load["state"], load["askedBy"]) == ("QUEUED", "采编")
    done = finished(server, load["id"])
    assert (done["state"], done["total"], done["added"], done["without"]) == ("DONE", 2, 1, ["空.txt"])
    assert done["askedAt"] <= done["startedAt"] <= done["updatedAt"]
    assert done["problem"] is None
    assert kind_of_role(server, "运营策划") == "Role"
    assert [one["id"] for one in ask(server, "{ loads(first: 1) { id } }")["data"]["loads"]] == [load["id"]]
    forget = 'mutation { forgetDocuments(origins: ["a/策划.txt", "无"]) { ... on Forgotten { origins unknown } } }'
    assert ask(server, forget)["data"]["forgetDocuments"] == {"origins": ["a/策划.txt"], "unknown": ["无"]}
    assert kind_of_role(server, "运营策划") == "NotFound"


def test_a_document_comes_as_text_as_base64_or_as_a_file(server):
    variables = {
        "documents": [
            {
                "name": "b.txt",
                "content": {"base64": base64.b64encode(PLANNER.encode()).decode()},
            },
            {"name": "c.txt", "content": {"upload": None}},
        ]
    }
    response = httpx.post(
        server,
        data={
            "operations": json.dumps({"query": LOAD, "variables": variables}),
            "map": json.dumps({"0": ["variables.documents.1.content.upload"]}),
        },
        files={"0": ("whatever.txt", ANALYST.encode("gb18030"))},
        headers={"Authorization": f"Bearer {WRITER.secret}", "GraphQL-Require-Preflight": "1"},
        timeout=PATIENCE,
    )
    done = finished(server, response.json()["data"]["loadDocuments"]["id"])
    assert (done["added"], done["failed"]) == (2, 0)
    for role in ("运营策划", "数据分析"):
        assert (
            ask(server, f'{{ role(by: {{name: "{role}"}}) {{ __typename }} }}')["data"]["role"]["__typename"] == "Role"
        )


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ("{ __typename }", "file", None),  # no place for a file, and none is asked for
        ("mutation($id: ID!) { forgetDocuments(origins: [$id]) { __typename } }", "id", "BAD_REQUEST"),
    ],
)
def test_a_file_in_a_wrong_place_is_no_fault_of_the_server_and_is_not_repeated(server, query, place, code):
    response = httpx.post(
        server,
        data={
            "operations": json.dumps({"query": query, "variables": {place: None}}),
            "map": json.dumps({"0": [f"variables.{place}"]}),
        },
        files={"0": ("whatever.txt", b"secret" * 1000)},
        headers={"Authorization": f"Bearer {WRITER.secret}", "GraphQL-Require-Preflight": "1"},
    )
    assert response.status_code < 500
    assert "secret" not in response.text
    assert [error["extensions"]["code"] for error in response.json().get("errors", ())] == ([code] if code else [])


@pytest.mark.parametrize(
    ("documents", "kind", "told"),
    [
        ([text("../a.txt")], "BadDocument", "no name for a document"),
        ([text("a.txt"), text("a.txt")], "BadDocument", "Two documents"),
        ([], "BadDocument", "no document"),
        ([{"name": "a.txt", "content": {"base64": "&&"}}], "BadDocument", "not Base64"),
        ([{"name": "a.txt", "content": {"base64": "中文"}}], "BadDocument", "not Base64"),
        ([text(f"{number}.txt", "x") for number in range(1001)], "TooLarge", "1,001"),
    ],
)
def test_what_cannot_be_loaded_is_told_as_data(server, documents, kind, told):
    answer = ask(server, LOAD, documents=documents)["data"]["loadDocuments"]
    assert answer["__typename"] == kind
    assert told in answer["message"]


@pytest.mark.parametrize(
    "content", [{}, {"text": "a", "base64": "YQ=="}, {"text": None}, {"upload": "a.txt"}, {"upload": {"name": "a"}}]
)
def test_a_content_is_exactly_one_of_three(server, content):
    answer = ask(server, LOAD, documents=[{"name": "a.txt", "content": content}])
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "query",
    [
        'mutation { loadDocuments(documents: [{name: "a", content: {text: "b"}}]) { __typename } }',
        'mutation { forgetDocuments(origins: ["a"]) { __typename } }',
        '{ load(id: "load:1") { id } }',
        "{ loads { id } }",
    ],
)
def test_only_a_key_that_may_write_loads_forgets_and_sees_loads(server, query):
    (error,) = ask(server, query, READER)["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert "rolegraph key" in error["extensions"]["remedy"]


def test_a_server_without_a_key_that_may_write_is_read_only(prepared):
    with serving(prepared, ROLEGRAPH_API_KEYS=READER.entry) as server:
        (error,) = ask(server, LOAD, READER, documents=[text("a.txt")])["errors"]
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert httpx.post(server, json={"query": "{ stats { __typename } }"}).status_code == 401


def test_two_workers_tell_of_one_load_and_of_its_end(prepared):
    with serving(prepared, "--workers", "2", ROLEGRAPH_API_KEYS=KEYS, ROLEGRAPH_LOG="json") as server:
        id = ask(server, LOAD, documents=[text("two.txt")])["data"]["loadDocuments"]["id"]
        told = set()
        end = time.monotonic() + PATIENCE
        while len(told) < 2 and time.monotonic() < end:
            assert ask(server, ONE, id=id)["data"]["load"]["state"] in ("QUEUED", "RUNNING", "DONE")
            told = {line["process"] for line in server.lines() if line.get("operation") == "One"}
        assert len(told) == 2
        assert finished(server, id)["state"] == "DONE"


def loading(server) -> psutil.Process:
    """The process of the load that runs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for each in psutil.Process(server.pid).children(recursive=True):
            if "spawn_main" in " ".join(each.cmdline()):
                return each
        time.sleep(0.02)
    raise AssertionError("no process was started")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_load_whose_process_is_killed_is_interrupted(server):
    id = ask(server, LOAD, documents=[text("killed.txt")])["data"]["loadDocuments"]["id"]
    loading(server).kill()
    start = time.monotonic()
    done = finished(server, id)
    assert (done["state"], done["added"]) == ("INTERRUPTED", 0)
    assert "ended from outside" in done["problem"]
    assert time.monotonic() - start < 10


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_of_a_server_that_is_killed_nothing_stays_and_others_say_interrupted(prepared, tmp_path, monkeypatch):
    with serving(prepared, ROLEGRAPH_API_KEYS=KEYS, TMPDIR=str(tmp_path)) as server:
        id = ask(server, LOAD, documents=[text("lost.txt")])["data"]["loadDocuments"]["id"]
        waiting = ask(server, LOAD, documents=[text("also.txt")])["data"]["loadDocuments"]["id"]
        process = loading(server)
        time.sleep(1)  # so that it has begun to follow its parent
        server.process.kill()
        psutil.wait_procs([process], timeout=20)
        assert not process.is_running()
        assert [name for name in os.listdir(tmp_path) if name.startswith("rolegraph-loads")] == []
    monkeypatch.setattr(jobs, "SILENT_SECONDS", 2 * jobs.BEAT_SECONDS)
    with closing(open_store(prepared, read_only=True)) as store:
        end = time.monotonic() + 2 * jobs.SILENT_SECONDS
        while {job.state for job in store.jobs([id, waiting])} != {"interrupted"} and time.monotonic() < end:
            time.sleep(0.1)
        assert {job.state for job in store.jobs([id, waiting])} == {"interrupted"}


def test_a_server_that_is_stopped_says_what_became_of_its_loads(prepared):
    with serving(prepared, ROLEGRAPH_API_KEYS=KEYS) as server:
        id = ask(server, LOAD, documents=[text("stopped.txt")])["data"]["loadDocuments"]["id"]
        waiting = ask(server, LOAD, documents=[text("never.txt")])["data"]["loadDocuments"]["id"]
        loading(server)
    with closing(open_store(prepared, read_only=True)) as store:
        states = {job.id: job.state for job in store.jobs([id, waiting])}
        assert states[waiting] == "interrupted"
        assert states[id] in ("done", "interrupted")


UPGRADE = (
    b"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


class Client:
    """One connection of graphql-transport-ws."""

    def __init__(self, socket):
        self.socket = socket

    def send(self, type, **parts):
        self.socket.send(json.dumps({"type": type, **parts}))

    def ask(self, number, query, **variables):
        self.send("subscribe", id=number, payload={"query": query, "variables": variables})

    def next(self):
        return json.loads(self.socket.recv(timeout=PATIENCE))

    def closed(self):
        """The code with which the server ends the connection."""
        with pytest.raises(ConnectionClosed) as caught:
            list(iter(lambda: self.socket.recv(timeout=PATIENCE), None))
        return caught.value.rcvd.code


@contextmanager
def connected(server, key=WRITER, protocol="graphql-transport-ws", **options):
    url = str(server).replace("http", "ws", 1)
    with connect(url, subprotocols=[protocol], close_timeout=1, **options) as socket:
        client = Client(socket)
        if key is not None:
            client.send("connection_init", payload={"authorization": f"Bearer {key.secret}"})
            assert client.next() == {"type": "connection_ack"}
        yield client


def test_a_subscription_follows_a_load_to_its_end(server):
    id = ask(server, LOAD, documents=[text("followed.txt")])["data"]["loadDocuments"]["id"]
    with connected(server) as client:
        client.ask("1", PROGRESS, id=id)
        seen = []
        while (message := client.next())["type"] == "next":
            seen.append(message["payload"]["data"]["loadProgress"])
        assert message == {"type": "complete", "id": "1"}
    assert seen[-1] == {"id": id, "state": "DONE", "done": 1, "share": 1.0}
    assert [one["state"] for one in seen[:-1]] == sorted(
        (one["state"] for one in seen[:-1]), key=("QUEUED", "RUNNING").index
    )
    assert all(earlier["done"] <= later["done"] for earlier, later in itertools.pairwise(seen))
    assert "outcome=subscribed key=采编" in server.log.read_text("utf-8")
    with connected(server) as client:  # one that is over is told once
        client.ask("1", PROGRESS, id=id)
        assert [client.next()["type"], client.next()["type"]] == ["next", "complete"]


def test_queries_and_mutations_are_answered_over_the_same_connection(server):
    with connected(server) as client:
        client.ask("1", LOAD, documents=[text("../x")])
        assert client.next()["payload"]["data"]["loadDocuments"]["__typename"] == "BadDocument"
        assert client.next() == {"type": "complete", "id": "1"}
        client.ask("1", "{ nonsense }")
        refused = client.next()
        assert (refused["type"], refused["id"]) == ("error", "1")
        assert "nonsense" in refused["payload"][0]["message"]
        client.send("ping")
        assert client.next() == {"type": "pong"}


def test_subscriptions_are_held_to_keys_and_limits(server):
    def refusal(client, query, **variables):
        client.ask("1", query, **variables)
        message = client.next()
        assert message["type"] == "error", message
        return message["payload"][0]["extensions"]["code"]

    with connected(server) as client:
        assert refusal(client, PROGRESS, id="load:none") == "NOT_FOUND"
        aliases = "".join(f"a{number}: state " for number in range(200))
        assert refusal(client, f'subscription {{ loadProgress(id: "load:1") {{ {aliases} }} }}') == "LIMIT_EXCEEDED"
        assert refusal(client, "subscription { loadProgress { state } }") == "BAD_REQUEST"
        two = 'subscription { loadProgress(id: "a") { id } other: loadProgress(id: "b") { id } }'
        assert refusal(client, two) == "BAD_REQUEST"
    with connected(server, READER) as client:
        assert refusal(client, PROGRESS, id="load:none") == "FORBIDDEN"


def test_a_connection_has_so_many_operations_at_a_time(server):
    id = ask(server, LOAD, documents=[text("many.txt")])["data"]["loadDocuments"]["id"]
    with connected(server) as client:
        for number in range(21):
            client.ask(str(number), PROGRESS, id=id)
        refused = None
        while refused is None:
            message = client.next()
            refused = message if message["type"] == "error" else None
        assert refused["id"] == "20"
        for number in range(20):
            client.send("complete", id=str(number))
        client.ask("20", PROGRESS, id=id)
        while (message := client.next())["id"] != "20":
            pass
        assert message["type"] == "next"
    finished(server, id)


def _with_variable(value):
    asked = '{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": {"a": VALUE}}}'
    return asked.replace("VALUE", value)


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["not json"], 4400),
        (["[]"], 4400),
        (['"subscribe"'], 4400),
        (['{"type": 1}'], 4400),
        (['{"type": "unknown"}'], 4400),
        (['{"type": "connection_init", "payload": []}'], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init", "payload": {"authorization": "Bearer wrong"}}'], 4403),
        (['{"type": "connection_init", "payload": {"authorization": 7}}'], 4403),
        (['{"type": "connection_init"}'], 4403),  # reading needs a key here
        (["INIT", "INIT"], 4429),
        (["INIT", '{"type": "subscribe"}'], 4400),
        (["INIT", '{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}'], 4400),
        (["INIT", '{"type": "subscribe", "id": "1", "payload": "x"}'], 4400),
        (["INIT", '{"type": "subscribe", "id": "1", "payload": {"query": 1}}'], 4400),
        (["INIT", '{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": []}}'], 4400),
        (["INIT", '{"type": "complete"}'], 4400),
        (["INIT", '{"type": "subscribe", "id": "\\ud800", "payload": {"query": "{ __typename }"}}'], 4400),
        (["INIT", "[" * 100_000], 4400),
        (["INIT", _with_variable("[" * 1_000 + "]" * 1_000)], 4400),  # no deeper than over HTTP
        (["INIT", " " * 1_100_000], 1009),
    ],
)
def test_what_is_no_message_of_the_protocol_ends_the_connection_with_its_code(server, messages, code):
    init = json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {WRITER.secret}"}})
    with connected(server, key=None) as client:
        for message in messages:
            client.socket.send(init if message == "INIT" else message)
        assert client.closed() == code


def test_a_client_that_leaves_without_taking_its_answers_is_no_fault_of_ours(server):
    large = " ".join(
        f"a{number}: __schema {{ types {{ description fields {{ description }} }} }}" for number in range(20)
    )
    messages = [{"type": "connection_init", "payload": {"authorization": f"Bearer {WRITER.secret}"}}]
    messages += [
        {"type": "subscribe", "id": str(number), "payload": {"query": f"{{ {large} }}"}} for number in range(20)
    ]
    address = httpx.URL(server)
    with create_connection((address.host, address.port)) as raw:
        raw.sendall(UPGRADE)
        assert raw.recv(12) == b"HTTP/1.1 101"
        for message in messages:
            sent = json.dumps(message).encode()
            raw.sendall(
                b"\x81\xfe" + len(sent).to_bytes(2, "big") + bytes(4) + sent
            )  # a frame whose mask changes nothing
        time.sleep(2)  # an answer waits to be taken
    assert "data" in ask(server, "{ __typename }")
    time.sleep(0.5)  # what went wrong would stand in the log by now
    assert "Traceback" not in server.log.read_text("utf-8")


def test_two_operations_of_one_id_end_the_connection(server):
    id = ask(server, LOAD, documents=[text("twice.txt")])["data"]["loadDocuments"]["id"]
    with connected(server) as client:
        client.ask("1", PROGRESS, id=id)
        client.ask("1", PROGRESS, id=id)
        assert client.closed() == 4409
    finished(server, id)


def test_pages_of_other_sites_are_not_let_in_unless_listed(server):
    with pytest.raises(InvalidStatus) as caught:
        connected(server, origin="https://evil.example").__enter__()
    assert caught.value.response.status_code == 403
    for origin in (PAGE, str(server).removesuffix("/graphql")):
        with connected(server, origin=origin):
            pass


def test_another_subprotocol_is_not_spoken(server):
    with connected(server, key=None, protocol="graphql-ws") as client:
        assert client.closed() == 4406


def test_a_key_may_stand_in_the_header_too(server):
    with connected(server, key=None, additional_headers={"Authorization": f"Bearer {READER.secret}"}) as client:
        client.send("connection_init")
        assert client.next() == {"type": "connection_ack"}
        client.ask("1", "{ __typename }")
        assert client.next()["payload"] == {"data": {"__typename": "Query"}}
